"""The style table as QGIS layer styles (QML, read by QGIS 3.22 and later)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET  # XML is written here, never read  # nosec B405

import pandas as pd
from pandas.api.types import is_numeric_dtype

from ilo_gis import tables
from ilo_gis.plotting.base_styles import BASE_STYLES, VIEWS
from ilo_gis.plotting.promuvi_styles import PROMUVI_STYLES
from ilo_gis.plotting.qml_forms import form, titles
from ilo_gis.plotting.relocation_styles import RELOCATION_STYLES
from ilo_gis.plotting.styles import OF_KINDS, OTHERS, STYLES, Label, LayerStyle, Symbol, Temporal
from ilo_gis.plotting.zoning_styles import ZONING_STYLES
from ilo_gis.tables.kinds import kinds

__all__ = ["RELIEF", "qml"]

NEAR = 3000  # scale (1:n) from which block letters have their circle, as the lots have numbers
CLOSE = 1250  # scale from which lots have room for their areas
PLACEMENT = {"marker": "0", "line": "2", "fill": "1"}  # QGIS's: around points, along lines, over areas
BESIDE, ON_LINE = "8", "1"  # QGIS's: outside of the area; on the line, not beside it
KINDS = {"marker": "0", "line": "1", "fill": "2"}  # QGIS's layerGeometryType
ALL = STYLES | ZONING_STYLES | RELOCATION_STYLES | PROMUVI_STYLES | BASE_STYLES
CATEGORY = re.compile(r"<category [^>]*/>|<category [^>]*[^/]>.*?</category>", re.DOTALL)
VALUE = re.compile(r'\bvalue="([^"]*)"')  # of a category, or of each one of a list
NOTHING = "\0"  # a row that tells no kind
START_AND_END, EXPRESSIONS = "2", "4"  # QGIS's modes of time from columns
OF_STORE = {"scenario": "Escenario", "row_version": "Versión de la fila"}  # columns of a project file
LAST = {"history": ("before", "after")}  # long values of tables that are read from the newest row
WIDTHS = {"at": "130", "table": "160", "reason": "430"}  # pixels of their columns; QGIS's own are 100
DESCENDING = "1"  # QGIS's order of rows
NEVER = "make_datetime(9999, 12, 31, 0, 0, 0)"
PAST = "past"  # stands for what does not hold on the day that the map shows
WHOLE = "1"  # QGIS's limit mode in which the last day belongs to the time
RELIEF = (  # heights as a pale relief, with the sun in the north-west as on maps, without steps between cells
    '<qgis version="3.22.0" styleCategories="Symbology"><pipe><provider><resampling enabled="true"'
    ' zoomedInResamplingMethod="cubic" zoomedOutResamplingMethod="bilinear" maxOversampling="2"/></provider>'
    '<rasterrenderer type="hillshade" band="1" azimuth="315" angle="45" zfactor="1" multidirection="0"'
    ' opacity="0.35" alphaBand="-1"/><resamplingStage>provider</resamplingStage></pipe></qgis>'
)
HEAD = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"


def qml(table: str, geom_types: Iterable[str] = (), view: str = "") -> str:
    """Return the QGIS style of a table: symbols, labels, Spanish names of the columns, and its form.

    Parameters
    ----------
    table : str
        Name of the table, for example ``"lots"``.
    geom_types : iterable of str
        Types of the geometries at hand. They decide the symbols of a table that may hold any
        type, for QGIS takes one kind of symbol per layer; the most frequent wins.
    view : str
        A layer that shows the table once more, as `ilo_gis.plotting.layer_tree.shown` names them: its
        symbols and labels.

    Returns
    -------
    str
        A QML document. For a table without geometry or looks: the names of the columns and the form only.

    Raises
    ------
    SchemaError
        If there is no such table.

    Examples
    --------
    >>> "Código de lote" in qml("lots")
    True
    """
    spec = tables.describe(table)
    spatial = "geometry" in spec.index
    style = (VIEWS[view][1] if view else ALL.get(table)) if spatial else None
    parts = "LayerConfiguration|Fields|Forms" + ("|Symbology|Labeling" if style else "")
    parts += "|Temporal" if style and style.temporal else ""
    parts += "|AttributeTable" if table in LAST else ""
    root = ET.Element("qgis", version="3.22.0", styleCategories=parts)
    if style is not None:
        kind = _kind(spec.at["geometry", "dtype"], geom_types)
        root.append(_renderer(table, style, kind))
        if style.label:
            root.append(_labels(style.label, kind))
        root.set("labelsEnabled", "1" if style.label else "0")
        ET.SubElement(root, "layerGeometryType").text = KINDS[kind]
        if style.temporal:
            root.append(_temporal(style.temporal))
    aliases = ET.SubElement(root, "aliases")
    for i, (column, alias) in enumerate((OF_STORE | titles(table)).items()):
        ET.SubElement(aliases, "alias", index=str(i + 1), field=column, name=alias)
    root.extend(form(table))
    if table in LAST:
        root.append(_in_table(table, [str(column) for column in spec.index]))
    key = spec.index[spec["dtype"] == "index"][0]
    ET.SubElement(root, "previewExpression").text = f'"{key}"'  # what lists call a row
    ET.indent(root, " ")
    return HEAD + ET.tostring(root, encoding="unicode") + "\n"


def legend_in(lang: str, name: str, look: str, table: pd.DataFrame | None = None) -> str:
    """Return a QGIS style of a table, as `qml` or QGIS wrote it, with the words of its legend in a language.

    Words that are none of `qml` stay as they are.

    Parameters
    ----------
    lang : {"es", "en"}
        Language.
    name : str
        Name of the table.
    look : str
        A QML document.
    table : DataFrame, optional
        Rows that are drawn: kinds of which there is none are left out.

    Returns
    -------
    str
        The document.

    Examples
    --------
    >>> 'label="Remnants"' in legend_in("en", "lots", qml("lots"))
    True
    >>> 'label="Remnants"' in legend_in("en", "lots", qml("lots"), pandas.DataFrame({"kind": ["lot"]}))
    False
    """
    for symbol in ALL[name].symbols.values() if lang != "es" else ():
        look = look.replace(f'label="{symbol.es}"', f'label="{symbol.en}"')
    column = re.search(r'<renderer-v2 (?=[^>]*type="categorizedSymbol")[^>]*attr="(\w+)"', look)
    if table is None or column is None or column[1] not in table or is_numeric_dtype(table[column[1]]):
        return look
    met = set(table[column[1]].astype(object).fillna(NOTHING).replace("", NOTHING))
    known = set(map(unescape, VALUE.findall("".join(CATEGORY.findall(look)))))
    met |= {""} if met - known else set()  # the symbol of all others
    return CATEGORY.sub(lambda one: one[0] if met & set(map(unescape, VALUE.findall(one[0]))) else "", look)


def _in_table(table: str, columns: list[str]) -> ET.Element:
    """Return how QGIS lists the rows: the newest first, values that nobody reads at a glance last."""
    told = {"sortExpression": f'"{columns[0]}"', "sortOrder": DESCENDING, "actionWidgetStyle": "dropDown"}
    whole = ET.Element("attributetableconfig", told)
    listed = ET.SubElement(whole, "columns")
    for column in sorted(columns, key=lambda one: one in LAST[table]):
        ET.SubElement(listed, "column", type="field", name=column, hidden="0", width=WIDTHS.get(column, "-1"))
    return whole


def _temporal(when: Temporal) -> ET.Element:
    """Return what QGIS's temporal controller has to know."""
    told = {"mode": START_AND_END, "startField": when.start, "endField": when.end}
    if not when.end:  # QGIS shows what has no day at all times: it is to come
        told = {
            "mode": EXPRESSIONS,
            "startExpression": f'coalesce("{when.start}", {NEVER})',
            "endExpression": "",
        }
    return ET.Element("temporal", told | {"limitMode": WHOLE, "enabled": "1", "accumulate": "0"})


