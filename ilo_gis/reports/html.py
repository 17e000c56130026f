"""A certificate as one self-contained HTML page that prints on one A4 sheet."""

from __future__ import annotations

from html import escape

from ilo_gis.reports.content import Content
from ilo_gis.reports.sketch import INK, Shape, Sketch

__all__ = ["certificate_html"]

STYLE = """
@page { size: A4 portrait; margin: 0; }
* { box-sizing: border-box; }
html { background: #d9d6cf; }
body { width: 210mm; height: 296mm; margin: 6mm auto; padding: 11mm 15mm 8mm; background: #fff;
  color: #1d1d1b; font: 8.8pt/1.25 "DejaVu Sans", "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
header { text-align: center; border-bottom: 0.7mm double #1d1d1b; padding-bottom: 0.6em; }
header .issuer { font-size: 1.4em; font-weight: bold; letter-spacing: 0.04em; text-transform: uppercase; }
header .office { color: #4a463f; }
h1 { font-size: 1.45em; text-align: center; text-transform: uppercase; margin: 0.7em 0 0.2em; }
.number { text-align: center; font-size: 1.15em; margin: 0; }
.schematic { text-align: center; color: #b3261e; font-weight: bold; text-transform: uppercase; }
h2 { font-size: 1em; text-transform: uppercase; letter-spacing: 0.03em; margin: 0.9em 0 0.3em;
  padding: 0.15em 0.5em; background: #ebe8e1; border-left: 1.2mm solid #7a2c22; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.14em 0.5em; }
table.rows th { font-weight: normal; color: #4a463f; width: 40%; }
table.rows td { font-weight: bold; }
table.figures th { border-bottom: 0.3mm solid #1d1d1b; font-size: 0.95em; }
table.figures th:nth-child(1) { width: 43%; } table.figures th:nth-child(2) { width: 20%; }
table.figures td { border-bottom: 0.1mm solid #bdb8ac; }
table.figures td.value { font-weight: bold; white-space: nowrap; }
table.figures td.source { color: #4a463f; font-size: 0.92em; }
table.halves > tbody > tr > td { padding: 0; }
table.halves > tbody > tr > td.right { width: 84mm; padding-left: 4mm; }
svg { display: block; }
.legend { font-size: 0.85em; line-height: 1.5; margin: 0.3em 0 0; }
.legend i { display: inline-block; width: 4mm; height: 2.4mm; margin-right: 1mm;
  border: 0.1mm solid #6b665c; }
.legend span { margin-right: 3mm; white-space: nowrap; }
p { margin: 0.1em 0.5em; }
ul { margin: 0.1em 0 0; padding-left: 1.5em; font-size: 0.94em; }
.signature { width: 78mm; margin: 15mm auto 0; border-top: 0.25mm solid #1d1d1b; text-align: center;
  padding-top: 0.2em; font-size: 0.95em; }
footer { margin-top: 0.6em; font-size: 0.8em; color: #4a463f; text-align: center; }
@media print { html { background: none; } body { margin: 0; }
  h2, .legend i, svg { -webkit-print-color-adjust: exact; print-color-adjust: exact; } }
"""
SIZE = 8.8  # pt; of the text, which is smaller where there is much to say
FULL = 48  # lines that one page of that size holds
WIDE, NARROW = 100, 40  # characters of a line across the page, and of one in a column


def certificate_html(content: Content, sketch: Sketch, lang: str) -> str:
    """Return the page."""
    words = content.words
    blank = "." * 28
    return f"""<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>{escape(words["title"])} · {escape(content.lot_id)}</title>
<style>{STYLE}body {{ font-size: {_size(content):.2f}pt; }}</style>
</head>
<body>
<header>
<div class="issuer">{escape(content.issuer or f"{words['issuer']} {blank}")}</div>
<div class="office">{escape(words["office"])}</div>
</header>
<h1>{escape(words["title"])}</h1>
<p class="number">{escape(words["number"])} {blank}</p>
{f'<p class="schematic">{escape(content.schematic)}</p>' if content.schematic else ""}
<table class="halves"><tbody><tr><td>
{_section(words["lot"], _rows(content.lot))}
{_section(words["zoning"], _rows(content.zoning))}
{_rows(content.dates)}
</td><td class="right">
{_section(words["sketch"], sketch_svg(sketch, words) + _legend(sketch, words))}
</td></tr></tbody></table>
{_section(words["parameters"], _figures(content))}
{_section(words["uses"], "".join(f"<p><b>{escape(k)}:</b> {escape(v)}.</p>" for k, v in content.uses))}
{_section(words["notes"], "<ul>" + "".join(f"<li>{escape(one)}</li>" for one in content.notes) + "</ul>")}
{_section(words["law"], f"<p>{escape(content.law)}</p>")}
<div class="signature">{escape(words["signature"])}</div>
<footer>{" ".join(map(escape, content.footer))}</footer>
</body>
</html>
"""


