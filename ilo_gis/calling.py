"""Tools called with the plain values of a form: numbers, words, days, paths and tables."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_type_hints

import geopandas as gpd
import pandas as pd
import shapely

from ilo_gis.errors import ReadError, RuleError
from ilo_gis.io import read_elevation
from ilo_gis.norms import Norms, load
from ilo_gis.promuvi import Rules, StageRules, Weights, stage_rules, usual_rules, usual_weights
from ilo_gis.relocation import Needs, usual_needs
from ilo_gis.signatures import Parameter, Result, options, parameters, results
from ilo_gis.site import Factors, suitability_factors
from ilo_gis.tables import Elevation
from ilo_gis.tables.catalogues import catalogue, catalogues
from ilo_gis.zoning.uses import UseIndex, use_index

__all__ = ["arguments", "filled_by"]

READERS: Mapping[type, Callable[..., Any]] = {
    Factors: suitability_factors, Needs: usual_needs, Rules: usual_rules, StageRules: stage_rules,
    UseIndex: use_index, Weights: usual_weights,
}  # fmt: skip

Tool = Callable[..., Any]


def arguments(tool: Tool, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a tool from the values of a form: records built, files and norms read.

    Parameters
    ----------
    tool : function
        With a signature that `ilo_gis.signatures.parameters` can tell.
    values : mapping
        By name of parameter: tables, numbers, words, dates, mappings (pairs, layers), a path for files and
        heights, a callable for progress. What is missing, None or empty is not given.

    Returns
    -------
    dict
        What to call the tool with.

    Raises
    ------
    RuleError
        If a record lacks what it cannot do without, or has values that make no sense.
    ReadError
        If a file cannot be read, or heights are given and no layer that tells where.
    CRSError, NormError, SchemaError
        If heights are elsewhere, the country has no norms, or a value is none of the tool's.

    Examples
    --------
    >>> from ilo_gis.subdivision import cut_lots
    >>> arguments(cut_lots, {"lot_type": 3, "ochavo": 3.0, "mode": "most"})["rule"].min_area
    160.0
    """
    known = {one.name: one for one in parameters(tool)}
    if unknown := sorted(set(values) - set(known)):
        raise RuleError(f"{tool.__name__} has no {', '.join(unknown)}. It has: {', '.join(known)}.")
    given = {name: value for name, value in values.items() if not _missing(known[name], value)}
    norms = load(given.get("country", "pe"), on=given.get("norms_on")) if "country" in known else None
    hints = get_type_hints(tool)
    nested: dict[str, Any] = {}
    for name, value in given.items():
        one = known[name]
        if one.path[0] != "norms":
            _place(nested, one.path, _converted(one, value, hints, given))
    return dict(_built(tool, hints, nested, norms))


def parts(tool: Tool, given: Any) -> dict[Result, Any]:
    """Return what a tool gave by its results.

    Parameters
    ----------
    tool : function
        As for `arguments`.
    given : any
        What the tool returned: a table, a tuple, or a record such as a plan.

    Returns
    -------
    dict
        Tables and figures by their `ilo_gis.signatures.Result`.

    Examples
    --------
    >>> from ilo_gis.site import buildable
    >>> {result.name: value for result, value in parts(buildable, ("land", "losses")).items()}
    {'land': 'land', 'losses': 'losses'}
    """
    told = results(tool)
    if isinstance(given, pd.DataFrame):
        return {told[0]: given}
    if isinstance(given, tuple):
        return dict(zip(told, given, strict=True))
    return {result: getattr(given, result.name) for result in told}


def figure(result: Result, value: Any) -> Any:
    """Return a figure as forms hold it: records and words as text, numbers and switches as they are.

    Parameters
    ----------
    result : ilo_gis.signatures.Result
        What the tool says of it.
    value : any
        What the tool gave.

    Returns
    -------
    str, float or bool
        A record as JSON, several words with semicolons.

    Examples
    --------
    >>> figure(Result("seats", "text", ""), ("a", "b"))
    'a; b'
    """
    if result.kind == "record":
        return json.dumps(value, ensure_ascii=False, default=str)
    if result.kind == "text":
        return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return value