def _kind(declared: str, geom_types: Iterable[str]) -> str:
    found = [t for t in geom_types if t] if declared == "Geometry" else [declared]
    counts = {
        "fill": sum("Polygon" in t for t in found),
        "line": sum("Line" in t for t in found),
        "marker": sum("Point" in t for t in found),
    }
    return max(counts, key=lambda kind: counts[kind])


def _renderer(table: str, style: LayerStyle, kind: str) -> ET.Element:
    common: dict[str, Any] = {"enableorderby": "0", "forceraster": "0", "symbollevels": "0"}
    if style.column is None:
        renderer = ET.Element("renderer-v2", type="singleSymbol", **common)
    else:
        shown = f"if({style.holds}, \"{style.column}\", '{PAST}')" if style.holds else style.column
        renderer = ET.Element("renderer-v2", type="categorizedSymbol", attr=shown, **common)
        categories = ET.SubElement(renderer, "categories")
        if style.holds:  # off until the box in the legend is ticked
            past = {"symbol": "0", "label": "No vigente", "render": "false", "value": PAST, "type": "string"}
            ET.SubElement(categories, "category", past)
        for i, (value, symbol) in enumerate(style.symbols.items()):
            looks = {"symbol": str(i), "label": symbol.es, "render": str(symbol.shown).lower()}
            words = _words(table, value)
            if len(words) == 1:
                ET.SubElement(categories, "category", looks, value=value, type="string")
            else:
                category = ET.SubElement(categories, "category", looks, type="List")
                for word in words:
                    ET.SubElement(category, "val", value=word, type="string")
    symbols = ET.SubElement(renderer, "symbols")
    for i, symbol in enumerate(style.symbols.values()):
        node = ET.SubElement(
            symbols, "symbol", name=str(i), type=kind, alpha="1", clip_to_extent="1", force_rhr="0"
        )
        for layer_class, options in _layers(symbol, kind):
            told = {"class": layer_class, "enabled": "1", "locked": "0", "pass": "0"}  # no password  # nosec B105
            layer = ET.SubElement(node, "layer", told)
            _options(layer, options)
            if style.thin_from and kind == "fill":
                thinner = f"{symbol.width} * min(1, {style.thin_from} / @map_scale)"
                _by_scale(ET.SubElement(layer, "data_defined_properties"), {"outlineWidth": thinner})
    return renderer


