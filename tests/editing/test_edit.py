"""Edits: what they change, applied, taken back, put together, and refused where rows changed meanwhile."""

from itertools import pairwise

import geopandas as gpd
import hypothesis.strategies as st
import pandas as pd
import pytest
import shapely
from hypothesis import given

from ilo_gis.editing import applied, edit_between, require_fresh, title_of, titles, together
from ilo_gis.errors import ConflictError, RuleError


def lots(uses):
    """Lots side by side, by id; their place tells their shape."""
    shapes = [shapely.box(8 * k, 0, 8 * k + 8, 20) for k in range(len(uses))]
    index = pd.Index(list(uses), name="lot_id", dtype=object)
    return gpd.GeoDataFrame({"use": list(uses.values())}, geometry=shapes, index=index, crs=32719)


tables = st.dictionaries(st.sampled_from("ABCDEF"), st.sampled_from(["housing", "park", None])).map(lots)


def same(one, two):
    return not edit_between("lots.use", {"lots": one}, {"lots": two}).changes and len(one) == len(two)


@given(tables, tables)
def test_edit_leads_from_one_table_to_the_other_and_back(one, two):
    edit = edit_between("lots.use", {"lots": one}, {"lots": two})
    after = applied({"lots": one}, edit)["lots"] if edit.changes else one
    assert same(after, two)
    back = applied({"lots": after}, edit.reversed)["lots"] if edit.changes else one
    assert same(back, one)


@given(st.lists(tables, min_size=3, max_size=5))
def test_several_edits_are_one(states):
    steps = [edit_between("lots.use", {"lots": one}, {"lots": two}) for one, two in pairwise(states)]
    whole = together("lots.use", steps)
    assert same(applied({"lots": states[0]}, whole)["lots"], states[-1])
    assert same(applied({"lots": states[-1]}, whole.reversed)["lots"], states[0])


def test_a_vertex_more_is_a_change():
    one = lots({"A": "park"})
    two = one.set_geometry(shapely.segmentize(one.geometry.to_numpy(), 4), crs=one.crs)
    assert edit_between("lots.use", {"lots": one}, {"lots": two}).changes["lots"].changed.tolist() == ["A"]


@pytest.mark.parametrize("now", [{"A": "school"}, {}, {"A": "park", "B": "park"}])
def test_rows_that_changed_meanwhile_are_not_overwritten(now):
    edit = edit_between("lots.use", {"lots": lots({"A": "park"})}, {"lots": lots({"B": "park"})})
    with pytest.raises(ConflictError, match=r"lots: [AB] changed since") as refused:
        require_fresh({"lots": lots(now)}, edit)
    assert refused.value.table == "lots"


def test_titles_are_told_in_both_languages():
    assert all(set(one) == {"en", "es"} for one in titles().values())
    assert title_of("lots.slide", ["A-1", "A-2"], "en") == "Slide the side line between A-1, A-2"
    with pytest.raises(RuleError, match=r"no edit 'lots\.burn'"):
        title_of("lots.burn", [])
