"""The tool of the map that all gestures are made with: states, preview, one step when it is confirmed."""

from dataclasses import dataclass

from qgis.core import Qgis, QgsFeatureRequest, QgsGeometry, QgsRectangle
from qgis.gui import QgsMapToolAdvancedDigitizing, QgsSnapIndicator
from qgis.PyQt.QtCore import Qt, pyqtSignal

from ..i18n import in_language, language, tr
from ..work import Work
from .overlay import Overlay

__all__ = ["Gesture", "State"]


@dataclass(frozen=True)
class State:
    """What the user is told to do, and the pointer, as long as a gesture is at one point."""

    hint: str
    cursor: Qt.CursorShape = Qt.CursorShape.CrossCursor


class Gesture(QgsMapToolAdvancedDigitizing):
    """A gesture: `reckon` shows what it would do, `confirm` does it, `cancel` leaves all as it was.

    A tool tells its `states`, of which "start" is the first, and what mouse and keys do in them. It works on
    the session's snapshot, in the background; nothing is written until `confirm`.
    """

    hinted = pyqtSignal(str)
    told = pyqtSignal(str, str, int)  # in short, in full, how grave

    def __init__(self, canvas, cad, session):
        super().__init__(canvas, cad)
        self.session, self.overlay = session, Overlay(canvas)
        self._snap = QgsSnapIndicator(canvas)
        self._make = self.edit = self.state = None
        title = self.title()
        self._preview = Work(title, self._show, self._cannot)
        self._final = Work(title, self._apply, self._refuse)
        self.setAutoSnapEnabled(True)

    # -- what a tool says of itself -----------------------------------------------------------------

    @staticmethod
    def title():
        """Return what the button says."""
        raise NotImplementedError

    def states(self):
        """Return the states by name."""
        raise NotImplementedError

    def pressed(self, event):
        """Do what the left button does when it goes down; the place is snapped and constrained."""

    def moved(self, event):
        """Do what the pointer does."""

    def released(self, event):
        """Do what the left button does when it comes up."""

    def turned(self, event):
        """Do what the right button does: by itself it cancels."""
        self.cancel()

    # -- what a tool calls ----------------------------------------------------------------------------

    def go(self, name):
        """Go to a state."""
        self.state, said = name, self.states()[name]
        self.setCursor(said.cursor)
        self.hinted.emit(said.hint)

    def reckon(self, make):
        """Show what `make(snapshot, findings=, progress=)` gives, an Edit; what was asked before is dropped.

        It runs in a thread: it may use the snapshot and values of its own, nothing of QGIS.
        """
        self._make, self.edit = make, None
        self._preview.start(_called(make, findings=False), self.session.snapshot)

    def confirm(self):
        """Do what was asked last, as one step, with its findings; return whether there is anything to do."""
        if self._make is not None and self._final.task is None:
            self._preview.stop()
            self._final.start(_called(self._make, findings=True), self.session.snapshot)
        return self._make is not None

    def forget(self):
        """Show nothing any more of what it would do."""
        self._preview.stop()
        self._final.stop()
        self._make = self.edit = None
        self.overlay.clear_edit()

    def cancel(self):
        """Leave all as it was, and begin anew."""
        self.forget()
        self.overlay.clear()
        self.go("start")

    def pick(self, event, table):
        """Return the id and shape of the row of a table under the pointer; None where there is none."""
        layer = self.session.layers().get(table)
        if layer is None:
            return None
        at = self.toLayerCoordinates(layer, event.mapPoint())
        point, key = QgsGeometry.fromPointXY(at), self.session.key(table)
        request = QgsFeatureRequest().setFilterRect(QgsRectangle(at, at))
        request.setSubsetOfAttributes([key], layer.fields())
        under = (feature for feature in layer.getFeatures(request) if feature.geometry().intersects(point))
        return next(((str(feature[key]), feature.geometry()) for feature in under), None)

    def crs_of(self, table):
        """Return the CRS of a table's layer."""
        return self.session.layers()[table].crs()

    # -- QGIS ---------------------------------------------------------------------------------------------

    def activate(self):
        """Begin."""
        super().activate()
        self.cancel()

    def deactivate(self):
        """End, with nothing left on the map."""
        self.cancel()
        self._snap.setVisible(False)
        self.hinted.emit("")
        super().deactivate()

    def remove(self):
        """Take all that is on the map away for good."""
        self._preview.stop()
        self._final.stop()
        self.overlay.remove()

    def cadCanvasPressEvent(self, event):
        """Hand over that the left button goes down."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed(event)

    def cadCanvasMoveEvent(self, event):
        """Show where the pointer snaps, and take the numbers along."""
        self._snap.setMatch(event.mapPointMatch())
        self.overlay.box.stand(event.pos())
        self.moved(event)

    def cadCanvasReleaseEvent(self, event):
        """Hand over that a button comes up."""
        if event.button() == Qt.MouseButton.RightButton:
            self.turned(event)
        elif event.button() == Qt.MouseButton.LeftButton:
            self.released(event)

    def keyPressEvent(self, event):
        """Cancel by Esc, confirm by Enter."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
            event.accept()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirm()
            event.accept()
        else:
            event.ignore()

    # -- results ------------------------------------------------------------------------------------------

    def _show(self, edit):
        self.edit = edit
        self.overlay.show_edit(edit, self.crs_of)

    def _cannot(self, _summary, why):
        """Tell beside the pointer why it cannot be done so; then there is nothing to confirm."""
        self._make = None
        self.overlay.clear_edit()
        self.overlay.box.say([tr("Not so:"), *_folded(why)], wrong=True)

    def _apply(self, edit):
        done = self.session.apply(edit)
        self.cancel()
        found = edit.findings
        if done and len(found):
            told = tr("{}: there are {} new findings.").format(edit.title(language()), len(found))
            why = "\n".join(found[in_language("message")].astype(str))
            self.told.emit(told, why, Qgis.MessageLevel.Warning)

    def _refuse(self, summary, why):
        self.cancel()
        self.told.emit(summary, why, Qgis.MessageLevel.Warning)


def _called(make, findings):
    return lambda snapshot, progress: make(snapshot, findings=findings, progress=progress)


def _folded(text, width=60):
    """Return a text in lines that are read at a glance."""
    from textwrap import wrap

    return wrap(text, width)
