"""Layers of zones as planners have them."""

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from ilo_gis import io, tables
from ilo_gis.errors import CRSError, NormError, SchemaError
from ilo_gis.zoning import read_zoning

BOX = shapely.box(0, 0, 90, 60)
FAR = shapely.box(200, 0, 290, 60)


def layer(**columns):
    count = len(next(iter(columns.values())))
    shapes = [shapely.box(100 * k, 0, 100 * k + 90, 60) for k in range(count)]
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=32719)


def read(given, **more):
    return read_zoning(given, **{"plan": "PDU", "approved": date(2018, 5, 4)} | more)


def test_spanish_columns_text_numbers_and_parts():
    given = layer(
        COD_ZONA=["RDM", "ZRP"],
        DENSIDAD=["1.300,5", "NULL"],
        LOTE_MIN=["160 m2", ""],
        ALTURA=["3 pisos", None],
        AREA_LIBRE=["35 %", "0.4"],
        NOTA=["a", "b"],
    )
    given.loc[1, "geometry"] = shapely.MultiPolygon([BOX.buffer(-70), FAR, shapely.box(200, 100, 290, 160)])
    before = given.copy(deep=True)
    zones, found = read(given)
    pd.testing.assert_frame_equal(pd.DataFrame(given), pd.DataFrame(before))
    assert zones.index.tolist() == ["2018-RDM-1", "2018-ZRP-1.1", "2018-ZRP-1.2"]
    assert zones.iloc[0][["net_density", "min_area", "max_floors", "min_free_area"]].tolist() == [
        1300.5,
        160,
        3,
        0.35,
    ]
    assert zones["net_density"].isna().tolist() == [False, True, True]
    assert zones["catalogue"].unique().tolist() == ["pe_2016"]  # the one in force that day
    assert zones["NOTA"].tolist() == ["a", "b", "b"]
    assert zones["area"].sum() == given.area.sum()
    pd.testing.assert_frame_equal(tables.conform(zones, "zones"), zones)
    counts = found["rule"].value_counts()
    assert counts.to_dict() == {"zones.text_number": 5, "zones.text_missing": 2, "zones.columns": 1}
    assert "LOTE_MIN: '160 m2'" in " ".join(found["message_es"])
    assert "COD_ZONA = code" in found["message"].iloc[0]


def test_all_cells_that_are_no_numbers_are_named_with_zone_and_column():
    given = layer(ZONIFICACI=["RDM", "RDB"], LOTE_MIN=["abc", "160"], FRENTE=["8", "1,200"])
    with pytest.raises(SchemaError) as told:
        read(given)
    assert "'LOTE_MIN' are no numbers of m2: 2018-RDM-1: 'abc'" in str(told.value)
    assert "'FRENTE' are no numbers of m: 2018-RDB-1: '1,200'" in str(told.value)


def test_a_plan_without_a_date_is_refused_with_the_remedy():
    with pytest.raises(SchemaError, match=r"without 'approved': 0. .*--approved 1988-06-01"):
        read(layer(zona=["RDM"]), approved=None)
    with pytest.raises(SchemaError, match=r"'approved' has no day in 0: 'ayer'"):
        read(layer(zona=["RDM"], fecha=["ayer"]), approved=None)
    zones, _ = read(layer(zona=["RDM"], fecha=["04/05/2018"]), approved=None)
    assert zones["approved"].dt.date.tolist() == [date(2018, 5, 4)]


def test_columns_may_be_named_and_a_density_may_be_a_class():
    given = layer(X1=["rdm ", "RDB"], Y=["8", "10"], DENSIDAD=["Media", "baja"])
    zones, _ = read(given, columns={"code": "X1", "min_frontage": "Y"})
    assert zones["code"].tolist() == ["RDM", "RDB"]
    assert zones["density_class"].tolist() == ["medium", "low"]
    assert zones["min_frontage"].tolist() == [8, 10]
    with pytest.raises(SchemaError, match="The layer has: X1, Y, DENSIDAD"):
        read(given)
    with pytest.raises(SchemaError, match="no column 'Z'"):
        read(given, columns={"code": "Z"})


def test_columns_that_are_called_alike_are_kept_under_another_name(tmp_path):
    given = layer(ZONA=["RDM"], AREA=["0,5 ha"], code=["X-1"]).rename_geometry("geom")
    zones, _ = read(given, columns={"code": "ZONA"})
    assert zones["code"].tolist() == ["RDM"]
    assert zones[["AREA_layer", "code_layer"]].iloc[0].tolist() == ["0,5 ha", "X-1"]
    io.write_tables({"zones": zones}, tmp_path / "zones.gpkg")  # which does not tell names apart by case
    again, _ = read(read(zones)[0])  # a file of `zoning rezone` has `area` and `area_layer`
    assert again.columns.is_unique


def test_ids_do_not_depend_on_the_order_of_rows():
    given = layer(zona=["RDM", "RDM", "ZRP"])
    zones, _ = read(given)
    again, _ = read(given.iloc[::-1])
    assert zones.geometry.to_dict() == again.geometry.to_dict()
    with pytest.raises(SchemaError, match="repeats A"):
        read(given.assign(id_zona=["A", "A", "B"]))


def test_a_day_without_one_catalogue_asks_for_it():
    with pytest.raises(NormError, match="0 shipped catalogues of zones were in force on 2010-01-01"):
        read(layer(zona=["RDM"]), approved=date(2010, 1, 1))


def test_degrees_are_refused_and_empty_gives_empty():
    given = layer(zona=["RDM"])
    with pytest.raises(CRSError, match="to_crs"):
        read(given.to_crs(4326))
    zones, found = read(given.iloc[:0])
    assert zones.empty
    assert found.empty
