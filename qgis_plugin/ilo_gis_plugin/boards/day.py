"""The day of a board: a date, a slider over the years of the project, and the time of the map."""

from qgis.core import QgsDateTimeRange, QgsProject, QgsTemporalNavigationObject
from qgis.PyQt.QtCore import QDate, QDateTime, QSignalBlocker, Qt, QTime, pyqtSignal
from qgis.PyQt.QtWidgets import QDateEdit, QHBoxLayout, QLabel, QSlider, QWidget

from ..i18n import tr

__all__ = ["Day", "date_field"]

MONTH = 30  # days that the slider goes on by its keys and beside its handle
MODE = QgsTemporalNavigationObject.NavigationMode


def date_field():
    """Return a field for a date, written as in Peru."""
    return QDateEdit(QDate.currentDate(), calendarPopup=True, displayFormat="dd/MM/yyyy")


class Day(QWidget):
    """A day that the temporal controller of the map follows, and that follows it; `changed` tells."""

    changed = pyqtSignal()

    def __init__(self, canvas):
        super().__init__()
        self._canvas, self._first, self._led = canvas, QDate.currentDate(), False
        self.date = date_field()
        self.slider = QSlider(Qt.Orientation.Horizontal, pageStep=MONTH, singleStep=1)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        for widget in (QLabel(tr("Day")), self.date):
            box.addWidget(widget)
        box.addWidget(self.slider, 1)
        self.date.dateChanged.connect(self._picked)
        self.slider.valueChanged.connect(lambda days: self.date.setDate(self._first.addDays(days)))
        canvas.temporalRangeChanged.connect(self._follow)

    def value(self):
        """Return the day, as the library takes it."""
        return self.date.date().toPyDate()

    def span(self):
        """Let the slider run over the years of the project; a day beyond them goes to the nearest."""
        span = QgsProject.instance().timeSettings().temporalRange()
        first, last = span.begin().date(), span.end().date()
        self.slider.setVisible(first.isValid() and last.isValid())
        if self.slider.isHidden() or (first, self.slider.maximum()) == (self._first, first.daysTo(last)):
            return
        self._first = first
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, first.daysTo(last))
        self._show(min(max(self.date.date(), first), last))

    def leave(self):
        """Let the map show all times again, where it was this day that it showed."""
        if self._led:
            self._led = False
            self._canvas.temporalController().setNavigationMode(MODE.NavigationOff)

    def _show(self, day):
        with QSignalBlocker(self.date), QSignalBlocker(self.slider):
            self.date.setDate(day)
            self.slider.setValue(self._first.daysTo(day))

    def _picked(self, day):
        self._show(day)
        self._led = True
        controller = self._canvas.temporalController()
        controller.setNavigationMode(MODE.FixedRange)
        controller.setTemporalExtents(QgsDateTimeRange(_at(day, 0, 0, 0), _at(day, 23, 59, 59)))
        self.changed.emit()

    def _follow(self):
        span = self._canvas.temporalRange()
        if span.begin().isValid() and not span.contains(_at(self.date.date(), 12, 0, 0)):
            self._show(span.begin().date())
            self.changed.emit()


def _at(day, *clock):
    return QDateTime(day, QTime(*clock))