def _words(table: str, value: str) -> list[str]:
    """Return the words that stand for a value of a layer, in small letters and with a capital."""
    if table not in OF_KINDS or value == OTHERS:
        return [value]
    words = [value, *kinds(table)[value].also]
    return words + [word.capitalize() for word in words]


def _layers(symbol: Symbol, kind: str) -> list[tuple[str, dict[str, str]]]:
    line = _colour(symbol.outline)
    width = {"width": str(symbol.width), "width_unit": "MM"}
    if kind == "line":
        dash = (
            {"use_custom_dash": "1", "customdash": "4;1;0.6;1", "customdash_unit": "MM"}
            if symbol.dashed
            else {}
        )
        ends = {"line_style": "solid", "capstyle": "flat", "joinstyle": "round"}
        return [
            (
                "SimpleLine",
                {"line_color": line, "line_width": str(symbol.width), "line_width_unit": "MM"} | ends | dash,
            )
        ]
    stroke = {"outline_color": line, "outline_width": width["width"], "outline_width_unit": "MM"}
    stroke |= {"outline_style": "solid" if symbol.outline else "no", "joinstyle": "miter"}
    if kind == "marker":
        return [
            (
                "SimpleMarker",
                {"name": "circle", "size": "3", "size_unit": "MM", "color": _colour(symbol.fill)} | stroke,
            )
        ]
    layers = [
        ("SimpleFill", {"style": "solid" if symbol.fill else "no", "color": _colour(symbol.fill)} | stroke)
    ]
    if symbol.hatch:
        hatch = {"style": "b_diagonal", "color": _colour(symbol.hatch), "outline_style": "no"}
        layers.append(("SimpleFill", hatch))
    return layers


