"""Norms: the shipped figures against the law by hand, dates, folders of one's own, broken files."""

import datetime
import subprocess
import sys
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path

import pytest

from ilo_gis import norms
from ilo_gis.errors import NormError

GOOD = """[lot]
description = "Smallest lot"
title_es = "Lote"
unit = { min_area = "m2" }
article = "Ordinance 1"
source = "Municipality"
confidence = "read"
status = "settled"
values.2020-01-01 = { min_area = 200 }
values.2022-01-01 = { min_area = 120 }
"""


def day(text):
    return datetime.date.fromisoformat(text)


def value(id_, on="2025-01-01"):
    return norms.load("pe", on=day(on))[id_].value


def write(folder, text, name="mine.toml"):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture(autouse=True)
def no_folder_of_the_user(monkeypatch):
    monkeypatch.delenv("ILO_GIS_NORMS", raising=False)


# What ships


@pytest.mark.parametrize(
    ("kind", "area", "frontage"), [(1, 450, 15), (2, 300, 10), (3, 160, 8), (4, 90, 6), (6, 450, 15)]
)
def test_lot_types(kind, area, frontage):
    lot = value(f"th010.lot_type_{kind}")
    assert (lot["min_area"], lot["min_frontage"]) == (area, frontage)


def test_lot_type_5_says_that_it_has_no_minimum():
    lot = value("th010.lot_type_5")
    assert lot["minimum"] == "none"
    assert not {"min_area", "min_frontage"} & set(lot)


@pytest.mark.parametrize(("kind", "total"), [(1, 13), (2, 13), (3, 13), (4, 13), (5, 10), (6, 24)])
def test_reserves_add_up(kind, total):
    shares = value(f"th010.reserves_{kind}")
    assert list(shares) == ["recreation", "parks_zonal", "education", "other"]
    assert sum(shares.values()) == pytest.approx(total / 100)


@pytest.mark.parametrize("use", ["housing", "commerce", "industry", "special"])
@pytest.mark.parametrize("street", ["principal", "secondary"])
def test_street_width_is_the_sum_of_its_parts(street, use):
    section = value(f"gh020.local_{street}_{use}")
    width = sum(section[part] * section[part + "s"] for part in ("sidewalk", "parking", "lane"))
    assert section["width"] == pytest.approx(width)
    if street == "secondary":
        assert section["width_two_parkings"] == pytest.approx(width + section["parking"])


def test_layout_figures():
    assert value("gh020.local_principal_housing")["width"] == 15
    assert value("gh020.block_length") == {"min": 40, "max": 300}
    assert (value("gh020.park_distance"), value("gh020.park_width"), value("gh020.ochavo")) == (300, 25, 3)
    assert value("promuvi.fee_cap", on="1995-01-01") == 60
    assert value("promuvi.taps") == {"households_per_tap": 100}


def test_a_dispute_keeps_both_values():
    norm = norms.load("pe")["gh020.local_secondary_housing"]
    (other,) = norm.alternatives
    assert norm.status == "unresolved"
    assert (norm.value["parking"], other.value["parking"]) == (1.80, 2.40)
    assert (norm.value["width"], other.value["width_two_parkings"]) == (9.60, 12.60)


def test_every_shipped_value_is_traceable():
    shown = {
        id_: norm
        for on in ("1990-06-01", "2002-01-01", "2012-01-01", "2021-01-01", "2025-01-01")
        for id_, norm in norms.load("pe", on=day(on)).items()
    }
    assert len(shown) > 100
    for id_, norm in shown.items():
        assert norm.id == id_
        assert all([norm.article, norm.source, norm.description, norm.title_es])
        assert norm.confidence in norms.CONFIDENCE
        assert norm.status in norms.STATUS


# Dates


@pytest.mark.parametrize(
    ("on", "national", "ilo"),
    [("1998-01-01", 572, 572), ("2010-01-01", 80, 80), ("2015-01-01", 20, 80), ("2018-01-01", 250, 250)],
)
def test_air_limit_of_the_day(on, national, ilo):
    assert (value("air.so2_24h", on), value("air.so2_24h_ilo", on)) == (national, ilo)


def test_since_and_until_meet_without_gap():
    days = ["1996-07-19", "2001-06-24", "2009-01-01", "2014-01-01", "2017-06-07"]
    steps = [norms.load("pe", on=day(text))["air.so2_24h"] for text in days]
    assert [step.since for step in steps] == [day(text) for text in days]
    assert all(one.until == other.since for one, other in pairwise(steps))
    assert steps[-1].until is None
    assert (steps[0].source, steps[0].confidence) == ("RM 315-96-EM/VMM", "read")


