"""Plain tables from CSV as offices write it: semicolons, decimal commas, a BOM, any encoding."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from ilo_gis.errors import ReadError
from ilo_gis.io.texts import decoded

__all__ = ["read_csv"]

SEPARATORS = ";\t|,"  # where two are as frequent, the first: a comma may be a decimal one
NUMBER = re.compile(r"[-+]?(\d+|\d{1,3}(\.\d{3})+),\d+|[-+]?\d+")
DECIMAL_COMMA = re.compile(r"[-+]?(\d+|\d{1,3}(\.\d{3})+),\d+")


def read_csv(path: Path, name: str, encoding: str | None = None) -> pd.DataFrame:
    r"""Read a CSV file as texts: what is separated by semicolon, tab, bar or comma.

    Nothing is worked out: a cell that looks like a formula is the text that it is. In a column of numbers
    with decimal commas the comma becomes a point, unless the comma separates the cells.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        What errors call it.
    encoding : str, optional
        Its encoding, else found: by its mark, UTF-8, or that which gives most Spanish letters.

    Returns
    -------
    DataFrame
        Texts by the names of the first line; its index counts rows from 0.

    Raises
    ------
    ReadError
        If it has no first line of names, a name repeats, a line has more cells than names, or it is no text.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "v.csv")
    ...     _ = file.write_text("vertice;este;norte;nota\nA;254000,50;8046000,25;=1+1\n", "utf-8-sig")
    ...     read_csv(file, "v.csv").iloc[0].tolist()
    ['A', '254000.50', '8046000.25', '=1+1']
    """
    text, _ = decoded(path.read_bytes(), encoding)
    if "\0" in text:
        raise ReadError(f"{name} is no CSV file: it holds bytes that are no text. Save it as CSV (UTF-8).")
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not first:
        raise ReadError(f"{name} is empty. Its first line should name the columns.")
    separator = max(SEPARATORS, key=first.count)
    rows = list(_rows(text, separator, name))
    names = [cell.strip() for cell in rows[0]]
    if repeated := sorted({one for one in names if one and names.count(one) > 1}):
        raise ReadError(f"{name} names columns twice: {', '.join(repeated)}. Give each a name of its own.")
    keep = [place for place, one in enumerate(names) if one]
    table = pd.DataFrame(
        [[row[place] for place in keep] for row in rows[1:]], columns=[names[p] for p in keep], dtype=object
    )
    return table if separator == "," else table.apply(_with_points)


def _rows(text: str, separator: str, name: str) -> Iterator[list[str]]:
    """Yield the lines that have a cell filled, all as long as the first."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    width = 0
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            width = width or len(row)
            if any(cell.strip() for cell in row[width:]):
                raise ReadError(
                    f"{name}, line {reader.line_num}, has {len(row)} cells, but {width} columns are named. "
                    f"Put texts that hold {separator!r} in quotes."
                )
            yield [*row, *[""] * width][:width]
    except csv.Error as error:
        raise ReadError(
            f"{name}, line {reader.line_num}, cannot be read: {error}. Save it as CSV again."
        ) from error


def _with_points(column: pd.Series) -> pd.Series:
    """Return a column of numbers with decimal points in place of commas; any other as it is."""
    cells = column.str.strip()
    filled = cells[cells != ""]
    if not filled.str.fullmatch(NUMBER).all() or not filled.str.fullmatch(DECIMAL_COMMA).any():
        return column
    return cells.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
