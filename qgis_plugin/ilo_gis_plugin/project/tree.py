"""The layers of a project as a grouped tree, in the scenario that is shown."""

from pathlib import Path

from qgis import core
from qgis.PyQt.QtCore import QEventLoop
from qgis.PyQt.QtXml import QDomDocument

from ..editing.stored import show_only
from ..i18n import language
from ..layers import PROJECT, SCENARIO, TABLE
from .server import uri_of

__all__ = ["add_layers", "layers", "show"]

NAME = "ilo_gis/name"  # custom property of layers that are no table: a table shown once more, heights

OF_ALL = ("scenarios", "history")  # tables that belong to no scenario
SCHEMA = "plan"  # of a project on a server
HEIGHTS = "elevation"  # raster of heights, shown as a shaded relief


def layers():
    """Return the layers of the project that is open by their names: tables, and what is none."""
    known = [one for one in core.QgsProject.instance().mapLayers().values() if one.customProperty(PROJECT)]
    return {one.customProperty(NAME) or one.customProperty(TABLE): one for one in known if one.isValid()}


def add_layers(address, there, scenario):
    """Add all tables of a project to the tree; the first group lies on top, tables come closed.

    QGIS takes a while: the window is drawn before each of them, but takes no clicks.
    """
    from ilo_gis.plotting.layer_tree import shown

    heights = [HEIGHTS] if _heights(address).exists() else []
    for title, present in shown([*there, *OF_ALL, *heights], language()).items():
        group = core.QgsProject.instance().layerTreeRoot().addGroup(title)
        group.setExpanded(group.parent().children() == [group])
        for name, (table, alias) in present.items():
            core.QgsApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
            layer = _layer(address, name, table, alias, scenario)
            if layer.isValid():
                core.QgsProject.instance().addMapLayer(layer, False)
                group.addLayer(layer).setExpanded(False)
    show(scenario)


def _heights(address):
    """Return where the heights of a project file are: beside it, under its name."""
    return Path(address).with_suffix(".tif")


def _layer(address, name, table, title, scenario):
    server, view = not address.lower().endswith(".gpkg"), name if name != table else ""
    if name == HEIGHTS:
        layer = core.QgsRasterLayer(str(_heights(address)), title)
    else:
        source = _source(address, table, server, _filter(table, scenario))
        bare = core.QgsVectorLayer.LayerOptions(False)  # else QGIS's guess of times hides those of the style
        layer = core.QgsVectorLayer(source, title, "postgres" if server else "ogr", bare)
        layer.setReadOnly(bool(view) or table in OF_ALL)  # the store alone writes those
    if server or view or name == HEIGHTS:  # a file has the styles of its tables itself
        from ilo_gis.plotting.qml import RELIEF, qml

        style = QDomDocument()
        style.setContent(RELIEF if name == HEIGHTS else qml(table, view=view))
        layer.importNamedStyle(style)
    elif layer.isValid():
        layer.loadDefaultStyle()
    layer.setCustomProperty(NAME if view or name == HEIGHTS else TABLE, name)
    layer.setCustomProperty(PROJECT, address)
    return layer


def _filter(table, scenario):
    """Return the filter that shows one scenario; scenarios and history are of all."""
    return "" if table in OF_ALL else f'"scenario" = {core.QgsExpression.quotedString(scenario)}'


def _source(address, table, server, shown):
    if not server:
        return f"{address}|layername={table}" + (f"|subset={shown}" if shown else "")
    from ilo_gis import tables

    uri = uri_of(address)
    shape = "geom" if "geometry" in tables.describe(table).index else ""
    uri.setDataSource(SCHEMA, table, shape, shown, "change" if table == "history" else "fid")
    return uri.uri(False)


def show(scenario):
    """Show one scenario in all layers, and give it to new rows. Return the layers that stay as they were."""
    if kept := [layer.name() for layer in layers().values() if layer.isEditable() and layer.isModified()]:
        return kept
    for name, layer in layers().items():
        if name not in (*OF_ALL, HEIGHTS):
            show_only(layer, _filter(name, scenario))
            own = core.QgsDefaultValue(core.QgsExpression.quotedString(scenario))  # new rows belong to it
            layer.setDefaultValueDefinition(layer.fields().indexOf("scenario"), own)
            layer.setCustomProperty(SCENARIO, scenario)
    core.QgsProject.instance().writeEntry("ilo_gis", "scenario", scenario)
    return []
