import numpy as np
import pandas as pd
import pytest

from ilo_gis.errors import SchemaError
from ilo_gis.tables.numbers import numbers


def test_texts_are_numbers_and_words_for_nothing_are_nan():
    column = pd.Series([" 15 ", "15 m", "15,5 mts", "-2", "1e3", None, "NULL", "", 7])
    expected = [15, 15, 15.5, -2, 1000, np.nan, np.nan, np.nan, 7]
    np.testing.assert_array_equal(numbers(column, "m"), expected)


@pytest.mark.parametrize("text", ["ancho", "15 ft", "15 x 20", "16-20", "1.300.5", True])
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


@pytest.mark.parametrize("text", ["1.300", "1,300", "999,125 m", "-12.500"])
def test_a_text_that_may_be_thousands_or_decimals_is_refused(text):
    with pytest.raises(SchemaError, match=rf"L-2: '{text}'.* '{text}' may be thousands or three decimals"):
        numbers(pd.Series(["0.5", text], index=["L-1", "L-2"]), "m")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.125", 0.125), ("0,125", 0.125), ("1.5", 1.5), ("1,25", 1.25), ("1234.567", 1234.567),
        ("1.300,5", 1300.5), ("1,300.5", 1300.5), ("1.234.567,25", 1_234_567.25), ("1,300.125 m", 1300.125),
    ],
)  # fmt: skip
def test_a_text_that_is_clear_is_read(text, value):
    assert numbers(pd.Series([text]), "m").tolist() == [value]


def test_numbers_among_texts_are_no_texts():
    assert numbers(pd.Series([1.125, "2,5", np.float64(1.3)], dtype=object), "m").tolist() == [
        1.125,
        2.5,
        1.3,
    ]
