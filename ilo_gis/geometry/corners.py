"""Who gets the corners of a block: one row of lots or the other, or a short row between them."""

from __future__ import annotations

from dataclasses import replace
from math import atan2, ceil, cos, floor, isnan, nan, radians, sin, sqrt

from ilo_gis.geometry.draft import Draft, Point, Side, cross, dot
from ilo_gis.geometry.outline import SNAP

__all__ = ["fan_corners", "give_corners", "give_ends", "limit"]

SHARP = radians(70)  # corners that turn more than this go to one side as a whole
NEEDLE = radians(168)  # but not those that turn nearly back
TAPER = 0.3  # share of its front that a lot beside a bisector may lack at its back


def give_corners(draft: Draft, area: float, front: float, axis: float = nan) -> None:
    """Give each sharp corner to the longer of its sides, where the other keeps a front.

    With an axis, the side that is more nearly parallel to it has the corner.


    A corner shared on its bisector makes two pointed lots; given to one side it makes one square
    corner lot, which is how plans are drawn. A side that loses both corners and has nothing left
    behind it gets a short row of its own, where lots fit, or none.

    Parameters
    ----------
    draft : Draft
        The tour along the straight skeleton; it is changed.
    area, front : float
        Least area (m2) and front (m) of a lot.
    axis : float
        Direction of rows, in radians from east; NaN for that of the longest side.
    """
    for i, (left, right) in enumerate(_losses(draft, axis)):
        side = draft.sides[i]
        if left is not None and right is not None and len(side.path) == 3:
            if _end_row(draft, i, area, front):
                continue
            # the backs of the two neighbours meet: one line ends both rows
            meet = min(max((left + side.length - right) / 2, 0.0), side.length)
            _take(draft, i, meet, side.length - meet)
        elif (left or 0.0) + (right or 0.0) <= side.length + SNAP:
            _take(draft, i, left, right)


def _losses(draft: Draft, axis: float) -> list[list[float | None]]:
    """Return the front that each side would lose at its two ends to longer neighbours, in m."""
    sides = draft.sides
    given = not isnan(axis)
    rows = (cos(axis), sin(axis)) if given else max(sides, key=lambda side: round(side.length, 3)).to
    # a side whose land runs out in a point is the end of a row; rows go before ends, long before short
    along = [round(abs(dot(side.to, rows)), 6) for side in sides]
    rank = [
        (parallel if given else 0.0, len(side.path) > 3, round(side.length, 3), parallel)
        for side, parallel in zip(sides, along, strict=True)
    ]
    lost: list[list[float | None]] = [[None, None] for _ in sides]
    for c, after in enumerate(sides):
        before = sides[c - 1]
        sine = cross(before.to, after.to)
        if before.closed or after.closed or not SHARP < _turn(before, after) < NEEDLE:
            continue
        if len(after.path) < 3 or len(before.path) < 3:
            continue
        apex = draft.nodes[after.path[1]]
        depth = abs(cross(after.to, (apex[0] - after.at[0], apex[1] - after.at[1])))
        if rank[c - 1] >= rank[c]:
            lost[c][0] = depth / sine
        else:
            lost[c - 1][1] = depth / sine
    return lost


def _take(draft: Draft, i: int, left: float | None, right: float | None) -> None:
    """Move the ends of side `i` inwards; its neighbours' paths go on to the new ends."""
    side, before, after = draft.sides[i], draft.sides[i - 1], draft.sides[(i + 1) % len(draft.sides)]
    if left is not None:
        before.path[-1] = side.path[0] = draft.add_on_side(i, left)
        side.low, side.broken = left, True
    if right is not None:
        whole = left is not None and left + right >= side.length - SNAP
        node = side.path[0] if whole else draft.add_on_side(i, side.length - right)
        side.path[-1] = after.path[0] = node
        side.high, after.broken = side.length - right, True


def give_ends(draft: Draft, ends: list[int]) -> None:
    """Give ends whose land is all behind the row beside them to it: their front is its corner lot's second.

    To call before `give_corners`, with the sides closed.
    """
    for i in ends:
        end, before, after = draft.sides[i], draft.sides[i - 1], draft.sides[(i + 1) % len(draft.sides)]
        path = end.path
        if not after.closed and after.path[: len(path)] == path[::-1]:
            after.path, end.path, end.high = after.path[len(path) - 1 :], [path[0]] * 2, 0.0
        elif not before.closed and before.path[-len(path) :] == path[::-1]:
            before.path, end.path, end.low = before.path[: 1 - len(path)], [path[-1]] * 2, end.length


def fan_corners(draft: Draft) -> None:
    """Share each blunt corner on its bisector, and turn the side lines next to it by and by to square.

    Square side lines would leave a pointed lot on either side of the bisector. Turned over several
    lots, each is a little narrower at its back, and none is pointed. To call after `give_corners`.
    """
    fans = [(c, need) for c in range(len(draft.sides)) if (need := _fan(draft, c)) > 0]
    for c, need in fans:
        before, after = draft.sides[c - 1], draft.sides[c]
        before.path.pop()  # the bisector is a side line now, no longer the back of lots
        after.path.pop(0)
        before.trail = after.lead = need
        draft.places[after.path[0]] = draft.places[c]
    if fans and not any(side.broken for side in draft.sides):
        draft.sides[fans[0][0]].broken = True  # the tour must begin somewhere on the outline


