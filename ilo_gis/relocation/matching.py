"""Who goes where: the matching of occupants to receiving sites at the least cost, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.relocation.assignment import (
    NOWHERE,
    TIE,
    Problem,
    first_of_the_best,
    is_one_to_one,
    solve,
    worth,
)
from ilo_gis.relocation.match_reasons import reasons, unmatched
from ilo_gis.relocation.match_terms import PARTS, Terms, problem_of, terms
from ilo_gis.relocation.needs import Needs, household_count, usual_needs
from ilo_gis.relocation.receiving import impossible_capacity
from ilo_gis.tables import (
    complete,
    conform,
    empty,
    join_findings,
    require_geometry,
    require_metres,
    require_same_crs,
)

__all__ = ["Matching", "match"]

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Matching:
    """Who goes where.

    Attributes
    ----------
    matches : DataFrame
        Table ``matches``: who has a place, what it costs by part, and why.
    unmatched : GeoDataFrame
        Table ``findings``: who has none, and what is missing; sites with a capacity below 0.
    method : str
        "linear_sum_assignment" where each site takes one, "milp" where one may take several, sites share
        lots, or neighbours are to stay near each other. Both are exact; nothing is drawn by lot. Of several
        matchings at the least cost it is the one in which the first occupant by id has the first site by
        id, then the second, and so on.
    reading : str
        What counts are whose unit the source leaves open: households, or persons.
    objective : float
        Sum of all costs.
    second_best : float
        What the next best matching with places for the same occupants would cost more; 0 is a tie, NaN
        where there is none.
    """

    matches: pd.DataFrame
    unmatched: gpd.GeoDataFrame
    method: str
    reading: str
    objective: float
    second_best: float


def match(
    occupants: gpd.GeoDataFrame,
    receiving_sites: gpd.GeoDataFrame,
    needs: Needs | None = None,
    *,
    reading: str = "households",
    shore: gpd.GeoDataFrame | None = None,
    work: gpd.GeoDataFrame | None = None,
    afresh: bool = False,
) -> Matching:
    """Return who goes where: as few households without a place as can be, then others, then the least cost.

    A group of households goes to one site whole: adjoining lots are one site (`adjoining_lots`), and sites
    that have a lot in common are not both used. A site takes several where its capacity and land suffice;
    without a capacity it has a household a lot, and where that is unknown too no household goes there.
    Sites of unknown area or place take others, at a cost. What is allotted is for who is told to go there.

    Parameters
    ----------
    occupants : GeoDataFrame
        Table ``occupants``, in a CRS in metres.
    receiving_sites : GeoDataFrame
        Table ``receiving_sites``, in the same CRS.
    needs : Needs, optional
        Needs and weights; by default those of `usual_needs`, an example.
    reading : {"households", "persons"}
        What a count is that the source leaves open: 60 residents are 60 households, or 12 of five persons.
    shore : GeoDataFrame, optional
        The shore, where somebody needs it near.
    work : GeoDataFrame, optional
        Where people work, with ``occupant_id``; by default where they are.
    afresh : bool
        Whether to look for the best as if nobody had been told where to go. By default what was told
        stands: an occupant goes to its ``receiving_id``, if that will do, and nobody else goes there.

    Returns
    -------
    Matching

    Raises
    ------
    CRSError, GeometryError, SchemaError
        If tables cannot be used.
    RuleError
        If needs are missing, the reading is unknown, or a shore is needed and there is none.

    References
    ----------
    Kuhn 1955 (assignment); Crouse 2016 (as scipy has it); HiGHS (integer programme).
    López Follegatti 1999, Table 3: La Picuda and the police went to Pampa Inalámbrica.

    Examples
    --------
    Two workshops, two sites. Each alone would take the near one; together they cost least crosswise:

    >>> table = {"name": ["a", "b"], "kind": "business", "area": [100.0, 100.0]}
    >>> ids = pandas.Index(["a", "b"], name="occupant_id")
    >>> workshops = geopandas.GeoDataFrame(table, crs=32719, index=ids,
    ...     geometry=[shapely.box(0, 0, 10, 10), shapely.box(5000, 0, 5010, 10)])
    >>> sites = geopandas.GeoDataFrame({"kind": "elsewhere", "area": [100.0, 100.0]}, crs=32719,
    ...     index=pandas.Index(["far", "near"], name="receiving_id"),
    ...     geometry=[shapely.box(9000, 0, 9010, 10), shapely.box(4000, 0, 4010, 10)])
    >>> found = match(workshops, sites)
    >>> found.matches["receiving_id"].to_dict(), round(found.objective, 2), found.method
    ({'a': 'near', 'b': 'far'}, 7.98, 'linear_sum_assignment')
    """
    needs = usual_needs() if needs is None else needs
    require_metres(occupants, "occupants")
    require_same_crs(occupants=occupants, receiving_sites=receiving_sites, shore=shore, work=work)
    require_geometry(occupants, "Polygon", "MultiPolygon", name="occupants")
    people, sites = _whole(occupants, "occupants"), _whole(receiving_sites, "receiving_sites")
    households = household_count(people, reading, needs.persons_per_household)
    if people.empty:
        return Matching(empty("matches"), empty("findings", people.crs), "", reading, 0.0, np.nan)
    known = terms(people, sites, needs, households, shore, work, not afresh)
    problem = problem_of(known, sites)
    places = first_of_the_best(problem)
    others, more = _without_its_site(problem, places)
    table = _table(people, sites, households, known, places, others, more, not afresh)
    return Matching(
        matches=table,
        unmatched=join_findings(unmatched(people, sites, needs, known, places), impossible_capacity(sites)),
        method="linear_sum_assignment" if is_one_to_one(problem) else "milp",
        reading=reading,
        objective=float(table["cost"].sum()),
        second_best=float(np.nanmin(more)) if np.isfinite(more).any() else np.nan,
    )


def _whole(table: gpd.GeoDataFrame, name: str) -> gpd.GeoDataFrame:
    """Return a table with all its columns, in the order of its ids."""
    whole = complete(table, name)
    return whole.iloc[np.argsort(whole.index.astype(str), kind="stable")]


def _without_its_site(problem: Problem, places: Ints) -> tuple[Ints, NDArray[np.float64]]:
    """Return where each occupant would go if it could not go to its site, and what more that costs in all.

    Nowhere and NaN where somebody who has a place would have none.
    """
    least = worth(problem, places)
    others, more = np.full(len(places), NOWHERE), np.full(len(places), np.nan)
    for who in np.flatnonzero(places != NOWHERE):
        cost = problem.cost.copy()
        cost[who, places[who]] = np.inf
        then = solve(replace(problem, cost=cost))
        if then is not None and ((then == NOWHERE) == (places == NOWHERE)).all():
            others[who] = then[who]
            gap = worth(problem, then) - least
            more[who] = 0.0 if abs(gap) < TIE else gap
    return others, more


def _table(
    people: gpd.GeoDataFrame,
    sites: gpd.GeoDataFrame,
    households: pd.Series,
    known: Terms,
    places: Ints,
    others: Ints,
    more: NDArray[np.float64],
    stands: bool,
) -> pd.DataFrame:
    """Return the table ``matches``."""
    who = np.flatnonzero(places != NOWHERE)
    site = places[who]
    parts = {f"cost_{name}": known.parts[name][who, site] for name in PARTS}
    together = np.zeros(len(places))
    pairs = known.pairs[(places[known.pairs] != NOWHERE).all(axis=1)]
    halves = known.apart[places[pairs[:, 0]], places[pairs[:, 1]]] / 2
    np.add.at(together, pairs.T, halves)
    parts["cost_together"] = together[who]
    ids = sites.index.astype(str).to_numpy(dtype=object)
    frame = pd.DataFrame(
        {
            "receiving_id": ids[site],
            "lots": sites["lots"].to_numpy(dtype=object)[site],
            "households": households.iloc[who].to_numpy(),
            "area_needed": known.area[who],
            "area": known.land[site],
            "cost": np.sum(list(parts.values()), axis=0),
            **parts,
            "next_id": pd.Series(ids).reindex(others[who]).to_numpy(),
            "next_cost": more[who],
        },
        index=people.index[who].rename("occupant_id"),
    )
    told = frame["receiving_id"].to_numpy() == people["receiving_id"].iloc[who].fillna("").to_numpy()
    english, spanish = reasons(frame, people.iloc[who], sites.iloc[site], known.sea[site], told & stands)
    return conform(frame.assign(reason=english, reason_es=spanish), "matches")
