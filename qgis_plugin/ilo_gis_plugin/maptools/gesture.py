"""The tool of the map that all gestures are made with: states, preview, one step when it is confirmed."""

from dataclasses import dataclass
from functools import partial

from qgis.core import Qgis, QgsFeatureRequest, QgsGeometry, QgsRectangle
from qgis.gui import QgsMapToolAdvancedDigitizing, QgsSnapIndicator
from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal

from ..i18n import in_language, language, tr
from ..work import Work
from .overlay import Overlay

__all__ = ["Gesture", "State"]

REST = 150  # ms without a new preview, after which the pointer is taken to rest


@dataclass(frozen=True)
class State:
    """What the user is told to do, and the pointer, as long as a gesture is at one point."""

    hint: str
    cursor: Qt.CursorShape = Qt.CursorShape.CrossCursor


class Gesture(QgsMapToolAdvancedDigitizing):
    """A gesture: `reckon` shows what it would do, `confirm` does it, `cancel` leaves all as it was.

    A tool tells its `states`, of which "start" is the first, and what mouse and keys do in them. It works on
    the session's snapshot, in the background; nothing is written until `confirm`. Where `two_stages`, what
    is shown at once has as many lots `at_least`, and what is exact follows when the pointer rests.
    """

    two_stages = False  # whether blocks are laid out again, for which the most lots are searched
    of = ()  # tables without which there is nothing to do
    asks = ()  # tables beside the plan that mouse and keys ask for at once
    hinted = pyqtSignal(str)
    told = pyqtSignal(str, str, int)  # in short, in full, how grave

    def __init__(self, canvas, cad, session):
        super().__init__(canvas, cad)
        self.session, self.overlay = session, Overlay(canvas)
        self._snap = QgsSnapIndicator(canvas)
        self._make = self._next = self.edit = self.state = None
        self.at_least = False
        title = self.title()
        self._preview = Work(title, self._show, self._cannot)
        self._exact = Work(title, self._show, self._cannot)
        self._rest = QTimer(self, singleShot=True, interval=REST, timeout=self._reckon_exactly)
        self._final = Work(title, self._apply, self._refuse)
        self._warm = Work(title, self.prepared, lambda *_: None)
        self.setAutoSnapEnabled(True)
        canvas.keyPressed.connect(self._escape)  # which QGIS keeps from tools while a button is down

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

    def prepared(self, snapshot):
        """Take from the plan what the tool begins with."""

    def notes(self):
        """Return lines that stand below the figures."""
        return []

    def draw(self, edit):
        """Draw what an edit would do."""
        self.overlay.show_edit(edit, self.crs_of, self.notes(), self.at_least)

    # -- what a tool calls ----------------------------------------------------------------------------

    def go(self, name):
        """Go to a state."""
        self.state, said = name, self.states()[name]
        self.setCursor(said.cursor)
        self.hinted.emit(said.hint)

    def reckon(self, make):
        """Show what `make(snapshot, progress=)` gives, an Edit; what was asked before is dropped.

        It runs in a thread: it may use the snapshot and values of its own, nothing of QGIS.
        """
        self._still()
        self._make, self._next, self.edit = make, None, None
        self._preview.start(_previewed(make, quick=self.two_stages), self.session.snapshot)

    def follow(self, make):
        """Show what `make` gives as `reckon` does, as the pointer goes: one is shown before the next begins.

        So there is always something to see; of what was asked meanwhile only the newest is reckoned.
        """
        if self._preview.task is None:
            self.reckon(make)
        else:
            self._make = self._next = make

    def confirm(self):
        """Do what was asked last, as one step, with its findings; return whether there is anything to do."""
        self._next = None
        if self._make is not None and not self.busy():
            self._still()
            self._final.start(self._make, self.session.snapshot)
        return self._make is not None

    def busy(self):
        """Return whether a gesture is being done: the next begins after it."""
        return self._final.task is not None

    def say_no(self, why):
        """Tell beside the pointer why it cannot be done so."""
        self.overlay.box.say([tr("Not so:"), *_folded(why)], wrong=True)

    def forget(self):
        """Show nothing any more of what it would do."""
        self._still()
        self._final.stop()
        self._make = self._next = self.edit = None
        self.overlay.clear_edit()

    def cancel(self):
        """Leave all as it was, and begin anew."""
        self.forget()
        self.overlay.clear()
        self.go("start")

    def pick(self, event, table):
        """Return the id and shape of the row of a table under the pointer; None where there is none."""
        found = self.near(event, table)
        return found if found and found[1].contains(self.around(event, table).center()) else None

    def near(self, event, table):
        """Return the id and shape of the row of a table nearest to the pointer; None where none is near."""
        return next(iter(self.all_near(event, table)), None)

    def all_near(self, event, table):
        """Return ids and shapes of the rows of a table near to the pointer, the nearest first."""
        layer = self.session.layers().get(table)
        if layer is None:
            return []
        around, key = self.around(event, table), self.session.key(table)
        at, request = QgsGeometry.fromPointXY(around.center()), QgsFeatureRequest().setFilterRect(around)
        request.setFlags(QgsFeatureRequest.Flag.ExactIntersect).setSubsetOfAttributes([key], layer.fields())
        found = [(str(one[key]), one.geometry()) for one in layer.getFeatures(request)]
        return sorted(found, key=lambda one: one[1].distance(at))

    def around(self, event, table):
        """Return what is near to the pointer, which is not snapped, in the CRS of a table."""
        size = 2 * self.searchRadiusMU(self.canvas())
        square = QgsRectangle.fromCenterAndSize(self.toMapCoordinates(event.pos()), size, size)
        return self.toLayerCoordinates(self.session.layers()[table], square)

    def place(self, event, table="blocks"):
        """Return where the pointer is, snapped and constrained, in the CRS of a table."""
        return self.toLayerCoordinates(self.session.layers()[table], event.mapPoint())

    def crs_of(self, table):
        """Return the CRS of a table's layer."""
        return self.session.layers()[table].crs()

    # -- QGIS ---------------------------------------------------------------------------------------------

    def activate(self):
        """Begin."""
        super().activate()
        self.canvas().keyPressed.connect(self._escaped)
        self.cancel()
        self._prepare()

    def deactivate(self):
        """End, with nothing left on the map."""
        self.canvas().keyPressed.disconnect(self._escaped)
        self.cancel()
        self._snap.setVisible(False)
        self.hinted.emit("")
        super().deactivate()

    def remove(self):
        """Take all that is on the map away for good."""
        self._still()
        for work in (self._final, self._warm):
            work.stop()
        self.overlay.remove()

    def cadCanvasPressEvent(self, event):
        """Hand over that the left button goes down."""
        if event.button() != Qt.MouseButton.LeftButton or self.busy():
            return
        if self._lacking():
            told = tr("There is no plan to edit. Open a project of Ilo GIS, or plan a site.")
            self.told.emit(told, "", Qgis.MessageLevel.Info)
        else:
            self.pressed(event)

    def cadCanvasMoveEvent(self, event):
        """Show where the pointer snaps, and take the numbers along."""
        self._snap.setMatch(event.mapPointMatch())
        self.overlay.box.stand(event.pos())
        if not (self.busy() or self._lacking()):
            self.moved(event)

    def cadCanvasReleaseEvent(self, event):
        """Hand over that a button comes up."""
        if self.busy() or self._lacking():
            return
        if event.button() == Qt.MouseButton.RightButton:
            self.turned(event)
        elif event.button() == Qt.MouseButton.LeftButton:
            self.released(event)

    def _escaped(self, event):
        """Cancel by Esc in a drag too: as long as a button is down, QGIS hands no key to tools."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()

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

    def _escape(self, event):
        """Cancel a drag."""
        if event.key() == Qt.Key.Key_Escape and self.isActive():
            self.cancel()

    def _lacking(self):
        return set(self.of) - set(self.session.layers())

    def _prepare(self):
        """Read the plan before the first preview asks for it."""
        self._warm.start(partial(_read, asked={*self.of, *self.asks}), self.session.snapshot)

    # -- results ------------------------------------------------------------------------------------------

    def _still(self):
        """Reckon nothing any more for a preview."""
        self._rest.stop()
        self._preview.stop()
        self._exact.stop()

    def _show(self, found):
        self.edit, self.at_least = found
        self.draw(self.edit)
        if self._next is not None:
            self.reckon(self._next)
        elif self.at_least:
            self._rest.start()
        elif self.edit.nothing:  # then there is nothing to confirm
            self._make = None

    def _reckon_exactly(self):
        """Take the place of what is at least: the pointer rests."""
        self._exact.start(_previewed(self._make, quick=False), self.session.snapshot)

    def _cannot(self, _summary, why):
        """Tell beside the pointer why it cannot be done so; then there is nothing to confirm."""
        if self._next is not None:
            self.reckon(self._next)
            return
        self._make = None
        self.overlay.clear_edit()
        self.say_no(why)

    def _apply(self, edit):
        done = not edit.nothing and self.session.apply(edit)
        self.cancel()
        self._prepare()
        found = edit.findings
        if done and len(found):
            told = tr("{}: there are {} new findings.").format(edit.title(language()), len(found))
            why = "\n".join(found[in_language("message")].astype(str))
            self.told.emit(told, why, Qgis.MessageLevel.Warning)

    def _refuse(self, summary, why):
        self.cancel()
        self.told.emit(summary, why, Qgis.MessageLevel.Warning)


def _previewed(make, quick):
    """Return what makes an edit without findings, and whether the project's own way may bring more lots."""

    def made(snapshot, progress):
        shown = snapshot.shown
        at = shown.quick if quick else shown
        return make(at, progress=progress), at is not shown

    return made


def _read(snapshot, asked, progress):
    """Have a snapshot make what it makes but once, and read what is asked."""
    for name in ("plan", "brief", "locked"):
        getattr(snapshot, name)
        progress(0.0, name)
    for name in ("totals", "quick"):
        getattr(snapshot.shown, name)
        progress(0.0, name)
    for name in asked & snapshot.known.keys():
        progress(0.0, name)
        snapshot.known[name]
    return snapshot


def _folded(text, width=60):
    """Return a text in lines that are read at a glance."""
    from textwrap import wrap

    return wrap(text, width)
