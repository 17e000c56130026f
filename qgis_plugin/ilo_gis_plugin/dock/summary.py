"""The main figures of the selected lots, or of the plan: they follow the selection and unsaved edits."""

from math import isnan

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QHeaderView, QLabel, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from ..i18n import in_language, language, tr
from .steps import number

__all__ = ["SummaryPage", "fill_row"]

DECIMALS = {"lots": 0, "persons": 0, "dwellings": 0, "m2": 1, "ha": 2, "m": 2, "%": 2, "USD": 0}
GOOD, BAD = QColor("#2e7d32"), QColor("#c62828")


class SummaryPage(QWidget):
    """A table of figure, value, and what is required."""

    def __init__(self, parent=None):
        super().__init__(parent)
        self.heading = QLabel(tr("Open or make a plan to see its figures."), wordWrap=True)
        self.table = QTableWidget(0, 3, editTriggers=QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setHorizontalHeaderLabels([tr("Figure"), tr("Value"), tr("Required")])
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        box = QVBoxLayout(self)
        box.setContentsMargins(2, 2, 2, 2)
        box.addWidget(self.heading)
        box.addWidget(self.table)

    def show_figures(self, figures, selected):
        """Show the table `indicators` of the selection, or of the plan."""
        whole = tr("The whole plan, unsaved edits included")
        told = whole if selected is None else tr("Selection: {} lots").format(number(len(selected)))
        self.heading.setText(f"<b>{told}</b>")
        self.table.setRowCount(len(figures))
        for i, (_, row) in enumerate(figures.iterrows()):
            target = shown(row["target"], row["unit"])
            fill_row(self.table, i, row, [shown(row["value"], row["unit"]), target])
            if row["met"] is True or row["met"] is False:
                self.table.item(i, 1).setForeground(GOOD if row["met"] else BAD)
        self.table.resizeRowsToContents()


def shown(value, unit, with_unit=True):
    """Return a value as the user's language writes it; nothing where there is none."""
    from ilo_gis.tables.units import unit_text

    if isnan(value):
        return ""
    said = number(value, DECIMALS.get(unit, 1))
    return f"{said} {unit_text(unit, language())}" if with_unit else said


def fill_row(table, i, row, values):
    """Write the name of a figure and its values into a row; numbers stand right."""
    name = QTableWidgetItem(row[in_language("label")])
    name.setToolTip(name.text())
    table.setItem(i, 0, name)
    for k, text in enumerate(values, 1):
        item = QTableWidgetItem(text)
        item.setTextAlignment(int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter))
        table.setItem(i, k, item)
