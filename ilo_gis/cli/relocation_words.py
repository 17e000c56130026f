"""What `relocation match` and `relocation balance` print, in Spanish and English."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from ilo_gis.console import show_rows

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ilo_gis.relocation import Balance, Matching, Needs

__all__ = ["shown_balance", "shown_matches"]

WORDS: dict[str, dict[str, Any]] = {
    "es": {
        "matches": "Destinos al {:%Y-%m-%d}",
        "match_heads": ("Ocupante", "Lugar de destino", "Hogares", "Costo", "Por qué"),
        "result": "{count} de {all} ocupantes con destino; costo total {cost:.2f}; {second}. "
        "Método {method}; empates por orden de código, sin azar. Cantidades sin unidad: {reading}.",
        "second": "la siguiente mejor asignación costaría {:.3g} más",
        "no_second": "no hay otra asignación para los mismos ocupantes",
        "households": "hogares",
        "persons": "personas",
        "illustrative": "Las necesidades y pesos son ilustrativos: no obligan a nadie. Vea --needs.",
        "findings": "Hallazgos",
        "finding_heads": ("Elemento", "Gravedad", "Mensaje"),
        "severity": {"error": "error", "warning": "aviso", "info": "nota"},
        "balance": "Balance de terrenos y costos al {:%Y-%m-%d}",
        "balance_heads": ("Acuerdo", "Por liberar (m²)", "Recibido (m²)", "Dado (m²)", "Diferencia (m²)",
                          "Costos sin dato", "Obligaciones", "Pendientes", "Vencidas"),
        "payers": "Quién paga",
        "payer_heads": ("Paga", "Conocido (US$)", "Acuerdos con costo", "Acuerdos sin dato"),
        "payer": {"municipality": "Municipalidad", "occupant": "Ocupante", "other": "Terceros"},
        "places": "Hogares y cupo",
        "place_heads": ("Grupo", "Destino", "Cupo", "Hogares", "Sin destino", "Si son personas: hogares",
                        "Sin destino"),
        "parties": "Obligaciones por parte",
        "party_heads": ("Obligado", "Cumplidas", "Pendientes", "Vencidas", "Sin plazo"),
        "total": "Total",
        "unknown": "sin dato",
    },
    "en": {
        "matches": "Who goes where, on {:%Y-%m-%d}",
        "match_heads": ("Occupant", "Receiving site", "Households", "Cost", "Why"),
        "result": "{count} of {all} occupants have a place; cost {cost:.2f} in all; {second}. "
        "Method {method}; ties go by id, nothing is drawn by lot. Counts without a unit: {reading}.",
        "second": "the next best would cost {:.3g} more",
        "no_second": "there is no other matching for the same occupants",
        "households": "households",
        "persons": "persons",
        "illustrative": "Needs and weights are illustrative: they bind nobody. Use your own with --needs.",
        "findings": "Findings",
        "finding_heads": ("Feature", "Severity", "Message"),
        "severity": {"error": "error", "warning": "warning", "info": "info"},
        "balance": "Balance of land and costs on {:%Y-%m-%d}",
        "balance_heads": ("Agreement", "To free (m²)", "Received (m²)", "Given (m²)", "Difference (m²)",
                          "Costs not known", "Obligations", "Open", "Overdue"),
        "payers": "Who pays",
        "payer_heads": ("Payer", "Known (USD)", "Agreements with a cost", "Agreements without"),
        "payer": {"municipality": "Municipality", "occupant": "Occupant", "other": "Others"},
        "places": "Households and room",
        "place_heads": ("Group", "Site", "Room", "Households", "Without a place", "If persons: households",
                        "Without a place"),
        "parties": "Obligations by party",
        "party_heads": ("Party", "Fulfilled", "Open", "Overdue", "Without a day"),
        "total": "Total",
        "unknown": "not known",
    },
}  # fmt: skip


def shown_matches(
    made: Matching, found: gpd.GeoDataFrame, land: gpd.GeoDataFrame, needs: Needs, on: datetime, lang: str
) -> None:
    """Print who goes where and why, and who has no place."""
    import pandas as pd

    words = WORDS[lang]
    names = _names(land, lang)
    reason = "reason_es" if lang == "es" else "reason"
    rows = [
        [names[who], site, _whole(count, words) if pd.isna(count) or count else "–", f"{cost:.2f}", why]
        for who, site, count, cost, why in made.matches[
            ["receiving_id", "households", "cost", reason]
        ].itertuples()
    ]
    gap = made.second_best
    second = words["no_second"] if pd.isna(gap) else words["second"].format(gap)
    without = found["rule"].str.startswith("match.").sum()
    count = {"count": len(rows), "all": len(rows) + without, "cost": made.objective, "method": made.method}
    note = words["result"].format(second=second, reading=words[made.reading], **count)
    note += f"\n{words['illustrative']}" if needs.status == "illustrative" else ""
    show_rows(words["matches"].format(on), words["match_heads"], rows, note, left=(0, 1, 4))
    _shown_findings(found, names, lang)


def shown_balance(made: Balance, land: gpd.GeoDataFrame, on: datetime, lang: str) -> None:
    """Print land, costs, households and obligations."""
    words = WORDS[lang]
    names = _names(land, lang)
    columns = ["land", "land_received", "land_given", "difference"]
    counts = ["costs_unknown", "obligations", "open", "overdue"]
    rows = [
        [words["total"] if id_ == "total" else id_, *(_whole(value, words) for value in values)]
        for id_, *values in made.agreements[columns + counts].itertuples()
    ]
    show_rows(words["balance"].format(on), words["balance_heads"], rows)
    rows = [
        [words["payer"][who], *(_whole(v, words) for v in values)]
        for who, *values in made.payers.itertuples()
    ]
    show_rows(words["payers"], words["payer_heads"], rows)
    shown = ["receiving_id", "room", "households", "without", "if_persons", "without_if_persons"]
    rows = [
        [names[who], site if isinstance(site, str) else words["unknown"], *(_whole(v, words) for v in values)]
        for who, site, *values in made.places[shown].itertuples()
    ]
    show_rows(words["places"], words["place_heads"], rows, left=(0, 1))
    rows = [[who, *map(str, values)] for who, *values in made.parties.itertuples()]
    show_rows(words["parties"], words["party_heads"], rows)
    _shown_findings(made.findings, names, lang)


def _shown_findings(found: gpd.GeoDataFrame, names: dict[str, str], lang: str) -> None:
    words, message = WORDS[lang], "message_es" if lang == "es" else "message"
    rows = [
        [names.get(feature, feature), words["severity"][severity], text]
        for feature, severity, text in found[["feature", "severity", message]].itertuples(index=False)
    ]
    if rows:
        show_rows(words["findings"], words["finding_heads"], rows, left=(0, 1, 2))


def _names(land: pd.DataFrame, lang: str) -> dict[str, str]:
    from ilo_gis.tables.units import in_language

    return {str(id_): in_language(str(name), lang) for id_, name in land["name"].items()}


def _whole(value: Any, words: dict[str, Any]) -> str:
    import pandas as pd

    return words["unknown"] if pd.isna(value) else f"{value:,.0f}"
