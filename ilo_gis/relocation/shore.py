"""Rules of the shore on land that was freed: the beach strip, ways to the beach, the railway."""

from __future__ import annotations

from collections.abc import Collection

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.geometry.chainage import chainages, pieces
from ilo_gis.norms import Norms
from ilo_gis.relocation.coast import Between, coast_lines
from ilo_gis.site import Source, constraints
from ilo_gis.tables import empty, findings, join_findings, require_geometry, require_metres, require_same_crs
from ilo_gis.tables.kinds import kinds, usual_kinds

__all__ = ["check_shore", "kilometre"]

BEACH, ACCESS, CLAIM = "easements.beach_public", "easements.beach_access", "easements.railway_claim"
# strip by norm and effect: what is found where buildings are to stand, and on any other land
FOUND = {
    (BEACH, "forbid"): ("shore.beach_built", None),
    ("easements.beach_restricted", "forbid"): ("shore.restricted_built", None),
    ("easements.railway", "forbid"): ("shore.railway_built", "shore.railway_zone"),
    ("easements.railway", "limit"): ("shore.railway_influence", None),
    (CLAIM, "forbid"): ("shore.railway_claim", "shore.railway_claim"),
}
LEAST = 0.01  # m2; less is rounding of coordinates
ROUNDING = 1e-6  # m by which ways at the very distance may miss it
AREAS = ("Polygon", "MultiPolygon")
WAYS = (*AREAS, "LineString", "MultiLineString", "Point", "MultiPoint")


def check_shore(  # noqa: PLR0913 (five layers that the rules are about)
    land: gpd.GeoDataFrame,
    coast: gpd.GeoDataFrame,
    norms: Norms,
    *,
    accesses: gpd.GeoDataFrame | None = None,
    railway: gpd.GeoDataFrame | None = None,
    ends: gpd.GeoDataFrame | None = None,
    exempt: gpd.GeoDataFrame | None = None,
    between: Between | None = None,
    built: Collection[str] | None = None,
) -> gpd.GeoDataFrame:
    """Hold a seafront, or land that was freed, against the rules of the shore on the day of the norms.

    Buildings may not stand in the public strip of the beach (an error) nor in the restricted zone behind it
    (a warning: private land of before the law may); a public way has to reach the beach at least every so
    many metres; the railway has its zone, and the strip that its company claimed. Rules that were not in
    force on the day are told and not checked: those of 1994 knew no beach strip.

    Parameters
    ----------
    land : GeoDataFrame
        Table ``seafront``, or any land with a column ``use``; polygons in a CRS in metres. Land without
        that column, such as that of occupants who left, has no use yet: what of it lies in the public
        strip is told.
    coast : GeoDataFrame
        LineStrings of high tide, with all of the land behind them.
    norms : Norms
        Of the day asked: ``norms.load("pe", on=...)``.
    accesses : GeoDataFrame, optional
        Streets, paths and stairs; those that come within the public strip reach the beach, each at the
        place nearest to it. Without them ways to the beach are not checked, and that is told.
    railway : GeoDataFrame, optional
        Tracks, as lines, or the land of the railway.
    ends : GeoDataFrame, optional
        Cliffs and streets that end the restricted zone; see `ilo_gis.site.Source`.
    exempt : GeoDataFrame, optional
        Land that was private before the law.
    between : (Point, Point), optional
        Where the coast looked at begins and ends; see `coast_lines`.
    built : collection of str, optional
        Uses that have buildings; by default housing, city hall and culture (``kinds.toml``). Add
        ``"tourism"`` where that means hotels and not a beach.

    Returns
    -------
    GeoDataFrame
        Table ``findings``. ``found`` is m2 of land in a strip, or m of shore without a way to it: the
        feature is then its beginning and its end in km along the coast, as ``0+350 – 1+720``.

    Raises
    ------
    CRSError
        If a layer is not in metres, or two differ.
    GeometryError
        If geometries are missing, invalid or of another type.
    NormError
        If a norm that the check rests on does not exist.

    References
    ----------
    Ley 26856, articles 1 to 3 (beach strip, restricted zone, ways to the beach); DS 032-2005-MTC (railways);
    López Follegatti 1999, section III.d (20 m each side that the railway company claimed at Ilo).

    Examples
    --------
    >>> coast = geopandas.GeoDataFrame(geometry=[shapely.LineString([(0, 0), (0, 1500)])], crs=32719)
    >>> flats = geopandas.GeoDataFrame(
    ...     {"use": ["housing"]}, index=["H"], geometry=[shapely.box(40, 0, 90, 100)], crs=32719)
    >>> stairs = geopandas.GeoDataFrame(geometry=[shapely.Point(10, 200)], crs=32719)
    >>> found = check_shore(flats, coast, ilo_gis.norms.load("pe"), accesses=stairs)
    >>> found[["feature", "rule", "found"]].values.tolist()
    [['H', 'shore.beach_built', 1000.0], ['0+200 – 1+500', 'shore.access_gap', 1300.0],
     ['H', 'shore.restricted_built', 4000.0]]
    """
    lines = coast_lines(coast, between)
    layers = {"land": land, "accesses": accesses, "railway": railway}
    require_same_crs(coast=coast, **layers)
    for name, layer in layers.items():
        if layer is not None:
            require_metres(layer, name)
            require_geometry(layer, *(AREAS if name == "land" else WAYS), name=name)
    told = [empty("findings", land.crs)]
    if len(land) and len(lines):
        shore = gpd.GeoDataFrame(geometry=lines, crs=coast.crs)
        told += _in_strips(land, Source("shore", shore, ends=ends, exempt=exempt), norms, built)
    if len(land) and railway is not None:
        told += _in_strips(land, Source("railway", railway), norms, built)
        told += _in_strips(land, Source("railway", railway, width=CLAIM), norms, built, only=CLAIM)
    told += _without_a_way(lines, accesses, norms, coast.crs)
    found = join_findings(*told)
    return join_findings(found[~found.drop(columns="geometry").duplicated()])  # two may rest on one norm


