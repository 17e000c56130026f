"""What `promuvi progress` and `promuvi forecast` print, in Spanish and English."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import isnan
from typing import TYPE_CHECKING, Any

from ilo_gis.console import show_rows

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["shown_forecast", "shown_progress"]

WORDS: dict[str, dict[str, Any]] = {
    "es": {
        "services": "Avance de servicios y obras al {:%Y-%m-%d}",
        "service_heads": ("Grupo", "Servicio u obra", "Lotes", "Previstos", "En ejecución", "Servidos", "%"),
        "stages": "Lotes por etapa",
        "stage_heads": ("Grupo", "Etapa", "Lotes", "Alcanzaron", "%"),
        "by": {"programme": "Programa", "area": "Área", "block": "Manzana"},
        "pace": "Ritmo desde {:%Y-%m-%d}: {:,.0f} lotes asignados y {:,.0f} titulados por año.",
        "costs": "Quién paga",
        "cost_heads": ("Paga", "Obras", "Terminadas", "Costo conocido (US$)", "Ejecutado (US$)", "Sin costo"),
        "payers": {
            "municipality": "Municipalidad", "utility": "Empresa de servicios", "households": "Hogares",
            "committee": "Comité", "other": "Otros", "none": "sin dato",
        },
        "backlog": "Rezago: sin ningún título desde hace años",
        "backlog_heads": ("Ámbito", "Lotes", "En espera", "Último título", "Años", "Mayor espera (años)"),
        "never": "ninguno",
        "blockers": "Qué frena a los lotes: lo primero, primero",
        "blocker_heads": ("N.º", "Qué falta", "Lotes frenados", "Solo por esto"),
        "more": "y {:,} más: --rows 0 los muestra todos.",
        "empty": "Ninguno.",
        "forecast": "Pronóstico de títulos al {:%Y-%m-%d}",
        "forecast_heads": ("Mes", "Esperados", "Intervalo", "Acumulado", "Intervalo", "Sin pronóstico"),
        "how": "Intervalo de {:.0f} %; semilla {seed}, {draws} sorteos por {unit}. Los lotes que aún esperan "
        "cuentan; los aún no asignados, no. Sin pronóstico: esperan más que todo lote observado.",
        "units": {"wave": "tanda de asignación", "block": "manzana", "lot": "lote"},
        "late": "Ojo: sin títulos desde hace años: área {} ({:,} lotes en espera). Lo que los frena no entra "
        "en el pronóstico: se supone que avanzan como los demás. Vea promuvi progress.",
        "times": "Permanencia en cada etapa (días)",
        "time_heads": ("Etapa", "Siguiente", "Lotes", "Avanzaron", "Se liberaron", "En espera", "25 %",
                       "Mediana", "75 %", "Mayor"),
        "nothing": "No hay hechos de lotes hasta ese día: nada que pronosticar.",
    },
    "en": {
        "services": "Progress of services and works on {:%Y-%m-%d}",
        "service_heads": ("Group", "Service", "Lots", "Planned", "Under way", "Done", "%"),
        "stages": "Lots by stage",
        "stage_heads": ("Group", "Stage", "Lots", "Reached", "%"),
        "by": {"programme": "Programme", "area": "Area", "block": "Block"},
        "pace": "Pace since {:%Y-%m-%d}: {:,.0f} lots allotted and {:,.0f} titled a year.",
        "costs": "Who pays",
        "cost_heads": ("Payer", "Works", "Done", "Known cost (USD)", "Of works done (USD)", "Without cost"),
        "payers": {
            "municipality": "Municipality", "utility": "Utility", "households": "Households",
            "committee": "Committee", "other": "Others", "none": "not known",
        },
        "backlog": "Backlog: no title for years",
        "backlog_heads": ("Place", "Lots", "Waiting", "Last title", "Years", "Longest wait (years)"),
        "never": "none",
        "blockers": "What holds lots back: first things first",
        "blocker_heads": ("No.", "What is missing", "Lots held back", "By this alone"),
        "more": "and {:,} more: --rows 0 shows all.",
        "empty": "None.",
        "forecast": "Titles foretold on {:%Y-%m-%d}",
        "forecast_heads": ("Month", "Expected", "Interval", "Cumulative", "Interval", "Not foretold"),
        "how": "{:.0f} % interval; seed {seed}, {draws} draws by {unit}. Lots that still wait count; those "
        "not allotted yet do not. Not foretold: they will have waited longer than any that was seen.",
        "units": {"wave": "wave of allotment", "block": "block", "lot": "lot"},
        "late": "Mind: no titles for years: area {} ({:,} lots waiting). What holds them back is not in the "
        "forecast: they are taken to go on as others did. See promuvi progress.",
        "times": "Stay in each stage (days)",
        "time_heads": ("Stage", "Next", "Lots", "Advanced", "Given back", "Waiting", "25 %", "Median",
                       "75 %", "Longest"),
        "nothing": "There are no events of lots up to that day: nothing to foretell.",
    },
}  # fmt: skip


def shown_progress(
    told: dict[str, Any], dates: pd.DataFrame, on: datetime, by: str, rows: int, lang: str
) -> None:
    """Print services, stages, pace, costs, backlog and blockers."""
    from ilo_gis.promuvi import services, stage_rules

    words, names = WORDS[lang], services()[lang].to_dict()
    stages = stage_rules().stages[lang].to_dict()
    table = told["service_progress"]
    few = table[(table["by"] == "programme") | table["service"].isin(_shown())]
    said = [
        [_group(row, words), names[row.service], *_whole(row.lots, row.planned, row.under_way, row.done),
         f"{row.share:.1%}"]
        for row in _head(few, rows, by).itertuples()
    ]  # fmt: skip
    show_rows(words["services"].format(on), words["service_heads"], said, left=(0, 1))
    table = told["stage_progress"]
    said = [
        [_group(row, words), stages[row.stage], *_whole(row.lots, row.reached), f"{row.share:.1%}"]
        for row in _head(table, rows, by).itertuples()
    ]
    show_rows(words["stages"], words["stage_heads"], said, _pace(dates, on, words), left=(0, 1))
    payers = told["work_costs"]
    said = [
        [" + ".join(words["payers"].get(one, one) for one in row.group.split(";")),
         *_whole(row.works, row.done, row.cost, row.cost_done, row.unknown)]
        for row in payers[payers["by"] == "payer"].itertuples()
    ]  # fmt: skip
    show_rows(words["costs"], words["cost_heads"], said)
    _shown_waiting(told, rows, words, lang)


def _shown_waiting(told: dict[str, Any], rows: int, words: dict[str, Any], lang: str) -> None:
    """Print backlog and blockers."""
    late, held = told["backlog"], told["blockers"]
    said = [
        [str(row.Index), *_whole(row.lots, row.waiting),
         _day(row.last_title, words),
         f"{row.years:.1f}", f"{row.oldest:.1f}"]
        for row in (late if rows == 0 else late.head(rows)).itertuples()
    ]  # fmt: skip
    show_rows(words["backlog"], words["backlog_heads"], said, _more(late, rows, words))
    said = [
        [str(row.order), getattr(row, lang), *_whole(row.lots, row.alone)]
        for row in (held if rows == 0 else held.head(rows)).itertuples()
    ]
    show_rows(words["blockers"], words["blocker_heads"], said, _more(held, rows, words), left=(1,))


def shown_forecast(
    made: pd.DataFrame, times: pd.DataFrame, late: pd.DataFrame, how: dict[str, Any], on: datetime, lang: str
) -> None:
    """Print titles foretold by month, areas that may not follow, and the stays that all rests on."""
    from ilo_gis.promuvi import stage_rules

    words, stages = WORDS[lang], stage_rules().stages[lang].to_dict()
    said = [
        [f"{row.Index:%Y-%m}", f"{row.expected:,.0f}", f"{row.low:,.0f} – {row.high:,.0f}",
         f"{row.cumulative:,.0f}", f"{row.cumulative_low:,.0f} – {row.cumulative_high:,.0f}",
         f"{row.untold:,.0f}"]
        for row in made.itertuples()
    ]  # fmt: skip
    note = words["how"].format(100 * how["level"], **how, unit=words["units"][how["resample"]])
    note = words["nothing"] if made.empty else note
    if len(late):
        note += "\n" + words["late"].format(", ".join(late.index.astype(str)), int(late["waiting"].sum()))
    show_rows(words["forecast"].format(on), words["forecast_heads"], said, note)
    figures = ["lots", "advanced", "left", "waiting", "quarter", "median", "three_quarters", "longest"]
    said = [
        [stages[str(stage)], stages[str(row["next"])], *_whole(*row[figures])]
        for stage, row in times.iterrows()
    ]
    show_rows(words["times"], words["time_heads"], said, left=(0, 1))


def _shown() -> pd.Index:
    from ilo_gis.promuvi import services

    known = services()
    return known.index[known["shown"]]


def _head(table: pd.DataFrame, rows: int, by: str) -> pd.DataFrame:
    """Return the rows of the programme and of the first groups."""
    groups = table.loc[table["by"] == by, "group"].unique()
    kept = groups if rows == 0 else groups[:rows]
    return table[(table["by"] == "programme") | table["group"].isin(kept)]


def _group(row: Any, words: dict[str, Any]) -> str:
    return f"{words['by'][row.by]} {row.group}".rstrip()


def _pace(dates: pd.DataFrame, on: datetime, words: dict[str, Any]) -> str:
    """Return how many lots a year were allotted and titled since the first was allotted."""
    from ilo_gis.promuvi import pace

    if dates["allotted"].isna().all():
        return ""
    first = dates["allotted"].min()
    end = on + timedelta(days=1)
    rates = (pace(dates[name], first, end) for name in ("allotted", "titled"))
    return str(words["pace"]).format(first, *rates)


def _more(table: pd.DataFrame, rows: int, words: dict[str, Any]) -> str:
    left = len(table) - rows
    if table.empty:
        return str(words["empty"])
    return str(words["more"]).format(left) if rows and left > 0 else ""


def _day(day: Any, words: dict[str, Any]) -> str:
    import pandas as pd

    return str(words["never"]) if pd.isna(day) else f"{day:%Y-%m-%d}"


def _whole(*values: float) -> list[str]:
    return ["–" if isnan(value) else f"{value:,.0f}" for value in values]
