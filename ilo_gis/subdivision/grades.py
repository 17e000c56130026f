"""Grades of streets: how steep the ground is along them, and where that breaks the norm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np

from ilo_gis.errors import SchemaError
from ilo_gis.geometry.terrain import grades
from ilo_gis.tables import (
    Elevation,
    conform,
    findings,
    join_findings,
    require_geometry,
    require_metres,
    require_same_crs,
)

__all__ = ["check_grades", "street_grades"]


def street_grades(street_lines: gpd.GeoDataFrame, elevation: Elevation) -> gpd.GeoDataFrame:
    """Return street lines with the mean and the steepest grade of the ground along them.

    Parameters
    ----------
    street_lines : GeoDataFrame
        Table ``street_lines``.
    elevation : Elevation
        Heights of the ground in the CRS of `street_lines`, as from ``io.read_elevation``.

    Returns
    -------
    GeoDataFrame
        Table ``street_lines`` with ``grade`` and ``grade_max`` as shares (0.12 is 12 %), NaN where
        the ground is not known all along the line. Grades are measured over half a cell of the
        raster or 5 m, whichever is more; climbs and descents count alike.

    Raises
    ------
    CRSError
        If the layer is not in metres, or the heights are in another CRS.
    GeometryError
        If a geometry is missing, empty, no line or not finite.

    References
    ----------
    RNE GH.020: steepest carriageway.

    Examples
    --------
    >>> uphill = shapely.LineString([(10, 50), (80, 50)])
    >>> lines = geopandas.GeoDataFrame({"width": [12.0]}, geometry=[uphill], crs=32719)
    >>> rise = np.tile(np.arange(9.0), (9, 1))
    >>> hill = ilo_gis.tables.Elevation(rise, west=0, north=90, cell=(10, 10), crs=lines.crs)
    >>> street_grades(lines, hill)[["grade", "grade_max"]].round(6).values.tolist()
    [[0.1, 0.1]]
    """
    require_metres(street_lines, "street_lines")
    require_same_crs(elevation=elevation, street_lines=street_lines)
    require_geometry(street_lines, "LineString", name="street_lines")
    mean, most = grades(np.asarray(street_lines.geometry.array, dtype=object), elevation)
    return conform(street_lines.assign(grade=mean, grade_max=most), "street_lines")


def check_grades(street_lines: gpd.GeoDataFrame, norms: Mapping[str, Any]) -> gpd.GeoDataFrame:
    """Check the grades of streets, as the ground has them.

    A street is too steep (error) where it is steeper on average than a carriageway may be, or
    anywhere steeper than one may be where vehicles turn. A street that is between the two limits in
    part (warning) is for the planner to judge: the ground is measured, not the finished carriageway.

    Parameters
    ----------
    street_lines : GeoDataFrame
        Table ``street_lines`` with ``grade`` and ``grade_max``, as from `street_grades`.
    norms : mapping of str to Norm
        Norms in force; ``gh020.grade`` is used. Without it nothing is judged.

    Returns
    -------
    GeoDataFrame
        Table ``findings``: ``street.grade`` (error), ``street.grade_part`` (warning), both in %,
        and one ``street.grade_unknown`` (info) with the number of streets without a grade.

    Raises
    ------
    CRSError
        If the layer is not in metres.
    SchemaError
        If the grades are missing.

    References
    ----------
    RNE GH.020: carriageways of 12 % at most, 15 % for at most 50 m where vehicles turn.

    Examples
    --------
    >>> line = shapely.LineString([(0, 0), (90, 0)])
    >>> steep = {"width": 12.0, "grade": [0.05, 0.11, 0.13], "grade_max": [0.06, 0.14, 0.15]}
    >>> lines = geopandas.GeoDataFrame(steep, geometry=[line] * 3, crs=32719)
    >>> check_grades(lines, ilo_gis.norms.load("pe"))[["feature", "rule"]].values.tolist()
    [['2', 'street.grade'], ['1', 'street.grade_part']]
    """
    require_metres(street_lines, "street_lines")
    lacking = [name for name in ("grade", "grade_max") if name not in street_lines]
    if lacking:
        raise SchemaError(
            f"street_lines have no column {' and no column '.join(map(repr, lacking))}. Measure the grades: "
            "`street_grades(street_lines, elevation)`."
        )
    mean, most = (street_lines[name].to_numpy(dtype=float) for name in ("grade", "grade_max"))
    unknown = np.isnan(mean) | np.isnan(most)
    parts = [findings("street_lines", street_lines.iloc[:0], "street.grade")]
    if unknown.any():
        parts.append(
            findings("street_lines", None, "street.grade_unknown", found=unknown.sum(), crs=street_lines.crs)
        )
    norm = norms.get("gh020.grade")
    if norm is None:
        return join_findings(*parts)
    usual, turning = norm.value["max"], norm.value["turning_max"]
    steep = mean > usual
    broken = [
        ("street.grade", steep, mean, usual),
        ("street.grade", ~steep & (most > turning), most, turning),
        ("street.grade_part", ~steep & (most > usual) & ~(most > turning), most, usual),
    ]
    parts += [
        findings(
            "street_lines",
            street_lines[fault],
            rule,
            detail=f"{norm.value['turning_max_length']:g}",
            article=norm.article,
            required=100 * limit,
            found=100 * found[fault],
        )
        for rule, fault, found, limit in broken
    ]
    return join_findings(*parts)
