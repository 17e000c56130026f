"""The ground before any plan: what of a site may be built on, what may not, and why."""

from ilo_gis.site.buildable import buildable
from ilo_gis.site.constraints import Source, constraints

__all__ = ["Source", "buildable", "constraints"]
