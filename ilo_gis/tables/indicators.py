"""Rows of the table of indicators."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from ilo_gis.tables.schema import conform, empty

__all__ = ["DIRECTIONS", "Row", "indicator_table"]

DIRECTIONS = ("more", "less", "neither")


class Row(NamedTuple):
    """One row of the table ``indicators``."""

    indicator: str
    label: str
    label_es: str
    value: float
    unit: str
    direction: str
    target: float
    met: bool | None
    source: str


def indicator_table(rows: list[Row]) -> pd.DataFrame:
    """Return rows as the table ``indicators``.

    Examples
    --------
    >>> row = Row("lots", "Lots", "Lotes", 12.0, "lots", "more", np.nan, None, "")
    >>> indicator_table([row]).loc["lots", "value"]
    12.0
    """
    if not rows:
        return empty("indicators")
    frame = pd.DataFrame(rows, columns=Row._fields).set_index("indicator")
    frame["direction"] = pd.Categorical(frame["direction"], DIRECTIONS)
    return conform(frame, "indicators")
