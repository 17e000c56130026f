"""The page of relocations: what it says, that it needs nothing else, the same bytes each time."""

import datetime
import json
import re

import pytest

from ilo_gis import io
from ilo_gis.errors import RuleError, WriteError
from ilo_gis.relocation import occupancy
from ilo_gis.reports import relocation_page


@pytest.fixture(scope="module")
def layers():
    occupants = io.sample("occupants").set_index("occupant_id")
    moves = io.sample("moves").set_index("move_id")
    return occupancy(occupants, moves), io.sample("seafront").set_index("strip_id"), io.sample("coast")


def told(path):
    """Return the text of a page and what its slider shows, by day."""
    text = path.read_text("utf-8").replace("\u202f", " ")
    data = json.loads(re.search(r'id="data">(.*?)</script>', text, re.S)[1])
    return text, {day["text"]: day for day in data["days"]}


def test_the_slider_tells_day_by_day_what_is_free(layers, tmp_path):
    days = [datetime.date(1993, 10, 31), datetime.date(1994, 6, 30), datetime.date(1995, 7, 31)]
    text, shown = told(relocation_page(*layers, tmp_path / "a.html", dates=days))
    assert [day["freed"] for day in shown.values()] == [
        "0 de 27 400 m²",
        "5 400 de 27 400 m²",
        "27 400 de 27 400 m²",
    ]
    names = dict(re.findall(r"<tr><td>(\d+)</td><td>([^<]*)</td>", text))
    gone = {names[str(n)] for n in shown["30 jun 1994"]["gone"]}
    assert len(gone) == 4
    assert {"Aduana del Perú", "Policía Nacional"} < gone
    assert shown["31 oct 1993"]["open"] == []


def test_by_default_it_shows_all_days_on_which_anything_changes(layers, tmp_path):
    _, shown = told(relocation_page(*layers, tmp_path / "a.html", lang="en"))
    assert next(iter(shown.values()))["freed"] == "0 of 27 400 m²"
    assert {"30 Nov 1993", "31 May 1994", "30 Jun 1995", "31 Dec 1995"} <= set(shown)
    assert list(shown.values())[-1]["left"] == "15 of 15"


def test_it_needs_nothing_else_and_is_the_same_each_time(layers, tmp_path):
    occupants, seafront, coast = layers
    named = occupants.assign(name="</script><b> / </script><b>")
    text, _ = told(relocation_page(named, seafront, coast, tmp_path / "a.html", sea=io.sample("sea")))
    assert not re.search(r"\b(src|href)=", text)
    assert "<b> " not in text
    mixed = [one.sample(frac=1, random_state=2) for one in (named, seafront)]
    relocation_page(*mixed, coast, tmp_path / "b.html", sea=io.sample("sea"))
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_what_cannot_be_shown_is_refused(layers, tmp_path):
    occupants, seafront, coast = layers
    with pytest.raises(RuleError, match="occupancy"):
        relocation_page(occupants.drop(columns="end"), seafront, coast, tmp_path / "a.html")
    with pytest.raises(RuleError, match="lang"):
        relocation_page(occupants, seafront, coast, tmp_path / "a.html", lang="de")
    with pytest.raises(RuleError, match="no occupants"):
        relocation_page(occupants.iloc[:0], seafront, coast, tmp_path / "a.html")
    relocation_page(occupants, seafront, coast, tmp_path / "a.html")
    with pytest.raises(WriteError, match="exists"):
        relocation_page(occupants, seafront, coast, tmp_path / "a.html")


def test_a_project_that_is_schematic_says_so_without_being_told(layers, tmp_path):
    text, _ = told(relocation_page(*layers, tmp_path / "es.html"))
    assert '<p class="note">Esquemático: no es un levantamiento.</p>' in text
    assert "UTM zona 19S (EPSG:32719)" in text
    bare = [layer.copy() for layer in layers]
    for layer in bare:
        layer.attrs = {}
    io.write_tables({"occupants": bare[0]}, tmp_path / "p.gpkg", info={"schematic": "yes"})
    for layer in bare:
        layer.attrs = {}
    assert '<p class="note"></p>' in told(relocation_page(*bare, tmp_path / "bare.html"))[0]
    read = io.read_layer(tmp_path / "p.gpkg", "occupants").set_index("occupant_id")
    text, _ = told(relocation_page(read, *bare[1:], tmp_path / "en.html", lang="en"))
    assert '<p class="note">Schematic: no survey.</p>' in text
    assert "UTM zone 19S" in text
