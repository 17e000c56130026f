"""The catalogue of house designs: which fits which lot, and how each grows over the years."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.errors import ReadError, RuleError
from ilo_gis.tables import conform, empty, require_metres

__all__ = ["design_fits", "house_growth", "winning_designs"]

SIZES = ["frontage", "depth", "ground", "free_area", "setback"]
TEXTS = {
    "en": (
        "front {} m",
        ", {} m needed",
        "depth {} m",
        "area {} m2",
        ", {} m2 needed with {} % open",
        "no corner",
    ),
    "es": (
        "frente {} m",
        ", se exige {} m",
        "fondo {} m",
        "área {} m2",
        ", se exige {} m2 con {} % libre",
        "no es esquina",
    ),
}
SLACK = 1e-6  # m and m2: lots are cut to the millimetre, what a float adds is no fault of theirs


def winning_designs(path: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    """Return the catalogue of designs (``designs.toml``).

    Parameters
    ----------
    path : path-like, optional
        TOML file of your own, written as the one that ilo_gis ships. That one has the five winners of Ilo's
        competition; their sizes and costs are an example, the papers give none.

    Returns
    -------
    DataFrame
        By ``design``: ``es``, ``en``, least ``frontage`` and ``depth`` (m), ``ground`` (m2 of the complete
        house), ``free_area`` (share of the lot), ``setback`` (m), ``corner`` (whether it needs one),
        ``stages`` (lists of year, area in m2 and cost in USD).

    Raises
    ------
    ReadError
        If the file cannot be read, or lacks a key.
    RuleError
        If a size is below 0, or years of stages do not go up.

    References
    ----------
    Balvín, López Follegatti and Hordijk 1996, section V: four dwellings, and one with commerce.

    Examples
    --------
    >>> winning_designs()["corner"].to_dict()["dwelling_shop"], len(winning_designs())
    (True, 5)
    """
    file = files(__package__) / "designs.toml" if path is None else Path(path)
    try:
        told = tomllib.loads(file.read_text("utf-8"))["designs"]
        rows = [
            {key: design[key] for key in ("es", "en", *SIZES)}
            | {"corner": design.get("corner", False), "stages": [dict(stage) for stage in design["stages"]]}
            for design in told.values()
        ]
        growth = [[(s["year"], s["area"], s["cost"]) for s in row["stages"]] for row in rows]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ReadError(f"The designs of {file} cannot be read: {error}.") from error
    except KeyError as error:
        raise ReadError(f"{file}: the key {error} is missing; see promuvi/designs.toml.") from error
    for name, row, stages in zip(told, rows, growth, strict=True):
        years = [year for year, *_ in stages]
        if min(row[size] for size in SIZES) < 0 or not stages or np.min(stages) < 0:
            raise RuleError(f"{name}: sizes, years, areas and costs are from 0 on, and there is a stage.")
        if sorted(set(years)) != years:
            raise RuleError(f"{name}: the years of the stages should go up: {years}.")
    return pd.DataFrame(rows, index=pd.Index(told, name="design"))


def house_growth(designs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return how large the house of each design is, and what it has cost, year by year.

    Parameters
    ----------
    designs : DataFrame, optional
        What `winning_designs` returns; by default that.

    Returns
    -------
    DataFrame
        By ``design`` and ``year``, from 0 to the last stage of any design: ``area`` (m2 built) and ``cost``
        (USD spent), both from the start on.

    References
    ----------
    Balvín, López Follegatti and Hordijk 1996, section V: families who can afford a house over ten years.

    Examples
    --------
    >>> house_growth().loc["dwelling_3"].loc[[0, 2, 3, 10], "area"].to_dict()
    {0: 24.0, 2: 24.0, 3: 48.0, 10: 96.0}
    """
    known = winning_designs() if designs is None else designs
    stages = known["stages"].explode()
    steps = pd.DataFrame(stages.tolist(), index=stages.index).set_index("year", append=True)
    years = range(steps.index.get_level_values("year").max() + 1)
    every = pd.MultiIndex.from_product([known.index, years], names=["design", "year"])
    added = steps[["area", "cost"]].astype(float).reindex(every, fill_value=0.0)
    return added.groupby("design", sort=False).cumsum()


