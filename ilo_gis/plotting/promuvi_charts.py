"""Charts of PROMUVI: services and stages by month, progress by service, and titles to come."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from ilo_gis.errors import RuleError
from ilo_gis.plotting.furniture import number
from ilo_gis.plotting.growth_sheet import language
from ilo_gis.plotting.promuvi_styles import SERVICE_STATES, STAGES
from ilo_gis.plotting.sheet import new_sheet, save_sheet
from ilo_gis.plotting.styles import INK, MUTED
from ilo_gis.plotting.time_axis import day_line, day_text, days, time_axis

__all__ = ["forecast_chart", "progress_bars", "progress_curves"]

A4, DPI = (11.69, 8.27), 150  # inches, lying; dots per inch
LEFT, RIGHT = 0.075, 0.98
LINES = ("#1f2f6f", "#e8853a", "#2c8fb8", "#8a5a83", "#3f8f79", "#b79a2f")  # told apart by marker as well
MARKS = ("o", "s", "^", "D", "v", "P")
FAN, SURE = "#2166ac", "#1f2f6f"
WORDS: dict[str, dict[str, Any]] = {
    "es": {
        "curves": "PROMUVI: avance acumulado por mes",
        "services": "Lotes con cada servicio: terminado (línea llena) y previsto (punteada)",
        "stages": "Lotes por etapa alcanzada",
        "lots": "Lotes",
        "bars": "PROMUVI: avance por servicio",
        "on": " al {}",
        "share": "% de los lotes",
        "forecast": "PROMUVI: títulos entregados y pronóstico",
        "cumulative": "Títulos acumulados",
        "monthly": "Títulos por mes",
        "delivered": "Entregados",
        "expected": "Esperados",
        "interval": "Intervalo de {:.0f} %",
        "untold": "Sin pronóstico: {} lotes esperan más que todo lote observado; no se inventa su fecha.",
    },
    "en": {
        "curves": "PROMUVI: cumulative progress by month",
        "services": "Lots with each service: done (solid) and planned (dotted)",
        "stages": "Lots by stage reached",
        "lots": "Lots",
        "bars": "PROMUVI: progress by service",
        "on": " on {}",
        "share": "% of lots",
        "forecast": "PROMUVI: titles delivered and forecast",
        "cumulative": "Titles, cumulative",
        "monthly": "Titles by month",
        "delivered": "Delivered",
        "expected": "Expected",
        "interval": "{:.0f} % interval",
        "untold": "Not foretold: {} lots will have waited longer than any that was seen; no day is made up.",
    },
}


def progress_curves(
    services: pd.DataFrame,
    stages: pd.DataFrame,
    path: str | os.PathLike[str] | None = None,
    *,
    names: Mapping[str, str] | None = None,
    on: date | None = None,
    lang: str = "es",
    note: str | None = None,
    overwrite: bool = False,
) -> Any:
    """Draw services and stages by month, added up (S-curves): planned against done, and lots by stage.

    Parameters
    ----------
    services : DataFrame
        Table ``service_curve``. The six services are drawn that most lots are to have.
    stages : DataFrame
        Table ``stage_curve``.
    path : path-like, optional
        PNG file to write.
    names : mapping, optional
        What services are called on the sheet.
    on : date, optional
        Day of the report.
    note : str, optional
        A line at the foot, such as "Historia simulada".
    lang : {"es", "en"}
        Language of the words.
    overwrite : bool
        Whether an existing file may be replaced.

    Returns
    -------
    matplotlib.figure.Figure
        The sheet, A4.

    Raises
    ------
    RuleError
        If `lang` is not known, or there is nothing to draw.
    ImportError
        If matplotlib is not installed.
    WriteError
        If the file exists, or cannot be written.

    Examples
    --------
    >>> progress_curves(ilo_gis.tables.empty("service_curve"), ilo_gis.tables.empty("stage_curve"))
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: There is nothing to draw: the tables have no rows.
    """
    words = WORDS[language(lang)]
    if services.empty and stages.empty:
        raise RuleError("There is nothing to draw: the tables have no rows.")
    figure = new_sheet(A4, DPI)
    upper = figure.add_axes((LEFT, 0.54, RIGHT - LEFT, 0.33))
    lower = figure.add_axes((LEFT, 0.09, RIGHT - LEFT, 0.33), sharex=upper)
    shown = services[services["service"].isin(_most(services))]
    _services(upper, shown, names or {})
    for name, column in stages.items():
        symbol = STAGES[str(name)]
        lower.plot(
            _days(stages.index), column, color=symbol.outline if name == "allotted" else symbol.fill,
            linewidth=2.2, label=getattr(symbol, lang),
        )  # fmt: skip
    for axes, text in ((upper, "services"), (lower, "stages")):
        _axes(axes, words[text], words["lots"])
        axes.legend(loc="upper left", fontsize=8, frameon=False, labelcolor=INK, ncols=2)
        time_axis(axes, lang)
        if on is not None:
            day_line(axes, on, lang)
    return _finished(figure, words["curves"], note, path, overwrite)


def progress_bars(
    progress: pd.DataFrame,
    path: str | os.PathLike[str] | None = None,
    *,
    names: Mapping[str, str] | None = None,
    on: date | None = None,
    lang: str = "es",
    note: str | None = None,
    overwrite: bool = False,
) -> Any:
    """Draw for each service the share of lots that have it, and for which it is under way or planned.

    Parameters
    ----------
    progress : DataFrame
        Table ``service_progress``; of it what is told of the whole programme.
    path, names, on, lang, note, overwrite
        As for `progress_curves`.

    Returns
    -------
    matplotlib.figure.Figure
        The sheet, A4.

    Raises
    ------
    RuleError, ImportError, WriteError
        As for `progress_curves`.

    Examples
    --------
    >>> progress_bars(ilo_gis.tables.empty("service_progress"))
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: There is nothing to draw: the table has no row of the programme.
    """
    words, named = WORDS[language(lang)], names or {}
    told = progress[progress["by"] == "programme"]
    if told.empty:
        raise RuleError("There is nothing to draw: the table has no row of the programme.")
    figure = new_sheet(A4, DPI)
    axes = figure.add_axes((0.22, 0.1, 0.66, 0.74))
    y, before = np.arange(len(told)), np.zeros(len(told))
    for state in ("done", "under_way", "planned"):
        symbol, share = SERVICE_STATES[state], (100 * told[state] / told["lots"]).to_numpy()
        looks = {"color": symbol.fill, "edgecolor": symbol.outline, "linewidth": 0.5}
        axes.barh(y, share, left=before, height=0.68, label=getattr(symbol, lang), zorder=2, **looks)
        before += share
    for at, (done, lots) in enumerate(zip(told["done"], told["lots"], strict=True)):
        text = f"{number(done)} / {number(lots)}"
        axes.text(101, at, text, va="center", fontsize=8, color=INK)
    axes.set_yticks(y, [named.get(one, one) for one in told["service"]], fontsize=9)
    axes.set(ylim=(len(told) - 0.4, -0.6), xlim=(0, 100))
    axes.tick_params(axis="y", length=0, labelcolor=INK)
    axes.tick_params(axis="x", labelsize=8.5, length=3, width=0.5, color=MUTED, labelcolor=INK)
    axes.set_xlabel(words["share"], fontsize=9, color=INK)
    axes.grid(axis="x", color="#e2ded4", linewidth=0.5, zorder=0)
    _bare(axes)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, fontsize=9, frameon=False)
    title = (
        words["bars"] if on is None else words["bars"] + words["on"].format(day_text(pd.Timestamp(on), lang))
    )
    return _finished(figure, title, note, path, overwrite)


def forecast_chart(
    forecast: pd.DataFrame,
    titled: pd.Series,
    path: str | os.PathLike[str] | None = None,
    *,
    on: date,
    level: float,
    lang: str = "es",
    note: str | None = None,
    overwrite: bool = False,
) -> Any:
    """Draw the titles delivered so far, added up, and those to come with their interval; below by month.

    Parameters
    ----------
    forecast : DataFrame
        Table ``forecast``.
    titled : Series
        Titles delivered by the end of each month, as column ``titled`` of the table ``stage_curve``.
    path : path-like, optional
        PNG file to write.
    on : date
        Day of the report.
    level : float
        Share of cases that the interval holds, as asked of `ilo_gis.promuvi.forecast`.
    lang, note, overwrite
        As for `progress_curves`.

    Returns
    -------
    matplotlib.figure.Figure
        The sheet, A4.

    Raises
    ------
    RuleError, ImportError, WriteError
        As for `progress_curves`.

    Examples
    --------
    >>> months = pandas.Series(dtype=int)
    >>> forecast_chart(ilo_gis.tables.empty("forecast"), months, on=pandas.Timestamp("1996-01-01"), level=0.8)
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: There is nothing to draw: the table has no rows.
    """
    words = WORDS[language(lang)]
    if forecast.empty:
        raise RuleError("There is nothing to draw: the table has no rows.")
    figure = new_sheet(A4, DPI)
    upper = figure.add_axes((LEFT, 0.45, RIGHT - LEFT, 0.41))
    lower = figure.add_axes((LEFT, 0.12, RIGHT - LEFT, 0.22), sharex=upper)
    before = float(forecast["cumulative"].iloc[0] - forecast["expected"].iloc[0])
    now, ends = days(pd.Series([pd.Timestamp(on)])), _ends(forecast.index)
    x = np.concatenate([now, ends])
    low, middle, high = (
        np.concatenate([[before], forecast[name]])
        for name in ("cumulative_low", "cumulative", "cumulative_high")
    )
    interval = words["interval"].format(100 * level)
    upper.fill_between(x, low, high, color=FAN, alpha=0.25, linewidth=0, label=interval, zorder=2)
    upper.plot(x, middle, color=FAN, linewidth=2, linestyle=(0, (4, 2)), label=words["expected"], zorder=3)
    past = titled[titled.index <= pd.Timestamp(on)]
    past_x = np.minimum(_ends(past.index), now[0])
    upper.plot(past_x, past, color=SURE, linewidth=2.4, label=words["delivered"], zorder=4)
    upper.axhline(before, color=MUTED, linewidth=0.6, linestyle=":")
    by_month = past.diff().fillna(past.iloc[:1].sum() if len(past) else 0)
    lower.bar(past_x - 15, by_month, width=24, color=SURE, zorder=3)
    bounds = np.abs(forecast[["low", "high"]].sub(forecast["expected"], axis=0).to_numpy().T)
    looks: dict[str, Any] = {"ecolor": INK, "error_kw": {"elinewidth": 0.8, "zorder": 4}, "capsize": 2}
    lower.bar(ends - 15, forecast["expected"], width=24, color=FAN, alpha=0.6, yerr=bounds, zorder=3, **looks)
    for axes, text in ((upper, "cumulative"), (lower, "monthly")):
        _axes(axes, words[text], words["lots"])
        time_axis(axes, lang)
        day_line(axes, on, lang) if axes is upper else axes.axvline(now[0], color=INK, linestyle=(0, (5, 3)))
    upper.legend(loc="upper left", fontsize=8.5, frameon=False, labelcolor=INK)
    lost = float(forecast["untold"].iloc[-1])
    if lost >= 0.5:
        figure.text(LEFT, 0.06, words["untold"].format(number(lost)), fontsize=8.5, color=INK, va="center")
    return _finished(figure, words["forecast"], note, path, overwrite)


# -- parts of the charts -----------------------------------------------------------------------------


def _most(curve: pd.DataFrame) -> list[str]:
    """Return the services that most lots are to have or have: the last planned or done of each."""
    size = curve.groupby("service", sort=False)[["planned", "done"]].max().astype(float).max(axis=1)
    return size.sort_values(ascending=False, kind="stable").index[: len(LINES)].tolist()


def _services(axes: Any, curve: pd.DataFrame, names: Mapping[str, str]) -> None:
    """Draw what was planned and done of each service, up to the last month in which more is planned."""
    growing = curve.groupby("service")["planned"].diff().fillna(1) > 0
    last = curve.loc[growing.to_numpy() | curve["done"].notna().to_numpy(), "month"].max()
    curve = curve[curve["month"] <= last]
    for (name, own), colour, mark in zip(curve.groupby("service", sort=False), LINES, MARKS, strict=False):
        x, every = days(own["month"]), max(len(own) // 12, 1)
        axes.plot(x, own["planned"], color=colour, linewidth=1.2, linestyle=":", zorder=2)
        looks = {"linewidth": 1.8, "marker": mark, "markersize": 4, "markevery": every, "color": colour}
        axes.plot(x, own["done"].astype(float), label=names.get(str(name), name), zorder=3, **looks)


def _days(months: pd.Index) -> Any:
    return days(pd.Series(months))


def _ends(months: pd.Index) -> Any:
    """Return the last day of each month."""
    return days(pd.Series(pd.DatetimeIndex(months) + pd.offsets.MonthEnd(0)))


def _axes(axes: Any, title: str, unit: str) -> None:
    from matplotlib.ticker import FuncFormatter

    axes.set_title(title, loc="left", fontsize=10, fontweight="bold", color=INK, pad=14)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    axes.tick_params(axis="y", labelsize=8.5, length=3, width=0.5, color=MUTED, labelcolor=INK)
    axes.grid(axis="y", color="#e2ded4", linewidth=0.5, zorder=0)
    axes.set_ylim(bottom=0)
    axes.set_ylabel(unit, fontsize=9, color=INK)


def _bare(axes: Any) -> None:
    for side, spine in axes.spines.items():
        spine.set(visible=side == "bottom", color=MUTED, linewidth=0.6)


def _finished(
    figure: Any, title: str, note: str | None, path: str | os.PathLike[str] | None, overwrite: bool
) -> Any:
    figure.text(0.025, 0.955, title, fontsize=15, fontweight="bold", color=INK, va="center")
    figure.text(0.025, 0.02, note or "", fontsize=8, color=MUTED, va="center")
    if path is not None:
        save_sheet(figure, path, overwrite)
    return figure
