"""Who holds the land that is fit for building."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ilo_gis.errors import SchemaError
from ilo_gis.tables import empty, require_geometry, require_metres, require_same_crs
from ilo_gis.tables.indicators import Row, indicator_table
from ilo_gis.tables.kinds import Kind, kinds, usual_kinds

__all__ = ["held_share"]

POLYGONS = ("Polygon", "MultiPolygon")
LEAST = 1e-6  # share of the land below which nobody's land, or that of two, is rounding
UNIT, SOURCE = "%", "holdings over the land fit for building"


def held_share(land: gpd.GeoDataFrame, holdings: gpd.GeoDataFrame, *, holder: str = "holder") -> pd.DataFrame:
    """Return the share of land that each holder has, as indicators.

    Parameters
    ----------
    land : GeoDataFrame
        Polygons, such as the land fit for building that `buildable` returns, in a CRS in metres.
    holdings : GeoDataFrame
        Polygons in the CRS of `land`, with the column that `holder` names: industry, state,
        municipal, private, community, their Spanish words, or any of your own.
    holder : str
        The column.

    Returns
    -------
    DataFrame
        Table ``indicators``, a row for each holder: ``held.industry`` and so on, in % of the area of
        the land; ``held.disputed``, land of two holders at once, which counts for both; and
        ``held.unknown``, land of nobody known. The last two only where there is such land.

    Raises
    ------
    CRSError
        If a layer is not in metres, or the two differ.
    GeometryError
        If geometries are missing, empty, no polygons or invalid; the features are named.
    SchemaError
        If the column is missing.

    References
    ----------
    Balvín, López Follegatti and Hordijk 1996, sections II and V: industry held 70 % of the land
    at Ilo that was fit for urbanisation.

    Examples
    --------
    >>> land = geopandas.GeoDataFrame(geometry=[shapely.box(0, 0, 100, 100)], crs=32719)
    >>> held = [shapely.box(0, 0, 70, 100), shapely.box(70, 0, 90, 200)]
    >>> holdings = geopandas.GeoDataFrame({"holder": ["industria", "state"]}, geometry=held, crs=32719)
    >>> held_share(land, holdings)["value"].to_dict()
    {'held.industry': 70.0, 'held.state': 20.0, 'held.unknown': 10.0}
    """
    require_metres(land, "land")
    require_same_crs(land=land, holdings=holdings)
    require_geometry(land, *POLYGONS, name="land")
    require_geometry(holdings, *POLYGONS, name="holdings")
    if holder not in holdings:
        raise SchemaError(
            f"holdings have no column {holder!r}: who holds each piece of land? The columns are: "
            f"{', '.join(map(str, holdings.columns))}. Name the one that tells: `holder=`."
        )
    whole = shapely.union_all(np.asarray(land.geometry.array, dtype=object))
    if whole.is_empty:
        return empty("indicators")
    who = pd.Series(usual_kinds(holdings[holder], "holdings"), holdings.index)
    parts = {
        name: shapely.intersection(shapely.union_all(np.asarray(own.geometry.array)), whole)
        for name, own in holdings[who != ""].groupby(who[who != ""])
    }
    held = shapely.area(list(parts.values())) / whole.area
    one, other = np.triu_indices(len(parts), 1)
    shapes = np.array(list(parts.values()), dtype=object)
    twice = shapely.union_all(shapely.intersection(shapes[one], shapes[other])).area / whole.area
    none = shapely.difference(whole, shapely.union_all(shapes)).area / whole.area
    known = kinds("holdings")
    order = sorted(zip(parts, held, strict=True), key=lambda pair: _place(pair[0], list(known)))
    rest = [(name, share) for name, share in (("disputed", twice), ("unknown", none)) if share > LEAST]
    return indicator_table([_row(name, 100 * share, known) for name, share in [*order, *rest]])


def _place(name: str, known: list[str]) -> tuple[int, str]:
    """Return where a holder stands: known ones as in their file, others behind by name."""
    return (known.index(name) if name in known else len(known), name)


def _row(name: str, share: float, known: Mapping[str, Kind]) -> Row:
    en, es = (known[name].en, known[name].es) if name in known else (name, name)
    label, label_es = f"Land fit for building held: {en}", f"Suelo apto para urbanizar en poder de: {es}"
    return Row(f"held.{name}", label, label_es, float(share), UNIT, "neither", np.nan, None, SOURCE)
