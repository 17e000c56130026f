"""A project made, opened, edited and closed in QGIS; the file is whole after each scenario."""

import contextlib
import runpy
import shutil
import sqlite3
from pathlib import Path

import pytest
from qgis.core import QgsExpression, QgsProject, QgsVectorLayerFeatureSource, QgsVectorLayerUtils
from qgis.gui import QgsAttributeForm
from qgis.PyQt.QtWidgets import QFileDialog, QMessageBox

from ilo_gis import io, tables

opening = pytest.importorskip("ilo_gis_plugin.project.opening")
from ilo_gis_plugin.project import themes, tree  # noqa: E402

fake_plan = runpy.run_path(str(Path(__file__).parents[1] / "plotting" / "fake_plan.py"))["fake_plan"]


@pytest.fixture(autouse=True)
def closed(qgis_app):
    """Nothing stays open between tests."""
    yield
    QgsProject.instance().clear()


@pytest.fixture
def project(plugin, tmp_path):
    """A project with two scenarios, the second in force; when all is closed the file is whole."""
    path = tmp_path / "plan.gpkg"
    with io.open(path, create=True) as store:
        store.write(fake_plan(3, 2, lots=3, angle=30), "base", info={"schematic": "yes"})
        store.copy_scenario("base", "otra")
        store.adopt("otra")
    yield path
    QgsProject.instance().clear()
    with contextlib.closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def shown(path, scenario="otra"):
    opening.open_project(str(path), scenario)
    return tree.layers()


def test_the_store_reads_and_writes_while_qgis_edits_and_nothing_is_lost(project):
    layers = shown(project)
    lots = layers["lots"]
    ids = [feature.id() for feature in lots.getFeatures()]
    lots.startEditing()
    use = lots.fields().indexOf("use")
    for number in ids[:5]:
        lots.changeAttributeValue(number, use, "parque")
    with io.open(project) as store:
        before = store.read("lots", "otra")
        assert "parque" not in set(before["use"])
        blocks = store.read("blocks", "otra")
        assert store.write({"blocks": blocks.assign(area=blocks["area"] + 1.0)}, "otra") == {
            "blocks": len(blocks)
        }
        assert len(store.plan("otra").lots) == len(ids)
    assert lots.commitChanges(), lots.commitErrors()
    with io.open(project) as store:
        after = store.read("lots", "otra")
        assert (after["use"] == "parque").sum() == 5
        assert set(after.index) == set(before.index)
        assert (store.read("blocks", "otra")["area"] - blocks["area"] == 1.0).all()
        assert store.check() == []


def test_the_tree_is_grouped_in_spanish_and_shows_one_scenario(project):
    layers = shown(project)
    root = QgsProject.instance().layerTreeRoot()
    assert [group.name() for group in root.children()] == ["Plan", "Catálogos y tablas"]
    names = [node.name() for node in root.children()[0].children()]
    assert names == [
        "Hallazgos",
        "Manzanas",
        "Manzanas (contorno)",
        "Ejes de vía",
        "Lotes",
        "Aportes reglamentarios",
        "No edificable",
        "Vías",
    ]
    lots = layers["lots"]
    assert lots.featureCount() == len(fake_plan(3, 2, lots=3, angle=30).lots)
    lots.startEditing()  # as a layer is after «Guardar…»
    assert tree.show("base") == []
    assert lots.featureCount() == len(fake_plan(3, 2, lots=3, angle=30).lots)  # and not -1: it can be read
    assert {feature["scenario"] for feature in lots.getFeatures()} == {"base"}
    assert QgsVectorLayerUtils.createFeature(lots)["scenario"] == "base"
    lots.startEditing()
    lots.changeAttributeValue(next(lots.getFeatures()).id(), lots.fields().indexOf("use"), "x")
    assert tree.show("otra") == ["Lotes"]
    lots.rollBack()
    assert "esquemático, no es levantamiento" in QgsProject.instance().title()


def with_log(path):
    with contextlib.closing(sqlite3.connect(path)) as db:
        return db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_what_is_open_can_be_read_while_another_layer_is_edited(project, tmp_path):
    layers = shown(project)
    QgsProject.instance().write(str(tmp_path / "plan.qgz"))
    for _ in range(2):
        assert with_log(project)
        numbers = {name: layer.featureCount() for name, layer in layers.items()}
        assert numbers["lots"] == 30
        layers["streets"].startEditing()  # QGIS makes a log now, if there is none
        sources = {name: QgsVectorLayerFeatureSource(layer) for name, layer in layers.items()}
        assert tree.show("base") == []
        assert {name: layer.featureCount() for name, layer in layers.items()} == numbers
        assert {name: len([*source.getFeatures()]) for name, source in sources.items()} == numbers
        layers["blocks"].startEditing()
        assert tree.show("otra") == []
        assert {name: layer.featureCount() for name, layer in layers.items()} == numbers
        QgsProject.instance().clear()
        QgsProject.instance().read(str(tmp_path / "plan.qgz"))  # and as QGIS opens it by itself
        layers = tree.layers()


def test_a_copy_of_an_open_project_has_what_was_saved(project, tmp_path):
    lots = shown(project)["lots"]
    lots.startEditing()
    lots.changeAttributeValue(next(lots.getFeatures()).id(), lots.fields().indexOf("use"), "parque")
    assert lots.commitChanges(), lots.commitErrors()
    with io.open(project) as store:
        store.adopt("base")
    copy = tmp_path / "copy.gpkg"
    copy.write_bytes(project.read_bytes())
    with io.open(copy) as store:
        assert (store.read("lots", "otra")["use"] == "parque").sum() == 1
        assert store.scenarios()["state"]["base"] == "adopted"


