"""Urban planning with GeoDataFrames: norms, blocks, lots, checks, from site to title.

Sub-packages load on first use, so that ``import ilo_gis`` stays cheap in QGIS and on the
command line.
"""

from __future__ import annotations

import importlib
from types import ModuleType

__all__ = [
    "errors",
    "geometry",
    "io",
    "networks",
    "norms",
    "plotting",
    "promuvi",
    "relocation",
    "reports",
    "scale",
    "site",
    "subdivision",
    "tables",
    "tools",
    "workflows",
    "zoning",
]


def __getattr__(name: str) -> ModuleType:
    if name in __all__:
        return importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
