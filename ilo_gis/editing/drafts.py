"""Edits as text, to the last bit: what an editor keeps of unsaved work in case the computer stops."""

from __future__ import annotations

import json
from typing import Any

import geopandas as gpd
import pandas as pd

from ilo_gis.editing.edit import Edit, RowChange
from ilo_gis.errors import ReadError
from ilo_gis.tables.private import private_columns

__all__ = ["draft_text", "edit_of_draft"]

FORMAT = 1


def draft_text(edit: Edit) -> str:
    """Return an edit as JSON. Tables with columns that name people are left out.

    Parameters
    ----------
    edit : Edit
        Its rows are kept; figures and findings are not: they can be reckoned again.

    Examples
    --------
    >>> table = pandas.DataFrame({"use": ["housing"]}, index=pandas.Index(["A-1"], name="lot_id"))
    >>> after = table.assign(use="school")
    >>> edit = ilo_gis.editing.edit_between("lots.use", {"lots": table}, {"lots": after})
    >>> edit_of_draft(draft_text(edit)).changes["lots"].after["use"].to_dict()
    {'A-1': 'school'}
    """
    kept = {
        name: {"before": _rows(change.before), "after": _rows(change.after)}
        for name, change in edit.changes.items()
        if not private_columns([*change.before.columns, *change.after.columns], name)
    }
    told = {"format": FORMAT, "kind": edit.kind, "ids": list(edit.ids), "tables": kept}
    return json.dumps(told, ensure_ascii=False)


def _rows(table: pd.DataFrame) -> dict[str, Any]:
    shape = table.geometry.name if isinstance(table, gpd.GeoDataFrame) else None
    told: dict[str, Any] = {
        "key": table.index.name,
        "ids": table.index.tolist(),
        "columns": {str(name): _values(table[name]) for name in table.columns if name != shape},
    }
    if shape is not None:
        told |= {"shapes": table.geometry.to_wkb(hex=True).tolist()}
        told |= {"geometry": shape, "crs": None if table.crs is None else table.crs.to_wkt()}
    return told


def _values(column: pd.Series) -> dict[str, Any]:
    """Return values as JSON has them, and their type."""
    plain = column.astype(object).where(column.notna(), None)
    if pd.api.types.is_datetime64_any_dtype(column):
        return {"type": str(column.dtype), "values": column.astype("int64").tolist()}  # since 1970
    if any(isinstance(value, bytes) for value in plain):
        return {"type": "bytes", "values": [None if value is None else value.hex() for value in plain]}
    known = isinstance(column.dtype, pd.CategoricalDtype)
    return {"type": "object" if known else str(column.dtype), "values": plain.tolist()}


def edit_of_draft(text: str) -> Edit:
    """Return the edit that `draft_text` made a text of, equal in every bit.

    Raises
    ------
    ReadError
        If the text is no such draft, or one of a later version.

    Examples
    --------
    >>> edit_of_draft("{}")
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: This is no draft of this version of ilo_gis. Discard it.
    """
    try:
        told = json.loads(text)
    except json.JSONDecodeError:
        told = {}
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise ReadError("This is no draft of this version of ilo_gis. Discard it.")
    changes = {
        name: RowChange(_table(sides["before"]), _table(sides["after"]))
        for name, sides in told["tables"].items()
    }
    return Edit(told["kind"], changes, tuple(told["ids"]))


def _table(told: dict[str, Any]) -> pd.DataFrame:
    index = pd.Index(told["ids"], name=told["key"], dtype=None if told["ids"] else object)
    columns = {name: _column(one["values"], one["type"]) for name, one in told["columns"].items()}
    table = pd.DataFrame({name: column.set_axis(index) for name, column in columns.items()}, index=index)
    if "shapes" not in told:
        return table
    shapes = gpd.GeoSeries.from_wkb(told["shapes"], index=index, crs=told["crs"])
    return gpd.GeoDataFrame(table.assign(**{told["geometry"]: shapes}), geometry=told["geometry"])


def _column(values: list[Any], kind: str) -> pd.Series:
    if kind.startswith("datetime64"):
        return pd.Series(values, dtype="int64").astype(kind)
    if kind == "bytes":
        return pd.Series([None if value is None else bytes.fromhex(value) for value in values], dtype=object)
    return pd.Series(values, dtype=kind)
