"""Where the plugin has its library from, and whether the packages of this QGIS are new enough for it."""

import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from .i18n import tr

__all__ = ["add_to_path", "problems"]

HERE = Path(__file__).parent
# compiled packages: they come with QGIS, never with the plugin
NEEDED = {"geopandas": "1.0", "shapely": "2.1", "pandas": "2.2", "numpy": "1.26", "scipy": "1.11"}
NEEDED |= {"pyproj": "3.6", "pyogrio": "0.9"}
UNKNOWN = "0+unknown"  # what a package says that was built without its number, as shapely 2.2 in Debian


def add_to_path() -> None:
    """Make `ilo_gis` importable: the copy in the plugin's zip, or the checkout that the plugin stands in.

    What is there already goes first, so packages of the QGIS distribution are never hidden.
    """
    bundled = HERE / "libs"
    source = bundled if bundled.is_dir() else HERE.parents[1]
    if str(source) not in sys.path:
        sys.path.append(str(source))


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


def _numbers(text: str) -> list[int]:
    return [int(part) if part.isdigit() else 0 for part in text.split(".")[:2]]
