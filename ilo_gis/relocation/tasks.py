"""Tasks of a programme as given: read, put in order, and what is wrong with them as findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter
from heapq import heapify, heappop, heappush
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components

from ilo_gis.errors import SchemaError, near_words
from ilo_gis.tables import conform, describe, empty, findings, join_findings

__all__ = ["AGREED", "KINDS", "LONGEST", "Tasks", "read_tasks"]

AGREED = ("agreement", "order")
KINDS = (*AGREED, "site", "move", "clearing", "works", "opening")
LONGEST = 36_525  # days, a hundred years: a task that takes longer is a slip of the pen
DATES = ("earliest", "started", "done")
TEXTS = ("name", "kind", "depends", "occupant_id", "source")

Positions = NDArray[np.int64]


@dataclass(frozen=True)
class Tasks:
    """Tasks that can be dated, each after those it depends on.

    Attributes
    ----------
    table : DataFrame
        Table ``tasks``, in an order in which every task stands behind those it depends on.
    needs : tuple of array
        For each task the positions of those it depends on.
    findings : GeoDataFrame
        Table ``findings``: tasks that are left out, and why.
    """

    table: pd.DataFrame
    needs: tuple[Positions, ...]
    findings: gpd.GeoDataFrame


def read_tasks(tasks: pd.DataFrame) -> Tasks:
    """Return the tasks that can be dated, in an order of work; the others are findings.

    A task at fault is left out, and with it every task that waits for it: no date is made up.

    Parameters
    ----------
    tasks : DataFrame
        Table ``tasks`` as it comes from a file: dates and numbers may be texts, rows in any order.

    Returns
    -------
    Tasks
        Table, dependencies and findings. The order of the rows given is of no matter.

    Raises
    ------
    SchemaError
        If there is no column ``task_id``, ``kind`` or ``duration``.

    Examples
    --------
    >>> plan = pd.DataFrame({"task_id": ["move", "agree"], "kind": ["move", "agreement"],
    ...     "duration": ["14", "a month"], "depends": ["agree", ""]})
    >>> read = read_tasks(plan)
    >>> len(read.table), read.findings[["feature", "rule"]].to_numpy().tolist()
    (0, [['agree', 'task.duration'], ['move', 'task.waits']])
    """
    table, faults, told = _readable(_named(tasks))
    graph, unknown = _graph(table)
    near = [f"{', '.join(ids)} (≈ {_near(ids, table.index) or '—'})" for ids in unknown.values()]
    told.append(_say(table.loc[list(unknown)], "task.unknown", near))
    circles = _circles(graph)
    told.append(_say(table.loc[list(circles)], "task.cycle", circles.values()))
    out = {*faults, *unknown, *circles}
    waiting = _waiting(graph, out)
    told.append(_say(table.loc[list(waiting)], "task.waits", waiting.values()))
    kept, needs = _in_order(table, graph, out | set(waiting))
    doubts = [*_doubts(kept, needs)]
    return Tasks(conform(kept, "tasks"), needs, join_findings(empty("findings"), *told, *doubts))


def _named(tasks: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the columns of the table, in the order of their ids, without their shapes."""
    table = pd.DataFrame(tasks).drop(columns="geometry", errors="ignore")
    if "task_id" not in table:
        table = table.rename_axis("task_id").reset_index()
    spec = describe("tasks")
    lacking = [name for name in ("kind", "duration") if name not in table]
    if lacking:
        said = "; ".join(f"{name!r}: {spec.at[name, 'description']}" for name in lacking)
        raise SchemaError(f"tasks: columns are missing. {said}.")
    table = table.reindex(columns=list(spec.index)).assign(row=np.arange(1, len(table) + 1))
    for name in ("task_id", *TEXTS):
        text = table[name].astype("string").str.strip()
        table[name] = text.mask(text == "")
    return table.sort_values("task_id", kind="stable")


def _readable(table: pd.DataFrame) -> tuple[pd.DataFrame, list[str], list[gpd.GeoDataFrame]]:
    """Return the rows by id, the ids of those that cannot be read, and findings about these."""
    nameless = table[table["task_id"].isna()]
    table = table[table["task_id"].notna()].set_index("task_id")
    twice = pd.Series(table.index.duplicated(keep=False), table.index)
    once = ~table.index.duplicated()
    table, twice = table[once], twice[once]
    told = [_say(nameless.set_index("row"), "task.no_id", nameless["row"])]
    told.append(_say(table[twice], "task.twice", table.index[twice]))
    length = pd.to_numeric(table["duration"], errors="coerce").astype("float64")
    wrong = ~twice & ~(length.between(0, LONGEST) & (length % 1 == 0))
    told.append(_say(table[wrong], "task.duration", map(_shown, table["duration"][wrong]), LONGEST))
    bad = twice | wrong
    read = {}
    for name in DATES:
        given = table[name].mask(table[name].astype("string").str.strip() == "")
        read[name] = pd.to_datetime(given, errors="coerce", format="ISO8601").dt.normalize()
        odd = ~twice & given.notna() & read[name].isna()
        told.append(_say(table[odd], "task.date", [f"{name} {value!r}" for value in given[odd]]))
        bad |= odd
    stage = pd.to_numeric(table["stage"], errors="coerce").astype("float64")
    numbers = {"duration": length.where(~wrong, 0).astype("Int64")}
    numbers["stage"] = stage.where(stage % 1 == 0).astype("Int64")
    return table.drop(columns="row").assign(**read, **numbers), list(table.index[bad]), told


