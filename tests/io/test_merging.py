"""Three-way merge: by hand on two lots of a block, and what holds for any edits of two planners."""

from functools import cache

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from ilo_gis import tables
from ilo_gis.errors import CRSError, RuleError
from ilo_gis.io.comparing import differences
from ilo_gis.io.merging import three_way

WORDS = ["key", "kind", "column", "base", "mine", "theirs", "keep"]


def lots_of(rows):
    """Lots by id: (block, use, least and greatest x); 20 m deep."""
    return made_of(tuple(rows.items()))


@cache
def made_of(listed):
    rows = dict(listed)
    frame = gpd.GeoDataFrame(
        {
            "block_id": [row[0] for row in rows.values()],
            "kind": "lot",
            "use": pd.array([row[1] for row in rows.values()], dtype="string"),
            "area": [20.0 * (row[3] - row[2]) for row in rows.values()],
        },
        geometry=[shapely.box(row[2], 0, row[3], 20) for row in rows.values()],
        index=pd.Index(list(rows), name="lot_id", dtype=object),
        crs=32719,
    )
    return tables.complete(frame, "lots")


def blocks_of(*names):
    shapes = [shapely.box(0, 0, 100, 20) for _ in names]
    index = pd.Index(names, name="block_id", dtype=object)
    return tables.complete(gpd.GeoDataFrame(geometry=shapes, index=index, crs=32719), "blocks")


BASE = {"K-1": ("K", "home", 0, 8), "K-2": ("K", "home", 8, 16), "K-3": ("K", "home", 20, 28)}


def merged(mine, theirs, base=BASE, **options):
    sides = ({"lots": lots_of(rows)} for rows in (base, mine, theirs))
    return three_way(*sides, **options)


def told(found):
    rows = found.conflicts[WORDS].astype(object)
    return rows.where(rows.notna(), None).to_numpy().tolist()


def test_changes_of_different_rows_and_columns_are_all_taken():
    mine = BASE | {"K-1": ("K", "shop", 0, 8), "K-4": ("K", "park", 40, 50)}
    theirs = BASE | {"K-1": ("K", "home", 0, 7)}
    del theirs["K-2"]
    found = merged(mine, theirs)
    assert told(found) == []
    now = found.tables["lots"]
    assert now.index.tolist() == ["K-1", "K-3", "K-4"]
    assert now.loc["K-1", ["use", "area"]].tolist() == ["shop", 140.0]
    assert now.geometry["K-1"].equals(shapely.box(0, 0, 7, 20))


def test_a_value_changed_to_two_is_a_conflict_and_decided_by_either():
    mine = BASE | {"K-1": ("K", "shop", 0, 8)}
    theirs = BASE | {"K-1": ("K", "school", 0, 8)}
    found = merged(mine, theirs)
    assert told(found) == [["K-1", "changed", "use", "home", "shop", "school", None]]
    assert found.tables["lots"].at["K-1", "use"] == "home"
    assert merged(mine, theirs, prefer="theirs").tables["lots"].at["K-1", "use"] == "school"
    decided = found.conflicts.assign(keep="mine")
    assert merged(mine, theirs, decisions=decided, prefer="theirs").tables["lots"].at["K-1", "use"] == "shop"
    stale = BASE | {"K-1": ("K", "clinic", 0, 8)}
    assert told(merged(mine, stale, decisions=decided))[0][-1] is None
    with pytest.raises(RuleError, match="both: what is kept is mine or theirs"):
        merged(mine, theirs, prefer="both")


def test_a_row_deleted_and_changed_and_an_id_added_twice_are_conflicts():
    mine = {k: v for k, v in BASE.items() if k != "K-1"} | {"K-9": ("K", "shop", 60, 70)}
    theirs = BASE | {"K-1": ("K", "shop", 0, 8), "K-9": ("K", "home", 60, 70)}
    found = merged(mine, theirs)
    assert told(found) == [
        ["K-9", "added", None, None, "use = shop", "use = home", None],
        ["K-1", "deleted", None, None, None, "use = shop", None],
    ]
    assert found.tables["lots"].index.tolist() == ["K-2", "K-3", "K-1"]
    assert merged(mine, theirs, prefer="mine").tables["lots"].index.tolist() == ["K-2", "K-3", "K-9"]


def test_two_lots_that_grow_into_the_same_land_are_a_conflict():
    mine = BASE | {"K-2": ("K", "home", 8, 19)}
    theirs = BASE | {"K-3": ("K", "home", 18, 28)}
    found = merged(mine, theirs)
    assert told(found) == [["K-2", "overlap", "geometry", "20.00 m2", "lots K-2", "lots K-3", None]]
    now = merged(mine, theirs, prefer="mine").tables["lots"]
    assert now["area"].to_dict() == {"K-1": 160.0, "K-2": 220.0, "K-3": 160.0}
    assert told(merged(mine, BASE | {"K-3": ("K", "home", 19, 28)})) == []  # they meet in a line
    crossing = BASE | {"K-3": ("K", "home", 15, 28)}  # the same fault on one side is no conflict of the two
    assert told(merged(BASE | {"K-1": ("K", "home", 0, 7)}, crossing)) == []


