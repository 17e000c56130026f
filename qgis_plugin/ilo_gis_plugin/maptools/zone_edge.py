"""The boundary between two zones: dragged by a vertex or as a whole, or drawn anew from end to end."""

from dataclasses import replace
from functools import partial
from itertools import combinations

from qgis.core import QgsFeatureRequest, QgsGeometry
from qgis.PyQt.QtCore import Qt

from ..bridge import shape_of
from ..i18n import tr
from .drawing import Drawing
from .gesture import State

__all__ = ["ZoneEdge"]

ZONES = "zones"


class ZoneEdge(Drawing):
    """Drag a boundary; a click on it begins to draw it anew. Where it ends stays."""

    name = "zone_edge"
    of = ("zones", "lots")

    def __init__(self, *given):
        super().__init__(*given)
        self._read = None

    @staticmethod
    def title():
        """Return what the button says."""
        return tr("Move the boundary of two zones")

    def states(self):
        """Return the states by name."""
        return {
            "start": State(tr("Drag a boundary or vertex. Click: draw anew."), Qt.CursorShape.OpenHandCursor),
            "dragged": State(tr("Let go: move it. Esc: cancel."), Qt.CursorShape.ClosedHandCursor),
            "drawn": State(tr("Click: vertex. Double or right click: end.")),
        }

    def cancel(self):
        """Leave all as it was, and begin anew."""
        self._held = None
        super().cancel()

    def place(self, event, table=ZONES):
        """Return where the pointer is, snapped and constrained, in the CRS of the zones."""
        return super().place(event, table)

    def pressed(self, event):
        """Take hold of the boundary near the pointer."""
        if self.state == "start":
            self.cancel()
            self._hold(event)
            if self._held is not None:
                self.go("dragged")

    def moved(self, event):
        """Take the boundary along, or lead the line on; else show which boundary is near."""
        if self.state == "start":
            self._hold(event)
        elif self.state == "dragged":
            self._show_line(self._held.moved(self.place(event)))
        else:
            self._show_line(self.line(event))

    def released(self, event):
        """Move the boundary; where it stays as it was, draw it anew."""
        if self.state == "drawn":
            self.put(event)
        elif self.state == "dragged" and self._held.moved(self.place(event)) is None:
            self.forget()
            self.go("drawn")
        elif self.state == "dragged":
            self.moved(event)
            if not self.confirm():
                self.go("start")

    def line(self, event=None):
        """Return the boundary as it is drawn so far, led on to its other end; None where nothing is."""
        points = list(self._points) if event is None else [*self._points, self.place(event)]
        return self._held.through(points) if self._held is not None and points else None

    def shortened(self):
        """Show the line, of which the last vertex was taken away."""
        self._show_line(self.line())

    def ended(self):
        """Lead the boundary along the line."""
        self.shortened()
        self.confirm()

    def _show_line(self, line):
        self.overlay.choose(self._held.shapes(line), self.crs_of(ZONES))
        if line is None:
            self.forget()
        else:
            self.follow(partial(_moved, pair=self._held.pair, line=shape_of(line)))

    def _hold(self, event):
        """Know the boundary near the pointer, and show it."""
        around = self.around(event, ZONES)
        point = QgsGeometry.fromPointXY(around.center())
        near = [(line.distance(point), pair, line) for pair, line in self._boundaries(around)]
        near = [one for one in near if one[0] <= around.width() / 2]
        held = min(near, key=lambda one: one[0], default=None)
        self._held = held and _Held(*held[1:], self.place(event), around)
        self.overlay.choose([] if held is None else self._held.shapes(), self.crs_of(ZONES))

    def _boundaries(self, around):
        """Yield zones that meet near a place, two by two, with each part of their boundary."""
        layer, key = self.session.layers()[ZONES], self.session.key(ZONES)
        request = QgsFeatureRequest().setFilterRect(around)
        request.setFlags(QgsFeatureRequest.Flag.ExactIntersect)
        request.setSubsetOfAttributes([key], layer.fields())
        for pair in combinations(sorted(str(one[key]) for one in layer.getFeatures(request)), 2):
            for line in self._between(pair):
                yield pair, line

    def _between(self, pair):
        """Return the parts of the boundary of two zones, sought once as long as no zone changes."""
        from ilo_gis.editing import zone_edge
        from ilo_gis.errors import IloGisError
        from ilo_gis.zoning.assignment import zones_in_force

        known = self.session.known()[ZONES]
        if self._read is not known:
            self._read, self._lines, self._live = known, {}, zones_in_force(known, None)
        if pair not in self._lines:
            shape = QgsGeometry()
            if set(pair) <= set(self._live.index):
                try:
                    shape.fromWkb(zone_edge(self._live, *pair).wkb)
                except IloGisError:  # they share no line
                    shape = QgsGeometry()
            self._lines[pair] = shape.asGeometryCollection()
        return self._lines[pair]


class _Held:
    """A boundary held at a place: by the vertex that is near, else as a whole."""

    def __init__(self, pair, line, at, around):
        self.pair, self._line, self._at, self._around = pair, line, at, around
        self._last = line.constGet().numPoints() - 1
        corner, number, *_ = line.closestVertex(around.center())
        self._vertex = number if around.contains(corner) and 0 < number < self._last else None

    def shapes(self, line=None):
        """Return the line, as it is to be, its ends, and the vertex that is held."""
        line = line or self._line
        places = [0, line.constGet().numPoints() - 1, *([] if self._vertex is None else [self._vertex])]
        return [line, *(QgsGeometry(line.vertexAt(k)) for k in places)]

    def moved(self, place):
        """Return the boundary led to a place; None as long as it hardly left. A straight one is bent."""
        if self._around.contains(place):
            return None
        line = QgsGeometry(self._line)
        if self._last == 1:
            line.insertVertex(place.x(), place.y(), 1)
        elif self._vertex is not None:
            line.moveVertex(place.x(), place.y(), self._vertex)
        else:
            way = place - self._at
            for k in range(1, self._last):
                was = line.vertexAt(k)
                line.moveVertex(was.x() + way.x(), was.y() + way.y(), k)
        return line

    def through(self, points):
        """Return the boundary led through points, from the end that is nearer to the first."""
        ends = [line.asPoint() for line in self.shapes()[1:3]]
        first, last = sorted(ends, key=points[0].distance)
        return QgsGeometry.fromPolylineXY([first, *points, last])


def _moved(at, pair, line, progress):
    from ilo_gis.editing import move_zone_edge, with_lot_zones, zone_figures

    edit = with_lot_zones(at.known, move_zone_edge(at.known[ZONES], *pair, line))
    progress(0.5, ZONES)
    return replace(edit, figures=zone_figures(at.known, edit, by="zone_id"))
