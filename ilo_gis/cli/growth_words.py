"""What the commands for growth print, in Spanish and English."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ilo_gis.console import show_rows

if TYPE_CHECKING:
    import pandas as pd

    from ilo_gis.zoning import Group, Phasing

__all__ = ["WORDS", "shown_phases", "shown_shares"]

WORDS: dict[str, dict[str, Any]] = {
    "es": {
        "phases": "Calendario de apertura",
        "phase_heads": ("Área", "N.º", "Año", "Lotes", "A servicios (m)", "Costo (US$)", "US$/lote"),
        "balance": "Oferta y demanda de lotes",
        "balance_heads": (
            "Año", "Demanda", "Oferta", "Demanda acum.", "Oferta acum.", "Déficit", "Superávit",
        ),
        "result": "Método {method}: déficit {shortage:,.0f} lotes-año (cota {shortage_bound:,.0f}); "
        "costo a valor presente US$ {objective:,.0f}, brecha al óptimo {gap:.2%}; "
        "regla simple US$ {greedy_objective:,.0f}, déficit {greedy_shortage:,.0f}.",
        "examples": "Costos y tasa de descuento son ejemplos (growth.toml) donde usted no los da.",
        "scenarios": "Escenarios",
        "scenario_heads": (
            "Escenario", "Demanda", "Oferta", "Déficit (lotes-año)", "Falta desde", "Costo (US$)",
        ),
        "opened": "Área {}",
        "shares": "Distribución del suelo",
        "share_heads": ("Grupo", "Parte", "Debido", "Asignado", "Diferencia", "Manzanas", "Partes",
                        "Linderos con otros", "A servicios (m)"),
        "exact": "Mayor manzana: {:,.0f}. Partes exactas dentro de una manzana: {}.",
        "yes": "sí",
        "no": "no",
        "illustrative": "Ejemplo sin fuente: la parte de {}.",
    },
    "en": {
        "phases": "Order of opening",
        "phase_heads": ("Area", "No.", "Year", "Lots", "To services (m)", "Cost (USD)", "USD/lot"),
        "balance": "Supply and demand of lots",
        "balance_heads": ("Year", "Demand", "Supply", "Cum. demand", "Cum. supply", "Shortage", "Surplus"),
        "result": "Method {method}: shortage {shortage:,.0f} lot-years (bound {shortage_bound:,.0f}); "
        "present cost US$ {objective:,.0f}, gap to the best {gap:.2%}; "
        "plain rule US$ {greedy_objective:,.0f}, shortage {greedy_shortage:,.0f}.",
        "examples": "Costs and the discount are examples (growth.toml) where you give none.",
        "scenarios": "Scenarios",
        "scenario_heads": (
            "Scenario", "Demand", "Supply", "Shortage (lot-years)", "Short from", "Cost (USD)",
        ),
        "opened": "Area {}",
        "shares": "Land shared",
        "share_heads": ("Group", "Share", "Due", "Given", "Difference", "Blocks", "Parts", "Fronts to others",
                        "To services (m)"),
        "exact": "Largest block: {:,.0f}. Shares exact within one block: {}.",
        "yes": "yes",
        "no": "no",
        "illustrative": "An example without a source: the share of {}.",
    },
}  # fmt: skip


def shown_phases(found: Phasing, side: pd.DataFrame | None, lang: str) -> None:
    """Print the order of areas, supply against demand, and how good the order is."""
    words = WORDS[lang]
    columns = ["order", "opened", "lots", "distance", "cost", "cost_per_lot"]
    rows = [
        [str(name), *map(_text, row, ("", "", ",", ",", ",", ","))]
        for name, *row in found.schedule[columns].itertuples()
    ]
    show_rows(words["phases"], words["phase_heads"], rows)
    columns = ["demand", "supply", "cumulative_demand", "cumulative_supply", "shortage", "surplus"]
    told = [[str(year), *map(_text, row, "," * 6)] for year, *row in found.balance[columns].itertuples()]
    result = words["result"].format(**vars(found))
    show_rows(words["balance"], words["balance_heads"], told, f"{result}\n{words['examples']}")
    if side is not None:
        years = side["opened"]
        heads = [*words["scenario_heads"], *(words["opened"].format(k) for k in years.columns)]
        totals, kinds = side["total"], (",", ",", ",", "", ",")
        lines = [
            [str(k), *map(_text, totals.loc[k], kinds), *(_text(year, "") for year in years.loc[k])]
            for k in side.index
        ]
        show_rows(words["scenarios"], heads, lines)


def shown_shares(figures: pd.DataFrame, groups: Sequence[Group], lang: str) -> None:
    """Print what each group gets beside what is due to it."""
    words = WORDS[lang]
    columns = ["share", "due", "given", "difference", "blocks", "parts", "borders", "distance"]
    kinds = (".0%", ",", ",", "+", ",", ",", ".1%", ",")
    rows = [[str(name), *map(_text, row, kinds)] for name, *row in figures[columns].itertuples()]
    exact = words["yes" if figures["exact"].all() else "no"]
    notes = [words["exact"].format(figures["largest_block"].max(), exact)]
    if made_up := [one.name for one in groups if one.status == "illustrative"]:
        notes.append(words["illustrative"].format(", ".join(made_up)))
    show_rows(words["shares"], words["share_heads"], rows, "\n".join(notes))


def _text(value: Any, kind: str) -> str:
    import pandas as pd

    if pd.isna(value):
        return "–"
    value = float(value)
    if kind == "+" and not round(value):
        value = 0.0
    formats = {"": "{:.0f}", ",": "{:,.0f}", "+": "{:+,.0f}" if value else "{:,.0f}"}
    return formats.get(kind, "{:" + kind + "}").format(value)
