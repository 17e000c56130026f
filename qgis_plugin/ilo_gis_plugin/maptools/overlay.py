"""What a gesture would do, drawn over the map: shapes before and after, and numbers beside the pointer."""

from qgis.core import QgsGeometry, QgsWkbTypes
from qgis.gui import QgsMapCanvasItem, QgsRubberBand
from qgis.PyQt.QtCore import QPoint, QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFontMetricsF, QPen

from ..dock.steps import number
from ..i18n import in_language, language, tr

__all__ = ["Overlay", "amount", "figure_lines", "reserves_line"]

BEFORE, AFTER, CHOSEN = QColor(198, 40, 40), QColor(21, 101, 192), QColor(255, 179, 0)
PAPER, INK, WRONG = QColor(255, 255, 255, 235), QColor(33, 33, 33), QColor(198, 40, 40)
FAINT, STRONG = 40, 210  # of 255, the fill
AWAY, MARGIN = 18.0, 6.0  # pixels from the pointer, and around the text
ABOVE = 100  # over what QGIS draws itself
POLYGON, LINE = QgsWkbTypes.GeometryType.PolygonGeometry, QgsWkbTypes.GeometryType.LineGeometry
POINT = QgsWkbTypes.GeometryType.PointGeometry
COVERED = {"streets", "blocks"}  # where lots change, they show what becomes of these
OUTLINED = {"zones"}  # large, and there is much to be seen in them
GRIP = 12  # pixels
PALE = 110  # of 255, lines of what is not exact yet
LOTS = {"lots", "legal_lots"}  # of which there are at least as many
OPEN = {"remnants", "lot_area"}  # which other lots may make more or less


class Overlay:
    """Shapes and numbers of one tool; `clear` takes them off the map, `remove` for good."""

    def __init__(self, canvas):
        self._canvas = canvas
        self.chosen = _bands(canvas, CHOSEN, 3, Qt.PenStyle.SolidLine)
        self._before = _bands(canvas, BEFORE, 1, Qt.PenStyle.DashLine)
        self._after = _bands(canvas, AFTER, 2, Qt.PenStyle.SolidLine)
        self._wrong = _bands(canvas, WRONG, 2, Qt.PenStyle.SolidLine)
        self.box = _Box(canvas)

    def show_edit(self, edit, crs_of, notes=(), at_least=False):
        """Draw what an edit takes away and brings; `crs_of` gives the CRS of a table.

        Pale, if there may be more lots.
        """
        self.clear_edit()
        for band in self._after.values():
            band.setStrokeColor(_faded(AFTER, PALE if at_least else 255))
        names = edit.changes.keys()
        for name in names - COVERED if "lots" in names else names:
            change = edit.changes[name]
            for bands, rows in ((self._before, change.before), (self._after, change.after)):
                other = change.after if rows is change.before else change.before
                _add(bands, _shapes(rows) - _shapes(other), crs_of(name), name in OUTLINED)
        nothing = edit.nothing and not at_least
        title = tr("Nothing changes.") if nothing else edit.title(language())
        self.box.say([title, *figure_lines(edit.figures, at_least), *notes])

    def show(self, before, after, crs, lines=(), wrong=()):
        """Draw shapes of the library as they are, as they would be, and as they must not be; say lines."""
        self.clear_edit()
        for bands, shapes in ((self._before, before), (self._after, after), (self._wrong, wrong)):
            _add(bands, [shape.wkb for shape in shapes], crs)
        self.box.say(list(lines))

    def choose(self, shapes, crs):
        """Draw what is chosen: geometries of QGIS."""
        _reset(self.chosen)
        for shape in shapes:
            self.chosen[shape.type()].addGeometry(shape, crs)

    def tint(self, colour):
        """Draw what is chosen in a colour, and of what an edit brings the outlines alone."""
        for band in self.chosen.values():
            band.setStrokeColor(colour.darker())
            band.setFillColor(_faded(colour, STRONG))
        for band in self._before.values():
            band.setColor(_faded(colour, 0))
        for band in self._after.values():
            band.setFillColor(_faded(colour, 0))

    def clear_edit(self):
        """Take away what an edit would do."""
        _reset(self._before)
        _reset(self._after)
        _reset(self._wrong)
        self.box.say([])

    def clear(self):
        """Take everything off the map."""
        self.clear_edit()
        _reset(self.chosen)

    def remove(self):
        """Take it off for good."""
        for bands in (self.chosen, self._before, self._after, self._wrong):
            for band in bands.values():
                self._canvas.scene().removeItem(band)
        self._canvas.scene().removeItem(self.box)


def figure_lines(figures, at_least=False):
    """Return the figures that change, and all of which some is required, in words, with article.

    Where there may be more lots than that, lots are told as at least so many, and what hangs on them not.
    """
    if not len(figures):
        return []
    asked = figures.get("required", figures["after"] * 0) > 0
    before, after = (figures[side].map(amount) for side in ("before", "after"))
    rows = figures[(before != after) & figures["after"].notna() | asked]  # what reads alike is the same
    if not at_least:
        return [_line(row) for row in rows.to_dict("records")]
    rows = figures[figures.index.isin(rows.index.union(LOTS).difference(OPEN))]
    return [_line(row, "≥ " if name in LOTS else "") for name, row in rows.to_dict("index").items()]


