"""The land for public use that a plan lacks, as findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd

from ilo_gis.subdivision.assembly import reserve_base
from ilo_gis.subdivision.indicators import Rule, kinds_of, reserve_norm
from ilo_gis.subdivision.reserve_checks import EXACT
from ilo_gis.tables import Plan, empty, findings, join_findings

__all__ = ["missing_reserves"]


def missing_reserves(plan: Plan, rule: Rule, norms: Mapping[str, Any]) -> gpd.GeoDataFrame:
    """Return a finding for each kind of reserve that a plan has less of than the norms ask for.

    Parameters
    ----------
    plan, rule, norms
        As in `indicators`. Rules of several types of lot are not judged.

    Returns
    -------
    GeoDataFrame
        Table ``findings``: ``reserve.share``, areas in m2; ``reserve.money`` where there is none and the
        land asked for is less than the smallest piece.

    References
    ----------
    RNE TH.010, article 10; GH.020, article 27.

    Examples
    --------
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 800, 40)], crs=32719)
    >>> rule = ilo_gis.subdivision.LotRule(min_area=160.0, min_frontage=8.0)
    >>> plan = ilo_gis.workflows.lots_in_blocks(blocks, rule)
    >>> found = missing_reserves(plan, rule, ilo_gis.norms.load("pe"))
    >>> found[["rule", "required", "found"]].values.tolist()[0]
    ['reserve.share', 2560.0, 0.0]
    """
    told, norm = [empty("findings", plan.blocks.crs)], reserve_norm(rule, norms)
    base = reserve_base(plan)
    given, piece = plan.reserves.area.groupby(kinds_of(plan)).sum(), norms.get("gh020.smallest_reserve")
    for kind, share in {} if norm is None else norm.value.items():
        required, there = share * base, float(given.get(kind, 0.0))
        if there >= required - EXACT * base:
            continue
        about = "reserve.share", norm.article, required, there
        if piece is not None and there == 0 and required < (least := piece.value.get(kind, 0.0)):
            about = "reserve.money", piece.article, least, required
        name, article, wanted, seen = about
        told.append(
            findings("reserves", None, name, detail=kind, article=article, required=wanted, found=seen,
                     crs=plan.blocks.crs)
        )  # fmt: skip
    return join_findings(*told)
