"""Street centre lines (ejes de vía): cleaned, noded, each with its width; the dirt is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import RuleError, SchemaError
from ilo_gis.geometry import lines as net
from ilo_gis.geometry.faults import faults
from ilo_gis.tables import conform, empty, findings, join_findings, require_geometry, require_metres

__all__ = ["StreetColumns", "Width", "clean_streets", "cleaned"]

Width = float | str | Mapping[Any, float | str]

SPECK = 0.01  # m. A shorter line is a slip of the hand
ROUNDING = (
    0.001  # m. Gaps below this are mended without a word: they are rounding of a file, not of a draughtsman
)
ROUNDS = 5  # mending a gap may make a crossing, or another end meet a line; two rounds have always done


class _Parts(NamedTuple):
    """Single lines, widest first, and the row of the input each comes from."""

    lines: NDArray[np.object_]
    row: NDArray[np.int64]
    width: NDArray[np.float64]


def clean_streets(
    streets: gpd.GeoDataFrame,
    *,
    width: Width | None = None,
    class_column: str | None = None,
    name_column: str | None = None,
    norms: Mapping[str, Any] | None = None,
    tolerance: float = 2.0,
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Clean street centre lines, and tell all that was found and done.

    Lines are taken apart into single ones, those shorter than 1 cm and those drawn twice are
    dropped, all are split where they meet. Stubs shorter than `tolerance` that hang loose past a
    crossing are cut off, loose ends that stop short of a line by up to `tolerance` are led on to
    it. Coordinates are put on a grid of 0.01 mm. Nothing else moves.

    Parameters
    ----------
    streets : GeoDataFrame
        LineString or MultiLineString in a CRS in metres, as dirty as they come; Z is left out.
    width : float, str or mapping, optional
        Width of the right of way: metres; or the name of the column that has them; or for each
        class of `class_column` the metres, or the id of a norm such as
        ``"gh020.local_principal_housing"`` whose ``width`` counts. By default unknown (NaN).
    class_column, name_column : str, optional
        Columns with the class and the name of the street.
    norms : mapping of str to Norm, optional
        From ``ilo_gis.norms.load("pe")``, where `width` names norms.
    tolerance : float
        Greatest gap or stub to mend, m.

    Returns
    -------
    street_lines : GeoDataFrame
        Table ``street_lines``: one row per line between two nodes, with the row it comes from
        (where two overlap, the wider), its name, class, width (m) and length (m).
    findings : GeoDataFrame
        Table ``findings``. Rules: ``streets.zero_length``, ``.doubled``, ``.overlap``,
        ``.multi_part``, ``.z_dropped``, ``.unnoded_crossing``, ``.loose_ends`` (their number, before
        mending), ``.overshoot``, ``.undershoot``, ``.dead_end``. `feature` is the row of the input.

    Raises
    ------
    CRSError
        If the CRS is missing or not in metres.
    GeometryError
        If geometries are missing, empty, not lines, or not finite.
    RuleError
        If a width is missing or not positive, or `tolerance` is negative; the rows are named.
    SchemaError
        If a column is missing or the index repeats.

    References
    ----------
    RNE GH.020, articles 8 to 10: sections of streets by class.

    Examples
    --------
    >>> lines = shapely.from_wkt(["LINESTRING (0 0, 100 0)", "LINESTRING (50 1.5, 50 80)"])
    >>> street_lines, found = clean_streets(geopandas.GeoDataFrame(geometry=lines, crs=32719), width=12.0)
    >>> street_lines["length"].tolist()
    [50.0, 80.0, 50.0]
    >>> found["rule"].value_counts().to_dict()
    {'streets.dead_end': 3, 'streets.undershoot': 1, 'streets.loose_ends': 1}
    """
    return cleaned(streets, StreetColumns(width, class_column, name_column, norms), tolerance=tolerance)


class StreetColumns(NamedTuple):
    """Where widths, classes and names of streets are told, as in `clean_streets`."""

    width: Width | None = None
    class_column: str | None = None
    name_column: str | None = None
    norms: Mapping[str, Any] | None = None


