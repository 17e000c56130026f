"""Findings of several kinds of geometry, in the real window: a mark for each, and the shapes beside it."""

import package_plugin
import window
from contract_cases import CASES

CHECKED = """
    import processing
    from qgis.core import QgsProject, QgsVectorLayer

    zones = QgsVectorLayer(str(folder / "zones.gpkg"), "zonas", "ogr")
    QgsProject.instance().addMapLayer(zones)
    processing.runAndLoadResults("ilo_gis:check_zoning", {"ZONES": zones, "OUTPUT": "TEMPORARY_OUTPUT"})
    iface.mapCanvas().setExtent(zones.extent())
    idle()
    grab("shapes")
    shown = [node.layer() for node in QgsProject.instance().layerTreeRoot().findLayers()]
    tell(layers=[[one.name(), one.geometryType(), one.featureCount(), one.customProperty("ilo_gis/table")]
                 for one in shown])
"""


def test_shapes_of_findings_lie_beside_their_marks(tmp_path):
    CASES["check_zoning"][0]().to_file(tmp_path / "zones.gpkg", engine="pyogrio")
    package_plugin.translate()
    shown = window.run(CHECKED, tmp_path)
    points, lines, polygons = 0, 1, 2
    marks, *shapes, zones = shown.told["layers"]
    assert marks == ["Hallazgos", points, 4, "findings"]
    assert sorted(shapes) == [
        ["Hallazgos (formas)", lines, 1, None],
        ["Hallazgos (formas)", polygons, 3, None],
    ]
    assert zones[0] == "zonas"
