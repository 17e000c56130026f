"""Maps and styles. Matplotlib loads on first use (extra ``plot``)."""

from ilo_gis.plotting.comparison import compare_map
from ilo_gis.plotting.growth_maps import phases_map
from ilo_gis.plotting.maps import plan_map
from ilo_gis.plotting.qml import qml
from ilo_gis.plotting.share_maps import shares_map
from ilo_gis.plotting.styles import STYLES, LayerStyle, Symbol
from ilo_gis.plotting.suitability_maps import suitability_map
from ilo_gis.plotting.zoning_maps import constraints_map, zoning_map
from ilo_gis.plotting.zoning_styles import ZONING_STYLES

__all__ = [
    "STYLES",
    "ZONING_STYLES",
    "LayerStyle",
    "Symbol",
    "compare_map",
    "constraints_map",
    "phases_map",
    "plan_map",
    "qml",
    "shares_map",
    "suitability_map",
    "zoning_map",
]
