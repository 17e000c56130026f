"""The board of relocations: who is on the seafront, where each goes, what that frees and what blocks it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ilo_gis.editing.edit import Tables
from ilo_gis.errors import RuleError
from ilo_gis.relocation import Needs, continuity, household_count, state_on, steps, stretches, usual_needs
from ilo_gis.tables import complete, empty

__all__ = ["blocking", "board", "coast_figures", "needed_area", "reached", "tables_of_board"]

WORKS = ("agreement", "order", "site", "move", "clearing")  # kinds of tasks until land is free
TEXTS = {
    "place": ("no receiving lot yet", "sin lugar de destino"),
    "ready": ("{} is not ready: {}", "{} no está listo: {}"),
    "undated": ("no day told", "sin fecha prevista"),
    "agreement": ("no agreement or order yet", "sin acuerdo ni orden de reubicación"),
    "obligation": ("{} ({}): {}", "{} ({}): {}"),
    "task": ("not done: {}", "pendiente: {}"),
    "other": ("waits for {}: {}", "espera a {}: {}"),
}
FIGURES = {
    "freed_area": ("Land free now", "Terreno libre hoy", "m2"),
    "freed_area_end": ("Land free at the end", "Terreno libre al final", "m2"),
    "freed_shore": ("Shore freed now", "Frente de mar liberado hoy", "m"),
    "freed_shore_end": ("Shore freed at the end", "Frente de mar liberado al final", "m"),
    "longest_end": ("Longest walk at the end", "Tramo continuo más largo al final", "m"),
    "gaps_end": ("Gaps in the walk at the end", "Interrupciones al final", "gaps"),
}


def board(
    known: Tables, on: date, *, needs: Needs | None = None, coast: gpd.GeoDataFrame | None = None
) -> pd.DataFrame:
    """Return the occupants of the seafront on a day: where each goes, what it frees, and what still blocks.

    Parameters
    ----------
    known : mapping of str to table
        ``occupants``; and ``moves``, ``receiving_sites``, ``agreements``, ``obligations``, ``tasks``,
        ``seafront`` and ``stretches`` where they are there.
    on : date
        The day.
    needs : Needs, optional
        By default those of `relocation.usual_needs`, an example.
    coast : GeoDataFrame, optional
        The shoreline, in the CRS of the occupants; by default that of ``stretches``. Without either,
        metres of shore are not told.

    Returns
    -------
    DataFrame
        By ``occupant_id``: ``name``, ``kind``, ``area`` (m2 of seafront), ``households``, ``need`` (m2 of
        land asked for), ``step`` reached, with its names ``label`` and ``label_es``, ``since``, ``free``
        (whether its land is), ``receiving_id``, ``lots``, ``shore`` (m that it fronts), ``blocks`` (how
        many things), ``blocked`` and ``blocked_es``: what `blocking` tells, joined.

    Raises
    ------
    RuleError
        If there are no occupants, or `on` is no date.
    SchemaError, CRSError, GeometryError
        If a table cannot be used.

    References
    ----------
    López Follegatti 1999, Ilo: a city in transformation, section II.d and Table 3.

    Examples
    --------
    >>> names = ("occupants", "agreements", "moves", "receiving_sites")
    >>> known = {name: ilo_gis.io.sample(name) for name in names}
    >>> told = board(known, pandas.Timestamp("1994-06-30"))
    >>> told.loc[["police", "imarpe"], ["step", "free", "lots"]].values.tolist()
    [['cleared', True, 'MT-1;MT-2;MT-3;MT-4;MT-5'], ['negotiated', False, '']]
    >>> told.at["imarpe", "blocked_es"]
    'imarpe_building no está listo: 1994-09-30; sin acuerdo ni orden de reubicación'
    """
    read, usual = tables_of_board(known), usual_needs() if needs is None else needs
    people = read["occupants"]
    state = state_on(read["moves"], on).reindex(people.index)
    words = steps()
    step = state["step"].astype("string").fillna(words.index[0]).astype(str)
    goes = people["receiving_id"].fillna("").astype(str)
    lots = read["receiving_sites"]["lots"].fillna("").astype(str)
    stops = blocking(known, on).groupby("occupant_id")
    table = pd.DataFrame(
        {
            "name": people["name"],
            "kind": people["kind"].astype(str),
            "area": people["area"],
            "households": household_count(people, persons_per_household=usual.persons_per_household),
            "need": needed_area(people, usual),
            "step": step,
            "label": step.map(words["en"]),
            "label_es": step.map(words["es"]),
            "since": state["since"],
            "free": step.map(words["free"]).astype(bool),
            "receiving_id": goes,
            "lots": goes.map(lots).fillna(""),
            "shore": _fronted(_stretches(read, reached(read, on), on, coast), people.index),
            "blocks": stops.size().reindex(people.index, fill_value=0),
        }
    )
    told = {"blocked": stops["en"].agg("; ".join), "blocked_es": stops["es"].agg("; ".join)}
    return table.assign(**{name: said.reindex(people.index).fillna("") for name, said in told.items()})


def blocking(known: Tables, on: date) -> pd.DataFrame:
    """Return what keeps the land of each occupant from being free, on a day, as text.

    That is a place to go to, told and ready; an agreement or order; what was promised in it; and the tasks
    of the programme that are not done, those of others included that they wait for.

    Parameters
    ----------
    known, on
        As for `board`.

    Returns
    -------
    DataFrame
        A row for each thing: ``occupant_id``, ``kind`` (place, ready, agreement, obligation, task, other),
        ``what`` (id, empty where there is none), ``en``, ``es``. Whose land is free has no rows.

    Raises
    ------
    RuleError, SchemaError
        As for `board`.

    Examples
    --------
    >>> known = {name: ilo_gis.io.sample(name) for name in ("occupants", "agreements", "moves")}
    >>> told = blocking(known, pandas.Timestamp("1994-06-30"))
    >>> told.loc[told["occupant_id"] == "shipyard", ["kind", "es"]].values.tolist()
    [['place', 'sin lugar de destino'], ['agreement', 'sin acuerdo ni orden de reubicación']]
    """
    read, day = tables_of_board(known), pd.Timestamp(on)
    step = reached(read, on)
    known_steps = steps()
    free = step.map(known_steps["free"]).astype(bool)
    rank = step.map({name: number for number, name in enumerate(known_steps.index)})
    here = read["occupants"][~free]
    staying = here[rank[here.index] < known_steps.index.get_loc("moved")]
    rows = [*_places(staying, read["receiving_sites"], day), *_promises(staying, read, day)]
    rows += _tasks(here, read["tasks"], day)
    told = [
        (who, kind, what, *(TEXTS[kind][k].format(*said[k]) for k in (0, 1)))
        for who, kind, what, said in rows
    ]
    table = pd.DataFrame(told, columns=["occupant_id", "kind", "what", "en", "es"])
    order = table["occupant_id"].map({one: place for place, one in enumerate(here.index)})
    return table.iloc[np.argsort(order.to_numpy(), kind="stable")].reset_index(drop=True)


def needed_area(occupants: pd.DataFrame, needs: Needs) -> pd.Series:
    """Return the land that occupants ask of a receiving place, m2.

    Examples
    --------
    >>> told = {"kind": ["households"], "area": [4000.0], "count": [60]}
    >>> needed_area(pandas.DataFrame(told, ["la_picuda"]), usual_needs()).to_dict()
    {'la_picuda': 7200.0}
    """
    wants = needs.of(occupants)
    count = household_count(occupants, persons_per_household=needs.persons_per_household)
    area = np.array([one.area_share for one in wants]) * occupants["area"].to_numpy(float)
    area += np.array([one.area_per_household for one in wants]) * count.fillna(1).to_numpy(float)
    return pd.Series(area, occupants.index)


def reached(read: Tables, on: date) -> pd.Series:
    """Return the step that each occupant has reached on a day; those without events are listed.

    Examples
    --------
    >>> read = tables_of_board({name: ilo_gis.io.sample(name) for name in ("occupants", "moves")})
    >>> reached(read, pandas.Timestamp("1994-06-30"))["police"]
    'cleared'
    """
    state = state_on(read["moves"], on)["step"].astype("string").reindex(read["occupants"].index)
    return state.fillna(steps().index[0]).astype(str)


def coast_figures(
    before: Tables, after: Tables, on: date, coast: gpd.GeoDataFrame | None = None
) -> pd.DataFrame:
    """Return what of the seafront is free now, and at the end, when all who have a place have left.

    Parameters
    ----------
    before, after : mapping of str to table
        As for `board`.
    on : date
        The day.
    coast : GeoDataFrame, optional
        As for `board`.

    Returns
    -------
    DataFrame
        By ``figure``: ``label``, ``label_es``, ``unit``, ``before``, ``after``. Lengths only where the shore
        is known.

    Examples
    --------
    >>> known = {name: ilo_gis.io.sample(name) for name in ("occupants", "moves")}
    >>> told = coast_figures(known, known, pandas.Timestamp("1994-06-30"))
    >>> told.loc[["freed_area", "freed_area_end"], "after"].tolist()
    [5400.0, 18600.0]
    """
    told = {when: _free(tables, on, coast) for when, tables in (("before", before), ("after", after))}
    names = pd.DataFrame(FIGURES, index=["label", "label_es", "unit"]).T
    return names.assign(**told).dropna().astype(dict.fromkeys(told, float)).rename_axis("figure")


def tables_of_board(known: Tables) -> dict[str, pd.DataFrame]:
    """Return the tables of the board, whole; those that are not there are empty.

    Examples
    --------
    >>> read = tables_of_board({"occupants": ilo_gis.io.sample("occupants")})
    >>> len(read["occupants"]), len(read["tasks"])
    (15, 0)
    """
    if "occupants" not in known:
        raise RuleError("There are no occupants of the seafront. Open the project that has them.")
    people = complete(known["occupants"], "occupants")
    more = ("moves", "receiving_sites", "agreements", "obligations", "tasks", "seafront", "stretches")
    found = {name: complete(known[name], name) if name in known else empty(name, people.crs) for name in more}
    return {"occupants": people, **found}


# -- what blocks ---------------------------------------------------------------------------------------

Row = tuple[str, str, str, tuple[tuple[str, ...], tuple[str, ...]]]  # who, kind, what, words in en and es
NO_WORDS: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


def _places(staying: pd.DataFrame, sites: pd.DataFrame, day: pd.Timestamp) -> Iterator[Row]:
    for who, goes in staying["receiving_id"].items():
        if pd.isna(goes) or goes not in sites.index:
            yield str(who), "place", "", NO_WORDS
            continue
        ready = sites.at[goes, "ready"]
        if pd.isna(ready):
            yield str(who), "ready", goes, tuple((goes, TEXTS["undated"][k]) for k in (0, 1))  # type: ignore[misc]
        elif ready > day:
            yield str(who), "ready", goes, ((goes, f"{ready:%Y-%m-%d}"),) * 2


def _promises(staying: pd.DataFrame, read: Tables, day: pd.Timestamp) -> Iterator[Row]:
    """Yield who has no agreement yet, and what of an agreement is not done."""
    pacts = read["agreements"]
    pacts = pacts[pacts["date"] <= day]
    parties = pacts["occupants"].str.split(";").explode().str.strip()
    duties = read["obligations"]
    open_ones = duties[~(duties["fulfilled"] <= day)]
    for who in staying.index:
        own = parties.index[parties == who]
        if own.empty:
            yield str(who), "agreement", "", NO_WORDS
        for duty in open_ones[open_ones["agreement_id"].isin(own)].itertuples():
            said = _both(duty.what)
            yield (
                str(who),
                "obligation",
                str(duty.Index),
                tuple((duty.party, duty.agreement_id, one) for one in said),
            )  # type: ignore[misc]


def _tasks(here: pd.DataFrame, tasks: pd.DataFrame, day: pd.Timestamp) -> Iterator[Row]:
    """Yield the tasks of occupants that are not done, and those of others that these wait for."""
    waiting = tasks[~(tasks["done"] <= day)]
    needs = waiting["depends"].fillna("").str.split(";").map(lambda ids: [one.strip() for one in ids])
    kind, about = waiting["kind"].astype(str), waiting["occupant_id"].fillna("").astype(str)
    for who in here.index:
        own = list(waiting.index[(about == who) & kind.isin(WORKS)])
        seen = dict.fromkeys(own)
        for task in (queue := list(own)):
            new = [one for one in needs[task] if one in waiting.index and one not in seen]
            seen |= dict.fromkeys(new)
            queue += new
        for task in seen:
            said, whose = _both(waiting.at[task, "name"], task), about[task]
            other = whose not in ("", who)
            words = tuple((whose, one) if other else (one,) for one in said)
            yield str(who), "other" if other else "task", str(task), words  # type: ignore[misc]


def _both(text: object, usual: object = "") -> tuple[str, str]:
    """Return a text that is told as "Spanish / English" in English and in Spanish."""
    said = str(usual) if pd.isna(text) else str(text)
    spanish, _, english = said.partition(" / ")
    return english or spanish, spanish


# -- the shore -----------------------------------------------------------------------------------------


def _stretches(
    read: Tables, step: pd.Series, on: date, coast: gpd.GeoDataFrame | None
) -> gpd.GeoDataFrame | None:
    """Return the stretches of the shore in a state of occupants; None where no shore is known."""
    people, seafront = read["occupants"], read["seafront"]
    if coast is None:
        if read["stretches"].empty:
            return None
        lines = read["stretches"].sort_values(["line", "from_m"]).groupby("line")["geometry"]
        whole = [shapely.line_merge(shapely.union_all(part.to_numpy())) for _, part in lines]
        coast = gpd.GeoDataFrame(geometry=whole, crs=people.crs)
    pieces = seafront if len(seafront) else None
    return stretches(coast, people, step.to_frame("step"), pieces, on=on)


def _fronted(shore: gpd.GeoDataFrame | None, ids: pd.Index) -> pd.Series:
    """Return the metres of shore that each occupant fronts or fronted; NaN where no shore is known."""
    if shore is None:
        return pd.Series(np.nan, ids)
    whose = (shore["occupants"] + ";" + shore["gone"]).str.split(";").explode()
    return shore["length"].reindex(whose.index).groupby(whose.to_numpy()).sum().reindex(ids, fill_value=0.0)


def _free(known: Tables, on: date, coast: gpd.GeoDataFrame | None) -> pd.Series:
    """Return the figures of one state of the tables."""
    read, words = tables_of_board(known), steps()
    now, people = reached(read, on), read["occupants"]
    freeing = words.index[words["free"]]
    end = now.mask(people["receiving_id"].notna() & ~now.isin(freeing), freeing[0])
    found = {}
    for suffix, step in (("", now), ("_end", end)):
        found[f"freed_area{suffix}"] = float(people.loc[step.isin(freeing), "area"].sum())
        if (shore := _stretches(read, step, on, coast)) is not None:
            walk = continuity(shore)
            found[f"freed_shore{suffix}"] = walk.freed
            found[f"longest{suffix}"], found[f"gaps{suffix}"] = (
                walk.longest,
                float((~walk.runs["open"]).sum()),
            )
    return pd.Series(found)
