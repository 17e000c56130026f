"""Editing by hand: operations as objects, made from tables and applied to tables, layers or a store."""

from ilo_gis.editing.advancing import advance_lots, may_advance
from ilo_gis.editing.desk import LotFile, lot_file
from ilo_gis.editing.edit import Edit, RowChange, applied, edit_between, require_fresh, together
from ilo_gis.editing.titles import title_of, titles

__all__ = [
    "Edit",
    "LotFile",
    "RowChange",
    "advance_lots",
    "applied",
    "edit_between",
    "lot_file",
    "may_advance",
    "require_fresh",
    "title_of",
    "titles",
    "together",
]
