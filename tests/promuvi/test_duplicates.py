"""Pairs that may be the same person or household, found without looking at all pairs."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilo_gis import tables
from ilo_gis.errors import RuleError
from ilo_gis.promuvi import duplicate_reasons, near_duplicates


def people(*rows):
    table = pd.DataFrame(rows, columns=["household_id", "name", "document", "birth", "phone"])
    table["birth"] = pd.to_datetime(table["birth"])
    return table.set_axis(pd.Index([f"N{n}" for n in range(len(rows))], name="person_id"))


ANA = ("H1", "Ana María Quispe Mamani", "40123456", "1960-05-04", "953 111 222")


@pytest.mark.parametrize(
    ("other", "reasons"),
    [
        (("H2", "Luis Vega", "40-123456", "1970-01-02", None), "same_document"),
        (("H2", "Luis Vega", "40123457", "1970-01-02", None), "document_digit"),
        (("H2", "Luis Vega", "40124356", "1970-01-02", None), "document_swapped"),
        (("H2", "Luis Vega", "40123654", "1970-01-02", None), None),
        (("H2", "ANA MARIA QUISPE MAMANÍ", "", "1960-05-04", None), "name_and_birth"),
        (("H2", "Quispe Mamani, Ana Maria", None, "1960-05-04", ""), "name_and_birth"),
        (("H2", "Ana María Quispe Mamani", None, "1960-05-05", None), None),
        (("H2", "Luis Vega Soto", None, "1960-05-04", None), None),
        (("H2", "Luis Vega", None, None, "953111222"), "same_phone"),
        (("H1", "Luis Vega", None, None, "953111222"), None),
    ],
)
def test_what_makes_a_pair(other, reasons):
    made = near_duplicates(people(ANA, other))
    assert made["reasons"].tolist() == ([] if reasons is None else [reasons])
    if reasons:
        assert made["strength"].item() == ("weak" if reasons == "same_phone" else "strong")
        assert reasons in duplicate_reasons("en")
        assert made.loc["N0|N1", ["household_one", "household_other"]].tolist() == [ANA[0], other[0]]


@given(st.lists(st.text("12", min_size=3, max_size=4), min_size=2, max_size=9))
@settings(max_examples=30, deadline=None)
def test_documents_as_all_pairs_would_give_them(documents):
    made = near_duplicates(
        people(*[(f"H{n}", f"x{n}", text, None, None) for n, text in enumerate(documents)])
    )
    wanted = {}
    for (i, a), (j, b) in combinations(enumerate(documents), 2):
        off = [k for k in range(len(a)) if len(a) == len(b) and a[k] != b[k]]
        if a == b:
            wanted[f"N{i}|N{j}"] = "same_document"
        elif len(off) == 1:
            wanted[f"N{i}|N{j}"] = "document_digit"
        elif len(off) == 2 and off[1] - off[0] == 1 and a[off[0]] == b[off[1]] and a[off[1]] == b[off[0]]:
            wanted[f"N{i}|N{j}"] = "document_swapped"
    assert made["reasons"].to_dict() == wanted


def test_nothing_but_ids_and_codes_comes_out():
    made = near_duplicates(people(ANA, ("H2", *ANA[1:])))
    tables.require_no_private(made, "near_duplicates")
    text = made.to_csv()
    assert not [value for value in ANA[1:] if value in text]
    assert made["reasons"].item() == "same_document;name_and_birth;same_phone"


def test_a_day_that_stands_for_no_data_makes_no_pairs():
    count = 300
    names = [f"{chr(97 + n % 26)}{n:x} Quispe" for n in range(count)]
    table = people(*[(f"H{n}", name, None, "1900-01-01", None) for n, name in enumerate(names)])
    assert near_duplicates(table).empty


def test_households_that_look_alike_are_a_weak_hint():
    homes = pd.DataFrame(
        {
            "members": 4,
            "dependants": 2,
            "settlement": ["Alto Ilo"] * 3 + [None],
            "income": [700.0, 700.0, 710.0, 700.0],
        },
        index=pd.Index(list("abcd"), name="household_id"),
    )
    made = near_duplicates(households=homes)
    assert made[["one", "other", "reasons"]].astype(str).to_numpy().tolist() == [["a", "b", "same_household"]]
    assert set(made["strength"]) == {"weak"}
    with pytest.raises(RuleError, match="people"):
        near_duplicates()
    assert near_duplicates(people()).empty


def test_order_of_rows_does_not_count():
    rng = np.random.default_rng(4)
    rows = [(f"H{n % 7}", "Ana Quispe", f"{rng.integers(100, 130)}", "1960-01-01", "5") for n in range(40)]
    table = people(*rows)
    pd.testing.assert_frame_equal(
        near_duplicates(table), near_duplicates(table.sample(frac=1, random_state=1))
    )
