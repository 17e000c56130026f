"""Tables on printed sheets: heads and figures as words, in Spanish or English."""

from __future__ import annotations

from collections.abc import Iterable

import geopandas as gpd
import pandas as pd

from ilo_gis.plotting.furniture import HEADS, ITEMS, number
from ilo_gis.plotting.zoning_styles import ZONING_STYLES
from ilo_gis.tables import describe
from ilo_gis.tables.units import unit_text

__all__ = [
    "area_rows",
    "figures_said",
    "head",
    "outline_said",
    "sides_said",
    "stamp",
    "vertex_rows",
    "zone_rows",
]

Rows = list[list[str]]

SIDES = {
    "front": ("Frente", "Front"),
    "right": ("Derecha", "Right"),
    "back": ("Fondo", "Back"),
    "left": ("Izquierda", "Left"),
}
BEHIND = {
    "street": ("{}", "{}"),
    "lot": ("Lote {}", "Lot {}"),
    "remnant": ("Remanente {}", "Remnant {}"),
    "outside": ("Terrenos de terceros", "Land of others"),
}
VERTICES = ["vertex", "side", "distance", "angle", "easting", "northing"]
STAMP = {
    "location": ("Ubicación", "Location"),
    "project": ("Proyecto", "Project"),
    "drawing": ("Plano", "Drawing"),
    "district": ("Distrito", "District"),
    "province": ("Provincia", "Province"),
    "department": ("Departamento", "Department"),
    "crs": ("Sistema de coordenadas", "Coordinates"),
    "norms": ("Normas", "Norms"),
    "scale": ("Escala", "Scale"),
    "date": ("Fecha", "Date"),
    "responsible": ("Responsable: nombre, N.º y firma", "Responsible: name, No. and signature"),
    "sheet": ("Lámina", "Sheet"),
}
PUBLIC = ("Vía pública", "Public street")
TOTAL = ("Total", "Total")


def head(table: str, column: str, lang: str = "es") -> str:
    """Return how a column of a declared table is called on paper, with its unit.

    Examples
    --------
    >>> head("lots", "area"), head("vertices", "angle", "en")
    ('Área (m²)', 'Angle (°)')
    """
    spec = describe(table).loc[column]
    name = spec["alias_es"] if lang == "es" else column.replace("_", " ").capitalize()
    unit = "°" if spec["unit"] == "degrees" else unit_text(spec["unit"], lang)
    return f"{name} ({unit})" if unit else str(name)


def stamp(lang: str = "es") -> dict[str, str]:
    """Return the names of the boxes of a sheet, from the location map to its number.

    Examples
    --------
    >>> stamp()["sheet"]
    'Lámina'
    """
    return {box: names[lang != "es"] for box, names in STAMP.items()}


