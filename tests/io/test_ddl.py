"""The SQL schema made from the declared tables: valid, and it refuses what breaks a key or a range."""

import sqlite3

import pytest

from ilo_gis import tables
from ilo_gis.errors import PrivacyError, SchemaError
from ilo_gis.io.ddl import columns, ddl, key_of, parents_first
from ilo_gis.tables import integrity

PUBLIC = [name for name in tables.names() if name != "people"]


@pytest.fixture
def db():
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.execute("PRAGMA foreign_keys = ON")
    for statement in ddl(PUBLIC):
        db.execute(statement)
    db.execute("INSERT INTO scenarios (scenario, state) VALUES ('A', 'draft'), ('B', 'draft')")
    yield db
    db.close()


def add(db, table, **values):
    marks = ", ".join("?" * len(values))
    names = ", ".join(f'"{name}"' for name in values)
    db.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(values.values()))


def test_every_table_is_valid_sql_with_the_columns_declared(db):
    for name in PUBLIC:
        there = {row[1] for row in db.execute(f'PRAGMA table_info("{name}")')}
        assert there == set(columns(name))
        assert set(tables.describe(name).index) - {"geometry"} <= there


def test_keys_are_unique_within_a_scenario(db):
    add(db, "blocks", scenario="A", block_id="K", geom=b"")
    add(db, "blocks", scenario="B", block_id="K", geom=b"")
    with pytest.raises(sqlite3.IntegrityError, match=r"UNIQUE.*blocks\.block_id"):
        add(db, "blocks", scenario="A", block_id="K", geom=b"")


def test_a_lot_needs_a_block_of_its_own_scenario_at_once_or_when_the_end_is_asked_for(db):
    lot = {"scenario": "A", "lot_id": "K-1", "block_id": "K", "kind": "lot", "geom": b""}
    add(db, "blocks", scenario="B", block_id="K", geom=b"")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        add(db, "lots", **lot)
    db.execute("BEGIN")
    db.execute("PRAGMA defer_foreign_keys = ON")
    add(db, "lots", **lot)
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        db.execute("COMMIT")
    add(db, "blocks", scenario="A", block_id="K", geom=b"")
    db.execute("COMMIT")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        db.execute("DELETE FROM blocks WHERE scenario = 'A'")


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"area": -1.0}, "lots_area_range"),
        ({"kind": "park"}, "lots_kind_words"),
        ({"number": 0}, "lots_number_range"),
        ({"kind": None}, r"NOT NULL.*lots\.kind"),
        ({"geom": None}, r"NOT NULL.*lots\.geom"),
    ],
)
def test_what_breaks_a_range_or_a_list_of_words_is_refused(db, values, named):
    add(db, "blocks", scenario="A", block_id="K", geom=b"")
    good = {"scenario": "A", "lot_id": "K-1", "block_id": "K", "kind": "lot", "geom": b""}
    with pytest.raises(sqlite3.IntegrityError, match=named):
        add(db, "lots", **(good | values))
    add(db, "lots", **good)


def test_deleting_a_scenario_takes_its_rows_and_no_others(db):
    for scenario in "AB":
        add(db, "streets", scenario=scenario, street_id="S1", geom=b"")
    db.execute("DELETE FROM scenarios WHERE scenario = 'A'")
    assert db.execute("SELECT scenario FROM streets").fetchall() == [("B",)]


def test_the_data_of_integrity_name_declared_columns():
    known = {name: tables.describe(name).index for name in tables.names()}
    for row in integrity.relations().itertuples():
        assert row.column in known[row.table], row
        assert row.references in known, row
    for file in ("ranges", "words", "may_be_missing"):
        for row in integrity._read(file).itertuples():
            assert row.column in known.get(row.table, {row.column}), row
    assert set(integrity._read("keys")["table"]) <= set(known)


def test_tables_come_after_those_they_refer_to():
    order = parents_first(PUBLIC)
    assert sorted(order) == PUBLIC
    assert order.index("scenarios") < order.index("blocks") < order.index("lots") < order.index("payments")
    assert key_of("payments") == "payment_id"


def test_postgis_has_its_own_types_and_asks_for_a_crs():
    made = "\n".join(ddl(PUBLIC, "postgis", 32719))
    assert '"geom" geometry(Polygon, 32719) NOT NULL' in made
    assert 'USING gist ("geom")' in made
    with pytest.raises(SchemaError, match="EPSG"):
        ddl(["lots"], "postgis")


def test_the_private_table_gets_no_sql():
    with pytest.raises(PrivacyError):
        ddl(["people"])