def _line(row, least=""):
    """Return a figure in words: what, before, after, how much is required, unit, article."""
    from ilo_gis.tables.units import unit_text

    values = dict.fromkeys([amount(row["before"]), least + amount(row["after"])])
    line, unit = f"{row[in_language('label')]}: {' → '.join(values)}", unit_text(row["unit"], language())
    if not row.get("required", 0) > 0:
        return f"{line} {unit}".strip()
    line = tr("{} of {}").format(line, amount(row["required"]))
    return f"{line} {unit} ({row['article']})"


def reserves_line(figures):
    """Return the reserves that there would be, and how many the norms require, in words."""
    return tr("Reserves: {} of {} m² required").format(
        *figures.loc[["reserve_area", "reserve_required"], "after"].map(amount)
    )


def amount(value):
    """Return a figure with as many decimals as a reader needs, as the locale of QGIS writes it."""
    from ilo_gis.tables.units import figure_text

    return number(value, len(figure_text(value).partition(".")[2]))


def _bands(canvas, colour, width, style):
    """Return a band for polygons, one for lines and one for points."""
    bands = {kind: QgsRubberBand(canvas, kind) for kind in (POLYGON, LINE, POINT)}
    bands[POINT].setIcon(QgsRubberBand.IconType.ICON_CIRCLE)
    bands[POINT].setIconSize(GRIP)
    for band in bands.values():
        band.setStrokeColor(colour)
        band.setFillColor(_faded(colour, FAINT))
        band.setWidth(width)
        band.setLineStyle(style)
    return bands


def _faded(colour, alpha):
    return QColor(colour.red(), colour.green(), colour.blue(), alpha)


def _shapes(rows):
    """Return the shapes of a table as WKB."""
    return set(rows.geometry.dropna().to_wkb()) if hasattr(rows, "geom_type") else set()


def _add(bands, wkbs, crs, outlined=False):
    """Draw shapes, those of one kind as one: with each that it is given, a band measures all it has."""
    shapes = [QgsGeometry() for _ in wkbs]
    for shape, wkb in zip(shapes, wkbs, strict=True):
        shape.fromWkb(wkb)
    if outlined:
        shapes = [QgsGeometry(shape.constGet().boundary()) for shape in shapes]
    for kind, band in bands.items():
        if own := [shape for shape in shapes if shape.type() == kind]:
            band.addGeometry(QgsGeometry.collectGeometry(own), crs)


def _reset(bands):
    for kind, band in bands.items():
        band.reset(kind)


class _Box(QgsMapCanvasItem):
    """Lines of text beside the pointer, on paper of their own."""

    def __init__(self, canvas):
        super().__init__(canvas)
        self._canvas, self.lines, self._wrong = canvas, [], False
        self._pixel = QPoint()
        self.setZValue(ABOVE)
        self.hide()

    def say(self, lines, wrong=False):
        """Show lines, the first bold; nothing where there are none."""
        self.prepareGeometryChange()
        self.lines, self._wrong = lines, wrong
        self.setVisible(bool(lines))
        self.stand(self._pixel)
        self.update()

    def stand(self, pixel):
        """Stand beside a place on the screen, within the map."""
        self._pixel = QPoint(pixel)
        size = self.boundingRect()
        x, y = pixel.x() + AWAY, pixel.y() + AWAY
        if x + size.width() > self._canvas.width():
            x = pixel.x() - AWAY - size.width()
        if y + size.height() > self._canvas.height():
            y = pixel.y() - AWAY - size.height()
        self.setPos(QPointF(max(x, 0.0), max(y, 0.0)))

    def _fonts(self):
        plain = self._canvas.font()
        bold = self._canvas.font()
        bold.setBold(True)
        return [bold] + [plain] * (len(self.lines) - 1)

    def boundingRect(self):
        """Return the paper's extent, in pixels."""
        if not self.lines:
            return QRectF()
        metrics = [QFontMetricsF(font) for font in self._fonts()]
        widths = [one.horizontalAdvance(line) for one, line in zip(metrics, self.lines, strict=True)]
        height = sum(one.lineSpacing() for one in metrics)
        return QRectF(0, 0, max(widths) + 2 * MARGIN, height + 2 * MARGIN)

    def paint(self, painter, *_):
        """Draw paper and lines."""
        if not self.lines:
            return
        painter.setBrush(PAPER)
        painter.setPen(QPen(WRONG if self._wrong else INK, 1.0))
        painter.drawRoundedRect(self.boundingRect().adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        y = MARGIN
        for font, line in zip(self._fonts(), self.lines, strict=True):
            metrics = QFontMetricsF(font)
            painter.setFont(font)
            painter.drawText(QPointF(MARGIN, y + metrics.ascent()), line)
            y += metrics.lineSpacing()
