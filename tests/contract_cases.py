"""A small case for every tool of the catalogue: the table that it is about, and its other arguments."""

from dataclasses import replace
from functools import cache, partial

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ilo_gis import io, networks, norms, siting, subdivision, zoning
from ilo_gis.signatures import parameters
from ilo_gis.site import Factor, Factors, Source
from ilo_gis.subdivision import Brief, LotRule
from ilo_gis.tables import Elevation, empty
from ilo_gis.tools import NAMES

DAY = pd.Timestamp("1994-05-31")
RULE = LotRule(min_area=120.0, min_frontage=7.0)
LENGTH = replace(norms.load("pe")["gh020.block_length"], value={"min": 100, "max": 300})  # one that all break


def once(make):
    """Let a layer that many cases rest on be made once; each has a copy of its own."""
    made = cache(make)
    return lambda: made().copy()


@once
def grid():
    """Return the centre lines of a grid of four by three blocks, one of them crooked."""
    x, y = 254_000 + np.arange(5) * 90.0, 8_047_000 + np.arange(4) * 52.0
    lines = [[(a, y[0] - 20), (a + 7, y[-1] + 20)] for a in x] + [
        [(x[0] - 20, b), (x[-1] + 20, b)] for b in y
    ]
    index = pd.Index([f"s{n}" for n in range(len(lines))], name="street")
    return gpd.GeoDataFrame(geometry=shapely.linestrings(lines), index=index, crs=32719)


@once
def blocks():
    return subdivision.blocks_from_streets(grid())


@once
def lots():
    return subdivision.cut_lots(blocks(), RULE)


@once
def land():
    return subdivision.layout_streets(grid()).streets


def graded():
    lines = subdivision.layout_streets(grid()).street_lines
    return lines.assign(grade=np.linspace(0.1, 0.2, len(lines)), grade_max=0.2)


def zones():
    land = (
        shapely.box(253_900, 8_046_900, 254_190, 8_047_300),
        shapely.box(254_190, 8_046_900, 254_500, 8_047_300),
    )
    index = pd.Index(["Z1", "Z2"], name="zone_id")
    told = {"plan": "PDU", "approved": pd.Timestamp("2018-05-04"), "code": ["RDM", "ZRP"]}
    return gpd.GeoDataFrame(told, index=index, geometry=list(land), crs=32719)


def zoned():
    return zoning.assign(lots(), zones())


def plan_of_zones():
    land = [(0, 0, 60, 90), (50, 0, 120, 90), (121, 0, 200, 90)]
    table = {"plan": "PDU", "approved": pd.Timestamp("2018-05-04"), "catalogue": "pe_2016"}
    index = pd.Index(["a", "b", "c"], name="zone_id")
    table |= {"code": ["RDN", "I4", "RDM"], "min_free_area": [0.3, np.nan, 30]}
    shapes = [shapely.box(254_000 + a, 8_047_000 + b, 254_000 + c, 8_047_000 + d) for a, b, c, d in land]
    return gpd.GeoDataFrame(table, index=index, geometry=shapes, crs=32719)


def factors():
    near = Factor("distance", ((0, 1), (40, 0)), weight=1, layer="streets")
    return Factors({"near": near}, {"low": 0.0, "high": 0.5})


def coast():
    parts = [[(253_990, 8_046_990), (253_980, 8_047_100)], [(253_980, 8_047_100), (253_990, 8_047_200)]]
    return gpd.GeoDataFrame(
        geometry=shapely.linestrings(parts), index=pd.Index(["A", "B"], name="id"), crs=32719
    )


def shore():
    told = {"name": "Yard", "kind": "business", "area": 2000.0}
    return blocks()[["geometry"]].assign(**told).rename_axis("occupant_id")


def left():
    told = {"step": ["cleared"], "since": [DAY], "move_id": ["M"]}
    return pd.DataFrame(told, index=shore().index[:1])


def occupants():
    index = pd.Index(["yard", "depot"], name="occupant_id")
    land = [
        shapely.box(254_000, 8_047_000, 254_040, 8_047_050),
        shapely.box(254_050, 8_047_000, 254_070, 8_047_020),
    ]
    told = {
        "name": ["Yard", "Depot"],
        "kind": ["business", "households"],
        "area": [2000.0, 400.0],
        "count": [None, 8],
    }
    return gpd.GeoDataFrame(told, index=index, geometry=land, crs=32719)


def programme():
    day = pd.Timestamp("1994-05-31")
    pacts = pd.DataFrame(
        {"occupants": ["yard"], "kinds": ["order"], "date": [day]}, pd.Index(["A"], name="agreement_id")
    )
    moves = pd.DataFrame(
        {"occupant_id": ["yard"], "step": ["cleared"], "date": [day]}, pd.Index(["M"], name="move_id")
    )
    works = occupants().rename_axis("strip_id").assign(stage=[1, 2], use="plaza")
    return {"agreements": pacts, "moves": moves, "on": day, "seafront": works}


