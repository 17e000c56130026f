"""The private table of people: only registrars see it, and nothing else on the server has a trace of it."""

import runpy
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from sqlalchemy import NullPool, create_engine, make_url, text

from ilo_gis import io, tables
from ilo_gis.errors import ConflictError, WriteError

ROOT = Path(__file__).parents[1]
fake_plan = runpy.run_path(str(ROOT / "plotting" / "fake_plan.py"))["fake_plan"]
SECRET = "Juana Quispe"


@pytest.fixture
def people():
    rows = {
        "household_id": ["H1", "H1"],
        "name": [SECRET, "N.N."],
        "birth": [pd.Timestamp("1990-12-31"), pd.NaT],
    }
    return tables.complete(pd.DataFrame(rows, index=pd.Index(["P1", "P2"], name="person_id")), "people")


@pytest.fixture
def login(database):
    """Return the address for somebody with a role, in a project with a plan."""
    with io.open(database, create=True) as store:
        store.write(fake_plan(1, 1, lots=2), "A")

    def address(role):
        name = f"some_{role}"
        with engine(database).begin() as db:
            if not db.execute(text("SELECT FROM pg_roles WHERE rolname = :n"), {"n": name}).all():
                db.execute(text(f"CREATE ROLE {name} LOGIN IN ROLE {role}"))
        return str(make_url(database).set(username=name))

    return address


def engine(address):
    return create_engine(make_url(address).set(drivername="postgresql+psycopg"), poolclass=NullPool)


def test_only_registrars_see_people(login, people, tmp_path):
    with io.open(login("ilo_registrar")) as store:
        store.write_people(people)
        assert_frame_equal(store.read_people(), people)
        assert "people" not in store.tables()
        assert not store.read("lots").empty
    for role in ("ilo_reader", "ilo_planner", "ilo_admin"):
        with io.open(login(role)) as store:
            with pytest.raises(WriteError, match="permission denied"):
                store.read_people()
            with pytest.raises(WriteError, match="permission denied"):
                store.write_people(people)
            assert SECRET not in store.history().to_string()
            assert SECRET.encode() not in store.snapshot(tmp_path / f"{role}.gpkg").read_bytes()


def test_the_second_registrar_is_told_and_no_error_tells_a_name(login, people):
    address = login("ilo_registrar")
    with io.open(address) as one, io.open(address) as two:
        one.write_people(people)
        with pytest.raises(ConflictError, match="P1, P2") as refused:
            two.write_people(people.iloc[:1])
        assert SECRET not in str(refused.value)
        both = two.read_people()
        one.write_people(people.assign(phone="1"))
        with pytest.raises(ConflictError):
            two.write_people(both)
        for wrong in ("\x00", "\ud800"):
            with pytest.raises(WriteError) as refused:
                one.write_people(people.assign(name=SECRET + wrong))
            assert SECRET not in str(refused.value)
        assert one.read_people()["name"].tolist() == people["name"].tolist()


def test_the_table_on_the_server_has_the_columns_declared(login, database):
    found = "SELECT attname FROM pg_attribute WHERE attrelid = 'people.people'::regclass AND attnum > 0"
    login("ilo_reader")
    with engine(database).begin() as db:
        assert db.execute(text(f"{found} ORDER BY attnum")).scalars().all() == list(
            tables.describe("people").index
        )


def test_who_makes_a_project_needs_not_be_superuser_and_sees_no_people(database):
    name = make_url(database).database
    with engine(database).begin() as db:
        db.execute(text("CREATE ROLE founder LOGIN CREATEROLE"))
        db.execute(text(f"GRANT CREATE ON DATABASE {name} TO founder WITH GRANT OPTION"))
    with io.open(str(make_url(database).set(username="founder")), create=True) as store:
        store.write(fake_plan(1, 1, lots=2), "A")
        with pytest.raises(WriteError, match="permission denied"):
            store.read_people()
