"""Several processes, a cluster, many files: the same result, whatever dies on the way."""

import multiprocessing
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from functools import partial
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal

from ilo_gis import io, scale
from ilo_gis.errors import Cancelled, GeometryError, ReadError, RuleError, WriteError
from ilo_gis.scale import tables
from ilo_gis.subdivision import LotRule, cut_lots

RULE = LotRule(min_area=160.0, min_frontage=8.0)
DOC = (Path(__file__).parents[1] / "docs" / "scale.md").read_text("utf-8")


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(tables, "PART", 15)
    monkeypatch.setattr(tables, "LEAST", 5)


def blocks(count, seed=1):
    width = np.random.default_rng(seed).uniform(60, 120, count)
    x = 254_000 + 150.0 * np.arange(count)
    table = gpd.GeoDataFrame(
        geometry=shapely.box(x, 8_047_000, x + width, 8_047_050),
        index=pd.Index([f"B{n}" for n in range(count)], name="block_id"),
        crs=32719,
    )
    table.attrs = {"source": "drawn", "when": np.array([1, 2])}
    return table


# functions for workers; those that misbehave do so once, and leave a file to know by


def measure(part):
    """Rows that become none, one or two, with all that a table can have."""
    area = part.area.to_numpy()
    note = pd.array(np.where(area > 4500, "large", None), dtype="string")
    made = part.assign(area=area, note=note)
    made = made.rename_geometry("land").set_geometry(made.geometry.centroid.rename("middle"))
    made.attrs = part.attrs
    return made.loc[part.index.repeat(np.floor(area).astype(int) % 3)]


def die_once(part, mark):
    if "B7" in part.index and not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return part.assign(area=part.area)


def die(part):
    if "B7" in part.index:
        os._exit(3)
    return part


def refuse(part, log):
    if "B7" in part.index:
        with Path(log).open("a") as file:
            file.write("x")
        raise GeometryError("B7 is no polygon.")
    return part


def dawdle(part, mark):
    Path(mark).touch()
    time.sleep(60)
    return part


def same(one, other):
    assert_geodataframe_equal(one, other, check_like=False)
    assert list(one.columns) == list(other.columns)
    assert one.index.names == other.index.names
    assert one.crs == other.crs
    assert one.geometry.name == other.geometry.name
    assert str(one.attrs) == str(other.attrs)
    for column in one.columns[one.dtypes == "geometry"]:
        assert one[column].crs == other[column].crs
        assert one[column].to_wkb().tolist() == other[column].to_wkb().tolist()
    flat = [t.drop(columns=t.columns[t.dtypes == "geometry"]) for t in (one, other)]
    pd.testing.assert_frame_equal(*flat, check_exact=True)


def go_on(share, text):
    return True


def children():
    return multiprocessing.active_children()


@pytest.fixture(scope="module")
def address():
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, dashboard_address="127.0.0.1:0"
    ) as cluster:
        yield cluster.scheduler_address


# -- the same result ---------------------------------------------------------------------------


@pytest.mark.parametrize("part", [1, 7, 1000])
@pytest.mark.parametrize("func", [measure, partial(cut_lots, rule=RULE)], ids=["measure", "cut_lots"])
def test_parts_of_any_size_give_the_same_bytes(func, part, monkeypatch):
    monkeypatch.setattr(tables, "PART", part)
    given = blocks(20)
    same(scale.run(given, func, engine="serial", progress=go_on), func(given))


def test_processes_give_the_same_bytes():
    given = blocks(60)
    same(scale.run(given, measure, engine="process", workers=2), measure(given))


@pytest.mark.parametrize("func", [measure, partial(cut_lots, rule=RULE)], ids=["measure", "cut_lots"])
def test_a_cluster_gives_the_same_bytes(func, address):
    given = blocks(80)
    same(scale.run(given, func, address=address), func(given))


def test_any_index_and_any_geometry_pass(address):
    shapes = [
        None,
        shapely.Point(),
        shapely.from_wkt("LINESTRING Z (0 0 1, 1 1 nan)"),
        shapely.box(0, 0, 1, 1),
    ]
    for index in (pd.RangeIndex(40), pd.MultiIndex.from_product([range(4), list("abcdefghij")]), [7] * 40):
        given = gpd.GeoDataFrame({"n": pd.array([1, None] * 20, "Int64")}, geometry=shapes * 10, index=index)
        same(scale.run(given, pd.DataFrame.copy, engine="serial", progress=go_on), given)
        same(scale.run(given, pd.DataFrame.copy, address=address), given)


