"""One table of constraints: from the lines and polygons of a site to what may not be built on, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import RuleError, SchemaError, did_you_mean, some_ids
from ilo_gis.geometry.margins import inland, margins, polygon_parts, within
from ilo_gis.norms import Norms
from ilo_gis.site.kinds import EFFECTS, Kind, Strip, constraint_kinds
from ilo_gis.site.widths import strip_widths
from ilo_gis.tables import (
    conform,
    empty,
    findings,
    join_findings,
    require_geometry,
    require_metres,
    require_same_crs,
)

__all__ = ["Source", "constraints"]

SHAPES = {
    "point": ("Point", "MultiPoint"),
    "line": ("LineString", "MultiLineString", "LinearRing"),
    "polygon": ("Polygon", "MultiPolygon"),
}
TOLD = ["reason", "article", "effect"]  # what a layer may tell itself
OWN = Kind("", "", tuple(SHAPES), "each_side", (Strip(""),))  # a kind of the user's own

Findings = list[gpd.GeoDataFrame]
Shapes = NDArray[np.object_]
Texts = NDArray[np.object_]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Source:
    """A layer that makes constraints, and what is known of it.

    `width`, `effect`, `reason` and `article` are of the first strip of the kind, the one nearest to
    the features; further strips are as the norms say.

    Attributes
    ----------
    kind : str
        shore, railway, ravine, river, power_line, airport, industry, fault, occupation, monument; or
        one of your own, which needs a reason.
    layer : GeoDataFrame
        Its lines, polygons or points. The shore is the line of high tide, or the sea.
    width : float or str, optional
        Width in place of that of the norm: metres; a column of `layer` that has them; or the id of a
        norm, such as ``"easements.railway_claim"``. Measured as the kind is: on each side of lines and
        round polygons; across both sides of a power line; inland from the shore.
    by : str, optional
        Column that has the class of each feature, or the class of all: kind of bank of rivers and
        ravines (``bank``), voltage of power lines (``kv``), class of industry (``class``).
    effect : {"forbid", "limit"}, optional
        What it does to building, or the column that tells.
    reason, article : str, optional
        Why and by which norm, or the columns that tell. A reason in two languages is written
        ``"Spanish / English"``. Columns named ``reason``, ``article`` and ``effect`` are taken
        unasked.
    ends : GeoDataFrame, optional
        Of a shore: lines or polygons of cliffs, hills and streets, which end its restricted zone:
        what lies behind them, seen from the nearest point of the shore, is free.
    exempt : GeoDataFrame, optional
        Of a shore: polygons of land that was private before the law, where there is no restricted zone.
    name : str
        What to call the layer in ids and messages; its kind by default.
    """

    kind: str
    layer: gpd.GeoDataFrame
    width: float | str | None = None
    by: str | None = None
    effect: str | None = None
    reason: str | None = None
    article: str | None = None
    ends: gpd.GeoDataFrame | None = None
    exempt: gpd.GeoDataFrame | None = None
    name: str = ""


def constraints(
    layers: Source | Iterable[Source], norms: Norms, *, site: gpd.GeoDataFrame | None = None
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Draw the strips that norms ask for along lines and round polygons, as one table.

    Parameters
    ----------
    layers : Source or iterable of Source
        What makes constraints, in one CRS in metres. Where constraints overlap, the reason of the
        first one given comes first.
    norms : Norms
        Of the day asked, as ``norms.load("pe", on=...)`` gives them. What no norm of that day
        asks for is no constraint, and is told.
    site : GeoDataFrame, optional
        Polygons; strips end at them. A shore given as a line needs it: it tells where the land is.

    Returns
    -------
    constraints : GeoDataFrame
        Table ``constraints``: ``kind``, ``reason``, ``rule`` (the norm that gives the width; empty
        where you gave it), ``article``, ``effect``, ``width`` (m), ``source``, ``confidence``,
        ``area`` (m2). One polygon each, named after the feature it is drawn from:
        ``ravine-12``, or ``ravine-12/1`` where it has several parts.
    findings : GeoDataFrame
        Table ``findings``: norms not in force that day, widths that are not settled, features without
        a class or drawn twice, layers that do not reach the site.

    Raises
    ------
    CRSError
        If a layer is not in metres, or two differ.
    GeometryError
        If geometries are missing, empty, invalid, or not of a type that the kind has.
    SchemaError
        If a kind is unknown and has no reason; a class, a width or an effect cannot be read or
        makes no sense. The features are named.
    RuleError
        If nothing is given, a shore is a line and there is no site, or a width makes no sense.
    NormError
        If a norm that a width names does not exist.
    ExactnessError
        If a part of a strip was lost at the edge of the site: a fault of ilo_gis.

    References
    ----------
    Ley 26856 (beaches); Ley 29338, article 74 (river margins); CNE Suministro 2011, table 219 (power
    lines); DS 032-2005-MTC (railways).

    Examples
    --------
    A track with the 20 m that were claimed at Ilo, and a power line of 60 kV across it:

    >>> track = geopandas.GeoDataFrame(geometry=[shapely.LineString([(0, 0), (0, 500)])], crs=32719)
    >>> cable = shapely.LineString([(-90, 250), (90, 250)])
    >>> cables = geopandas.GeoDataFrame({"kv": ["60 kV"]}, geometry=[cable], crs=32719)
    >>> taken, found = constraints(
    ...     [Source("railway", track, width="easements.railway_claim"), Source("power_line", cables)],
    ...     ilo_gis.norms.load("pe"),
    ... )
    >>> taken[["rule", "effect", "width"]].values.tolist()
    [['easements.railway_claim', 'forbid', 20.0], ['easements.railway', 'limit', 100.0],
     ['easements.power_line', 'forbid', 16.0]]
    """
    sources = _named([layers] if isinstance(layers, Source) else list(layers))
    crs = _crs(sources, site)
    whole = None if site is None else shapely.force_2d(shapely.union_all(np.asarray(site.geometry.array)))
    tables: list[gpd.GeoDataFrame] = []
    told: Findings = [empty("findings", crs)]
    for source in sources:
        rows, found = _of_source(source, norms, whole)
        tables += [rows] if len(rows) else []
        told += found
    if not tables:
        return empty("constraints", crs), _once_told(told)
    return conform(pd.concat(tables), "constraints"), _once_told(told)


