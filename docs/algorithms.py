"""Write algorithms.md and algorithms.es.md: the manual of every algorithm, from the library itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

from ilo_gis.manual import GROUPS, group, manual, title
from ilo_gis.tools import NAMES

DOCS = Path(__file__).parent
SPANISH = DOCS.parent / "qgis_plugin" / "ilo_gis_plugin" / "i18n" / "es"
INTRODUCTIONS = {
    "en": """# The algorithms of Ilo GIS

[En español](algorithms.es.md) · [Guide to the plugin](plugin.md)

Each one is in the toolbox of QGIS under *Ilo GIS*, in `qgis_process` as `ilo_gis:` and its name, and in
Python under the same name. What holds where nothing is given stands in brackets.
""",
    "es": """# Los algoritmos de Ilo GIS

[In English](algorithms.md) · [Guía del complemento](plugin.es.md)

Cada uno está en la caja de herramientas de QGIS, en *Ilo GIS*; en `qgis_process` como `ilo_gis:` y su
nombre, y en Python con el mismo nombre. Entre corchetes está lo que rige si no se indica nada.
""",
}


def spanish() -> dict[str, str]:
    """Return what the plugin says in Spanish, by what it is in English."""
    found = (m for file in SPANISH.glob("*.ts") for m in ElementTree.parse(file).iter("message"))
    return {one.findtext("source", ""): one.findtext("translation", "") for one in found}


def page(lang: str) -> str:
    """Return the page in a language."""
    words = spanish() if lang == "es" else {}

    def said(text: str) -> str:
        return words.get(text, text).replace("``", "`")

    lines = [INTRODUCTIONS[lang]]
    for key, name in GROUPS.items():
        lines.append(f"## {said(name)}\n")
        for tool_name, tool in NAMES.items():
            if group(tool) == key:
                lines += _tool(tool_name, tool, said, lang)
    return "\n".join(lines)


def _tool(name: str, tool: Callable[..., object], said: Callable[[str], str], lang: str) -> list[str]:
    lines = [f"### {title(name, said)}\n", f"`ilo_gis:{name}`\n"]
    for head, entries in manual(tool, said, lang).items():
        if head:
            lines.append(f"**{head}**\n")
        lines += [f"- *{named}*: {text}" if named else f"{text}\n" for named, text in entries]
        if entries[-1][0]:
            lines.append("")
    return lines


if __name__ == "__main__":
    for lang, ending in (("en", ".md"), ("es", ".es.md")):
        (DOCS / f"algorithms{ending}").write_text(page(lang), "utf-8")
