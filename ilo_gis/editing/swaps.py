"""Two lots that change places (permuta): the ground stays, what is tied to it goes over."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import geopandas as gpd
import pandas as pd

from ilo_gis.editing.edit import Edit, edit_between
from ilo_gis.errors import LockedError, RuleError, some_ids
from ilo_gis.tables.entries import standing

__all__ = ["swap_lots", "why_not_swapped"]

Tables = Mapping[str, pd.DataFrame]


def swap_lots(known: Tables, lot_a: str, lot_b: str) -> Edit:
    """Let two lots change places: a permuta of what is tied to them.

    Ids, ground and all that is measured on the ground (area, front, neighbours, zone, services, tap,
    latrine, designs that fit) stay. These change places, of the tables that there are:

    * ``lots``: ``use``; ``lot_progress``: ``stage`` and ``since``;
    * ``allotments`` and ``lot_states``: the row, so that each household has the other lot;
    * ``house_finance``: the lot of each loan or outlay;
    * ``receiving_sites`` and ``matches``: the lots that they list, so that occupants go to the other
      lot; the ``area`` of a site or match, where it is known, follows by the difference of the two
      lots, and the outline of a site that is just one of the lots becomes that of the other.

    Preferences of applicants stay: they are for the ground. Tables that are reckoned from others, such
    as ``accounts`` or ``missing``, are to be reckoned again.

    Parameters
    ----------
    known : mapping of str to table
        ``lots``, in metres, and whatever else there is, by name.
    lot_a, lot_b : str
        The lots.

    Returns
    -------
    Edit
        ``"lots.swap"``.

    Raises
    ------
    RuleError
        If there is no such lot, both are the same, or one is a remnant.
    LockedError
        If a lot is titled, or has events, charges or payments of its own: registers are only added to,
        so that its tenure changes by events (renounce, allot); or if it is locked. With the reason.

    References
    ----------
    Código Civil del Perú, article 1602: permuta, each gives the other what he owns (confidence: read, in
    commentaries that quote it). What is swapped here before title is no ownership yet.

    Examples
    --------
    >>> lots = geopandas.GeoDataFrame({"kind": "lot"}, index=["A-1", "A-2"],
    ...     geometry=[shapely.box(0, 0, 8, 20), shapely.box(8, 0, 16, 20)], crs=32719)
    >>> given = pandas.DataFrame({"household_id": ["H-9"]}, pandas.Index(["A-2"], name="lot_id"))
    >>> edit = swap_lots({"lots": lots, "allotments": given}, "A-1", "A-2")
    >>> edit.changes["allotments"].after.index.tolist()
    ['A-1']
    """
    pair = (str(lot_a), str(lot_b))
    _require_swappable(known, pair)
    said = _said()
    after: dict[str, pd.DataFrame] = {}
    for name, columns in said["columns"].items():
        after |= {name: _values(known[name], pair, columns)} if name in known else {}
    for name in said["rows"]:
        after |= {name: _rows(known[name], pair)} if name in known else {}
    for name in said["named"]:
        after |= {name: _named(known[name], pair)} if name in known else {}
    for name in said["listed"]:
        after |= {name: _listed(known[name], pair, known["lots"])} if name in known else {}
    return edit_between("lots.swap", known, after, ids=pair)


@cache
def _said() -> dict[str, Any]:
    return tomllib.loads(files("ilo_gis.editing").joinpath("swaps.toml").read_text("utf-8"))


def _require_swappable(known: Tables, pair: tuple[str, str]) -> None:
    lots = known["lots"]
    if unknown := [lot for lot in pair if lot not in lots.index]:
        raise RuleError(f"There are no lots {some_ids(unknown)}. Look the ids up in the table lots.")
    if pair[0] == pair[1]:
        raise RuleError(f"{pair[0]} cannot change places with itself. Name two lots.")
    own = lots.loc[list(pair)]
    if len(remnants := own.index[own["kind"].astype(str) == "remnant"]):
        raise RuleError(f"{some_ids(remnants)} are remnants, which nobody holds. Name two lots.")
    for lot in pair:
        if reason := why_not_swapped(known, lot, "en"):
            raise LockedError(f"{lot} is not swapped: {reason}.", [lot])


def why_not_swapped(known: Tables, lot: str, lang: str = "es") -> str | None:
    """Return why a lot is not swapped, None if it may be.

    Parameters
    ----------
    known : mapping of str to table
        As for `swap_lots`.
    lot : str
        A lot or remnant.
    lang : {"es", "en"}
        Language of the reason.

    Examples
    --------
    >>> lots = pandas.DataFrame({"kind": "lot"}, index=["A-1", "A-2"])
    >>> states = pandas.DataFrame({"stage": ["titled", "free"]}, index=["A-1", "A-2"])
    >>> [why_not_swapped({"lots": lots, "lot_states": states}, lot, "en") for lot in lots.index]
    ['it is titled (lot_states)', None]
    """
    why = _said()["why"]
    if str(known["lots"].at[lot, "kind"]) == "remnant":
        return str(why["remnant"][lang])
    for name in ("lot_states", "lot_progress"):
        if name in known and lot in known[name].index:
            stage = str(known[name].at[lot, "stage"])
            if stage in _said()["final"]:
                return str(why[stage][lang].format(table=name))
    for name in _said()["registers"]:
        if name in known:
            entries = standing(known[name])
            if len(own := entries.index[(entries["lot_id"].astype(str) == lot).to_numpy()]):
                return str(why[name][lang].format(ids=some_ids(own)))
    return None


def _values(table: pd.DataFrame, pair: tuple[str, str], columns: list[str]) -> pd.DataFrame:
    """Let values of columns change places between two rows."""
    there = [name for name in columns if name in table]
    rows = table.index.get_indexer(pair)
    if (rows < 0).any():
        return table
    after = table.copy()
    for name in there:
        values = table[name].array.copy()
        values[rows] = values[rows[::-1]]
        after[name] = values
    return after


def _rows(table: pd.DataFrame, pair: tuple[str, str]) -> pd.DataFrame:
    """Let rows change places by their keys."""
    other = dict(zip(pair, pair[::-1], strict=True))
    return table.set_axis([other.get(key, key) for key in table.index]).rename_axis(table.index.name)


def _named(table: pd.DataFrame, pair: tuple[str, str]) -> pd.DataFrame:
    """Let rows that name one lot name the other."""
    other = dict(zip(pair, pair[::-1], strict=True))
    named = [other.get(lot, lot) for lot in table["lot_id"]]
    return table.assign(lot_id=pd.array(named, dtype=table["lot_id"].dtype))


def _listed(table: pd.DataFrame, pair: tuple[str, str], lots: gpd.GeoDataFrame) -> pd.DataFrame:
    """Let rows that list one lot, and not both, list the other, with its land."""
    if "lots" not in table:
        return table
    after = table.copy()
    place = {name: table.columns.get_loc(name) for name in ("lots", "area", "geometry") if name in table}
    listed = [[lot.strip() for lot in text.split(";")] for text in table["lots"].fillna("").astype(str)]
    for k, names in enumerate(listed):
        for lot, other in (pair, pair[::-1]):
            if lot not in names or other in names:
                continue
            after.iloc[k, place["lots"]] = ";".join(other if name == lot else name for name in names)
            ground, taken = lots.geometry.at[lot], lots.geometry.at[other]
            if "area" in place:
                after.iloc[k, place["area"]] += taken.area - ground.area
            if len(names) == 1 and isinstance(after, gpd.GeoDataFrame) and after.geometry.iloc[k] is not None:
                after.iloc[k, place["geometry"]] = taken
    return after
