"""Who may get a lot: each applicant eligible, observed or excluded, with the reasons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.promuvi.rules import MISSING, SOME, Rule, Rules, usual_rules
from ilo_gis.tables import complete, conform, empty, findings, join_findings
from ilo_gis.tables.entries import require_day

__all__ = ["check_register", "eligibility", "with_households"]

STATUS = ("eligible", "observed", "excluded")
NEEDED = ("household_id", "applied_on")  # without these an application cannot even be put in order
HOUSEHOLD, HOLDS, TERM = "household", "holds_lot", "term"


def eligibility(
    applicants: pd.DataFrame,
    households: pd.DataFrame,
    on: date,
    rules: Rules | None = None,
    *,
    holders: Iterable[str] = (),
    before: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Tell who may get a lot on a day, and every reason why not.

    Whoever fails a rule that excludes is excluded. What can be mended, and every column that says nothing,
    is observed: the term to mend it starts on the day of the first assessment that told it. After the last
    day of the term the observation excludes, and no later mending undoes that.

    Parameters
    ----------
    applicants : DataFrame
        Table ``applicants``.
    households : DataFrame
        Table ``households``.
    on : date
        Day of the assessment.
    rules : Rules, optional
        Rules and term (days); by default those that ilo_gis ships.
    holders : iterable of str
        Households that hold a lot on the day: excluded.
    before : DataFrame, optional
        Table ``eligibility`` of the assessment before this one: it tells since when a term runs.

    Returns
    -------
    DataFrame
        Table ``eligibility``, by applicant: ``household_id``, ``status`` (eligible, observed, excluded),
        ``reasons`` (codes joined by ``;``, in the order of the rules), ``mend_by`` (last day to mend).

    Raises
    ------
    SchemaError
        If a table lacks required columns, or ids repeat.
    RuleError
        If `on` is no date.

    References
    ----------
    López Follegatti 1999, "Ilo: a city in transformation", section II.c (social need verified by municipality
    and residents' leaders, owners excluded); Balvín and others 1996, section V (the layout is accepted).

    Examples
    --------
    >>> households = pandas.DataFrame({"members": 4, "dependants": 2, "income": 900.0, "tenure": "rents",
    ...     "resident_since": pandas.Timestamp("1985-01-01"), "owns_property": [False, True],
    ...     "participation": 3}, index=pandas.Index(["H1", "H2"], name="household_id"))
    >>> applicants = pandas.DataFrame({"household_id": ["H1", "H2"], "accepts_layout": True,
    ...     "applied_on": pandas.Timestamp("1991-05-02"), "need_municipality": True,
    ...     "need_leaders": [None, True]}, index=pandas.Index(["A1", "A2"], name="applicant_id"))
    >>> eligibility(applicants, households, pandas.Timestamp("1991-06-01"))["reasons"].tolist()
    ['missing.need_leaders', 'owns_property']
    """
    rules = rules or usual_rules()
    today = require_day(on)
    known = with_households(applicants, households)
    if known.empty:
        return empty("eligibility")
    parts = [_told(known, HOUSEHOLD, known["household_id"].notna() & ~known["registered"], "observed")]
    parts += [_told(known, HOLDS, known["household_id"].isin(set(holders)), "excluded")]
    for name, rule in rules.rules.items():
        parts += _judged(known, name, rule, today)
    asked = dict.fromkeys([*NEEDED, *(c for rule in rules.rules.values() for c in rule.columns)])
    asked |= dict.fromkeys(rules.ranked_by)
    for column in asked:
        of_household = column not in applicants and column in households
        blank = known[column].isna() & (known["registered"] | (not of_household))
        parts.append(_told(known, f"{MISSING}{column}", blank, "observed"))
    excluded = np.logical_or.reduce([mask for _, mask, effect in parts if effect == "excluded"])
    observed = np.logical_or.reduce([mask for _, mask, effect in parts if effect == "observed"]) & ~excluded
    reasons = np.full(len(known), "", dtype=object)
    for code, mask, _ in parts:
        reasons[mask] += f";{code}"
    made = pd.DataFrame({"household_id": known["household_id"], "reasons": reasons}, index=known.index)
    made["status"] = np.select([excluded, observed], ["excluded", "observed"], "eligible")
    made["mend_by"] = pd.Series(today + pd.Timedelta(days=rules.mend_days), made.index).where(observed)
    made = _lapsed(made, before, today)
    made["reasons"] = made["reasons"].str.lstrip(";").replace("", None).astype("string")
    return complete(made, "eligibility")[list(empty("eligibility").columns)]


