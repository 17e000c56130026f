"""Steps, main figures and checks of a whole project, and findings that are accepted."""

import contextlib
import os
import sqlite3
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import box

from ilo_gis import kept, norms, review, steps
from ilo_gis.errors import Cancelled, RuleError, WriteError
from ilo_gis.io import open as open_store
from ilo_gis.io import sample
from ilo_gis.subdivision import LotRule, indicators, recorded
from ilo_gis.tables import accept, accepted_reasons, empty
from ilo_gis.workflows import lots_from_streets, lots_in_blocks

RULE = LotRule(min_area=160.0, min_frontage=8.0)


@pytest.fixture(scope="module")
def plan():
    blocks = gpd.GeoDataFrame(index=["K"], geometry=[box(0, 0, 80, 40)], crs=32719)
    return lots_in_blocks(blocks, RULE)


@pytest.fixture(scope="module")
def known(plan):
    return {"blocks": plan.blocks, "lots": plan.lots}


def progress_of(lots, **done):
    table = (
        empty("lot_progress", lots.crs).reindex(lots.index).set_geometry(lots.geometry.array, crs=lots.crs)
    )
    return table.assign(**done)


def test_steps_go_on_from_nothing_to_titles(known):
    told = steps.steps({})
    assert told["state"].tolist() == ["next"] + ["later"] * 6
    assert told["value"].isna().all()
    zone = gpd.GeoDataFrame(index=["z"], geometry=[box(0, 0, 40, 40)], crs=32719)  # half of the lots
    hill = gpd.GeoDataFrame(index=[1, 2], geometry=[box(0, 0, 100, 100), box(50, 0, 150, 100)], crs=32719)
    told = steps.steps(known | {"zones": zone, "constraints": hill})
    assert told["value"].tolist()[:4] == [0.32, 1.5, 20, 50]
    assert told["state"].tolist() == ["done", "done", "done", "next", "later", "later", "later"]


def test_services_are_three_and_titles_are_the_last_stage(known):
    half = np.arange(20) < 10
    done = np.where(half, "done", "none")
    table = progress_of(known["lots"], stage=np.where(half, "titled", "free"), water=done, sewer=done)
    value = steps.steps(known | {"lot_progress": table})["value"]
    assert value[["allotment", "services", "titles"]].tolist() == [50, 0, 50]
    assert steps.steps({"lot_progress": table.assign(electricity=done)})["value"]["services"] == 50


def test_figures_of_a_plan_and_of_a_selection(known):
    short = known["lots"].geometry.copy()
    short.iloc[0] = short.iloc[0].intersection(box(0, 0, 4, 400))
    drawn = known | {"lots": known["lots"].set_geometry(short)}
    whole = review.overview(drawn, RULE)["value"]
    assert whole["lots"] - whole["legal"] == 1
    some = review.overview(drawn, RULE, only=known["lots"].index[1:4])["value"]
    assert some[["lots", "legal", "area"]].tolist() == [3, 3, 480]


def test_reserves_are_those_of_the_indicators():
    rule = LotRule(min_area=120.0, min_frontage=7.0)
    plan = lots_from_streets(sample("pampa_streets").head(60), rule, width="width")
    of_pe = norms.load("pe")
    figures = review.overview(vars(plan), rule, of_pe)
    wanted = indicators(plan, rule, norms=of_pe)
    both = [name for name in wanted.index if name.startswith("reserve_")]
    assert both
    pd.testing.assert_frame_equal(figures.loc[both], wanted.loc[both])


def test_each_reserve_that_is_missing_is_a_finding_with_its_article():
    grid, of_pe = gpd.GeoDataFrame(index=[*"KLMN"], geometry=_blocks(), crs=32719), norms.load("pe")
    plan = vars(lots_in_blocks(grid, RULE))
    short = review.check_all(plan, RULE, of_pe).set_index("rule")
    told = short.loc[["reserve.share"]]
    assert told["required"].tolist() == [8e3, 1e3, 2e3, 2e3]
    assert told["found"].tolist() == [0, 0, 0, 0]
    assert set(told["article"]) == {"TH.010 Art. 10"}
    assert told["message_es"].str.contains("recreación").sum() == 1
    reserved = grid.assign(kind=["parque", "otros", "education", "parks_zonal"])
    reserved["geometry"] = [box(0, 0, w, 10) for w in (810, 210, 150, 110)]
    left = {"reserves": reserved.assign(block_id=grid.index)}
    given = review.check_all(plan | left, RULE, of_pe)
    lacking = given[given["rule"].str.startswith("reserve.")]
    assert lacking[["required", "found"]].to_numpy().tolist() == [[2e3, 1.5e3]]
    assert review.check_all(plan, None, of_pe)["rule"].str.startswith("reserve.").sum() == 0


def _blocks():
    return [box(x, 0, x + 250, 100) for x in (0, 300, 600, 900)]


def test_checks_stop_when_asked(known):
    with pytest.raises(Cancelled):
        review.check_all(known, RULE, progress=lambda share, _: share < 0.4)


