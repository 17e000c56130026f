"""A workbook as Excel sees it: numbers and days are such, texts never run, headings have units."""

import datetime as dt
import zipfile

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
from shapely import box

from ilo_gis import io, tables
from ilo_gis.errors import RuleError, WriteError
from ilo_gis.io.xlsx import cell_words

BAD = ['=HYPERLINK("http://x")', "+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "＝1", "http://x.pe", "007"]


@pytest.fixture
def events():
    rows = {
        "lot_id": "K-1",
        "kind": "titled",
        "date": pd.Timestamp("1994-05-31"),
        "evidence": BAD,
        "n": 2**60,
    }
    index = pd.Index([f"E{k}" for k in range(len(BAD))], name="event_id")
    return tables.complete(pd.DataFrame(rows, index), "lot_events")


def test_nothing_runs_and_nothing_is_a_link(events, tmp_path):
    path = io.write_xlsx({"lot_events": events}, tmp_path / "e.xlsx", info={"note": "=1+1"})
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
                assert str(cell.value)[:1] not in {*"=+-@\t\r＝"} or isinstance(cell.value, int | float)
    with zipfile.ZipFile(path) as book:
        assert not any("externalLinks" in name or "vba" in name for name in book.namelist())


def test_days_are_days_and_numbers_that_excel_cannot_keep_are_texts(events, tmp_path):
    sheet = openpyxl.load_workbook(io.write_xlsx({"lot_events": events}, tmp_path / "e.xlsx"))["lot_events"]
    heads = [cell.value for cell in sheet[1]]
    first = dict(zip(heads, (cell.value for cell in sheet[2]), strict=True))
    assert first["Fecha"] == dt.datetime(1994, 5, 31)
    assert first["n"] == str(2**60)
    assert sheet.freeze_panes == "B2"


def test_headings_and_notes_in_both_languages(tmp_path):
    summary = pd.DataFrame(
        {"count": [3], "area": [480.5], "ellipsoidal_area": [480.2], "share": [60.0]},
        pd.Index(["lots"], name="item"),
    )
    for lang, sheet, head in (("es", "Cuadro de áreas", "Área (m²)"), ("en", "Area table", "area (m²)")):
        path = io.write_xlsx(
            {"summary": summary},
            tmp_path / f"{lang}.xlsx",
            lang=lang,
            info={"schematic": "yes", "articles": "-"},
        )
        book = openpyxl.load_workbook(path)
        assert [cell.value for cell in book[sheet][1]][2] == head
        assert book[sheet]["C2"].value == 480.5
        assert book[sheet]["A2"].value == {"es": "Lotes", "en": "lots"}[lang]
        assert io.read_exported(path, "summary").index.tolist() == ["lots"]
        notes = [cell.value for row in book.worksheets[-1].iter_rows() for cell in row]
        said = {"es": {"Esquemático", "sí", "Artículos"}, "en": {"schematic", "yes", "articles"}}[lang]
        assert {*said, "Area on the ellipsoid"} <= set(notes)
        assert "'" not in notes


def test_what_no_sheet_can_hold_is_refused(events, tmp_path):
    with pytest.raises(WriteError, match="longer than a cell"):
        io.write_xlsx({"lot_events": events.assign(evidence="x" * 40_000)}, tmp_path / "e.xlsx")
    with pytest.raises(RuleError, match="es or en"):
        io.write_xlsx({"lot_events": events}, tmp_path / "e.xlsx", lang="qu")
    assert list(tmp_path.iterdir()) == []


def test_words_are_spanish_and_empty_texts_empty_and_all_reads_back(tmp_path):
    square = [box(254_000, 8_046_000, 254_100, 8_046_100)] * 3
    reserves = gpd.GeoDataFrame(
        {
            "block_id": list("KLM"),
            "kind": ["education", "park", "mercado"],
            "use": ["primary_school", "", None],
        },
        index=pd.Index(list("KLM"), name="reserve_id"),
        geometry=square,
        crs=32719,
    )
    content = {
        "reserves": tables.complete(reserves, "reserves"),
        "findings": tables.findings("reserves", None, "read.parts", found=2, detail="K-1, K-2", crs=32719),
    }
    path = io.write_xlsx(content, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    kinds, uses = ([cell.value for cell in book["Aportes"][column]][1:] for column in "CD")
    assert kinds == ["Educación", "Parque", "mercado"]
    assert uses == ["Colegio primario", "", None]
    shown = {cell.value for row in book["Hallazgos"].iter_rows() for cell in row}
    assert {"Aportes", "partes", "Advertencia"} <= shown
    assert not {"reserves", "parts", "'"} & shown
    back = io.read_exported(path, "reserves", 32719)
    assert back["kind"].tolist() == ["education", "park", "mercado"]
    assert back["use"].fillna("missing").tolist() == ["primary_school", "", "missing"]
    found = io.read_exported(path, "findings", 32719)
    assert found[["table", "feature", "unit"]].iloc[0].tolist() == ["reserves", "", "parts"]


@pytest.mark.parametrize("table", tables.names())
def test_no_two_words_of_a_column_have_the_same_spanish(table):
    for said in cell_words(table).values():
        assert len(set(said.values())) == len(said)
