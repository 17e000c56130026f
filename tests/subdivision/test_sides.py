import tomllib
from importlib.resources import files

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from shapely import Polygon, affinity, box

from ilo_gis.errors import CRSError, GeometryError
from ilo_gis.geometry.edges import edges_of
from ilo_gis.geometry.measure import fronts
from ilo_gis.subdivision import LotRule, cut_lots
from ilo_gis.subdivision.sides import describe_sides, lot_sides, side_columns
from ilo_gis.tables import conform, empty

ROAD = box(-50, -12, 100, 0)


def layer(*shapes, ids=None, **columns):
    index = pd.Index(ids or [f"A-{n}" for n in range(1, len(shapes) + 1)], name="lot_id")
    return gpd.GeoDataFrame(columns, geometry=list(shapes), index=index, crs=32719)


def streets(*shapes, **columns):
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=32719)


def named(lot, *land, **columns):
    """Return side, length and segments of each row of one lot."""
    sides = lot_sides(layer(lot), streets(*(land or (ROAD,)), **columns))
    return list(zip(sides["side"], sides["length"].round(3), sides["segments"], strict=True))


def test_a_row_of_three():
    sides = lot_sides(
        layer(box(0, 0, 8, 20), box(8, 0, 16, 20), box(16, 0, 24, 20)), streets(ROAD, name=["Tacna"])
    )
    middle = sides[sides["lot_id"] == "A-2"]
    assert middle["side"].tolist() == ["front", "right", "back", "left"]
    assert middle["neighbour"].tolist() == ["Tacna", "A-3", "", "A-1"]
    assert middle["neighbour_kind"].tolist() == ["street", "lot", "outside", "lot"]
    assert middle["length"].tolist() == [8, 20, 8, 20]
    assert middle["azimuth"].tolist() == [90, 0, 270, 180]
    assert middle.index.tolist() == ["A-2/1", "A-2/2", "A-2/3", "A-2/4"]
    assert conform(sides, "lot_sides").equals(sides)


@pytest.mark.parametrize(
    ("lot", "expected"),
    [
        (Polygon([(0, 0), (10, 0), (5, 12)]), [("front", 10, 1), ("right", 13, 1), ("left", 13, 1)]),
        (Polygon([(0, 0), (10, 0), (0, 2)]), [("front", 10, 1), ("right", 10.198, 1), ("left", 2, 1)]),
        (  # a back that is pointed
            Polygon([(0, 0), (10, 0), (10, 20), (6, 23), (0, 18)]),
            [("front", 10, 1), ("right", 20, 1), ("back", 12.81, 2), ("left", 18, 1)],
        ),
        (  # an L: the far corners are those of its deeper arm
            Polygon([(0, 0), (10, 0), (10, 20), (4, 20), (4, 12), (0, 12)]),
            [("front", 10, 1), ("right", 20, 1), ("back", 6, 1), ("left", 24, 3)],
        ),
        (  # a vertex on a straight line is no end of a segment
            Polygon([(0, 0), (4, 0), (8, 0), (8, 9), (8, 20), (0, 20)]),
            [("front", 8, 1), ("right", 20, 1), ("back", 8, 1), ("left", 20, 1)],
        ),
        (  # nothing but the front has a corner of more than 30 degrees
            shapely.intersection(shapely.Point(0, -5).buffer(13), box(-20, 0, 20, 20)),
            None,
        ),
    ],
)
def test_shapes_by_hand(lot, expected):
    found = named(lot)
    if expected is None:
        assert [side for side, _, _ in found] == ["front", "right", "back", "left"]
    else:
        assert found == expected


def test_a_corner_lot_fronts_its_longer_street():
    found = lot_sides(layer(box(0, 0, 8, 20)), streets(ROAD, box(8, -12, 20, 20), name=["Tacna", None]))
    assert found["side"].tolist() == ["front", "right", "back", "left"]
    assert found["neighbour"].tolist() == ["1", "", "", "Tacna"]
    assert found["neighbour_kind"].tolist() == ["street", "outside", "outside", "street"]


