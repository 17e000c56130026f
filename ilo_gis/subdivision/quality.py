"""The proof: everything that was promised of a plan is measured again, whoever made it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import SchemaError
from ilo_gis.geometry.coverage import EXACT
from ilo_gis.geometry.faults import faults
from ilo_gis.geometry.measure import elongation, fronts, sides, width
from ilo_gis.subdivision.lots import HAIR, STREET_REACH
from ilo_gis.subdivision.rule import LotRule
from ilo_gis.tables import Plan, findings, join_findings, require_metres, require_same_crs

__all__ = ["DRAWN", "check", "check_blocks", "check_cover", "check_lots"]

Polygons = NDArray[np.object_]

OVERLAP = 0.01  # m2; two lots may share this much before it is an overlap
DRAWN = 0.01  # m; nobody draws or measures a block closer
JOINT = 0.10  # m; lots drawn this close touch, when the outline of their group is looked for


def check(
    plan: Plan,
    rule: LotRule | Mapping[str, LotRule] | None = None,
    norms: Mapping[str, Any] | None = None,
) -> gpd.GeoDataFrame:
    """Prove or refute everything a plan promises.

    Parameters
    ----------
    plan : Plan
        Any plan, of this library or not. Where it has no streets, its blocks were given: they may
        touch, and need not share vertices.
    rule : LotRule or mapping of str to LotRule, optional
        What its lots must be, as in `check_lots`. Without it, area, front and shape are not judged.
    norms : mapping of str to Norm, optional
        Norms in force, for the length of blocks: ``norms.load("pe")``.

    Returns
    -------
    GeoDataFrame
        Table ``findings``; empty of errors if every promise holds.

    Raises
    ------
    CRSError
        If a layer is not in metres.

    Examples
    --------
    >>> streets = ilo_gis.io.sample("pampa_streets").head(60)
    >>> rule = ilo_gis.subdivision.LotRule(min_area=120.0, min_frontage=7.0)
    >>> plan = ilo_gis.workflows.lots_from_streets(streets, rule, width="width")
    >>> (check(plan, rule)["severity"] == "error").sum()
    0
    """
    return join_findings(
        check_lots(plan.lots, rule, blocks=plan.blocks.drop(index=plan.reserves["block_id"])),
        check_blocks(plan.blocks, norms),
        *([check_cover(plan)] if len(plan.streets) else []),
    )


def check_lots(
    lots: gpd.GeoDataFrame,
    rule: LotRule | Mapping[str, LotRule] | None = None,
    *,
    blocks: gpd.GeoDataFrame | None = None,
    streets: gpd.GeoDataFrame | None = None,
) -> gpd.GeoDataFrame:
    """Check lots from any source, one finding per lot and rule broken.

    Parameters
    ----------
    lots : GeoDataFrame
        Polygons in metres; the index names them. Rows with ``kind == "remnant"`` need not be legal.
    rule : LotRule or mapping of str to LotRule, optional
        What a lot must be. Of several by name, each lot is judged by the one that its column
        ``rule`` names. Without a rule only geometry, ids, overlaps and access are checked.
    blocks : GeoDataFrame, optional
        Block polygons. With the column ``block_id`` in `lots`, the outline of its own block is
        where a lot fronts the street, and the lots and remnants of a block must cover it.
    streets : GeoDataFrame, optional
        Street land as polygons; those whose column ``front`` is false are no fronts. Given neither,
        the outer boundary of each group of touching lots counts as street, and a finding says so.

    Returns
    -------
    GeoDataFrame
        Table ``findings``: ``lot.id``, ``lot.geometry``, ``lot.overlap``, ``lot.access``,
        ``lot.min_area`` and ``lot.max_area`` (m2), ``lot.min_frontage`` and ``lot.min_width`` (m),
        ``lot.max_ratio``, ``block.cover`` (m2).

    Raises
    ------
    CRSError
        If a layer is not in metres, or two differ.
    SchemaError
        If rules are given by name and `lots` has no column ``rule``.

    References
    ----------
    RNE TH.010, article 9 (area and front); GH.020 (access of every lot to a public road).

    Examples
    --------
    >>> lots = geopandas.GeoDataFrame(
    ...     index=["A-1", "A-2"], geometry=[shapely.box(0, 0, 8, 20), shapely.box(8, 0, 12, 20)], crs=32719
    ... )
    >>> found = check_lots(lots, ilo_gis.subdivision.LotRule(min_area=160, min_frontage=8))
    >>> found.loc[found["severity"] == "error", ["feature", "rule", "required", "found"]].values.tolist()
    [['A-2', 'lot.min_area', 160.0, 80.0]]
    """
    require_metres(lots, "lots")
    require_same_crs(lots=lots, blocks=blocks, streets=streets)
    if lots.empty:
        return findings("lots", lots, "lot.id")
    sound, wrong = _sound(lots)
    given = blocks is not None and "block_id" in lots
    parts = [_repeated(lots), wrong, _overlaps(sound)]
    with np.errstate(divide="ignore", invalid="ignore"):  # GEOS raises them for edges of no length
        parts.append(_legal(sound, rule, _street(sound, blocks if given else None, streets)))
    if given and blocks is not None:
        parts.append(_uncovered(sound, blocks))
    elif streets is None:
        parts.append(findings("lots", None, "lot.street_assumed", crs=lots.crs))
    return join_findings(*parts)


def _repeated(lots: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    twice = lots[lots.index.duplicated(keep=False) | lots.index.isna()]
    return findings("lots", twice, "lot.id")


def _sound(lots: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Part lots into those that are one valid polygon each, and findings about the others."""
    shapes = np.asarray(lots.geometry.array, dtype=object)
    reasons = faults(shapes, ("Polygon", "MultiPolygon"))
    several = np.array([r is None for r in reasons]) & (shapely.get_num_geometries(shapes) > 1)
    reasons[several] = "several parts; a lot is one piece"
    bad = np.array([r is not None for r in reasons])
    simple = lots[~bad].set_geometry(shapely.get_geometry(shapes[~bad], 0), crs=lots.crs)
    return simple, findings("lots", lots[bad], "lot.geometry", detail=reasons[bad])


