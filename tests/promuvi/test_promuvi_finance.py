"""House finance: the paper's shares, the base that it does not give, and loans that cannot be."""

import numpy as np
import pandas as pd
import pytest

from ilo_gis import promuvi, tables
from ilo_gis.errors import SchemaError


def printed(assigned):
    """Return the loans of the paper, one a lot, and that many assigned lots."""
    lots = pd.Index([f"L-{n}" for n in range(assigned)])
    told = promuvi.finance_sources()["lots"].drop("none")
    loans = pd.DataFrame({"lot_id": lots[: told.sum()], "source": np.repeat(told.index, told)})
    return loans.rename_axis("finance_id"), lots


def per_cent(assigned):
    return (promuvi.finance_shares(*printed(assigned))["share"] * 100).round(1).tolist()


def test_the_shares_of_the_paper_on_the_bases_that_it_may_mean():
    assert per_cent(4074) == [14.7, 27.0, 8.6, 2.6, 47.1]  # base of ENACE's 27 %
    assert per_cent(4054) == [14.8, 27.1, 8.6, 2.6, 46.8]  # base of the bank's 14.8 %
    assert per_cent(4156)[-1] == 48.1  # all families that are told: the 2,000 without a house among them
    assert promuvi.finance_shares(*printed(4156)).at["none", "lots"] == 2000


def test_the_printed_shares_imply_four_bases_and_agree_from_4041_to_4067():
    told = promuvi.finance_sources()
    assert told["base"].round().tolist()[:4] == [4054, 4074, 3889, 4077]
    assert told["lots"].sum() == 4156
    assert (told["base_min"].max(), told["base_max"].min()) == (4041, 4067)
    for base, same in ((4040, False), (4041, True), (4067, True), (4068, False)):
        shares = promuvi.finance_shares(*printed(base))["share"] * 100
        rounded = [round(shares.iloc[n], digits) for n, digits in enumerate((1, 0, 0, 1))]
        assert (rounded == [14.8, 27, 9, 2.6]) is same


def test_a_lot_with_two_sources_counts_for_both_and_is_told():
    loans = pd.DataFrame(
        {
            "lot_id": ["a", "a", "b", "z"],
            "source": ["own", "labor", "enace", "own"],
            "amount": [5, None, 7, 9],
        },
        index=pd.Index(["1", "2", "3", "4"], name="finance_id"),
    )
    lots = pd.Index(["a", "b", "c"])
    found = promuvi.finance_shares(loans, lots)
    assert found["lots"].to_dict() == {"materials_bank": 0, "enace": 1, "labor": 1, "own": 1, "none": 1}
    assert found["amount"].fillna(-1).tolist() == [-1, 7, -1, 5, -1]  # not known is not 0
    told = promuvi.check_finance(loans, lots)
    assert told[["feature", "rule"]].to_numpy().tolist() == [
        ["4", "finance.unknown_lot"],
        ["a", "finance.two_sources"],
    ]


@pytest.mark.parametrize(
    ("change", "rule"),
    [({"amount": -1}, "amount"), ({"lot_id": "x"}, "unknown_lot"), ({"source": "lavor"}, "unknown_source")],
)
def test_loans_that_cannot_be_are_told(change, rule):
    loan = pd.DataFrame({"lot_id": ["a"], "source": "labor", "amount": 100} | change, index=["1"])
    assert promuvi.check_finance(loan, pd.Index(["a"]))["rule"].tolist() == [f"finance.{rule}"]


def test_nothing_assigned_no_shares():
    assert promuvi.finance_shares(printed(4074)[0], pd.Index([])).empty


def test_a_table_of_lots_is_no_list_of_ids():
    with pytest.raises(SchemaError, match=r"lots\.index"):
        promuvi.finance_shares(tables.empty("house_finance"), pd.DataFrame({"block_id": ["A"]}, ["A-1"]))
