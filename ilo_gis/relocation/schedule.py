"""The schedule of a programme: earliest and latest dates of its tasks, and what its end hangs on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.errors import RuleError
from ilo_gis.relocation.calendars import Clock, work_calendar
from ilo_gis.relocation.paths import Network, backward, critical_path, forward, network
from ilo_gis.relocation.tasks import Tasks, read_tasks
from ilo_gis.tables import conform, empty, findings, join_findings

__all__ = ["Schedule", "compare_schedules", "schedule"]

Day = str | date | np.datetime64  # pandas.Timestamp is a date
Days = NDArray[np.int64]
STATUSES = ("done", "under_way", "to_come")
MOST = 10**9  # paths that a finding counts


@dataclass(frozen=True)
class Schedule:
    """When each task of a programme can be done, and what the end of the programme hangs on.

    Attributes
    ----------
    times : DataFrame
        Table ``task_times``, by earliest start, then earliest finish, then id.
    critical_path : tuple of str
        Ids of the tasks on the longest path to the end, the first of its kind by id where there are
        several of the same length (then a finding says how many); empty once all is done.
    finish : Timestamp
        End of the programme; NaT without tasks.
    findings : GeoDataFrame
        Table ``findings``: tasks that are left out and why, tasks out of order, ties.
    calendar : str
        Name of the calendar; ``"own"`` for one that was given as such.
    on : Timestamp
        Day that the schedule tells what is known of; NaT without one.
    """

    times: pd.DataFrame
    critical_path: tuple[str, ...]
    finish: pd.Timestamp
    findings: gpd.GeoDataFrame
    calendar: str
    on: pd.Timestamp


def schedule(
    tasks: pd.DataFrame,
    *,
    start: Day,
    calendar: str | np.busdaycalendar | None = None,
    on: Day | None = None,
) -> Schedule:
    """Return earliest and latest dates of tasks from their durations and dependencies (critical path method).

    A task begins when all it depends on is done, not before `start`, its ``earliest`` and, if it has not
    begun by then, not before `on`. It is done by the beginning of the day that lies its duration later: ten
    days from the 1st are done on the 11th, and what waits for them may begin on the 11th. What is done
    keeps its date. What should have been done by `on` and is not is done on `on` at the earliest. The
    float of a task is how much longer it may take before the end of the programme moves.

    Parameters
    ----------
    tasks : DataFrame
        Table ``tasks``: ``kind``, ``duration`` (days), ``depends`` (ids joined by ``;``), ``earliest``,
        ``started``, ``done`` (dates), indexed by ``task_id`` or with a column of that name.
    start : date or str
        First day of the programme.
    calendar : str or numpy.busdaycalendar, optional
        Days that durations and floats are counted in: a name that `calendars` lists, such as
        ``"working_days"``, or a calendar of your own. All days without one. Dates are days of work.
    on : date or str, optional
        Day of the state of things: what was begun or done later is not known yet. Without one all dates
        that the tasks have count.

    Returns
    -------
    Schedule
        Table ``task_times`` (float and duration in days of the calendar), critical path, end, findings.
        Tasks at fault are left out together with all that waits for them; findings name them.

    Raises
    ------
    RuleError
        If `start` or `on` is no date, or there is no such calendar.
    SchemaError
        If the tasks have no ids, kinds or durations.

    References
    ----------
    J. E. Kelley and M. R. Walker, "Critical-path planning and scheduling", 1959.

    Examples
    --------
    The move waits for the agreement and for the new premises, which take longer:

    >>> plan = pd.DataFrame({"task_id": ["agree", "build", "move"], "kind": ["agreement", "site", "move"],
    ...     "duration": [30, 90, 10], "depends": ["", "", "agree;build"]})
    >>> found = schedule(plan, start="1994-01-01")
    >>> found.critical_path, str(found.finish.date()), found.times["float"].to_dict()
    (('build', 'move'), '1994-04-11', {'agree': 60, 'build': 0, 'move': 0})
    """
    plan = laid_out(tasks, start=start, calendar=calendar, on=on)
    net = plan.net
    begin, finish = (days[:, 0] for days in forward(net, np.zeros((len(net.ids), 1), dtype=np.int64)))
    latest = backward(net, begin, finish, np.full(len(finish), finish.max(initial=net.least)))
    critical = ~net.done & (latest == finish)
    path, ways = critical_path(net, begin, finish, critical)
    table = _times(plan, begin, finish, latest)
    told = [plan.tasks.findings]
    if ways > 1:
        detail, count = " → ".join(path), float(min(ways, MOST))
        told.append(findings("tasks", None, "task.ties", detail=detail, found=count))
    return Schedule(
        times=table,
        critical_path=path,
        finish=table["earliest_finish"].max(),
        findings=join_findings(*told),
        calendar=plan.calendar,
        on=plan.on,
    )


def compare_schedules(
    plans: Mapping[str, pd.DataFrame],
    *,
    start: Day,
    calendar: str | np.busdaycalendar | None = None,
    on: Day | None = None,
) -> pd.DataFrame:
    """Return programmes side by side: their ends, the openings of their stages, their critical paths.

    Parameters
    ----------
    plans : mapping of str to DataFrame
        Tables ``tasks`` by name, such as the programme with and without a receiving site.
    start, calendar, on
        As in `schedule`.

    Returns
    -------
    DataFrame
        A row for each ``programme``. The columns have two levels: under ``total`` stand ``finish``,
        ``days`` (all days, after the end of the first programme), ``critical_path`` (ids, in order),
        ``ties`` (critical paths of that length) and ``errors`` (tasks at fault, which are left out);
        under ``opened`` each stage with the day on which all of it is open.

    Raises
    ------
    RuleError
        If there are none, a date is none, or there is no such calendar.
    SchemaError
        If the tasks have no ids, kinds or durations.

    Examples
    --------
    >>> plan = pd.DataFrame({"task_id": ["move", "open"], "kind": ["move", "opening"], "stage": [1, 1],
    ...     "duration": [30, 0], "depends": ["", "move"]})
    >>> late = plan.assign(duration=[45, 0])
    >>> compare_schedules({"as agreed": plan, "late": late}, start="1994-01-01")["total"]["days"].tolist()
    [0, 15]
    """
    if not plans:
        raise RuleError("There are no programmes to compare. Give one or more by name.")
    made = {name: schedule(plan, start=start, calendar=calendar, on=on) for name, plan in plans.items()}
    first = next(iter(made.values()))
    rows = []
    for one in made.values():
        ties = one.findings.loc[one.findings["rule"] == "task.ties", "found"]
        opened = one.times[one.times["kind"] == "opening"].groupby("stage")["earliest_finish"].max()
        rows.append(
            {
                ("total", "finish"): one.finish,
                ("total", "days"): (one.finish - first.finish).days if pd.notna(one.finish) else pd.NA,
                ("total", "critical_path"): " → ".join(one.critical_path),
                ("total", "ties"): int(ties.iloc[0]) if len(ties) else len(one.critical_path[:1]),
                ("total", "errors"): int((one.findings["severity"] == "error").sum()),
            }
            | {("opened", stage): day for stage, day in opened.items()}
        )
    table = pd.DataFrame(rows, index=pd.Index(made, name="programme"))
    stages = sorted(name for name in table if name[0] == "opened")
    table = table[[name for name in table if name[0] == "total"] + stages]
    table.columns = pd.MultiIndex.from_tuples(table.columns, names=["item", "of"])
    return table.astype({("total", "days"): "Int64"})


@dataclass(frozen=True)
class Plan:
    """Tasks as they are known on a day, as a network in days of a calendar."""

    tasks: Tasks
    net: Network
    clock: Clock
    calendar: str
    on: pd.Timestamp


def laid_out(
    tasks: pd.DataFrame, *, start: Day, calendar: str | np.busdaycalendar | None, on: Day | None
) -> Plan:
    """Return tasks ready to be dated: read, and without what was not known on a day."""
    first, known = _day(start, "start"), pd.NaT if on is None else _day(on, "on")
    read = read_tasks(tasks)
    table = read.table
    late = table["started"] > table["done"]
    there = {name: table[name].mask(table[name] > known) for name in ("started", "done")}
    table = table.assign(started=there["started"].mask(late), done=there["done"])
    read = Tasks(table, read.needs, read.findings)
    days = table[["earliest", "started", "done"]].min().min()
    origin = min(first, first if pd.isna(days) else days).to_datetime64().astype("datetime64[D]")
    clock, name = Clock(origin, work_calendar()), "calendar_days"
    if isinstance(calendar, np.busdaycalendar):
        clock, name = Clock(origin, calendar), "own"
    elif calendar is not None:
        clock, name = Clock(origin, work_calendar(calendar)), calendar
    return Plan(read, network(read, clock, first, known), clock, name, known)


def _times(plan: Plan, begin: Days, finish: Days, latest: Days) -> pd.DataFrame:
    """Return the table ``task_times``; days on which something happened are told as they were given."""
    table, net = plan.tasks.table, plan.net
    first, last = (pd.Series(plan.clock.dates(days), table.index) for days in (begin, finish))
    started, done = table["started"], table["done"]
    early, ready = started.fillna(first), done.fillna(last)
    slack = np.where(net.done, 0, latest - finish)
    dates = plan.clock.dates(np.array([latest - (finish - begin), latest]))
    columns = {
        "status": np.select([net.done, net.begun], STATUSES[:2], STATUSES[2]),
        "earliest_start": early,
        "earliest_finish": ready,
        "latest_start": early.where(net.begun, dates[0]),
        "latest_finish": ready.where(net.done, dates[1]),
        "float": pd.Series(slack, table.index, dtype="Int64").mask(net.done),
        "critical": ~net.done & (slack == 0),
    }
    result = conform(table.assign(**columns)[list(empty("task_times").columns)], "task_times")
    order = ["earliest_start", "earliest_finish", "task_id"]
    return result.reset_index().sort_values(order, kind="stable").set_index("task_id")


def _day(day: Day, name: str) -> pd.Timestamp:
    read = pd.to_datetime(day, errors="coerce", format="ISO8601" if isinstance(day, str) else None)
    if not isinstance(read, pd.Timestamp):
        raise RuleError(f"{name} is {day!r}, which is no date. Write it as 1994-06-30.")
    return read.tz_localize(None).normalize()