def _once_told(told: Findings) -> gpd.GeoDataFrame:
    """Return findings, each once: two strips may rest on one norm."""
    found = join_findings(*told)
    return join_findings(found[~found.drop(columns="geometry").duplicated()])


def _named(sources: list[Source]) -> list[Source]:
    """Give sources of one name numbers: railway, railway2."""
    names: list[str] = []
    for source in sources:
        plain = source.name or source.kind
        used = sum(name.rstrip("0123456789") == plain for name in names)
        names.append(f"{plain}{used + 1}" if used else plain)
    return [replace(source, name=name) for source, name in zip(sources, names, strict=True)]


def _crs(sources: list[Source], site: gpd.GeoDataFrame | None) -> Any:
    """Return the CRS that all layers share; raise for layers that cannot be used."""
    given = {} if site is None else {"site": site}
    for source in sources:
        given[source.name] = source.layer
        given |= {
            f"{key} of {source.name}": part
            for key in ("ends", "exempt")
            if (part := getattr(source, key)) is not None
        }
    if not given:
        raise RuleError("No layers and no site, so there is nothing to draw. Give at least one Source.")
    for name, layer in given.items():
        require_metres(layer, name)
    require_same_crs(**given)
    if site is not None:
        require_geometry(site, *SHAPES["polygon"], name="site")
    return next(iter(given.values())).crs


