"""Editing by hand: operations as objects, made from tables and applied to tables, layers or a store."""

from ilo_gis.editing.advancing import advance_lots, may_advance
from ilo_gis.editing.blocks import divide_block
from ilo_gis.editing.board import blocking, board
from ilo_gis.editing.desk import LotFile, lot_file
from ilo_gis.editing.drafts import draft_text, edit_of_draft
from ilo_gis.editing.edges import move_zone_edge, zone_edge
from ilo_gis.editing.edit import Edit, RowChange, applied, edit_between, require_fresh, together
from ilo_gis.editing.figures import Totals, figures, totals
from ilo_gis.editing.locks import lock_reasons
from ilo_gis.editing.lots import merge_lots, split_lot
from ilo_gis.editing.placing import lots_for, place
from ilo_gis.editing.planned import planned
from ilo_gis.editing.record import account, conflicts, reason_of, rows_changed
from ilo_gis.editing.references import with_references
from ilo_gis.editing.reserves import paint_reserves, reserve_account
from ilo_gis.editing.sidelines import Side, Slid, side_between
from ilo_gis.editing.slides import slide_side
from ilo_gis.editing.streets import add_street, drop_street, move_street
from ilo_gis.editing.swaps import swap_lots
from ilo_gis.editing.titles import title_of, titles
from ilo_gis.editing.zone_accounts import zone_account, zone_figures
from ilo_gis.editing.zones import paint_zone, with_lot_zones

__all__ = [
    "Edit",
    "LotFile",
    "RowChange",
    "Side",
    "Slid",
    "Totals",
    "account",
    "add_street",
    "advance_lots",
    "applied",
    "blocking",
    "board",
    "conflicts",
    "divide_block",
    "draft_text",
    "drop_street",
    "edit_between",
    "edit_of_draft",
    "figures",
    "lock_reasons",
    "lot_file",
    "lots_for",
    "may_advance",
    "merge_lots",
    "move_street",
    "move_zone_edge",
    "paint_reserves",
    "paint_zone",
    "place",
    "planned",
    "reason_of",
    "require_fresh",
    "reserve_account",
    "rows_changed",
    "side_between",
    "slide_side",
    "split_lot",
    "swap_lots",
    "title_of",
    "titles",
    "together",
    "totals",
    "with_lot_zones",
    "with_references",
    "zone_account",
    "zone_edge",
    "zone_figures",
]
