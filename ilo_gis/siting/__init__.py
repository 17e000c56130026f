"""Siting of what comes before networks: public taps and latrines."""

from ilo_gis.siting.latrine_terms import LatrineTerms, latrine_words
from ilo_gis.siting.latrines import Latrines, latrines
from ilo_gis.siting.tap_terms import TapTerms
from ilo_gis.siting.taps import Taps, taps

__all__ = ["LatrineTerms", "Latrines", "TapTerms", "Taps", "latrine_words", "latrines", "taps"]
