"""Opens layers in QGIS and prints as JSON how many features the temporal controller shows on days.

In a process of its own, like open_project.py.
"""

import json
import sys


def shown(layer, day):
    """Return how many features of a layer are drawn when the controller stands on a day or a month."""
    from qgis.core import QgsDateTimeRange, QgsFeatureRequest, QgsVectorLayerTemporalContext
    from qgis.PyQt.QtCore import QDateTime, Qt

    first, last = (QDateTime.fromString(text, Qt.ISODate) for text in day)
    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    span = QgsDateTimeRange(first, last)
    text = layer.temporalProperties().createFilterString(context, span)
    request = QgsFeatureRequest().setFilterExpression(text) if text else QgsFeatureRequest()
    return sum(1 for _ in layer.getFeatures(request))


def main(path, days):
    from qgis.core import QgsApplication, QgsVectorLayer

    application = QgsApplication([], False)
    application.initQgis()
    answer = {}
    for name in ("occupants", "seafront", "stretches"):
        # as QGIS's window does it: the style of the file is read once the layer is there
        layer = QgsVectorLayer(f"{path}|layername={name}", name, "ogr", QgsVectorLayer.LayerOptions(False))
        layer.loadDefaultStyle()
        when = layer.temporalProperties()
        answer[name] = {
            "active": when.isActive(),
            "mode": int(when.mode()),
            "fields": [when.startField(), when.endField()],
            "shown": [shown(layer, day) for day in days],
            "renderer": layer.renderer().type(),
        }
        del layer, when
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
