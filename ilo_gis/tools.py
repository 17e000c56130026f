"""The public catalogue: every tool is one typed function, tables in, tables out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from ilo_gis import promuvi, relocation, site
from ilo_gis.networks import paving, sewer, water
from ilo_gis.promuvi import allot, check_events, design_fits, forecast, lot_progress, rank, service_progress
from ilo_gis.relocation import (
    adjoining_lots,
    check_programme,
    check_shore,
    match,
    programme_rows,
    schedule,
    stretches,
)
from ilo_gis.site import buildable, cells, held_share, slope_constraints, suitability
from ilo_gis.siting import latrines, taps
from ilo_gis.subdivision import (
    area_table,
    blocks_from_streets,
    check_blocks,
    check_grades,
    check_lots,
    check_perimeter,
    cut_lots,
    layout_streets,
    letter_blocks,
    lot_sides,
    perimeter_vertices,
    plan_site,
    reserve_blocks,
    street_grades,
)
from ilo_gis.workflows import lots_from_streets, lots_in_blocks
from ilo_gis.zoning import (
    assign,
    capacity,
    check_density,
    check_zoning,
    lot_conformity,
    phase,
    share_land,
    zones_by_area,
    zones_on,
)

__all__ = ["NAMES", "TOOLS"]

TOOLS: tuple[Callable[..., Any], ...] = (
    plan_site,
    lots_from_streets,
    lots_in_blocks,
    layout_streets,
    blocks_from_streets,
    letter_blocks,
    reserve_blocks,
    cut_lots,
    lot_sides,
    perimeter_vertices,
    check_perimeter,
    check_blocks,
    street_grades,
    check_grades,
    check_lots,
    area_table,
    assign,
    lot_conformity,
    share_land,
    check_zoning,
    zones_on,
    capacity,
    check_density,
    phase,
    site.constraints,
    buildable,
    slope_constraints,
    held_share,
    cells,
    suitability,
    zones_by_area,
    stretches,
    check_shore,
    adjoining_lots,
    match,
    schedule,
    relocation.state_on,
    check_programme,
    programme_rows,
    paving,
    water,
    sewer,
    taps,
    latrines,
    design_fits,
    rank,
    allot,
    promuvi.state_on,
    check_events,
    lot_progress,
    service_progress,
    forecast,
)


def _names() -> dict[str, Callable[..., Any]]:
    """Return the tools by name; those whose name another has too are named after their domain."""
    common = Counter(tool.__name__ for tool in TOOLS)
    return {
        tool.__name__
        if common[tool.__name__] == 1
        else f"{tool.__module__.split('.')[1]}_{tool.__name__}": tool
        for tool in TOOLS
    }


NAMES: Mapping[str, Callable[..., Any]] = MappingProxyType(_names())  # in the order of TOOLS