def test_an_accepted_finding_stays_so_in_the_file_and_after_a_new_check(plan, tmp_path):
    lots = plan.lots.set_geometry(plan.lots.geometry.scale(0.9, 0.9))
    found = review.check_all({"lots": lots, "blocks": plan.blocks}, RULE)
    one = found[(found["rule"] == "lot.min_area") & (found["feature"] == "K-1")]
    with open_store(tmp_path / "p.gpkg", create=True) as store:
        store.write(plan)
        store.write({"accepted_findings": accept(one, "built before 1995", "office")}, reason="accepted")
        accepted = store.read("accepted_findings")
    again = review.check_all({"lots": lots, "blocks": plan.blocks}, RULE)
    reasons = accepted_reasons(again, accepted)
    assert reasons.dropna().tolist() == ["built before 1995"]
    assert again.loc[reasons.notna(), ["feature", "rule"]].to_numpy().tolist() == [["K-1", "lot.min_area"]]
    smaller = lots.set_geometry(lots.geometry.scale(0.9, 0.9))
    later = review.check_all({"lots": smaller, "blocks": plan.blocks}, RULE)
    assert accepted_reasons(later, accepted).isna().all()


def test_findings_of_one_feature_are_accepted_one_by_one():
    zones = {"plan": "PDU", "catalogue": "pe_2016", "code": ["I4", "RDM", "RDM"]}
    land = [box(0, 0, 90, 90), box(100, 0, 190, 90), box(-100, 0, -10, 90)]
    zones = gpd.GeoDataFrame(zones, geometry=land, index=["mill", "north", "south"], crs=32719)
    found = review.check_all({"zones": zones.assign(approved=pd.Timestamp("2018-05-04"))})
    assert found.groupby(["feature", "rule", "found"]).size().tolist() == [2]
    one = accept(found.iloc[:1], "until the mill moves")
    assert accepted_reasons(found, one).notna().tolist() == [True, False]
    assert accepted_reasons(found.assign(message="said anew"), one).isna().all()
    before = one.set_axis(["zones/mill/zone.adjacency/10.00"])  # as it was kept in 2026, for all of a feature
    assert accepted_reasons(found, before).notna().tolist() == [True, True]


def test_without_a_reason_nothing_is_accepted():
    with pytest.raises(RuleError, match="reason"):
        accept(empty("findings", 32719), "  ")


def test_the_rule_is_read_anew_when_it_lies_in_the_log_of_an_open_file(plan, tmp_path):
    address, other = str(tmp_path / "p.gpkg"), LotRule(min_area=90.0, min_frontage=6.0)
    with open_store(address, create=True) as store:
        store.write(plan, "base", info=recorded(RULE))
    with contextlib.closing(sqlite3.connect(address)) as qgis:
        qgis.execute("PRAGMA journal_mode=WAL")
        assert kept.rule_in(address) == RULE
        before = Path(address).stat().st_mtime_ns
        qgis.execute("BEGIN")
        qgis.execute("SELECT * FROM gpkg_contents").fetchone()  # who reads keeps the log from being emptied
        with open_store(address) as store:
            store.write(plan, "base", info=recorded(other))
        os.utime(address, ns=(before, before))
        assert kept.rule_in(address) == other


def test_a_result_is_kept_as_an_alternative_and_compared(plan, known, tmp_path):
    address = str(tmp_path / "p.gpkg")
    with open_store(address, create=True) as store:
        store.write(plan, info=recorded(RULE))
    fewer = known | {"lots": known["lots"].iloc[4:].astype({"kind": object})}  # as a layer of QGIS tells it
    kept.keep_alternative(address, "fewer", fewer, reason="menos lotes")
    names, table = kept.alternatives(address)
    assert names == ["base", "fewer"]
    assert table.loc["lots", ["best", "base", "fewer"]].tolist() == ["base", 20, 16]
    with open_store(address) as store:
        assert set(store.history().query("scenario == 'fewer'")["reason"]) == {"menos lotes"}
    with pytest.raises(WriteError, match="already"):
        kept.keep_alternative(address, "fewer", fewer)


class Noted(dict):
    """Tables that note which of them are read."""

    def __init__(self, tables):
        super().__init__(tables)
        self.read = set()

    def __getitem__(self, name):
        self.read.add(name)
        return super().__getitem__(name)

    def get(self, name, default=None):
        self.read.add(name)
        return super().get(name, default)

    def items(self):
        self.read |= self.keys()
        return super().items()

    def values(self):
        self.read |= self.keys()
        return super().values()


def test_what_a_question_does_not_need_is_not_read(known):
    """Tables of layers are read when they are asked for: charges and works are long."""
    long = {name: empty(name) for name in ("charges", "payments", "works", "households", "house_finance")}
    stands, checks = Noted(long | known), Noted(long | known)
    kept.standing(stands, None, None)
    kept.checked(checks, None, None)
    assert stands.read >= {"lots", "blocks"}
    assert not stands.read & long.keys()
    assert checks.read & long.keys() == {"works"}
