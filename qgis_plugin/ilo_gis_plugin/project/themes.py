"""How a project is looked at and drawn in: themes, bookmarks, time, snapping."""

from qgis.core import (
    QgsBookmark,
    QgsCoordinateReferenceSystem,
    QgsDateTimeRange,
    QgsExpressionContextUtils,
    QgsFeatureRequest,
    QgsMapThemeCollection,
    QgsProject,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsSnappingConfig,
    QgsTolerance,
)

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
    project = QgsProject.instance()
    schematic = info.get("schematic") == "yes"
    title = info.get("title") or tr("Ilo GIS project")
    said = tr("schematic, no survey")
    project.setTitle(f"{title} ({said})" if schematic and said not in title else title)
    QgsExpressionContextUtils.setProjectVariable(project, "ilo_gis_schematic", said if schematic else "")
    if info.get("crs"):
        project.setCrs(QgsCoordinateReferenceSystem(info["crs"]))
    _snap(project)
    _add_themes(project)
    _add_bookmarks(project)
    _set_time(project)


def _snap(project):
    snapping = QgsSnappingConfig(project)
    snapping.setEnabled(True)
    snapping.setMode(QgsSnappingConfig.SnappingMode.AllLayers)
    kinds = QgsSnappingConfig.SnappingTypes
    snapping.setTypeFlag(kinds.VertexFlag | kinds.SegmentFlag)
    snapping.setTolerance(PIXELS)
    snapping.setUnits(QgsTolerance.UnitType.Pixels)
    project.setSnappingConfig(snapping)
    project.setTopologicalEditing(True)


def avoid_overlaps(layer):
    """Cut what is drawn at its neighbours where polygons lie side by side, and nowhere else."""
    modes = QgsProject.AvoidIntersectionsMode
    side = layer is not None and layer.customProperty(TABLE) in SIDE_BY_SIDE
    QgsProject.instance().setAvoidIntersectionsMode(
        modes.AvoidIntersectionsCurrentLayer if side else modes.AllowIntersections
    )


def _add_themes(project):
    from ilo_gis.plotting.layer_tree import themes

    there, collection = layers(), project.mapThemeCollection()
    for number, (name, shown) in enumerate(themes(language()).items()):
        present = [there[table] for table in shown if table in there]
        record = QgsMapThemeCollection.MapThemeRecord()
        for layer in present:
            one = QgsMapThemeCollection.MapThemeLayerRecord(layer)
            one.isVisible = one.usingLegendItems = True  # boxes that a style leaves unticked stay so
            drawn = layer.renderer()
            keys = {item.ruleKey() for item in drawn.legendSymbolItems()} if drawn else ()
            one.checkedLegendItems = {key for key in keys if drawn.legendSymbolItemChecked(key)}
            record.addLayerRecord(one)
        collection.insert(name, record)
        for layer in there.values() if number == 0 else ():
            project.layerTreeRoot().findLayer(layer.id()).setItemVisibilityChecked(layer in present)


def whole():
    """Return the extent of the plan, with a margin; of whatever has one where there is no plan yet."""
    there, extent = layers(), QgsRectangle()
    plan = [there[table] for table in SIDE_BY_SIDE if table in there and there[table].featureCount() > 0]
    for layer in plan or [one for one in there.values() if one.isSpatial() and one.featureCount() > 0]:
        extent.combineExtentWith(layer.extent())
    return extent.buffered(extent.height() / 20)


def _add_bookmarks(project):
    extents = {tr("Whole site"): whole()}
    lots = layers().get("lots")
    index = -1 if lots is None else lots.fields().indexOf(AREA)
    if index >= 0:
        for feature in lots.getFeatures(QgsFeatureRequest().setSubsetOfAttributes([index])):
            name = tr("Area {}").format(feature.attribute(index))
            extents.setdefault(name, QgsRectangle()).combineExtentWith(feature.geometry().boundingBox())
    for name, extent in extents.items():
        if not extent.isEmpty():
            bookmark = QgsBookmark()
            bookmark.setName(name)
            bookmark.setExtent(QgsReferencedRectangle(extent.buffered(extent.width() / 20), project.crs()))
            project.bookmarkManager().addBookmark(bookmark)


def _set_time(project):
    """Let the temporal controller run over the years in which the seafront was cleared."""
    occupants = layers().get("occupants")
    if occupants is None or not occupants.featureCount():
        return
    first, last = (occupants.fields().indexOf(name) for name in ("start", "end"))
    found = QgsDateTimeRange(occupants.minimumValue(first), occupants.maximumValue(last))
    if found.begin().isValid() and found.end().isValid():
        project.timeSettings().setTemporalRange(found)
