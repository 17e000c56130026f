"""A street drawn: clicked vertex by vertex, its blocks laid out again as it goes."""

from functools import partial

from qgis.core import Qgis
from qgis.PyQt.QtWidgets import QDoubleSpinBox

from ..bridge import shape_of
from ..i18n import tr
from .drawing import Drawing
from .fields import Fields
from .gesture import State
from .overlay import reserves_line

__all__ = ["DrawStreet"]

WIDEST = 200.0  # m
SIDES = 8, Qgis.EndCapStyle.Flat, Qgis.JoinStyle.Miter, 2.0  # of street land, from its centre line


class DrawStreet(Drawing):
    """Click the vertices of the centre line; the width stands at the lower edge of the map."""

    name = "draw_street"
    of = ("street_lines", "blocks", "lots")
    two_stages = True

    def __init__(self, *given):
        super().__init__(*given)
        self._fields = Fields(self)
        self._width = self._fields.add(tr("Width of the street"), QDoubleSpinBox())
        self._width.setRange(0.5, WIDEST)
        self._width.setDecimals(1)
        self._width.setSuffix(" m")
        self._width.valueChanged.connect(self.shortened)
        self._usual = self._width.value()

    @staticmethod
    def title():
        """Return what the button says."""
        return tr("Draw a street")

    def states(self):
        """Return the states by name."""
        return {
            "start": State(tr("Click where the street begins.")),
            "more": State(tr("Click: vertex. Double or right click: end.")),
        }

    def activate(self):
        """Begin, with the width in sight."""
        super().activate()
        self._fields.show()

    def deactivate(self):
        """End."""
        self._fields.hide()
        super().deactivate()

    def remove(self):
        """Take all that is on the map away for good."""
        self._fields.deleteLater()
        super().remove()

    def prepared(self, snapshot):
        """Begin with the width that the brief has, unless another was given."""
        usual, self._usual = self._usual, snapshot.brief.street_width
        if self._width.value() == usual:
            self._width.setValue(self._usual)

    def notes(self):
        """Return the reserves that the plan has then, of those required."""
        return [reserves_line(self.edit.figures)]

    def released(self, event):
        """Add a vertex."""
        self.put(event)
        self.go("more")

    def moved(self, event):
        """Show the street up to the pointer, and what it does."""
        self._show_street(self.line(event))

    def shortened(self):
        """Show the street as it is drawn so far."""
        self._show_street(self.line())

    def ended(self):
        """Draw it."""
        self._show_street(self.line())
        self.confirm()

    def _show_street(self, line):
        if line is None:
            self.forget()
            self.overlay.clear()
        else:
            land = line.buffer(self._width.value() / 2, *SIDES)
            self.overlay.choose([line, land], self.crs_of("blocks"))
            self.follow(partial(_drawn, line=shape_of(line), width=self._width.value()))


def _drawn(at, line, width, **how):
    from ilo_gis.editing.streets import add_street

    return add_street(at.plan, line, at.brief, width=width, locked=at.locked, preview=at.totals, **how)
