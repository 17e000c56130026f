"""`ilo-gis constraints`: from layers of any source to what may be built on, and why not."""

import json

import geopandas as gpd
import numpy as np
import pytest
import shapely
from test_cli import run

from ilo_gis import io

X, Y = 254_000, 8_047_000
FRINGE = (
    "constraints", "sample:fringe", "--out", "f.gpkg",
    "--shore", "sample:coast", "--barriers", "sample:cliffs", "--railway", "sample:railway",
    "--ravines", "sample:ravines", "--rivers", "sample:river", "--power-lines", "sample:power_lines",
    "--airport", "sample:airport", "--monuments", "sample:monuments",
)  # fmt: skip


def layer(*shapes, **columns):
    moved = [shapely.affinity.translate(shape, X, Y) for shape in shapes]
    return gpd.GeoDataFrame(columns, geometry=moved, crs=32719)


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a site of a hectare, a track, a canal, and a recipe for both."""
    layer(shapely.box(0, 0, 100, 100)).to_file(tmp_path / "site.gpkg")
    layer(shapely.LineString([(50, -200), (50, 300)]), tramo=["A"]).to_file(tmp_path / "track.gpkg")
    canal = layer(shapely.LineString([(-50, 10), (150, 10)]), reason=["canal"], width=["2 m"])
    canal.to_file(tmp_path / "canal.gpkg")
    (tmp_path / "recipe.toml").write_text(
        '[[constraint]]\nkind = "railway"\nlayer = "track.gpkg"\nid = "tramo"\nwidth = 20\n'
        '[[constraint]]\nkind = "canal"\nlayer = "canal.gpkg"\nwidth = "width"\nreason = "acequia / canal"\n',
        "utf-8",
    )
    return tmp_path


def test_options_and_a_recipe_say_the_same(folder):
    options = ("--railway", "track.gpkg", "--railway-width", 20, "--constraint", "canal.gpkg")
    done = run("constraints", "site.gpkg", *options, "--out", "a.gpkg", "--json", cwd=folder)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["site"], told["buildable"], told["limited"]) == pytest.approx((10_000, 5760, 5760))
    once = {row["reason"].split(" / ")[0]: (row["once"], row["area"]) for row in told["reasons"]}
    assert once["zona del ferrocarril"] == pytest.approx((4000, 4000))
    assert once["canal"] == pytest.approx((240, 400))
    other = run("constraints", "site.gpkg", "--recipe", "recipe.toml", "--out", "b.gpkg", cwd=folder)
    assert other.returncode == 0, other.stderr
    assert "Suelo edificable" in other.stdout
    assert "acequia" in other.stdout
    assert "0.58" in other.stdout
    taken = gpd.read_file(folder / "b.gpkg", layer="constraints")
    assert "railway_zone-A" in set(taken["constraint_id"])
    assert (folder / "b.png").stat().st_size > 10_000
    again = run(
        *("constraints", "site.gpkg", "--constraint", "b.gpkg|constraints", "--out", "c.gpkg", "--json"),
        cwd=folder,
    )
    assert json.loads(again.stdout)["buildable"] == pytest.approx(5760)


def test_what_cannot_be_used_is_refused(folder):
    def refused(*args):
        done = run("constraints", "site.gpkg", *args, "--out", "x.gpkg", cwd=folder)
        assert done.returncode == 2
        assert not (folder / "x.gpkg").exists()
        return done.stderr

    assert "--railway-width is without --railway" in refused("--railway-width", 20)
    assert "no column 'ancho'" in refused("--railway", "track.gpkg", "--railway-width", "ancho")
    assert "without a class: 0" in refused("--power-lines", "track.gpkg")
    (folder / "recipe.toml").write_text('[[constraint]]\nkind = "railway"\nlayers = "track.gpkg"\n')
    assert "entry 1: unknown key 'layers' (did you mean layer?)" in refused("--recipe", "recipe.toml")
    assert "measured in degree" in refused("--railway", "sample:railway", "--crs", "EPSG:4326")


def test_industry_held_seventy_percent_of_the_fringe(tmp_path):
    done = run(*FRINGE, "--holdings", "sample:holdings", "--json", cwd=tmp_path)
    told = json.loads(done.stdout)
    assert told["holders"]["held.industry"] == pytest.approx(70, abs=1)  # S96 II, V; the sample to a point
    assert sum(told["holders"].values()) == pytest.approx(100)
    lost = sum(row["once"] for row in told["reasons"] if row["effect"] == "forbid")
    assert told["buildable"] + lost == pytest.approx(told["site"])
    assert io.project_info(tmp_path / "f.gpkg")["site"] == "sample:fringe"


def test_before_the_laws_there_is_next_to_nothing(tmp_path):
    done = run(*FRINGE, "--on", "1990-06-01", "--json", cwd=tmp_path)
    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert told["constraints"] == 0
    assert told["buildable"] == pytest.approx(told["site"])
    assert told["counts"]["info"]["constraints.no_norm"] == 9  # each norm once, also where two make one strip


@pytest.fixture
def ground(folder):
    """Write a raster beside the site, level to the west and 30 % steep to the east."""
    rasterio = pytest.importorskip("rasterio")

    def write(crs=32719, unit="m", west=X - 100.0, cell=10.0):
        heights = np.maximum(np.arange(30) - 15, 0) * 3.0
        origin = rasterio.Affine(cell, 0.0, west, 0.0, -cell, Y + 200.0)
        about = {"driver": "GTiff", "width": 30, "height": 30, "count": 1, "dtype": "float64"}
        with rasterio.open(folder / "g.tif", "w", crs=f"EPSG:{crs}", transform=origin, **about) as raster:
            raster.write(np.tile(heights, (1, 30, 1)))
            raster.units = (unit,)
        return ("constraints", "site.gpkg", "--elevation", "g.tif", "--out", "s.gpkg", "--json")

    return write


def test_hillsides_come_from_a_raster(folder, ground):
    limited = json.loads(run(*ground(), cwd=folder).stdout)
    assert (limited["buildable"], limited["limited"]) == pytest.approx((10_000, 4000))  # from x = 60 on
    words = (*ground(), "--hillside", "forbid", "--overwrite")
    assert json.loads(run(*words, cwd=folder).stdout)["buildable"] == pytest.approx(6000)


@pytest.mark.parametrize(
    ("raster", "says"),
    [
        ({"crs": 4326}, "in degrees"),
        ({"crs": 24879}, "gdalwarp -t_srs EPSG:32719"),
        ({"unit": "ft"}, "A*0.3048"),
        ({"west": X + 50.0}, "% of the site"),
        ({"west": X + 5000.0}, "no heights in the site at all"),
    ],
)
def test_rasters_that_cannot_be_used_are_refused_with_the_mend(folder, ground, raster, says):
    done = run(*ground(**raster), cwd=folder)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "s.gpkg").exists()