def _missing(one: Parameter, value: Any) -> bool:
    """Tell whether a value was not given; in a record the usual choice asks for nothing."""
    if isinstance(value, str | list | tuple | dict) and not value:
        return True
    return value is None or (len(one.path) > 1 and one.kind in ("choice", "switch") and value == one.default)


def _place(nested: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for step in path[:-1]:
        nested = nested.setdefault(step, {})
    nested[path[-1]] = value


def _converted(one: Parameter, value: Any, hints: Mapping[str, Any], given: Mapping[str, Any]) -> Any:
    """Return a value as the tool wants it."""
    if one.kind == "elevation" and not isinstance(value, Elevation):
        return read_elevation(value, _where(given), partial=True)
    if one.kind == "file":
        return _read(hints[one.path[0]], value)
    if one.kind == "text" and one.numeric:
        return _number(value)
    return tuple(value) if one.kind in ("texts", "numbers") else value


def _number(text: Any) -> Any:
    """Return the number that a text is; a text that is none stays."""
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number == int(number) else number


def _where(given: Mapping[str, Any]) -> gpd.GeoDataFrame:
    """Return the rectangle of all layers given, which tells what part of a raster to read."""
    layers = [one for one in given.values() if isinstance(one, gpd.GeoDataFrame) and len(one)]
    if not layers:
        raise ReadError("Heights need a layer that tells where: give the site.")
    bounds = shapely.union_all([shapely.box(*one.total_bounds) for one in layers]).bounds
    return gpd.GeoDataFrame(geometry=[shapely.box(*bounds)], crs=layers[0].crs)


def _read(hint: Any, path: Any) -> Any:
    for kind in options(hint):
        if kind in READERS:
            return READERS[kind](path)
    own = catalogue(path)
    return {**catalogues(), own.name: own}


def _built(
    tool: Tool, hints: Mapping[str, Any], nested: Mapping[str, Any], norms: Norms | None
) -> Iterator[tuple[str, Any]]:
    """Yield the arguments of a tool, each record built of its fields."""
    records = {one.path[0] for one in parameters(tool) if len(one.path) > 1 and one.path[0] != "norms"}
    for name, one in inspect.signature(tool).parameters.items():
        needed = one.default is inspect.Parameter.empty
        if name == "norms":
            yield name, norms
        elif name in records and (name in nested or needed):
            made = next(hint for hint in options(hints[name]) if inspect.isclass(hint))
            yield name, _record(made, nested.get(name, {}), norms)
        elif name in nested:
            yield name, nested[name]
        elif needed and (kind := next((k for k in options(hints[name]) if k in READERS), None)):
            yield name, READERS[kind](None)


def _record(made: Any, given: Mapping[str, Any], norms: Norms | None) -> Any:
    """Return a record: of a mapping, of the norms, or of its own figures alone."""
    if hasattr(made, "from_mapping"):
        return made.from_mapping(given, norms)
    if hasattr(made, "from_norms"):
        by_type = "lot_type" in inspect.signature(made.from_norms).parameters
        if not by_type or "lot_type" in given:
            return made.from_norms(norms, **given)
    fields = inspect.signature(made).parameters.values()
    if lacking := [
        one.name for one in fields if one.default is inspect.Parameter.empty and one.name not in given
    ]:
        instead = ", or a lot_type" if hasattr(made, "from_norms") else ""
        raise RuleError(f"{made.__name__} lacks {', '.join(lacking)}. Give what is missing{instead}.")
    return made(**given)


def filled_by(tool: Tool) -> dict[str, str]:
    """Return what of a project fills the parameters of a tool: by name a table, ``site`` or ``elevation``.

    Streets that a new plan joins are left to whoever plans, and so are heights that a tool can do without.

    Parameters
    ----------
    tool : function
        As for `ilo_gis.signatures.parameters`.

    Examples
    --------
    >>> filled_by(ilo_gis.subdivision.reserve_blocks)
    {'blocks': 'blocks', 'reserves': 'reserves'}
    """
    found = {}
    for one in parameters(tool):
        table = "site" if one.name == "polygons" else one.table or one.name
        if table == "streets" and one.geometry == "LineString":
            table = "street_lines" if one.required else ""
        if one.kind in ("layer", "table"):
            found[one.name] = table
        elif one.kind == "elevation" and one.required:
            found[one.name] = one.kind
    return found
