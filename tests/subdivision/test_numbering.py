import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import Polygon, box

from ilo_gis.errors import CRSError, GeometryError, SchemaError
from ilo_gis.subdivision import LotRule, cut_lots, letter_blocks
from ilo_gis.subdivision.numbering import letter, number_around


def layer(*shapes, crs=32719, **columns):
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=crs)


GRID = [box(254000 + x, 8047000 + y, 254090 + x, 8047050 + y) for y in (120, 60, 0) for x in (0, 100, 200)]


@pytest.mark.parametrize(
    ("number", "text"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (702, "ZZ"), (703, "AAA")]
)
def test_letters(number, text):
    assert letter(number) == text


def test_letters_do_not_repeat():
    assert len({letter(n) for n in range(1, 5000)}) == 4999


def test_blocks_are_lettered_in_reading_order():
    lettered = letter_blocks(layer(*GRID))
    assert lettered.index.tolist() == list("ABCDEFGHI")
    assert lettered.index.name == "block_id"
    assert list(lettered.geometry) == GRID


def test_a_row_a_little_askew_is_one_row():
    askew = [box(x, dy, x + 90, 50 + dy) for x, dy in [(0, 0), (100, 5), (200, 10), (300, 2)]]
    assert list(letter_blocks(layer(*askew)).geometry) == askew


def test_letters_do_not_depend_on_the_order_of_rows():
    blocks = layer(*GRID, name=list("abcdefghi"))
    shuffled = blocks.sample(frac=1, random_state=1)
    assert letter_blocks(shuffled)["name"].tolist() == list("abcdefghi")
    assert not shuffled.index.equals(blocks.index)  # nor is the input changed


def test_no_blocks_no_letters():
    assert letter_blocks(layer()).index.tolist() == []


@pytest.mark.parametrize(
    ("blocks", "error"),
    [
        (layer(*GRID, crs=None), CRSError),
        (layer(*GRID, crs=4326), CRSError),
        (layer(None), GeometryError),
        (layer(shapely.Point(0, 0)), GeometryError),
        (layer(*GRID).set_axis([0] * 9), SchemaError),
    ],
)
def test_bad_blocks_are_refused(blocks, error):
    with pytest.raises(error):
        letter_blocks(blocks)


BLOCK = box(0, 0, 80, 40)
CLOCKWISE = np.array([[20, 40], [60, 40], [80, 20], [60, 0], [20, 0], [0, 20.0]])  # from the north-west


@pytest.mark.parametrize(
    "ring",
    [
        BLOCK.exterior,
        BLOCK.exterior.reverse(),
        shapely.segmentize(BLOCK, 7.0).exterior,
        Polygon([(80, 40), (0, 40), (0, 0), (80, 0)]).exterior,
    ],
)
def test_lots_are_numbered_clockwise_from_the_north_west(ring):
    numbers = number_around(np.array([ring] * 6), CLOCKWISE, np.zeros(6, dtype=int))
    assert numbers.tolist() == [1, 2, 3, 4, 5, 6]


def test_each_block_begins_at_one():
    rings = np.array([BLOCK.exterior] * 4)
    assert number_around(rings, CLOCKWISE[[3, 0, 1, 4]], np.array([7, 3, 7, 3])).tolist() == [2, 1, 1, 2]


def test_nothing_to_number():
    empty = np.empty((0, 2))
    assert number_around(np.array([], dtype=object), empty, np.zeros(0, int)).tolist() == []


def test_numbers_run_round_the_block():
    lots = cut_lots(layer(BLOCK).set_axis(["K"]), LotRule(160.0, 8.0))
    assert lots["number"].tolist() == list(range(1, 21))
    x, y = lots.centroid.x.round(3), lots.centroid.y.round(3)
    assert x.tolist()[:8] == [12, 20, 28, 36, 44, 52, 60, 68]  # the north side from the west
    assert (x["K-9"], y["K-9"]) == (76, 30)
    assert (x["K-10"], y["K-10"]) == (76, 10)
    assert (x["K-20"], y["K-20"]) == (4, 30)


def test_ids_do_not_depend_on_the_order_of_rows():
    blocks = letter_blocks(layer(*GRID))
    ordered = cut_lots(blocks, LotRule(160.0, 8.0))
    shuffled = cut_lots(blocks.sample(frac=1, random_state=2), LotRule(160.0, 8.0))
    assert sorted(ordered.index) == sorted(shuffled.index)
    assert all(shuffled.geometry[i].equals_exact(ordered.geometry[i]) for i in ordered.index)
