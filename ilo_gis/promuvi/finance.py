"""How the houses on assigned lots are paid for, beside what a paper prints of it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import geopandas as gpd
import numpy as np
import pandas as pd

from ilo_gis.errors import SchemaError, did_you_mean, near_words
from ilo_gis.tables import complete, conform, empty, findings, join_findings

__all__ = ["check_finance", "finance_shares", "finance_sources"]

NONE = "none"


def finance_sources() -> pd.DataFrame:
    """Return the sources of house finance, and what the paper prints of each (``finance.toml``).

    Returns
    -------
    DataFrame
        By ``source``: ``es``, ``en``, ``lots``, ``stated`` (share of the assigned lots as printed; NaN where
        none is), ``base`` (lots over share), and ``base_min`` and ``base_max``, the least and the most
        assigned lots of which those lots are the printed share, rounded as it is printed.

    References
    ----------
    López Follegatti 1999, section III.d.

    Examples
    --------
    >>> finance_sources()[["base_min", "base_max"]].loc["materials_bank"].tolist()
    [4041.0, 4067.0]
    """
    return _sources().copy()


@cache
def _sources() -> pd.DataFrame:
    told = tomllib.loads((files(__package__) / "finance.toml").read_text("utf-8"))["sources"]
    table = pd.DataFrame(told).T.rename_axis("source")
    lots, percent = table["lots"].astype("int64"), table["percent"].astype(float)
    half = 0.5 / 10 ** table["decimals"].astype(float)  # of the last decimal printed
    return table[["es", "en"]].assign(
        lots=lots,
        stated=percent / 100,
        base=lots / (percent / 100),
        base_min=np.ceil(100 * lots / (percent + half)),
        base_max=np.floor(100 * lots / (percent - half)),
    )


def finance_shares(house_finance: pd.DataFrame, lots_assigned: pd.Index) -> pd.DataFrame:
    """Return the share of assigned lots that each source of money has helped to build on.

    A lot with two sources counts for both, and once as one with a source; lots that are not assigned do not
    count. Nothing is rounded. `check_finance` names such lots.

    Parameters
    ----------
    house_finance : DataFrame
        Table ``house_finance``: loans and outlays by lot and source.
    lots_assigned : Index
        Ids of the lots that are assigned.

    Returns
    -------
    DataFrame
        Table ``finance_shares``, by source, ``none`` last: ``lots``, ``share`` of the assigned lots,
        ``stated`` (the share that the paper prints), ``base`` (`lots` over ``stated``: the assigned lots that
        they imply), ``amount`` (US cents, of loans whose amount is known). Empty without assigned lots.

    Raises
    ------
    SchemaError
        If it is not the table, or `lots_assigned` are no ids.

    References
    ----------
    López Follegatti 1999, section III.d: 600, 1,100, 350 and 106 families, 14.8, 27, 9 and 2.6 %; the
    number of assigned lots is not given. Those that all four agree with are told by `finance_sources`.

    Examples
    --------
    >>> loans = pandas.DataFrame({"lot_id": ["A-1", "A-2"], "source": ["enace", "own"]}, ["F-1", "F-2"])
    >>> finance_shares(loans, pandas.Index(["A-1", "A-2", "A-3", "A-4"]))["share"].to_dict()
    {'materials_bank': 0.0, 'enace': 0.25, 'labor': 0.0, 'own': 0.25, 'none': 0.5}
    """
    loans = complete(house_finance, "house_finance")
    assigned = _ids(lots_assigned)
    if assigned.empty:
        return empty("finance_shares")
    loans = loans[loans["lot_id"].astype(str).isin(assigned)]
    groups = loans.groupby(loans["source"].astype(str))
    table = _sources()[["stated"]]
    lots = groups["lot_id"].nunique().reindex(table.index, fill_value=0)
    lots[NONE] = len(assigned) - loans["lot_id"].nunique()
    amount = groups["amount"].sum(min_count=1).astype("Int64").reindex(table.index)
    shares = table.assign(lots=lots, share=lots / len(assigned), amount=amount, base=lots / table["stated"])
    return conform(shares, "finance_shares")


def check_finance(house_finance: pd.DataFrame, lots_assigned: pd.Index) -> gpd.GeoDataFrame:
    """Check loans and outlays: lots, sources, amounts, and lots with more than one source.

    Parameters
    ----------
    house_finance, lots_assigned
        As for `finance_shares`.

    Returns
    -------
    GeoDataFrame
        Table ``findings``: lots that are not assigned, sources that are unknown and amounts below 0
        (errors), lots with two sources (warnings).

    Raises
    ------
    SchemaError
        If it is not the table, or `lots_assigned` are no ids.

    Examples
    --------
    >>> loans = pandas.DataFrame({"lot_id": "A-1", "source": ["enace", "own"]}, ["F-1", "F-2"])
    >>> check_finance(loans, pandas.Index(["A-1"]))["message_es"].tolist()
    ['El lote tiene más de una fuente de financiamiento: enace, own. Cuenta en cada una.']
    """
    loans = complete(house_finance, "house_finance")
    lot, source = loans["lot_id"].astype(str), loans["source"].astype(str)
    assigned = sorted(_ids(lots_assigned))
    known = _sources().index.drop(NONE)
    lost, strange, below = ~lot.isin(assigned), ~source.isin(known), loans["amount"].fillna(0) < 0
    near = [", ".join([one, *near_words(one, assigned, most=1)]) for one in lot[lost]]
    words = [one + did_you_mean(one, known) for one in source[strange]]
    pairs = loans.assign(lot=lot, source=source)[~lost & ~strange].drop_duplicates(["lot", "source"])
    several = pairs.sort_values("source").groupby("lot")["source"].agg([", ".join, "size"])
    several = several[several["size"] > 1]
    return join_findings(
        empty("findings"),
        findings("house_finance", loans[lost], "finance.unknown_lot", detail=near),
        findings("house_finance", loans[strange], "finance.unknown_source", detail=words),
        findings("house_finance", loans[below], "finance.amount", found=loans["amount"][below] / 100),
        findings("lots", several, "finance.two_sources", detail=several["join"]),
    )


def _ids(lots: pd.Index) -> pd.Index:
    """Return the ids of lots, once each; a whole table of lots is refused: its ids are its index."""
    if isinstance(lots, pd.DataFrame):
        raise SchemaError("`lots_assigned` are ids, not a table: pass `lots.index`.")
    return pd.Index(lots).astype(str).unique()
