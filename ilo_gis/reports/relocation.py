"""Relocations as one self-contained page: a map with a slider for the date, and who is still there."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ilo_gis.errors import RuleError, WriteError
from ilo_gis.io.atomic import replacing
from ilo_gis.plotting import relocation_styles as looks
from ilo_gis.plotting.furniture import number, round_step
from ilo_gis.plotting.relocation_key import (
    day_text,
    days,
    extent,
    is_there,
    names,
    numbered,
    pieces_on,
    require_end,
    spread,
)
from ilo_gis.plotting.sheet import crs_name
from ilo_gis.tables import conform, require_metres, require_no_private, require_same_crs
from ilo_gis.tables.facts import facts_of
from ilo_gis.tables.kinds import kinds

__all__ = ["relocation_page"]

SIDE = 0.11  # of the height of the map: room for numbers on the side of the sea
LETTER = 0.0145  # of the height of the map: size of numbers
STATES = {
    "there": looks.OCCUPIED,
    "gone": looks.FREED,
    "open": looks.OPEN,
    "works": looks.WORKS,
}
STYLE = """
@page { size: A4 portrait; margin: 12mm; }
* { box-sizing: border-box; }
body { margin: 1.2em auto; max-width: 76em; padding: 0 1.2em; color: #2f2d29; background: #fff;
  font: 14px/1.35 "DejaVu Sans", "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.5em; margin: 0 0 0.1em; }
.note { color: #8e2a1c; margin: 0 0 0.8em; }
.map { float: left; width: 31%; }
.map svg { display: block; width: 100%; height: auto; border: 1px solid #2f2d29; }
.side { margin-left: 34%; }
.day { font-size: 1.7em; font-weight: bold; }
input[type=range] { width: 100%; margin: 0.3em 0; }
.hint { color: #6f6a60; font-size: 0.85em; }
.figures td { padding: 0.1em 1.2em 0.1em 0; }
.figures td + td { font-weight: bold; }
h2 { font-size: 1em; margin: 1em 0 0.3em; }
table { border-collapse: collapse; }
table.list { width: 100%; font-size: 0.9em; }
.list th { text-align: left; border-bottom: 1px solid #2f2d29; padding: 0.15em 0.5em 0.15em 0; }
.list td { border-bottom: 1px solid #d6d1c6; padding: 0.18em 0.5em 0.18em 0; }
.list .right { text-align: right; white-space: nowrap; }
.list i, .legend i { display: inline-block; width: 1.3em; height: 0.8em; margin-right: 0.4em; }
.legend { font-size: 0.85em; margin-top: 0.5em; }
.legend div { margin: 0.15em 0; }
footer { clear: both; padding-top: 1em; font-size: 0.8em; color: #6f6a60; }
@media print { body { margin: 0; padding: 0; font-size: 10.5px; } input, .hint { display: none; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; } }
"""
SCRIPT = """
(function () {
  var data = JSON.parse(document.getElementById("data").textContent);
  var slider = document.getElementById("slider");
  function each(query, act) {
    Array.prototype.forEach.call(document.querySelectorAll(query), act);
  }
  function show(k) {
    var on = data.days[k];
    document.getElementById("day").textContent = on.text;
    ["freed", "left", "opened"].forEach(function (key) {
      document.getElementById(key).textContent = on[key];
    });
    each("[data-o]", function (node) {
      var gone = on.gone.indexOf(+node.getAttribute("data-o")) >= 0;
      node.setAttribute("class", gone ? "gone" : "there");
    });
    each("[data-p]", function (node) {
      var piece = +node.getAttribute("data-p");
      var open = on.open.indexOf(piece) >= 0, works = on.works.indexOf(piece) >= 0;
      node.setAttribute("class", open ? "open" : works ? "works" : "planned");
    });
    each("[data-s]", function (node) {
      var gone = on.gone.indexOf(+node.getAttribute("data-s")) >= 0;
      node.textContent = gone ? data.words.gone : data.words.there;
    });
  }
  function change() { show(+slider.value); }
  slider.addEventListener("input", change);
  slider.addEventListener("change", change);
  show(+slider.value);
}());
"""


@cache
def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads((files(__package__) / "texts.toml").read_text("utf-8"))["relocation"]


def relocation_page(  # noqa: PLR0913 (four layers, and the words of every page)
    occupants: gpd.GeoDataFrame,
    seafront: gpd.GeoDataFrame,
    coast: gpd.GeoDataFrame,
    path: str | os.PathLike[str],
    *,
    dates: Iterable[date] | None = None,
    sea: gpd.GeoDataFrame | None = None,
    title: str | None = None,
    lang: str = "es",
    note: str | None = None,
    overwrite: bool = False,
) -> Path:
    """Write a page with a map of a seafront, a slider for the date, and the occupants with their state.

    One file that needs nothing else, no library and no network; it prints with the date it shows. Without
    JavaScript it shows the first day. The same tables give the same bytes.

    Parameters
    ----------
    occupants : GeoDataFrame
        Table ``occupants`` with ``end``: see `ilo_gis.relocation.occupancy`.
    seafront : GeoDataFrame
        Table ``seafront``.
    coast : GeoDataFrame
        Lines of the shore, in the CRS of the others, in metres.
    path : path-like
        ``*.html`` file to write.
    dates : iterable of date, optional
        Days on the slider; by default the day before the first leaves, and each day on which anything
        changes.
    sea : GeoDataFrame, optional
        Polygons of the sea.
    title, note : str, optional
        Heading; a line below it. By default the line says so where a table is told to be schematic.
    lang : {"es", "en"}
        Language of the page.
    overwrite : bool
        Whether an existing file may be replaced.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    RuleError
        If `lang` is not known, there are no occupants or no dates, or `end` is missing.
    CRSError
        If a layer is not in metres, or two differ.
    SchemaError
        If `occupants` or `seafront` do not have their columns and types.
    WriteError
        If the name ends otherwise, the file exists, or it cannot be written.

    References
    ----------
    López Follegatti 1999, Ilo: a city in transformation, Table 3.

    Examples
    --------
    >>> relocation_page(None, None, None, "seafront.pdf")
    Traceback (most recent call last):
    ilo_gis.errors.WriteError: A page of relocations is written as .html, not seafront.pdf.
    """
    target = Path(path)
    if target.suffix.lower() != ".html":
        raise WriteError(f"A page of relocations is written as .html, not {target.name}.")
    if lang not in _texts():
        raise RuleError(f"lang is {lang!r}; it can be {' or '.join(_texts())}.")
    require_no_private(occupants, "occupants")
    require_metres(coast, "coast")
    table, strip = numbered(occupants, coast), conform(seafront, "seafront").sort_index()
    require_same_crs(occupants=table, seafront=strip, coast=coast, sea=sea)
    on = _changes(table, strip) if dates is None else days(dates)
    words = _texts()[lang]
    data: dict[str, Any] = {"words": words, "days": [_day(table, strip, one, words, lang) for one in on]}
    drawing = _svg(table, strip, coast, sea, data["days"][0], words)
    schematic = facts_of(occupants, seafront, coast).get("schematic") == "yes"
    below = note or (words["schematic"] if schematic else None)
    page = _page(table, drawing, data, (title or words["title"], below, crs_name(coast.crs, lang)), lang)
    with replacing(target, overwrite) as temporary:
        temporary.write_text(page, "utf-8")
    return target


def _changes(table: gpd.GeoDataFrame, strip: gpd.GeoDataFrame) -> list[pd.Timestamp]:
    """Return the day before the first change, and all days on which there is one."""
    require_end(table)
    found = [table["end"] + pd.Timedelta(days=1)]
    found += [pd.to_datetime(strip[name]) for name in ("start", "end") if name in strip]
    moments = pd.concat(found).dropna()
    if moments.empty:
        raise RuleError("Nothing changes on any day: give the days to show, `dates=[...]`.")
    return days([moments.min() - pd.Timedelta(days=1), *moments])


def _day(table: Any, strip: Any, on: pd.Timestamp, words: dict[str, str], lang: str) -> dict[str, Any]:
    """Return what is to be shown of a day."""
    there, (opened, works) = is_there(table, on), pieces_on(strip, on)
    whole, free = (number(table["area"][which].sum()) for which in (slice(None), ~there))
    return {
        "text": day_text(on, lang),
        "freed": f"{free} {words['of']} {whole} m²",
        "left": f"{(~there).sum()} {words['of']} {len(table)}",
        "opened": f"{number(shapely.area(np.asarray(strip.geometry.array))[opened].sum())} m²",
        "gone": table["number"][~there].tolist(),
        "open": np.flatnonzero(opened).tolist(),
        "works": np.flatnonzero(works).tolist(),
    }


# -- the map -----------------------------------------------------------------------------------------


def _svg(table: Any, strip: Any, coast: Any, sea: Any, first: dict[str, Any], words: dict[str, str]) -> str:
    """Return the map as SVG in metres, as it is on the first day."""
    west, south, east, north = extent(table, strip, SIDE)
    frame, high = shapely.box(west, south, east, north), north - south

    def flat(layer: Any) -> list[str]:
        return [_path(one, west, north) for one in np.asarray(layer.geometry.array, dtype=object)]

    ground = [] if sea is None else [f'<path class="sea" d="{one}"/>' for one in flat(sea.clip(frame))]
    pieces = [
        f'<path data-p="{k}" class="{_piece(k, first)}" d="{d}"><title>{escape(name)}</title></path>'
        for k, (d, name) in enumerate(zip(flat(strip), _titles(strip), strict=True))
    ]
    shore = [f'<path class="coast" d="{one}"/>' for one in flat(coast.clip(frame))]
    land = [
        f'<path data-o="{n}" class="{_state(n, first)}" d="{d}"><title>{n}: {escape(name)}</title></path>'
        for n, d, name in zip(table["number"], flat(table), _titles(table), strict=True)
    ]
    style = "".join(
        f".{name}{{fill:{one.fill};stroke:{one.outline}}}" for name, one in STATES.items() if name != "works"
    )
    style += f".works{{fill:{looks.WORKS.fill};stroke:{looks.WORKS.outline};stroke-dasharray:3 2}}"
    style += ".open{fill-opacity:0.82}.works{fill-opacity:0.4}"  # land below is seen, whoever is still on it
    style += ".planned{fill:none;stroke:#b9b2a5;stroke-dasharray:4 3}"
    style += f".sea{{fill:{looks.SEA.fill}}}.coast{{fill:none;stroke:{looks.SEA.outline}}}"
    style += "path,line{vector-effect:non-scaling-stroke;stroke-width:1}.sea{stroke:none}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {east - west:.1f} {high:.1f}" role="img" '
        f'aria-label="{escape(words["map"])}" font-family="DejaVu Sans, Arial, sans-serif">'
        f'<style>{style}</style><rect width="100%" height="100%" fill="#f1f0ec"/>'
        + "\n".join([*ground, *_numbers(table, west, north, high), *land, *pieces, *shore, _bar(high)])
        + "</svg>"
    )


def _path(shape: shapely.Geometry, west: float, north: float) -> str:
    """Return a polygon or a line as a path, in decimetres."""
    text = []
    for part in shapely.get_parts(shape):
        rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
        for ring in rings:
            xy = shapely.get_coordinates(ring)
            text.append("M" + "L".join(f"{x - west:.1f},{north - y:.1f}" for x, y in xy))
            text.append("Z" if part.geom_type == "Polygon" else "")
    return "".join(text)


def _titles(layer: Any) -> list[str]:
    said = layer["name"] if "name" in layer else pd.Series(layer.index.astype(str), layer.index)
    return said.fillna("").astype(str).tolist()


def _state(one: int, day: dict[str, Any]) -> str:
    return "gone" if one in day["gone"] else "there"


def _piece(one: int, day: dict[str, Any]) -> str:
    return "open" if one in day["open"] else "works" if one in day["works"] else "planned"


def _numbers(table: Any, west: float, north: float, high: float) -> list[str]:
    """Return the numbers of occupants on the side of the sea, with lines to their land."""
    size = LETTER * high
    shapes = np.asarray(table.geometry.array, dtype=object)
    middle = shapely.get_coordinates(shapely.centroid(shapes))
    y = north - middle[:, 1]
    at, x, to = spread(y, 1.15 * size), 0.03 * high, middle[:, 0] - west
    return [
        f'<line x1="{x + 0.9 * size:.1f}" y1="{b:.1f}" x2="{c:.1f}" y2="{a:.1f}" stroke="#6f6a60"/>'
        f'<text x="{x:.1f}" y="{b + 0.36 * size:.1f}" font-size="{size:.1f}" text-anchor="middle" '
        f'fill="#2f2d29">{n}</text>'
        for n, a, b, c in zip(table["number"], y, at, to, strict=True)
    ]


def _bar(high: float) -> str:
    """Return an arrow to the north and a scale bar, in the upper left corner."""
    size, length = LETTER * high, round_step(0.16 * high)
    x, y = 0.02 * high, 0.10 * high
    arrow = f"M{x + size:.1f},{0.035 * high:.1f}l{-0.5 * size:.1f},{1.6 * size:.1f}l{0.5 * size:.1f},"
    arrow += f"{-0.4 * size:.1f}l{0.5 * size:.1f},{0.4 * size:.1f}Z"
    return (
        f'<path d="{arrow}" fill="#2f2d29"/><text x="{x + size:.1f}" y="{0.03 * high:.1f}" '
        f'font-size="{size:.1f}" text-anchor="middle" font-weight="bold">N</text>'
        f'<path d="M{x:.1f},{y - 0.5 * size:.1f}V{y:.1f}H{x + length:.1f}V{y - 0.5 * size:.1f}" fill="none" '
        f'stroke="#2f2d29"/><text x="{x:.1f}" y="{y - 0.8 * size:.1f}" font-size="{0.9 * size:.1f}">'
        f"{length:g} m</text>"
    )


# -- the page ----------------------------------------------------------------------------------------


def _page(
    table: Any, drawing: str, data: dict[str, Any], told: tuple[str, str | None, str], lang: str
) -> str:
    words, first, (title, note, crs) = data["words"], data["days"][0], told
    figures = "".join(
        f'<tr><td>{escape(words[key])}</td><td id="{key}">{escape(first[key])}</td></tr>'
        for key in ("freed", "left", "opened")
    )
    legend = "".join(
        f'<div><i style="background:{one.fill};border:1px solid {one.outline}"></i>'
        f"{escape(words[f'legend_{name}'])}</div>"
        for name, one in STATES.items()
    )
    legend += f'<div><i style="border:1px dashed #b9b2a5"></i>{escape(words["legend_planned"])}</div>'
    known = {"words": {key: words[key] for key in ("there", "gone")}, "days": data["days"]}
    kept = json.dumps(known, ensure_ascii=False).replace("</", "<\\/")  # no end of the script in a text
    return f"""<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>{escape(title)}</title>
<style>{STYLE}</style>
</head>
<body>
<h1>{escape(title)}</h1>
<p class="note">{escape(note or "")}</p>
<div class="map">{drawing}<div class="legend">{legend}</div></div>
<div class="side">
<div class="day" id="day">{escape(first["text"])}</div>
<input type="range" id="slider" min="0" max="{len(data["days"]) - 1}" value="0" step="1"
 aria-label="{escape(words["day"])}">
<div class="hint">{escape(words["slider"])}</div>
<table class="figures">{figures}</table>
<h2>{escape(words["list"])}</h2>
{_list(table, first, words, lang)}
</div>
<footer>{escape(words["footer"].format(crs))}</footer>
<script type="application/json" id="data">{kept}</script>
<script>{SCRIPT}</script>
</body>
</html>
"""


def _list(table: Any, first: dict[str, Any], words: dict[str, str], lang: str) -> str:
    heads = ("number", "occupant", "kind", "area", "since", "state")
    head = "".join(f"<th{' class=right' if key == 'area' else ''}>{escape(words[key])}</th>" for key in heads)
    known = kinds("occupants")
    rows = [
        f"<tr><td>{n}</td><td>{escape(name)}</td>"
        f"<td>{escape(getattr(known[kind], lang) if kind in known else kind)}</td>"
        f'<td class="right">{number(area)}</td>'
        f'<td class="right">{"–" if pd.isna(end) else day_text(end + pd.Timedelta(days=1), lang)}</td>'
        f'<td><span data-s="{n}">{escape(words[_state(n, first)])}</span></td></tr>'
        for n, name, kind, area, end in zip(
            table["number"],
            names(table, lang),
            table["kind"].astype(str),
            table["area"],
            table["end"],
            strict=True,
        )
    ]
    total = f'<tr><td></td><td><b>{escape(words["total"])}</b></td><td></td><td class="right"><b>'
    total += f"{number(table['area'].sum())}</b></td><td></td><td></td></tr>"
    return f'<table class="list"><tr>{head}</tr>\n' + "\n".join(rows) + f"\n{total}</table>"