def kilometre(metres: float) -> str:
    """Return a distance along a coast as kilometre posts write it.

    Examples
    --------
    >>> kilometre(1720.4), kilometre(999.8)
    ('1+720', '1+000')
    """
    whole = round(metres)
    return f"{whole // 1000}+{whole % 1000:03}"


def _in_strips(
    land: gpd.GeoDataFrame,
    source: Source,
    norms: Norms,
    built: Collection[str] | None,
    only: str | None = None,
) -> list[gpd.GeoDataFrame]:
    """Return what is found where land lies in the strips of a source, and what is to be told of these."""
    strips, told = constraints(source, norms, site=land)
    told = told[told["rule"] != "constraints.outside"]
    if only is not None:
        strips, told = strips[strips["rule"] == only], told[told["message"].str.contains(only)]
    polygons = np.asarray(land.geometry.array, dtype=object)
    where = _buildings(land, built)
    found = [told]
    for (rule, effect), part in strips.groupby(["rule", "effect"], observed=True, sort=True):
        inside = shapely.intersection(polygons, shapely.union_all(np.asarray(part.geometry.array)))
        touched = shapely.area(inside) > LEAST
        rules = dict(zip(("built", "other"), FOUND[(rule, effect)], strict=True))
        rules["bare"] = "shore.beach_public" if rule == BEACH else rules["other"]
        for kind, name in rules.items():
            some = touched & (where == kind)
            if name is not None and some.any():
                layer = gpd.GeoDataFrame(index=land.index[some], geometry=inside[some], crs=land.crs)
                layer = layer.sort_index()
                width = float(part["width"].max())
                known = {"article": norms[rule].article, "detail": f"{width:g} m", "found": layer.area}
                found.append(findings("seafront", layer, name, required=0.0, **known))
    return found


def _buildings(land: gpd.GeoDataFrame, built: Collection[str] | None) -> NDArray[np.object_]:
    """Return of each piece whether it is for buildings ("built"), for something else, or for nothing yet."""
    if "use" not in land:
        return np.full(len(land), "bare", dtype=object)
    known = kinds("seafront")
    uses = {name for name, kind in known.items() if kind.built} if built is None else set(built)
    found: NDArray[np.object_] = np.where(
        np.isin(usual_kinds(land["use"], "seafront").astype(str), list(uses)), "built", "other"
    )
    return found.astype(object)


def _without_a_way(
    lines: NDArray[np.object_], accesses: gpd.GeoDataFrame | None, norms: Norms, crs: object
) -> list[gpd.GeoDataFrame]:
    """Return the parts of a shore that are too long without a public way to it."""
    absent = [id_ for id_ in (BEACH, ACCESS) if id_ in norms.absent]
    if absent:
        return [
            findings("shore", None, "constraints.no_norm", detail=f"{id_} ({norms.on})", crs=crs)
            for id_ in absent
        ]
    if accesses is None:
        return [findings("shore", None, "shore.access_unknown", crs=crs)]
    strip, limit = norms[BEACH].value, norms[ACCESS].value
    ways = np.asarray(accesses.geometry.array, dtype=object)
    told = []
    for number, line in enumerate(lines, 1):
        reached = np.sort(chainages(line, ways[shapely.dwithin(ways, line, strip)]))
        gaps = _gaps(line, reached)
        gaps = gaps[gaps["length"] > limit + ROUNDING]
        name = f"{number}: " if len(lines) > 1 else ""
        ends = zip(gaps["first"], gaps["last"], strict=True)
        ids = [f"{name}{kilometre(first)} – {kilometre(last)}" for first, last in ends]
        layer = gpd.GeoDataFrame(geometry=gaps["geometry"].to_numpy(), index=ids, crs=crs)
        known = {"article": norms[ACCESS].article, "required": limit, "found": gaps["length"].to_numpy()}
        told.append(findings("shore", layer, "shore.access_gap", detail=ids, **known))
    return told


def _gaps(line: shapely.LineString, reached: NDArray[np.float64]) -> pd.DataFrame:
    """Return the parts of a line between places: first, last, length (m), geometry."""
    whole = float(line.length)
    cuts = np.unique(np.concatenate([[0.0], reached, [whole]]))
    table = pd.DataFrame({"first": cuts[:-1], "last": cuts[1:], "geometry": pieces(line, cuts)})
    table["length"] = table["last"] - table["first"]
    inside = len(reached) and reached[0] > 0 and reached[-1] < whole
    if line.is_closed and inside:  # the last part goes on into the first
        first, last = table.iloc[0], table.iloc[-1]
        xy = [shapely.get_coordinates(part["geometry"]) for part in (last, first)]
        joined = {
            "first": last["first"],
            "last": first["last"],
            "geometry": shapely.linestrings(np.vstack(xy)),
        }
        rest = table.iloc[1:-1]
        return pd.concat([rest, pd.DataFrame([joined | {"length": first["length"] + last["length"]}])])
    return table
