"""`ilo-gis plan`: from a file with a site to plans that the other commands read."""

import json
import tomllib
from dataclasses import replace

import geopandas as gpd
import pytest
import shapely
from test_cli import run

from ilo_gis import io
from ilo_gis.cli.briefs import brief_from, brief_text, example_brief
from ilo_gis.cli.options import BriefOptions
from ilo_gis.norms import load
from ilo_gis.subdivision import Brief, LotRule

X, Y = 254_000, 8_047_000


def layer(*shapes, **columns):
    moved = [shapely.affinity.translate(shape, X, Y) for shape in shapes]
    return gpd.GeoDataFrame(columns, geometry=moved, crs=32719)


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a site of 6 ha, an avenue across it and a rock on it."""
    layer(shapely.box(0, 0, 300, 200)).to_file(tmp_path / "site.gpkg")
    avenue = shapely.LineString([(150, -20), (150, 220)])
    layer(avenue, width=[20.0], street_class=["colectora"], name=["Av. Ilo"]).to_file(tmp_path / "given.gpkg")
    layer(shapely.box(0, 0, 40, 30), reason=["rock"]).to_file(tmp_path / "rock.gpkg")
    return tmp_path


GIVEN = ("--streets", "given.gpkg", "--constraints", "rock.gpkg", "--min-area", 160, "--min-frontage", 8)


def test_plan_writes_alternatives_that_check_and_compare_read(folder):
    done = run("plan", "site.gpkg", *GIVEN, "--reserves", 0.1, "--alternatives", 2, "--json", cwd=folder)
    assert done.returncode in (0, 1), done.stderr
    said = json.loads(done.stdout)
    assert [one["name"] for one in said["plans"]] == ["A", "B"]
    made = {"plan.gpkg", "plan.png", "plan_B.gpkg", "plan_B.png", "plan_compared.png"}
    assert made <= {path.name for path in folder.iterdir()}
    plan = io.read_project(folder / "plan.gpkg")
    assert said["plans"][0]["summary"][0]["count"] == (plan.lots["kind"] == "lot").sum() > 100
    assert plan.losses.area.sum() == pytest.approx(1200)
    assert "Av. Ilo" in set(plan.street_lines["name"].dropna())
    info = io.project_info(folder / "plan_B.gpkg")
    assert json.loads(info["rule"])["min_area"] == 160.0
    assert Brief.from_mapping(tomllib.loads(info["brief"])).shares == {"recreation": 0.1}
    checked = run("check", "plan.gpkg", "--json", cwd=folder)
    assert json.loads(checked.stdout)["checked"] == len(plan.lots)
    compared = run("compare", "plan.gpkg", "plan_B.gpkg", "--json", cwd=folder)
    lots = [json.loads(compared.stdout)["indicators"][0], said["comparison"]["indicators"][0]]
    assert list(lots[0]["value"].values()) == list(lots[1]["value"].values())
    again = run("plan", "site.gpkg", *GIVEN, "--alternatives", 2, cwd=folder)
    assert again.returncode == 2
    assert "--overwrite" in again.stderr


def test_plan_tells_areas_figures_and_findings(folder):
    done = run("plan", "site.gpkg", "--lot-type", 3, "--out", "three.gpkg", "--lang", "en", cwd=folder)
    assert done.returncode in (0, 1), done.stderr
    for words in ("Area table", "Legal lots", "Longest block", "Findings", "three.gpkg", "three.png"):
        assert words in done.stdout
    assert not (folder / "three_compared.png").exists()


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_example_brief_is_the_norms_with_lots_of_120_m2(tmp_path, lang):
    done = run("plan", "--write-brief", "brief.toml", "--lang", lang, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "brief.toml").read_text("utf-8") == example_brief(lang)
    norms = load("pe")
    read, rule = Brief.from_toml(tmp_path / "brief.toml", norms), LotRule.from_norms(norms, 4, min_area=120.0)
    wanted = Brief.from_norms(norms, 4, rule=rule)
    assert replace(read, reserves=wanted.reserves) == wanted
    assert read.shares == wanted.shares
    assert run("plan", "--write-brief", "brief.toml", cwd=tmp_path).returncode == 2


def test_options_stand_in_place_of_the_file(tmp_path):
    path = tmp_path / "brief.toml"
    path.write_text(example_brief("en"), "utf-8")
    options = BriefOptions(path, min_area=150.0, reserves="recreation=0.1,other=0.02", orientation="30")
    brief = brief_from(options, load("pe"))
    assert (brief.rule.min_area, brief.rule.min_frontage) == (150.0, 6.0)
    assert (brief.shares, brief.orientation) == ({"recreation": 0.1, "other": 0.02}, 30.0)
    assert (brief.max_block_length, brief.alternatives) == (120.0, 3)
    assert brief_from(BriefOptions(path, lot_type=3), load("pe")).rule.min_area == 160.0


def test_a_brief_survives_as_text():
    rule = LotRule(160.0, 8.0, ochavo=3.0, areas=(200.0, 300.0), article='Art. 9 "única"')
    brief = Brief(
        rule, {"recreation": 0.08}, sections={"passage": 6.0}, orientation=[(X, Y), (X + 9, Y)], persons=4.5
    )
    assert Brief.from_mapping(tomllib.loads(brief_text(brief))) == brief


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "No site"),
        (("site.gpkg",), "--lot-type"),
        (("site.gpkg", "--min-area", 160), "min_frontage"),
        (("site.gpkg", "--lot-type", 3, "--reserves", "much"), "recreation=0.08"),
        (("site.gpkg", "--lot-type", 3, "--reserves", "1.2"), "120%"),
        (("site.gpkg", "--lot-type", 3, "--orientation", "north"), "contours"),
        (("site.gpkg", "--lot-type", 3, "--max-block-length", 9), "two lots"),
        (("site.gpkg", "--brief", "none.toml"), "no file none.toml"),
        (("site.gpkg", "--brief", "bad.toml"), "bad.toml: brief: widht"),
        (("site.gpkg", "--lot-type", 3, "--constraints", "site.gpkg"), "reason"),
        (("site.gpkg", "--lot-type", 3, "--lang", "fr"), "es or en"),
    ],
)
def test_wrong_input_ends_with_2_and_says_what_to_do(folder, words, says):
    (folder / "bad.toml").write_text("lot_type = 3\nwidht = 12\n")
    done = run("plan", *words, cwd=folder)
    assert done.returncode == 2, done.stdout
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "plan.gpkg").exists()
