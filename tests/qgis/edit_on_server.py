"""Two editors in QGIS on a server change the same lot; prints what QGIS kept. In a process of its own."""

import json
import sys

SENT = '-abs("row_version")'  # docs/storage.md: QGIS sends which version it read


def main(host, database, guarded):
    from qgis.core import QgsApplication, QgsDefaultValue, QgsVectorLayer

    app = QgsApplication([], False)
    app.initQgis()
    source = (
        f"host={host} dbname='{database}' user=postgres key='fid' srid=32719 type=Polygon "
        'table="plan"."lots" (geom)'
    )

    def editor():
        layer = QgsVectorLayer(source, "lots", "postgres")
        if guarded == "guarded":
            layer.setDefaultValueDefinition(
                layer.fields().indexOf("row_version"), QgsDefaultValue(SENT, True)
            )
        ids = {feature["lot_id"]: feature.id() for feature in layer.getFeatures()}
        layer.startEditing()
        return layer, ids

    def change(who, lot, area):
        layer, ids = who
        layer.changeAttributeValue(ids[lot], layer.fields().indexOf("area"), area)

    def move(who, lot):
        layer, ids = who
        shape = layer.getFeature(ids[lot]).geometry()
        shape.translate(1, 0)
        layer.changeGeometry(ids[lot], shape)

    def keep(who):
        kept = who[0].commitChanges()
        told.append([kept, "changed by another editor" in " ".join(who[0].commitErrors())])

    told = []
    one, two = editor(), editor()
    change(one, "A-1", 1.0)
    for area in (1.5, 2.0):
        change(two, "A-1", area)
    change(two, "A-2", 2.0)
    keep(one)
    keep(two)  # refused if guarded, with all that it changed
    one, two = editor(), editor()
    move(one, "A-3")
    move(two, "A-3")
    change(two, "A-3", 3.0)
    keep(two)
    keep(one)
    last = editor()
    move(last, "A-4")
    change(last, "A-4", 4.0)
    keep(last)
    last[0].startEditing()
    change(last, "A-4", 5.0)
    keep(last)
    print(json.dumps(told))  # noqa: T201
    app.exitQgis()


if __name__ == "__main__":
    main(*sys.argv[1:])
