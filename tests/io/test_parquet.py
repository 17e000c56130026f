import runpy
import sys
from pathlib import Path

import pytest
from geopandas.testing import assert_geodataframe_equal

from ilo_gis import io
from ilo_gis.errors import ReadError, WriteError

fake_plan = runpy.run_path(str(Path(__file__).parents[1] / "plotting" / "fake_plan.py"))["fake_plan"]


def test_round_trip_and_refusals(tmp_path):
    pytest.importorskip("pyarrow", exc_type=ImportError)
    lots = fake_plan(1, 1).lots
    path = io.write_parquet(lots, tmp_path / "lots.parquet")
    assert_geodataframe_equal(io.read_layer(path), lots)
    with pytest.raises(WriteError, match="exists"):
        io.write_parquet(lots, path)
    (tmp_path / "bad.parquet").write_text("no")
    with pytest.raises(ReadError, match="not a GeoParquet file"):
        io.read_layer(tmp_path / "bad.parquet")


def test_without_pyarrow_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r"ilo-gis\[parquet\]"):
        io.write_parquet(fake_plan(1, 1).lots, tmp_path / "lots.parquet")
