"""Numbers printed in the papers on Ilo beside those that the library works out."""

import pytest

from ilo_gis.zoning import growth_rates, level_demand, population


def test_growth_of_ilo_by_period():
    found = growth_rates(population())["rate"].mul(100).round(1)
    assert found.to_dict() == {
        "1941-1961": 12.2,
        "1961-1972": 7.0,
        "1972-1981": 6.8,
        "1981-1993": 1.2,
        "1993-1999": 5.3,
    }


def test_people_of_ilo_grew_sixfold_from_1961_to_1999():
    seen = population()
    seen = seen[seen["used"]].set_index("year")["persons"]
    assert seen[1999] / seen[1961] == 6
    assert seen[1972] / seen[1941] == 21  # "twenty-fold in three decades"


def test_ten_thousand_lots_in_seven_years_are_1429_a_year():
    needed = level_demand(10_000 / 7, range(1990, 1997))["lots"]
    assert needed.sum() == 10_000
    assert needed.max() == 1429
    assert needed.mean() == pytest.approx(1428.57, abs=0.01)
