"""Tasks of a programme as given: read, put in order, and what is wrong with them as findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilo_gis.errors import SchemaError, near_words
from ilo_gis.tables import conform, describe, empty, findings, join_findings

if TYPE_CHECKING:
    import networkx as nx

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


def _graph(table: pd.DataFrame) -> tuple[nx.DiGraph, dict[str, list[str]]]:
    """Return which task comes before which, and for tasks the ids that they depend on and nobody knows."""
    import networkx as nx

    pairs = table["depends"].fillna("").astype(object).str.split(";").explode().str.strip()
    pairs = pairs[pairs != ""].sort_values(kind="stable")
    known = pairs.isin(table.index)
    graph = nx.DiGraph()
    graph.add_nodes_from(table.index)
    graph.add_edges_from(zip(pairs[known], pairs.index[known], strict=True))
    return graph, pairs[~known].groupby(level=0).agg(lambda ids: sorted(set(ids))).to_dict()


def _near(ids: list[str], known: pd.Index) -> str:
    return ", ".join(dict.fromkeys(near for wrong in ids for near in near_words(wrong, known)))


def _circles(graph: nx.DiGraph) -> dict[str, str]:
    """Return for each task that waits for itself a circle that shows it."""
    import networkx as nx

    found = {}
    for group in nx.strongly_connected_components(graph):
        if len(group) > 1 or graph.has_edge(*[*group] * 2):
            for task in group:
                found[task] = " → ".join(_around(graph.subgraph(group), task))
    return dict(sorted(found.items()))


def _around(graph: nx.DiGraph, task: str) -> list[str]:
    """Return a shortest way from a task back to itself, the first by name where there are several."""
    import networkx as nx

    ways = [nx.shortest_path(graph, after, task) for after in sorted(graph.successors(task))]
    return [task, *min(ways, key=len)]


def _waiting(graph: nx.DiGraph, out: set[str]) -> dict[str, str]:
    """Return the tasks that wait for one that is left out, and for which ones."""
    import networkx as nx

    late: set[str] = set().union(*(nx.descendants(graph, task) for task in out)) - out
    gone = out | late
    return {task: ", ".join(sorted(gone & set(graph.predecessors(task)))) for task in sorted(late)}


def _in_order(
    table: pd.DataFrame, graph: nx.DiGraph, out: set[str]
) -> tuple[pd.DataFrame, tuple[Positions, ...]]:
    """Return the tasks that are left, each behind those it depends on, and the positions of these."""
    import networkx as nx

    graph = graph.copy()
    graph.remove_nodes_from(out)
    order = list(nx.lexicographical_topological_sort(graph))
    place = {task: k for k, task in enumerate(order)}
    needs = (sorted(place[before] for before in graph.predecessors(task)) for task in order)
    return table.loc[order], tuple(np.array(before, dtype=np.int64) for before in needs)


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
