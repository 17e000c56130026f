"""The four measured sides of each lot, with its neighbours. Table in: ``lots``; table out: ``lot_sides``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.edges import LONE, Edges, edges_of
from ilo_gis.geometry.measure import longest_of, perimeter, width
from ilo_gis.geometry.near import along
from ilo_gis.geometry.walk import (
    BACK,
    FRONT,
    LEFT,
    NAMELESS,
    RIGHT,
    Walk,
    depth_from,
    outer,
    runs,
    straight,
    walk_around,
)
from ilo_gis.subdivision.accounts import ellipsoidal_area
from ilo_gis.subdivision.ground import STREET_REACH
from ilo_gis.tables import conform, empty, require_geometry, require_metres, require_same_crs

__all__ = ["describe_sides", "lot_sides", "side_columns", "with_street_names"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Polygons = NDArray[np.object_]

SIDES = ("front", "right", "back", "left")  # counter-clockwise, which is how boundaries are walked
SAID = ("front", "right", "left", "back")  # the order in which a description gives them
KINDS = ("street", "lot", "remnant", "outside")


def lot_sides(lots: gpd.GeoDataFrame, streets: gpd.GeoDataFrame | None = None) -> gpd.GeoDataFrame:
    """Measure each side of each lot and name who is behind it.

    The main front is the longest stretch on a street without a turn of more than 30 degrees.
    Right, back and left follow counter-clockwise, so right is on the right hand of who enters.
    They meet at corners, turns to the left of more than 30 degrees: the far right corner lies
    farthest in the direction half-way between inwards and right, the far left one half-way
    between inwards and left. Where there is one corner, as in a triangle, there is no back. The
    second street of a corner lot is a right or left side, that of a through lot the back. A side
    along several neighbours has several rows.

    Parameters
    ----------
    lots : GeoDataFrame
        Table ``lots`` or any Polygons in metres; the index names them. Rows with
        ``kind == "remnant"`` are neighbours of that kind. Neighbours are found where both have
        the same vertices, as lots of `cut_lots` do. Holes have no sides.
    streets : GeoDataFrame, optional
        Street land as polygons; the column ``name``, else the index, names them. By default the
        outer boundary of all lots that touch is street.

    Returns
    -------
    GeoDataFrame
        Table ``lot_sides``: index ``side_id``, ``lot_id``, ``side``, ``order``, ``length`` (m),
        ``segments``, ``azimuth`` (degrees from grid north), ``neighbour_kind``, ``neighbour``,
        LineString.

    Raises
    ------
    CRSError
        If a layer is not in metres, or the two differ.
    GeometryError
        If a lot is missing, empty, invalid or no Polygon. All are named.
    SchemaError
        If a lot id repeats.

    References
    ----------
    Reglamento de Inscripciones del Registro de Predios (Res. 097-2013-SUNARP/SN): area, linderos
    y medidas perimétricas of a lot that becomes independent.

    Examples
    --------
    >>> lots = geopandas.GeoDataFrame(
    ...     index=["A-1", "A-2"], geometry=[shapely.box(0, 0, 8, 20), shapely.box(8, 0, 16, 20)], crs=32719
    ... )
    >>> land = [shapely.box(0, -9, 16, 0)]
    >>> road = geopandas.GeoDataFrame({"name": ["Calle Tacna"]}, geometry=land, crs=32719)
    >>> sides = lot_sides(lots, road)
    >>> sides.loc["A-1/2", ["side", "length", "azimuth", "neighbour_kind", "neighbour"]].tolist()
    ['right', 20.0, 0.0, 'lot', 'A-2']
    """
    require_metres(lots, "lots")
    require_same_crs(lots=lots, streets=streets)
    require_geometry(lots, "Polygon", name="lots")
    if lots.empty:
        return empty("lot_sides", lots.crs)
    shapes = np.asarray(lots.geometry.array, dtype=object)
    edges = edges_of(shapes)
    street, names = _streets(edges, streets)
    walk = walk_around(edges, street >= 0, len(shapes))
    behind = _behind(edges, street, len(shapes))[walk.edge]
    first, order = runs(walk, behind)
    stop = np.append(first[1:], len(walk.lot))
    chord = walk.stop[stop - 1] - walk.start[first]
    remnant = (lots["kind"] == "remnant").to_numpy() if "kind" in lots else np.zeros(len(lots), dtype=bool)
    ids = lots.index.astype(str).to_numpy(dtype=object)
    kind = np.concatenate([np.where(remnant, 2, 1), np.zeros(len(names), dtype=np.int64), [3]])
    own = ids[walk.lot[first]]
    frame = gpd.GeoDataFrame(
        {
            "lot_id": own,
            "side": pd.Categorical.from_codes(walk.side[first], list(SIDES)),
            "order": order,
            "length": np.add.reduceat(walk.length, first),
            "segments": np.add.reduceat(straight(walk, first), first),
            "azimuth": np.degrees(np.arctan2(chord[:, 0], chord[:, 1])) % 360,
            "neighbour_kind": pd.Categorical.from_codes(kind[behind[first]], list(KINDS)),
            "neighbour": np.concatenate([ids, names, [""]])[behind[first]],
        },
        geometry=_lines(walk, first, stop),
        index=[f"{name}/{n}" for name, n in zip(own, order, strict=True)],
        crs=lots.crs,
    )
    return conform(frame.rename_axis("side_id"), "lot_sides")


def describe_sides(sides: gpd.GeoDataFrame, lang: str = "es") -> pd.Series:
    """Say the sides of each lot in words, as the description that goes to the registry does.

    Parameters
    ----------
    sides : GeoDataFrame
        Table ``lot_sides``.
    lang : str
        ``"es"`` or ``"en"``.

    Returns
    -------
    Series
        ``describe_sides``: one text per lot, with lengths in m; index ``lot_id``, in the order of
        `sides`.

    Raises
    ------
    ValueError
        If there are no texts in that language.

    Examples
    --------
    >>> lots = geopandas.GeoDataFrame(
    ...     index=["A-1", "A-2"], geometry=[shapely.box(0, 0, 8, 20), shapely.box(8, 0, 16, 20)], crs=32719
    ... )
    >>> land = [shapely.box(0, -9, 16, 0)]
    >>> road = geopandas.GeoDataFrame({"name": ["Calle Tacna"]}, geometry=land, crs=32719)
    >>> print(describe_sides(lot_sides(lots, road))["A-1"])
    Por el frente: con Calle Tacna, en línea recta de 8.00 m. Por la derecha, entrando: con el lote A-2,
    en línea recta de 20.00 m. Por la izquierda, entrando: con terrenos de terceros, en línea recta de
    20.00 m. Por el fondo: con terrenos de terceros, en línea recta de 8.00 m.
    """
    if lang not in _texts():
        raise ValueError(f"There are no texts in {lang!r}. There are: {', '.join(_texts())}.")
    said = _texts()[lang]
    rank = sides["side"].astype(object).map({name: n for n, name in enumerate(SAID)}).fillna(len(SAID))
    columns = ["lot_id", "side", "order", "length", "segments", "neighbour_kind", "neighbour"]
    table = sides[columns].assign(rank=rank, lot=pd.factorize(sides["lot_id"])[0])
    table = table.sort_values(["lot", "rank", "order"])
    texts: dict[str, list[str]] = {}
    before = None
    for lot, side, order, length, segments, kind, name in table[columns].itertuples(index=False):
        what = said["public" if kind == "street" and not name else kind].format(name=name)
        line = said["straight" if segments == 1 else "broken"].format(length=length, segments=segments)
        if isinstance(side, str) and before == (lot, side):
            texts[lot][-1] += f"; {what}, {line}"
        else:
            head = said[side] if isinstance(side, str) else said["side"].format(order=order)
            texts.setdefault(lot, []).append(f"{head}: {what}, {line}")
        before = (lot, side)
    index = pd.Index(list(texts), name="lot_id", dtype=object)
    return pd.Series(
        [". ".join(t) + "." for t in texts.values()], index, dtype="string", name="describe_sides"
    )


def with_street_names(sides: gpd.GeoDataFrame, lines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Name the street that each side looks to by its nearest centre line, where street land has no names.

    Parameters
    ----------
    sides : GeoDataFrame
        Table ``lot_sides``.
    lines : GeoDataFrame
        Table ``street_lines`` with ``name``; those without a name name nothing.

    Returns
    -------
    GeoDataFrame
        Table ``lot_sides``: ``neighbour`` of sides on streets is the name; empty where no line has one.

    Raises
    ------
    CRSError
        If a layer is not in metres, or the two differ.

    Examples
    --------
    >>> lot = geopandas.GeoDataFrame(index=["A-1"], geometry=[shapely.box(0, 0, 8, 20)], crs=32719)
    >>> way = [shapely.LineString([(-9, -6), (20, -6)])]
    >>> lines = geopandas.GeoDataFrame({"name": ["Calle Tacna"]}, geometry=way, crs=32719)
    >>> with_street_names(lot_sides(lot), lines)["neighbour"].tolist()
    ['Calle Tacna', 'Calle Tacna', 'Calle Tacna', 'Calle Tacna']
    """
    require_metres(sides, "sides")
    require_same_crs(sides=sides, lines=lines)
    named = lines[lines["name"].notna()] if "name" in lines else lines.iloc[:0]
    on_street = (sides["neighbour_kind"] == "street").to_numpy()
    names = sides["neighbour"].astype(object).to_numpy(copy=True)
    names[on_street] = ""
    if len(named) and on_street.any():
        middle = shapely.line_interpolate_point(
            np.asarray(sides.geometry.array)[on_street], 0.5, normalized=True
        )
        order = named.iloc[np.argsort(named.index.astype(str), kind="stable")]
        near = shapely.STRtree(np.asarray(order.geometry.array)).nearest(middle)
        names[on_street] = order["name"].astype(str).to_numpy()[near]
    return sides.assign(neighbour=pd.array(names, dtype="string"))


