"""What sheets show: the tables of one plan, each as a layer of a project of their own."""

from dataclasses import dataclass, field
from datetime import date

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsMapLayer,
    QgsMapLayerStyle,
    QgsPalLayerSettings,
    QgsProject,
    QgsTextFormat,
    QgsVectorLayerSimpleLabeling,
    QgsWkbTypes,
)
from qgis.PyQt.QtGui import QColor, QFont
from qgis.PyQt.QtXml import QDomDocument

from ..bridge import qgis_crs, to_frame, to_layer
from ..i18n import language
from ..layers import PROJECT, SCENARIO, TABLE, by_table, first

__all__ = ["Sources", "label", "of_project", "of_store", "text_format"]

WANTED = ("losses", "streets", "constraints", "zones", "reserves", "lots", "street_lines", "blocks")
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
    layers: dict = field(default_factory=dict)
    around: list = field(default_factory=list)
    chosen: dict = field(default_factory=dict)  # ids that the user selected, by table
    project: QgsProject = field(default_factory=QgsProject)

    def add(self, name, frame, title, like=None, table=None):
        """Add a table as a layer that looks like another, or as its declared table does."""
        made = to_layer(frame, title, table)
        if like is not None:
            style = QgsMapLayerStyle()
            style.readFromLayer(like)
            style.writeToLayer(made)
        self.layers[name] = self.project.addMapLayer(made, False)
        return made

    def pick(self, *names):
        """Return the layers that are there, the uppermost first, as maps take them."""
        return [self.layers[name] for name in names if name in self.layers]


def of_project(project, scenario=""):
    """Return the plan whose layers a project shows; of a named scenario, or of the uppermost layer."""
    from ilo_gis import io

    nodes = [node for node in project.layerTreeRoot().findLayers() if node.layer() is not None]
    ours = [node.layer() for node in nodes if node.layer().customProperty(TABLE) in WANTED]
    scenario = scenario or first(ours, SCENARIO)
    ours = [layer for layer in ours if layer.customProperty(SCENARIO) in (scenario, None)]
    known = by_table(reversed(ours))
    address = first(ours, PROJECT)
    facts = {}
    if address:
        with io.open(address) as store:
            facts = store.info()
    found = Sources({name: to_frame(layer) for name, layer in known.items()}, facts)
    found.chosen = {
        name: to_frame(layer, selected=True).index.astype(str).tolist()
        for name, layer in known.items()
        if layer.selectedFeatureCount()
    }
    found.around = [
        node.layer() for node in nodes if node.isVisible() and not node.layer().customProperty(TABLE)
    ]
    return _with_layers(found, known)


def of_store(address, scenario=""):
    """Return a plan of a project file or server that need not be open in QGIS."""
    from ilo_gis import io

    with io.open(address) as store:
        names = [name for name in WANTED if name in store.tables()]
        tables = {name: store.read(name, scenario or None) for name in names}
        return _with_layers(Sources(tables, store.info()), {})


def _with_layers(sources, known):
    from ilo_gis.plotting.qml import ALL, qml
    from ilo_gis.zoning import zones_on

    sources.tables = {name: table for name, table in sources.tables.items() if len(table)}
    if "zones" in sources.tables:
        sources.tables["zones"] = zones_on(sources.tables["zones"], date.today())
    for name, table in sources.tables.items():
        title = getattr(ALL[name], language())
        made = sources.add(name, table, title, known.get(name), name)
        if name not in known:
            document = QDomDocument()
            document.setContent(qml(name, table.geom_type))
            made.importNamedStyle(document, QgsMapLayer.StyleCategory.AllStyleCategories)
        _translate(made, ALL[name])
        sources.project.setCrs(qgis_crs(table.crs))
    if "street_lines" in sources.layers:
        label(sources.layers["street_lines"], '"name"', 7, along=True)
    return sources


def _translate(layer, style):
    """Give the words of a legend, Spanish in the styles, the language of QGIS."""
    renderer = layer.renderer()
    if language() == "es" or not isinstance(renderer, QgsCategorizedSymbolRenderer):
        return
    words = {symbol.es: symbol.en for symbol in style.symbols.values()}
    for i, category in enumerate(renderer.categories()):
        renderer.updateCategoryLabel(i, words.get(category.label(), category.label()))


def text_format(size, bold=False, halo=False):
    """Return the format of a text in points, with a white rim for texts on maps."""
    font = QFont(FAMILIES[0])
    font.setFamilies(list(FAMILIES))
    font.setPointSizeF(size)
    font.setBold(bold)
    made = QgsTextFormat()
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
    places = QgsPalLayerSettings.Placement
    points = layer.geometryType() == QgsWkbTypes.GeometryType.PointGeometry
    settings = QgsPalLayerSettings()
    settings.fieldName, settings.isExpression = expression, True
    settings.placement = places.Line if along else places.AroundPoint if points else places.Horizontal
    settings.setFormat(text_format(size, bold, halo=True))
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)
