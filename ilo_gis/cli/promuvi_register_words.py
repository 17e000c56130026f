"""What `promuvi rank` and `promuvi allot` print, in Spanish and English."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from ilo_gis.console import show_rows

if TYPE_CHECKING:
    import pandas as pd

    from ilo_gis.promuvi import Allotment, Ranking, Replay, Rules

__all__ = ["shown_allotment", "shown_pairs", "shown_ranking", "shown_replay"]

WORDS: dict[str, dict[str, Any]] = {
    "es": {
        "status": "Postulantes al {:%Y-%m-%d}",
        "status_heads": ("Condición", "Postulantes"),
        "eligible": "aptos", "observed": "observados (pueden subsanar)", "excluded": "no aptos",
        "reasons": "Motivos", "reason_heads": ("Motivo", "Postulantes"),
        "ranking": "Orden de mérito",
        "rank_heads": ("Puesto", "Postulante", "Hogar", "Puntaje", "Desempate"),
        "rank_note": "Puntajes: {}. Huella (SHA-256) de los datos: {}",
        "illustrative": "Pesos y plazos ilustrativos: no obligan a nadie.",
        "ties": {"applied_on": "fecha de postulación", "ticket": "sorteo"},
        "allotments": "Asignación de lotes del {}",
        "allot_heads": ("Turno", "Lote", "Postulante", "Hogar", "Forma"),
        "way": {"draw": "sorteo", "preference": "preferencia", "next": "siguiente libre", "group": "grupo"},
        "counts": "{allotted:,} lotes asignados, {waiting:,} en espera; de {lots:,} lotes, {taken:,} tienen "
        "titular desde antes y {reserved:,} se reservan.",
        "repeat": "Semilla: {}. Huella (SHA-256) de los datos: {}. Para repetirlo: "
        "sha256sum de «semilla:código» y ordenar.",
        "pairs": "Posibles duplicados por revisar: {:,}",
        "pair_heads": ("Persona", "Persona", "Hogar", "Hogar", "Motivo"),
        "same": "Sale la misma lista.",
        "differs": "La lista difiere desde el turno {turn}: en el acta {recorded}, ahora {found}.",
        "inputs": "Los datos de entrada no son los del acta.",
    },
    "en": {
        "status": "Applicants on {:%Y-%m-%d}",
        "status_heads": ("Status", "Applicants"),
        "eligible": "eligible", "observed": "observed (can mend it)", "excluded": "excluded",
        "reasons": "Reasons", "reason_heads": ("Reason", "Applicants"),
        "ranking": "Ranking",
        "rank_heads": ("Place", "Applicant", "Household", "Score", "Parted by"),
        "rank_note": "Points: {}. Fingerprint (SHA-256) of the data: {}",
        "illustrative": "Weights and terms are illustrative: they bind nobody.",
        "ties": {"applied_on": "day of application", "ticket": "draw"},
        "allotments": "Lots given on {}",
        "allot_heads": ("Turn", "Lot", "Applicant", "Household", "How"),
        "way": {"draw": "draw", "preference": "preference", "next": "next free one", "group": "group"},
        "counts": "{allotted:,} lots given, {waiting:,} wait; {lots:,} lots: {taken:,} taken before, "
        "{reserved:,} kept back.",
        "repeat": "Seed: {}. Fingerprint (SHA-256) of the data: {}. To repeat it: "
        "sha256sum of “seed:id”, and sort.",
        "pairs": "Possible duplicates to review: {:,}",
        "pair_heads": ("Person", "Person", "Household", "Household", "Reason"),
        "same": "The same list comes out.",
        "differs": "The list differs from turn {turn} on: {recorded} in the record, {found} now.",
        "inputs": "The data are not those of the record.",
    },
}  # fmt: skip


def shown_ranking(
    made: Ranking, told: pd.DataFrame, rules: Rules, on: datetime, rows: int, lang: str
) -> None:
    """Print how many are eligible, observed and excluded, why, and the first of the ranking."""
    from ilo_gis.promuvi import reason_texts

    words = WORDS[lang]
    counts = told["status"].value_counts()
    lines = [[words[name], f"{counts.get(name, 0):,}"] for name in ("eligible", "observed", "excluded")]
    show_rows(words["status"].format(on), words["status_heads"], lines)
    reasons = told["reasons"].dropna().str.split(";").explode().value_counts()
    if len(reasons):
        spoken = reason_texts(reasons.index.to_series(), lang, rules)
        lines = [[spoken[reason], f"{count:,}"] for reason, count in reasons.items()]
        show_rows(words["reasons"], words["reason_heads"], lines)
    first = made.table.head(rows or len(made.table))
    lines = [
        [str(row.place), str(row.Index), str(row.household_id), f"{row.score:.3f}", _tie(row.tie, words)]
        for row in first.itertuples()
    ]
    record = made.record
    points = ", ".join(f"{one[lang] or name} {one['weight']:g}" for name, one in record["weights"].items())
    note = words["rank_note"].format(points, record["inputs"])
    note += f"\n{words['illustrative']}" if rules.status == "illustrative" else ""
    show_rows(words["ranking"], words["rank_heads"], lines, note, left=(1, 2, 4))


def shown_pairs(twice: pd.DataFrame, rows: int, lang: str) -> None:
    """Print who may be in the register twice, if anybody: ids and reasons."""
    from ilo_gis.promuvi import duplicate_reasons

    words, texts = WORDS[lang], duplicate_reasons(lang)
    lines = [
        [
            *(row.one, row.other, row.household_one, row.household_other),
            " ".join(texts[code] for code in row.reasons.split(";")),
        ]
        for row in twice.sort_values("strength", kind="stable").head(rows or len(twice)).itertuples()
    ]
    if lines:
        show_rows(words["pairs"].format(len(twice)), words["pair_heads"], lines, left=(0, 1, 2, 3, 4))


def shown_allotment(made: Allotment, rows: int, lang: str) -> None:
    """Print the first lots given, and what it takes to repeat it."""
    words, record = WORDS[lang], made.record
    lines = [
        [str(row.turn), str(row.Index), str(row.applicant_id), str(row.household_id), words["way"][row.way]]
        for row in made.table.head(rows or len(made.table)).itertuples()
    ]
    settings = record["settings"]
    notes = [words["counts"].format(**record["counts"])]
    notes.append(words["repeat"].format(settings["seed"], record["inputs"]))
    title = words["allotments"].format(settings["on"])
    show_rows(title, words["allot_heads"], lines, "\n".join(notes), left=(1, 2, 3, 4))


def shown_replay(again: Replay, lang: str) -> None:
    """Print whether an allotment came out the same."""
    import typer

    words = WORDS[lang]
    if not again.same_inputs:
        typer.echo(words["inputs"])
    if again.same:
        typer.echo(words["same"])
        return
    pairs = {name: " · ".join(getattr(again, name) or ("–",)) for name in ("recorded", "found")}
    typer.echo(words["differs"].format(turn=again.turn, **pairs))


def _tie(tie: Any, words: dict[str, Any]) -> str:
    return str(words["ties"].get(tie, tie)) if isinstance(tie, str) else ""
