"""Lots or blocks painted into a zone: the zones they lie in give up their ground, to the last m2."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.editing.edit import Edit, RowChange, applied, edit_between
from ilo_gis.editing.zone_accounts import new_conflicts
from ilo_gis.errors import RuleError, near_words, some_ids
from ilo_gis.geometry.coverage import prove_cover
from ilo_gis.geometry.cutting import Cutting, cut_cover, with_points, without_idle_points
from ilo_gis.geometry.edges import edges_of
from ilo_gis.geometry.overlay import common_area
from ilo_gis.geometry.vertices import share_vertices
from ilo_gis.progress import Progress, go_on
from ilo_gis.tables.catalogues import PARAMETERS, Catalogue
from ilo_gis.tables.catalogues import catalogues as shipped
from ilo_gis.zoning.assignment import assign_held, require_layers, zones_in_force

__all__ = ["paint_zone", "with_lot_zones"]

DUST = 1e-6  # m2; land in common by rounding
SPLIT = 0.01  # share of a lot that may lie in another zone before it is split, as `zoning.assign` has it
TOLD = ("zone_id", "code", "share", "split", "parts")  # what a lot is told of its zone

Polygons = NDArray[np.object_]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def paint_zone(
    known: Mapping[str, pd.DataFrame],
    ids: Sequence[str],
    of: Literal["lots", "blocks"],
    code: str,
    *,
    catalogues: Mapping[str, Catalogue] | None = None,
    sliver: float = 1.0,
    findings: bool = True,
    progress: Progress | None = None,
) -> Edit:
    """Put the ground of lots or blocks into a zone of a code.

    The ground is cut out of the zones in force on it. It goes to the zone of that code and plan with
    which it shares the longest boundary; where there is none, it is a new zone, with the parameters
    of other zones of that code and plan. What is left of a zone in several pieces is several zones:
    the largest keeps the id. Streets between blocks keep their zone. This is drawing: a change of a
    zoning that is in force, with its act and day, is `zoning.rezone`.

    Parameters
    ----------
    known : mapping of str to table
        ``zones``, and ``lots`` or ``blocks``, in metres; where ``lot_zones`` is among them, it
        follows.
    ids : sequence of str
        Lots, or blocks.
    of : {"lots", "blocks"}
        What the ids are of.
    code : str
        Code of the catalogue of the zones.
    catalogues : mapping of str to Catalogue, optional
        Instead of those shipped.
    sliver : float
        Pieces below this area, m2, that would be cut off fall to the other side of the cut, so that
        there may be nothing to change; and so much of a lot may lie outside all zones.
    findings : bool
        Whether to tell which zones are too near to each other after it.
    progress : callable, optional
        Called with the share done and a text; work stops when it returns False.

    Returns
    -------
    Edit
        Of ``zones`` and ``lot_zones``. Zones share their vertices, those beside the ground too.
        Findings are ``zone.adjacency`` that there were not before.

    Raises
    ------
    CRSError, GeometryError
        If a layer is not in metres, two differ, or geometries cannot be used.
    RuleError
        If there is no such lot, block or code; if ground lies outside the zones, or in several plans;
        or if the zones on it overlap or do not share their vertices. Ids are named.
    ExactnessError
        If land was lost: a fault of ilo_gis.

    References
    ----------
    DS 022-2016-VIVIENDA, article 101: codes of zones.

    Examples
    --------
    >>> shapes = [shapely.box(8 * k, 0, 8 * k + 8, 20) for k in range(4)]
    >>> lots = geopandas.GeoDataFrame({"kind": "lot"}, index=["A-1", "A-2", "A-3", "A-4"], geometry=shapes,
    ...     crs=32719)
    >>> zones = {"plan": "PDU", "approved": pandas.Timestamp("2018-05-01"), "catalogue": "pe_2016"}
    >>> zones = geopandas.GeoDataFrame(zones | {"code": ["RDM", "CZ"]}, index=["Z1", "Z2"], crs=32719,
    ...     geometry=[shapely.box(0, 0, 24, 20), shapely.box(24, 0, 90, 20)])
    >>> edit = paint_zone({"lots": lots, "zones": zones}, ["A-3"], "lots", "CZ")
    >>> edit.changes["zones"].after.area.to_dict()
    {'Z1': 320.0, 'Z2': 1480.0}
    """
    ground = _ground(known, ids, of)
    zones = known["zones"]
    live = zones_in_force(zones, None)
    held = _held(live, ground, sliver)
    known_codes = shipped() if catalogues is None else catalogues
    _require_code(held, code, known_codes)
    touched = held[held["code"].astype(object) != code]
    if touched.empty:
        return edit_between("zones.paint", {"zones": zones}, {"zones": zones}, ids=list(ground.index))
    go_on(progress, 0.2, "cutting zones")
    plan = live[(live["plan"] == held["plan"].iloc[0]).to_numpy()]
    near = plan[shapely.dwithin(plan.geometry.to_numpy(), shapely.multipolygons(touched.geometry), DUST)]
    land = shapely.union_all(ground.geometry.to_numpy())
    after = _painted(
        near, touched.index, land, _new_row(plan, touched, code, known_codes), zones.index, sliver
    )
    go_on(progress, 0.7, "zones of lots")
    told = new_conflicts(live, near, after, catalogues) if findings else None
    edit = edit_between(
        "zones.paint", {"zones": near}, {"zones": after}, ids=list(ground.index), findings=told
    )
    return with_lot_zones(known, edit)


def with_lot_zones(known: Mapping[str, pd.DataFrame], edit: Edit) -> Edit:
    """Return an edit of zones or lots with what it changes of the zones of lots, if there is a table of them.

    Parameters
    ----------
    known : mapping of str to table
        ``zones`` before the edit; ``lots`` and ``lot_zones`` if there are any.
    edit : Edit
        An edit of ``zones``, such as `move_zone_edge` gives, or of ``lots``, new ones among them. One
        that tells of ``lot_zones`` itself, as `paint_zone` does, stays as it is.

    Examples
    --------
    >>> lots = geopandas.GeoDataFrame(index=["A-1", "A-2"], crs=32719,
    ...     geometry=[shapely.box(0, 0, 8, 20), shapely.box(8, 0, 16, 20)])
    >>> zones = {"plan": "PDU", "approved": pandas.Timestamp("2018-05-01"), "catalogue": "pe_2016"}
    >>> zones = geopandas.GeoDataFrame(zones | {"code": ["RDM", "CZ"]}, index=["Z1", "Z2"], crs=32719,
    ...     geometry=[shapely.box(0, -9, 16, 20), shapely.box(16, -9, 90, 20)])
    >>> known = {"lots": lots, "zones": zones, "lot_zones": ilo_gis.zoning.assign(lots, zones)}
    >>> line = shapely.LineString([(16, -9), (8, -1), (8, 19.99), (16, 20)])
    >>> edit = with_lot_zones(known, ilo_gis.editing.move_zone_edge(zones, "Z1", "Z2", line))
    >>> edit.changes["lot_zones"].after["zone_id"].to_dict()
    {'A-2': 'Z2'}
    """
    told = {"zones", "lots", "lot_zones"} <= known.keys() and "lot_zones" not in edit.changes
    if told and "lots" in edit.changes:
        first, second = _lots_in_zones(known, edit)
        return replace(edit, changes={**edit.changes, **edit_between(edit.kind, first, second).changes})
    if not told or "zones" not in edit.changes:
        return edit
    first, second = ({"lot_zones": table} for table in _lot_zones(known, edit.changes["zones"]))
    return replace(edit, changes={**edit.changes, **edit_between(edit.kind, first, second).changes})


def _ground(known: Mapping[str, pd.DataFrame], ids: Sequence[str], of: str) -> gpd.GeoDataFrame:
    if of not in ("lots", "blocks"):
        raise RuleError(f"of is {of!r}; it should be lots or blocks.")
    layer = known[of]
    require_layers(layer, known["zones"])
    names = list(dict.fromkeys(map(str, ids)))
    if unknown := [name for name in names if name not in layer.index]:
        raise RuleError(f"There are no {of} {some_ids(unknown)}. Look the ids up in the table {of}.")
    if not names:
        raise RuleError(f"No {of} are named. Name at least one.")
    return layer.loc[names]


def _held(live: gpd.GeoDataFrame, ground: gpd.GeoDataFrame, sliver: float) -> gpd.GeoDataFrame:
    """Return the zones on the ground, of the last plan there; raise where it lies outside."""
    shapes, land = (np.asarray(layer.geometry.array, dtype=object) for layer in (ground, live))
    i, zone = shapely.STRtree(land).query(shapes, predicate="intersects")
    common = common_area(shapes[i], land[zone])
    i, zone, common = i[common > DUST], zone[common > DUST], common[common > DUST]
    approved = live["approved"].to_numpy()[zone]
    own = approved == approved.max() if len(zone) else np.zeros(0, dtype=bool)
    i, zone, common = i[own], zone[own], common[own]
    outside = shapely.area(shapes) - np.bincount(i, common, len(shapes))
    if (bad := outside > sliver).any():
        raise RuleError(
            f"{some_ids(ground.index[bad])} lie outside the zones in force by up to {outside.max():.2f} m2. "
            "Leave them out, or draw the zones over them first."
        )
    held = live.iloc[np.unique(zone)]
    for column in ("plan", "catalogue"):
        if len(said := sorted(held[column].astype(str).unique())) > 1:
            raise RuleError(f"The ground is of several {column}s: {', '.join(said)}. Paint each by itself.")
    return held


def _require_code(held: gpd.GeoDataFrame, code: str, known: Mapping[str, Catalogue]) -> None:
    name = held["catalogue"].iloc[0]
    codes = known[name].zones if name in known else {}
    if code not in codes:
        near = ", ".join(near_words(code, codes)) or "none"
        raise RuleError(f"{name} has no code {code!r}. Near: {near}.")


def _new_row(
    plan: gpd.GeoDataFrame, touched: gpd.GeoDataFrame, code: str, known: Mapping[str, Catalogue]
) -> gpd.GeoDataFrame:
    """Return the row that a new zone of a code has: that of another in its plan, or of the catalogue."""
    alike = plan[(plan["code"].astype(object) == code).to_numpy()].iloc[:1]
    if len(alike):
        return alike.assign(**{name: None for name in ("name",) if name in plan})
    row = touched.iloc[[int(np.argmax(touched.area))]]
    kind = known[row["catalogue"].iloc[0]].zones[code]
    said = {"code": code, "family": kind.family, "density_class": kind.density_class or None}
    said |= dict.fromkeys(("name", "source")) | dict.fromkeys(PARAMETERS, np.nan)
    return row.assign(**{name: value for name, value in said.items() if name in row})


def _painted(
    near: gpd.GeoDataFrame,
    touched: pd.Index,
    land: shapely.Geometry,
    row: gpd.GeoDataFrame,
    used: pd.Index,
    sliver: float,
) -> gpd.GeoDataFrame:
    """Return zones near the land after it got another code."""
    shapes = np.asarray(near.geometry.array, dtype=object)
    if not shapely.coverage_is_valid(shapes):
        shapes = share_vertices(shapes)
    _require_cover(near, shapes)
    rows = near.index.get_indexer(touched)
    left, of, new, cut = _cut(shapes[rows], land, sliver)
    stay = np.setdiff1d(np.arange(len(near)), rows)
    alike = (near["code"].iloc[stay].astype(object) == row["code"].iloc[0]).to_numpy()
    kept = with_points(shapes[stay], cut.points, cut.edges)
    home = _homes(new, kept, alike)
    for k in np.unique(home[home >= 0]):
        kept[k] = _one(np.append(new[home == k], kept[k]))
    bare = new[home < 0]
    names = _names(near.index[rows[of]], len(bare), row, used)
    table = pd.concat([near.iloc[stay], near.iloc[rows[of]], row.iloc[np.zeros(len(bare), dtype=np.int64)]])
    table.index = pd.Index([*near.index[stay], *names], dtype=object, name=near.index.name)
    pieces = without_idle_points(np.concatenate([kept, left, bare]), cut.points)
    prove_cover(pieces, np.array([shapely.coverage_union_all(shapes)]), what="zones")
    order = np.argsort(near.index.get_indexer(table.index) % (len(table) + len(near)), kind="stable")
    after = table.set_geometry(pieces, crs=near.crs).iloc[order]
    return after.assign(area=after.area) if "area" in near else after


def _require_cover(near: gpd.GeoDataFrame, shapes: Polygons) -> None:
    wrong = ~shapely.is_empty(shapely.coverage_invalid_edges(shapes))
    if wrong.any():
        raise RuleError(
            f"Zones {some_ids(near.index[wrong])} overlap, or their edges do not match. Mend them first: "
            "`ilo-gis zoning check` shows where."
        )


def _cut(shapes: Polygons, land: shapely.Geometry, sliver: float) -> tuple[Polygons, Ints, Polygons, Cutting]:
    """Return what is left of zones outside land, the zone of each piece, land as pieces, and the cutting."""
    outline = shapely.get_parts(shapely.line_merge(shapely.union_all(shapely.boundary(land))))
    cut = cut_cover(shapes, outline)
    inner = shapely.point_on_surface(cut.faces)
    zone, face = shapely.STRtree(inner).query(shapes, predicate="contains")
    faces, inner = cut.faces[face], inner[face]
    shapely.prepare(land)
    within = shapely.contains(land, inner)
    group = zone * 2 + within
    pieces, of = _merged(faces, group)
    small = shapely.area(pieces) < sliver
    within, zone = (of % 2 == 1) ^ small, of // 2
    if small.any():
        pieces, of = _merged(pieces, zone * 2 + within)
        within, zone = of % 2 == 1, of // 2
    left, zone = pieces[~within], zone[~within]
    order = np.lexsort((-shapely.area(left), zone))
    new, _ = _merged(pieces[within], np.zeros(int(within.sum()), dtype=np.int64))
    return left[order], zone[order], new, cut


def _merged(pieces: Polygons, group: Ints) -> tuple[Polygons, Ints]:
    """Return pieces of a group that lie side by side as one, and the group of each."""
    names = np.unique(group)
    whole = np.array([shapely.coverage_union_all(pieces[group == name]) for name in names], dtype=object)
    parts, of = shapely.get_parts(whole, return_index=True)
    return shapely.normalize(parts), names[of]


def _one(pieces: Polygons) -> shapely.Polygon:
    return shapely.get_parts(shapely.coverage_union_all(pieces))[0]


def _homes(new: Polygons, zones: Polygons, alike: Bools) -> Ints:
    """Return the zone that each piece shares the longest boundary with, of those alike; -1 for none."""
    edges = edges_of(np.concatenate([new, zones]))
    one = np.flatnonzero((edges.piece < len(new)) & (edges.twin >= 0))
    other = edges.piece[edges.twin[one]] - len(new)
    beside = other >= 0
    beside[beside] = alike[other[beside]]
    one, other = one[beside], other[beside]
    length = np.zeros((len(new), len(zones) + 1))
    np.add.at(length, (edges.piece[one], other), np.hypot(*(edges.stop[one] - edges.start[one]).T))
    return np.where(length.max(axis=1) > 0, length.argmax(axis=1), -1)


def _names(left: pd.Index, new: int, row: gpd.GeoDataFrame, used: pd.Index) -> list[str]:
    """Return ids: the largest piece of a zone keeps that of the zone, others and new zones get free ones."""
    taken = set(used.astype(str))
    names = []
    for stem, first in [*zip(left, ~left.duplicated(), strict=True), *[(None, False)] * new]:
        own = f"{row['plan'].iloc[0]}-{row['code'].iloc[0]}-" if stem is None else f"{stem}/"
        free = (f"{own}{n}" for n in itertools.count(1 if stem is None else 2) if f"{own}{n}" not in taken)
        names.append(str(stem) if first else next(free))
        taken.add(names[-1])
    return names


def _lots_in_zones(
    known: Mapping[str, pd.DataFrame], edit: Edit
) -> tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    """Return the rows of the lots of an edit, before and after; new lots have new rows."""
    table, own = known["lot_zones"], edit.changes["lots"].after
    zones = {"zones": known["zones"]}
    own_zones = {name: change for name, change in edit.changes.items() if name in zones}
    live = zones_in_force(applied(zones, Edit(edit.kind, own_zones))["zones"], None)
    before = table[table.index.isin(own.index)]
    own = own[own.index.isin(before.index.union(edit.changes["lots"].come))]
    told = assign_held(own, live, tolerance=SPLIT, overlap=1.0)
    told = told.rename_axis(table.index.name).reindex(columns=table.columns)
    return {"lot_zones": before}, {"lot_zones": told}


def _lot_zones(known: Mapping[str, pd.DataFrame], change: RowChange) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of lots on land whose zone changed, before and after.

    They are told of all zones: such a lot may lie in others too, far from those that change.
    """
    table, lots = known["lot_zones"], known["lots"]
    done = applied({"zones": known["zones"]}, Edit("zones.paint", {"zones": change}))["zones"]
    grown = change.after.loc[change.changed]
    gained = shapely.difference(grown.geometry.to_numpy(), change.before.geometry.loc[grown.index].to_numpy())
    land = np.concatenate([change.after.geometry.loc[change.come].to_numpy(), gained])
    tree = shapely.STRtree(np.asarray(lots.geometry.array, dtype=object))
    own = lots.iloc[np.unique(tree.query(land, predicate="intersects")[1])]
    before = table[table.index.isin(own.index)]
    told = assign_held(own.loc[before.index], zones_in_force(done, None), tolerance=SPLIT, overlap=1.0)
    return before, before.assign(
        **{name: told[name].astype(before[name].dtype) for name in TOLD if name in before}
    )
