"""Editing by hand: operations as objects, made from tables and applied to tables, layers or a store."""

from ilo_gis.editing.advancing import advance_lots, may_advance
from ilo_gis.editing.blocks import divide_block
from ilo_gis.editing.board import blocking, board
from ilo_gis.editing.desk import LotFile, lot_file
from ilo_gis.editing.edit import Edit, RowChange, applied, edit_between, require_fresh, together
from ilo_gis.editing.figures import figures
from ilo_gis.editing.placing import lots_for, place
from ilo_gis.editing.planned import planned
from ilo_gis.editing.reserves import paint_reserves, reserve_account
from ilo_gis.editing.streets import add_street, drop_street, move_street
from ilo_gis.editing.titles import title_of, titles

__all__ = [
    "Edit",
    "LotFile",
    "RowChange",
    "add_street",
    "advance_lots",
    "applied",
    "blocking",
    "board",
    "divide_block",
    "drop_street",
    "edit_between",
    "figures",
    "lot_file",
    "lots_for",
    "may_advance",
    "move_street",
    "paint_reserves",
    "place",
    "planned",
    "require_fresh",
    "reserve_account",
    "title_of",
    "titles",
    "together",
]
