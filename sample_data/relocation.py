"""The relocations from the seafront of the schematic Ilo: occupants, agreements, events, works."""

from __future__ import annotations

from datetime import date, timedelta

import figures as f
import geopandas as gpd
import numpy as np
import pandas as pd
import relocation_figures as r
import relocation_tasks
import shapely
from shapely import LineString, Polygon
from shapely.ops import substring

EXACT = 1e-6  # m2 that a drawn area may miss the printed one by: rounding of coordinates


def layers(around: dict[str, gpd.GeoDataFrame]) -> dict[str, pd.DataFrame]:
    """Return the tables of the relocations; those without places are plain tables."""
    coast = around["coast"].geometry[0]
    places = around["places"].set_index("name").geometry
    begin = coast.project(places[r.WHARF])
    shore = substring(coast, begin, begin + r.LENGTH)
    land, strip = occupants(shore), seafront(shore)
    stage = stages(land, strip)
    events = moves(stage)
    return {
        "occupants": land,
        "seafront": strip,
        "receiving_sites": receiving_sites(),
        "agreements": agreements(),
        "obligations": obligations(),
        "moves": events,
        "relocation_tasks": relocation_tasks.tasks(land, strip, events, stage),
    }


# -- land ------------------------------------------------------------------------------------------


def rectangle(shore: LineString, begin: float, length: float, depth: float) -> Polygon:
    """Return a rectangle behind the shore; its front is a chord where the shore bends."""
    here, there = (shapely.get_coordinates(shore.interpolate(m))[0] for m in (begin, begin + length))
    along = (there - here) / np.hypot(*(there - here))
    inland = depth * np.array([along[1], -along[0]])  # the sea lies on the left of a shore that runs north
    corners = [here, here + length * along, here + length * along + inland, here + inland]
    return Polygon(np.round(corners, 9))


def occupants(shore: LineString) -> gpd.GeoDataFrame:
    """Return the fifteen facilities, on land of exactly the area that the table prints."""
    rows = []
    for key, (row, name, kind, area, begin, depth, place, more) in r.OCCUPANTS.items():
        note = r.SHARED_NOTE if row == r.SHARED[0] else r.PRINTED_NOTE
        shape = rectangle(shore, begin, area / depth, depth)
        known = {"occupant_id": key, "source_row": row, "name": name, "kind": kind, "area": area}
        rows.append({**known, "area_note": note, "receiving_id": place, **more, "geometry": shape})
    order = ["occupant_id", "source_row", "name", "kind", "area", "area_note", "built_area", "count"]
    table = gpd.GeoDataFrame(rows, crs=f.CRS).assign(source=f"{r.TABLE}; place X")
    table["count"] = table["count"].astype("Int64")
    _require_printed(table)
    return table[[*order, "count_of", "tenure", "condition", "receiving_id", "source", "geometry"]]


def _require_printed(table: gpd.GeoDataFrame) -> None:
    of_shared = table.loc[table["source_row"] == r.SHARED[0], "area"].sum()
    if abs(table.area - table["area"]).max() > EXACT or of_shared != r.SHARED[1]:
        raise ValueError("land of occupants does not have the areas that the table prints")


def seafront(shore: LineString) -> gpd.GeoDataFrame:
    """Return the strip by stage and use: pieces between distances along the shore and behind it."""
    rows = []
    for key, (stage, use, begin, end, near, far, name, persons) in r.SEAFRONT.items():
        front, back = (edge(shore, begin, end, depth) for depth in (near, far))
        shape = shapely.set_precision(Polygon([*front, *back[::-1]]), 0.01)
        told = use not in r.DESIGNATED_USES
        first, last = r.STAGES[stage] if told else (None, None)
        source = r.DESIGNATED if not told else r.START_SOURCE if stage == 1 else r.ILLUSTRATIVE
        known = {"strip_id": key, "stage": stage, "use": use, "name": name, "capacity": persons}
        known |= {"start": first, "end": last, "area": round(shape.area, 2), "source": source}
        rows.append({**known, "geometry": shape})
    table = gpd.GeoDataFrame(rows, crs=f.CRS)
    return table.assign(capacity=table["capacity"].astype("Int64"), **_days(table, "start", "end"))


def edge(shore: LineString, begin: float, end: float, depth: float) -> list[tuple[float, float]]:
    """Return the line that runs behind a stretch of shore, with the corners of all pieces on it."""
    bends = [shore.project(shapely.Point(point)) for point in shore.coords[1:-1]]
    ends = [told[position] for told in r.SEAFRONT.values() for position in (2, 3)]
    return [behind(shore, m, depth) for m in sorted({*bends, *ends}) if begin <= m <= end]


