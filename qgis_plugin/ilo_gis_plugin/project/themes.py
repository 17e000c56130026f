"""How a project is looked at and drawn in: themes, bookmarks, time, snapping."""

from qgis import core
from qgis.PyQt.QtCore import QDateTime

from ..i18n import language, tr
from ..layers import TABLE
from .tree import layers

__all__ = ["avoid_overlaps", "set_up", "whole"]

PIXELS = 10.0  # within which the pointer snaps
# polygons that lie side by side; zones of several plans, and occupants of several years, may overlap
SIDE_BY_SIDE = ("blocks", "lots", "reserves", "streets")
AREA = "extension_area"  # column that names the part of the city that a row lies in


def set_up(info):
    """Set title, CRS, snapping, themes, bookmarks and time of the project that is open."""
    project = core.QgsProject.instance()
    schematic = info.get("schematic") == "yes"
    title = info.get("title") or tr("Ilo GIS project")
    said = tr("schematic, no survey")
    project.setTitle(f"{title} ({said})" if schematic and said not in title else title)
    core.QgsExpressionContextUtils.setProjectVariable(project, "ilo_gis_schematic", said if schematic else "")
    if info.get("crs"):
        project.setCrs(core.QgsCoordinateReferenceSystem(info["crs"]))
    _snap(project)
    _add_themes(project)
    _add_bookmarks(project)
    _set_time(project)


def _snap(project):
    snapping = core.QgsSnappingConfig(project)
    snapping.setEnabled(True)
    snapping.setMode(core.QgsSnappingConfig.SnappingMode.AllLayers)
    kinds = core.QgsSnappingConfig.SnappingTypes
    snapping.setTypeFlag(kinds.VertexFlag | kinds.SegmentFlag)
    snapping.setTolerance(PIXELS)
    snapping.setUnits(core.QgsTolerance.UnitType.Pixels)
    project.setSnappingConfig(snapping)
    project.setTopologicalEditing(True)


def avoid_overlaps(layer):
    """Cut what is drawn at its neighbours where polygons lie side by side, and nowhere else."""
    modes = core.QgsProject.AvoidIntersectionsMode
    side = layer is not None and layer.customProperty(TABLE) in SIDE_BY_SIDE
    mode = modes.AvoidIntersectionsCurrentLayer if side else modes.AllowIntersections
    core.QgsProject.instance().setAvoidIntersectionsMode(mode)


def _add_themes(project):
    from ilo_gis.plotting.layer_tree import themes

    there, root, collection = layers(), project.layerTreeRoot(), project.mapThemeCollection()
    model = core.QgsLayerTreeModel(root)
    for name, shown in reversed(themes(language()).items()):  # the first one stays on the map
        nodes = {table: root.findLayer(layer.id()) for table, layer in there.items()}
        for table, node in nodes.items():
            node.setItemVisibilityChecked(table in shown)
            node.setExpanded(table in shown)
        groups = [nodes[table].parent() for table in shown if table in there]
        for group in root.children():
            group.setExpanded(group in groups[:1])  # its legend is what the theme is about
        collection.insert(name, collection.createThemeFromCurrentState(root, model))


def whole():
    """Return the extent of the plan, with a margin; of whatever has one where there is no plan yet."""
    there, extent = layers(), core.QgsRectangle()
    plan = [there[table] for table in SIDE_BY_SIDE if table in there and there[table].featureCount() > 0]
    for layer in plan or there.values():
        if layer.isSpatial() and not layer.extent().isEmpty():
            extent.combineExtentWith(layer.extent())
    return extent.buffered(extent.height() / 20)


def _add_bookmarks(project):
    extents = {tr("Whole site"): whole()}
    lots = layers().get("lots")
    if (seafront := layers().get("seafront")) is not None:
        extents[tr("Waterfront")] = seafront.extent()
    index = -1 if lots is None else lots.fields().indexOf(AREA)
    if index >= 0:
        for feature in lots.getFeatures(core.QgsFeatureRequest().setSubsetOfAttributes([index])):
            name = tr("Area {}").format(feature.attribute(index))
            extents.setdefault(name, core.QgsRectangle()).combineExtentWith(feature.geometry().boundingBox())
    for name, extent in extents.items():
        if not extent.isEmpty():
            bookmark = core.QgsBookmark()
            bookmark.setName(name)
            bookmark.setExtent(core.QgsReferencedRectangle(extent.scaled(1.1), project.crs()))
            project.bookmarkManager().addBookmark(bookmark)


def _set_time(project):
    """Let the temporal controller run over the years in which the seafront was cleared."""
    occupants = layers().get("occupants")
    if occupants is None or not occupants.featureCount():
        return
    first, last = (occupants.fields().indexOf(name) for name in ("start", "end"))
    days = occupants.minimumValue(first), occupants.maximumValue(last)
    if all(isinstance(day, QDateTime) and day.isValid() for day in days):  # else no day is told
        project.timeSettings().setTemporalRange(core.QgsDateTimeRange(*days))
