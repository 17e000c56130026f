"""The tasks of the relocations of the schematic Ilo, from agreements to the openings of the seafront.

Done dates are those of the events (relocation.py): printed for moves and clearings. No source tells how long
anything was to take, what waits for what, or when talks and works on premises began: all that is ours (X).
"""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pandas as pd
import relocation_figures as r

START = date(1993, 6, 1)  # X: first day of the programme
FROM = {1: START, 2: date(1994, 6, 1), 3: date(1994, 9, 1)}  # X: talks on the land of a stage begin
DURATIONS = {"agreement": 150, "order": 60, "site": 90, "move": 21, "clearing": 9, "opening": 0}  # X: days
SITES = {  # X: days that new premises take, and when they were begun; other sites wait for the agreement
    "imarpe": (300, date(1993, 11, 2)),
    "customs": (120, date(1993, 7, 5)),
    "mpi_mechanics": (180, date(1994, 7, 4)),
    "abattoir": (240, date(1994, 9, 15)),
}
# X save for the begin in August 1994: stage, piece of the strip (None: all of the stage), days, begun, name
WORKS = {
    "plaza": (1, "plaza", 450, r.STAGES[1][0], "plaza del muelle fiscal / square at the wharf"),
    "amphitheatre": (1, "amphitheatre", 420, date(1994, 10, 3), "anfiteatro / amphitheatre"),
    "gardens": (1, "gardens", 300, date(1994, 11, 2), "senderos y jardines / garden paths"),
    "stage_2": (2, None, 700, r.STAGES[2][0], "etapa 2 / stage 2"),
    "stage_3": (3, None, 350, r.STAGES[3][0], "etapa 3 / stage 3"),
}
DURATION_SOURCE = "duration and dependencies: X, illustrative"
WORDS = {
    "agreement": ("Acuerdo", "Agreement"),
    "order": ("Orden", "Order"),
    "site": ("Lugar de destino", "Receiving site"),
    "move": ("Traslado", "Move"),
    "clearing": ("Desocupación", "Clearing"),
    "works": ("Obras", "Works"),
    "opening": ("Apertura", "Opening"),
}
COLUMNS = [
    *("task_id", "name", "kind", "duration", "depends", "earliest", "occupant_id", "stage"),
    *("started", "done", "source"),
]


def tasks(land: gpd.GeoDataFrame, strip: gpd.GeoDataFrame, moves: pd.DataFrame, stage: dict[str, int]):
    """Return the table of tasks; `stage` is that of each occupant."""
    days = moves.set_index(["occupant_id", "step"])["date"]
    rows = [row for number in r.AGREEMENTS for row in _of_agreement(number, stage, days)]
    table = pd.DataFrame(rows + _works(_parts(land, strip, stage)) + _openings(), columns=COLUMNS)
    table["stage"] = table["stage"].astype("Int64")
    dates = {
        name: pd.to_datetime(table[name]).astype("datetime64[ms]") for name in ("earliest", "started", "done")
    }
    return table.assign(**dates)


def _of_agreement(number: int, stage: dict[str, int], days: pd.Series) -> list[dict]:
    """Return the agreement of a row of the table, and what follows for each of its occupants."""
    who = [key for key, known in r.OCCUPANTS.items() if known[0] == number]
    kind = "order" if r.AGREEMENTS[number][0] == "order" else "agreement"
    name = _name(who[0]) if len(who) == 1 else f"fila {number} / row {number}"
    first = f"{kind}_{who[0] if len(who) == 1 else f'row_{number}'}"
    printed = f"{r.TABLE}, row {number}"
    own = who[0] if len(who) == 1 else None
    at = min(stage[key] for key in who)
    pact = _task(first, kind, name, [], own, at, printed)
    pact |= {"done": days[who[0], "ordered" if kind == "order" else "agreed"], "earliest": FROM[at]}
    pact |= {"started": days.get((who[0], "negotiated"))}
    rows = [pact]
    for key in who:
        needs = [first]
        if r.OCCUPANTS[key][6] is not None:
            length, begun = SITES.get(key, (DURATIONS["site"], None))
            before = [first] if begun is None else []
            site = _task(f"site_{key}", "site", _name(key), before, key, stage[key], printed)
            rows.append(site | {"duration": length, "earliest": FROM[stage[key]], "started": begun})
            rows[-1]["done"] = days[key, "site_ready"]
            needs.append(f"site_{key}")
        for task, step, before in (("move", "moved", needs), ("clearing", "cleared", [f"move_{key}"])):
            row = _task(f"{task}_{key}", task, _name(key), before, key, stage[key], printed)
            rows.append(row | {"done": days[key, step]})
    return rows


def _parts(land: gpd.GeoDataFrame, strip: gpd.GeoDataFrame, stage: dict[str, int]) -> dict[str, list[str]]:
    """Return whose land each of the works needs: that of its stage, or what lies nearest to its piece."""
    pieces, places = strip.set_index("strip_id").geometry, land.set_index("occupant_id").centroid
    needs: dict[str, list[str]] = {name: [] for name in WORKS}
    for key in sorted(stage):
        here = [name for name, (at, *_) in WORKS.items() if at == stage[key]]
        away = [0.0 if WORKS[n][1] is None else pieces[WORKS[n][1]].distance(places[key]) for n in here]
        needs[here[away.index(min(away))]].append(f"clearing_{key}")
    return needs


def _works(needs: dict[str, list[str]]) -> list[dict]:
    rows = []
    for name, (at, _, length, begun, text) in WORKS.items():
        before = needs[name] + ([f"opening_{at - 1}"] if at > 1 else [])
        row = _task(f"works_{name}", "works", text, before, None, at, r.START_SOURCE if at == 1 else "")
        first, last = r.STAGES[at]
        rows.append(row | {"duration": length, "earliest": first if at == 1 else None, "started": begun})
        rows[-1]["done"] = last
    return rows


def _openings() -> list[dict]:
    return [
        _task(
            *(f"opening_{at}", "opening", f"etapa {at} / stage {at}"),
            *([f"works_{name}" for name, known in WORKS.items() if known[0] == at], None, at, r.ILLUSTRATIVE),
        )
        | {"done": last}
        for at, (_, last) in r.STAGES.items()
    ]


def _name(key: str) -> str:
    return r.OCCUPANTS[key][1]


def _task(
    key: str, kind: str, name: str, needs: list[str], occupant: str | None, stage: int, source: str
) -> dict:
    (es, en), (spanish, english) = WORDS[kind], name.split(" / ")
    return {
        "task_id": key,
        "name": f"{es}: {spanish} / {en}: {english}",
        "kind": kind,
        "duration": DURATIONS.get(kind),
        "depends": ";".join(sorted(needs)),
        "occupant_id": occupant,
        "stage": stage,
        "source": "; ".join(filter(None, [source, DURATION_SOURCE])),
    }
