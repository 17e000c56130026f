"""The names of steps, in English and Spanish."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from ilo_gis.errors import RuleError, some_ids

__all__ = ["title_of", "titles"]


@cache
def titles() -> dict[str, dict[str, str]]:
    """Return the titles by kind of edit and language, from ``titles.toml``.

    Examples
    --------
    >>> titles()["lots.merge"]["es"]
    'Unir los lotes {ids}'
    """
    text = files("ilo_gis.editing").joinpath("titles.toml").read_text("utf-8")
    return tomllib.loads(text)


def title_of(kind: str, ids: Sequence[str], lang: str = "es") -> str:
    """Return the title of an edit.

    Parameters
    ----------
    kind : str
        The kind of edit.
    ids : sequence of str
        What it is done to.
    lang : {"es", "en"}
        The language.

    Raises
    ------
    RuleError
        If the kind is not one of ``titles.toml``.

    Examples
    --------
    >>> title_of("lots.merge", ["A-1", "A-2"])
    'Unir los lotes A-1, A-2'
    """
    known = titles()
    if kind not in known:
        raise RuleError(f"There is no edit {kind!r}. There are: {', '.join(known)}.")
    return known[kind][lang].format(ids=some_ids(ids)).strip()
