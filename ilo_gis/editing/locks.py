"""Why lots must not be changed by hand: who they are allotted to, who lives there, who has the title."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import pandas as pd

from ilo_gis.promuvi import state_on

__all__ = ["lock_reasons"]


@cache
def _said() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("ilo_gis.editing").joinpath("locks.toml").read_text("utf-8"))


def lock_reasons(known: Mapping[str, pd.DataFrame], lang: str = "es") -> pd.Series:
    """Return why lots must not be changed: titled, adjudicated, occupied or allotted, and to whom.

    The stage of a lot is that after its events, all of them; of lots without events, what the table
    ``lot_states`` tells, then ``lot_progress``. A lot that has no stage yet is locked where
    ``allotments`` has it.

    Parameters
    ----------
    known : mapping of str to table
        Of ``lot_events``, ``lot_states``, ``lot_progress`` and ``allotments`` those that there are.
    lang : {"es", "en"}
        Language of the reasons.

    Returns
    -------
    Series
        ``lock_reasons``: by ``lot_id`` the reason in words, with the id of the household where it is
        known; lots that may be changed are left out.

    Raises
    ------
    SchemaError
        If events are not the table ``lot_events``.

    References
    ----------
    López Follegatti 1999, Ilo: a city in transformation, section II.c: three stages up to the title.

    Examples
    --------
    >>> states = {"stage": ["titled", "free"], "household_id": ["H-7", None]}
    >>> states = pandas.DataFrame(states, index=["A-1", "A-2"])
    >>> given = pandas.DataFrame({"household_id": ["H-9"]}, ["A-2"])
    >>> lock_reasons({"lot_states": states, "allotments": given}, "en").to_dict()
    {'A-1': 'titled to H-7', 'A-2': 'allotted to H-9'}
    """
    told = [known[name] for name in ("lot_states", "lot_progress") if name in known]
    if "lot_events" in known and len(events := known["lot_events"]):
        told.insert(0, state_on(events, pd.to_datetime(events["date"]).max()))
    # the first that tells of a lot is believed, but that it is free is not said of allotments
    staged = pd.concat([_told(table) for table in told]) if told else _told(pd.DataFrame())
    staged = staged[~staged.index.duplicated()]
    held = staged[staged["stage"].isin(list(_said()))]
    if "allotments" in known:
        held = pd.concat([held, _told(known["allotments"].assign(stage="allotted"))])
        held = held[~held.index.duplicated()]
    rows = zip(held["stage"], held["household_id"], strict=True)
    words = {True: f"bare_{lang}", False: lang}
    text = [_said()[stage][words[pd.isna(who)]].format(household=who) for stage, who in rows]
    return pd.Series(text, held.index.rename("lot_id"), dtype="string", name="lock_reasons")


def _told(table: pd.DataFrame) -> pd.DataFrame:
    """Return stage and household of lots, missing where a table does not tell."""
    rows = table.reindex(columns=["stage", "household_id"]).astype(object)
    return pd.DataFrame(rows).set_axis(pd.Index(rows.index.astype(str), dtype=object))
