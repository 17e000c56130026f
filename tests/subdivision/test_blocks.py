import time

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ilo_gis.errors import CRSError, GeometryError, RuleError
from ilo_gis.subdivision.blocks import blocks_from_streets, layout_streets, street_land
from ilo_gis.tables import conform, empty


def streets(*wkt, **columns):
    return gpd.GeoDataFrame(columns, geometry=shapely.from_wkt(list(wkt)), crs=32719)


def site_of(*polygons):
    return gpd.GeoDataFrame(geometry=list(polygons), crs=32719)


HASH = (
    "LINESTRING (0 -50, 0 150)",
    "LINESTRING (100 -50, 100 150)",
    "LINESTRING (-50 0, 150 0)",
    "LINESTRING (-50 100, 150 100)",
)


def proved(land, site=None):
    """Check by other means than the library's own what it promises."""
    parts = np.concatenate([np.asarray(t.geometry.array, dtype=object) for t in (land.streets, land.blocks)])
    assert (shapely.get_type_id(parts) == 3).all()
    assert shapely.is_valid(parts).all()
    assert shapely.coverage_is_valid(parts)
    area = shapely.area(parts).sum()
    whole = shapely.union_all(parts) if site is None else shapely.union_all(np.asarray(site.geometry.array))
    assert abs(area - whole.area) <= 1e-9 * whole.area
    assert shapely.symmetric_difference(shapely.union_all(parts), whole).area <= 1e-6
    for name in ("streets", "street_lines", "blocks", "findings"):
        conform(getattr(land, name), name)
    return land


def test_four_streets_leave_one_block():
    block = blocks_from_streets(streets(*HASH), width=12.0)
    assert block.index.tolist() == ["A"]
    assert block[["area", "perimeter", "length", "width"]].to_numpy().round(9).tolist() == [
        [7744, 352, 88, 88]
    ]
    assert block.geometry.iloc[0].normalize().equals_exact(shapely.box(6, 6, 94, 94).normalize(), 1e-9)


def test_site_is_divided_into_nine_blocks():
    site = site_of(shapely.box(-50, -50, 150, 150))
    land = proved(layout_streets(streets(*HASH), site, 12.0), site)
    assert sorted(land.blocks["area"].round(6)) == [44 * 44] * 4 + [44 * 88] * 4 + [88 * 88]
    assert land.streets["area"].round(6).tolist() == [200 * 200 - 176 * 176]
    assert shapely.get_num_coordinates(land.blocks.geometry.array).tolist() == [5] * 9
    assert (land.findings["rule"] != "streets.dead_end").all()  # the streets leave the site


def test_blocks_are_in_reading_order():
    blocks = layout_streets(streets(*HASH), site_of(shapely.box(-50, -50, 150, 150))).blocks
    middle = blocks.centroid
    assert middle.y.is_monotonic_decreasing
    assert middle.x.iloc[:3].is_monotonic_increasing


def test_undershoot_closes_the_block():
    short = ("LINESTRING (0 0, 100 0)", "LINESTRING (100 0, 100 100)", "LINESTRING (100 100, 0 100)")
    land = proved(layout_streets(streets(*short, "LINESTRING (0 100, 0 1.5)")))
    assert land.blocks["area"].round(6).tolist() == [7744]


def test_width_from_a_column():
    land = proved(layout_streets(streets(*HASH, w=[10.0, 10.0, 20.0, 20.0]), None, "w"))
    assert land.blocks["area"].round(6).tolist() == [90 * 80]


def test_dead_end_notches_its_block():
    land = proved(layout_streets(streets(*HASH, "LINESTRING (0 50, 40 50)")))
    assert land.blocks["area"].round(6).tolist() == [7744 - 34 * 12]
    assert (land.findings["rule"] == "streets.dead_end").sum() == 9


def test_street_alone_in_a_block_is_a_hole():
    land = proved(layout_streets(streets(*HASH, "LINESTRING (40 50, 60 50)")))
    assert land.blocks["area"].round(6).tolist() == [7744 - 20 * 12]
    assert len(land.streets) == 2


def test_wavering_by_centimetres_leaves_straight_blocks():
    wavy = [(x, 0.02 * (-1) ** k) for k, x in enumerate(range(-50, 160, 10))]
    cross = [f"LINESTRING ({x} -90, {x} 90)" for x in range(-40, 150, 20)]
    land = proved(
        layout_streets(streets(shapely.LineString(wavy).wkt, *cross), site_of(shapely.box(-40, -80, 140, 80)))
    )
    assert set(shapely.get_num_coordinates(land.blocks.geometry.array)) == {5}


def test_street_askew_to_the_edge_is_cut_clean():
    site = site_of(shapely.box(0, 0, 100, 100))
    land = proved(layout_streets(streets("LINESTRING (0 0, 99 99)"), site, 10.0), site)
    assert len(land.blocks) == 2
    assert np.ptp(land.blocks["area"]) < 1e-6


def test_site_with_a_hole_and_two_parts():
    site = site_of(shapely.box(0, 0, 100, 100) - shapely.box(40, 40, 60, 60), shapely.box(200, 0, 300, 100))
    land = proved(layout_streets(streets("LINESTRING (-9 50, 309 50)"), site, 10.0), site)
    assert len(land.blocks) == 4
    assert len(land.streets) == 3


