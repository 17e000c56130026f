"""From one CRS to another, over datums too, by an operation that is chosen and told."""

from __future__ import annotations

import logging
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import CRSError, some_ids

if TYPE_CHECKING:
    from pyproj import CRS, Transformer

__all__ = ["Operation", "crs_of", "operation", "to_crs"]

log = logging.getLogger(__name__)
WHOLE = (-180.0, -90.0, 180.0, 90.0)


@dataclass(frozen=True)
class Operation:
    """How coordinates go from one datum to another.

    Attributes
    ----------
    name, code : str
        Name in the EPSG dataset, such as ``PSAD56 to WGS 84 (8)``; code where a rule of ours names it.
    accuracy : float
        How far a point may lie from its true place afterwards, m; NaN where nobody says.
    """

    name: str
    code: str
    accuracy: float

    @property
    def named(self) -> str:
        """Return its name and its code, which are the same in all languages."""
        return f"{self.name}, {self.code}" if self.code else self.name

    def __str__(self) -> str:
        """Return it in words."""
        return f"{self.named}, accurate to {self.accuracy:g} m"


def crs_of(crs: object) -> CRS:
    """Return a CRS from what a user writes.

    Raises
    ------
    CRSError
        If it is none.

    Examples
    --------
    >>> crs_of("EPSG:32719").name
    'WGS 84 / UTM zone 19S'
    """
    from pyproj import CRS
    from pyproj.exceptions import CRSError as ProjError

    try:
        return CRS.from_user_input(crs)
    except ProjError as error:
        raise CRSError(
            f"{crs!r} is not a CRS. Write it like EPSG:32719 (Ilo: WGS 84 / UTM zone 19S)."
        ) from error


def operation(layer: gpd.GeoDataFrame, crs: object) -> Operation | None:
    """Tell by which operation a layer goes to another datum, and how accurate that is.

    Parameters
    ----------
    layer : GeoDataFrame
        Any layer with a CRS; where it lies decides which operations hold.
    crs : int, str or CRS
        CRS wanted.

    Returns
    -------
    Operation or None
        None where both have one datum: that is exact.

    Raises
    ------
    CRSError
        If `crs` is not a CRS, the layer has none, or no operation without a grid from the network is
        known.

    References
    ----------
    EPSG Geodetic Parameter Dataset, https://epsg.org; IOGP Publication 373-7-2 (methods).

    Examples
    --------
    >>> plan = geopandas.GeoDataFrame(geometry=[shapely.Point(254000, 8046000)], crs=24879)
    >>> print(operation(plan, 32719))
    PSAD56 to WGS 84 (8), EPSG:1208, accurate to 16 m
    """
    return None if (found := _found(layer, crs_of(crs))) is None else found[0]


def to_crs(layer: gpd.GeoDataFrame, crs: object, *, quiet: bool = False) -> gpd.GeoDataFrame:
    """Project a layer; where the datum changes, by the operation that `operation` names; the log tells it.

    Parameters
    ----------
    layer, crs
        As for `operation`.
    quiet : bool
        Whether the log is left alone, because the caller tells the operation.

    Returns
    -------
    GeoDataFrame
        A copy in the CRS wanted. Heights stay as they are. Over datums, there and back is exact to a
        centimetre: heights above the ellipsoid are not known in a plan.

    Raises
    ------
    CRSError
        As `operation`; or if a coordinate has no place in the CRS wanted.

    References
    ----------
    As for `operation`.

    Examples
    --------
    >>> plan = geopandas.GeoDataFrame(geometry=[shapely.Point(254000, 8046000)], crs=24879)
    >>> print(shapely.set_precision(to_crs(plan, 32719).geometry[0], 0.1))
    POINT (253806.4 8045635.3)
    """
    from pyproj import Transformer

    wanted = crs_of(crs)
    if layer.crs is not None and layer.crs == wanted:
        return layer.copy()
    if (found := _found(layer, wanted)) is not None and not quiet:
        log.warning("%s to %s: %s.", layer.crs.name, wanted.name, found[0])
    way = Transformer.from_crs(layer.crs, wanted, always_xy=True) if found is None else found[1]
    shapes = _moved(np.asarray(layer.geometry.array, dtype=object), way)
    moved = layer.set_geometry(gpd.GeoSeries(shapes, index=layer.index, crs=wanted, name=layer.geometry.name))
    _require_place(layer, moved)
    return moved


