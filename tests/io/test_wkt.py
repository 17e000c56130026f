"""CSV with outlines as well-known text: of PostGIS, of QGIS, and of ilo_gis itself."""

import geopandas as gpd
import pytest
from shapely import box

from ilo_gis import io, tables
from ilo_gis.errors import ReadError, RuleError

RING = "((254000 8046000, 254008 8046000, 254008 8046020, 254000 8046020, 254000 8046000))"


@pytest.mark.parametrize(
    "text",
    [
        f'MANZANA;LOTE;Geom\nK;1;"SRID=32719;POLYGON {RING}"\nK;2;POLYGON roto\n',
        f'MANZANA,LOTE,WKT\nK,1,"MULTIPOLYGON ({RING})"\nK,2,\n',
    ],
)
def test_outlines_become_lots_and_lines_without_any_are_told(tmp_path, text):
    (tmp_path / "l.csv").write_text(text, "utf-8-sig")
    made, found = io.import_file(tmp_path / "l.csv", 32719, table="lots")
    assert made["lots"].area.to_dict() == {"K-1": 160.0}
    told = found.set_index("rule").loc["read.no_wkt"]
    assert (told["feature"], told["severity"]) == ("3", "error")


def test_another_crs_is_told_and_no_other_is_guessed(tmp_path):
    (tmp_path / "l.csv").write_text(f'manzana,lote,wkt\nK,1,"SRID=24879;POLYGON {RING}"\n')
    with pytest.raises(ReadError, match=r"EPSG:24879, as its texts say .*--source-crs EPSG:24879"):
        io.import_file(tmp_path / "l.csv", 32719, table="lots")
    made, found = io.import_file(tmp_path / "l.csv", 32719, source_crs=24879, table="lots")
    assert made["lots"].total_bounds[0] == pytest.approx(254_000 - 193.5, abs=0.2)
    assert "read.datum" in set(found["rule"])
    with pytest.raises(RuleError, match="--table lots"):
        io.import_file(tmp_path / "l.csv", 32719)


def test_what_the_export_writes_comes_in(tmp_path):
    blocks = gpd.GeoDataFrame(index=["K"], geometry=[box(254_000, 8_046_000, 254_060, 8_046_040)], crs=32719)
    io.write_csv({"blocks": tables.complete(blocks, "blocks")}, tmp_path / "out")
    made, found = io.import_file(tmp_path / "out" / "blocks.csv", 32719, table="blocks")
    assert made["blocks"].area.to_dict() == {"K": 2400.0}
    assert found.empty
