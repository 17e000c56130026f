"""A plan as DXF: read back by ezdxf and by GDAL, with exact coordinates, ids and texts inside."""

import dataclasses
import runpy
from pathlib import Path

import ezdxf
import geopandas as gpd
import pandas as pd
import pytest
import shapely
import shapely.affinity

from ilo_gis import io, subdivision, tables
from ilo_gis.errors import PrivacyError, RuleError, WriteError

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
    measures = read[read["Layer"] == "COTA"].sjoin(content["lots"], predicate="within")
    sides = content["lot_sides"]
    own = set(sides["lot_id"] + " " + sides["length"].map("{:.2f}".format))
    assert len(measures) > 100
    assert set(measures["lot_id"] + " " + measures["Text"]) <= own
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


def millimetres(*points):
    """Return points in whole millimetres, whichever comes first."""
    return frozenset((round(1000 * x), round(1000 * y)) for x, y in points)


def measured(drawing):
    """Return the dimensions of a drawing by their two ends."""
    ends = {}
    for one in drawing.modelspace().query("DIMENSION"):
        pair = millimetres(*((end.x, end.y) for end in (one.dxf.defpoint2, one.dxf.defpoint3)))
        ends.setdefault(pair, []).append(one)
    return ends


def test_each_side_has_one_dimension_that_measures_it_and_a_shared_side_not_two(path, content):
    drawing = ezdxf.readfile(path)
    sides, found = content["lot_sides"], measured(drawing)
    straight = sides[(sides["segments"] == 1) & (sides["length"] > 6)]
    assert len(straight) > 100
    for line, length in zip(straight.geometry, straight["length"], strict=True):
        (one,) = found[millimetres(line.coords[0], line.coords[-1])]
        assert one.get_measurement() == pytest.approx(length, abs=1e-3)
        assert one.dxf.actual_measurement == pytest.approx(length, abs=1e-3)
        assert (one.dxf.layer, one.dxf.dimstyle, one.dimtype) == ("COTA", "ILO", 1)
        (text,) = drawing.blocks[one.dxf.geometry].query("TEXT")
        assert text.dxf.text == f"{length:.2f}"
    style = drawing.dimstyles.get("ILO").dxf
    assert (style.dimse1, style.dimse2, style.dimtih, style.dimdec, style.dimzin) == (1, 1, 0, 2, 0)


def test_at_1_to_1000_no_measure_touches_a_number_a_side_or_another(content, tmp_path):
    lots = content["lots"][content["lots"]["kind"] == "lot"]
    some = {"lots": lots, "lot_sides": content["lot_sides"]}
    drawing = ezdxf.readfile(io.write_dxf(some, tmp_path / "lots.dxf", scale=1000))
    written = [*drawing.modelspace().query("TEXT[layer!='MEMBRETE']")]
    written += [
        text for block in drawing.blocks if block.name.startswith("*D") for text in block.query("TEXT")
    ]
    shapes = []
    for text in written:
        height, at = text.dxf.height, text.dxf.align_point
        wide = len(text.dxf.text) * height * 0.75  # of Arial's digits
        box = shapely.box(-wide / 2, -height / 2, wide / 2, height / 2)
        turned = shapely.affinity.rotate(box, text.dxf.rotation, origin=(0, 0))
        shapes.append(shapely.affinity.translate(turned, at.x, at.y))
    tree = shapely.STRtree(shapes)
    one, other = tree.query(shapes, predicate="intersects")
    assert (one == other).all()
    assert len(tree.query(lots.boundary.to_numpy(), predicate="intersects")[0]) == 0


def test_a_curved_side_has_its_length_as_a_text_and_dimensions_can_be_left_out(content, tmp_path):
    quarter = shapely.Point(0, 0).buffer(8, quad_segs=24).intersection(shapely.box(0, 0, 9, 9))
    lots = gpd.GeoDataFrame({"block_id": "A", "number": [1], "kind": "lot"}, geometry=[quarter], crs=32719)
    sides = subdivision.lot_sides(lots.set_index(pd.Index(["A-1"], name="lot_id")))
    one = {"lots": lots.set_index(pd.Index(["A-1"], name="lot_id")), "lot_sides": sides}
    drawing = ezdxf.readfile(io.write_dxf(one, tmp_path / "curve.dxf", scale=200))
    assert [d.get_measurement() for d in drawing.modelspace().query("DIMENSION")] == [8.0, 8.0]
    assert "L=12.56" in {text.dxf.text for text in drawing.modelspace().query("TEXT")}
    plain = ezdxf.readfile(io.write_dxf(content, tmp_path / "text.dxf", dimensions="text")).modelspace()
    assert not plain.query("DIMENSION")
    assert len(plain.query("TEXT[layer=='COTA']")) > 100
    bare = ezdxf.readfile(io.write_dxf(content, tmp_path / "none.dxf", dimensions="none")).modelspace()
    assert not bare.query("*[layer=='COTA']")
    with pytest.raises(RuleError, match="dimensions can be entities, text, none"):
        io.write_dxf(content, tmp_path / "x.dxf", dimensions="all")


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
