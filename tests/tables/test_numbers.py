import numpy as np
import pandas as pd
import pytest

from ilo_gis.errors import SchemaError
from ilo_gis.tables.numbers import numbers


def test_texts_are_numbers_and_words_for_nothing_are_nan():
    column = pd.Series([" 15 ", "15 m", "15,5 mts", "-2", "1e3", None, "NULL", "", 7])
    expected = [15, 15, 15.5, -2, 1000, np.nan, np.nan, np.nan, 7]
    np.testing.assert_array_equal(numbers(column, "m"), expected)


@pytest.mark.parametrize("text", ["ancho", "15 ft", "15 x 20", "1,200", "16-20", True])
def test_what_is_no_number_of_the_unit_is_named(text):
    with pytest.raises(SchemaError, match=r"lines: 1 values of the column 'w' .* L-2: "):
        numbers(pd.Series(["15", text], index=["L-1", "L-2"], name="w", dtype=object), "m", "lines")


def test_numbers_stay_what_they_are():
    column = pd.Series([1, 2], index=["a", "b"], name="w")
    pd.testing.assert_series_equal(numbers(column, "m"), column.astype(float))


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("35 %", "share", 0.35),
        ("0,3", "share", 0.3),
        ("1.300,5 hab/ha", "persons/ha", 1300.5),
        ("3 pisos", "floors", 3),
    ],
)
def test_what_is_surely_a_number_of_the_unit_is_read(text, unit, value):
    assert numbers(pd.Series([text]), unit).tolist() == [value]
