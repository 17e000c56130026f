"""The running sums that lots are cut by, along the possible side lines of many blocks.

The land between two side lines is a difference of running sums (of the cross products along the
outline and along the tour behind), so that laying out lots becomes a march along the outline
(`march.py`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ilo_gis.geometry.outline import SNAP, Outlines
from ilo_gis.geometry.ragged import climbing, cross, firsts, rows, running, spans
from ilo_gis.geometry.sidelines import Lines, Web

__all__ = ["Land", "Runs", "runs_of"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


NOTHING = 1e-6  # m2; less is a rounding


class Runs(NamedTuple):
    """Stretches of outline under one rule, or no street, as possible side lines in order, end to end.

    Attributes
    ----------
    s, u : arrays of shape (k,)
        Where each side line begins on the outline (m along it) and ends on the path (node + fraction).
    solid : bool array of shape (k,)
        True where no side line may stand between this one and the next (inside a corner).
    area, front, ease : arrays of shape (k,)
        Running sums up to each side line: land (m2), street front (m), and front counted less
        where lots are deep, so that lots of enough `ease` are not too slim.
    bow : array of shape (k,)
        How far the sum of land sags below a straight line towards the next side line: at a
        fraction f of the way by ``bow f (1 - f)``. Depth changes evenly, so this is exact.
    first : int array of shape (runs + 1,)
        Where each run begins.
    behind : int array of shape (runs,)
        Which path of the web each run has behind it.
    tour : int array of shape (runs,)
        The tour that each run is of.
    rule : int array of shape (runs,)
        By which rule lots of each run are cut, -1 for runs that front no street.
    """

    s: Floats
    u: Floats
    solid: Flags
    area: Floats
    front: Floats
    ease: Floats
    bow: Floats
    first: Ints
    behind: Ints
    tour: Ints
    rule: Ints

    @property
    def street(self) -> Flags:
        """Which runs front a street."""
        return self.rule >= 0


def runs_of(outlines: Outlines, row: Ints, web: Web, lines: Lines, slim: Floats, rule: Ints) -> Runs:
    """Return the runs, parted where the street or the rule ends.

    Parameters
    ----------
    outlines : Outlines
        The outlines.
    row : int array of shape (tours,)
        The outline of each tour.
    web, lines : Web, Lines
        The tours, and their possible side lines.
    slim : array of shape (tours,)
        Depth, in m, from which a lot of least front is too slim.
    rule : int array of shape (m,)
        By which rule lots that front each segment of the outlines are cut, -1 where it is no street.
    """
    behind = rows(lines.first)
    ring = row[web.tour[behind]]
    land = Land(outlines, web)
    area, depth = land.before(ring, behind, lines.s, lines.u)
    last = lines.first[1:] - 1
    here = np.delete(np.arange(len(ring)), last)
    ahead = here + 1
    middle = (lines.s[here] + lines.s[ahead]) / 2
    halfway, _ = land.before(ring[here], behind[here], middle, (lines.u[here] + lines.u[ahead]) / 2)
    bow = np.zeros(len(ring))
    bow[here] = np.where(lines.solid[here], 0.0, 2 * (area[ahead] + area[here]) - 4 * halfway)
    front = outlines.summed(np.where(rule >= 0, outlines.length, 0.0), ring, lines.s)
    deep = np.minimum(1.0, slim[web.tour[behind]] / np.maximum(depth, 1e-9))
    # the second front of a corner lot does not make up for a narrow first one
    own = np.where(lines.solid[here], 0.0, front[ahead] - front[here])
    gain = np.zeros(len(ring))
    gain[ahead] = own * (deep[ahead] + deep[here]) / 2
    ease = running(gain, lines.first)
    by = np.full(len(ring), -1)
    by[here] = rule[outlines.segment(ring[here], middle)[0]]
    by = _one_rule(lines, by)
    start, stop = _stretches(lines, by)
    # no land lies behind sides whose land was given to the rows on streets
    some = (by[start] >= 0) | (area[stop] - area[start] > NOTHING)
    start, stop = start[some], stop[some]
    at, run = spans(start, stop + 1)
    origin = start[run]
    first = firsts(stop + 1 - start)
    return Runs(
        lines.s[at], lines.u[at], lines.solid[at],
        climbing(area[at] - area[origin], first),  # roundings must not make land shrink
        front[at] - front[origin], ease[at] - ease[origin], bow[at],
        first, behind[start], web.tour[behind[start]], by[start],
    )  # fmt: skip


def _one_rule(lines: Lines, by: Ints) -> Ints:
    """Give the second front of a corner lot the rule of its first, since it is one lot.

    So too the land at the end of a run that fans out from a point: that point lies on either side.
    """
    by = by.copy()
    point = np.append(np.diff(lines.s) < SNAP, True)
    corner = np.flatnonzero(lines.solid & ((by >= 0) | point))
    begins = np.isin(corner, lines.first)
    beside = np.where(begins, corner + 1, corner - 1)
    by[corner] = np.where(by[beside] >= 0, by[beside], by[corner])
    return by


def _stretches(lines: Lines, by: Ints) -> tuple[Ints, Ints]:
    """Return the first and last side lines of stretches with one rule."""
    starts = np.zeros(len(lines.s), dtype=bool)
    starts[1:] = by[1:] != by[:-1]
    starts[lines.first[1:] - 1] = False
    starts[lines.first[:-1]] = True
    start = np.flatnonzero(starts)
    stop = np.minimum(np.append(start[1:], len(lines.s)), lines.first[1:][rows(lines.first)[start]] - 1)
    long = lines.s[stop] - lines.s[start] > 1e-6
    return start[long], stop[long]


class Land:
    """Land between the outline and the paths behind it, as sums of cross products."""

    def __init__(self, outlines: Outlines, web: Web) -> None:
        self.outlines, self.web = outlines, web
        self.by_vertex = cross(outlines.local, outlines.local[outlines.after])
        path = web.nodes[web.path]
        step = np.zeros(len(path))
        step[1:] = cross(path[:-1], path[1:])
        step[web.path_first[:-1]] = 0.0
        self.path, self.by_path = path, running(step, web.path_first)

    def before(self, ring: Ints, behind: Ints, s: Floats, u: Floats) -> tuple[Floats, Floats]:
        """Return the land before each side line, and the length of the side line."""
        begin, by_outline = self.foot(ring, s)
        finish, by_path = self.tip(behind, u)
        return (by_outline + cross(begin, finish) - by_path) / 2, np.hypot(*(finish - begin).T)

    def foot(self, ring: Ints, s: Floats) -> tuple[Floats, Floats]:
        """Return the points at places along outlines, and the sums of cross products up to there."""
        return self.outlines.point(ring, s), self.outlines.summed(self.by_vertex, ring, s)

    def tip(self, behind: Ints, u: Floats) -> tuple[Floats, Floats]:
        """Return the points at places along paths, and the sums of cross products up to there."""
        # cross(a, a + f d) = f cross(a, d): between vertices the sums grow linearly
        last = self.web.path_first[behind + 1] - 1
        node = np.minimum(self.web.path_first[behind] + u.astype(np.int64), last)
        after = np.minimum(node + 1, last)
        f = u - (node - self.web.path_first[behind])
        finish = self.path[node] + f[..., None] * (self.path[after] - self.path[node])
        return finish, self.by_path[node] + f * (self.by_path[after] - self.by_path[node])
