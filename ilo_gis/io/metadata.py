"""What a project file tells of itself as GeoPackage metadata, which GDAL and QGIS show."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from xml.etree import ElementTree  # XML is written here, never read  # nosec B405

from ilo_gis.io.gpkg import script
from ilo_gis.io.gpkg_layers import UNDATED, layers_there
from ilo_gis.tables.facts import ORIGIN

__all__ = ["describe_file"]

QGIS = "http://mrcc.com/qgis.dtd"  # what QGIS looks for
FACTS = (
    "urn:ilo_gis:project"  # not GDAL's own form: with that GDAL leaves a file beside a project that it reads
)
MARK = "<!-- ilo_gis -->"  # of a text that this module wrote; without it somebody edited it, and it stays
LABELS = {  # heads of the lines that QGIS shows
    "norms": "Normas / norms",
    "articles": "Artículos / articles",
    "sources": "Fuentes / sources",
    "schematic": "Esquemático / schematic",
    "version": "ilo_gis",
}


def describe_file(db: sqlite3.Connection) -> None:
    """Write the facts of a project as metadata of the file and of each layer, in a transaction.

    The file has them as JSON, which ``ogrinfo`` lists; each layer as metadata of QGIS (its properties),
    which stay as they are once they are edited there.

    References
    ----------
    OGC 12-128r17, GeoPackage Encoding Standard 1.3, annex F.8 (metadata).
    """
    for statement in script("metadata").split(";\n"):
        db.execute(statement)
    facts = dict(db.execute("SELECT key, value FROM project ORDER BY id"))
    _put(db, None, FACTS, "application/json", json.dumps(facts, ensure_ascii=False))
    for table in layers_there(db):
        _put(db, table, QGIS, "text/xml", _shown(table, facts))


def _put(db: sqlite3.Connection, table: str | None, standard: str, kind: str, text: str) -> None:
    known = db.execute(
        "SELECT id, metadata FROM gpkg_metadata JOIN gpkg_metadata_reference ON md_file_id = id "
        "WHERE md_standard_uri = ? AND table_name IS ?",
        (standard, table),
    ).fetchone()
    if known is None:
        row = db.execute(
            "INSERT INTO gpkg_metadata (md_scope, md_standard_uri, mime_type, metadata) "
            "VALUES ('dataset', ?, ?, ?)",
            (standard, kind, text),
        ).lastrowid
        scope = "geopackage" if table is None else "table"
        db.execute(
            "INSERT INTO gpkg_metadata_reference VALUES (?, ?, NULL, NULL, ?, ?, NULL)",
            (scope, table, UNDATED, row),
        )
    elif table is None or MARK in known[1]:
        db.execute("UPDATE gpkg_metadata SET metadata = ? WHERE id = ?", (text, known[0]))


def _shown(table: str, facts: Mapping[str, str]) -> str:
    root = ElementTree.Element("qgis", version="3.22")
    told = [f"{LABELS[key]}: {facts[key]}" for key in (*ORIGIN, "version") if key in facts]
    parts = {"identifier": table, "language": "SPA", "type": "dataset", "title": table}
    for name, text in (parts | {"abstract": "\n".join(told)}).items():
        ElementTree.SubElement(root, name).text = text
    return f"{MARK}{ElementTree.tostring(root, 'unicode')}"
