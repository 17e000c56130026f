"""A street moved: its line dragged beside itself, or one of its vertices; or given up by a key."""

from functools import partial

from qgis.core import QgsGeometry, QgsPointXY, QgsRectangle
from qgis.PyQt.QtCore import Qt

from ..bridge import shape_of
from ..i18n import tr
from .gesture import Gesture, State
from .overlay import reserves_line

__all__ = ["MoveStreet"]

STREETS = "street_lines"


class MoveStreet(Gesture):
    """Drag a street; a click on it chooses it, and then the Delete key gives it up."""

    name = "move_street"
    of = ("street_lines", "blocks", "lots")
    two_stages = True

    @staticmethod
    def title():
        """Return what the button says."""
        return tr("Move or give up a street")

    def states(self):
        """Return the states by name."""
        open_hand = Qt.CursorShape.OpenHandCursor
        return {
            "start": State(tr("Drag a street or its vertex."), open_hand),
            "dragged": State(tr("Let go: move it. Esc: cancel."), Qt.CursorShape.ClosedHandCursor),
            "chosen": State(tr("Drag: move it. Delete: give it up."), open_hand),
            "dropped": State(tr("Delete or Enter: give it up. Esc: cancel."), Qt.CursorShape.ArrowCursor),
        }

    def cancel(self):
        """Leave all as it was, and begin anew."""
        self._held = self._moved = None
        super().cancel()

    def notes(self):
        """Return the reserves that the plan has then, of those required."""
        return [reserves_line(self.edit.figures)]

    def pressed(self, event):
        """Take hold of the street near the pointer."""
        self.cancel()
        self._hold(event)
        if self._held is not None:
            self.go("dragged")

    def moved(self, event):
        """Take the street along; where none is held, show which would be."""
        if self.state == "start":
            self._hold(event)
        elif self.state == "dragged":
            self._moved = self._held.moved(self.place(event, STREETS))
            self._show_held()
            if self._moved is None:
                self.forget()
            else:
                line = shape_of(self._moved)
                self.follow(partial(_moved, line_id=self._held.line_id, line=line))

    def released(self, event):
        """Move the street; one that stays where it was is chosen."""
        if self.state != "dragged":
            return
        self.moved(event)
        if self._moved is None:
            self.go("chosen")
        else:
            self.confirm()

    def keyPressEvent(self, event):
        """Show what it is to give up the street that is chosen; the second time do it."""
        if event.key() != Qt.Key.Key_Delete or self.state not in ("chosen", "dropped"):
            super().keyPressEvent(event)
            return
        event.ignore()  # else QGIS deletes what is selected
        if self.state == "dropped":
            self.confirm()
        else:
            self.reckon(partial(_dropped, line_id=self._held.line_id))
            self.go("dropped")

    def _hold(self, event):
        """Know the street near the pointer, and show it."""
        found = self.near(event, STREETS)
        around = found and self.around(event, STREETS)
        self._held = found and _Held(*found, self.place(event, STREETS), around)
        self._show_held()

    def _show_held(self):
        shapes = [] if self._held is None else self._held.shapes(self._moved)
        self.overlay.choose(shapes, self.crs_of(STREETS))


class _Held:
    """A street held at a place: by the vertex that is near, else by the whole line."""

    def __init__(self, line_id, line, at, around):
        line.convertToSingleType()
        self.line_id, self._line, self._at = line_id, line, at
        self._still = QgsRectangle.fromCenterAndSize(at, around.width(), around.height())
        corner, number, *_ = line.closestVertex(around.center())
        self._vertex = number if around.contains(corner) else None

    def shapes(self, moved=None):
        """Return the line, as it is moved, and the vertex that is held."""
        line = moved or self._line
        held = [] if self._vertex is None else [QgsGeometry(line.vertexAt(self._vertex))]
        return [line, *held]

    def moved(self, place):
        """Return the line led to a place; None as long as it hardly left."""
        if self._still.contains(place):
            return None
        line = QgsGeometry(self._line)
        if self._vertex is not None:
            line.moveVertex(place.x(), place.y(), self._vertex)
            return line
        after = line.closestSegmentWithContext(self._at)[2]
        ends = (QgsPointXY(line.vertexAt(k)) for k in (after - 1, after))
        beside = (next(ends) - next(ends)).normalized().perpVector()
        way = beside * ((place - self._at) * beside)  # along the street nothing moves: ends stay on streets
        line.translate(way.x(), way.y())
        return line


def _moved(at, line_id, line, **how):
    from ilo_gis.editing.streets import move_street

    return move_street(at.plan, line_id, line, at.brief, locked=at.locked, preview=at.totals, **how)


def _dropped(at, line_id, **how):
    from ilo_gis.editing.streets import drop_street

    return drop_street(at.plan, line_id, at.brief, locked=at.locked, preview=at.totals, **how)
