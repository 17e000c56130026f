"""A plan: the tables that describe one layout of one site."""

from __future__ import annotations

from dataclasses import dataclass, field

import geopandas as gpd
import pandas as pd

from ilo_gis.tables.schema import empty

__all__ = ["Plan"]


@dataclass(frozen=True)
class Plan:
    """The tables of one layout. Streets, blocks, reserves and lots are polygons in one CRS.

    Attributes
    ----------
    streets : GeoDataFrame
        Table ``streets``: street land. Together with `blocks` it covers the site exactly.
    street_lines : GeoDataFrame
        Table ``street_lines``: the cleaned centre lines.
    blocks : GeoDataFrame
        Table ``blocks``.
    reserves : GeoDataFrame
        Table ``reserves``: blocks kept for public use.
    lots : GeoDataFrame
        Table ``lots``: lots and remnants. Together with `reserves` they cover the blocks exactly.
    findings : GeoDataFrame
        Table ``findings``: what is wrong or worth knowing.
    summary : DataFrame
        Table ``summary``: the area table (cuadro de áreas).
    indicators : DataFrame
        Table ``indicators``: figures of the plan with their targets; empty if nobody asked for them.
    losses : GeoDataFrame
        Table ``losses``: land of the site that is not for building, with the reason.
    lineage : DataFrame
        Table ``lineage``: which lot came from which, after a change to a plan.
    """

    streets: gpd.GeoDataFrame
    street_lines: gpd.GeoDataFrame
    blocks: gpd.GeoDataFrame
    reserves: gpd.GeoDataFrame
    lots: gpd.GeoDataFrame
    findings: gpd.GeoDataFrame
    summary: pd.DataFrame
    indicators: pd.DataFrame = field(default_factory=lambda: empty("indicators"))
    losses: gpd.GeoDataFrame = None  # filled below: a layer needs a CRS
    lineage: pd.DataFrame = field(default_factory=lambda: empty("lineage"))

    def __post_init__(self) -> None:
        if self.losses is None:
            object.__setattr__(self, "losses", empty("losses", self.blocks.crs))
