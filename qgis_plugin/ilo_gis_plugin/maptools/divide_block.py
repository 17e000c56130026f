"""A block divided into lots: by rule, number, areas or a line drawn by hand, its rows turned by a handle."""

import re
from functools import partial

from qgis.core import QgsGeometry
from qgis.PyQt.QtCore import QSignalBlocker, Qt
from qgis.PyQt.QtWidgets import QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox

from ..bridge import shape_of
from ..i18n import tr
from .drawing import Drawing
from .fields import Fields
from .gesture import State

__all__ = ["DivideBlock", "areas_of"]

RULE, COUNT, AREAS, LINE = range(4)
MOST = 999  # lots of a block
UNTURNED = -1.0  # azimuth that stands for: none is asked for


class DivideBlock(Drawing):
    """Click a block and say how in the bar at the lower edge; Enter does it."""

    name = "divide_block"
    of = ("blocks", "lots")

    def __init__(self, *given):
        super().__init__(*given)
        self._fields = fields = Fields(self)
        self._how = fields.add(tr("Divide"), QComboBox())
        self._how.addItems(
            [tr("by the rule of the project"), tr("into a number of lots"), tr("by areas"), tr("by a line")]
        )
        self._count = fields.add(tr("Lots"), QSpinBox())
        self._count.setRange(1, MOST)
        self._areas = fields.add(tr("Areas (m²)"), QLineEdit())
        self._areas.setPlaceholderText("200; 250; 300")
        self._axis = fields.add(tr("Direction of the rows"), QDoubleSpinBox())
        self._axis.setRange(UNTURNED, 180.0)
        self._axis.setDecimals(1)
        self._axis.setSuffix("°")
        self._axis.setSpecialValueText(tr("as it comes"))
        for changed in (self._count.valueChanged, self._areas.textChanged, self._axis.valueChanged):
            changed.connect(self.shortened)
        self._how.currentIndexChanged.connect(self._ask)

    @staticmethod
    def title():
        """Return what the button says."""
        return tr("Divide a block")

    def states(self):
        """Return the states by name."""
        hand = Qt.CursorShape.PointingHandCursor
        return {
            "start": State(tr("Click the block to divide."), hand),
            "chosen": State(tr("Enter: divide. Handle: turn. Esc: cancel."), hand),
            "turned": State(tr("Turn the rows. Esc: cancel."), Qt.CursorShape.ClosedHandCursor),
            "drawn": State(tr("Click: vertex. Double or right click: end.")),
        }

    @property
    def two_stages(self):
        """Return whether the most lots are searched: only where nothing more is asked for."""
        return self._how.currentIndex() == RULE and self._axis.value() == UNTURNED

    def activate(self):
        """Begin, with the ways to divide in sight."""
        super().activate()
        self._ask()
        self._fields.show()

    def deactivate(self):
        """End."""
        self._fields.hide()
        super().deactivate()

    def remove(self):
        """Take all that is on the map away for good."""
        self._fields.deleteLater()
        super().remove()

    def cancel(self):
        """Leave all as it was, and begin anew."""
        self._block = None
        with QSignalBlocker(self._axis):
            self._axis.setValue(UNTURNED)
        super().cancel()

    def notes(self):
        """Return the direction of the rows, where one is asked for."""
        turned = self._axis.value() != UNTURNED and self._how.currentIndex() != LINE
        return [tr("Direction of the rows: {}").format(self._axis.text())] if turned else []

    def pressed(self, event):
        """Take hold of the handle where it is near."""
        if self.state == "chosen" and any(map(self.around(event, "blocks").contains, self._handle())):
            self.go("turned")

    def moved(self, event):
        """Turn the handle, or lead the line on."""
        if self.state == "turned":
            self._axis.setValue(self._middle().azimuth(self.place(event)) % 180.0)
        elif self.state == "drawn":
            self._show_division(self.line(event))

    def released(self, event):
        """Let go of the handle, draw the line on, or choose a block."""
        if self.state == "turned":
            self.go("chosen")
        elif self.state == "drawn":
            self.put(event)
        elif (found := self.pick(event, "blocks")) is not None:
            self.cancel()
            self._block = found
            with QSignalBlocker(self._count):
                self._count.setValue(int((self.session.known()["lots"]["block_id"] == found[0]).sum()))
            self._begin()

    def shortened(self):
        """Show what is asked for."""
        if self._block is not None:
            self._show_division(self.line())

    def ended(self):
        """Divide the block by the line."""
        if self.state == "drawn":
            self.shortened()
            self.confirm()

    def _ask(self):
        """Show the fields that one way needs, and begin with it."""
        how = self._how.currentIndex()
        for field, wanted in ((self._count, COUNT), (self._areas, AREAS)):
            self._fields.ask(field, how == wanted)
        self._fields.ask(self._axis, how != LINE)
        if self._block is not None:
            self._begin()

    def _begin(self):
        self.forget()
        self._points = []
        self.go("drawn" if self._how.currentIndex() == LINE else "chosen")
        self.shortened()

    def _show_division(self, line):
        how = self._how.currentIndex()
        handle = [QgsGeometry.fromPointXY(point) for point in self._handle()]
        axis = QgsGeometry.fromPolylineXY(self._handle())
        tools = [one for one in [line] if one] if how == LINE else [axis, *handle]
        self.overlay.choose([self._block[1], *tools], self.crs_of("blocks"))
        if (given := self._asked(how, line)) is None:
            self.forget()
        else:
            self.follow(partial(_divided, block=self._block[0], given=given))

    def _asked(self, how, line):
        """Return what the library is asked for; None as long as it is not said."""
        if how == LINE:
            return line and {"line": shape_of(line)}
        turned = {} if self._axis.value() == UNTURNED else {"axis": self._axis.value()}
        if how == COUNT:
            return turned | {"count": self._count.value()}
        if how == AREAS:
            areas = areas_of(self._areas.text())
            return areas and turned | {"areas": areas}
        return turned

    def _middle(self):
        return self._block[1].centroid().asPoint()

    def _handle(self):
        """Return the ends of the handle: along the rows, or along the block as long as none is asked for."""
        _, _, bearing, width, height = self._block[1].orientedMinimumBoundingBox()
        middle, half = self._middle(), max(width, height) / 2
        if self._axis.value() != UNTURNED:
            bearing = self._axis.value()
        elif width > height:
            bearing += 90.0
        return [middle.project(half, bearing), middle.project(half, bearing + 180.0)]


def areas_of(text):
    """Return the areas that a text lists, parted by semicolons, spaces or commas before a space.

    A comma within a number is a decimal one. None where it is no list of numbers.
    """
    words = [word.strip(",").replace(",", ".") for word in re.split(r"[;\s]+", text) if word.strip(",")]
    try:
        return [float(word) for word in words] or None
    except ValueError:
        return None


def _divided(at, block, given, **how):
    from ilo_gis.editing.blocks import divide_block

    return divide_block(at.plan, block, at.brief, locked=at.locked, preview=at.totals, **given, **how)
