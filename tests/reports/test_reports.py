"""Certificates as pages: what they say, that they are one page, the same bytes each time."""

import datetime
import re
from html.parser import HTMLParser

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from ilo_gis.errors import RuleError, WriteError
from ilo_gis.reports import certificate_report
from ilo_gis.zoning import certificate


@pytest.fixture(scope="module")
def data():
    boxes = [shapely.box(8 * i, 20 * j, 8 * i + 8, 20 * j + 20) for j in (0, 1) for i in range(5)]
    number = pd.array(range(1, 11), dtype="Int64")
    index = [f"K-{n}" for n in range(1, 11)]
    lots = gpd.GeoDataFrame({"block_id": "K", "number": number}, index=index, geometry=boxes, crs=32719)
    zones = gpd.GeoDataFrame(
        {
            "plan": "Plan <A> & B",
            "approved": pd.Timestamp("2018-05-01"),
            "catalogue": "pe_2016",
            "code": "RDM",
        },
        index=["Z1"],
        geometry=[shapely.box(-50, -50, 90, 90)],
        crs=32719,
    )
    return certificate("K-3", lots, zones, on=datetime.date(2026, 1, 15), issuer="Municipalidad de Ilo")


class Page(HTMLParser):
    """Collects text and sees that every tag is closed."""

    def __init__(self):
        super().__init__()
        self.open, self.text = [], []

    def handle_starttag(self, tag, attrs):
        assert not {"src", "href"} & {name for name, _ in attrs}, "a page that needs nothing else"
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.text.append(data.strip())


def read(path):
    page = Page()
    page.feed(path.read_text("utf-8"))
    assert page.open == []
    return [text for text in page.text if text]


def test_the_page_says_all_in_spanish_and_english(data, tmp_path):
    said = read(certificate_report(data, tmp_path / "es.html"))
    for text in (
        "Municipalidad de Ilo",
        "Certificado de parámetros urbanísticos y edificatorios",
        "RDM – Residencial de densidad media",
        "Plan <A> & B",
        "330 hab./ha *",
        "6 m *",
        "30 % *",
        "no establecido",
        "15 de enero de 2026",
        "15 de enero de 2029",
        "Escala 1:1\u202f000",
    ):
        assert text in said, text
    english = read(certificate_report(data, tmp_path / "en.html", "en"))
    assert {
        "RDM – Housing, medium density",
        "330 persons/ha *",
        "15 January 2029",
        "Scale 1:1\u202f000",
    } <= set(english)


def test_the_sketch_is_to_scale(data, tmp_path):
    page = certificate_report(data, tmp_path / "K.html").read_text("utf-8")
    own = re.search(r'<path d="([^"]+)"[^>]*stroke="#b3261e"', page)[1]
    points = [tuple(map(float, point.split(","))) for point in re.findall(r"[-\d.]+,[-\d.]+", own)]
    x, y = zip(*points, strict=True)
    assert (max(x) - min(x), max(y) - min(y)) == pytest.approx((8, 20))


def test_the_pdf_is_one_page_and_the_same_each_time(data, tmp_path):
    pytest.importorskip("matplotlib")
    for kind in ("pdf", "html"):
        one = certificate_report(data, tmp_path / f"one.{kind}").read_bytes()
        assert one == certificate_report(data, tmp_path / f"two.{kind}").read_bytes()
    pdf = (tmp_path / "one.pdf").read_bytes()
    assert pdf.count(b"/Type /Page ") == 1
    assert b"[ 0 0 595.27559" in pdf  # A4


def test_what_cannot_be_written_is_refused(data, tmp_path):
    with pytest.raises(WriteError, match=r"\.html or \.pdf"):
        certificate_report(data, tmp_path / "K.docx")
    with pytest.raises(RuleError, match="es or en"):
        certificate_report(data, tmp_path / "K.html", "qu")
    path = certificate_report(data, tmp_path / "K.html")
    with pytest.raises(WriteError, match="exists"):
        certificate_report(data, path)
