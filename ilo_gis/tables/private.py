"""What identifies people stays in its own file: tables that carry it are refused at every way out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import pandas as pd

from ilo_gis.errors import PrivacyError
from ilo_gis.tables.reading import plain
from ilo_gis.tables.schema import describe, names

__all__ = ["private_columns", "require_no_private"]

JOINED = re.compile(r"_(x|y|left|right|\d+)$")  # what joins add to names of columns


@cache
def _words() -> dict[str, frozenset[str]]:
    told = tomllib.loads((files(__package__) / "private.toml").read_text("utf-8"))
    return {key: frozenset(words) for key, words in told.items()}


def private_columns(columns: Iterable[object], name: str = "") -> list[str]:
    """Return those of some columns that hold what identifies people.

    Parameters
    ----------
    columns : iterable of str
        Names of columns and index.
    name : str
        Declared name of the table, where it has one: its own columns are none, unless it is private itself.

    Returns
    -------
    list of str

    References
    ----------
    Ley 29733, Ley de protección de datos personales (Peru), article 2: what identifies a person.

    Examples
    --------
    >>> private_columns(["lot_id", "stage", "Teléfono"]), private_columns(["household_id", "name", "stage"])
    (['Teléfono'], ['name'])
    >>> private_columns(["name", "width"], "street_lines")
    []
    """
    words = _words()
    listed = [str(column) for column in columns]
    if name in words["tables"]:
        return listed
    own = set(describe(name).index) if name in names() else set()
    known = {column: JOINED.sub("", plain(column)) for column in listed if column not in own}
    people = name in words["about_people"] or bool(words["ids"] & {plain(column) for column in listed})
    wrong = words["always"] | (words["with_people"] if people else frozenset())
    return [column for column, word in known.items() if word in wrong]


def require_no_private(table: pd.DataFrame | pd.Series | Iterable[object], name: str = "") -> None:
    """Raise if a table, or some columns, hold what identifies people.

    Parameters
    ----------
    table : DataFrame, Series or iterable of str
        What is about to be written, drawn or told: a table, a column, or names of columns.
    name : str
        Declared name of the table, where it has one.

    Raises
    ------
    PrivacyError
        If there is such a column. It is named; no value is.

    References
    ----------
    Ley 29733, Ley de protección de datos personales (Peru).

    Examples
    --------
    >>> require_no_private(pandas.DataFrame({"household_id": ["H1"], "phone": ["953"]}), "lot_states")
    Traceback (most recent call last):
    ilo_gis.errors.PrivacyError: lot_states: column phone holds what identifies people. It stays in the ...
    """
    columns = [table.name] if isinstance(table, pd.Series) else list(table)
    columns += table.index.names if isinstance(table, pd.DataFrame | pd.Series) else []
    wrong = private_columns([column for column in columns if column is not None], name)
    if wrong:
        held = f"column {wrong[0]} holds" if len(wrong) == 1 else f"columns {', '.join(wrong)} hold"
        raise PrivacyError(
            f"{name or 'This table'}: {held} what identifies people. It stays in the private file; here "
            f"people go by id only. Drop it: `{name or 'table'}.drop(columns={wrong})`."
        )
