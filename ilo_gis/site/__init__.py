"""The ground before any plan: what of a site may be built on, what may not, and why."""

from ilo_gis.site.balance import balance
from ilo_gis.site.buildable import buildable
from ilo_gis.site.constraints import Source, constraints
from ilo_gis.site.factors import Factor, Factors, suitability_factors
from ilo_gis.site.holdings import held_share
from ilo_gis.site.slope import slope_classes, slope_constraints
from ilo_gis.site.suitability import cells, suitability, weight_changes

__all__ = [
    "Factor",
    "Factors",
    "Source",
    "balance",
    "buildable",
    "cells",
    "constraints",
    "held_share",
    "slope_classes",
    "slope_constraints",
    "suitability",
    "suitability_factors",
    "weight_changes",
]
