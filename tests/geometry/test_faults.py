import numpy as np
import pytest
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon, box

from ilo_gis.geometry.faults import faults

POLYGONS = ("Polygon", "MultiPolygon")
BOW_TIE = Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])


def with_corner(x):
    with np.errstate(invalid="ignore"):
        return shapely.from_wkt(f"POLYGON ((0 0, 1 0, {x} 1, 0 0))")


def fault(geometry, kinds=POLYGONS):
    return faults(np.array([geometry], dtype=object), kinds)[0]


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        (None, "no geometry"),
        (Polygon(), "empty geometry"),
        (Point(), "empty geometry"),
        (Point(0, 0), "a Point where Polygon or MultiPolygon is needed"),
        (LineString([(0, 0), (1, 1)]), "a LineString where Polygon or MultiPolygon is needed"),
        (with_corner("nan"), "a coordinate is NaN or infinite"),
        (with_corner("inf"), "a coordinate is NaN or infinite"),
        (BOW_TIE, "Self-intersection[1 1]"),
        (MultiPolygon([box(0, 0, 2, 2), box(1, 1, 3, 3)]), "Self-intersection[2 1]"),
    ],
)
def test_the_reason_is_told(geometry, reason):
    assert fault(geometry).partition("[")[0] == reason.partition("[")[0]


@pytest.mark.parametrize(
    "geometry",
    [
        box(0, 0, 1, 1),
        box(0, 0, 1, 1).reverse(),
        box(0, 0, 9, 9).difference(box(3, 3, 6, 6)),
        MultiPolygon([box(0, 0, 1, 1), box(5, 5, 6, 6)]),
        Polygon([(0, 0), (0, 0), (1, 0), (1, 1), (1, 1)]),
        shapely.force_3d(box(0, 0, 1, 1), 5.0),
    ],
)
def test_sound_polygons_have_none(geometry):
    assert fault(geometry) is None


def test_kinds_that_are_welcome_pass():
    assert fault(Point(0, 0), ("Point",)) is None
    assert fault(box(0, 0, 1, 1), ("Point",)) == "a Polygon where Point is needed"


@pytest.mark.parametrize("shape", [(0,), (2, 2), (4, 0)])
def test_any_shape_of_array(shape):
    assert faults(np.full(shape, BOW_TIE, dtype=object), POLYGONS).shape == shape
