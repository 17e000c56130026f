"""Schools, health posts and parks that a number of inhabitants needs, and what is reserved for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from ilo_gis.errors import RuleError, SchemaError
from ilo_gis.norms import Norm
from ilo_gis.tables import conform, empty, require_geometry, require_metres
from ilo_gis.tables.kinds import kinds, usual_kinds

__all__ = ["facilities_needed"]

STANDARD = "sisne."  # norms of facilities by inhabitants
ROUNDING = 1e-6  # m2 that a site may fall short by
ABOUT = ("article", "source", "confidence")


def facilities_needed(
    persons: float,
    norms: Mapping[str, Norm],
    *,
    area: float | None = None,
    lot_type: int | None = None,
    reserves: gpd.GeoDataFrame | None = None,
) -> pd.DataFrame:
    """Return the public facilities that inhabitants need, and how much of them has a site.

    Facilities go by inhabitants: floor(inhabitants / inhabitants for each). Parks go by land: the
    shares for leisure that a type of lot asks for.

    Parameters
    ----------
    persons : float
        Inhabitants, 0 or more.
    norms : mapping of str to Norm
        All of ``sisne`` with persons for each facility and least site (m2); ``th010.reserves_1`` to
        ``_6`` for parks.
    area : float, optional
        Land that reserves are a share of, m2: gross area less expressways, arterials and collectors.
        Without it there are no rows of parks.
    lot_type : {1, 2, 3, 4, 5, 6}, optional
        Type of the lots, which gives the share of parks; needed with `area`.
    reserves : GeoDataFrame, optional
        Land reserved: ``kind``, optional ``use`` (facility that a piece is meant for). Pieces without a
        use serve the facilities of their kind: the largest first, each the smallest piece that will do.

    Returns
    -------
    DataFrame
        Table ``facilities``: ``needed``, ``min_site`` and ``area_needed`` (m2); with `reserves`
        ``sites``, ``area_reserved``, ``short`` and ``area_short`` (m2).

    Raises
    ------
    RuleError
        If figures make no sense, or `area` comes without `lot_type`.
    CRSError, GeometryError, SchemaError
        If the reserves cannot be used.

    References
    ----------
    SISNE, proposal of a national standard of public facilities, 2011: no law. RNE TH.010, article 10.

    Examples
    --------
    >>> needed = facilities_needed(60_000, ilo_gis.norms.load("pe"), area=4e6, lot_type=4)
    >>> needed["needed"].dropna().to_dict()  # doctest: +NORMALIZE_WHITESPACE
    {'preschool': 24, 'primary_school': 10, 'secondary_school': 6,
     'health_post': 20, 'health_centre': 1, 'hospital': 1}
    >>> float(needed.at["recreation", "area_needed"])
    320000.0
    """
    if not 0 <= persons < np.inf:
        raise RuleError(f"persons is {persons}; inhabitants are a number, 0 or more.")
    rows = [*_by_persons(persons, norms), *_by_land(area, lot_type, norms)]
    if not rows:
        return empty("facilities")
    table = pd.DataFrame(rows).set_index("use").astype({"needed": "Int64"})
    if reserves is not None:
        table = table.join(_reserved(table, reserves))
        short = (table["needed"] - table["sites"]).clip(lower=0)
        lacking = (table["area_needed"] - table["area_reserved"]).clip(lower=0)
        table["short"], table["area_short"] = short, lacking.where(short.isna(), short * table["min_site"])
    return conform(table.reindex(columns=empty("facilities").columns), "facilities")


def _by_persons(persons: float, norms: Mapping[str, Norm]) -> Iterator[dict[str, Any]]:
    kind = {use: name for name, one in kinds("reserves").items() for use in one.uses}
    known = list(kinds("reserves"))
    uses = {key.removeprefix(STANDARD): norms[key] for key in norms if key.startswith(STANDARD)}

    def place(use: str) -> tuple[int, float]:  # of one kind together; last what no reserve is meant for
        return known.index(kind[use]) if use in kind else len(known), uses[use].value["min_site"]

    for use in sorted(uses, key=place):
        norm = uses[use]
        each, site = float(norm.value["persons"]), float(norm.value["min_site"])
        count = int(persons // each)
        names = {"name": use.replace("_", " ").capitalize(), "name_es": norm.title_es}
        figures = {"persons_each": each, "needed": count, "min_site": site, "area_needed": count * site}
        yield (
            {"use": use, **names, "kind": kind.get(use)}
            | figures
            | {key: getattr(norm, key) for key in ABOUT}
        )


def _by_land(area: float | None, lot_type: int | None, norms: Mapping[str, Norm]) -> Iterator[dict[str, Any]]:
    if area is None:
        return
    if lot_type is None or not 0 <= area < np.inf:
        raise RuleError(
            f"area is {area}, lot_type {lot_type}. Parks are a share of an area in m2, 0 or more, that the "
            "type of the lots gives: lot_type 1 to 6 of TH.010, article 9."
        )
    norm = norms[f"th010.reserves_{lot_type}"]
    for name, kind in kinds("reserves").items():
        if kind.green and norm.value.get(name, 0) > 0:
            share = float(norm.value[name])
            about = {key: getattr(norm, key) for key in ABOUT}
            yield {
                "use": name,
                "name": kind.en,
                "name_es": kind.es,
                "kind": name,
                "area_needed": share * area,
            } | about


def _reserved(wanted: pd.DataFrame, reserves: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return number and area of the sites that reserves have for each use."""
    require_metres(reserves, "reserves")
    require_geometry(reserves, "Polygon", "MultiPolygon", name="reserves")
    if "kind" not in reserves:
        raise SchemaError("reserves have no column 'kind', such as recreation or education. Name it.")
    kind, area = usual_kinds(reserves["kind"], "reserves"), reserves.area.to_numpy()
    meant = reserves["use"] if "use" in reserves else pd.Series(pd.NA, reserves.index)
    use = meant.astype("string").fillna("").to_numpy(dtype=object)
    for row in (
        wanted[wanted["needed"].notna()].sort_values("min_site", ascending=False, kind="stable").itertuples()
    ):
        large = area >= row.min_site - ROUNDING
        use[(use == row.Index) & ~large] = "too small"
        free = np.flatnonzero((kind == row.kind) & (use == "") & large)
        lacking = max(row.needed - np.count_nonzero(use == row.Index), 0)
        use[free[np.argsort(area[free], kind="stable")][:lacking]] = row.Index
    for green in wanted.index[wanted["needed"].isna()]:
        use[kind == green] = green
    found = (
        pd.DataFrame({"use": use, "area": area})
        .groupby("use")["area"]
        .agg(sites="count", area_reserved="sum")
    )
    return found.reindex(wanted.index).fillna(0).astype({"sites": "Int64"})
