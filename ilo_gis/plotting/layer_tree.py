"""How a project is shown as a tree of layers: groups, names and themes, as data."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["groups", "themes"]


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "layer_tree.toml").read_text("utf-8"))


def groups(lang: str = "es") -> dict[str, dict[str, str]]:
    """Return the groups of a project from the top down, each with its tables and their names.

    Parameters
    ----------
    lang : {"es", "en"}
        Language of the names.

    Returns
    -------
    dict of str to dict
        By the name of the group: names of layers by table.

    Examples
    --------
    >>> groups("es")["Plan"]["lots"], groups("en")["Plan"]["lots"]
    ('Lotes', 'Lots')
    """
    place = ("en", "es").index(lang)
    return {
        group[lang]: {table: names[place] for table, names in group["tables"].items()}
        for group in _read()["groups"].values()
    }


def themes(lang: str = "es") -> dict[str, tuple[str, ...]]:
    """Return the themes of a project by their names, each with the tables that it shows.

    Parameters
    ----------
    lang : {"es", "en"}
        Language of the names.

    Examples
    --------
    >>> list(themes("es"))[:2]
    ['Plan', 'Terreno']
    """
    return {theme[lang]: tuple(theme["tables"]) for theme in _read()["themes"].values()}
