"""The stage of each lot on a day, and who holds it, out of events that are only added."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from pandas.api.extensions import take

from ilo_gis.promuvi.chain_rules import GivenRules, StageRules, stage_rules
from ilo_gis.promuvi.event_arrays import NEVER, read_events
from ilo_gis.promuvi.guards import replay_guarded
from ilo_gis.promuvi.history import EVENT, HOUSEHOLD, SINCE, STAGE, History
from ilo_gis.tables import conform

__all__ = ["lot_states", "state_on"]


def state_on(
    events: pd.DataFrame,
    on: date,
    lots: pd.DataFrame | None = None,
    *,
    works: pd.DataFrame | None = None,
    accounts: pd.DataFrame | None = None,
    payments: pd.DataFrame | None = None,
    rules: GivenRules | None = None,
) -> pd.DataFrame:
    """Return the stage of each lot on a day, and the household that holds it.

    Events count in the order of their days, those of one day in that of their ids (E-2 before E-10). One
    that breaks a rule does not count; `check_events` names it. A counter-event leads back to the state
    before the event that it takes back, which has to be the last one of its lot.

    Parameters
    ----------
    events : DataFrame
        Table ``lot_events``.
    on : date
        The day; events of the day count.
    lots : DataFrame or GeoDataFrame, optional
        Table ``lots``: then every lot is told, and an event of another lot does not count. Remnants are no
        lots. Without it the lots are those that events name.
    works, accounts, payments : DataFrame, optional
        Tables, as for `check_events`: then events whose guards were not met do not count. Works need `lots`.
    rules : StageRules, path or dict, optional
        By default those of `stage_rules`.

    Returns
    -------
    DataFrame
        Table ``lot_states``, by lot in the order of `lots`: ``stage``, ``household_id``, ``since`` (first
        day of the stage), ``event_id`` (that brought it there).

    Raises
    ------
    RuleError
        If `on` is no date, or the rules make no sense.
    SchemaError
        If a whole column that a table needs is missing, or ids of lots repeat.

    References
    ----------
    López Follegatti 1999, Ilo: a city in transformation, section II.c: three stages up to the title.

    Examples
    --------
    >>> kinds = ["allotted", "occupied", "taken_back"]
    >>> told = {"lot_id": "A-1", "household_id": ["h", "h", None], "kind": kinds}
    >>> told |= {"date": ["1990-01-10", "1991-05-01", "1991-06-01"], "takes_back": [None, None, "E-2"]}
    >>> events = pandas.DataFrame(told, pandas.Index(["E-1", "E-2", "E-3"], name="event_id"))
    >>> [state_on(events, pandas.Timestamp(day))["stage"].item() for day in ("1991-05-01", "1991-06-01")]
    ['occupied', 'allotted']
    """
    known = stage_rules(rules)
    register = read_events(events, lots, known, on)
    return lot_states(replay_guarded(register, known, lots, works, accounts, payments), known)


def lot_states(history: History, rules: StageRules) -> pd.DataFrame:
    """Return what each lot is after all events of a history, as the table ``lot_states``."""
    register, now = history.register, history.now
    since = now[:, SINCE].astype("datetime64[D]").astype("datetime64[ms]")
    since[now[:, SINCE] == NEVER] = np.datetime64("NaT")
    states = pd.DataFrame(
        {
            "stage": pd.Categorical.from_codes(now[:, STAGE], rules.stages.index),
            "household_id": take(register.households.to_numpy(), now[:, HOUSEHOLD], allow_fill=True),
            "since": since,
            "event_id": take(register.ids.to_numpy(), now[:, EVENT], allow_fill=True),
        },
        index=register.lots.rename("lot_id"),
    )
    return conform(states, "lot_states")
