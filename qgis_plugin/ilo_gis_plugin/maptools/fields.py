"""What tools say and ask while they are in hand: a hint at the upper edge of the map, fields at the lower."""

from qgis.gui import QgsFloatingWidget
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout

__all__ = ["Fields", "Hint"]

BELOW = 44  # pixels from the upper edge of the map, where messages of QGIS stand


class Fields(QgsFloatingWidget):
    """Fields in a row; keys that they do not need, such as Enter and Esc, go to the tool."""

    def __init__(self, tool):
        super().__init__(tool.canvas())
        self._tool, self._labels = tool, {}
        frame = QFrame(self)
        frame.setFrameShape(QFrame.Shape.StyledPanel)
        frame.setAutoFillBackground(True)
        QHBoxLayout(self).addWidget(frame)
        self.layout().setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        self._row = QHBoxLayout(frame)
        self.setAnchorWidget(tool.canvas())
        self.setAnchorPoint(QgsFloatingWidget.AnchorPoint.BottomMiddle)
        self.setAnchorWidgetPoint(QgsFloatingWidget.AnchorPoint.BottomMiddle)
        self.hide()

    def add(self, text, field):
        """Add a field with its name before it; return it."""
        self._labels[field] = QLabel(text)
        self._labels[field].setBuddy(field)
        for one in (self._labels[field], field):
            self._row.addWidget(one)
        return field

    def ask(self, field, wanted):
        """Show a field, or hide it."""
        for one in (self._labels[field], field):
            one.setVisible(wanted)

    def keyPressEvent(self, event):
        """Hand a key over to the tool."""
        self._tool.keyPressEvent(event)


class Hint(QgsFloatingWidget):
    """What to do now: the status bar of a small screen has no room for it. Clicks go through to the map."""

    def __init__(self, canvas):
        super().__init__(canvas)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._label = QLabel(self, margin=4)
        self._label.setFrameShape(QFrame.Shape.StyledPanel)
        self._label.setAutoFillBackground(True)
        QHBoxLayout(self).addWidget(self._label)
        self.layout().setContentsMargins(0, BELOW, 0, 0)
        self.layout().setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        self.setAnchorWidget(canvas)
        self.setAnchorPoint(QgsFloatingWidget.AnchorPoint.TopMiddle)
        self.setAnchorWidgetPoint(QgsFloatingWidget.AnchorPoint.TopMiddle)
        self.hide()

    def say(self, text):
        """Show a text; nothing where it is empty."""
        self._label.setText(text)
        self.setVisible(bool(text))
