"""How many people a plan has room for: by net density, by lots, by the lots laid out; where too many."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import ExactnessError, RuleError, SchemaError, some_ids
from ilo_gis.tables import conform, empty, findings, require_geometry, require_metres, require_same_crs
from ilo_gis.tables.catalogues import Catalogue, with_parameters
from ilo_gis.zoning.assignment import require_apart

__all__ = ["capacity", "check_density", "zones_by_area"]

HECTARE = 1e4  # m2
ROUNDING = 1e-9  # share of one by which a count may fall short of a whole number
OVERLAP = 1.0  # m2 that two zones may have in common by slips of drawing
EXACT = 1e-9  # share of the land that rounding may lose where zones are cut

BY_LOTS = ["lots", "dwellings", "persons"]
BY_DENSITY = ["persons_by_density", "dwellings_by_density"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def capacity(
    zones: gpd.GeoDataFrame,
    lots: pd.DataFrame | None = None,
    *,
    dwellings_per_lot: float,
    persons_per_dwelling: float,
    net_share: float | None = None,
    catalogues: Mapping[str, Catalogue] | None = None,
    by: str = "zone",
) -> gpd.GeoDataFrame:
    """Return how many dwellings and inhabitants zones have room for, counted in three ways.

    People live where a zone has a class of density or a net density, of its own or from the catalogue
    of its code. Net land is the land of lots: area times `net_share`, or the lots as they are.

    1. By lots: floor(net land / least lot) lots in each zone, times dwellings, times persons.
    2. By density: floor(net land x net density) inhabitants in each zone, the most that it allows.
    3. Laid out: the lots that the plan has in each zone, times dwellings, times persons.

    Gross densities hold the same inhabitants against all land of the zones, streets, parks and zones
    where nobody lives included. A net density is higher: that of the lots alone.

    Parameters
    ----------
    zones : GeoDataFrame
        Table ``zones`` of one plan: ``catalogue``, ``code``; optional ``density_class``,
        ``net_density`` (persons/ha) and ``min_area`` (m2). Polygons in metres that do not overlap.
    lots : DataFrame, optional
        Table ``lot_zones``: ``zone_id``, ``area`` (m2); lots in no zone do not count, nor do
        remnants where there is a column ``kind``.
    dwellings_per_lot, persons_per_dwelling : float
        How many, above 0; their products are cut to whole numbers in each zone.
    net_share : float, optional
        Share of the area of zones that is land of lots, above 0 to 1. Without it the lots laid out
        are measured, and `lots` are needed.
    catalogues : mapping of str to Catalogue, optional
        Instead of those shipped.
    by : str
        ``"zone"`` for a row each, or any column of `zones`, such as ``"code"`` or ``"phase"``.

    Returns
    -------
    GeoDataFrame
        Table ``capacity``, in the order of the groups' names. Figures are empty where no zone of the
        group gives them: ``no_density`` and ``no_min_area`` count the zones left out. Sums over
        groups are the same whatever zones are taken together by.

    Raises
    ------
    CRSError
        If zones are not in metres.
    GeometryError
        If geometries cannot be used.
    SchemaError
        If a catalogue, a code or a column is unknown, zones overlap, or lots lie in unknown zones.
    RuleError
        If a figure makes no sense, or there is neither a share nor lots.

    References
    ----------
    S99, II.c: Pampa Inalámbrica has room for more than 60,000 residents: 400 ha at 150 persons/ha
    gross. International: 150 persons/ha of UN-Habitat are gross too.

    Examples
    --------
    Two hectares at 330 persons/ha net, of which 60 % are lots of 90 m2 or more:

    >>> zone = {"catalogue": "pe_2016", "code": "RDM", "net_density": 330.0, "min_area": 90.0}
    >>> shape = [shapely.box(0, 0, 200, 100)]
    >>> zones = geopandas.GeoDataFrame([zone], index=["Z1"], geometry=shape, crs=32719)
    >>> room = capacity(zones, dwellings_per_lot=1, persons_per_dwelling=5, net_share=0.6)
    >>> room[["lots", "persons", "persons_by_density", "gross_by_density"]].iloc[0].tolist()
    [133.0, 665.0, 396.0, 198.0]
    """
    require_metres(zones, "zones")
    require_geometry(zones, "Polygon", "MultiPolygon", name="zones")
    _require_figures(lots, dwellings_per_lot, persons_per_dwelling, net_share)
    zones = with_parameters(zones, catalogues)
    groups = _groups(zones, by)
    if zones.empty:
        return empty("capacity", zones.crs)
    require_apart(zones, OVERLAP)
    area = zones.area.to_numpy()
    lived = (zones["density_class"].notna() | zones["net_density"].notna()).to_numpy()
    laid, measured = (None, area) if lots is None else _laid_out(lots, zones.index)
    net = np.where(lived, measured if net_share is None else area * net_share, 0.0)
    room = _by_lots(zones["min_area"], net, lived) | _by_density(zones["net_density"], net, lived)
    room["lots_laid_out"] = pd.array(np.where(lived, laid, 0) if laid is not None else [pd.NA] * len(zones))
    land = {"zones": 1, "area": area, "housing_area": np.where(lived, area, 0.0), "net_area": net}
    frame = pd.DataFrame(land | room, index=zones.index)
    frame = frame.astype(dict.fromkeys(("zones", "lots", "persons_by_density", "lots_laid_out"), "Int64"))
    for lot, name in (("lots", "{}"), ("lots_laid_out", "{}_laid_out")):
        frame[name.format("dwellings")] = _times(frame[lot], dwellings_per_lot)
        frame[name.format("persons")] = _times(frame[name.format("dwellings")], persons_per_dwelling)
    frame["dwellings_by_density"] = _times(frame["persons_by_density"], 1 / persons_per_dwelling)
    return _together(frame, zones, groups)


def check_density(
    zones: gpd.GeoDataFrame,
    lots: pd.DataFrame,
    *,
    dwellings_per_lot: float,
    persons_per_dwelling: float,
    catalogues: Mapping[str, Catalogue] | None = None,
) -> gpd.GeoDataFrame:
    """Return the zones whose lots would hold more people than their net density allows.

    The net land is that of the lots as they are laid out. Zones without a net density are not checked.

    Parameters
    ----------
    zones : GeoDataFrame
        Table ``zones``, as for `capacity`.
    lots : DataFrame
        Table ``lot_zones``, as for `capacity`.
    dwellings_per_lot, persons_per_dwelling : float
        How many, above 0.
    catalogues : mapping of str to Catalogue, optional
        Instead of those shipped.

    Returns
    -------
    GeoDataFrame
        Table ``findings``, warnings ``zone.density``: persons allowed and persons laid out, by zone.

    Raises
    ------
    CRSError, GeometryError, SchemaError, RuleError
        As `capacity` raises them.

    References
    ----------
    Net densities are parameters of zones: the catalogues tell the source of each, and how sure it is.

    Examples
    --------
    Six lots of 90 m2 for a family of five are 555 persons/ha, where 330 are allowed:

    >>> zone = {"catalogue": "pe_2016", "code": "RDM", "net_density": 330.0}
    >>> shape = [shapely.box(0, 0, 200, 100)]
    >>> zones = geopandas.GeoDataFrame([zone], index=["Z1"], geometry=shape, crs=32719)
    >>> lots = pandas.DataFrame({"zone_id": ["Z1"] * 6, "area": 90.0})
    >>> found = check_density(zones, lots, dwellings_per_lot=1, persons_per_dwelling=5)
    >>> found[["feature", "required", "found"]].iloc[0].tolist()
    ['Z1', 17.0, 30.0]
    """
    room = capacity(
        zones,
        lots,
        dwellings_per_lot=dwellings_per_lot,
        persons_per_dwelling=persons_per_dwelling,
        catalogues=catalogues,
    )
    over = room[(room["persons_laid_out"] > room["persons_by_density"]).fillna(False).astype(bool)]
    code = zones["code"].set_axis(zones.index.astype(str)).reindex(over.index)
    return findings(
        "zones",
        over,
        "zone.density",
        detail=[f"{zone} ({name})" for zone, name in code.items()],
        required=over["persons_by_density"],
        found=over["persons_laid_out"],
    )


def zones_by_area(zones: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, column: str) -> gpd.GeoDataFrame:
    """Cut zones along the borders of areas, such as the phases of growth.

    Parameters
    ----------
    zones : GeoDataFrame
        Polygons in metres with an index of ids.
    areas : GeoDataFrame
        Polygons in the CRS of `zones` that do not overlap, with `column`.
    column : str
        What to take over from the areas.

    Returns
    -------
    GeoDataFrame
        Table ``zones``: a row for each zone and value, with the columns of the zone and `column` as text,
        which is missing where no area lies; ids such as ``"Z1/3"``, ``"Z1"`` outside all areas.
        No land is lost.

    Raises
    ------
    CRSError
        If a layer is not in metres, or the two differ.
    GeometryError
        If geometries cannot be used.
    SchemaError
        If the areas have no such column, or overlap.
    ExactnessError
        If land is lost: a fault of ilo_gis.

    Examples
    --------
    >>> shape = [shapely.box(0, 0, 9, 9)]
    >>> zones = geopandas.GeoDataFrame({"code": ["RDM"]}, index=["Z1"], geometry=shape, crs=32719)
    >>> phases = geopandas.GeoDataFrame({"phase": [1]}, geometry=[shapely.box(-5, -5, 3, 20)], crs=32719)
    >>> zones_by_area(zones, phases, "phase").area.to_dict()
    {'Z1': 54.0, 'Z1/1': 27.0}
    """
    require_metres(zones, "zones")
    require_same_crs(zones=zones, areas=areas)
    require_geometry(zones, "Polygon", "MultiPolygon", name="zones")
    require_geometry(areas, "Polygon", "MultiPolygon", name="areas")
    if column not in areas:
        raise SchemaError(
            f"The areas have no column {column!r}. They have {', '.join(map(str, areas.columns))}."
        )
    require_apart(areas, OVERLAP)
    named = areas.set_geometry(areas.geometry.rename("geometry"))[[column, "geometry"]]
    merged = named.assign(**{column: _names(named[column])}).dissolve(column, as_index=False)
    plain = zones if zones.geometry.name == "geometry" else zones.rename_geometry("geometry")
    plain = plain.drop(columns=[column, "area"], errors="ignore").rename_axis("zone_id")
    columns = [*plain.columns.drop("geometry"), column, "geometry"]
    if zones.empty:
        return plain.assign(**{column: pd.Series(dtype="string")})[columns]
    whole = plain.reset_index()
    cut = gpd.overlay(whole, merged, how="identity", keep_geom_type=True)
    ids = cut["zone_id"].astype(str) + ("/" + cut[column].astype("string")).fillna("")
    cut.index = pd.Index(ids, name="zone_id", dtype=object)
    if not np.isclose(cut.area.sum(), zones.area.sum(), rtol=EXACT):
        raise ExactnessError(
            f"{zones.area.sum() - cut.area.sum():.3f} m2 lost in cutting zones: a fault of ilo_gis."
        )
    return cut[columns].sort_index()


def _require_figures(
    lots: pd.DataFrame | None, dwellings: float, persons: float, share: float | None
) -> None:
    if not (0 < dwellings < np.inf and 0 < persons < np.inf):
        raise RuleError(
            f"dwellings_per_lot is {dwellings}, persons_per_dwelling {persons}; both are numbers above 0."
        )
    if share is None and lots is None:
        raise RuleError(
            "How much of the zones is land of lots? Give net_share, such as 0.6, or the lots of a plan."
        )
    if share is not None and not 0 < share <= 1:
        raise RuleError(f"net_share is {share}; it is the share of the area in lots, above 0 and at most 1.")


def _groups(zones: gpd.GeoDataFrame, by: str) -> pd.Series:
    """Return the name of the group of each zone."""
    if by == "zone":
        return zones.index.to_series().astype(str)
    if by not in zones or by == zones.geometry.name:
        raise SchemaError(
            f"zones have no column {by!r} to be taken together by. "
            f"They have {', '.join(map(str, zones.columns))}."
        )
    return _names(zones[by]).fillna("")


def _names(values: pd.Series) -> pd.Series:
    """Return values as text; whole numbers as such, whatever their type."""
    if pd.api.types.is_float_dtype(values) and (values.dropna() % 1 == 0).all():
        values = values.astype("Int64")
    return values.map(str, na_action="ignore").astype("string")


def _laid_out(lots: pd.DataFrame, zones: pd.Index) -> tuple[Ints, Floats]:
    """Return number and area of the lots in each zone."""
    missing = [name for name in ("zone_id", "area") if name not in lots]
    if missing:
        raise SchemaError(
            f"lots have no column {', '.join(missing)}. "
            "Find the zone of each first: `zoning.assign(lots, zones)`."
        )
    counted = lots[lots["kind"] != "remnant"] if "kind" in lots else lots
    counted = counted[counted["zone_id"].notna()]
    place = pd.Index(zones.astype(str)).get_indexer(counted["zone_id"].astype(str))
    if (place < 0).any():
        unknown = sorted(set(counted["zone_id"][place < 0].astype(str)))
        raise SchemaError(
            f"Lots lie in zones that are not among the zones: {some_ids(unknown)}. "
            "Assign the lots to these zones: `zoning.assign(lots, zones)`."
        )
    area = counted["area"].to_numpy(dtype=float)
    size = len(zones)
    return np.bincount(place, minlength=size).astype(np.int64), np.bincount(place, area, size).astype(
        np.float64
    )


def _by_lots(least: pd.Series, net: Floats, lived: NDArray[np.bool_]) -> dict[str, object]:
    known = lived & (least > 0).to_numpy()
    lots = _whole(np.divide(net, least.to_numpy(dtype=float), out=np.zeros(len(net)), where=known))
    return {"lots": _known(lots, known), "no_min_area": (lived & ~known).astype(np.int64)}


def _by_density(density: pd.Series, net: Floats, lived: NDArray[np.bool_]) -> dict[str, object]:
    known = lived & density.notna().to_numpy()
    persons = _whole(np.where(known, net / HECTARE * density.to_numpy(dtype=float), 0.0))
    return {
        "persons_by_density": _known(persons, known),
        "no_density": (lived & ~known).astype(np.int64),
    }


def _known(values: Floats, known: NDArray[np.bool_]) -> pd.Series:
    return pd.Series(values).astype("Int64").where(known).array


def _whole(values: Floats) -> Floats:
    """Return whole numbers: a part of a lot, a dwelling or a person is none."""
    return np.floor(values + ROUNDING * np.maximum(values, 1.0))


def _times(counts: pd.Series, each: float) -> pd.Series:
    product = _whole(counts.to_numpy(dtype=float, na_value=np.nan) * each)
    return pd.Series(product, counts.index).astype("Int64")


def _together(frame: pd.DataFrame, zones: gpd.GeoDataFrame, groups: pd.Series) -> gpd.GeoDataFrame:
    """Return the sums of each group, its gross densities and its land."""
    key = groups.to_numpy(dtype=object)
    counts = frame.groupby(key, sort=True).sum(min_count=1)
    for unknown, names in (("no_min_area", BY_LOTS), ("no_density", BY_DENSITY)):
        nobody = counts[names].isna() & (counts[[unknown]] == 0).to_numpy()
        counts[names] = counts[names].mask(nobody, 0)
    for persons, name in (
        ("persons", "gross_density"),
        ("persons_by_density", "gross_by_density"),
        ("persons_laid_out", "gross_laid_out"),
    ):
        counts[name] = counts[persons].astype(float) / (counts["area"] / HECTARE)
    shapes = zones.geometry.groupby(key).agg(lambda own: shapely.union_all(own.to_numpy()))
    table = gpd.GeoDataFrame(counts, geometry=gpd.GeoSeries(shapes, crs=zones.crs), crs=zones.crs)
    ordered = empty("capacity").columns
    return conform(table.rename_axis("group")[ordered], "capacity")
