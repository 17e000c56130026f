"""Lots merged: clicked one after the other, confirmed by Enter or in the menu of the right button."""

from qgis.PyQt.QtWidgets import QMenu

from ..i18n import language, tr
from .gesture import State
from .on_lots import HAND, OnLots

__all__ = ["MergeLots"]


class MergeLots(OnLots):
    """Click lots that touch; a second click takes one out again."""

    name = "merge_lots"

    @staticmethod
    def title():
        """Return what the button says."""
        return tr("Merge lots")

    def states(self):
        """Return the states by name."""
        return {
            "start": State(tr("Click the first lot to merge."), HAND),
            "more": State(tr("Click: more lots. Enter: merge. Esc: cancel."), HAND),
        }

    def cancel(self):
        """Leave all as it was, and begin anew."""
        self._lots = {}
        super().cancel()

    def released(self, event):
        """Take the lot under the pointer in or out."""
        if (found := self.pick_lot(event)) is None:
            return
        lot, shape = found
        if self._lots.pop(lot, None) is None:
            self._lots[lot] = shape
        self.overlay.choose(self._lots.values(), self.crs_of("lots"))
        self.go("more" if self._lots else "start")
        self._preview_merge()

    def turned(self, event):
        """Ask what to do; where nothing is shown, cancel."""
        if self.edit is None:
            self.cancel()
            return
        menu = QMenu(self.canvas())
        menu.addAction(self.edit.title(language()), self.confirm)
        menu.addAction(tr("Cancel"), self.cancel)
        menu.popup(self.canvas().mapToGlobal(event.pos()))

    def _preview_merge(self):
        from ilo_gis.editing.lots import merge_lots

        lots = list(self._lots)
        if len(lots) < 2:
            self.forget()
            return
        self.reckon(
            lambda at, **how: merge_lots(at.plan, lots, at.brief, locked=at.locked, preview=at.totals, **how)
        )
