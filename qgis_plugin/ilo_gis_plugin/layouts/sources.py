"""What sheets show: the tables of one plan, each as a layer of a project of their own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from qgis import core
from qgis.PyQt.QtGui import QColor, QFont
from qgis.PyQt.QtXml import QDomDocument

from ..bridge import qgis_crs, to_frame, to_layer
from ..editing.stored import Part
from ..i18n import language
from ..layers import PROJECT, SCENARIO, TABLE, by_table, first
from ..project.server import whole
from ..work import aside

__all__ = ["Sources", "label", "of_project", "of_store", "text_format"]

WANTED = ("losses", "streets", "zones", "reserves", "lots", "street_lines", "blocks")
FAMILIES = ("Arial", "Liberation Sans", "DejaVu Sans", "Sans Serif")  # the first that a computer has
INK = "#2f2d29"


@dataclass
class Sources:
    """Tables by name, their layers, what is known of the plan, and other layers of the user's map.

    The layers are copies in memory, in a project that nobody sees: nothing of the user's is changed, and
    rows are those that the tables of a sheet are reckoned from, unsaved edits included.
    """

    tables: dict
    facts: dict
    looks: dict = field(default_factory=dict)  # styles of the user, by table
    around: list = field(default_factory=list)
    chosen: dict = field(default_factory=dict)  # ids that the user selected, by table
    layers: dict = field(default_factory=dict)
    project: core.QgsProject = None
    aside: Callable = None  # calls a function while the window answers

    def open(self, feedback):
        """Make the layers and their project."""
        from ilo_gis.plotting.qml import ALL, legend_in, qml
        from ilo_gis.zoning import zones_on

        self.project, self.aside = core.QgsProject(), partial(aside, feedback)
        self.project.addMapLayers(self.around, False)
        self.tables = {name: table for name, table in self.tables.items() if len(table)}
        if "zones" in self.tables:
            self.tables["zones"] = zones_on(self.tables["zones"], date.today())
        for name, table in self.tables.items():
            look = self.looks.get(name) or self.aside(qml, name, table.geom_type)
            document = QDomDocument()
            document.setContent(legend_in(language(), name, look, table))
            made = self.add(name, table, getattr(ALL[name], language()), name)
            made.importNamedStyle(document, core.QgsMapLayer.StyleCategory.AllStyleCategories)
            self.project.setCrs(qgis_crs(table.crs))

    def add(self, name, frame, title, table=None):
        """Add a table as a layer."""
        made = to_layer(frame, title, table, self.aside)
        self.layers[name] = self.project.addMapLayer(made, False)
        return made

    def pick(self, *names):
        """Return the layers that are there, the uppermost first, as maps take them."""
        return [self.layers[name] for name in names if name in self.layers]


def of_project(project, feedback, scenario=""):
    """Return the plan whose layers a project shows; of a named scenario, or of the uppermost layer."""
    nodes = [node for node in project.layerTreeRoot().findLayers() if node.layer() is not None]
    ours = [node.layer() for node in nodes if node.layer().customProperty(TABLE) in WANTED]
    scenario = scenario or first(ours, SCENARIO)
    ours = [layer for layer in ours if layer.customProperty(SCENARIO) in (scenario, None)]
    known = by_table(reversed(ours))
    found, address = Sources({}, {}), whole(first(ours, PROJECT))
    parts = {name: Part(layer, core.QgsFeatureRequest()) for name, layer in known.items()}
    for name, layer in known.items():
        style = core.QgsMapLayerStyle()
        style.readFromLayer(layer)
        found.looks[name] = style.xmlData()
        found.chosen[name] = to_frame(layer, selected=True).index.astype(str).tolist()
    shown, marks = [node.layer() for node in nodes if node.isVisible()], {TABLE, PROJECT}
    found.around = [layer.clone() for layer in shown if not marks & {*layer.customPropertyKeys()}]
    found.tables, found.facts = aside(feedback, _read, parts, address)
    return found


def _read(parts, address):
    """Return the rows of layers by table, and what their project says of itself."""
    from ilo_gis import io

    facts = {}
    if address:
        with io.open(address) as store:
            facts = store.info()
    return {name: to_frame(part) for name, part in parts.items()}, facts


def of_store(address, scenario=""):
    """Return a plan of a project file or server that need not be open in QGIS."""
    from ilo_gis import io

    with io.open(address) as store:
        names = [name for name in WANTED if name in store.tables()]
        tables = {name: store.read(name, scenario or None) for name in names}
        return Sources(tables, store.info())


def text_format(size, bold=False, halo=False):
    """Return the format of a text in points, with a white rim for texts on maps."""
    font = QFont(FAMILIES[0])
    font.setFamilies(list(FAMILIES))
    font.setPointSizeF(size)
    font.setBold(bold)
    made = core.QgsTextFormat()
    made.setFont(font)
    made.setSize(size)
    made.setColor(QColor(INK))
    rim = made.buffer()
    rim.setEnabled(halo)
    rim.setSize(0.5)
    made.setBuffer(rim)
    return made


def label(layer, expression, size, bold=False, along=False):
    """Write the value of an expression on the features of a layer: along them, or beside or within."""
    places = core.QgsPalLayerSettings.Placement
    points = layer.geometryType() == core.QgsWkbTypes.GeometryType.PointGeometry
    settings = core.QgsPalLayerSettings()
    settings.fieldName, settings.isExpression = expression, True
    settings.placement = places.Line if along else places.AroundPoint if points else places.Horizontal
    settings.setFormat(text_format(size, bold, halo=True))
    layer.setLabeling(core.QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)
