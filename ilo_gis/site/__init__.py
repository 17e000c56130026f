"""The ground before any plan: what of a site may be built on, what may not, and why."""

from ilo_gis.site.buildable import buildable

__all__ = ["buildable"]
