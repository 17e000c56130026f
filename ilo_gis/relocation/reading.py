"""Tables of a programme from any planner's files. Rows that cannot be read are named and left out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from ilo_gis.errors import SchemaError, near_words
from ilo_gis.geometry.faults import faults
from ilo_gis.relocation.states import steps
from ilo_gis.tables import conform, describe, empty, findings, join_findings, require_metres, require_same_crs
from ilo_gis.tables.numbers import read_numbers
from ilo_gis.tables.reading import days, plain

__all__ = ["Programme", "read_tables"]

MANY = {("agreements", "kinds")}  # columns of several words, joined by ;


@dataclass(frozen=True, eq=False)
class Programme:
    """The tables of a programme of relocations, and what of the files could not be read.

    Attributes
    ----------
    occupants, receiving_sites, seafront : GeoDataFrame
        Tables of these names.
    agreements, obligations, moves : DataFrame
        Tables of these names.
    findings : GeoDataFrame
        Table ``findings``: rows that are left out, values that were read out of text or not at all.
    """

    occupants: gpd.GeoDataFrame
    agreements: pd.DataFrame
    obligations: pd.DataFrame
    moves: pd.DataFrame
    receiving_sites: gpd.GeoDataFrame
    seafront: gpd.GeoDataFrame
    findings: gpd.GeoDataFrame


def read_tables(
    occupants: gpd.GeoDataFrame,
    agreements: pd.DataFrame | None = None,
    obligations: pd.DataFrame | None = None,
    moves: pd.DataFrame | None = None,
    receiving_sites: pd.DataFrame | None = None,
    seafront: gpd.GeoDataFrame | None = None,
) -> Programme:
    """Return any layers as the tables of a programme, with a finding for each row that cannot be read.

    Columns go by the names of the tables or by their Spanish ones, whatever case and accents. Days may be
    texts, as 1994-06-30 or 30/06/1994; numbers too, with their unit; words may be Spanish (``words.toml``).

    Parameters
    ----------
    occupants : GeoDataFrame
        Polygons in a CRS in metres.
    agreements, obligations, moves, receiving_sites, seafront : DataFrame or GeoDataFrame, optional
        Those missing come out empty. Layers have the CRS of `occupants`.

    Returns
    -------
    Programme
        The tables, and findings. A row is left out where a value that its table needs cannot be read: no
        day, no number, an unknown step, an id that an earlier row has, an event of an unknown occupant.
        Where the table can do without the value, it is left empty.

    Raises
    ------
    CRSError
        If a layer is not in metres, or two differ.
    SchemaError
        If a whole column that a table needs is missing, or `occupants` has no geometry.

    Examples
    --------
    >>> land = geopandas.GeoDataFrame({"Código": ["a", "b"], "Nombre": "x", "Clase": "empresa",
    ...     "Área": ["400 m2", "large"]}, geometry=[shapely.box(0, 0, 20, 20)] * 2, crs=32719)
    >>> read = read_tables(land)
    >>> read.occupants[["kind", "area"]].to_dict("index")
    {'a': {'kind': 'business', 'area': 400.0}}
    >>> read.findings[["feature", "rule"]].values.tolist()
    [['b', 'programme.number'], ['a', 'programme.text_number']]
    """
    if not isinstance(occupants, gpd.GeoDataFrame):
        raise SchemaError("occupants have no geometry. Give a layer of polygons: their land.")
    require_metres(occupants, "occupants")
    given = {
        "occupants": occupants,
        "agreements": agreements,
        "obligations": obligations,
        "moves": moves,
        "receiving_sites": receiving_sites,
        "seafront": seafront,
    }
    placed = {k: v for k, v in given.items() if isinstance(v, gpd.GeoDataFrame) and v.geometry.notna().any()}
    require_same_crs(**placed)
    read: dict[str, Any] = {}
    told = [empty("findings", occupants.crs)]
    for name, layer in given.items():
        read[name], found = _read(layer, name, occupants.crs)
        told += found
    read["moves"], found = _linked(read["moves"], _ids(occupants, "occupants"))
    return Programme(**read, findings=join_findings(*told, *found))


def _read(layer: pd.DataFrame | None, name: str, crs: object) -> tuple[Any, list[gpd.GeoDataFrame]]:
    """Return a table without the rows that cannot be read, and findings."""
    spec = describe(name)
    spatial = "geometry" in spec.index
    if layer is None or layer.empty:
        return empty(name, crs if spatial else None), []
    table = _named(layer, name, crs if spatial else None)
    _require_columns(table, name)
    table, out, told = _with_ids(table, name)
    needed = spec["required"] == "yes"
    for column in [one for one in spec.index if one in table and one != "geometry"]:
        values, wrong, found = _values(table, name, column)
        table = table.assign(**{column: values})
        told += found
        out |= (wrong | values.isna()) if needed[column] else False
        if needed[column]:
            told.append(findings(name, table[values.isna() & ~wrong], "programme.missing", detail=column))
    if spatial:
        shape = spec.at["geometry", "dtype"]
        kinds = ("Polygon", "MultiPolygon", "Point") if shape == "Geometry" else (shape,)
        why = pd.Series(faults(np.asarray(table.geometry.array, dtype=object), kinds), table.index)
        bad = why.notna() & (needed["geometry"] | table.geometry.notna())
        told.append(findings(name, table[bad], "programme.geometry", detail=why[bad]))
        out |= bad
    return conform(table[~out], name), told


def _named(layer: pd.DataFrame, name: str, crs: object) -> pd.DataFrame:
    """Name columns as the table does; a layer without geometry gets an empty one where its table has one."""
    spec = describe(name)
    table = layer.copy()
    key = spec.index[spec["dtype"] == "index"][0]
    if table.index.name is not None and table.index.name not in table:
        table = table.reset_index()
    places = isinstance(table, gpd.GeoDataFrame)
    own = table.geometry.name if places else None
    by_name = {plain(one): one for one in table.columns if one != own}
    taken = {
        found: column
        for column, alias in spec["alias_es"].drop("geometry", errors="ignore").items()
        if (found := by_name.get(plain(column)) or by_name.get(plain(alias)))
    }
    table = table.rename(columns=taken)
    if key not in table:
        table.insert(0, key, [f"{name} {number}" for number in range(1, len(table) + 1)])
    if crs is None:
        return pd.DataFrame(table.drop(columns=own)) if places else table
    if not places:
        return gpd.GeoDataFrame(table, geometry=[None] * len(table), crs=crs)
    return table.rename_geometry("geometry") if own != "geometry" else table


def _require_columns(table: pd.DataFrame, name: str) -> None:
    spec = describe(name)
    if lacking := [c for c in spec.index[spec["required"] == "yes"] if c not in table]:
        said = "; ".join(f"{c!r} ({spec.at[c, 'alias_es']}): {spec.at[c, 'description']}" for c in lacking)
        has = ", ".join(map(str, table.columns))
        raise SchemaError(f"{name}: columns are missing. {said}. The layer has: {has}.")


def _with_ids(table: pd.DataFrame, name: str) -> tuple[pd.DataFrame, pd.Series, list[gpd.GeoDataFrame]]:
    """Return the rows that have an id of their own, by it, and findings about the others."""
    key = describe(name).index[0]
    ids = _text(table[key])
    rows = pd.Index([f"row {number}" for number in range(1, len(table) + 1)])
    nameless, again = ids.isna().to_numpy(), (ids.duplicated() & ids.notna()).to_numpy()
    where = [f"{id_}, {row}" for id_, row in zip(ids[again], rows[again], strict=True)]
    told = [
        findings(name, table[nameless].set_axis(rows[nameless]), "programme.no_id"),
        findings(name, table[again].set_axis(ids[again].astype(object)), "programme.twice", detail=where),
    ]
    kept = table[~(nameless | again)].drop(columns=key)
    kept.index = pd.Index(ids[~(nameless | again)].astype(object), name=key)
    return kept, pd.Series(False, kept.index), told


def _values(
    table: pd.DataFrame, name: str, column: str
) -> tuple[pd.Series, pd.Series, list[gpd.GeoDataFrame]]:
    """Return the values of a column, where something stands that cannot be read, and findings."""
    spec = describe(name).loc[column]
    told, given = [], table[column]
    if spec["dtype"].startswith("datetime"):
        values, wrong = days(given)
        rule, detail = "programme.date", given
    elif spec["dtype"] in ("float64", "Int64"):
        values, wrong = read_numbers(given, spec["unit"])
        wrong |= ~np.isfinite(values.fillna(0)) | (values < 0)
        wrong |= (values % 1 != 0) & values.notna() & (spec["dtype"] == "Int64")
        values, rule, detail = values.mask(wrong), "programme.number", given
        text = given.map(lambda value: isinstance(value, str)) & values.notna()
        text &= pd.to_numeric(given.where(text), errors="coerce").isna()
        said = [f"{column}: {value!r}" for value in given[text]]
        told.append(findings(name, table[text], "programme.text_number", detail=said, found=values[text]))
    elif words := _words(name, column):
        values, wrong = _known(_text(given), words, (name, column) in MANY)
        known = list(dict.fromkeys(words.values()))
        rule, detail = "programme.word", [f"{v!r}{_near(v, known)}" for v in given]
    else:
        return _text(given), pd.Series(False, table.index), []
    detail = pd.Series([v if isinstance(v, str) else repr(v) for v in detail], table.index)
    told.append(findings(name, table[wrong], rule, detail=[f"{column}: {v}" for v in detail[wrong]]))
    return values, wrong, told


def _near(word: object, known: Iterable[str]) -> str:
    near = ", ".join(near_words(word, sorted(known)))
    return f" ({near})" if near else ""


def _text(column: pd.Series) -> pd.Series:
    text = column.astype("string").str.strip()
    return text.mask(text == "")


def _known(text: pd.Series, words: dict[str, str], many: bool) -> tuple[pd.Series, pd.Series]:
    """Return words as the table has them, and where one is not known."""
    each = text.str.split(";").explode() if many else text
    found = each.map(lambda word: words.get(plain(word)), na_action="ignore")
    lost = (each.notna() & found.isna()).groupby(level=0).any().reindex(text.index)
    if many:
        joined = found.dropna().groupby(level=0).agg(";".join).reindex(text.index)
        found = joined.astype("string")
    return found.where(~lost, None), lost


@cache
def _words(table: str, column: str) -> dict[str, str]:
    """Return what a column may say, as it may be written, to the word of the table; nothing if it is free."""
    if (table, column) == ("moves", "step"):
        known = steps()[["es", "en"]].T.to_dict("list")
    else:
        told = tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))
        known = told.get(table, {}).get(column, {})
    return {plain(said): word for word, others in known.items() for said in (word, *others)}


def _ids(layer: pd.DataFrame, name: str) -> set[str]:
    """Return the ids that a layer gives, also those of rows that cannot be read."""
    table = _named(layer, name, getattr(layer, "crs", None))
    return set(_text(table[describe(name).index[0]]).dropna())


def _linked(moves: pd.DataFrame, occupants: set[str]) -> tuple[pd.DataFrame, list[gpd.GeoDataFrame]]:
    """Return the events of known occupants that take back what there is, and findings about the others."""
    who = moves["occupant_id"].astype(str)
    strange = ~who.isin(occupants)
    said = [f"{one}{_near(one, occupants)}" for one in who[strange]]
    told = [findings("moves", moves[strange], "programme.unknown_occupant", detail=said)]
    if "takes_back" not in moves:
        return moves[~strange], told
    back = moves["takes_back"].dropna().astype(str)
    pair = moves[["occupant_id", "step"]].astype(str)
    taken = pair.reindex(back).set_axis(back.index)
    lost = back[(taken != pair.loc[back.index]).any(axis=1) | (back == back.index)]
    told.append(findings("moves", moves.loc[lost.index], "programme.takes_back", detail=lost))
    return moves[~strange & ~moves.index.isin(lost.index)], told
