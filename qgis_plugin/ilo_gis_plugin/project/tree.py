"""The layers of a project as a grouped tree, in the scenario that is shown."""

from qgis.core import QgsDataSourceUri, QgsDefaultValue, QgsExpression, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QUrl, QUrlQuery
from qgis.PyQt.QtXml import QDomDocument

from ..i18n import language
from ..layers import PROJECT, SCENARIO, TABLE, by_table, ours

__all__ = ["add_layers", "layers", "show", "uri_of"]

OF_ALL = ("scenarios", "history")  # tables that belong to no scenario
SCHEMA = "plan"  # of a project on a server


def layers():
    """Return the layers of the project that is open, by table."""
    return by_table(one for one in ours() if one.customProperty(PROJECT))


def add_layers(address, there, scenario):
    """Add all tables of a project to the tree; the first group lies on top, tables come closed."""
    root = QgsProject.instance().layerTreeRoot()
    from ilo_gis.plotting.layer_tree import groups

    listed = groups(language())
    rest = set(there) - {table for tables in listed.values() for table in tables}
    listed[list(listed)[-1]] |= {table: table for table in sorted(rest)}
    for title, tables in listed.items():
        present = [table for table in tables if table in there or table in OF_ALL]
        if not present:
            continue
        group = root.addGroup(title)
        for table in present:
            layer = _layer(address, table, tables[table], scenario)
            if layer.isValid():
                QgsProject.instance().addMapLayer(layer, False)
                group.addLayer(layer).setExpanded(False)
        group.setExpanded(title == next(iter(listed)))
    show(scenario)


def _layer(address, table, title, scenario):
    server = not address.lower().endswith(".gpkg")
    layer = QgsVectorLayer(
        _source(address, table, server, _filter(table, scenario)), title, "postgres" if server else "ogr"
    )
    if server:  # a file has its styles itself
        from ilo_gis.plotting.qml import qml

        style = QDomDocument()
        style.setContent(qml(table))
        layer.importNamedStyle(style)
    layer.setCustomProperty(TABLE, table)
    layer.setCustomProperty(PROJECT, _without_password(address))
    layer.setReadOnly(table in OF_ALL)  # the store alone writes them
    return layer


def _filter(table, scenario):
    """Return the filter that shows one scenario; scenarios and history are of all."""
    return "" if table in OF_ALL else f'"scenario" = {QgsExpression.quotedString(scenario)}'


def _source(address, table, server, shown):
    if not server:
        return f"{address}|layername={table}" + (f"|subset={shown}" if shown else "")
    from ilo_gis import tables

    uri = uri_of(address)
    shape = "geom" if "geometry" in tables.describe(table).index else ""
    uri.setDataSource(SCHEMA, table, shape, shown, "change" if table == "history" else "fid")
    return uri.uri(False)


def uri_of(address):
    """Return an address as QGIS has it."""
    url, uri = QUrl(address), QgsDataSourceUri()
    port = str(url.port()) if url.port() > 0 else "5432"
    host = url.host() or QUrlQuery(url).queryItemValue(
        "host"
    )  # a folder, where the server is on this computer
    uri.setConnection(host, port, url.path().lstrip("/"), url.userName(), url.password())
    return uri


def _without_password(address):
    return QUrl(address).toString(QUrl.UrlFormattingOption.RemovePassword) if "://" in address else address


def show(scenario):
    """Show one scenario in all layers, and give it to new rows. Return the layers that stay as they were."""
    if kept := [layer.name() for layer in layers().values() if layer.isEditable() and layer.isModified()]:
        return kept
    for table, layer in layers().items():
        if table not in OF_ALL:
            if layer.subsetString() != (wanted := _filter(table, scenario)):
                layer.setSubsetString(wanted)
            own = QgsDefaultValue(QgsExpression.quotedString(scenario))  # new rows belong to it
            layer.setDefaultValueDefinition(layer.fields().indexOf("scenario"), own)
            layer.setCustomProperty(SCENARIO, scenario)
    QgsProject.instance().writeEntry("ilo_gis", "scenario", scenario)
    return []
