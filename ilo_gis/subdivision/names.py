"""Names of new streets."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ilo_gis.geometry.lines import runs_on

__all__ = ["name_streets"]

WORDS = {"principal": "Avenida", "passage": "Pasaje"}  # all other classes are a Calle


def name_streets(street_lines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Name streets that have no name: Avenida, Calle or Pasaje with a number, from north to south.

    Parameters
    ----------
    street_lines : GeoDataFrame
        Table ``street_lines``; lines that lead straight on have one name.

    Returns
    -------
    GeoDataFrame
        The same with all names.

    Examples
    --------
    >>> lines = [shapely.LineString([(0, 0), (50, 0)]), shapely.LineString([(50, 0), (99, 0)])]
    >>> table = geopandas.GeoDataFrame(
    ...     {"street_class": ["secondary"] * 2, "width": 12.0, "name": None}, geometry=lines, crs=32719
    ... )
    >>> name_streets(table)["name"].tolist()
    ['Calle 1', 'Calle 1']
    """
    shapes = np.asarray(street_lines.geometry.array, dtype=object)
    if not len(shapes):
        return street_lines
    kind = street_lines["street_class"].astype(object).map(WORDS).fillna("Calle").to_numpy(dtype=object)
    # streets of another class do not lead on: the width stands for both
    street = runs_on(shapes, street_lines["width"].to_numpy(dtype=float) + 1000.0 * pd.factorize(kind)[0])
    middle = shapely.get_coordinates(shapely.centroid(shapes))
    length = shapely.length(shapes)
    weight = np.bincount(street, length)[street]
    north = np.bincount(street, middle[:, 1] * length)[street] / weight
    west = np.bincount(street, middle[:, 0] * length)[street] / weight
    order = pd.DataFrame({"kind": kind, "north": -north.round(3), "west": west.round(3), "street": street})
    order = (
        order[street_lines["name"].isna().to_numpy()].drop_duplicates("street").sort_values(["north", "west"])
    )
    number = order.groupby("kind").cumcount() + 1
    names = dict(zip(order["street"], order["kind"] + " " + number.astype(str), strict=True))
    given = street_lines["name"].astype(object)
    new = pd.Series([names.get(s) for s in street], index=street_lines.index, dtype=object)
    return street_lines.assign(name=given.where(given.notna(), new).astype("string"))
