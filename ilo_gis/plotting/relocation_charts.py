"""Charts of a programme of relocations: its tasks in time (Gantt), and land freed by month (S-curve)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.errors import RuleError
from ilo_gis.plotting.furniture import number
from ilo_gis.plotting.growth_sheet import language
from ilo_gis.plotting.sheet import new_sheet, save_sheet
from ilo_gis.plotting.styles import INK, MUTED
from ilo_gis.plotting.time_axis import day_line, day_text, days, time_axis
from ilo_gis.tables import conform
from ilo_gis.tables.units import in_language

__all__ = ["gantt", "s_curve"]

A3, DPI = (16.54, 11.69), 150  # inches, lying; dots per inch
HEAD, FOOT = 1.05, 0.75  # inches above and below the rows
ROW = (0.15, 0.24)  # inches, least and most: with the least more than one A3 grows taller
LEFT, RIGHT, CHART = 0.025, 0.985, 0.42  # shares of the sheet: sides, and where the bars begin
COLUMNS = (0.0, 0.455, 0.655, 0.785, 0.91, 1.0)  # of the table beside the bars, shares of its width
DONE, CRITICAL, OPEN, FLOAT, BAND = "#8f897c", "#c0281c", "#2f7ebc", "#9cc3de", "#eeebe3"
LETTERS = 48  # of a name in the table
KINDS = {
    "agreement": ("Acuerdo", "Agreement"),
    "order": ("Orden", "Order"),
    "site": ("Lugar de destino", "Receiving site"),
    "move": ("Traslado", "Move"),
    "clearing": ("Desocupación", "Clearing"),
    "works": ("Obras", "Works"),
    "opening": ("Apertura", "Opening"),
}
WORDS: dict[str, dict[str, Any]] = {
    "es": {
        "gantt": "Programa de reubicaciones",
        "curve": "Terreno liberado, acumulado por mes",
        "heads": ("Ocupante u obra", "Tarea", "Días", "Inicio", "Fin", "Holgura"),
        "stage": "Etapa {}",
        "none": "Sin etapa",
        "legend": ("Concluida", "Ruta crítica", "Con holgura", "Holgura", "Hito"),
        "planned": "Previsto al inicio",
        "expected": "Esperado",
        "done": "Liberado",
        "total": "Total: {} m²",
    },
    "en": {
        "gantt": "Programme of relocations",
        "curve": "Land freed, cumulative by month",
        "heads": ("Occupant or works", "Task", "Days", "Start", "Finish", "Float"),
        "stage": "Stage {}",
        "none": "Without a stage",
        "legend": ("Done", "Critical path", "With float", "Float", "Milestone"),
        "planned": "Planned at the start",
        "expected": "Expected",
        "done": "Freed",
        "total": "Total: {} m²",
    },
}

Numbers = NDArray[np.float64]


def gantt(
    times: pd.DataFrame,
    path: str | os.PathLike[str] | None = None,
    *,
    on: date | str | None = None,
    occupants: pd.DataFrame | None = None,
    title: str | None = None,
    lang: str = "es",
    note: str | None = None,
    overwrite: bool = False,
) -> Any:
    """Draw the tasks of a programme in time, by stage and occupant: one A3 sheet for up to some 60 tasks.

    Parameters
    ----------
    times : DataFrame
        Table ``task_times``, as ``Schedule.times`` has it.
    path : path-like, optional
        PNG file to write.
    on : date or str, optional
        Day of the line that parts what is known from what is expected.
    occupants : DataFrame, optional
        Table ``occupants``: its names stand in place of the ids.
    title, note : str, optional
        Heading of the sheet; a line at its foot, such as "Duraciones ilustrativas".
    lang : {"es", "en"}
        Language of the words on the sheet.
    overwrite : bool
        Whether an existing file may be replaced.

    Returns
    -------
    matplotlib.figure.Figure
        The sheet.

    Raises
    ------
    RuleError
        If `lang` is not known, or there is no task to draw.
    ImportError
        If matplotlib is not installed.
    WriteError
        If the file exists, or cannot be written.

    References
    ----------
    H. L. Gantt, "Work, wages, and profits", 1910.

    Examples
    --------
    >>> gantt(ilo_gis.tables.empty("task_times"))
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: There is nothing to draw: the table has no rows.
    """
    words = WORDS[language(lang)]
    rows = _rows(conform(times, "task_times"), occupants, lang)
    tall = np.clip((A3[1] - HEAD - FOOT) / len(rows), *ROW)
    high = HEAD + FOOT + tall * len(rows)
    figure = new_sheet((A3[0], high), DPI)
    place = FOOT / high, 1 - (HEAD + FOOT) / high
    table = figure.add_axes((LEFT, place[0], CHART - LEFT - 0.005, place[1]))
    bars = figure.add_axes((CHART, place[0], RIGHT - CHART, place[1]))
    for axes in (table, bars):
        axes.set_ylim(len(rows) - 0.5, -0.5)
        heads = np.flatnonzero(rows["heading"])
        axes.barh(heads, 1, height=1, color=BAND, zorder=0, transform=axes.get_yaxis_transform())
    _table(table, rows, lang, size=min(7.6, 50 * tall))
    _bars(bars, rows)
    time_axis(bars, lang)
    bars.set_yticks([])
    if on is not None:
        day_line(bars, on, lang)
    _around(figure, title or words["gantt"], note, high)
    _legend(figure, _signs(), words["legend"], high)
    if path is not None:
        save_sheet(figure, path, overwrite)
    return figure


def s_curve(
    curve: pd.DataFrame,
    path: str | os.PathLike[str] | None = None,
    *,
    on: date | str | None = None,
    title: str | None = None,
    lang: str = "es",
    note: str | None = None,
    overwrite: bool = False,
) -> Any:
    """Draw land freed by month, cumulative: planned at the start, expected on the day, and done.

    Parameters
    ----------
    curve : DataFrame
        Table ``programme_curve``.
    path : path-like, optional
        PNG file to write.
    on : date or str, optional
        Day of the line that parts what is done from what is expected.
    title, note : str, optional
        Heading of the sheet; a line at its foot.
    lang : {"es", "en"}
        Language of the words on the sheet.
    overwrite : bool
        Whether an existing file may be replaced.

    Returns
    -------
    matplotlib.figure.Figure
        The sheet.

    Raises
    ------
    RuleError
        If `lang` is not known, or there is no month to draw.
    ImportError
        If matplotlib is not installed.
    WriteError
        If the file exists, or cannot be written.

    Examples
    --------
    >>> s_curve(ilo_gis.tables.empty("programme_curve"))
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: There is nothing to draw: the table has no rows.
    """
    words = WORDS[language(lang)]
    if curve.empty:
        raise RuleError("There is nothing to draw: the table has no rows.")
    figure = new_sheet((11.69, 7.2), DPI)
    axes = figure.add_axes((0.075, 0.13, 0.905, 0.72))
    months = days(pd.Series(curve.index))
    done = curve["done"].notna().to_numpy()
    left = ~done
    left[max(done.sum() - 1, 0)] = True  # the line goes on from where what is done ends
    axes.plot(months, curve["planned"], color=MUTED, linestyle=(0, (4, 3)), label=words["planned"], zorder=2)
    looks: dict[str, Any] = {"marker": "o", "markersize": 4, "linewidth": 2}
    if not done.all():
        axes.plot(
            months[left], curve["expected"][left], color=OPEN, label=words["expected"], zorder=3, **looks
        )
    axes.plot(months[done], curve["done"][done], color=CRITICAL, label=words["done"], zorder=4, **looks)
    axes.fill_between(months[done], curve["done"][done], color=CRITICAL, alpha=0.12, linewidth=0, zorder=1)
    _land_axis(axes, float(curve["planned"].iloc[-1]), words)
    time_axis(axes, lang)
    if on is not None:
        day_line(axes, on, lang)
    signs, texts = axes.get_legend_handles_labels()
    _legend(figure, signs, texts, 7.2)
    figure.text(0.075, 0.91, _so_far(curve, lang), fontsize=9.5, color=INK, va="center")
    _around(figure, title or words["curve"], note, 7.2)
    if path is not None:
        save_sheet(figure, path, overwrite)
    return figure


# -- the rows of the chart -------------------------------------------------------------------------


def _rows(times: pd.DataFrame, occupants: pd.DataFrame | None, lang: str) -> pd.DataFrame:
    """Return one row for each line of the sheet: headings of stages, and under them tasks by occupant."""
    if times.empty:
        raise RuleError("There is nothing to draw: the table has no rows.")
    which = 0 if lang == "es" else 1
    kind = times["kind"].astype("string")
    own = times["name"].fillna(times.index.to_series().astype("string"))
    own = own.map(lambda text: in_language(text, lang).partition(": ")[2] or in_language(text, lang))
    who = times["occupant_id"].fillna("")
    names = {} if occupants is None else _names(occupants, lang)
    group = who.mask(who == "", times.index.to_series().where(~kind.isin(("works", "opening")), "~"))
    rows = times.assign(
        group=group,
        what=kind.map(lambda name: KINDS.get(name, (name, name))[which]),
        label=who.map(lambda key: names.get(key, key)).mask(who == "", own),
        first=times.groupby([times["stage"].fillna(-1), group])["earliest_start"].transform("min"),
        last=group == "~",
        heading=False,
        stage=times["stage"].fillna(np.iinfo(np.int64).max),
    )
    order = ["stage", "last", "first", "group", "earliest_start", "earliest_finish", "task_id"]
    rows = rows.reset_index().sort_values(order, kind="stable")
    same = rows["group"].eq(rows["group"].shift().fillna(""))
    rows["label"] = rows["label"].str[:1].str.upper() + rows["label"].str[1:]
    rows["label"] = rows["label"].mask(same & ~rows["last"], "")
    heads = rows.drop_duplicates("stage").assign(heading=True)
    words = WORDS[lang]
    told = heads["stage"] != np.iinfo(np.int64).max
    heads["label"] = [
        words["stage"].format(s) if t else words["none"] for s, t in zip(heads["stage"], told, strict=True)
    ]
    both = pd.concat([heads, rows]).sort_values("stage", kind="stable")
    return both.reset_index(drop=True)


def _names(occupants: pd.DataFrame, lang: str) -> dict[str, str]:
    table = pd.DataFrame(occupants)
    table = table.set_index("occupant_id") if "occupant_id" in table else table
    return {str(key): in_language(str(name), lang) for key, name in table["name"].items()}


def _table(axes: Any, rows: pd.DataFrame, lang: str, size: float) -> None:
    """Write the table beside the bars; the start of a new occupant has a line above."""
    axes.set_xlim(0, 1)
    axes.set_axis_off()
    marks: dict[str, Any] = {"va": "center", "color": INK, "fontsize": size}
    aligns = ("left", "left", "right", "right", "right", "right")
    for x, head, align in zip(COLUMNS, WORDS[lang]["heads"], aligns, strict=True):
        axes.text(x, -0.9, head, ha=align, fontweight="bold", **marks)
    for y, row in enumerate(rows.itertuples()):
        label = row.label if len(row.label) <= LETTERS else row.label[: LETTERS - 1] + "…"
        if row.heading:
            axes.text(COLUMNS[0] + 0.005, y, label, fontweight="bold", **marks)
            continue
        if row.label:
            axes.plot([0, 1], [y - 0.5, y - 0.5], color="#d6d1c6", linewidth=0.4)
        slack = "–" if pd.isna(row.float) else number(row.float)
        dates = (day_text(day, lang) for day in (row.earliest_start, row.earliest_finish))
        strong = {"fontweight": "bold", **marks, "color": CRITICAL} if row.critical else marks
        cells = (label, row.what, number(row.duration), *dates, slack)
        for x, cell, align in zip(COLUMNS, cells, aligns, strict=True):
            axes.text(x, y, cell, ha=align, **(marks if align == "left" and x == 0 else strong))


def _bars(axes: Any, rows: pd.DataFrame) -> None:
    """Draw each task as a bar, its float as a thin one behind it, and what takes no time as a diamond."""
    task = ~rows["heading"].to_numpy(dtype=bool)
    y = np.arange(len(rows))
    start, finish, latest = (
        days(rows[name]) for name in ("earliest_start", "earliest_finish", "latest_finish")
    )
    done = (rows["status"] == "done").to_numpy()
    colours = np.where(done, DONE, np.where(rows["critical"], CRITICAL, OPEN))
    loose = task & (latest > finish)
    axes.barh(y[loose], (latest - finish)[loose], left=finish[loose], height=0.16, color=FLOAT, zorder=2)
    long = task & (finish > start)
    axes.barh(y[long], (finish - start)[long], left=start[long], height=0.62, color=colours[long], zorder=3)
    short = task & (finish == start)
    axes.scatter(finish[short], y[short], marker="D", s=34, color=colours[short], zorder=4, linewidths=0)
    ended = task & done
    axes.plot(finish[ended], y[ended], "|", color=INK, markersize=7, markeredgewidth=1.4, zorder=5)
    low, high = start[task].min(), max(finish[task].max(), latest[task].max())
    pad = 0.015 * max(high - low, 30.0)
    axes.set_xlim(low - pad, high + pad)
    for gap in np.flatnonzero((rows["label"] != "").to_numpy()):
        axes.axhline(gap - 0.5, color="#d6d1c6", linewidth=0.4, zorder=0)


# -- axes, and what stands around them ---------------------------------------------------------------


def _land_axis(axes: Any, total: float, words: dict[str, Any]) -> None:
    """Mark m2, and the whole."""
    from matplotlib.ticker import FuncFormatter

    axes.set_ylim(0, 1.12 * max(total, 1.0))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    axes.tick_params(axis="y", labelsize=8.5, length=3, width=0.5, color=MUTED, labelcolor=INK)
    axes.grid(axis="y", color="#e2ded4", linewidth=0.5, zorder=0)
    axes.set_ylabel("m²", fontsize=9, color=INK)
    axes.axhline(total, color=INK, linewidth=0.7, linestyle=":", zorder=2)
    marks: dict[str, Any] = {"fontsize": 9, "color": INK, "xycoords": "data", "textcoords": "offset points"}
    text = words["total"].format(number(total))
    axes.annotate(text, (axes.get_xlim()[0], total), xytext=(6, 4), ha="left", va="bottom", **marks)


def _so_far(curve: pd.DataFrame, lang: str) -> str:
    """Return how much is free in the last month that is known, and how much was planned to be."""
    last, total = curve[curve["done"].notna()].tail(1), float(curve["planned"].iloc[-1])
    if last.empty or total <= 0:
        return ""
    free = {WORDS[lang][name]: last[name].iloc[0] for name in ("done", "planned")}
    parts = (f"{name}: {number(area)} m² ({100 * area / total:.0f} %)" for name, area in free.items())
    return f"{day_text(last.index[0], lang)}   {'   ·   '.join(parts)}"


def _around(figure: Any, title: str, note: str | None, high: float) -> None:
    figure.text(LEFT, 1 - 0.42 / high, title, fontsize=15, fontweight="bold", color=INK, va="center")
    figure.text(LEFT, 0.2 / high, note or "", fontsize=8, color=MUTED, va="center")


def _signs() -> list[Any]:
    """Return what stands in the legend of the bars."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    thin = Line2D([], [], color=FLOAT, linewidth=2.5)
    diamond = Line2D([], [], color=INK, marker="D", markersize=5, linestyle="none")
    return [Patch(color=DONE), Patch(color=CRITICAL), Patch(color=OPEN), thin, diamond]


def _legend(figure: Any, signs: list[Any], texts: Sequence[str], high: float) -> None:
    """Write a legend in one line, on the right of the heading."""
    where: dict[str, Any] = {"loc": "center right", "bbox_to_anchor": (RIGHT, 1 - 0.42 / high)}
    figure.legend(signs, texts, ncols=len(signs), fontsize=8.5, frameon=False, labelcolor=INK, **where)
