"""The land of the simulated PROMUVI, 6,000 lots of the Pampa, and who applies for them."""

from __future__ import annotations

from itertools import product

import geopandas as gpd
import numpy as np
import pandas as pd
import promuvi_figures as p
import shapely

from ilo_gis.subdivision import LotRule, blocks_from_streets, cut_lots

GRID = 0.01  # m: coordinates are kept to the centimetre
LOT_COLUMNS = [
    "block_id",
    "number",
    "kind",
    "extension_area",
    "area",
    "frontage",
    "depth",
    "corner",
    "geometry",
]


def chance(what: str) -> np.random.Generator:
    """Return the generator of a part of the sample: parts do not disturb each other."""
    return np.random.default_rng(list(f"{p.SEED}: {what}".encode()))


# -- land ------------------------------------------------------------------------------------------


def land(drawn: dict[str, pd.DataFrame]) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return lots and blocks: areas 1 to 3 whole, and blocks of area 4 that make 6,000 lots."""
    blocks = blocks_from_streets(drawn["pampa_streets"], site=drawn["pampa"])
    inside = blocks.set_geometry(blocks.representative_point())
    parks = inside.within(shapely.union_all(drawn["parks"].geometry))
    areas = drawn["extension_areas"]
    inside = gpd.sjoin(inside[~parks], areas[["number", "geometry"]])["number"]
    blocks = blocks.loc[inside.index].assign(extension_area=inside.astype(str))
    blocks = blocks[inside <= p.NEXT_AREA]
    lots = cut_lots(blocks, LotRule(min_area=p.MIN_AREA, min_frontage=p.MIN_FRONTAGE))
    lots = lots[lots["kind"] == "lot"]
    whole = areas.loc[areas["number"].isin(p.WHOLE_AREAS), "geometry"].union_all()
    kept = _chosen(blocks, lots.groupby("block_id").size(), whole)
    lots = lots[lots["block_id"].isin(kept)].assign(
        extension_area=lots["block_id"].map(blocks["extension_area"]).astype(str)
    )
    blocks = blocks.loc[kept, ["extension_area", "area", "geometry"]]
    return _to_the_centimetre(lots[LOT_COLUMNS]), _to_the_centimetre(blocks)


def _chosen(blocks: gpd.GeoDataFrame, sizes: pd.Series, whole: shapely.Geometry) -> pd.Index:
    """Return the blocks of the whole areas, and those of the next area nearest to them that fit exactly."""
    of_next = blocks["extension_area"] == str(p.NEXT_AREA)
    before = blocks.index[~of_next]
    away = blocks[of_next].centroid.distance(whole).sort_values(kind="stable")
    of_size = {size: away[sizes[away.index] == size] for size in sorted(set(sizes[away.index]))}
    wanted = p.LOTS - sizes.reindex(before).sum()
    fits = [
        counts
        for counts in product(*(range(len(found) + 1) for found in of_size.values()))
        if sum(size * count for size, count in zip(of_size, counts, strict=True)) == wanted
    ]
    chosen = [
        pd.concat([found.iloc[:n] for found, n in zip(of_size.values(), counts, strict=True)])
        for counts in fits
    ]
    added = min(chosen, key=lambda taken: (taken.max(), taken.sum())).index
    return blocks.index[~of_next | blocks.index.isin(added)]


def _to_the_centimetre(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a layer on the centimetre grid, its measures rounded alike."""
    measures = layer.select_dtypes("float").round(2)
    return layer.assign(**measures, geometry=shapely.set_precision(layer.geometry.array, GRID))


# -- households and applications -----------------------------------------------------------------------


