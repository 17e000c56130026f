"""Every tool as an algorithm of Processing: the numbers of a call in Python, errors in Spanish, models."""

import time

import geopandas as gpd
import numpy as np
import pandas as pd
import processing
import pytest
from contract_cases import CASES, about, tables_of
from ilo_gis_plugin.bridge import to_frame, to_layer
from ilo_gis_plugin.processing.texts import label
from osgeo import gdal, osr
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelParameter,
    QgsProcessingParameterFeatureSource,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QCoreApplication
from shapely import Point, box

from ilo_gis.calling import arguments
from ilo_gis.signatures import parameters, results
from ilo_gis.tools import NAMES

FACTORS = """\
classes = {low = 0.0, high = 0.5}
[factors.near]
measure = "distance"
points = [[0, 1], [40, 0]]
weight = 1
layer = "streets"
"""


@pytest.fixture(scope="module")
def registry(spanish):
    """QGIS with Processing and the algorithms of the plugin."""
    from ilo_gis_plugin.plugin import IloGisPlugin
    from processing.core.Processing import Processing

    Processing.initialize()
    loaded = IloGisPlugin(None)
    loaded.initProcessing()
    yield QgsApplication.processingRegistry()
    loaded.unload()
    QgsProject.instance().removeAllMapLayers()  # those of `asked`


def raster(heights, folder):
    """Write heights as a GeoTIFF and return its path."""
    path, cells = folder / "heights.tif", heights.values  # noqa: PD011
    rows, columns = cells.shape
    made = gdal.GetDriverByName("GTiff").Create(str(path), columns, rows, 1, gdal.GDT_Float32)
    width, height = heights.cell
    made.SetGeoTransform((heights.west, width, 0, heights.north, 0, -height))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32719)
    made.SetProjection(reference.ExportToWkt())
    made.GetRasterBand(1).WriteArray(cells)
    return str(path)


def found(one, more):
    """Return what a case has for a parameter; None where it leaves it to the tool."""
    value = more
    for step in one.path:
        if isinstance(value, dict):
            value = value.get(step)
        elif hasattr(value, "keywords"):  # a record that its layer completes
            value = {"kind": value.args[0], **value.keywords}.get(step)
        else:
            value = getattr(value, step, None)
    return value


def form(name, folder):
    """Return the case of a tool as the values of a form, and as what Processing is given."""
    tool = NAMES[name]
    table, more = CASES[name][0](), CASES[name][1]()
    values, given = {}, {}
    for one in parameters(tool):
        value = table if one == about(tool) else found(one, more)
        empty = value is None or (isinstance(value, tuple | list) and not len(value))
        usual = one.kind == "pairs" and not isinstance(value, dict)  # a single share
        if not (empty or usual or one.kind == "progress" or one.path[0] == "norms"):
            given[one.name.upper()], values[one.name] = asked(one, value, folder)
        elif one.name == "lot_type":
            given["LOT_TYPE"] = None  # as a planner empties the form: the figures of the case stand alone
    return values, given


def asked(one, value, folder):
    """Return a value of a case as Processing is given it, and as the library gets it from there."""
    if one.kind in ("layer", "table"):
        layer = to_layer(value, one.name)
        return layer, to_frame(layer)
    if one.kind == "layers":
        layers = [to_layer(layer, title) for title, layer in value.items()]
        QgsProject.instance().addMapLayers(layers)
        return layers, value
    if one.kind == "file":
        path = folder / "factors.toml"
        path.write_text(FACTORS)
        return str(path), str(path)
    made = {
        "elevation": lambda: raster(value, folder),
        "choice": lambda: one.choices.index(value),
        "pairs": lambda: [cell for pair in value.items() for cell in pair],
        "day": lambda: pd.Timestamp(value).strftime("%Y-%m-%d"),
        "texts": lambda: ", ".join(value),
    }.get(one.kind, lambda: value)()
    return made, made if one.kind == "elevation" else value


