"""GeoParquet: the format for large layers and for other programs."""

from __future__ import annotations

import os
from pathlib import Path

import geopandas as gpd
import pandas as pd

from ilo_gis.errors import ReadError
from ilo_gis.io.atomic import replacing, require_free
from ilo_gis.tables import require_no_private

__all__ = ["write_parquet"]


def write_parquet(layer: gpd.GeoDataFrame, path: str | os.PathLike[str], overwrite: bool = False) -> Path:
    """Write a layer, its index included, to a GeoParquet file.

    Parameters
    ----------
    layer : GeoDataFrame
        Any layer.
    path : path-like
        The file to write.
    overwrite : bool
        Whether an existing file may be replaced.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    ImportError
        If pyarrow is not installed.
    PrivacyError
        If the layer holds what identifies people.
    WriteError
        If the file exists, or cannot be written; what was there before stays.

    Examples
    --------
    >>> layer = geopandas.GeoDataFrame({"area": [1.0]}, geometry=[shapely.box(0, 0, 1, 1)], crs=32719)
    >>> write_parquet(layer, "no_such_folder/lots.parquet")
    Traceback (most recent call last):
    ilo_gis.errors.WriteError: The folder no_such_folder does not exist. Create it, or write elsewhere.
    """
    require_no_private(layer)
    require_free(path, overwrite)
    _require_pyarrow()
    with replacing(path, overwrite) as temporary:
        layer.to_parquet(temporary, index=True)
    return Path(path)


def read_parquet(name: str, plain: bool = False) -> gpd.GeoDataFrame:
    """Read a GeoParquet file, or a plain one of Parquet; what is wrong with it becomes a ReadError."""
    _require_pyarrow()
    import pyarrow

    try:
        return pd.read_parquet(name) if plain else gpd.read_parquet(name)
    except (ValueError, OSError, pyarrow.ArrowException) as error:
        raise ReadError(
            f"{name} is not a GeoParquet file: {error}. Export it again from its source."
        ) from error


def _require_pyarrow() -> None:
    try:
        import pyarrow  # noqa: F401  (asked for here to name the extra)
    except ImportError as error:
        raise ImportError(f'GeoParquet needs pyarrow ({error}): pip install "ilo-gis[parquet]"') from error
