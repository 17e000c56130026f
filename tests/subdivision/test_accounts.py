import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely
from shapely import affinity, box

from ilo_gis.errors import CRSError
from ilo_gis.subdivision import LotRule, area_table, cut_lots
from ilo_gis.subdivision.accounts import ellipsoidal_area
from ilo_gis.tables import conform, empty

WEST, SOUTH = 254_000, 8_047_000


def at_ilo(*shapes, **columns):
    return gpd.GeoDataFrame(
        columns, geometry=shapely.transform(list(shapes), lambda xy: np.add(xy, (WEST, SOUTH))), crs=32719
    )


STREETS = at_ilo(box(0, -12, 80, 0), box(0, 40, 80, 52))  # 960 m2 each
LOTS = at_ilo(
    box(0, 0, 60, 20),
    box(0, 20, 60, 40),
    box(60, 0, 80, 40),
    kind=pd.Categorical(["lot", "lot", "remnant"]),
)


def test_by_hand():
    table = area_table(STREETS, LOTS, at_ilo(box(80, 0, 100, 40)))
    assert table["count"].to_dict() == {"lots": 2, "remnants": 1, "reserves": 1, "streets": 2, "site": 1}
    areas = {"lots": 2400, "remnants": 800, "reserves": 800, "streets": 1920, "site": 5920}
    assert table["area"].to_dict() == pytest.approx(areas)
    assert table["share"].round(4).tolist() == [40.5405, 13.5135, 13.5135, 32.4324, 100.0]


def test_shares_add_up():
    table = area_table(STREETS, LOTS)
    assert table["share"].iloc[:-1].sum() == pytest.approx(100)
    assert conform(table, "summary").equals(table)


def test_the_lots_of_a_block_add_up_to_it():
    block = at_ilo(box(0, 0, 93, 47)).set_axis(["K"])
    table = area_table(STREETS, cut_lots(block, LotRule(160.0, 8.0)))
    assert table.loc[["lots", "remnants"], "area"].sum() == pytest.approx(93 * 47, rel=1e-9)


def test_nothing_at_all():
    table = area_table(STREETS.iloc[:0], empty("lots", 32719))
    assert table["area"].tolist() == [0, 0, 0, 0, 0]
    assert table["share"].tolist() == [0, 0, 0, 0, 0]


@pytest.mark.parametrize("crs", [None, 4326, 32718])
def test_another_crs_is_refused(crs):
    other = STREETS.set_crs(crs, allow_override=True)
    with pytest.raises(CRSError, match="streets"):
        area_table(other, LOTS)


@pytest.mark.parametrize("shape", [box(0, 0, 100, 60), box(0, 0, 8, 20), box(0, 0, 300, 300)])
@pytest.mark.parametrize("crs", [32719, 24879])
def test_ellipsoidal_area_is_that_of_geodesics(shape, crs):
    # geodesics bend off grid lines, so the outline needs vertices: every 5 m does
    polygon = shapely.segmentize(shapely.transform(shape, lambda xy: np.add(xy, (WEST, SOUTH))), 5.0)
    crs = pyproj.CRS(crs)
    to_degrees = pyproj.Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True)
    lon, lat = to_degrees.transform(*polygon.exterior.coords.xy)
    expected, _ = crs.get_geod().polygon_area_perimeter(lon, lat)
    assert ellipsoidal_area(np.array([polygon]), crs)[0] == pytest.approx(abs(expected), rel=1e-6)


LOCAL = "+proj=tmerc +lat_0=-17.6 +lon_0=-71.3 +k=1 +x_0=50000 +y_0=100000 +ellps=WGS84 +units=m"
PLACES = {
    32719: (WEST, SOUTH),
    24879: (WEST, SOUTH),
    32718: (279_000, 8_665_000),
    32717: (540_000, 9_425_000),
}


@pytest.mark.parametrize("shape", [box(0, 0, 8, 20), box(0, 0, 100, 60)])
@pytest.mark.parametrize(("crs", "origin"), [*PLACES.items(), (LOCAL, (51_000, 103_000))])
def test_a_lot_is_as_large_as_on_an_equal_area_map(shape, crs, origin):
    # geodesics in double precision are only good to 1e-4 m2, so they cannot judge a lot
    lots = shapely.transform(
        [affinity.rotate(shape, angle) for angle in (0, 31)], lambda xy: np.add(xy, origin)
    )
    crs = pyproj.CRS(crs)
    ellipsoid = crs.ellipsoid
    equal = f"+proj=cea +a={ellipsoid.semi_major_metre} +rf={ellipsoid.inverse_flattening}"
    fine = shapely.segmentize(lots, 0.5)

    def flattened(xy):
        degrees = pyproj.Proj(crs)(*xy.T, inverse=True)
        x, y = pyproj.Proj(equal)(*degrees)
        return np.column_stack([x - x[0], y - y[0]])

    expected = [shapely.transform(lot, flattened).area for lot in fine]
    assert ellipsoidal_area(lots, crs) == pytest.approx(expected, rel=1e-7)


@pytest.mark.parametrize("reach", [1_000, 100_000])
def test_many_lots_have_the_areas_they_have_one_by_one(reach):
    crs = pyproj.CRS(32719)
    corner = np.random.default_rng(7).uniform(0, reach, (300, 2))
    corner += WEST, SOUTH
    lots = box(*corner.T, *np.add(corner, (8, 20)).T)
    alone = [ellipsoidal_area(lots[k : k + 1], crs)[0] for k in range(0, 300, 20)]
    assert ellipsoidal_area(lots, crs)[::20] == pytest.approx(alone, rel=1e-9)


def test_what_has_no_area_has_none_on_the_ellipsoid():
    assert ellipsoidal_area(np.array([shapely.Polygon()]), pyproj.CRS(32719)).tolist() == [0.0]


def test_no_polygons_no_areas():
    assert ellipsoidal_area(np.array([], dtype=object), pyproj.CRS(32719)).tolist() == []
