"""Tables for the terminal, in Spanish and English."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ilo_gis.norms import Norm
    from ilo_gis.tables import Plan
    from ilo_gis.tables.catalogues import Catalogue

__all__ = [
    "show_balance",
    "show_catalogue",
    "show_comparison",
    "show_findings",
    "show_indicators",
    "show_norms",
    "show_rows",
    "show_summary",
    "totals",
]

WORDS = {  # word: Spanish, English
    "lots": ("Lotes", "Lots"),
    "remnants": ("Remanentes", "Remnants"),
    "reserves": ("Aportes", "Reserves"),
    "streets": ("Vías", "Streets"),
    "site": ("Área total", "Whole site"),
    "title": ("Cuadro de áreas", "Area table"),
    "item": ("Concepto", "Item"),
    "count": ("Cantidad", "Count"),
    "area": ("Área (m²)", "Area (m²)"),
    "share": ("%", "%"),
    "blocks": ("Manzanas", "Blocks"),
    "findings": ("Hallazgos", "Findings"),
    "read": ("elementos leídos", "features read"),
    "checked": ("lotes revisados", "lots checked"),
    "constraints": ("restricciones", "constraints"),
    "zones": ("zonas revisadas", "zones checked"),
    "occupants": ("ocupantes revisados", "occupants checked"),
    "events": ("hechos revisados", "events checked"),
    "applicants": ("postulaciones revisadas", "applications checked"),
    "tasks": ("tareas revisadas", "tasks checked"),
    "none": ("Sin hallazgos.", "No findings."),
    "rule": ("Regla", "Rule"),
    "severity": ("Gravedad", "Severity"),
    "feature": ("Elemento", "Feature"),
    "message": ("Mensaje", "Message"),
    "times": ("Veces", "Times"),
    "error": ("error", "error"),
    "warning": ("aviso", "warning"),
    "info": ("nota", "info"),
    "reason": ("Motivo", "Reason"),
    "effect": ("Efecto", "Effect"),
    "once": ("Contada una vez (ha)", "Counted once (ha)"),
    "held": ("Toda (ha)", "All (ha)"),
    "forbid": ("no edificable", "no building"),
    "limit": ("con condiciones", "conditions"),
    "lost": ("Suelo no edificable", "Land lost"),
    "left": ("Suelo edificable", "Land fit for building"),
    "limited": ("  del cual con condiciones", "  of which under conditions"),
    "article": ("Artículo", "Article"),
    "indicator": ("Indicador", "Indicator"),
    "value": ("Valor", "Value"),
    "unit": ("Unidad", "Unit"),
    "target": ("Meta", "Target"),
    "code": ("Código", "Code"),
    "name": ("Nombre", "Name"),
    "family": ("Uso general", "General use"),
    "unsettled": (
        "En amarillo: cifras de ejemplo, o códigos por confirmar; vea la fuente con --json.",
        "In yellow: figures for example, or codes to be confirmed; --json tells the source.",
    ),
    "marks": (
        "* el mejor valor; ✓ ✗ cumple o no la meta; entre paréntesis, la diferencia con {}",
        "* the best value; ✓ ✗ meets the target or not; in brackets, the difference to {}",
    ),
}
TELLING = (  # indicators, the most telling first
    "lots", "lots_per_ha", "inhabitants", "street_share", "longest_block", "green_near", "grade_steep",
    "cost_per_lot", "green_per_person", "street_per_lot", "intersections",
)  # fmt: skip
HECTARE = 10_000.0  # m2
SHOWN = 8  # of them
COLOURS = {"error": "bold red", "warning": "yellow", "info": "dim"}


def _words(lang: str) -> dict[str, str]:
    return {word: texts[lang == "en"] for word, texts in WORDS.items()}


def _console() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=160)


def totals(found: gpd.GeoDataFrame) -> dict[str, dict[str, int]]:
    """Count findings by severity and rule."""
    counts: dict[str, dict[str, int]] = {}
    for (severity, rule), n in found.groupby(["severity", "rule"], observed=True, sort=False).size().items():
        counts.setdefault(str(severity), {})[str(rule)] = int(n)
    return counts


def show_summary(plan: Plan, lang: str) -> None:
    """Print the area table of a plan."""
    words = _words(lang)
    table = Table(
        title=f"{words['title']} · {len(plan.blocks):,} {words['blocks'].lower()}", title_justify="left"
    )
    table.add_column(words["item"])
    for name in ("count", "area", "share"):
        table.add_column(words[name], justify="right")
    for item, row in plan.summary.iterrows():
        style = "bold" if item == "site" else None
        table.add_row(
            words[str(item)], f"{row['count']:,}", f"{row['area']:,.2f}", f"{row['share']:.2f}", style=style
        )
    _console().print(table)


def show_indicators(known: pd.DataFrame, lang: str) -> None:
    """Print the most telling figures of a plan with their targets, or all where they are of another kind."""
    import pandas as pd

    from ilo_gis.tables.units import figure_text, unit_text

    words = _words(lang)
    table = Table(show_edge=False)
    table.add_column(words["indicator"], overflow="fold")
    for name in ("value", "target"):
        table.add_column(words[name], justify="right")
    table.add_column(words["unit"])
    for name in [name for name in TELLING if name in known.index][:SHOWN] or known.index:
        row = known.loc[name]
        mark = "" if pd.isna(row["met"]) else " ✓" if row["met"] else " ✗"
        label = row["label_es" if lang == "es" else "label"]
        value = figure_text(row["value"]) + mark
        table.add_row(label, value, figure_text(row["target"]), unit_text(row["unit"], lang))
    _console().print(table)


def show_findings(found: gpd.GeoDataFrame, checked: int, rows: int, lang: str, of: str = "checked") -> None:
    """Print how many findings there are by rule, and the first of them; `of` names what was checked."""
    words, console = _words(lang), _console()
    console.print(f"[bold]{words['findings']}[/] · {checked:,} {words[of]}")
    if found.empty:
        console.print(words["none"])
        return
    table = Table(show_edge=False)
    for name in ("severity", "rule", "times"):
        table.add_column(words[name], justify="right" if name == "times" else "left")
    for severity, rules in totals(found).items():
        for rule, n in rules.items():
            table.add_row(words[severity], rule, f"{n:,}", style=COLOURS[severity])
    console.print(table)
    said = "message_es" if lang == "es" else "message"
    shown = found if rows == 0 else found.head(rows)
    detail = Table(show_edge=False)
    for name in ("feature", "rule", "article", "message"):
        detail.add_column(words[name], overflow="fold")
    for row in shown.itertuples():
        detail.add_row(
            str(row.feature), row.rule, _text(row.article), getattr(row, said), style=COLOURS[row.severity]
        )
    console.print(detail)


def show_balance(found: pd.DataFrame, land: gpd.GeoDataFrame, site: float, lang: str) -> None:
    """Print what each reason takes of a site and what is left, as `site.balance` has it."""
    from ilo_gis.tables.units import in_language

    words = _words(lang)
    table = Table(show_edge=False)
    table.add_column(words["reason"], overflow="fold")
    for name in ("effect", "once", "held", "share"):
        table.add_column(words[name], justify="left" if name == "effect" else "right")
    for reason, row in found.iterrows():
        cells = (f"{row['once'] / HECTARE:,.2f}", f"{row['area'] / HECTARE:,.2f}", f"{row['share']:.2f}")
        style = "dim" if row["effect"] == "limit" else None
        table.add_row(in_language(str(reason), lang), words[row["effect"]], *cells, style=style)
    table.add_section()
    free, limited = (land["area"][land["limits"].isna() == known].sum() for known in (True, False))
    sums = {"lost": site - free - limited, "left": free + limited, "limited": limited, "site": site}
    for name, area in sums.items():
        share = f"{100 * area / site:.2f}" if site else ""
        table.add_row(words[name], "", f"{area / HECTARE:,.2f}", "", share, style="bold")
    _console().print(table)


def show_comparison(found: pd.DataFrame, lang: str) -> None:
    """Print plans side by side, as `subdivision.compare` has them; the best values in green."""
    import pandas as pd

    from ilo_gis.tables.units import figure_text, unit_text

    words, console = _words(lang), _console()
    plans = list(found["value"].columns)
    table = Table(show_edge=False)
    table.add_column(words["indicator"], overflow="fold")
    for name in (*plans, words["target"]):
        table.add_column(name, justify="right", overflow="fold")
    table.add_column(words["unit"])
    for _, row in found.iterrows():
        values, met, best = row["value"], row["met"], row["best", ""]
        cells = []
        for plan in plans:
            text = figure_text(values[plan])
            change = row["difference", plan] if plan != plans[0] else 0.0
            if abs(change) > 0:
                text += f" ({'+' if change > 0 else '−'}{figure_text(abs(change))})"
            text += "" if pd.isna(met[plan]) else " ✓" if met[plan] else " ✗"
            first = isinstance(best, str) and values[plan] == values[best]
            cells.append(f"[bold green]{text} *[/]" if first else text)
        target = row["target", ""]
        label = row["label_es" if lang == "es" else "label", ""]
        table.add_row(label, *cells, figure_text(target), unit_text(row["unit", ""], lang))
    console.print(table)
    console.print(words["marks"].format(plans[0]), style="dim")


def show_norms(norms: Sequence[Norm]) -> None:
    """Print norms as a table."""
    table = Table(show_lines=False)
    for name in ("id", "value", "unit", "article", "source", "confidence", "since"):
        table.add_column(name, overflow="fold")
    for norm in norms:
        style = None if norm.status == "settled" else "yellow"
        cells = (
            norm.id,
            _value(norm.value),
            _value(norm.unit),
            norm.article,
            norm.source,
            norm.confidence,
            str(norm.since),
        )
        table.add_row(*cells, style=style)
    _console().print(table)


def show_catalogue(catalogue: Catalogue, lang: str) -> None:
    """Print the codes of a catalogue with their parameters; in yellow what is not settled."""
    from ilo_gis.tables import describe
    from ilo_gis.tables.catalogues import PARAMETERS
    from ilo_gis.tables.kinds import kinds
    from ilo_gis.tables.units import unit_text

    words, columns, families = _words(lang), describe("zones"), kinds("zones")
    until = "" if catalogue.until is None else f" – {catalogue.until}"
    title = catalogue.title_es if lang == "es" else catalogue.title
    table = Table(title=f"{title} · {catalogue.since}{until} · {catalogue.source}", title_justify="left")
    for name in ("", words["code"], words["name"], words["family"]):
        table.add_column(name, no_wrap=True)
    given = [name for name in PARAMETERS if any(name in zone.parameters for zone in catalogue.zones.values())]
    for name in given:
        label = columns.at[name, "alias_es"] if lang == "es" else name
        table.add_column(f"{label} ({unit_text(columns.at[name, 'unit'], lang)})", justify="right")
    for zone in catalogue.zones.values():
        figures = [f"{zone.parameters[name]:g}" if name in zone.parameters else "" for name in given]
        style = None if zone.status == "settled" and zone.parameters_status != "illustrative" else "yellow"
        names = (zone.es, families[zone.family].es) if lang == "es" else (zone.en, families[zone.family].en)
        table.add_row(f"[{zone.color}]██[/]", zone.code, *names, *figures, style=style)
    _console().print(table)
    _console().print(words["unsettled"])


def show_rows(
    title: str,
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
    note: str = "",
    left: Sequence[int] = (0,),
) -> None:
    """Print a table of figures; columns `left`, the first by default, are words."""
    from ilo_gis.tables import require_no_private

    require_no_private(names)
    table = Table(title=title, title_justify="left")
    for k, name in enumerate(names):
        table.add_column(name, justify="left" if k in left else "right", overflow="fold")
    for row in rows:
        table.add_row(*row)
    _console().print(table)
    if note:
        _console().print(note, style="dim")


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{k} {_value(v)}" for k, v in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_value, value))
    return str(value)
