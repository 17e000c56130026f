"""Plans side by side: what each figure is in each, and which plan is better by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.errors import RuleError
from ilo_gis.tables import Plan

__all__ = ["compare"]

NEAR = 1e-9  # share by which two values may differ and be the same
ABOUT = ["label", "label_es", "unit", "direction", "target"]
SIGN = {"more": 1.0, "less": -1.0, "neither": np.nan}

Floats = NDArray[np.float64]


def compare(plans: Mapping[str, Plan]) -> pd.DataFrame:
    """Return the figures of several plans side by side.

    Parameters
    ----------
    plans : mapping of str to Plan
        Plans by name, whose table ``indicators`` is filled. The first is what the others are held
        against.

    Returns
    -------
    DataFrame
        A row for each indicator that any of the plans has. The columns have two levels, ``figure`` and
        ``plan``: ``label``, ``label_es``, ``unit``, ``direction``, ``target`` (empty where the
        plans have different ones, as those for lots of different types have) and ``best`` (the
        first of the plans with the best value; empty where all are the same or none is better)
        stand alone; ``value`` and ``met`` have a column for each plan; ``difference`` (to the first) and
        ``against`` ("better", "worse", "same"; empty where the direction is neither or a value
        is empty) have one for each of the others.

    Raises
    ------
    RuleError
        If there are fewer than two plans, or one has no indicators.

    Examples
    --------
    >>> from dataclasses import replace
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 80, 40)], crs=32719)
    >>> norms, plans = ilo_gis.norms.load("pe"), {}
    >>> for name, area in (("wide", 160.0), ("small", 120.0)):
    ...     rule = ilo_gis.subdivision.LotRule(min_area=area, min_frontage=area / 20)
    ...     plan = ilo_gis.workflows.lots_in_blocks(blocks, rule)
    ...     found = ilo_gis.subdivision.indicators(plan, rule, norms=norms)
    ...     plans[name] = replace(plan, indicators=found)
    >>> compare(plans).loc["lots", [("difference", "small"), ("against", "small")]].tolist()
    [6.0, 'better']
    """
    if len(plans) < 2:
        raise RuleError(f"There {'is 1 plan' if plans else 'are no plans'} to compare. Give two or more.")
    for name, plan in plans.items():
        if plan.indicators.empty:
            raise RuleError(
                f"The plan {name!r} has no indicators. Fill them: dataclasses.replace(plan, "
                "indicators=indicators(plan, rule, norms=norms))."
            )
    tables = [plan.indicators for plan in plans.values()]
    order = _order(tables)
    about = pd.concat([table[ABOUT] for table in tables])
    targets = about.groupby(level=0)["target"]
    about = about[~about.index.duplicated()].loc[order]
    about["target"] = about["target"].mask(targets.min() != targets.max())
    values, met = (pd.concat([t[k] for t in tables], axis=1, keys=plans).loc[order] for k in ("value", "met"))
    sign = about["direction"].astype(str).map(SIGN).to_numpy(dtype=float)
    others = values.iloc[:, 1:]
    difference = others.sub(values.iloc[:, 0], axis=0)
    parts = {(name, ""): about[name] for name in ABOUT}
    parts |= {("value", name): values[name] for name in values}
    parts |= {("met", name): met[name].astype("boolean") for name in met}
    parts |= {("difference", name): difference[name] for name in others}
    parts |= {("against", name): _against(values.iloc[:, 0], others[name], sign) for name in others}
    parts |= {("best", ""): _best(values, sign)}
    return pd.DataFrame(parts, index=about.index).rename_axis(columns=["figure", "plan"])


def _order(tables: Sequence[pd.DataFrame]) -> list[str]:
    """Return the rows of all tables; what only one has stands where it stands there."""
    names: list[str] = []
    for table in tables:
        place = 0
        for name in table.index:
            if name not in names:
                names.insert(place, name)
            place = names.index(name) + 1
    return names


def _against(first: pd.Series, other: pd.Series, sign: Floats) -> pd.Series:
    one, two = first.to_numpy(dtype=float), other.to_numpy(dtype=float)
    told = np.where(sign * (two - one) > 0, "better", "worse").astype(object)
    told[np.isclose(one, two, rtol=NEAR, atol=0)] = "same"
    return pd.Series(told, other.index, dtype="string").mask(np.isnan(sign * (two - one)))


def _best(values: pd.DataFrame, sign: Floats) -> pd.Series:
    merit = sign[:, None] * values.to_numpy(dtype=float)
    told = ~np.isnan(merit)
    high = np.where(told, merit, -np.inf).max(axis=1)
    low = np.where(told, merit, np.inf).min(axis=1)
    names = values.columns.to_numpy(dtype=object)[np.where(told, merit, -np.inf).argmax(axis=1)]
    none = (told.sum(axis=1) < 2) | np.isclose(high, low, rtol=NEAR, atol=0)
    return pd.Series(names, values.index, dtype="string").mask(none)
