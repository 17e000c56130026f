"""Planning rules as dated data: each with its value, unit, article, source and how far to trust it."""

from ilo_gis.norms.loading import load
from ilo_gis.norms.mapping import Norms, UnknownNormError
from ilo_gis.norms.norm import Norm, Reading
from ilo_gis.sources import CONFIDENCE, STATUS

__all__ = ["CONFIDENCE", "STATUS", "Norm", "Norms", "Reading", "UnknownNormError", "load"]
