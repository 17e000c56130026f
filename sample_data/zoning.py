"""The zoning plans of the schematic Ilo, who holds the land, and what limits building on it."""

from __future__ import annotations

from collections import Counter

import district
import figures as f
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
import zoning_figures as z
from shapely import LineString, Polygon
from shapely.ops import substring

Rows = list[dict]


def metres(points: z.Points) -> list[tuple[float, float]]:
    """Turn hectometres into metres, to the centimetre."""
    return [(round(100.0 * east, 2), round(100.0 * north, 2)) for east, north in points]


def faces(outline: Polygon, cuts: list[shapely.Geometry]) -> np.ndarray:
    """Return the pieces of an outline between cuts, on the centimetre grid, sharing their vertices."""
    lines = np.array([outline.exterior, *cuts], dtype=object)
    pieces = shapely.get_parts(shapely.polygonize(district.noded(lines)))
    return pieces[shapely.contains(outline, shapely.point_on_surface(pieces))]


def land(ring: z.Points, sea: Polygon) -> Polygon:
    """Return the part of a ring that is not sea."""
    parts = shapely.get_parts(Polygon(metres(ring)).difference(sea))
    return shapely.set_precision(max(parts, key=lambda part: part.area), district.GRID)


def seeded(pieces: np.ndarray, told: list[tuple[dict, z.Points]], what: str) -> Rows:
    """Return a row for each polygon that the pieces around points make. Each piece belongs to one entry."""
    owner = np.full(len(pieces), -1)
    tree = shapely.STRtree(pieces)
    for number, (_, points) in enumerate(told):
        found = tree.query(shapely.points(metres(points)), predicate="within")[1]
        if len(found) < len(points) or (owner[found] >= 0).any():
            raise ValueError(f"{what}: a point of {points} is in no piece, or in one that is taken")
        owner[found] = number
    if (owner < 0).any():
        left = [shapely.point_on_surface(piece).wkt for piece in pieces[owner < 0]]
        raise ValueError(f"{what}: no point in the pieces around {left}")
    return [
        {**row, "geometry": part}
        for number, (row, _) in enumerate(told)
        for part in joined(pieces[owner == number])
    ]


def joined(pieces: np.ndarray) -> list[Polygon]:
    """Return pieces as polygons that do not touch along edges, in an order of their own."""
    parts = shapely.get_parts(shapely.coverage_union_all(np.asarray(pieces, dtype=object)))
    return sorted(map(shapely.normalize, parts), key=lambda part: part.bounds)


def city_zones(
    key: str, ring: z.Points, cuts: list[z.Points], told: list, sea: Polygon, corridor: Polygon
) -> Rows:
    """Return the zones of a plan between the shore and the plateau; the railway's land is one of them."""
    outline = land(ring, sea)
    pieces = faces(outline, [corridor.exterior, *[LineString(metres(cut)) for cut in cuts]])
    rail = shapely.contains(corridor, shapely.point_on_surface(pieces))
    named = [({"code": code, "name": name}, points) for code, name, points in told]
    track = [
        {"code": z.CORRIDOR_CODES[key], "name": "Ferrocarril", "geometry": part}
        for part in joined(pieces[rail])
    ]
    return [*seeded(pieces[~rail], named, f"plan {key}"), *track]


def pampa_2018(plan: district.District, ravine: LineString, fault: LineString) -> Rows:
    """Return the zones of the Pampa in the plan of 2018: its blocks to the middle of the streets, joined."""
    pieces = shapely.get_parts(shapely.polygonize(district.noded(plan.streets.geometry)))
    points = shapely.point_on_surface(pieces)
    names = ["old part", *map(str, plan.areas)]
    area = shapely.STRtree([plan.old_part, *plan.areas.values()]).query(points, predicate="within")
    if not np.array_equal(area[0], np.arange(len(points))):
        raise ValueError("blocks of the Pampa lie in no area, or in two")
    of = pd.Series(np.array(names)[area[1]])
    code = of.map({**z.HOUSING_2018, "old part": z.OLD_PART_2018})
    spine = plan.collectors[plan.collectors["name"] == "Av. Pampa Inalámbrica"].geometry.item()
    code[shapely.distance(points, spine) < z.COMMERCE] = "CZ"
    workshops, light = Polygon(metres(z.WORKSHOPS)), shapely.get_x(points) > 100 * z.LIGHT
    code[shapely.contains(workshops, points)] = "I1-R"
    code[shapely.contains(workshops, points) & light] = "I2"
    code[shapely.contains(Polygon(metres(z.PRE_URBAN)), points)] = "PU"
    code[shapely.distance(pieces, ravine) < z.RAVINE_BAND] = "ZRE"
    code[shapely.distance(pieces, fault) < z.FAULT_BAND] = "ZRE"
    for park in plan.reserves.itertuples():
        within = shapely.contains(pieces, park.geometry.representative_point())
        facility = z.FACILITIES_2018.get(park.extension_area, "OU")
        code[within] = facility if park.kind == "equipamiento" else "ZRP"
    rows = []
    for (sector, zone), piece in pd.Series(pieces).groupby([of, code]):
        name = "Sector antiguo" if sector == "old part" else f"Área {sector}"
        rows += [{"code": zone, "name": name, "geometry": part} for part in joined(piece)]
    return sorted(rows, key=lambda row: (row["code"], row["name"], *row["geometry"].bounds))


def pampa_1988(plan: district.District) -> Rows:
    """Return the Pampa in the plan of 1988: housing where it was laid out first, expansion beyond."""
    rows = [
        {
            "code": "R2" if number in z.LAID_OUT_1988 else "EX",
            "name": f"Área {number}",
            "geometry": shapely.normalize(area),
        }
        for number, area in plan.areas.items()
    ]
    return [*rows, {"code": "R2", "name": "Sector antiguo", "geometry": shapely.normalize(plan.old_part)}]


