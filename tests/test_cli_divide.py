"""Given blocks cut from the command line: every option, several rules, lots that stay."""

import json

import geopandas as gpd
import pytest
import shapely
from test_cli import run

from ilo_gis import io
from ilo_gis.cli.rules import read_rules
from ilo_gis.errors import ReadError, RuleError
from ilo_gis.norms import load

X, Y = 254_000, 8_047_000
RULES = """
[small]
min_area = 160
min_frontage = 8

[large]
lot_type = 1
areas = [500, 600.5]
"""


def layer(*boxes, **columns):
    shapes = [shapely.box(X + a, Y + b, X + c, Y + d) for a, b, c, d in boxes]
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=32719)


@pytest.fixture
def folder(tmp_path):
    """Return a folder with two blocks of 100 by 40 m, and rules."""
    blocks = layer((0, 0, 100, 40), (120, 0, 220, 40), mz=["K", "L"], rule=["small", ""])
    blocks.to_file(tmp_path / "blocks.shp")
    (tmp_path / "rules.toml").write_text(RULES)
    return tmp_path


def divide(folder, *words):
    done = run("divide", "blocks.shp", "--id-column", "mz", "--out", "lots.gpkg", *words, cwd=folder)
    return done, io.read_project(folder / "lots.gpkg") if done.returncode in (0, 1) else None


ONE = ("--min-area", 160, "--min-frontage", 8)


