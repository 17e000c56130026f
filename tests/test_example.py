"""The schematic Ilo as a project: whole, marked as schematic, and its lots those of the sample."""

from ilo_gis import example, io
from ilo_gis.subdivision import rule_of


def test_the_sample_project_is_whole_and_says_what_it_is(tmp_path):
    path = example.sample_project(tmp_path / "ilo.gpkg")
    with io.open(path) as store:
        assert store.check() == []
        assert store.info()["schematic"] == "yes"
        assert rule_of(store.info()) == example.RULE  # from it the panel knows what reserves are required
        lots = store.read("lots")
        known = io.sample("lots").set_index("lot_id")
        assert set(known.index) == set(lots.index[lots["kind"] == "lot"])
        away = lots.geometry.centroid.reindex(known.index).distance(known.geometry.centroid)
        assert (away < 1.0).mean() > 0.99
        assert store.read("lot_progress")["stage"].nunique() == 5
        streets, blocks = store.read("streets"), store.read("blocks")
        assert streets.union_all().intersection(blocks.union_all()).area < 1.0
        land, taken = store.read("land"), store.read("constraints")
        assert set(land.index) == {51, 61, 71, 81, 82}
        assert land.union_all().intersection(blocks.union_all()).area < 1.0
        assert land.union_all().intersection(taken[taken["effect"] == "forbid"].union_all()).area < 1.0
