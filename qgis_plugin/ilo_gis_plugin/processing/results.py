"""From what a tool gives to the outputs of Processing: sinks, figures, styles, and findings told."""

from collections import deque

from qgis import core
from qgis.PyQt.QtXml import QDomDocument
from qgis.utils import iface

from ..bridge import fields_of, fill, qgis_crs, to_layer, wkb_type
from ..i18n import in_language, tr
from ..layers import RUN, TABLE
from .parameters import SOURCES
from .texts import label

__all__ = ["FINDINGS", "definition", "is_table", "output", "tell_findings", "write"]

FINDINGS = "findings"
DEPTH = "ilo_gis/depth"  # custom property: how far up in the layer tree
FIGURES = {"number": core.QgsProcessingOutputNumber, "switch": core.QgsProcessingOutputBoolean}
_STYLERS = deque(maxlen=64)  # QGIS keeps no reference to what it calls once the layers are loaded


def is_table(result):
    """Tell whether a result is a layer or table, and no figure."""
    return result.kind in ("layer", "table")


def output(result):
    """Return the name of an output: OUTPUT where it is the only one."""
    return "OUTPUT" if result.name == "output" else f"OUTPUT_{result.name}".upper()


def definition(result, alone):
    """Return the sink of a table, or the output of a figure."""
    name = output(result), label(result.table or result.name)
    if not is_table(result):
        return FIGURES.get(result.kind, core.QgsProcessingOutputString)(*name)
    return core.QgsProcessingParameterFeatureSink(*name, _source(result), None, not alone, True)


def _source(result):
    from ilo_gis.tables import describe

    if result.kind == "table":
        return SOURCES[""]
    declared = describe(result.table)["dtype"].get("geometry") if result.table else "Polygon"
    return SOURCES.get(declared, SOURCES["Geometry"])


def write(algorithm, result, table, given, context):
    """Write a table to its sink and return where it is; None where the user wants none of it."""
    from ilo_gis.tables import by_kind

    name, shapes = output(result), by_kind(table) if hasattr(table, "geom_type") else [table]
    if len(shapes) > 1:  # no layer holds several kinds: all get a mark, and their shapes lie beside it
        table = table.set_geometry(table.geometry.representative_point())
    fields = fields_of(table, result.table or None)
    crs = qgis_crs(getattr(table, "crs", None))
    sink, address = algorithm.parameterAsSink(given, name, context, fields, wkb_type(table), crs)
    if sink is None:
        return None
    fill(sink, table, fields)
    if context.willLoadLayerOnCompletion(address):
        _style(result, table, address, context)
        for part in shapes if len(shapes) > 1 else []:
            if not part.geom_type.isin(["Point", "MultiPoint"]).any():
                _show(result, part, context)
    return address


def _show(result, table, context):
    """Have the shapes of a table shown beside its marks; what the user asked for are the marks."""
    layer = to_layer(table, result.table, result.table or None)
    context.temporaryLayerStore().addMapLayer(layer)
    details = core.QgsProcessingContext.LayerDetails(result.table, context.project(), "")
    context.addLayerToLoadOnCompletion(layer.id(), details)
    _style(result, table, layer.id(), context, whole=False)


def _style(result, table, address, context, whole=True):
    styler = Styler(result, list(getattr(table, "geom_type", [])), str(id(context)), whole)
    _STYLERS.append(styler)
    context.layerToLoadOnCompletionDetails(address).setPostProcessor(styler)


class Styler(core.QgsProcessingLayerPostProcessorInterface):
    """Gives a layer the looks and the name of its table; findings lie on top."""

    def __init__(self, result, kinds, run, whole):
        super().__init__()
        from ilo_gis.plotting.qml import qml

        self.run, self.whole, self.table, self.name = run, whole, result.table, result.table or result.name
        self.look = qml(self.table, kinds) if self.table else ""  # here, apart from the window

    def postProcessLayer(self, layer, context, feedback):
        """Style the layer once it is loaded."""
        from ilo_gis.plotting.qml import ALL

        if not self.table:
            return
        document = QDomDocument()
        document.setContent(self.look)
        layer.importNamedStyle(document)
        layer.setName(label(self.name) if self.whole else tr("{} (shapes)").format(label(self.name)))
        if self.whole:
            layer.setCustomProperty(TABLE, self.table)
        layer.setCustomProperty(RUN, self.run)
        depth = ALL[self.table].zorder if self.table in ALL else 0
        layer.setCustomProperty(DEPTH, depth + self.whole / 2)  # shapes below their marks
        _stack(core.QgsProject.instance().layerTreeRoot(), self.run)
        if iface is not None and layer.isSpatial() and layer.featureCount():
            _bring_into_view(layer, self.run, iface.mapCanvas())


def _bring_into_view(layer, run, canvas):
    """Let the map show a result that lies where nobody looks, with the others of its run."""
    box = canvas.mapSettings().layerExtentToOutputExtent(layer, layer.extent())
    again, view = canvas.property(RUN) == run, canvas.extent()
    if view.contains(box) or (view.intersects(box) and not again):
        return
    box.combineExtentWith(view if again else box)
    canvas.setProperty(RUN, run)
    canvas.zoomToFeatureExtent(box)


def _stack(root, run):
    """Bring the layers of a run to the top of the layer tree, in the order in which they are drawn."""
    nodes = [node for node in root.findLayers() if node.parent() == root and node.layer() is not None]
    nodes = [node for node in nodes if node.layer().customProperty(RUN) == run]
    for node in sorted(nodes, key=lambda node: node.layer().customProperty(DEPTH)):
        root.insertChildNode(0, node.clone())
        root.removeChildNode(node)


def tell_findings(table, feedback):
    """Push the number of findings to the log, by severity and by article."""
    if table.empty:
        feedback.pushInfo(tr("No findings."))
        return
    words = {"error": tr("{} errors"), "warning": tr("{} warnings"), "info": tr("{} notes")}
    counts = table["severity"].astype(str).value_counts()
    told = ", ".join(text.format(counts[kind]) for kind, text in words.items() if kind in counts)
    push = feedback.pushWarning if {"error", "warning"} & set(counts.index) else feedback.pushInfo
    push(tr("Findings: {}.").format(told))
    grouped = table.assign(article=table["article"].fillna("")).groupby(["rule", "article"], sort=False)
    for (rule, article), rows in grouped:
        source = f" ({article})" if article else ""
        feedback.pushInfo(f"  {len(rows)} × {rule}{source}: {rows[in_language('message')].iloc[0]}")