def built():
    works = pd.DataFrame({"service": ["tap"], "scope": "block", "target_id": blocks().index[:1]})
    works = works.assign(done="1990-03-01").rename_axis("work_id")
    return {"states": empty("lot_states"), "works": works, "on": pd.Timestamp("1994-05-31")}


def site():
    return gpd.GeoDataFrame(
        geometry=[shapely.box(254_000, 8_047_000, 254_080, 8_047_070)],
        index=pd.Index(["S"], name="site_id"),
        crs=32719,
    )


def hill():
    """Return ground that rises by a fifth and a little towards the south."""
    return Elevation(
        np.linspace(200.0, 80.0, 40)[:, None] + np.zeros(60), 253_800, 8_047_400, (15, 15), crs=32719
    )


def place():
    return gpd.GeoDataFrame(geometry=[shapely.Point(254_005, 8_047_005)], crs=32719)


def growth():
    lots = pd.DataFrame({"lots": [40, 60]}, index=pd.Index([1994, 1995], name="year"))
    few = zones().assign(lots=50, cost=1000.0).rename_axis("area_id")
    return few, {"demand": lots, "terms": zoning.PhasingTerms.from_norms(norms.load("pe"))}


def register(table):
    return io.sample(table).set_index(f"{table[:-1]}_id").head(30)


def applied():
    homes = register("households")
    index = register("applicants").index
    known = pd.DataFrame({"household_id": homes.index, "status": "eligible"}, index=index)
    known = known.assign(reasons="", mend_by=pd.NaT)
    return {"households": homes, "eligibility": known, "on": DAY, "seed": "1994"}


def ranking():
    found = NAMES["rank"](register("applicants"), **applied()).table.head(3)
    return {"ranking": found, "seed": "ilo", "on": DAY}


def events():
    given = lots().index[:4]
    told = {"lot_id": given, "household_id": [f"H-{n}" for n in range(4)], "kind": "allotted"}
    table = pd.DataFrame(told | {"date": pd.Timestamp("1990-02-01"), "evidence": "R-1"})
    return table.set_index(pd.Index([f"E-{n}" for n in range(1, 5)], name="event_id"))


def works():
    return built()["works"].assign(started="1990-01-05")


def tasks():
    told = {"kind": "agreement", "duration": [30, 10], "depends": ["", "a"]}
    return pd.DataFrame(told, index=pd.Index(["a", "b"], name="task_id"))


def places():
    told = {"kind": "land", "name": ["A", "B"], "area": 3000.0, "capacity": 20.0, "status": "free"}
    index = pd.Index(["R1", "R2"], name="receiving_id")
    land = [shapely.box(x, 8_047_300, x + 60, 8_047_350) for x in (254_000, 254_100)]
    return gpd.GeoDataFrame(told, index=index, geometry=land, crs=32719)


def plan_tables():
    told = programme()
    owed = pd.DataFrame(
        {"agreement_id": ["A"], "party": "IMARPE", "what": "to build", "due": [pd.NaT]},
        index=pd.Index(["O"], name="obligation_id"),
    )
    return {"agreements": told["agreements"], "obligations": owed, "moves": told["moves"]} | {
        "receiving_sites": places()
    }


def served(terms, **more):
    laid = subdivision.layout_streets(grid())
    return {"streets": laid.street_lines, "terms": terms.from_norms(norms.load("pe"))} | more


