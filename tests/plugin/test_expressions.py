"""What expressions tell of lots: the library's own values, in Spanish, and anew after every edit."""

import time
from datetime import date

import pytest
from qgis.core import (
    NULL,
    QgsApplication,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsProject,
    QgsTask,
)
from qgis.PyQt.QtGui import QTransform

from ilo_gis import io, promuvi, zoning
from ilo_gis.subdivision import LotRule, recorded
from ilo_gis.tables import Plan
from ilo_gis.workflows import lots_in_blocks

NAMES = {"ilo_frente", "ilo_zona", "ilo_conforme", "ilo_observaciones", "ilo_etapa", "ilo_servicios"}
NAMES |= {"ilo_falta", "ilo_aporte", "ilo_aporte_exigido"}
DAY = "'1996-04-30'"
KEYS = {"lots": "lot_id", "lot_events": "event_id", "works": "work_id", "zones": "zone_id"}


def registered():
    return {f.name() for f in QgsExpression.Functions() if f.name().startswith("ilo_")}


def told(text, layer=None):
    """Return the value of an expression, and what QGIS says of its failure."""
    scopes = QgsExpressionContextUtils.globalProjectLayerScopes(layer)
    expression = QgsExpression(text)
    assert not expression.hasParserError(), expression.parserErrorString()
    context = QgsExpressionContext(scopes)
    expression.prepare(context)
    value = expression.evaluate(context)
    return expression.evalErrorString() or (None if value == NULL else value)


@pytest.fixture
def project_layers(plugin):
    """Lots, events, works and zones of the sample as layers of a project."""
    from ilo_gis_plugin.bridge import to_layer

    tables = {name: io.sample(name).set_index(key) for name, key in KEYS.items()}
    layers = {name: to_layer(table, name) for name, table in tables.items()}
    for name, layer in layers.items():
        layer.setCustomProperty("ilo_gis/table", name)
        QgsProject.instance().addMapLayer(layer)
    yield layers, tables
    QgsProject.instance().clear()


def test_come_and_go_with_the_plugin(spanish, qgis_iface):
    from ilo_gis_plugin import classFactory

    assert registered() == set()
    for _ in range(3):
        loaded = classFactory(qgis_iface)
        loaded.initGui()
        assert registered() == NAMES
        loaded.unload()
        assert registered() == set()


def test_help_is_in_spanish_and_names_the_english_function(plugin):
    for function in QgsExpression.Functions():
        if function.name() in NAMES:
            assert "En inglés: ilo_" in function.helpText()
            assert function.group() == "Ilo GIS"
            assert function.referencedColumns(None) == set()


def test_they_tell_what_the_library_tells(project_layers):
    _, tables = project_layers
    lots, day = tables["lots"], date(1996, 4, 30)
    stages = promuvi.state_on(tables["lot_events"], day, lots)["stage"]
    titled = stages.index[stages == "titled"][0]
    assert told(f"ilo_etapa('{titled}', {DAY})") == told(f"ilo_stage('{titled}', {DAY})") == "Titulado"
    assert told(f"ilo_etapa('{titled}', to_date('1989-01-01'))") == "Libre"
    lacks = promuvi.why_not(events=tables["lot_events"], lots=lots, on=day, works=tables["works"])
    lot = lacks["lot_id"].iloc[0]
    assert told(f"ilo_falta('{lot}', {DAY})") == "; ".join(lacks["es"][lacks["lot_id"] == lot])
    assert told(f"ilo_falta('{titled}', {DAY})") == ""
    assert "Pileta pública" in told(f"ilo_servicios('{titled}', {DAY})")
    zone = zoning.assign(lots, tables["zones"], on=day).at[titled, "code"]
    assert told(f"ilo_zona('{titled}', {DAY})") == zone
    assert told(f"ilo_frente('{titled}')") == pytest.approx(lots.at[titled, "frontage"], abs=0.05)


def test_empty_unknown_and_wrong_values_are_told_kindly(project_layers):
    assert told("ilo_etapa(NULL)") is None
    assert told("ilo_frente('ninguno')") is None
    assert told("ilo_etapa('AP-15', 'ayer')") == "«ayer» no es una fecha; escríbala como '1996-04-30'."
    assert told("ilo_etapa()") == "ilo_etapa recibe el código de un lote y, si se desea, una fecha."
    assert "no tiene la capa «Manzanas»" in told("ilo_aporte('recreación')")


