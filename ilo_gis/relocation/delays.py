"""What it does to a programme when an agreement, or any other task, takes longer."""

from __future__ import annotations

from numbers import Integral

import numpy as np
import pandas as pd

from ilo_gis.errors import RuleError, did_you_mean
from ilo_gis.relocation.paths import Days, backward, forward
from ilo_gis.relocation.schedule import Day, laid_out
from ilo_gis.relocation.tasks import AGREED, LONGEST
from ilo_gis.tables import conform, empty

__all__ = ["delay_effects", "delays"]

NEVER = np.int64(10**9)  # a day that no task reaches


def delays(
    tasks: pd.DataFrame,
    *,
    start: Day,
    task_id: str,
    days: int,
    calendar: str | np.busdaycalendar | None = None,
    on: Day | None = None,
) -> pd.DataFrame:
    """Return which tasks and openings move, and by how much, when one task takes longer.

    Parameters
    ----------
    tasks : DataFrame
        Table ``tasks``.
    task_id : str
        The task that is late: one that is not done by then.
    days : int
        Days that it takes longer, in days of the calendar; 0 moves nothing.
    start, calendar, on
        As in `schedule`.

    Returns
    -------
    DataFrame
        Table ``task_delays``, by the day before the delay: tasks that are done later than without it.

    Raises
    ------
    RuleError
        If the task is not known, has no dates or is done; if `days` is no whole number from 0 on; if
        `start` or `on` is no date, or there is no such calendar.
    SchemaError
        If the tasks have no ids, kinds or durations.

    References
    ----------
    J. E. Kelley and M. R. Walker, "Critical-path planning and scheduling", 1959.

    Examples
    --------
    The agreement has 60 days to spare; 75 more move the rest by 15:

    >>> plan = pd.DataFrame({"task_id": ["agree", "build", "move"], "kind": ["agreement", "site", "move"],
    ...     "duration": [30, 90, 10], "depends": ["", "", "agree;build"]})
    >>> delays(plan, start="1994-01-01", task_id="agree", days=75)["days"].to_dict()
    {'agree': 75, 'move': 15}
    """
    plan = laid_out(tasks, start=start, calendar=calendar, on=on)
    net = plan.net
    if task_id not in net.ids:
        near = did_you_mean(task_id, net.ids)
        raise RuleError(f"There is no task {task_id!r} with dates{near}. Findings of `schedule` tell why.")
    late = net.ids.index(task_id)
    if net.done[late]:
        raise RuleError(f"Task {task_id!r} is done: it cannot be late. Choose one that is still to come.")
    delay = np.zeros((len(net.ids), 2), dtype=np.int64)
    delay[late, 1] = _whole(days)
    before, after = forward(net, delay)[1].T
    dates = plan.clock.dates(np.array([before, after]))
    columns = {"before": dates[0], "after": dates[1], "days": after - before}
    table = plan.tasks.table.assign(**columns)[after > before]
    table = conform(table[list(empty("task_delays").columns)], "task_delays")
    return table.sort_values("before", kind="stable")  # of one day, what waits for others comes last


def delay_effects(
    tasks: pd.DataFrame,
    *,
    start: Day,
    days: int = 30,
    calendar: str | np.busdaycalendar | None = None,
    on: Day | None = None,
) -> pd.DataFrame:
    """Return what it does when each agreement or order that is still open takes longer, one at a time.

    Parameters
    ----------
    tasks : DataFrame
        Table ``tasks``.
    days : int
        Days of the delay that is tried, in days of the calendar.
    start, calendar, on
        As in `schedule`.

    Returns
    -------
    DataFrame
        Table ``delay_effects``, the one with the least slack first: days to spare before the end of the
        programme moves and before any opening moves, and what a delay of `days` moves.

    Raises
    ------
    RuleError
        If `days` is no whole number from 0 on, `start` or `on` is no date, or there is no such calendar.
    SchemaError
        If the tasks have no ids, kinds or durations.

    Examples
    --------
    >>> plan = pd.DataFrame({"task_id": ["agree", "build", "open"], "kind": ["agreement", "site", "opening"],
    ...     "duration": [70, 90, 0], "depends": ["", "", "agree;build"]})
    >>> delay_effects(plan, start="1994-01-01")[["slack", "finish_days", "openings_moved"]].iloc[0].tolist()
    [20, 10, 'open +10']
    """
    plan = laid_out(tasks, start=start, calendar=calendar, on=on)
    net, table = plan.net, plan.tasks.table
    late = np.flatnonzero(table["kind"].isin(AGREED).to_numpy() & ~net.done)
    delay = np.zeros((len(net.ids), len(late) + 1), dtype=np.int64)
    delay[late, np.arange(len(late)) + 1] = _whole(days)
    start_days, finish = forward(net, delay)
    moved = finish[:, 1:] - finish[:, :1]
    ends = finish.max(axis=0, initial=net.least)
    opening = (table["kind"] == "opening").to_numpy() & ~net.done
    to_opening = backward(net, start_days[:, 0], finish[:, 0], np.where(opening, finish[:, 0], NEVER))
    to_end = backward(net, start_days[:, 0], finish[:, 0], np.full(len(finish), ends[0]))
    columns = {
        "slack": (to_end - finish[:, 0])[late],
        "slack_opening": pd.array(to_opening - finish[:, 0], dtype="Int64")[late],
        "delay": int(days),
        "tasks_moved": (moved > 0).sum(axis=0),
        "openings_moved": [_openings(net.ids, np.where(opening, one, 0)) for one in moved.T],
        "finish": plan.clock.dates(ends[1:]),
        "finish_days": ends[1:] - ends[0],
    }
    rows = table.iloc[late].assign(**columns)
    rows["slack_opening"] = rows["slack_opening"].mask(to_opening[late] > NEVER // 2)
    rows = conform(rows[list(empty("delay_effects").columns)], "delay_effects")
    return rows.reset_index().sort_values(["slack", "slack_opening", "task_id"]).set_index("task_id")


def _openings(ids: tuple[str, ...], moved: Days) -> str | None:
    told = sorted((ids[k], moved[k]) for k in np.flatnonzero(moved))
    return "; ".join(f"{name} +{days}" for name, days in told) or None


def _whole(days: int) -> int:
    if not isinstance(days, Integral) or not 0 <= days <= LONGEST:
        raise RuleError(f"days is {days!r}; it should be a whole number of days from 0 on.")
    return int(days)
