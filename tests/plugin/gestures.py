"""Gestures at random, as the map tools make them, and what must hold whatever was done: without QGIS."""

import itertools

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.affinity import rotate, translate

from ilo_gis import io
from ilo_gis.editing import (
    add_street,
    advance_lots,
    divide_block,
    drop_street,
    merge_lots,
    move_street,
    move_zone_edge,
    paint_reserves,
    paint_zone,
    place,
    side_between,
    slide_side,
    split_lot,
    swap_lots,
    with_lot_zones,
    zone_edge,
)
from ilo_gis.subdivision import LotRule, area_table
from ilo_gis.tables import complete
from ilo_gis.tables.integrity import relations
from ilo_gis.workflows import lots_from_streets
from ilo_gis.zoning import assign

RULE = LotRule(min_area=160.0, min_frontage=8.0)
CRS = 32719
ZONES = {"plan": "PDU", "approved": pd.Timestamp("2018-05-01"), "catalogue": "pe_2016"}
ROUNDING = 1e-4  # m2
DAY = pd.Timestamp("2019-03-01")
TABLES = ("streets", "street_lines", "blocks", "reserves", "lots", "summary", "lineage", "zones", "lot_zones")


# -- a small site --------------------------------------------------------------------------------------


def site(rng):
    """Return the tables of a plan of 3 x 3 crooked blocks, all zoned, with lots that are held."""
    x, y = np.meshgrid(np.arange(4) * 90.0, np.arange(4) * 52.0)
    nodes = np.stack([x, y], axis=-1) + rng.uniform(-4, 4, (4, 4, 2))
    lines = [shapely.LineString(row) for row in [*nodes, *nodes.transpose(1, 0, 2)]]
    turned = gpd.GeoSeries([rotate(line, 15, origin=(0, 0)) for line in lines], crs=CRS)
    plan = lots_from_streets(
        gpd.GeoDataFrame(geometry=turned.translate(252_000.0, 8_046_000.0)), RULE, width=10.0
    )
    zones = _zones(plan)
    stages = {"stage": ["titled", "allotted"], "since": pd.Timestamp("1990-06-01")}
    held = plan.lots.iloc[[3, 40]][["block_id", "geometry"]].assign(**stages)
    event = {"lot_id": held.index[1], "household_id": "H-1", "kind": "allotted", "date": "1990-06-01"}
    events = pd.DataFrame(event, index=pd.Index(["E-1"], name="event_id"))
    free = plan.lots.iloc[[60]][["geometry"]].assign(kind="lot", status="free", lots=plan.lots.index[60])
    return {name: getattr(plan, name) for name in TABLES[:7]} | {
        "zones": zones,
        "lot_zones": assign(plan.lots, zones),
        "lot_progress": complete(held, "lot_progress"),
        "lot_events": complete(events, "lot_events"),
        "occupants": _occupants(),
        "receiving_sites": complete(free.set_axis(["S-1"]).rename_axis("receiving_id"), "receiving_sites"),
    }


def _occupants():
    """Return some who are to leave the seafront, and go to any lot that is large enough."""
    people = complete(io.sample("occupants"), "occupants").iloc[[1, 6, 7]]
    return people.assign(area=150.0, receiving_id=None)


def _zones(plan):
    """Return four zones that share their vertices, over the whole site."""
    minx, miny, maxx, maxy = np.round(plan.streets.total_bounds + np.array([-20, -20, 20, 20]))
    x, y = (minx + maxx) / 2, (miny + maxy) / 2
    shapes = [
        shapely.Polygon([(a, c), (x, c), (x, y), (a, y)])
        for a, c in itertools.product((minx, maxx), (miny, maxy))
    ]
    codes = ["RDM", "CZ", "RDM", "RDB"]
    table = gpd.GeoDataFrame(
        {**ZONES, "code": codes},
        geometry=shapely.normalize(shapes),
        index=pd.Index([f"Z{k}" for k in range(1, 5)], name="zone_id", dtype=object),
        crs=CRS,
    )
    return complete(table.assign(area=table.area), "zones")