def test_a_rule_of_later_is_absent_and_says_since_when():
    rules = norms.load("pe", on=day("2000-01-01"))
    assert "gh020.block_length" not in rules
    with pytest.raises(NormError, match=r"not in force on 2000-01-01: it exists since 2011-05-08"):
        rules["gh020.block_length"]


def test_a_rule_that_ended_says_when():
    assert value("air.so2_year", on="2017-06-06") == 80
    with pytest.raises(NormError, match="from 1996-07-19 until 2017-06-07"):
        value("air.so2_year", on="2017-06-07")


def test_a_day_with_an_hour_is_that_day():
    assert norms.load("pe", on=datetime.datetime(2021, 1, 1, 12)).on == day("2021-01-01")
    with pytest.raises(NormError, match="should be a date"):
        norms.load("pe", on="2021-01-01")


# The mapping


def test_unknown_id_names_the_nearest():
    rules = norms.load("pe")
    with pytest.raises(NormError, match=r"Did you mean .*'th010.lot_type_3'") as raised:
        rules["th010.lot_tipe_3"]
    assert isinstance(raised.value, KeyError)
    assert "th010.lot_tipe_3" not in rules
    assert rules.get("th010.lot_tipe_3") is None


def test_unknown_country_lists_those_that_exist():
    with pytest.raises(NormError, match=r"'cl'\. There are those of: pe"):
        norms.load("cl")


def test_changing_a_value_changes_no_later_load():
    norms.load("pe")["gh020.block_length"].value["max"] = 1
    assert norms.load("pe")["gh020.block_length"].value["max"] == 300


def test_table_has_a_row_a_norm():
    rules = norms.load("pe")
    table = rules.table()
    assert table["id"].tolist() == list(rules)
    assert table.columns[:8].tolist() == [
        "id",
        "value",
        "unit",
        "article",
        "source",
        "confidence",
        "since",
        "title_es",
    ]
    assert asdict(rules["gh020.block_length"])["value"] == {"min": 40, "max": 300}


def test_import_stays_light():
    code = "import sys; from ilo_gis import norms; norms.load('pe'); print('pandas' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(norms.__file__).parents[2],
    )
    assert told.stdout.strip() == "False"


# A folder of one's own


def test_own_folder_adds_and_replaces_whole(tmp_path):
    text = GOOD.replace("[lot]", "[lot_type_3]")
    rules = norms.load("pe", on=day("2021-06-01"), folder=write(tmp_path, text, "th010.toml"))
    assert rules["th010.lot_type_3"].value == {"min_area": 200}
    assert rules["th010.lot_type_3"].until == day("2022-01-01")
    assert rules["th010.lot_type_4"].value["min_area"] == 90


def test_own_entry_replaces_the_past_too(tmp_path):
    folder = write(tmp_path, GOOD.replace("[lot]", "[lot_type_3]"), "th010.toml")
    assert "th010.lot_type_3" not in norms.load("pe", on=day("2019-01-01"), folder=folder)


def test_environment_variable_and_option(tmp_path, monkeypatch):
    monkeypatch.setenv("ILO_GIS_NORMS", str(write(tmp_path / "env", GOOD)))
    assert norms.load("pe")["mine.lot"].value == {"min_area": 120}
    assert "mine.lot" not in norms.load("pe", folder=write(tmp_path / "option", GOOD, "other.toml"))
    monkeypatch.setenv("ILO_GIS_NORMS", str(tmp_path / "nowhere"))
    with pytest.raises(NormError, match=r"ILO_GIS_NORMS names .*nowhere, which is no folder"):
        norms.load("pe")


def test_own_country(tmp_path):
    write(tmp_path / "bo", GOOD)
    assert list(norms.load("bo", folder=tmp_path)) == ["mine.lot"]
    assert "mine.lot" not in norms.load("pe", folder=tmp_path)
    with pytest.raises(NormError, match="bo, pe"):
        norms.load("cl", folder=tmp_path)


def test_empty_folder_is_an_error(tmp_path):
    with pytest.raises(NormError, match=r"holds no \.toml file"):
        norms.load("pe", folder=tmp_path)


