"""Gestures written to layers: one step across all of them, taken back to the last byte, and done again."""

import pytest
from qgis.core import QgsGeometry, QgsProject

from ilo_gis.editing import edit_between
from ilo_gis.subdivision import Brief, Changes, LotRule, replan
from ilo_gis.workflows import lots_in_blocks

bridge = pytest.importorskip("ilo_gis_plugin.bridge")
from ilo_gis_plugin.editing import pending  # noqa: E402
from ilo_gis_plugin.layers import TABLE  # noqa: E402

RULE = LotRule(min_area=160.0, min_frontage=8.0)
TABLES = ("blocks", "lots", "summary", "lineage")


def plan():
    import geopandas as gpd
    import shapely

    shapes = [shapely.box(100 * k, 0, 100 * k + 80, 40) for k in range(2)]
    return lots_in_blocks(gpd.GeoDataFrame(index=["A", "B"], geometry=shapes, crs=32719), RULE)


@pytest.fixture
def session(plugin):
    one = plugin.editing.session
    one.said, one.why = [], []
    one.told.connect(one.said.append)
    one.refused.connect(lambda *told: one.why.append(told[1]))
    yield one
    QgsProject.instance().clear()


@pytest.fixture
def layers(session):
    """The tables of a plan as layers in memory."""
    made, found = plan(), {}
    for name in TABLES:
        layer = found[name] = bridge.to_layer(getattr(made, name), name.title(), name)
        layer.setCustomProperty(TABLE, name)
        QgsProject.instance().addMapLayer(layer)
    return found


def merged(session, *lots):
    """Return the edit that merges lots."""
    from ilo_gis.review import plan_of

    before = plan_of(session.known())
    after = replan(before, Changes(merge=[lots]), Brief(rule=RULE))
    tables = {name: getattr(after, name) for name in TABLES}
    return edit_between("lots.merge", {name: getattr(before, name) for name in tables}, tables, ids=lots)


def contents(layers):
    """Return all rows of layers to the last byte, without the numbers that QGIS gives features."""
    return {
        name: sorted((str(f.attributes()), f.geometry().asWkb().data()) for f in layer.getFeatures())
        for name, layer in layers.items()
    }


def test_a_gesture_is_one_step_of_all_layers_and_any_of_them_takes_it_back(session, layers):
    before = contents(layers)
    assert session.apply(merged(session, "A-1", "A-2")), session.why
    once = contents(layers)
    assert session.apply(merged(session, "B-1", "B-2")), session.why
    twice = contents(layers)
    assert len(before["lots"]) - 2 == len(twice["lots"])
    stacks = [layer.undoStack() for layer in layers.values()]
    assert {stack.count() for stack in stacks} == {2}
    assert {stack.text(1) for stack in stacks} == {"Unir los lotes B-1, B-2"}
    assert not layers["blocks"].isModified()
    layers["blocks"].undoStack().undo()
    assert contents(layers) == once
    layers["lineage"].undoStack().undo()
    assert contents(layers) == before
    assert not any(layer.isModified() for layer in layers.values())
    layers["lots"].undoStack().setIndex(2)  # as the panel of steps does
    assert contents(layers) == twice
    layers["lots"].undoStack().undo()
    assert session.apply(merged(session, "A-3", "A-4"))
    assert {stack.count() for stack in stacks} == {2}
    assert not any(stack.canRedo() for stack in stacks)


def test_native_edits_keep_their_order(session, layers):
    assert session.apply(merged(session, "A-1", "A-2"))
    gesture = contents(layers)
    blocks, lots = layers["blocks"], layers["lots"]
    number = next(blocks.getFeatures()).id()
    blocks.beginEditCommand("Vértice movido")
    blocks.changeGeometry(number, QgsGeometry.fromWkt("POLYGON((0 0, 1 0, 1 1, 0 0))"))
    blocks.endEditCommand()
    native = contents(layers)
    assert lots.undoStack().text(1) == "Blocks: Vértice movido"
    assert session.apply(merged(session, "B-1", "B-2"))
    last = contents(layers)
    lots.undoStack().undo()
    assert contents(layers) == native
    lots.undoStack().undo()
    assert contents(layers) == gesture
    assert session.said[-1] == "Se deshizo: Blocks: Vértice movido."
    for _ in range(2):
        blocks.undoStack().redo()
    assert contents(layers) == last
    lots.undoStack().setIndex(1)
    blocks.changeAttributeValue(number, 1, None)  # a step without a name, in the place of two
    assert {layer.undoStack().count() for layer in layers.values()} == {2}


def test_what_is_saved_or_discarded_in_one_layer_stays_and_is_told(session, layers):
    before = contents(layers)
    assert session.apply(merged(session, "A-1", "A-2"))
    once = contents(layers)
    assert layers["lots"].commitChanges(False)
    layers["lineage"].undoStack().undo()
    now = contents(layers)
    assert (now["lots"], now["lineage"]) == (once["lots"], before["lineage"])
    assert session.said[-1].endswith("ya está guardado o descartado en Lots: allí queda como está.")
    layers["lineage"].undoStack().redo()
    assert contents(layers) == once
    layers["lineage"].rollBack()
    assert contents(layers)["summary"] == once["summary"]
    assert layers["summary"].undoStack().count() == layers["lots"].undoStack().count()
    for layer in layers.values():
        assert not layer.isEditable() or layer.commitChanges()
    assert not any(layer.undoStack().count() for layer in layers.values())
    assert session.apply(merged(session, "B-1", "B-2"))
    assert {layer.undoStack().count() for layer in layers.values()} == {1}


def test_what_cannot_be_done_is_refused_before_anything_changes(session, layers):
    edit = merged(session, "A-1", "A-2")
    layers["lots"].startEditing()
    number = next(f.id() for f in layers["lots"].getFeatures() if f["lot_id"] == "A-1")
    layers["lots"].changeAttributeValue(number, layers["lots"].fields().indexOf("use"), "parque")
    before = contents(layers)
    assert not session.apply(edit)
    assert "hubo cambios en A-1 desde que se preparó la edición" in session.why[-1]
    layers["lots"].undoStack().undo()
    QgsProject.instance().removeMapLayer(layers.pop("lineage"))
    assert not session.apply(edit)
    assert "No hay capa de" in session.why[-1]
    layers["lots"].undoStack().redo()
    assert contents(layers) == {name: before[name] for name in layers}


def test_what_is_pending_is_told_and_discarded_in_part(session, layers):
    before = contents(layers)
    assert session.apply(merged(session, "A-1", "A-2"))
    edit = pending.pending(session)
    assert sorted(edit.changes["lots"].gone) == ["A-1", "A-2"]
    assert "blocks" not in edit.changes
    assert edit.changes["lineage"].after["before"].tolist() == ["A-1", "A-2"]  # of a table that had no rows
    lots = layers["lots"]
    number, use = next(lots.getFeatures("lot_id = 'B-1'")).id(), lots.fields().indexOf("use")
    lots.changeAttributeValue(number, use, "parque")
    assert pending.pending(session).changes["lots"].after.at["B-1", "use"] == "parque"
    assert pending.discard(session, {"lots": ["B-1"]})
    assert lots.undoStack().undoText() == "Descartar cambios de B-1"
    assert "B-1" not in pending.pending(session).changes["lots"].before.index
    lots.undoStack().setIndex(0)
    assert pending.pending(session).nothing
    assert list(session.known()["lineage"]) == ["before", "after", "area"]
    assert contents(layers) == before
