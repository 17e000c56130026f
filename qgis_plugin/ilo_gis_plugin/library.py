"""Where the plugin has its library from, and whether the packages of this QGIS are new enough for it."""

import os
import sys
from contextlib import suppress
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from qgis.core import Qgis, QgsApplication

from .i18n import tr

__all__ = ["add_to_path", "keep_thread", "load_apart", "problems", "remedy", "tell"]

HERE = Path(__file__).parent
TAB = "Ilo GIS"  # of the log
BUNDLED = "py_straight_skeleton"  # pure Python: the plugin's zip brings it
# compiled packages: they come with QGIS, never with the plugin
NEEDED = {"geopandas": "1.0", "shapely": "2.1", "pandas": "2.2", "numpy": "1.26", "scipy": "1.11"}
NEEDED |= {"pyproj": "3.6", "pyogrio": "0.9", BUNDLED: "0.1"}
_KEPT = []
UNKNOWN = "0+unknown"  # what a package says that was built without its number, as shapely 2.2 in Debian


def add_to_path() -> None:
    """Make `ilo_gis` importable: the copy in the plugin's zip, or the checkout that the plugin stands in.

    What is there already goes first, so packages of the QGIS distribution are never hidden.
    """
    bundled = HERE / "libs"
    source = bundled if bundled.is_dir() else HERE.parents[1]
    if str(source) not in sys.path:
        sys.path.append(str(source))


def load_apart() -> None:
    """Load the packages that stand on GEOS, PROJ and GDAL, each with the libraries it was built for.

    On Linux QGIS's own libraries, loaded first, else answer in place of those of a wheel: calls fail, and
    QGIS crashes when it ends. For packages of the distribution, which share QGIS's, nothing changes.
    """
    usual = sys.getdlopenflags() if hasattr(os, "RTLD_DEEPBIND") else None
    if usual is None:
        return
    sys.setdlopenflags(usual | os.RTLD_DEEPBIND)
    try:
        for name in ("shapely", "pyproj", "pyogrio"):
            with suppress(ImportError):  # which `problems` tells
                import_module(name)
    finally:
        sys.setdlopenflags(usual)


def keep_thread() -> None:
    """Keep what pyproj holds for this thread of QGIS: call it before the library works in one.

    pyproj 3.7 frees it when Python leaves the thread, and uses it again when QGIS takes the thread for
    other work, which crashes QGIS (pyproj issues 1509 and 1622).
    """
    from pyproj import CRS, _context

    CRS.from_epsg(4326)  # makes it where there is none
    if hasattr(_context, "get_context_manager"):
        _KEPT.append(_context.get_context_manager())


def problems() -> list[str]:
    """Return what hinders the library here, in the user's language; nothing if it runs."""
    told = []
    for name, least in NEEDED.items():
        try:
            found = version(name)
        except PackageNotFoundError:
            told.append(tr("{} is missing; {} or newer is needed.").format(name, least))
            continue
        if found != UNKNOWN and _numbers(found) < _numbers(least):
            told.append(tr("{} {} is too old; {} or newer is needed.").format(name, found, least))
    return told


def tell(bar) -> None:
    """Say in the message bar, or where there is none on stderr, what is missing and how to get it."""
    if not (found := problems()):
        return
    summary = tr("Python packages are missing or too old: nothing works yet.")
    details = "\n".join([remedy(), "", *found, "", tr("Ilo GIS itself never installs anything.")])
    QgsApplication.messageLog().logMessage(f"{summary}\n{details}", TAB, Qgis.MessageLevel.Warning)
    if bar is None:  # qgis_process, which shows no log
        sys.stderr.write(f"{summary}\n{details}\n")
    else:
        bar.pushMessage(TAB, summary, details, Qgis.MessageLevel.Warning, 0)


def remedy() -> str:
    """Return how to get the packages on this system."""
    if find_spec(BUNDLED) is None and len(problems()) == 1:
        return tr("Install Ilo GIS from its zip: it brings {}.").format(BUNDLED)
    if sys.platform == "win32":
        return tr(
            "Install the current long-term version of QGIS from qgis.org: it brings them. Or close "
            "QGIS, open «OSGeo4W Setup» in the start menu, choose «Advanced Install», and install "
            "python3-geopandas, python3-pyogrio and python3-scipy. Both may need the administrator of the "
            "computer."
        )
    if sys.platform == "darwin":
        return tr("Install the current QGIS of qgis.org, or the one of conda-forge with geopandas.")
    return tr(
        "Ask the administrator of the computer to install the packages python3-geopandas, "
        "python3-pyogrio and python3-scipy of Debian 13, Ubuntu 25.04 or later. Those of Debian 12 and "
        "Ubuntu 24.04 are too old."
    )


def _numbers(text: str) -> list[int]:
    return [int(part) if part.isdigit() else 0 for part in text.split(".")[:2]]