def test_a_row_that_refers_to_one_the_other_deleted_is_a_conflict():
    base = {"blocks": blocks_of("K", "L"), "lots": lots_of(BASE)}
    mine = base | {"lots": lots_of(BASE | {"L-1": ("L", "home", 60, 70)})}
    theirs = base | {"blocks": blocks_of("K")}
    found = three_way(base, mine, theirs, scenario="A")
    assert told(found) == [["L-1", "reference", "block_id", "blocks L", "L", None, None]]
    assert found.conflicts["scenario"].tolist() == ["A"]
    kept = three_way(base, mine, theirs, prefer="mine").tables
    assert (len(kept["blocks"]), len(kept["lots"])) == (2, 4)
    left = three_way(base, mine, theirs, prefer="theirs").tables
    assert (len(left["blocks"]), len(left["lots"])) == (1, 3)


def test_tables_and_columns_that_one_side_lacks_count_as_empty():
    base = {"lots": lots_of(BASE)}
    mine = {"lots": base["lots"].assign(noted=pd.array([1, 2, 3]))}
    found = three_way(base, mine, base | {"blocks": blocks_of("K")})
    assert found.tables["lots"]["noted"].tolist() == [1, 2, 3]
    assert found.tables["blocks"].index.tolist() == ["K"]
    with pytest.raises(CRSError, match="side"):
        three_way(base, base, {"lots": base["lots"].to_crs(24879)})


# -- whatever two planners do -------------------------------------------------------------------------

ROW = st.tuples(
    st.sampled_from(["K", "L"]), st.sampled_from([None, "home", "shop"]), st.integers(0, 3), st.integers(5, 8)
)
SIDE = st.dictionaries(st.sampled_from([f"K-{i}" for i in range(5)]), ROW)
SEVERAL = settings(max_examples=12, deadline=None)


def the_same(one, two):
    assert_frame_equal(one.sort_index(), two.sort_index(), check_dtype=False, check_categorical=False)


@SEVERAL
@given(SIDE, SIDE)
def test_who_changed_nothing_gets_what_the_other_did(base, edited):
    assert told(merged(edited, base, base)) == told(merged(base, edited, base)) == []
    the_same(merged(edited, base, base).tables["lots"], lots_of(edited))
    the_same(merged(base, edited, base).tables["lots"], lots_of(edited))
    the_same(merged(edited, edited, base).tables["lots"], lots_of(edited))


@SEVERAL
@given(SIDE, SIDE, SIDE)
def test_sides_may_be_exchanged(base, mine, theirs):
    one, two = merged(mine, theirs, base), merged(theirs, mine, base)
    the_same(one.tables["lots"], two.tables["lots"])
    keys = ["key", "kind", "column", "base"]
    listed = [one.conflicts[[*keys, "mine", "theirs"]], two.conflicts[[*keys, "theirs", "mine"]]]
    plain, turned = ({tuple(map(str, row)) for row in rows.to_numpy()} for rows in listed)
    assert {row for row in plain if row[1] != "overlap"} == {row for row in turned if row[1] != "overlap"}
    pairs = [{frozenset(row[4:]) for row in rows if row[1] == "overlap"} for rows in (plain, turned)]
    assert pairs[0] == pairs[1]


@SEVERAL
@given(SIDE, SIDE, SIDE)
def test_every_change_is_in_the_result_or_among_the_conflicts(base, mine, theirs):
    found = merged(mine, theirs, base)
    now, listed = found.tables["lots"], set(found.conflicts["key"])
    listed |= {text.split()[1] for text in found.conflicts.query("kind == 'overlap'")["theirs"]}
    for side in (mine, theirs):
        edited = lots_of(side)
        changes = differences({"lots": lots_of(base)}, {"lots": edited})
        for change in changes.itertuples():
            if change.key in listed:
                continue
            if change.kind == "only_first":
                assert change.key not in now.index
            elif change.kind == "only_second":
                assert now.loc[change.key].equals(edited.loc[change.key])
            else:
                value, wanted = now.at[change.key, change.column], edited.at[change.key, change.column]
                assert (pd.isna(value) and pd.isna(wanted)) or value == wanted


@SEVERAL
@given(SIDE, SIDE, SIDE, st.sampled_from(["mine", "theirs"]))
def test_whoever_is_preferred_everything_is_decided(base, mine, theirs, prefer):
    found = merged(mine, theirs, base, prefer=prefer)
    assert found.conflicts["keep"].eq(prefer).all()
    again = merged(mine, theirs, base, decisions=found.conflicts)
    the_same(again.tables["lots"], found.tables["lots"])