def _overlaps(lots: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    shapes = np.asarray(lots.geometry.array, dtype=object)
    if shapely.coverage_is_valid(shapes):
        return findings("lots", lots.iloc[:0], "lot.overlap")
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    first, second = first[first < second], second[first < second]
    touch = shapely.touches(shapes[first], shapes[second])
    first, second = first[~touch], second[~touch]
    common = shapely.intersection(shapes[first], shapes[second])
    size = shapely.area(common)
    over = size > OVERLAP
    others = lots.index[second[over]]
    at_fault = lots.iloc[first[over]].set_geometry(common[over], crs=lots.crs)
    return findings("lots", at_fault, "lot.overlap", detail=others, required=0, found=size[over])


def _street(
    lots: gpd.GeoDataFrame, blocks: gpd.GeoDataFrame | None, streets: gpd.GeoDataFrame | None
) -> tuple[Polygons, float]:
    """Return, for each lot, where its street begins, and how near an edge must be."""
    if streets is not None:
        if "front" in streets:
            streets = streets[streets["front"].fillna(value=True).astype(bool)]
        land = shapely.union_all(np.asarray(streets.geometry.array))
        return np.full(len(lots), land, dtype=object), STREET_REACH
    if blocks is not None:
        outer = [
            shapely.multilinestrings([part.exterior for part in shapely.get_parts(block)])
            for block in np.asarray(blocks.geometry.array)
        ]
        index = blocks.index.astype(str).get_indexer(lots["block_id"].astype(str))
        return np.array([*outer, shapely.LineString()], dtype=object)[index], STREET_REACH
    shapes = np.asarray(lots.geometry.array, dtype=object)
    grown = shapely.union_all(shapely.buffer(shapes, JOINT, join_style="mitre"))
    groups = shapely.get_parts(shapely.buffer(grown, -JOINT, join_style="mitre"))
    outlines = shapely.get_exterior_ring(groups)
    lot, group = shapely.STRtree(groups).query(shapely.point_on_surface(shapes), predicate="intersects")
    own = np.full(len(lots), shapely.LineString(), dtype=object)
    own[lot] = outlines[group]
    return own, 2 * JOINT


def _legal(
    lots: gpd.GeoDataFrame,
    rule: LotRule | Mapping[str, LotRule] | None,
    street: tuple[Polygons, float],
) -> gpd.GeoDataFrame:
    line, reach = street
    lot = (lots["kind"] != "remnant").to_numpy() if "kind" in lots else np.ones(len(lots), dtype=bool)
    lots, line = lots[lot], line[lot]
    shapes = np.asarray(lots.geometry.array, dtype=object)
    front = fronts(shapes, line, reach)
    closed = front.frontage <= HAIR
    parts = [findings("lots", lots[closed], "lot.access", article="GH.020", required=0, found=0)]
    if rule is None:
        return parts[0]
    area = shapely.area(shapes)
    found = {
        "min_area": area,
        "max_area": area,
        "min_frontage": np.where(closed, np.nan, front.frontage),
        "min_width": np.where(closed, np.nan, width(shapes, front.depth)),
        "max_ratio": elongation(shapes),
    }
    for one, own in _judged(lots, rule):
        for name, values in found.items():
            limit = getattr(one, name)
            if limit is None:
                continue
            over = (values - limit) * (1 if name.startswith("max") else -1)
            fault = own & (over > (0.0 if name == "max_ratio" else HAIR))
            options = {"article": one.article, "required": limit, "found": values[fault]}
            parts.append(findings("lots", lots[fault], f"lot.{name}", **options))
    return join_findings(*parts)


def _judged(
    lots: gpd.GeoDataFrame, rule: LotRule | Mapping[str, LotRule]
) -> Iterator[tuple[LotRule, NDArray[np.bool_]]]:
    """Yield each rule and which lots it is for; lots that name none of the rules are not judged."""
    if isinstance(rule, LotRule):
        yield rule, np.ones(len(lots), dtype=bool)
        return
    if "rule" not in lots:
        raise SchemaError(
            f"Rules are given by name ({', '.join(rule)}), but lots has no column 'rule'. Add it, or give "
            "one LotRule for all."
        )
    said = lots["rule"].astype(object)
    for name, one in rule.items():
        yield one, (said == name).to_numpy(dtype=bool)


def _uncovered(lots: gpd.GeoDataFrame, blocks: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Find blocks whose lots and remnants do not add up to them, and lots of no block."""
    index = blocks.index.astype(str).get_indexer(lots["block_id"].astype(str))
    stray = lots[index < 0]
    parts = [findings("lots", stray, "lot.block")]
    sums = np.bincount(
        index[index >= 0], shapely.area(np.asarray(lots.geometry.array))[index >= 0], len(blocks)
    )
    whole = shapely.area(np.asarray(blocks.geometry.array))
    off = np.abs(sums - whole) > EXACT * whole
    parts.append(findings("blocks", blocks[off], "block.cover", required=whole[off], found=sums[off]))
    return join_findings(*parts)


def check_blocks(blocks: gpd.GeoDataFrame, norms: Mapping[str, Any] | None = None) -> gpd.GeoDataFrame:
    """Check blocks: sound geometry, ids, and length between street crossings.

    Parameters
    ----------
    blocks : GeoDataFrame
        Block polygons in metres.
    norms : mapping of str to Norm, optional
        Norms in force; ``gh020.block_length`` is used. Without them length is not judged.

    Returns
    -------
    GeoDataFrame
        Table ``findings``: ``block.geometry``, ``block.id``, ``block.length`` (a warning, in m:
        long side of the minimum rotated rectangle).

    Raises
    ------
    CRSError
        If the layer is not in metres.

    References
    ----------
    RNE GH.020, article 15: vehicle crossings at least 40 m and at most 300 m apart.

    Examples
    --------
    >>> blocks = geopandas.GeoDataFrame(index=["A"], geometry=[shapely.box(0, 0, 350, 60)], crs=32719)
    >>> check_blocks(blocks, ilo_gis.norms.load("pe"))[["rule", "required", "found"]].values.tolist()
    [['block.length', 300.0, 350.0]]
    """
    require_metres(blocks, "blocks")
    shapes = np.asarray(blocks.geometry.array, dtype=object)
    reasons = faults(shapes, ("Polygon", "MultiPolygon"))
    bad = np.array([r is not None for r in reasons], dtype=bool)
    parts = [
        findings("blocks", blocks[bad], "block.geometry", detail=reasons[bad]),
        findings("blocks", blocks[blocks.index.duplicated(keep=False)], "block.id"),
    ]
    norm = (norms or {}).get("gh020.block_length")
    if norm is None:
        return join_findings(*parts)
    sound = blocks[~bad]
    length, _ = sides(shapes[~bad])
    least, most = norm.value["min"], norm.value["max"]
    for fault, limit in ((length < least - DRAWN, least), (length > most + DRAWN, most)):
        off = findings(
            "blocks", sound[fault], "block.length", article=norm.article, required=limit, found=length[fault]
        )
        parts.append(off)
    return join_findings(*parts)


def check_cover(plan: Plan) -> gpd.GeoDataFrame:
    """Check that streets and blocks are one valid cover, and so are the lots and remnants.

    Parameters
    ----------
    plan : Plan
        Any plan.

    Returns
    -------
    GeoDataFrame
        Table ``findings``: ``plan.cover``, with the edges at fault as geometry.

    Raises
    ------
    CRSError
        If a layer is not in metres.

    Examples
    --------
    >>> plan = ilo_gis.workflows.lots_from_streets(
    ...     ilo_gis.io.sample("pampa_streets").head(60), ilo_gis.subdivision.LotRule(120, 7), width="width"
    ... )
    >>> len(check_cover(plan))
    0
    """
    parts = [findings("blocks", plan.blocks.iloc[:0], "plan.cover")]
    for name, layers in {"blocks": [plan.streets, plan.blocks], "lots": [plan.lots, plan.reserves]}.items():
        for layer in layers:
            require_metres(layer, name)
        shapes = np.concatenate([np.asarray(layer.geometry.array, dtype=object) for layer in layers])
        if shapely.coverage_is_valid(shapes):  # much cheaper than finding the edges at fault
            continue
        faulty = shapely.coverage_invalid_edges(shapes)
        edges = faulty[~shapely.is_empty(faulty)]
        ids = np.concatenate([layer.index.astype(str) for layer in layers])[~shapely.is_empty(faulty)]
        wrong = gpd.GeoDataFrame(index=ids, geometry=list(edges), crs=plan.blocks.crs)
        parts.append(findings(name, wrong, "plan.cover", required=0, found=shapely.length(edges)))
    return join_findings(*parts)
