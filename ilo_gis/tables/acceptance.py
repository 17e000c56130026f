"""Findings that a planner has looked at and accepts, each with the reason."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pandas as pd

from ilo_gis.errors import RuleError
from ilo_gis.tables.findings import details
from ilo_gis.tables.schema import conform

__all__ = ["accept", "accepted_reasons"]


def accept(found: pd.DataFrame, reason: str, by: str | None = None) -> pd.DataFrame:
    """Return findings as accepted, for the project that they are of.

    Parameters
    ----------
    found : DataFrame
        Rows of the table ``findings``.
    reason : str
        Why they are accepted.
    by : str, optional
        Account or office that accepts them; no persons.

    Returns
    -------
    DataFrame
        Table ``accepted_findings``: index ``acceptance_id``; ``table``, ``feature``, ``rule``, ``found``,
        ``reason``, ``accepted`` (UTC), ``accepted_by``.

    Raises
    ------
    RuleError
        If there is no reason.

    Examples
    --------
    >>> small = geopandas.GeoDataFrame(index=["K-3"], geometry=[shapely.box(0, 0, 8, 10)], crs=32719)
    >>> found = ilo_gis.tables.findings("lots", small, "lot.min_area", required=160, found=small.area)
    >>> accept(found, "built before 1995")["reason"].to_dict()
    {'lots/K-3/lot.min_area/80.00': 'built before 1995'}
    """
    if not reason.strip():
        raise RuleError("A finding is accepted for a reason. Write it.")
    kept = found[["table", "feature", "rule", "found"]].assign(
        reason=reason.strip(),
        accepted=pd.Timestamp(datetime.now(UTC).replace(tzinfo=None)).floor("s"),
        accepted_by=by,
    )
    kept = kept.set_axis(pd.Index(_ids(found), name="acceptance_id"))
    return conform(kept[~kept.index.duplicated()], "accepted_findings")


def accepted_reasons(found: pd.DataFrame, accepted: pd.DataFrame) -> pd.Series:
    """Return why each finding is accepted; missing for those that are open.

    An acceptance outlives a new check, for findings are known by feature, rule, value found and detail,
    such as the other feature: if the value changes, the finding is open again. Acceptances that were kept
    without the detail hold for all findings with the same feature, rule and value.

    Parameters
    ----------
    found : DataFrame
        Table ``findings``, of any run of a check.
    accepted : DataFrame
        Table ``accepted_findings``.

    Returns
    -------
    Series
        ``reason``, on the index of `found`.

    Examples
    --------
    >>> small = geopandas.GeoDataFrame(index=["K-3"], geometry=[shapely.box(0, 0, 8, 10)], crs=32719)
    >>> found = ilo_gis.tables.findings("lots", small, "lot.min_area", required=160, found=small.area)
    >>> accepted_reasons(found.assign(found=79.0), accept(found, "built before 1995")).isna().tolist()
    [True]
    """
    known = accepted["reason"].astype("string")
    own, shared = (pd.Series(known.reindex(ids).array, found.index) for ids in (_ids(found), _values(found)))
    return own.fillna(shared).rename("reason")


def _ids(found: pd.DataFrame) -> list[str]:
    pairs = zip(_values(found), details(found), strict=True)
    return [f"{value}/{detail}" if detail else value for value, detail in pairs]


def _values(found: pd.DataFrame) -> list[str]:
    rows = zip(found["table"], found["feature"], found["rule"], found["found"], strict=True)
    return [f"{t}/{f}/{r}" + ("" if np.isnan(value) else f"/{value:.2f}") for t, f, r, value in rows]
