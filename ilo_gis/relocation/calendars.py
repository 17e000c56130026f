"""Days that durations are counted in: all days, or working days without holidays."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.errors import RuleError

__all__ = ["Clock", "calendars", "work_calendar"]

Days = NDArray[np.int64]
Dates = NDArray[np.datetime64]
FIRST, LAST = 1950, 2100  # years whose holidays are known to a calendar


@cache
def _catalogue() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files(__package__) / "calendars.toml").read_text("utf-8"))


def calendars() -> pd.DataFrame:
    """Return the calendars there are, with source and confidence.

    Returns
    -------
    DataFrame
        Indexed by ``calendar``: ``es``, ``en`` (names), ``week`` (Monday to Sunday, 1 is a day of
        work), ``holidays`` (month-day), ``easter`` (days from Easter Sunday), ``source``, ``confidence``.

    Examples
    --------
    >>> calendars()["es"].to_dict()
    {'calendar_days': 'Días calendario', 'working_days': 'Días hábiles'}
    """
    return pd.DataFrame.from_dict(_catalogue(), orient="index").rename_axis("calendar")


@cache
def work_calendar(name: str = "calendar_days") -> np.busdaycalendar:
    """Return a calendar by name, as numpy counts days with it.

    Parameters
    ----------
    name : str
        A name that `calendars` lists.

    Returns
    -------
    numpy.busdaycalendar
        Days of the week and holidays from 1950 to 2100.

    Raises
    ------
    RuleError
        If there is no such calendar.

    References
    ----------
    The holidays of Peru: Decreto Legislativo 713, art. 6, as far as ``calendars.toml`` knows it.

    Examples
    --------
    Holy Week of 1994 has two working days less:

    >>> holy_week = np.datetime64("1994-03-28"), np.datetime64("1994-04-04")
    >>> int(np.busday_count(*holy_week, busdaycal=work_calendar("working_days")))
    3
    """
    if name not in _catalogue():
        raise RuleError(f"There is no calendar {name!r}. Choose one of: {', '.join(_catalogue())}.")
    said = _catalogue()[name]
    years = range(FIRST, LAST + 1)
    fixed = [f"{year}-{day}" for year in years for day in said["holidays"]]
    moved = [_easter(year) + np.timedelta64(day, "D") for year in years for day in said["easter"]]
    holidays = np.array([*map(np.datetime64, fixed), *moved], dtype="datetime64[D]")
    return np.busdaycalendar(weekmask=said["week"], holidays=holidays)


def _easter(year: int) -> np.datetime64:
    from dateutil.easter import easter

    return np.datetime64(easter(year), "D")


@dataclass(frozen=True)
class Clock:
    """Dates as numbers of days of a calendar from an origin, and back.

    Examples
    --------
    >>> weekdays = Clock(np.datetime64("1994-01-03"), np.busdaycalendar())
    >>> weekdays.days(np.array(["1994-01-10"], dtype="datetime64[D]")), weekdays.dates(np.array([4, 5]))
    (array([5]), array(['1994-01-07', '1994-01-10'], dtype='datetime64[D]'))
    """

    origin: np.datetime64
    calendar: np.busdaycalendar

    def days(self, dates: Dates) -> Days:
        """Return the number of each date; a day off counts as the next day of work."""
        there = np.busday_offset(dates, 0, roll="forward", busdaycal=self.calendar)
        return np.asarray(np.busday_count(self.origin, there, busdaycal=self.calendar), dtype=np.int64)

    def dates(self, days: Days) -> Dates:
        """Return the day of work of each number."""
        return np.busday_offset(self.origin, days, roll="forward", busdaycal=self.calendar)
