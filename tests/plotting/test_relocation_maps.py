"""Pictures of relocations: what they say, and that the same tables give the same bytes."""

import datetime

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from ilo_gis import io, plotting, tables
from ilo_gis.errors import CRSError, RuleError, SchemaError, WriteError
from ilo_gis.relocation import continuity, occupancy, state_on, stretches

pytest.importorskip("matplotlib")
DAYS = [datetime.date(1993, 10, 31), datetime.date(1994, 6, 30), datetime.date(1995, 7, 31)]


def layers():
    occupants = io.sample("occupants").set_index("occupant_id")
    moves = io.sample("moves").set_index("move_id")
    return occupancy(occupants, moves), io.sample("seafront").set_index("strip_id"), io.sample("coast")


def by_date():
    occupants, seafront, coast = layers()
    moves = io.sample("moves").set_index("move_id")
    places = io.sample("places").set_index("name").geometry
    ends = (places["Muelle fiscal"], places["Boca del Río"])
    found = {}
    for day in DAYS:
        table = stretches(coast, occupants, state_on(moves, day), seafront, between=ends, on=day)
        found[day] = (table, continuity(table).runs)
    return found


def words(figure):
    said = [t.get_text().replace("\u202f", " ") for axes in [figure, *figure.axes] for t in axes.texts]
    legends = [axes.get_legend() for axes in figure.axes if axes.get_legend()]
    return said + [t.get_text() for one in legends for t in one.get_texts()]


def test_maps_tell_day_by_day_what_is_free():
    said = words(plotting.relocation_map(*layers(), DAYS, note="Esquemático"))
    for text in ("31 oct 1993", "30 jun 1994", "31 jul 1995", "Libre: 0 de 27 400 m²"):
        assert text in said
    assert "Libre: 5 400 de 27 400 m²" in said
    assert "Libre: 27 400 de 27 400 m²" in said
    assert {"Camal municipal", "Municipal abattoir", "31 may 1995", "Ocupado / Occupied"} <= set(said)
    english = words(plotting.relocation_map(*layers(), DAYS[:1], lang="en"))
    assert "30 Sep 1994" in english
    assert "UTM zona 19S" in str(said)
    assert "UTM zone 19S" in str(english)


def test_maps_do_not_depend_on_the_order_of_rows(tmp_path):
    occupants, seafront, coast = layers()
    mixed = [one.sample(frac=1, random_state=4) for one in (occupants, seafront)]
    plotting.relocation_map(occupants, seafront, coast, DAYS[:1], tmp_path / "a.png")
    plotting.relocation_map(*mixed, coast, DAYS[:1], tmp_path / "b.png")
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()
    with pytest.raises(WriteError, match="exists"):
        plotting.relocation_map(occupants, seafront, coast, DAYS[:1], tmp_path / "a.png")


def test_the_ribbon_tells_how_far_one_can_walk(tmp_path):
    found, occupants = by_date(), layers()[0]
    said = words(plotting.coast_ribbon(found, occupants, tmp_path / "a.png"))
    assert "sin ocupantes: 1 886 m de 2 478 m" in said
    assert "tramo libre más largo: 638 m" in said
    assert "tramo libre más largo: 2 478 m" in said
    plotting.coast_ribbon(dict(reversed(found.items())), occupants, tmp_path / "b.png")
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_what_cannot_be_drawn_is_refused():
    occupants, seafront, coast = layers()
    with pytest.raises(RuleError, match="at most 4"):
        plotting.relocation_map(occupants, seafront, coast, pd.date_range("1994", periods=5))
    with pytest.raises(RuleError, match="at least one day"):
        plotting.relocation_map(occupants, seafront, coast, [])
    with pytest.raises(RuleError, match="occupancy"):
        plotting.relocation_map(occupants.drop(columns="end"), seafront, coast, DAYS)
    with pytest.raises(CRSError, match="coast"):
        plotting.relocation_map(occupants, seafront, coast.to_crs(32718), DAYS)
    with pytest.raises(SchemaError, match="use"):
        plotting.relocation_map(occupants, seafront.drop(columns="use"), coast, DAYS)
    with pytest.raises(RuleError, match="lang"):
        plotting.coast_ribbon(by_date(), occupants, lang="de")


def test_styles_cover_the_kinds_and_carry_the_time():
    kinds = tables.kinds.kinds
    for table in ("occupants", "seafront"):
        assert set(plotting.RELOCATION_STYLES[table].symbols) - {""} == set(kinds(table))
    said = plotting.qml("occupants")
    assert 'startField="start"' in said
    assert 'endField="end"' in said
    assert "Temporal" in said.split("\n")[1]
    assert "temporal" not in plotting.qml("lots")


def test_an_occupant_is_there_until_the_day_before_its_land_was_cleared():
    land = gpd.GeoDataFrame(
        {"name": "x", "kind": "business", "area": 1.0},
        index=["a", "b", "c"],
        geometry=[shapely.box(k, 0, k + 1, 1) for k in range(3)],
        crs=32719,
    )
    rows = [
        ("a", "listed", "1994-01-01", None),
        ("a", "cleared", "1994-05-31", None),
        ("a", "incorporated", "1995-01-01", None),
        ("b", "listed", "1994-01-02", None),
        ("b", "cleared", "1994-03-01", None),
        ("b", "cleared", "1994-04-01", "M5"),
        ("b", "cleared", "1994-08-01", None),
    ]
    moves = pd.DataFrame(rows, columns=["occupant_id", "step", "date", "takes_back"])
    moves.index = pd.Index([f"M{k}" for k in range(1, len(moves) + 1)], name="move_id")
    found = occupancy(land, moves.assign(date=pd.to_datetime(moves["date"])))
    assert found["end"].astype(str).tolist() == ["1994-05-30", "1994-07-31", "NaT"]
    assert found["start"].astype(str).tolist() == ["1994-01-01", "1994-01-02", "NaT"]
