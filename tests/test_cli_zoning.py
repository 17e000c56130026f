"""The commands for zoning plans."""

import json
import subprocess
import sys

import geopandas as gpd
import pytest
import shapely


def run(*words, cwd):
    command = [sys.executable, "-m", "ilo_gis.cli", "zoning", *map(str, words)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60, check=False)


def test_codes_prints_a_catalogue(tmp_path):
    told = json.loads(run("codes", "pe_2016", "--json", cwd=tmp_path).stdout)
    assert told["zones"]["RDB"]["parameters"]["min_area"] == 300
    shown = run("codes", "pe_2016", cwd=tmp_path).stdout
    assert "Residencial de densidad baja" in shown
    pairs = json.loads(run("codes", "pe_2016", "--to", "pe_2022", "--json", cwd=tmp_path).stdout)
    assert pairs["RDB"]["codes"] == ["urban_low"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("codes", "pe_2017"), "pe_2016"),
        (("check", "nowhere.gpkg"), "no file"),
        (("check", "sample:pampa"), "--column code=YOUR_COLUMN"),
        (("check", "sample:pampa", "--column", "code=name", "--plan", "PDU"), "--approved 1988-06-01"),
        (("check", "sample:zones", "--distances", "nowhere.csv"), "no file"),
        (("permitted", "bodega", "RDN"), "RDM (pe_2016)"),
        (("permitted", "bodegas y vinos", "RDM"), "bodega"),
        (("permitted", "bodega", "1988-R2", "--zones", "sample:zones"), "Near: "),
    ],
)
def test_wrong_input_ends_with_2_and_says_what_to_do(tmp_path, words, says):
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def layer(tmp_path):
    """Return a layer as planners have them: cut names, figures as text, an overlap, an unknown code."""
    boxes = [shapely.box(0, 0, 50, 50), shapely.box(45, 0, 90, 50), shapely.box(90, 0, 140, 50)]
    columns = {"ZONIFICACI": ["RDM", "rdb", "RDMM"], "LOTE_MIN": ["160 m2", "NULL", "1.300,5"]}
    table = gpd.GeoDataFrame(columns, geometry=boxes).set_crs(32719)
    table.to_file(tmp_path / "zonas.shp")
    return tmp_path


def test_check_of_a_dirty_layer(layer):
    named = ("check", "zonas.shp", "--plan", "PDU", "--approved", "2018-05-04")
    done = run(*named, "--json", "--out", "out.gpkg", "--on", "2020-01-01", "--map", "map.png", cwd=layer)
    assert done.returncode == 1, done.stderr
    told = json.loads(done.stdout)
    assert told["counts"] == {
        "error": {"zone.unknown_code": 1, "zone.overlap": 1},
        "info": {"zones.columns": 1, "zones.text_number": 2, "zones.text_missing": 1},
    }
    assert gpd.read_file(layer / "out.gpkg", layer="zones")["min_area"].tolist()[::2] == [160, 1300.5]
    assert (layer / "map.png").read_bytes().startswith(b"\x89PNG")
    assert "zonas revisadas" in run(*named, cwd=layer).stdout
    assert run(*named, "--out", "out.gpkg", cwd=layer).returncode == 2  # is there already


def test_check_runs_on_the_sample(tmp_path):
    done = run("check", "sample:zones", "--on", "1990-01-01", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "zone.adjacency" in done.stdout


def test_permitted_tells_the_reason(tmp_path):
    done = run("permitted", "harina de pescado", "RDM", cwd=tmp_path)
    assert done.returncode == 1
    assert "uso no compatible en Residencial de densidad media (RDM)" in done.stdout
    words = ("permitted", "bodega", "1988-R2-1", "--zones", "sample:zones", "--on")
    told = json.loads(run(*words, "1990-01-01", "--json", cwd=tmp_path).stdout)
    assert (told["index"], told["since"]) == ("compatible", "1988-01-01")
    early = run(*words, "1985-01-01", cwd=tmp_path)
    assert early.returncode == 2
    assert "holds from 1988-01-01" in early.stderr


def test_a_day_before_every_plan_is_no_clean_bill(tmp_path):
    for words in (("check", "sample:zones"), ("capacity", "sample:zones", "--within", "sample:pampa")):
        done = run(*words, "--on", "1970-01-01", cwd=tmp_path)
        assert (done.returncode, "The first plan was approved on 1984" in done.stderr) == (2, True)