def test_a_cut_off_corner_belongs_to_the_second_street():
    lot = Polygon([(0, 0), (20, 0), (23, 3), (23, 15), (0, 15)])
    street = box(-5, -9, 40, 30).difference(shapely.union_all([lot, box(-9, 0, 0, 40), box(0, 15, 23, 40)]))
    assert named(lot, street)[:2] == [
        ("front", 20, 1),
        ("right", pytest.approx(12 + 3 * 2**0.5, abs=1e-3), 2),
    ]


def test_the_back_of_a_through_lot_is_on_a_street():
    sides = lot_sides(layer(box(0, 0, 8, 20)), streets(ROAD, box(0, 20, 8, 30)))
    assert sides.set_index("side")["neighbour_kind"].to_dict() == {
        "front": "street", "right": "outside", "back": "street", "left": "outside",
    }  # fmt: skip


def test_a_lot_without_front_has_numbers_for_sides():
    lots = layer(box(0, 0, 8, 20), box(0, 20, 8, 30), kind=["lot", "remnant"], ids=["K-1", "K-R1"])
    sides = lot_sides(lots, streets(ROAD))
    inner = sides[sides["lot_id"] == "K-R1"]
    assert inner["side"].isna().all()
    assert inner["order"].tolist() == [1, 2, 3, 4]
    assert sorted(inner["neighbour_kind"]) == ["lot", "outside", "outside", "outside"]
    assert sides.loc["K-1/3", ["neighbour_kind", "neighbour"]].tolist() == ["remnant", "K-R1"]
    assert describe_sides(sides)["K-R1"].startswith("Por el lado 1: con ")


def test_each_neighbour_has_its_row():
    behind = [box(0, 20, 5, 40), box(5, 20, 8, 40)]
    lot = Polygon([(0, 0), (8, 0), (8, 20), (5, 20), (0, 20)])
    sides = lot_sides(layer(lot, *behind), streets(ROAD))
    back = sides[(sides["lot_id"] == "A-1") & (sides["side"] == "back")]
    assert back[["length", "neighbour"]].to_numpy().tolist() == [[3.0, "A-3"], [5.0, "A-2"]]


def test_without_streets_the_outline_is_street_but_a_hole_is_not():
    ring = box(0, 0, 60, 60).difference(box(20, 20, 40, 40))
    halves = [ring.intersection(box(0, 0, 30, 60)), ring.intersection(box(30, 0, 60, 60))]
    sides = lot_sides(layer(*halves))
    length = sides.groupby("neighbour_kind", observed=True)["length"].sum()
    assert length.to_dict() == {"street": 240, "lot": 80, "outside": 80}


@pytest.fixture(scope="module")
def crooked():
    block = Polygon([(0, 0), (93, 12), (110, 60), (40, 75), (-7, 40)])
    return cut_lots(layer(affinity.translate(block, 254_000, 8_047_000), ids=["K"]), LotRule(120.0, 7.0))


def test_all_sides_of_a_real_block(crooked):
    sides = lot_sides(crooked)
    assert np.allclose(sides.groupby("lot_id")["length"].sum()[crooked.index], crooked.length)
    shared = sides[sides["neighbour_kind"].isin(["lot", "remnant"])]
    there = shared.groupby(["lot_id", "neighbour"])["length"].sum()
    back = shared.groupby(["neighbour", "lot_id"])["length"].sum()
    assert np.allclose(there, back[there.index])
    for _, own in sides.groupby("lot_id"):
        assert shapely.line_merge(shapely.union_all(own.geometry)).is_ring
        assert own["side"].cat.codes.is_monotonic_increasing


