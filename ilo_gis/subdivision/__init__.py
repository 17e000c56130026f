"""Subdivision (trazado y lotización): streets, blocks, lots, their numbers and their proof."""

from ilo_gis.subdivision.lots import cut_lots
from ilo_gis.subdivision.numbering import letter_blocks
from ilo_gis.subdivision.rule import LotRule

__all__ = ["LotRule", "cut_lots", "letter_blocks"]
