"""Units and figures as they are printed."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

__all__ = ["crs_text", "figure_text", "in_language", "unit_text"]

SPANISH = {
    "lots": "lotes",
    "lot": "lote",
    "persons": "hab.",
    "person": "hab.",
    "floors": "pisos",
    "share": "parte",
    "dwellings": "viv.",
}
SIGNS = {"m2": "m²", "m3": "m³", "km2": "km²", "degrees": "°"}


def unit_text(unit: object, lang: str = "es") -> str:
    """Return a unit as it is printed in Spanish or English; nothing where there is none.

    Examples
    --------
    >>> unit_text("persons/km2"), unit_text("m/lot", "en"), unit_text(None)
    ('hab./km²', 'm/lot', '')
    """
    words = SIGNS | (SPANISH if lang == "es" else {})
    return re.sub(r"\w+", lambda found: words.get(found[0], found[0]), unit) if isinstance(unit, str) else ""


def crs_text(crs: Any, lang: str = "es") -> str:
    """Return the name of a CRS as it is printed in Spanish or English.

    Examples
    --------
    >>> crs_text(geopandas.GeoSeries(crs=32719).crs), crs_text(geopandas.GeoSeries(crs=32719).crs, "en")
    ('WGS 84 / UTM zona 19S', 'WGS 84 / UTM zone 19S')
    """
    return str(crs.name).replace(" zone ", " zona " if lang == "es" else " zone ")


def figure_text(value: float, apart: str = ",") -> str:
    """Return a figure with as many decimals as a reader needs; a dash where there is none.

    Parameters
    ----------
    value : float
        The figure.
    apart : str
        Goes between thousands.

    Examples
    --------
    >>> figure_text(12345.6), figure_text(26.389), figure_text(60.0), figure_text(0.042)
    ('12,346', '26.4', '60', '0.042')
    """
    if pd.isna(value):
        return "–"
    size = abs(value)
    decimals = 0 if size >= 1000 or float(value).is_integer() else 1 if size >= 1 else 3
    return f"{value:,.{decimals}f}".replace(",", apart)


def in_language(text: str, lang: str = "es") -> str:
    """Return the Spanish or the English half of a text that has both: ``"Spanish / English"``.

    Examples
    --------
    >>> in_language("quebrada / ravine"), in_language("quebrada / ravine", "en"), in_language("Av. Ilo", "en")
    ('quebrada', 'ravine', 'Av. Ilo')
    """
    spanish, _, english = text.partition(" / ")
    return english if lang == "en" and english else spanish
