"""What tables tell of where they come from: norms, sources, whether they are schematic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import pandas as pd

__all__ = ["NOT_TOLD", "ORIGIN", "facts_of", "with_facts"]

KEY = "ilo_gis"  # of ``DataFrame.attrs``, which copies of a table keep
NOT_TOLD = "not told"
ORIGIN = ("norms", "articles", "sources", "schematic")  # facts that a file of a plan always tells

Table = TypeVar("Table", bound=pd.DataFrame)


def with_facts(table: Table, facts: Mapping[str, str]) -> Table:
    """Return a table that tells more of where it comes from; its rows are those given.

    Parameters
    ----------
    table : DataFrame or GeoDataFrame
        Any table.
    facts : mapping of str to str
        What is to be known of it, such as ``{"sources": "survey.dxf"}``; what is not known is left out.

    Returns
    -------
    DataFrame or GeoDataFrame

    Examples
    --------
    >>> roads = with_facts(pd.DataFrame(), {"sources": "roads.shp"})
    >>> facts_of(roads, with_facts(pd.DataFrame(), {"sources": "site.dxf", "schematic": "yes"}))
    {'sources': 'roads.shp; site.dxf', 'schematic': 'yes'}
    """
    result = table.copy(deep=False)
    result.attrs = {**table.attrs, KEY: facts_of(table) | {k: v for k, v in facts.items() if v != NOT_TOLD}}
    return result


def facts_of(*given: object) -> dict[str, str]:
    """Return what tables tell of where they come from, each thing once; what is no table tells nothing.

    Parameters
    ----------
    *given : object
        Tables, and what stands in their place where there is none.

    Returns
    -------
    dict of str to str

    Examples
    --------
    >>> facts_of(None, pd.DataFrame())
    {}
    """
    told: dict[str, list[str]] = {}
    for table in given:
        for key, value in getattr(table, "attrs", {}).get(KEY, {}).items():
            told.setdefault(key, []).extend(str(value).split("; "))
    return {key: "; ".join(dict.fromkeys(values)) for key, values in told.items()}
