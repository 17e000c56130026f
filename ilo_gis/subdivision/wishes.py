"""From rules to what the engine is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ilo_gis.geometry.demand import LAST, REST, SPREAD, Demand
from ilo_gis.subdivision.rule import LotRule

__all__ = ["demand_of"]

AIM = 0.66  # of the greatest depth to width: backs are not straight, and few like the slimmest legal lots
SHARPEST = np.radians(60)  # inner angle of a street corner for which a cut corner is provided
LEFT = {"spread": SPREAD, "last": LAST, "remnant": REST, "green": REST}


def demand_of(rules: Sequence[LotRule]) -> tuple[Demand, Mapping[int, Sequence[float]]]:
    """Return what the engine is asked for by each rule, and which rules list their areas.

    Examples
    --------
    >>> demand, lists = demand_of([LotRule(160.0, 8.0, target_area=200.0, tolerance=0.05)])
    >>> demand.area.tolist(), demand.goal_area.tolist(), lists
    ([190.0], [200.0], {})
    """
    rows = [_row(rule) for rule in rules]
    columns = (np.array(column) for column in zip(*rows, strict=True))
    return Demand._make(columns), {k: rule.areas for k, rule in enumerate(rules) if rule.areas}


def _row(rule: LotRule) -> tuple[float, ...]:
    aimed = bool(rule.target_area or rule.target_frontage)
    # what is left over can be spread over lots a little smaller than wished for
    few = 1 - rule.tolerance if rule.remainder == "spread" else 1.0
    many = 1 + rule.tolerance
    area = max(rule.min_area, few * (rule.target_area or 0.0))
    front = max(rule.min_frontage, rule.min_width or 0.0, few * (rule.target_frontage or 0.0))
    tops, depth = [np.inf], rule.depth
    largest = min(rule.max_area or np.inf, many * rule.target_area if rule.target_area else np.inf)
    if np.isfinite(largest):
        # deep land makes large lots at the least front: room to spread, or to be deep, or some of both
        tops.append(largest / area if rule.target_area else np.sqrt(largest / area))
        depth = min(depth, largest / (tops[-1] * front))
    if rule.target_frontage:
        tops.append(many * rule.target_frontage / front)
    # what the triangle at a corner costs: area for the angle, and at most its own length of front
    corner = rule.ochavo**2 / 4 / np.tan(SHARPEST / 2)
    return (
        area, front, depth, AIM * rule.max_ratio * rule.min_frontage,
        (rule.target_area or area) if aimed else np.nan, (rule.target_frontage or front) if aimed else np.nan,
        max(min(tops), 1.0), LEFT[rule.remainder], corner, rule.corner_extra + rule.ochavo, rule.count or 0,
        np.nan if rule.axis is None else np.radians(90 - rule.axis), rule.side_lines == "parallel",
    )  # fmt: skip
