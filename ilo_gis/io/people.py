"""The private file of names, documents and phones: apart from every project, and closed to others."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd

from ilo_gis import tables
from ilo_gis.errors import ReadError, WriteError, some_ids
from ilo_gis.io.atomic import replacing
from ilo_gis.tables.reading import days

__all__ = ["read_people", "write_people"]

OWNER_ONLY = 0o600
OTHERS = 0o077


def write_people(people: pd.DataFrame, path: str | os.PathLike[str], overwrite: bool = False) -> Path:
    """Write the table of people to a file of its own that only its owner can read.

    Parameters
    ----------
    people : DataFrame
        Table ``people``.
    path : path-like
        The file, ``*.csv``; never a project.
    overwrite : bool
        Whether an existing file may be replaced.

    Returns
    -------
    Path
        The file written, with mode 600 where the system has modes.

    Raises
    ------
    SchemaError
        If it is no table of people. No value is named.
    WriteError
        If the file is no CSV file, exists, or cannot be written; what was there before stays.

    References
    ----------
    Ley 29733, Ley de protección de datos personales (Peru), article 9: the holder keeps data safe.

    Examples
    --------
    >>> write_people(ilo_gis.tables.empty("people"), "project.gpkg")
    Traceback (most recent call last):
    ilo_gis.errors.WriteError: project.gpkg: names, documents and phones have a CSV file of their own ...
    """
    if Path(path).suffix.lower() != ".csv":
        raise WriteError(
            f"{path}: names, documents and phones have a CSV file of their own, never a project or layer. "
            f"Name it {Path(path).stem}.csv."
        )
    table = tables.complete(people, "people")[list(tables.empty("people").columns)]
    target = Path(path).expanduser()
    if overwrite and target.is_file():
        target.chmod(OWNER_ONLY)  # the file that takes its place keeps its rights
    with replacing(path, overwrite) as temporary:
        temporary.touch(OWNER_ONLY)
        table.to_csv(temporary, date_format="%Y-%m-%d", lineterminator="\n", encoding="utf-8")
    return Path(path)


def read_people(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Read the private table of people.

    Parameters
    ----------
    path : path-like
        A file that `write_people` made, or one with the same columns.

    Returns
    -------
    DataFrame
        Table ``people``.

    Raises
    ------
    ReadError
        If the file is missing, no CSV file, open to others than its owner, or is not such a table. Lines
        are named by number; nothing of what stands in them is told.

    References
    ----------
    Ley 29733, Ley de protección de datos personales (Peru), article 9.

    Examples
    --------
    >>> read_people("no_such.csv")
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: There is no file no_such.csv. Check the path and the name.
    """
    file = Path(path).expanduser()
    if not file.is_file():
        raise ReadError(f"There is no file {path}. Check the path and the name.")
    if file.suffix.lower() != ".csv":
        raise ReadError(f"{path} is no CSV file. People are read from the file that `write_people` made.")
    if os.name == "posix" and file.stat().st_mode & OTHERS:
        raise ReadError(f"{path} is open to others than its owner. Close it first: `chmod 600 {path}`.")
    wanted = tables.describe("people")
    try:
        raw = pd.read_csv(file, dtype="string", encoding="utf-8-sig")
    except (ValueError, OSError):  # what the parser says may quote the file
        raw = pd.DataFrame()
    if lacking := [column for column in wanted.index[wanted["required"] == "yes"] if column not in raw]:
        raise ReadError(
            f"{path} has no column {', '.join(lacking)}, or is no CSV file in UTF-8. Its first line should "
            f"be: {','.join(wanted.index)}."
        )
    wrong = raw["person_id"].isna() | raw["person_id"].duplicated() | raw["household_id"].isna()
    if "birth" in raw:
        raw["birth"], no_day = days(raw["birth"])
        wrong |= no_day
    if wrong.any():
        raise ReadError(
            f"{path}: lines {some_ids(raw.index[wrong] + 2)} have no household, no person of their own, or a "
            "birth that is no day (1990-12-31). Mend them there."
        )
    return tables.complete(
        raw.assign(person_id=raw["person_id"].astype(object)).set_index("person_id"), "people"
    )[list(tables.empty("people").columns)]
