"""Drawings as surveyors send them, written here by hand: layers, texts, bulges, blocks, and their faults."""

import numpy as np
import pytest
from shapely import Point

from ilo_gis import io
from ilo_gis.errors import CRSError, ReadError, RuleError

E, N = 254_000.0, 8_046_000.0


def pairs(*codes):
    return "".join(f"{code}\n{value}\n" for code, value in codes)


def polyline(handle, layer, points, closed=True, bulges=()):
    codes = [(0, "LWPOLYLINE"), (5, handle), (8, layer), (90, len(points)), (70, int(closed))]
    for place, (x, y) in enumerate(points):
        codes += [(10, E + x), (20, N + y)]
        codes += [(42, bulges[place])] if place < len(bulges) and bulges[place] else []
    return pairs(*codes)


def rectangle(handle, layer, x, y, width=8, depth=20, **how):
    return polyline(handle, layer, [(x, y), (x + width, y), (x + width, y + depth), (x, y + depth)], **how)


def text(handle, layer, words, x, y, kind="TEXT"):
    return pairs((0, kind), (5, handle), (8, layer), (10, E + x), (20, N + y), (40, 1), (1, words))


def drawing(path, *entities, blocks=""):
    body = pairs((0, "SECTION"), (2, "HEADER"), (9, "$DWGCODEPAGE"), (3, "ANSI_1252"), (0, "ENDSEC"))
    body += pairs((0, "SECTION"), (2, "BLOCKS")) + blocks + pairs((0, "ENDSEC"))
    body += pairs((0, "SECTION"), (2, "ENTITIES")) + "".join(entities) + pairs((0, "ENDSEC"), (0, "EOF"))
    path.write_text(body, "cp1252")
    return path


def about(found, rule):
    return found.loc[found["rule"] == rule, "feature"].tolist()


@pytest.fixture
def plan(tmp_path):
    return drawing(
        tmp_path / "plan.dxf",
        rectangle("A0", "MZ", 0, 0, 16, 20),
        text("A1", "MZ_TEXTO", "MZ. A", 8, 10),
        rectangle("B0", "LOTE", 0, 0),
        rectangle("B1", "LOTE", 8, 0),
        text("B2", "Nro Lotes", "LOTE 1", 4, 10),
        text("B3", "LOTE", r"{\fArial|b0;\H2.5x;2}\P160.00 m2", 12, 10, "MTEXT"),
        text("B4", "LOTE", "A=160.00 m2", 4, 5),
        rectangle("C0", "VÍA", 0, -12, 40, 12),
        polyline("C1", "VIAS", [(0, -6), (40, -6)], closed=False),
        text("D0", "COTAS", "8.00", 4, 1),
    )


def test_blocks_lots_and_streets_are_named_by_the_texts_inside(plan):
    tables, found = io.read_dxf(plan, 32719)
    assert list(tables) == ["blocks", "lots", "streets", "street_lines"]
    assert tables["blocks"].index.tolist() == ["A"]
    lots = tables["lots"]
    assert lots.index.tolist() == ["A-1", "A-2"]
    assert lots["block_id"].tolist() == ["A", "A"]
    assert lots["number"].tolist() == [1, 2]
    assert lots["area"].tolist() == [160.0, 160.0]
    assert lots["handle"].tolist() == ["B0", "B1"]
    assert tables["street_lines"].length.tolist() == [40.0]
    assert found["rule"].tolist() == ["dxf.unread"]
    assert "COTAS (1)" in found["message_es"].iloc[0]


def test_layers_can_be_told(plan):
    tables, _ = io.read_dxf(plan, 32719, {"LOTE": "blocks"})
    assert list(tables) == ["blocks"]
    with pytest.raises(RuleError, match=r"no layer 'LOTES_X'\. Its layers are: COTAS, LOTE"):
        io.read_dxf(plan, 32719, {"LOTES_X": "lots"})
    with pytest.raises(RuleError, match="it can be: blocks, lots, streets"):
        io.read_dxf(plan, 32719, {"LOTE": "lot"})


