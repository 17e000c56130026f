"""A plan as DXF: read back by ezdxf and by GDAL, with exact coordinates, ids and texts inside."""

import dataclasses
import runpy
from pathlib import Path

import ezdxf
import geopandas as gpd
import pytest
import shapely

from ilo_gis import io, subdivision, tables
from ilo_gis.errors import PrivacyError, WriteError

fake_plan = runpy.run_path(str(Path(__file__).parents[1] / "plotting" / "fake_plan.py"))["fake_plan"]


@pytest.fixture(scope="module")
def content():
    plan = fake_plan(3, 2, angle=30)
    court = plan.blocks.geometry.iloc[0].centroid.buffer(3, quad_segs=1)
    blocks = plan.blocks.copy()
    blocks.loc["A", "geometry"] = blocks.geometry["A"].difference(court)
    made = {field.name: getattr(plan, field.name) for field in dataclasses.fields(plan)} | {"blocks": blocks}
    return made | {"lot_sides": subdivision.lot_sides(plan.lots, plan.streets)}


@pytest.fixture(scope="module")
def path(content, tmp_path_factory):
    vertices = subdivision.perimeter_vertices(content["blocks"].loc[["A"]])
    file = tmp_path_factory.mktemp("dxf") / "plan.dxf"
    return io.write_dxf(content | {"vertices": vertices}, file, info={"schematic": "yes"})


def rings_of(drawing, table):
    """Return the rings of a table by id: a polygon each, first the outer one."""
    found = {}
    for line in drawing.modelspace().query("LWPOLYLINE"):
        if line.has_xdata("ILO_GIS"):
            name, key, ring = [tag.value for tag in line.get_xdata("ILO_GIS")][-3:]
            if name == f"table={table}":
                xy = [(x, y) for x, y, *_ in line.get_points()]
                found.setdefault(key.removeprefix("id="), {})[ring] = xy
    return found


@pytest.mark.parametrize("table", ["lots", "blocks", "reserves", "streets"])
def test_ezdxf_reads_the_same_polygons_with_their_ids(path, content, table):
    drawing = ezdxf.readfile(path)
    assert not drawing.audit().has_errors
    assert drawing.units == 6
    found = rings_of(drawing, table)
    assert set(found) == set(content[table].index)
    for key, rings in found.items():
        shape = shapely.Polygon(rings.pop(0), rings.values())
        assert shape.normalize().equals_exact(content[table].geometry[key].normalize(), 1e-9)


def test_gdal_reads_closed_lines_and_each_number_lies_in_its_lot(path, content):
    read = io.read_layer(path, crs=32719)
    lots = content["lots"][content["lots"]["kind"] == "lot"]
    lines = read[read["Layer"] == "LOTE"]
    assert lines.geometry.map(lambda line: line.is_closed).all()
    shapes = [shapely.Polygon(line.coords) for line in lines.geometry]
    both = gpd.GeoDataFrame(geometry=shapes, crs=32719).sjoin(lots.set_geometry(lots.representative_point()))
    assert len(both) == len(lots)
    assert shapely.area(shapes).sum() == pytest.approx(lots.area.sum())
    texts = read[read["Layer"] == "LOTE_TEXTO"].sjoin(lots, predicate="within")
    assert len(texts) == len(lots)
    assert (texts["Text"] == texts["number"].astype(str)).all()
    letters = read[read["Layer"] == "MZ_TEXTO"].sjoin(content["blocks"], predicate="intersects")
    assert (letters["Text"] == letters["block_id"]).sum() >= len(content["blocks"]) - 1  # A has a court


def test_the_reader_of_drawings_gives_lots_and_blocks_back_by_their_ids(path, content):
    read = io.read_dxf(path, 32719)[0]
    lots = content["lots"][content["lots"]["kind"] == "lot"]
    assert set(read["lots"].index) == set(lots.index)
    for key, shape in lots.geometry.items():
        assert shapely.hausdorff_distance(read["lots"].geometry[key], shape) < 1e-6
    assert set(content["blocks"].index) <= set(read["blocks"].index) | {"A"}  # its letter lies in its court


def test_fronts_areas_and_title_stand_where_they_belong(path, content):
    read = io.read_layer(path, crs=32719)
    fronts = read[read["Layer"] == "COTA"].sjoin(content["lots"], predicate="within")
    assert (fronts["Text"] == fronts["frontage"].map("{:.2f}".format)).mean() > 0.7  # corners have two
    said = set(read["Text"].dropna())
    assert {
        "CUADRO DE ÁREAS",
        "ESQUEMÁTICO: NO ES UN LEVANTAMIENTO",
        "UNIDADES: METROS",
        "P1-P2",
        "Vías",
    } <= said
    assert any("EPSG:32719" in text for text in said)
    assert f"{content['summary'].at['lots', 'area']:,.2f}" in said
    beside = read[read["Layer"].isin(["CUADRO", "MEMBRETE"])]
    assert beside.total_bounds[0] > content["streets"].total_bounds[2]


def test_same_bytes_english_and_texts_that_would_be_commands(content, tmp_path):
    for name in ("a", "b"):
        io.write_dxf(content, tmp_path / f"{name}.dxf", lang="en")
    assert (tmp_path / "a.dxf").read_bytes() == (tmp_path / "b.dxf").read_bytes()
    assert "SUBDIVISION PLAN" in (tmp_path / "a.dxf").read_text("cp1252")
    odd = content["reserves"].assign(kind="50%%u\n  0\nEOF ñ")
    io.write_dxf({"reserves": odd}, tmp_path / "odd.dxf")
    texts = {text.dxf.text for text in ezdxf.readfile(tmp_path / "odd.dxf").modelspace().query("TEXT")}
    assert "50% %u 0 EOF ñ" in texts


def test_refusals(content, tmp_path):
    with pytest.raises(PrivacyError, match="dni"):
        io.write_dxf({"lots": content["lots"].assign(dni="77665544")}, tmp_path / "x.dxf")
    with pytest.raises(WriteError, match="nothing to draw"):
        io.write_dxf({"lots": tables.empty("lots", 32719)}, tmp_path / "x.dxf")
    long = content["lots"].iloc[:1].rename(index=lambda _: "K" * 300)
    with pytest.raises(WriteError, match="ids that DXF cannot hold"):
        io.write_dxf({"lots": long}, tmp_path / "x.dxf")
    assert list(tmp_path.iterdir()) == []
