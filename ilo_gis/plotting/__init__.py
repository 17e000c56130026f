"""Maps and styles. Matplotlib loads on first use (extra ``plot``)."""

from ilo_gis.plotting.comparison import compare_map
from ilo_gis.plotting.maps import plan_map
from ilo_gis.plotting.qml import qml
from ilo_gis.plotting.styles import STYLES, LayerStyle, Symbol

__all__ = ["STYLES", "LayerStyle", "Symbol", "compare_map", "plan_map", "qml"]