@cache
def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads((files(__package__) / "sides.toml").read_text("utf-8"))


def side_columns(
    polygons: Polygons, names: NDArray[np.object_], edges: Edges, street: Ints, crs: pyproj.CRS
) -> pd.DataFrame:
    """Measure fronts, depths, width, perimeter and area of lots, and name their neighbours.

    Parameters
    ----------
    polygons : array of Polygon, shape (n,)
        Lots and remnants.
    names : array of str, shape (n,)
        Their ids.
    edges : Edges
        `edges_of` them.
    street : array of int, shape of ``edges.twin``
        Number of the street that each edge lies on, -1 for none.
    crs : CRS
        Of the coordinates, in metres.

    Returns
    -------
    DataFrame
        One row per lot: ``frontage_main``, ``frontage_second`` (all other edges on a street; 0
        without), ``depth``, ``depth_second`` (greatest distance of a point from the line of the
        main front, and of the longest other edge on a street; NaN without), ``width`` (area over
        depth), ``perimeter`` (m), ``ellipsoidal_area`` (m2), ``neighbour_right``,
        ``neighbour_left``, ``neighbour_back`` (the lot or remnant with the longest run on that
        side; empty without).

    Examples
    --------
    >>> lots = np.array([shapely.box(0, 0, 8, 20), shapely.box(8, 0, 16, 20)])
    >>> edges = edges_of(lots)
    >>> street = np.where((edges.start[:, 1] == 0) & (edges.stop[:, 1] == 0), 0, -1)
    >>> table = side_columns(lots, np.array(["A-1", "A-2"]), edges, street, pyproj.CRS(32719))
    >>> table.loc[0, ["frontage_main", "depth", "width", "perimeter", "neighbour_right"]].tolist()
    [8.0, 20.0, 8.0, 56.0, 'A-2']
    """
    count = len(polygons)
    walk = walk_around(edges, street >= 0, count)
    on_street, front = street[walk.edge] >= 0, walk.side == FRONT
    depth = depth_from(walk, walk.front)
    rest = np.where(on_street & ~front, walk.length, -1.0)
    other = longest_of(walk.lot, rest, count)
    has_other = np.bincount(walk.lot, rest > 0, count) > 0
    table = {
        "frontage_main": np.bincount(walk.lot, walk.length * front, count),
        "frontage_second": np.bincount(walk.lot, walk.length * (on_street & ~front), count),
        "depth": depth,
        "depth_second": depth_from(walk, np.where(has_other, other, -1)),
        "width": width(polygons, depth),
        "perimeter": perimeter(polygons),
        "ellipsoidal_area": ellipsoidal_area(polygons, crs),
    }
    behind = _behind(edges, street, count)[walk.edge]
    first, _ = runs(walk, behind)
    neighbour = np.where(behind[first] < count, behind[first], -1)
    length = np.add.reduceat(walk.length, first) if len(first) else np.empty(0)
    group = walk.lot[first] * len(SIDES) + walk.side[first]
    kept = (neighbour >= 0) & (walk.side[first] != NAMELESS)
    group, neighbour, length = group[kept], neighbour[kept], length[kept]
    longest = np.full(count * len(SIDES), -1, dtype=np.int64)
    longest[group] = neighbour[longest_of(group, length.round(3), len(longest))[group]]
    called = np.append(np.asarray(names, dtype=object), "")
    for side in (RIGHT, LEFT, BACK):
        table[f"neighbour_{SIDES[side]}"] = pd.array(called[longest[side :: len(SIDES)]], dtype="string")
    return pd.DataFrame(table)