@pytest.mark.parametrize("name", NAMES)
def test_every_algorithm_gives_what_the_library_gives(name, registry, tmp_path):
    values, given = form(name, tmp_path)
    wanted = tables_of(NAMES[name](**arguments(NAMES[name], values)))
    algorithm = registry.algorithmById(f"ilo_gis:{name}")
    sinks = [one.name() for one in algorithm.parameterDefinitions() if one.isDestination()]
    feedback = QgsProcessingFeedback(logFeedback=False)
    made = processing.run(algorithm, given | dict.fromkeys(sinks, "memory:"), feedback=feedback)
    assert len(sinks) == len(wanted)
    for sink, table in zip(sinks, wanted.values(), strict=True):
        layer = made[sink]
        assert layer.featureCount() == len(table), sink
        assert [field.name() for field in layer.fields()][1:] == [c for c in table.columns if c != "geometry"]
        back = to_frame(layer)
        for column in table.select_dtypes("number"):
            assert np.allclose(
                back[column].astype(float), table[column].astype(float), equal_nan=True, rtol=1e-12
            ), column


def problem(name, given):
    """Return what an algorithm says to some values."""
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"ilo_gis:{name}")
    fine, text = algorithm.checkParameterValues({"OUTPUT": "memory:"} | given, QgsProcessingContext())
    assert not fine
    return text


def polygons_layer(crs="EPSG:32719", fields=""):
    layer = QgsVectorLayer(f"Polygon?crs={crs}{fields}", "manzanas", "memory")
    if not crs:
        layer.setCrs(QgsCoordinateReferenceSystem())
    table, _ = CASES["letter_blocks"]
    blocks = table()
    blocks = blocks.to_crs(4326) if crs == "EPSG:4326" else blocks
    filled = to_layer(blocks, "manzanas")
    layer.dataProvider().addFeatures(list(filled.getFeatures()) if not fields else [])
    return layer


def test_what_planners_meet_is_told_in_spanish(registry):
    lines = to_layer(CASES["layout_streets"][0](), "calles")
    fine = polygons_layer()
    assert "no tiene SRC" in problem("letter_blocks", {"BLOCKS": polygons_layer("")})
    assert "no en metros" in problem("letter_blocks", {"BLOCKS": polygons_layer("EPSG:4326")})
    assert "tipo de geometría" in problem("letter_blocks", {"BLOCKS": lines})
    assert "no tiene objetos" in problem("letter_blocks", {"BLOCKS": polygons_layer(fields="&field=a:int")})
    other = polygons_layer("EPSG:24879")
    assert "Reproyecte" in problem("reserve_blocks", {"BLOCKS": fine, "RESERVES": other})
    assert "faltan las columnas" in problem("check_zoning", {"ZONES": fine})
    told = problem("cut_lots", {"BLOCKS": fine, "OCHAVO": 3, "LOT_TYPE": None})
    assert told.startswith("Lotizar manzanas")
    assert "LotRule lacks min_area" in told
    assert "-5" in problem("cut_lots", {"BLOCKS": fine, "MIN_AREA": -5, "MIN_FRONTAGE": 8})


def test_a_result_out_of_sight_is_brought_into_view(spanish):
    from ilo_gis_plugin.processing.results import _bring_into_view

    canvas, utm = QgsMapCanvas(), QgsCoordinateReferenceSystem("EPSG:32719")
    canvas.resize(400, 400)
    canvas.setDestinationCrs(utm)
    canvas.setExtent(QgsRectangle(0, 0, 100, 100))

    def brought(run, *boxes):
        shape = gpd.GeoDataFrame(geometry=[box(*boxes)], crs=32719)
        _bring_into_view(to_layer(shape, "result"), run, canvas)
        return canvas.extent()

    before = canvas.extent()
    assert brought("first", 90, 90, 300, 300) == before  # a part of it is seen
    small = brought("second", 900, 900, 910, 910)
    assert small.contains(QgsRectangle(900, 900, 910, 910))
    assert small.width() < 20
    whole = brought("second", 800, 800, 1000, 1000)  # the other layers of the run
    assert whole.contains(QgsRectangle(800, 800, 1000, 1000))
    assert not whole.intersects(before)
    assert brought("second", 820, 820, 830, 830) == whole


def test_an_error_of_the_library_names_what_failed_in_spanish(registry):
    algorithm = registry.createAlgorithmById("ilo_gis:zones_by_area")
    given = {"ZONES": polygons_layer(), "AREAS": polygons_layer(), "COLUMN": "no_such", "OUTPUT": "memory:"}
    with pytest.raises(QgsProcessingException, match=r"(?s)^.*: Una capa no sirve.*no_such"):
        algorithm.run(
            given, QgsProcessingContext(), QgsProcessingFeedback(logFeedback=False), catchExceptions=False
        )