def test_bulges_become_arcs_within_a_millimetre_at_a_hundred_metres(tmp_path):
    half = np.tan(np.pi / 8)  # a quarter of a circle
    quarter = polyline("B0", "LOTE", [(0, 0), (100, 0), (0, 100)], bulges=(0, half))
    lot = io.read_dxf(drawing(tmp_path / "arc.dxf", quarter), 32719)[0]["lots"].geometry.iloc[0]
    corners = np.array([c for c in lot.exterior.coords if Point(c).distance(Point(E, N)) > 1])
    radii = np.hypot(*(corners - (E, N)).T)
    assert radii == pytest.approx(100, abs=1e-6)
    middles = np.hypot(*((corners[:-1] + corners[1:]) / 2 - (E, N)).T)
    assert 100 - middles[middles > 99].min() < 1e-3
    assert lot.area == pytest.approx(np.pi * 100**2 / 4, rel=2e-5)


def test_inserted_blocks_are_opened_and_paper_is_left_out(tmp_path):
    lot = pairs((0, "BLOCK"), (8, "0"), (2, "LOT"), (70, 0), (10, 0), (20, 0))
    lot += rectangle("F0", "LOTE", -E, -N) + text("F1", "LOTE", "7", 4 - E, 10 - N) + pairs((0, "ENDBLK"))
    insert = pairs((0, "INSERT"), (5, "B0"), (8, "LOTE"), (2, "LOT"), (10, E + 50), (20, N + 50))
    paper = polyline("B9", "LOTE", [(0, 0), (8, 0), (8, 20)]).replace("8\nLOTE\n", "67\n1\n8\nLOTE\n")
    tables, found = io.read_dxf(drawing(tmp_path / "i.dxf", insert, paper, blocks=lot), 32719)
    assert tables["lots"].geometry.iloc[0].bounds == (E + 50, N + 50, E + 58, N + 70)
    assert tables["lots"]["number"].tolist() == [7]
    assert found.empty


@pytest.mark.parametrize(("gap", "rule"), [(0.004, "dxf.closed"), (0.3, "dxf.open")])
def test_gaps_are_told_and_only_small_ones_are_closed(tmp_path, gap, rule):
    corners = [(0, 0), (8, 0), (8, 20), (0, 20), (0, gap)]
    path = drawing(tmp_path / "gap.dxf", polyline("B0", "LOTE", corners, closed=False))
    tables, found = io.read_dxf(path, 32719)
    assert about(found, rule) == ["B0"]
    assert found.loc[found["rule"] == rule, "found"].iloc[0] == pytest.approx(gap)
    assert ("lots" in tables) == (rule == "dxf.closed")
    if "lots" in tables:
        assert tables["lots"].area.iloc[0] == pytest.approx(160, abs=0.02)
    assert "lots" in io.read_dxf(path, 32719, gap=0.5)[0]


def test_each_fault_is_told_by_its_handle(tmp_path):
    path = drawing(
        tmp_path / "bad.dxf",
        rectangle("A0", "MZ", 0, 0, 40, 20),
        text("A1", "MZ", "B", 20, 18),
        rectangle("B0", "LOTE", 0, 0),
        rectangle("B1", "LOTE", 0, 0),  # twice
        text("B2", "LOTE", "1", 3, 10),
        text("B3", "LOTE", "9", 5, 10),  # two texts
        rectangle("B4", "LOTE", 8, 0),  # no text
        rectangle("B5", "LOTE", 100, 0),  # no block
        text("B6", "LOTE", "3", 104, 10),
        text("B7", "LOTE", "44", 300, 300),  # in nothing
        polyline("B8", "LOTE", [(16, 0), (24, 20), (24, 0), (16, 20)]),  # crosses itself
        rectangle("B9", "LOTE", 24, 0),
        text("BA", "LOTE", "5", 28, 10),
        rectangle("BB", "LOTE", 32, 0),
        text("BC", "LOTE", "5", 36, 10),  # the same number
        polyline("BD", "LOTE", [(0, 0), (5, 5)], closed=False),
    )
    tables, found = io.read_dxf(path, 32719)
    assert about(found, "read.twice") == ["B1"]
    assert about(found, "dxf.two_texts") == ["B0"]
    assert about(found, "dxf.no_text") == ["B4", "B8"]
    assert len(about(found, "dxf.no_block")) == 1
    assert about(found, "dxf.text_outside") == ["B7"]
    assert about(found, "read.crossed") == ["B8"]
    assert about(found, "dxf.lines") == [""]
    assert tables["lots"].index.tolist() == ["B-[B0]", "B-[B4]", "3", "B-[B8]", "B-5", "B-5 (BB)"]
    assert "1, 9" in found.loc[found["rule"] == "dxf.two_texts", "message"].iloc[0]
    assert found.loc[found["rule"] == "read.twice", "message"].str.contains("as B0").all()
    assert (found["message_es"] != found["message"]).all()


