"""Water networks as files of EPANET, the simulator of the US Environmental Protection Agency."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from ilo_gis.errors import RuleError, SchemaError, some_ids
from ilo_gis.io.atomic import replacing
from ilo_gis.tables import conform, require_no_private, require_same_crs

__all__ = ["write_inp"]


def write_inp(
    nodes: gpd.GeoDataFrame,
    pipes: gpd.GeoDataFrame,
    path: str | os.PathLike[str],
    *,
    roughness: float = 150.0,
    title: str = "ilo_gis",
    overwrite: bool = False,
) -> Path:
    """Write a water network as an .inp file of EPANET 2.2.

    The source is a reservoir at its head, other nodes are junctions with their peak demand; flows are in
    l/s, lengths and heads in m, head loss by Hazen and Williams. The pattern is constant: the file holds
    the peak hour. Bends of pipes are vertices.

    Parameters
    ----------
    nodes : GeoDataFrame
        Table ``network_nodes`` of a water network, with ``ground`` and, at the source, ``head``, m.
    pipes : GeoDataFrame
        Table ``pipes`` of the same network.
    path : path-like
        File to write.
    roughness : float
        C of Hazen and Williams, of all pipes.
    title : str
        First line of the file.
    overwrite : bool
        Whether an existing file may be replaced.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    CRSError
        If a layer is not in metres, or the two differ.
    RuleError
        If heads or heights of the ground are not known, or roughness is not above 0.
    SchemaError
        If the tables lack columns, are not those of a water network, or pipes name unknown nodes.
    WriteError
        If the file exists, or cannot be written; what was there before stays.

    References
    ----------
    L. A. Rossman and others, EPANET 2.2 user manual, EPA/600/R-20/133, 2020, appendix C.

    Examples
    --------
    >>> nodes, pipes = (ilo_gis.tables.empty(name, 32719) for name in ("network_nodes", "pipes"))
    >>> write_inp(nodes, pipes, "net.inp")
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: The network has no source: there is nothing to write.
    """
    nodes, pipes = conform(nodes, "network_nodes"), conform(pipes, "pipes")
    require_same_crs(nodes=nodes, pipes=pipes)
    require_no_private(nodes, "network_nodes")
    _require_whole(nodes, pipes, roughness)
    source, rest = nodes[nodes["kind"] == "source"], nodes[nodes["kind"] != "source"]
    bends = shapely.get_coordinates(pipes.geometry.array, return_index=True)
    inner = np.ones(len(bends[0]), dtype=bool)
    inner[np.unique(bends[1], return_index=True)[1]] = False
    inner[np.append(np.flatnonzero(np.diff(bends[1])), len(bends[1]) - 1)] = False
    xy = shapely.get_coordinates(nodes.geometry.array)
    parts = {
        "JUNCTIONS": _rows(
            rest.index, rest["ground"].map(_metres), rest["demand"].map("{:.6f}".format), "peak"
        ),
        "RESERVOIRS": _rows(source.index, source["head"].map(_metres)),
        "PIPES": _rows(
            pipes.index,
            pipes["from_node"],
            pipes["to_node"],
            pipes["length"].map("{:.4f}".format),
            pipes["diameter"].map("{:.2f}".format),
            f"{roughness:g}",
            "0",
            "Open",
        ),
        "PATTERNS": ["peak 1.0"],
        "TIMES": ["Duration 0:00", "Hydraulic Timestep 1:00", "Pattern Timestep 1:00"],
        "OPTIONS": ["Units LPS", "Headloss H-W", "Pattern peak", "Accuracy 0.00001", "Trials 200"],
        "COORDINATES": _rows(nodes.index, map(_metres, xy[:, 0]), map(_metres, xy[:, 1])),
        "VERTICES": _rows(
            pipes.index[bends[1][inner]], *(map(_metres, bends[0][inner, axis]) for axis in (0, 1))
        ),
    }
    text = [f"[TITLE]\n{' '.join(title.split())}\n"]
    text += [f"[{name}]\n" + "\n".join(rows) + "\n" for name, rows in parts.items()]
    with replacing(path, overwrite) as temporary:
        temporary.write_text("\n".join([*text, "[END]\n"]), "utf-8")
    return Path(path)


def _metres(value: float) -> str:
    return f"{value:.4f}"


def _rows(*columns: Iterable[object] | str) -> list[str]:
    """Return lines of the values of columns; a text stands in all of them."""
    lists = [[column] if isinstance(column, str) else list(column) for column in columns]
    count = len(lists[0])
    whole = [
        values * count if isinstance(c, str) else values for c, values in zip(columns, lists, strict=True)
    ]
    return ["\t".join(map(str, row)) for row in zip(*whole, strict=True)]


def _require_whole(nodes: gpd.GeoDataFrame, pipes: gpd.GeoDataFrame, roughness: float) -> None:
    if not roughness > 0:
        raise RuleError(f"roughness is {roughness}; it should be the C of Hazen and Williams, above 0.")
    if (wrong := nodes.index[nodes["network"] != "water"]).size:
        raise SchemaError(
            f"Only water runs under pressure; these nodes are of other networks: {some_ids(wrong)}."
        )
    source = nodes["kind"] == "source"
    if not source.any():
        raise RuleError("The network has no source: there is nothing to write.")
    known = nodes["head"].where(source, 0.0).notna() if "head" in nodes else ~source
    known &= nodes["ground"].where(~source, 0.0).notna() if "ground" in nodes else source
    if not known.all():
        raise RuleError(
            f"Heights are not known at {some_ids(nodes.index[~known])}. Design the network with `elevation=`."
        )
    ends = pipes[["from_node", "to_node"]]
    lost = pipes.index[~ends.isin(list(nodes.index)).all(axis=1)]
    if len(lost):
        raise SchemaError(f"Pipes name nodes that are not there: {some_ids(lost)}.")
