"""Where the project stands and what is next: the seven steps, each with what to run."""

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
)
from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QMenu, QToolButton, QWidget

from ..i18n import language, tr
from ..processing.texts import label
from .work import tell

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
DIRECT = ("area_table", "perimeter_vertices", "assign")  # nothing to choose once their layers are there
MARKS = {"done": ("✔", "#2e7d32"), "next": ("▶", "#1565c0"), "later": ("○", "#757575")}


def number(value, decimals=0):
    """Return a number as the locale of QGIS writes it; a dash where there is none."""
    return "–" if value is None or value != value else QLocale().toString(float(value), "f", decimals)


class StepsPage(QWidget):
    """The steps as rows: mark, name and figure, and a menu of the algorithms that take it further."""

    def __init__(self, layers, iface, parent=None):
        super().__init__(parent)
        self._layers, self._iface, self._runs = layers, iface, set()
        self.rows = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(2, 4, 2, 4)
        grid.setHorizontalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, step in enumerate(ALGORITHMS):
            mark, text, button = QLabel(), QLabel(), QToolButton()
            text.setTextFormat(Qt.TextFormat.RichText)
            button.setText(tr("Work on it"))
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            button.setMenu(self._menu(step, button))
            for column, widget in enumerate((mark, text, button)):
                grid.addWidget(widget, row, column)
            self.rows[step] = mark, text, button

    def show_steps(self, table):
        """Show the table `steps`."""
        spanish = language() == "es"
        states = {"done": tr("Done"), "next": tr("Next"), "later": tr("Not yet")}
        for step, row in table.iterrows():
            mark, text, _ = self.rows[step]
            sign, colour = MARKS[row["state"]]
            mark.setText(f'<span style="color:{colour};font-size:14pt">{sign}</span>')
            mark.setToolTip(states[row["state"]])
            name, unit = (row["label_es"], row["unit_es"]) if spanish else (row["label"], row["unit"])
            decimals = 0 if step == "plan" else 1
            known = row["value"] == row["value"]
            figure = f"{number(row['value'], decimals)} {unit}" if known else states[row["state"]]
            name = f"<b>{name}</b>" if row["state"] == "next" else name
            text.setText(f'{name}<br><span style="color:#616161">{figure}</span>')

    def _menu(self, step, parent):
        menu = QMenu(parent)
        if step == "site":
            menu.addAction(tr("Take the active layer as site"), self._take_site)
        for name in ALGORITHMS[step]:
            title = label(name) if name in DIRECT else f"{label(name)}…"
            menu.addAction(title, lambda name=name: self.run(name))
        return menu

    def _take_site(self):
        layer = self._iface.activeLayer()
        if layer is None or not hasattr(layer, "geometryType"):
            tell(self._iface.messageBar(), tr("Choose a layer of polygons in the layer tree first."))
            return
        self._layers.take_as_site(layer)
        tell(self._iface.messageBar(), tr("«{}» is the site now.").format(layer.name()))

    def run(self, name):
        """Run an algorithm in the background if nothing is to be chosen, else open its dialog."""
        from qgis import processing

        given, complete = self._filled(name)
        if name in DIRECT and complete:
            self._run_direct(name, given)
        else:
            processing.execAlgorithmDialog(f"ilo_gis:{name}", given)

    def _filled(self, name):
        """Return the parameters that layers of the project fill, and whether that is all it asks for."""
        from ilo_gis.signatures import parameters
        from ilo_gis.tools import NAMES

        known, given, complete = self._layers.by_table(), {}, True
        for one in parameters(NAMES[name]):
            layer = known.get(one.table or one.name)
            if layer is None and one.name == "polygons":
                layer = known.get("site")
            if one.kind in ("layer", "table") and layer is not None:
                given[one.name.upper()] = layer.id()
            else:
                complete = complete and not one.required
        return given, complete

    def _run_direct(self, name, given):
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"ilo_gis:{name}")
        for output in algorithm.destinationParameterDefinitions():
            target = QgsProcessingOutputLayerDefinition("TEMPORARY_OUTPUT", QgsProject.instance())
            given[output.name()] = target
        context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
        context.setProject(QgsProject.instance())
        fine, problem = algorithm.checkParameterValues(given, context)
        if not fine:
            tell(self._iface.messageBar(), tr("{} was not possible.").format(label(name)), problem)
            return
        task = QgsProcessingAlgRunnerTask(algorithm, given, context, feedback)
        run = (task, algorithm, context, feedback)
        self._runs.add(run)
        task.executed.connect(lambda fine, _results: self._ran(name, run, fine))
        QgsApplication.taskManager().addTask(task)

    def _ran(self, name, run, fine):
        _, _, context, feedback = run
        self._runs.discard(run)
        if feedback.isCanceled():
            return
        made = tr("{}: done.") if fine else tr("{} was not possible.")
        for address, details in context.layersToLoadOnCompletion().items():
            layer = context.takeResultLayer(address)
            if layer is not None:
                details.setOutputLayerName(layer)
                QgsProject.instance().addMapLayer(layer)
                if details.postProcessor() is not None:
                    details.postProcessor().postProcessLayer(layer, context, feedback)
        tell(self._iface.messageBar(), made.format(label(name)), feedback.textLog())