def test_values_follow_unsaved_edits_and_undo(project_layers):
    layers, tables = project_layers
    lots, lot = layers["lots"], tables["lots"].index[0]
    front = told(f"ilo_frente('{lot}')")
    feature = next(lots.getFeatures(f"\"lot_id\" = '{lot}'"))
    twice = feature.geometry()
    centre = twice.centroid().asPoint()
    twice.translate(-centre.x(), -centre.y())
    twice.transform(QTransform.fromScale(2, 2))
    lots.startEditing()
    lots.changeGeometry(feature.id(), twice)
    assert told(f"ilo_frente('{lot}')") > 2 * front
    lots.undoStack().undo()
    assert told(f"ilo_frente('{lot}')") == front
    lots.rollBack()


def test_a_map_drawn_in_the_background_has_them_too(project_layers):
    layers, _ = project_layers
    lot = next(layers["lots"].getFeatures())["lot_id"]
    expected = told(f"ilo_etapa('{lot}', {DAY})")
    layers["lot_events"].dataChanged.emit()  # what was read is forgotten
    heard = []
    task = QgsTask.fromFunction("", lambda _: heard.append(told(f"ilo_etapa('{lot}', {DAY})")))
    QgsApplication.taskManager().addTask(task)
    end = time.monotonic() + 20
    while not heard and time.monotonic() < end:
        QgsApplication.processEvents()
    assert heard == [expected]


def test_six_thousand_lots_are_quick(project_layers):
    layers, _ = project_layers
    dated = [f"ilo_{name}(lot_id, {DAY})" for name in ("zona", "etapa", "servicios", "falta")]
    for name in ("ilo_frente(lot_id)", *dated, "ilo_conforme(lot_id)"):
        took = []
        for _ in range(2):  # reckoned, then known
            start = time.perf_counter()
            context = layers["lots"].createExpressionContext()
            expression = QgsExpression(name)
            expression.prepare(context)
            values = []
            for feature in layers["lots"].getFeatures():
                context.setFeature(feature)
                values.append(expression.evaluate(context))
            took.append(time.perf_counter() - start)
            assert not expression.hasEvalError(), expression.evalErrorString()
        assert len(values) == 6000
        assert NULL not in values
        print(f"{name}: {took[0]:.2f} s, again {took[1]:.2f} s")  # noqa: T201


def test_two_alternatives_are_told_apart_by_the_layer_of_the_expression(plugin, tmp_path):
    from ilo_gis_plugin.bridge import to_layer

    rules = {"A": LotRule(min_area=160.0, min_frontage=8.0), "B": LotRule(min_area=200.0, min_frontage=8.0)}
    blocks = io.sample("blocks").set_index("block_id").iloc[:1][["geometry"]]
    layers, plans = {}, {}
    for name, rule in rules.items():
        plan = lots_in_blocks(blocks, rule)
        io.write_project(plan, tmp_path / f"{name}.gpkg", info=recorded(rules["B"]))
        for table in Plan.__annotations__:
            layer = to_layer(getattr(plan, table), table)
            layer.setCustomProperty("ilo_gis/table", table)
            layer.setCustomProperty("ilo_gis/project", str(tmp_path / f"{name}.gpkg"))
            QgsProject.instance().addMapLayer(layer)
            layers[name, table] = layer
        plans[name] = plan
    small = plans["A"].lots
    lot = small.index[(small["kind"] == "lot") & (small.area < 195)][0]
    assert told(f"ilo_conforme('{lot}')", layers["B", "lots"]) is True
    assert told(f"ilo_conforme('{lot}')", layers["A", "lots"]) is False
    assert "200" in told(f"ilo_observaciones('{lot}')", layers["A", "lots"])
    assert "varias veces" in told(f"ilo_conforme('{lot}')")
    assert told("ilo_aporte('recreación')", layers["A", "blocks"]) == 0
    assert told("ilo_aporte_exigido('recreación')", layers["A", "blocks"]) == 8
    QgsProject.instance().clear()
