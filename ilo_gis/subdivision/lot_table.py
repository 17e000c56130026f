"""Pieces measured: which are legal lots, why others are not, and what they could be."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.demand import HAIR
from ilo_gis.geometry.edges import LONE, Edges, edges_of
from ilo_gis.geometry.measure import Fronts, elongation, fronts_on, longest_of, width
from ilo_gis.subdivision.ground import Ground
from ilo_gis.subdivision.rule import LotRule

__all__ = ["HAIR", "Measured", "measured", "remeasured"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Polygons = NDArray[np.object_]

NARROW = 4.0  # m; a remnant on a street that is no wider on average is best a passage
ROOMY = 10.0  # times the least lot: a remnant on a street that is larger has room for a facility


class Measured(NamedTuple):
    """Pieces, the part of a block each is of, their edges, which lie on a street, and the table."""

    pieces: Polygons
    owner: Ints
    edges: Edges
    near: Flags
    middle: Floats
    table: pd.DataFrame


def measured(ground: Ground, pieces: Polygons, owner: Ints, said: dict[str, Flags]) -> Measured:
    """Measure pieces and tell which are lots.

    Parameters
    ----------
    ground : Ground
        The land they are of.
    pieces : array of Polygon, shape (n,)
        Pieces, by part.
    owner : int array of shape (n,)
        The part of the ground each is of.
    said : dict of str to bool array of shape (n,)
        Reasons that are known already why pieces are no lots; ``"corner cut"`` is street.
    """
    edges = edges_of(pieces, owner)
    lone = np.flatnonzero((edges.twin == LONE) & ~edges.hole)
    by = np.full(len(edges.twin), -1)
    ends = edges.start.take(lone, axis=0), edges.stop.take(lone, axis=0)
    by[lone] = ground.street(*ends, owner[edges.piece.take(lone)])
    # the land of a cut corner is street, so that its long side is the front of the lot behind
    beside = np.flatnonzero(edges.twin != LONE)
    beside = beside[said["corner cut"][edges.piece[edges.twin[beside]]]]
    by[beside] = ground.rule[owner[edges.piece[beside]]]
    count = len(pieces)
    front = fronts_on(edges, by >= 0, count)
    length = np.where(by >= 0, np.hypot(*(edges.stop - edges.start).T), 0.0)
    main = longest_of(edges.piece, length, count)
    rule = np.where(front.frontage > 0, by[main], ground.rule[owner])
    table = _table(pieces, front, ground.rules, rule, said, elongation(pieces, edges))
    return Measured(pieces, owner, edges, by >= 0, front.middle, table)


def remeasured(
    ground: Ground, before: Measured, pieces: Polygons, owner: Ints, said: dict[str, Flags], parts: Ints
) -> Measured:
    """Measure pieces of some parts again, and take over what is known of the others.

    Parameters are those of `measured`, with what was found before and the parts that have changed.
    """
    changed = np.isin(owner, parts)
    few = ground.pick(parts)
    new = measured(
        few, pieces[changed], np.searchsorted(parts, owner[changed]), {k: v[changed] for k, v in said.items()}
    )
    kept = ~np.isin(before.owner, parts)
    edges = edges_of(pieces, owner)
    near, middle = np.empty(len(edges.twin), dtype=bool), np.empty((len(pieces), 2))
    of_changed = changed[edges.piece]
    near[of_changed], near[~of_changed] = new.near, before.near[kept[before.edges.piece]]
    middle[changed], middle[~changed] = new.middle, before.middle[kept]
    table = pd.concat([before.table[kept], new.table], ignore_index=True)
    order = np.argsort(np.concatenate([np.flatnonzero(~changed), np.flatnonzero(changed)]))
    return Measured(pieces, owner, edges, near, middle, table.iloc[order].reset_index(drop=True))


def _table(
    pieces: Polygons, front: Fronts, rules: list[LotRule], rule: Ints, said: dict[str, Flags], ratio: Floats
) -> pd.DataFrame:
    area = shapely.area(pieces)
    wide = width(pieces, front.depth)
    limit = {
        name: np.array([getattr(own, name) or default for own in rules], dtype=float)[rule]
        for name, default in (
            ("min_area", 0), ("min_frontage", 0), ("min_width", 0), ("max_area", np.inf), ("max_ratio", 0)
        )
    }  # fmt: skip
    reasons = {
        "no street front": front.frontage <= HAIR,
        **said,
        "encloses other land": shapely.get_num_interior_rings(pieces) > 0,
        "area too small": area < limit["min_area"] - HAIR,
        "front too short": front.frontage < limit["min_frontage"] - HAIR,
        "too slim": ratio > limit["max_ratio"],
        "too narrow": wide < limit["min_width"] - HAIR,
        "area too large": area > limit["max_area"] + HAIR,
    }
    reason = np.select(list(reasons.values()), list(reasons), default="")
    kind = pd.Categorical(np.where(reason == "", "lot", "remnant"), categories=["lot", "remnant"])
    use = _use(reason, area, front, wide, limit["min_area"], np.array([r.remainder for r in rules])[rule])
    return pd.DataFrame(
        {
            "kind": kind,
            "reason": pd.Series(reason, dtype="string").replace("", pd.NA),
            "use": pd.Series(use, dtype="string").replace("", pd.NA),
            "area": area,
            "frontage": front.frontage,
            "depth": front.depth,
            "ratio": ratio,
            "corner": pd.array(front.corner, dtype="boolean"),
            "rule": rule,
        }
    )


def _use(
    reason: NDArray[np.str_],
    area: Floats,
    front: Fronts,
    wide: Floats,
    least: Floats,
    asked: NDArray[np.str_],
) -> NDArray[np.str_]:
    """Return what remnants could be: a proposal, for the planner to decide on."""
    return np.select(
        [
            reason == "",
            reason == "corner cut",
            (reason == "left over") & (asked == "green"),
            (front.frontage > HAIR) & (wide < NARROW),
            (front.frontage > HAIR) & (area >= ROOMY * least),
        ],
        ["", "street", "green", "passage", "facility"],
        default="green",
    )
