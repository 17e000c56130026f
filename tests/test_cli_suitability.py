"""`ilo-gis suitability`, on two cells worked out by hand and on the sample."""

import json

import geopandas as gpd
import pytest
import shapely
from typer.testing import CliRunner

from ilo_gis.cli import app
from ilo_gis.errors import RuleError

X, Y = 254_000, 8_047_000
FACTORS = """
[factors.near]
measure = "distance"
layer = "streets"
points = [[0, 1.0], [200, 0.0]]
weight = 3
[factors.free]
measure = "share"
layer = "limits"
points = [[0, 1.0], [1, 0.0]]
weight = 1
[classes]
low = 0.0
high = 0.5
"""


def layer(*shapes, **columns):
    moved = [shapely.affinity.translate(shape, X, Y) for shape in shapes]
    return gpd.GeoDataFrame(columns, geometry=moved, crs=32719)


def called(*args):
    return CliRunner().invoke(app, ["suitability", *map(str, args)])


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder with a site of three cells, a street beside the first, and constraints."""
    layer(shapely.box(0, 0, 300, 100)).to_file(tmp_path / "site.gpkg")
    layer(shapely.LineString([(0, -50), (0, 150)])).to_file(tmp_path / "street.gpkg")
    layer(
        shapely.box(0, 0, 50, 100), shapely.box(200, 0, 300, 100),
        reason=["ladera / hillside", "quebrada / ravine"], effect=["limit", "forbid"],
    ).to_file(tmp_path / "taken.gpkg")  # fmt: skip
    (tmp_path / "own.toml").write_text(FACTORS, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


OWN = ("site.gpkg", "--factors", "own.toml", "--cell", 100, "--constraints", "taken.gpkg", "--out", "s.gpkg")
STREET = ("--layer", "streets=street.gpkg")


def test_cells_by_hand(folder):
    done = called(*OWN, *STREET, "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    # 50 m from the street, half under a limit: (3 x 0.75 + 0.5) / 4; 150 m away: (3 x 0.25 + 1) / 4
    table = gpd.read_file(folder / "s.gpkg", layer="suitability").set_index("unit_id")
    assert table["score"].dropna().tolist() == pytest.approx([0.6875, 0.4375])
    held = [(row["suitability_class"], row["excluded"], row["area"]) for row in told["areas"]]
    assert held == [("high", "", 10_000), ("low", "", 10_000), ("excluded", "quebrada / ravine", 10_000)]
    shares = {row["factor"]: (row["share"], row["lower"], row["higher"]) for row in told["factors"]}
    # near at 2.4 of 3.4: the second is (0.6 + 1) / 3.4 = 0.47, still low
    assert shares == {"near": (0.75, 0, 0), "free": (0.25, 0, 0)}
    assert (folder / "s.png").stat().st_size > 10_000


def test_what_is_missing_is_told_with_the_option_that_mends_it(folder):
    def refused(*args):
        done = called(*args)
        assert isinstance(done.exception, RuleError)
        assert not (folder / "s.gpkg").exists()
        return str(done.exception)

    assert "--layer streets=FILE, or leave it out: --only free" in refused(*OWN)
    assert "No factor measures a layer 'street'" in refused(*OWN, "--layer", "street=street.gpkg")
    assert "There is no factor 'fre' (did you mean free?)" in refused(*OWN, "--only", "fre")
    assert "lies in the site" in refused(*OWN, *STREET, "--units", "sample:extension_areas")
    assert "--elevation FILE" in refused("site.gpkg", "--only", "slope", "--out", "s.gpkg")
    assert "No site" in refused()


def test_the_sample_in_both_languages_and_the_factors_to_start_from(folder):
    assert called("--write-factors", "new.toml").exit_code == 0
    words = ("sample:pampa", "--factors", "new.toml", "--units", "sample:extension_areas", "--only", "slope")
    words = (*words, "--elevation", "sample:elevation", "--id-column", "number")
    spanish = called(*words, "--out", "es.gpkg").stdout
    assert "ilustrativos" in spanish
    assert "memory-mid" in spanish
    english = called(*words, "--out", "en.gpkg", "--lang", "en").stdout
    assert "High" in english
    assert "illustrative" in english
