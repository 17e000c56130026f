"""A network as tables: nodes, pipes, lots, figures and findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import RuleError, some_ids
from ilo_gis.networks.graph import StreetGraph
from ilo_gis.networks.layout import Tree
from ilo_gis.tables import Elevation, complete, conform, empty, findings

__all__ = ["Network", "Numbers", "assembled", "figures", "grounds", "numbers", "unserved"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Network:
    """A water network or a sewer that passes in front of every lot.

    Attributes
    ----------
    nodes : GeoDataFrame
        Table ``network_nodes``: source or outfall first.
    pipes : GeoDataFrame
        Table ``pipes``, in the order of construction. A tree: one less than nodes.
    lots : DataFrame
        Table ``network_lots``: the pipe and the node that serve each lot.
    summary : DataFrame
        Table ``network_figures``: lots, length, cost, cost per lot, and what else there is to tell.
    findings : GeoDataFrame
        Table ``findings``.
    """

    nodes: gpd.GeoDataFrame
    pipes: gpd.GeoDataFrame
    lots: pd.DataFrame
    summary: pd.DataFrame
    findings: gpd.GeoDataFrame


@dataclass(frozen=True)
class Numbers:
    """Places of pipes in the order of construction, and the names that follow from them."""

    order: Ints
    sorted: Ints

    @property
    def pipes(self) -> NDArray[np.object_]:
        """Name of each pipe of the tree."""
        return np.array([f"P{k}" for k in self.order], dtype=object)

    @property
    def nodes(self) -> NDArray[np.object_]:
        """Name of each node of the tree."""
        return np.array(["N0", *(f"N{k}" for k in self.order)], dtype=object)


def numbers(order: Ints) -> Numbers:
    """Return names that follow from the order of construction.

    Examples
    --------
    >>> numbers(np.array([2, 1])).nodes.tolist()
    ['N0', 'N2', 'N1']
    """
    return Numbers(order, np.argsort(order))


def grounds(tree: Tree, elevation: Elevation | None, crs: Any) -> Floats:
    """Return the height of the ground at each node, NaN without heights at all.

    Raises
    ------
    RuleError
        If the heights are in another CRS, or end short of a node.
    """
    if elevation is None:
        return np.full(len(tree.xy), np.nan)
    if elevation.crs is not None and elevation.crs != crs:
        raise RuleError(
            "The heights are in another CRS than the streets. Read them with `io.read_elevation`."
        )
    found = elevation.heights(tree.xy)
    if np.isnan(found).any():
        where = some_ids(f"({x:.0f}, {y:.0f})" for x, y in tree.xy[np.isnan(found)])
        raise RuleError(
            f"There are no heights at {where}. Take a raster that covers all streets of the network."
        )
    return found


def assembled(
    kind: str,
    tree: Tree,
    graph: StreetGraph,
    names: Numbers,
    crs: Any,
    *,
    nodes: Mapping[str, Any],
    pipes: Mapping[str, Any],
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, pd.DataFrame]:
    """Return the tables of nodes, pipes and lots of a tree, in the order of construction.

    Parameters
    ----------
    kind : {"water", "sewer"}
        Sewage flows to the root, water from it.
    tree, graph, names
        The tree, the graph that it lies in, and the names of its parts.
    crs
        CRS of the streets.
    nodes, pipes : mapping of str to array
        Further columns, one value for each node (the root first) and each pipe of the tree.
    """
    near, far = names.nodes[tree.before], names.nodes[1:]
    down = kind == "sewer"
    table = gpd.GeoDataFrame(
        {
            "network": kind,
            "from_node": far if down else near,
            "to_node": near if down else far,
            "length": tree.length,
            "own_lots": tree.own,
            "order": names.order,
            **pipes,
        },
        geometry=shapely.reverse(tree.lines) if down else tree.lines,
        index=pd.Index(names.pipes, name="pipe_id"),
        crs=crs,
    ).iloc[names.sorted]
    points = gpd.GeoDataFrame(
        {"network": kind, "lots": np.append(0, tree.own), **nodes},
        geometry=shapely.points(tree.xy),
        index=pd.Index(names.nodes, name="node_id"),
        crs=crs,
    ).iloc[np.append(0, names.sorted + 1)]
    served = pd.DataFrame(
        {
            "network": kind,
            "pipe_id": names.pipes[tree.pipe],
            "node_id": names.nodes[tree.pipe + 1],
            "distance": graph.away[tree.lot],
        },
        index=graph.lots[tree.lot].rename("lot_id"),
    )
    if not len(tree.lines):
        points = empty("network_nodes", crs)
    return complete(points, "network_nodes"), complete(table, "pipes"), conform(served, "network_lots")


def unserved(lots: gpd.GeoDataFrame, graph: StreetGraph, tree: Tree, reach: float) -> list[gpd.GeoDataFrame]:
    """Return findings on lots that no pipe can serve."""
    away = lots.loc[graph.apart]
    cut = lots.loc[graph.lots[tree.cut_off]]
    return [
        findings("lots", away, "network.no_street", required=reach),
        findings("lots", cut, "network.cut_off"),
    ]


def figures(kind: str, tree: Tree, cost: Floats, more: Mapping[str, tuple[float, str]]) -> pd.DataFrame:
    """Return the table of figures: those that every network has, and more."""
    lots, length, spent = len(tree.lot), float(tree.length.sum()), float(cost.sum())
    told: dict[str, tuple[float, str]] = {
        "lots": (lots, "lots"),
        "pipes": (len(tree.lines), ""),
        "length": (length, "m"),
        "length_bound": (tree.bound, "m"),
        "length_per_lot": (length / lots if lots else np.nan, "m/lot"),
        "cost": (spent, "USD"),
        "cost_per_lot": (spent / lots if lots else np.nan, "USD/lot"),
        **more,
    }
    value, unit = zip(*told.values(), strict=True)
    frame = pd.DataFrame({"network": kind, "value": value, "unit": unit}, pd.Index(told, name="figure"))
    return conform(frame, "network_figures")