def test_a_wrong_value_is_refused_with_its_reason(project):
    lots = shown(project)["lots"]
    lots.startEditing()
    feature = next(lots.getFeatures())
    feature["number"] = 0
    index = lots.fields().indexOf("number")
    fine, _ = QgsVectorLayerUtils.validateAttribute(lots, feature, index)
    assert not fine
    assert lots.constraintDescription(index) == "Lote: no puede ser menor que 1."
    feature["number"], feature["block_id"] = 1, None
    fine, _ = QgsVectorLayerUtils.validateAttribute(lots, feature, lots.fields().indexOf("block_id"))
    assert not fine
    assert not QgsExpression(lots.constraintExpression(index)).hasParserError()
    lots.rollBack()


def test_a_form_saves_what_nobody_touched_to_the_last_digit(project):
    lines = shown(project)["street_lines"]
    width, name = (lines.fields().indexOf(column) for column in ("width", "name"))
    line = next(lines.getFeatures())
    lines.startEditing()
    for value in (3141.592653589793, 0.1 + 0.2, 1e-9, 12.0):
        lines.changeAttributeValue(line.id(), width, value)
        form = QgsAttributeForm(lines, lines.getFeature(line.id()))
        form.changeAttribute("name", f"Calle {value}")
        assert form.save()
        after = lines.getFeature(line.id())
        assert (after[width], after[name]) == (value, f"Calle {value}")
    lines.rollBack()


def test_forms_of_all_layers_have_tabs_and_valid_expressions(plugin, project):
    for layer in shown(project).values():
        assert layer.editFormConfig().tabs(), layer.name()
        for index in range(layer.fields().count()):
            texts = (layer.constraintExpression(index), layer.defaultValueDefinition(index).expression())
            assert not any(QgsExpression(text).hasParserError() for text in texts if text)


def test_layers_are_related_drawn_in_and_looked_at(project):
    layers = shown(project)
    here = QgsProject.instance()
    relation = here.relationManager().relation("ilo_gis_lots_block_id")
    assert relation.isValid()
    assert relation.fieldPairs() == {"block_id": "block_id", "scenario": "scenario"}
    block = next(layers["blocks"].getFeatures())
    lots = fake_plan(3, 2, lots=3, angle=30).lots
    related = list(relation.getRelatedFeatures(block))
    assert len(related) == (lots["block_id"] == block["block_id"]).sum()
    chosen = layers["lots"].editorWidgetSetup(layers["lots"].fields().indexOf("block_id"))
    assert (chosen.type(), chosen.config()["Layer"]) == ("ValueRelation", layers["blocks"].id())
    wanted = {"Plan", "Terreno", "Zonificación", "Traslados", "PROMUVI por etapa", "Servicios"}
    assert set(here.mapThemeCollection().mapThemes()) == wanted
    assert here.snappingConfig().enabled()
    assert here.topologicalEditing()
    themes.avoid_overlaps(layers["lots"])
    current = here.AvoidIntersectionsMode.AvoidIntersectionsCurrentLayer
    assert here.avoidIntersectionsMode() == current
    themes.avoid_overlaps(layers["street_lines"])
    assert here.avoidIntersectionsMode() != current
    assert [one.name() for one in here.bookmarkManager().bookmarks()] == ["Todo el ámbito"]


def test_a_new_project_is_empty_and_open(plugin, tmp_path, monkeypatch):
    path = tmp_path / "nuevo.gpkg"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "nuevo"), ""))
    monkeypatch.setattr(opening.ProjectActions, "_crs", lambda _: "EPSG:32719")
    plugin.projects.new()
    assert {"lots", "zones", "seafront", "taps", "households"} <= set(tree.layers())
    assert {layer.crs().authid() for layer in tree.layers().values() if layer.isSpatial()} == {"EPSG:32719"}
    with io.open(path) as store:
        assert len(store.read("lots")) == 0
        assert store.check() == []
    plugin.projects.new()
    assert "ya existe" in plugin.iface.messageBar().get_messages(opening.Qgis.MessageLevel.Warning)[-1]


def test_heights_beside_a_project_are_its_relief_and_fill_what_slopes_need(plugin, tmp_path):
    path = tmp_path / "vacio.gpkg"
    with io.open(path, create=True) as store:
        store.write({"lots": tables.empty("lots", "EPSG:32719")}, "base")
    shutil.copy(io.sample_path("elevation"), tmp_path / "vacio.tif")
    relief = shown(path, "base")["elevation"]
    assert relief.renderer().type() == "hillshade"
    assert themes.whole().contains(relief.extent())  # there is no plan yet
    given = plugin.panel.steps._filled("slope_constraints")
    assert given["ELEVATION"] == relief.id()


def test_an_earlier_format_is_brought_over_only_if_the_user_agrees(plugin, tmp_path, monkeypatch):
    import gzip

    path = tmp_path / "old.gpkg"
    packed = Path(__file__).parents[1] / "io" / "format_1.gpkg.gz"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    before, asked = path.read_bytes(), []
    for answer in (QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes):
        monkeypatch.setattr(
            QMessageBox, "question", lambda *given, answer=answer: asked.append(given[2]) or answer
        )
        plugin.projects.open()
        if answer == QMessageBox.StandardButton.No:
            assert path.read_bytes() == before
            assert not tree.layers()
    assert "old.format1.gpkg" in asked[0]
    assert (tmp_path / "old.format1.gpkg").exists()
    assert tree.layers()["lots"].featureCount() > 0
