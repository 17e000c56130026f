import math
from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from ilo_gis import norms
from ilo_gis.errors import NormError, RuleError
from ilo_gis.subdivision import LotRule

NAMES = ("min_area", "min_frontage", "max_ratio", "max_depth")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", [0, -1, math.nan, math.inf, -math.inf, True, "160", [160.0]])
def test_what_is_no_positive_number_is_refused_by_name(name, value):
    values = {"min_area": 160.0, "min_frontage": 8.0} | {name: value}
    with pytest.raises(RuleError, match=f"{name} is "):
        LotRule(**values)


@pytest.mark.parametrize("name", ["min_area", "min_frontage", "max_ratio"])
def test_none_is_refused(name):
    with pytest.raises(RuleError, match=f"{name} is None"):
        LotRule(**({"min_area": 160.0, "min_frontage": 8.0} | {name: None}))


@pytest.mark.parametrize("area", [160, 160.0, np.float64(160), np.int64(160), np.float32(160)])
def test_numbers_of_any_type_are_welcome(area):
    assert LotRule(area, 8.0).min_area == 160


def test_defaults():
    rule = LotRule(160.0, 8.0)
    assert (rule.max_ratio, rule.max_depth, rule.depth, rule.article) == (6.0, None, 40.0, "")


def test_own_depth_counts():
    assert LotRule(160.0, 8.0, max_depth=25.0).depth == 25.0


@pytest.mark.parametrize(("ratio", "depth"), [(0.99, None), (6.0, 1.3)])
def test_a_rule_that_contradicts_itself_is_refused(ratio, depth):
    with pytest.raises(RuleError, match="max_"):
        LotRule(160.0, 8.0, max_ratio=ratio, max_depth=depth)


def test_a_square_rule_is_allowed():
    assert LotRule(64.0, 8.0, max_ratio=1.0).max_ratio == 1.0


def test_a_rule_does_not_change():
    with pytest.raises(FrozenInstanceError):
        LotRule(160.0, 8.0).min_area = 1.0


@pytest.mark.parametrize(
    ("lot_type", "area", "front"), [(1, 450.0, 15.0), (2, 300.0, 10.0), (3, 160.0, 8.0), (4, 90.0, 6.0)]
)
def test_types_of_th_010(lot_type, area, front):
    rule = LotRule.from_norms(norms.load("pe"), lot_type)
    assert (rule.min_area, rule.min_frontage) == (area, front)
    assert "TH.010" in rule.article


def test_a_type_without_figures_asks_for_them():
    with pytest.raises(RuleError, match="type 5"):
        LotRule.from_norms(norms.load("pe"), 5)
    rule = LotRule.from_norms(norms.load("pe"), 5, min_area=70.0, min_frontage=5.0)
    assert (rule.min_area, rule.min_frontage) == (70.0, 5.0)


def test_changes_come_before_the_norm():
    assert LotRule.from_norms(norms.load("pe"), 3, min_area=200.0).min_area == 200.0


def test_no_such_type():
    with pytest.raises((NormError, RuleError), match="lot_type_9"):
        LotRule.from_norms(norms.load("pe"), 9)
