"""Who comes first: points by published weights, every score taken apart, the list signed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from ilo_gis.errors import ExactnessError, RuleError, some_ids
from ilo_gis.promuvi.eligibility import with_households
from ilo_gis.promuvi.tickets import hash_of, software, tickets
from ilo_gis.promuvi.weights import TICKET, Weights, usual_weights
from ilo_gis.tables import complete, conform, empty
from ilo_gis.tables.entries import require_day

__all__ = ["Ranking", "rank"]

STEP = 1000  # points are given in thousandths, so that parts add up to the score without a remainder


@dataclass(frozen=True)
class Ranking:
    """A list of applicants in their order.

    Attributes
    ----------
    table : DataFrame
        Table ``ranking``.
    parts : DataFrame
        Table ``score_parts``: what each criterion gave to each applicant; the parts add up to the score.
    record : dict
        Weights, order of ties, seed, day, software, counts, and the SHA-256 of inputs and list.
    """

    table: pd.DataFrame
    parts: pd.DataFrame
    record: dict[str, Any]


def rank(
    applicants: pd.DataFrame,
    households: pd.DataFrame,
    eligibility: pd.DataFrame,
    weights: Weights | None = None,
    *,
    on: date,
    ties: Iterable[str] | None = None,
    seed: str | None = None,
) -> Ranking:
    """Rank those who may get a lot by points, ties in a stated order.

    Whoever is observed or excluded is not ranked. The same tables give the same list and the same hash, in
    any order of rows and on any platform.

    Parameters
    ----------
    applicants, households : DataFrame
        Tables of these names.
    eligibility : DataFrame
        Table ``eligibility`` of all these applicants.
    weights : Weights, optional
        Published weights (points); by default the example that ilo_gis ships.
    on : date
        Day of the ranking: years of residence count up to it.
    ties : iterable of str, optional
        What parts those who have as many points, in place of the ties of the weights: columns of applicants
        or households, with a minus where more comes first, and ``ticket``.
    seed : str, optional
        Text that seeds the tickets; needed where ties are left that only a draw parts.

    Returns
    -------
    Ranking
        Tables ``ranking`` and ``score_parts`` (points in thousandths), and the record.

    Raises
    ------
    SchemaError
        If a table lacks required columns, or ids repeat.
    RuleError
        If an applicant was not assessed, a household would be ranked twice or is not in the register, ties
        are left and there is no seed, or a word has no share.

    References
    ----------
    López Follegatti 1999, "Ilo: a city in transformation", section II.c: those who may get a lot are ranked,
    and the rating includes participation as local residents.

    Examples
    --------
    >>> homes = pandas.DataFrame({"members": 4, "dependants": 2, "income": 900.0, "tenure": "rents",
    ...     "resident_since": pandas.Timestamp("1985-01-01"), "owns_property": False,
    ...     "participation": [3, 9]}, index=pandas.Index(["H1", "H2"], name="household_id"))
    >>> asked = pandas.DataFrame({"household_id": ["H1", "H2"], "accepts_layout": True,
    ...     "applied_on": pandas.Timestamp("1991-05-02"), "need_municipality": True,
    ...     "need_leaders": True}, index=pandas.Index(["A1", "A2"], name="applicant_id"))
    >>> on = pandas.Timestamp("1991-06-01")
    >>> made = rank(asked, homes, ilo_gis.promuvi.eligibility(asked, homes, on), on=on)
    >>> made.table["score"].to_dict()
    {'A2': 74.515, 'A1': 59.515}
    >>> made.parts.loc["A2/participation", ["value", "share", "weight", "points"]].tolist()
    [9.0, 0.75, 30.0, 22.5]
    """
    weights = usual_weights() if weights is None else weights
    order = Weights(weights.criteria, weights.ties if ties is None else tuple(ties)).ties
    today = require_day(on)
    known = with_households(applicants, households)
    eligible = _eligible(known, eligibility)
    parts, score = _points(eligible, weights, today)
    table = _ordered(eligible, score, order, seed)
    settings = {"weights": weights.plain(), "ties": list(order), "seed": seed, "on": f"{today:%Y-%m-%d}"}
    record = {
        "kind": "ranking",
        **settings,
        "software": software(),
        "applicants": len(known),
        "ranked": len(table),
        "not_ranked": len(known) - len(table),
        "inputs": hash_of(
            settings,
            applicants=applicants,
            households=households,
            eligibility=conform(eligibility, "eligibility"),
        ),
        "list": hash_of(None, ranking=table),
    }
    return Ranking(table, parts, record)


def _eligible(known: pd.DataFrame, eligibility: pd.DataFrame) -> pd.DataFrame:
    """Return who is eligible; refuse what no ranking can rest on."""
    told = conform(eligibility, "eligibility")
    if len(lacking := known.index.difference(told.index)):
        raise RuleError(f"Applicants that were not assessed: {some_ids(lacking)}. Run `eligibility` on all.")
    passed = known[(told["status"].reindex(known.index) == "eligible").to_numpy(bool)]
    if not passed["registered"].all():
        lost = passed.index[~passed["registered"]]
        raise RuleError(f"Applicants whose household is not in the register: {some_ids(lost)}.")
    if (twice := passed["household_id"].duplicated(keep=False)).any():
        raise RuleError(
            f"Applicants of one household: {some_ids(passed.index[twice])}. A household applies once."
        )
    return passed


def _points(known: pd.DataFrame, weights: Weights, today: pd.Timestamp) -> tuple[pd.DataFrame, pd.Series]:
    """Return the parts of all scores, and the scores, in thousandths of a point as whole numbers."""
    if known.empty:
        return empty("score_parts"), pd.Series(0, known.index, dtype=np.int64)
    columns = []
    for name, one in weights.criteria.items():
        values = one.values(known, today)
        share = one.share(values)
        points = np.rint(STEP * float(one.weight) * share.to_numpy(float)).astype(np.int64)
        number = share if one.shares else values.astype(float)
        part = {"applicant_id": known.index, "criterion": name, "value": number.where(values.notna())}
        part |= {"share": share, "weight": float(one.weight), "points": points}
        columns.append(pd.DataFrame(part).set_index(known.index + f"/{name}"))
    parts = pd.concat(columns).rename_axis("part_id")
    score = parts.groupby("applicant_id")["points"].sum().reindex(known.index)
    if int(score.sum()) != int(parts["points"].sum()) or score.isna().any():
        raise ExactnessError("The parts of the scores do not add up to the scores.")
    parts = parts.assign(points=parts["points"] / STEP).sort_values("applicant_id", kind="stable")
    return conform(parts, "score_parts"), score


def _ordered(known: pd.DataFrame, score: pd.Series, order: tuple[str, ...], seed: str | None) -> pd.DataFrame:
    """Return the list, and for each what parted it from the one before with as many points."""
    if known.empty:
        return empty("ranking")
    keys = {"score": -score}
    drawn = tickets(seed, known.index) if seed is not None and TICKET in order else None
    for name in order:
        if name == TICKET:
            if drawn is not None:
                keys[TICKET] = drawn
            continue
        column = known.index.to_series() if name == "applicant_id" else known[name.removeprefix("-")]
        codes = column.rank(method="dense", ascending=not name.startswith("-")).fillna(np.inf)
        keys[name] = codes
    sorted_keys = pd.DataFrame(keys).sort_values(list(keys), kind="stable")
    if (left := sorted_keys.duplicated(keep=False)).any():
        raise RuleError(
            f"Applicants that nothing parts: {some_ids(sorted_keys.index[left])}. Give a seed and part ties "
            "by ticket: `ties=[..., 'ticket'], seed='1996-03-31'`."
        )
    differs = sorted_keys.ne(sorted_keys.shift()).to_numpy()
    first = np.array(list(keys), dtype=object)[differs.argmax(axis=1)]
    table = known.loc[sorted_keys.index, ["household_id", "group", "preferences"]]
    table = table.assign(place=np.arange(1, len(table) + 1), score=score[table.index] / STEP)
    table["tie"] = pd.Series(first, table.index, dtype="string").mask(first == "score")
    return conform(complete(table, "ranking"), "ranking")[list(empty("ranking").columns)]
