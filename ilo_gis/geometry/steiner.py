"""Short trees that join given nodes of a network to a root: Steiner trees, to within a factor of two."""

from __future__ import annotations

from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra, minimum_spanning_tree

__all__ = ["grown_tree", "shortened", "tree_bound"]

TINY = 1e-9  # m; scipy takes a link of length 0 for none
NODE = np.int32  # what scipy 1.15 takes for the nodes of a spanning tree; newer ones take any

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def grown_tree(
    ends: Ints, out: Floats, back: Floats, root: int, terminals: Ints, direct: float = 0.0
) -> Ints:
    """Return a tree that reaches terminals from a root: always the nearest one next, by the cheapest way.

    Parameters
    ----------
    ends : array of int, shape (m, 2)
        Nodes that each link joins.
    out, back : arrays of float, shape (m,)
        Cost, from 0 on, of a link walked away from the root from its first node to its second, and from
        its second to its first.
    root : int
        Where the tree begins.
    terminals : array of int
        Nodes to be reached.
    direct : float
        Share, from 0 to 1, of the way from the root that counts when the next terminal is joined: at 0 the
        tree is short, at 1 all ways from the root are.

    Returns
    -------
    array of int, one for each node
        Link by which the tree comes to the node; -1 for the root, and for nodes it does not reach. No
        leaf but terminals.

    Notes
    -----
    Where `out` and `back` are the same and `direct` is 0, the tree costs at most
    2 (1 - 1/k) times the least there is, k being the number of terminals with the root.
    Otherwise there is no such promise.

    References
    ----------
    H. Takahashi and A. Matsuyama, "An approximate solution for the Steiner problem in graphs",
    Mathematica Japonica 24, 1980, pages 573 to 577. C. J. Alpert and others, "Prim-Dijkstra tradeoffs for
    improved performance-driven routing tree design", IEEE Transactions on CAD 14, 1995 (`direct`).

    Examples
    --------
    Two terminals behind one node:

    >>> ends, cost = np.array([[0, 1], [1, 2], [1, 3], [0, 3]]), np.array([5.0, 1.0, 1.0, 7.0])
    >>> grown_tree(ends, cost, cost, root=0, terminals=np.array([2, 3])).tolist()
    [-1, 0, 1, 2]
    """
    size = max(int(ends.max(initial=0)), root) + 1
    links = _links(ends, out, back, size)
    cost, via, before = [np.inf] * size, [-1] * size, [-1] * size
    wanted, inside = set(terminals.tolist()) - {root}, {root}
    cost[root] = 0.0
    far = {root: 0.0}  # from the root, along the tree
    heap = [(0.0, root)]
    while heap and wanted:
        way, node = heappop(heap)
        if way > cost[node]:
            continue
        if node in wanted:  # its whole way is part of the tree now, and ways begin there
            wanted.remove(node)
            branch = []
            while node not in inside:
                branch.append(node)
                node = before[node]
            begin = cost[node]
            for one in branch:
                far[one] = far[node] + cost[one] - begin
            for one in branch:
                cost[one] = direct * far[one]
                heappush(heap, (cost[one], one))
            inside.update(branch)
            continue
        for other, length, link in links[node]:
            if way + length < cost[other] and other not in inside:
                cost[other], via[other], before[other] = way + length, link, node
                heappush(heap, (way + length, other))
    found = np.array(via, dtype=np.int64)
    found[[node for node in range(size) if node not in inside]] = -1
    return found


def _links(ends: Ints, out: Floats, back: Floats, size: int) -> list[list[tuple[int, float, int]]]:
    """Return what each node is joined to, at what cost, by which link."""
    links: list[list[tuple[int, float, int]]] = [[] for _ in range(size)]
    for k, ((one, two), there, here) in enumerate(
        zip(ends.tolist(), out.tolist(), back.tolist(), strict=True)
    ):
        links[one].append((two, there, k))
        links[two].append((one, here, k))
    return links