def test_what_is_no_drawing_of_this_place_is_told(tmp_path, plan):
    local = drawing(tmp_path / "local.dxf", rectangle("B0", "LOTE", -E, -N))
    assert "read.elsewhere" in io.read_dxf(local, 32719)[1]["rule"].tolist()
    with pytest.raises(ReadError, match=r"no layer of blocks, lots or streets.*COTAS"):
        io.read_dxf(drawing(tmp_path / "c.dxf", text("D0", "COTAS", "8", 0, 0)), 32719)
    with pytest.raises(ReadError, match="nothing in its model space"):
        io.read_dxf(drawing(tmp_path / "e.dxf"), 32719)
    with pytest.raises(CRSError, match="degree"):
        io.read_dxf(plan, 4326)
    (tmp_path / "plan.dwg").write_bytes(b"AC1027")
    with pytest.raises(ReadError, match=r"no DXF file\. Save the drawing as DXF"):
        io.read_dxf(tmp_path / "plan.dwg", 32719)


def nested(levels, times=10):
    blocks = pairs((0, "BLOCK"), (8, "0"), (2, "L0"), (70, 0), (10, 0), (20, 0))
    blocks += rectangle("F0", "LOTE", -E, -N) + pairs((0, "ENDBLK"))
    for level in range(1, levels + 1):
        insert = pairs((0, "INSERT"), (8, "LOTE"), (2, f"L{level - 1}"), (10, 0), (20, 0))
        blocks += pairs((0, "BLOCK"), (8, "0"), (2, f"L{level}"), (70, 0), (10, 0), (20, 0))
        blocks += insert * times + pairs((0, "ENDBLK"))
    return pairs((0, "INSERT"), (5, "B0"), (8, "LOTE"), (2, f"L{levels}"), (10, E), (20, N)), blocks


def test_blocks_within_blocks_are_counted_before_they_are_drawn(tmp_path):
    insert, blocks = nested(9)
    path = drawing(tmp_path / "bomb.dxf", insert, blocks=blocks)
    for door in (io.read_layer, lambda path: io.read_dxf(path, 32719)):
        with pytest.raises(ReadError, match="amount to 1,000,000,000 entities; 1,000,000 are the most"):
            door(path)
    rows = pairs((0, "INSERT"), (8, "LOTE"), (2, "L0"), (70, 2000), (71, 2000), (10, E), (20, N))
    with pytest.raises(ReadError, match="amount to 4,000,000 entities"):
        io.read_dxf(drawing(tmp_path / "rows.dxf", rows, blocks=nested(0)[1]), 32719)
    insert, blocks = nested(2)
    tables, found = io.read_dxf(drawing(tmp_path / "few.dxf", insert, blocks=blocks), 32719)
    assert len(tables["lots"]) == 1
    assert about(found, "read.twice")[:2] == ["B0 (2)", "B0 (3)"]


def test_filled_areas_without_an_outline_are_told(tmp_path):
    square = [(10, E), (20, N), (11, E + 8), (21, N), (12, E), (22, N + 20), (13, E + 8), (23, N + 20)]
    filled = pairs((0, "SOLID"), (5, "1A"), (8, "LOTE"), *square)
    made, found = io.read_dxf(drawing(tmp_path / "a.dxf", filled), 32719)
    assert (len(made), found["rule"].tolist()) == (0, ["dxf.filled"])
    assert "La capa LOTE tiene 1 áreas rellenas" in found["message_es"].iloc[0]
    _, found = io.read_dxf(drawing(tmp_path / "b.dxf", filled, rectangle("1B", "LOTE", 0, 0)), 32719)
    assert "dxf.filled" not in set(found["rule"])
