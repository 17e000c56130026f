"""The ground before any plan: what of a site may be built on, what may not, and why."""

from ilo_gis.site.balance import balance
from ilo_gis.site.buildable import buildable
from ilo_gis.site.constraints import Source, constraints
from ilo_gis.site.holdings import held_share
from ilo_gis.site.slope import slope_classes, slope_constraints

__all__ = [
    "Source",
    "balance",
    "buildable",
    "constraints",
    "held_share",
    "slope_classes",
    "slope_constraints",
]
