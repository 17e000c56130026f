"""The public catalogue: every tool is one typed function, tables in, tables out."""

from __future__ import annotations

from ilo_gis.networks import paving
from ilo_gis.promuvi import design_fits, lot_progress
from ilo_gis.relocation import adjoining_lots, check_shore, programme_rows, stretches
from ilo_gis.site import held_share, suitability
from ilo_gis.subdivision import (
    area_table,
    blocks_from_streets,
    check_blocks,
    check_grades,
    check_lots,
    check_perimeter,
    cut_lots,
    letter_blocks,
    lot_sides,
    perimeter_vertices,
    reserve_blocks,
)
from ilo_gis.zoning import (
    assign,
    capacity,
    check_density,
    check_zoning,
    lot_conformity,
    share_land,
    zones_by_area,
)

__all__ = ["TOOLS"]

TOOLS = (
    blocks_from_streets,
    letter_blocks,
    reserve_blocks,
    cut_lots,
    lot_sides,
    perimeter_vertices,
    check_perimeter,
    check_blocks,
    check_grades,
    check_lots,
    area_table,
    assign,
    lot_conformity,
    share_land,
    check_zoning,
    capacity,
    check_density,
    held_share,
    suitability,
    zones_by_area,
    stretches,
    check_shore,
    adjoining_lots,
    programme_rows,
    paving,
    design_fits,
    lot_progress,
)
