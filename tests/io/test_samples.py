import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from ilo_gis.errors import ReadError
from ilo_gis.io.samples import sample, sample_path, samples
from ilo_gis.tables import conform
from ilo_gis.tables.catalogues import catalogue

BUILD = Path(__file__).parents[2] / "sample_data" / "build.py"
NAMES = samples().index.tolist()
FILE = samples()["file"].to_dict()
DECLARED = ["occupants", "agreements", "obligations", "moves", "receiving_sites", "seafront"]
DECLARED += [name for name in NAMES if FILE[name] == "promuvi"]
NOTE = "esquemático, no es levantamiento / schematic, no survey"
SIMULATED = (
    "simulado y esquemático, no es registro ni levantamiento / simulated, schematic, no register or survey"
)


@pytest.mark.parametrize("name", NAMES)
def test_every_layer_is_sound_and_says_that_it_is_no_survey(name):
    layer = sample(name)
    assert len(layer) == samples().loc[name, "features"] > 0
    assert set(layer["note"]) == {SIMULATED if FILE[name] == "promuvi" else NOTE}
    assert (samples().loc[name, "geometry"] is None) == (type(layer) is pd.DataFrame)
    if name in DECLARED:
        assert conform(layer, name).index.is_unique
    if type(layer) is pd.DataFrame:
        return
    assert layer.crs.to_epsg() == 32719
    layer = layer[layer.geometry.notna()]  # where something went may be unknown
    sound = layer[layer["flaw"] == ""] if "flaw" in layer else layer
    assert sound.is_valid.all()
    assert not layer.is_empty.any()


def test_unknown_name_lists_the_known_ones():
    with pytest.raises(ReadError, match=r"no sample 'pampas'.*pampa, extension_areas"):
        sample("pampas")


def test_unknown_kind_lists_the_known_ones():
    with pytest.raises(ReadError, match="layers, promuvi, elevation"):
        sample_path("orthophoto")


def test_a_damaged_file_is_a_read_error(tmp_path, monkeypatch):
    broken = tmp_path / "broken.gpkg"
    broken.write_bytes(b"not a database")
    monkeypatch.setattr(sys.modules["ilo_gis.io.samples"], "sample_path", lambda _: broken)
    with pytest.raises(ReadError, match="damaged"):
        samples()


def test_files_are_small():
    assert sum(sample_path(kind).stat().st_size for kind in ("layers", "elevation")) < 1_500_000
    assert sample_path("promuvi").stat().st_size < 5_500_000


def test_the_pampa_is_425_hectares_and_no_rectangle():
    pampa = sample("pampa").geometry[0]
    assert pampa.area / 10_000 == pytest.approx(425, rel=0.01)
    assert pampa.area / pampa.minimum_rotated_rectangle.area < 0.95
    assert len(pampa.exterior.coords) > 30


def test_areas_and_old_part_cover_the_pampa_exactly():
    areas, pampa = sample("extension_areas"), sample("pampa").geometry[0]
    cover = [*areas.geometry, sample("old_part").geometry[0]]
    assert areas["number"].tolist() == list(range(1, 9))
    assert (areas.area / 10_000).between(47, 53).all()
    assert shapely.coverage_is_valid(cover)
    assert shapely.coverage_union_all(cover).equals(pampa)
    assert sum(part.area for part in cover) == pytest.approx(pampa.area, rel=1e-12)


def test_railway_corridor_is_forty_metres_wide():
    corridor, track = sample("railway_corridor").geometry[0], sample("railway").geometry[0]
    assert corridor.area / track.length == pytest.approx(40, abs=0.1)
    assert corridor.boundary.distance(track.interpolate(0.5, normalized=True)) == pytest.approx(20, abs=0.02)


def test_seafront_from_pier_to_river_mouth_is_2_4_km():
    places = sample("places").set_index("name").geometry
    mouth = sample("river").geometry[0].intersection(sample("coast").geometry[0])
    assert places["Muelle fiscal"].distance(mouth) == pytest.approx(2400, abs=50)
    assert places["Boca del Río"].distance(mouth) < 100


def test_places_carry_evidence_and_uncertainty():
    places = sample("places")
    assert set(places["evidence"]) <= {"T", "D", "M"}
    assert places["uncertainty"].between(100, 1500).all()


def test_city_parts_lie_apart_on_land_beside_the_railway():
    parts = sample("city").geometry
    assert len(parts) == 3
    assert parts.union_all().area == pytest.approx(parts.area.sum())
    for name in ("sea", "railway"):
        assert parts.intersection(sample(name).union_all()).area.sum() < 1
    assert not parts.intersects(sample("railway").geometry[0]).any()