def _streets(edges: Edges, streets: gpd.GeoDataFrame | None) -> tuple[Ints, NDArray[np.object_]]:
    """Return the street that each edge lies on, -1 for none, and the names of streets."""
    found = np.full(len(edges.twin), -1, dtype=np.int64)
    lone = np.flatnonzero(edges.twin == LONE)
    start, stop = edges.start[lone], edges.stop[lone]
    if streets is None:
        found[lone[outer(start, stop)]] = 0
        return found, np.array([""], dtype=object)
    names = streets.index.astype(str).to_numpy(dtype=object)
    if "name" in streets:
        names = streets["name"].astype(object).where(streets["name"].notna(), names).to_numpy(dtype=object)
    land = np.asarray(streets.geometry.array, dtype=object)
    low, high = np.minimum(start, stop) - STREET_REACH, np.maximum(start, stop) + STREET_REACH
    edge, street = shapely.STRtree(land).query(shapely.box(*low.T, *high.T))
    near = along(start[edge], stop[edge], land, street, STREET_REACH)
    found[lone] = _lowest(edge[near], street[near], len(lone))
    return found, names


def _lowest(edge: Ints, street: Ints, count: int) -> Ints:
    order = np.lexsort((-street, edge))
    lowest = np.full(count, -1, dtype=np.int64)
    lowest[edge[order]] = street[order]  # the last written stays
    return lowest


def _behind(edges: Edges, street: Ints, count: int) -> Ints:
    """Return what is behind each edge: a lot's position, `count` and more for streets, -1 for nothing."""
    behind = np.where(street >= 0, count + street, -1)
    shared = edges.twin >= 0
    behind[shared] = edges.piece[edges.twin[shared]]
    return behind


def _lines(walk: Walk, first: Ints, stop: Ints) -> NDArray[np.object_]:
    number = np.repeat(np.arange(len(first)), stop - first)
    points = np.concatenate([walk.start, walk.stop[stop - 1]])
    of = np.concatenate([number, np.arange(len(first))])
    order = np.argsort(of, kind="stable")
    return shapely.linestrings(points[order], indices=of[order])
