"""What a store writes of where a plan comes from."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from ilo_gis.io.store import content_of
from ilo_gis.tables import Plan
from ilo_gis.tables.facts import NOT_TOLD, ORIGIN, facts_of, with_facts

__all__ = ["facts_told"]


def facts_told(
    content: Plan | Mapping[str, pd.DataFrame],
    info: Mapping[str, str] | None,
    known: Mapping[str, str],
    address: str | os.PathLike[str],
) -> dict[str, str]:
    """Return what is to be known of a plan: what the store told, what its tables tell, and what is said.

    Of norms, sources and whether it is schematic a file of a plan says at least that nobody told.
    """
    was = with_facts(pd.DataFrame(), {key: known[key] for key in ORIGIN if key in known})
    told = facts_of(was, *content_of(content).values())
    if "sources" in told:  # the store is no source of itself
        others = [one for one in told["sources"].split("; ") if one != Path(address).name]
        told["sources"] = "; ".join(others) or NOT_TOLD
    if isinstance(content, Plan):
        told = dict.fromkeys(ORIGIN, NOT_TOLD) | told
    return told | {key: str(value) for key, value in (info or {}).items()}
