"""`ilo-gis zoning assign | certificate | rezone`, on files and on the sample."""

import json

import geopandas as gpd
import pytest
import shapely
from test_cli import run

from ilo_gis import io

X, Y = 254_000, 8_047_000


def layer(*boxes, **columns):
    shapes = [shapely.box(X + a, Y + b, X + c, Y + d) for a, b, c, d in boxes]
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=32719)


@pytest.fixture
def folder(tmp_path):
    """Return a folder with four lots, two zones of which split one, and a strip to rezone."""
    lots = [(8 * i, 0, 8 * i + 8, 20) for i in range(4)]
    layer(*lots, lot_id=[f"K-{i + 1}" for i in range(4)], frontage=8.0).to_file(tmp_path / "lots.gpkg")
    layer((-50, -50, 28, 90), (28, -50, 90, 90), zona=["RDM", "ZRP"], min_area=[120, None]).to_file(
        tmp_path / "zones.gpkg"
    )
    layer((0, -50, 16, 90)).to_file(tmp_path / "strip.gpkg")
    return tmp_path


PLAN = ("--plan", "PDU", "--approved", "2018-05-01", "--catalogue", "pe_2016")
CHANGE = ("--by", "Concejo Provincial", "--resolution", "OM 1-2026", "--date", "2026-01-15", *PLAN)


def test_assign_counts_lots_by_zone_and_names_split_lots(folder):
    done = run(
        "zoning",
        "assign",
        "lots.gpkg",
        "--zones",
        "zones.gpkg",
        "--out",
        "out.gpkg",
        *PLAN,
        "--json",
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert {one["code"]: (one["lots"], one["split"]) for one in said["zones"]} == {"RDM": (4, 1)}
    assert said["counts"]["warning"] == {"conformity.split": 1}
    assert (
        io.read_layer(folder / "out.gpkg", "lot_zones")["parts"].iloc[3]
        == "2018-RDM-1 50.0%; 2018-ZRP-1 50.0%"
    )
    told = run(
        "zoning", "assign", "lots.gpkg", "--zones", "zones.gpkg", "--out", "out.gpkg", *PLAN, cwd=folder
    )
    assert told.returncode == 2
    assert "overwrite" in told.stderr


def test_certificate_of_a_lot_as_html_and_pdf(folder):
    words = (
        "zoning",
        "certificate",
        "lots.gpkg",
        "K-2",
        "--zones",
        "zones.gpkg",
        "--on",
        "2026-01-15",
        *PLAN,
    )
    for name in ("K-2.html", "K-2.pdf"):
        done = run(*words, "--out", name, cwd=folder)
        assert done.returncode == 0, done.stderr
        assert (folder / name).stat().st_size > 5000
    assert "Residencial de densidad media" in (folder / "K-2.html").read_text("utf-8")
    done = run(*words[:3], "K-9", *words[4:], "--out", "no.html", cwd=folder)
    assert done.returncode == 2
    assert "K-9" in done.stderr


def test_rezone_keeps_the_record_of_change_after_change(folder):
    words = ("zoning", "rezone", "zones.gpkg", "--area", "strip.gpkg", "--code", "RDA", "--lots", "lots.gpkg")
    more = ("--parameter", "net_density=560", "--parameter", "min_area=160")
    done = run(*words, *CHANGE, *more, "--out", "one.gpkg", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "OM 1-2026: 2,240 m² de RDM a RDA" in done.stdout
    assert "→ ? " not in done.stdout
    later = (*CHANGE[:3], "OM 2-2026", "--date", "2026-06-01", "--zone", "RDA-20260115", "--code", "CZ")
    done = run("zoning", "rezone", "one.gpkg", *later, "--out", "two.gpkg", "--json", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["record"]["zones_after"] == "CZ-20260601"
    record = io.read_layer(folder / "two.gpkg", "rezonings")
    assert record["resolution"].tolist() == ["OM 1-2026", "OM 2-2026"]
    done = run(*words[:-2], *CHANGE[:3], " ", *CHANGE[4:], "--out", "no.gpkg", cwd=folder)
    assert done.returncode == 2
    assert "resolution" in done.stderr


def test_a_lot_whose_id_is_a_number_has_its_certificate(folder):
    layer((0, 0, 8, 20), (8, 0, 16, 20), lote=[101, 102]).to_file(folder / "numbers.gpkg")
    words = ("zoning", "certificate", "numbers.gpkg", 102, "--id-column", "lote", "--zones", "zones.gpkg")
    done = run(*words, *PLAN, "--out", "102.html", cwd=folder)
    assert done.returncode == 0, done.stderr


def test_a_day_before_all_plans_is_refused(folder):
    words = ("zoning", "assign", "lots.gpkg", "--zones", "zones.gpkg", "--out", "none.gpkg")
    done = run(*words, *PLAN, "--on", "1900-01-01", cwd=folder)
    assert done.returncode == 2
    assert "No zone is in force on 1900-01-01" in done.stderr
