"""Subdivision (trazado y lotización): streets, blocks, lots, their numbers and their proof."""

from ilo_gis.subdivision.accounts import area_table
from ilo_gis.subdivision.blocks import blocks_from_streets, layout_streets
from ilo_gis.subdivision.brief import Brief, ParkRule
from ilo_gis.subdivision.changes import Changes
from ilo_gis.subdivision.grades import check_grades, street_grades
from ilo_gis.subdivision.indicators import indicators, reserve_shares
from ilo_gis.subdivision.joins import join_candidates
from ilo_gis.subdivision.lots import cut_lots
from ilo_gis.subdivision.numbering import letter_blocks
from ilo_gis.subdivision.perimeter import check_perimeter, perimeter_vertices, site_outline
from ilo_gis.subdivision.planning import plan_alternatives, plan_site
from ilo_gis.subdivision.quality import check, check_blocks, check_cover, check_lots
from ilo_gis.subdivision.recorded import recorded, rule_of
from ilo_gis.subdivision.replan import replan
from ilo_gis.subdivision.reserve_checks import check_reserves
from ilo_gis.subdivision.reserve_land import place_reserves
from ilo_gis.subdivision.reserves import reserve_blocks
from ilo_gis.subdivision.reserves_missing import missing_reserves
from ilo_gis.subdivision.rule import LotRule
from ilo_gis.subdivision.scenarios import compare
from ilo_gis.subdivision.sides import describe_sides, lot_sides, with_street_names
from ilo_gis.subdivision.streets import clean_streets
from ilo_gis.subdivision.zones import name_rules

__all__ = [
    "Brief",
    "Changes",
    "LotRule",
    "ParkRule",
    "area_table",
    "blocks_from_streets",
    "check",
    "check_blocks",
    "check_cover",
    "check_grades",
    "check_lots",
    "check_perimeter",
    "check_reserves",
    "clean_streets",
    "compare",
    "cut_lots",
    "describe_sides",
    "indicators",
    "join_candidates",
    "layout_streets",
    "letter_blocks",
    "lot_sides",
    "missing_reserves",
    "name_rules",
    "perimeter_vertices",
    "place_reserves",
    "plan_alternatives",
    "plan_site",
    "recorded",
    "replan",
    "reserve_blocks",
    "reserve_shares",
    "rule_of",
    "site_outline",
    "street_grades",
    "with_street_names",
]
