"""Runs QGIS's own overlay of two layers and prints the area of each pair as JSON.

In a process of its own, like open_project.py.
"""

import json
import sys


def main(path):
    sys.path.append("/usr/share/qgis/python/plugins")  # where QGIS keeps its processing
    from qgis.analysis import QgsNativeAlgorithms
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    import processing
    from processing.core.Processing import Processing

    Processing.initialize()
    if not application.processingRegistry().providerById("native"):
        application.processingRegistry().addProvider(QgsNativeAlgorithms())
    cut = processing.run(
        "native:intersection",
        {"INPUT": f"{path}|layername=lots", "OVERLAY": f"{path}|layername=zones", "OUTPUT": "memory:"},
    )["OUTPUT"]
    areas = {}
    for feature in cut.getFeatures():
        pair = f"{feature['lot_id']}|{feature['zone_id']}"
        areas[pair] = areas.get(pair, 0.0) + feature.geometry().area()
    sys.stdout.write(json.dumps(areas))
    del cut


if __name__ == "__main__":
    main(sys.argv[1])
