import pandas as pd

from ilo_gis.promuvi import blockers, why_not

ON = pd.Timestamp("1992-01-01")
LOTS = pd.DataFrame(
    {"block_id": ["A", "A", "A", "B", "B"], "extension_area": "1"},
    index=pd.Index(["A-1", "A-2", "A-3", "B-1", "B-2"], name="lot_id"),
)


def missing(*rows):
    table = pd.DataFrame(rows, columns=["lot_id", "condition", "kind", "required"])
    table = table.assign(stage="titled", en="x", es="y")
    return table.set_axis(pd.Index([f"M-{n}" for n in range(len(rows))], name="missing_id"))


MISSING = missing(
    ("A-1", "basic", "works", "water"),
    ("A-2", "basic", "works", "water"),
    ("A-2", "basic", "works", "sewer"),
    ("A-3", "basic", "works", "sewer"),
    ("A-3", "fee", "fees", "title"),
    ("B-1", "basic", "works", "water"),
    ("B-2", "basic", "works", "water"),
    ("B-2", "order", "order", "adjudicated"),
)


def test_what_lets_most_lots_go_on_comes_first():
    told = blockers(MISSING, LOTS)
    assert told.index.tolist() == ["basic:water:B", "basic:water:A", "basic:sewer:A", "fee"]
    assert told["lots"].tolist() == [2, 2, 2, 1]
    assert told["alone"].tolist() == [2, 1, 0, 0]  # after the water of A its sewer lets A-2 go on
    assert told["order"].tolist() == [1, 2, 3, 4]
    assert told["target_id"].tolist() == ["B", "A", "A", ""]
    assert told["es"].iloc[0] == "Manzana B: y"
    pd.testing.assert_frame_equal(told, blockers(MISSING.iloc[::-1], LOTS.iloc[::-1]))


def test_where_nothing_frees_a_lot_what_is_nearest_counts():
    far = missing(
        ("A-1", "basic", "works", "water"), ("A-1", "fee", "fees", "title"),
        ("B-1", "basic", "works", "water"), ("B-1", "fee", "fees", "title"), ("B-1", "a", "lived", "lived"),
    )  # fmt: skip
    told = blockers(far, LOTS)
    assert told["alone"].sum() == 0
    assert told.index.tolist() == ["fee", "basic:water:A", "a", "basic:water:B"]


def test_it_reads_what_why_not_says():
    events = pd.DataFrame({"lot_id": LOTS.index, "household_id": list("vwxyz"), "kind": "allotted"})
    events = events.assign(date="1990-01-01").rename_axis("event_id")
    services = ["clearing", "survey", "layout", "septic_tank"]
    works = pd.DataFrame({"service": services, "scope": "area", "target_id": "1", "done": "1991-01-01"})
    tap = {"service": "tap", "scope": "block", "target_id": "A", "done": "1991-06-01"}
    works = pd.concat([works, pd.DataFrame([tap])], ignore_index=True).rename_axis("work_id")
    told = blockers(why_not(events=events, lots=LOTS, works=works, on=ON), LOTS)
    assert told[["service", "target_id", "lots", "alone"]].to_numpy().tolist() == [["tap", "B", 2, 2]]
    assert told["es"].iloc[0].startswith("Manzana B: Habilitación progresiva")
    assert blockers(MISSING.iloc[:0], LOTS).empty