def test_overlapping_polygons_are_one_site():
    site = site_of(shapely.box(0, 0, 60, 100), shapely.box(40, 0, 100, 100))
    land = proved(layout_streets(streets("LINESTRING (0 50, 100 50)"), site, 10.0), site)
    assert land.blocks["area"].round(6).tolist() == [4500, 4500]


def test_sliver_goes_to_the_street_and_is_told():
    site = site_of(shapely.box(0, 0, 100, 56.001))
    land = proved(layout_streets(streets("LINESTRING (0 50, 100 50)"), site), site)
    assert land.blocks["area"].round(6).tolist() == [4400]
    told = land.findings.set_index("rule").loc["blocks.sliver"]
    assert told["found"] == pytest.approx(0.1)
    assert told["unit"] == "m2"


def test_sliver_of_street_goes_to_the_block():
    site = site_of(shapely.box(0, 0, 100, 44.001))
    land = proved(layout_streets(streets("LINESTRING (0 50, 100 50)"), site), site)
    assert land.streets.empty
    assert land.blocks["area"].round(6).tolist() == [4400.1]


def test_no_streets():
    site = site_of(shapely.box(0, 0, 10, 10))
    assert proved(layout_streets(streets(*HASH).iloc[:0], site), site).blocks["area"].tolist() == [100]
    none = blocks_from_streets(streets(*HASH).iloc[:0])
    pd.testing.assert_index_equal(none.columns, empty("blocks", 32719).columns)
    assert none.empty


def test_wider_street_joins_a_narrow_one():
    lines, width = streets("LINESTRING (0 0, 100 0)", "LINESTRING (100 0, 200 0)"), [12.0, 20.0]
    assert street_land(lines.assign(width=width)).area == pytest.approx(1200 + 2000)


def test_two_crs():
    site = site_of(shapely.box(0, 0, 10, 10)).set_crs(24879, allow_override=True)
    with pytest.raises(CRSError, match="to_crs"):
        layout_streets(streets(*HASH), site)


def test_wrong_site_and_options():
    bowtie = shapely.from_wkt("POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))")
    with pytest.raises(GeometryError, match="Self-intersection"):
        layout_streets(streets(*HASH), site_of(bowtie))
    with pytest.raises(RuleError, match="min_block"):
        layout_streets(streets(*HASH), min_block=-1.0)


@st.composite
def jittered_grid(draw):
    seed = draw(st.integers(0, 2**32 - 1))
    rows, columns = draw(st.integers(2, 5)), draw(st.integers(2, 5))
    jitter = draw(st.sampled_from([0.0, 0.01, 1.0, 12.0]))
    rng = np.random.default_rng(seed)
    xy = np.stack(np.meshgrid(np.arange(columns) * 90.0, np.arange(rows) * 60.0), axis=-1)
    xy += rng.uniform(-jitter, jitter, xy.shape) + draw(st.sampled_from([0.0, 8_047_000.0]))
    shapes = [shapely.LineString(line) for line in [*xy, *xy.swapaxes(0, 1)]]
    return gpd.GeoDataFrame(geometry=shapes, index=[f"s{k}" for k in range(len(shapes))], crs=32719)


@settings(max_examples=40, deadline=None)
@given(jittered_grid(), st.sampled_from([6.0, 12.0, 20.0]))
def test_cover_is_exact_whatever_the_grid(lines, width):
    land = proved(layout_streets(lines, None, width))
    site = site_of(shapely.box(*lines.total_bounds).buffer(-7.3, join_style="mitre"))
    proved(layout_streets(lines, site, width), site)
    shuffled = layout_streets(lines.sample(frac=1, random_state=1), None, width)
    pd.testing.assert_frame_equal(land.blocks, shuffled.blocks)


@settings(max_examples=40, deadline=None)
@given(jittered_grid(), st.floats(0, 360), st.floats(-1e5, 1e5))
def test_turned_and_moved_the_blocks_are_the_same(lines, angle, shift):
    middle = tuple(lines.total_bounds.reshape(2, 2).mean(axis=0))
    moved = lines.set_geometry(lines.rotate(angle, origin=middle).translate(shift, -shift))
    one, other = blocks_from_streets(lines), blocks_from_streets(moved)
    assert len(one) == len(other)
    assert np.allclose(np.sort(one["area"]), np.sort(other["area"]), rtol=1e-6, atol=0.02)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 25))
def test_cover_is_exact_whatever_the_scribble(seed, count):
    rng = np.random.default_rng(seed)
    shapes = [shapely.LineString(rng.uniform(0, 200, (rng.integers(2, 5), 2))) for _ in range(count)]
    lines = gpd.GeoDataFrame({"w": rng.uniform(3, 25, count)}, geometry=shapes, crs=32719)
    proved(layout_streets(lines, None, "w"))
    site = site_of(shapely.Point(100, 100).buffer(70))
    proved(layout_streets(lines, site, "w"), site)


def test_real_ilo(shared_data):
    lines = gpd.read_file(shared_data / "ilo_real.gpkg", layer="streets")
    start = time.process_time()
    land = layout_streets(lines, width=12.0)
    assert time.process_time() - start < 12  # 1.7 s on two idle cores
    assert len(proved(land).blocks) >= 2000
    assert land.blocks["area"].min() >= 1.0
    rings = shapely.get_rings(np.asarray(land.blocks.geometry.array))
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    steps = np.hypot(*np.diff(xy, axis=0).T)[ring[1:] == ring[:-1]]
    assert (steps < 0.3).mean() < 0.01  # corners are clean