def test_a_table_without_rows_passes(address):
    none = blocks(3).iloc[:0]
    for more in ({}, {"engine": "process"}, {"address": address}):
        same(scale.run(none, partial(cut_lots, rule=RULE), **more), cut_lots(none, RULE))


def test_parts_have_about_the_same_outline():
    given = gpd.GeoDataFrame(geometry=shapely.box(0, 0, np.arange(1.0, 1001), 1))
    starts = tables._cuts(given, 10)
    outlines = [given.iloc[a:b].length.sum() for a, b in pairwise(starts)]
    assert len(outlines) == 10
    assert max(outlines) < 1.4 * min(outlines)


def test_a_short_table_is_done_here():
    assert len(scale.run(blocks(20), lambda part: part, workers=2)) == 20  # a lambda cannot leave the process


def test_a_long_one_is_not(monkeypatch):
    monkeypatch.setattr(tables, "WORTH_IT", 20)
    assert len(scale.run(blocks(20), lambda part: part, workers=1)) == 20
    with pytest.raises(RuleError, match="top of a module"):
        scale.run(blocks(20), lambda part: part, workers=2)


# -- what dies, what is wrong, what is stopped -------------------------------------------------


def test_a_worker_that_dies_loses_nothing(tmp_path):
    given = blocks(60)
    told = []
    func = partial(die_once, mark=str(tmp_path / "died"))
    result = scale.run(
        given, func, engine="process", workers=2, progress=lambda *now: told.append(now) is None
    )
    assert (tmp_path / "died").exists()
    same(result, given.assign(area=given.area))
    assert [share for share, _ in told] == sorted(share for share, _ in told)
    assert (told[0][0], told[-1][0]) == (0.0, 1.0)
    assert not children()


def test_rows_that_kill_every_worker_are_named():
    with pytest.raises(scale.WorkersLost, match=r"3 workers died at rows 'B\d' to 'B\d' .* exit code 3"):
        scale.run(blocks(10), die, engine="process", workers=1)
    assert not children()


def test_a_dask_worker_that_dies_loses_nothing(tmp_path):
    pytest.importorskip("distributed")
    func = partial(die_once, mark=str(tmp_path / "died"))
    given = blocks(20)
    same(scale.run(given, func, engine="dask", workers=1), given.assign(area=given.area))
    assert (tmp_path / "died").exists()


@pytest.mark.slow
def test_rows_that_kill_every_dask_worker_are_named():
    pytest.importorskip("distributed")
    with pytest.raises(scale.WorkersLost, match=r"died at rows 'B\d' to 'B\d'"):
        scale.run(blocks(20), die, engine="dask", workers=1)


@pytest.mark.parametrize("engine", ["serial", "process", "dask"])
def test_an_error_of_the_function_comes_out_at_once(engine, address, tmp_path):
    more = {"address": address} if engine == "dask" else {}
    with pytest.raises(GeometryError, match="B7 is no polygon") as caught:
        scale.run(
            blocks(40), partial(refuse, log=str(tmp_path / "log")), engine=engine, progress=go_on, **more
        )
    assert (tmp_path / "log").read_text() == "x"
    assert "rows 'B" in caught.value.__notes__[-1]
    assert not children()


@pytest.mark.parametrize("engine", ["process", "dask"])
def test_it_can_be_stopped_in_the_middle_of_a_part(engine, tmp_path):
    mark, start = tmp_path / "begun", time.monotonic()
    func = partial(dawdle, mark=str(mark))
    with pytest.raises(Cancelled):
        scale.run(blocks(5), func, engine=engine, workers=1, progress=lambda *_: not mark.exists())
    assert time.monotonic() < start + 30
    assert not children()


@pytest.mark.parametrize("engine", ["serial", "process"])
def test_it_can_be_stopped_at_once(engine):
    with pytest.raises(Cancelled):
        scale.run(blocks(20), die, engine=engine, workers=2, progress=lambda *_: False)


def test_options_that_make_no_sense_are_refused():
    for wrong in ({"engine": "gpu"}, {"workers": 0}, {"engine": "process", "address": "tcp://10.0.0.1:8786"}):
        with pytest.raises(RuleError):
            scale.run(blocks(2), measure, **wrong)


