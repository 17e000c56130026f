"""Two lots that change places (permuta): clicked one after the other, confirmed by Enter or a right click."""

from functools import partial

from ..i18n import language, tr
from ..processing.texts import label
from .gesture import State
from .on_lots import HAND, OnLots

__all__ = ["SwapLots"]


class SwapLots(OnLots):
    """Click two lots; what is tied to them changes places, the ground stays."""

    name = "swap_lots"
    asks = ("lot_states", "lot_progress", "lot_events", "charges", "payments")  # why a lot is not swapped

    @staticmethod
    def title():
        """Return what the button says."""
        return tr("Swap two lots")

    def states(self):
        """Return the states by name."""
        return {
            "start": State(tr("Click the first lot to swap."), HAND),
            "one": State(tr("Click the other lot. Esc: cancel."), HAND),
            "two": State(tr("Enter or right click: swap. Esc: cancel."), HAND),
        }

    def cancel(self):
        """Leave all as it was, and begin anew."""
        self._lots = {}
        super().cancel()

    def why_not(self, lot):
        """Return why a lot is not swapped: one that is held may be, that is what a swap is for."""
        from ilo_gis.editing.swaps import why_not_swapped

        return why_not_swapped(self.session.known(), lot, language())

    def released(self, event):
        """Take the lot under the pointer; a third one takes the place of the second."""
        if (found := self.pick_lot(event)) is None:
            return
        self._lots = {**dict(list(self._lots.items())[:1]), found[0]: found[1]}
        self.overlay.choose(self._lots.values(), self.crs_of("lots"))
        if len(self._lots) == 2:
            self.go("two")
            self.reckon(partial(_swapped, lots=list(self._lots)))
        else:
            self.forget()
            self.go("one")

    def turned(self, event):
        """Swap the lots that are shown; where none are, cancel."""
        if not self.confirm():
            super().turned(event)

    def draw(self, edit):
        """Tell what changes places: whole rows that go over, and columns."""
        said = [f"{label(name)}: {', '.join(_words(name, change))}" for name, change in edit.changes.items()]
        said = said or [tr("Nothing is tied to these lots.")]
        self.overlay.show([], [], self.crs_of("lots"), [edit.title(language()), *said])


def _words(table, change):
    """Return the columns that change, and what rows go over to."""
    from ilo_gis.tables import describe

    alias = describe(table)["alias_es"] if language() == "es" else {}
    over = [f"{' '.join(change.gone)} → {' '.join(change.come)}"] if len(change.gone) else []
    return [*over, *(str(alias.get(name, label(name))).lower() for name in change.columns)]


def _swapped(at, lots, **_told):
    from ilo_gis.editing.swaps import swap_lots

    return swap_lots(at.known, *lots)
