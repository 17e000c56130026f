"""The memoria descriptiva: every figure is that of the tables; texts of users are texts."""

import runpy
from html import unescape
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from ilo_gis import reports, subdivision
from ilo_gis.errors import PrivacyError, RuleError, WriteError

fake_plan = runpy.run_path(str(Path(__file__).parents[1] / "plotting" / "fake_plan.py"))["fake_plan"]


@pytest.fixture(scope="module")
def plan():
    return fake_plan(4, 3)


@pytest.fixture(scope="module")
def vertices(plan):
    west, south, east, north = plan.streets.total_bounds
    land = shapely.Polygon(
        [(west, south), (east, south), (east, north), (west + 30, north), (west, north - 40)]
    )
    site = gpd.GeoDataFrame(index=["P"], geometry=[land], crs=32719)
    return subdivision.perimeter_vertices(site)


@pytest.mark.parametrize("ending", ["html", "md"])
def test_figures_are_those_of_the_tables(plan, vertices, tmp_path, ending):
    path = reports.memoria_report(
        plan, vertices, tmp_path / f"m.{ending}", place={"name": "Pampa <b>*Inalámbrica*"}
    )
    text = unescape(path.read_text("utf-8").replace("\\", "").split("<body>")[-1])
    lots = plan.lots[plan.lots["kind"] == "lot"]
    for figure in (
        f"{plan.summary.at['site', 'area']:,.2f} m²",
        f"{vertices['distance'].sum():,.2f} m",
        f"con {len(lots)} lotes",
        f"{lots.area.sum():,.2f}",
        "Recreación pública",
        "EPSG:32719",
        "suman 540°00'00\" (corresponde 540°00'00\")",
        "Por el oeste: colinda con",
        "Por el norte: colinda con ......................................, en línea",
    ):
        assert figure in text, figure
    kept = "&lt;b&gt;*Inal" if ending == "html" else "\\<b\\>\\*Inal"
    assert kept in path.read_text("utf-8")


def test_the_sides_of_a_rectangle_look_to_the_four_winds(plan, tmp_path):
    west, south, east, north = plan.streets.total_bounds
    site = gpd.GeoDataFrame(index=["P"], geometry=[shapely.box(west, south, east, north)], crs=32719)
    text = reports.memoria_report(
        plan, subdivision.perimeter_vertices(site), tmp_path / "m.md", "en", schematic=True
    ).read_text("utf-8")
    wide, high = f"{east - west:,.2f} m", f"{north - south:,.2f} m"
    names = {"north": (wide, "P1-P2"), "east": (high, "P2-P3")}
    names |= {"south": (wide, "P3-P4"), "west": (high, "P4-P1")}
    for wind, (length, side) in names.items():
        line = next(line for line in text.splitlines() if f"On the {wind}" in line)
        assert f"{length} (side {side})" in line
    assert "Schematic: no survey" in text
    assert "error of 0.000 m" in text


def test_refusals(plan, vertices, tmp_path):
    with pytest.raises(RuleError, match="es or en"):
        reports.memoria_report(plan, vertices, tmp_path / "m.md", "fr")
    with pytest.raises(WriteError, match="no vertices"):
        reports.memoria_report(plan, vertices.iloc[:0], tmp_path / "m.md")
    named = plan.lots.assign(propietario="Ana")
    with pytest.raises(PrivacyError, match="propietario"):
        reports.memoria_report(type(plan)(**(vars(plan) | {"lots": named})), vertices, tmp_path / "m.md")
    assert list(tmp_path.iterdir()) == []
