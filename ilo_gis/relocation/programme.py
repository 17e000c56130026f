"""A programme of relocations on a day: who has left, what land is free, by agreement, stage and step."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ilo_gis.errors import ExactnessError
from ilo_gis.relocation.needs import household_count, usual_needs
from ilo_gis.relocation.states import in_effect, state_on, steps
from ilo_gis.tables import conform, empty, require_geometry, require_metres, require_same_crs

__all__ = ["freed_by_date", "programme_rows", "status"]

NONE = "none"  # group of those that have no agreement, or no stage
EXACT = 1e-6  # m2 that sums may differ by: rounding


def status(
    occupants: gpd.GeoDataFrame,
    agreements: pd.DataFrame,
    moves: pd.DataFrame,
    on: date,
    *,
    seafront: gpd.GeoDataFrame | None = None,
    count_reading: str = "households",
    persons_per_household: float | None = None,
    stretches: gpd.GeoDataFrame | None = None,
) -> pd.DataFrame:
    """Return how far a programme of relocations is on a day: land freed, and who has left.

    Parameters
    ----------
    occupants : GeoDataFrame
        Table ``occupants``, polygons in a CRS in metres; ``area`` (m2) is what counts, not the drawing.
    agreements, moves : DataFrame
        Tables ``agreements`` and ``moves``.
    on : date
        The day.
    seafront : GeoDataFrame, optional
        Table ``seafront``, in the CRS of `occupants`; it tells the stage of the works.
    count_reading : {"households", "persons"}
        What a count is whose source may mean either (``count_of`` unclear).
    persons_per_household : float, optional
        By default that of `usual_needs`, an example.
    stretches : GeoDataFrame, optional
        Table ``stretches`` of the day: then ``shore`` tells the metres of shoreline freed. One that
        several have left counts in equal parts.

    Returns
    -------
    DataFrame
        Table ``programme``: one row in all, and one for each kind of agreement, stage, step and row of the
        source. The rows of each grouping add up to all.

    Raises
    ------
    CRSError, GeometryError, SchemaError
        If layers are not in metres, differ in CRS, or are not the tables.
    RuleError
        If `on` is no date, or the reading is unknown.
    ExactnessError
        If a sum does not close: a fault of ilo_gis.

    References
    ----------
    López Follegatti 1999, Ilo: a city in transformation, Table 3: 27,400 m2 in ten rows.

    Examples
    --------
    >>> names = ("occupants", "agreements", "moves")
    >>> land, pacts, moves = (ilo_gis.io.sample(name) for name in names)
    >>> told = status(land, pacts, moves, pandas.Timestamp("1994-06-30"))
    >>> told.loc[["total", "agreement: order"], ["area", "freed"]].values.tolist()
    [[27400.0, 5400.0], [9000.0, 200.0]]
    """
    rows = programme_rows(
        occupants,
        agreements,
        moves,
        on,
        seafront=seafront,
        count_reading=count_reading,
        persons_per_household=persons_per_household,
    )
    if rows.empty:
        return empty("programme")
    groups = {
        "total": pd.Series("", rows.index),
        "agreement": rows["agreement"],
        "stage": rows["stage"],
        "step": rows["step"].astype(str),
        "row": rows["source_row"].astype("string").fillna(NONE).astype(str),
    }
    rows["shore"] = np.nan if stretches is None else _shore(rows.index, stretches)
    parts = [_grouped(rows, by, group) for by, group in groups.items()]
    for part in parts:
        if not np.allclose(part[["area", "freed"]].sum(), parts[0].iloc[0][["area", "freed"]].astype(float)):
            raise ExactnessError("groups of the programme do not add up to all: please report it")
    return conform(pd.concat(parts).rename_axis("item"), "programme")


def _grouped(rows: pd.DataFrame, by: str, group: pd.Series) -> pd.DataFrame:
    """Return the sums of each group, in the order of steps, of numbers or of names."""
    moved = rows["left"]
    figures = pd.DataFrame(
        {
            "occupants": 1,
            "left": moved.astype(np.int64),
            "area": rows["area"],
            "freed": rows["area"].where(rows["free"], 0.0),
            "shore": rows["shore"],
            "households": rows["households"].where(moved, 0).fillna(0).astype(np.int64),
            "persons": rows["persons"].where(moved, 0).fillna(0).astype(np.int64),
            "uncounted": (moved & (rows["kind"] == "households") & rows["households"].isna()).astype(
                np.int64
            ),
        }
    )
    groups = figures.sort_index().groupby(group.sort_index().rename("group"))
    sums = groups.sum().assign(shore=groups["shore"].sum(min_count=1))
    rank = {name: number for number, name in enumerate(steps().index)}
    order = sorted(sums.index, key=lambda name: (rank.get(name, 0), not name.isdigit(), name.zfill(9)))
    sums = sums.loc[order].reset_index()
    sums.index = pd.Index([by if by == "total" else f"{by}: {name}" for name in sums["group"]])
    return sums.assign(by=by, share=sums["freed"] / sums["area"].where(sums["area"] > 0, 1.0))


def programme_rows(
    occupants: gpd.GeoDataFrame,
    agreements: pd.DataFrame,
    moves: pd.DataFrame,
    on: date,
    *,
    seafront: gpd.GeoDataFrame | None = None,
    count_reading: str = "households",
    persons_per_household: float | None = None,
) -> pd.DataFrame:
    """Return how far each relocation is on a day, one row an occupant; `status` adds them up.

    Parameters
    ----------
    occupants : GeoDataFrame
        Table ``occupants``.
    agreements, moves : DataFrame
        Tables of these names.
    on : date
        The day.
    seafront : GeoDataFrame, optional
        Table ``seafront``, in the CRS of `occupants`; it tells the stage of the works.
    count_reading : {"households", "persons"}
        What a count is whose source may mean either (``count_of`` unclear).
    persons_per_household : float, optional
        By default that of `usual_needs`, an example.

    Returns
    -------
    DataFrame
        Table ``programme_rows``, in the order of `occupants`. Those without an event are listed.

    Raises
    ------
    CRSError, GeometryError, SchemaError, RuleError
        As for `status`.

    Examples
    --------
    >>> names = ("occupants", "agreements", "moves")
    >>> land, pacts, moves = (ilo_gis.io.sample(name) for name in names)
    >>> day, few = pandas.Timestamp("1994-06-30"), ["persons", "households"]
    >>> programme_rows(land, pacts, moves, day).loc["la_picuda", ["step", *few]].tolist()
    ['cleared', 300, 60]
    >>> programme_rows(land, pacts, moves, day, count_reading="persons").loc["la_picuda", few].tolist()
    [60, 12]
    """
    land = conform(occupants, "occupants")
    states = state_on(moves, on).reindex(land.index)
    known = steps()
    rank = pd.Series(range(len(known)), known.index)
    step = states["step"].astype("string").fillna(known.index[0]).astype(str)
    pacts = _agreements(conform(agreements, "agreements")).reindex(land.index)
    counts = _counts(land, count_reading, persons_per_household)
    table = land[[name for name in ("source_row", "name", "kind", "area") if name in land]]
    rows = pd.DataFrame(table).assign(
        step=pd.Categorical(step, known.index),
        since=states["since"],
        left=step.map(rank) >= rank["moved"],
        free=step.map(known["free"]).astype(bool),
        agreement_id=pacts["agreement_id"],
        agreement=pacts["kinds"].fillna(NONE),
        stage=NONE if seafront is None else _stage(land, seafront),
        **counts,
    )
    if "source_row" not in rows:
        rows["source_row"] = pd.NA
    return conform(rows, "programme_rows")


def freed_by_date(occupants: pd.DataFrame, moves: pd.DataFrame, on: date | None = None) -> pd.DataFrame:
    """Return the land freed, added up from day to day.

    Parameters
    ----------
    occupants : DataFrame
        Table ``occupants``: ids as index or column, ``area`` (m2).
    moves : DataFrame
        Table ``moves``; events that others take back do not count.
    on : date, optional
        Last day that counts.

    Returns
    -------
    DataFrame
        Table ``freed_land``, by day: ``occupants``, ``area``, ``freed`` (m2, added up).

    Raises
    ------
    RuleError, SchemaError
        As for `state_on`.

    Examples
    --------
    >>> told = freed_by_date(ilo_gis.io.sample("occupants"), ilo_gis.io.sample("moves"))
    >>> told["freed"].tolist()[:3], told["freed"].iloc[-1].item(), len(told)
    ([400.0, 1400.0, 5400.0], 27400.0, 8)
    """
    area = conform(occupants, "occupants")["area"]
    events = in_effect(moves, on)
    free = events[events["step"].astype(str).map(steps()["free"]).astype(bool)]
    first = free.groupby("occupant_id", observed=True)["date"].min()
    days = first[first.index.isin(area.index)].sort_index().rename("date").rename_axis("occupant_id")
    if days.empty:
        return empty("freed_land")
    told = days.reset_index().assign(area=area.reindex(days.index).to_numpy())
    table = told.groupby("date").agg(occupants=("occupant_id", ";".join), area=("area", "sum"))
    return conform(table.assign(freed=table["area"].cumsum()), "freed_land")


def _agreements(agreements: pd.DataFrame) -> pd.DataFrame:
    """Return for each occupant the last agreement that names it: agreement_id, kinds."""
    last = agreements.sort_index().sort_values("date", kind="stable").reset_index()
    each = last.assign(occupant_id=last["occupants"].str.split(";")).explode("occupant_id")
    each["occupant_id"] = each["occupant_id"].str.strip()
    return each.drop_duplicates("occupant_id", keep="last").set_index("occupant_id")[
        ["agreement_id", "kinds"]
    ]


def _stage(land: gpd.GeoDataFrame, seafront: gpd.GeoDataFrame) -> pd.Series:
    """Return the stage of the works that has most of the land of each occupant; of two, the first."""
    strip = conform(seafront, "seafront")
    require_metres(land, "occupants")
    require_same_crs(occupants=land, seafront=strip)
    require_geometry(land, "Polygon", name="occupants")
    require_geometry(strip, "Polygon", name="seafront")
    shapes, pieces = (np.asarray(one.geometry.array, dtype=object) for one in (land, strip))
    row, piece = shapely.STRtree(pieces).query(shapes, predicate="intersects")
    shared = pd.DataFrame({"row": row, "stage": strip["stage"].to_numpy(dtype=np.int64)[piece]})
    shared["area"] = shapely.area(shapely.intersection(shapes[row], pieces[piece]))
    sums = shared.groupby(["row", "stage"], as_index=False)["area"].sum()
    most = sums[sums["area"] > EXACT].sort_values(["area", "stage"], ascending=[False, True])
    first = most.drop_duplicates("row")
    stage = pd.Series(NONE, land.index)
    stage.iloc[first["row"]] = first["stage"].astype(str).to_numpy()
    return stage


def _shore(occupants: pd.Index, stretches: gpd.GeoDataFrame) -> pd.Series:
    """Return the metres of shoreline that each occupant has freed."""
    free = stretches[(stretches["state"].astype(str) != "occupied") & (stretches["gone"].astype(str) != "")]
    who = free["gone"].astype(str).str.split(";")
    each = pd.DataFrame({"who": who, "length": free["length"] / who.str.len()}).explode("who")
    return each.groupby("who")["length"].sum().reindex(occupants.astype(str), fill_value=0.0)


def _counts(land: pd.DataFrame, reading: str, persons: float | None) -> dict[str, pd.Series]:
    """Return households and persons of occupants that are households, in the reading chosen."""
    size = usual_needs().persons_per_household if persons is None else persons
    housing = land["kind"].astype(str) == "households"
    households = household_count(land, reading, size).where(housing)
    nothing = pd.Series(pd.NA, land.index)
    unit = land.get("count_of", nothing).astype("string").fillna("unclear").replace("unclear", reading)
    count = land.get("count", nothing).astype("Float64").where(housing)
    people = count.where((unit == "persons").to_numpy(dtype=bool), count * size)
    return {"households": households, "persons": people.round().astype("Int64")}
