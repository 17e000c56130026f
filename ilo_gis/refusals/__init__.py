"""What the library refuses, said in Spanish: its errors are English, planners read Spanish."""

from ilo_gis.refusals.saying import said

__all__ = ["said"]