def _of_source(
    source: Source, norms: Norms, whole: shapely.Geometry | None
) -> tuple[gpd.GeoDataFrame, Findings]:
    """Return the constraints that a layer makes, and what is to be told of them."""
    kind = _kind(source)
    _require_usable(source, kind, whole)
    plain = pd.api.types.is_numeric_dtype(source.layer.index)
    layer = source.layer.sort_index(key=None if plain else lambda ids: ids.astype(str))
    tables, told = [], []
    near = pd.Series(0.0, layer.index)
    for number, strip in enumerate(kind.strips):
        own = replace(source, width=None, effect=None, reason=None, article=None) if number else source
        widths, found = strip_widths(source.name, layer, strip, norms, own.width, source.by)
        told += found
        if not strip.after:
            near = near * 0.0
        features = layer.loc[widths.index].drop(columns=TOLD if number else [], errors="ignore")
        shapes, ids = _shapes(source, kind, strip, features, near[widths.index], widths["width"])
        label = "_".join(filter(None, (source.name, strip.name)))
        parts, owner = _parts(shapes, whole)
        rows = _table(own, strip, features, widths, parts, owner)
        rows.index = _ids(label, ids[owner], owner)
        rows, doubled = _once(rows)
        told += doubled
        tables.append(rows)
        near = near.add(widths["width"], fill_value=0.0)
    rows = pd.concat(tables)
    if whole is not None and len(layer) and rows.empty and len(widths):
        told.append(findings(source.name, None, "constraints.outside", detail=source.name, crs=layer.crs))
    return rows, told


def _kind(source: Source) -> Kind:
    known = constraint_kinds()
    if source.kind in known:
        return known[source.kind]
    if source.reason is None and "reason" not in source.layer:
        raise SchemaError(
            f"There is no kind of constraint {source.kind!r}{did_you_mean(source.kind, known)}. "
            f"The kinds are: {', '.join(known)}. One of your own needs a reason: "
            "`Source(..., reason=...)`, or a column of that name."
        )
    return OWN


def _require_usable(source: Source, kind: Kind, whole: shapely.Geometry | None) -> None:
    """Raise if a layer does not hold what its kind is drawn from."""
    types = [name for shape in kind.shapes for name in SHAPES[shape]]
    require_geometry(source.layer, *types, name=source.name)
    ended = any(strip.ended for strip in kind.strips)
    for key, types in (("ends", [*SHAPES["line"], *SHAPES["polygon"]]), ("exempt", [*SHAPES["polygon"]])):
        part = getattr(source, key)
        if part is None:
            continue
        if not ended:
            raise RuleError(
                f"{source.name}: `{key}` is for a shore; nothing of the kind {source.kind} ends so."
            )
        require_geometry(part, *types, name=f"{key} of {source.name}")
    if (
        source.by is not None
        and not isinstance(source.width, str)
        and not any(s.classed for s in kind.strips)
    ):
        raise RuleError(f"{source.name}: no norm goes by class for the kind {source.kind}; leave out `by`.")
    lines = shapely.get_dimensions(np.asarray(source.layer.geometry.array)) == 1
    if kind.measure == "inland" and lines.any() and whole is None:
        raise RuleError(
            f"{source.name} is a line, which does not tell where the land is. Give a `site`, or the sea as "
            "polygons."
        )


def _shapes(
    source: Source, kind: Kind, strip: Strip, features: gpd.GeoDataFrame, near: pd.Series, width: pd.Series
) -> tuple[Shapes, Texts]:
    """Return the strip of each feature and its id; of a shore, one strip for all."""
    given = np.asarray(features.geometry.array, dtype=object)
    flat = (shapely.get_dimensions(given) < 2) & (width == 0).to_numpy()
    if flat.any():
        raise SchemaError(
            f"{source.name}: lines and points without a width: {some_ids(features.index[flat])}. Give it as "
            "`width=`, in metres or as the column that has it."
        )
    far = near + width
    if kind.measure != "inland":
        half = 0.5 if kind.measure == "whole" else 1.0
        ids = features.index.astype(str).to_numpy(dtype=object)
        return margins(given, half * near.to_numpy(), half * far.to_numpy()), ids
    if (far != far.max()).any():
        raise SchemaError(
            f"{source.name}: a shore has one width. Give those of another one as a further Source."
        )
    if features.empty:
        return given, np.empty(0, dtype=object)
    ends = source.ends if strip.ended else None
    bars = None if ends is None else np.asarray(ends.geometry.array, dtype=object)
    land = inland(given, near.iloc[0], far.iloc[0], bars)
    if strip.ended and source.exempt is not None:
        land = shapely.difference(land, shapely.force_2d(source.exempt.union_all()))
    return np.array([land], dtype=object), np.array([""], dtype=object)


