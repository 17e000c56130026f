"""Sewers: a tree that falls to an outfall by gravity, or the places where it cannot."""

from __future__ import annotations

from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import ExactnessError
from ilo_gis.networks.graph import Place, StreetGraph, street_graph
from ilo_gis.networks.gravity import ALONG, Profile, falls, slopes
from ilo_gis.networks.hydraulics import filling, least_slope
from ilo_gis.networks.layout import Tree, branches, flow_from, laid
from ilo_gis.networks.network import Network, assembled, figures, grounds, numbers, unserved
from ilo_gis.networks.stages import building_order
from ilo_gis.networks.terms import SewerTerms
from ilo_gis.tables import Elevation, findings, join_findings

__all__ = ["sewer"]

NEAR = 1e-6

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class _Design(NamedTuple):
    """A tree, what flows in it, how its pipes lie, and what each costs."""

    tree: Tree
    ground: Floats
    flow: Floats
    size: Ints
    slope: Floats
    profile: Profile | None
    cost: Floats
    climb: float


def sewer(
    lots: gpd.GeoDataFrame,
    streets: gpd.GeoDataFrame,
    outfall: Place,
    terms: SewerTerms,
    elevation: Elevation | None = None,
    *,
    tolerance: float = 2.0,
) -> Network:
    """Return a sewer that passes in front of every lot and falls to an outfall.

    Pipes follow the centre lines of streets as a tree. It looks for its way by length and, with heights,
    by the depth that a street without enough fall adds; several weights of depth are tried, and of the
    sewers with the fewest pumping stations the cheapest is kept. Manholes stand at crossings, at ends and
    no farther apart than allowed. Each pipe carries the peak flow of all lots above it, and of its own in
    full.

    Parameters
    ----------
    lots : GeoDataFrame
        Table ``lots``, or any polygons with unique ids; remnants are left out.
    streets : GeoDataFrame
        Centre lines, as dirty as they come, in the CRS of `lots`.
    outfall : Point, (x, y) or GeoDataFrame with one feature
        Plant, or manhole of a collector that is there already, one point.
    terms : SewerTerms
        Flow, limits, pipes, costs: ``SewerTerms.from_norms(ilo_gis.norms.load("pe"))``.
    elevation : Elevation, optional
        Heights of the ground, from `ilo_gis.io.read_elevation`. Without them gravity is not checked, and a
        finding says so.
    tolerance : float
        Greatest gap of the centre lines to mend, m.

    Returns
    -------
    Network
        Tables ``network_nodes`` (manholes with ``invert`` and ``depth``, m), ``pipes`` (``slope``,
        ``invert_from``, ``invert_to``, ``filling``, ``stress``, ``cost`` USD, ``order``), ``network_lots``,
        ``network_figures`` and findings: ``network.no_street``, ``network.cut_off``, ``sewer.too_deep``,
        ``sewer.fast``, ``sewer.slow``, ``sewer.not_checked``.

    Raises
    ------
    CRSError, GeometryError, RuleError
        As for `water`.
    ExactnessError
        If a pipe were to rise: a fault of ilo_gis.

    References
    ----------
    RNE OS.070 (from memory): tractive stress, cover, filling, spacing of manholes.

    Examples
    --------
    A street that falls by 1 % to the outfall: pipes lie at the least depth.

    >>> terms = SewerTerms.from_norms(ilo_gis.norms.load("pe"))
    >>> street = geopandas.GeoDataFrame(geometry=[shapely.LineString([(0, 0), (160, 0)])], crs=32719)
    >>> lot = geopandas.GeoDataFrame(geometry=[shapely.box(150, 6, 158, 26)], index=["A-1"], crs=32719)
    >>> plane = ilo_gis.tables.Elevation(np.tile([9.5, 10.5, 11.5, 12.5], (3, 1)), -100, 150, (100, 100))
    >>> net = sewer(lot, street, (0, 0), terms, plane)
    >>> net.pipes["slope"].round(6).tolist(), net.pipes["depth_to"].round(2).tolist()
    ([0.01, 0.01], [1.19, 1.19])
    """
    graph = street_graph(
        streets, lots, outfall, spacing=terms.spacing, reach=terms.reach, tolerance=tolerance
    )
    found = _best(graph, terms, elevation, streets.crs)
    tree, behind = found.tree, branches(found.tree)
    diameter = np.array(terms.diameters)[found.size]
    used = np.maximum(found.flow, terms.flow_min)
    share, speed, stress = filling(used, diameter, found.slope, terms.manning)
    names = numbers(building_order(behind, tree.own, found.cost))
    pipes = {
        "diameter": diameter,
        "flow": found.flow,
        "lots": flow_from(behind, tree.own),
        "slope": found.slope,
        "velocity": speed,
        "filling": share,
        "stress": stress,
        "cost": found.cost,
        **_depths(found),
    }
    nodes = {
        "kind": _kinds(found),
        "ground": found.ground,
        "demand": np.append(0.0, tree.own * terms.per_lot),
        **_inverts(found),
    }
    tables = assembled("sewer", tree, graph, names, streets.crs, nodes=nodes, pipes=pipes)
    told = [*unserved(lots, graph, tree, terms.reach), *_checked(tables[1], found, terms, names.sorted)]
    pumps = np.nan if found.profile is None else float(len(_stations(tree, found.profile)))
    more = {
        "flow": (float(found.flow[behind < 0].sum()), "l/s"),
        "manholes": (len(tree.lines), ""),
        "pumps": (pumps, ""),
        "depth_max": (float(tables[0]["depth"].max()), "m"),
        "climb": (found.climb, "m/m"),
    }
    return Network(*tables, figures("sewer", tree, found.cost, more), join_findings(*told))