def behind(shore: LineString, distance: float, depth: float) -> tuple[float, float]:
    """Return the point behind a place on the shore; on a bend it lies on the mitre."""
    here = np.array(shore.interpolate(distance).coords[0])
    sides = [np.array(shore.interpolate(distance + step).coords[0]) - here for step in (-0.5, 0.5)]
    before, after = (side / max(np.hypot(*side), 1e-9) for side in (-sides[0], sides[1]))
    normals = [np.array([way[1], -way[0]]) for way in (before, after) if np.hypot(*way) > 0.5]
    middle = np.sum(normals, axis=0)
    middle /= np.hypot(*middle)
    east, north = here + middle * depth / (middle @ normals[0])
    return (round(east, 2), round(north, 2))


def stages(land: gpd.GeoDataFrame, strip: gpd.GeoDataFrame) -> dict[str, int]:
    """Return the stage of the works that has most of the land of each occupant."""
    shared = gpd.overlay(land[["occupant_id", "geometry"]], strip[["stage", "geometry"]], keep_geom_type=True)
    shared = shared.assign(size=shared.area).groupby(["occupant_id", "stage"], as_index=False)["size"].sum()
    most = shared.sort_values("size").drop_duplicates("occupant_id", keep="last")
    return dict(zip(most["occupant_id"], most["stage"], strict=True))


def receiving_sites() -> gpd.GeoDataFrame:
    """Return the places to which occupants went, ready by the day of the move."""
    days = {known[6]: r.AGREEMENTS[known[0]][4] for known in r.OCCUPANTS.values()}
    rows = [
        {
            "receiving_id": key,
            "kind": kind,
            "name": name,
            "lots": lots,
            "capacity": room,
            "ready": days[key],
            "status": "free",
            "source": f"{r.TABLE}; lots X" if lots else r.TABLE,
        }
        for key, (kind, name, lots, room) in r.RECEIVING_SITES.items()
    ]
    table = gpd.GeoDataFrame(rows, geometry=[None] * len(rows), crs=f.CRS)
    return table.assign(capacity=table["capacity"].astype("Int64"), **_days(table, "ready"))


# -- what was agreed and what happened ---------------------------------------------------------------


def agreements() -> pd.DataFrame:
    """Return the ten agreements and orders."""
    rows = [
        {
            "agreement_id": f"A-{row:02}",
            "occupants": ";".join(key for key, known in r.OCCUPANTS.items() if known[0] == row),
            "kinds": kinds,
            "text": f"{spanish} / {english}",
            "parties": parties,
            "date": day,
            "date_text": printed,
            "source": f"{r.TABLE}, row {row}",
        }
        for row, (kinds, spanish, english, parties, day, printed) in r.AGREEMENTS.items()
    ]
    table = pd.DataFrame(rows)
    return table.assign(**_days(table, "date"))


def obligations() -> pd.DataFrame:
    """Return what the agreements ask of whom; the table tells all as done, by the day of the move."""
    rows = [
        {
            "obligation_id": f"O-{number:02}",
            "agreement_id": f"A-{row:02}",
            "party": party,
            "what": f"{spanish} / {english}",
            "due": None,
            "fulfilled": r.AGREEMENTS[row][4],
            "source": f"{r.TABLE}, row {row}; by the day of the move",
        }
        for number, (row, party, spanish, english) in enumerate(r.OBLIGATIONS, 1)
    ]
    table = pd.DataFrame(rows)
    return table.assign(**_days(table, "due", "fulfilled"))


def moves(stage: dict[str, int]) -> pd.DataFrame:
    """Return the events of all occupants, by day."""
    events = []
    for key, (row, *_) in r.OCCUPANTS.items():
        kinds, _, _, _, day, _ = r.AGREEMENTS[row]
        printed, by = f"{r.TABLE}, row {row}", f"{r.TABLE}, row {row}: no day of its own; by that of the move"
        talks = day - timedelta(days=r.TALKS)
        agreed = [("negotiated", talks, r.ILLUSTRATIVE), ("agreed", day, by), ("site_ready", day, by)]
        steps = [
            ("listed", r.LISTED, r.ILLUSTRATIVE),
            *([("ordered", day, by)] if kinds == "order" else agreed),
            ("moved", day, printed),
            ("cleared", day, printed),
            ("incorporated", r.STAGES[stage[key]][1], r.ILLUSTRATIVE),
        ]
        events += [_event(key, f"A-{row:02}", number, *step) for number, step in enumerate(steps)]
    events.sort(key=lambda event: (event["date"], event["occupant_id"], event.pop("number")))
    table = pd.DataFrame(events)
    table.insert(0, "move_id", [f"M-{number:03}" for number in range(1, len(table) + 1)])
    return table.assign(**_days(table, "date"))


def _event(key: str, agreement: str, number: int, step: str, day: date, source: str) -> dict:
    before = step in ("listed", "negotiated")
    return {
        "occupant_id": key,
        "step": step,
        "date": day,
        "agreement_id": None if before else agreement,
        "takes_back": None,
        "evidence": None if source == r.ILLUSTRATIVE else r.TABLE,
        "source": source,
        "number": number,
    }


def _days(table: pd.DataFrame, *columns: str) -> dict[str, pd.Series]:
    return {name: pd.to_datetime(table[name]).astype("datetime64[ms]") for name in columns}
