"""Lots held against the parameters of their zones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd

from ilo_gis.tables import describe, empty, findings, join_findings
from ilo_gis.tables.catalogues import Catalogue, with_parameters
from ilo_gis.tables.catalogues import catalogues as shipped
from ilo_gis.tables.numbers import numbers
from ilo_gis.zoning.assignment import assign_held, require_layers, zones_in_force
from ilo_gis.zoning.uses import UseIndex, permitted, use_index

__all__ = ["hold_against", "lot_conformity", "misses", "zones_of_lots"]

NEAR = 1e-6  # share by which a value may miss a limit and still meet it
CHECKS = (  # column of the lots, parameter of the zone, 1 where it is the least and -1 the greatest value
    ("area", "min_area", 1),
    ("frontage", "min_frontage", 1),
    ("floors", "max_floors", -1),
    ("height", "max_height", -1),
    ("free_area", "min_free_area", 1),
    ("coverage", "max_coverage", -1),
)


def lot_conformity(
    lots: gpd.GeoDataFrame,
    zones: gpd.GeoDataFrame,
    *,
    on: date | None = None,
    catalogues: Mapping[str, Catalogue] | None = None,
    index: UseIndex | None = None,
    tolerance: float = 0.01,
    overlap: float = 1.0,
) -> gpd.GeoDataFrame:
    """Hold each lot against the parameters of the zone that has the largest share of it.

    Parameters
    ----------
    lots : GeoDataFrame
        Polygons of lots in metres, the id as index. Their area is measured; ``frontage`` (m), ``floors``,
        ``height`` (m), ``free_area`` and ``coverage`` (shares) and ``use`` are checked where they are
        given. ``since`` (day) tells lots that are older than their zone. Remnants
        (``kind`` "remnant") are no lots and are not checked.
    zones : GeoDataFrame
        Table ``zones``, in the CRS of `lots`: ``catalogue``, ``code`` and parameters.
    on : date, optional
        Day: only zones in force on it count. By default those whose ``until`` is empty.
    catalogues : Mapping of Catalogue, optional
        Instead of the shipped ones; they give what a zone does not say itself.
    index : UseIndex, optional
        Index of uses, instead of the shipped illustrative one.
    tolerance : float
        Share of a lot in another zone that splits it, as for `assign`.
    overlap : float
        Area, m2, that two zones may share by slips of drawing, as for `assign`.

    Returns
    -------
    GeoDataFrame
        Table ``findings``, with the act of the plan as article. Rules ``conformity.min_area`` and so
        on by parameter, ``conformity.use``, ``conformity.split``, ``conformity.outside``. A lot that
        misses an illustrative figure of a catalogue, or is older than its zone (a legal lot that
        no longer conforms, *lote no conforme*), is a warning; ``conformity.illustrative`` and
        ``conformity.prior`` say which those are.

    Raises
    ------
    CRSError, GeometryError, SchemaError, RuleError
        As `assign` and `with_parameters`; SchemaError also for text in a number column, RuleError for
        a use that the index does not have.

    References
    ----------
    DS 022-2016-VIVIENDA: map, rules and index of uses together are the zoning.

    Examples
    --------
    >>> lots = geopandas.GeoDataFrame(index=["K-1"], geometry=[shapely.box(0, 0, 5, 20)], crs=32719)
    >>> zones = geopandas.GeoDataFrame({"plan": ["PDU"], "act": ["OM 1-2020"], "catalogue": ["pe_2016"],
    ...     "code": ["RDM"], "min_area": [120.0]}, index=["Z1"], geometry=[shapely.box(0, 0, 50, 50)],
    ...     crs=32719)
    >>> found = lot_conformity(lots, zones)
    >>> found[["feature", "rule", "article", "required", "found"]].iloc[0].tolist()
    ['K-1', 'conformity.min_area', 'OM 1-2020', 120.0, 100.0]
    """
    require_layers(lots, zones)
    held = with_parameters(zones_in_force(zones, on), catalogues)
    return hold_against(lots, held, assign_held(lots, held, tolerance, overlap), catalogues, index)


def hold_against(
    lots: gpd.GeoDataFrame,
    zones: gpd.GeoDataFrame,
    assigned: gpd.GeoDataFrame,
    catalogues: Mapping[str, Catalogue] | None = None,
    index: UseIndex | None = None,
) -> gpd.GeoDataFrame:
    """Return what `lot_conformity` does, from the zones in force with parameters and the lots in them.

    Examples
    --------
    >>> lots = ilo_gis.tables.empty("lots", 32719)
    >>> hold_against(lots, ilo_gis.tables.empty("zones", 32719), lots).empty
    True
    """
    if lots.empty:
        return empty("findings", lots.crs)
    real = (lots["kind"] != "remnant").to_numpy() if "kind" in lots else np.full(len(lots), True)
    lots, assigned = lots[real], assigned[real]
    held = zones_of_lots(assigned, zones, catalogues)
    began = pd.to_datetime(lots["since"]) if "since" in lots else pd.Series(pd.NaT, lots.index)
    held["older"] = began < held["begun"]
    within = held["code"].notna().to_numpy()
    told = [_missed(lots[within], held[within], *check) for check in CHECKS]
    told.append(_unfit(lots[within], held[within], shipped() if catalogues is None else catalogues, index))
    broken = join_findings(*told)
    examples = set(broken["feature"][broken["example"]]) if len(broken) else set()
    broken = broken.drop(columns="example", errors="ignore")
    split = assigned[assigned["split"].to_numpy(dtype=bool)]
    return join_findings(
        broken,
        _prior(lots, held, broken),
        _illustrative(held[held.index.astype(str).isin(examples)], lots.crs),
        findings("lots", split, "conformity.split", detail=split["parts"], found=split["share"]),
        findings("lots", lots[~within], "conformity.outside"),
    )


def misses(found: gpd.GeoDataFrame) -> pd.Series:
    """Return which findings say that a lot misses a parameter or a use of its zone.

    Examples
    --------
    >>> misses(pandas.DataFrame({"rule": ["conformity.min_area", "conformity.split"]})).tolist()
    [True, False]
    """
    return found["rule"].isin([f"conformity.{name}" for name in (*(p for _, p, _ in CHECKS), "use")])


def zones_of_lots(
    assigned: gpd.GeoDataFrame,
    zones: gpd.GeoDataFrame,
    catalogues: Mapping[str, Catalogue] | None = None,
) -> pd.DataFrame:
    """Return the row of its zone for each lot, empty where it has none.

    Parameters
    ----------
    assigned : GeoDataFrame
        Table ``lot_zones``.
    zones : GeoDataFrame
        The zones in force, as `with_parameters` returns them.
    catalogues : Mapping of Catalogue, optional
        Instead of the shipped ones.

    Returns
    -------
    DataFrame
        Columns of `zones` by lot, and ``illustrative``: the parameters from the catalogue are no
        more than examples; ``begun``: the day since which the zone holds.

    Examples
    --------
    >>> zone = geopandas.GeoDataFrame({"catalogue": ["pe_2016"], "code": ["RDM"]}, index=["Z1"],
    ...     geometry=[shapely.box(0, 0, 50, 50)], crs=32719)
    >>> zone = ilo_gis.tables.catalogues.with_parameters(zone)
    >>> assigned = pandas.DataFrame({"zone_id": ["Z1", None]}, index=["K-1", "K-2"])
    >>> zones_of_lots(assigned, zone)["illustrative"].tolist()
    [True, False]
    """
    known = shipped() if catalogues is None else catalogues
    status = [
        known[c].zones[z].parameters_status for c, z in zip(zones["catalogue"], zones["code"], strict=True)
    ]
    table = pd.DataFrame(zones.drop(columns="geometry")).set_axis(zones.index.astype(str))
    table["illustrative"] = np.array(status, dtype=object) == "illustrative"
    days = [pd.to_datetime(table[name]) for name in ("since", "approved") if name in table]
    table["begun"] = days[0].fillna(days[-1]) if days else pd.NaT
    held = table.reindex(assigned["zone_id"].astype(object)).set_axis(assigned.index)
    return held.assign(illustrative=held["illustrative"].eq(True))


def _missed(
    lots: gpd.GeoDataFrame, held: pd.DataFrame, column: str, parameter: str, sign: int
) -> gpd.GeoDataFrame:
    """Return findings on the lots that miss one parameter."""
    if column != "area" and column not in lots:
        return empty("findings", lots.crs)
    unit = str(describe("zones").at[parameter, "unit"])
    found = lots.area if column == "area" else numbers(lots[column], unit, "lots")
    required = held[parameter].astype(float)
    wrong = (sign * (found - required) < -NEAR * required.abs()).to_numpy()
    usual = held["from_catalogue"].str.split(", ").map(lambda names: parameter in names)
    told = findings(
        "lots",
        lots[wrong],
        f"conformity.{parameter}",
        detail=held["code"][wrong],
        required=required[wrong],
        found=found[wrong],
    )
    return _sourced(told, held[wrong], usual[wrong] & held["illustrative"][wrong])


def _unfit(
    lots: gpd.GeoDataFrame, held: pd.DataFrame, known: Mapping[str, Catalogue], index: UseIndex | None
) -> gpd.GeoDataFrame:
    """Return findings on lots whose use their zone does not permit."""
    if "use" not in lots or lots["use"].isna().all():
        return empty("findings", lots.crs)
    index = use_index() if index is None else index
    asked = pd.DataFrame({"use": lots["use"].astype("string"), "zone": held["code"], "of": held["catalogue"]})
    answers = {
        row: permitted(row[0], row[1], catalogues={row[2]: known[row[2]]}, index=index).allowed
        for row in asked.dropna().drop_duplicates().itertuples(index=False, name=None)
    }
    wrong = np.array([not answers.get(row, True) for row in asked.itertuples(index=False, name=None)])
    detail = asked["use"][wrong] + " – " + asked["zone"][wrong]
    told = findings("lots", lots[wrong], "conformity.use", detail=detail)
    return _sourced(told, held[wrong], pd.Series(index.status == "illustrative", held.index[wrong]))


def _sourced(told: gpd.GeoDataFrame, held: pd.DataFrame, example: pd.Series) -> gpd.GeoDataFrame:
    """Return findings with the act of the zone; what rests on an example, or is older, is a warning."""
    act = held["act"] if "act" in held else pd.Series(pd.NA, held.index)
    plan = held["plan"] if "plan" in held else pd.Series(pd.NA, held.index)
    told.loc[(example | held["older"]).to_numpy(dtype=bool), "severity"] = "warning"
    article = act.fillna(plan).astype("string")
    return told.assign(article=article.to_numpy(), example=example.to_numpy(dtype=bool))


def _prior(lots: gpd.GeoDataFrame, held: pd.DataFrame, broken: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return findings on the lots that miss something and are older than their zone."""
    shown = (held["older"] & held.index.astype(str).isin(set(broken["feature"]))).to_numpy()
    days = pd.to_datetime(held["begun"][shown]).dt.date
    return findings("lots", lots[shown], "conformity.prior", detail=days)


def _illustrative(missed: pd.DataFrame, crs: object) -> gpd.GeoDataFrame:
    """Return one finding that names the codes of whose figures lots miss examples."""
    if missed.empty:
        return empty("findings", crs)
    said = (missed["code"] + " (" + missed["catalogue"] + ")").drop_duplicates().sort_values()
    return findings("zones", None, "conformity.illustrative", detail=", ".join(said), crs=crs)