def figures_said(table: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """Return a table whose numbers with decimals are texts with two of them, in the columns named.

    Examples
    --------
    >>> figures_said(pandas.DataFrame({"number": [1], "area": [120.5]}), ["number", "area"]).iloc[0].tolist()
    [1, '120.50']
    """
    numbers = [name for name in columns if table[name].dtype.kind == "f"]
    return table.assign(**{name: [number(value, 2) for value in table[name]] for name in numbers})


def area_rows(summary: pd.DataFrame, lang: str = "es") -> tuple[tuple[str, ...], Rows]:
    r"""Return heads and rows of the area table (cuadro de áreas), the whole site last.

    Parameters
    ----------
    summary : DataFrame
        Table ``summary``.
    lang : {"es", "en"}
        Language.

    Examples
    --------
    >>> columns = {"count": [2], "area": [1234.5], "share": [100.0]}
    >>> area_rows(pandas.DataFrame(columns, index=["lots"]))[1]
    [['Lotes', '2', '1\u202f234.50', '0.12', '100.00']]
    """
    names = [ITEMS[item][lang != "es"] for item in summary.index]
    return HEADS[lang], _areas(names, summary)


def outline_said(site: gpd.GeoDataFrame, lang: str = "es") -> list[str]:
    r"""Return the area and the perimeter of a site, as they stand on its perimeter plan.

    Examples
    --------
    >>> outline_said(geopandas.GeoDataFrame(geometry=[shapely.box(0, 0, 30, 40)], crs=32719))
    ['Área: 1\u202f200.00 m² (0.1200 ha)', 'Perímetro: 140.00 m']
    """
    area, perimeter = ("Área", "Perímetro") if lang == "es" else ("Area", "Perimeter")
    whole = site.area.sum()
    return [
        f"{area}: {number(whole, 2)} m² ({number(whole / 1e4, 4)} ha)",
        f"{perimeter}: {number(site.length.sum(), 2)} m",
    ]


def vertex_rows(vertices: pd.DataFrame, lang: str = "es") -> tuple[list[str], Rows]:
    r"""Return heads and rows of the table of vertices (cuadro de datos técnicos).

    Parameters
    ----------
    vertices : DataFrame
        Table ``vertices``.
    lang : {"es", "en"}
        Language.

    Examples
    --------
    >>> columns = {"vertex": ["P1"], "side": ["P1-P2"], "distance": [22.4], "angle": [164.92]}
    >>> vertex_rows(pandas.DataFrame(columns | {"easting": [253756.7], "northing": [8048055.9]}))[1]
    [['P1', 'P1-P2', '22.40', '164.92', '253\u202f756.70', '8\u202f048\u202f055.90']]
    """
    heads = [head("vertices", name, lang) for name in VERTICES]
    return heads, figures_said(vertices, VERTICES)[VERTICES].to_numpy().tolist()


def zone_rows(zones: pd.DataFrame, lang: str = "es") -> tuple[tuple[str, ...], Rows, list[str | None]]:
    r"""Return heads, rows and colours of the table of zones: code and name, and the land of all zones of it.

    Parameters
    ----------
    zones : GeoDataFrame
        Table ``zones``.
    lang : {"es", "en"}
        Language.

    Returns
    -------
    tuple
        Heads, the first empty, over the colour; rows, the total last; the colour of each row but the last.

    Examples
    --------
    >>> zones = geopandas.GeoDataFrame({"code": ["RDM"]}, geometry=[shapely.box(0, 0, 30, 40)], crs=32719)
    >>> zone_rows(zones, "es")[1][0]
    ['', 'RDM: Residencial de densidad media', '1', '1\u202f200.00', '0.12', '100.00']
    """
    areas = zones.area.groupby(zones["code"]).agg(["count", "sum"]).rename(columns={"sum": "area"})
    areas.loc[TOTAL[0]] = areas.sum()
    areas["share"] = 100 * areas["area"] / areas["area"].iloc[-1]
    known = ZONING_STYLES["zones"].symbols
    symbols = [known.get(code, known[""]) for code in areas.index[:-1]]
    names = [*(getattr(symbol, lang) for symbol in symbols), TOTAL[lang != "es"]]
    rows = [["", *row] for row in _areas(names, areas)]
    return ("", *HEADS[lang]), rows, [symbol.fill for symbol in symbols]


def sides_said(sides: pd.DataFrame, lang: str = "es") -> pd.DataFrame:
    """Return the sides of lots in words: which side, its length, and who is behind it.

    Parameters
    ----------
    sides : GeoDataFrame
        Table ``lot_sides``.
    lang : {"es", "en"}
        Language.

    Returns
    -------
    GeoDataFrame
        Sides with ``side``, ``length`` and ``neighbour`` as texts, and ``once``: the length, but nothing for
        the second of two sides along the same line, for maps that show both lots.

    Examples
    --------
    >>> columns = {"lot_id": ["A-2"], "side": ["back"], "length": [8.0], "neighbour_kind": ["lot"]}
    >>> sides_said(pandas.DataFrame(columns | {"neighbour": ["A-1"]})).iloc[0].tolist()
    ['A-2', 'Fondo', '8.00', 'lot', 'Lote A-1', '']
    """
    en = lang != "es"
    kinds, ids = sides["neighbour_kind"].astype(object), sides["neighbour"].fillna("").astype(object)
    second = (kinds == "lot") & (ids.to_numpy() < sides["lot_id"].astype(object).to_numpy())
    said = figures_said(sides, ["length"])
    return said.assign(
        side=sides["side"].astype(object).map({name: words[en] for name, words in SIDES.items()}),
        neighbour=[
            BEHIND[kind][en].format(name) or PUBLIC[en] for kind, name in zip(kinds, ids, strict=True)
        ],
        once=said["length"].where(~second, ""),
    )


def _areas(names: Iterable[str], areas: pd.DataFrame) -> Rows:
    columns = (areas[column] for column in ("count", "area", "share"))
    return [
        [name, number(count), number(area, 2), number(area / 1e4, 2), number(share, 2)]
        for name, count, area, share in zip(names, *columns, strict=True)
    ]
