"""A draw or an allotment held once more from its record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

import geopandas as gpd
import pandas as pd

from ilo_gis.errors import RuleError
from ilo_gis.promuvi.allotment import allot

__all__ = ["Replay", "replay"]

KEYS = {"kind", "settings", "inputs", "allotted"}


@dataclass(frozen=True)
class Replay:
    """What holding it once more gave.

    Attributes
    ----------
    same : bool
        Whether the same list came out.
    same_inputs : bool
        Whether lots, ranking, taken lots and settings are those of the record, by their hash.
    turn : int, optional
        First turn that differs, from 1.
    recorded, found : tuple of str, optional
        Lot and applicant of that turn, in the record and now.
    """

    same: bool
    same_inputs: bool
    turn: int | None = None
    recorded: tuple[str, str] | None = None
    found: tuple[str, str] | None = None


def replay(
    record: Mapping[str, Any],
    lots: gpd.GeoDataFrame,
    ranking: pd.DataFrame,
    taken: pd.DataFrame | Iterable[str] = (),
) -> Replay:
    """Repeat an allotment and tell whether the same list comes out, or where it first differs.

    Parameters
    ----------
    record : mapping
        Record of an `Allotment`, as its JSON file gives it.
    lots, ranking, taken
        As `allot` had them.

    Returns
    -------
    Replay

    Raises
    ------
    RuleError
        If it is no record of an allotment, or `allot` refuses.
    CRSError, SchemaError
        As for `allot`.

    References
    ----------
    FIPS 180-4, Secure Hash Standard.

    Examples
    --------
    >>> lots = geopandas.GeoDataFrame({"block_id": "K", "kind": "lot"}, crs=32719,
    ...     geometry=[shapely.box(8 * k, 0, 8 * k + 8, 20) for k in range(3)],
    ...     index=pandas.Index(["K-1", "K-2", "K-3"], name="lot_id"))
    >>> ranking = pandas.DataFrame({"household_id": ["H1", "H2"], "place": [1, 2], "score": [9.0, 8.0]},
    ...     index=pandas.Index(["A1", "A2"], name="applicant_id"))
    >>> made = ilo_gis.promuvi.allot(lots, ranking, seed="31", on=pandas.Timestamp("1996-03-31"))
    >>> replay(made.record, lots, ranking).same
    True
    >>> replay(made.record, lots, ranking, taken=made.table.index[:1]).turn
    1
    """
    if not isinstance(record, Mapping) or record.get("kind") != "allotment" or KEYS - set(record):
        raise RuleError("This is no record of an allotment. Give the JSON file that `promuvi allot` wrote.")
    try:
        settings = dict(record["settings"])
        settings["on"] = date.fromisoformat(settings["on"])
        again = allot(lots, ranking, taken=taken, **settings)
    except (TypeError, KeyError) as error:
        raise RuleError(f"The settings of the record cannot be read: {error}.") from error
    same_inputs = again.record["inputs"] == record["inputs"]
    pairs = zip_longest(record["allotted"], again.record["allotted"])
    for turn, (old, new) in enumerate(pairs, start=1):
        if old != new:
            return Replay(False, same_inputs, turn, old and tuple(old), new and tuple(new))
    return Replay(True, same_inputs)
