"""Relocations: what stood on the seafront, where it goes, and what of the coast that frees."""

from ilo_gis.relocation.states import state_on, steps

__all__ = ["state_on", "steps"]
