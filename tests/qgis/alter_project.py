"""Adds, renames and drops columns of lots in QGIS, and tells as JSON what went. In a process of its own."""

import json
import sys

from qgis.core import QgsApplication, QgsField, QgsProject, QgsRelation, QgsRelationManager, QgsVectorLayer
from qgis.PyQt.QtCore import QVariant


def altered(layer):
    def kept(work):
        layer.startEditing()
        work()
        done = layer.commitChanges()
        layer.rollBack()
        return done

    def place(name):
        return layer.fields().indexOf(name)

    first = next(layer.getFeatures()).id()
    return {
        "add": kept(lambda: layer.addAttribute(QgsField("my note", QVariant.String))),
        "fill": kept(lambda: layer.changeAttributeValue(first, place("my note"), "mine")),
        "rename": kept(lambda: layer.renameAttribute(place("my note"), "nota")),
        "drop declared": kept(lambda: layer.deleteAttribute(place("area"))),
        "drop watched": kept(lambda: layer.deleteAttribute(place("watched"))),
        "drop own": kept(lambda: layer.deleteAttribute(place("passing"))),
    }


def related(path, pairs):
    """Return the lots of the first block by a relation of two columns, and what QGIS finds by itself."""
    blocks, lots = (QgsVectorLayer(f"{path}|layername={name}", name, "ogr") for name in ("blocks", "lots"))
    QgsProject.instance().addMapLayers([blocks, lots])
    relation = QgsRelation()
    relation.setId("lots_block_id")
    relation.setReferencingLayer(lots.id())
    relation.setReferencedLayer(blocks.id())
    for own, other in pairs:
        relation.addFieldPair(own, other)
    block = next(blocks.getFeatures())
    return {
        "valid": relation.isValid(),
        "lots": [lot["lot_id"] for lot in relation.getRelatedFeatures(block)],
        "found": len(QgsRelationManager.discoverRelations([], [blocks, lots])),
        "abstract": lots.metadata().abstract(),
    }


def main(path, pairs):
    app = QgsApplication([], False)
    app.initQgis()
    told = related(path, json.loads(pairs))
    QgsProject.instance().clear()
    layer = QgsVectorLayer(f"{path}|layername=lots", "lots", "ogr")
    told |= altered(layer)
    del layer
    print(json.dumps(told))  # noqa: T201
    app.exitQgis()


if __name__ == "__main__":
    main(*sys.argv[1:])
