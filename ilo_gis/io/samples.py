"""The schematic Ilo that ships with the library: layers to learn and to test with. No survey."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Literal

import geopandas as gpd
import pandas as pd

from ilo_gis.errors import ReadError
from ilo_gis.tables.facts import with_facts

__all__ = ["sample", "sample_path", "samples"]

FILES = {
    "layers": "ilo_schematic.gpkg",
    "promuvi": "promuvi_schematic.gpkg",
    "elevation": "ilo_elevation.tif",
}
CONTENTS = """
SELECT table_name AS name, geometry_type_name AS geometry, feature_count AS features, description
FROM gpkg_contents
JOIN gpkg_ogr_contents USING (table_name)
LEFT JOIN gpkg_geometry_columns USING (table_name)
ORDER BY gpkg_contents.rowid
"""


def sample(name: str) -> gpd.GeoDataFrame:
    """Read one layer or table of the schematic Ilo.

    The shapes are drawn from published figures and are made up where those end. They are good for
    trying things out and for teaching, not for any decision about the real city.

    Parameters
    ----------
    name : str
        A name that `samples` lists, for example ``"pampa"`` or ``"pampa_streets"``.

    Returns
    -------
    GeoDataFrame
        The layer in EPSG:32719, metres; a plain DataFrame where `samples` tells of no geometry. The
        column ``note`` says that it is no survey, and what is simulated.

    Raises
    ------
    ReadError
        If there is no such layer, or the file of samples is missing.

    Examples
    --------
    >>> pampa = sample("pampa")
    >>> pampa.crs.to_epsg(), round(pampa.area.sum() / 10_000)
    (32719, 425)
    """
    known = samples()["file"]
    if name not in known:
        raise ReadError(f"There is no sample {name!r}. The samples are: {', '.join(known.index)}.")
    layer = gpd.read_file(sample_path(known[name]), layer=name, engine="pyogrio")
    return with_facts(layer, {"sources": f"sample {name} of ilo_gis", "schematic": "yes"})


def samples() -> pd.DataFrame:
    """List the layers and tables of the schematic Ilo.

    Returns
    -------
    DataFrame
        Indexed by ``name``: ``geometry`` (type; missing for plain tables), ``features`` (count),
        ``description``, ``file`` (what `sample_path` calls the file that has it).

    Raises
    ------
    ReadError
        If a file of samples is missing or damaged.

    Examples
    --------
    >>> samples().loc["extension_areas", ["geometry", "features"]].tolist()
    ['POLYGON', 8]
    """
    return pd.concat([_contents(kind) for kind in ("layers", "promuvi")])


def _contents(kind: Literal["layers", "promuvi"]) -> pd.DataFrame:
    path = sample_path(kind)
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as file:
            return pd.read_sql_query(CONTENTS, file, index_col="name").assign(file=kind)
    except (sqlite3.Error, pd.errors.DatabaseError) as error:
        raise ReadError(f"{path} is damaged ({error}). Install ilo-gis again.") from error


def sample_path(kind: Literal["layers", "promuvi", "elevation"] = "layers") -> Path:
    """Return the path of a file of the schematic Ilo.

    Parameters
    ----------
    kind : {"layers", "promuvi", "elevation"}
        The GeoPackage with the layers of the city, that with the simulated PROMUVI, or the raster of
        synthetic heights (metres, cells of 30 m).

    Returns
    -------
    Path
        An existing file, inside the installed package or beside it in a checkout.

    Raises
    ------
    ReadError
        If the kind is unknown or the file is missing.

    Examples
    --------
    >>> sample_path("elevation").name
    'ilo_elevation.tif'
    """
    if kind not in FILES:
        raise ReadError(f"There is no sample file {kind!r}. Ask for one of: {', '.join(FILES)}.")
    package = Path(__file__).resolve().parents[1]
    candidates = [folder / "sample_data" / FILES[kind] for folder in (package, package.parent)]
    for path in candidates:
        if path.is_file():
            return path
    raise ReadError(
        f"{FILES[kind]} is missing from {candidates[0].parent} and {candidates[1].parent}. "
        "Install ilo-gis again, or build it in a checkout: `python sample_data/build.py`."
    )
