"""What every public function asks of a layer before it works on it."""

from __future__ import annotations

import geopandas as gpd
import numpy as np

from ilo_gis.errors import CRSError, GeometryError, SchemaError, some_ids
from ilo_gis.geometry.faults import faults

__all__ = ["require_geometry", "require_metres", "require_same_crs"]

SHOWN = 10  # how many features an error names before it says "and so many more"


def require_metres(layer: gpd.GeoDataFrame, name: str = "layer") -> None:
    """Raise unless a layer is projected in metres.

    Parameters
    ----------
    layer : GeoDataFrame
        Any layer.
    name : str
        What to call the layer in the message.

    Raises
    ------
    CRSError
        If the CRS is missing, geographic, or not in metres.

    Examples
    --------
    >>> require_metres(geopandas.GeoDataFrame(geometry=[], crs=4326))
    Traceback (most recent call last):
    ilo_gis.errors.CRSError: layer: WGS 84 is measured in degree. Project it: `layer.to_crs(32719)` ...
    """
    crs = layer.crs
    if crs is None:
        raise _without_crs(name)
    unit = crs.axis_info[0].unit_name
    if unit != "metre":
        raise CRSError(
            f"{name}: {crs.name} is measured in {unit}. Project it: `{name}.to_crs(32719)` at Ilo, "
            f"`{name}.to_crs({name}.estimate_utm_crs())` elsewhere."
        )


def require_same_crs(**layers: gpd.GeoDataFrame | None) -> None:
    """Raise if two layers have different CRS; layers that are None do not count.

    Raises
    ------
    CRSError
        If one has none, or they differ. Nothing is reprojected silently.
    """
    given = {name: layer.crs for name, layer in layers.items() if layer is not None}
    for name, crs in given.items():
        if crs is None:
            raise _without_crs(name)
    first, *others = given
    for name in others:
        if given[name] != given[first]:
            raise CRSError(
                f"{name} is in {given[name].name}, {first} in {given[first].name}. "
                f"Bring them together: `{name}.to_crs({first}.crs)`."
            )


def _without_crs(name: str) -> CRSError:
    return CRSError(
        f"{name} has no CRS. Set the one its coordinates are in: `{name}.set_crs(32719)` at Ilo, "
        "or `--crs EPSG:32719` on the command line."
    )


def require_geometry(layer: gpd.GeoDataFrame, *kinds: str, name: str = "layer") -> None:
    """Raise unless every geometry is present, sound and of a kind, and the index has no repeats.

    Parameters
    ----------
    layer : GeoDataFrame
        Any layer.
    *kinds : str
        Geometry types that are welcome.
    name : str
        What to call the layer in the message.

    Raises
    ------
    SchemaError
        If an index value repeats.
    GeometryError
        If geometries are missing, empty, of another type, not finite or invalid. The features
        are named one by one with the reason.
    """
    if not layer.index.is_unique:
        repeats = layer.index[layer.index.duplicated()].unique().tolist()
        raise SchemaError(
            f"{name}: the index repeats {some_ids(repeats)}. Give each feature its own id: "
            f"`{name}.reset_index()`."
        )
    reasons = faults(np.asarray(layer.geometry.array, dtype=object), kinds)
    wrong = np.flatnonzero(reasons != None)  # noqa: E711  (elementwise)
    if len(wrong):
        listed = "\n".join(f"- {layer.index[i]}: {reasons[i]}" for i in wrong[:SHOWN])
        more = f"\n- and {len(wrong) - SHOWN} more" if len(wrong) > SHOWN else ""
        raise GeometryError(
            f"{name}: {len(wrong)} of {len(layer)} geometries cannot be used:\n{listed}{more}\n"
            f"Mend them at their source, or drop them: `{name}.drop(index=[...])`. "
            "`ilo-gis check FILE` lists all of them."
        )
