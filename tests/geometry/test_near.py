import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ilo_gis.geometry import near as module
from ilo_gis.geometry.near import along, course

NONE = np.array([], dtype=np.int64)


def by_geos(start, stop, geometry, distance):
    points = ((start + stop) / 2, start, stop)
    return np.all([shapely.dwithin(geometry, shapely.points(p), distance) for p in points], axis=0)


@pytest.mark.parametrize("few", [0, 12])
@pytest.mark.parametrize("kind", ["line", "lines", "area", "areas", "points"])
@given(seed=st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_along_is_what_geos_says(few, kind, seed):
    rng = np.random.default_rng(seed)
    path = rng.integers(0, 9, (5, 2)).astype(float)
    geometry = {
        "line": shapely.LineString(path),
        "lines": shapely.MultiLineString([path, path + 20]),
        "area": shapely.MultiPoint(path).buffer(1.0).union(shapely.box(0, 0, 9, 1)).convex_hull,
        "areas": shapely.MultiPolygon([shapely.box(0, 0, 3, 3), shapely.box(5, 5, 9, 9)]),
        "points": shapely.MultiPoint(path),
    }[kind]
    start, stop = rng.integers(0, 9, (2, 40, 2)).astype(float)
    geometries = np.array([shapely.Point(50, 50), geometry, geometry], dtype=object)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "FEW", few)
        found = along(start, stop, geometries, np.repeat([1, 2], 20), 1.3003)
    assert found.tolist() == by_geos(start, stop, geometry, 1.3003).tolist()


@pytest.mark.parametrize("few", [0, 12])
def test_an_edge_runs_along_several_segments_of_its_own_line(few, monkeypatch):
    monkeypatch.setattr(module, "FEW", few)
    lines = np.array([shapely.LineString([(0, 0), (3, 0), (9, 0)]), shapely.box(0, 0, 9, 9).exterior])
    start, stop = np.array([[1.0, 0], [8, 0], [8, 0], [9, 5]]), np.array([[8.0, 0], [1, 0], [1, 0], [9, 4]])
    found = course(start, stop, lines, np.array([0, 0, 1, 1]), 1e-6)
    assert found.near.all()
    assert found.ring.tolist() == [0, 0, 1, 1]
    assert found.way.tolist() == [1, -1, -1, -1]  # boxes run counter-clockwise


def test_no_edges_and_no_lines():
    ends = np.empty((0, 2))
    assert course(ends, ends, np.array([], dtype=object), NONE, 1.0).near.tolist() == []
    assert along(ends, ends, np.array([], dtype=object), NONE, 1.0).tolist() == []
    one = np.zeros((1, 2))
    assert not along(one, one + 1, np.array([shapely.LineString()]), np.array([0]), 1.0).any()