# -- the way ----------------------------------------------------------------------------------------


def _best(graph: StreetGraph, terms: SewerTerms, elevation: Elevation | None, crs: Any) -> _Design:
    """Return, of the sewers that several weights of depth lead to, the best."""
    if elevation is None:
        return _design(laid(graph), terms, None, crs, np.nan)
    heights = elevation.heights(graph.xy)[graph.ends]
    fall = float(least_slope(np.array(terms.flow_min), terms.slope_factor, terms.slope_power))
    rise = (heights[:, 1] - heights[:, 0])[:, None] * [1, -1]  # away from the outfall, along and against
    added = np.maximum(fall * shapely.length(graph.lines)[:, None] - rise, 0.0)
    added = np.nan_to_num(added)  # streets outside the heights: refused if the tree needs them
    tried = [
        _design(laid(graph, weight * added if weight else None), terms, elevation, crs, weight)
        for weight in terms.climb
    ]
    return min(
        tried, key=lambda one: (len(_stations(one.tree, one.profile)) if one.profile else 0, one.cost.sum())
    )


def _design(tree: Tree, terms: SewerTerms, elevation: Elevation | None, crs: Any, climb: float) -> _Design:
    ground = grounds(tree, elevation, crs)
    flow = flow_from(branches(tree), tree.own) * terms.per_lot
    if elevation is None:
        clean, carry = slopes(np.maximum(flow, terms.flow_min), terms)
        size = np.minimum((carry > clean).sum(axis=1), len(terms.diameters) - 1)
        slope = np.maximum(clean, carry)[np.arange(len(size)), size]
        depth = np.repeat((terms.cover_min + np.array(terms.diameters)[size] / 1000)[:, None], 2, axis=1)
        return _Design(tree, ground, flow, size, slope, None, _cost(tree, size, depth, terms), climb)
    places = [shapely.line_interpolate_point(tree.lines, part, normalized=True) for part in ALONG]
    between = np.column_stack([elevation.heights(shapely.get_coordinates(p)) for p in places])
    profile = falls(tree, flow, ground, between, terms)
    slope = (profile.upper - profile.lower) / tree.length
    if (slope <= 0).any():
        raise ExactnessError("A pipe of the sewer rises. Report it with the layers, please.")
    depth = np.column_stack([ground[1:] - profile.upper, ground[tree.before] - profile.lower])
    cost = _cost(tree, profile.size, depth, terms)
    cost[_stations(tree, profile)] += terms.pump
    return _Design(tree, ground, flow, profile.size, slope, profile, cost, climb)


def _stations(tree: Tree, profile: Profile) -> Ints:
    """Return one of the pipes that are lifted at each manhole where some are."""
    lifted = np.flatnonzero(profile.pumped)
    return lifted[np.unique(tree.before[lifted], return_index=True)[1]]


def _cost(tree: Tree, size: Ints, depth: Floats, terms: SewerTerms) -> Floats:
    """Return the cost of pipe, trench and upper manhole."""
    wide = np.array(terms.diameters)[size] / 1000 + terms.margin
    trench = terms.earth * wide * depth.mean(axis=1)
    manhole = terms.manhole + terms.manhole_depth * depth[:, 0]
    return tree.length * (np.array(terms.costs)[size] + trench) + manhole


# -- what is told ------------------------------------------------------------------------------------


def _depths(found: _Design) -> dict[str, Any]:
    if found.profile is None:
        return {}
    upper, lower = found.profile.upper, found.profile.lower
    return {
        "invert_from": upper,
        "invert_to": lower,
        "depth_from": found.ground[1:] - upper,
        "depth_to": found.ground[found.tree.before] - lower,
    }


def _inverts(found: _Design) -> dict[str, Any]:
    """Return the bottom of each manhole: the lowest pipe there."""
    if found.profile is None:
        return {}
    bottom = np.append(np.inf, found.profile.upper)
    np.minimum.at(bottom, found.tree.before, found.profile.lower)
    return {"invert": bottom, "depth": found.ground - bottom}


def _kinds(found: _Design) -> NDArray[np.object_]:
    kind = np.full(len(found.ground), "manhole", dtype=object)
    if found.profile is not None:
        kind[found.tree.before[found.profile.pumped]] = "pump"
    kind[0] = "outfall"
    return kind


def _checked(
    pipes: gpd.GeoDataFrame, found: _Design, terms: SewerTerms, order: Ints
) -> list[gpd.GeoDataFrame]:
    if pipes.empty:
        return []
    fast = pipes[pipes["velocity"] > terms.velocity_max * (1 + NEAR)]
    told = [findings("pipes", fast, "sewer.fast", required=terms.velocity_max, found=fast["velocity"])]
    slow = pipes[pipes["stress"] < terms.tractive_min * (1 - 0.01)]
    told.append(findings("pipes", slow, "sewer.slow", required=terms.tractive_min, found=slow["stress"]))
    if found.profile is None:
        return [*told, findings("pipes", None, "sewer.not_checked", crs=pipes.crs)]
    deep = pipes[found.profile.pumped[order]]
    what = {"required": terms.depth_max, "found": deep["depth_to"], "detail": deep["to_node"].tolist()}
    return [*told, findings("pipes", deep, "sewer.too_deep", **what)]