# -- gestures ------------------------------------------------------------------------------------------
# each takes what there is (known, plan, brief and locked of a session's snapshot) and a generator


def _words(at):
    return {"locked": at.locked}


def _place(at, rng):
    minx, miny, maxx, maxy = at.plan.blocks.total_bounds
    return np.array([rng.uniform(minx, maxx), rng.uniform(miny, maxy)])


def _one(rng, table):
    return table.index[rng.integers(len(table))]


def _some_lot(at, rng, kind=None):
    lots = at.plan.lots
    return _one(rng, lots if kind is None else lots[lots["kind"] == kind])


def _beside(at, rng, lot):
    """Return another lot of the block that touches one; itself where there is none."""
    lots = at.plan.lots
    own = lots[(lots["block_id"] == lots.at[lot, "block_id"]) & (lots.index != lot)]
    near = own[shapely.length(shapely.intersection(own.geometry.array, lots.geometry[lot])) > 0]
    return _one(rng, near) if len(near) else lot


def _line(at, rng):
    """A line of 30 to 140 m, one in two along or across the streets, some with a bend."""
    turn = np.radians(15 + 90 * rng.integers(2)) if rng.random() < 0.5 else rng.uniform(0, np.pi)
    a = _place(at, rng)
    b = a + rng.uniform(30, 140) * np.array([np.cos(turn), np.sin(turn)])
    middle = [(a + b) / 2 + rng.uniform(-8, 8, 2)] if rng.random() < 0.3 else []
    return shapely.LineString([a, *middle, b])


def _across(shape, rng):
    """A line right across a shape, anywhere."""
    at, turn, reach = shapely.point_on_surface(shape), rng.uniform(0, np.pi), shape.length
    way = reach * np.array([np.cos(turn), np.sin(turn)])
    middle = np.array(at.coords[0]) + rng.uniform(-6, 6, 2)
    return shapely.LineString([middle - way, middle + way])


def street_added(at, rng):
    """A street between two places."""
    return add_street(at.plan, _line(at, rng), at.brief, width=float(rng.choice([6, 8, 12])), **_words(at))


def street_moved(at, rng):
    """A street moved as a whole, or by one vertex."""
    one = _one(rng, at.plan.street_lines)
    line, way = at.plan.street_lines.geometry[one], rng.uniform(-12, 12, 2)
    if rng.random() < 0.5:
        line = translate(line, *way)
    else:
        points = shapely.get_coordinates(line)
        points[rng.integers(len(points))] += way
        line = shapely.LineString(points)
    return move_street(at.plan, one, line, at.brief, **_words(at))


def street_dropped(at, rng):
    """A street given up."""
    return drop_street(at.plan, _one(rng, at.plan.street_lines), at.brief, **_words(at))


def divided_by_rule(at, rng):
    """A block by a rule."""
    rule = LotRule(float(rng.choice([120, 200, 300])), float(rng.choice([6, 8, 10])))
    return divide_block(at.plan, _one(rng, at.plan.blocks), at.brief, rule=rule, **_words(at))


def divided_by_count(at, rng):
    """A block into a number of lots."""
    return divide_block(
        at.plan, _one(rng, at.plan.blocks), at.brief, count=int(rng.integers(1, 30)), **_words(at)
    )


def divided_by_axis(at, rng):
    """A block in rows of another direction."""
    return divide_block(
        at.plan, _one(rng, at.plan.blocks), at.brief, axis=float(rng.uniform(0, 180)), **_words(at)
    )


def divided_by_areas(at, rng):
    """A block into lots of given areas."""
    areas = rng.uniform(150, 500, rng.integers(1, 6)).round(1).tolist()
    return divide_block(at.plan, _one(rng, at.plan.blocks), at.brief, areas=areas, **_words(at))


def divided_by_line(at, rng):
    """A block by a line."""
    block = _one(rng, at.plan.blocks)
    line = _across(at.plan.blocks.geometry[block], rng)
    return divide_block(at.plan, block, at.brief, line=line, **_words(at))