def _labels(label: Label, kind: str) -> ET.Element:
    labeling = ET.Element("labeling", type="simple")
    settings = ET.SubElement(labeling, "settings", calloutType="simple")
    near = f"@map_scale <= {NEAR}"
    text = ET.SubElement(settings, "text-style", _text(label))
    buffer = {"bufferDraw": "1", "bufferSize": "0.6", "bufferSizeUnits": "MM"}
    buffer |= {"bufferColor": _colour("#ffffff"), "bufferOpacity": "0.8"}
    ET.SubElement(text, "text-buffer", buffer)
    if label.circle:
        ET.SubElement(text, "background", _circle(label))
    if label.beside:
        _options(ET.SubElement(settings, "callout", type="simple"), {"enabled": "1"})
    inside = {"centroidInside": "1", "centroidWhole": "1", "priority": "7"}
    if label.along:
        placement = {"placement": PLACEMENT[kind], "placementFlags": ON_LINE, "priority": "5"}
    else:
        placement = {"placement": BESIDE if label.beside else PLACEMENT[kind]} | inside
    ET.SubElement(settings, "placement", placement)
    scales = {"scaleVisibility": "1", "scaleMin": "1", "scaleMax": str(label.min_scale)}
    drawn = {"drawLabels": "1", "obstacle": "0", "mergeLines": str(int(label.along))}
    ET.SubElement(settings, "rendering", drawn | (scales if label.min_scale else {}))
    settings[-1].set("fitInPolygonOnly", "1")
    smaller = {"Size": f"if({near}, {label.size}, {0.75 * label.size})"}
    if label.circle or label.along:
        looks = ET.SubElement(settings, "dd_properties")
        _by_scale(looks, smaller | ({"ShapeDraw": near} if label.circle else {}))
    return labeling


def _by_scale(looks: ET.Element, expressions: dict[str, str]) -> None:
    """Let the scale of the map decide on the look of a label or symbol."""
    top = ET.SubElement(looks, "Option", type="Map")
    ET.SubElement(top, "Option", name="name", value="", type="QString")
    properties = ET.SubElement(top, "Option", name="properties", type="Map")
    for name, expression in expressions.items():
        one = ET.SubElement(properties, "Option", name=name, type="Map")
        ET.SubElement(one, "Option", name="active", value="true", type="bool")
        ET.SubElement(one, "Option", name="expression", value=expression, type="QString")
        ET.SubElement(one, "Option", name="type", value="3", type="int")
    ET.SubElement(top, "Option", name="type", value="collection", type="QString")


def _text(label: Label) -> dict[str, str]:
    return {
        "fieldName": _written(label),
        "isExpression": "1" if label.below or label.text else "0",
        "fontFamily": "Sans Serif",
        "fontSize": str(label.size),
        "fontSizeUnit": "Point",
        "fontWeight": "75" if label.bold else "50",
        "namedStyle": "Bold" if label.bold else "Regular",
        "textColor": _colour(label.color),
        "textOpacity": "1",
    }


def _written(label: Label) -> str:
    """Return what is on a label: a text, or the column; near by, an area below it."""
    if not label.below:
        return label.text or label.column
    below = f"'\\n' || format_number(\"{label.below}\", 1) || ' m²'"
    return f'"{label.column}" || if(@map_scale <= {CLOSE} AND "{label.below}" IS NOT NULL, {below}, \'\')'


def _circle(label: Label) -> dict[str, str]:
    return {
        "shapeDraw": "0",  # turned on by scale
        "shapeType": "3",  # circle
        "shapeSizeType": "0",  # grows with the text
        "shapeSizeX": "0.6",
        "shapeSizeY": "0.6",
        "shapeSizeUnit": "MM",
        "shapeFillColor": _colour("#ffffff"),
        "shapeBorderColor": _colour(label.color),
        "shapeBorderWidth": "0.25",
        "shapeBorderWidthUnit": "MM",
        "shapeOpacity": "1",
    }


def _options(parent: ET.Element, options: dict[str, str]) -> None:
    group = ET.SubElement(parent, "Option", type="Map")
    for name, value in options.items():
        ET.SubElement(group, "Option", name=name, value=value, type="QString")


def _colour(colour: str | None) -> str:
    if colour is None:
        return "0,0,0,0"
    return ",".join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5)) + ",255"
