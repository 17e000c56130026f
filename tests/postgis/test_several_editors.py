"""Several editors on a server: no change is lost, each role does what it may, no password is told."""

import json
import re
import runpy
import threading
from pathlib import Path

import pytest
import shapely
from pandas.testing import assert_frame_equal
from sqlalchemy import NullPool, create_engine, make_url, text

from ilo_gis import io
from ilo_gis.cli import main
from ilo_gis.errors import ConflictError, CRSError, ReadError, WriteError

fake_plan = runpy.run_path(str(Path(__file__).parents[1] / "plotting" / "fake_plan.py"))["fake_plan"]


@pytest.fixture
def plan():
    return fake_plan(3, 2, lots=3, angle=30)


@pytest.fixture
def ana(database, plan):
    with io.open(database, create=True, who="ana") as store:
        store.write(plan, "A")
        yield store


@pytest.fixture
def luis(ana, database):
    with io.open(database, who="luis") as store:
        yield store


def sql(database, *statements):
    """Run SQL as another program does."""
    engine = create_engine(make_url(database).set(drivername="postgresql+psycopg"), poolclass=NullPool)
    with engine.begin() as db:
        done = [db.execute(text(one)) for one in statements]
        return [one.all() if one.returns_rows else None for one in done]


def edit(store, key, **values):
    lots = store.read("lots")
    for column, value in values.items():
        lots.loc[key, column] = value
    return lots


def test_the_second_writer_of_a_row_is_told_and_nothing_is_lost(ana, luis, plan):
    first, other, *_ = plan.lots.index
    hers, his = edit(ana, first, area=1.0), edit(luis, first, area=2.0)
    his.loc[other, "area"] = 3.0
    ana.write({"lots": hers}, "A")
    with pytest.raises(ConflictError, match=f"lots: rows .*{first}") as refused:
        luis.write({"lots": his}, "A")
    assert (refused.value.table, refused.value.ids) == ("lots", [first])
    now = ana.read("lots")
    assert (now.at[first, "area"], now.at[other, "area"]) == (1.0, plan.lots.at[other, "area"])
    assert luis.write({"lots": edit(luis, first, area=2.0)}, "A") == {"lots": 1}


def test_edits_of_different_lots_are_both_kept(ana, luis, plan):
    first, other, third, *_ = plan.lots.index
    hers, his = edit(ana, first, area=1.0).drop(index=third), edit(luis, other, area=2.0)
    ana.write({"lots": hers}, "A")
    luis.write({"lots": his}, "A")
    now = ana.read("lots")
    assert now.loc[[first, other], "area"].tolist() == [1.0, 2.0]
    assert third not in now.index


def test_a_row_that_another_took_away_changed_or_added_is_a_conflict(ana, luis, plan):
    first, other, *_ = plan.lots.index
    gone, changed = edit(luis, first, area=2.0), plan.lots.drop(index=first)
    ana.read("lots")
    ana.write({"lots": changed}, "A")
    with pytest.raises(ConflictError, match="taken away since"):
        luis.write({"lots": gone}, "A")
    lots = luis.read("lots")
    ana.write({"lots": edit(ana, other, area=5.0)}, "A")
    with pytest.raises(ConflictError, match="would be taken away were changed"):
        luis.write({"lots": lots.drop(index=other)}, "A")
    lots = luis.read("lots")
    ana.write({"lots": plan.lots.assign(area=lots["area"].reindex(plan.lots.index).fillna(9.0))}, "A")
    with pytest.raises(ConflictError, match="are there and were not read") as refused:
        luis.write({"lots": plan.lots}, "A")
    assert refused.value.ids == [first]


def test_what_was_never_read_is_not_overwritten(ana, luis, plan):
    with pytest.raises(ConflictError, match="not read"):
        luis.write({"lots": plan.lots.assign(area=1.0)}, "A")
    assert luis.write({"lots": luis.read("lots").assign(area=1.0)}, "A")["lots"] == len(plan.lots)


