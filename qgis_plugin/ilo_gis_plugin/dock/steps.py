"""Where the project stands and what is next: the seven steps, each with what to run."""

from math import isnan

from qgis.core import QgsProcessingFeatureSourceDefinition
from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QMenu, QToolButton, QWidget

from ..i18n import in_language, tr
from ..processing import dialog
from ..processing.parameters import LAYERS
from ..processing.texts import label
from ..project.tree import layers
from ..work import tell

__all__ = ["StepsPage", "number"]

ALGORITHMS = {
    "site": ("buildable", "perimeter_vertices", "suitability"),
    "constraints": ("constraints", "slope_constraints"),
    "plan": ("plan_site", "lots_from_streets", "lots_in_blocks", "area_table"),
    "zoning": ("assign", "lot_conformity", "capacity"),
    "allotment": ("rank", "allot"),
    "services": ("taps", "latrines", "water", "sewer", "paving"),
    "titles": ("promuvi_state_on", "lot_progress", "forecast"),
}
USUAL = ("number", "integer", "switch", "file", "day", "progress")  # with a value of their own: no choice
MARKS = {"done": ("✔", "#2e7d32"), "next": ("▶", "#1565c0"), "later": ("○", "#757575")}


def number(value, decimals=0):
    """Return a number as the locale of QGIS writes it; a dash where there is none."""
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.DefaultNumberOptions)  # thousands stand apart
    return "–" if isnan(value) else locale.toString(float(value), "f", decimals)


class StepsPage(QWidget):
    """The steps as rows: mark, name and figure, and a menu of the algorithms that take it further."""

    def __init__(self, layers, iface, parent=None):
        super().__init__(parent)
        self._layers, self._iface = layers, iface
        self.rows = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(2, 4, 2, 4)
        grid.setHorizontalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, step in enumerate(ALGORITHMS):
            text, button = QLabel(textFormat=Qt.TextFormat.RichText), QToolButton(text=tr("Work on it"))
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            button.setMenu(self._menu(step, button))
            self.rows[step] = QLabel(), text, button
            for column, widget in enumerate(self.rows[step]):
                grid.addWidget(widget, row, column)

    def show_steps(self, table):
        """Show the table `steps`."""
        states = {"done": tr("Done"), "next": tr("Next"), "later": tr("Not yet")}
        for step, row in table.iterrows():
            mark, text, _ = self.rows[step]
            sign, colour = MARKS[row["state"]]
            mark.setText(f'<span style="color:{colour};font-size:14pt">{sign}</span>')
            mark.setToolTip(states[row["state"]])
            name, figure = row[in_language("label")], states[row["state"]]
            if not isnan(row["value"]):
                figure = f"{number(row['value'], 0 if step == 'plan' else 1)} {row[in_language('unit')]}"
            if row["state"] == "next":
                name = f"<b>{name}</b>"
            text.setText(f'{name}<br><span style="color:#616161">{figure}</span>')

    def _menu(self, step, parent):
        menu = QMenu(parent)
        if step == "site":
            menu.addAction(tr("Take the active layer as site"), self._take_site)
        for name in ALGORITHMS[step]:
            menu.addAction(label(name) + "…" * _choices(name), lambda name=name: self.run(name))
        return menu

    def _take_site(self):
        layer = self._iface.activeLayer()
        if layer is None or not hasattr(layer, "geometryType"):
            tell(self._iface.messageBar(), tr("Choose a layer of polygons in the layer tree first."))
            return
        self._layers.take_as_site(layer)
        tell(self._iface.messageBar(), tr("«{}» is the site now.").format(layer.name()))

    def run(self, name):
        """Run an algorithm with the layers of the project; where one lacks or there is a choice, ask."""
        given, layers = self._filled(name), [one for one in _asked(name) if one.kind in LAYERS]
        if _choices(name) or any(one.name.upper() not in given for one in layers):
            dialog.ask(name, given)
        else:
            dialog.run(name, given, self._iface.messageBar())

    def _filled(self, name):
        """Return the parameters that layers of the project fill; of the site only what is selected."""
        from ilo_gis.calling import filled_by
        from ilo_gis.tools import NAMES

        known, given = layers() | self._layers.by_table(), {}
        known.setdefault("site", known.get("land"))
        for parameter, table in filled_by(NAMES[name]).items():
            if (layer := known.get(table)) is not None:
                part = table == "site" and layer.selectedFeatureCount() > 0
                chosen = QgsProcessingFeatureSourceDefinition(layer.id(), True) if part else layer.id()
                given[parameter.upper()] = chosen
        return given


def _asked(name):
    from ilo_gis.signatures import parameters
    from ilo_gis.tools import NAMES

    return parameters(NAMES[name])


def _choices(name):
    """Tell whether an algorithm asks for something that neither a layer nor a usual value gives."""
    return any(one.kind not in LAYERS and (one.required or one.kind not in USUAL) for one in _asked(name))
