"""What a file may do to who reads it: nothing. Each door to GDAL passes here before a file is opened."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote
from xml.parsers import expat

import geopandas as gpd
import numpy as np
import shapely

from ilo_gis.errors import ReadError, some_ids
from ilo_gis.io.ddl import quoted
from ilo_gis.io.dxf_bombs import require_few_inserts

__all__ = ["local_file", "require_few_vertices", "require_harmless", "require_plain_schema", "require_sane"]

BESIDE = {".xml", ".qml", ".qmd", ".sld", ".html"}  # notes and styles: GDAL opens none as a layer of a folder
HEAD = 65_536  # bytes in which GDAL looks for what a file is; it reads less
XML_ROOTS = {"kml", "gpx"}  # GML is not: GDAL would fetch its schema from the network
RUNS = (b"<OGRVRTDataSource", b"<VRTDataset", b"gdal_streamed_alg", b"<OGRWFSDataSource", b"<WMS_")
DWG = re.compile(rb"AC[0-9.]{4}\0")  # what drawings of AutoCAD begin with, of any year
BINARY_DXF = b"AutoCAD Binary DXF"
AS_DXF = (
    "In CAD: Save as, type DXF, ASCII, version 2000 or later. Without CAD: ODA File Converter (free), "
    "or QGIS: Project > Import/Export > Import Layers from DWG/DXF, which makes a GeoPackage."
)
MOST_BYTES = 4 * 2**30  # a city's lots take 0.5 GB; 4 GB are no layer that fits into memory with its work
MOST_VERTICES = 10_000_000  # a million lots have 6 million; overridden by max_vertices= or VERTICES_SET
VERTICES_SET = "ILO_GIS_MAX_VERTICES"
SHP_HEAD, SHX_ROW = 100, 8  # bytes
ORDINATE, MOST_PART = 8, 5  # bytes of a number; of a part (13, four vertices; point 5; line 9, two) by vertex
MOST_HEAD = 100  # bytes of a feature before its first part: number, type, extent
FARTHEST = 1e8  # no projected or zoned coordinate of the Earth is greater: web mercator ends at 2e7 m

# Functions of SQLite, SpatiaLite and GDAL that reach files, the network or code, and what never ends.
SQL_CALLS = (
    "load_extension", "readfile", "writefile", "edit", "eval", "shell", "fts3_tokenizer", "zipfile",
    "ogr_geocode", "ogr_geocode_reverse", "ogr_datasource_load_layers", "gdal_get_pixel_value",
    "gdal_get_layer_pixel_value", "blobfromfile", "blobtofile", "importshp", "exportshp", "importdbf",
    "exportdbf", "importdxf", "importwfs", "importxls", "importzipshp", "exportgeojson", "exportkml",
    "xb_loadxml", "xb_storexml",
)  # fmt: skip
SQL_RUNS = re.compile(rf"\b({'|'.join(SQL_CALLS)})\s*\(|\b(writable_schema|attach\s+database)\b", re.I)
ENDLESS = re.compile(r"\bwith\s+recursive\b", re.I)
MODULES = {"rtree", "rtree_i32", "fts3", "fts4", "fts5", "geopoly"}  # virtual tables that only hold data
MODULE = re.compile(r"\busing\s+[\"'`\[]?(\w+)", re.I)
SQLITE = b"SQLite format 3\0"
DATABASES = {".gpkg", ".sqlite", ".db"}


def local_file(path: str | os.PathLike[str]) -> Path:
    """Return the whole path of a file or folder that is there; what is an address is refused.

    GDAL takes many a text for an address: of a server, of a file within a file, even a document that
    says what to open. What a user calls a file is a file.

    Raises
    ------
    ReadError
        If it is an address, or nothing is there.

    Examples
    --------
    >>> local_file("/vsicurl/http://example.org/lots.gpkg")
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: /vsicurl/http://example.org/lots.gpkg is an address, ...
    """
    name = os.fspath(path)
    there = Path(name).expanduser()
    with contextlib.suppress(OSError, ValueError):  # a text that can be no path: too long, with a NUL
        if not name.lower().startswith("/vsi") and there.exists():
            return Path(os.path.abspath(there))  # noqa: PTH100  a link keeps its own name, for its siblings
    shown = name if len(name) <= 200 else f"{name[:200]} ..."
    if name.lower().startswith("/vsi") or "://" in name or "<" in name or ":" in name[2:]:
        raise ReadError(
            f"{shown} is an address, not a file. Only files of this computer are read: save it as one."
        )
    raise ReadError(f"There is no file {shown}. Check the path and the name.")


def require_harmless(path: Path, name: str) -> None:
    """Raise if a file would make its reader run code, open other files, ask the network or fill the memory.

    Parameters
    ----------
    path : Path
        The file, or a folder of files such as ``*.gdb``.
    name : str
        What the error calls it.

    Raises
    ------
    ReadError
        If it is too large; if it is a DWG, or a DXF in binary, whose blocks are not counted; if it is a
        description of other sources (VRT, a GDAL pipeline), or XML of another kind than KML and GPX (for
        GML, GDAL fetches a schema from where it says); if it declares XML entities; if it is a database
        with calls in its views or triggers that run code, with virtual tables, or with views that never end.

    Examples
    --------
    >>> require_harmless(ilo_gis.io.sample_path(), "the sample")
    """
    if path.is_dir():
        for inner in sorted(path.iterdir()):
            if inner.is_symlink():
                raise ReadError(f"{name} holds {inner.name}, a link to elsewhere. Give the file itself.")
            if inner.is_file() and inner.suffix.lower() not in BESIDE:
                require_harmless(inner, f"{name}/{inner.name}")
        return
    if path.suffix.lower() in DATABASES and _is_plain_database(path, name):
        return  # and was not opened in another way: closing it would free SQLite's locks of this process
    head = _head(path, name)
    _require_no_binary_drawing(head, name)
    if head.startswith(SQLITE):
        _is_plain_database(path, name)
    elif any(mark in head for mark in RUNS):
        raise ReadError(
            f"{name} is no layer: it tells GDAL which other sources to open or what to run. Not read. Open "
            "those sources themselves."
        )
    elif head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<"):
        _require_plain_xml(path, name)
    elif b"SECTION" in head:  # GDAL knows a drawing by this, under any name
        require_few_inserts(path, name)


def _require_no_binary_drawing(head: bytes, name: str) -> None:
    if DWG.match(head):
        raise ReadError(f"{name} is a DWG, whose format is not public. Save it as DXF. {AS_DXF}")
    if head.startswith(BINARY_DXF):
        raise ReadError(f"{name} is a DXF in binary. Save it as DXF in text (ASCII). {AS_DXF}")


def _head(path: Path, name: str) -> bytes:
    """Return the start of a file that is not too large."""
    if (size := path.stat().st_size) > MOST_BYTES:
        raise ReadError(
            f"{name} has {size / 2**30:.1f} GB; {MOST_BYTES / 2**30:.0f} GB are the most. Cut it to the "
            "place of the plan, or save it as a GeoPackage and read one layer."
        )
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError as error:
        raise ReadError(f"{name} cannot be read: {error.strerror}. Ask for the right to read it.") from error


def require_sane(layer: gpd.GeoDataFrame, name: str, max_vertices: int | None = None) -> None:
    """Raise if a layer has coordinates that lie nowhere, or more vertices than can be worked with.

    Parameters
    ----------
    layer : GeoDataFrame
        What was read.
    name : str
        What the error calls the file.
    max_vertices : int, optional
        The most vertices; else the environment variable ``ILO_GIS_MAX_VERTICES``, else 10 million.

    Raises
    ------
    ReadError
        If a coordinate is NaN, infinite or beyond 1e8, or if there are too many vertices.

    Examples
    --------
    >>> require_sane(geopandas.GeoDataFrame(geometry=[shapely.Point(1e12, 0)]), "far.shp")
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: far.shp has coordinates beyond 1e+08 in features 0, ...
    """
    shapes = np.asarray(layer.geometry.array, dtype=object)
    _require_at_most(int(shapely.get_num_coordinates(shapes).sum()), name, max_vertices)
    points, rows = shapely.get_coordinates(shapes, return_index=True)
    if (odd := ~np.isfinite(points).all(axis=1)).any():
        raise ReadError(
            f"{name} has coordinates that are no numbers (NaN or infinite) in features "
            f"{some_ids(layer.index[np.unique(rows[odd])])}. Delete or mend them in QGIS and save it again."
        )
    if (far := (np.abs(points) > FARTHEST).any(axis=1)).any():
        raise ReadError(
            f"{name} has coordinates beyond {FARTHEST:g} in features "
            f"{some_ids(layer.index[np.unique(rows[far])])}, where no place on the Earth is. Are they in "
            "millimetres, or with the point left out? Mend them and save it again."
        )


def require_few_vertices(path: Path, layer: str, name: str, max_vertices: int | None = None) -> None:
    """Raise if a layer surely has more vertices than can be worked with, before its geometries are read.

    The vertices are bounded from below by the bytes of the geometries: of a shapefile those of the file,
    of a GeoPackage those of the layer, of which SQLite tells the lengths without reading them. Lines and
    polygons of hundreds of vertices have at most two thirds more than the bound; `require_sane` counts.

    Parameters
    ----------
    path : Path
        A file; other formats than shapefile and GeoPackage pass.
    layer : str
        Name of the layer in it.
    name : str
        What the error calls the file.
    max_vertices : int, optional
        As for `require_sane`.

    Raises
    ------
    ReadError
        If there are too many vertices.

    References
    ----------
    ESRI (1998), ESRI Shapefile Technical Description; OGC 12-128r19, GeoPackage 1.4, section 2.1.3.

    Examples
    --------
    >>> require_few_vertices(ilo_gis.io.sample_path(), "old_blocks", "the sample", max_vertices=10)
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: the sample has at least ... vertices; 10 are the most, ...
    """
    measure = {".shp": _shapefile_sizes, ".gpkg": _geopackage_sizes}.get(path.suffix.lower())
    if measure is not None and path.is_file():
        features, size, ordinates = measure(path, layer)
        least = (size - features * MOST_HEAD) // (ordinates * ORDINATE + MOST_PART)
        _require_at_most(max(least, 0), name, max_vertices, "at least ")


def _shapefile_sizes(path: Path, _layer: str) -> tuple[int, int, int]:
    """Return how many features a shapefile has, the bytes of these, and the ordinates of a vertex at most."""
    with path.open("rb") as file:
        kind = int.from_bytes(file.read(SHP_HEAD)[32:36], "little")  # 1.. in the plane, 11.. Z, 21.. M
    index = path.with_suffix(".shx")
    index = index if index.is_file() else path.with_suffix(".SHX")
    features = (index.stat().st_size - SHP_HEAD) // SHX_ROW if index.is_file() else 0
    return features, path.stat().st_size - SHP_HEAD, {0: 2, 1: 4, 2: 3}.get(kind // 10, 4)


def _geopackage_sizes(path: Path, layer: str) -> tuple[int, int, int]:
    """Return how many features a layer has, the bytes of these, and the ordinates of a vertex at most."""
    address = f"file:{quote(str(path))}?mode=ro"
    try:
        with contextlib.closing(sqlite3.connect(address, uri=True)) as db:
            (column, z, m), *_ = db.execute(
                "SELECT column_name, z, m FROM gpkg_geometry_columns WHERE table_name = ?", (layer,)
            ).fetchall()
            sizes = f"SELECT count(*), coalesce(sum(length({quoted(column)})), 0) FROM {quoted(layer)}"  # nosec B608  # quoted names
            features, size = db.execute(sizes).fetchone()
    except (sqlite3.DatabaseError, ValueError):
        return 0, 0, 2  # no GeoPackage, damaged or locked: the reader says so
    return features, size, 2 + bool(z) + bool(m)


def _require_at_most(count: int, name: str, max_vertices: int | None, how: str = "") -> None:
    most = max_vertices or int(os.environ.get(VERTICES_SET) or MOST_VERTICES)
    if count > most:
        raise ReadError(
            f"{name} has {how}{count:,} vertices; {most:,} are the most, lest the memory run out. Simplify "
            f"it, cut it to the place of the plan, or allow more: `max_vertices={count}` or "
            f"{VERTICES_SET}={count}."
        )


def _require_plain_xml(path: Path, name: str) -> None:
    """Raise unless the root is of a kind known, and no entity and no other document is declared before it."""
    parser = expat.ParserCreate(namespace_separator=" ")
    roots: list[str] = []

    def refuse(*_: object) -> None:
        raise ReadError(
            f"{name} declares XML entities or another document (DTD), by which a small file can fill the "
            "memory or read files of yours. Not read. Save it again from the program it comes from."
        )

    def doctype(_name: str, system: str | None, public: str | None, _inside: int) -> None:
        if system or public:
            refuse()

    parser.EntityDeclHandler = refuse
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = lambda tag, _: roots.append(tag.rpartition(" ")[2])
    try:
        with path.open("rb") as file:
            while not roots and (part := file.read(HEAD)):
                parser.Parse(part, False)
    except expat.ExpatError as error:
        if not roots:
            raise ReadError(
                f"{name} is damaged: its XML breaks off in line {error.lineno}. Save it again from the "
                "program it comes from."
            ) from error
    if roots and roots[0] not in XML_ROOTS:
        raise ReadError(
            f"{name} is XML of a kind that is not read (<{roots[0]}>); KML and GPX are. Open it in QGIS (GML "
            "too) and save its layer as a GeoPackage: Export > Save Features As."
        )


def _is_plain_database(path: Path, name: str) -> bool:
    """Tell whether a file is a database, opened to read only; raise if it would run code."""
    try:
        address = f"file:{quote(str(path))}?mode=ro"
        with contextlib.closing(sqlite3.connect(address, uri=True, timeout=0)) as db:
            db.execute("PRAGMA trusted_schema = OFF")
            require_plain_schema(db, name)
    except sqlite3.OperationalError:
        return True  # locked: the reader says so
    except sqlite3.DatabaseError:
        return False  # damaged, or none
    return True


def require_plain_schema(db: sqlite3.Connection, name: str) -> None:
    """Raise if what a database declares would run code or never end.

    Parameters
    ----------
    db : Connection
        An open database.
    name : str
        What the error calls it.

    Raises
    ------
    ReadError
        The view, trigger or table is named.

    Examples
    --------
    >>> import sqlite3
    >>> db = sqlite3.connect(":memory:")
    >>> _ = db.execute("CREATE VIEW v AS SELECT readfile('x')")
    >>> require_plain_schema(db, "x.gpkg")
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: x.gpkg is not safe: its view 'v' calls readfile, ...
    """
    declared = db.execute("SELECT type, name, sql FROM sqlite_master WHERE sql NOT NULL").fetchall()
    for kind, own, sql in declared:
        if (call := _call_in(sql)) is not None:
            raise ReadError(
                f"{name} is not safe: its {kind} {own!r} calls {call}, which reaches code or files. "
                "Not read. Export the layers that you need from the program that made it, without views "
                "and triggers."
            )
        if kind == "view" and ENDLESS.search(sql):
            raise ReadError(
                f"{name} is not safe: its view {own!r} calls itself and may never end. Not read. Save what "
                "the view shows as a layer."
            )
        virtual = sql.lstrip().lower().startswith("create virtual")
        if virtual and (module := MODULE.search(sql)) and module[1].lower() not in MODULES:
            raise ReadError(
                f"{name} is not safe: its table {own!r} is made by {module[1]}, which reads other files. Not "
                "read. Save it as a plain layer."
            )


@lru_cache(maxsize=4096)
def _call_in(sql: str) -> str | None:
    """Return what a declaration calls that runs code: looked for once, for projects share most of theirs."""
    found = SQL_RUNS.search(sql)
    return None if found is None else (found[1] or found[2]).lower()
