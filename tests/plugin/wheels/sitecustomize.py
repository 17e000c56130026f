"""Wheels inside Debian's QGIS: each keeps to the libraries that came with it.

The programs of QGIS load the system's GEOS, PROJ and GDAL for all to see, so that a wheel of shapely would
call the older GEOS. Loaded like this it finds its own first. Where QGIS's distribution carries the packages
all share one library, and nothing changes. Only for tests: on the PYTHONPATH of `qgis.bin`.
"""

import contextlib
import os
import sys

flags = sys.getdlopenflags()
sys.setdlopenflags(flags | os.RTLD_DEEPBIND)
with contextlib.suppress(ImportError):  # some tests have no packages
    import pyogrio  # noqa: F401
    import pyproj  # noqa: F401
    import shapely  # noqa: F401
sys.setdlopenflags(flags)
