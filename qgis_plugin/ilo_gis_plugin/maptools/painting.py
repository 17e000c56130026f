"""Rows painted: clicked, or swept with the button down; what they get stands at the lower edge of the map."""

from qgis.core import QgsFeatureRequest, QgsGeometry
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QIcon, QPixmap
from qgis.PyQt.QtWidgets import QComboBox

from ..i18n import tr
from .fields import Fields
from .gesture import Gesture, State

__all__ = ["Painting"]

SWATCH = 14  # pixels


class Painting(Gesture):
    """`choices` says what rows can get; a tool tells the `table` of the rows and `painted`, what it does."""

    def __init__(self, *given):
        super().__init__(*given)
        self.setAutoSnapEnabled(False)  # rows are taken by what lies under the pointer
        self._fields = Fields(self)
        self.choices = self._fields.add(self.asked(), QComboBox())
        self.choices.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def asked(self):
        """Return what the bar asks for."""
        raise NotImplementedError

    def table(self):
        """Return the table whose rows are painted."""
        raise NotImplementedError

    def painted(self, ids):
        """Return what makes the edit that paints rows, as `reckon` takes it."""
        raise NotImplementedError

    def states(self):
        """Return the states by name."""
        hand = Qt.CursorShape.PointingHandCursor
        return {
            "start": State(tr("Click, or press and draw over several."), hand),
            "swept": State(tr("Let go: paint. Esc: cancel."), hand),
        }

    def offer(self, choices):
        """Offer choices: name, value and colour of each; what was chosen stays."""
        chosen = self.choices.currentText()
        self.choices.clear()
        for name, value, colour in choices:
            self.choices.addItem(_swatch(colour), name, (value, colour))
        self.choices.setCurrentIndex(max(self.choices.findText(chosen), 0))
        self._fields.adjustSize()

    def activate(self):
        """Begin, with the choices in sight."""
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

    def cancel(self):
        """Leave all as it was, and begin anew."""
        self._swept, self._last = {}, None
        super().cancel()

    def pressed(self, event):
        """Begin with the row under the pointer."""
        self.cancel()
        if self.choices.count():
            self.overlay.tint(QColor(self.choices.currentData()[1]))
            self.go("swept")
            self._sweep(event)

    def moved(self, event):
        """Take the rows on the way along."""
        if self.state == "swept":
            self._sweep(event)

    def released(self, event):
        """Paint what was swept; why it cannot be stays in sight."""
        if self.state == "swept" and not self.confirm():
            self.go("start")

    def turned(self, event):
        """Cancel."""
        self.cancel()

    def _sweep(self, event):
        """Add the rows between the last place of the pointer and this one."""
        layer = self.session.layers()[self.table()]
        at = self.toLayerCoordinates(layer, self.toMapCoordinates(event.pos()))
        way = QgsGeometry.fromPointXY(at)
        if self._last not in (None, at):
            way = QgsGeometry.fromPolylineXY([self._last, at])
        self._last = at
        key = self.session.key(self.table())
        request = QgsFeatureRequest().setFilterRect(way.boundingBox())
        request.setSubsetOfAttributes([key], layer.fields())
        under = (one for one in layer.getFeatures(request) if one.geometry().intersects(way))
        found = {str(one[key]): one.geometry() for one in under}
        if found.keys() - self._swept.keys():
            self._swept |= found
            self.overlay.choose(self._swept.values(), layer.crs())
            self.follow(self.painted(list(self._swept)))


def _swatch(colour):
    pixels = QPixmap(SWATCH, SWATCH)
    pixels.fill(QColor(colour))
    return QIcon(pixels)
