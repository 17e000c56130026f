"""An occupant of the seafront put on a lot: the lots that may have it stand out, the others tell why not."""

from qgis.core import QgsGeometry, QgsWkbTypes
from qgis.gui import QgsRubberBand
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor

from ..i18n import in_language, tr
from ..maptools.gesture import Gesture, State
from ..work import Work

__all__ = ["PlaceOccupant"]

MAY = QColor(46, 125, 50, 90)


class PlaceOccupant(Gesture):
    """Move over lots to see what placing an occupant there does; a click, or letting go of it, places it."""

    name = "place_occupant"
    shown = pyqtSignal(object)  # what the lot under the pointer would do, an Edit; None where nothing is
    fitted = pyqtSignal(object)  # table of lots, as `lots_for` gives it; None where nobody is chosen

    def __init__(self, canvas, cad, session):
        self._may = QgsRubberBand(canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        self._may.setColor(MAY)
        self._look = Work(self.title(), self._fit, self._refuse)
        self.occupant = self.day = self._fits = self._lot = None
        super().__init__(canvas, cad, session)

    @staticmethod
    def title():
        """Return what the list of work says."""
        return tr("Relocate an occupant")

    def states(self):
        """Return the states by name."""
        choose = tr("Choose an occupant in the relocation board, or drag it from there onto a lot.")
        there = tr("Click a green lot, or drop the occupant there. Esc: cancel.")
        return {
            "start": State(choose, Qt.CursorShape.ArrowCursor),
            "place": State(there, Qt.CursorShape.PointingHandCursor),
        }

    def begin(self, occupant, day):
        """Show the lots that may receive an occupant on a day."""
        self.cancel()
        self.occupant, self.day = occupant, day
        self.go("place")
        self._look.start(lambda at, progress: _fits(at, occupant, day), self.session.snapshot)

    def cancel(self):
        """Leave all as it was; nobody is chosen any more."""
        self._look.stop()
        self.occupant = self._fits = None
        self._may.reset(QgsWkbTypes.GeometryType.PolygonGeometry)
        super().cancel()
        self.fitted.emit(None)

    def forget(self):
        """Show nothing any more of what it would do."""
        super().forget()
        self._lot = None
        self.shown.emit(None)

    def remove(self):
        """Take all that is on the map away for good."""
        self._look.stop()
        self.canvas().scene().removeItem(self._may)
        super().remove()

    def may(self):
        """Tell whether the lot under the pointer may receive the occupant."""
        return self._fits is not None and bool(self._fits["may"].get(self._lot, False))

    def moved(self, event):
        """Tell of the lot under the pointer what placing the occupant there does, or why it may not be."""
        if self._fits is None:
            return
        lot = (self.pick(event, "lots") or (None,))[0]
        if lot == self._lot:
            return
        self.forget()
        self._lot = lot
        if lot not in self._fits.index:
            return
        if self.may():
            self._preview_place(self.occupant, lot, self.day)
        else:
            why = self._fits.at[lot, in_language("reason")]
            self.overlay.box.say([tr("{} cannot go to {}:").format(self.occupant, lot), why], wrong=True)

    def released(self, event):
        """Place the occupant on the lot under the pointer."""
        self.moved(event)
        self.confirm()

    def _preview_place(self, occupant, lot, day):
        from ilo_gis.editing import place

        self.reckon(lambda at, **_: place(at.known, occupant, lot, day))

    def _show(self, found):
        super()._show(found)
        self.shown.emit(self.edit)

    def _fit(self, found):
        self._fits, shapes = found
        if shapes:
            self._may.addGeometry(QgsGeometry.collectGeometry(_geometries(shapes)), self.crs_of("lots"))
        self.fitted.emit(self._fits)


def _fits(snapshot, occupant, day):
    """Return which lots may receive an occupant, and the shapes of those."""
    from ilo_gis.editing import lots_for

    found = lots_for(snapshot.known, occupant, day)
    lots = snapshot.known["lots"]
    return found, lots.geometry[found["may"].to_numpy()].to_wkb().tolist()


def _geometries(wkbs):
    found = [QgsGeometry() for _ in wkbs]
    for shape, wkb in zip(found, wkbs, strict=True):
        shape.fromWkb(wkb)
    return found
