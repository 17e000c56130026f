"""A project on a server in QGIS: styles and forms come, the second editor is refused, readers only read.

The planner needs a password, which no saved file of QGIS holds.
"""

import runpy
import zipfile
from pathlib import Path

import pytest
from ilo_gis_plugin.project import server, tree
from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsCredentials, QgsProject
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
                db.execute(
                    sqlalchemy.text(f"CREATE ROLE some_{role} LOGIN PASSWORD '{SECRET}' IN ROLE ilo_{role}")
                )
            asked = folder / "data" / "pg_hba.conf"
            asked.write_text(f"local all some_planner scram-sha-256\n{asked.read_text()}")
            db.execute(sqlalchemy.text("SELECT pg_reload_conf()"))
        engine.dispose()
        yield lambda role: founder.replace("postgres@", f"some_{role}:{SECRET}@")


@pytest.fixture
def opened(plugin, address, monkeypatch):
    """Return what opens the project as somebody by the menu and gives the layers."""

    def as_(role):
        monkeypatch.setattr(server, "_known", {})
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


def test_a_saved_project_holds_no_password_and_opens_again(opened, plugin, tmp_path):
    lots = opened("planner")["lots"]
    kept = lots.customProperty("ilo_gis/project")
    assert SECRET in plugin.panel.layers.address()
    project = QgsProject.instance()
    assert project.write(str(tmp_path / "plan.qgz"))
    with zipfile.ZipFile(tmp_path / "plan.qgz") as saved:
        assert not [name for name in saved.namelist() if SECRET.encode() in saved.read(name)]
        assert any(b"some_planner" in saved.read(name) for name in saved.namelist())

    project.clear()
    server._known.clear()  # as on the next day, when QGIS has asked for the password
    assert project.read(str(tmp_path / "plan.qgz"))
    assert tree.layers()["lots"].featureCount() == len(fake_plan(2, 1).lots)
    assert SECRET in plugin.panel.layers.address()
    with io.open(server.whole(kept)) as store:
        assert "lots" in store.tables()


def test_a_wrong_password_is_told_and_opens_nothing(opened, plugin, address, monkeypatch):
    monkeypatch.setattr(QgsCredentials, "get", lambda *_: (False, "", ""))
    monkeypatch.setattr(
        QInputDialog, "getItem", lambda *_: (address("planner").replace(SECRET, "otra"), True)
    )
    told = []
    monkeypatch.setattr(plugin.projects, "_warn", lambda *said: told.extend(said))
    plugin.projects.actions[2].trigger()
    assert "password authentication failed" in told[1]
    assert "otra" not in told[1]
    assert not tree.layers()


def test_user_and_password_come_from_the_encrypted_store_of_qgis(address):
    manager, entry = QgsApplication.authManager(), QgsAuthMethodConfig("Basic")
    assert manager.setMasterPassword("maestra", True)
    entry.setName("catastro")
    entry.setConfigMap({"username": "some_planner", "password": SECRET})
    assert manager.storeAuthenticationConfig(entry)
    url = sqlalchemy.make_url(address("planner"))
    uri = server.uri_of(address("planner").replace(f"some_planner:{SECRET}@", ""))
    uri.setAuthConfigId(entry.id())
    there = server.address_of(uri.uri(False))
    kept = server.bare(there)
    assert entry.id() in kept
    assert SECRET not in kept
    assert SECRET in server.whole(kept)
    assert url.password == SECRET