def reserves_painted(at, rng):
    """Blocks made reserves, or freed."""
    blocks = {_one(rng, at.plan.blocks) for _ in range(rng.integers(1, 3))}
    kind = [None, None, "recreation", "education"][rng.integers(4)]
    return paint_reserves(at.plan, sorted(blocks), kind, at.brief, **_words(at))


def lots_merged(at, rng):
    """Two lots, or three, that touch."""
    lots = [_some_lot(at, rng)]
    for _ in range(rng.integers(1, 3)):
        lots.append(_beside(at, rng, lots[-1]))
    return merge_lots(at.plan, lots, at.brief, **_words(at))


def lot_split(at, rng):
    """A lot by a line, or into parts."""
    lot = _some_lot(at, rng)
    how = _across(at.plan.lots.geometry[lot], rng) if rng.random() < 0.5 else int(rng.integers(2, 4))
    return split_lot(at.plan, lot, how, at.brief, **_words(at))


def side_slid(at, rng):
    """A side line, up to its stops and at times beyond."""
    a = _some_lot(at, rng)
    b = _beside(at, rng, a)
    side = side_between(at.plan, a, b, at.brief.rule)
    share = rng.choice([0.0, 1.0, rng.uniform(-0.05, 1.05)])
    offset = side.least + share * (side.greatest - side.least)
    return slide_side(at.plan, a, b, float(offset), at.brief, side=side, **_words(at))


def lots_swapped(at, rng):
    """Two lots change places."""
    return swap_lots(at.known, _some_lot(at, rng), _some_lot(at, rng))


def lots_advanced(at, rng):
    """A lot that is held takes its next step, or any lot is given to a household."""
    events = at.known["lot_events"]
    on = pd.Timestamp("1991-01-01") + pd.Timedelta(days=len(events))
    if rng.random() < 0.3:
        return advance_lots(
            at.known, [_some_lot(at, rng)], "allotted", on, "Acta 1", household=f"H-{len(events) + 1}"
        )
    return advance_lots(at.known, [_one(rng, events.set_index("lot_id"))], "occupied", on, "Acta 2")


def occupant_placed(at, rng):
    """An occupant of the seafront put on a lot."""
    return place(at.known, _one(rng, at.known["occupants"]), _some_lot(at, rng), DAY)


def zone_painted(at, rng):
    """Lots or blocks in another zone."""
    of = str(rng.choice(["lots", "blocks"]))
    table = at.known[of]
    first = _one(rng, table)
    near = table.index[shapely.dwithin(table.geometry.array, table.geometry[first], 1.0)]
    ids = [first, *near[: rng.integers(3)]]
    return paint_zone(at.known, ids, of, str(rng.choice(["RDM", "CZ", "RDB", "ZRP"])))


def zone_edge_moved(at, rng):
    """The boundary of two zones bent, or a vertex of it dragged."""
    zones = at.known["zones"]
    one = _one(rng, zones)
    near = zones.index[shapely.touches(zones.geometry.array, zones.geometry[one])]
    other = _one(rng, zones.loc[near]) if len(near) else one
    edge = zone_edge(zones, one, other)
    points = shapely.get_coordinates(shapely.get_parts(edge)[0])
    way = rng.uniform(-15, 15, 2)
    if len(points) == 2 or rng.random() < 0.5:
        k = rng.integers(1, len(points))
        points = np.insert(points, k, points[k - 1 : k + 1].mean(axis=0) + way, axis=0)
    else:
        points[rng.integers(1, len(points) - 1)] += way
    return with_lot_zones(at.known, move_zone_edge(zones, one, other, shapely.LineString(points)))


GESTURES = [
    street_added, street_moved, street_dropped, divided_by_rule, divided_by_count, divided_by_axis,
    divided_by_areas, divided_by_line, reserves_painted, lots_merged, lot_split, side_slid, lots_swapped,
    zone_painted, zone_edge_moved, lots_advanced, occupant_placed,
]  # fmt: skip
OFTEN = np.array([2, 2, 1, 1, 1, 1, 1, 1, 2, 3, 3, 3, 1, 2, 2, 1, 2])


