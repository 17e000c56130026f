import geopandas as gpd
import pytest
import shapely

from ilo_gis import plotting, tables
from ilo_gis.errors import CRSError, RuleError
from ilo_gis.plotting.zoning_styles import ZONING_STYLES
from ilo_gis.site import buildable

pytest.importorskip("matplotlib")
SITE = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 400, 100)], crs=32719)


def words(figure):
    return [t.get_text() for axes in [figure, *figure.axes] for t in axes.texts]


def zones(codes, plan="P"):
    boxes = [shapely.box(100 * i, 0, 100 * i + 100, 100) for i in range(len(codes))]
    columns = {"plan": plan, "catalogue": "pe_2016", "code": codes}
    return gpd.GeoDataFrame(columns, geometry=boxes, crs=32719)


def test_a_zoning_map_names_codes_in_both_languages_with_their_areas():
    said = words(
        plotting.zoning_map(zones(["RDM", "RDM", "ZRP", "XYZ"]), boundary=SITE, title="Plan", note="Nota")
    )
    for text in ("Plan", "RDM", "Residencial de densidad media", "Housing, medium density", "ZRP"):
        assert text in said
    assert "XYZ" in said
    assert "Unknown code" in said
    assert said.count("50.0") == 1  # two of four hectares are RDM
    assert said.count("25.0") == 2
    assert any(text.startswith("Nota") and "EPSG:32719" in text for text in said)


def test_the_map_does_not_depend_on_the_order_of_zones(tmp_path):
    plan = zones(["RDM", "CZ", "ZRP", "RDM"])
    for name, rows in (("1.png", plan), ("2.png", plan.iloc[::-1])):
        plotting.zoning_map(rows, tmp_path / name)
    assert (tmp_path / "1.png").read_bytes() == (tmp_path / "2.png").read_bytes()


def test_zones_of_two_plans_over_the_same_land_are_not_drawn_as_one():
    both = gpd.pd.concat([zones(["RDM"], "1983"), zones(["CZ"], "1988")], ignore_index=True)
    with pytest.raises(RuleError, match=r"1983, 1988.*zones_on"):
        plotting.zoning_map(both)
    with pytest.raises(CRSError):
        plotting.zoning_map(zones(["RDM"]).to_crs(4326))


def test_a_constraints_map_tells_every_reason_once_and_sums_to_the_site():
    strips = [shapely.box(0, 0, 40, 100), shapely.box(20, 0, 80, 100), shapely.box(300, 0, 400, 100)]
    taken = gpd.GeoDataFrame(
        {
            "kind": ["shore", "shore", "railway"],
            "reason": ["playa / beach", "zona restringida / restricted zone", "influencia / influence"],
            "effect": ["forbid", "forbid", "limit"],
        },
        geometry=strips,
        crs=32719,
    )
    land, losses = buildable(SITE, taken)
    said = words(plotting.constraints_map(SITE, taken, land, losses))
    for text in (
        "Apto para edificar",
        "Fit for building",
        "Limited: influence",
        "Playa",
        "Restricted zone",
    ):
        assert text in said
    # hectares: 2.2 free, 1.0 under conditions, 0.4 beach, 0.4 restricted (its other 0.2 count as beach)
    assert [said.count(text) for text in ("2.20", "1.00", "0.40", "4.00")] == [1, 1, 2, 1]


def test_looks_name_real_columns_and_every_shipped_code_has_its_colour():
    for name, style in ZONING_STYLES.items():
        columns = tables.describe(name).index
        assert style.column is None or style.column in columns
        assert style.column or list(style.symbols) == ["all"]
        assert style.label is None or style.label.column in columns
    for one in tables.catalogues.catalogues().values():
        for code, zone in one.zones.items():
            assert ZONING_STYLES["zones"].symbols[code].fill == zone.color
    assert "RDM: Residencial de densidad media" in plotting.qml("zones")
