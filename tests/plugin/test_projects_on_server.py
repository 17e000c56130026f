"""A project on a server in QGIS: styles and forms come, the second editor is refused, readers only read."""

import runpy
from pathlib import Path

import pytest
from ilo_gis_plugin.project import tree
from qgis.core import QgsProject
from qgis.PyQt.QtWidgets import QInputDialog

from benchmarks import cluster as servers
from ilo_gis import io

sqlalchemy = pytest.importorskip("sqlalchemy", reason="needs the extra postgis")
TESTS = Path(__file__).parents[1]
fake_plan = runpy.run_path(str(TESTS / "plotting" / "fake_plan.py"))["fake_plan"]
SECRET = "palabra-secreta"


@pytest.fixture(scope="module")
def address():
    """A project with a plan, and somebody of each role, on a server of its own."""
    if not servers.BINARIES:
        pytest.skip(servers.MISSING)
    with servers.running(servers.QUICK) as folder:
        founder = servers.make_database(folder, "city")
        with io.open(founder, create=True) as store:
            store.write(fake_plan(2, 1), "base")
        engine = sqlalchemy.create_engine(sqlalchemy.make_url(founder).set(drivername="postgresql+psycopg"))
        with engine.begin() as db:
            for role in ("reader", "planner"):
                db.execute(sqlalchemy.text(f"CREATE ROLE some_{role} LOGIN IN ROLE ilo_{role}"))
        engine.dispose()
        yield lambda role: founder.replace("postgres@", f"some_{role}:{SECRET}@")


@pytest.fixture
def opened(plugin, address, monkeypatch):
    """Return what opens the project as somebody by the menu and gives the layers."""

    def as_(role):
        monkeypatch.setattr(QInputDialog, "getItem", lambda *_: (address(role), True))
        plugin.projects.actions[2].trigger()
        return tree.layers()

    yield as_
    QgsProject.instance().clear()


def test_a_planner_has_tree_styles_and_forms_and_the_second_one_is_refused(opened):
    layers = opened("planner")
    root = QgsProject.instance().layerTreeRoot()
    assert [group.name() for group in root.children()] == ["Plan", "Catálogos y tablas"]
    lots = layers["lots"]
    assert lots.providerType() == "postgres"
    assert lots.featureCount() == len(fake_plan(2, 1).lots)
    assert lots.labelsEnabled()
    assert lots.attributeAlias(lots.fields().indexOf("number")) == "Lote"
    assert lots.constraintDescription(lots.fields().indexOf("number")) == "Lote: no puede ser menor que 1."
    assert QgsProject.instance().relationManager().relation("ilo_gis_lots_block_id").isValid()
    assert SECRET not in lots.customProperty("ilo_gis/project")
    assert "people" not in layers

    other = lots.clone()
    use, ids = lots.fields().indexOf("use"), [feature.id() for feature in lots.getFeatures()]
    for layer in (lots, other):
        assert layer.startEditing()
        layer.changeAttributeValue(ids[0], use, layer.name())
    other.changeAttributeValue(ids[0], use, "del segundo")
    assert lots.commitChanges(), lots.commitErrors()
    assert not other.commitChanges()
    assert "changed by another editor" in " ".join(other.commitErrors())
    other.rollBack()
    assert lots.getFeature(ids[0])["use"] == lots.name()


def test_a_reader_reads_and_is_not_offered_to_edit(opened):
    layers = opened("reader")
    assert layers["lots"].featureCount() == len(fake_plan(2, 1).lots)
    for name, layer in layers.items():
        assert not layer.startEditing(), name
