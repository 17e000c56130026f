"""What an allotment may give, and what it refuses: taken and reserved lots, wishes, who holds one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import geopandas as gpd
import pandas as pd

from ilo_gis.errors import RuleError, did_you_mean, some_ids
from ilo_gis.tables import conform

__all__ = ["held", "require_new", "reserved", "wishes_of"]


def held(taken: pd.DataFrame | Iterable[str], lots: gpd.GeoDataFrame) -> tuple[set[str], set[str]]:
    """Return lots that are taken, and households that hold one."""
    if isinstance(taken, pd.DataFrame):
        states = conform(taken, "lot_states")
        states = states[states["stage"].astype(str) != "free"]
        gone, holders = set(states.index.astype(str)), set(states["household_id"].dropna().astype(str))
    else:
        gone, holders = {str(lot) for lot in taken}, set()
    if strange := sorted(gone - set(lots.index)):
        raise RuleError(f"Lots that are taken but are not among the lots: {some_ids(strange)}.")
    return gone, holders


def require_new(who: pd.DataFrame, holders: set[str]) -> None:
    """Raise if a household is ranked twice or holds a lot, or places repeat."""
    if (twice := who["household_id"].duplicated(keep=False)).any():
        ids = who["household_id"][twice].unique()
        raise RuleError(f"Households that are ranked twice: {some_ids(ids)}. A household gets one lot.")
    if (again := who["household_id"].isin(holders)).any():
        raise RuleError(
            f"Households that hold a lot already: {some_ids(who['household_id'][again])}. Leave them out: "
            "`eligibility(..., holders=...)`."
        )
    if who["place"].duplicated().any():
        raise RuleError(f"Places of the ranking repeat: {some_ids(who.index[who['place'].duplicated()])}.")


def reserved(lots: gpd.GeoDataFrame, reserve: Mapping[str, Any]) -> pd.Series:
    """Tell which lots are kept back."""
    kept = pd.Series(False, lots.index)
    for column, value in reserve.items():
        if column not in lots:
            raise RuleError(
                f"Lots have no column {column!r}{did_you_mean(column, lots.columns)} to reserve by."
            )
        said = lots[column].astype("string").str.casefold()
        kept |= (said == str(value).casefold()).fillna(False).astype(bool)
    return kept


def wishes_of(who: pd.DataFrame, lots: gpd.GeoDataFrame) -> dict[str, list[str]]:
    """Return the wishes of each applicant who has any."""
    each = who["preferences"].dropna().str.split(";").explode().str.strip()
    each = each[each != ""]
    real = lots.index[lots["kind"] == "lot"]
    if len(strange := each[~each.isin(real)]):
        named = [f"{id_}: {lot}" for id_, lot in strange.items()]
        raise RuleError(f"Wishes for lots that are not among the lots: {some_ids(named)}. Mend the ranking.")
    pairs = each.reset_index()
    if (twice := pairs.duplicated()).any():
        named = [f"{id_}: {lot}" for id_, lot in pairs[twice].itertuples(index=False)]
        raise RuleError(f"Lots wished for twice by one applicant: {some_ids(named)}. Name each once.")
    return {str(id_): lots_.tolist() for id_, lots_ in each.groupby(level=0)}
