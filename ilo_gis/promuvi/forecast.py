"""Titles to come, by month, with an interval: from how long lots were seen to stay in each stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from numbers import Integral

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.errors import RuleError
from ilo_gis.promuvi.durations import STEPS, WAITING, Curve, Numbers, curve_of, stays_in
from ilo_gis.promuvi.progress import legal_lots
from ilo_gis.promuvi.stays import stays as stays_of
from ilo_gis.tables import conform, empty
from ilo_gis.tables.entries import require_day

__all__ = ["RESAMPLE", "forecast"]

RESAMPLE = ("wave", "block", "lot")

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class _Stage:
    """Stays in a stage: what was seen of all, and how long those have waited that go on."""

    unit: Whole  # block or lot of each stay
    days: Whole
    ends: Whole

    @property
    def waits(self) -> Whole:
        return np.sort(self.days[self.ends == WAITING])

    def curve(self, weights: Numbers | None = None) -> Curve:
        return curve_of(self.days, self.ends, None if weights is None else weights[self.unit])


def forecast(
    events: pd.DataFrame,
    lots: pd.DataFrame,
    on: date,
    *,
    months: int = 24,
    level: float = 0.8,
    seed: int = 0,
    draws: int = 400,
    resample: str = "wave",
) -> pd.DataFrame:
    """Forecast the titles of each month, for lots that somebody holds on a day.

    A lot goes from stage to stage after as many days as others took, given the days that it has waited. Stays
    that go on count for as long as they have lasted (censored), those that ended with the lot given back as
    such; to leave them out would make lots faster than they are. The interval holds both what is not known of
    the durations (waves of lots are drawn anew, with replacement) and the chance of each lot. Lots not
    allotted yet, and those given back and allotted again, are not in it. Given the durations, each lot is
    taken to go on by itself: where titles are delivered to many on one day, months scatter more than is told.
    Works are not looked at: an area that waits for one is taken to go on as others did (`backlog` and
    `blockers` name it), and with a handful of waves the interval is a rough one.

    Parameters
    ----------
    events : DataFrame
        Table ``lot_events``.
    lots : DataFrame or GeoDataFrame
        Table ``lots``; events of others, and of remnants, do not count.
    on : date
        Day of the report: nothing after it is looked at.
    months : int
        How many months, the first one from the day after `on`.
    level : float
        Share of cases that should lie in the interval.
    seed : int
        Of the draws; the same seed gives the same table.
    draws : int
        How many times the future is drawn.
    resample : {"wave", "block", "lot"}
        What is drawn with replacement: waves, the lots of an extension area that were allotted in one month
        and get their services together; blocks; or single lots. The larger the groups that go on together in
        truth, the more too narrow is an interval from smaller ones.

    Returns
    -------
    DataFrame
        Table ``forecast``, by month: ``expected``, ``low``, ``high`` titles; ``cumulative`` with those
        delivered before; ``untold``: lots that will have waited longer than any that was seen, of which
        nothing can be told. They are not among those expected.

    Raises
    ------
    RuleError
        If `on` is no date, or another argument makes no sense; if there are less than two waves (or blocks,
        or lots) to draw.
    SchemaError
        If the tables lack columns.

    References
    ----------
    Kaplan and Meier 1958; Aalen and Johansen 1978; Efron 1981, Censored data and the bootstrap.

    Examples
    --------
    >>> lots, events = (ilo_gis.tables.empty(name) for name in ("lots", "lot_events"))
    >>> forecast(events, lots, pandas.Timestamp("1996-03-31")).empty
    True
    """
    last = require_day(on)
    _require(months, level, seed, draws, resample)
    land = legal_lots(lots)
    held = stays_of(events, last, land).sort_values(["lot_id", "allotted"], kind="stable")
    if held.empty:
        return empty("forecast")
    code, names = pd.factorize(_units(held, land, resample), sort=True)
    if len(names) < 2:
        raise RuleError(
            f"Only one {resample} has events: nothing tells how far durations scatter. Give more of the "
            "programme, or draw smaller groups: resample='block' or 'lot'."
        )
    stages = []
    for stage, following in STEPS:
        place, days, ends = stays_in(held, stage, following, last)
        stages.append(_Stage(code[place], days, ends))
    starts = pd.date_range((last + pd.Timedelta(days=1)).replace(day=1), periods=months, freq="MS")
    ends_of = ((starts + pd.offsets.MonthEnd(0)) - last).days.to_numpy()
    titles, untold = _expected(stages, ends_of)
    drawn = _drawn(stages, ends_of, len(names), draws, np.random.default_rng(seed))
    tails = (1 - level) / 2, (1 + level) / 2
    (low, high), (low_all, high_all) = (_bounds(one, tails) for one in (drawn, drawn.cumsum(axis=1)))
    before = int((held["titled"].notna() & held["ended"].isna()).sum())
    table = pd.DataFrame(
        {
            "expected": titles,
            "low": low,
            "high": high,
            "cumulative": before + titles.cumsum(),
            "cumulative_low": before + low_all,
            "cumulative_high": before + high_all,
            "untold": untold,
        },
        index=pd.DatetimeIndex(starts.astype("M8[ms]"), name="month"),
    )
    return conform(table, "forecast")


def _require(months: int, level: float, seed: int, draws: int, resample: str) -> None:
    for name, value, least in (("months", months, 1), ("draws", draws, 1), ("seed", seed, 0)):
        if not isinstance(value, Integral) or value < least:
            raise RuleError(f"{name} is {value!r}; it should be a whole number from {least} on.")
    if not 0 < level < 1:
        raise RuleError(f"level is {level!r}; it should be a share between 0 and 1, such as 0.8.")
    if resample not in RESAMPLE:
        raise RuleError(f"resample is {resample!r}; it can be {' or '.join(RESAMPLE)}.")


def _units(held: pd.DataFrame, land: pd.DataFrame, resample: str) -> NDArray[np.object_]:
    """Return the group of each holding that is drawn as one."""
    if resample == "lot":
        return held["lot_id"].to_numpy(dtype=object)
    column = "extension_area" if resample == "wave" else "block_id"
    group = land[column].astype(str) if column in land else pd.Series("", land.index)
    name = group.reindex(held["lot_id"]).to_numpy(dtype=object)
    month = held["allotted"].dt.strftime(" %Y-%m").to_numpy(dtype=object)
    return np.asarray(name + month if resample == "wave" else name)


def _bounds(drawn: Whole, tails: tuple[float, float]) -> tuple[Numbers, Numbers]:
    """Return the ends of the interval that at least the share asked for of the draws lies in."""
    low = np.quantile(drawn, tails[0], axis=0, method="lower")
    return low.astype(float), np.quantile(drawn, tails[1], axis=0, method="higher").astype(float)


# -- what is expected ----------------------------------------------------------------------------------


def _expected(stages: list[_Stage], ends_of: Whole) -> tuple[Numbers, Numbers]:
    """Return the titles expected in each month, and the lots of which nothing can be told by its end."""
    days = int(ends_of[-1]) + 1
    coming, lost = np.zeros(days), np.zeros(days)  # on each day from that of the report on
    for stage in stages:
        curve, waits = stage.curve(), stage.waits
        longest = len(curve.staying)
        inside = waits[waits + 1 < longest]  # the others have waited as long as any
        lost[0] += len(waits) - len(inside)
        if not longest:
            lost, coming = lost + coming, np.zeros(days)
            continue
        parts = np.bincount(inside, minlength=longest) / np.where(curve.staying > 0, curve.staying, 1.0)
        passing = np.zeros(days + longest)
        passing[1 : longest + 1] = (parts * curve.staying[-1])[::-1]  # who has waited w has longest - w to go
        lost += passing[:days]
        lost[longest:] += coming[: max(days - longest, 0)] * curve.staying[-1]
        ahead = np.convolve(curve.advancing, parts[::-1])[longest - 1 :]
        going = np.convolve(coming, curve.advancing)[:days]
        going[: min(days, len(ahead))] += ahead[:days]
        coming = going
    edges = np.concatenate([[0], ends_of])
    return np.diff(coming.cumsum()[edges]), lost.cumsum()[ends_of]


# -- what may be ---------------------------------------------------------------------------------------


def _drawn(stages: list[_Stage], ends_of: Whole, units: int, draws: int, rng: np.random.Generator) -> Whole:
    """Return the titles of each month in each draw of durations and of chances."""
    counts = np.zeros((draws, len(ends_of)), dtype=np.int64)
    for one in range(draws):
        weights = np.bincount(rng.integers(units, size=units), minlength=units).astype(float)
        day = np.empty(0, dtype=np.int64)  # day from that of the report on which lots come to the stage
        for stage in stages:
            waits = stage.waits
            since = np.concatenate([-waits, day])
            waited = np.concatenate([waits, np.full(len(day), -1)])
            stay = _stay(stage.curve(weights), waited, rng)
            day = (since + stay)[stay >= 0]
        month = np.searchsorted(ends_of, day)
        counts[one] = np.bincount(month, minlength=len(ends_of) + 1)[: len(ends_of)]
    return counts


def _stay(curve: Curve, waited: Whole, rng: np.random.Generator) -> Whole:
    """Draw the days of each stay, longer than it has waited; -1 where it leaves or cannot be told."""
    chance, cause = rng.random(len(waited)), rng.random(len(waited))
    if not len(curve.staying):
        return np.full(len(waited), -1)
    still = np.append(curve.staying, 1.0)  # the last is that of who just came (-1)
    known = waited < len(curve.staying)
    left = np.where(known, still[np.where(known, waited, 0)], 0.0) * chance
    days = np.searchsorted(-curve.staying, -left, side="right")
    told = days < len(curve.staying)
    at = np.where(told, days, 0)
    ending = curve.advancing[at] + curve.leaving[at]
    advances = told & (cause * ending < curve.advancing[at])
    return np.where(advances, days, -1)
