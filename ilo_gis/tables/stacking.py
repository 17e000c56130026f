"""Tables put one below the other, whose columns without a value have no type of their own."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd

__all__ = ["alike"]


def alike(tables: Sequence[gpd.GeoDataFrame]) -> list[gpd.GeoDataFrame]:
    """Return tables whose columns without a value have the type they have where there is one.

    pandas will take the type of columns without a value into account one day, and warns of it now.

    Examples
    --------
    >>> one = geopandas.GeoDataFrame({"use": [None]})
    >>> two = geopandas.GeoDataFrame({"use": pandas.array(["park"], "string")})
    >>> [str(table.dtypes["use"]) for table in alike([one, two])]
    ['string', 'string']
    """
    names = [name for name in tables[0] if len({table.dtypes.get(name) for table in tables}) > 1]
    told = {name: [t.dtypes[name] for t in tables if name in t and t[name].notna().any()] for name in names}
    return [
        table.astype(
            {
                name: told[name][0]
                for name in names
                if told[name] and name in table and table[name].isna().all()
            }
        )
        for table in tables
    ]
