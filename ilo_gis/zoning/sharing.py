"""Land shared among groups: compact and contiguous for each, exact within one block, the near land first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import ExactnessError, RuleError, SchemaError, some_ids
from ilo_gis.tables import conform, require_geometry, require_metres, require_same_crs
from ilo_gis.zoning.demand import growth_data
from ilo_gis.zoning.groups import Group, groups_from
from ilo_gis.zoning.ordering import in_order
from ilo_gis.zoning.sharing_graph import Neighbours, components, neighbours
from ilo_gis.zoning.sharing_model import Task, compact_start
from ilo_gis.zoning.sharing_moves import settle

__all__ = ["share_figures", "share_land"]

MEASURES = ("lots", "area", "value")
STREET = 35.0  # m: across wider land blocks are no neighbours
ROUNDING = 1e-6  # of the largest block

Ints = NDArray[np.int64]
Polygons = NDArray[np.object_]
Shares = Mapping[str, float] | Sequence[Group]


def share_land(
    blocks: gpd.GeoDataFrame,
    shares: Shares,
    *,
    weight: str | Sequence[str] = "lots",
    lots: gpd.GeoDataFrame | None = None,
    services: gpd.GeoDataFrame | None = None,
    locked: Mapping[object, str] | pd.Series | None = None,
    street_width: float = STREET,
) -> gpd.GeoDataFrame:
    """Return which group gets which block: compact, contiguous, and in the shares that are due.

    Land is given out as a transport problem (each block to the group with the nearest middle, shares being
    kept), the middles moved until they stay; then blocks at the seams change hands until every group
    is in one piece and has its share within one block. Where both cannot be had, the share comes first.

    Parameters
    ----------
    blocks : GeoDataFrame
        Polygons in a CRS in metres, with unique ids; columns ``lots`` and ``value`` where shares are
        of these.
    shares : mapping of str to float, or sequence of Group
        Shares by name, 1 together; or groups, such as `usual_groups()`, which also tell how much
        being near services counts for each and how many parts its land may have.
    weight : {"lots", "area", "value"} or several of these
        What the shares are of. Of several, the first is exact within one block, the others as near as
        whole blocks come.
    lots : GeoDataFrame, optional
        Table ``lots``: those of kind "lot" are counted by ``block_id``, in place of the column ``lots``.
    services : GeoDataFrame, optional
        Collectors, mains or taps, in the CRS of `blocks`; else a column ``distance`` (m) where there is one.
    locked : mapping or Series, optional
        Groups chosen by hand, by the ids of their blocks.
    street_width : float
        Blocks across land up to this wide, m, are neighbours.

    Returns
    -------
    GeoDataFrame
        Table ``land_shares``, with the index of `blocks`: ``group``, ``part`` (number of its contiguous
        part), ``lots``, ``value``, ``distance`` (m), ``locked``, ``reason`` and ``reason_es``, ``area`` (m2).

    Raises
    ------
    CRSError
        If a layer is not in metres, or the two differ.
    GeometryError
        If geometries are missing, empty or invalid; the features are named.
    SchemaError
        If a column is missing or has values that make no sense, or a locked block or group is not known.
    RuleError
        If shares do not add up to 1, the weight is unknown, or the width no number from 0 on.
    ExactnessError
        If a share misses its due by more than one block with no block chosen by hand: a fault of ilo_gis.

    References
    ----------
    López Follegatti 1999, section II.c: the land of the Pampa went to private housing associations,
    government programmes (ENACE and FONAVI) and the municipal programme (PROMUVI). The method is that of
    Aurenhammer, Hoffmann and Aronov, "Minkowski-type theorems and least-squares clustering", 1998.

    Examples
    --------
    A row of six blocks with ten lots each, a third of them for one group:

    >>> row = geopandas.GeoDataFrame({"lots": 10}, index=list("ABCDEF"), crs=32719,
    ...     geometry=[shapely.box(k * 60, 0, k * 60 + 48, 100) for k in range(6)])
    >>> share_land(row, {"PROMUVI": 2 / 3, "ENACE": 1 / 3})["group"].tolist()
    ['PROMUVI', 'PROMUVI', 'PROMUVI', 'PROMUVI', 'ENACE', 'ENACE']
    """
    require_metres(blocks, "blocks")
    require_same_crs(blocks=blocks, services=services)
    require_geometry(blocks, "Polygon", "MultiPolygon", name="blocks")
    groups, measures = groups_from(shares), [weight] if isinstance(weight, str) else list(weight)
    if not measures or not set(measures) <= set(MEASURES):
        raise RuleError(f"weight is {weight!r}. Choose one or several of: {', '.join(MEASURES)}.")
    if not 0 <= street_width < np.inf:
        raise RuleError(f"street_width is {street_width}; it should be a number of metres from 0 on.")
    table = _known(blocks.loc[in_order(blocks.index)], measures, lots, services)
    by_hand = _locked(table.index, locked, [one.name for one in groups])
    shapes = np.asarray(table.geometry.array, dtype=object)
    graph = neighbours(shapes, street_width)
    task = _task(table, shapes, measures, groups, by_hand)
    if len(table):
        seat = settle(task, graph, *compact_start(task))
        group = task.group[seat]
        _prove(task, seat, measures)
    else:
        group = np.empty(0, dtype=np.int64)
    return _shared(table, group, groups, graph, by_hand >= 0).loc[blocks.index]


def share_figures(
    shared: gpd.GeoDataFrame, shares: Shares, *, weight: str = "lots", street_width: float = STREET
) -> pd.DataFrame:
    """Return what each group gets beside what is due to it, and how compact its land is.

    Parameters
    ----------
    shared : GeoDataFrame
        Table ``land_shares``, of `share_land` or changed by hand since.
    shares : mapping of str to float, or sequence of Group
        As for `share_land`.
    weight : {"lots", "area", "value"}
        What the shares are of.
    street_width : float
        Blocks across land up to this wide, m, are neighbours.

    Returns
    -------
    DataFrame
        Table ``share_figures``, a row for each group: ``due``, ``given``, ``difference`` and
        ``largest_block`` in the unit of the weight, ``exact``, ``blocks``, ``parts``, ``borders``
        (share of the fronts facing neighbours that face another group), ``distance`` (mean, m).

    Raises
    ------
    SchemaError
        If a block has a group that has no share, or the weight is not known.
    RuleError
        If shares do not add up to 1, or the weight is unknown.

    Examples
    --------
    >>> row = geopandas.GeoDataFrame({"lots": [10, 12, 9]}, index=list("ABC"), crs=32719,
    ...     geometry=[shapely.box(k * 60, 0, k * 60 + 48, 100) for k in range(3)])
    >>> halves = {"PROMUVI": 0.5, "ENACE": 0.5}
    >>> share_figures(share_land(row, halves), halves)[["due", "given", "exact"]].to_dict("list")
    {'due': [15.5, 15.5], 'given': [10.0, 21.0], 'exact': [True, True]}
    """
    groups = groups_from(shares)
    if weight not in MEASURES:
        raise RuleError(f"weight is {weight!r}. Choose one of: {', '.join(MEASURES)}.")
    names = [one.name for one in groups]
    number = pd.Index(names).get_indexer(shared["group"].astype(str))
    if (number < 0).any():
        strange = sorted(shared["group"].astype(str)[number < 0].unique())
        raise SchemaError(f"shared: {', '.join(strange)} have no share. The groups are: {', '.join(names)}.")
    amount = shared[weight].to_numpy(dtype=float)
    if np.isnan(amount).any():
        raise SchemaError(f"shared: {weight} is not known of every block. Share the land by what is known.")
    graph = neighbours(np.asarray(shared.geometry.array, dtype=object), street_width)
    given = np.bincount(number, amount, len(names))
    due = np.array([one.share for one in groups]) * amount.sum()
    largest = float(amount.max(initial=0.0))
    seams = number[graph.one] != number[graph.other]
    fronts = np.bincount(number[graph.one], graph.facing, len(names))
    part = pd.Series(components(graph, number)).groupby(number).nunique()
    far = shared["distance"].groupby(number).mean()
    frame = pd.DataFrame(
        {
            "label": [one.en for one in groups],
            "label_es": [one.es for one in groups],
            "measure": weight,
            "share": [one.share for one in groups],
            "due": due,
            "given": given,
            "difference": given - due,
            "largest_block": largest,
            "exact": np.abs(given - due) <= largest * (1 + ROUNDING),
            "blocks": np.bincount(number, minlength=len(names)),
            "parts": part.reindex(range(len(names)), fill_value=0).to_numpy(),
            "borders": np.bincount(number[graph.one], graph.facing * seams, len(names))
            / np.where(fronts > 0, fronts, np.nan),
            "distance": far.reindex(range(len(names))).to_numpy(dtype=float),
        },
        index=pd.Index(names, name="group", dtype=object),
    )
    return conform(frame, "share_figures")


# -- what is known of the blocks -------------------------------------------------------------------


def _known(
    blocks: gpd.GeoDataFrame,
    measures: list[str],
    lots: gpd.GeoDataFrame | None,
    services: gpd.GeoDataFrame | None,
) -> gpd.GeoDataFrame:
    """Return the blocks with lots, value, area and distance as numbers."""
    shapes = np.asarray(blocks.geometry.array, dtype=object)
    away = np.full(len(blocks), np.nan)
    if services is not None and len(services):
        away = shapely.distance(shapes, shapely.union_all(np.asarray(services.geometry.array, dtype=object)))
    elif "distance" in blocks:
        away = pd.to_numeric(blocks["distance"], errors="coerce").to_numpy(dtype=float)
    columns = {"area": shapely.area(shapes), "distance": away}
    for name in ("lots", "value"):
        told = blocks[name] if name in blocks else pd.Series(np.nan, blocks.index)
        if name == "lots" and lots is not None:
            counted = lots[lots["kind"] == "lot"] if "kind" in lots else lots
            told = counted["block_id"].value_counts().reindex(blocks.index.astype(str), fill_value=0)
        number = pd.to_numeric(told, errors="coerce").to_numpy(dtype=float)
        if name in measures and name not in blocks and (name != "lots" or lots is None):
            raise SchemaError(f"blocks have no column {name!r}. Give it, or share by area: weight='area'.")
        wrong = blocks.index[~(number >= 0) | np.isinf(number)]
        if name in measures and len(wrong):
            raise SchemaError(f"blocks: {name} should be numbers from 0 on; mend {some_ids(wrong)}.")
        columns[name] = number
    return gpd.GeoDataFrame(columns, geometry=shapes, index=blocks.index, crs=blocks.crs)


def _locked(index: pd.Index, locked: Mapping[object, str] | pd.Series | None, names: list[str]) -> Ints:
    chosen = pd.Series(dict(locked or {}) if not isinstance(locked, pd.Series) else locked, dtype=object)
    place, number = index.get_indexer(chosen.index), pd.Index(names).get_indexer(chosen.astype(str))
    if (place < 0).any():
        raise SchemaError(f"locked names blocks that are not there: {some_ids(chosen.index[place < 0])}.")
    if (number < 0).any():
        strange = ", ".join(map(str, chosen[number < 0].unique()))
        raise SchemaError(f"locked names groups without a share: {strange}. There are: {', '.join(names)}.")
    found = np.full(len(index), -1)
    found[place] = number
    return found


def _task(
    table: gpd.GeoDataFrame, shapes: Polygons, measures: list[str], groups: Sequence[Group], by_hand: Ints
) -> Task:
    xy = shapely.get_coordinates(shapely.centroid(shapes))
    amounts = table[measures].to_numpy(dtype=float)
    far = table["distance"].to_numpy(dtype=float)
    far = np.nan_to_num(far, nan=np.nanmean(far) if np.isfinite(far).any() else 0.0)
    seats = np.repeat(np.arange(len(groups)), [one.parts for one in groups])
    near = np.array([one.near for one in groups])[seats]
    return Task(
        xy=np.round(xy - xy.mean(axis=0), 6) if len(xy) else xy,
        weights=amounts / np.maximum(amounts.max(axis=0, initial=0.0), 1e-12),
        group=seats,
        shares=np.array([one.share for one in groups]),
        pull=far[:, None] * near[None, :],
        locked=by_hand,
    )


def _prove(task: Task, seat: Ints, measures: list[str]) -> None:
    """Raise if a share misses its due by more than one block though every block could have been moved."""
    off = np.abs(task.off(seat)).max()
    if off > 1 + ROUNDING and len(measures) == 1 and (task.locked < 0).all():
        raise ExactnessError(f"A share misses its due by {off:.6f} of the largest block: a fault of ilo_gis.")


# -- the table -------------------------------------------------------------------------------------


def _shared(
    table: gpd.GeoDataFrame,
    group: Ints,
    groups: Sequence[Group],
    graph: Neighbours,
    by_hand: NDArray[np.bool_],
) -> gpd.GeoDataFrame:
    part = _parts(graph, group, table["area"].to_numpy())
    english, spanish = (_reasons(table, group, part, groups, graph, by_hand, lang) for lang in ("en", "es"))
    frame = table.assign(
        group=np.array([one.name for one in groups], dtype=object)[group],
        part=part,
        locked=by_hand,
        reason=english,
        reason_es=spanish,
    )
    return conform(frame.rename_axis("block_id"), "land_shares")


def _parts(graph: Neighbours, group: Ints, area: NDArray[np.float64]) -> Ints:
    """Return the number of the part of its group that each block is in, the largest first."""
    piece = components(graph, group)
    if not len(piece):
        return piece
    first = np.unique(piece, return_index=True)[1]
    size = np.round(np.bincount(piece, area), 3)
    order = np.lexsort((first, -size, group[first]))
    owner = group[first][order]
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order)) - np.searchsorted(owner, owner) + 1
    return number[piece]


def _reasons(
    table: gpd.GeoDataFrame,
    group: Ints,
    part: Ints,
    groups: Sequence[Group],
    graph: Neighbours,
    by_hand: NDArray[np.bool_],
    lang: str,
) -> list[str]:
    """Return why each block went to its group, in words."""
    texts = {name: text[lang] for name, text in growth_data()["share_reasons"].items()}
    labels, far = [getattr(one, lang) for one in groups], table["distance"].to_numpy(dtype=float)
    mean = np.nanmean(far) if np.isfinite(far).any() else np.nan
    told = []
    for k, (own, number, chosen) in enumerate(zip(group, part, by_hand, strict=True)):
        beside = sorted(set(group[graph.other[graph.of(k)]].tolist()) - {int(own)})
        why = (
            "locked" if chosen
            else "apart" if number > groups[own].parts
            else "near" if groups[own].near > 0 and far[k] <= mean
            else "border" if beside
            else "together"
        )  # fmt: skip
        others = ", ".join(labels[other] for other in beside)
        told.append(texts[why].format(group=labels[own], others=others, distance=far[k], mean=mean))
    return told
