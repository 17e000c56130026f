"""The axis of time that charts have: months and years in Spanish or English, and a line for a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.plotting.styles import INK, MUTED

__all__ = ["day_line", "day_text", "days", "time_axis"]

TICKS = 26  # names of months along the axis, at most
MONTHS = {
    "es": ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "set", "oct", "nov", "dic"],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}
DAY = {"es": "%d/%m/%Y", "en": "%Y-%m-%d"}
ON = {"es": "Al {}", "en": "On {}"}


def day_text(day: date, lang: str) -> str:
    """Return a date as it is written.

    Examples
    --------
    >>> day_text(pandas.Timestamp("1994-06-30"), "es"), day_text(pandas.Timestamp("1994-06-30"), "en")
    ('30/06/1994', '1994-06-30')
    """
    return day.strftime(DAY[lang])


def days(dates: pd.Series) -> NDArray[np.float64]:
    """Return dates as days since 1970, which is what matplotlib draws.

    Examples
    --------
    >>> days(pandas.Series(pandas.to_datetime(["1970-01-03"])))
    array([2.])
    """
    return dates.to_numpy(dtype="datetime64[D]").astype(np.int64).astype(float)


def time_axis(axes: Any, lang: str) -> None:
    """Mark years and, as far as there is room, months along an axis of days since 1970."""
    low, high = (np.datetime64(round(day), "D") for day in axes.get_xlim())
    months = np.arange(low.astype("datetime64[M]") + 1, high.astype("datetime64[M]") + 1)
    turn = months.astype(np.int64) % 12  # 0 is January: 1970 began with it
    step = next((n for n in (1, 3, 6) if len(months) <= n * TICKS), 12)
    shown = turn % step == 0
    years = months.astype("datetime64[Y]").astype(str)
    texts = [
        MONTHS[lang][m] + (f"\n{year}" if m == 0 else "")
        for m, year in zip(turn[shown], years[shown], strict=True)
    ]
    places = months.astype("datetime64[D]").astype(np.int64)
    axes.set_xticks(places[shown], texts)
    axes.tick_params(axis="x", labelsize=7.5, length=3, width=0.5, color=MUTED, labelcolor=INK)
    axes.grid(axis="x", color="#e2ded4", linewidth=0.5, zorder=0)
    for day in places[turn == 0]:
        axes.axvline(day, color="#b9b2a5", linewidth=0.8, zorder=0.5)
    for spine in axes.spines.values():
        spine.set(color=MUTED, linewidth=0.6)


def day_line(axes: Any, on: date | str, lang: str) -> None:
    """Draw a line for a day, with its date above."""
    day = pd.Timestamp(on)
    x = days(pd.Series([day]))[0]
    axes.axvline(x, color=INK, linewidth=1.2, linestyle=(0, (5, 3)), zorder=6)
    marks: dict[str, Any] = {
        "fontsize": 8,
        "fontweight": "bold",
        "color": INK,
        "ha": "center",
        "va": "bottom",
    }
    axes.text(x, 1.006, ON[lang].format(day_text(day, lang)), transform=axes.get_xaxis_transform(), **marks)
