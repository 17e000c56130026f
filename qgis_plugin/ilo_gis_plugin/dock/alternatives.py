"""The alternatives of a project side by side, the better one marked, and one click to see it on the map."""

from qgis.PyQt.QtGui import QFont
from qgis.PyQt.QtWidgets import QInputDialog, QLabel, QPushButton, QTableWidget, QVBoxLayout, QWidget

from ..bridge import to_frame
from ..i18n import language, tr
from ..project import tree
from ..work import Work, tell
from .summary import GOOD, fill_row, shown

__all__ = ["AlternativesPage"]


class AlternativesPage(QWidget):
    """A table with a row a figure and a column an alternative; a click on its name shows it."""

    def __init__(self, layers, iface, failed):
        super().__init__()
        self._layers, self._iface, self._failed = layers, iface, failed
        self.work = Work(tr("Alternatives"), self._show, failed)
        self.hint = tr("Click the name of an alternative to see it on the map; the better figures are bold.")
        self.told = QLabel(self.hint, wordWrap=True)
        self.table = QTableWidget(editTriggers=QTableWidget.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().hide()
        self.table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.table.horizontalHeader().sectionClicked.connect(self.show_on_map)
        box = QVBoxLayout(self)
        box.setContentsMargins(2, 4, 2, 2)
        box.addWidget(QPushButton(tr("Compare"), clicked=self.compare))
        box.addWidget(self.told)
        box.addWidget(self.table)
        box.addWidget(QPushButton(tr("Save the result as alternative…"), clicked=self.save))
        self.names = []

    def compare(self):
        """Read the alternatives of the project and compare them, in the background."""
        from ilo_gis.kept import alternatives

        address = self._layers.address()
        if address is None:
            self.told.setText(tr("Open a project with alternatives to compare them."))
            return
        self.work.start(alternatives, address)

    def _show(self, found):
        from ilo_gis.tables.units import unit_text

        self.names, table = found
        self.told.setText(tr("The project has a single alternative.") if len(self.names) < 2 else self.hint)
        self.table.setColumnCount(1 + len(self.names))
        self.table.setHorizontalHeaderLabels([tr("Figure"), *self.names])
        self.table.setRowCount(len(table))
        bold = QFont()
        bold.setBold(True)
        for i, (_, row) in enumerate(table.iterrows()):
            fill_row(self.table, i, row, [shown(row[name], row["unit"], False) for name in self.names])
            if unit := unit_text(row["unit"], language()):
                self.table.item(i, 0).setText(f"{self.table.item(i, 0).text()} ({unit})")
            if row["best"] in self.names:
                best = self.table.item(i, 1 + self.names.index(row["best"]))
                best.setFont(bold)
                best.setForeground(GOOD)
        self.table.resizeColumnsToContents()
        self.table.setColumnWidth(0, 150)
        self.table.resizeRowsToContents()

    def show_on_map(self, column):
        """Let the layers show the alternative whose name was clicked."""
        if not column:
            return
        name = self.names[column - 1]
        if busy := tree.show(name):
            text = tr("Unsaved edits in {}. Save or discard them first.")
            self._failed(text.format(", ".join(busy)), "")
            return
        tell(self._iface.messageBar(), tr("The map shows the alternative «{}».").format(name))

    def save(self):
        """Write what algorithms made, as it stands in temporary layers, to the project as an alternative."""
        results, address = self._layers.results(), self._layers.address()
        if address is None or not {"lots", "blocks"} & set(results):
            text = tr("There is no result of an algorithm to save, or no project to save it in.")
            self._failed(tr("The alternative was not saved."), text)
            return
        asked = tr("Name of the alternative: letters, digits, - and _")
        name, fine = QInputDialog.getText(self, tr("Save the result as alternative…"), asked)
        if fine and name.strip():
            self.work.start(_keep, address, name.strip(), {k: to_frame(one) for k, one in results.items()})


def _keep(address, name, known, progress):
    """Keep an alternative, and return all of them side by side."""
    from ilo_gis.kept import alternatives, keep_alternative

    keep_alternative(address, name, known, reason=tr("Result of an algorithm"))
    return alternatives(address, progress=progress)
