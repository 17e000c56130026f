"""What a shapefile leaves out or says wrongly: its parts, its encoding, names cut to ten characters."""

from __future__ import annotations

import codecs
import re
from itertools import groupby
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from ilo_gis import tables
from ilo_gis.errors import ReadError
from ilo_gis.io.texts import encoding_of, is_spoiled, require_encoding

__all__ = ["look", "whole_names"]

LONGEST = 10  # characters of a column's name
LANGUAGES = {0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x57: "cp1252", 0x58: "cp1252", 0x64: "cp852"}
DEFAULT = "latin-1"  # what GDAL takes where nothing is said
FIELD, FIELDS_FROM, FIELDS_END = 32, 32, 0x0D


def look(path: Path, name: str, encoding: str | None = None) -> tuple[str | None, gpd.GeoDataFrame]:
    """Find the encoding of a shapefile by its texts, and what is missing beside it.

    Parameters
    ----------
    path : Path
        The ``*.shp``.
    name : str
        What findings call it.
    encoding : str, optional
        The encoding, where the user knows.

    Returns
    -------
    encoding : str or None
        To read it with; None where it has no texts.
    findings : GeoDataFrame
        Table ``findings``: no ``.prj``, no ``.dbf``, a ``.cpg`` that is missing or wrong, spoiled texts.

    Raises
    ------
    ReadError
        If the ``.shx`` is missing, or `encoding` is none.

    References
    ----------
    ESRI (1998), ESRI Shapefile Technical Description; dBASE III file structure (language driver, byte 29).

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "lots.shp")
    ...     lots = geopandas.GeoDataFrame({"name": ["Peña"]}, geometry=[shapely.Point(0, 0)], crs=32719)
    ...     lots.to_file(file, encoding="cp1252")
    ...     file.with_suffix(".cpg").unlink()
    ...     look(file, "lots.shp")[0]
    'cp1252'
    """
    beside = {file.suffix.lower(): file for file in _siblings(path)}
    if ".shx" not in beside:
        raise ReadError(
            f"{name} lacks {path.stem}.shx, the index of its geometries. Copy all of its files (.shp .shx "
            ".dbf .prj .cpg); if it is lost: `ogr2ogr --config SHAPE_RESTORE_SHX YES mended.gpkg "
            f"{path.name}`."
        )
    found = [
        tables.findings("layer", None, f"read.no_{part[1:]}", detail=path.stem)
        for part in (".prj", ".dbf")
        if part not in beside
    ]
    none = tables.empty("findings")
    if encoding is not None:
        require_encoding(encoding)
    if ".dbf" not in beside:
        return encoding, tables.join_findings(none, *found)
    texts, language = _texts(beside[".dbf"])
    declared = _declared(beside[".cpg"]) if ".cpg" in beside else LANGUAGES.get(language)
    chosen = encoding or encoding_of(texts, declared)
    if not texts.isascii() and encoding is None and not _same(chosen, declared or DEFAULT):
        rule = "read.no_cpg" if ".cpg" not in beside else "read.wrong_cpg"
        found.append(tables.findings("layer", None, rule, detail=f"{path.stem}.cpg: {chosen}"))
    elif encoding is None and ".cpg" in beside and declared is None:
        found.append(tables.findings("layer", None, "read.wrong_cpg", detail=f"{path.stem}.cpg: {chosen}"))
    if is_spoiled(texts.decode(chosen, "replace")):
        found.append(tables.findings("layer", None, "read.spoiled", detail=path.stem))
    return chosen, tables.join_findings(none, *found)


def whole_names(layer: pd.DataFrame, table: str) -> tuple[pd.DataFrame, dict[str, str]]:
    """Give columns that a shapefile has cut, or that have their Spanish names, the names of a table.

    Parameters
    ----------
    layer : DataFrame or GeoDataFrame
        Any layer.
    table : str
        Table whose columns are meant, such as ``"lots"``.

    Returns
    -------
    layer : DataFrame or GeoDataFrame
        A copy; columns that are not surely known keep their names.
    names : dict of str to str
        The new name of each column that has one.

    Raises
    ------
    SchemaError
        If there is no such table.

    Examples
    --------
    >>> cut = pandas.DataFrame({"LOT_ID": ["K-1"], "Manzana": ["K"], "ellipsoida": [160.1]})
    >>> whole_names(cut, "lots")[1]
    {'LOT_ID': 'lot_id', 'Manzana': 'block_id', 'ellipsoida': 'ellipsoidal_area'}
    """
    from ilo_gis.tables.reading import plain

    spec = tables.describe(table)
    columns = [name for name in spec.index if name != "geometry"]
    own = {plain(name): name for name in columns}
    aliases = [(plain(spec.at[name, "alias_es"]), name) for name in columns]
    known = dict(aliases) | {alias[:LONGEST]: name for alias, name in aliases}
    known |= {plain(short): name for short, name in _cut(columns).items()} | own
    taken = {str(name) for name in layer.columns} & set(columns)
    names: dict[str, str] = {}
    for short in map(str, layer.columns):
        whole = known.get(plain(short))
        if short != "geometry" and whole is not None and short != whole and whole not in taken:
            names[short] = whole
            taken.add(whole)
    return layer.rename(columns=names), names


def _cut(columns: list[str]) -> dict[str, str]:
    """Return what GDAL makes of long names: ten characters, and _1, _2 on the eighth where these repeat."""
    cut = {}
    for short, group in groupby(
        sorted(columns, key=lambda name: name[:LONGEST]), lambda name: name[:LONGEST]
    ):
        for place, name in enumerate(sorted(group, key=columns.index)):
            cut[short if place == 0 else f"{short[: LONGEST - 2]}_{place}"] = name
    return cut


def _siblings(path: Path) -> list[Path]:
    return [file for file in path.parent.iterdir() if file.stem.lower() == path.stem.lower()]


def _texts(path: Path) -> tuple[bytes, int]:
    """Return the texts and names of columns of a dBASE file, all together, and its language."""
    with path.open("rb") as file:
        head = file.read(FIELDS_FROM)
        if len(head) < FIELDS_FROM:
            return b"", 0
        count, start, width = (int.from_bytes(head[a:b], "little") for a, b in ((4, 8), (8, 10), (10, 12)))
        fields = file.read(max(start - FIELDS_FROM, 0))
    names, spans, place = [], [], 1
    for at in range(0, len(fields) - FIELD + 1, FIELD):
        if fields[at] == FIELDS_END:
            break
        names.append(fields[at : at + 11].split(b"\0")[0])
        length = fields[at + 16]
        spans += [slice(place, place + length)] if fields[at + 11 : at + 12] == b"C" else []
        place += length
    room = (path.stat().st_size - start) // width if width else 0
    count = min(count, max(room, 0))
    if not count or not spans:
        return b" ".join(names), head[29]
    rows = np.memmap(path, np.uint8, "r", start, (count, width))
    return b" ".join([*names, *(rows[:, span].tobytes() for span in spans)]), head[29]


def _declared(path: Path) -> str | None:
    """Return the encoding that a .cpg names, in Python's terms; None if it is none."""
    said = path.read_bytes()[:64].decode("ascii", "ignore").strip().lower()
    number = re.fullmatch(r"(?:ansi|oem|cp|windows)?[ -]*(\d+)", said)
    said = {"88591": "latin-1", "65001": "utf-8"}.get(number[1], f"cp{number[1]}") if number else said
    try:
        return codecs.lookup(said).name
    except LookupError:
        return None


def _same(one: str, other: str) -> bool:
    return codecs.lookup(one).name == codecs.lookup(other).name