def test_columns_say_the_same_as_sides_and_fronts(crooked):
    shapes, ids = np.asarray(crooked.geometry.array), crooked.index.to_numpy()
    edges = edges_of(shapes)
    street = np.where(edges.twin == -1, 0, -1)
    columns = side_columns(shapes, ids, edges, street, crooked.crs)
    sides = lot_sides(crooked)
    front = sides[sides["side"] == "front"].groupby("lot_id")["length"].sum().reindex(ids, fill_value=0)
    assert np.allclose(columns["frontage_main"], front)
    assert np.allclose(columns["frontage_main"] + columns["frontage_second"], crooked["frontage"])
    measured = fronts(shapes, np.full(len(shapes), shapely.union_all(shapes).exterior), 1e-3)
    assert np.allclose(columns["depth"], measured.depth, equal_nan=True)
    assert (columns["depth_second"].notna() == (columns["frontage_second"] > 0)).all()
    for name in ("right", "left", "back"):
        own = sides[(sides["side"] == name) & (sides["neighbour_kind"] != "street")]
        longest = own.assign(length=own["length"].round(3)).sort_values(["length", "order"])
        longest = longest.groupby("lot_id")["neighbour"].last()
        assert columns[f"neighbour_{name}"].tolist() == longest.reindex(ids, fill_value="").tolist()


@given(st.integers(0, 10_000), st.floats(0, 360), st.integers(0, 9), st.booleans())
@settings(max_examples=60, deadline=None)
def test_sides_do_not_depend_on_place_turn_or_how_the_ring_is_written(seed, angle, shift, back):
    points = np.random.default_rng(seed).uniform((0, 1), (20, 30), (7, 2))
    lot = shapely.MultiPoint([*points, (0, 0), (20, 0)]).convex_hull
    ring = np.roll(np.array(lot.exterior.coords)[:-1], shift, axis=0)
    written = Polygon(ring[::-1] if back else ring)
    moved = [
        affinity.translate(affinity.rotate(shape, angle, origin=(0, 0)), 254_000, 8_047_000)
        for shape in (written, ROAD)
    ]
    here, there = named(lot), named(*moved)
    assert [row[0] for row in here] == [row[0] for row in there]
    assert np.allclose([row[1] for row in here], [row[1] for row in there], atol=2e-3)


def test_descriptions_in_both_languages():
    lots = layer(box(0, 0, 8, 20), Polygon([(8, 0), (16, 0), (17, 10), (16, 20), (8, 20)]))
    sides = lot_sides(lots, streets(ROAD, name=["Calle Tacna"]))
    spanish, english = describe_sides(sides), describe_sides(sides, "en")
    assert spanish["A-2"] == (
        "Por el frente: con Calle Tacna, en línea recta de 8.00 m. "
        "Por la derecha, entrando: con terrenos de terceros, en línea quebrada de 2 tramos y 20.10 m. "
        "Por la izquierda, entrando: con el lote A-1, en línea recta de 20.00 m. "
        "Por el fondo: con terrenos de terceros, en línea recta de 8.00 m."
    )
    assert english["A-1"].startswith(
        "At the front: with Calle Tacna, in a straight line of 8.00 m. On the right"
    )
    assert spanish.index.tolist() == ["A-1", "A-2"]
    assert "vía pública" in describe_sides(lot_sides(lots))["A-1"]
    with pytest.raises(ValueError, match="es, en"):
        describe_sides(sides, "qu")


def test_both_languages_have_all_texts():
    texts = tomllib.loads((files("ilo_gis.subdivision") / "sides.toml").read_text("utf-8"))
    assert set(texts["es"]) == set(texts["en"])


def test_doors_are_kept():
    lots = layer(box(0, 0, 8, 20))
    before = lots.copy()
    assert_frame_equal(lot_sides(lots.iloc[:0]), empty("lot_sides", 32719))
    assert describe_sides(empty("lot_sides", 32719)).empty
    assert list(lot_sides(lots, streets(ROAD).iloc[:0])["neighbour_kind"]) == ["outside"] * 4
    assert_frame_equal(lots, before)
    with pytest.raises(CRSError, match="set_crs"):
        lot_sides(lots.set_crs(None, allow_override=True))
    with pytest.raises(CRSError, match="streets"):
        lot_sides(lots, streets(ROAD).set_crs(32718, allow_override=True))
    with pytest.raises(GeometryError, match="A-1"):
        lot_sides(layer(Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])))