# Broken files: each names file, line and key. Line 1 is [lot].


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('unit = { min_area = "m2" }', "unit = {", "line 4, near key lot.unit: not valid TOML"),
        ("[lot]", "[lot", "line 1: not valid TOML"),
        ("[lot]", "stray = 1\n[lot]", "line 1, key stray: stands outside any norm"),
        ('article = "Ordinance 1"\n', "", "line 1, key lot.article: missing. Add a line `article = ...`"),
        ('status = "settled"\n', "", "line 1, key lot.status: missing"),
        ('article = "', 'artikle = "', "line 5, key lot.artikle: unknown key"),
        ('"Lote"', '" "', "line 3, key lot.title_es: should be a text"),
        ('"Lote"', "7", "line 3, key lot.title_es: should be a text"),
        ('"read"', '"sure"', "line 7, key lot.confidence: 'sure' is none of: read, published code"),
        ('"read"', '["read"]', "line 7, key lot.confidence: should be a text"),
        ('"settled"', '"maybe"', "line 8, key lot.status: 'maybe' is none of: settled"),
        ('"read"', '"memory-low"', 'line 8, key lot.status: what is known by "memory-low" is not settled'),
        ("2022-01-01", "2022-13-01", "line 10, key lot.values.2022-13-01: '2022-13-01' is no date"),
        (
            "{ min_area = 120 }",
            '{ min_area = "big" }',
            "line 10, key lot.values.2022-01-01.min_area: 'big' is not a number",
        ),
        (
            "{ min_area = 120 }",
            "{ min_area = nan }",
            "line 10, key lot.values.2022-01-01.min_area: nan is not a number",
        ),
        (
            "{ min_area = 120 }",
            "{ min_area = -1 }",
            "line 10, key lot.values.2022-01-01.min_area: -1 is negative",
        ),
        (
            "{ min_area = 120 }",
            "{ min_area = 120, depth = 9 }",
            "line 10, key lot.values.2022-01-01.depth: the number 9 has no unit",
        ),
        ("{ min_area = 120 }", "120", "line 10, key lot.values.2022-01-01: 120 stands alone"),
        ("{ min_area = 120 }", "{}", "line 10, key lot.values.2022-01-01: is empty"),
        (
            '{ min_area = "m2" }',
            '{ min_area = "m2", width = "m" }',
            "line 4, key lot.unit.width: no value has the key",
        ),
        (
            '{ min_area = "m2" }',
            '{ min_area = "share" }',
            "line 9, key lot.values.2020-01-01.min_area: 200 is no share",
        ),
        ('{ min_area = "m2" }', "5", "line 4, key lot.unit: should be a text"),
        (
            '"Municipality"',
            '{ 2020-01-01 = "A" }',
            "line 6, key lot.source: should be one text, or have the dates",
        ),
        (
            'status = "settled"',
            'status = "settled"\nuntil = 2021-01-01',
            "line 9, key lot.until: 2021-01-01 is not after",
        ),
        (
            'status = "settled"',
            'status = "settled"\nuntil = "2025-01-01"',
            "line 9, key lot.until: '2025-01-01' is no date",
        ),
        (
            "values.2022-01-01 = { min_area = 120 }",
            '[[lot.alternatives]]\nvalue = 1\nsource = "x"\nconfidence = "read"',
            "line 8, key lot.status: sources disagree",
        ),
        (
            "values.2022-01-01 = { min_area = 120 }",
            "[[lot.alternatives]]\nvalue = 1",
            "line 10, key lot.alternatives: each needs",
        ),
    ],
)
def test_broken_file_names_line_and_key(tmp_path, old, new, told):
    assert old in GOOD
    with pytest.raises(NormError) as raised:
        norms.load("pe", folder=write(tmp_path, GOOD.replace(old, new)))
    assert str(tmp_path / "mine.toml") in str(raised.value)
    assert told in str(raised.value)


def test_no_values_at_all(tmp_path):
    text = "\n".join(line for line in GOOD.splitlines() if not line.startswith("values")) + "\nvalues = 160"
    with pytest.raises(NormError, match=r"line 9, key lot\.values: has no value"):
        norms.load("pe", folder=write(tmp_path, text))


def test_all_faults_of_a_file_are_told_at_once(tmp_path):
    text = GOOD.replace('"read"', '"sure"').replace('"Lote"', '""')
    with pytest.raises(NormError, match=r"(?s)line 3, key lot\.title_es.*line 7, key lot\.confidence"):
        norms.load("pe", folder=write(tmp_path, text))


def test_other_encoding_is_named_with_its_line(tmp_path):
    (tmp_path / "mine.toml").write_bytes(GOOD.replace("Smallest", "Mínimo").encode("latin-1"))
    with pytest.raises(NormError, match=r"mine\.toml, line 2: the file is not in UTF-8"):
        norms.load("pe", folder=tmp_path)


def test_a_twin_entry_is_named_with_its_line(tmp_path):
    with pytest.raises(NormError, match=r"mine\.toml, line 11, near key lot.*not valid TOML"):
        norms.load("pe", folder=write(tmp_path, GOOD + GOOD))
