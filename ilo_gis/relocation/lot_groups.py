"""Groups of adjoining lots for those who may go to lots of a plan."""

from __future__ import annotations

from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import pandas as pd

from ilo_gis.relocation.needs import Needs, household_count
from ilo_gis.relocation.receiving import adjoining_lots
from ilo_gis.tables import empty

__all__ = ["sites_on_lots"]


def sites_on_lots(
    occupants: gpd.GeoDataFrame,
    lots: gpd.GeoDataFrame,
    needs: Needs,
    *,
    reading: str = "households",
    taken: Iterable[str] = (),
) -> gpd.GeoDataFrame:
    """Return groups of adjoining lots of a plan as large as occupants need, for `match` to choose from.

    A household needs a lot, and what land `needs` asks for; where their number is not known, there is one.

    Parameters
    ----------
    occupants : GeoDataFrame
        Table ``occupants``. Only those count that may go to lots of a plan (``on_lots`` of their need).
    lots : GeoDataFrame
        Table ``lots`` of a plan, in metres.
    needs : Needs
        Needs by kind of occupant.
    reading : {"households", "persons"}
        As for `match`.
    taken : iterable of str
        Lots that cannot be had: allotted, or reserved for others.

    Returns
    -------
    GeoDataFrame
        Table ``receiving_sites``, as `adjoining_lots` gives it, with the uses that the occupants look for.

    Raises
    ------
    CRSError, GeometryError, RuleError
        As for `adjoining_lots` and `match`.

    Examples
    --------
    >>> shapes = [shapely.box(8 * k, 0, 8 * k + 8, 20) for k in range(20)]
    >>> lots = geopandas.GeoDataFrame({"block_id": "K", "kind": "lot"}, geometry=shapes, crs=32719,
    ...     index=pandas.Index([f"K-{k:02}" for k in range(20)], name="lot_id"))
    >>> people = geopandas.GeoDataFrame({"kind": ["households"], "area": [4000.0], "count": [60]},
    ...     index=["la_picuda"], geometry=[shapely.box(0, 0, 50, 80)], crs=32719)
    >>> sites_on_lots(people, lots, ilo_gis.relocation.usual_needs(), reading="persons").index.tolist()
    ['K-00/12']
    """
    wants = needs.of(occupants)
    count = household_count(occupants, reading, needs.persons_per_household).fillna(1).to_numpy(float)
    area = np.array([want.area_share for want in wants]) * occupants["area"].to_numpy(float)
    area += np.array([want.area_per_household for want in wants]) * count
    asked = {
        (max(int(number), 1), float(land), ";".join(want.uses) or None)
        for number, land, want in zip(count, area, wants, strict=True)
        if want.on_lots
    }
    order = sorted(asked, key=str)
    taken = list(taken)
    found = [adjoining_lots(lots, n, area=land, taken=taken, uses=uses) for n, land, uses in order]
    filled = [table for table in found if len(table)]
    if not filled:
        return empty("receiving_sites", lots.crs)
    sites = gpd.GeoDataFrame(pd.concat(filled), crs=lots.crs)
    uses = sites.groupby(level=0)["uses"].agg(lambda said: ";".join(dict.fromkeys(";".join(said).split(";"))))
    sites = sites[~sites.index.duplicated()]
    return sites.assign(uses=uses.reindex(sites.index).astype("string"))
