"""Maps and styles. Matplotlib loads on first use (extra ``plot``)."""

from ilo_gis.plotting.coast_ribbon import coast_ribbon
from ilo_gis.plotting.comparison import compare_map
from ilo_gis.plotting.growth_maps import phases_map
from ilo_gis.plotting.maps import plan_map
from ilo_gis.plotting.network_maps import network_map, sewer_profile
from ilo_gis.plotting.promuvi_charts import forecast_chart, progress_bars, progress_curves
from ilo_gis.plotting.promuvi_maps import service_map, stage_map
from ilo_gis.plotting.promuvi_styles import PROMUVI_STYLES
from ilo_gis.plotting.qml import qml
from ilo_gis.plotting.relocation_charts import gantt, s_curve
from ilo_gis.plotting.relocation_maps import relocation_map
from ilo_gis.plotting.relocation_styles import RELOCATION_STYLES
from ilo_gis.plotting.share_maps import shares_map
from ilo_gis.plotting.siting_maps import latrines_map, taps_map
from ilo_gis.plotting.styles import STYLES, LayerStyle, Symbol
from ilo_gis.plotting.suitability_maps import suitability_map
from ilo_gis.plotting.zoning_maps import constraints_map, zoning_map
from ilo_gis.plotting.zoning_styles import ZONING_STYLES

__all__ = [
    "PROMUVI_STYLES",
    "RELOCATION_STYLES",
    "STYLES",
    "ZONING_STYLES",
    "LayerStyle",
    "Symbol",
    "coast_ribbon",
    "compare_map",
    "constraints_map",
    "forecast_chart",
    "gantt",
    "latrines_map",
    "network_map",
    "phases_map",
    "plan_map",
    "progress_bars",
    "progress_curves",
    "qml",
    "relocation_map",
    "s_curve",
    "service_map",
    "sewer_profile",
    "shares_map",
    "stage_map",
    "suitability_map",
    "taps_map",
    "zoning_map",
]
