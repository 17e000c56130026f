"""Outlines from lists of vertices as plans of titles give them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon

from ilo_gis import io
from ilo_gis.errors import ReadError

SQUARE = [
    (254_000.5, 8_046_000.25),
    (254_008.5, 8_046_000.25),
    (254_008.5, 8_046_020.25),
    (254_000.5, 8_046_020.25),
]


def read(tmp_path, text, saved="utf-8", **how):
    (tmp_path / "v.csv").write_text(text, saved)
    return io.read_vertices(tmp_path / "v.csv", 32719, **how)


def lines(header, *rows):
    return "\n".join([header, *rows]) + "\n"


@pytest.mark.parametrize(
    ("header", "form", "encoding"),
    [
        ("vertice,este,norte", "{v},{e},{n}", "utf-8"),
        ("Vértice;Este;Norte", "{v};{e};{n}", "utf-8-sig"),
        ("VÉRTICE;ESTE (X);NORTE (Y)", "{v};{ec};{nc}", "cp1252"),
        ("Nro\tX\tY", "{v}\t{ec}\t{nc}", "utf-16"),
        ("punto|e|n", "{v}|{ed}|{nd}", "cp850"),
    ],
)
def test_every_office_writes_them_otherwise(tmp_path, header, form, encoding):
    rows = []
    for vertex, (e, n) in zip("ABCD", SQUARE, strict=True):
        point = {"v": vertex, "e": e, "n": n, "ec": f"{e}".replace(".", ","), "nc": f"{n}".replace(".", ",")}
        dots = {
            key: f"{x:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")
            for key, x in (("ed", e), ("nd", n))
        }
        rows.append(form.format(**point, **dots))
    made, found = read(tmp_path, lines(header, *rows), encoding)
    assert list(made) == ["blocks"]
    assert made["blocks"].geometry.iloc[0].equals_exact(Polygon(SQUARE), 1e-6, normalize=True)
    assert found.empty


def test_lots_have_their_block_and_number_and_vertices_their_order(tmp_path):
    rows = [f"K;12;P{place};{e};{n}" for place, (e, n) in zip((10, 1, 2, 9), SQUARE, strict=True)]
    rows += [f"K;13;{'ABCD'[place]};{e + 8};{n}" for place, (e, n) in enumerate(SQUARE)]
    rows.append(f"K;13;A;{SQUARE[0][0] + 8};{SQUARE[0][1]}")  # the first again
    made, found = read(tmp_path, lines("Mz;Lote;Vertice;Este;Norte", *rows))
    lots = made["lots"]
    assert lots.index.tolist() == ["K-12", "K-13"]
    assert lots["number"].tolist() == [12, 13]
    assert lots["area"].tolist() == pytest.approx([160, 160])
    assert found.empty
    by_name = [*SQUARE[1:], SQUARE[0]]  # P1, P2, P9, P10
    assert list(lots.geometry["K-12"].exterior.coords)[:4] == by_name


def test_a_column_of_order_wins(tmp_path):
    rows = [f"{place},{'DBCA'[place]},{e},{n}" for place, (e, n) in enumerate(SQUARE)]
    made, found = read(tmp_path, lines("orden,vertice,x,y", *reversed(rows)))
    assert made["blocks"].geometry.iloc[0].equals_exact(Polygon(SQUARE), 1e-6, normalize=True)
    assert found.empty


def test_each_fault_is_told_and_its_outline_not_made(tmp_path):
    def outline(name, *points):
        return [f"{name},{vertex},{e},{n}" for vertex, e, n in points]

    good = [(v, *p) for v, p in zip("ABCD", SQUARE, strict=True)]
    rows = [
        *outline("good", *good),
        *outline("few", *good[:2], good[0]),
        *outline("gap", *good, ("A", 254_000.9, 8_046_000.25)),
        *outline("again", *good[:3], ("B", 254_001, 8_046_021)),
        *outline("word", *good[:3], ("D", "s/n", 8_046_020)),
        *outline("inf", *good[:3], ("D", "inf", 8_046_020)),
        *outline("twice", *good),
        *outline("cross", *(good[i][:1] + good[j][1:] for i, j in ((0, 0), (1, 2), (2, 1), (3, 3)))),
    ]
    made, found = read(tmp_path, lines("poligono,vertice,este,norte", *rows))
    assert made["blocks"].index.tolist() == ["cross", "good"]
    told = found.set_index("rule")["feature"]
    assert told["vertices.few"] == "few"
    assert told["vertices.gap"] == "gap"
    assert found.set_index("rule").at["vertices.gap", "found"] == pytest.approx(0.4)
    assert told["vertices.again"] == "again"
    assert told["vertices.no_number"].tolist() == ["21", "25"]  # lines of the file
    assert told["read.twice"] == "twice"
    assert told["read.crossed"] == "cross"


def test_what_is_no_list_of_vertices_is_told(tmp_path):
    with pytest.raises(ReadError, match=r"no column of north\. Its columns are: este, alto"):
        read(tmp_path, "este,alto\n1,2\n")
    with pytest.raises(ReadError, match="line 2, has 3 cells, but 2 columns"):
        read(tmp_path, "este,norte\n254000,50,8046000\n")
    with pytest.raises(ReadError, match="is empty"):
        read(tmp_path, "\n")
    with pytest.raises(ReadError, match="not in utf-8: byte 1"):
        read(tmp_path, "vértice,este,norte\n", "cp1252", encoding="utf-8")
    with pytest.raises(ReadError, match="no encoding 'utf8000'"):
        read(tmp_path, "este,norte\n", encoding="utf8000")
    (tmp_path / "v.csv").write_bytes(b"este,norte\n\0\0\n")
    with pytest.raises(ReadError, match="bytes that are no text"):
        io.read_vertices(tmp_path / "v.csv", 32719)
    made, found = read(tmp_path, "este,norte\n")
    assert made["blocks"].empty
    assert found.empty


@settings(max_examples=25, deadline=None)
@given(st.integers(3, 60), st.randoms(use_true_random=False))
def test_lines_may_come_in_any_order_where_vertices_have_numbers(tmp_path_factory, count, chance):
    angles = np.linspace(0, 2 * np.pi, count, endpoint=False)
    ring = np.round(np.column_stack([254_000 + 50 * np.cos(angles), 8_046_000 + 50 * np.sin(angles)]), 3)
    rows = [f"V{place},{e:.3f},{n:.3f}" for place, (e, n) in enumerate(ring, 1)]
    chance.shuffle(rows)
    made, found = read(tmp_path_factory.mktemp("v"), lines("vertice,este,norte", *rows))
    assert np.array_equal(np.asarray(made["blocks"].geometry.iloc[0].exterior.coords)[:-1], ring)
    assert found.empty


def test_tables_with_semicolons_and_decimal_commas_are_read(tmp_path):
    (tmp_path / "t.csv").write_text("lote;área;nota\nK-1;1.160,50;a,b\nK-2;90,25;=2+3\n", "cp1252")
    table = io.read_table(tmp_path / "t.csv")
    assert table.columns.tolist() == ["lote", "área", "nota"]
    assert table["área"].tolist() == ["1160.50", "90.25"]
    assert table["nota"].tolist() == ["a,b", "=2+3"]
    (tmp_path / "twice.csv").write_text("a;a\n1;2\n")
    with pytest.raises(ReadError, match="names columns twice: a"):
        io.read_table(tmp_path / "twice.csv")