def test_two_who_write_at_the_same_moment_wait_and_one_is_told(ana, luis, plan, database):
    first = plan.lots.index[0]
    hers, his = edit(ana, first, area=1.0), edit(luis, first, area=2.0)
    results, start = [], threading.Barrier(2)

    def write(store, lots):
        start.wait()
        try:
            results.append(store.write({"lots": lots}, "A")["lots"])
        except ConflictError:
            results.append("conflict")

    threads = [threading.Thread(target=write, args=pair) for pair in ((ana, hers), (luis, his))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, results)) == ["1", "conflict"]
    ((versions,),) = sql(database, f"SELECT row_version FROM plan.lots WHERE lot_id = '{first}'")[0]
    assert versions == 2


def test_edits_of_other_programs_count_are_recorded_and_undone(ana, plan, database):
    before, first = int(ana.history().index[-1]), plan.lots.index[0]
    mine = edit(ana, first, area=5.0)
    sql(
        database,
        f"UPDATE plan.lots SET area = 7, geom = ST_Translate(geom, 5, 5) WHERE lot_id = '{first}'",
        f"DELETE FROM plan.lots WHERE lot_id = '{plan.lots.index[1]}'",
    )
    with pytest.raises(ConflictError, match=first):
        ana.write({"lots": mine}, "A")
    told = ana.history("lots").loc[before + 1 :]
    assert told["operation"].tolist() == ["update", "delete"]
    assert told["who"].isna().all()
    assert set(told["account"]) == {"postgres"}
    assert ana.undo(before) == 2
    back = ana.read("lots")
    assert back.geometry.sort_index().geom_equals_exact(plan.lots.geometry.sort_index(), 0).all()
    with pytest.raises(Exception, match="only added to"):
        sql(database, "DELETE FROM plan.history")


def test_columns_that_others_add_and_drop_are_in_the_history_of_those_who_work_on(ana, plan, database):
    before, first = int(ana.history().index[-1]), plan.lots.index[0]
    lots = edit(ana, first, area=1.0)
    ana.write({"lots": lots}, "A")  # the session of ana knows the table as it was
    sql(database, "ALTER TABLE plan.lots ADD COLUMN tree text DEFAULT 'molle'")
    lots.loc[first, "area"] = 2.0
    ana.write({"lots": lots}, "A")
    assert set(ana.read("lots")["tree"]) == {"molle"}  # who does not know a column leaves it
    sql(database, f"UPDATE plan.lots SET tree = 'olivo' WHERE lot_id = '{first}'")
    sql(database, f"DELETE FROM plan.lots WHERE lot_id = '{plan.lots.index[1]}'")
    told = [json.loads(one) for one in ana.history("lots").loc[before + 1 :, "before"]]
    assert [one.get("tree") for one in told] == [None, None, "molle", "molle"]
    assert ana.undo(before + 2) == 2
    assert set(ana.read("lots")["tree"]) == {"molle"}
    sql(database, "ALTER TABLE plan.lots DROP COLUMN tree")
    ana.write({"lots": edit(ana, first, area=3.0)}, "A")
    assert json.loads(ana.history("lots")["before"].iloc[-1]) == {"area": 2.0}
    ana.undo(before)  # past the changes of a column that is no more
    back = ana.read("lots")
    assert_frame_equal(back.sort_index()[plan.lots.columns.tolist()], plan.lots.sort_index())
    assert ana.check() == []


def test_a_changed_plan_is_told_to_those_who_listen(ana, luis, plan):
    with pytest.raises(StopIteration):
        next(luis.watch(0.01))
    heard = luis.watch(5)
    ana.write({"lots": edit(ana, plan.lots.index[0], area=1.0)}, "A")
    assert next(heard) == ("lots", "A")
    heard.close()


def login(database, name, role, password=None):
    told = f"PASSWORD '{password}'" if password else ""
    exists = f"SELECT FROM pg_roles WHERE rolname = '{name}'"
    if not sql(database, exists)[0]:
        sql(database, f"CREATE ROLE {name} LOGIN {told}")
    sql(database, f"GRANT {role} TO {name}")
    return make_url(database).set(username=name, password=password).render_as_string(hide_password=False)


