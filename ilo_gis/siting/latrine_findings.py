"""What is told of latrines: room, fall, and the distances of the norms."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from ilo_gis.siting.latrine_terms import LatrineTerms
from ilo_gis.tables import findings, join_findings

__all__ = ["latrine_findings"]

ARTICLE = "module 1425; Sphere 2011"

Bools = NDArray[np.bool_]


def latrine_findings(
    lots: gpd.GeoDataFrame,
    table: gpd.GeoDataFrame,
    narrow: Bools,
    uphill: Bools,
    gap: NDArray[np.float64],
    houses: bool,
    terms: LatrineTerms,
) -> gpd.GeoDataFrame:
    """Hold latrines to their terms.

    Where houses are not known, what no lot of usual width can keep to, the distance to neighbours, is
    told once for all lots; else house by house.
    """
    inset = terms.pit / 2 + terms.margin
    off = gap > terms.front_within
    told = [
        findings("latrines", lots[narrow], "latrines.no_room", required=2 * inset),
        findings("latrines", lots[off], "latrines.off_street", required=terms.front_within, found=gap[off]),
    ]
    low = uphill & table["fall"].notna().to_numpy()
    need = (terms.grade * table["to_sewer"] - terms.sewer_depth)[low]
    told.append(findings("latrines", table[low], "latrines.uphill", required=need, found=table["fall"][low]))
    for column, rule, least in (
        ("to_house", "latrines.near_house", terms.from_house),
        ("to_water", "latrines.near_water", terms.from_water_min),
    ):
        close = (table[column] < least).to_numpy()
        told.append(_close(table[close], rule, column, least))
    advised = (
        (table["to_water"] >= terms.from_water_min) & (table["to_water"] < terms.from_water)
    ).to_numpy()
    told.append(_close(table[advised], "latrines.water_advised", "to_water", terms.from_water))
    close = (table["to_neighbour"] < terms.from_house).to_numpy()
    if houses:
        told.append(_close(table[close], "latrines.near_neighbour", "to_neighbour", terms.from_house))
    elif close.any():
        least, many = float(table["to_neighbour"].min()), f"{close.sum()}/{len(table)}"
        about = {"required": terms.from_house, "found": least, "detail": many, "crs": table.crs}
        told.append(findings("latrines", None, "latrines.neighbours", article=ARTICLE, **about))
    return join_findings(*told)


def _close(rows: gpd.GeoDataFrame, rule: str, column: str, least: float) -> gpd.GeoDataFrame:
    return findings("latrines", rows, rule, article=ARTICLE, required=least, found=rows[column])
