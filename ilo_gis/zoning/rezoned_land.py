"""Which land a change of zoning is of, and whether it may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import RuleError, near_words, some_ids
from ilo_gis.geometry.overlay import common_area
from ilo_gis.tables.catalogues import PARAMETERS
from ilo_gis.zoning.assignment import require_apart
from ilo_gis.zoning.versions import periods

__all__ = ["ZoneChange", "changed_land"]

FOREVER = np.datetime64("9999-01-01", "ms")  # as `periods` has it

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class ZoneChange:
    """What is changed in a zoning plan, by whom and from when.

    Attributes
    ----------
    code : str
        Code of the new zone, of the catalogue of the plan.
    by : str
        Body or office that decided, such as "Concejo Provincial"; no person.
    resolution : str
        Ordinance or resolution, such as "OM 123-2026".
    date : date
        First day on which the change holds.
    zone_ids : tuple of str
        Zones that change as a whole; or
    geometry : Polygon or MultiPolygon, optional
        land that changes, in the CRS of the zones.
    reason : str
        Why.
    parameters : Mapping of float
        Parameters of the new zone where they differ from those of the catalogue.
    """

    code: str
    by: str
    resolution: str
    date: date
    zone_ids: tuple[str, ...] = ()
    geometry: shapely.Geometry | None = None
    reason: str = ""
    parameters: Mapping[str, float] = field(default_factory=dict)


def changed_land(
    zones: gpd.GeoDataFrame, held: gpd.GeoDataFrame, change: ZoneChange, sliver: float
) -> tuple[shapely.Geometry, Ints]:
    """Return the land that changes and the positions of the zones on it; raise where it cannot.

    Parameters
    ----------
    zones : GeoDataFrame
        Table ``zones``, all rows.
    held : GeoDataFrame
        Those in force on the day, as `zones_on` returns them; ``row`` is the position in `zones`.
    change : ZoneChange
        What changes.
    sliver : float
        Area, m2, below which land outside the zones, or on one, is a slip of drawing.

    Raises
    ------
    RuleError
        As `rezone`.

    Examples
    --------
    >>> import datetime
    >>> change = ZoneChange("CZ", "Concejo Provincial", "", datetime.date(2026, 1, 15), ("Z1",))
    >>> none = ilo_gis.tables.empty("zones", 32719)
    >>> changed_land(none, none, change, 1.0)
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: The change has no resolution: ...
    """
    _require_words(change)
    land = _land(zones, held, change)
    return land, _rows(zones, held, land, change, sliver)


def _require_words(change: ZoneChange) -> None:
    for name, why in (("resolution", "such as 'OM 123-2026'"), ("by", "the body or office that decided")):
        if not str(getattr(change, name) or "").strip():
            raise RuleError(
                f"The change has no {name}: {why}. A zoning holds only by the act that changed it."
            )
    if (change.geometry is None) == (not change.zone_ids):
        raise RuleError("Say what changes: either zone_ids, or the geometry of the land, and not both.")
    if unknown := sorted(set(change.parameters) - set(PARAMETERS)):
        raise RuleError(f"Unknown parameters {', '.join(unknown)}. There are: {', '.join(PARAMETERS)}.")


def _land(zones: gpd.GeoDataFrame, held: gpd.GeoDataFrame, change: ZoneChange) -> shapely.Geometry:
    """Return the land that changes."""
    if change.geometry is not None:
        land = shapely.force_2d(change.geometry)
        if land.is_empty or not land.is_valid or land.geom_type not in ("Polygon", "MultiPolygon"):
            raise RuleError(
                f"The land is no sound polygon: {shapely.is_valid_reason(land)}. Mend it at its source."
            )
        return land
    origin = zones.index[held["row"]]
    for name in change.zone_ids:
        if name not in zones.index:
            near = ", ".join(near_words(name, zones.index, most=5, cutoff=0.3)) or "none"
            raise RuleError(f"There is no zone {name}. Zones with ids like it: {near}.")
        if name not in origin:
            first, last = (pd.Timestamp(days[zones.index.get_loc(name)]).date() for days in periods(zones))
            raise RuleError(
                f"Zone {name} is not in force on {change.date}: it holds from {first}"
                f"{f' until {last}' if last.year < 9999 else ''}, where no later plan lies on it."
            )
    return held[origin.isin(change.zone_ids)].union_all()


def _rows(
    zones: gpd.GeoDataFrame, held: gpd.GeoDataFrame, land: shapely.Geometry, change: ZoneChange, sliver: float
) -> Ints:
    """Return the positions of the zones that the land lies on; raise where it cannot be changed."""
    shapes = np.asarray(held.geometry.array, dtype=object)
    common = common_area(shapes, np.full(len(held), land))
    if (outside := land.area - common.sum()) > sliver:
        first = periods(zones)[0][zones.intersects(land).to_numpy()]
        if len(first) and pd.Timestamp(first.min()).date() > change.date:
            raise RuleError(
                f"On {change.date} there is no plan here yet: its zones hold from "
                f"{pd.Timestamp(first.min()).date()}. Give a later day."
            )
        raise RuleError(
            f"{outside:.2f} m2 of the land lie outside the zones in force on {change.date}. Cut it at their "
            "outline, or check CRS and day."
        )
    hit = held[common > sliver]
    require_apart(hit, sliver)
    rows = zones.iloc[np.unique(hit["row"])]
    for column in ("plan", "catalogue"):
        if len(said := sorted(rows[column].unique())) > 1:
            raise RuleError(f"The land is of several {column}s: {', '.join(said)}. Make a change of each.")
    first, last = periods(rows)
    day = np.datetime64(change.date, "ms")
    if (late := (first >= day) | (last < FOREVER)).any():
        raise RuleError(
            f"Zones {some_ids(rows.index[late])} begin on or after {change.date}, or end "
            "later by another change. Record changes in the order of their days."
        )
    return np.unique(hit["row"]).astype(np.int64)
