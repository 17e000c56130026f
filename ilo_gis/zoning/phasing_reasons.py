"""Why each area opens when it does, or not at all, in words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.zoning.demand import growth_data
from ilo_gis.zoning.phasing_model import NEVER, Works, shortage

__all__ = ["reasons"]

FEW = 4  # areas that a text names before it says "and others"
AND_MORE = {"en": " and others", "es": " y otras"}

Ints = NDArray[np.int64]
Said = tuple[str, dict[str, Any]]  # the text and what is filled in


def reasons(works: Works, opened: Ints, names: pd.Index, years: pd.Index) -> tuple[list[str], list[str]]:
    """Return the reason for the year of each area in English and in Spanish.

    Parameters
    ----------
    works : Works
        What was asked.
    opened : int array
        Year of each area, from 0, or `NEVER`.
    names, years : Index
        Ids of the areas, and years.
    """
    told = [
        _closed(works, opened, k, years) if opened[k] == NEVER else _opened(works, opened, k, years)
        for k in range(len(names))
    ]
    return _texts(told, names, "en"), _texts(told, names, "es")


def _texts(told: list[list[Said]], names: pd.Index, lang: str) -> list[str]:
    texts = growth_data()["reasons"]

    def one(key: str, filled: dict[str, Any]) -> str:
        others = filled.get("others", [])
        listed = ", ".join(str(names[k]) for k in others[:FEW]) + AND_MORE[lang] * (len(others) > FEW)
        return texts[key][lang].format(**(filled | {"others": listed}))

    return [" ".join(one(*said) for said in area) for area in told]


def _opened(works: Works, opened: Ints, k: int, years: pd.Index) -> list[Said]:
    year = int(opened[k])
    without = opened.copy()
    without[k] = NEVER
    missing = np.maximum(shortage(works, without), 0)
    more = missing > shortage(works, opened)  # years in which its lots are needed
    later = works.needs[(works.needs[:, 1] == k) & (opened[works.needs[:, 0]] != NEVER), 0]
    filled: dict[str, Any] = {"year": years[year]}
    if more[year]:
        why: Said = ("needed", filled | {"short": int(missing[year])})
    elif len(later):
        why = ("before", filled | {"others": later})
    elif more.any():
        until = int(np.argmax(more))
        why = ("ahead", filled | {"short": int(missing[until]), "until": years[until]})
    else:
        why = ("early", filled)
    return [why, _price(works, opened, k)]


def _price(works: Works, opened: Ints, k: int) -> Said:
    """Compare an area with those that were ready in its year and open later or never."""
    year = opened[k]
    price = works.cost / np.maximum(works.lots, 1)
    is_open = (opened != NEVER) & (opened <= year)
    could = ~is_open & (works.first <= year) & (works.lots > 0)
    could[works.needs[~is_open[works.needs[:, 1]], 0]] = False
    cheaper = np.flatnonzero(could & (price < price[k]))
    filled = {"price": price[k], "others": cheaper}
    return ("fits", filled) if len(cheaper) else ("cheapest", filled)


def _closed(works: Works, opened: Ints, k: int, years: pd.Index) -> list[Said]:
    last, short = years[-1], int(shortage(works, opened)[-1])
    if works.lots[k] == 0:
        return [("empty", {})]
    if works.first[k] >= len(years):
        return [("unready", {"ready": years[0] + int(works.first[k]), "last": last})]
    if short == 0:
        spare = int(works.lots[opened != NEVER].sum() - works.demand[-1])
        return [("spare", {"last": last, "spare": spare})]
    return [("held" if works.shortage_cost is None else "dear", {"last": last, "short": short})]
