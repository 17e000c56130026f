"""Polygons cut into pieces that are meant to be lots. Whether they are, is measured afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.closed import ends_of
from ilo_gis.geometry.coverage import uncovered
from ilo_gis.geometry.demand import Demand
from ilo_gis.geometry.draft import Stretch
from ilo_gis.geometry.march import Cuts, march
from ilo_gis.geometry.most import most
from ilo_gis.geometry.most_field import Needs
from ilo_gis.geometry.most_ground import ground_of
from ilo_gis.geometry.outline import Outlines, Sides, corners, read_outlines, sides_between
from ilo_gis.geometry.ragged import firsts
from ilo_gis.geometry.rings import pieces, placed
from ilo_gis.geometry.runs import Runs, runs_of
from ilo_gis.geometry.sidelines import Web, side_lines, web_of
from ilo_gis.geometry.skeleton import Roof, roofs
from ilo_gis.geometry.slices import NEAR, with_points
from ilo_gis.geometry.tour import Tour, tour

__all__ = ["Layout", "lay_out"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Polygons = NDArray[np.object_]

TOLERANCES = (0.5, 1.0, 2.0, 4.0)  # m; what counts as a corner, coarser where the skeleton fails
CHAMFER = 1.5  # times the least front; a corner cut off or rounded over less is one corner
PLENTY = 4  # room for so many pieces should have made at least two
MOST_LOTS = 5000  # a polygon that could hold more is no block
SLIVER = 1e-4  # m; a face of less area for its outline is a rounding, no land
LEVEL = 1e-9  # share of its area by which an outline is hollow and no rounding
WELL_USED = 0.9  # share of a block in lots, below which shallower lots are tried
SLIMMER = 1.14  # times as slim as others lots may be that taper towards a core too deep for any
REACHING = 1.3  # times as slim where land behind a closed side has no other way to a street
GAIN = 1.03  # times as many lots for which they are
BATCH = 50  # polygons cut into as many pieces as possible at once, so that their sums stay in the cache
SHALLOW = 1.25  # times least area over least front: the depth then tried


class Layout(NamedTuple):
    """Pieces of many polygons.

    Attributes
    ----------
    pieces : array of Polygon
        The pieces.
    owner : int array
        Which polygon each piece is of.
    undivided : bool array
        Which polygons have room for several pieces, but are one because no way was found.
    rest : bool array
        Which pieces were left over, after as many as were asked for or at the end of a row.
    """

    pieces: Polygons
    owner: Ints
    undivided: Flags
    rest: Flags


def lay_out(
    polygons: Polygons,
    rule: Ints,
    on_street: Callable[[Outlines, Ints], Ints],
    demand: Demand,
    lists: Mapping[int, Sequence[float]] | None = None,
    mode: str = "clean",
) -> Layout:
    """Cut polygons into rows of pieces along their streets.

    Parameters
    ----------
    polygons : array of Polygon
        Valid polygons in metres. Holes have no street.
    rule : int array
        The demand on each polygon.
    on_street : callable
        Called with the outlines and the polygon of each; by which rule lots that front each segment
        of them are cut, -1 where it is no street.
    demand : Demand
        What the pieces should be like, by rule.
    lists : mapping of int to sequence of float, optional
        Rules by which lots are to have exactly these areas.
    mode : {"clean", "most"}
        Side lines square to the street, or as many lots as possible.

    Returns
    -------
    Layout
        Pieces that cover each polygon exactly.
    """
    own = demand.of(rule)
    bound = np.minimum(shapely.area(polygons) / own.area, shapely.length(polygons) / own.front)
    worth = np.flatnonzero((bound >= 2) & (bound <= MOST_LOTS))
    made = _Made(polygons[:0], worth[:0], np.zeros(0, dtype=bool))
    if len(worth):
        outlines = read_outlines(polygons[worth])
        frames = _frames(outlines, rule[worth], on_street(outlines, worth), own.front[worth])
        made = _divided(frames, demand, lists or {}) if mode == "clean" else _yielding(frames, demand)
        made = made._replace(owner=worth[made.owner])
    made = _fitted(polygons, made)
    counts = np.bincount(made.owner, minlength=len(polygons))
    return Layout(made.pieces, made.owner, (counts == 1) & (bound >= PLENTY), made.rest)


class _Made(NamedTuple):
    """Pieces, the polygon each is of, and whether it was left over."""

    pieces: Polygons
    owner: Ints
    rest: Flags


class _Frames(NamedTuple):
    """Outlines, rules of each and of its segments, sides, roofs (None: not found), which are closed."""

    outlines: Outlines
    rule: Ints
    street: Ints
    sides: Sides
    first_side: Ints
    roofs: list[Roof | None]
    stretches: list[Stretch]
    closed: list[bool]


def _frames(outlines: Outlines, rule: Ints, street: Ints, front: Floats) -> _Frames:
    count = len(outlines.total)
    found: list[Ints] = [np.empty(0, dtype=np.int64)] * count
    over: list[Roof | None] = [None] * count
    open_ = np.arange(count)
    for tolerance in TOLERANCES:
        tried = corners(outlines, open_, tolerance, CHAMFER * front[open_])
        # coarser outlines of those of which nothing was left would not be there either
        some = [k for k, own in enumerate(tried) if len(own) >= 3]
        made = roofs([outlines.local[tried[k]] for k in some])
        for k, roof in zip(some, made, strict=True):
            found[open_[k]], over[open_[k]] = tried[k], roof
        open_ = open_[[k for k, roof in zip(some, made, strict=True) if roof is None]]
        if not len(open_):
            break
    sizes = [len(own) if roof else 0 for own, roof in zip(found, over, strict=True)]
    flat = np.concatenate([own[:size] for own, size in zip(found, sizes, strict=True)])
    sides = sides_between(outlines, flat, np.repeat(np.arange(count), sizes))
    vertex, x, s = sides.vertex.tolist(), sides.x.tolist(), sides.s.tolist()
    xy = [(px, py) for px, py in outlines.local[sides.vertex].tolist()]
    bounds = sides.first.tolist()
    stretches = [Stretch(vertex[a:b], x[a:b], s[a:b], xy[a:b]) for a, b in pairwise(bounds)]
    by = street[sides.vertex]
    by[sides.first[1:] - 1] = -1  # the last vertex of a side begins the next one
    shut = np.maximum.reduceat(by, sides.first[:-1]) < 0 if len(by) else by < 0
    return _Frames(outlines, rule, street, sides, firsts(sizes), over, stretches, shut.tolist())


class _Trial(NamedTuple):
    """Some outlines cut in one way: tours, side lines, and how much land of each is in how many lots."""

    row: Ints
    tours: list[Tour]
    web: Web
    runs: Runs
    cuts: Cuts
    used: Floats
    lots: Floats


def _divided(frames: _Frames, demand: Demand, lists: Mapping[int, Sequence[float]]) -> _Made:
    """Cut outlines into lots as deep as they may be; where that wastes land, try shallower ones."""
    rows = np.array([k for k, roof in enumerate(frames.roofs) if roof], dtype=np.int64)
    if not len(rows):
        return _Made(np.empty(0, dtype=object), rows, rows.astype(bool))
    own = demand.of(frames.rule)
    first = frames.first_side
    closed = [any(frames.closed[a:b]) for a, b in pairwise(first)]
    own = own._replace(slim=own.slim * np.where(closed, REACHING, 1.0))
    trials = [_tried(frames, rows, demand, own.depth, own.slim, lists)]
    land, used, lots = _land(frames.outlines), np.zeros(len(frames.roofs)), np.zeros(len(frames.roofs))
    used[rows], lots[rows] = trials[0].used, trials[0].lots
    winner = np.zeros(len(land), dtype=np.int64)
    # where rows are to run along an axis, it is known who has the corners
    shut = [k for k in rows.tolist() if closed[k] and np.isnan(own.axis[k])]
    ended = np.array([k for k in shut if _ends(frames, k, own.depth[k])], dtype=np.int64)
    if len(ended):
        trial = _tried(frames, ended, demand, own.depth, own.slim, lists, whole=True)
        more, as_many = trial.lots > lots[ended], trial.lots == lots[ended]
        better = more | (as_many & (trial.used >= used[ended] - 1e-3))
        winner[ended[better]] = len(trials)
        used[ended[better]], lots[ended[better]] = trial.used[better], trial.lots[better]
        trials.append(trial)
    poor = rows[(used[rows] < WELL_USED * land[rows]) & (land[rows] >= 2 * own.area[rows])]
    if len(poor):
        shallow = np.minimum(own.depth, SHALLOW * own.area / own.front)
        trial = _tried(frames, poor, demand, shallow, own.slim, lists)
        winner[poor[trial.used > used[poor] + 1e-3]] = len(trials)
        trials.append(trial)
    # without a square corner all side lines converge
    breaks = [sum(part.broken and not part.closed for part in t.parts) for t in trials[0].tours]
    cored = rows[[bool(t.core) and n <= 1 for t, n in zip(trials[0].tours, breaks, strict=True)]]
    cored = cored[winner[cored] == 0]
    if len(cored):
        trial = _tried(frames, cored, demand, own.depth, SLIMMER * own.slim, lists)
        winner[cored[trial.lots >= GAIN * lots[cored]]] = len(trials)
        trials.append(trial)
    made = [_pieces(frames, trial, winner[trial.row] == k) for k, trial in enumerate(trials)]
    return _Made._make(np.concatenate(column) for column in zip(*made, strict=True))


def _ends(frames: _Frames, k: int, cap: float) -> list[int]:
    sides = slice(frames.first_side[k], frames.first_side[k + 1])
    return ends_of(frames.stretches[sides], frames.closed[sides], cap)


def _yielding(frames: _Frames, demand: Demand) -> _Made:
    """Cut outlines into as many lots as they hold; by streets, only where they lie, and by no other wish."""
    rows = np.array([k for k, roof in enumerate(frames.roofs) if roof], dtype=np.int64)
    own = demand.of(frames.rule)
    # those of a batch take about as many steps
    rows = rows[np.argsort((frames.outlines.total / own.front)[rows], kind="stable")]
    made = [_Made(np.empty(0, dtype=object), rows[:0], np.zeros(0, dtype=bool))]
    for at in range(0, len(rows), BATCH):
        some = rows[at : at + BATCH]
        over = [roof for k in some if (roof := frames.roofs[k])]
        sides = frames.sides, frames.first_side
        ground = ground_of(frames.outlines, some, frames.street >= 0, sides, over, own.depth[some])
        lines = most(ground, Needs(own.area[some], own.front[some], own.slim[some]))
        cut = np.isin(np.arange(len(some)), lines.tour)
        cores = [
            core for core in ground.cores if cut[np.searchsorted(ground.web.first, core[0], "right") - 1]
        ]
        parts, of, rest = pieces(frames.outlines, some, ground.web, lines, cores)
        made.append(_Made(parts, some[of], rest))
    return _Made._make(np.concatenate(column) for column in zip(*made, strict=True))


def _tried(
    frames: _Frames,
    rows: Ints,
    demand: Demand,
    depth: Floats,
    slim: Floats,
    lists: Mapping[int, Sequence[float]],
    whole: bool = False,
) -> _Trial:
    own = demand.of(frames.rule[rows])
    wishes = zip(
        rows.tolist(), own.area.tolist(), own.front.tolist(), depth[rows].tolist(), own.axis.tolist(),
        own.lean.tolist(), strict=True,
    )  # fmt: skip
    tours = []
    for k, area, front, cap, axis, lean in wishes:
        roof = frames.roofs[k]
        assert roof is not None  # for mypy  # nosec B101
        sides = frames.stretches[frames.first_side[k] : frames.first_side[k + 1]]
        shut = frames.closed[frames.first_side[k] : frames.first_side[k + 1]]
        closed = shut if any(shut) else None
        found = tour(
            roof, sides, least=(area, front), cap=cap, axis=axis, lean=lean, closed=closed, whole=whole
        )
        tours.append(found)
    web, parts = web_of(tours, frames.first_side[rows])
    lines = side_lines(frames.outlines, rows, frames.sides, web, parts)
    runs = runs_of(frames.outlines, rows, web, lines, slim[rows], frames.street)
    # where there is no street, the rule of the polygon stands for what is not asked
    by = np.where(runs.rule >= 0, runs.rule, frames.rule[rows[runs.tour]])
    told = {t: lists[r] for t, r in enumerate(frames.rule[rows].tolist()) if r in lists}
    cuts = march(runs, demand.of(by), told)
    land = np.where(cuts.lots > 0, runs.area[runs.first[1:] - 1], 0.0)
    used, lots = (np.bincount(runs.tour, each, len(rows)).astype(float) for each in (land, cuts.lots))
    return _Trial(rows, tours, web, runs, cuts, used, lots)


def _pieces(frames: _Frames, trial: _Trial, chosen: Flags) -> _Made:
    shift = trial.web.first.tolist()
    cores = [
        [shift[t] + n for n in ring] for t, own in enumerate(trial.tours) if chosen[t] for ring in own.core
    ]
    made, of, rest = pieces(
        frames.outlines, trial.row, trial.web, placed(trial.runs, trial.cuts, chosen), cores
    )
    return _Made(made, trial.row[of], rest)


def _land(outlines: Outlines) -> Floats:
    here, there = outlines.local, outlines.local[outlines.after]
    return np.add.reduceat(here[:, 0] * there[:, 1] - here[:, 1] * there[:, 0], outlines.first[:-1]) / 2


def _fitted(polygons: Polygons, made: _Made) -> _Made:
    """Return parts that cover their polygons exactly.

    Most do already. Holes, and outlines so bent that a side line leaves them, need a robust
    overlay; what even that does not mend stays in one piece.
    """
    made = made._replace(pieces=_open_necks(polygons, made))
    off = uncovered(made.pieces, polygons, made.owner) | (shapely.get_num_interior_rings(polygons) > 0)
    # what was not cut is a piece as it is
    bare = np.flatnonzero(np.bincount(made.owner, minlength=len(polygons)) == 0)
    off[bare] = False
    columns = [
        _Made._make(values[~off[made.owner]] for values in made),
        _Made(polygons[bare], bare, np.zeros(len(bare), dtype=bool)),
    ]
    for k in np.flatnonzero(off):
        own = made.owner == k
        faces = _overlaid(polygons[k], made.pieces[own])
        spot = shapely.get_coordinates(shapely.point_on_surface(faces))
        left = made.pieces[own & made.rest]
        over = shapely.contains_xy(left[:, None], *spot.T).any(axis=0)
        columns.append(_Made(faces, np.full(len(faces), k), over))
    made = _Made._make(np.concatenate(column) for column in zip(*columns, strict=True))
    order = np.argsort(made.owner, kind="stable")
    return _Made._make(values[order] for values in made)


def _open_necks(polygons: Polygons, made: _Made) -> Polygons:
    """Return pieces of which none has a neck of no width: where one has, all have a vertex there.

    A side line that meets an inner corner of its polygon, but for a rounding, leaves such a piece. With
    that vertex it is not valid any more, and is parted there.
    """
    bent = _hollow(polygons)[made.owner]
    bent[bent] = _hollow(made.pieces[bent])
    bent[bent] = shapely.minimum_clearance(made.pieces[bent]) < NEAR
    opened = made.pieces.copy()
    for k in np.unique(made.owner[bent]):
        own = made.owner == k
        opened[own] = with_points(made.pieces[own], shapely.get_coordinates(made.pieces[own & bent]))
    return opened


def _hollow(polygons: Polygons) -> Flags:
    """Return which polygons have inner corners."""
    area: Floats = shapely.area(polygons)
    return np.asarray(shapely.area(shapely.convex_hull(polygons)) > area * (1 + LEVEL))


def _overlaid(polygon: shapely.Polygon, parts: Polygons) -> Polygons:
    """Cut a polygon along the outlines of parts that do not fit it."""
    own = shapely.get_exterior_ring(parts)
    shapely.prepare(polygon)
    # the outline of good parts is that of the polygon, but for a rounding at each side line: to cut
    # along both would leave slivers, so the polygon's own outline is the second choice
    for edges in (polygon.interiors, shapely.get_parts(polygon.boundary)):
        faces = shapely.get_parts(shapely.polygonize([shapely.union_all([*own, *edges])]))
        faces = faces[shapely.contains_properly(polygon, shapely.point_on_surface(faces))]
        faces = _without_slivers(faces)
        one = np.zeros(len(faces), dtype=np.int64)
        if len(faces) and not uncovered(faces, np.array([polygon]), one)[0]:
            return faces
    return np.array([polygon], dtype=object)


def _without_slivers(faces: Polygons) -> Polygons:
    """Join each face too thin to be land to the neighbour with which it shares most of its edge."""
    area = shapely.area(faces)
    thin = list(faces[area <= SLIVER * shapely.length(faces)])
    land = faces[area > SLIVER * shapely.length(faces)]
    while thin and len(land):
        shared = [
            shapely.length(shapely.intersection(face.boundary, shapely.boundary(land))) for face in thin
        ]
        k = int(np.argmax([lengths.max() for lengths in shared]))
        best = int(np.argmax(shared[k]))
        joined = shapely.union(land[best], thin.pop(k))
        if joined.geom_type == "Polygon":  # else it touched in a point, and is less than a rounding
            land[best] = joined
    return land
