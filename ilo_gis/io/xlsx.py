"""Tables as a workbook of Excel: one sheet a table, and one of notes."""

from __future__ import annotations

import datetime as dt
import os
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ilo_gis import tables
from ilo_gis.errors import RuleError, WriteError
from ilo_gis.io.atomic import replacing, require_free
from ilo_gis.io.rows import as_rows, inert, ready, texts_of
from ilo_gis.tables import integrity
from ilo_gis.tables.kinds import kinds
from ilo_gis.tables.units import crs_text, unit_text

__all__ = ["heading", "sheet_names", "write_xlsx"]

CELL = 32_767  # characters that a cell holds
ROWS = 1_048_576  # rows that a sheet holds
EXACT = 2**53  # whole numbers above are not all numbers of Excel, which keeps doubles
FIRST_DAY = pd.Timestamp("1900-03-01")  # before, the calendar of Excel has a day that never was
MADE = dt.datetime(2000, 1, 1)
WIDE = 60  # letters; no column is wider
ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
MICRON = 6  # decimals of metres in texts
HEAD = {"bold": True, "bg_color": "#ebe8e1", "bottom": 1, "text_wrap": True, "valign": "top"}
FORMATS = {"f": "#,##0.00", "i": "0", "M": "yyyy-mm-dd"}


def write_xlsx(
    content: Mapping[str, pd.DataFrame],
    path: str | os.PathLike[str],
    *,
    lang: str = "es",
    info: Mapping[str, str] | None = None,
    overwrite: bool = False,
) -> Path:
    """Write tables as a workbook, headings with units, and words of closed lists, in Spanish or English.

    Numbers and days stay numbers and days; whole numbers that Excel could not keep, and days before March
    1900, are texts. Texts are never formulas, links or numbers; those that begin like a formula have an
    apostrophe, so that no other program runs them (`read_exported` takes it away). Cells of empty texts are
    empty texts. Geometries are WKT with six decimals in hidden columns, as many as they need.

    Parameters
    ----------
    content : mapping of str to table
        Tables by the names that `ilo_gis.tables` declares.
    path : path-like
        The file, ``*.xlsx``.
    lang : {"es", "en"}
        Language of sheets and headings.
    info : mapping of str to str, optional
        What is to be known of the plan, such as ``{"schematic": "yes"}``: printed on the sheet of notes.
    overwrite : bool
        Whether an existing file may be replaced.

    Returns
    -------
    Path
        The file written. The same tables give the same bytes.

    Raises
    ------
    CRSError, PrivacyError, SchemaError
        As for `write_tables`.
    ImportError
        If XlsxWriter is not installed.
    RuleError
        If the language is unknown.
    WriteError
        If the file exists or cannot be written, or a table or text is longer than a sheet or cell.

    References
    ----------
    ECMA-376, Office Open XML File Formats. OWASP, CSV Injection.

    Examples
    --------
    >>> write_xlsx({"blocks": ilo_gis.tables.empty("blocks", 32719)}, "no_such_folder/plan.xlsx")
    Traceback (most recent call last):
    ilo_gis.errors.WriteError: The folder no_such_folder does not exist. Create it, or write elsewhere.
    """
    content = ready(content)
    if lang not in texts()["words"]:
        raise RuleError(f"lang is {lang!r}; it can be es or en.")
    require_free(path, overwrite)
    try:
        import xlsxwriter
    except ImportError as error:
        raise ImportError(f'XLSX needs XlsxWriter ({error}): pip install "ilo-gis[xlsx]"') from error

    sheets = sheet_names(list(content), lang)
    filled = {name: _cells(table, name, lang) for name, table in content.items()}
    with replacing(path, overwrite) as temporary, xlsxwriter.Workbook(temporary) as book:
        book.set_properties({"created": MADE})
        for name, rows in filled.items():
            _sheet(book, sheets[name], rows, {c: heading(name, c, lang) for c in rows})
        _notes(book, content, sheets, info or {}, lang)
    return Path(path)


@cache
def texts() -> dict[str, dict[str, Any]]:
    """Return the words of sheets, by kind and language."""
    return tomllib.loads((files(__package__) / "exchange.toml").read_text("utf-8"))


def sheet_names(names: list[str], lang: str) -> dict[str, str]:
    """Return the names of the sheets of tables.

    Examples
    --------
    >>> sheet_names(["lots", "lot_events"], "es")
    {'lots': 'Lotes', 'lot_events': 'lot_events'}
    """
    return {name: texts()["sheets"][lang].get(name, name) for name in names}


def heading(table: str, column: str, lang: str) -> str:
    """Return the heading of a column with its unit; columns that no table declares keep their names.

    Examples
    --------
    >>> heading("lots", "area", "es"), heading("lots", "area", "en"), heading("lots", "my_own", "es")
    ('Área (m²)', 'area (m²)', 'my_own')
    """
    spec = tables.describe(table)
    if column not in spec.index or column == "geometry":
        return column
    said = str(spec.at[column, "alias_es"]) if lang == "es" else column
    unit = unit_text(spec.at[column, "unit"], lang)
    return f"{said} ({unit})" if unit else said


def cell_words(table: str) -> dict[str, dict[str, str]]:
    """Return the Spanish words of the columns of a table: no two words have the same.

    Examples
    --------
    >>> cell_words("summary")["item"]["site"], cell_words("reserves")["kind"]["education"]
    ('Área total', 'Educación')
    """
    known = {c: dict(said) for c, said in integrity.words(table).items()}
    for column, of in texts()["kinds"].get(table, {}).items():
        known[column] = {name: kind.es for name, kind in kinds(of).items()}
    if table == "findings":
        known["table"] = {name: said for name, said in texts()["sheets"]["es"].items() if name != "notes"}
    for column, said in texts()["cells"].get(table, {}).items():
        known[column] = known.get(column, {}) | said
    return known


