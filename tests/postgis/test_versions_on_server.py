"""Projects on a server of earlier versions are refused with the command that mends it, and brought over."""

import gzip
import runpy
import uuid
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from pandas.testing import assert_frame_equal
from sqlalchemy import NullPool, create_engine, make_url, text

from ilo_gis import io
from ilo_gis.cli import main
from ilo_gis.errors import ConflictError, ReadError, WriteError
from ilo_gis.io.ddl import OF_ALL, columns
from ilo_gis.io.postgis_versions import VERSIONS

HERE = Path(__file__).parent
fake_plan = runpy.run_path(str(HERE.parent / "plotting" / "fake_plan.py"))["fake_plan"]
EARLIER = {
    one: f"revision_{one}.sql.gz" for one in ("0001", "0002")
}  # pg_dump of what ilo_gis of that version made: see `require_same`
CATALOGUE = {
    "columns": "SELECT table_schema, table_name, column_name, data_type, udt_name, is_nullable, "
    "column_default, is_identity, datetime_precision FROM information_schema.columns "
    "WHERE table_schema IN ('plan', 'people')",
    "comments": "SELECT attrelid::regclass::text, attname, col_description(attrelid, attnum) "
    "FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid "
    "WHERE relnamespace = 'plan'::regnamespace AND attnum > 0 AND relkind = 'r'",
    "geometries": "SELECT f_table_name, f_geometry_column, coord_dimension, srid, type FROM geometry_columns",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated "
    "FROM pg_constraint WHERE connamespace = 'plan'::regnamespace",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'plan'",
    "triggers": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(t.oid), tgenabled "
    "FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid "
    "WHERE relnamespace = 'plan'::regnamespace AND NOT tgisinternal",
    "functions": "SELECT proname, pg_get_functiondef(oid), pg_get_userbyid(proowner) FROM pg_proc "
    "WHERE pronamespace = 'plan'::regnamespace",
    "rights": "SELECT relname, pg_get_userbyid(relowner), "
    "ARRAY(SELECT unnest(coalesce(relacl, '{}'))::text ORDER BY 1) FROM pg_class "
    "WHERE relnamespace IN ('plan'::regnamespace, 'people'::regnamespace)",
    "default rights": "SELECT pg_get_userbyid(defaclrole), defaclnamespace::regnamespace::text, "
    "defaclobjtype, defaclacl::text FROM pg_default_acl",
}


def sql(database, statement):
    engine = create_engine(make_url(database).set(drivername="postgresql+psycopg"), poolclass=NullPool)
    with engine.begin() as db:
        done = db.execute(text(statement))
        return done.all() if done.returns_rows else None


def login(database, role):
    name = f"migrating_{role}"
    if not sql(database, f"SELECT FROM pg_roles WHERE rolname = '{name}'"):
        sql(database, f"CREATE ROLE {name} LOGIN IN ROLE {role}")
    return str(make_url(database).set(username=name))


@pytest.fixture(params=EARLIER)
def made_by(request):
    """The version of an earlier ilo_gis."""
    return request.param


@pytest.fixture
def earlier(made_by, new_database, load_dump):
    """The address of a project that an earlier ilo_gis made, with plans and history."""
    io.open(new_database(), create=True).close()  # roles belong to the server, no dump has them
    address = new_database()
    load_dump(address, gzip.decompress((HERE / EARLIER[made_by]).read_bytes()).decode())
    return address


def require_same(store):
    """A plan, a change of A-1, B-20 taken away, a copy that is in force: what each dump has."""
    lots = fake_plan(2, 1).lots.drop(index="B-20")
    lots.loc["A-1", "area"] = 77.0
    assert store.scenarios()["state"].to_dict() == {"base": "draft", "wide": "adopted"}
    for scenario in ("base", "wide"):
        assert_frame_equal(store.read("lots", scenario)[lots.columns.tolist()], lots)
    told = store.history("lots")
    assert told["operation"].tolist() == ["load", "update", "delete", "load"]
    assert told["who"].tolist() == ["ana", "luis", "luis", "ana"]
    assert store.info()["norms"] == "pe"
    assert store.check() == []