Before = dict[str, list[str]]  # for each task, in the order of ids, those that it depends on


def _graph(table: pd.DataFrame) -> tuple[Before, Before]:
    """Return for each task those it depends on: the known ones, and, where there are any, the unknown."""
    pairs = table["depends"].fillna("").astype(object).str.split(";").explode().str.strip()
    pairs = pairs[pairs != ""].sort_values(kind="stable")
    known = pairs.isin(table.index)
    listed = [
        part.groupby(level=0).agg(lambda ids: sorted(set(ids))) for part in (pairs[known], pairs[~known])
    ]
    before = {str(task): [] for task in table.index} | listed[0].to_dict()
    return before, listed[1].to_dict()


def _near(ids: list[str], known: pd.Index) -> str:
    return ", ".join(dict.fromkeys(near for wrong in ids for near in near_words(wrong, known)))


def _matrix(before: Before) -> csr_array:
    """Return the graph as a matrix: row before column."""
    place = {task: k for k, task in enumerate(before)}
    after = np.repeat(np.arange(len(before)), [len(some) for some in before.values()])
    first = [place[task] for some in before.values() for task in some]
    return csr_array((np.ones(len(first)), (first, after)), shape=(len(before),) * 2)


def _circles(before: Before) -> dict[str, str]:
    """Return for each task that waits for itself a circle that shows it."""
    names, matrix = np.array(list(before), dtype=object), _matrix(before)
    group = connected_components(matrix, connection="strong")[1]
    found = (np.bincount(group)[group] > 1) | (matrix.diagonal() > 0)
    return {names[k]: " → ".join(names[_around(matrix, k)]) for k in np.flatnonzero(found)}


def _around(matrix: csr_array, task: int) -> list[int]:
    """Return a shortest way from a task back to itself, the first by name where there are several."""
    back = breadth_first_order(matrix.T.tocsr(), task)[1]  # for each task the next one on its way to this
    back[task] = -1
    ways = []
    for after in matrix.indices[matrix.indptr[task] : matrix.indptr[task + 1]]:
        way = [task, int(after)]
        while back[way[-1]] >= 0:
            way.append(int(back[way[-1]]))
        if way[-1] == task:
            ways.append(way)
    return min(ways, key=len)


def _waiting(before: Before, out: set[str]) -> dict[str, str]:
    """Return the tasks that wait for one that is left out, and for which ones."""
    names, matrix = list(before), _matrix(before)
    reached = (breadth_first_order(matrix, names.index(task), return_predecessors=False) for task in out)
    gone = out | {names[k] for some in reached for k in some}
    return {task: ", ".join(sorted(gone & set(before[task]))) for task in sorted(gone - out)}


def _in_order(
    table: pd.DataFrame, before: Before, out: set[str]
) -> tuple[pd.DataFrame, tuple[Positions, ...]]:
    """Return the tasks that are left, each behind those it depends on, and the positions of these."""
    left = {task: [one for one in some if one not in out] for task, some in before.items() if task not in out}
    order = _sorted(left)
    place = {task: k for k, task in enumerate(order)}
    needs = (np.array(sorted(place[one] for one in left[task]), dtype=np.int64) for task in order)
    return table.loc[order], tuple(needs)


def _sorted(before: Before) -> list[str]:
    """Return the tasks, each behind those it depends on; of those that could be next, the first by name."""
    sorter, order = TopologicalSorter(before), []
    sorter.prepare()
    heapify(ready := list(sorter.get_ready()))
    while ready:
        order.append(task := heappop(ready))
        sorter.done(task)
        for one in sorter.get_ready():
            heappush(ready, one)
    return order


def _doubts(table: pd.DataFrame, needs: tuple[Positions, ...]) -> Iterator[gpd.GeoDataFrame]:
    """Tell what is odd and yet dated: kinds nobody knows, tasks done before what they depend on."""
    strange = table[~table["kind"].isin(KINDS)]
    yield _say(strange, "task.kind", map(_shown, strange["kind"]))
    late = table[table["started"] > table["done"]]
    said = late["started"].dt.strftime("%Y-%m-%d") + " > " + late["done"].dt.strftime("%Y-%m-%d")
    yield _say(late, "task.started_late", said)
    done = table["done"].to_numpy()
    after = np.repeat(np.arange(len(table)), [len(before) for before in needs])
    before = np.concatenate([np.empty(0, dtype=np.int64), *needs])
    odd = ~np.isnat(done[after]) & ~(done[before] <= done[after])
    for k in np.unique(after[odd]):
        said = table["done"].iloc[before[odd & (after == k)]]
        texts = [f"{task} ({'—' if pd.isna(day) else f'{day:%Y-%m-%d}'})" for task, day in said.items()]
        yield _say(table.iloc[[k]], "task.out_of_order", [", ".join(texts)])


def _shown(value: Any) -> str:
    return "—" if pd.isna(value) else repr(value)


def _say(rows: pd.DataFrame, rule: str, detail: Any, required: float = np.nan) -> gpd.GeoDataFrame:
    return findings("tasks", rows, rule, detail=list(detail), required=required)
