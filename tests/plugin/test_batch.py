"""An algorithm as a batch: the dialog of Processing, filled row by row."""

from time import monotonic

import geopandas as gpd
import pytest
from qgis.core import QgsApplication, QgsVectorLayer
from qgis.PyQt.QtTest import QTest
from shapely import Point


@pytest.fixture
def algorithm(spanish):
    """The algorithm that tells the corners of polygons, in a QGIS with Processing and the plugin."""
    from ilo_gis_plugin.plugin import IloGisPlugin
    from processing.core.Processing import Processing

    Processing.initialize()
    loaded = IloGisPlugin(None)
    loaded.initProcessing()
    yield QgsApplication.processingRegistry().createAlgorithmById("ilo_gis:perimeter_vertices")
    loaded.unload()


def test_a_batch_gives_each_file_a_result_of_its_own(algorithm, tmp_path, monkeypatch):
    from processing.gui import Postprocessing
    from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog

    monkeypatch.setattr(
        Postprocessing, "iface", None, raising=False
    )  # there is no window, but a stand-in of pytest-qgis
    files = [tmp_path / "four.gpkg", tmp_path / "eight.gpkg"]
    for turns, file in enumerate(files, 1):
        site = Point(0, 0).buffer(100, quad_segs=turns)
        gpd.GeoDataFrame(geometry=[site], crs=32719).to_file(file)
    dialog = BatchAlgorithmDialog(algorithm)
    panel = dialog.mainWidget()
    panel.addRow(len(files) - 1)
    out = [tmp_path / f"corners_of_{file.name}" for file in files]
    names = [one.name() for one in algorithm.parameterDefinitions()]
    table = panel.tblParameters
    for row, (file, result) in enumerate(zip(files, out, strict=True)):
        panel.wrappers[row][panel.parameter_to_column[names[0]]].setParameterValue(
            str(file), panel.processing_context
        )
        table.cellWidget(row + 1, panel.parameter_to_column[names[-1]]).setValue(str(result))
    panel.checkLoadLayersOnCompletion.setChecked(False)
    dialog.show()  # where it is not seen, it goes when it is done
    dialog.runAlgorithm()
    # newer versions of QGIS run the rows in tasks, one after the other, and return at once
    patience = monotonic() + 60
    while (dialog.cancelButton().isEnabled() or corners(out) != [4, 8]) and monotonic() < patience:
        QTest.qWait(50)
    dialog.close()
    assert corners(out) == [4, 8]


def corners(files):
    return [QgsVectorLayer(str(file)).featureCount() for file in files if file.exists()]