def test_pampa_lies_where_the_places_say():
    places, pampa = sample("places").set_index("name").geometry, sample("pampa").geometry[0]
    assert pampa.contains(places["Pampa Inalámbrica, centro"])
    assert pampa.distance(places["Pampa Inalámbrica, borde oeste"]) < 300
    for name in ("ravines", "city", "river", "sea", "railway"):
        assert not sample(name).intersects(pampa).any(), name


def test_streets_make_the_blocks_of_a_district():
    streets, pampa = sample("pampa_streets"), sample("pampa").geometry[0]
    land = pampa.difference(shapely.union_all(streets.buffer(streets["width"] / 2, cap_style="flat")))
    blocks = shapely.get_parts(land)
    blocks = blocks[shapely.area(blocks) > 1]
    assert 880 <= len(blocks) <= 1200
    assert np.median(shapely.area(blocks)) == pytest.approx(78 * 40, rel=0.06)
    assert shapely.area(blocks).min() > 900
    assert set(streets["street_class"]) == {"colectora", "avenida", "calle", "pasaje"}
    assert streets.groupby("street_class")["width"].agg(["min", "max"]).T.to_dict("list") == {
        "avenida": [15, 15],
        "calle": [12, 12],
        "colectora": [20, 25],
        "pasaje": [6, 6],
    }


def test_old_part_stands_at_45_degrees():
    streets = sample("pampa_streets")
    old = streets[streets["extension_area"] == "old part"]
    ends = np.array([np.subtract(line.coords[-1], line.coords[0]) for line in old.geometry])
    assert np.degrees(np.arctan2(ends[:, 1], ends[:, 0])) % 90 == pytest.approx(45, abs=0.5)


def test_the_flaws_are_there_and_named():
    streets = sample("pampa_streets")
    flawed = streets[streets["flaw"] != ""].set_index("flaw")
    assert len(flawed) == 5
    assert flawed.geometry["line of zero length"].length == 0
    double = flawed.geometry["doubled line"]
    assert streets.geom_equals(double).sum() + streets.geom_equals(double.reverse()).sum() >= 2


def test_parks_are_blocks_of_their_own():
    parks, streets = sample("parks"), sample("pampa_streets")
    sound = streets[streets["flaw"] == ""]
    assert parks.groupby("extension_area").size().drop("old part").eq(5).all()
    assert shapely.union_all(sound.buffer(sound["width"] / 2 - 0.1)).intersection(parks.union_all()).area < 1


def test_relief_rises_from_the_shore_to_the_plateau():
    rasterio = pytest.importorskip("rasterio", reason="reading the relief needs the extra 'raster'")
    with rasterio.open(sample_path("elevation")) as relief:
        assert (relief.crs.to_epsg(), relief.tags()["note"]) == (32719, NOTE)
        places = sample("places").set_index("name").geometry
        named = ["Ilo, Plaza de Armas", "Aeropuerto", "Pampa Inalámbrica, centro"]
        plaza, airport, plateau = (next(relief.sample([places[name].coords[0]]))[0] for name in named)
        assert 5 < plaza < 25
        assert 10 < airport < 35
        assert 150 < plateau < 300
        pampa = sample("pampa").geometry[0].segmentize(50).exterior.coords
        edge = np.array([height[0] for height in relief.sample(pampa)])
        assert edge.min() > 120
        assert edge.max() < 310
        offshore = sample("sea").geometry[0].representative_point()
        assert next(relief.sample([(247100, offshore.y)]))[0] == relief.nodata


def test_zones_of_each_plan_cover_its_land_without_gaps():
    zones, areas = sample("zones"), sample("plan_areas")
    assert zones["zone_id"].is_unique
    assert set(zones["plan"]) == set(areas["plan"])
    for plan, of_plan in zones.groupby("plan"):
        land = shapely.union_all(areas[areas["plan"] == plan].geometry)
        assert shapely.coverage_is_valid(of_plan.geometry.to_numpy())
        assert of_plan.area.sum() == pytest.approx(land.area, abs=1e-3)
        assert shapely.coverage_union_all(of_plan.geometry.to_numpy()).equals(land)
        corners = shapely.get_coordinates(of_plan.geometry.to_numpy())
        assert np.abs(corners - corners.round(2)).max() < 1e-6