# the table that each tool is about, and its other arguments
CASES = {
    "blocks_from_streets": (grid, dict),
    "letter_blocks": (blocks, dict),
    "reserve_blocks": (blocks, lambda: {"reserves": blocks().iloc[:5]}),
    "cut_lots": (blocks, lambda: {"rule": RULE}),
    "lot_sides": (lots, lambda: {"streets": land()}),
    "perimeter_vertices": (blocks, dict),
    "check_perimeter": (
        lambda: subdivision.perimeter_vertices(blocks()).assign(distance=lambda t: t["distance"] * 1.01),
        dict,
    ),
    "check_blocks": (blocks, lambda: {"norms": {LENGTH.id: LENGTH}}),
    "check_grades": (graded, lambda: {"norms": norms.load("pe")}),
    "check_lots": (lots, lambda: {"rule": LotRule(200, 10), "blocks": blocks()}),
    "check_zoning": (plan_of_zones, lambda: {"boundary": plan_of_zones().iloc[:2]}),
    "adjoining_lots": (lots, lambda: {"count": 3}),
    "area_table": (land, lambda: {"lots": lots()}),
    "assign": (lots, lambda: {"zones": zones()}),
    "lot_conformity": (lots, lambda: {"zones": zones().assign(catalogue="pe_2016", min_area=125.0)}),
    "share_land": (blocks, lambda: {"shares": {"a": 0.6, "b": 0.4}, "weight": "area", "services": grid()}),
    "held_share": (blocks, lambda: {"holdings": blocks().iloc[:9].assign(holder=list("abcabcabc"))}),
    "capacity": (
        lambda: zones().assign(catalogue="pe_2016"),
        lambda: {"dwellings_per_lot": 1, "persons_per_dwelling": 5, "net_share": 0.6, "by": "code"},
    ),
    "check_density": (
        lambda: zones().assign(catalogue="pe_2016", net_density=20.0),
        lambda: {"lots": zoned(), "dwellings_per_lot": 1, "persons_per_dwelling": 5},
    ),
    "suitability": (lots, lambda: {"factors": factors(), "layers": {"streets": grid()}}),
    "check_shore": (
        lambda: zones().assign(use="housing"),
        lambda: {"coast": coast(), "norms": norms.load("pe"), "accesses": grid()},
    ),
    "paving": (blocks, lambda: {"streets": land(), "cost": 8.91, "lots": lots()}),
    "programme_rows": (occupants, programme),
    "stretches": (coast, lambda: {"occupants": shore(), "states": left()}),
    "design_fits": (lots, dict),
    "lot_progress": (lots, built),
    "zones_by_area": (zones, lambda: {"areas": blocks().assign(phase="1"), "column": "phase"}),
    "plan_site": (site, lambda: {"brief": Brief(LotRule(160, 8), alternatives=1)}),
    "lots_from_streets": (grid, lambda: {"rule": RULE}),
    "lots_in_blocks": (lambda: blocks().iloc[:3], lambda: {"rule": RULE}),
    "layout_streets": (grid, dict),
    "street_grades": (lambda: graded().drop(columns=["grade", "grade_max"]), lambda: {"elevation": hill()}),
    "zones_on": (plan_of_zones, lambda: {"on": DAY.replace(year=2020)}),
    "phase": (lambda: growth()[0], lambda: growth()[1]),
    "constraints": (
        grid,
        lambda: {"layers": partial(Source, "ravine", width=10.0), "norms": norms.load("pe"), "site": site()},
    ),
    "buildable": (
        site,
        lambda: {
            "constraints": zones().iloc[:1].translate(-140).to_frame("geometry").assign(reason="ravine")
        },
    ),
    "slope_constraints": (site, lambda: {"elevation": hill(), "norms": norms.load("pe"), "limit": 0.1}),
    "cells": (site, lambda: {"size": 20.0}),
    "taps": (lots, lambda: served(siting.TapTerms)),
    "latrines": (lots, lambda: served(siting.LatrineTerms)),
    "water": (lots, lambda: served(networks.WaterTerms, source=place(), elevation=hill())),
    "sewer": (lots, lambda: served(networks.SewerTerms, outfall=place(), elevation=hill())),
    "rank": (lambda: register("applicants"), applied),
    "allot": (lots, ranking),
    "promuvi_state_on": (events, lambda: {"on": DAY, "lots": lots()}),
    "check_events": (lambda: events().assign(kind="titled"), lambda: {"lots": lots()}),
    "service_progress": (works, lambda: {"lots": lots(), "on": DAY, "by": ("programme", "block")}),
    "forecast": (
        lambda: events().assign(date=pd.date_range("1990-02-01", periods=4, freq="90D")),
        lambda: {"lots": lots(), "on": DAY, "months": 3, "draws": 20, "resample": "lot"},
    ),
    "relocation_state_on": (lambda: programme()["moves"], lambda: {"on": DAY}),
    "schedule": (tasks, lambda: {"start": DAY}),
    "check_programme": (occupants, plan_tables),
    "match": (lambda: occupants().assign(count_of="households"), lambda: {"receiving_sites": places()}),
}


def about(tool):
    """Return the parameter of the table that a tool is about."""
    return next(one for one in parameters(tool) if one.kind in ("layer", "table"))


def called(tool, table, more):
    """Return what a tool gives for a table and other arguments."""
    name = about(tool).path[0]
    record = more.get(name)  # a record that holds the table
    return tool(**{**more, name: table if record is None else record(layer=table)})


def tables_of(result):
    """Return the tables of a result by name."""
    if isinstance(result, pd.DataFrame):
        return {"": result}
    parts = vars(result).items() if hasattr(result, "__dataclass_fields__") else enumerate(result)
    return {name: part for name, part in parts if isinstance(part, pd.DataFrame)}