def check_register(applicants: pd.DataFrame, households: pd.DataFrame, on: date) -> gpd.GeoDataFrame:
    """Name what is wrong in the register itself, so that no ranking can rest on it.

    Parameters
    ----------
    applicants, households : DataFrame
        Tables of these names.
    on : date
        Day of the assessment: no application is of a later day.

    Returns
    -------
    GeoDataFrame
        Table ``findings``, all errors: applications without household or day, of a household that is not in
        the register, of a day to come; households with no members, more dependants than members, negative
        income or participation, or a first day of residence to come.

    Raises
    ------
    SchemaError
        If a table lacks required columns, or ids repeat.
    RuleError
        If `on` is no date.

    References
    ----------
    López Follegatti 1999, section II.c.

    Examples
    --------
    >>> households = pandas.DataFrame({"members": [4]}, index=pandas.Index(["H1"], name="household_id"))
    >>> applicants = pandas.DataFrame({"household_id": ["H9"], "applied_on": ["1991-05-02"]},
    ...     index=pandas.Index(["A1"], name="applicant_id"))
    >>> check_register(applicants, households, pandas.Timestamp("1991-06-01"))["message_es"].tolist()
    ['La postulación es de un hogar que no figura en el padrón: H9.']
    """
    today = require_day(on)
    known, homes = with_households(applicants, households), complete(households, "households")
    found = [empty("findings")]
    for column in NEEDED:
        gap = known[known[column].isna()]
        found.append(findings("applicants", gap, "promuvi.applicant_incomplete", detail=column))
    strange = known[known["household_id"].notna() & ~known["registered"]]
    ids = strange["household_id"].tolist()
    found.append(findings("applicants", strange, "promuvi.household_unknown", detail=ids))
    late = known[known["applied_on"] > today]
    days = late["applied_on"].dt.strftime("%Y-%m-%d").tolist()
    found.append(findings("applicants", late, "promuvi.future", detail=days))
    wrong = {
        "members": homes["members"] < 1,
        "dependants": (homes["dependants"] < 0) | (homes["dependants"] > homes["members"]),
        "income": homes["income"] < 0,
        "participation": homes["participation"] < 0,
        "resident_since": homes["resident_since"] > today,
    }
    for column, mask in wrong.items():
        bad = homes[mask.fillna(False).to_numpy(bool)]
        details = [f"{column} = {value}" for value in bad[column]]
        found.append(findings("households", bad, "promuvi.household_figure", detail=details))
    return join_findings(*found)


def with_households(applicants: pd.DataFrame, households: pd.DataFrame) -> pd.DataFrame:
    """Return applicants in the order of their ids, with the columns of their households.

    Returns
    -------
    DataFrame
        Columns of both tables, and ``registered``: whether the household is in the register.

    Raises
    ------
    SchemaError
        If a table lacks required columns, or ids repeat.

    Examples
    --------
    >>> tables = [ilo_gis.tables.empty(name) for name in ("applicants", "households")]
    >>> "registered" in with_households(*tables)
    True
    """
    asked, homes = complete(applicants, "applicants"), complete(households, "households")
    asked = asked[list(empty("applicants").columns)].sort_index()
    of = asked["household_id"].astype("string").replace("", pd.NA)
    of_each = homes[list(empty("households").columns)].reindex(pd.Index(of.astype(object)))
    registered = of.isin(homes.index.astype(str)).fillna(False).astype(bool)
    return asked.assign(household_id=of).join(of_each.set_axis(asked.index)).assign(registered=registered)


Told = tuple[str, NDArray[np.bool_], str]  # reason, where, effect


def _told(known: pd.DataFrame, code: str, where: pd.Series, effect: str) -> Told:
    return code, where.reindex(known.index).fillna(False).to_numpy(bool), effect


def _judged(known: pd.DataFrame, name: str, rule: Rule, today: pd.Timestamp) -> list[Told]:
    """Return where a rule is broken, and where its columns disagree."""
    columns = known[list(rule.columns)]
    if rule.asks == "first":
        order = known.sort_values("applied_on", kind="stable", na_position="last")
        again = order.duplicated(list(rule.columns)) & columns.loc[order.index].notna().all(axis=1)
        return [_told(known, name, again, rule.effect)]
    if rule.asks == "years":
        last = today - pd.DateOffset(years=rule.value)
        broken = columns.gt(last)
    else:
        broken = columns.astype("boolean").eq(rule.asks == "no").fillna(False)
    clear = columns.notna() & ~broken
    if not rule.some:
        return [_told(known, name, broken.any(axis=1), rule.effect)]
    both = broken.any(axis=1) & clear.any(axis=1)
    return [
        _told(known, name, broken.all(axis=1), rule.effect),
        _told(known, f"{name}{SOME}", both, rule.some),
    ]


def _lapsed(made: pd.DataFrame, before: pd.DataFrame | None, today: pd.Timestamp) -> pd.DataFrame:
    """Hold what is observed to the term that the assessment before set; past it, exclude."""
    if before is None or before.empty:
        return made
    earlier = complete(conform(before, "eligibility"), "eligibility").reindex(made.index)
    out = earlier["reasons"].fillna("").str.split(";").map(lambda codes: TERM in codes).astype(bool)
    running = (earlier["status"] == "observed").fillna(False) & earlier["mend_by"].notna()
    still = made["status"] == "observed"
    out |= running & still & (earlier["mend_by"] < today)
    made["mend_by"] = made["mend_by"].mask(running & still, earlier["mend_by"]).mask(out)
    made["status"] = made["status"].mask(out, "excluded")
    made["reasons"] = made["reasons"].mask(out, made["reasons"] + f";{TERM}")
    return made