def test_zones_are_rows_of_the_table_in_codes_of_their_catalogues():
    zones = sample("zones")
    known = {name: set(catalogue(name).zones) for name in zones["catalogue"].unique()}
    assert [
        code for name, code in zip(zones["catalogue"], zones["code"], strict=True) if code not in known[name]
    ] == []
    approved = conform(zones.set_index("zone_id").drop(columns="note"), "zones").groupby("plan")["approved"]
    assert approved.first().dt.year.sort_values().tolist() == [1984, 1988, 2018]


def test_the_plan_of_2018_covers_the_pampa_and_that_of_1983_keeps_600_ha_for_it():
    zones, pampa = sample("zones"), sample("pampa").geometry[0]
    inside = zones[zones.representative_point().within(pampa)].groupby("plan").geometry
    covered = inside.agg(lambda shapes: shapely.union_all(shapes).symmetric_difference(pampa).area)
    assert covered["Plan didáctico 2018"] < 10  # m2: streets were noded on the centimetre grid
    assert covered["Plan INADUR 1983, ajustado 1988"] == 0
    (expansion,) = zones[(zones["plan"] == "Plan INADUR 1983") & (zones["code"] == "EX")].area
    assert expansion == pytest.approx(600e4, rel=0.01)


def test_the_fringe_is_two_kilometres_wide_and_the_free_zone_has_120_hectares():
    fringe, coast = sample("fringe").geometry[0], sample("coast").geometry[0]
    shore = fringe.exterior.intersection(coast.buffer(0.05)).length
    assert fringe.area / shore == pytest.approx(2000, abs=100)
    holdings = sample("holdings")
    free = holdings[holdings["holder_name"].str.startswith("Zona franca")]
    assert free.area.item() == pytest.approx(120e4, rel=1e-3)
    assert shapely.coverage_is_valid(holdings.geometry.to_numpy())
    on_fringe = holdings[holdings["holder_name"] != "Pampa Inalámbrica"]
    assert shapely.union_all(on_fringe.geometry).symmetric_difference(fringe).area < 100  # m2 of 35 km2


def test_occupants_have_the_printed_areas_behind_the_shore_and_stand_apart():
    land, coast = sample("occupants").set_index("occupant_id"), sample("coast").geometry[0]
    assert land["area"].sum() == 27_400
    assert land.groupby("source_row")["area"].sum().tolist() == [
        *(10_000, 2_000, 400, 800, 200, 4_000, 2_000, 800, 2_400, 4_800),
    ]
    assert np.allclose(land.area, land["area"], rtol=0, atol=1e-6)
    assert land.union_all().area == pytest.approx(27_400)
    assert land.distance(coast).max() < 0.01
    assert land.intersection(sample("sea").geometry[0]).area.max() < 1
    pier = sample("places").set_index("name").geometry["Muelle fiscal"]
    assert land.distance(pier).between(30, 2_500).all()
    assert land.loc["imarpe", "built_area"] == 400
    assert land["built_area"].count() == 1


def test_seafront_pieces_stand_apart_and_hold_all_occupants():
    pieces, land = sample("seafront"), sample("occupants")
    assert shapely.coverage_is_valid(pieces.geometry.to_numpy())
    assert pieces.union_all().area == pytest.approx(pieces["area"].sum())
    assert land.difference(pieces.union_all()).area.max() < 1
    assert pieces.loc[pieces["use"] == "amphitheatre", "capacity"].tolist() == [3000]
    assert pieces["start"].min() == pd.Timestamp("1994-08-01")


def test_same_figures_same_bytes_and_the_tables_that_are_shipped(tmp_path):
    pytest.importorskip("rasterio", reason="building the samples needs the extra 'raster'")
    if not BUILD.is_file():
        pytest.skip("sample_data/build.py is not here: not a checkout")
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        subprocess.run([sys.executable, BUILD, folder], check=True, capture_output=True, timeout=120)
    for kind in ("layers", "promuvi", "elevation"):
        name = sample_path(kind).name
        assert (first / name).read_bytes() == (second / name).read_bytes()
    for name in NAMES:
        again, shipped = gpd.read_file(first / sample_path(FILE[name]).name, layer=name), sample(name)
        if "geometry" in shipped:  # versions of GEOS differ in the vertices that they leave on straight lines
            made, there = (frame.pop("geometry").to_numpy() for frame in (again, shipped))
            assert (shapely.is_missing(made) == shapely.is_missing(there)).all(), name
            filled = ~shapely.is_missing(there)
            assert (shapely.hausdorff_distance(made[filled], there[filled]) < 1e-6).all(), name
        pd.testing.assert_frame_equal(pd.DataFrame(again), pd.DataFrame(shipped), obj=name)
