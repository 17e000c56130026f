"""Numbers out of the columns of any layer, where they may stand as text: "60 kV", "15,5 m", "NULL"."""

from __future__ import annotations

import re
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from ilo_gis.errors import SchemaError, some_ids

__all__ = ["numbers", "read_numbers"]

MISSING = ("", "null", "<null>", "none", "nan", "na", "n/a", "s/d", "s/n", "sn", "-", "--")
UNITS = {  # how a unit may be written, in lower case
    "m": ("m", "m.", "mt", "mts", "mts.", "metros", "metres", "meters"),
    "m2": ("m2", "m²", "mt2", "mts2"),
    "kV": ("kv", "kilovoltios", "kilovolts"),
    "persons/ha": ("persons/ha", "hab/ha", "hab./ha", "hab/ha.", "hab./ha.", "hab/há"),
    "floors": ("floors", "floor", "pisos", "piso", "niveles"),
    "share": ("",),
}
HUNDREDTHS = {"share": ("%", "por ciento", "percent")}  # another unit, but nobody can mistake it
NUMBER = re.compile(r"([-+]?\d+(?:[.,]\d+)?(?:e[-+]?\d+)?)\s*(\D.*)?", re.IGNORECASE)
GROUPED = re.compile(  # 1.300,5 and 1,300.5: of two signs the last is the decimal one
    r"([-+]?[1-9]\d{0,2}(?:(?:\.\d{3})+(?=,)|(?:,\d{3})+(?=\.)))[.,](\d+)(?=\D|$)"
)
TWOFOLD = re.compile(r"[-+]?[1-9]\d{0,2}[.,]\d{3}(?!\d)")  # 1.300: thousands or three decimals


def numbers(column: pd.Series, unit: str, name: str = "layer") -> pd.Series:
    """Return a column as numbers; what says that nothing is known is NaN.

    Parameters
    ----------
    column : Series
        Numbers, or texts such as ``"15"``, ``"15,5 m"``, ``"1.300,5"``, ``"NULL"``; the index names
        the features.
    unit : str
        Unit that the numbers have, and that a text may name, such as ``"m"`` or ``"kV"``.
    name : str
        What to call the layer in the message.

    Returns
    -------
    Series of float
        Named as the column; NaN where the value is missing.

    Raises
    ------
    SchemaError
        If a text is no number, may be read in two ways (``"1.300"`` and ``"1,300"``: 1300 or 1.3), or
        is in another unit. The features are named.

    Examples
    --------
    >>> numbers(pd.Series(["60 kV", "22,9", "NULL", 138]), "kV").tolist()
    [60.0, 22.9, nan, 138.0]
    """
    read, wrong = read_numbers(column, unit)
    if wrong.any():
        texts = column.astype("string").str.strip()
        told = some_ids(f"{i}: {text!r}" for i, text in texts[wrong].items())
        twofold = texts[wrong][texts[wrong].str.match(TWOFOLD)].head(1)
        why = "".join(f" {text!r} may be thousands or three decimals." for text in twofold)
        raise SchemaError(
            f"{name}: {wrong.sum()} values of the column {column.name!r} are no numbers of {unit}: "
            f"{told}.{why} Write plain numbers, such as 15.5, and leave unknown ones empty."
        )
    return read


def read_numbers(column: pd.Series, unit: str) -> tuple[pd.Series, pd.Series]:
    """Return a column as numbers, as `numbers` does, and where something stands that is none.

    Parameters
    ----------
    column, unit
        As for `numbers`.

    Returns
    -------
    numbers : Series of float
        NaN where the value is missing or is no number.
    wrong : Series of bool
        Where something stands that is no number of the unit.

    Examples
    --------
    >>> read, wrong = read_numbers(pd.Series(["4000 m2", "4,000 m2", "large", None]), "m2")
    >>> read.tolist(), wrong.tolist()
    ([4000.0, nan, nan, nan], [False, True, True, False])
    """
    if pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype):
        return column.astype("float64"), pd.Series(False, column.index)
    texts = column.astype("string").str.strip()
    missing = texts.isna() | texts.str.lower().isin(MISSING)
    read = [
        np.nan if gone else _number(value, text, unit)
        for value, text, gone in zip(column, texts, missing, strict=True)
    ]
    wrong = pd.Series([value is None for value in read], column.index, dtype=bool)
    return pd.Series(read, column.index, dtype="float64", name=column.name), wrong


def _number(value: Any, text: str, unit: str) -> float | None:
    """Return the number of a value or of its text, or None if it has none in that unit."""
    if isinstance(value, Real) and not isinstance(value, bool):
        return float(value)
    plain = GROUPED.sub(lambda both: f"{re.sub('[.,]', '', both[1])}.{both[2]}", text)
    found = NUMBER.fullmatch(plain)
    if found is None or (plain == text and TWOFOLD.match(text)):
        return None
    number, said = float(found[1].replace(",", ".")), (found[2] or "").strip().lower()
    if said in HUNDREDTHS.get(unit, ()):
        return number / 100
    return None if said and said not in UNITS.get(unit, (unit.lower(),)) else number
