"""Uses of reserves, classes of streets, families of zones: and the words that others have for them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

__all__ = ["Kind", "kinds", "usual_kinds"]


@dataclass(frozen=True)
class Kind:
    """A use of reserves, a class of streets, a family of zones or a class of density.

    Attributes
    ----------
    en, es : str
        Its name in English and Spanish.
    also : tuple of str
        Other words for it, in lower case.
    uses : tuple of str
        Of a reserve: public facilities that may have it, as the norms name them.
    green : bool
        Of a reserve: whether it is land for leisure.
    collects : bool
        Of a street: whether it serves more than the site.
    built : bool
        Of a use of the seafront: whether buildings stand there.
    """

    en: str
    es: str
    also: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    green: bool = False
    collects: bool = False
    built: bool = False


@cache
def kinds(table: str) -> Mapping[str, Kind]:
    """Return the kinds of the features of a table by name, as ``kinds.toml`` has them.

    Parameters
    ----------
    table : {"reserves", "street_lines", "zones", "densities", "holdings", "suitability", "occupants",
        "seafront"}
        Whose kinds.

    Raises
    ------
    KeyError
        If the table has none.

    Examples
    --------
    >>> [name for name, kind in kinds("reserves").items() if kind.green]
    ['recreation', 'parks_zonal']
    """
    told = tomllib.loads((files(__package__) / "kinds.toml").read_text("utf-8"))[table]
    return MappingProxyType({name: _kind(entry) for name, entry in told.items()})


def _kind(entry: Mapping[str, Any]) -> Kind:
    lists: dict[str, Any] = {key: tuple(entry.get(key, ())) for key in ("also", "uses")}
    return Kind(**{**entry, **lists})


def usual_kinds(words: Iterable[object], table: str) -> NDArray[np.object_]:
    """Return the usual name of each kind; words that are not known stay, missing ones are empty.

    Parameters
    ----------
    words : iterable
        Words of any layer, in any case.
    table : {"reserves", "street_lines", "zones", "densities", "holdings", "seafront"}
        Whose kinds.

    Returns
    -------
    array of str

    Examples
    --------
    >>> usual_kinds(["Parque", "education", "mercado", None], "reserves").tolist()
    ['recreation', 'education', 'mercado', '']
    """
    names = {word: name for name, kind in kinds(table).items() for word in (name, *kind.also)}
    said = pd.Series(words, dtype="string").fillna("").str.strip()
    return said.str.lower().map(names).fillna(said).to_numpy(dtype=object)
