"""Subdivision (trazado y lotización): streets, blocks, lots, their numbers and their proof."""

from ilo_gis.subdivision.accounts import area_table
from ilo_gis.subdivision.lots import cut_lots
from ilo_gis.subdivision.numbering import letter_blocks
from ilo_gis.subdivision.quality import check, check_blocks, check_cover, check_lots
from ilo_gis.subdivision.rule import LotRule

__all__ = [
    "LotRule",
    "area_table",
    "check",
    "check_blocks",
    "check_cover",
    "check_lots",
    "cut_lots",
    "letter_blocks",
]
