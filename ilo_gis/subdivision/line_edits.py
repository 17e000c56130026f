"""Street lines added, moved and dropped: only what meets the changed lines is cleaned again."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import RuleError
from ilo_gis.geometry.lines import loose_ends
from ilo_gis.subdivision.brief import Brief
from ilo_gis.subdivision.changes import NEW_CLASS, Changes
from ilo_gis.subdivision.land_near import leaving
from ilo_gis.subdivision.streets import StreetColumns, cleaned
from ilo_gis.tables import Plan, conform, empty

__all__ = ["edited_lines", "without_mended_ends"]

SAME = 1e-4  # m; a line cleaned again that moved less is the same
DIRT = ("zero_length", "doubled", "overlap", "overshoot", "undershoot", "dead_end")


def edited_lines(
    plan: Plan, changes: Changes, brief: Brief, tolerance: float, *, judged: bool = True
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return street lines after a change, and what was wrong with the new ones.

    Lines that new ones cross are split there, and the longest part keeps the id; lines that were
    moved keep theirs.

    Parameters
    ----------
    plan : Plan
        The plan before.
    changes : Changes
        Streets to be added, moved and dropped.
    brief : Brief
        Widths by class.
    tolerance : float
        Greatest gap or stub of new lines to mend, m.
    judged : bool
        Whether dirt and dead ends are told.

    Returns
    -------
    street_lines : GeoDataFrame
        Table ``street_lines``.
    findings : GeoDataFrame
        Table ``findings``.

    Raises
    ------
    RuleError
        If a new street has no positive width.

    Examples
    --------
    >>> plan = ilo_gis.workflows.lots_from_streets(ilo_gis.io.sample("pampa_streets").head(60),
    ...     ilo_gis.subdivision.LotRule(min_area=120.0, min_frontage=7.0), width="width")
    >>> changes = ilo_gis.subdivision.Changes(drop_streets=["1"])
    >>> len(plan.street_lines) - len(edited_lines(plan, changes, None, 2.0)[0])
    1
    """
    lines = plan.street_lines
    moved = lines.index[:0] if changes.move_streets is None else changes.move_streets.index
    rest = lines.drop(index=[*changes.drop_streets, *moved])
    fresh = _fresh(lines, changes, brief)
    if fresh.empty:
        return rest, empty("findings", lines.crs)
    shapes, new = (
        np.asarray(rest.geometry.array, dtype=object),
        np.asarray(fresh.geometry.array, dtype=object),
    )
    tree = shapely.STRtree(shapes)
    core = np.unique(tree.query(new, predicate="dwithin", distance=tolerance)[1])
    near = np.unique(tree.query(shapes[core], predicate="dwithin", distance=tolerance)[1])
    near = np.setdiff1d(near, core)
    met, beside = rest.iloc[core], rest.iloc[near]
    columns = ["width", "street_class", "name", "geometry"]
    dirty = pd.concat([table[columns] for table in (fresh, met, beside)])
    layer = gpd.GeoDataFrame(dirty, crs=lines.crs)
    said = StreetColumns("width", NEW_CLASS, "name")
    clean, told = cleaned(layer, said, tolerance=tolerance, judged=judged)
    own = clean[clean["source"].isin([*fresh.index, *met.index])]
    own = own[~_unchanged(own, met)]
    cut = _named(own, lines).assign(source=pd.concat([fresh, met])["source"].reindex(own["source"]).array)
    gone = [*changes.drop_streets, *moved, *own["source"]]
    table = pd.concat([lines[~lines.index.isin(gone)], cut])
    order = [*lines.index[lines.index.isin(table.index)], *table.index[~table.index.isin(lines.index)]]
    rules = ["streets." + rule for rule in DIRT]
    told = told[told["rule"].isin(rules) & told["feature"].isin(fresh.index)]
    told = told.assign(feature=fresh["source"].reindex(told["feature"]).array)
    return conform(table.loc[order], "street_lines"), _inside(told, plan, tolerance)