def test_divide_writes_a_project_a_map_and_the_same_table(folder):
    done, plan = divide(folder, *ONE, "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["summary"][0]["count"] == (plan.lots["kind"] == "lot").sum() == 48
    assert said["summary"][-1]["area"] == pytest.approx(8000.0)
    assert plan.lots.index[0] == "K-1"
    assert (folder / "lots.png").read_bytes().startswith(b"\x89PNG")
    assert run("check", "lots.gpkg", cwd=folder).returncode == 0


def test_every_option_of_a_rule_arrives(folder):
    words = (
        "--max-area 900 --min-width 7 --max-ratio 5 --max-depth 45 --target-frontage 12 --size-tolerance 0.2"
    )
    words += " --remainder green --corner-extra 2 --ochavo 3 --axis 90 --side-lines parallel"
    done, _ = divide(folder, *ONE, *words.split())
    assert done.returncode == 0, done.stderr
    assert "Cuadro de áreas" in done.stdout
    assert json.loads(io.project_info(folder / "lots.gpkg")["rule"]) == {
        "min_area": 160.0, "min_frontage": 8.0, "max_ratio": 5.0, "max_depth": 45.0, "max_area": 900.0,
        "min_width": 7.0, "target_frontage": 12.0, "tolerance": 0.2, "remainder": "green",
        "corner_extra": 2.0, "ochavo": 3.0, "axis": 90.0, "side_lines": "parallel",
    }  # fmt: skip


def test_areas_are_a_list_and_count_is_exact(folder):
    assert {"200", "300"} <= set(
        divide(folder, *ONE, "--areas", "200,300")[1].lots["area"].map("{:.0f}".format)
    )
    done, plan = divide(folder, *ONE, "--count", 7, "--overwrite")
    assert (plan.lots["kind"] == "lot").sum() == 14
    done, _ = divide(folder, *ONE, "--count", 70, "--overwrite")
    assert done.returncode == 2
    assert "K (24 of 70)" in done.stderr


def test_blocks_have_the_rule_they_name_the_zone_they_lie_in_or_the_first(folder):
    layer((110, -10, 230, 50), rule=["large"]).to_file(folder / "zones.gpkg")
    done, plan = divide(folder, "--rules", "rules.toml", "--zones", "zones.gpkg")
    assert done.returncode == 0, done.stderr
    lots = plan.lots[plan.lots["kind"] == "lot"]
    assert lots.groupby("block_id")["rule"].agg(set).to_dict() == {"K": {"small"}, "L": {"large"}}
    assert sorted(lots.loc[lots["block_id"] == "L", "area"].round(3)) == [500.0, 600.5]
    assert run("check", "lots.gpkg", cwd=folder).returncode == 0  # by the rules that the file records
    assert divide(folder, "--rules", "rules.toml", "--overwrite")[1].blocks["rule"].tolist() == ["small"] * 2


def test_lots_that_stay_are_in_the_result_as_they_were(folder):
    divide(folder, *ONE)
    before = io.read_project(folder / "lots.gpkg").lots.query("lot_id in ['K-3', 'L-5']")
    before[["block_id", "number", "geometry"]].to_file(folder / "keep.gpkg")
    done, plan = divide(folder, *ONE, "--keep", "keep.gpkg", "--count", 7, "--overwrite")
    assert done.returncode == 0, done.stderr
    kept = plan.lots.loc[["K-3", "L-5"], "geometry"]
    assert kept.geom_equals_exact(before.geometry, 1e-9).all()
    assert plan.lots.query("kind == 'lot'").groupby("block_id")["number"].min().to_dict() == {"K": 3, "L": 5}
    layer((300, 0, 310, 20)).to_file(folder / "away.gpkg")
    done, _ = divide(folder, *ONE, "--keep", "away.gpkg", "--overwrite")
    assert done.returncode == 2
    assert "lie in no block" in done.stderr


def test_lots_between_streets_take_zones_and_lots_that_stay(folder):
    lines = [[(0, 0), (300, 0)], [(0, 112), (300, 112)], [(10, -20), (10, 130)], [(122, -20), (122, 130)]]
    moved = [shapely.LineString([(X + x, Y + y) for x, y in line]) for line in lines]
    gpd.GeoDataFrame(geometry=moved, crs=32719).to_file(folder / "streets.gpkg")
    layer((40, 6, 50, 26)).to_file(folder / "keep.gpkg")
    layer((0, 0, 300, 300), rule=["small"]).to_file(folder / "zones.gpkg")
    words = "--streets streets.gpkg --rules rules.toml --zones zones.gpkg --keep keep.gpkg --out plan.gpkg"
    done = run("lots", *words.split(), cwd=folder)
    assert done.returncode == 0, done.stderr
    lots = io.read_project(folder / "plan.gpkg").lots
    assert lots.at["0", "area"] == 200.0
    assert set(lots["rule"].dropna()) == {"small"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("min_area = 3", r"'min_area' stands outside of a rule"),
        ("[a]\nmin_area = 120", r"rule 'a': min_frontage missing"),
        ("[a]\nmin_aera = 120", r"rule 'a': 'min_aera' is no option.*did you mean min_area"),
        ("[a]\nlot_type = 3\n[b]\nlot_type = 9", r"rule 'b': lot_type is 9; TH.010 has types 1 to 6"),
        ("[a]\nlot_type = 3\ncount = 1.5", r"rule 'a': count is 1.5; it should be a whole number"),
        ("[a]\nmin_area = 120\nmin_frontage = '7'", r"rule 'a': min_frontage is '7'"),
        ("[a]\nlot_type = 3\nareas = 200", r"rule 'a': areas is 200"),
        ("# nothing", "has no rules"),
    ],
)
def test_faults_of_a_file_of_rules_are_named(tmp_path, text, says):
    path = tmp_path / "rules.toml"
    path.write_text(text)
    with pytest.raises(RuleError, match=r"(?s)rules\.toml.*" + says):
        read_rules(path, load("pe"))


def test_a_file_of_rules_that_cannot_be_read(tmp_path):
    with pytest.raises(ReadError, match="no file"):
        read_rules(tmp_path / "rules.toml", {})
    (tmp_path / "rules.toml").write_text("[a\n")
    with pytest.raises(ReadError, match="line 1"):
        read_rules(tmp_path / "rules.toml", {})


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--min-area", 160), "min_frontage missing"),
        ((*ONE, "--areas", "200;300"), "200,300,180"),
        (("--rules", "rules.toml", "--count", 4), "--rules is given and so is --count"),
        ((*ONE, "--zones", "blocks.shp"), "one rule is given for all"),
        ((*ONE, "--remainder", "away"), "spread, last, remnant, green"),
    ],
)
def test_wrong_options_end_with_2_and_say_what_to_do(folder, words, says):
    done, _ = divide(folder, *words)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "lots.gpkg").exists()
