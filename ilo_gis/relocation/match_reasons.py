"""Why an occupant goes to a site, or has none: in English and Spanish."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.relocation.assignment import NOWHERE
from ilo_gis.relocation.match_terms import LACKS, Terms
from ilo_gis.relocation.needs import Needs
from ilo_gis.tables import empty, findings, join_findings

__all__ = ["reasons", "unmatched"]

Said = tuple[Any, ...]

KM = 1000.0  # m
SHOWN = 5  # sites that would do
TEXTS = {  # English, Spanish
    "told": ("as told", "según lo acordado"),
    "use": ("its uses are {}", "usos: {}"),
    "any_use": ("its uses are not limited", "sin restricción de usos"),
    "area": ("{:,.0f} m2 of land for {:,.0f} needed", "{:,.0f} m2 de terreno; se necesitan {:,.0f}"),
    "no_area": ("its land is not known, {:,.0f} m2 needed", "terreno no conocido; se necesitan {:,.0f} m2"),
    "households": ("all {:,} households stay together", "los {:,} hogares quedan juntos"),
    "unknown_households": ("number of households not known", "número de hogares no conocido"),
    "sea": ("{:,.1f} km to the sea", "{:,.1f} km al mar"),
    "cost": ("cost {:.2f}", "costo {:.2f}"),
    "tie": (
        "{} would cost the same; the first by id was taken",
        "{} costaría lo mismo; se tomó el primero por código",
    ),
    "next": ("next best {}, at {:.3g} more in all", "segunda opción {}, con {:.3g} más en total"),
    "none": ("without it somebody has no place", "sin este lugar alguien queda sin destino"),
}


def reasons(
    matches: pd.DataFrame,
    people: gpd.GeoDataFrame,
    sites: gpd.GeoDataFrame,
    sea: NDArray[np.float64],
    told: NDArray[np.bool_],
) -> tuple[list[str], list[str]]:
    """Return why each match is as it is, in English and in Spanish."""
    group = (people["kind"].astype(str) == "households").to_numpy()
    uses, near = sites["uses"].fillna("").to_numpy(), (matches["cost_shore"] > 0).to_numpy()
    rows = zip(matches.itertuples(index=False), uses, group, near, sea, told, strict=True)
    said = [_said(*row) for row in rows]
    return [_joined(one, 0) for one in said], [_joined(one, 1) for one in said]


def _said(row: Any, uses: str, group: bool, near: bool, sea: float, told: bool) -> list[Said]:
    """Return what is said of one match: texts by name, and what fills them in."""
    said: list[Said] = [("told",)] if told else []
    said.append(("use", uses.replace(";", ", ")) if uses else ("any_use",))
    known = not np.isnan(row.area)
    said.append(("area", row.area, row.area_needed) if known else ("no_area", row.area_needed))
    if group:
        unknown = pd.isna(row.households)
        said.append(("unknown_households",) if unknown else ("households", int(row.households)))
    if near:
        said.append(("sea", sea / KM))
    said.append(("cost", row.cost))
    if np.isnan(row.next_cost):
        return said if told else [*said, ("none",)]
    return [*said, ("tie", row.next_id) if row.next_cost == 0 else ("next", row.next_id, row.next_cost)]


def _joined(said: list[Said], language: int) -> str:
    text = "; ".join(TEXTS[name][language].format(*values) for name, *values in said)
    return f"{text[0].upper()}{text[1:]}."


def unmatched(
    people: gpd.GeoDataFrame, sites: gpd.GeoDataFrame, needs: Needs, known: Terms, places: NDArray[np.int64]
) -> gpd.GeoDataFrame:
    """Return who has no place, and the first thing that no site has together with those before it."""
    found = [empty("findings", people.crs)]
    wants = needs.of(people)
    for who in np.flatnonzero(places == NOWHERE):
        left = np.ones(len(sites), dtype=bool)
        missing = "full" if len(sites) else "free"
        for name in LACKS:
            if not (left & ~known.lacks[name][who]).any():
                missing = name
                break
            left &= ~known.lacks[name][who]
        would = ", ".join(sites.index[left].astype(str)[:SHOWN])
        told: dict[str, tuple[str, Any, Any]] = {
            "use": (", ".join(wants[who].uses), np.nan, np.nan),
            "room": ("", known.households[who], _most(known.room[left])),
            "area": ("", known.area[who], _most(known.land[left])),
            "shore": ("", wants[who].shore_within, np.nanmin(known.sea[left], initial=np.inf)),
        }
        detail, required, most = told.get(missing, (would, np.nan, np.nan))
        row = people.iloc[[who]]
        found.append(
            findings("occupants", row, f"match.{missing}", detail=detail, required=required, found=most)
        )
    return join_findings(*found)


def _most(values: NDArray[np.float64]) -> float:
    """Return the greatest that is known, or 0."""
    return float(np.nan_to_num(values).max(initial=0.0))
