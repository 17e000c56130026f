"""Zones and growth: what may be built where, which land is opened when, and who gets it."""

from ilo_gis.zoning.assignment import assign
from ilo_gis.zoning.capacity import capacity, check_density, zones_by_area
from ilo_gis.zoning.certificates import certificate
from ilo_gis.zoning.checks import check_zoning
from ilo_gis.zoning.conformity import lot_conformity
from ilo_gis.zoning.demand import demand_series, growth_rates, level_demand, population, scenario_rates
from ilo_gis.zoning.facilities import facilities_needed
from ilo_gis.zoning.groups import Group, groups_from, usual_groups
from ilo_gis.zoning.phasing import Phasing, compare_phasing, phase
from ilo_gis.zoning.phasing_terms import PhasingTerms
from ilo_gis.zoning.reading import read_zoning
from ilo_gis.zoning.rezoning import Rezoning, ZoneChange, rezone
from ilo_gis.zoning.sharing import share_figures, share_land
from ilo_gis.zoning.uses import Permission, permitted, use_index
from ilo_gis.zoning.versions import zones_on

__all__ = [
    "Group",
    "Permission",
    "Phasing",
    "PhasingTerms",
    "Rezoning",
    "ZoneChange",
    "assign",
    "capacity",
    "certificate",
    "check_density",
    "check_zoning",
    "compare_phasing",
    "demand_series",
    "facilities_needed",
    "groups_from",
    "growth_rates",
    "level_demand",
    "lot_conformity",
    "permitted",
    "phase",
    "population",
    "read_zoning",
    "rezone",
    "scenario_rates",
    "share_figures",
    "share_land",
    "use_index",
    "usual_groups",
    "zones_by_area",
    "zones_on",
]
