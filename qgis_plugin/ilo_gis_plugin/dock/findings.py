"""What the checks find in the layers as they are shown now: a list to filter, to go to, and to accept."""

import html

from qgis.core import QgsCoordinateTransform, QgsGeometry, QgsProject
from qgis.PyQt import QtWidgets
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QBrush, QColor

from ..bridge import qgis_crs
from ..i18n import in_language, language, reason, tr
from ..processing.texts import label
from ..work import Work

__all__ = ["FindingsPage"]

COLOURS = {"error": "#c62828", "warning": "#e65100", "info": "#1565c0"}
ACCEPTED = "#607d8b"
MOST = 2000  # rows shown at once; the filter finds the others
LINES = 2.5  # of a message in the list, margins too; its tooltip and the explanation have all of it
WHERE = 110  # pixels for the place of a finding: most of the list is for what it says
AROUND = 1.5  # times the extent of a feature that the map shows


class FindingsPage(QtWidgets.QWidget):
    """Checks in the background, and shows what was found."""

    def __init__(self, layers, iface, failed):
        super().__init__()
        self._layers, self._iface, self._failed = layers, iface, failed
        self.found = self.reasons = None
        checks, again = tr("Checks of the project"), tr("Check")
        self.work = Work(checks, self._show, failed, lambda: self.check.setText(again))
        self.check = QtWidgets.QPushButton(again, clicked=self._start_or_stop)
        hint = tr("Press «Check» to check the layers, unsaved edits included.")
        self.counts = QtWidgets.QLabel(hint, wordWrap=True)
        self.filters = {name: QtWidgets.QComboBox() for name in ("severity", "rule", "table")}
        for box in self.filters.values():
            box.setMinimumContentsLength(7)
            box.currentIndexChanged.connect(self.filter)
        self.text = QtWidgets.QLineEdit(placeholderText=tr("Search"), textChanged=self.filter)
        self.accepted = QtWidgets.QCheckBox(tr("Accepted too"), toggled=self.filter)
        self.list = QtWidgets.QTreeWidget(rootIsDecorated=False, wordWrap=True)
        self.list.setHeaderLabels([tr("Severity"), tr("Where"), tr("What")])
        self.list.header().setSectionResizeMode(0, QtWidgets.QHeaderView.ResizeMode.ResizeToContents)
        self.list.setColumnWidth(1, WHERE)
        self.list.itemSelectionChanged.connect(lambda: self.told.isHidden() or self.show_explanation())
        self.list.itemDoubleClicked.connect(self.go_to)
        self.explain = QtWidgets.QPushButton(tr("Explain"), clicked=self.show_explanation)
        self.accept = QtWidgets.QPushButton(tr("Accept with a reason…"), clicked=self.ask_reason)
        self.told = QtWidgets.QTextBrowser(visible=False, maximumHeight=190)
        self._lay_out()

    def _lay_out(self):
        grid = QtWidgets.QGridLayout(self)
        grid.setContentsMargins(2, 4, 2, 2)
        grid.addWidget(self.check, 0, 0)
        grid.addWidget(self.counts, 0, 1, 1, 2)
        for column, box in enumerate(self.filters.values()):
            grid.addWidget(box, 1, column)
        grid.addWidget(self.text, 2, 0, 1, 2)
        grid.addWidget(self.accepted, 2, 2)
        grid.addWidget(self.list, 3, 0, 1, 3)
        grid.addWidget(self.told, 4, 0, 1, 3)
        grid.addWidget(self.explain, 5, 0)
        grid.addWidget(self.accept, 5, 1, 1, 2)

    def _start_or_stop(self):
        from ilo_gis.kept import checked

        if self.work.task is not None:
            self.work.stop()
            return
        self.check.setText(tr("Cancel"))
        self.work.start(checked, self._layers.frames, self._layers.address, self._layers.scenario)

    def _show(self, result):
        self.found, self.reasons = result
        alls = (tr("Severity"), tr("Rule"), tr("Table"))
        names = {"severity": _severity, "rule": str, "table": label}
        for (name, box), every in zip(self.filters.items(), alls, strict=True):
            box.blockSignals(True)
            box.clear()
            box.addItem(every)
            for word in sorted(self.found[name].astype(str).unique()):
                box.addItem(names[name](word), word)
            box.blockSignals(False)
        self.filter()

    def filter(self, *_):
        """Show the findings that the filters let through."""
        if self.found is None:
            return
        rows, open_ = self.found, self.reasons.isna()
        counts = rows.loc[open_, "severity"].astype(str).value_counts()
        told = tr("{} errors · {} warnings · {} notes · {} accepted")
        self.counts.setText(told.format(*(counts.get(word, 0) for word in COLOURS), (~open_).sum()))
        if not self.accepted.isChecked():
            rows = rows[open_]
        for name, box in self.filters.items():
            if box.currentData():
                rows = rows[rows[name].astype(str) == box.currentData()]
        if sought := self.text.text().strip():
            words = rows["feature"].astype(str) + " " + rows[in_language("message")].astype(str)
            rows = rows[words.str.contains(sought, case=False, regex=False)]
        self.told.hide()  # never that of another finding
        self.list.clear()
        self.list.addTopLevelItems([self._item(number, row) for number, row in rows.head(MOST).iterrows()])

    def _item(self, number, row):
        where, open_ = f"{label(row['table'])} {row['feature']}".strip(), self.reasons.isna()[number]
        severity = _severity(row["severity"]) if open_ else tr("accepted")
        item = QtWidgets.QTreeWidgetItem([severity, where, row[in_language("message")]])
        item.setData(0, Qt.ItemDataRole.UserRole, number)
        item.setForeground(0, QBrush(QColor(COLOURS[row["severity"]] if open_ else ACCEPTED)))
        item.setToolTip(2, row[in_language("message")])
        item.setSizeHint(2, QSize(0, int(LINES * self.fontMetrics().lineSpacing())))
        return item

    def current(self):
        """Return the finding that is chosen in the list; None where none is."""
        item = self.list.currentItem()
        return None if item is None else self.found.loc[item.data(0, Qt.ItemDataRole.UserRole)]

    def go_to(self, *_):
        """Zoom to the finding and let it flash."""
        row, shape = self.current(), QgsGeometry()
        if row["geometry"] is None:
            self._failed(tr("The finding has no place on the map."), row[in_language("message")])
            return
        shape.fromWkb(row["geometry"].wkb)
        canvas, crs = self._iface.mapCanvas(), qgis_crs(self.found.crs)
        change = QgsCoordinateTransform(crs, canvas.mapSettings().destinationCrs(), QgsProject.instance())
        extent = change.transformBoundingBox(shape.boundingBox())
        extent.grow(AROUND * max(extent.width(), extent.height(), 10.0) / 2)
        canvas.setExtent(extent)
        canvas.refresh()
        canvas.flashGeometries([shape], crs)

    def show_explanation(self):
        """Tell what the norm behind the chosen finding says, where from, and how well that is known."""
        row = self.current()
        if row is not None:
            from ilo_gis.norms import load
            from ilo_gis.review import explanation

            lines = explanation(row, load("pe"), reason=self.reasons[row.name], lang=language())
            self.told.setHtml("".join(f"<p>{html.escape(line)}</p>" for line in lines))
            self.told.show()

    def ask_reason(self):
        """Keep the chosen finding as accepted, with the reason that the user gives."""
        from ilo_gis.errors import IloGisError
        from ilo_gis.kept import keep_accepted

        row, address = self.current(), self._layers.address()
        if row is None or address is None:
            self._failed(tr("The finding was not accepted."), tr("Open a project to keep what is accepted."))
            return
        asked = tr("Why is it accepted? The reason is kept in the project.")
        why, fine = QtWidgets.QInputDialog.getText(self, tr("Accept the finding"), asked)
        if not (fine and why.strip()):
            return
        try:
            keep_accepted(address, self._layers.scenario(), self.found.loc[[row.name]], why)
        except IloGisError as error:
            self._failed(tr("The finding was not accepted."), reason(error))
            return
        self.reasons[row.name] = why.strip()
        self.filter()


def _severity(word):
    return {"error": tr("error"), "warning": tr("warning"), "info": tr("info")}[word]
