"""What the sample says of the relocations, and that it can be followed to real lots."""

import pytest

from ilo_gis.io import sample
from ilo_gis.subdivision import LotRule
from ilo_gis.workflows import lots_from_streets


def test_receiving_lots_are_lots_of_the_plan_made_from_the_sample():
    sites = sample("receiving_sites").set_index("receiving_id")
    plan = lots_from_streets(
        sample("pampa_streets"), LotRule(min_area=160.0, min_frontage=8.0), width="width"
    )
    lots = plan.lots[plan.lots["kind"] == "lot"]
    police = lots.loc[sites.at["police_lot", "lots"].split(";")]
    assert police["area"].sum() == pytest.approx(800, rel=0.06)
    picuda = lots[lots["block_id"].isin(sites.at["la_picuda_block", "lots"].split(";"))]
    assert len(picuda) == sites.at["la_picuda_block", "capacity"] == 72
    (area,) = sample("extension_areas").query("number == 5").geometry
    assert picuda.within(area).all()
    assert police.within(area).all()


def test_every_id_of_a_table_is_there():
    land, sites, pacts, moves = (sample(n) for n in ("occupants", "receiving_sites", "agreements", "moves"))
    assert set(land["receiving_id"].dropna()) == set(sites["receiving_id"])
    assert sorted(";".join(pacts["occupants"]).split(";")) == sorted(land["occupant_id"])
    assert set(moves["occupant_id"]) == set(land["occupant_id"])
    assert set(moves["agreement_id"].dropna()) == set(pacts["agreement_id"])
    assert set(sample("obligations")["agreement_id"]) <= set(pacts["agreement_id"])


def test_what_no_source_tells_is_marked():
    moves = sample("moves").set_index("step")
    assert moves.loc[["listed", "negotiated", "incorporated"], "source"].str.contains("illustrative").all()
    printed = moves.loc[["moved", "cleared"], "source"]
    assert printed.str.fullmatch(r"S99 II\.d, Table 3, row \d+").all()
    assert len(printed) == 30
