"""Fields that a tool asks for while it is in hand: a small bar at the lower edge of the map."""

from qgis.gui import QgsFloatingWidget
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout

__all__ = ["Fields"]


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
