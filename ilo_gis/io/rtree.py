"""The spatial index of a layer, packed at once: SQLite places rows one by one, ten times as slowly."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from ilo_gis.io.ddl import quoted

__all__ = ["pack"]

CELL = np.dtype([("id", ">i8"), ("box", ">f4", 4)])  # least x, greatest x, least y, greatest y
HEAD = 4  # bytes of a node before its cells: depth of the tree, number of cells

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def pack(db: sqlite3.Connection, tree: str, ids: Ints, boxes: Floats) -> None:
    """Add rows to an index of SQLite's module rtree by packing all its rows anew.

    Rows are sorted into tiles and cut into full nodes, these into full nodes, up to one: the tree is
    smaller and quicker to search than one that grew.

    Parameters
    ----------
    db : Connection
        In a transaction.
    tree : str
        Name of the index.
    ids : array of int
        Numbers of the rows.
    boxes : array of float, shape (n, 4)
        Least x, greatest x, least y, greatest y of each row.

    References
    ----------
    SQLite, The R*Tree Module, section 7 (shadow tables and the format of nodes).
    Leutenegger, Lopez, Edgington (1997): STR: a simple and efficient algorithm for R-tree packing.
    ICDE. doi:10.1109/ICDE.1997.582015.
    """
    there = np.array(db.execute(f"SELECT * FROM {quoted(tree)}").fetchall(), dtype=np.float64).reshape(-1, 5)  # nosec B608  # quoted names
    size = db.execute(f"SELECT length(data) FROM {quoted(f'{tree}_node')} WHERE nodeno = 1").fetchone()[0]  # nosec B608  # quoted names
    most = (size - HEAD) // CELL.itemsize  # cells of a node
    ids = np.concatenate([there[:, 0].astype(np.int64), ids])
    box = _outward(np.concatenate([there[:, 1:], boxes]))
    order = _in_tiles(box, most)
    ids, box = ids[order], box[order]
    nodes: list[tuple[int, bytes]] = []
    parents: list[tuple[int, int]] = []
    leaf = np.empty(0, dtype=np.int64)
    depth, following = 0, 2  # node 1 is the root
    while True:
        group = np.arange(len(ids)) // most
        count = int(group[-1]) + 1 if len(ids) else 1
        numbers = np.array([1]) if count == 1 else np.arange(following, following + count)
        following += count
        nodes += zip(
            numbers.tolist(), _encoded(ids, box, count, most, depth if count == 1 else 0), strict=True
        )
        if depth == 0:
            leaf, rows = numbers[group] if len(ids) else group, ids
        else:
            parents += zip(ids.tolist(), numbers[group].tolist(), strict=True)
        if count == 1:
            break
        starts = np.arange(0, len(ids), most)
        low, high = np.minimum.reduceat(box[:, ::2], starts), np.maximum.reduceat(box[:, 1::2], starts)
        ids, box = numbers, np.column_stack([low[:, 0], high[:, 0], low[:, 1], high[:, 1]])
        depth += 1
    place = np.argsort(rows)
    _store(db, tree, nodes, parents, zip(rows[place].tolist(), leaf[place].tolist(), strict=True))


def _store(
    db: sqlite3.Connection,
    tree: str,
    nodes: list[tuple[int, bytes]],
    parents: list[tuple[int, int]],
    leaves: Iterable[tuple[int, int]],
) -> None:
    for part, rows in (("node", nodes), ("parent", parents), ("rowid", leaves)):
        name = quoted(f"{tree}_{part}")
        db.execute(f"DELETE FROM {name}")  # nosec B608  # quoted names
        db.executemany(f"INSERT INTO {name} VALUES (?, ?)", rows)  # nosec B608  # quoted names


def _outward(boxes: Floats) -> NDArray[np.float32]:
    """Return bounds with single precision that hold what they held with double."""
    small = boxes.astype(np.float32)
    low, high = small[:, [0, 2]], small[:, [1, 3]]
    small[:, [0, 2]] = np.where(low > boxes[:, [0, 2]], np.nextafter(low, np.float32(-np.inf)), low)
    small[:, [1, 3]] = np.where(high < boxes[:, [1, 3]], np.nextafter(high, np.float32(np.inf)), high)
    return small


def _in_tiles(boxes: NDArray[np.float32], most: int) -> Ints:
    """Return the order of boxes in upright strips, and from south to north in each: tiles of one node."""
    nodes = -(-len(boxes) // most)
    strip = most * max(1, math.isqrt(nodes))  # boxes of a strip
    rank = np.empty(len(boxes), dtype=np.int64)
    rank[np.argsort(boxes[:, 0] + boxes[:, 1], kind="stable")] = np.arange(len(boxes))
    return np.lexsort((boxes[:, 2] + boxes[:, 3], rank // strip))


def _encoded(ids: Ints, boxes: NDArray[np.float32], count: int, most: int, depth: int) -> list[bytes]:
    cells = np.zeros((count, most), dtype=CELL)
    flat = cells.reshape(-1)[: len(ids)]
    flat["id"], flat["box"] = ids, boxes
    sizes = np.minimum(most, len(ids) - most * np.arange(count))
    heads = np.column_stack([np.full(count, depth), sizes]).astype(">u2")
    return [head.tobytes() + row.tobytes() for head, row in zip(heads, cells, strict=True)]
