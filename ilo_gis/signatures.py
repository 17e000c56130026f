"""What a tool takes and gives, as its type hints and its docstring tell: what forms are made of."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import geopandas as gpd
import pandas as pd

from ilo_gis.errors import SchemaError
from ilo_gis.kept import LOT_TYPE
from ilo_gis.promuvi import Rules, StageRules, Weights
from ilo_gis.relocation import Needs
from ilo_gis.site import Factors
from ilo_gis.tables import Elevation, describe, names
from ilo_gis.tables.catalogues import Catalogue
from ilo_gis.zoning.uses import UseIndex

__all__ = [
    "FILES", "KINDS", "NOT_OFFERED", "PYTHON_ONLY", "Parameter", "Result", "options", "parameters",
    "purpose", "references", "results", "summary",
]  # fmt: skip

KINDS = (
    "layer", "layers", "table", "elevation", "file", "number", "integer", "switch", "choice", "text",
    "texts", "numbers", "day", "pairs", "progress",
)  # fmt: skip
FILES = (
    Factors,
    Needs,
    Rules,
    StageRules,
    UseIndex,
    Weights,
)  # read from a file of the user's, by their readers
ANY = "Geometry"
# parameters of tools and of records that no form can offer, and why
NOT_OFFERED = {
    "blocks_from_streets.options": "layout_streets has them one by one",
    "lots_from_streets.street_options": "layout_streets has them one by one",
    "lots_from_streets.workers": "other processes would each start a QGIS",
    "lots_in_blocks.workers": "other processes would each start a QGIS",
    "share_land.locked": "groups by block: a dictionary",
    "check_zoning.limits": "nested figures: the shipped ones hold",
    "stretches.between": "the layer of the coast can be clipped",
    "check_shore.between": "the layer of the coast can be clipped",
    "allot.reserve": "values of any type by column: the lots kept back can be filtered out",
    "Brief.entrances": "the best place is found; streets to join tell where",
    "Brief.parks": "those of the norms hold",
    "LotRule.article": "the norms tell it",
}
# what parameters take beside what a form offers
PYTHON_ONLY = {
    "Brief.favour": "weights of several aims, in place of one",
    "Brief.orientation": "a line of points, in place of an azimuth",
    "cut_lots.rule": "several rules, which the column ``rule`` of the blocks names",
    "check_lots.rule": "several rules, which the column ``rule`` of the lots names",
    "lots_in_blocks.rule": "several rules, which the column ``rule`` of the zones names",
    "lots_from_streets.rule": "several rules, which the column ``rule`` of the zones names",
    "layout_streets.width": "a width for each class of street",
    "blocks_from_streets.width": "a width for each class of street",
    "share_land.shares": "groups that tell how much services count for each",
    "allot.taken": "a list of ids",
}
GEOMETRIES = {"Polygon": r"[Pp]olygon", "LineString": r"\b[Ll]ines?\b|LineString", "Point": r"\b[Pp]oints?\b"}


@dataclass(frozen=True)
class Parameter:
    """One value that a tool asks for.

    Attributes
    ----------
    name : str
        Its name in a form; no two of a tool have the same.
    kind : str
        One of `KINDS`.
    text : str
        What the docstring says of it.
    required : bool
        Whether the tool cannot do without it.
    default : object
        What a form begins with; None where the tool, or the norms, tell what holds.
    path : tuple of str
        Where it goes: the argument of the tool, and the field of the record there.
    geometry : str
        Of a layer: Polygon, LineString, Point or, for any of them, Geometry.
    table : str
        Of a layer or table: the table it has to be, where one is declared; empty where any will do.
    choices : tuple of str
        Of a choice: the words there are.
    least : float, optional
        Of a number: the least it can be, where the docstring tells.
    numeric : bool
        Of a text: whether a number may stand in its place.
    """

    name: str
    kind: str
    text: str
    required: bool
    default: Any
    path: tuple[str, ...]
    geometry: str = ""
    table: str = ""
    choices: tuple[str, ...] = ()
    least: float | None = None
    numeric: bool = False


@dataclass(frozen=True)
class Result:
    """One thing that a tool returns: a layer, a table, or a figure (number, switch, text)."""

    name: str
    kind: str
    text: str
    table: str = ""


Tool = Callable[..., Any]


def summary(tool: Tool) -> str:
    """Return what a tool does, in one sentence.

    Examples
    --------
    >>> summary(ilo_gis.zoning.zones_by_area)
    'Cut zones along the borders of areas, such as the phases of growth.'
    """
    return _plain(inspect.getdoc(tool) or "").split("\n")[0]


def purpose(tool: Tool) -> list[str]:
    """Return the paragraphs of a docstring between its first line and its parameters.

    Examples
    --------
    >>> purpose(ilo_gis.subdivision.check_perimeter)
    ['Each ring is walked from P1 by distances and angles alone, as on the ground.']
    """
    head = re.split(r"\n\w+\n---+\n", inspect.getdoc(tool) or "")[0]
    return [" ".join(_plain(part).split()) for part in head.split("\n\n")[1:] if part.strip()]


def references(tool: Tool) -> list[str]:
    """Return the norms and papers that a tool rests on, as its docstring names them.

    Examples
    --------
    >>> references(ilo_gis.subdivision.check_blocks)
    ['RNE GH.020, article 15: vehicle crossings at least 40 m and at most 300 m apart.']
    """
    body = re.search(
        r"\nReferences\n-+\n(.*?)(?=\n\n\w[\w ]*\n---|\Z)", inspect.getdoc(tool) or "", re.DOTALL
    )
    return [" ".join(_plain(body[1]).split())] if body else []


@cache
def parameters(tool: Tool) -> tuple[Parameter, ...]:
    """Return what a tool asks for, records parted into their fields.

    A record that norms can fill in (`LotRule`, `Brief` ...) asks for none of its figures: what is not
    given is as the norms have it, or by default. With norms go the country and the day they are of.

    Parameters
    ----------
    tool : function
        With type hints and a docstring in numpy's style.

    Returns
    -------
    tuple of Parameter
        In the order of the signature.

    Raises
    ------
    SchemaError
        If a parameter has a type that is none of `KINDS` and is not in `NOT_OFFERED`.

    Examples
    --------
    >>> [(one.name, one.kind, one.geometry) for one in parameters(ilo_gis.subdivision.reserve_blocks)]
    [('blocks', 'layer', 'Polygon'), ('reserves', 'layer', 'Polygon')]
    """
    found = list(_of(tool, tool.__name__, ()))
    if not any(one.path[0] == "norms" for one in found) and _filled(tool):
        found += _norms()
    told = [one.name for one in found]
    if twice := {name for name in told if told.count(name) > 1}:
        raise SchemaError(f"{tool.__name__} would ask twice for {', '.join(sorted(twice))}. Rename a field.")
    return tuple(found)


@cache
def results(tool: Tool) -> tuple[Result, ...]:
    """Return what a tool gives, in its order; each table of a plan, a network and the like is one result.

    Parameters
    ----------
    tool : function
        As for `parameters`.

    Returns
    -------
    tuple of Result

    Raises
    ------
    SchemaError
        If a part of the result is no table, number, word or record.

    Examples
    --------
    >>> [(one.name, one.table) for one in results(ilo_gis.site.buildable)]
    [('land', 'land'), ('losses', 'losses')]
    """
    given = get_type_hints(tool)["return"]
    said = _entries(inspect.getdoc(tool) or "", "Returns")
    if is_dataclass(given):
        of = get_type_hints(given)
        texts = _entries(inspect.getdoc(given) or "", "Attributes")
        return tuple(_result(one.name, of[one.name], texts[one.name][1]) for one in fields(given))
    if get_origin(given) is tuple:
        return tuple(
            _result(name, hint, said[name][1]) for name, hint in zip(said, get_args(given), strict=True)
        )
    return (_result("output", given, next(iter(said.values()))[1]),)


def _result(name: str, hint: Any, text: str) -> Result:
    table = re.search(r"[Tt]ables? ``(\w+)``", text)
    kinds = {gpd.GeoDataFrame: "layer", pd.DataFrame: "table", bool: "switch", str: "text", dict: "record"}
    kinds |= {int: "number", float: "number", tuple: "text", pd.Timestamp: "text"}
    kind = kinds.get(get_origin(hint) or hint)
    if kind is None:
        raise SchemaError(f"Result {name!r} is a {hint}, which is no table and no figure.")
    return Result(name, kind, text, table[1] if table and table[1] in names() else "")


# -- parameters by type -----------------------------------------------------------------------------


def _of(made: Any, owner: str, path: tuple[str, ...]) -> Iterator[Parameter]:
    """Yield what a tool or a record asks for."""
    hints, texts = get_type_hints(made), _texts(made)
    by_norms = inspect.isclass(made) and hasattr(made, "from_norms")
    if by_norms and "lot_type" in inspect.signature(made.from_norms).parameters and "lot_type" not in path:
        said = "Type of lot of TH.010, 1 to 6: its norms hold for what is not given."
        yield Parameter("lot_type", "integer", said, False, LOT_TYPE, (*path, "lot_type"), least=1)
    for name, one in inspect.signature(made).parameters.items():
        if f"{owner}.{name}" in NOT_OFFERED:
            continue
        here = (*path, name)
        plain = options(hints[name])
        if name == "norms":
            yield from _norms()
            continue
        record = next(
            (hint for hint in plain if is_dataclass(hint) and hint not in (*FILES, Elevation)), None
        )
        if record is not None:
            yield from (
                part
                for part in _of(record, getattr(record, "__name__", ""), here)
                if part.path[-1] != "lot_type" or not path
            )
            continue
        needed = one.default is inspect.Parameter.empty and not by_norms
        default = None if one.default is inspect.Parameter.empty or by_norms else _default(made, name, one)
        kind, more = _kind(plain, *texts.get(name, ("", "")), name)
        if kind is None:
            raise SchemaError(
                f"{owner}.{name} is a {hints[name]}, which no form can ask for. Give it a type that "
                "`signatures` knows, or tell in NOT_OFFERED why it is not offered."
            )
        if by_norms and kind in ("switch", "choice"):  # which no norm tells
            default = _default(made, name, one)
        needed = needed and kind != "file"  # whose reader has one of its own
        if kind in ("layer", "table", "texts"):
            default = None
        yield Parameter(name, kind, texts.get(name, ("", ""))[1], needed, default, here, **more)


def _default(made: Any, name: str, one: inspect.Parameter) -> Any:
    if is_dataclass(made):
        of = made.__dataclass_fields__[name]
        return None if of.default is MISSING else of.default
    return one.default


def _kind(plain: tuple[Any, ...], typed: str, text: str, name: str) -> tuple[str | None, dict[str, Any]]:
    """Return the kind of a parameter of some types, and what more there is to know of that kind."""
    mapped = {get_args(hint)[1] for hint in plain if get_origin(hint) is Mapping}
    if gpd.GeoDataFrame in plain:
        return "layer", _layer(text)
    if pd.DataFrame in plain:
        these = text.startswith("Tables of these names") and name in names()
        return "table", {"table": name if these else _layer(text)["table"]}
    for kind, held in (
        ("progress", name == "progress"),
        ("elevation", Elevation in plain),
        ("file", Catalogue in mapped or any(hint in FILES for hint in plain)),
        ("layers", gpd.GeoDataFrame in mapped),
        ("pairs", float in mapped and str not in plain),
    ):
        if held:
            return kind, {}
    return _plain_kind(plain, typed, text)


def _plain_kind(plain: tuple[Any, ...], typed: str, text: str) -> tuple[str | None, dict[str, Any]]:
    least = re.search(r"from (\d+) on|above (\d+)", text)
    limit = {"least": float(least[1] or least[2]) if least else None}
    words = tuple(re.findall(r'"(\w+)"', typed)) if typed.startswith("{") else ()
    numeric = float in plain or int in plain
    if words and not numeric:
        return "choice", {"choices": words}
    if str in plain and date not in plain:
        return "text", {"numeric": numeric}
    if numeric:
        return ("number" if float in plain else "integer"), limit
    lists = {tuple(part for part in get_args(hint) if part is not Ellipsis) for hint in plain}
    known = {
        "day": date in plain,
        "switch": bool in plain,
        "texts": (str,) in lists,
        "numbers": (float,) in lists,
    }
    return next((kind for kind, held in known.items() if held), None), {}


def _layer(text: str) -> dict[str, str]:
    """Return the geometry that a text tells of a layer, and the table where it has to be one."""
    said = re.match(r"Tables? ``(\w+)``(?!,? or any)", text)
    if said and said[1] in names():
        spec = describe(said[1])
        return {"table": said[1], "geometry": str(spec["dtype"].get("geometry", ANY))}
    met = [kind for kind, word in GEOMETRIES.items() if re.search(word, text)]
    return {"table": "", "geometry": met[0] if len(met) == 1 else ANY}


def _norms() -> list[Parameter]:
    country = "Code of the country whose norms hold."
    on = "Day whose norms hold; today if none is given."
    return [
        Parameter("country", "text", country, False, "pe", ("norms", "country")),
        Parameter("norms_on", "day", on, False, None, ("norms", "on")),
    ]


def _filled(tool: Tool) -> bool:
    """Tell whether a tool has a record that norms fill in."""
    return any(hasattr(hint, "from_norms") for one in get_type_hints(tool).values() for hint in options(one))


def options(hint: Any) -> tuple[Any, ...]:
    """Return the types that a hint allows, None apart."""
    union = get_origin(hint) in (Union, UnionType)
    return tuple(one for one in (get_args(hint) if union else (hint,)) if one is not NoneType)


# -- docstrings -------------------------------------------------------------------------------------


def _texts(made: Any) -> dict[str, tuple[str, str]]:
    """Return type and text of each parameter of a function, or field of a record, as the docstring has it."""
    doc = inspect.getdoc(made) or ""
    return _entries(doc, "Parameters") or _entries(doc, "Attributes")


def _entries(doc: str, section: str) -> dict[str, tuple[str, str]]:
    """Return the entries of a section: by name, their type and text."""
    body = re.search(rf"(?:^|\n){section}\n-+\n(.*?)(?=\n\n\w[\w ]*\n---|\Z)", doc, re.DOTALL)
    found = {}
    for head, text in re.findall(r"^(\S.*)((?:\n(?: .*)?)*)", body[1] if body else "", re.MULTILINE):
        named, _, typed = head.partition(" : ")
        for name in named.split(","):
            found[name.strip().lstrip("*")] = (typed, " ".join(_plain(text).split()))
    return found


def _plain(text: str) -> str:
    """Return a text of a docstring without its marks."""
    return re.sub(r"`+|(?<!\*)\*(?=\w)|(?<=\w)\*", lambda mark: "``" if mark[0] == "``" else "", text)
