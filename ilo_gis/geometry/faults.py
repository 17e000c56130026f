"""What is wrong with geometries, told one by one. Nothing is repaired here."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

__all__ = ["faults"]

NAMES = np.array(  # by shapely's type id; the last is that of a missing geometry
    [
        "Point",
        "LineString",
        "LinearRing",
        "Polygon",
        "MultiPoint",
        "MultiLineString",
        "MultiPolygon",
        "GeometryCollection",
        "None",
    ]
)


def faults(geometries: NDArray[np.object_], kinds: tuple[str, ...]) -> NDArray[np.object_]:
    """Say what is wrong with each geometry.

    Parameters
    ----------
    geometries : array of shapely geometries, any shape
        ``None`` stands for a missing geometry.
    kinds : tuple of str
        Geometry types that are welcome, such as ``("Polygon", "MultiPolygon")``.

    Returns
    -------
    array of str or None
        The reason, or ``None`` where the geometry is sound.

    Examples
    --------
    >>> bowtie = shapely.from_wkt("POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))")
    >>> faults(np.array([bowtie, None, shapely.box(0, 0, 1, 1)]), ("Polygon",)).tolist()
    ['Self-intersection[1 1]', 'no geometry', None]
    """
    geometries = np.asarray(geometries, dtype=object)
    reasons = np.full(geometries.shape, None, dtype=object)

    def note(where: NDArray[np.bool_], text: object) -> None:
        reasons[where & (reasons == None)] = text  # noqa: E711  (elementwise)

    note(shapely.is_missing(geometries), "no geometry")
    note(shapely.is_empty(geometries), "empty geometry")
    found = NAMES[shapely.get_type_id(geometries)]
    for kind in np.unique(found[~np.isin(found, kinds)]):
        note(found == kind, f"a {kind} where {' or '.join(kinds)} is needed")
    finite = np.ones(geometries.shape, dtype=bool)
    finite[reasons == None] = _finite(geometries[reasons == None])  # noqa: E711
    note(~finite, "a coordinate is NaN or infinite")
    open_ = reasons == None  # noqa: E711
    valid = np.ones(geometries.shape, dtype=bool)
    valid[open_] = shapely.is_valid(geometries[open_])
    reasons[~valid] = shapely.is_valid_reason(geometries[~valid])
    return reasons


def _finite(geometries: NDArray[np.object_]) -> NDArray[np.bool_]:
    xy, owner = shapely.get_coordinates(geometries, return_index=True)
    finite = np.ones(len(geometries), dtype=bool)
    finite[owner[~np.isfinite(xy).all(axis=1)]] = False
    return finite
