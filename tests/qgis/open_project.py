"""Opens a project in QGIS, prints what it sees as JSON, and draws it.

Runs in a process of its own: the SQLite inside pyogrio's wheel and the one of QGIS must not touch
one file in one process.
"""

import json
import sys

PLAN = ("findings", "blocks", "street_lines", "lots", "reserves", "streets")
FROM_ABOVE = (*PLAN, "constraints", "zones")


def seen(layer):
    from qgis.core import QgsCategorizedSymbolRenderer, QgsPalLayerSettings

    renderer, labeling = layer.renderer(), layer.labeling()
    settings = labeling.settings() if labeling else None
    by_scale = settings.dataDefinedProperties() if settings else None
    categories = renderer.categories() if isinstance(renderer, QgsCategorizedSymbolRenderer) else []
    return {
        "valid": layer.isValid(),
        "crs": layer.crs().authid(),
        "rows": layer.featureCount(),
        "renderer": renderer.type() if renderer else None,
        # a symbol may stand for several values: a list
        "categories": {str(c.value()): c.symbol().color().name() for c in categories},
        "outline": renderer.symbol().symbolLayer(0).strokeColor().name()
        if renderer and not categories
        else None,
        "label": settings.fieldName if settings and layer.labelsEnabled() else None,
        "circle": bool(by_scale and by_scale.isActive(QgsPalLayerSettings.ShapeDraw)),
        "aliases": {f.name(): f.alias() for f in layer.fields()},
    }


def main(path, picture, names):
    from qgis.core import (
        QgsApplication,
        QgsExpressionContext,
        QgsExpressionContextUtils,
        QgsMapRendererParallelJob,
        QgsMapSettings,
        QgsRectangle,
        QgsVectorLayer,
    )
    from qgis.PyQt.QtCore import QSize
    from qgis.PyQt.QtGui import QColor

    application = QgsApplication([], True)
    application.initQgis()
    layers = {name: QgsVectorLayer(f"{path}|layername={name}", name, "ogr") for name in names}
    answer = {name: seen(layer) for name, layer in layers.items()}
    drawn = [layers[name] for name in FROM_ABOVE if name in layers]
    settings = QgsMapSettings()
    settings.setLayers(drawn)
    settings.setBackgroundColor(QColor("white"))
    settings.setOutputSize(QSize(1000, 700))
    settings.setDestinationCrs(drawn[-1].crs())
    extent = QgsRectangle(drawn[-1].extent())
    extent.scale(1.05)
    settings.setExtent(extent)
    scope = QgsExpressionContextUtils.mapSettingsScope(settings)  # as on QGIS's canvas: @map_scale
    settings.setExpressionContext(QgsExpressionContext([scope]))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(picture)
    sys.stdout.write(json.dumps(answer))
    del layers, drawn, job


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
