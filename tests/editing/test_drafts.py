"""Drafts: an edit comes back as it was, to the last bit, and nothing personal is in one."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from ilo_gis.editing import Edit, RowChange, draft_text, edit_between, edit_of_draft
from ilo_gis.errors import ReadError

COLUMNS = {
    "text": pd.Series(["Ñuñoa «5» 'x'", None, ""], dtype=object),
    "some": pd.Series([2**53 + 1, None, 0], dtype="Int64"),
    "number": [0.1 + 0.2, np.nan, -1e300],
    "maybe": pd.Series([True, None, False], dtype="boolean"),
    "day": pd.Series(["1983-05-01", None, "9999-12-31"], dtype="datetime64[ms]"),
    "zoned": pd.Series(
        ["1983-05-01T10:11:12.345", None, "2020-01-01"], dtype="datetime64[ms]"
    ).dt.tz_localize("UTC"),
    "kept": pd.Series([b"\x00a", None, b""], dtype=object),
}
SHAPES = ["POLYGON Z ((0 0 1, 9 0.1 2, 9 9 3, 0 0 1), (5 1 0, 6 1 0, 6 2 0, 5 1 0))", None, "POLYGON EMPTY"]


def test_an_edit_comes_back_to_the_last_bit():
    ids = pd.Index(["b", "a", "c"], name="lot_id")
    table = gpd.GeoDataFrame(COLUMNS, geometry=shapely.from_wkt(SHAPES), crs=32719).set_index(ids)
    events = pd.DataFrame({"stage": ["titled"]}, index=pd.Index([7], name="event_id"))
    changes = {"lots": RowChange(table, table.iloc[:1]), "lot_events": RowChange(events.iloc[:0], events)}
    draft = edit_of_draft(draft_text(Edit("lots.merge", changes, ("b", "a"))))
    assert (draft.kind, draft.ids, list(draft.changes)) == ("lots.merge", ("b", "a"), ["lots", "lot_events"])
    for name, change in changes.items():
        for side in ("before", "after"):
            one, two = getattr(change, side), getattr(draft.changes[name], side)
            assert two.index.name == one.index.name
            assert getattr(two, "crs", None) == getattr(one, "crs", None)
            assert edit_between("lots.use", {name: one}, {name: two}).nothing


def test_tables_about_people_are_left_out():
    table = pd.DataFrame({"phone": ["953"]}, index=pd.Index(["H1"], name="household_id"))
    assert "953" not in draft_text(Edit("lots.use", {"visits": RowChange(table, table)}))


@pytest.mark.parametrize("text", ["", "[]", '{"format": 99}'])
def test_what_is_no_draft_is_refused(text):
    with pytest.raises(ReadError, match="no draft"):
        edit_of_draft(text)
