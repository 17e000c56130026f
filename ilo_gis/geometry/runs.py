"""Side lines that may stand on a stretch of outline, and the running sums that lots are cut by.

A side line runs from a point of the outline to a point of the tour round the backs. The land between
two side lines is a difference of running sums (of the cross products along the outline and along the
tour), so that laying out lots becomes a march along the outline (`march.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ilo_gis.geometry.outline import Outline, point_at

__all__ = ["Run", "Stretch", "runs_of"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Run:
    """A stretch of outline between two breaks of the tour, as possible side lines in order.

    Attributes
    ----------
    s, u : arrays of shape (k,)
        Where each side line begins on the outline (m along it) and ends on `path` (node + fraction).
    solid : bool array of shape (k,)
        True where no side line may stand between this one and the next (inside a corner).
    area, front, ease : arrays of shape (k,)
        Running sums up to each side line: land (m2), street front (m), and front counted less
        where lots are deep, so that lots of enough `ease` are not too slim.
    bow : array of shape (k,)
        How far the sum of land sags below a straight line towards the next side line: at a
        fraction f of the way by ``bow f (1 - f)``. Depth changes evenly, so this is exact.
    path : list of int
        Nodes of the tour behind this stretch.
    street : bool
        Whether the stretch fronts a street.
    """

    s: Floats
    u: Floats
    solid: Flags
    area: Floats
    front: Floats
    ease: Floats
    bow: Floats
    path: list[int]
    street: bool


@dataclass(frozen=True)
class Stretch:
    """The side lines of one side: where they begin, where they end on the path behind it."""

    s: Floats
    u: Floats
    path: list[int]


def runs_of(
    outline: Outline,
    stretches: list[Stretch],
    nodes: Floats,
    places: dict[int, float],
    slim: float,
    street: Flags,
) -> list[Run]:
    """Join the stretches of neighbouring sides into one run, and part it where the street ends.

    Parameters
    ----------
    outline : Outline
        The outline.
    stretches : list of Stretch
        Side lines of sides that follow each other without a break of the tour.
    nodes : array of shape (n, 2)
        Nodes of the tour.
    places : dict of int to float
        How far along the outline those nodes are that lie on it.
    slim : float
        Depth, in m, from which a lot of least front is too slim.
    street : bool array of shape (m,)
        Which segments of the outline lie on a street.
    """
    s, u, solid, path = _joined(outline, stretches, places)
    area, depth = _land(outline, s, u, nodes[path])
    halfway, _ = _land(outline, (s[1:] + s[:-1]) / 2, (u[1:] + u[:-1]) / 2, nodes[path])
    bow = np.append(np.where(solid[:-1], 0.0, 2 * (area[1:] + area[:-1]) - 4 * halfway), 0.0)
    front = _along(outline, s, np.where(street, np.diff(outline.along), 0.0))
    deep = np.minimum(1.0, slim / np.maximum(depth, 1e-9))
    # the second front of a corner lot does not make up for a narrow first one
    own = np.where(solid[:-1], 0.0, np.diff(front))
    ease = np.concatenate([[0.0], np.cumsum(own * (deep[1:] + deep[:-1]) / 2)])
    middle = np.mod((s[1:] + s[:-1]) / 2, outline.along[-1])
    open_ = street[np.clip(np.searchsorted(outline.along, middle) - 1, 0, len(street) - 1)]
    bounds = [0, *(np.flatnonzero(open_[1:] != open_[:-1]) + 1).tolist(), len(s) - 1]
    runs = []
    for a, b in pairwise(bounds):
        part = slice(a, b + 1)
        grown = np.maximum.accumulate(area[part] - area[a])  # roundings must not make land shrink
        sums = (grown, front[part] - front[a], ease[part] - ease[a], bow[part])
        runs.append(Run(s[part], u[part], solid[part], *sums, path, bool(open_[a])))
    return [run for run in runs if run.s[-1] - run.s[0] > 1e-6]


def _joined(
    outline: Outline, stretches: list[Stretch], places: dict[int, float]
) -> tuple[Floats, Floats, Flags, list[int]]:
    """Join stretches, from the break before the first to the break after the last."""
    path = stretches[0].path[:1]
    s: list[Floats] = [_break(places[path[0]], stretches[0].s[0], outline.along[-1])]
    u: list[Floats] = [np.zeros(1)]
    for stretch in stretches:
        s.append(stretch.s)
        u.append(stretch.u + len(path) - 1)
        path = path + stretch.path[1:]
    s.append(_break(places[path[-1]], stretches[-1].s[-1], outline.along[-1]))
    u.append(np.array([len(path) - 1.0]))
    solid = np.concatenate([np.arange(len(part)) == len(part) - 1 for part in s])
    # roundings must not make them go back
    return (*(np.maximum.accumulate(np.concatenate(part)) for part in (s, u)), solid, path)


def _break(place: float, near: float, total: float) -> Floats:
    """Return a place on the outline in the turn round it that brings it nearest to another."""
    return np.array([place + np.round((near - place) / total) * total])


def _land(outline: Outline, s: Floats, u: Floats, path: Floats) -> tuple[Floats, Floats]:
    """Return the land before each side line, and the length of the side line."""
    begin = point_at(outline, s)
    finish = np.stack([np.interp(u, np.arange(len(path)), path[:, k]) for k in (0, 1)], axis=-1)
    # cross(a, a + f d) = f cross(a, d): between vertices the sums grow linearly
    by_outline = _along(outline, s, _cross(outline.local[:-1], outline.local[1:]))
    by_path = np.interp(
        u, np.arange(len(path)), np.concatenate([[0.0], np.cumsum(_cross(path[:-1], path[1:]))])
    )
    area = (by_outline + _cross(begin, finish) - by_path) / 2
    return area, np.hypot(*(finish - begin).T)


def _along(outline: Outline, s: Floats, each: Floats) -> Floats:
    """Return, at places along the outline, the running sum of what its segments are worth."""
    total = outline.along[-1]
    sums = np.concatenate([[0.0], np.cumsum(each)])
    return np.interp(np.mod(s, total), outline.along, sums) + np.floor(s / total) * sums[-1]


def _cross(a: Floats, b: Floats) -> Floats:
    return a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
