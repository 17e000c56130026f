"""What forms need beside their style: other layers to choose from, the scenario shown, relations."""

from qgis import core

from .tree import layers

__all__ = ["wire"]


def wire():
    """Relate the layers of the project by the foreign keys of the library."""
    from ilo_gis.io.ddl import key_of
    from ilo_gis.tables import integrity

    there, manager = layers(), core.QgsProject.instance().relationManager()
    for row in integrity.relations().itertuples():
        child, parent = there.get(row.table), there.get(row.references)
        if child is None or parent is None:
            continue
        _choose_from(child, row.column, parent, key_of(row.references))
        relation = _relation(row, child, parent, key_of(row.references))
        manager.addRelation(relation)
        _list(relation, child.name(), parent)
    for layer in there.values():
        if layer.providerType() == "postgres" and layer.fields().indexOf("row_version") >= 0:
            _refuse_second_editor(layer)


def _choose_from(child, column, parent, key):
    """Let a column be chosen among the ids of another layer, by typing the first letters."""
    given = {"Layer": parent.id(), "LayerName": parent.name(), "LayerSource": parent.source()}
    given |= {"LayerProviderName": parent.providerType(), "Key": key, "Value": key}
    given |= {"AllowNull": True, "OrderByValue": True, "UseCompleter": True, "AllowMulti": False}
    setup = core.QgsEditorWidgetSetup("ValueRelation", given)
    child.setEditorWidgetSetup(child.fields().indexOf(column), setup)


def _relation(row, child, parent, key):
    relation = core.QgsRelation()
    relation.setId(f"ilo_gis_{row.table}_{row.column}")
    relation.setName(f"{child.name()} ({child.attributeDisplayName(child.fields().indexOf(row.column))})")
    relation.setReferencingLayer(child.id())
    relation.setReferencedLayer(parent.id())
    relation.addFieldPair(row.column, key)
    relation.addFieldPair("scenario", "scenario")
    if row.on_delete == "cascade":  # its rows go with it and are copied with it, as in the file
        relation.setStrength(core.QgsRelation.RelationStrength.Composition)
    return relation


def _list(relation, title, parent):
    """Give the form of a row a tab with the rows that refer to it, once for each table."""
    config = parent.editFormConfig()
    if parent.id() != relation.referencingLayerId() and title not in [tab.name() for tab in config.tabs()]:
        tab = core.QgsAttributeEditorContainer(title, config.invisibleRootContainer())
        tab.setIsGroupBox(False)
        tab.addChildElement(core.QgsAttributeEditorRelation(relation, tab))
        config.addTab(tab)
        parent.setEditFormConfig(config)


def _refuse_second_editor(layer):
    """Send the version that was read: the server refuses a row that another has changed since."""
    version = 'if("row_version" IS NULL, 1, -abs("row_version"))'
    index = layer.fields().indexOf("row_version")
    layer.setDefaultValueDefinition(index, core.QgsDefaultValue(version, True))
