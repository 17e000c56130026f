"""Relocations: what stood on the seafront, where it goes, and what of the coast that frees."""

from ilo_gis.relocation.receiving import Reservation, adjoining_lots, reserve_lots
from ilo_gis.relocation.states import state_on, steps

__all__ = ["Reservation", "adjoining_lots", "reserve_lots", "state_on", "steps"]