def design_fits(lots: gpd.GeoDataFrame, designs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Tell which design fits which lot.

    A corner lot may be entered from either of its streets. Where the main front is not told, the mean width
    (area over depth) stands for it, as the whole front of a corner lot goes around the corner.

    Parameters
    ----------
    lots : GeoDataFrame
        Table ``lots`` with ``area``, ``depth``, ``frontage`` or ``frontage_main``, ``corner``, and where lots
        are meant for commerce a column ``commercial``; remnants are left out.
    designs : DataFrame, optional
        What `winning_designs` returns; by default that.

    Returns
    -------
    DataFrame
        Table ``design_fits``, by lot and design: ``fits`` and what is against it, in both languages.

    Raises
    ------
    CRSError, SchemaError
        If the layer is not in metres, or not the table.

    References
    ----------
    Balvín, López Follegatti and Hordijk 1996, section V.

    Examples
    --------
    >>> lot = geopandas.GeoDataFrame({"block_id": "A", "kind": "lot", "area": 160.0}, index=["A-1"],
    ...     geometry=[shapely.box(0, 0, 8, 20)], crs=32719).assign(frontage=8.0, depth=20.0, corner=False)
    >>> found = design_fits(lot).set_index("design")
    >>> found["fits"].to_dict()["dwelling_1"], found.at["dwelling_4", "reason_es"]
    (True, 'frente 8.0 m, se exige 10.0 m')
    """
    require_metres(lots, "lots")
    known = winning_designs() if designs is None else designs
    table = conform(lots, "lots")
    table = table[table["kind"].astype(str) == "lot"]
    if table.empty or known.empty:
        return empty("design_fits")
    reasons = {language: _joined(_against(table, known, language)) for language in TEXTS}
    lot = np.repeat(table.index.astype(str), len(known))
    design = np.tile(known.index, len(table))
    fits = pd.DataFrame(
        {
            "lot_id": lot,
            "design": design,
            "fits": reasons["en"] == "",
            "reason_en": reasons["en"],
            "reason_es": reasons["es"],
        },
        index=pd.Index(lot + "/" + design, name="fit_id"),
    )
    return conform(fits, "design_fits").sort_index()


def _against(
    lots: pd.DataFrame, designs: pd.DataFrame, language: str
) -> Iterator[tuple[NDArray[np.bool_], NDArray[np.object_]]]:
    """Yield, for each demand, where lots (rows) do not meet that of designs (columns), and the text."""
    front_, needs, depth_, area_, needs_open, no_corner = TEXTS[language]
    corner = _flag(lots, "corner")
    front, depth, area = _measures(lots)
    wide, deep = designs["frontage"].to_numpy(), (designs["depth"] + designs["setback"]).to_numpy()
    land = (designs["ground"] / (1 - designs["free_area"])).to_numpy()
    turned = corner[:, None] & _reach(depth, wide) & _reach(front, deep)  # entered from the other street
    yield ~_reach(front, wide) & ~turned, _texts(front_, front) + _texts(needs, wide).T
    yield ~_reach(depth, deep) & ~turned, _texts(depth_, depth) + _texts(needs, deep).T
    open_ = [f"{share:.0%}".rstrip("%") for share in designs["free_area"]]
    asked = np.array(
        [needs_open.format(f"{a:.1f}", share) for a, share in zip(land, open_, strict=True)], object
    )
    yield ~_reach(area, land), _texts(area_, area) + asked
    suits = (corner | _flag(lots, "commercial"))[:, None] | ~designs["corner"].to_numpy(bool)
    yield ~suits, np.full(suits.shape, no_corner, dtype=object)


def _measures(lots: pd.DataFrame) -> list[NDArray[np.float64]]:
    """Return front, depth and area of lots; NaN where they are not told."""
    front, whole, depth, area = (
        lots.get(name, pd.Series(np.nan, lots.index)).to_numpy(float)
        for name in ("frontage_main", "frontage", "depth", "area")
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.fmin(whole, area / depth)
    return [np.where(np.isnan(front), mean, front), depth, area]


def _flag(lots: pd.DataFrame, name: str) -> NDArray[np.bool_]:
    flags = lots.get(name, pd.Series(False, lots.index)).astype("boolean")
    return flags.fillna(False).to_numpy(bool)


def _reach(found: NDArray[np.float64], wanted: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.asarray(found[:, None] >= wanted - SLACK)


def _texts(text: str, values: NDArray[np.float64]) -> NDArray[np.object_]:
    return np.array([text.format("?" if np.isnan(v) else f"{v:.1f}") for v in values], dtype=object)[:, None]


def _joined(parts: Iterator[tuple[NDArray[np.bool_], NDArray[np.object_]]]) -> NDArray[np.object_]:
    """Return what is against each lot and design, one row after the other."""
    texts = [np.where(bad, text, "").ravel() for bad, text in parts]
    return np.array(["; ".join(filter(None, one)) for one in zip(*texts, strict=True)], dtype=object)