def zones(
    plan: district.District, around: dict[str, gpd.GeoDataFrame], faults: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Return the zones of all plans, as the table ``zones`` of ilo_gis has them."""
    sea, corridor = around["sea"].geometry[0], around["railway_corridor"].geometry[0]
    ravine = around["ravines"].set_index("name").geometry["Quebrada Sur"]
    first = city_zones("1983", z.CITY_1983, z.CUTS_1983, z.ZONES_1983, sea, corridor)
    second = [{**row, "code": z.CHANGED_1988.get(row["name"], row["code"])} for row in first]
    expansion = Polygon(metres(z.EXPANSION_1983))
    drawn = {
        "1983": [*first, {"code": "EX", "name": "Pampa Inalámbrica", "geometry": expansion}],
        "1988": [*second, *pampa_1988(plan)],
        "2018": [
            *city_zones("2018", z.CITY_2018, z.CUTS_2018, z.ZONES_2018, sea, corridor),
            *pampa_2018(plan, ravine, faults.geometry[0]),
        ],
    }
    table = gpd.GeoDataFrame([row for key, rows in drawn.items() for row in described(key, rows)], crs=f.CRS)
    table[z.PARAMETERS] = table[z.PARAMETERS].astype(float)
    return table.assign(approved=pd.to_datetime(table["approved"]), until=pd.to_datetime(table["until"]))


def described(key: str, rows: Rows) -> Rows:
    """Return the zones of one plan with their ids, the act of the plan and their parameters."""
    name, approved, until, act, catalogue, source = z.PLANS[key]
    plan = {"plan": name, "approved": approved, "until": until, "act": act, "catalogue": catalogue}
    count: Counter[str] = Counter()
    found = []
    for row in rows:
        code, shape = row["code"], row["geometry"]
        count[code] += 1
        given = z.PARAMETERS_2018.get(code) if key == "2018" else None
        figures = dict(zip(z.PARAMETERS, given or [None] * len(z.PARAMETERS), strict=True))
        head = {"zone_id": f"{key}-{code}-{count[code]}", **plan, "code": code, "name": row["name"]}
        found.append({**head, **figures, "source": source, "area": round(shape.area, 2), "geometry": shape})
    return found


def plan_areas(zones: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the land that each plan covers, a row for each part."""
    rows = [
        {"plan": plan, "area": round(part.area, 2), "geometry": part}
        for plan, of_plan in zones.groupby("plan", sort=False)
        for part in joined(of_plan.geometry)
    ]
    return gpd.GeoDataFrame(rows, crs=f.CRS)


def holdings(fringe: Polygon, pampa: Polygon) -> gpd.GeoDataFrame:
    """Return who holds the fringe and the Pampa."""
    pieces = faces(fringe, [LineString(metres(cut)) for cut in z.HOLDING_CUTS])
    told = [
        ({"holder": holder, "holder_name": name, "source": source}, points)
        for holder, name, source, points in z.HOLDINGS
    ]
    rows = seeded(pieces, told, "holdings")
    city = {
        "holder": "municipal",
        "holder_name": "Pampa Inalámbrica",
        "source": "S99 II.c",
        "geometry": pampa,
    }
    return gpd.GeoDataFrame([*rows, city], crs=f.CRS)


def lines() -> dict[str, gpd.GeoDataFrame]:
    """Return power lines, faults and cliffs."""
    coast = LineString(metres(f.COAST))
    cliffs = []
    for name, start, stop, behind in z.CLIFFS:
        line = substring(coast, start, stop).offset_curve(-behind, join_style="mitre")
        cliffs.append({"name": name, "geometry": shapely.set_precision(line, 0.1)})
    power = [
        {"name": name, "kv": kv, "geometry": LineString(metres(line))} for name, kv, line in z.POWER_LINES
    ]
    faults = [{"name": name, "geometry": LineString(metres(line))} for name, line in z.FAULTS]
    return {
        name: gpd.GeoDataFrame(rows, crs=f.CRS)
        for name, rows in (("power_lines", power), ("faults", faults), ("cliffs", cliffs))
    }


def layers(plan: district.District, around: dict[str, gpd.GeoDataFrame]) -> dict[str, gpd.GeoDataFrame]:
    """Return all layers of this file, in the order of ``zoning_figures.LAYERS``."""
    fringe = land(z.FRINGE, around["sea"].geometry[0])
    drawn = lines()
    all_zones = zones(plan, around, drawn["faults"])
    whole = {
        "name": "Franja costera",
        "area": round(fringe.area, 1),
        "source": "S99 II.c",
        "geometry": fringe,
    }
    industry = [
        {"kind": kind, "name": name, "class": code, "geometry": Polygon(metres(ring))}
        for kind, name, code, ring in z.INDUSTRY
    ]
    airport = [
        {"name": name, "effect": effect, "geometry": Polygon(metres(ring))}
        for name, effect, ring in z.AIRPORT
    ]
    monuments = [
        {"name": name, "source": source, "geometry": Polygon(metres(ring))}
        for name, source, ring in z.MONUMENTS
    ]
    made = {
        "zones": all_zones,
        "plan_areas": plan_areas(all_zones),
        "fringe": gpd.GeoDataFrame([whole], crs=f.CRS),
        "holdings": holdings(fringe, plan.pampa),
        "industry": gpd.GeoDataFrame(industry, crs=f.CRS),
        "airport": gpd.GeoDataFrame(airport, crs=f.CRS),
        "monuments": gpd.GeoDataFrame(monuments, crs=f.CRS),
        **drawn,
    }
    return {name: made[name] for name in z.LAYERS}