def cleaned(
    streets: gpd.GeoDataFrame, said: StreetColumns, *, tolerance: float, judged: bool = True
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Clean street centre lines as `clean_streets` does; not judged, with what was mended alone.

    Examples
    --------
    >>> line = shapely.from_wkt(["LINESTRING (0 0, 100 0)"])
    >>> layer = geopandas.GeoDataFrame({"width": [9.0]}, geometry=line, crs=32719)
    >>> len(cleaned(layer, StreetColumns("width"), tolerance=2.0, judged=False)[1])
    0
    """
    require_metres(streets, "streets")
    _require_lines(streets)
    if not 0 <= tolerance < np.inf:
        raise RuleError(f"tolerance is {tolerance}; it should be a number of metres, 0 or more.")
    columns = _columns(streets, *said)
    parts, told = _single_lines(streets, columns["width"].to_numpy())
    if not len(parts.lines):
        return _table(streets.crs, parts.lines, parts.row, columns), join_findings(
            *told, empty("findings", streets.crs)
        )
    edges, edge, line = net.node(parts.lines)
    if judged:
        told += [_overlaps(streets, parts, edges, edge, line), _crossings(streets, parts, edges, edge, line)]
        told += _loose(streets, edges, tolerance)
    owner = line[np.unique(edge, return_index=True)[1]]
    edges, owner, mended = _mend(streets, parts, edges, owner, tolerance)
    told += mended
    if judged:
        told.append(_dead_ends(streets, edges, parts.row[owner]))
    return _table(streets.crs, edges, parts.row[owner], columns), join_findings(*told)


def _require_lines(streets: gpd.GeoDataFrame) -> None:
    """Raise as `require_geometry`, but let lines pass whose only fault is to have no length."""
    shapes = np.asarray(streets.geometry.array, dtype=object)
    kinds = ("LineString", "MultiLineString")
    wrong = np.flatnonzero(faults(shapes, kinds) != None)  # noqa: E711  (elementwise)
    parts, row = shapely.get_parts(shapes[wrong], return_index=True)
    xy, part = shapely.get_coordinates(parts, return_index=True)
    finite = np.ones(len(parts), dtype=bool)
    finite[part[~np.isfinite(xy).all(axis=1)]] = False
    fine = finite & (shapely.get_type_id(parts) == 1) & ~shapely.is_empty(parts)
    fine = np.bincount(row, ~fine, len(wrong)) + (np.bincount(row, minlength=len(wrong)) == 0) == 0
    shapes = shapes.copy()
    shapes[wrong[fine]] = shapely.LineString([(0, 0), (1, 0)])
    require_geometry(
        streets.set_geometry(gpd.GeoSeries(shapes, streets.index, crs=streets.crs)), *kinds, name="streets"
    )


def _columns(
    streets: gpd.GeoDataFrame,
    width: Width | None,
    class_column: str | None,
    name_column: str | None,
    norms: Mapping[str, Any] | None,
) -> pd.DataFrame:
    named = [class_column, name_column, width if isinstance(width, str) else None]
    missing = [c for c in named if c is not None and c not in streets]
    if missing:
        there = ", ".join(map(str, streets.columns.drop(streets.geometry.name))) or "none"
        raise SchemaError(f"streets: there is no column {missing[0]!r}. The columns are: {there}.")
    none = pd.Series(pd.NA, index=streets.index, dtype="string")
    return pd.DataFrame(
        {
            "source": streets.index.astype(str),
            "name": none if name_column is None else streets[name_column].astype("string"),
            "street_class": none if class_column is None else streets[class_column].astype("string"),
            "width": _widths(streets, width, class_column, norms),
        },
        index=streets.index,
    )


def _widths(
    streets: gpd.GeoDataFrame, width: Width | None, class_column: str | None, norms: Mapping[str, Any] | None
) -> pd.Series:
    if width is None:
        return pd.Series(np.nan, index=streets.index)
    if isinstance(width, str):
        values, origin = pd.to_numeric(streets[width], errors="coerce"), f"column {width!r}"
    elif isinstance(width, Mapping):
        if class_column is None:
            raise RuleError("Widths are given by class: say which column has the class, `class_column=...`.")
        metres = {label: _metres(value, norms) for label, value in width.items()}
        values, origin = streets[class_column].map(metres), f"the class in column {class_column!r}"
    elif not 0 < float(width) < np.inf:
        raise RuleError(f"width is {width}; it should be a positive number of metres.")
    else:
        values, origin = pd.Series(float(width), index=streets.index), "width"
    values = values.astype(float)
    wrong = ~((values > 0) & np.isfinite(values))
    if wrong.any():
        rows = streets.index[wrong]
        listed = ", ".join(map(str, rows[:10])) + (f" and {len(rows) - 10} more" if len(rows) > 10 else "")
        raise RuleError(
            f"streets: no positive width in metres from {origin} for {len(rows)} of {len(streets)} rows: "
            f"{listed}. Fill them in, or give one width for all: `width=12.0`."
        )
    return values


def _metres(value: float | str, norms: Mapping[str, Any] | None) -> float:
    if not isinstance(value, str):
        return float(value)
    if norms is None or value not in norms:
        raise RuleError(
            f"There is no norm {value!r} to take a width from. Pass `norms=ilo_gis.norms.load('pe')`."
        )
    return float(norms[value].value["width"])


def _single_lines(
    streets: gpd.GeoDataFrame, width: NDArray[np.float64]
) -> tuple[_Parts, list[gpd.GeoDataFrame]]:
    """Take lines apart, drop specks and doubles, and put the rest in an order of their own."""
    shapes = np.asarray(streets.geometry.array, dtype=object)
    several, deep = shapely.get_num_geometries(shapes) > 1, shapely.has_z(shapes)
    told = [
        findings("streets", None, rule, found=n, crs=streets.crs)
        for rule, n in (("streets.multi_part", several.sum()), ("streets.z_dropped", deep.sum()))
        if n
    ]
    lines, row = shapely.get_parts(shapely.force_2d(shapes), return_index=True)
    length = shapely.length(lines)
    speck = length < SPECK
    points = shapely.get_point(lines[speck], 0)
    told.append(_at(streets, row[speck], points, "zero_length", required=SPECK, found=length[speck]))
    lines, row = lines[~speck], row[~speck]
    lines = shapely.set_precision(lines, net.GRID, mode="pointwise")
    label = pd.factorize(streets.index.astype(str), sort=True)[0][row]
    key = pd.factorize(shapely.to_wkb(shapely.normalize(lines), hex=True), sort=True)[0]
    order = np.lexsort((label, key, -np.nan_to_num(width[row])))
    lines, row, key = lines[order], row[order], key[order]
    _, first, same = np.unique(key, return_index=True, return_inverse=True)
    twin = first[same]
    double = twin != np.arange(len(lines))
    kept = streets.index[row[twin[double]]]
    told.append(_at(streets, row[double], lines[double], "doubled", detail=kept, required=1, found=2))
    return _Parts(lines[~double], row[~double], width[row[~double]]), told


def _mend(
    streets: gpd.GeoDataFrame,
    parts: _Parts,
    edges: NDArray[np.object_],
    owner: NDArray[np.int64],
    tolerance: float,
) -> tuple[NDArray[np.object_], NDArray[np.int64], list[gpd.GeoDataFrame]]:
    """Cut off stubs and close gaps until there are none."""
    told = []
    for _ in range(ROUNDS):
        stub = net.stubs(edges, tolerance)
        size = shapely.length(edges)
        seen = stub & (size > ROUNDING)
        rows = parts.row[owner[seen]]
        told.append(_at(streets, rows, edges[seen], "overshoot", required=0, found=size[seen]))
        edges, owner = edges[~stub], owner[~stub]
        gap = net.gaps(edges, tolerance)
        if not len(gap.edge):
            break
        seen = gap.size > ROUNDING
        others = streets.index[parts.row[owner[gap.other[seen]]]]
        where, rows = shapely.points(gap.target[seen]), parts.row[owner[gap.edge[seen]]]
        told.append(_at(streets, rows, where, "undershoot", detail=others, required=0, found=gap.size[seen]))
        edges, edge, old = net.node(net.move_ends(edges, gap.edge, gap.end, gap.target))
        owner = np.minimum.reduceat(owner[old], np.unique(edge, return_index=True)[1])
    return edges, owner, told


def _loose(streets: gpd.GeoDataFrame, edges: NDArray[np.object_], tolerance: float) -> list[gpd.GeoDataFrame]:
    """Count the loose ends before mending, so that the sum of what follows can be checked."""
    edge, end = net.loose_ends(edges)
    i, j = shapely.STRtree(edges).query(shapely.get_point(edges[edge], end), "dwithin", tolerance)
    near = len(np.unique(i[edge[i] != j]))
    if not len(edge):
        return []
    return [findings("streets", None, "streets.loose_ends", detail=near, found=len(edge), crs=streets.crs)]


def _overlaps(streets: gpd.GeoDataFrame, parts: _Parts, edges: Any, edge: Any, line: Any) -> gpd.GeoDataFrame:
    first = np.unique(edge, return_index=True)[1]
    kept = np.repeat(line[first], np.diff(np.append(first, len(edge))))
    pairs = pd.DataFrame({"edge": edge, "kept": kept, "line": line})[kept != line]
    joined = pairs.groupby(["line", "kept"])["edge"].agg(list)
    where = np.array([shapely.multilinestrings(edges[e]) for e in joined], dtype=object)
    line, kept = (joined.index.get_level_values(k).to_numpy(dtype=np.int64) for k in ("line", "kept"))
    rows, found = parts.row[line], shapely.length(where)
    return _at(
        streets, rows, where, "overlap", detail=streets.index[parts.row[kept]], required=0, found=found
    )


def _crossings(
    streets: gpd.GeoDataFrame, parts: _Parts, edges: Any, edge: Any, line: Any
) -> gpd.GeoDataFrame:
    """Tell where lines crossed though none of them had an end there."""
    nodes, degree = net.end_nodes(edges)
    ends = np.concatenate([shapely.get_point(parts.lines, k) for k in (0, -1)])
    points = np.stack([shapely.get_point(edges, k) for k in (0, -1)], axis=1)
    met = np.zeros(nodes.max() + 1, dtype=bool)
    i, _ = shapely.STRtree(ends).query(points.ravel(), predicate="dwithin", distance=3 * net.GRID)
    met[nodes.ravel()[i]] = True
    bare = (degree > 2) & ~met[nodes]
    at = pd.DataFrame({"edge": np.repeat(np.arange(len(edges)), 2)[bare.ravel()], "node": nodes[bare]})
    labels = streets.index.astype(str).to_numpy()[parts.row]
    at = at.merge(pd.DataFrame({"edge": edge, "label": labels[line], "row": parts.row[line]}), on="edge")
    at = at.sort_values(["node", "label"]).drop_duplicates(["node", "row"]).groupby("node")
    places = dict(zip(nodes[bare].tolist(), points[bare], strict=True))
    rows, names = at["row"].first().to_numpy(dtype=np.int64), at["label"].agg(", ".join)
    where = np.array([places[k] for k in names.index], dtype=object)
    return _at(streets, rows, where, "unnoded_crossing", detail=names, required=1, found=0)


def _dead_ends(streets: gpd.GeoDataFrame, edges: Any, row: NDArray[np.int64]) -> gpd.GeoDataFrame:
    edge, end = net.loose_ends(edges)
    where = shapely.get_point(edges[edge], end)
    return _at(streets, row[edge], where, "dead_end", required=2, found=1)


def _at(streets: gpd.GeoDataFrame, rows: Any, where: Any, rule: str, **values: Any) -> gpd.GeoDataFrame:
    """Make one finding a place, named after the row of the input."""
    if not len(rows):  # of most rules: quick
        return empty("findings", streets.crs)
    layer = gpd.GeoDataFrame(geometry=where, index=streets.index[rows], crs=streets.crs)
    return findings("streets", layer, f"streets.{rule}", **values)


def _table(
    crs: Any, edges: NDArray[np.object_], row: NDArray[np.int64], columns: pd.DataFrame
) -> gpd.GeoDataFrame:
    frame = gpd.GeoDataFrame(columns.iloc[row].reset_index(drop=True), geometry=edges, crs=crs)
    frame["length"] = shapely.length(edges)
    frame.index = pd.Index([str(k + 1) for k in range(len(edges))], name="line_id", dtype=object)
    return conform(frame, "street_lines")
