"""How far one can walk along a coast, what interrupts it, and whose leaving helps most."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.tables import conform, empty

__all__ = ["Continuity", "continuity"]

LOST = 1e-6  # m: rounding of sums of lengths
GAP = "gap"  # all of a gap, whoever holds it


@dataclass(frozen=True, eq=False)
class Continuity:
    """How far one can walk along a coast, and who stands in the way.

    Attributes
    ----------
    runs : GeoDataFrame
        Table ``coast_runs``: open runs and the gaps between them, in order along the coast.
    coast, open, occupied, freed, longest : float
        Metres of shoreline: all, free to walk, occupied, freed by those who left, in the longest open run.
    critical : tuple of str
        The occupant whose leaving alone gives the longest open run, several where they tie; none where
        nobody's leaving alone makes it longer.
    joined : float
        Length of that run, m.
    """

    runs: gpd.GeoDataFrame
    coast: float
    open: float
    occupied: float
    freed: float
    longest: float
    critical: tuple[str, ...]
    joined: float


def continuity(stretches: gpd.GeoDataFrame) -> Continuity:
    """Tell how far one can walk along the coast, what interrupts it, and who is critical.

    Freed stretches count as open: one can walk there. On a closed line a run goes on over the place
    where the line begins.

    Parameters
    ----------
    stretches : GeoDataFrame
        As `stretches` gives them.

    Returns
    -------
    Continuity

    Raises
    ------
    SchemaError
        If it is no table ``stretches``.

    References
    ----------
    López Follegatti 1999, Ilo: a city in transformation, section II.d.

    Examples
    --------
    >>> coast = geopandas.GeoDataFrame(geometry=[shapely.LineString([(0, 0), (0, 300)])], crs=32719)
    >>> land = geopandas.GeoDataFrame(
    ...     index=["yard", "depot"], geometry=[shapely.box(0, 50, 30, 100), shapely.box(5, 180, 30, 260)],
    ...     crs=32719)
    >>> told = continuity(ilo_gis.relocation.stretches(coast, land, pandas.DataFrame({"step": []})))
    >>> told.longest, told.critical, told.joined
    (80.0, ('depot',), 200.0)
    """
    table = conform(stretches, "stretches").sort_values(["line", "from_m"])
    if table.empty:
        return Continuity(empty("coast_runs", stretches.crs), 0.0, 0.0, 0.0, 0.0, 0.0, (), 0.0)
    table = _placed(table)
    held = (table["state"] == "occupied").to_numpy()
    runs = _runs(table, held)
    lengths = table["length"].to_numpy()
    longest = float(runs["length"].where(runs["open"], 0.0).max())
    alone = _spans_without(table[held], table.loc[held, "critical"])
    alone = alone[alone["key"] != ""].groupby("key")["length"].max()
    best = float(alone.max()) if len(alone) else longest
    critical = tuple(sorted(alone.index[alone >= best - LOST])) if best > longest + LOST else ()
    freed = ~held & (table["gone"] != "").to_numpy()
    coast, walkable, occupied, left = (
        float(lengths[which].sum()) for which in (slice(None), ~held, held, freed)
    )
    return Continuity(runs, coast, walkable, occupied, left, longest, critical, max(best, longest))


def _placed(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return stretches with what is known of their line; a closed line begins where a run does.

    `place` is where each begins, without a jump at the beginning of the line; `around` is the length of
    the line if it is closed, and 0 if not.
    """
    parts = []
    for _, line in table.groupby("line", sort=True):
        shapes = np.asarray(line.geometry.array, dtype=object)
        closed = bool(shapely.equals(shapely.get_point(shapes[0], 0), shapely.get_point(shapes[-1], -1)))
        whole = float(line["length"].sum())
        known = {"place": line["from_m"], "around": whole if closed else 0.0}
        known |= {"low": 0.0, "high": whole}
        parts.append(_from_a_change(line.assign(**known), line["state"].eq("occupied").to_numpy()))
    return pd.concat(parts)


def _from_a_change(line: pd.DataFrame, key: NDArray[np.generic]) -> pd.DataFrame:
    """Return the rows of a closed line from one whose key differs from that of the row before it, if any."""
    around = line["around"].iloc[0]
    change = np.flatnonzero(key != np.roll(key, 1))
    if not around or not len(change):
        return line
    turned = line.iloc[np.roll(np.arange(len(line)), -int(change[0]))]
    place = turned["place"].to_numpy()
    return turned.assign(place=np.where(place < place[0], place + around, place))


def _runs(table: gpd.GeoDataFrame, held: NDArray[np.bool_]) -> gpd.GeoDataFrame:
    """Return open runs and gaps along the coast."""
    line = table["line"].to_numpy()
    begins = np.append(True, (held[1:] != held[:-1]) | (line[1:] != line[:-1]))
    run = np.cumsum(begins)
    xy, stretch = shapely.get_coordinates(table.geometry.array, return_index=True)
    shape = shapely.remove_repeated_points(np.atleast_1d(shapely.linestrings(xy, indices=run[stretch] - 1)))
    rows = table.groupby(run).agg(
        line=("line", "first"),
        from_m=("from_m", "first"),
        to_m=("to_m", "last"),
        length=("length", "sum"),
        occupants=("occupants", _in_order),
    )
    rows["open"] = ~held[begins]
    rows["joins"] = np.nan
    whole = _spans_without(table[held], pd.Series(GAP, table.index[held]))
    rows.loc[~rows["open"], "joins"] = whole["length"].to_numpy()
    return conform(gpd.GeoDataFrame(rows, geometry=shape, crs=table.crs).rename_axis("run_id"), "coast_runs")


def _in_order(names: pd.Series) -> str:
    """Return the ids that stretches have, each once, as they come along the coast."""
    return ";".join(dict.fromkeys(one for text in names if text for one in text.split(";")))


def _spans_without(held: gpd.GeoDataFrame, key: pd.Series) -> pd.DataFrame:
    """Return how long the open run would be if stretches of one key were free that nobody else parts.

    Columns `key` and `length` (m), by place along the coast. Stretches of a gap have to touch; those of one
    occupant may have open ones between them.
    """
    if held.empty:
        return pd.DataFrame({"key": pd.Series(dtype=object), "length": pd.Series(dtype=float)})
    rows = pd.DataFrame(held.drop(columns="geometry")).assign(key=key)
    lines = [_from_a_change(part, part["key"].to_numpy(dtype=object)) for _, part in rows.groupby("line")]
    rows = pd.concat(lines, ignore_index=True)
    rows["end"] = rows["place"] + rows["length"]
    same = rows["line"].eq(rows["line"].shift()) & rows["key"].eq(rows["key"].shift()) & rows["key"].ne("")
    same &= rows["key"].ne(GAP) | (rows["place"] - rows["end"].shift()).abs().lt(LOST)
    groups = rows.groupby((~same).cumsum()).agg(
        key=("key", "first"),
        line=("line", "first"),
        start=("place", "first"),
        end=("end", "last"),
        **{name: (name, "first") for name in ("around", "low", "high")},
    )
    of_line, ring, around = groups.groupby("line"), groups["around"] > 0, groups["around"]
    first = groups["low"].mask(ring, of_line["end"].transform("last") - around)
    last = groups["high"].mask(ring, of_line["start"].transform("first") + around)
    length = of_line["start"].shift(-1).fillna(last) - of_line["end"].shift().fillna(first)
    return pd.DataFrame({"key": groups["key"], "length": length.clip(upper=groups["high"])})
