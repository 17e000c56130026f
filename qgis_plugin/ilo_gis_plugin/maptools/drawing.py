"""Gestures in which a line is drawn: clicked vertex by vertex, ended by a double or a right click."""

from qgis.core import QgsGeometry
from qgis.PyQt.QtCore import Qt

from .gesture import Gesture

__all__ = ["Drawing"]


class Drawing(Gesture):
    """`put` adds a vertex, `line` returns what is drawn, `ended` is called at its end."""

    def ended(self):
        """Do what is to be done when the line is drawn."""
        raise NotImplementedError

    def shortened(self):
        """Show the line, of which the last vertex was taken away."""

    def cancel(self):
        """Leave all as it was, and begin anew."""
        self._points = []
        super().cancel()

    def put(self, event):
        """Add a vertex, unless it is the last once more, as a double click tells it."""
        if (at := self.place(event)) not in self._points[-1:]:
            self._points.append(at)

    def line(self, event=None):
        """Return the line, up to the pointer if there is an event; None where there is none yet."""
        points = list(self._points)
        if event is not None and (at := self.place(event)) not in points[-1:]:
            points.append(at)
        return QgsGeometry.fromPolylineXY(points) if len(points) > 1 else None

    def turned(self, event):
        """End the line; where there is none, cancel."""
        if self.line() is None:
            self.cancel()
        else:
            self.ended()

    def canvasDoubleClickEvent(self, event):
        """End the line."""
        if event.button() == Qt.MouseButton.LeftButton and self.line() is not None and not self.busy():
            self.ended()

    def keyPressEvent(self, event):
        """Take the last vertex back by Backspace."""
        if event.key() == Qt.Key.Key_Backspace and self._points:
            self._points.pop()
            self.shortened()
            event.ignore()  # else QGIS deletes what is selected
        else:
            super().keyPressEvent(event)