def _fresh(lines: gpd.GeoDataFrame, changes: Changes, brief: Brief) -> gpd.GeoDataFrame:
    """Return added and moved lines with width, class, name and source, each under a name of its own."""
    parts = []
    if changes.move_streets is not None:
        layer = changes.move_streets
        old = lines.loc[layer.index]
        width = layer["width"].fillna(old["width"]) if "width" in layer else old["width"]
        parts.append(old.assign(width=width).set_geometry(layer.geometry.to_numpy(), crs=lines.crs))
    if changes.add_streets is not None:
        layer = changes.add_streets
        source = layer.index.astype(str)
        table = layer.reset_index(drop=True).set_axis(
            pd.Index([f"+{k}" for k in range(len(layer))], dtype=object)
        )
        parts.append(
            table.assign(width=_widths(table, brief), source=source).set_geometry(table.geometry.to_numpy())
        )
    columns = ["source", "name", NEW_CLASS, "width", "geometry"]
    whole = [gpd.GeoDataFrame(part.reindex(columns=columns), crs=lines.crs) for part in parts]
    return pd.concat(whole) if whole else lines.iloc[:0]


def _widths(added: gpd.GeoDataFrame, brief: Brief) -> pd.Series:
    width = (
        pd.to_numeric(added["width"], errors="coerce") if "width" in added else pd.Series(np.nan, added.index)
    )
    if NEW_CLASS in added:
        named = added[NEW_CLASS].dropna()
        width = width.fillna(named.map(brief.width))
    if not (width > 0).all():
        bad = ", ".join(added.index[~(width > 0)].str.removeprefix("+")[:10])
        raise RuleError(f"add_streets: rows {bad} (counted from 0) have no positive width in m. Fill it in.")
    return width


def _unchanged(own: gpd.GeoDataFrame, met: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Return which lines were cleaned again in vain."""
    old = met.geometry.reindex(own["source"]).to_numpy()
    return shapely.equals_exact(shapely.normalize(own.geometry.to_numpy()), shapely.normalize(old), SAME)


def _named(own: gpd.GeoDataFrame, lines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give the longest part of each line its id, and others new ids."""
    first = own.sort_values("length", ascending=False, kind="stable").drop_duplicates("source").index
    heir = own.index.isin(first) & own["source"].isin(lines.index).to_numpy()
    highest = pd.to_numeric(lines.index.to_series(), errors="coerce").max()
    start = 1 + (0 if np.isnan(highest) else int(highest))
    ids = own["source"].to_numpy(dtype=object).copy()
    ids[~heir] = [str(start + k) for k in range((~heir).sum())]
    return own.set_axis(pd.Index(ids, name="line_id", dtype=object))


def _inside(told: gpd.GeoDataFrame, plan: Plan, tolerance: float) -> gpd.GeoDataFrame:
    """Leave out dead ends that are none: the street leaves the site there."""
    end = (told["rule"] == "streets.dead_end").to_numpy()
    if not end.any():
        return told
    site = np.concatenate([plan.streets.geometry.to_numpy(), plan.blocks.geometry.to_numpy()])
    end[end] = leaving(told.geometry.to_numpy()[end], site, tolerance)
    return told[~end]


def without_mended_ends(found: gpd.GeoDataFrame, street_lines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return findings without dead ends at which a street goes on now.

    Examples
    --------
    >>> line = geopandas.GeoDataFrame(geometry=[shapely.LineString([(0, 0), (30, 0)])], crs=32719)
    >>> _, found = ilo_gis.subdivision.clean_streets(line, width=12.0)
    >>> len(without_mended_ends(found, line)), len(without_mended_ends(found, line.iloc[:0]))
    (3, 1)
    """
    end = (found["rule"] == "streets.dead_end").to_numpy()
    if not end.any():
        return found
    lines = np.asarray(street_lines.geometry.array, dtype=object)
    edge, side = loose_ends(lines)
    loose = shapely.union_all(shapely.get_point(lines[edge], side))
    return found[~end | shapely.dwithin(found.geometry.to_numpy(), loose, SAME)]
