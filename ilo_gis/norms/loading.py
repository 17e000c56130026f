"""Norms of a country on a day, from the shipped files and a folder of one's own."""

from __future__ import annotations

import os
from copy import deepcopy
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from ilo_gis.errors import NormError
from ilo_gis.norms.checks import require_sound
from ilo_gis.norms.mapping import Norms
from ilo_gis.norms.norm import Norm, Reading
from ilo_gis.sources import parse

__all__ = ["load"]

VARIABLE = "ILO_GIS_NORMS"

Entries = dict[str, dict[str, Any]]  # by id, as the file says


def load(
    country: str = "pe", *, on: date | None = None, folder: str | os.PathLike[str] | None = None
) -> Norms:
    """Return the norms of a country in force on a day.

    The shipped norms come first. A folder of one's own adds to them, and an entry with the id
    of a shipped one replaces it whole, past values included. The folder is `folder`, else what
    the environment variable ``ILO_GIS_NORMS`` names. In it, the files of ``<folder>/<country>/``
    are read if there is such a folder, else those that lie in ``<folder>/`` itself.

    Parameters
    ----------
    country : str
        Code of the country: a folder of the shipped norms, or of the folder of one's own.
    on : date, optional
        The day, today by default.
    folder : path, optional
        A folder of TOML files.

    Returns
    -------
    Norms
        Each norm in force that day by its id, ``"<file>.<entry>"``.

    Raises
    ------
    NormError
        If the country is unknown, the folder is missing or empty, `on` is no date, or a file is
        broken: the message names file, line and key.

    Examples
    --------
    >>> import datetime
    >>> rule = load("pe", on=datetime.date(2021, 1, 1))["gh020.block_length"]
    >>> rule.value, rule.unit, rule.article
    ({'min': 40, 'max': 300}, 'm', 'GH.020 Art. 15')
    """
    day = _day(on)
    country = country.lower()
    shipped, own = _countries(), _own_folder(folder)
    own_countries = [part.name for part in own.iterdir() if part.is_dir()] if own else []
    if country not in shipped and country not in own_countries:
        known = ", ".join(sorted({*shipped, *own_countries}))
        raise NormError(
            f"There are no norms of the country {country!r}. There are those of: {known}. "
            f"Add your own as TOML files in <folder>/{country}/ and pass `folder=`."
        )
    entries = dict(_shipped(country)) if country in shipped else {}
    if own:
        entries |= _own(own, country)
    norms, absent = {}, {}
    for id_ in sorted(entries):
        begin = max((text for text in entries[id_]["values"] if text <= day.isoformat()), default=None)
        first, end = date.fromisoformat(min(entries[id_]["values"])), entries[id_].get("until")
        if begin is None:
            absent[id_] = f"it exists since {first}"
        elif end and day >= end:
            absent[id_] = f"it was from {first} until {end}"
        else:
            norms[id_] = _norm(id_, entries[id_], begin)
    return Norms(country, day, norms, absent)


def _day(on: date | None) -> date:
    if on is None:
        return date.today()
    if isinstance(on, datetime):
        return on.date()
    if not isinstance(on, date):
        raise NormError(f"`on` should be a date, not {on!r}: `on=datetime.date(2021, 1, 1)`.")
    return on


def _data() -> Traversable:
    return files(__package__) / "data"


def _countries() -> list[str]:
    return sorted(part.name for part in _data().iterdir() if part.is_dir())


def _own_folder(folder: str | os.PathLike[str] | None) -> Path | None:
    said = "`folder`" if folder else f"The environment variable {VARIABLE}"
    given = folder or os.environ.get(VARIABLE)
    if not given:
        return None
    path = Path(given)
    if not path.is_dir():
        raise NormError(f"{said} names {path}, which is no folder. Name a folder that holds .toml files.")
    return path


@cache
def _shipped(country: str) -> Entries:
    return _read(_data() / country)  # an installed file does not change while the program runs


def _read(folder: Traversable) -> Entries:
    """Read and check every TOML file of a folder, and return its entries by id."""
    entries: Entries = {}
    paths = sorted(
        (part for part in folder.iterdir() if part.name.endswith(".toml")), key=lambda part: part.name
    )
    if not paths:
        raise NormError(f"{folder} holds no .toml file. Put your norms there; see docs/norms.md for how.")
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise NormError(
                f"{path} cannot be read: {error.strerror}. Check that it is a file you may read."
            ) from error
        source = parse(data, str(path), path.name.removesuffix(".toml"))
        require_sound(source)
        entries |= {f"{source.stem}.{name}": entry for name, entry in source.entries.items()}
    return entries


def _own(folder: Path, country: str) -> Entries:
    if (folder / country).is_dir():
        return _read(folder / country)
    others = any(folder.glob("*/*.toml")) and not any(folder.glob("*.toml"))
    return {} if others else _read(folder)  # a folder with norms of other countries only adds nothing here


def _norm(id_: str, entry: dict[str, Any], begin: str) -> Norm:
    def text(key: str) -> str:
        given = entry.get(key, "")
        return given[begin] if isinstance(given, dict) else given

    following = min((day for day in entry["values"] if day > begin), default=None)
    return Norm(
        id=id_,
        value=deepcopy(entry["values"][begin]),  # the entries are cached, and dicts can be changed
        unit=deepcopy(entry["unit"]),
        since=date.fromisoformat(begin),
        until=date.fromisoformat(following) if following else entry.get("until"),
        article=text("article"),
        source=text("source"),
        confidence=text("confidence"),
        status=text("status"),
        description=entry["description"],
        title_es=entry["title_es"],
        note=text("note"),
        alternatives=tuple(Reading(**deepcopy(one)) for one in entry.get("alternatives", ())),
    )