def _parts(shapes: Shapes, whole: shapely.Geometry | None) -> tuple[Shapes, Ints]:
    """Return the polygons of strips within the site, by strip and from north to south, and their strip."""
    parts, owner = polygon_parts(shapes if whole is None else within(shapes, whole))
    middle = shapely.get_coordinates(shapely.centroid(parts)).round(3)
    order = np.lexsort((middle[:, 0], -middle[:, 1], owner))
    return parts[order], owner[order]


def _table(
    source: Source,
    strip: Strip,
    features: gpd.GeoDataFrame,
    widths: pd.DataFrame,
    parts: Shapes,
    owner: Ints,
) -> gpd.GeoDataFrame:
    """Return a row for each polygon, with what is said of the feature that it is of."""
    about = widths.assign(
        reason=_told(source, "reason", strip.reason, features),
        effect=_told(source, "effect", strip.effect, features),
        article=_told(source, "article", widths["article"], features),
    )
    _require_words(source, about)
    columns = {name: column.to_numpy()[owner] for name, column in about.items()}
    rows = gpd.GeoDataFrame({"kind": source.kind, **columns}, geometry=parts, crs=features.crs)
    rows["effect"] = pd.Categorical(rows["effect"], EFFECTS)
    return rows.assign(area=shapely.area(parts))


def _ids(label: str, of: Texts, owner: Ints) -> pd.Index:
    """Name parts after their features; those of one feature by number."""
    number = pd.Series(owner).groupby(owner).cumcount() + 1
    several = pd.Series(owner).duplicated(keep=False)
    names = ["-".join(filter(None, (label, one))) for one in of]
    told = [f"{name}/{k}" if many else name for name, k, many in zip(names, number, several, strict=True)]
    return pd.Index(told, name="constraint_id", dtype=object)


def _told(source: Source, key: str, usual: str | pd.Series, features: gpd.GeoDataFrame) -> pd.Series:
    """Return what is said of each feature: in a column, for all, or as usual for the kind."""
    given = getattr(source, key)
    column = key if given is None and key in features else given
    default = pd.Series(usual, features.index)
    if column is None:
        return default
    if column not in features:
        return pd.Series(column, features.index)
    said = features[column].astype("string").str.strip()
    return said.mask(said == "").fillna(default.astype("string")).astype(object)


def _require_words(source: Source, about: pd.DataFrame) -> None:
    silent = about["reason"].isin(["", None])
    if silent.any():
        raise SchemaError(
            f"{source.name}: no reason in {some_ids(about.index[silent])}. Give each its reason."
        )
    wrong = ~about["effect"].isin(EFFECTS)
    if wrong.any():
        raise SchemaError(
            f"{source.name}: the effect is neither 'forbid' nor 'limit' in {some_ids(about.index[wrong])}: "
            f"{about.loc[wrong, 'effect'].iloc[0]!r}."
        )


def _once(rows: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, Findings]:
    """Leave out polygons that are there already, of features drawn twice."""
    same = pd.Series(shapely.to_wkb(shapely.normalize(np.asarray(rows.geometry.array))), rows.index)
    first = same.map(dict(zip(same[::-1], same.index[::-1], strict=True)))
    again = (first != same.index).to_numpy() if len(rows) else np.zeros(0, dtype=bool)
    twice = rows[again]
    return rows[~again], [findings("constraints", twice, "constraints.doubled", detail=first[again])]
