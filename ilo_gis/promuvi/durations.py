"""How long lots stay in each stage: observed stays, those that go on counted as censored (Kaplan-Meier)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.promuvi.progress import STAGES
from ilo_gis.tables import conform
from ilo_gis.tables.entries import require_day

__all__ = ["STEPS", "Curve", "curve_of", "stage_times", "stays_in"]

STEPS = tuple(pairwise(STAGES[1:]))  # a stage, and the one that comes next
WAITING, ADVANCED, LEFT = 0, 1, 2  # how a stay has ended
QUARTERS = {"quarter": 0.25, "median": 0.5, "three_quarters": 0.75}

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Curve:
    """How stays in a stage end, by the day of the stay, from day 0 to the longest that was seen.

    Attributes
    ----------
    staying : array of float
        Share that is still in the stage after the day (Kaplan-Meier, either end).
    advancing, leaving : array of float
        Share of all stays that ends on the day with the next stage, or with the lot given back: the two
        causes that compete (Aalen-Johansen).
    """

    staying: Numbers
    advancing: Numbers
    leaving: Numbers


def curve_of(days: NDArray[np.int64], ends: NDArray[np.int64], weights: Numbers | None = None) -> Curve:
    """Return how stays end, out of observed ones.

    Parameters
    ----------
    days : array of int
        Days that each stay lasted, or has lasted so far.
    ends : array of int
        0 it goes on, 1 it ended with the next stage, 2 with the lot given back.
    weights : array of float, optional
        How often each counts; by default once.

    Returns
    -------
    Curve

    References
    ----------
    Kaplan and Meier 1958, Nonparametric estimation from incomplete observations; Aalen and Johansen 1978.

    Examples
    --------
    Of four lots one advanced after 1 day and one after 3; one waits since 2 days, one since 3:

    >>> curve = curve_of(np.array([1, 2, 3, 3]), np.array([1, 0, 1, 0]))
    >>> curve.staying.tolist()
    [1.0, 0.75, 0.75, 0.375]
    """
    count = np.ones(len(days)) if weights is None else weights
    length = int(days[count > 0].max(initial=-1)) + 1
    ended = [np.bincount(days, count * (ends == end), length)[:length] for end in (ADVANCED, LEFT)]
    at_risk = np.bincount(days, count, length)[:length][::-1].cumsum()[::-1]
    ended_share = [np.divide(one, at_risk, out=np.zeros(length), where=at_risk > 0) for one in ended]
    staying = np.cumprod(1.0 - sum(ended_share))
    before = np.concatenate([[1.0], staying[:-1]])[:length]
    return Curve(staying, before * ended_share[0], before * ended_share[1])


def stays_in(
    stays: pd.DataFrame, stage: str, following: str, on: date
) -> tuple[NDArray[Any], NDArray[np.int64], NDArray[np.int64]]:
    """Return which holdings came to a stage, how many days each was in it until a day, and how that ended.

    Parameters
    ----------
    stays : DataFrame
        Holdings as `ilo_gis.promuvi.stays` returns them.
    stage, following : str
        The stage, and the one that comes next.
    on : date
        Day of the report.

    Returns
    -------
    tuple of arrays
        Places in `stays`; days; 0 it goes on, 1 next stage, 2 lot given back.

    Examples
    --------
    >>> days = pandas.to_datetime(pandas.Series(["1990-01-01", "1990-01-01"]))
    >>> held = pandas.DataFrame({"allotted": days, "occupied": pandas.to_datetime(["1990-01-11", None])})
    >>> stays_in(held.assign(ended=pandas.NaT), "allotted", "occupied", pandas.Timestamp("1990-02-01"))[1:]
    (array([10, 31]), array([1, 0]))
    """
    last = np.datetime64(require_day(on), "D")
    since, then, ended = (stays[name].to_numpy(dtype="M8[D]") for name in (stage, following, "ended"))
    here = ~np.isnat(since)
    end = np.where(~np.isnat(then), then, np.where(~np.isnat(ended), ended, last))
    how = np.where(~np.isnat(then), ADVANCED, np.where(~np.isnat(ended), LEFT, WAITING))
    days = (end - since)[here].astype(np.int64)
    return np.flatnonzero(here), days, how[here].astype(np.int64)


def stage_times(stays: pd.DataFrame, on: date) -> pd.DataFrame:
    """Return how long lots stay in each stage before the next one.

    Parameters
    ----------
    stays : DataFrame
        Holdings as `ilo_gis.promuvi.stays` returns them.
    on : date
        Day of the report.

    Returns
    -------
    DataFrame
        Table ``stage_times``: stays, how they ended, quartiles of the days until the next stage (of all that
        came to the stage; those that wait count for as long as they have waited), the longest stay.

    References
    ----------
    López Follegatti 1999, section II.c: servicing takes from one to three years.

    Examples
    --------
    >>> names = ["allotted", "occupied", "adjudicated", "titled", "ended"]
    >>> held = pandas.DataFrame({name: pandas.Series(dtype="datetime64[ms]") for name in names})
    >>> stage_times(held, pandas.Timestamp("1996-01-01"))["lots"].tolist()
    [0, 0, 0]
    """
    rows = {}
    for stage, following in STEPS:
        _, days, ends = stays_in(stays, stage, following, on)
        gone = curve_of(days, ends).advancing.cumsum()
        share = {
            name: float(np.argmax(gone >= part - 1e-12)) if gone.size and gone[-1] >= part - 1e-12 else np.nan
            for name, part in QUARTERS.items()
        }
        count = {
            name: int((ends == end).sum())
            for name, end in (("advanced", ADVANCED), ("left", LEFT), ("waiting", WAITING))
        }
        longest = float(days.max(initial=0))
        rows[stage] = {"next": following, "lots": len(days), **count, **share, "longest": longest}
    return conform(pd.DataFrame.from_dict(rows, orient="index").rename_axis("stage"), "stage_times")
