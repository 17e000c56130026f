"""Who is blocked by what: missing works and papers, and the order in which to do them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.promuvi.progress import legal_lots
from ilo_gis.promuvi.services import SCOPES, services
from ilo_gis.tables import conform, empty

__all__ = ["blockers"]

CHOICE = "|"  # between services one of which will do
WORKS = ("works", "finance")  # kinds of conditions that wait for a work, or for its money
PLACES = {"lot": ("", ""), "block": ("Block", "Manzana"), "area": ("Area", "Área")}

Codes = NDArray[np.int64]


def blockers(missing: pd.DataFrame, lots: pd.DataFrame) -> pd.DataFrame:
    """Return what holds lots back, and in which order to do it so that lots go on soonest.

    A missing work is told for each block or area that it is usually done for at once (``services.toml``);
    where one of several would do, they are told together. First comes what lets most lots go on; where
    nothing lets any go on by itself, what brings most of them nearest: each lot counts as one over what it
    still lacks. That is a good order, not proven the best one.

    Parameters
    ----------
    missing : DataFrame
        Table ``missing``, as `ilo_gis.promuvi.why_not` gives it. What only follows from it, that one stage
        comes before another, is left out.
    lots : DataFrame or GeoDataFrame
        Table ``lots``; others are left out.

    Returns
    -------
    DataFrame
        Table ``blockers``, in order of doing: ``lots`` held back, ``alone``: those that lack nothing else.

    Raises
    ------
    SchemaError
        If the tables lack columns.

    References
    ----------
    Chvátal 1979, A greedy heuristic for the set-covering problem.

    Examples
    --------
    Of two lots without sewer one also lacks its inspection:

    >>> lots = pandas.DataFrame({"block_id": ["A", "A"]}, pandas.Index(["A-1", "A-2"], name="lot_id"))
    >>> told = {"lot_id": ["A-1", "A-1", "A-2"], "kind": ["works", "lived", "works"], "stage": "adjudicated"}
    >>> told |= {"condition": ["plans", "lives_there", "plans"], "required": ["sewer", "lived", "sewer"]}
    >>> missing = pandas.DataFrame(told).assign(en="", es="").rename_axis("missing_id")
    >>> blockers(missing, lots)[["target_id", "lots", "alone"]].values.tolist()
    [['A', 2, 1], ['', 1, 0]]
    """
    pairs = _pairs(conform(missing, "missing"), legal_lots(lots))
    if pairs.empty:
        return empty("blockers")
    blocker, names = pd.factorize(pairs["blocker_id"].to_numpy(dtype=object), sort=True)
    lot = pd.factorize(pairs["lot_id"].to_numpy(dtype=object), sort=True)[0]
    lacks = np.bincount(lot)
    order = np.empty(len(names), dtype=np.int64)
    order[_greedy(lot, blocker)] = np.arange(1, len(names) + 1)
    table = pairs.drop_duplicates("blocker_id").set_index("blocker_id").loc[names].drop(columns="lot_id")
    alone = np.bincount(blocker[lacks[lot] == 1], minlength=len(names))
    table = table.assign(lots=np.bincount(blocker), alone=alone, order=order)
    return conform(table.sort_values("order"), "blockers")


def _pairs(missing: pd.DataFrame, lots: pd.DataFrame) -> pd.DataFrame:
    """Return each lot with each thing that holds it back: a row for each pair."""
    table = missing[(missing["kind"] != "order") & missing["lot_id"].isin(lots.index)]
    of_works = table["kind"].isin(WORKS).to_numpy(dtype=bool)
    first = table["required"].str.partition(CHOICE)[0] if len(table) else table["required"]
    scope = services()["scope"].reindex(first).where(of_works, "lot").fillna("lot").to_numpy(dtype=object)
    target = np.full(len(table), "", dtype=object)
    place = {lang: np.full(len(table), "", dtype=object) for lang in ("en", "es")}
    for name, (en, es) in PLACES.items():
        column = SCOPES[name]
        if name == "lot" or column not in lots:
            continue
        own = scope == name
        target[own] = lots[column].astype(str).reindex(table["lot_id"][own]).to_numpy(dtype=object)
        for lang, word in (("en", en), ("es", es)):
            place[lang][own] = word + " " + target[own] + ": "
    pairs = pd.DataFrame(
        {
            "lot_id": table["lot_id"].astype(str),
            "condition": table["condition"].astype(str),
            "service": table["required"].where(of_works).astype("string"),
            "target_id": target,
            "en": place["en"] + table["en"].astype(str).to_numpy(dtype=object),
            "es": place["es"] + table["es"].astype(str).to_numpy(dtype=object),
        }
    )
    what = pairs["service"].fillna("") + ":" + pairs["target_id"]
    pairs = pairs.assign(blocker_id=(pairs["condition"] + ":" + what).astype(object).str.rstrip(":"))
    return pairs.drop_duplicates(["lot_id", "blocker_id"]).sort_values(["lot_id", "blocker_id"])


def _greedy(lot: Codes, blocker: Codes) -> list[int]:
    """Return blockers in order: what lets most lots go on, then what brings most of them nearest."""
    of_blocker = [lot[rows] for rows in _groups(blocker)]
    of_lot = [blocker[rows] for rows in _groups(lot)]
    lacks = np.bincount(lot).astype(float)
    near = np.bincount(blocker, 1.0 / lacks[lot])
    frees = np.bincount(blocker, lacks[lot] == 1.0)
    done = np.zeros(len(near), dtype=bool)
    order = []
    for _ in range(len(near)):
        key = np.where(done, -1.0, frees * (len(lacks) + 1.0) + near)
        one = int(np.flatnonzero(key >= key.max() - 1e-9)[0])  # sums are not exact: the first of equals
        done[one] = True
        order.append(one)
        for own in of_blocker[one]:
            others = of_lot[own]
            still = lacks[own]
            lacks[own] = still - 1.0
            if still > 1.0:
                near[others] += 1.0 / (still - 1.0) - 1.0 / still
                frees[others] += still == 2.0
    return order


def _groups(codes: Codes) -> list[Codes]:
    """Return the rows of each code."""
    rows = np.argsort(codes, kind="stable")
    return np.split(rows, np.cumsum(np.bincount(codes))[:-1])
