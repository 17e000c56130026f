"""How far a programme is on a day: services and stages, by programme, area and block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.errors import ExactnessError, RuleError, SchemaError, did_you_mean
from ilo_gis.promuvi.services import SCOPES, STATES, service_states, services, services_on
from ilo_gis.tables import complete, conform, empty, require_metres

__all__ = ["BY", "STAGES", "group_of", "legal_lots", "lot_progress", "service_progress", "stage_progress"]

BY = ("programme", "area", "block")
STAGES = ("free", "allotted", "occupied", "adjudicated", "titled")


def service_progress(
    works: pd.DataFrame, lots: pd.DataFrame, on: date, by: Sequence[str] = BY
) -> pd.DataFrame:
    """Count the lots that have each service on a day, and those for which it is under way or planned.

    Parameters
    ----------
    works : DataFrame
        Table ``works``.
    lots : DataFrame or GeoDataFrame
        Table ``lots``; remnants do not count. Areas are told by ``extension_area``.
    on : date
        The day.
    by : sequence of {"programme", "area", "block"}
        What is told: the whole, each area, each block.

    Returns
    -------
    DataFrame
        Table ``service_progress``: ``lots``, ``planned``, ``under_way``, ``done``, ``share`` (done of all).

    Raises
    ------
    RuleError
        If `on` is no date or `by` is unknown.
    SchemaError
        If the tables lack columns, or works are of unknown services.
    ExactnessError
        If the groups do not add up: a fault of ilo_gis.

    Examples
    --------
    >>> lots = pandas.DataFrame({"block_id": ["A", "A", "B"], "kind": "lot"}, ["A-1", "A-2", "B-1"])
    >>> works = pandas.DataFrame({"service": ["tap"], "scope": "block", "target_id": "A"})
    >>> works = works.assign(done="1991-01-01").rename_axis("work_id")
    >>> told = service_progress(works, lots, pandas.Timestamp("1992-01-01"), by=["programme", "block"])
    >>> told[told["service"] == "tap"][["lots", "done", "share"]].round(2).values.tolist()
    [[3.0, 2.0, 0.67], [2.0, 2.0, 1.0], [1.0, 0.0, 0.0]]
    """
    table, names = legal_lots(lots), services().index
    parts = [empty("service_progress").reset_index()]
    for one, labels, counts in _tally(table, by, service_states(works, table, on), len(STATES)):
        rows = _rows(one, labels, "service", names).assign(lots=counts.sum(axis=2).ravel())
        for rank, state in enumerate(STATES[1:], start=1):
            rows[state] = counts[:, :, rank].ravel()
        parts.append(rows.assign(share=rows["done"] / rows["lots"]))
    return conform(pd.concat(parts[1:] or parts).set_index("item"), "service_progress")


def stage_progress(states: pd.DataFrame, lots: pd.DataFrame, by: Sequence[str] = BY) -> pd.DataFrame:
    """Count the lots in each stage, and those that have reached it.

    Parameters
    ----------
    states : DataFrame
        Table ``lot_states`` of the day; lots that are not in it are free.
    lots : DataFrame or GeoDataFrame
        As for `service_progress`.
    by : sequence of {"programme", "area", "block"}
        What is told.

    Returns
    -------
    DataFrame
        Table ``stage_progress``: ``lots`` in the stage, ``reached`` (in it or a later one), ``share``.

    Raises
    ------
    RuleError
        If `by` is unknown.
    SchemaError
        If the tables lack columns.

    Examples
    --------
    >>> lots = pandas.DataFrame({"block_id": "A", "kind": "lot"}, ["A-1", "A-2", "A-3"])
    >>> states = pandas.DataFrame({"stage": ["titled", "occupied"]}, ["A-1", "A-2"])
    >>> told = stage_progress(states.rename_axis("lot_id"), lots, by=["programme"])
    >>> told.set_index("stage")[["lots", "reached"]].T.values.tolist()
    [[1, 0, 1, 0, 1], [3, 2, 2, 1, 1]]
    """
    table = legal_lots(lots)
    stage = conform(states, "lot_states")["stage"].astype(str).reindex(table.index).fillna(STAGES[0])
    ranks = pd.Index(STAGES).get_indexer(stage)[:, None]
    parts = [empty("stage_progress").reset_index()]
    for one, labels, counts in _tally(table, by, ranks, len(STAGES)):
        reached = counts[:, 0, ::-1].cumsum(axis=1)[:, ::-1]
        rows = _rows(one, labels, "stage", STAGES).assign(lots=counts.ravel(), reached=reached.ravel())
        parts.append(rows.assign(share=(reached / reached[:, :1]).ravel()))
    return conform(pd.concat(parts[1:] or parts).set_index("item"), "stage_progress")


def lot_progress(
    lots: gpd.GeoDataFrame, states: pd.DataFrame, works: pd.DataFrame, on: date
) -> gpd.GeoDataFrame:
    """Return each lot with its stage and the state of each of its services: the layer that maps show.

    Parameters
    ----------
    lots : GeoDataFrame
        Table ``lots``, polygons in a CRS in metres; remnants are left out.
    states : DataFrame
        Table ``lot_states`` of the day; lots that are not in it are free.
    works : DataFrame
        Table ``works``.
    on : date
        The day.

    Returns
    -------
    GeoDataFrame
        Table ``lot_progress``, by lot: ``stage``, ``since``, and a column for each service. Households are
        not in it.

    Raises
    ------
    CRSError, SchemaError, RuleError
        If lots are not in metres, tables lack columns, or `on` is no date.

    Examples
    --------
    >>> lot = geopandas.GeoDataFrame({"block_id": ["A"], "kind": "lot"}, index=["A-1"], crs=32719,
    ...     geometry=[shapely.box(0, 0, 8, 20)]).rename_axis("lot_id")
    >>> none = ilo_gis.tables.empty("lot_states"), ilo_gis.tables.empty("works")
    >>> lot_progress(lot, *none, pandas.Timestamp("1996-01-01"))[["stage", "tap"]].values.tolist()
    [['free', 'none']]
    """
    require_metres(lots, "lots")
    land = legal_lots(lots)
    known = complete(states, "lot_states").reindex(land.index)
    kept = [name for name in ("block_id", "extension_area", "note", "geometry") if name in land]
    table = land[kept].join(services_on(works, land, on))
    stage = pd.Categorical(known["stage"].astype("string").fillna(STAGES[0]).astype(str), STAGES)
    return conform(table.assign(stage=stage, since=known["since"]), "lot_progress")


def legal_lots(lots: pd.DataFrame) -> pd.DataFrame:
    """Return lots without remnants, their ids as text.

    Examples
    --------
    >>> lots = pandas.DataFrame({"kind": ["lot", "remnant"]}, pandas.Index(["A-1", "A-R1"], name="lot_id"))
    >>> legal_lots(lots).index.tolist()
    ['A-1']
    """
    table = lots.set_index("lot_id") if "lot_id" in lots else lots
    if "kind" in table:
        table = table[table["kind"].astype(str) != "remnant"]
    return table.set_axis(table.index.astype(str).rename("lot_id"))


# -- groups --------------------------------------------------------------------------------------------


def _tally(
    lots: pd.DataFrame, by: Iterable[str], ranks: NDArray[Any], states: int
) -> Iterator[tuple[str, pd.Index, NDArray[np.int64]]]:
    """Yield for each grouping its groups, and how many lots are in each state: groups by things by states."""
    for one in by:
        place, labels = pd.factorize(group_of(lots, one), sort=True)
        counts = np.zeros((len(labels), ranks.shape[1], states), dtype=np.int64)
        np.add.at(counts, (place[:, None], np.arange(ranks.shape[1]), ranks), 1)
        if int(counts.sum()) != ranks.size:
            raise ExactnessError("groups of lots do not add up to all: please report it")
        if len(labels):
            yield one, labels, counts


def group_of(lots: pd.DataFrame, by: str) -> NDArray[Any]:
    """Return the group of each lot: nothing for the whole programme, else its area or block.

    Raises
    ------
    RuleError
        If `by` is unknown.
    SchemaError
        If lots do not tell it.

    Examples
    --------
    >>> group_of(pandas.DataFrame({"block_id": ["A", "B"]}), "block").tolist()
    ['A', 'B']
    """
    if by not in BY:
        raise RuleError(f"by is {by!r}{did_you_mean(by, BY)}; it can be {', '.join(BY)}.")
    if by == "programme":
        return np.full(len(lots), "", dtype=object)
    if (column := SCOPES[by]) not in lots:
        raise SchemaError(f"lots: column {column!r} is missing: progress by {by} needs it.")
    return lots[column].astype(str).to_numpy(dtype=object)


def _rows(by: str, labels: pd.Index, name: str, things: Iterable[str]) -> pd.DataFrame:
    """Return a row for each group and thing, named after them."""
    rows = pd.MultiIndex.from_product([labels, things], names=["group", name]).to_frame(index=False)
    head = by if by == "programme" else by + ": " + rows["group"]
    return rows.assign(by=by, item=head + ": " + rows[name])