def shortened(ends: Ints, length: Floats, via: Ints, root: int, terminals: Ints) -> Ints:
    """Return a tree over the same nodes, never longer: the shortest there is, without useless twigs.

    Parameters
    ----------
    ends, root, terminals
        As for `grown_tree`.
    length : array of float, shape (m,)
        Cost of each link, whichever way it is walked.
    via : array of int
        The tree, as `grown_tree` gives it.

    Returns
    -------
    array of int
        As from `grown_tree`.

    Examples
    --------
    >>> ends, length = np.array([[0, 1], [0, 2], [1, 2]]), np.array([5.0, 5.0, 1.0])
    >>> shortened(ends, length, np.array([-1, 0, 1]), 0, np.array([1, 2])).tolist()
    [-1, 0, 2]
    """
    inside = via >= 0
    inside[root] = True
    link = np.flatnonzero(inside[ends].all(axis=1))
    order = link[np.argsort(length[link], kind="stable")]
    pair = np.sort(ends[order], axis=1)
    _, first = np.unique(pair, axis=0, return_index=True)  # of several between two nodes the shortest
    order = order[np.sort(first)]
    size, nodes = len(via), tuple(ends[order].T.astype(NODE))
    weights = csr_array((length[order] + TINY, nodes), shape=(size, size))
    numbers = csr_array((order + 1, nodes), shape=(size, size))
    tree = minimum_spanning_tree(weights).tocoo()
    chosen = [int(numbers[i, j]) - 1 for i, j in zip(tree.row, tree.col, strict=True)]
    kept = np.zeros(size, dtype=bool)
    kept[terminals] = kept[root] = True
    return _hung(ends, np.array(chosen, dtype=np.int64), root, kept)


def _hung(ends: Ints, links: Ints, root: int, kept: NDArray[np.bool_]) -> Ints:
    """Return the tree of some links seen from its root, without twigs that end at a node not kept."""
    zero = np.zeros(len(ends))
    around = _links(ends[links], zero[links], zero[links], len(kept))
    via, order, seen = np.full(len(kept), -1, dtype=np.int64), [root], {root}
    before: dict[int, int] = {}
    for node in order:
        for other, _, k in around[node]:
            if other not in seen:
                seen.add(other)
                order.append(other)
                via[other], before[other] = links[k], node
    needed = kept.copy()
    for node in reversed(order[1:]):
        if needed[node]:
            needed[before[node]] = True
    via[~needed] = -1
    return via


def tree_bound(ends: Ints, length: Floats, terminals: Ints) -> float:
    """Return a length that no tree which joins all terminals can be below.

    It is the shortest tree of the ways between terminals, over 2 (1 - 1/k) for k terminals.

    Parameters
    ----------
    ends, length, terminals
        As for `shortened`.

    Returns
    -------
    float
        In the unit of `length`; terminals that cannot be reached are left out.

    References
    ----------
    K. Mehlhorn, "A faster approximation algorithm for the Steiner problem in graphs", Information
    Processing Letters 27, 1988, pages 125 to 128.

    Examples
    --------
    >>> round(tree_bound(np.array([[0, 1], [1, 2]]), np.array([2.0, 2.0]), np.array([0, 2])), 6)
    4.0
    """
    if len(terminals) < 2:
        return 0.0
    size = int(max(ends.max(), terminals.max())) + 1
    order = np.argsort(-length, kind="stable")
    low, high = np.sort(ends[order], axis=1).T
    pair, last = np.unique((low * size + high)[::-1], return_index=True)  # the shortest of each pair
    kept = order[len(order) - 1 - last]
    links = csr_array((length[kept] + TINY, (pair // size, pair % size)), shape=(size, size))
    far, _, source = dijkstra(
        links, directed=False, indices=terminals, min_only=True, return_predecessors=True
    )
    one, two = source[ends].T
    across = np.isfinite(far[ends]).all(axis=1) & (one != two)
    way = (far[ends].sum(axis=1) + length)[across]
    shortest = np.argsort(way, kind="stable")
    low, high = np.sort(np.stack([one, two], axis=1)[across][shortest], axis=1).T
    pair, first = np.unique(low.astype(np.int64) * size + high, return_index=True)
    nodes = (pair // size).astype(NODE), (pair % size).astype(NODE)
    closure = csr_array((way[shortest][first] + TINY, nodes), shape=(size, size))
    tree = minimum_spanning_tree(closure)
    joined = tree.nnz + 1
    return float(tree.sum() - TINY * tree.nnz) / (2 * (1 - 1 / joined)) if joined > 1 else 0.0