def register(lots: np.ndarray) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return households and their applications, in the order in which these came in."""
    count = p.APPLICATIONS - p.TWICE
    rng = chance("applications")
    owner = np.concatenate([np.arange(count), rng.choice(count, p.TWICE, replace=False)])
    days = _application_days(rng, len(owner))
    order = np.argsort(days, kind="stable")
    owner, days = pd.factorize(owner[order])[0], days[order]
    first = days[np.unique(owner, return_index=True)[1]]
    names = np.array([f"H-{number:04}" for number in range(1, count + 1)])
    applicants = pd.DataFrame({"household_id": names[owner], "applied_on": days_of(days)})
    applicants.index = pd.Index(
        [f"P-{number:04}" for number in range(1, len(owner) + 1)], name="applicant_id"
    )
    for name, share in p.NOT_VERIFIED.items():
        applicants[name] = _unknown(rng, rng.random(len(owner)) >= share, p.NOT_ASSESSED[name])
    applicants["group"] = _groups(rng, len(owner))
    applicants["preferences"] = _wishes(rng, len(owner), lots)
    return _households(names, first), applicants


def _application_days(rng: np.random.Generator, count: int) -> np.ndarray:
    """Return days of application as numpy days: a share before the first lots are given, the rest later."""
    begin, middle, end = (
        np.datetime64(day, "D") for day in (p.FIRST_APPLICATION, p.EARLY_UNTIL, p.LAST_APPLICATION)
    )
    early = rng.random(count) < p.EARLY
    since, until = np.where(early, begin, middle), np.where(early, middle, end)
    return since + (rng.random(count) * (until - since).astype(int)).astype(int)


def _households(names: np.ndarray, applied: np.ndarray) -> pd.DataFrame:
    rng, count = chance("households"), len(names)
    members = rng.choice(list(p.MEMBERS), count, p=list(p.MEMBERS.values()))
    tenure = rng.choice(list(p.TENURE), count, p=list(p.TENURE.values()))
    owns = (tenure == "owns") | (rng.random(count) < p.OWNS_OTHERWISE)
    income = p.INCOME * np.exp(p.INCOME_SPREAD * rng.standard_normal(count))
    years = rng.gamma(p.RESIDENCE_SHAPE, p.YEARS_RESIDENT / p.RESIDENCE_SHAPE, count)
    resident = applied - (365.25 * years).astype(int)
    table = pd.DataFrame({"members": members, "dependants": rng.binomial(members - 1, p.DEPENDANT)})
    table["income"] = np.where(rng.random(count) < p.NOT_ASKED["income"], np.nan, income.round(-1))
    table["resident_since"] = days_of(resident)
    table.loc[rng.random(count) < p.NOT_ASKED["resident_since"], "resident_since"] = pd.NaT
    table["settlement"] = rng.choice(list(p.SETTLEMENTS), count, p=list(p.SETTLEMENTS.values()))
    table["tenure"] = tenure
    table["owns_property"] = _unknown(rng, owns, p.NOT_ASKED["owns_property"])
    table["participation"] = rng.poisson(p.PARTICIPATION, count)
    return table.set_index(pd.Index(names, name="household_id"))


def _groups(rng: np.random.Generator, count: int) -> np.ndarray:
    """Return the group of each application: neighbours who came in one after the other."""
    least, most = p.GROUP_SIZES
    begins = np.sort(rng.choice(count // most, p.GROUPS, replace=False)) * most
    groups = np.full(count, None, dtype=object)
    for number, (begin, size) in enumerate(
        zip(begins, rng.integers(least, most + 1, p.GROUPS), strict=True), 1
    ):
        groups[begin : begin + size] = f"G-{number:02}"
    return groups


def _wishes(rng: np.random.Generator, count: int, lots: np.ndarray) -> np.ndarray:
    wished = [";".join(rng.choice(lots, p.WISHES, replace=False)) for _ in range(count)]
    return np.where(rng.random(count) < p.WISHING, np.array(wished, dtype=object), None)


def _unknown(rng: np.random.Generator, known: np.ndarray, share: float) -> pd.api.extensions.ExtensionArray:
    """Return yes and no with a share of unknown answers."""
    answers = pd.array(known, dtype="boolean")
    answers[rng.random(len(known)) < share] = pd.NA
    return answers


def days_of(days: np.ndarray) -> pd.DatetimeIndex:
    """Return days as the tables have them."""
    return pd.DatetimeIndex(days).astype("datetime64[ms]")
