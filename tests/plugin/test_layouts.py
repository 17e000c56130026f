"""Sheets as PDF: what is printed on them are the numbers of the library's tables."""

import shutil
import subprocess

import pytest
import shapely
from qgis.core import QgsFeedback, QgsProject

from ilo_gis import io
from ilo_gis.plotting.qml import ALL
from ilo_gis.plotting.sheet_tables import area_rows, figures_said, sides_said, zone_rows
from ilo_gis.subdivision import LotRule, area_table, lot_sides, perimeter_vertices, site_outline
from ilo_gis.tables import conform
from ilo_gis.workflows import lots_from_streets

GIVEN = {"PAPER": "A3", "ONLY": [], "TITLE": "Pampa", "DISTRICT": "Ilo", "PROVINCE": "", "DEPARTMENT": ""}


@pytest.fixture(scope="session")
def plan():
    """A few blocks of the sample."""
    streets = io.sample("pampa_streets")
    near = streets[streets.intersects(shapely.box(254300, 8047000, 254700, 8047240))]
    return lots_from_streets(near, LotRule(min_area=120, min_frontage=7))


@pytest.fixture(scope="session")
def address(plan, tmp_path_factory):
    path = tmp_path_factory.mktemp("sheets") / "plan.gpkg"
    zones = conform(io.sample("zones").set_index("zone_id"), "zones")
    lines = plan.street_lines.assign(name=[f"Calle {i}" for i in range(len(plan.street_lines))])
    with io.open(path, create=True) as store:
        store.write(plan, info={"norms": "pe 2025-01-01"})
        store.write({"zones": zones, "street_lines": lines})
    return path


@pytest.fixture
def printed(plugin, address, tmp_path):
    """Print a kind of sheet; return the texts of its pages."""
    from ilo_gis_plugin.layouts import sheets, sources

    if not shutil.which("pdftotext"):
        pytest.skip("needs pdftotext: install the package poppler-utils")

    def of(kind, **given):
        path = tmp_path / f"{kind}.pdf"
        sheets.write(kind, sources.of_store(str(address)), GIVEN | given, str(path), QgsFeedback())
        command = ["pdftotext", "-layout", path, "-"]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return [page for page in text.split("\f") if page.strip()]

    return of


def said_in(page, rows):
    """Tell whether all cells of rows stand on a page; spaces between thousands may be of any width."""
    cells = {str(cell).replace("\u202f", " ") for row in rows for cell in row}
    return [cell for cell in cells if cell not in page.replace("\u202f", " ")] == []


def test_the_layout_plan_has_area_table_and_stamp_in_spanish(printed, plan):
    [page] = printed("plan")
    assert said_in(page, area_rows(area_table(plan.streets, plan.lots), "es")[1])
    words = ["Plano de trazado y lotización", "Cuadro", "Leyenda", "Manzanas", "ESQUEMÁTICO", "UTM zona 19S"]
    assert [word for word in [*words, "pe 2025-01-01", "1:7500", "254500 E"] if word not in page] == []
    assert "Proyecto" in page
    assert "Project" not in page


def test_the_zoning_plan_has_the_areas_of_the_zones_in_force(printed, address):
    from datetime import date

    from ilo_gis.zoning import zones_on

    [page] = printed("zoning")
    with io.open(address) as store:
        zones = zones_on(store.read("zones"), date.today())
    rows = zone_rows(zones, "es")[1]
    assert said_in(page, [row[2:] for row in rows])
    assert said_in(page, [[row[1].split(":")[0]] for row in rows])


def test_vertices_that_do_not_fit_go_on_a_second_page(printed, plan):
    pages = printed("perimeter")
    assert len(pages) == 2
    vertices = perimeter_vertices(site_outline(plan.streets, plan.blocks))
    columns = ["vertex", "side", "distance", "angle", "easting", "northing"]
    assert said_in("".join(pages), figures_said(vertices, columns)[columns].to_numpy())


def test_an_atlas_has_a_sheet_for_each_block_named(printed, plan):
    pages = printed("blocks", ONLY=["A", "B", "C"])
    assert (
        sum("Ubicación" in page for page in pages) == 3
    )  # a font that is higher lets lots go on a second page
    columns = ["number", "area", "frontage", "depth", "perimeter"]
    for letter in "ABC":
        lots = plan.lots[(plan.lots["block_id"] == letter) & (plan.lots["kind"] == "lot")]
        page = "".join(page for page in pages if f"Manzana {letter}" in page)
        assert said_in(page, figures_said(lots, columns)[columns].to_numpy())


def test_a_lot_has_its_sides_and_neighbours(printed, plan):
    ids = ["A-1", "A-2", "B-3"]
    pages = printed("lots", ONLY=ids, PAPER="A4")
    assert len(pages) == 3
    sides = sides_said(lot_sides(plan.lots), "es")
    for one, page in zip(ids, pages, strict=True):
        mine = sides[sides["lot_id"] == one]
        assert said_in(page, mine[["side", "length"]].to_numpy())
        assert said_in(page, mine.loc[mine["neighbour_kind"] == "lot", ["neighbour"]].to_numpy())
        assert "Calle " in page


def test_an_open_project_is_printed_and_stays_as_it_is(plugin, plan, tmp_path):
    from ilo_gis_plugin.bridge import BridgeError, to_layer
    from ilo_gis_plugin.layouts import sheets, sources

    project = QgsProject.instance()
    for name in ("streets", "lots", "blocks"):
        layer = to_layer(getattr(plan, name), ALL[name].es, name)
        layer.setCustomProperty("ilo_gis/table", name)
        project.addMapLayer(layer)
    project.setDirty(False)
    found = sources.of_project(project, QgsFeedback())
    sheets.write("plan", found, GIVEN, str(tmp_path / "plan.pdf"), QgsFeedback())
    assert (tmp_path / "plan.pdf").stat().st_size > 10_000
    assert (project.isDirty(), len(project.mapLayers()), project.layoutManager().layouts()) == (False, 3, [])
    with pytest.raises(BridgeError, match="zones"):
        sheets.write("zoning", found, GIVEN, str(tmp_path / "zones.pdf"), QgsFeedback())
    with pytest.raises(BridgeError, match="Q-7"):
        sheets.write("lots", found, GIVEN | {"ONLY": ["Q-7"]}, str(tmp_path / "lots.pdf"), QgsFeedback())
    project.clear()


def test_the_template_names_no_path_of_a_computer(plugin):
    from ilo_gis_plugin.layouts.page import HERE

    text = (HERE / "sheet.qpt").read_text("utf-8")
    assert "/usr" not in text
    assert "file:" not in text