def _fan(draft: Draft, c: int) -> float:
    """Return the front on which side lines are to turn on each side of a corner, or 0 for none."""
    before, after = draft.sides[c - 1], draft.sides[c]
    if before.closed or after.closed or not 0 < _turn(before, after) <= SHARP:
        return 0.0
    if not before.path[-1] == after.path[0] == c:
        return 0.0
    if min(len(before.path), len(after.path)) < 4 or before.path[-2] != after.path[1]:
        return 0.0
    lost = after.ahead(draft.nodes[after.path[1]])
    need = lost / TAPER
    return need if lost > SNAP and need <= min(before.length, after.length) else 0.0


def _turn(before: Side, after: Side) -> float:
    return atan2(cross(before.to, after.to), dot(before.to, after.to))


def limit(side: Side, nodes: list[Point]) -> None:
    """Keep side lines clear of neighbours that lean over the side's ends."""
    if side.closed:
        return
    # a side that fans out has lines to its corner, though its back begins farther in
    if not side.lead:
        side.low = min(max(side.low, side.ahead(nodes[side.path[0]])), side.length)
    if not side.trail:
        side.high = max(min(side.high, side.ahead(nodes[side.path[-1]])), side.low)


def _end_row(draft: Draft, i: int, area: float, front: float) -> bool:
    """Lay a short row along the end of a block, between the corner lots of its two long rows.

    The corner lots, `depth` deep, keep the front of the long rows; behind them the row of the end
    reaches in as far as a whole number of those lots is wide, so that all stay square. Return
    False where no lot fits; nothing is changed then.
    """
    side, before, after = draft.sides[i], draft.sides[i - 1], draft.sides[(i + 1) % len(draft.sides)]
    sines = cross(before.to, side.to), cross(side.to, after.to)
    spread = 1 / sines[0] + 1 / sines[1]  # front that a metre of depth of the corner lots costs
    count = floor((side.length - spread * area / front) / front + 1e-9)
    if count < 1 or before.tail is not None or after.head is not None:
        return False
    depth = (area / front + (side.length - count * front) / spread) / 2
    reach = [
        _reach(long, area * count / (side.length - spread * depth), depth, corner, front)
        for long, corner in ((before, dot(before.to, side.to)), (after, dot(side.to, after.to)))
    ]
    if reach[0] > before.high - before.low or reach[1] > after.high - after.low:
        return False
    start = before.inwards(before.length - reach[0], depth)
    stop = after.inwards(reach[1], depth)
    apex = draft.nodes[side.path[1]]
    ridge = (before.to[0] - after.to[0], before.to[1] - after.to[1])
    across = (stop[0] - start[0], stop[1] - start[1])
    bend = cross(ridge, across)
    if abs(bend) < SNAP:
        return False
    off = (start[0] - apex[0], start[1] - apex[1])
    ahead, along = cross(off, across) / bend, cross(off, ridge) / bend
    if ahead <= SNAP or not 0.05 < along < 0.95:
        return False
    middle = (start[0] + along * across[0], start[1] + along * across[1])
    _insert_row(draft, i, (start, middle, stop), reach, (depth / sines[0], depth / sines[1]))
    return True


def _reach(long: Side, least: float, depth: float, cosine: float, front: float) -> float:
    """Return how far the row of an end reaches in beside a long row: a whole number of its lots."""
    row = long.high - long.low
    lot = row / max(floor(row / front + 1e-9), 1.0)
    half = sqrt((1 - cosine) / (1 + cosine))  # cotangent of half the inner angle, turn by cosine
    return ceil(max(least, depth * half) / lot - 1e-9) * lot


def _insert_row(
    draft: Draft, i: int, back: tuple[Point, Point, Point], reach: list[float], lost: tuple[float, float]
) -> None:
    side, before, after = draft.sides[i], draft.sides[i - 1], draft.sides[(i + 1) % len(draft.sides)]
    left, right = draft.add_on_side(i, lost[0]), draft.add_on_side(i, side.length - lost[1])
    cut, come = before.length - reach[0], reach[1]
    start = draft.add(back[0], draft.place(before.index, cut))
    middle = draft.add(back[1])
    stop = draft.add(back[2], draft.place(after.index, come))
    side.path = [left, start, middle, stop, right]
    side.low, side.high, side.broken = lost[0], side.length - lost[1], True
    before.path = [*before.path[:-1], middle, start]
    before.tail = replace(before, path=[start, left], low=cut, broken=True, head=None)
    before.high = cut
    after.path = [stop, middle, *after.path[1:]]
    after.head = replace(after, path=[right, stop], high=come, broken=True, tail=None)
    after.low, after.broken = come, True