def _found(layer: gpd.GeoDataFrame, wanted: CRS) -> tuple[Operation, Transformer] | None:
    """Return the operation between two datums with what does it, or None where the datum is the same."""
    if layer.crs is None:
        raise CRSError(
            "The layer has no CRS. Tell the one that its coordinates are in: `layer.set_crs(32719)`."
        )
    if layer.crs.geodetic_crs is None or wanted.geodetic_crs is None:
        raise CRSError(f"{layer.crs.name} or {wanted.name} has no place on the ground: it is a local CRS.")
    if _datum(layer.crs) == _datum(wanted):
        return None
    from pyproj.aoi import AreaOfInterest
    from pyproj.transformer import TransformerGroup

    around = _around(layer)
    area: Any = AreaOfInterest(*around)
    group = TransformerGroup(layer.crs, wanted, always_xy=True, allow_ballpark=False, area_of_interest=area)
    usable = [one for one in group.transformers if not _grids(one) and _holds(one, around)]
    if not usable:
        raise CRSError(
            f"No operation from {layer.crs.name} to {wanted.name} holds where the layer lies "
            f"({around[0]:.2f}, {around[1]:.2f} to {around[2]:.2f}, {around[3]:.2f} degrees). Check its CRS; "
            "else project it with the parameters that your survey office gives."
        )
    ruled = {rule["name"]: rule for rule in _rules()}
    named = [(rule, one) for one in usable for name, rule in ruled.items() if name in one.description]
    if named:
        rule, chosen = named[0]
        accuracy = max(rule["accuracy"], chosen.accuracy)  # the way may go on to a third datum
        return Operation(_name(chosen.description), rule["code"], accuracy), chosen
    chosen = min(usable, key=lambda one: (one.accuracy < 0, one.accuracy, one.description))
    accuracy = chosen.accuracy if chosen.accuracy >= 0 else float("nan")
    return Operation(_name(chosen.description), "", accuracy), chosen


def _moved(shapes: NDArray[np.object_], way: Transformer) -> NDArray[np.object_]:
    """Move geometries in the plane; heights stay, and flat ones stay flat."""
    result = shapes.copy()
    for high in (False, True):
        rows = shapely.has_z(shapes) == high

        def move(points: NDArray[np.float64]) -> NDArray[np.float64]:
            east, north = (
                points[:, 0].tolist(),
                points[:, 1].tolist(),
            )  # one point in an array makes pyproj warn
            return np.column_stack([*way.transform(east, north), *points[:, 2:].T])

        result[rows] = shapely.transform(shapes[rows], move, include_z=high)
    return result


@cache
def _rules() -> list[dict[str, Any]]:
    return tomllib.loads((files(__package__) / "datum.toml").read_text("utf-8"))["operation"]


def _datum(crs: Any) -> str:
    """Return the name of the datum; WGS 84 goes by several names (its realisations, its ensemble)."""
    name = crs.geodetic_crs.datum.name.removesuffix(" ensemble")
    return "WGS 84" if name in ("World Geodetic System 1984", "WGS 84", "WGS_1984", "D_WGS_1984") else name


def _around(layer: gpd.GeoDataFrame) -> tuple[float, float, float, float]:
    """Return the box of a layer in degrees of its own datum."""
    from pyproj import Transformer

    bounds = layer.total_bounds
    if not np.isfinite(bounds).all():
        return WHOLE
    degrees = Transformer.from_crs(layer.crs, layer.crs.geodetic_crs, always_xy=True)
    west, south, east, north = degrees.transform_bounds(*bounds)
    if not np.isfinite([west, south, east, north]).all():
        raise CRSError(
            f"Coordinates up to {np.abs(bounds).max():.6g} lie nowhere in {layer.crs.name}. The layer is in "
            "another CRS than it says; correct it: `layer.set_crs(..., allow_override=True)`."
        )
    return west, south, east, north


def _grids(one: Transformer) -> bool:
    """Tell whether an operation needs a grid: who has it would get other coordinates than who has not."""
    return any(step.grids for step in one.operations or [])


def _holds(one: Transformer, around: tuple[float, float, float, float]) -> bool:
    """Tell whether an operation is meant for the whole of a box."""
    area = one.area_of_use
    west, south, east, north = around
    return area is None or (
        area.west <= west and area.south <= south and east <= area.east and north <= area.north
    )


def _name(description: str) -> str:
    """Return an operation's name without the projections before and behind it."""
    steps = [
        step
        for step in description.split(" + ")
        if not step.startswith(("Inverse of UTM", "UTM", "axis order change", "Conversion"))
    ]
    return " + ".join(steps) or description


def _require_place(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> None:
    """Raise if coordinates became infinite: the layer lies where its CRS has no place."""
    lost = ~np.isfinite(shapely.bounds(np.asarray(after.geometry.array, dtype=object))).all(axis=1)
    lost &= np.isfinite(shapely.bounds(np.asarray(before.geometry.array, dtype=object))).all(axis=1)
    if lost.any():
        raise CRSError(
            f"Coordinates have no place in {after.crs.name}, in features {some_ids(after.index[lost])}. The "
            f"layer is not in {before.crs.name}, as it says; correct it: "
            "`layer.set_crs(..., allow_override=True)`."
        )
