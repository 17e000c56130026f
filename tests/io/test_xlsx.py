"""A workbook as Excel sees it: numbers and days are such, texts never run, headings have units."""

import datetime as dt
import zipfile

import openpyxl
import pandas as pd
import pytest

from ilo_gis import io, tables
from ilo_gis.errors import RuleError, WriteError

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
            {"summary": summary}, tmp_path / f"{lang}.xlsx", lang=lang, info={"schematic": "yes"}
        )
        book = openpyxl.load_workbook(path)
        assert [cell.value for cell in book[sheet][1]][2] == head
        assert book[sheet]["C2"].value == 480.5
        assert book[sheet]["A2"].value == {"es": "Lotes", "en": "lots"}[lang]
        assert io.read_exported(path, "summary").index.tolist() == ["lots"]
        notes = [cell.value for row in book.worksheets[-1].iter_rows() for cell in row]
        assert {"schematic", "Area on the ellipsoid"} <= set(notes)


def test_what_no_sheet_can_hold_is_refused(events, tmp_path):
    with pytest.raises(WriteError, match="longer than a cell"):
        io.write_xlsx({"lot_events": events.assign(evidence="x" * 40_000)}, tmp_path / "e.xlsx")
    with pytest.raises(RuleError, match="es or en"):
        io.write_xlsx({"lot_events": events}, tmp_path / "e.xlsx", lang="qu")
    assert list(tmp_path.iterdir()) == []
