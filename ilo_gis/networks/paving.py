"""Paving by block: street land shared out to the blocks it lies in front of, and what paving it costs."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.spatial import Voronoi

from ilo_gis.errors import ExactnessError, RuleError, SchemaError
from ilo_gis.tables import conform, empty, require_geometry, require_metres, require_same_crs

__all__ = ["paving"]

STEP = 4.0  # m between places on outlines whose nearest block is asked for
EXACT = 1e-6  # share of the land that may be lost to rounding

Polygons = NDArray[np.object_]
Ints = NDArray[np.int64]


def paving(
    blocks: gpd.GeoDataFrame,
    streets: gpd.GeoDataFrame,
    cost: float,
    lots: gpd.GeoDataFrame | None = None,
    *,
    municipality: float = 0.0,
) -> gpd.GeoDataFrame:
    """Return the street land in front of each block, and what paving it costs.

    Street land goes to the nearest block: the line between two blocks runs along the middle of the street.
    All of it is shared out, and none twice.

    Parameters
    ----------
    blocks : GeoDataFrame
        Table ``blocks``: polygons with unique ids in a CRS in metres.
    streets : GeoDataFrame
        Street land (polygons), such as table ``streets``, in the CRS of `blocks`.
    cost : float
        Of paving, USD/m2: ``norms.load("pe")["paving.usual"].value["cost"]``.
    lots : GeoDataFrame, optional
        Table ``lots`` with ``block_id``, to tell the cost of each lot; remnants are not counted.
    municipality : float
        Share of the cost that the municipality pays; the community pays the rest.

    Returns
    -------
    GeoDataFrame
        Table ``paving``, a row for each block with street land, in the order of ids: ``area`` (m2),
        ``lots``, ``cost``, ``cost_per_lot``, ``municipality`` and ``community`` (USD).

    Raises
    ------
    CRSError
        If a layer is not in metres, or two differ.
    GeometryError
        If geometries are missing, empty, invalid or of another type; the features are named.
    RuleError
        If the cost is no number from 0 on, or the share not from 0 to 1.
    SchemaError
        If `lots` have no ``block_id``.
    ExactnessError
        If land were lost: a fault of ilo_gis.

    References
    ----------
    Balvín, López Follegatti and Hordijk 1996, section IV.b: 480 m2 for US$4,278.

    Examples
    --------
    A street 12 m wide between two blocks: half of it is each one's.

    >>> land = [shapely.box(0, 0, 50, 40), shapely.box(0, 52, 50, 92)]
    >>> blocks = geopandas.GeoDataFrame(geometry=land, index=["A", "B"], crs=32719)
    >>> street = geopandas.GeoDataFrame(geometry=[shapely.box(0, 40, 50, 52)], crs=32719)
    >>> paving(blocks, street, 8.91)[["block_id", "area", "cost"]].round(2).values.tolist()
    [['A', 300.0, 2673.0], ['B', 300.0, 2673.0]]
    """
    require_metres(blocks, "blocks")
    require_metres(streets, "streets")
    require_same_crs(blocks=blocks, streets=streets, lots=lots)
    for name, layer in (("blocks", blocks), ("streets", streets)):
        require_geometry(layer, "Polygon", "MultiPolygon", name=name)
    if not 0 <= cost < np.inf or not 0 <= municipality <= 1:
        raise RuleError(
            f"cost is {cost}, municipality {municipality}; they should be a number from 0 on and a share."
        )
    counts = _counted(lots)
    if blocks.empty or streets.empty:
        return conform(empty("paving", blocks.crs), "paving")
    order = np.argsort(blocks.index.astype(str), kind="stable")
    names = blocks.index[order]
    shapes = np.asarray(blocks.geometry.array, dtype=object)[order]
    land, owner = _shared(shapes, np.asarray(streets.geometry.array, dtype=object))
    area = shapely.area(land)
    whole = shapely.area(shapely.union_all(np.asarray(streets.geometry.array, dtype=object)))
    if abs(area.sum() - whole) > EXACT * whole:
        raise ExactnessError(
            f"{area.sum() - whole:.3f} m2 of {whole:.0f} m2 of street land were not shared out right. "
            "Report it with the layers, please."
        )
    block = names[owner].astype(str)
    served = counts.reindex(block, fill_value=0).to_numpy(dtype=np.int64)
    money = area * cost
    frame = gpd.GeoDataFrame(
        {
            "block_id": block,
            "area": area,
            "lots": served,
            "cost": money,
            "cost_per_lot": np.where(served > 0, money / np.maximum(served, 1), np.nan),
            "municipality": money * municipality,
            "community": money * (1 - municipality),
        },
        geometry=land,
        index=pd.Index([f"V-{name}" for name in block], name="street_part_id"),
        crs=blocks.crs,
    )
    return conform(frame, "paving")


def _counted(lots: gpd.GeoDataFrame | None) -> pd.Series:
    """Return lots by block."""
    if lots is None:
        return pd.Series(dtype=np.int64)
    if "block_id" not in lots:
        raise SchemaError("lots have no column 'block_id', the block that each lies in.")
    legal = lots[lots["kind"] != "remnant"] if "kind" in lots else lots
    return legal["block_id"].astype(str).value_counts()


def _shared(blocks: Polygons, streets: Polygons) -> tuple[Polygons, Ints]:
    """Return the street land nearest to each block that has some, and the block."""
    land = shapely.union_all(streets)
    lines = _middles(blocks, land)
    shapely.prepare(land)
    lines = lines[shapely.intersects(land, lines)]
    noded = shapely.union_all(np.append(lines, shapely.boundary(land)))
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    spots = shapely.point_on_surface(faces)
    inside = shapely.covers(land, spots)
    faces, spots = faces[inside], spots[inside]
    owner = shapely.STRtree(blocks).query_nearest(spots, all_matches=False)[1]
    order = np.argsort(owner, kind="stable")
    whose, first = np.unique(owner[order], return_index=True)
    groups = np.split(faces[order], first[1:])
    return np.array([shapely.union_all(group) for group in groups], dtype=object), whose


def _middles(blocks: Polygons, land: shapely.Geometry) -> Polygons:
    """Return the lines along which land is as far from one block as from another."""
    outline = shapely.segmentize(shapely.boundary(blocks), STEP)
    xy, owner = shapely.get_coordinates(outline, return_index=True)
    corner = shapely.get_coordinates(land.centroid)
    points, first = np.unique(np.round(xy - corner, 3), axis=0, return_index=True)
    far = 10 * np.ptp(np.array([*land.bounds]).reshape(2, 2), axis=0).max() + np.abs(points).max()
    frame = far * np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]])  # so that no line near the land has no end
    sides = Voronoi(np.concatenate([points, frame]))
    whose = np.append(owner[first], np.full(len(frame), -1))[sides.ridge_points]
    ends = np.array(sides.ridge_vertices)
    between = (whose[:, 0] != whose[:, 1]) & (whose >= 0).all(axis=1) & (ends >= 0).all(axis=1)
    return shapely.linestrings(sides.vertices[ends[between]] + corner)
