"""How deep sewers lie: every pipe falls enough to clean itself, under enough cover."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ilo_gis.networks.hydraulics import filling, full_flow, least_slope
from ilo_gis.networks.layout import Tree
from ilo_gis.networks.terms import SewerTerms

__all__ = ["ALONG", "Profile", "falls", "slopes"]

ALONG = (0.25, 0.5, 0.75)  # places on a pipe, from its lower end, where its cover is asked for too
DEEPER = 0.1  # m that a pipe may lie deeper at its end rather than be a size wider
ROUNDS = 30  # in which the slope for a stress is found: each takes half of what is missing, at least

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


class Profile(NamedTuple):
    """For each pipe: place in the catalogue, bottom at its upper and lower end, m, and where it is pumped."""

    size: Ints
    upper: Floats
    lower: Floats
    pumped: Bools


def slopes(flow: Floats, terms: SewerTerms) -> tuple[Floats, Floats]:
    """Return the least slope at which pipes clean themselves, and the one at which they carry their flow.

    Parameters
    ----------
    flow : array of float, shape (n,)
        In l/s.
    terms : SewerTerms

    Returns
    -------
    clean, carry : arrays of float, shape (n, sizes of the catalogue)
        As shares. The first is that of the norm, or more where the stress asks for it.
    """
    wide, many = np.array(terms.diameters)[None, :], flow[:, None]
    carry: Any = (many / (_filled(terms) * full_flow(wide, np.array(1.0), terms.manning))) ** 2
    clean: Any = np.broadcast_to(least_slope(many, terms.slope_factor, terms.slope_power), carry.shape)
    for _ in range(ROUNDS):
        stress = filling(many, wide, np.maximum(clean, carry), terms.manning)[2]
        clean = clean * np.maximum(terms.tractive_min / stress, 1.0)
    return clean, carry


def _filled(terms: SewerTerms) -> float:
    """Return what a pipe filled as far as may be carries, over what it carries full."""
    angle = 2 * np.arccos(1 - 2 * terms.filling_max)
    return float((angle - np.sin(angle)) / (2 * np.pi) * (1 - np.sin(angle) / angle) ** (2 / 3))


def falls(tree: Tree, flow: Floats, ground: Floats, between: Floats, terms: SewerTerms) -> Profile:
    """Return how pipes fall to the root, from the farthest on.

    A pipe begins as high as its cover and the pipes that join it allow (top to top), falls at least by the
    slope that keeps it clean, and lies under its cover at its end and between. It is the narrowest that
    carries its flow at that slope; where none does it falls more. Where its end is too deep the sewage is
    reckoned to be lifted, and goes on at the least depth.

    Parameters
    ----------
    tree : Tree
        Pipes from the outfall outward.
    flow : array of float
        Of each pipe, l/s.
    ground : array of float
        Height of the ground at each node, m.
    between : array of float, shape (pipes, 3)
        Height of the ground at the places `ALONG` of each pipe.
    terms : SewerTerms

    Returns
    -------
    Profile
    """
    count = len(flow)
    wide = np.array(terms.diameters) / 1000
    clean, carry = slopes(np.maximum(flow, terms.flow_min), terms)
    top = ground - terms.cover_min  # highest that the top of a pipe may lie at each node
    ceiling = top.copy()  # and highest that it may begin there, for the pipes that join
    least = np.zeros(count + 1, dtype=np.int64)  # size that a pipe from each node has at least
    size, upper, lower = np.zeros(count, dtype=np.int64), np.zeros(count), np.zeros(count)
    pumped = np.zeros(count, dtype=bool)
    part, length, caps = np.array(ALONG), tree.length, between - terms.cover_min
    for k in range(count - 1, -1, -1):
        near, some = tree.before[k], slice(least[k + 1], None)
        begin = ceiling[k + 1] - wide[some]
        end = np.minimum(begin - clean[k, some] * length[k], top[near] - wide[some])
        steep = begin - carry[k, some] * length[k]  # where it has to end to carry its flow
        fits = end <= steep
        end = np.minimum(end, steep)
        chosen = int((fits if fits.any() else end >= end[-1] - DEEPER).argmax())
        size[k] = least[k + 1] + chosen
        line = end[chosen] + part * (begin[chosen] - end[chosen])
        bare = max(0.0, float((line + wide[size[k]] - caps[k]).max()))  # m that cover is short of on the way
        upper[k], lower[k] = begin[chosen] - bare, end[chosen] - bare
        least[near] = max(least[near], size[k])
        pumped[k] = ground[near] - lower[k] > terms.depth_max
        if not pumped[k]:
            ceiling[near] = min(ceiling[near], lower[k] + wide[size[k]])
    return Profile(size, upper, lower, pumped)