def test_a_cluster_that_does_not_answer_is_an_error():
    dask = pytest.importorskip("dask")
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "200ms"}),
        pytest.raises(scale.WorkersLost, match="No dask scheduler answers"),
    ):
        scale.run(blocks(2), measure, address="tcp://127.0.0.1:9")


def test_dask_that_is_missing_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ImportError, match=r'pip install "ilo-gis\[dask\]"'):
        scale.run(blocks(2), measure, engine="dask")


# -- files -------------------------------------------------------------------------------------


@pytest.fixture
def districts(tmp_path):
    pytest.importorskip("pyarrow")
    (tmp_path / "blocks").mkdir()
    (tmp_path / "lots").mkdir()
    return [
        io.write_parquet(blocks(20 + 20 * n, seed=n), tmp_path / "blocks" / f"D{n}.parquet") for n in range(3)
    ]


@pytest.mark.parametrize("engine", ["serial", "dask"])  # processes: in the document
def test_files_become_files(engine, districts, tmp_path, address):
    more = {"address": address} if engine == "dask" else {"workers": 2}
    made = scale.run_files(
        districts, partial(cut_lots, rule=RULE), tmp_path / "lots", engine=engine, progress=go_on, **more
    )
    assert [path.name for path in made] == ["D0.parquet", "D1.parquet", "D2.parquet"]
    for n, path in enumerate(made):
        assert_geodataframe_equal(gpd.read_parquet(path), cut_lots(blocks(20 + 20 * n, seed=n), RULE))


def test_what_is_made_is_not_made_again(districts, tmp_path):
    func = partial(refuse, log=str(tmp_path / "log"))
    io.write_parquet(blocks(3), districts[1], overwrite=True)  # the only one without a B7
    with pytest.raises(GeometryError) as caught:
        scale.run_files(districts, func, tmp_path / "lots", engine="serial")
    assert "D2.parquet" in caught.value.__notes__[-1]  # the largest went first
    made = scale.run_files(districts, pd.DataFrame.copy, tmp_path / "lots", workers=1)
    old = [path.stat().st_mtime_ns for path in made]
    os.utime(districts[1], (time.time() + 5, time.time() + 5))
    assert scale.run_files(districts, pd.DataFrame.copy, tmp_path / "lots", engine="serial") == made
    assert [path.stat().st_mtime_ns > was for path, was in zip(made, old, strict=True)] == [
        False,
        True,
        False,
    ]


def test_a_stop_keeps_the_files_made(districts, tmp_path):
    with pytest.raises(Cancelled, match="1 of 3 files are made and stay"):
        scale.run_files(
            districts, pd.DataFrame.copy, tmp_path / "lots", engine="serial", progress=lambda s, _: s == 0
        )
    assert [path.name for path in (tmp_path / "lots").iterdir()] == ["D2.parquet"]


def test_paths_are_looked_at_before_the_work(districts, tmp_path):
    other = tmp_path / "D0.parquet"
    other.write_bytes(districts[0].read_bytes())
    for files, folder, error in (
        ([*districts, tmp_path / "none.parquet"], "lots", ReadError),
        ([*districts, other], "lots", WriteError),
        (districts, "none", WriteError),
        (districts, "blocks", WriteError),
    ):
        with pytest.raises(error):
            scale.run_files(files, die, tmp_path / folder)


# -- the document ------------------------------------------------------------------------------


def code_blocks(kind):
    return re.findall(rf"```{kind}\n(.*?)```", DOC, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("code", "says"), [*zip(code_blocks("python"), ["3360 lots", "2 cores"], strict=True)]
)
def test_the_python_of_the_document_runs(code, says, tmp_path):
    pytest.importorskip("pyarrow")
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert says in done.stdout


@pytest.mark.slow
def test_the_cluster_of_the_document_runs(tmp_path):
    pytest.importorskip("distributed")
    root = str(Path(__file__).parents[1])
    begun = [
        subprocess.Popen(
            [sys.executable, "-m", *shlex.split(line)],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": root},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for line in code_blocks("sh")[0].strip().splitlines()
    ]
    try:
        given = blocks(60)
        func = partial(cut_lots, rule=RULE)
        same(scale.run(given, func, address="tcp://127.0.0.1:8786"), func(given))
    finally:
        for process in reversed(begun):
            process.terminate()
            process.wait()
