"""Which sites of taps each lot can walk to, and how far: what taps are chosen by."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ilo_gis.geometry.ragged import spans

__all__ = ["Found", "Reach", "arcs", "table", "total"]

FAR = 1e6  # m; where there is no way

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Reach(NamedTuple):
    """Ways from lots to sites: pairs sorted by site, then by lot.

    `first[s] : first[s + 1]` are the pairs of site s; `lot` and `walk` (m) of each pair; `households` of
    each lot; `capacity` of a tap; `known`: ways up to this length are listed, inf: all that are allowed.
    """

    first: Ints
    lot: Ints
    walk: Floats
    households: Ints
    capacity: int
    known: float = np.inf

    @property
    def sites(self) -> int:
        """How many sites there are."""
        return len(self.first) - 1

    @property
    def least(self) -> int:
        """Fewest taps that the households fill."""
        return -(-int(self.households.sum()) // self.capacity)


class Found(NamedTuple):
    """Taps and who goes to them.

    `sites` of the taps; `tap` of each lot (position in `sites`; -1: none); `bound`: fewest taps possible;
    `walk_bound`: what the walk of all households cannot be below with as many taps, m.
    """

    sites: Ints
    tap: Ints
    bound: int
    walk_bound: float


def arcs(reach: Reach, sites: Ints) -> tuple[Ints, Ints]:
    """Return the pairs of some sites, and the position in `sites` of each.

    Examples
    --------
    >>> reach = Reach(np.array([0, 2, 3]), np.array([0, 1, 1]), np.array([5.0, 9.0, 1.0]), np.ones(2, int), 1)
    >>> [v.tolist() for v in arcs(reach, np.array([1, 0]))]
    [[2, 0, 1], [0, 1, 1]]
    """
    return spans(reach.first[sites], reach.first[sites + 1])


def table(reach: Reach, sites: Ints, lots: Ints) -> Floats:
    """Return the ways from some lots to some sites, m, as a table of sites by lots; `FAR` where none."""
    place = np.full(len(reach.households), -1)
    place[lots] = np.arange(len(lots))
    pair, row = arcs(reach, sites)
    column = place[reach.lot[pair]]
    inside = column >= 0
    far = np.full((len(sites), len(lots)), FAR)
    far[row[inside], column[inside]] = reach.walk[pair[inside]]
    return far


def total(reach: Reach, sites: Ints, tap: Ints) -> float:
    """Return the walk of all households, m; those without a tap count as `FAR`."""
    pair, row = arcs(reach, sites)
    own = tap[reach.lot[pair]] == row
    walked = reach.households[reach.lot[pair[own]]] @ reach.walk[pair[own]]
    return float(walked + FAR * reach.households[tap < 0].sum())
