"""The shoreline by chainage: who is on which stretch of it on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import ExactnessError, RuleError
from ilo_gis.geometry.chainage import fronts, pieces, route_between, routes
from ilo_gis.geometry.ragged import spans
from ilo_gis.relocation.states import steps
from ilo_gis.tables import conform, empty, findings, require_geometry, require_metres, require_same_crs

__all__ = ["check_fronts", "coast_lines", "stretches"]

REACH = 50.0  # m; the public strip of beaches is as deep, see easements.beach_public
MILLIMETRE = 3  # decimals to which chainages of ends are rounded, so that there are no slivers
LOST = 1e-6  # m: rounding of sums of lengths
STATES = ("occupied", "freed", "open")
LINES, AREAS = ("LineString", "MultiLineString", "LinearRing"), ("Polygon", "MultiPolygon")

Lines = NDArray[np.object_]
Between = tuple[shapely.Point, shapely.Point]


def coast_lines(coast: gpd.GeoDataFrame, between: Between | None = None) -> Lines:
    """Return the lines of a coast along which distances are measured.

    Lines are joined where they meet. Each is measured from its southern end, whichever way it is drawn;
    with `between`, from the first point to the second along the line nearest to both.

    Parameters
    ----------
    coast : GeoDataFrame
        LineStrings in a CRS in metres.
    between : (Point, Point), optional
        Where the coast looked at begins and where it ends, such as the wharf and the mouth of the
        river. Of a closed line it is the shorter way.

    Returns
    -------
    array of LineString

    Raises
    ------
    CRSError, GeometryError
        If the coast is not in metres, or is no sound line.
    RuleError
        If the points are nearest to two lines, or lie at one place of the coast.

    Examples
    --------
    >>> line = shapely.LineString([(0, 900), (0, 0)])
    >>> coast = geopandas.GeoDataFrame(geometry=[line], crs=32719)
    >>> coast_lines(coast, (shapely.Point(9, 100), shapely.Point(9, 700)))[0].wkt
    'LINESTRING (0 100, 0 700)'
    """
    require_metres(coast, "coast")
    require_geometry(coast, *LINES, name="coast")
    lines = routes(np.asarray(coast.geometry.array, dtype=object))
    if between is None or not len(lines):
        return lines
    nearest = [int(np.argmin(shapely.distance(lines, point))) for point in between]
    if nearest[0] != nearest[1]:
        raise RuleError(
            f"{between[0].wkt} and {between[1].wkt} are nearest to two lines of the coast that do not meet. "
            "Give points on one line, or join the lines."
        )
    line = route_between(lines[nearest[0]], *between)
    if line.length == 0:
        raise RuleError(
            f"{between[0].wkt} and {between[1].wkt} are at one place of the coast. Give two places."
        )
    return np.array([line], dtype=object)


def stretches(
    coast: gpd.GeoDataFrame,
    occupants: gpd.GeoDataFrame,
    states: pd.DataFrame,
    seafront: gpd.GeoDataFrame | None = None,
    *,
    reach: float = REACH,
    between: Between | None = None,
    on: date | None = None,
) -> gpd.GeoDataFrame:
    """Cut the shoreline where occupants and pieces of seafront begin and end, with the state of each part.

    An occupant fronts the shore from the first to the last place that is the nearest one to its land;
    land farther than `reach` does not count. A stretch is ``occupied`` while anybody fronts it,
    ``freed`` once all have left, ``open`` where nobody ever was, where all who were have been
    incorporated into the seafront, or where a piece of seafront is in use.

    Parameters
    ----------
    coast : GeoDataFrame
        LineStrings in a CRS in metres; several lines are measured each for itself.
    occupants : GeoDataFrame
        Table ``occupants``: ids as index, polygons.
    states : DataFrame
        Table ``occupant_states`` of a day: ids of occupants as index, ``step``. Those it does not have
        are there.
    seafront : GeoDataFrame, optional
        Table ``seafront``; pieces with an ``end`` until `on` are in use.
    reach : float
        How far from the shore land still fronts it, m.
    between : (Point, Point), optional
        Where the coast looked at begins and ends; see `coast_lines`.
    on : date, optional
        Day that pieces of seafront are in use on; without it all with an ``end`` are.

    Returns
    -------
    GeoDataFrame
        Table ``stretches``, in order along the coast: ``line``, ``from_m``, ``to_m``, ``length`` (m),
        ``state``, ``occupants``, ``gone``, ``critical``, ``pieces``. Ends are whole millimetres; the
        lengths add up to that of the coast.

    Raises
    ------
    CRSError
        If a layer is not in metres, or two differ.
    GeometryError
        If geometries are missing, invalid or of another type.
    RuleError
        If `reach` is no distance, or the points cannot be used.
    ExactnessError
        If a part of the coast was lost: a fault of ilo_gis.

    References
    ----------
    López Follegatti 1999, Ilo: a city in transformation, section II.d (three kilometres of coast).

    Examples
    --------
    >>> coast = geopandas.GeoDataFrame(geometry=[shapely.LineString([(0, 0), (0, 300)])], crs=32719)
    >>> land = geopandas.GeoDataFrame(
    ...     index=["yard", "depot"], geometry=[shapely.box(0, 50, 30, 100), shapely.box(5, 180, 30, 260)],
    ...     crs=32719)
    >>> steps = pandas.DataFrame({"step": ["cleared"]}, index=["yard"])
    >>> stretches(coast, land, steps)[["from_m", "to_m", "state", "critical"]].values.tolist()
    [[0.0, 50.0, 'open', ''], [50.0, 100.0, 'freed', ''], [100.0, 180.0, 'open', ''],
     [180.0, 260.0, 'occupied', 'depot'], [260.0, 300.0, 'open', '']]
    """
    lines = coast_lines(coast, between)
    _require(coast, occupants, reach, seafront)
    step = states["step"].astype(str).reindex(occupants.index)
    used = _in_use(seafront, on)
    found = [
        _before(occupants, lines, reach, "occupant", step.to_numpy(dtype=object)),
        _before(used, lines, reach, "piece", None),
    ]
    along = pd.concat(found, ignore_index=True)
    rows = [_of_line(line, number, along[along["line"] == number]) for number, line in enumerate(lines)]
    if not rows:
        return empty("stretches", coast.crs)
    table = gpd.GeoDataFrame(pd.concat(rows, ignore_index=True), geometry="geometry", crs=coast.crs)
    if abs(table["length"].sum() - shapely.length(lines).sum()) > LOST * max(1.0, len(table)):
        raise ExactnessError("stretches do not add up to the length of the coast: please report it")
    table["state"] = pd.Categorical(table["state"], STATES)
    table.index = pd.Index([f"T{n}" for n in range(1, len(table) + 1)], name="stretch_id")
    return conform(table, "stretches")


def check_fronts(
    occupants: gpd.GeoDataFrame,
    coast: gpd.GeoDataFrame,
    *,
    reach: float = REACH,
    between: Between | None = None,
) -> gpd.GeoDataFrame:
    """Tell which occupants front no coast: their leaving frees land, but no metre of shoreline.

    Parameters
    ----------
    occupants, coast, reach, between
        As for `stretches`.

    Returns
    -------
    GeoDataFrame
        Table ``findings``; ``found`` is the distance to the coast in m.

    Raises
    ------
    CRSError, GeometryError, RuleError
        As for `stretches`.

    Examples
    --------
    >>> coast = geopandas.GeoDataFrame(geometry=[shapely.LineString([(0, 0), (0, 300)])], crs=32719)
    >>> far = geopandas.GeoDataFrame(index=["kiln"], geometry=[shapely.box(90, 0, 99, 9)], crs=32719)
    >>> check_fronts(far, coast)[["feature", "found"]].values.tolist()
    [['kiln', 90.0]]
    """
    lines = coast_lines(coast, between)
    _require(coast, occupants, reach)
    fronting = set(_before(occupants, lines, reach, "occupant", None)["id"])
    off = occupants[~occupants.index.isin(fronting)].sort_index()
    away = shapely.distance(np.asarray(off.geometry.array), shapely.union_all(lines))
    return findings("occupants", off, "occupant.no_front", required=reach, found=away)


# -- stretches ---------------------------------------------------------------------------------------


def _require(
    coast: gpd.GeoDataFrame,
    occupants: gpd.GeoDataFrame,
    reach: float,
    seafront: gpd.GeoDataFrame | None = None,
) -> None:
    for name, layer in (("occupants", occupants), ("seafront", seafront)):
        if layer is not None:
            require_metres(layer, name)
            require_geometry(layer, *AREAS, name=name)
    require_same_crs(coast=coast, occupants=occupants, seafront=seafront)
    if not (np.isfinite(reach) and reach > 0):
        raise RuleError(f"reach is {reach!r}; it should be a distance over 0 m.")


def _in_use(seafront: gpd.GeoDataFrame | None, on: date | None) -> gpd.GeoDataFrame | None:
    """Return the pieces of seafront that people use on a day."""
    if seafront is None or "end" not in seafront:
        return None
    end = pd.to_datetime(seafront["end"])
    return seafront[end.notna() if on is None else end <= pd.Timestamp(on)]


def _before(layer: gpd.GeoDataFrame | None, lines: Lines, reach: float, what: str, step: Any) -> pd.DataFrame:
    """Return which part of which line lies before each feature: id, kind, step, line, first, last (m)."""
    if layer is None:
        return pd.DataFrame({"id": [], "what": [], "step": [], "line": [], "first": [], "last": []})
    shape, line, first, last = fronts(np.asarray(layer.geometry.array, dtype=object), lines, reach)
    table = pd.DataFrame({"id": layer.index.astype(str).to_numpy()[shape], "what": what})
    table["step"] = "" if step is None else step[shape]
    whole = shapely.length(lines)[line]
    first, last = (np.minimum(np.round(value, MILLIMETRE), whole) for value in (first, last))
    last = np.where(whole - last < 10.0**-MILLIMETRE, whole, last)
    return table.assign(line=line, first=first, last=last)[last > first]


def _of_line(line: shapely.LineString, number: int, along: pd.DataFrame) -> pd.DataFrame:
    """Return the stretches of a line, without ids."""
    cuts = np.unique(np.concatenate([[0.0, line.length], along["first"], along["last"]]))
    start, stop = (np.searchsorted(cuts, along[name].to_numpy(dtype=float)) for name in ("first", "last"))
    stretch, row = spans(start, stop)
    told = along.iloc[row].assign(stretch=stretch).drop_duplicates(["stretch", "what", "id"])
    there = told["what"] == "occupant"
    known = steps()
    left = there & told["step"].isin(known.index[known["free"]])
    count = len(cuts) - 1
    names = {
        "occupants": _joined(told[there & ~left], count),
        "gone": _joined(told[left], count),
        "pieces": _joined(told[told["what"] == "piece"], count),
    }
    holders = told[there & ~left].groupby("stretch")["id"].agg(["nunique", "first"])
    critical = holders["first"].where(holders["nunique"] == 1, "").reindex(range(count), fill_value="")
    waiting = told[left & (told["step"] != known.index[-1])]["stretch"].unique()
    freed = np.isin(np.arange(count), waiting) & (names["pieces"] == "")
    state = np.where(names["occupants"] != "", "occupied", np.where(freed, "freed", "open"))
    return pd.DataFrame(
        {
            "line": number + 1,
            "from_m": cuts[:-1],
            "to_m": cuts[1:],
            "length": np.diff(cuts),
            "state": state,
            **names,
            "critical": critical.to_numpy(dtype=object),
            "geometry": pieces(line, cuts),
        }
    )


def _joined(told: pd.DataFrame, count: int) -> NDArray[np.object_]:
    """Return the ids of each of some stretches, joined by ;, nothing where there are none."""
    ids = told.sort_values("id").groupby("stretch")["id"].agg(";".join)
    found: NDArray[np.object_] = ids.reindex(range(count), fill_value="").to_numpy(dtype=object)
    return found
