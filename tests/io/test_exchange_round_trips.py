"""What is written for offices reads back as it was: geometry to a micrometre, ids, values and types."""

import dataclasses
import runpy
from importlib.util import find_spec
from pathlib import Path

import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from ilo_gis import io, tables
from ilo_gis.errors import PrivacyError, WriteError

fake_plan = runpy.run_path(str(Path(__file__).parents[1] / "plotting" / "fake_plan.py"))["fake_plan"]
ODD = {"=1+1", "+51", "-", "@x", "\tx", "'x", "", "x ", "Ñandú «á»", 'say "no"', "a\nb", "007", "2020-01-01"}
DAY = pd.Timestamp("1994-05-31T12:30:15.123")


def content_of(plan):
    return {field.name: getattr(plan, field.name) for field in dataclasses.fields(plan)}


def write(content, folder, kind):
    if kind == "csv":
        return io.write_csv(content, folder / "out")
    if kind == "geojson":
        return io.write_geojson(content, folder / "out")
    if kind == "parquet":
        return io.write_parquets(content, folder / "out")
    if kind == "xlsx":
        return io.write_xlsx(content, folder / "out.xlsx")
    return io.write_shapefile(content, folder / ("out.zip" if kind == "zip" else "out"))


PARQUET = pytest.param(
    "parquet", marks=pytest.mark.skipif(not find_spec("pyarrow"), reason="needs the extra 'parquet'")
)
KINDS = ["csv", "geojson", PARQUET, "xlsx", "shp", "zip"]
kinds = pytest.mark.parametrize("kind", KINDS)


def same(back, table):
    """Equal in ids, order of columns, types and values; geometries within a micrometre."""
    if "geometry" in table:
        assert back.crs == table.crs
        order = back.index.get_indexer(table.index)
        for one, other in zip(back.geometry.iloc[order], table.geometry, strict=True):
            assert (one is None) == (other is None)
            if one is not None:
                assert one.geom_type == other.geom_type
                assert shapely.get_num_coordinates(one) == shapely.get_num_coordinates(other)
                assert shapely.hausdorff_distance(one, other) < 1e-6
    flat, there = (pd.DataFrame(t.drop(columns="geometry", errors="ignore")) for t in (table, back))
    assert_frame_equal(there.loc[flat.index], flat, rtol=1e-14, check_index_type=False)


@kinds
def test_all_tables_of_a_plan(kind, tmp_path):
    content = content_of(fake_plan(3, 2, angle=30))
    path = write(content, tmp_path, kind)
    for name, table in content.items():
        same(io.read_exported(path, name, crs=32719), tables.conform(table, name))


@kinds
def test_points_polygons_and_nothing_in_one_table(kind, tmp_path):
    found = fake_plan(2, 2).findings
    shapes = [found.geometry.iloc[0], found.geometry.iloc[1].centroid, None]
    mixed = pd.concat([found.iloc[:2], found.iloc[:1].rename(index={found.index[0]: 99})]).set_geometry(
        shapes
    )
    path = write({"findings": mixed}, tmp_path, kind)
    same(io.read_exported(path, "findings", crs=32719), mixed)


def events(texts, number=2**60 + 1):
    count = len(texts)
    table = pd.DataFrame(
        {
            "lot_id": [f"Ñ-{n}" for n in range(count)],
            "kind": "titled",
            "date": [DAY if n % 2 else pd.Timestamp("1850-01-02") for n in range(count)],
            "evidence": texts,
            "my_count": number,
        },
        index=pd.Index([f"E{n}" for n in range(count)], name="event_id"),
    )
    return tables.complete(table, "lot_events")


@kinds
def test_odd_values(kind, tmp_path):
    table = events([*sorted(ODD), None, "ñ" * 700, "_x000D_", "\r\n"])
    path = write({"lot_events": table}, tmp_path, kind)
    back = io.read_exported(path, "lot_events")
    back["my_count"] = back["my_count"].astype("int64")  # no table declares it
    same(back, table)


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40) | st.sampled_from(sorted(ODD))


