"""From when to when occupants were on the seafront, as columns that a map with a time slider reads."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from ilo_gis.relocation.states import in_effect, steps
from ilo_gis.tables import conform

__all__ = ["occupancy"]

DAY = pd.Timedelta(days=1)


def occupancy(occupants: gpd.GeoDataFrame, moves: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return occupants with the first day that is told of them and the last one on the seafront.

    Land is free from the day on which it was cleared; the last day is the one before. It is that of the
    events in effect: of one who came back and left again, the last leaving.

    Parameters
    ----------
    occupants : GeoDataFrame
        Table ``occupants``, polygons in a CRS in metres.
    moves : DataFrame
        Table ``moves``.

    Returns
    -------
    GeoDataFrame
        Table ``occupants`` with ``start`` (as given, else the day of the first event) and ``end`` (empty
        for those who are there).

    Raises
    ------
    CRSError
        If `occupants` is not in metres.
    SchemaError
        If a table does not have its columns and types, or a step is unknown.

    Examples
    --------
    >>> land = geopandas.GeoDataFrame(
    ...     {"name": "IMARPE", "kind": "institution", "area": 100.0}, index=["imarpe"],
    ...     geometry=[shapely.box(0, 0, 10, 10)], crs=32719)
    >>> days = pandas.to_datetime(["1993-01-31", "1994-09-30"])
    >>> moves = pandas.DataFrame({"occupant_id": "imarpe", "step": ["listed", "cleared"], "date": days})
    >>> occupancy(land, moves.rename_axis("move_id"))[["start", "end"]].astype(str).values.tolist()
    [['1993-01-31', '1994-09-29']]
    """
    table = conform(occupants, "occupants")
    events, known = in_effect(moves), steps()
    days = events.groupby(events["occupant_id"].astype(str))["date"].min()
    freeing = events[events["step"].astype(str).isin(known.index[known["free"]])]
    left = freeing.groupby(freeing["occupant_id"].astype(str))["date"].min() - DAY
    ids = table.index.astype(str)
    start = pd.Series(days.reindex(ids).to_numpy(), table.index)
    if "start" in table:
        start = table["start"].fillna(start)
    return conform(table.assign(start=start, end=left.reindex(ids).to_numpy()), "occupants")
