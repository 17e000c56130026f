"""Lots that a growing city needs, year by year, from counts of its people."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.errors import RuleError, SchemaError, some_ids

__all__ = ["demand_series", "growth_rates", "level_demand", "population", "scenario_rates", "whole_lots"]

NEAR = 1e-9  # lots: what rounding may leave over a whole number

Floats = NDArray[np.float64]


@cache
def growth_data() -> Mapping[str, Any]:
    """Return the figures of ``growth.toml``."""
    return tomllib.loads((files(__package__) / "growth.toml").read_text("utf-8"))


def population(city: str = "ilo") -> pd.DataFrame:
    """Return the counts of a city's people that the library knows, with those that contradict each other.

    Parameters
    ----------
    city : str
        A city of ``growth.toml``.

    Returns
    -------
    DataFrame
        Index ``observation``; ``year``, ``persons``, ``used`` (whether it is reckoned with: of figures
        that contradict each other one is), ``source``, ``confidence``, ``note``; by year.

    Raises
    ------
    RuleError
        If the city is not known.

    References
    ----------
    Balvín, López Follegatti and Hordijk 1996, table 1; López Follegatti 1999, section I.

    Examples
    --------
    >>> seen = population()
    >>> seen[seen["used"]].set_index("year")["persons"].to_dict()
    {1941: 1000, 1961: 10000, 1972: 21000, 1981: 38000, 1993: 44000, 1999: 60000}
    """
    known = growth_data()["population"]
    if city not in known:
        raise RuleError(f"There are no counts of {city!r}. There are those of: {', '.join(known)}.")
    table = pd.DataFrame([{"used": True, "note": ""} | one for one in known[city]["observations"]])
    table.index = pd.RangeIndex(1, len(table) + 1, name="observation")
    return table[["year", "persons", "used", "source", "confidence", "note"]]


def growth_rates(people: pd.DataFrame | pd.Series) -> pd.DataFrame:
    """Return how fast a city grew between each two counts of its people.

    Parameters
    ----------
    people : DataFrame or Series
        Counts: a table as that of `population`, with ``year`` and ``persons``, or persons by year.

    Returns
    -------
    DataFrame
        Index ``period`` such as "1981-1993"; ``start``, ``stop`` (years), ``rate``, the share a year
        that, compounded, leads from one count to the next.

    Raises
    ------
    SchemaError
        If columns are missing, counts are no positive numbers, or a year is counted twice.

    Examples
    --------
    >>> growth_rates(population())["rate"].mul(100).round(1).to_dict()
    {'1941-1961': 12.2, '1961-1972': 7.0, '1972-1981': 6.8, '1981-1993': 1.2, '1993-1999': 5.3}
    """
    seen = _counts(people)
    years, persons = seen.index.to_numpy(), seen.to_numpy()
    rate = (persons[1:] / persons[:-1]) ** (1 / np.diff(years)) - 1
    index = pd.Index([f"{a}-{b}" for a, b in pairwise(years)], name="period", dtype=object)
    return pd.DataFrame({"start": years[:-1], "stop": years[1:], "rate": rate}, index=index)


def scenario_rates(people: pd.DataFrame | pd.Series | None = None) -> pd.Series:
    """Return the rate of growth of each scenario of ``growth.toml``: that of a period that was seen.

    Parameters
    ----------
    people : DataFrame or Series, optional
        Counts that have the years of the scenarios; those of Ilo by default.

    Returns
    -------
    Series
        ``rate``, share a year, by ``scenario``.

    Raises
    ------
    SchemaError
        If a year of a scenario was not counted.

    Examples
    --------
    >>> scenario_rates().mul(100).round(1).to_dict()
    {'low': 1.2, 'mid': 5.3, 'high': 6.8}
    """
    seen = _counts(population() if people is None else people)
    rates = {}
    for name, one in growth_data()["scenarios"].items():
        start, stop = one["period"]
        if missing := [year for year in (start, stop) if year not in seen.index]:
            raise SchemaError(
                f"Scenario {name!r} is that of {start} to {stop}, but {missing} was not counted."
            )
        rates[name] = (seen[stop] / seen[start]) ** (1 / (stop - start)) - 1
    return pd.Series(rates, name="rate").rename_axis("scenario")


def demand_series(
    people: pd.DataFrame | pd.Series,
    years: Sequence[int],
    *,
    persons_per_lot: float,
    scenario: str | float | None = None,
    known_until: int | None = None,
    backlog: float = 0.0,
    backlog_years: int | None = None,
) -> pd.DataFrame:
    """Return the lots that are needed in each year, for growth and for families without a lot.

    Between two counts people grow by the same share each year; before the first and after the last
    they do so at the rate of the nearest period, or after the last at that of `scenario`. A year in
    which people become fewer needs no lots, and frees none.

    Parameters
    ----------
    people : DataFrame or Series
        Counts: a table as that of `population` (rows with ``used`` false do not count), or persons by
        year. Two or more.
    years : sequence of int
        Years one after another, such as ``range(1990, 1997)``.
    persons_per_lot : float
        Persons for whom one lot is needed.
    scenario : {"low", "mid", "high"} or float, optional
        Growth after the last count: a scenario of ``growth.toml`` (rates of Ilo), or a share a year.
    known_until : int, optional
        Counts of later years are left out, as for whoever planned then.
    backlog : float
        Lots wanting before the first year.
    backlog_years : int, optional
        Years, from the first, over which these are made up evenly; all by default.

    Returns
    -------
    DataFrame
        Index ``year``; ``persons`` at its end, ``growth`` (persons more than at the end of the year
        before), ``backlog`` (lots), ``lots``: whole lots, such that the sum up to each year
        is what is needed up to then, rounded up.

    Raises
    ------
    SchemaError
        If counts are fewer than two, not positive, or of the same year.
    RuleError
        If years are not one after another, or a figure makes no sense.

    Examples
    --------
    Seven years of Ilo, with growth between counts only:

    >>> demand_series(population(), range(1990, 1997), persons_per_lot=5)["lots"].tolist()
    [104, 104, 105, 107, 467, 492, 517]
    """
    wanted = _years(years)
    if not persons_per_lot > 0 or backlog < 0 or not np.isfinite([persons_per_lot, backlog]).all():
        raise RuleError(
            f"persons_per_lot is {persons_per_lot}, backlog {backlog}; the first should be above 0, "
            "the second not below."
        )
    seen = _counts(people)
    seen = seen if known_until is None else seen[seen.index <= known_until]
    if len(seen) < 2:
        raise SchemaError("Growth takes two counts of people or more. Give more, or a later known_until.")
    later = _rate(scenario, growth_rates(seen)["rate"].iloc[-1])
    persons = _persons(seen, np.append(wanted[0] - 1, wanted), later)
    growth = np.diff(persons)
    spread = len(wanted) if backlog_years is None else backlog_years
    if not 1 <= spread <= len(wanted):
        raise RuleError(f"backlog_years is {backlog_years}; it should be 1 to {len(wanted)}.")
    owed = np.where(np.arange(len(wanted)) < spread, backlog / spread, 0.0)
    return pd.DataFrame(
        {
            "persons": persons[1:],
            "growth": growth,
            "backlog": owed,
            "lots": whole_lots(np.maximum(growth, 0) / persons_per_lot + owed),
        },
        index=pd.Index(wanted, name="year"),
    )


def level_demand(lots: float, years: Sequence[int]) -> pd.DataFrame:
    """Return the same need of lots in each year.

    Parameters
    ----------
    lots : float
        Lots a year, or all of them divided by the years.
    years : sequence of int
        Years one after another.

    Returns
    -------
    DataFrame
        Index ``year``; ``lots``, whole, such that sums are right.

    Raises
    ------
    RuleError
        If years are not one after another, or `lots` is no number from 0 on.

    References
    ----------
    Balvín, López Follegatti and Hordijk 1996, section V: 10,000 lots in seven years.

    Examples
    --------
    >>> needed = level_demand(10_000 / 7, range(1990, 1997))["lots"]
    >>> needed.tolist(), needed.sum()
    ([1429, 1429, 1428, 1429, 1428, 1429, 1428], 10000)
    """
    wanted = _years(years)
    if not 0 <= lots < np.inf:
        raise RuleError(f"{lots} lots a year cannot be: give a number from 0 on.")
    return pd.DataFrame(
        {"lots": whole_lots(np.full(len(wanted), float(lots)))}, index=pd.Index(wanted, name="year")
    )


def whole_lots(lots: Floats) -> NDArray[np.int64]:
    """Return whole lots a year, such that the sum up to each year is the one given, rounded up."""
    return np.diff(np.ceil(np.cumsum(lots) - NEAR), prepend=0.0).astype(np.int64)


def _years(years: Sequence[int]) -> NDArray[np.int64]:
    wanted = np.asarray(list(years), dtype=np.int64)
    if not len(wanted) or (np.diff(wanted) != 1).any():
        raise RuleError(f"years are {some_ids(years)}; they should be one after another: range(1990, 1997).")
    return wanted


def _counts(people: pd.DataFrame | pd.Series) -> pd.Series:
    """Return persons by year, in order, of the counts that are reckoned with."""
    if isinstance(people, pd.DataFrame):
        if missing := {"year", "persons"} - set(people.columns):
            raise SchemaError(f"Counts of people have no column {', '.join(sorted(missing))}.")
        used = people["used"].astype(bool) if "used" in people else np.ones(len(people), dtype=bool)
        people = people[used].set_index("year")["persons"]
    number = pd.to_numeric(people, errors="coerce")
    wrong = number.index[~(number > 0) | np.isinf(number)]
    if len(wrong):
        raise SchemaError(f"Counts of people should be numbers above 0; mend those of: {some_ids(wrong)}.")
    if not number.index.is_unique:
        twice = number.index[number.index.duplicated()].unique().tolist()
        raise SchemaError(f"People are counted twice in {twice}. Keep one, or mark the other used = false.")
    return pd.Series(number.astype(float).to_numpy(), number.index.astype(np.int64)).sort_index()


def _rate(scenario: str | float | None, last: float) -> float:
    if scenario is None:
        return last
    if isinstance(scenario, str):
        rates = scenario_rates()
        if scenario not in rates:
            raise RuleError(f"There is no scenario {scenario!r}. There are: {', '.join(rates.index)}.")
        return float(rates[scenario])
    if not -1 < scenario < np.inf:
        raise RuleError(f"A growth of {scenario} a year cannot be. Give a share, such as 0.053.")
    return float(scenario)


def _persons(seen: pd.Series, years: NDArray[np.int64], later: float) -> Floats:
    """Return the persons at the end of years: along straight lines on a logarithmic scale."""
    known, logs = seen.index.to_numpy(dtype=float), np.log(seen.to_numpy())
    first = (logs[1] - logs[0]) / (known[1] - known[0])
    inside = np.interp(years, known, logs)
    before, after = np.minimum(years - known[0], 0), np.maximum(years - known[-1], 0)
    return np.exp(inside + before * first + after * np.log1p(later))