def test_cancel_stops_within_the_work(registry):
    class Stopped(QgsProcessingFeedback):
        def setProgress(self, share):
            self.shares = [*getattr(self, "shares", []), share]
            self.cancel()

    feedback = Stopped(logFeedback=False)
    algorithm = registry.createAlgorithmById("ilo_gis:plan_site")
    given = {"SITE": to_layer(CASES["plan_site"][0](), "site"), "LOT_TYPE": 3}
    made, fine = algorithm.run(given, QgsProcessingContext(), feedback)
    assert fine
    assert not made
    assert len(feedback.shares) == 1


def test_a_tool_without_progress_is_cancelled_too(registry):
    site = to_layer(gpd.GeoDataFrame(geometry=[Point(0, 0).buffer(1000)], crs=32719), "site")
    algorithm, context = registry.createAlgorithmById("ilo_gis:cells"), QgsProcessingContext()
    assert algorithm.flags() & algorithm.Flag.FlagCanCancel
    feedback, ended = QgsProcessingFeedback(logFeedback=False), []
    given = {"SITE": site, "SIZE": 2, "OUTPUT": "memory:"}  # 784 128 cells
    task = QgsProcessingAlgRunnerTask(algorithm, given, context, feedback)
    task.executed.connect(lambda _, made: ended.append(made))
    QgsApplication.taskManager().addTask(task)
    time.sleep(0.3)
    assert not ended
    asked = time.monotonic()
    task.cancel()
    while not ended:
        QCoreApplication.processEvents()
    print(f"a tool without progress was cancelled in {time.monotonic() - asked:.2f} s")  # noqa: T201
    assert feedback.isCanceled()
    assert ended == [{}]


def test_two_tools_make_a_model_that_is_kept_in_a_file(registry, tmp_path):
    model = QgsProcessingModelAlgorithm("lotizar", "pruebas")
    model.addModelParameter(
        QgsProcessingParameterFeatureSource("calles", "calles"), QgsProcessingModelParameter("calles")
    )
    of_child = QgsProcessingModelChildParameterSource
    blocks = QgsProcessingModelChildAlgorithm("ilo_gis:blocks_from_streets")
    blocks.setChildId("blocks")
    blocks.addParameterSources("STREETS", [of_child.fromModelParameter("calles")])
    lots = QgsProcessingModelChildAlgorithm("ilo_gis:cut_lots")
    lots.setChildId("lots")
    lots.addParameterSources("BLOCKS", [of_child.fromChildOutput("blocks", "OUTPUT")])
    lots.addParameterSources("LOT_TYPE", [of_child.fromStaticValue(4)])
    model.addChildAlgorithm(blocks)
    model.addChildAlgorithm(lots)
    given = {"calles": to_layer(CASES["layout_streets"][0](), "calles")}
    file = str(tmp_path / "lotizar.model3")
    assert model.toFile(file)
    loaded = QgsProcessingModelAlgorithm()
    assert loaded.fromFile(file)
    wanted = NAMES["cut_lots"](
        NAMES["blocks_from_streets"](to_frame(given["calles"])),
        arguments(NAMES["cut_lots"], {"lot_type": 4})["rule"],
    )
    for one in (model, loaded):
        context = QgsProcessingContext()  # one that ran a model takes its steps for done, from QGIS 3.38 on
        made, fine = one.run(given, context, QgsProcessingFeedback(logFeedback=False))
        assert fine, made
        layer = context.takeResultLayer(made["CHILD_RESULTS"]["lots"]["OUTPUT"])
        assert layer.featureCount() == len(wanted)


def test_each_result_of_a_tool_is_an_output(registry):
    for name, tool in NAMES.items():
        algorithm = registry.algorithmById(f"ilo_gis:{name}")
        assert len(algorithm.outputDefinitions()) == len(results(tool)), name
        told = algorithm.shortHelpString()
        assert all(f"<i>{label(one.table or one.name)}</i>: " in told for one in results(tool)), name
        assert "``" not in told
        assert "Parámetros" in told
        assert algorithm.group()
        assert not algorithm.icon().isNull()
