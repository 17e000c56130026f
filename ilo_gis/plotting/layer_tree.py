"""How a project is shown as a tree of layers: groups, names and themes, as data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from ilo_gis.plotting.base_styles import VIEWS

__all__ = ["groups", "shown", "themes"]


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "layer_tree.toml").read_text("utf-8"))


def groups(lang: str = "es") -> dict[str, dict[str, str]]:
    """Return the groups of a project from the top down, each with its layers and their names.

    Parameters
    ----------
    lang : {"es", "en"}
        Language of the names.

    Returns
    -------
    dict of str to dict
        By the name of the group: names of layers by table, or by what shows a table once more.

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
    """Return the themes of a project by their names, each with the layers that it shows.

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


def shown(there: Iterable[str], lang: str = "es") -> dict[str, dict[str, tuple[str, str]]]:
    """Return the layers of a project that has some tables, by group from the top down.

    Parameters
    ----------
    there : iterable of str
        The tables of the project. Those that no group names come last.
    lang : {"es", "en"}
        Language of the names.

    Returns
    -------
    dict of str to dict
        By the name of the group: by the layer its table and its name. A layer is a table, or one that shows
        a table once more in a look of its own.

    Examples
    --------
    >>> shown(["blocks"], "en")
    {'Plan': {'blocks': ('blocks', 'Blocks'), 'block_outlines': ('blocks', 'Blocks (outline)')}}
    """
    tables, listed = set(there), groups(lang)
    rest = tables.difference(*listed.values())
    listed[list(listed)[-1]] |= {table: table for table in sorted(rest)}
    of = {layer: table for layer, (table, _) in VIEWS.items()}
    found = {
        group: {
            layer: (of.get(layer, layer), name)
            for layer, name in names.items()
            if of.get(layer, layer) in tables
        }
        for group, names in listed.items()
    }
    return {group: layers for group, layers in found.items() if layers}
