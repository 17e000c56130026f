"""Corners of blocks cut off where streets meet (ochavos), so that who turns the corner is seen."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.edges import LONE, edges_of

__all__ = ["cut_corners"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Polygons = NDArray[np.object_]

LEAST, MOST = np.radians(45), np.radians(135)  # turns of a street corner that is cut


def cut_corners(pieces: Polygons, owner: Ints, street: Flags, length: Floats) -> tuple[Polygons, Ints]:
    """Cut the street corners off pieces: return the pieces and then the triangles, and the piece each was of.

    The line that cuts a corner off is at right angles to its bisector. Left whole are corners with
    an edge too short for it, and corners where two pieces meet.

    Parameters
    ----------
    pieces : array of Polygon, shape (n,)
        Pieces of blocks, without holes.
    owner : int array of shape (n,)
        The block of each.
    street : bool array
        Which edges (of `edges_of`) lie on a street.
    length : array of shape (n,)
        Length of the line, in m; 0 for none.

    Examples
    --------
    >>> block, all_round = np.array([shapely.box(0, 0, 8, 20)]), np.ones(4, dtype=bool)
    >>> made, of = cut_corners(block, np.zeros(1, int), all_round, np.array([3.0]))
    >>> shapely.area(made).round(3).tolist()
    [151.0, 2.25, 2.25, 2.25, 2.25]
    """
    edges = edges_of(pieces, owner)
    count = np.bincount(edges.piece, minlength=len(pieces))
    first = np.cumsum(count) - count
    here = np.arange(len(edges.piece))
    before = np.where(here == first[edges.piece], here + count[edges.piece] - 1, here - 1)
    to = edges.stop - edges.start
    size = np.hypot(*to.T)
    come, go = to[before], to
    turn = np.arctan2(come[:, 0] * go[:, 1] - come[:, 1] * go[:, 0], np.sum(come * go, axis=1))
    wanted = length[edges.piece]
    leg = np.divide(wanted, 2 * np.cos(turn / 2), out=np.zeros_like(turn), where=np.abs(turn) < MOST + 0.1)
    cut = street & street[before] & (edges.twin == LONE) & (edges.twin[before] == LONE)
    cut &= (turn >= LEAST) & (turn <= MOST) & (wanted > 0)
    # both legs fit beside those of the next corners
    cut &= (
        (size > 2 * leg)
        & (size[before] > 2 * leg)
        & (shapely.get_num_interior_rings(pieces) == 0)[edges.piece]
    )
    if not cut.any():
        return pieces, np.arange(len(pieces))
    corner = edges.start[cut]
    back = corner - (leg / size[before])[cut, None] * come[cut]
    ahead = corner + (leg / size)[cut, None] * go[cut]
    triangles = shapely.polygons(np.stack([back, corner, ahead, back], axis=1))
    # each corner becomes two vertices
    changed = np.zeros(len(pieces), dtype=bool)
    changed[edges.piece[cut]] = True
    own = changed[edges.piece]
    order = np.concatenate([here[own], here[cut] - 0.5])
    places = np.concatenate([edges.start[own], back])
    places[np.flatnonzero(cut[own])] = ahead
    piece = np.concatenate([edges.piece[own], edges.piece[cut]])
    sort = np.argsort(order, kind="stable")
    rings = shapely.linearrings(places[sort], indices=np.unique(piece[sort], return_inverse=True)[1])
    made = pieces.copy()
    made[changed] = shapely.polygons(rings)
    return np.concatenate([made, triangles]), np.concatenate([np.arange(len(pieces)), edges.piece[cut]])