def _cells(table: pd.DataFrame, name: str, lang: str) -> pd.DataFrame:
    """Return the rows of a sheet: numbers, days, and texts that are nothing else."""
    rows = _in_spanish(as_rows(table), name) if lang == "es" else as_rows(table)
    if len(rows) >= ROWS:
        raise WriteError(f"{name} has {len(rows)} rows; a sheet holds {ROWS - 1}. Write GeoParquet or CSV.")
    if isinstance(table, gpd.GeoDataFrame):
        wkt = shapely.to_wkt(table.geometry.array, rounding_precision=MICRON)
        rows = pd.DataFrame(rows.drop(columns="geometry")).assign(**_chunks(pd.Series(wkt, dtype=object)))
    for column in texts_of(rows):
        cells = inert(rows[column]).where(rows[column] != "", "")
        long = cells.map(lambda text: isinstance(text, str) and len(text) > CELL).astype(bool)
        if long.any():
            raise WriteError(f"{name}: a text of {column} is longer than a cell ({CELL}). Write GeoParquet.")
        rows[column] = cells.map(_escaped)
    for column in rows.columns[[dtype.kind == "M" for dtype in rows.dtypes]]:
        if (rows[column] < FIRST_DAY).any():
            rows[column] = rows[column].dt.strftime("%Y-%m-%dT%H:%M:%S.%f").astype(object)
    for column in rows.columns[[dtype.kind in "iu" for dtype in rows.dtypes]]:
        if (rows[column].abs() > EXACT).any():
            rows[column] = rows[column].astype("string").astype(object)
    return rows


def _in_spanish(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return rows with the words of closed lists in Spanish; others stay."""
    words = {column: said for column, said in cell_words(name).items() if column in rows}
    return rows.assign(**{c: rows[c].map(said).fillna(rows[c]) for c, said in words.items()})


def _chunks(wkt: pd.Series) -> dict[str, pd.Series]:
    """Return long texts cut into as many columns as they need."""
    count = max(1, -(-int(wkt.str.len().max() if wkt.notna().any() else 0) // CELL))
    cut = {
        f"geometry_{k + 1}" if k else "geometry": wkt.str.slice(k * CELL, (k + 1) * CELL)
        for k in range(count)
    }
    return {name: part.replace("", None) for name, part in cut.items()}


def _escaped(text: Any) -> Any:
    """Return a text that reads back as itself: ``_x000D_`` is how these files write a line break.

    The small f keeps openpyxl from taking the mark away before all is read.
    """
    return ESCAPED.sub("_x005f_", text) if isinstance(text, str) else text


def _sheet(book: Any, title: str, rows: pd.DataFrame, heads: dict[str, str]) -> None:
    sheet = book.add_worksheet(title)
    head = book.add_format(HEAD)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(rows.columns) - 1)
    for n, column in enumerate(rows):
        values = rows[column]
        hidden = str(column).startswith("geometry")
        style = book.add_format(
            {"num_format": FORMATS[values.dtype.kind]} if values.dtype.kind in FORMATS else {}
        )
        sheet.set_column(n, n, _width(values, heads[column]), style, {"hidden": hidden})
        sheet.write_string(0, n, heads[column], head)
        there = np.flatnonzero(values.notna())
        write = _writer(sheet, values)
        for row, value in zip(there.tolist(), values.iloc[there].tolist(), strict=True):
            write(row + 1, n, value, style)


def _writer(sheet: Any, values: pd.Series) -> Any:
    if values.dtype.kind == "M":
        return lambda row, n, value, style: sheet.write_datetime(row, n, value.to_pydatetime(), style)
    return {"b": sheet.write_boolean, "O": sheet.write_string}.get(values.dtype.kind, sheet.write_number)


def _width(values: pd.Series, head: str) -> float:
    longest = values.head(1000).astype(str).str.len().max() if values.dtype == object and len(values) else 12
    return float(min(WIDE, max(10, longest, len(head) / 2) + 2))


def _notes(
    book: Any, content: Mapping[str, pd.DataFrame], sheets: dict[str, str], info: Mapping[str, str], lang: str
) -> None:
    words, head = texts()["words"][lang], book.add_format(HEAD)
    sheet = book.add_worksheet(texts()["sheets"][lang]["notes"])
    sheet.set_column(0, 2, 26)
    sheet.set_column(4, 4, 90)
    layers = [table for table in content.values() if isinstance(table, gpd.GeoDataFrame) and table.crs]
    lines = [
        [words["made"]],
        *([[words["crs"], layers[0].crs.to_string(), crs_text(layers[0].crs, lang)]] if layers else []),
    ]
    known = texts()["info"][lang]
    lines += [[known.get(key, str(key)), known.get(value, str(value))] for key, value in info.items()]
    lines += [
        [],
        [words["sheet"], words["rows"]],
        *([sheets[n], str(len(t))] for n, t in content.items()),
        [],
    ]
    start = len(lines)
    lines.append([words[key] for key in ("sheet", "column", "heading", "unit", "meaning")])
    for name, table in content.items():
        spec = tables.describe(name)
        there = [column for column in spec.index if column in [*table.columns, table.index.name]]
        lines += [
            [
                sheets[name],
                c,
                heading(name, c, lang),
                unit_text(spec.at[c, "unit"], lang),
                spec.at[c, "description"],
            ]
            for c in there
        ]
    for row, line in enumerate(lines):
        for n, text in enumerate(inert(pd.Series(line, dtype=object))):
            if line[n]:
                sheet.write_string(row, n, text, *([head] if row == start else []))
