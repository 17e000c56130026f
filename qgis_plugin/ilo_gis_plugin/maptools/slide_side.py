"""The side line between two lots slid: dragged as far as the rule lets it, with both lots' measures."""

from functools import partial

from qgis.PyQt.QtCore import Qt

from ..i18n import language, tr
from ..work import Work
from .gesture import Gesture, State
from .on_lots import measures

__all__ = ["SlideSide"]

STILL = 0.001  # m; a line that hardly moved stays


class SlideSide(Gesture):
    """Press on the line between two lots and drag it; it stops where the rule stops it, and why is told."""

    name = "slide_side"
    of = ("lots", "blocks")

    def __init__(self, *given):
        super().__init__(*given)
        self._seen = self._side = self._start = self._slid = None
        self._look = Work(self.title(), self._found, self._none)

    @staticmethod
    def title():
        """Return what the button says."""
        return tr("Slide a side line")

    def states(self):
        """Return the states by name."""
        return {
            "start": State(tr("Drag the line between two lots."), Qt.CursorShape.OpenHandCursor),
            "dragged": State(tr("Let go: slide it. Esc: cancel."), Qt.CursorShape.ClosedHandCursor),
        }

    def cancel(self):
        """Leave all as it was, and begin anew."""
        self._look.stop()
        self._seen = self._side = self._start = self._slid = None
        super().cancel()

    def pressed(self, event):
        """Take hold of the line near the pointer."""
        self._look_near(event)
        if self._seen is not None:
            self._start = self.place(event, "lots")
            self.go("dragged")

    def moved(self, event):
        """Take the line along; where none is held, show which would be."""
        if self.state == "start":
            self._look_near(event)
        elif self._side is not None:
            self._show_at(*self._side.stop(self._offset(event)))

    def released(self, event):
        """Slide the line."""
        if self.state != "dragged":
            return
        self.moved(event)
        if self._slid is None or abs(self._slid.offset) < STILL:
            self.cancel()
        else:
            self._make = partial(_slid, side=self._side, offset=self._slid.offset)
            self.confirm()

    def _offset(self, event):
        """Return how far the pointer is off; one that snaps to the line itself counts where it is."""
        free = self.around(event, "lots").center()
        found = (self._side.offset(tuple(self._start), tuple(at)) for at in (self.place(event, "lots"), free))
        return next((offset for offset in found if abs(offset) >= STILL), 0.0)

    # -- the line -------------------------------------------------------------------------------------

    def _look_near(self, event):
        """Look for the line between the two lots nearest to the pointer; of the same it is known."""
        near = self._pair_near(event)
        seen = near and (near, self.session.snapshot())
        if seen == self._seen:
            return
        self.cancel()
        self._seen = seen
        if near is not None:
            self._look.start(partial(_side_of, pair=near), seen[1])

    def _pair_near(self, event):
        found = self.all_near(event, "lots")[:2]
        return tuple(sorted(lot for lot, _ in found)) if len(found) > 1 else None

    def _found(self, result):
        """Show a line that was found, and what it is between; of a locked lot, why it stays."""
        side, why = result
        if why:
            self.overlay.show([side.line], [], self.crs_of("lots"))
            self.say_no(why)
        else:
            self._side = side
            self._show_at(0.0)

    def _none(self, *_why):
        """Show nothing where two lots share no line."""

    def _show_at(self, offset, why=None):
        """Show lots and line at an offset."""
        from ilo_gis.editing import title_of

        side, now, new = self._side, self._side.at(0.0), self._side.at(offset)
        self._slid = new
        said = [f"{lot}: {_change(now, new, k)}" for k, lot in enumerate((side.a, side.b))]
        said += [tr("Stop: {}.").format(why[language()])] if why else []
        lines = [title_of("lots.slide", (side.a, side.b), language()), *said]
        self.overlay.show([side.line], [new.line, *(new.lots if offset else ())], self.crs_of("lots"), lines)


def _side_of(at, pair, progress):
    """Return the line between two lots, and why it stays where one of them is locked."""
    from ilo_gis.editing.sidelines import side_between

    side = side_between(at.plan, *pair, at.brief.rule)
    return side, "; ".join(f"{lot}: {at.locked[lot]}" for lot in pair if lot in at.locked.index)


def _change(now, new, k):
    """Return the measures of a lot, before too where they change."""
    was, becomes = (measures(one.area[k], one.frontage[k]) for one in (now, new))
    return becomes if was == becomes else f"{was} → {becomes}"


def _slid(at, side, offset, **how):
    from ilo_gis.editing.slides import slide_side

    how |= {"side": side, "locked": at.locked, "preview": at.totals}
    return slide_side(at.plan, side.a, side.b, offset, at.brief, **how)