def _size(content: Content) -> float:
    """Return the size of text at which the page should hold all lines."""
    texts = [*content.notes, *(f"{name}: {uses}" for name, uses in content.uses), content.law]
    columns = [value for _, value in content.zoning] + [source for *_, source in content.parameters]
    lines = 20 + sum(1 + len(text) // WIDE for text in texts)
    lines += sum(1 + len(text) // NARROW for text in columns) + bool(content.schematic)
    return SIZE * min(1.0, FULL / lines)


def _section(heading: str, inner: str) -> str:
    return f"<section><h2>{escape(heading)}</h2>\n{inner}</section>"


def _rows(rows: tuple[tuple[str, str], ...]) -> str:
    inner = "\n".join(f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in rows)
    return f'<table class="rows">{inner}</table>'


def _figures(content: Content) -> str:
    heads = "".join(f"<th>{escape(content.words[name])}</th>" for name in ("parameter", "value", "source"))
    inner = "\n".join(
        f'<tr><td>{escape(name)}</td><td class="value">{escape(value)}</td>'
        f'<td class="source">{escape(source)}</td></tr>'
        for name, value, source in content.parameters
    )
    return f'<table class="figures"><tr>{heads}</tr>\n{inner}</table>'


def _legend(sketch: Sketch, words: dict[str, str]) -> str:
    codes = "".join(
        f'<span><i style="background:{color}"></i>{escape(code)}</span>' for color, code in sketch.legend
    )
    own = f'<span><i style="border:0.5mm solid #b3261e"></i>{escape(words["this_lot"])}</span>'
    return f'<div class="legend">{own}{codes}</div>'


def sketch_svg(sketch: Sketch, words: dict[str, str]) -> str:
    """Return the sketch as inline SVG, in mm."""
    w, h = sketch.width, sketch.height
    parts = [f'<rect width="{w:g}" height="{h:g}" fill="#ffffff"/>']
    parts += [_path(shape, h) for shape in sketch.shapes]
    for one in sketch.labels:
        x, y, bold = one.x, h - one.y, ' font-weight="bold"' if one.bold else ""
        if one.circle:
            parts.append(
                f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{one.size:g}" fill="#ffffff" stroke="{INK}" '
                'stroke-width="0.2"/>'
            )
        parts.append(
            f'<text x="{x:.2f}" y="{y + 0.36 * one.size:.2f}" font-size="{one.size:g}" '
            f'text-anchor="middle"{bold}>{escape(one.text)}</text>'
        )
    parts += [_north(w), _bar(sketch, words)]
    parts.append(
        f'<rect x="0.15" y="0.15" width="{w - 0.3:g}" height="{h - 0.3:g}" fill="none" stroke="{INK}" '
        'stroke-width="0.3"/>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{w:g}mm" height="{h:g}mm" viewBox="0 0 {w:g} {h:g}" '
        f'role="img" aria-label="{escape(words["sketch"])}" font-family="DejaVu Sans, Arial, sans-serif" '
        f'fill="{INK}">{"".join(parts)}</svg>'
    )


def _path(shape: Shape, height: float) -> str:
    rings = "".join("M" + "L".join(f"{x:.2f},{height - y:.2f}" for x, y in ring) for ring in shape.rings)
    dashes = ' stroke-dasharray="1.6,0.8"' if shape.dashed else ""
    return (
        f'<path d="{rings}" fill="{shape.fill or "none"}" fill-rule="evenodd" stroke="{shape.stroke}" '
        f'stroke-width="{shape.width:g}"{dashes}/>'
    )


def _north(width: float) -> str:
    x, top = width - 5.0, 5.0
    return (
        f'<circle cx="{x:g}" cy="6.2" r="4.4" fill="#ffffff" fill-opacity="0.85"/>'
        f'<path d="M{x:g},{top:g}L{x - 1.8:g},{top + 5:g}L{x:g},{top + 3.8:g}Z" fill="{INK}"/>'
        f'<path d="M{x:g},{top:g}L{x + 1.8:g},{top + 5:g}L{x:g},{top + 3.8:g}Z" fill="#ffffff" '
        f'stroke="{INK}" stroke-width="0.2"/>'
        f'<text x="{x:g}" y="4.4" font-size="2.8" font-weight="bold" text-anchor="middle">N</text>'
    )


def _bar(sketch: Sketch, words: dict[str, str]) -> str:
    length, y = sketch.bar * 1000 / sketch.scale, sketch.height - 3.0
    scale = words["scale"].format(f"{sketch.scale:,}".replace(",", "\u202f"))
    return (
        f'<rect x="1.2" y="{y - 4.6:g}" width="{length + 12:.2f}" height="6.4" fill="#ffffff" '
        'fill-opacity="0.85"/>'
        f'<path d="M2.5,{y - 1:g}V{y:g}H{2.5 + length:.2f}V{y - 1:g}" fill="none" stroke="{INK}" '
        'stroke-width="0.3"/>'
        f'<text x="{3.2 + length:.2f}" y="{y:g}" font-size="2.1">{sketch.bar:g} m</text>'
        f'<text x="2.5" y="{y - 2:g}" font-size="2.1">{escape(scale)}</text>'
    )
