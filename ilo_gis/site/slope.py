"""Slope of the ground: its classes as polygons, and hillsides as constraints."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import CRSError, ExactnessError, RuleError
from ilo_gis.geometry.margins import polygon_parts, within
from ilo_gis.geometry.regions import regions
from ilo_gis.norms import Norms
from ilo_gis.site.kinds import EFFECTS
from ilo_gis.tables import (
    Elevation,
    conform,
    empty,
    require_geometry,
    require_metres,
    require_same_crs,
)

__all__ = ["slope_classes", "slope_constraints"]

ROUNDING = 1e-9  # share by which a slope computed on a plane misses that of the plane
EXACT = 1e-9  # share of the land that may be lost by rounding

Polygons = NDArray[np.object_]
Ints = NDArray[np.int64]


def slope_classes(elevation: Elevation, breaks: Sequence[float] | None = None) -> gpd.GeoDataFrame:
    """Return the classes of slope of the ground as polygons.

    Slopes are those of `Elevation.slope`, one for each cell; a slope on a break is in the class below.

    Parameters
    ----------
    elevation : Elevation
        Heights in m, with their CRS.
    breaks : sequence of float, optional
        Slopes between classes, rising from above 0: 0.05 is 5 %. By default those of ``slope.toml``: 5, 12
        and 20 %.

    Returns
    -------
    GeoDataFrame
        Table ``slope_classes``: ``slope_class``, ``least`` and ``most`` (shares), ``area`` (m2); the
        gentlest first. The polygons are the cells whose slope is known, exactly, and share their
        vertices. The outer cells of a raster have no slope.

    Raises
    ------
    CRSError
        If the heights have no CRS, or it is not in metres.
    RuleError
        If the breaks do not rise from above 0.
    ExactnessError
        If land is lost or polygons do not fit: a fault of ilo_gis.

    References
    ----------
    RNE TH.050: over 20 % is hillside. B. K. P. Horn 1981 for the slope.

    Examples
    --------
    A plane that rises 2 m in 10 m has 20 %, and is no hillside:

    >>> heights = np.tile(np.arange(5.0) * 2, (4, 1))
    >>> plane = ilo_gis.tables.Elevation(heights, west=0, north=40, cell=(10, 10), crs=32719)
    >>> slope_classes(plane)[["slope_class", "area"]].values.tolist()
    [['12-20', 600.0]]
    """
    edges = _edges(breaks)
    shapes, of = _regions(elevation, edges)
    ends = np.append(edges[1:], np.nan)
    names = [f"{low:g}-{high:g}" for low, high in zip(100 * edges[:-1], 100 * edges[1:], strict=True)]
    table = gpd.GeoDataFrame(
        {
            "slope_class": np.array([*names, f"> {100 * edges[-1]:g}"], dtype=object)[of],
            "least": edges[of],
            "most": ends[of],
            "area": shapely.area(shapes),
        },
        geometry=shapes,
        index=pd.Index(map(str, range(1, len(shapes) + 1)), name="slope_id", dtype=object),
        crs=_crs(elevation),
    )
    return conform(table, "slope_classes")


def slope_constraints(
    elevation: Elevation,
    norms: Norms,
    *,
    site: gpd.GeoDataFrame | None = None,
    limit: float | None = None,
    effect: str | None = None,
) -> gpd.GeoDataFrame:
    """Return the hillsides of a site as constraints.

    TH.050 tells how hillsides are developed and does not forbid it, so that they are land under
    conditions unless `effect` says otherwise.

    Parameters
    ----------
    elevation : Elevation
        Heights in m, with their CRS; ``io.read_elevation(path, site)`` gives those of a site.
    norms : Norms
        ``th050.hillside``: slope above which ground is hillside (share).
    site : GeoDataFrame, optional
        Polygons in the CRS of the heights; hillsides end at them.
    limit : float, optional
        Slope in place of that of the norm; 0.3 is 30 %.
    effect : {"forbid", "limit"}, optional
        What a hillside does to building; ``"limit"`` as in ``slope.toml``.

    Returns
    -------
    GeoDataFrame
        Table ``constraints``, kind ``"slope"``, one polygon each from north to south; ``rule`` and
        ``source`` are empty where you gave the limit.

    Raises
    ------
    CRSError
        If heights or site have no CRS in metres, or the two differ.
    GeometryError
        If the site cannot be used.
    RuleError
        If `limit` or `effect` make no sense.
    NormError
        If no limit is given and the norm is not in force.

    References
    ----------
    RNE TH.050, hillsides: from memory, as the norm in the data says.

    Examples
    --------
    >>> heights = np.tile(np.arange(5.0) * 2.5, (4, 1))
    >>> hill = ilo_gis.tables.Elevation(heights, west=0, north=40, cell=(10, 10), crs=32719)
    >>> steep = slope_constraints(hill, ilo_gis.norms.load("pe"))
    >>> steep[["reason", "rule", "effect", "area"]].values.tolist()
    [['ladera, pendiente mayor de 20 % / hillside, slope over 20 %', 'th050.hillside', 'limit', 600.0]]
    """
    said = _data()["hillside"]
    norm = norms[said["rule"]] if limit is None else None
    steepest = float(norm.value) if norm is not None else float(limit or 0)
    effect = said["effect"] if effect is None else effect
    if effect not in EFFECTS:
        raise RuleError(f"effect is {effect!r}; a constraint can {' or '.join(EFFECTS)}.")
    shapes, of = _regions(elevation, _edges([steepest]))
    steep = _in_site(shapes[of == 1], site, _crs(elevation))
    if not len(steep):
        return empty("constraints", _crs(elevation))
    reason = f"{said['reason_es']} / {said['reason_en']}".format(limit=100 * steepest)
    about = (
        {}
        if norm is None
        else {"article": norm.article, "source": norm.source, "confidence": norm.confidence}
    )
    columns = {"kind": "slope", "reason": reason, "rule": norm and norm.id, "article": None, "source": None}
    table = gpd.GeoDataFrame(columns | about, index=range(len(steep)), geometry=steep, crs=_crs(elevation))
    table["effect"] = pd.Categorical([effect] * len(steep), EFFECTS)
    table.index = pd.Index([f"slope-{k + 1}" for k in table.index], name="constraint_id", dtype=object)
    blank = empty("constraints").columns
    return conform(table.assign(area=table.area).reindex(columns=blank), "constraints")


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "slope.toml").read_text("utf-8"))


def _edges(breaks: Sequence[float] | None) -> NDArray[np.float64]:
    given = np.asarray(_data()["classes"]["breaks"] if breaks is None else breaks, dtype=float)
    edges = np.append(0.0, given)
    if not (np.isfinite(edges).all() and (np.diff(edges) > 0).all() and given.ndim == 1):
        raise RuleError(
            f"The slopes {list(map(float, given.ravel()))} do not rise from above 0. "
            "They are shares: 0.2 is 20 %."
        )
    return edges


def _crs(elevation: Elevation) -> pyproj.CRS:
    if elevation.crs is None:
        raise CRSError(
            "The heights have no CRS. Give it: `Elevation(..., crs=32719)`, or read them with "
            "`io.read_elevation`."
        )
    return pyproj.CRS.from_user_input(elevation.crs)


def _regions(elevation: Elevation, edges: NDArray[np.float64]) -> tuple[Polygons, Ints]:
    """Return polygons of classes of slope, and prove that they are all land whose slope is known."""
    require_metres(gpd.GeoDataFrame(geometry=[], crs=_crs(elevation)), "elevation")
    slope = elevation.slope()
    known = ~np.isnan(slope)
    classes = np.searchsorted(edges[1:], np.where(known, slope, 0.0) - ROUNDING, side="left")
    shapes, of = regions(np.where(known, classes, -1), elevation.west, elevation.north, elevation.cell)
    land = known.sum() * elevation.cell[0] * elevation.cell[1]
    if not (np.isclose(shapely.area(shapes).sum(), land, rtol=EXACT) and shapely.coverage_is_valid(shapes)):
        raise ExactnessError("The classes of slope are not the land of the raster: a fault of ilo_gis.")
    return shapes, of


def _in_site(shapes: Polygons, site: gpd.GeoDataFrame | None, crs: pyproj.CRS) -> Polygons:
    """Return the parts of polygons in the site, from north to south."""
    if site is not None:
        require_same_crs(elevation=gpd.GeoDataFrame(geometry=[], crs=crs), site=site)
        require_geometry(site, "Polygon", "MultiPolygon", name="site")
        whole = shapely.force_2d(shapely.union_all(np.asarray(site.geometry.array, dtype=object)))
        shapes, _ = polygon_parts(within(shapes[shapely.intersects(shapes, whole)], whole))
    middle = shapely.get_coordinates(shapely.centroid(shapes)).round(3)
    return shapes[np.lexsort((middle[:, 0], -middle[:, 1]))]
