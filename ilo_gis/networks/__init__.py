"""Networks along streets: water under pressure, sewers by gravity, paving by block."""

from ilo_gis.networks.graph import StreetGraph, street_graph
from ilo_gis.networks.network import Network
from ilo_gis.networks.paving import paving
from ilo_gis.networks.sewer import sewer
from ilo_gis.networks.terms import SewerTerms, WaterTerms
from ilo_gis.networks.water import water

__all__ = ["Network", "SewerTerms", "StreetGraph", "WaterTerms", "paving", "sewer", "street_graph", "water"]
