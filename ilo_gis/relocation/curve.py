"""The curve of a programme: land freed until each month, planned, expected and done."""

from __future__ import annotations

from math import fsum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.errors import ExactnessError, SchemaError, some_ids
from ilo_gis.relocation.schedule import Day, schedule
from ilo_gis.tables import conform

__all__ = ["programme_curve"]


def programme_curve(
    tasks: pd.DataFrame,
    occupants: pd.DataFrame,
    *,
    start: Day,
    calendar: str | np.busdaycalendar | None = None,
    on: Day | None = None,
) -> pd.DataFrame:
    """Return the land freed until the end of each month: planned, expected on a day, and done.

    The land of an occupant is free when all its tasks of kind ``clearing`` are done. Planned is the
    schedule by durations and dependencies alone, as before anything was done; expected is the schedule
    `on` the day.

    Parameters
    ----------
    tasks : DataFrame
        Table ``tasks``.
    occupants : DataFrame
        Table ``occupants``: ``area`` in m2, indexed by ``occupant_id`` or with a column of that name.
    start, calendar, on
        As in `schedule`.

    Returns
    -------
    DataFrame
        Table ``programme_curve``: a row for each month from the one in which the programme starts or land
        is first freed to the last one. Both planned and expected end at the sum of all areas, exactly.

    Raises
    ------
    SchemaError
        If an area is no number from 0 on, or an occupant has no clearing that can be dated: then the
        curve could not reach the whole. The occupants are named.
    RuleError
        If a date is none, or there is no such calendar.
    ExactnessError
        If the curve does not end at the sum: a fault of ilo_gis.

    Examples
    --------
    >>> plan = pd.DataFrame({"task_id": ["a", "b"], "kind": "clearing", "duration": [20, 50],
    ...     "depends": "", "occupant_id": ["police", "customs"], "done": [None, "1994-01-31"]})
    >>> land = pd.DataFrame({"area": [800.0, 400.0]}, index=["police", "customs"])
    >>> programme_curve(plan, land, start="1994-01-01", on="1994-01-31").iloc[:, :3].to_numpy().tolist()
    [[800.0, 400.0, 400.0], [1200.0, 1200.0, nan]]
    """
    areas = _areas(occupants)
    made = schedule(tasks, start=start, calendar=calendar, on=on)
    bare = tasks.drop(columns=["started", "done"], errors="ignore")
    first = schedule(bare, start=start, calendar=calendar).times
    freed = pd.DataFrame({"planned": _freed(first, areas), "expected": _freed(made.times, areas)})
    if (lost := freed.index[freed.isna().any(axis=1)]).size:
        raise SchemaError(
            f"No task of kind clearing tells when the land of these occupants is free: {some_ids(lost)}. "
            "Give each one such a task; findings of `schedule` name tasks that are left out."
        )
    cleared = _freed(made.times[made.times["status"] == "done"], areas)
    open_left = made.times[(made.times["status"] != "done") & (made.times["kind"] == "clearing")]
    cleared = cleared.mask(cleared.index.isin(open_left["occupant_id"]))
    months = _months(pd.Series([pd.to_datetime(start), made.on]), freed) if len(areas) else _months()
    columns = {name: _until(months, days, areas) for name, days in freed.items()}
    until = months if pd.isna(made.on) else months[months <= made.on + pd.offsets.MonthEnd(0)]
    columns["done"] = pd.Series(_until(until, cleared, areas), until).reindex(months).to_numpy()
    total = fsum(areas)
    if len(areas) and any(columns[name][-1] != total for name in freed):
        raise ExactnessError(f"The curve of the programme does not end at {total} m2. Please report this.")
    return conform(pd.DataFrame(columns, index=months), "programme_curve")


def _areas(occupants: pd.DataFrame) -> pd.Series:
    table = pd.DataFrame(occupants)
    table = table.set_index("occupant_id") if "occupant_id" in table else table
    areas = pd.to_numeric(table["area"], errors="coerce").astype("float64")
    wrong = areas.index[~areas.between(0, np.finfo(float).max)]
    if len(wrong):
        raise SchemaError(f"occupants: area should be m2 from 0 on; mend {some_ids(wrong)}.")
    return areas.set_axis(areas.index.astype(str))


def _freed(times: pd.DataFrame, areas: pd.Series) -> pd.Series:
    """Return the day on which the land of each occupant is free: when the last of its clearings is done."""
    clearing = times[times["kind"] == "clearing"]
    return clearing.groupby("occupant_id")["earliest_finish"].max().reindex(areas.index)


def _months(around: pd.Series | None = None, freed: pd.DataFrame | None = None) -> pd.DatetimeIndex:
    """Return the last days of the months from the first to the last of some dates."""
    if around is None or freed is None:
        return pd.DatetimeIndex([], name="month").as_unit("ms")
    days = pd.concat([around, *(freed[name] for name in freed)]).dropna()
    ends = pd.date_range(days.min(), days.max() + pd.offsets.MonthEnd(0), freq="ME", name="month")
    return ends.normalize().as_unit("ms")


def _until(months: pd.DatetimeIndex, days: pd.Series, areas: pd.Series) -> NDArray[np.float64]:
    """Return the land freed by the end of each month, each sum rounded once: no order of rows matters."""
    known = days.dropna()
    gone = areas[known.index]
    return np.array([fsum(gone[known <= month]) for month in months], dtype=float)
