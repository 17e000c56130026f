"""Forms of QGIS for the declared tables: tabs, widgets, limits with a reason, and what nobody types in.

All of it is in the style of a layer, so it holds wherever the file is opened, without any plugin.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET  # XML is written here, never read  # nosec B405

import pandas as pd

from ilo_gis import tables
from ilo_gis.plotting.layer_tree import groups
from ilo_gis.tables import integrity
from ilo_gis.tables.catalogues import catalogues
from ilo_gis.tables.kinds import kinds
from ilo_gis.tables.units import unit_text

__all__ = ["form", "titles"]

OF_STORE = ("fid", "scenario", "row_version")
# columns whose words have names in kinds.toml, to which rules of a user may add
KINDS = {("reserves", "kind"): "reserves", ("street_lines", "street_class"): "street_lines"}
KINDS |= {("zones", "family"): "zones", ("zones", "density_class"): "densities"}
KINDS |= {("occupants", "kind"): "occupants", ("seafront", "use"): "seafront"}
ON_GRID = ("Area on the grid", "Length of the whole boundary", "Length of the outline")
MEASURED: tuple[str, ...] = (
    "ellipsoidal_area",
    "frontage",
    "frontage_main",
    "frontage_second",
    "depth",
    "depth_second",
)
MEASURED += ("ratio", "corner", "neighbour_right", "neighbour_left", "neighbour_back")
MEASURED_IN = {"lots": ("width",), "blocks": ("length", "width")}  # elsewhere somebody decides on them
FROM_SHAPE = {"area": "area($geometry)", "perimeter": "perimeter($geometry)"}
KEPT = 0.005  # m2 or m within which a figure stays as it was reckoned
ORIGIN = ("act", "source", "source_row", "note", "evidence", "area_note", "date_text", "text")
# what the file does not forbid, but is hardly meant: a reason to look again
ADVICE = {
    ("lots", "number"): ('"kind" <> \'lot\' OR "number" IS NOT NULL', "Un lote lleva número de lote."),
    ("zones", "until"): (
        '"until" IS NULL OR "until" > coalesce("since", "approved")',
        "La zona deja de regir después del día desde el que rige.",
    ),
    ("seafront", "end"): (
        '"end" IS NULL OR "start" IS NULL OR "end" >= "start"',
        "El fin de la obra no puede ser anterior a su inicio.",
    ),
}
LARGEST = {"float": 1e12, "int": 2**31 - 1}  # of spin boxes, which need a limit
NARROW = 34  # letters to a line of what stands beside a wrong value
HARD, SOFT = "1", "2"  # QGIS's strength of constraints
NOT_NULL, EXPRESSION = 1, 4
TABS = ("Datos", "Parámetros", "Medidas", "Fechas y fuentes", "Control")


def form(table: str) -> list[ET.Element]:
    """Return what a QGIS style says of the form of a table.

    Columns are parted into tabs; closed lists and kinds are chosen by their Spanish names. Numbers and
    closed lists have the limits that the project file holds to, each with a reason, which is the name of
    the field while its value is wrong: no widget changes it on the quiet. Decimals are typed as text, for
    a spin box would round those that nobody touched. What is measured on the shape is read-only; areas and
    perimeters on the grid follow the shape.

    Parameters
    ----------
    table : str
        Name of the table.

    Returns
    -------
    list of Element

    Raises
    ------
    SchemaError
        If there is no such table.

    Examples
    --------
    >>> [part.tag for part in form("lots")][:3]
    ['fieldConfiguration', 'defaults', 'constraints']
    """
    spec = tables.describe(table).drop(index="geometry", errors="ignore")
    widgets, defaults = ET.Element("fieldConfiguration"), ET.Element("defaults")
    strengths, reasons = ET.Element("constraints"), ET.Element("constraintExpressions")
    named, labels = titles(table), ET.Element("dataDefinedFieldProperties")
    for column, row in spec.iterrows():
        name = str(column)
        _widget(widgets, name, *_kind_of_widget(table, name, row))
        if name in FROM_SHAPE and _on_grid(row):
            measured = f'if(abs("{name}" - {FROM_SHAPE[name]}) < {KEPT}, "{name}", {FROM_SHAPE[name]})'
            ET.SubElement(defaults, "default", field=name, expression=measured, applyOnUpdate="1")
        _constrain(strengths, reasons, table, name, row)
        if len(reasons) and reasons[-1].get("field") == name:
            _tell(labels, named[name], reasons[-1], strengths[-1].get("notnull_strength") == HARD)
    _widget(widgets, "fid", "Hidden", {})
    tabs = {tab: [c for c, row in spec.iterrows() if _tab(table, str(c), row) == tab] for tab in TABS}
    tabs["Control"] = [column for column in OF_STORE[1:] if column not in spec.index]
    layout = ET.Element("editorlayout")
    layout.text = "tablayout"
    fixed = {str(c) for c, row in spec.iterrows() if _measured(table, str(c), row)} | set(OF_STORE)
    rest = [layout, _tabs(tabs), _editable([*spec.index], fixed)]
    return [widgets, defaults, strengths, reasons, labels, *rest]


def titles(table: str) -> dict[str, str]:
    """Return the Spanish names of the columns of a table; of decimals that are typed with their unit.

    Parameters
    ----------
    table : str
        Name of the table.

    Raises
    ------
    SchemaError
        If there is no such table.

    Examples
    --------
    >>> [titles("street_lines")[column] for column in ("name", "width")]
    ['Nombre', 'Ancho (m)']
    """
    spec = tables.describe(table).drop(index="geometry", errors="ignore")
    typed = {str(c) for c, row in spec.iterrows() if _typed_decimals(table, str(c), row)}
    named = {str(column): (row["alias_es"], _unit(row)) for column, row in spec.iterrows()}
    return {c: f"{alias} ({unit})" if c in typed and unit else alias for c, (alias, unit) in named.items()}


def _unit(row: pd.Series) -> str:
    return "" if row["unit"] == "share" else unit_text(row["unit"])


def _typed_decimals(table: str, column: str, row: pd.Series) -> bool:
    return str(row["dtype"]).startswith("float") and not _measured(table, column, row)


def _on_grid(row: pd.Series) -> bool:
    return str(row["description"]).startswith(ON_GRID)


def _measured(table: str, column: str, row: pd.Series) -> bool:
    """Tell whether tools measure a column on the shape, so that nobody types it in."""
    return _on_grid(row) or (table == "lots" and column in MEASURED) or column in MEASURED_IN.get(table, ())


def _tab(table: str, column: str, row: pd.Series) -> str:
    if _measured(table, column, row):
        return "Medidas"
    if column in ORIGIN or row["dtype"].startswith("datetime"):
        return "Fechas y fuentes"
    return "Parámetros" if row["unit"] else "Datos"


# -- widgets ----------------------------------------------------------------------------------------


def _kind_of_widget(table: str, column: str, row: pd.Series) -> tuple[str, dict[str, Any]]:
    if words := _words(table, column):
        return "ValueMap", {"map": [{shown: word} for word, shown in words.items()]}
    dtype = str(row["dtype"]).lower()
    if dtype.startswith("bool"):
        return "CheckBox", {}
    if dtype.startswith("datetime"):
        shown = "dd/MM/yyyy HH:mm" if str(row["description"]).startswith("Time") else "dd/MM/yyyy"
        return "DateTime", {"display_format": shown, "calendar_popup": True, "allow_null": True}
    if dtype.startswith(("float", "int")) and not _typed_decimals(table, column, row):
        return "Range", _range(row)
    return "TextEdit", {"IsMultiline": column in ("note", "text"), "UseHtml": False}


def _words(table: str, column: str) -> Mapping[str, str]:
    """Return the words of a column with their Spanish names; nothing where any text may stand."""
    if (table, column) in KINDS:
        return {word: kind.es for word, kind in kinds(KINDS[table, column]).items()}
    if (table, column) == ("zones", "catalogue"):
        return {name: one.title_es for name, one in catalogues().items()}
    if (table, column) == ("zones", "code"):
        codes = {code: zone.es for one in catalogues().values() for code, zone in one.zones.items()}
        return {code: f"{code}: {es}" for code, es in codes.items()}
    if (table, column) == ("history", "table"):
        return {name: es for group in groups().values() for name, es in group.items()}
    return integrity.words(table).get(column, {})


def _range(row: pd.Series) -> dict[str, Any]:
    """Return a spin box without limits of its own: it would show a wrong number as one that is right."""
    whole = "int" in row["dtype"].lower()
    largest = LARGEST["int" if whole else "float"]
    given = {"AllowNull": row["required"] == "no", "Min": -largest, "Max": largest, "Style": "SpinBox"}
    given |= {"Step": 1 if whole else 1.0, "Suffix": f" {unit}" if (unit := _unit(row)) else ""}
    return given if whole else given | {"Precision": 2}  # read-only: nothing is rounded in the file


def _widget(parent: ET.Element, column: str, kind: str, config: Mapping[str, Any]) -> None:
    widget = ET.SubElement(ET.SubElement(parent, "field", name=column), "editWidget", type=kind)
    _option(ET.SubElement(widget, "config"), None, dict(config))


def _option(parent: ET.Element, name: str | None, value: object) -> None:
    """Write a value as QGIS writes a QVariant."""
    kinds = {bool: "bool", int: "int", float: "double", str: "QString", dict: "Map", list: "List"}
    option = ET.SubElement(parent, "Option", {} if name is None else {"name": name}, type=kinds[type(value)])
    if isinstance(value, dict):
        for key, one in value.items():
            _option(option, key, one)
    elif isinstance(value, list):
        for one in value:
            _option(option, None, one)
    else:
        option.set("value", str(value).lower() if isinstance(value, bool) else str(value))


# -- constraints ------------------------------------------------------------------------------------


def _constrain(strengths: ET.Element, reasons: ET.Element, table: str, column: str, row: pd.Series) -> None:
    never = column in integrity.never_missing(table)
    expression, reason, strength = _limit(table, column, row)
    if not never and not expression:
        return
    told = {"notnull_strength": HARD if never else "0", "unique_strength": "0", "exp_strength": strength}
    flags = NOT_NULL * never + EXPRESSION * bool(expression)
    ET.SubElement(strengths, "constraint", {"field": column, "constraints": str(flags)} | told)
    if never:
        reason = " ".join(filter(None, (f"{row['alias_es']}: este dato es obligatorio.", reason)))
    ET.SubElement(reasons, "constraint", field=column, exp=expression, desc=reason)


def _tell(labels: ET.Element, name: str, limit: ET.Element, never: bool) -> None:
    """Let the name of a field in the form give way to the reason while its value is wrong."""
    fine = f"coalesce({limit.get('exp') or 'true'}, true)"
    if never:
        fine = f'"{limit.get("field")}" IS NOT NULL AND {fine}'
    told = limit.get("desc", "")
    told = told if told.startswith(name.split(" (", 1)[0]) else f"{name}: {told}"
    shown, told = (text.replace("'", "''") for text in (name, told))
    label = f"if({fine}, '{shown}', wordwrap('⚠ {told}', {NARROW}))"
    properties = {"dataDefinedAlias": {"active": True, "expression": label, "type": 3}}
    field = ET.SubElement(labels, "field", name=str(limit.get("field")))
    _option(field, None, {"name": "", "properties": properties, "type": "collection"})


def _limit(table: str, column: str, row: pd.Series) -> tuple[str, str, str]:
    """Return the condition on a column, its reason in Spanish, and how strongly it is meant."""
    name, alias = f'"{column}"', row["alias_es"]
    if listed := integrity.words(table).get(column):
        words = ", ".join(f"'{word}'" for word in listed)
        return f"{name} IS NULL OR {name} IN ({words})", f"{alias}: elija un valor de la lista.", HARD
    limits = integrity.ranges(table)
    if column in limits.index:
        least, most = limits.loc[column]
        unit = f" {unit_text(row['unit'])}" if row["unit"] else ""
        lower = (f"{name} >= {least:g}", f"no puede ser menor que {least:g}{unit}")
        upper = (f"{name} <= {most:g}", f"no puede ser mayor que {most:g}{unit}")
        parts = [lower] * pd.notna(least) + [upper] * pd.notna(most)
        test = " AND ".join(part for part, _ in parts)
        return f"{name} IS NULL OR ({test})", f"{alias}: {' ni '.join(said for _, said in parts)}.", HARD
    expression, reason = ADVICE.get((table, column), ("", ""))
    return expression, reason, SOFT if expression else "0"


# -- layout -----------------------------------------------------------------------------------------


def _tabs(tabs: Mapping[str, list[str]]) -> ET.Element:
    root = ET.Element("attributeEditorForm")
    for tab, columns in tabs.items():
        if columns:
            looks = {"name": tab, "columnCount": "1", "groupBox": "0", "showLabel": "1"}
            container = ET.SubElement(root, "attributeEditorContainer", looks)
            for column in columns:
                ET.SubElement(
                    container, "attributeEditorField", {"name": column, "index": "-1", "showLabel": "1"}
                )
    return root


def _editable(columns: list[str], fixed: set[str]) -> ET.Element:
    root = ET.Element("editable")
    for column in (*OF_STORE, *columns):
        ET.SubElement(root, "field", name=column, editable="0" if column in fixed else "1")
    return root
