"""Water networks: a tree of mains from a source, wide enough for the pressure that lots need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from ilo_gis.errors import RuleError
from ilo_gis.networks.graph import Place, street_graph
from ilo_gis.networks.hydraulics import head_loss, velocity
from ilo_gis.networks.layout import Tree, branches, flow_from, laid
from ilo_gis.networks.network import Network, assembled, figures, grounds, numbers, unserved
from ilo_gis.networks.stages import building_order
from ilo_gis.networks.terms import WaterTerms
from ilo_gis.tables import Elevation, findings, join_findings

__all__ = ["water"]

NEAR = 1e-6  # m of head

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def water(
    lots: gpd.GeoDataFrame,
    streets: gpd.GeoDataFrame,
    source: Place,
    terms: WaterTerms,
    elevation: Elevation | None = None,
    *,
    head: float | None = None,
    tolerance: float = 2.0,
) -> Network:
    """Return a water network that passes in front of every lot.

    Mains follow the centre lines of streets as a tree. The shortest one sends wide mains on long ways, so
    trees that lead more straight from the source are tried too, and the cheapest is kept. Each pipe
    carries the peak flow of all lots behind it, and of its own in full. Diameters are the narrowest at
    which water is not too fast; then, as long as pressure is short somewhere, that pipe on the way there is
    widened which yields most head for its money.

    Parameters
    ----------
    lots : GeoDataFrame
        Table ``lots``, or any polygons with unique ids; remnants are left out.
    streets : GeoDataFrame
        Centre lines, as dirty as they come, in the CRS of `lots`.
    source : Point, (x, y) or GeoDataFrame with one feature
        Tank or connection, one point.
    terms : WaterTerms
        Demand, limits, pipes: ``WaterTerms.from_norms(ilo_gis.norms.load("pe"))``.
    elevation : Elevation, optional
        Heights of the ground, from `ilo_gis.io.read_elevation`. Without them no pressure is told.
    head : float, optional
        Height of the water level at the source, m; by default that of the tank of the terms over the
        ground.
    tolerance : float
        Greatest gap of the centre lines to mend, m.

    Returns
    -------
    Network
        Tables ``network_nodes`` (with ``head`` and ``pressure``, m), ``pipes`` (``diameter`` mm, ``flow``
        l/s, ``cost`` USD, ``order`` of construction), ``network_lots``, ``network_figures`` and findings:
        ``network.no_street``, ``network.cut_off``, ``water.low_pressure``, ``water.high_pressure``,
        ``water.fast``, ``water.not_checked``.

    Raises
    ------
    CRSError
        If a layer is not in metres, or two differ.
    GeometryError
        If geometries are missing, empty, invalid or of another type; the features are named.
    RuleError
        If there are no streets, the source is no place, or heights do not reach all nodes.

    References
    ----------
    RNE OS.050 and OS.100 (from memory). H. Takahashi and A. Matsuyama 1980 (the tree); W. A. Horn 1972
    (the order of construction).

    Examples
    --------
    >>> terms = WaterTerms.from_norms(ilo_gis.norms.load("pe"))
    >>> street = geopandas.GeoDataFrame(geometry=[shapely.LineString([(0, 0), (200, 0)])], crs=32719)
    >>> land = [shapely.box(x, 6, x + 8, 26) for x in (50, 140)]
    >>> lots = geopandas.GeoDataFrame(geometry=land, index=["A-1", "A-2"], crs=32719)
    >>> level = ilo_gis.tables.Elevation(np.full((3, 5), 30.0), -50, 100, (100, 100))
    >>> net = water(lots, street, (0, 0), terms, level)
    >>> net.pipes["length"].tolist(), net.lots["pipe_id"].tolist(), net.nodes["pressure"].round(2).tolist()
    ([100.0, 44.0], ['P1', 'P2'], [20.0, 20.0, 20.0])
    """
    if head is not None and not np.isfinite(head):
        raise RuleError(f"head is {head}; it should be the height of a water level in m.")
    graph = street_graph(streets, lots, source, spacing=terms.spacing, reach=terms.reach, tolerance=tolerance)
    found = min(
        (_design(laid(graph, direct=share), terms, elevation, head, streets.crs) for share in terms.direct),
        key=lambda one: (one.short, one.cost.sum()),
    )
    tree, ground, level, behind = found.tree, found.ground, found.level, branches(found.tree)
    through = flow_from(behind, tree.own)
    flow, diameter, cost = through * terms.per_lot, np.array(terms.diameters)[found.size], found.cost
    loss = head_loss(flow, diameter, tree.length, terms.roughness)
    heads = _heads(tree.before, loss, level)
    names = numbers(building_order(behind, tree.own, cost))
    nodes = {
        "kind": ["source", *["junction"] * len(flow)],
        "ground": ground,
        "demand": np.append(0.0, tree.own * terms.per_lot),
        "head": heads,
        "pressure": heads - ground,
        "static_pressure": level - ground,
    }
    pipes = {
        "diameter": diameter,
        "flow": flow,
        "lots": through,
        "velocity": velocity(flow, diameter),
        "head_loss": loss,
        "cost": cost,
    }
    tables = assembled("water", tree, graph, names, streets.crs, nodes=nodes, pipes=pipes)
    told = [*unserved(lots, graph, tree, terms.reach), *_checked(tables[:2], terms, elevation)]
    more = {
        "flow": (float(flow[behind < 0].sum()), "l/s"),
        "pressure_min": (_least(heads - ground), "m"),
        "pressure_static_max": (-_least(ground - level), "m"),
    }
    return Network(*tables, figures("water", tree, cost, more), join_findings(*told))


class _Design(NamedTuple):
    """A tree with its pipes, and how many of its nodes are short of pressure."""

    tree: Tree
    ground: Floats
    level: float
    size: Ints
    cost: Floats
    short: int


def _design(
    tree: Tree, terms: WaterTerms, elevation: Elevation | None, head: float | None, crs: Any
) -> _Design:
    ground = grounds(tree, elevation, crs)
    flow = flow_from(branches(tree), tree.own) * terms.per_lot
    level = ground[0] + terms.tank if head is None else head
    size = _sized(tree, flow, ground, level, terms)
    loss = head_loss(flow, np.array(terms.diameters)[size], tree.length, terms.roughness)
    pressure = (_heads(tree.before, loss, level) - ground)[1:]
    cost = np.array(terms.costs)[size] * tree.length
    return _Design(tree, ground, level, size, cost, int((pressure < terms.pressure_min - NEAR).sum()))


def _least(values: Floats) -> float:
    """Return the least value past the root; NaN where there is none."""
    return float(values[1:].min()) if len(values) > 1 else float("nan")


def _sized(tree: Tree, flow: Floats, ground: Floats, level: float, terms: WaterTerms) -> Ints:
    """Return the place of each pipe in the catalogue."""
    fast = velocity(flow[:, None], np.array(terms.diameters)[None, :]) > terms.velocity_max
    size = np.minimum(fast.sum(axis=1), len(terms.diameters) - 1)
    catalogue = np.array(terms.diameters)[None, :]
    losses = head_loss(flow[:, None], catalogue, tree.length[:, None], terms.roughness)
    need = ground + terms.pressure_min
    need[~(need <= level)] = -np.inf  # heights not known, or higher than the source: no pipe mends that
    before, step = branches(tree), np.diff(terms.costs, append=np.inf)
    while len(size):
        short = need - _heads(tree.before, losses[np.arange(len(size)), size], level)
        worst = int(short[1:].argmax())
        if not short[worst + 1] > NEAR:  # nor where no head is known
            break
        way = _way(before, worst)
        at = size[way]
        wider = (at < len(terms.costs) - 1) & (at < np.append(len(terms.costs), at[:-1]))
        way, at = way[wider], at[wider]  # none grows wider than the pipe it hangs on
        if not len(way):
            need[worst + 1] = -np.inf
            continue
        gain = (losses[way, at] - losses[way, at + 1]) / (step[at] * tree.length[way])
        size[way[gain.argmax()]] += 1
    return size


def _way(before: Ints, pipe: int) -> Ints:
    """Return the pipes from the root to a pipe."""
    way = []
    while pipe >= 0:
        way.append(pipe)
        pipe = int(before[pipe])
    return np.array(way[::-1], dtype=np.int64)


def _heads(before: Ints, loss: Floats, level: float) -> Floats:
    """Return the head at each node, the root first."""
    heads = [level]
    for near, lost in zip(before.tolist(), loss.tolist(), strict=True):
        heads.append(heads[near] - lost)
    return np.array(heads)


def _checked(
    tables: Sequence[gpd.GeoDataFrame], terms: WaterTerms, elevation: Elevation | None
) -> list[gpd.GeoDataFrame]:
    nodes, pipes = tables
    if elevation is None and len(nodes):
        told = [findings("network_nodes", None, "water.not_checked", crs=nodes.crs)]
    else:
        low = nodes[(nodes["pressure"] < terms.pressure_min - NEAR) & (nodes["kind"] != "source")]
        high = nodes[nodes["static_pressure"] > terms.pressure_max + NEAR]
        told = [
            findings(
                "network_nodes", low, "water.low_pressure", required=terms.pressure_min, found=low["pressure"]
            ),
            findings(
                "network_nodes",
                high,
                "water.high_pressure",
                required=terms.pressure_max,
                found=high["static_pressure"],
            ),
        ]
    fast = pipes[pipes["velocity"] > terms.velocity_max * (1 + NEAR)]
    return [
        *told,
        findings("pipes", fast, "water.fast", required=terms.velocity_max, found=fast["velocity"]),
    ]
