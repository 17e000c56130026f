"""Edits the lots of a project in QGIS, and prints as JSON which edits it kept. In a process of its own."""

import json
import sys


def main(path):
    from qgis.core import QgsApplication, QgsVectorLayer

    app = QgsApplication([], False)
    app.initQgis()
    layer = QgsVectorLayer(f"{path}|layername=lots", "lots", "ogr")
    ids, names = [feature.id() for feature in layer.getFeatures()], layer.fields()
    layer.startEditing()
    layer.changeAttributeValue(ids[0], names.indexOf("area"), 77.0)
    layer.deleteFeature(ids[-1])
    kept = [layer.commitChanges()]
    layer.startEditing()
    layer.changeAttributeValue(ids[0], names.indexOf("block_id"), "no such block")
    kept.append(layer.commitChanges())
    layer.rollBack()
    print(json.dumps(kept))  # noqa: T201
    app.exitQgis()


if __name__ == "__main__":
    main(sys.argv[1])