def test_each_role_does_what_it_may(ana, plan, database):
    first = plan.lots.index[0]
    with io.open(login(database, "visitor", "ilo_reader")) as reader:
        assert len(reader.read("lots")) == len(plan.lots)
        with pytest.raises(WriteError, match=r"permission denied.*administrator"):
            reader.write({"lots": edit(reader, first, area=1.0)}, "A")
    with io.open(login(database, "planner", "ilo_planner")) as planner:
        assert planner.write({"lots": edit(planner, first, area=1.0)}, "A") == {"lots": 1}
        assert planner.history("lots")["account"].tolist()[-1] == "planner"
        with pytest.raises(WriteError, match=r"permission denied.*ilo_admin"):
            planner.write({"lots": planner.read("lots").assign(note="mine")}, "A")
    for statement in ("DELETE FROM plan.history", "INSERT INTO plan.history (at) VALUES (now())"):
        with pytest.raises(Exception, match="permission denied"):
            sql(login(database, "planner", "ilo_planner"), statement)
    with io.open(login(database, "head", "ilo_admin")) as admin:
        admin.write({"lots": admin.read("lots").assign(note="mine")}, "A")
        admin.copy_scenario("A", "B")


def test_a_stranger_sees_nothing(ana, database):
    with pytest.raises((ReadError, WriteError), match=r"permission denied|no project"):
        io.open(login(database, "stranger", "pg_monitor"))


def test_no_address_tells_its_password(ana, database, cluster):
    secret = "s3cr3t"
    address = login(database, "keeper", "ilo_reader", secret)
    with io.open(address) as store:
        assert secret not in f"{store.address} {store!r} {vars(store)}"
    wrong = [
        f"postgresql://ana:{secret}@localhost:1/ilo",
        f"postgresql://ana@localhost:1/ilo?password={secret}",
        f"postgresql://ana:{secret}@localhost:port/ilo",
        f"postgresql://ana:{secret}@/no_such_database?host={cluster}",
        f"postgresql://ana:{secret}@localhost",
    ]
    for one in wrong:
        with pytest.raises(ReadError) as refused:
            io.open(one)
        error = refused.value
        while error is not None:
            assert secret not in str(error), one
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def test_what_is_no_project_is_refused(database):
    with pytest.raises(ReadError, match="create=True"):
        io.open(database)


def test_switched_off_triggers_are_found(ana, database):
    sql(database, "ALTER TABLE plan.lots DISABLE TRIGGER history_update")
    assert ana.check() == ["lots: history_update is missing or switched off"]


@pytest.mark.parametrize("page", ["storage.md", "storage.es.md"])
def test_what_the_page_shows_of_servers_runs(page, database, plan, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    io.write_project(plan, "sector.gpkg")
    text = (Path(__file__).parents[2] / "docs" / page).read_text("utf-8")
    code = text.partition("```py\n")[2].partition("```")[0]
    for address in re.findall(r'"(postgresql://[^"]*)"', code):
        code = code.replace(address, database)
    names = {}
    exec(compile(code, page, "exec"), names)
    with io.open(database) as store:
        assert store.history("lots")["operation"].tolist() == ["load", "update"]


def test_heights_and_crs_of_ones_own_are_refused(database, plan):
    with io.open(database, create=True) as store:
        with pytest.raises(CRSError, match="EPSG"):
            store.write({"blocks": plan.blocks.to_crs("+proj=utm +zone=19 +south +ellps=intl +units=m")})
        with pytest.raises(WriteError, match="dimension"):
            store.write({"blocks": plan.blocks.set_geometry(shapely.force_3d(plan.blocks.geometry, 1.0))})


@pytest.mark.parametrize(
    "command", [["check"], ["history"], ["undo", "--to", "0"], ["export", "--to", "csv", "--out", "x"]]
)
def test_no_command_tells_a_password(command, monkeypatch, capsys):
    name, *options = command
    monkeypatch.setattr("sys.argv", ["ilo-gis", name, "postgresql://ana:s3cr3t@localhost:1/ilo", *options])
    with pytest.raises(SystemExit):
        main()
    told = capsys.readouterr()
    assert "s3cr3t" not in told.out + told.err
    assert "ReadError" in told.err
