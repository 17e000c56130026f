"""The schematic Ilo as a project to learn with: a plan, its zones, the seafront and the PROMUVI together."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from ilo_gis import io, norms, promuvi, relocation
from ilo_gis.errors import WriteError
from ilo_gis.progress import Progress, go_on
from ilo_gis.site import Source, buildable, constraints
from ilo_gis.subdivision.recorded import recorded
from ilo_gis.subdivision.rule import LotRule
from ilo_gis.tables import complete, describe
from ilo_gis.workflows import lots_in_blocks

__all__ = ["sample_project"]

RULE = LotRule(min_area=160.0, min_frontage=8.0)  # TH.010, type 3, as the sample's lots are
AROUND = (  # sample and what its shapes are: for orientation only
    ("sea", "sea"),
    ("city", "town"),
    ("old_part", "town"),
    ("old_blocks", "blocks"),
    ("railway_corridor", "railway"),
)
PLANNED = 4  # areas up to this one are laid out, at least in part
CONSTRAINED = (  # kind, sample and the column of its class
    ("fault", "faults", None),
    ("ravine", "ravines", None),
    ("power_line", "power_lines", "kv"),
    ("airport", "airport", None),
)
WHOLE = 3  # extension areas 1 to 3 of the Pampa have all their blocks in the sample
DAY = pd.Timestamp("1996-12-31")  # the sample's register ends then
KEPT: tuple[str, ...] = (
    "zones",
    "seafront",
    "receiving_sites",
    "agreements",
    "obligations",
    "moves",
    "households",
)
KEPT += ("applicants", "lot_events", "works", "charges", "payments", "exchange_rates", "house_finance")


def sample_project(path: str | os.PathLike[str], progress: Progress | None = None) -> Path:
    """Write the schematic Ilo as one project: some 6,000 lots of the Pampa with all that is told of them.

    Streets, blocks, reserves and lots of extension areas 1 to 4; areas 5 to 8 as land yet to be planned,
    with what may not be built on around; zoning plans; the seafront, who occupied
    it and where they went; simulated households, applications and works of PROMUVI, and the stage of
    each lot on the last day of 1996. It is marked as schematic: no survey, good for no decision.

    Parameters
    ----------
    path : path-like
        The file, ``*.gpkg``; it may not be there yet.
    progress : callable, optional
        Called with the part done, 0 to 1, and a text; stops by returning False.

    Returns
    -------
    Path
        The file written, in EPSG:32719. Beside it lie synthetic heights under the same name, ``*.tif``.

    Raises
    ------
    Cancelled
        If `progress` says so; nothing is written.
    ReadError
        If the sample data are missing.
    WriteError
        If one of the files exists, or cannot be written.

    Examples
    --------
    >>> sample_project("no_such_folder/ilo.gpkg", progress=lambda share, text: False)
    Traceback (most recent call last):
    ilo_gis.errors.Cancelled: Stopped while cutting the lots of the Pampa; nothing was changed.
    """
    path = Path(path)
    heights = path.with_suffix(".tif")
    if heights.exists():
        raise WriteError(f"{heights.name} exists already: give another name, or remove it.")
    go_on(progress, 0.0, "cutting the lots of the Pampa")
    content = _plan() | _site() | {"surroundings": _around()}
    go_on(progress, 0.5, "reading seafront and PROMUVI")
    content |= {name: _sample(name) for name in KEPT}
    content["tasks"] = _sample("relocation_tasks", "tasks")
    content["occupants"] = relocation.occupancy(_sample("occupants"), content["moves"])
    content["lot_states"] = promuvi.state_on(content["lot_events"], DAY, content["lots"])
    content["lot_progress"] = promuvi.lot_progress(
        content["lots"], content["lot_states"], content["works"], DAY
    )
    go_on(progress, 0.9, "writing the project")
    info = {"schematic": "yes", "title": "Ilo"}
    written = io.write_tables(content, path, info=info | recorded(RULE))
    shutil.copyfile(io.sample_path("elevation"), heights)
    return written


def _sample(name: str, table: str | None = None) -> pd.DataFrame:
    """Return a sample as the table that it is."""
    table = table or name
    return complete(io.sample(name), table)


def _plan() -> dict[str, pd.DataFrame]:
    """Return the tables of the plan of the sample's blocks, its parks as reserves."""
    given = _sample("blocks")
    plan = lots_in_blocks(given, RULE)
    area = plan.lots["block_id"].map(given["extension_area"]).astype(str)  # works of an area serve its lots
    parks = io.sample("parks")
    parks = parks[pd.to_numeric(parks["extension_area"], errors="coerce").le(WHOLE)]
    names = pd.Index([f"P{number}" for number in range(1, len(parks) + 1)])
    parks = parks.set_index(names).assign(block_id=names)
    reserved = complete(parks[["kind", "block_id", "area", "geometry"]].rename_axis("reserve_id"), "reserves")
    blocks = complete(pd.concat([plan.blocks, parks[["area", "geometry"]]]).rename_axis("block_id"), "blocks")
    land = io.sample("extension_areas")
    land = land[land["number"] <= WHOLE].geometry.union_all()
    streets = shapely.get_parts(land.difference(blocks.geometry.union_all()))
    streets = gpd.GeoDataFrame(geometry=streets[shapely.area(streets) > 1.0], crs=blocks.crs)
    streets.index = pd.Index([f"V{number}" for number in range(1, len(streets) + 1)], name="street_id")
    return {
        "blocks": blocks,
        "lots": plan.lots.assign(extension_area=area),
        "reserves": reserved,
        "streets": complete(streets.assign(area=streets.area), "streets"),
        "street_lines": _lines(),
    }


def _site() -> dict[str, gpd.GeoDataFrame]:
    """Return what may not be built on in Pampa and fringe, and what is left of the areas to be planned."""
    areas, around = io.sample("extension_areas"), io.sample("fringe")
    sources = [Source(kind, io.sample(name), by=by) for kind, name, by in CONSTRAINED]
    whole = pd.concat([areas[["geometry"]], around[["geometry"]]], ignore_index=True)
    taken, _ = constraints(sources, norms.load("pe"), site=whole)
    free = areas[areas["number"] > PLANNED].set_index("number")
    pieces = {number: buildable(free.loc[[number]], taken, limits=False)[0] for number in free.index}
    land = pd.concat(pieces)
    names = [10 * number + int(piece) for number, piece in land.index]  # 81 and 82 are the pieces of area 8
    return {"constraints": taken, "land": land.set_axis(pd.Index(names, name="land_id"))}


def _around() -> gpd.GeoDataFrame:
    """Return what lies around, with names in Spanish; a number of a block is none."""
    found = pd.concat([io.sample(name).assign(kind=kind) for name, kind in AROUND], ignore_index=True)
    found["name"] = found["name"].str.split(" / ").str[0]
    found.index = pd.Index([f"L{number}" for number in range(1, len(found) + 1)], name="place_id")
    columns = [name for name in describe("surroundings").index if name in found]
    return complete(found[columns], "surroundings")


def _lines() -> gpd.GeoDataFrame:
    lines = io.sample("pampa_streets")
    known = lines[[c for c in lines.columns if c in describe("street_lines").index]]
    known.index = pd.Index([f"E{number}" for number in range(1, len(lines) + 1)], name="line_id")
    return complete(known.assign(length=lines.length.to_numpy()), "street_lines")