@kinds
@settings(max_examples=4, deadline=None)
@given(st.lists(texts | st.none(), min_size=1, max_size=6), st.integers(-(2**62), 2**62))
def test_any_text_and_number(tmp_path_factory, kind, written, number):
    table = events(written, number)
    back = io.read_exported(write({"lot_events": table}, tmp_path_factory.mktemp("t"), kind), "lot_events")
    back["my_count"] = back["my_count"].astype("int64")
    same(back, table)


@pytest.mark.parametrize("projected", [False, True])
def test_geojson_is_in_degrees_unless_asked_otherwise(projected, tmp_path):
    plan = fake_plan(1, 1)
    io.write_geojson({"blocks": plan.blocks}, tmp_path / "out", projected=projected)
    text = (tmp_path / "out" / "blocks.geojson").read_text()
    assert ('"crs"' in text, "-71." in text) == (projected, not projected)
    same(io.read_exported(tmp_path / "out", "blocks", crs=32719), tables.conform(plan.blocks, "blocks"))


def test_vertices_of_csv_make_the_polygons_again(tmp_path):
    lots = fake_plan(1, 1, angle=17).lots
    io.write_csv({"lots": lots}, tmp_path / "out", vertices=True)
    rows = pd.read_csv(tmp_path / "out" / "lots_vertices.csv")
    made = rows.groupby("lot_id")[["easting", "northing"]].apply(lambda xy: shapely.Polygon(xy.to_numpy()))
    assert made.index.size == len(lots)
    assert all(made[i].equals_exact(lots.geometry[i], 1e-6) for i in lots.index)
    assert "geometry" not in (tmp_path / "out" / "lots.csv").read_text("utf-8-sig")


def test_qgis_knows_types_and_crs_of_csv_and_accents_of_shapefiles(tmp_path):
    """GDAL, which QGIS reads with, finds them by the files beside."""
    lots = tables.complete(fake_plan(1, 1).lots, "lots").assign(use="Ñandú")
    csv, shp = (
        io.write_csv({"lots": lots}, tmp_path / "c"),
        io.write_shapefile({"lots": lots}, tmp_path / "s"),
    )
    read = io.read_layer(csv / "lots.csv")
    assert read.crs == lots.crs
    assert read["number"].dtype == "int64"
    assert read["area"].dtype == "float64"
    read = io.read_layer(shp / "lots.shp")
    assert read.crs == lots.crs
    assert set(read["use"]) == {"Ñandú"}
    assert all(len(name) <= 10 for name in read.columns)
    fields = pd.read_csv(shp / "lots_fields.csv", index_col="column")
    assert fields.loc["neighbour_right", "alias_es"] == "Colindante derecho"


@kinds
def test_same_tables_same_bytes_and_nothing_is_overwritten(kind, tmp_path):
    content = {"lots": fake_plan(1, 1).lots, "summary": fake_plan(1, 1).summary}
    made = []
    for name in "ab":
        (tmp_path / name).mkdir()
        path = write(content, tmp_path / name, kind)
        made.append(
            [file.read_bytes() for file in sorted(path.iterdir())] if path.is_dir() else path.read_bytes()
        )
    assert made[0] == made[1]
    with pytest.raises(WriteError, match="overwrite"):
        write(content, tmp_path / "a", kind)


@kinds
def test_names_of_people_and_control_characters_are_refused(kind, tmp_path):
    table = events(["x"])
    with pytest.raises(PrivacyError, match="dni"):
        write({"lot_events": table.assign(dni="77665544")}, tmp_path, kind)
    with pytest.raises(WriteError, match="evidence has control characters in E0"):
        write({"lot_events": table.assign(evidence="a\x00b")}, tmp_path, kind)
    assert list(tmp_path.iterdir()) == []
