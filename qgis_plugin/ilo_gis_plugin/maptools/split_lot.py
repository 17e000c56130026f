"""A lot split: by a line that is drawn across it, or into a number of equal parts."""

from functools import partial

from qgis.PyQt.QtCore import Qt

from ..bridge import shape_of
from ..i18n import tr
from .drawing import Drawing
from .gesture import State
from .on_lots import HAND, OnLots

__all__ = ["SplitLot"]

PARTS = range(2, 10)  # keys with one figure


class SplitLot(OnLots, Drawing):
    """Click a lot; then draw a line across, or press how many parts it is to have."""

    name = "split_lot"

    @staticmethod
    def title():
        """Return what the button says."""
        return tr("Split a lot")

    def states(self):
        """Return the states by name."""
        return {
            "start": State(tr("Click the lot to split."), HAND),
            "chosen": State(tr("Draw a line across, or press 2 to 9 (parts).")),
            "drawn": State(tr("Click: vertex. Double or right click: split.")),
            "parts": State(tr("Enter: split. 2 to 9: parts. Esc: cancel."), Qt.CursorShape.ArrowCursor),
        }

    def cancel(self):
        """Leave all as it was, and begin anew."""
        self._lot = None
        super().cancel()

    def released(self, event):
        """Choose the lot, then add vertices of the line."""
        if self._lot is None:
            self._choose(self.pick_lot(event))
        else:
            self.put(event)
            self.go("drawn")
            self._show_cut(self.line())

    def moved(self, event):
        """Show the line up to the pointer, and what it does."""
        if self.state == "drawn":
            self._show_cut(self.line(event))

    def shortened(self):
        """Show the line as it is drawn so far."""
        self._show_cut(self.line())

    def ended(self):
        """Split the lot."""
        self._show_cut(self.line())
        self.confirm()

    def turned(self, event):
        """Split the lot as it is shown; where nothing is, cancel."""
        if self.state == "parts":
            self.confirm()
        else:
            super().turned(event)

    def keyPressEvent(self, event):
        """Show the lot in so many parts."""
        if self._lot is not None and event.text().isdigit() and int(event.text()) in PARTS:
            self._points = []
            self._show_cut(None)
            self.go("parts")
            self.reckon(partial(_split, lot=self._lot[0], how=int(event.text())))
        else:
            super().keyPressEvent(event)

    def _choose(self, found):
        self._lot = found
        if found is not None:
            self._show_cut(None)
            self.go("chosen")

    def _show_cut(self, line):
        """Show the lot, the line as it is drawn, and what it does."""
        lot, shape = self._lot
        self.overlay.choose([shape] if line is None else [shape, line], self.crs_of("lots"))
        if line is None:
            self.forget()
        else:
            self.follow(partial(_split, lot=lot, how=shape_of(line)))


def _split(at, lot, how, **told):
    from ilo_gis.editing.lots import split_lot

    return split_lot(at.plan, lot, how, at.brief, locked=at.locked, preview=at.totals, **told)