def gesture(rng):
    """Return one of the gestures."""
    return GESTURES[rng.choice(len(GESTURES), p=OFTEN / OFTEN.sum())]


# -- what must hold ------------------------------------------------------------------------------------


def faults(known, land):
    """Return what is wrong with the tables of a site of so much land, in words."""
    told = [*_covers(known), *_areas(known, land), *_references(known)]
    return told + [f"{name}: ids stand twice" for name, table in known.items() if not table.index.is_unique]


def _shapes(*tables):
    return np.concatenate([np.asarray(table.geometry.array, dtype=object) for table in tables])


def _covers(known):
    """Edges that two neighbours share have the same coordinates on both sides."""
    for names in (("blocks", "streets"), ("lots", "reserves"), ("zones",)):
        shapes = _shapes(*(known[name] for name in names))
        if not shapely.is_valid(shapes).all():
            yield f"{names}: {(~shapely.is_valid(shapes)).sum()} not valid"
        wrong = ~shapely.is_empty(shapely.coverage_invalid_edges(shapes))
        if wrong.any():
            ids = np.concatenate([known[name].index.astype(str) for name in names])
            yield f"{names}: edges of {ids[wrong].tolist()} are unlike"


def _areas(known, land):
    """All land is accounted for, in sum and block by block."""
    blocks, streets, zones = known["blocks"], known["streets"], known["zones"]
    parts = pd.concat([known[name][["block_id", "geometry"]] for name in ("lots", "reserves")])
    own = parts.area.groupby(parts["block_id"].astype(str)).sum().reindex(blocks.index, fill_value=0.0)
    off = (own - blocks.area).abs()
    if (off > ROUNDING).any():
        yield f"land of blocks: {off[off > ROUNDING].to_dict()}"
    within = shapely.area(shapely.difference(parts.geometry.array, _of(blocks, parts["block_id"])))
    if within.max() > ROUNDING:
        yield f"out of their block: {parts.index[within > ROUNDING].tolist()}"
    for what, had, has in (
        ("site", land["site"], blocks.area.sum() + streets.area.sum()),
        ("zones", land["zones"], zones.area.sum()),
    ):
        if abs(had - has) > ROUNDING:
            yield f"land of {what}: {had} -> {has}"
    for name in ("lots", "blocks", "streets", "reserves", "zones"):
        if "area" in known[name]:
            off = (known[name]["area"] - known[name].area).abs()
            if (off > ROUNDING).any():
                yield f"column area of {name}: {off[off > ROUNDING].to_dict()}"
    told = known["summary"]
    account = area_table(streets, known["lots"], known["reserves"]).loc[told.index, ["count", "area"]]
    if (off := (told[["count", "area"]] - account).abs().max().max()) > ROUNDING:
        yield f"area table is off by {off}"


def _of(blocks, ids):
    return np.asarray(blocks.geometry.reindex(ids.astype(str)).array, dtype=object)


def _references(known):
    """What names a row, names one that is there."""
    for row in relations().itertuples():
        if row.table in known and row.references in known:
            table = known[row.table]
            said = table[row.column] if row.column in table else table.index.to_series()
            lost = said.dropna()[~said.dropna().isin(known[row.references].index)]
            if len(lost):
                yield f"{row.table}.{row.column}: {sorted(set(lost))} are not in {row.references}"
    lots = known["lots"]
    for name in ("neighbour_right", "neighbour_left", "neighbour_back"):
        said = lots[name].dropna().astype(object)
        said = said[(said != "")]
        lost = said[~said.isin(lots.index)]
        if len(lost):
            yield f"lots.{name}: {lost.to_dict()}"


def land_of(known):
    """Return the land there is, m2."""
    streets, blocks, zones = (known[name].area.sum() for name in ("streets", "blocks", "zones"))
    return {"site": streets + blocks, "zones": zones}
