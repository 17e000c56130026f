"""What a certificate says, in words: the same for every kind of page."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from ilo_gis.tables.certificate import Certificate, Parameter
from ilo_gis.tables.units import unit_text

__all__ = ["Content", "certificate_content"]

Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Content:
    """The words of a certificate.

    Attributes
    ----------
    words : dict
        Headings, as ``texts.toml`` has them.
    lot_id, issuer : str
        The lot, and who issues the certificate.
    dates, lot, zoning : tuple of (str, str)
        Rows of a name and a value.
    parameters : tuple of (str, str, str)
        Name, value with unit, and source.
    uses : tuple of (str, str)
        Heading, and the uses under it.
    notes : tuple of str
        Remarks.
    law : str
        Law and article.
    schematic : str
        What the layers say of themselves, printed large; empty otherwise.
    footer : tuple of str
        What stands below the signature.
    """

    words: dict[str, Any]
    lot_id: str
    issuer: str
    dates: Rows
    lot: Rows
    zoning: Rows
    parameters: tuple[tuple[str, str, str], ...]
    uses: Rows
    notes: tuple[str, ...]
    law: str
    schematic: str
    footer: tuple[str, ...]


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "texts.toml").read_text("utf-8"))


def certificate_content(data: Certificate, lang: str) -> Content:
    """Return the words of a certificate in Spanish or English.

    Raises
    ------
    KeyError
        If the language is unknown.
    """
    words = _texts()["certificate"][lang]
    spanish = lang == "es"

    def day(value: date) -> str:
        return words["date"].format(day=value.day, month=words["months"][value.month - 1], year=value.year)

    none = words["none"]
    name = data.name_es if spanish else data.name_en
    lot = [
        (words["block"], data.block),
        (words["lot_number"], data.number),
        (words["lot_id"], data.lot_id),
        (words["area"], f"{_number(data.area)} m²"),
        (words["frontage"], none if data.frontage is None else f"{_number(data.frontage)} m"),
    ]
    zoning = [
        (words["zone"], f"{data.code} – {name}" if data.code else none),
        (words["density"], (data.density_es if spanish else data.density_en).capitalize()),
        (words["plan"], data.plan),
        (words["approved"], day(data.approved) if data.approved else none),
        (words["act"], _said(data.act, lang) or none),
        (words["catalogue"], data.catalogue_es if spanish else data.catalogue_en),
    ]
    findings = data.findings["message_es" if spanish else "message"].tolist()
    starred = any(one.illustrative and one.value is not None for one in data.parameters)
    return Content(
        words=words,
        lot_id=data.lot_id,
        issuer=data.issuer,
        dates=((words["issued"], day(data.issued)), (words["valid"], day(data.valid_until))),
        lot=tuple(row for row in lot if row[1]),
        zoning=tuple(row for row in zoning if row[1]),
        parameters=tuple(_row(one, data, words, lang) for one in data.parameters),
        uses=_uses(data, words, spanish),
        notes=tuple([words["illustrative"]] * starred + findings),
        law="; ".join(text for text in (data.law, _said(data.act, lang)) if text),
        schematic=_said(data.schematic, lang),
        footer=(words["privacy"], words["blank"]),
    )


def _row(one: Parameter, data: Certificate, words: dict[str, Any], lang: str) -> tuple[str, str, str]:
    """Return name, value and source of a parameter."""
    name = words["names"][one.name]
    if one.value is None:
        return name, words["none"], "–"
    catalogue = data.catalogue_es if lang == "es" else data.catalogue_en
    source = catalogue if one.of_catalogue else _said(data.act, lang) or data.plan
    return name, _value(one, words, lang) + (" *" if one.illustrative else ""), source


def _value(one: Parameter, words: dict[str, Any], lang: str) -> str:
    if isinstance(one.value, str) or one.value is None:
        return one.value or ""
    if one.unit == "share":
        return f"{one.value:.0%}".replace("%", " %")
    unit = "floor" if one.unit == "floors" and one.value == 1 else one.unit
    return f"{_number(one.value)} {words['units'].get(unit) or unit_text(unit, lang)}"


def _uses(data: Certificate, words: dict[str, Any], spanish: bool) -> Rows:
    rows = []
    for index in ("compatible", "conditional"):
        names = [one.es if spanish else one.en for one in data.uses if one.index == index]
        if names:
            rows.append((words[f"uses_{index}"], ", ".join(names)))
    return tuple(rows) or ((words["uses_compatible"], words["none"]),)


def _said(text: str, lang: str) -> str:
    """Return the half of a text that is in a language, where it has two: "Spanish / English"."""
    halves = text.split(" / ")
    return halves[lang != "es"] if len(halves) == 2 else text


def _number(value: float) -> str:
    """Return a number with two decimals at most, and a narrow space between thousands."""
    text = f"{value:,.2f}" if abs(value - round(value)) > 0.005 else f"{value:,.0f}"
    return text.replace(",", "\u202f")