def test_the_revisions_are_one_line_and_each_earlier_one_has_its_dump():
    config = Config()
    config.set_main_option("script_location", "ilo_gis.io:revisions")
    scripts = ScriptDirectory.from_config(config)
    assert [one.revision for one in scripts.walk_revisions()][::-1] == list(VERSIONS)
    assert list(EARLIER) == list(VERSIONS[:-1])


def test_opening_an_earlier_version_names_the_command_and_changes_nothing(earlier):
    with pytest.raises(ReadError, match="`ilo-gis migrate postgresql://postgres@/"):
        io.open(earlier)
    with pytest.raises(ReadError, match="ilo-gis migrate"):
        io.open(earlier, create=True)
    assert sql(earlier, "SELECT to_regclass('plan.saying')") == [(None,)]


def test_all_that_was_there_works_after_it(earlier, made_by):
    was = sql(earlier, "SELECT * FROM plan.history ORDER BY change")
    assert io.migrate(login(earlier, "ilo_admin")) == (made_by, VERSIONS[-1])
    assert io.migrate(earlier) == (VERSIONS[-1], VERSIONS[-1])
    assert sql(earlier, "SELECT * FROM plan.history ORDER BY change") == was
    with io.open(login(earlier, "ilo_planner"), who="eva") as store, io.open(earlier) as other:
        require_same(store)
        assert uuid.UUID(store.info()["project_id"])
        heard = other.watch(5)
        lots, theirs = store.read("lots"), other.read("lots")
        lots.loc["A-2", "area"] = theirs.loc["A-2", "area"] = 88.0
        assert store.write({"lots": lots}, "wide") == {"lots": 1}
        assert next(heard) == ("lots", "wide")
        heard.close()
        with pytest.raises(ConflictError, match="A-2"):
            other.write({"lots": theirs}, "wide")
        assert store.history("lots")["account"].tolist()[-1] == "migrating_ilo_planner"
        store.undo(7)  # back to the layout before the survey of revision 0001, for that is history too
        lots = fake_plan(2, 1).lots
        assert_frame_equal(store.read("lots").sort_index()[lots.columns.tolist()], lots.sort_index())
    with (
        io.open(login(earlier, "ilo_reader")) as reader,
        pytest.raises(WriteError, match="permission denied"),
    ):
        reader.write({"lots": reader.read("lots").assign(area=1.0)})


def test_only_an_administrator_migrates_and_a_failure_leaves_it_as_it_was(earlier, made_by):
    for role in ("ilo_reader", "ilo_planner", "ilo_registrar"):
        with pytest.raises(WriteError, match=r"permission denied .*ilo_admin"):
            io.migrate(login(earlier, role))
    sql(earlier, "CREATE TABLE plan.saying ()")  # in the way of the last revision
    with pytest.raises(WriteError, match="saying"):
        io.migrate(earlier)
    sql(earlier, "DROP TABLE plan.saying")
    assert io.migrate(earlier) == (made_by, VERSIONS[-1])


def test_a_migrated_schema_is_that_of_a_new_project(earlier, new_database):
    io.migrate(earlier)
    new = new_database()
    with io.open(new, create=True) as store:
        store.write(fake_plan(2, 1))
    for what, query in CATALOGUE.items():
        assert sorted(map(str, sql(earlier, query))) == sorted(map(str, sql(new, query))), what
    for table in OF_ALL:  # what the revisions made is what the tables declare
        query = f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}'"
        assert {name for (name,) in sql(new, query)} - {"account"} == set(columns(table, "postgis"))


def test_a_version_that_is_not_known_is_refused(database):
    io.open(database, create=True).close()
    with pytest.raises(Exception, match="permission denied"):
        sql(login(database, "ilo_planner"), "UPDATE plan.alembic_version SET version_num = '9999'")
    sql(database, "UPDATE plan.alembic_version SET version_num = '9999'")
    for call in (io.open, io.migrate):
        with pytest.raises(ReadError, match=r"9999.*pip install -U"):
            call(database)


def test_the_command_tells_the_versions(earlier, made_by, monkeypatch, capsys):
    for options, told in ([], f"de la versión {made_by} a la"), (["--lang", "en"], "already"):
        monkeypatch.setattr("sys.argv", ["ilo-gis", "migrate", earlier, *options])
        with pytest.raises(SystemExit) as done:
            main()
        assert done.value.code == 0
        assert told in capsys.readouterr().out
