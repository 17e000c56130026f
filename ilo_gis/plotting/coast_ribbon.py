"""The coast as a ribbon by kilometre: the state of each stretch on several days."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd

from ilo_gis.errors import RuleError
from ilo_gis.plotting import furniture
from ilo_gis.plotting.growth_sheet import language
from ilo_gis.plotting.relocation_key import day_text, names, short
from ilo_gis.plotting.relocation_styles import FREED, OCCUPIED, OPEN
from ilo_gis.plotting.sheet import new_sheet, save_sheet
from ilo_gis.plotting.styles import INK, MUTED

__all__ = ["coast_ribbon"]

WIDE, DPI = 15.6, 150  # inches, dots per inch
RIBBON, LINE = 0.62, 0.27  # inches: a ribbon with its bracket, a line of names
WORDS = {
    "es": {
        "ribbon": "La costa por kilómetro",
        "walk": "tramo libre más largo: {} m",
        "open": "sin ocupantes: {} m de {} m",
        "axis": "Distancia por la ribera (km)",
        "line": "Línea de costa {}",
    },
    "en": {
        "ribbon": "The coast by kilometre",
        "walk": "longest free stretch: {} m",
        "open": "without occupants: {} m of {} m",
        "axis": "Distance along the shore (km)",
        "line": "Coast line {}",
    },
}


def coast_ribbon(
    by_date: Mapping[date, tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]],
    occupants: pd.DataFrame,
    path: str | os.PathLike[str] | None = None,
    *,
    title: str | None = None,
    lang: str = "es",
    note: str | None = None,
    overwrite: bool = False,
) -> Any:
    """Draw the coast as a ribbon by kilometre, one for each day, with the state of each stretch.

    A bracket marks the longest run that one can walk. Numbers are those of the occupants along the coast.

    Parameters
    ----------
    by_date : mapping of date to (stretches, coast_runs)
        Tables of each day, as `ilo_gis.relocation.stretches` and `continuity` give them.
    occupants : DataFrame
        Table ``occupants``, for the names.
    path : path-like, optional
        PNG file to write.
    title, note : str, optional
        Heading of the sheet; a line below.
    lang : {"es", "en"}
        Language of the words; names have both.
    overwrite : bool
        Whether an existing file may be replaced.

    Returns
    -------
    matplotlib.figure.Figure
        The sheet.

    Raises
    ------
    RuleError
        If `lang` is not known, or there is nothing to draw.
    ImportError
        If matplotlib is not installed.
    WriteError
        If the file exists, or cannot be written.

    References
    ----------
    López Follegatti 1999, Ilo: a city in transformation, section II.d.

    Examples
    --------
    >>> coast_ribbon({}, ilo_gis.tables.empty("occupants", 32719))
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: There are no stretches to draw.
    """
    words = WORDS[language(lang)]
    on = sorted(by_date)
    if not on or any(by_date[day][0].empty for day in on):
        raise RuleError("There are no stretches to draw.")
    lines = sorted(by_date[on[0]][0]["line"].unique())
    tall = 1.35 + RIBBON * len(on) * len(lines) + LINE * (1 + (len(occupants) + 2) // 3)
    figure = new_sheet((WIDE, tall), DPI)
    order = _along(by_date[on[0]][0])
    top = 1 - 0.75 / tall
    for line in lines:
        high = (RIBBON * len(on)) / tall
        axes = figure.add_axes((0.075, top - high, 0.70, high))
        _ribbons(axes, by_date, line, order, lang)
        if len(lines) > 1:
            axes.set_title(words["line"].format(line), fontsize=8, color=INK, loc="left")
        top -= high + 0.30 / tall
    axes.set_xlabel(words["axis"], fontsize=7.5, color=INK)
    figure.text(0.035, 1 - 0.3 / tall, title or words["ribbon"], fontsize=15, fontweight="bold", color=INK)
    place = (0.62, 1 - 0.36 / tall, 0.35, 0.2 / tall)
    entries = [(symbol, f"{symbol.es} / {symbol.en}") for symbol in (OCCUPIED, FREED)]
    furniture.legend(figure.add_axes(place), [*entries, (OPEN, "Abierto / Open")], 3)
    _names_below(figure, occupants, order, top - 0.32 / tall, tall, lang)
    figure.text(0.035, 0.13 / tall, note or "", fontsize=7.5, color=MUTED, va="center")
    if path is not None:
        save_sheet(figure, path, overwrite)
    return figure


def _along(stretches: gpd.GeoDataFrame) -> dict[str, int]:
    """Return the number of each occupant, by where it first comes along the coast."""
    table = stretches.sort_values(["line", "from_m"])
    texts = (table["occupants"] + ";" + table["gone"]).str.split(";")
    found = dict.fromkeys(one for ids in texts for one in sorted(filter(None, ids)))
    return {name: number for number, name in enumerate(found, 1)}


def _ribbons(axes: Any, by_date: Any, line: int, order: dict[str, int], lang: str) -> None:
    """Draw the ribbons of a coast line, the first day on top."""
    words, on = WORDS[lang], sorted(by_date)
    looks = {"occupied": OCCUPIED, "freed": FREED, "open": OPEN}
    whole = float(by_date[on[0]][0].query("line == @line")["to_m"].max())
    for row, day in enumerate(on):
        table, runs = (one[one["line"] == line] for one in by_date[day])
        y = -row
        for state, part in table.groupby(table["state"].astype(str), sort=True):
            bars = list(zip(part["from_m"], part["length"], strict=True))
            axes.broken_barh(
                bars, (y - 0.2, 0.4), facecolor=looks[state].fill, edgecolor="white", linewidth=0.4
            )
        held = table[table["state"] == "occupied"]
        numbers = [";".join(str(order[one]) for one in ids.split(";")) for ids in held["occupants"]]
        for x, text in zip((held["from_m"] + held["to_m"]) / 2, numbers, strict=True):
            axes.text(x, y, text, fontsize=5.6, color="white", ha="center", va="center", fontweight="bold")
        walk = runs[runs["open"]].sort_values("length", ascending=False, kind="stable").head(1)
        for begin, length in zip(walk["from_m"], walk["length"], strict=True):
            end = min(begin + length, whole)
            axes.plot(
                [begin, begin, end, end], [y + 0.22, y + 0.30, y + 0.30, y + 0.22], color=INK, linewidth=0.9
            )
            text = words["walk"].format(furniture.number(length))
            axes.text((begin + end) / 2, y + 0.33, text, fontsize=6, color=INK, ha="center", va="bottom")
        free = table.loc[table["state"] != "occupied", "length"].sum()
        text = words["open"].format(furniture.number(free), furniture.number(whole))
        axes.text(whole * 1.012, y, text, fontsize=7.2, color=INK, va="center")
        axes.text(
            -whole * 0.01,
            y,
            day_text(day, lang),
            fontsize=8,
            color=INK,
            ha="right",
            va="center",
            fontweight="bold",
        )
    _kilometres(axes, whole, len(on))


def _kilometres(axes: Any, whole: float, rows: int) -> None:
    from matplotlib.ticker import FuncFormatter, MultipleLocator

    axes.set(xlim=(0, whole), ylim=(-rows + 0.55, 0.65), yticks=[])
    axes.xaxis.set_major_locator(MultipleLocator(furniture.round_step(whole / 4)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda metres, _: f"{metres / 1000:g}"))
    axes.tick_params(labelsize=7, length=3, width=0.5, color=MUTED, labelcolor=INK)
    axes.grid(axis="x", color="#d6d1c6", linewidth=0.5, zorder=0)
    axes.set_axisbelow(True)
    for side, spine in axes.spines.items():
        spine.set(visible=side == "bottom", color=MUTED, linewidth=0.6)


def _names_below(
    figure: Any, occupants: pd.DataFrame, order: dict[str, int], top: float, tall: float, lang: str
) -> None:
    """Write the names of the numbers in three columns."""
    named = occupants.rename(index=str).reindex(list(order))
    texts = names(named, lang), names(named, "en" if lang == "es" else "es")
    rows = -(-len(named) // 3)
    for k, (own, foreign) in enumerate(zip(*texts, strict=True)):
        column, row = divmod(k, max(rows, 1))
        x, y = 0.075 + 0.31 * column, top - LINE * row / tall
        figure.text(x, y, str(k + 1), fontsize=7.2, fontweight="bold", color=INK, va="center", ha="right")
        figure.text(x + 0.006, y, short(own, 58), fontsize=7.2, color=INK, va="center")
        small = {"fontsize": 6.2, "color": MUTED, "style": "italic"}
        figure.text(x + 0.006, y - 0.11 / tall, short(foreign, 66), va="center", **small)
