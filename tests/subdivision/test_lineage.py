"""Which lot came from which, where outlines nearly coincide."""

import geopandas as gpd
import pytest
import shapely

from ilo_gis.subdivision.lineage import lineage

# they touch along a side; GEOS tells that the second lies in the first
ONE = """POLYGON ((25.35107135055201 6, 34.693194372453796 9.791363622246541, 42.947999339836
 13.14145515804627,
 51.20280430721821 16.491546693845997, 59.457824414498816 19.841725541018373, 48.746533728309245 46,
 123.03593576267507 46, 123.11917593328317 45.67775143422418, 25.35107135055201 6))"""
TWO = """POLYGON ((24.818205987663795 6, 21.736642583500185 6, 21.736642583500185 17.017596692863133,
 21.736642583500185 21.736642583500185, 25.165145543349237 26.834854456650767,
 25.804235354279744 27.35540390318713, 26.848856570904456 28.206265529915946,
 34.39737404934049 9.671309282441381, 28.739860120819838 7.375290224390079, 24.818205987663795 6))"""


def lot(name, text):
    return gpd.GeoDataFrame(index=[name], geometry=shapely.from_wkt([text]), crs=32719)


def test_land_of_lots_that_touch_is_not_told_twice():
    before, after = lot("A-1", ONE), lot("A-2", TWO)
    told = lineage(before, after)
    assert told["area"].sum() == pytest.approx(before.area.sum() + after.area.sum(), abs=0.1)
    assert told["before"].isna().sum() == told["after"].isna().sum() == 1
