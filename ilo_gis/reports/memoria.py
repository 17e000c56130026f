"""The descriptive report that goes with plans to the municipality and the registry (memoria descriptiva)."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd

from ilo_gis.errors import RuleError, WriteError
from ilo_gis.io.atomic import replacing
from ilo_gis.io.dxf_sheet import degrees_text
from ilo_gis.tables import Plan, conform, require_no_private
from ilo_gis.tables.kinds import kinds, usual_kinds
from ilo_gis.tables.units import crs_text

__all__ = ["memoria_report"]

HECTARE = 10_000.0  # m2
SECOND = 1 / 3600  # degrees; angles are printed to it
CENTIMETRE = 2  # decimals of printed lengths
FACES = "NESW"
STYLE = """
@page { size: A4 portrait; margin: 20mm 18mm; @bottom-right { content: counter(page) " / " counter(pages);
  font: 8pt "DejaVu Sans", Arial, sans-serif; } }
html { background: #d9d6cf; }
body { max-width: 210mm; margin: 6mm auto; padding: 18mm; background: #fff; color: #1d1d1b;
  box-sizing: border-box; font: 10pt/1.4 "DejaVu Sans", "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
h1 { text-align: center; text-transform: uppercase; font-size: 1.5em; margin: 0; }
h1 + p { text-align: center; font-weight: bold; }
p.schematic { text-align: center; color: #b3261e; font-weight: bold; text-transform: uppercase; }
h2 { font-size: 1.05em; text-transform: uppercase; border-bottom: 0.4mm solid #7a2c22; margin: 1.4em 0 .5em;
  break-after: avoid; }
table { border-collapse: collapse; width: 100%; font-size: 0.9em; }
thead { display: table-header-group; } tr { break-inside: avoid; }
th { text-align: left; border-bottom: 0.3mm solid #1d1d1b; }
th, td { padding: 0.15em 0.6em; } td { border-bottom: 0.1mm solid #bdb8ac; }
th + th, td + td { text-align: right; font-variant-numeric: tabular-nums; }
table.words td + td, th.text, td.text { text-align: left; }
p { orphans: 3; widows: 3; }
p.signature { break-inside: avoid; margin: 22mm auto 0; width: 80mm;
  border-top: 0.25mm solid #1d1d1b; text-align: center; }
footer { margin-top: 2em; font-size: 0.8em; color: #4a463f; text-align: center; }
@media print { html { background: none; } body { margin: 0; padding: 0; } }
"""


class Part(NamedTuple):
    """A heading with paragraphs and a table under it."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def memoria_report(
    plan: Plan,
    vertices: gpd.GeoDataFrame,
    path: str | os.PathLike[str],
    lang: str = "es",
    place: Mapping[str, str] | None = None,
    schematic: bool = False,
    overwrite: bool = False,
) -> Path:
    """Write the memoria descriptiva of a plan, from its tables.

    Location, boundaries and measures, vertex table with its closure, areas, blocks and lots, reserves,
    streets, coordinate system. What the tables do not tell, such as neighbours, is left blank.

    Parameters
    ----------
    plan : Plan
        The plan.
    vertices : GeoDataFrame
        Table ``vertices`` of its site, as `subdivision.perimeter_vertices` makes it.
    path : path-like
        ``*.html``: one page that needs nothing else and prints on A4. ``*.md``: Markdown, for any editor.
    lang : {"es", "en"}
        Language.
    place : mapping of str to str, optional
        ``name``, ``district``, ``province``, ``department``, ``body`` (owner or entity; no person).
    schematic : bool
        Whether to print that the plan is no survey.
    overwrite : bool
        Whether an existing file may be replaced.

    Returns
    -------
    Path
        The file written. The same plan gives the same bytes.

    Raises
    ------
    PrivacyError
        If a table holds what identifies people.
    RuleError
        If the language is unknown.
    SchemaError
        If `vertices` is no such table.
    WriteError
        If the name ends otherwise, there are no vertices, the file exists, or it cannot be written.

    References
    ----------
    Ley 29090 and its regulation DS 029-2019-VIVIENDA: plans and memoria descriptiva of habilitación urbana.

    Examples
    --------
    >>> memoria_report(None, None, "memoria.docx")
    Traceback (most recent call last):
    ilo_gis.errors.WriteError: A memoria is written as .html or .md, not memoria.docx.
    """
    target = Path(path)
    if target.suffix.lower() not in (".html", ".md"):
        raise WriteError(f"A memoria is written as .html or .md, not {target.name}.")
    if lang not in _texts():
        raise RuleError(f"lang is {lang!r}; it can be es or en.")
    for name, table in (("lots", plan.lots), ("blocks", plan.blocks), ("reserves", plan.reserves)):
        require_no_private(table, name)
    known = conform(vertices, "vertices")
    if known.empty:
        raise WriteError(
            "There are no vertices of the site. Make them with `subdivision.perimeter_vertices`."
        )
    words, place = _texts()[lang], dict(place or {})
    parts = _parts(plan, known, place, words, lang)
    top = [words["subtitle"].format(name=place.get("name") or words["blank"])]
    top += [words["schematic"]] if schematic else []
    page = _html if target.suffix.lower() == ".html" else _markdown
    with replacing(target, overwrite) as temporary:
        temporary.write_text(page(parts, top, words, lang), "utf-8")
    return target


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "memoria.toml").read_text("utf-8"))


def _parts(
    plan: Plan, vertices: gpd.GeoDataFrame, place: Mapping[str, str], words: dict[str, Any], lang: str
) -> list[Part]:
    rows = tuple((label, place.get(key) or words["blank"]) for label, key in words["place_rows"])
    return [
        Part(words["place"], (), ("", ""), rows),
        _bounds(plan, vertices, words),
        _vertices(vertices, words),
        _areas(plan.summary, words),
        _blocks(plan.lots, words),
        _reserves(plan.reserves, words, lang),
        *_streets(plan.street_lines, words),
        Part(words["datum"], (_datum(plan, words, lang),)),
        Part(words["date"], (words["blank"],)),
    ]


def _bounds(plan: Plan, vertices: gpd.GeoDataFrame, words: dict[str, Any]) -> Part:
    """Return the boundaries by the four winds: the land lies on the right, so sides look to the left."""
    area = float(plan.summary.at["site", "area"])
    outer = vertices[vertices["ring"] == 0]
    face = ((outer["azimuth"] - 90 + 45) % 360 // 90).astype(int)
    told = [
        words["bounds_text"].format(
            area=_number(area),
            hectares=f"{area / HECTARE:.4f}",
            perimeter=_number(float(outer["distance"].sum())),
        )
    ]
    for wind, name in enumerate(FACES):
        sides = outer[face == wind]
        if len(sides):
            said = words["straight" if len(sides) == 1 else "broken"]
            told.append(
                said.format(
                    face=words["faces"][name],
                    blank=words["blank"],
                    length=_number(float(sides["distance"].sum())),
                    count=len(sides),
                    sides=", ".join(sides["side"]),
                )
            )
    return Part(words["bounds"], tuple(told))


def _vertices(vertices: gpd.GeoDataFrame, words: dict[str, Any]) -> Part:
    rows, closures = [], []
    for (polygon, ring), table in vertices.groupby(["polygon", "ring"], sort=False):
        many = len(set(vertices["polygon"])) > 1
        title = " · ".join([polygon] * many + [words["hole"].format(n=ring)] * bool(ring))
        rows += [(title, "", "", "", "", "")] if title else []
        rows += [
            (
                *(one.vertex, one.side, _number(one.distance)),
                *(degrees_text(one.angle), f"{one.easting:.3f}", f"{one.northing:.3f}"),
            )
            for one in table.itertuples()
        ]
        wanted = (len(table) + (2 if ring else -2)) * 180
        closures.append(
            words["closure"].format(
                angles=degrees_text(float(table["angle"].sum())),
                wanted=degrees_text(wanted),
                length=_number(float(table["distance"].sum())),
                miss=f"{_miss(table):.3f}",
            )
        )
    return Part(words["vertices"], tuple(closures), tuple(words["vertex_heads"]), tuple(rows))


def _miss(table: pd.DataFrame) -> float:
    """Return how far a ring misses its start when walked by what is printed of it."""
    angle = (table["angle"] / SECOND).round().to_numpy() * SECOND
    turned = np.cumsum(180.0 - angle)
    way = np.radians(float(table["azimuth"].iloc[0]) + turned - turned[0])
    length = table["distance"].round(CENTIMETRE).to_numpy()
    return float(np.hypot((length * np.sin(way)).sum(), (length * np.cos(way)).sum()))


def _areas(summary: pd.DataFrame, words: dict[str, Any]) -> Part:
    order = [item for item in summary.index if item != "site"] + ["site"] * ("site" in summary.index)
    rows = [
        (
            words["items"].get(one.Index, str(one.Index)),
            f"{one.pieces:,}",
            _number(one.area),
            f"{one.share:.2f}",
        )
        for one in summary.loc[order].rename(columns={"count": "pieces"}).itertuples()
    ]
    return Part(words["areas"], (), tuple(words["area_heads"]), tuple(rows))


def _blocks(table: gpd.GeoDataFrame, words: dict[str, Any]) -> Part:
    lots = table[table["kind"] == "lot"]
    if lots.empty:
        return Part(words["blocks"], (words["blocks_text"].format(blocks=0, lots=0, least=0, most=0),))
    area = lots.area.groupby(lots["block_id"]).agg(["count", "sum", "min", "max"])
    area = area.iloc[np.lexsort((area.index, area.index.str.len()))]
    rows = [(str(b), str(n), *map(_number, more)) for b, n, *more in area.itertuples()]
    rows.append(
        (words["total"], str(len(lots)), *map(_number, (lots.area.sum(), lots.area.min(), lots.area.max())))
    )
    said = words["blocks_text"].format(
        blocks=len(area), lots=len(lots), least=_number(lots.area.min()), most=_number(lots.area.max())
    )
    return Part(words["blocks"], (said,), tuple(words["block_heads"]), tuple(rows))


def _reserves(reserves: gpd.GeoDataFrame, words: dict[str, Any], lang: str) -> Part:
    if reserves.empty:
        return Part(words["reserves"], (words["no_reserves"],))
    kind = reserves["kind"] if "kind" in reserves else pd.Series("", reserves.index)
    said = {name: one.es if lang == "es" else one.en for name, one in kinds("reserves").items()}
    usual = [said.get(name, name) for name in usual_kinds(kind, "reserves")]
    rows = zip(reserves["block_id"], usual, map(_number, reserves.area), strict=True)
    return Part(words["reserves"], (), tuple(words["reserve_heads"]), tuple(sorted(rows)))


def _streets(lines: gpd.GeoDataFrame, words: dict[str, Any]) -> list[Part]:
    if lines.empty:
        return []
    length = lines.length.groupby(lines["width"].round(CENTIMETRE)).sum().sort_index(ascending=False)
    rows = tuple((f"{width:.2f}", _number(metres)) for width, metres in length.items())
    return [Part(words["streets"], (), tuple(words["street_heads"]), rows)]


def _datum(plan: Plan, words: dict[str, Any], lang: str) -> str:
    return words["datum_text"].format(
        crs=crs_text(plan.blocks.crs, lang),
        code=plan.blocks.crs.to_string(),
        ellipsoidal=_number(float(plan.summary.at["site", "ellipsoidal_area"])),
    )


def _number(value: float) -> str:
    return f"{value:,.2f}"


# -- pages -------------------------------------------------------------------------------------------


def _html(parts: list[Part], top: list[str], words: dict[str, Any], lang: str) -> str:
    body = [f"<h1>{escape(words['title'])}</h1>", f"<p>{escape(top[0])}</p>"]
    body += [f'<p class="schematic">{escape(line)}</p>' for line in top[1:]]
    for number, part in enumerate(parts, 1):
        body.append(f"<h2>{number}. {escape(part.heading)}</h2>")
        body += [f"<p>{escape(text)}</p>" for text in part.paragraphs]
        if part.rows:
            heads = "".join(_cells("th", part.heads, part.rows))
            lines = ["".join(_cells("td", row, part.rows)) for row in part.rows]
            style = "" if any(part.heads) else ' class="words"'
            head = f"<thead><tr>{heads}</tr></thead>" if any(part.heads) else ""
            body.append(f"<table{style}>{head}<tbody>")
            body += [f"<tr>{line}</tr>" for line in lines]
            body.append("</tbody></table>")
    body += [
        f'<p class="signature">{escape(words["signature"])}</p>',
        f"<footer>{escape(words['footer'])}</footer>",
    ]
    title = escape(f"{words['title']} · {top[0]}")
    head = f'<meta charset="utf-8">\n<title>{title}</title>\n<style>{STYLE}</style>'
    inner = "\n".join(body)
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n{head}\n</head>\n<body>\n{inner}\n</body>\n</html>\n'
    )


def _cells(tag: str, row: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> list[str]:
    """Return the cells of a row; those of columns of words are marked."""
    words = [not any(one[:1].isdigit() for one in column) for column in zip(*rows, strict=True)]
    return [
        f'<{tag} class="text">{escape(cell)}</{tag}>' if word else f"<{tag}>{escape(cell)}</{tag}>"
        for cell, word in zip(row, words, strict=True)
    ]


def _markdown(parts: list[Part], top: list[str], words: dict[str, Any], lang: str) -> str:  # noqa: ARG001
    lines = [f"# {words['title']}", *(f"**{_plain(line)}**" for line in top)]
    for number, part in enumerate(parts, 1):
        lines.append(f"## {number}. {part.heading}")
        lines += [_plain(text) for text in part.paragraphs]
        if part.rows:
            rule = "|".join(["---", *["---:"] * (len(part.heads) - 1)])
            table = [f"| {' | '.join(part.heads)} |", f"|{rule}|"]
            lines.append("\n".join(table + [f"| {' | '.join(map(_plain, row))} |" for row in part.rows]))
    return "\n\n".join([*lines, words["signature"], words["footer"]]) + "\n"


def _plain(text: str) -> str:
    """Return a text that Markdown takes for nothing but text."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>|#" else c for c in " ".join(text.split()))
