"""Siting of what comes before networks: public taps and latrines."""

from ilo_gis.siting.tap_terms import TapTerms
from ilo_gis.siting.taps import Taps, taps

__all__ = ["TapTerms", "Taps", "taps"]
