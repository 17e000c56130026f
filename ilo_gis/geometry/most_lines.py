"""All side lines that may stand on the outlines of many blocks, square to the street or turned.

A side line joins a foot on a side to a tip on the path behind that side. All turns share their feet,
so that a position (a foot and a share of the way to the next) means the same for each of them. The
land between two side lines, whatever their turns, is a difference of running sums of cross products.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ilo_gis.geometry.most_ground import Ground
from ilo_gis.geometry.ragged import climbing, cross, firsts, interpolate, rows, spans
from ilo_gis.geometry.runs import Land

__all__ = ["Lines", "lines_of"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

STEP = 4.0  # m between feet at which land is known; in between it is a parabola
MOST_STEPS = 2000  # per block, however long its outline
FAN = 7  # side lines from a corner whose faces lean apart, between those of its two sides
SHARP = np.radians(30)  # turn of the outline from which a lot has two fronts, as in `measure.BEND`
HAIR = 1e-6  # m; as far apart as points must be


class Lines(NamedTuple):
    """Side lines of many blocks, once round each; all arrays are sorted by block and place.

    Attributes
    ----------
    first : int array of shape (b + 1,)
        Where the feet of each block begin.
    s : array of shape (f,)
        How far along the outline of its block each foot is, in m.
    u : array of shape (f, t)
        Where the side line of each turn ends: a node of the tour of its block, with a fraction.
    tip : array of shape (f, t, 2)
        The point there.
    land : array of shape (f, t)
        Running sum of land before the side line, in m2.
    bow : array of shape (f, t)
        How far the sum of land sags below a straight line towards the next foot.
    deep : array of shape (f,)
        Length of the square side line, in m.
    bend : bool array of shape (f,)
        Whether the way to the next foot leads round a corner.
    sharp : bool array of shape (f,)
        Whether it leads round a corner so sharp that a lot there has two fronts.
    stands : bool array of shape (f, t)
        Whether a side line may stand at the foot.
    free : bool array of shape (f, t)
        Whether side lines may stand on all the way to the next foot.
    street : bool array of shape (f,)
        Whether the way to the next foot lies on a street.
    length, whole, steps : arrays of shape (b,)
        What `s`, `land` and `u` of each block grow by once round.
    """

    first: Ints
    s: Floats
    u: Floats
    tip: Floats
    land: Floats
    bow: Floats
    deep: Floats
    bend: Flags
    sharp: Flags
    stands: Flags
    free: Flags
    street: Flags
    length: Floats
    whole: Floats
    steps: Floats


class _Feet(NamedTuple):
    """Feet of side lines, in order.

    Attributes
    ----------
    side : int array of shape (f,)
        The side of each.
    s : array of shape (f,)
        How far along the outline it is, in m.
    u : array of shape (f, t)
        Where the side line of each turn ends, on the tour of the block.
    low : bool array of shape (f, t)
        Whether it ends on the bisector of a corner too sharp for that to be a side line.
    bend : bool array of shape (f,)
        Whether the way to the next foot leads round a corner.
    """

    side: Ints
    s: Floats
    u: Floats
    low: Flags
    bend: Flags


def lines_of(ground: Ground, turns: Floats, shortest: Floats) -> Lines:
    """Return all possible side lines.

    Parameters
    ----------
    ground : Ground
        The blocks.
    turns : array of shape (t,)
        Tangents of the angles, from square, by which side lines may be turned.
    shortest : array of shape (b,)
        In m. Near a sharp corner the tips slide down its bisector; side lines shorter than this
        would leave the corner to two pointed lots.
    """
    backs = [_backs(ground, turn) for turn in turns]
    x, side = _places(ground, backs)
    s = interpolate(x, side, ground.sides.x, ground.sides.s, ground.sides.first)
    base = ground.first_node[ground.first_side[:-1]]
    node = np.arange(len(ground.path), dtype=float) - np.repeat(base, ground.steps)
    u = np.stack([interpolate(x, side, back, node, ground.first_node) for back in backs], axis=1)
    bends = _bends(ground)
    low = _low(ground, bends > 2 * np.arctan(np.abs(turns).max()) + 1e-9, side, u)
    feet = _fanned(ground, _Feet(side, s, u, low, np.zeros(len(s), dtype=bool)))
    return _summed(ground, feet, shortest, int(np.argmin(np.abs(turns))), bends)


def _backs(ground: Ground, turn: float) -> Floats:
    """Return, for each node of the paths, how far along its side the turned side line to it begins.

    Where a path leans back, side lines pass it by.
    """
    side = rows(ground.first_node)
    away, to = ground.web.nodes[ground.path] - ground.at[side], ground.to[side]
    x = away[:, 0] * to[:, 0] + away[:, 1] * to[:, 1]
    foot = x - turn * cross(to, away)
    begin = ground.first_node[:-1]
    least, most = np.minimum.reduceat(foot, begin), np.maximum.reduceat(foot, begin)
    index = np.arange(len(foot))
    from_ = np.minimum.reduceat(np.where(foot <= least[side], index, len(foot)), begin)
    to_ = np.maximum.reduceat(np.where(foot >= most[side], index, -1), begin)
    to_ = np.maximum(from_, to_)
    foot = np.where(index < from_[side], least[side], np.where(index > to_[side], most[side], foot))
    return climbing(foot, ground.first_node)


def _places(ground: Ground, backs: list[Floats]) -> tuple[Floats, Ints]:
    """Return places on sides wherever depth or outline change their ways, and some between."""
    total = ground.outlines.total[ground.row][ground.block]
    count = np.ceil(ground.length / np.maximum(STEP, total / MOST_STEPS)).astype(np.int64) + 1
    index, own = spans(np.zeros_like(count), count)
    grid = index / (count - 1)[own] * ground.length[own]
    side = np.concatenate([own, rows(ground.sides.first), np.tile(rows(ground.first_node), len(backs))])
    x = np.concatenate([grid, ground.sides.x, *backs])
    inside = (x > -HAIR) & (x < ground.length[side] + HAIR)
    x, side = np.round(x[inside], 9), side[inside]
    order = np.lexsort((x, side))
    x, side = x[order], side[order]
    fresh = np.append(True, (side[1:] != side[:-1]) | (x[1:] != x[:-1]))
    return np.clip(x[fresh], 0.0, ground.length[side[fresh]]), side[fresh]


def _bends(ground: Ground) -> Floats:
    """Return by how much the outline turns at the end of each side; to the left is positive."""
    here, there = ground.to, ground.to[ground.after]
    return np.arctan2(cross(here, there), here[:, 0] * there[:, 0] + here[:, 1] * there[:, 1])


def _low(ground: Ground, sharp: Flags, side: Ints, u: Floats) -> Flags:
    """Return which side lines end on the bisector of a corner too sharp for it to be a side line."""
    base = ground.first_node[ground.first_side[:-1]][ground.block]
    begin, end = ground.first_node[:-1] - base, ground.first_node[1:] - base - 1
    before = np.zeros(len(sharp), dtype=bool)
    before[ground.after] = sharp
    ahead = sharp[side, None] & (u > (end - 1)[side, None])
    return np.asarray(ahead | (before[side, None] & (u < (begin + 1)[side, None])))


def _fanned(ground: Ground, feet: _Feet) -> _Feet:
    """Put a fan of side lines into each corner."""
    side, u = feet.side, feet.u
    last = np.append(np.flatnonzero(np.diff(side)), len(side) - 1)  # foot of each side
    begin = np.append(0, last[:-1] + 1)
    lap = np.zeros(len(last))
    lap[ground.first_side[1:] - 1] = ground.steps
    share = (np.arange(1, FAN + 1) / (FAN + 1))[None, :, None]
    rise = u[begin[ground.after]] + lap[:, None] - u[last]
    fan = (u[last][:, None] + share * rise[:, None]).reshape(-1, u.shape[1])
    origin = np.concatenate([np.arange(len(u)), np.repeat(last, FAN)])
    order = np.argsort(origin, kind="stable")
    origin = origin[order]
    return _Feet(
        side[origin],
        feet.s[origin],
        np.concatenate([u, fan])[order],
        np.concatenate([feet.low, np.zeros(fan.shape, dtype=bool)])[order],
        np.isin(origin, last),
    )


def _summed(ground: Ground, feet: _Feet, shortest: Floats, square: int, bends: Floats) -> Lines:
    """Sum up the land before each side line."""
    block = ground.block[feet.side]
    first = firsts(np.bincount(block, minlength=len(ground.row)))
    follow = np.arange(1, len(block) + 1)
    follow[first[1:] - 1] = first[:-1]
    ahead = np.zeros(len(block))  # what comes after the last foot of a block is its first, a turn on
    ahead[first[1:] - 1] = 1.0
    length, steps = ground.outlines.total[ground.row], ground.steps.astype(float)
    sums = Land(ground.outlines, ground.web)
    land, foot, tip = _land(sums, ground.row[block], block, feet.s, feet.u)
    middle = (feet.s + feet.s[follow] + ahead * length[block]) / 2
    tips = (feet.u + feet.u[follow] + (ahead * steps[block])[:, None]) / 2
    halfway, *_ = _land(sums, ground.row[block], block, middle, tips)
    # once round, what grows is the land of the block less its core
    some = first[:-1]
    again, *_ = _land(sums, ground.row, block[some], feet.s[some] + length, feet.u[some] + steps[:, None])
    whole = again[:, 0] - land[some, 0]
    beyond = land[follow] + (ahead * whole[block])[:, None]
    size = np.hypot(*np.moveaxis(tip - foot[:, None], -1, 0))
    short = feet.low & (size < shortest[block][:, None])
    before = np.where(feet.bend, feet.s, middle) - HAIR
    return Lines(
        first=first,
        s=feet.s,
        u=feet.u,
        tip=tip,
        land=land,
        bow=np.where(feet.bend[:, None], 0.0, 2 * (land + beyond) - 4 * halfway),
        deep=size[:, square],
        bend=feet.bend,
        sharp=feet.bend & (np.abs(bends[feet.side]) > SHARP),
        stands=~short & (size > HAIR),  # in the point of a sharp corner nothing stands
        free=~short & ~short[follow] & ~feet.bend[:, None],
        street=ground.street[ground.outlines.segment(ground.row[block], before)[0]],
        length=length,
        whole=whole,
        steps=steps,
    )


def _land(sums: Land, row: Ints, block: Ints, s: Floats, u: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the land before each side line, and where it begins and ends."""
    foot, by_outline = sums.foot(row, s)
    tip, by_path = sums.tip(block[:, None], u)
    return (by_outline[:, None] + cross(foot[:, None], tip) - by_path) / 2, foot, tip
