from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
from pandas.testing import assert_frame_equal
from pyproj import CRS
from shapely import LineString, Point

from ilo_gis import norms
from ilo_gis.errors import CRSError, GeometryError, SchemaError
from ilo_gis.io import read_elevation, sample, sample_path
from ilo_gis.subdivision import check_grades, clean_streets, street_grades
from ilo_gis.tables import Elevation

PE = norms.load("pe")
# rises 1 m in 10 to the east, and 2 in 10 past x = 200
HILL = Elevation(
    np.tile(np.interp(np.arange(5, 400, 10), [0, 200, 400], [0, 20, 60]), (30, 1)),
    0,
    300,
    (10, 10),
    CRS(32719),
)


def streets(*lines, crs=32719):
    lines = [LineString(line) for line in lines]
    ids = [f"s{k}" for k in range(len(lines))]
    return gpd.GeoDataFrame({"width": [12.0] * len(lines)}, geometry=lines, index=ids, crs=crs)


def test_grades_are_columns_of_the_table_and_the_input_stays():
    lines = streets([(50, 50), (150, 50)], [(50, 50), (50, 200)], [(150, 50), (500, 50)])
    before = lines.copy(deep=True)
    graded = street_grades(lines, HILL)
    np.testing.assert_allclose(graded["grade"], [0.1, 0, np.nan], atol=1e-9)
    np.testing.assert_allclose(graded["grade_max"], [0.1, 0, np.nan], atol=1e-9)
    assert graded.index.tolist() == ["s0", "s1", "s2"]
    assert_frame_equal(lines, before)
    assert len(street_grades(lines.iloc[:0], HILL)) == 0


def test_what_is_too_steep_in_whole_or_in_part():
    lines = streets(
        [(50, 50), (150, 50)],  # 10 %: fine
        [(210, 50), (390, 50)],  # 20 % all along
        [(50, 50), (250, 50)],  # 12.5 % on average: 150 m of 10 % and 50 m of 20 %
        [(50, 50), (230, 50)],  # 11.7 % on average, 20 % at its end
        [(210, 50), (390, 180)],  # 20 % * 180 / 222
        [(210, 10), (300, 90), (210, 170), (210, 290)],  # 20 % * 90 / 120.4 in part, then level
        [(300, 50), (500, 50)],  # out of the heights
    )
    found = check_grades(street_grades(lines, HILL), PE)
    told = found[["feature", "rule", "severity", "required"]].apply(tuple, axis=1).tolist()
    assert told == [
        ("s1", "street.grade", "error", 12),
        ("s2", "street.grade", "error", 12),
        ("s4", "street.grade", "error", 12),
        ("s3", "street.grade", "error", 15),
        ("s5", "street.grade_part", "warning", 12),
        ("", "street.grade_unknown", "info", pytest.approx(np.nan, nan_ok=True)),
    ]
    np.testing.assert_allclose(found["found"], [20, 12.5, 16.2, 20, 14.95, 1], atol=0.05)
    assert set(found.loc[found["severity"] != "info", "article"]) == {"GH.020"}
    assert "salvo 50 m" in found.loc[5, "message_es"]


def test_the_limit_is_that_of_the_norms():
    lines = street_grades(streets([(50, 50), (150, 50)]), HILL)
    assert check_grades(lines, PE).empty
    assert check_grades(lines, {}).empty
    strict = replace(PE["gh020.grade"], value={"max": 0.08, "turning_max": 0.12, "turning_max_length": 30})
    assert check_grades(lines, {"gh020.grade": strict})["required"].tolist() == [8]


def test_bad_input_says_what_to_do():
    lines = streets([(50, 50), (150, 50)])
    with pytest.raises(SchemaError, match=r"'grade' and no column 'grade_max'.*street_grades\("):
        check_grades(lines, PE)
    with pytest.raises(CRSError, match=r"street_lines.to_crs\(elevation.crs\)"):
        street_grades(lines.set_crs(32718, allow_override=True), HILL)
    with pytest.raises(CRSError, match="degree"):
        street_grades(lines.set_crs(4326, allow_override=True), HILL)
    with pytest.raises(GeometryError, match="s0: a Point"):
        street_grades(lines.set_geometry([Point(0, 0)], crs=32719), HILL)


def test_streets_of_the_sample_pampa_are_within_the_norm():
    """The plateau is built to rise some 3 to 4 % to the east; its streets should show it."""
    pytest.importorskip("rasterio")
    ground = read_elevation(sample_path("elevation"), sample("pampa"))
    lines, _ = clean_streets(sample("pampa_streets"), width="width")
    graded = street_grades(lines, ground)
    assert graded["grade"].notna().all()
    assert graded["grade"].mean() == pytest.approx(0.025, abs=0.005)
    assert not (check_grades(graded, PE)["severity"] == "error").any()
