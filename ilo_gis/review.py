"""A project looked at as a whole: its main figures, all its checks, and the norms behind a finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from ilo_gis.norms import Norm
from ilo_gis.progress import Progress, go_on
from ilo_gis.promuvi import check_events
from ilo_gis.relocation import check_programme
from ilo_gis.sources import CONFIDENCE
from ilo_gis.subdivision import (
    LotRule,
    check_blocks,
    check_cover,
    check_lots,
    missing_reserves,
    reserve_shares,
)
from ilo_gis.tables import Plan, empty, join_findings
from ilo_gis.tables.indicators import Row, indicator_table
from ilo_gis.zoning import check_zoning

__all__ = [
    "check_all",
    "explanation",
    "overview",
    "plan_of",
]

Rule = LotRule | Mapping[str, LotRule]
PROGRAMME = ("occupants", "agreements", "obligations", "moves", "receiving_sites")
CHECKED = ("streets", "blocks", "reserves", "lots", "zones", *PROGRAMME, "seafront", "lot_events", "works")


def plan_of(known: Mapping[str, pd.DataFrame]) -> Plan:
    """Return the plan among some tables; those that are missing are empty.

    Examples
    --------
    >>> plan_of({"blocks": ilo_gis.tables.empty("blocks", 32719)}).lots.crs.to_epsg()
    32719
    """
    names = [field.name for field in fields(Plan)]
    crs = next((known[name].crs for name in ("lots", "blocks", "streets") if name in known), None)
    return Plan(*(known[name] if name in known else empty(name, crs) for name in names))


def overview(
    known: Mapping[str, pd.DataFrame],
    rule: Rule | None = None,
    norms: Mapping[str, Norm] | None = None,
    *,
    only: pd.Index | None = None,
    persons: float = 5.0,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Return the main figures of a plan, or of some of its lots.

    Parameters
    ----------
    known : mapping of str to table
        Tables of the project by their names; layers in one CRS in metres.
    rule : LotRule or mapping of str to LotRule, optional
        What a lot must be; without it lots are legal if they are sound, apart and on a street.
    norms : mapping of str to Norm, optional
        Norms in force, for the reserves.
    only : Index, optional
        Ids of the lots that are meant; then there are no figures on reserves. By default all.
    persons : float
        Persons a lot.
    progress : callable, optional
        Called with the share done and a text; work stops when it returns False.

    Returns
    -------
    DataFrame
        Table ``indicators``: ``lots``, ``legal``, ``area`` (m2), ``area_ha``, ``frontage`` (mean, m),
        ``inhabitants``, and ``reserve_...`` (% of the site) with their targets.

    Raises
    ------
    CRSError
        If a layer is not in metres, or two differ.
    Cancelled
        If `progress` returned False.

    Examples
    --------
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 80, 40)], crs=32719)
    >>> rule = ilo_gis.subdivision.LotRule(min_area=160.0, min_frontage=8.0)
    >>> plan = ilo_gis.workflows.lots_in_blocks(blocks, rule)
    >>> overview({"blocks": plan.blocks, "lots": plan.lots}, rule)["value"].to_dict()
    {'lots': 20.0, 'legal': 20.0, 'area': 3200.0, 'area_ha': 0.32, 'frontage': 12.0, 'inhabitants': 100.0}
    """
    go_on(progress, 0.0, "reading the plan")
    plan = plan_of(known)
    lots = plan.lots if only is None else plan.lots[plan.lots.index.isin(only)]
    lots = lots[lots["kind"] != "remnant"]
    go_on(progress, 0.1, "checking lots")
    own = plan.blocks[plan.blocks.index.isin(lots["block_id"])]
    found = check_lots(lots, rule, blocks=own if len(own) else None)
    wrong = found.loc[(found["severity"] == "error") & (found["table"] == "lots"), "feature"]
    area = float(lots.area.sum())
    fronts = lots["frontage"] if "frontage" in lots else pd.Series(dtype=float)
    rows = [
        _row("lots", ("Lots", "Lotes"), len(lots), "lots", "more"),
        _row("legal", ("Legal lots", "Lotes conformes"), len(lots) - wrong.nunique(), "lots", "more"),
        _row("area", ("Area of lots", "Área de lotes"), area, "m2", "neither"),
        _row("area_ha", ("Area of lots", "Área de lotes"), area / 10_000, "ha", "neither"),
        _row("frontage", ("Mean front", "Frente medio"), float(fronts.mean()), "m", "neither"),
        _row("inhabitants", ("Inhabitants", "Habitantes"), persons * len(lots), "persons", "neither"),
    ]
    table = indicator_table(rows)
    if only is not None or rule is None or norms is None or plan.blocks.empty:
        return table
    go_on(progress, 0.8, "measuring reserves")
    return pd.concat([table, reserve_shares(plan, rule, norms)])


def _row(name: str, label: tuple[str, str], value: float, unit: str, direction: str) -> Row:
    return Row(name, *label, value, unit, direction, np.nan, None, "")


def check_all(
    known: Mapping[str, pd.DataFrame],
    rule: Rule | None = None,
    norms: Mapping[str, Norm] | None = None,
    *,
    progress: Progress | None = None,
) -> gpd.GeoDataFrame:
    """Run every check that the tables of a project allow.

    Parameters
    ----------
    known : mapping of str to table
        Tables of the project by their names; layers in one CRS in metres.
    rule : LotRule or mapping of str to LotRule, optional
        What a lot must be. Without it area, front and shape of lots are not judged.
    norms : mapping of str to Norm, optional
        Norms in force, for the length of blocks, and with `rule` for the land of reserves.
    progress : callable, optional
        Called with the share done and a text; work stops when it returns False.

    Returns
    -------
    GeoDataFrame
        Table ``findings``: of lots, blocks and their cover, reserves, zoning, the relocation programme and
        the events of lots, as far as their tables are there.

    Raises
    ------
    CRSError, GeometryError, SchemaError
        If a layer cannot be checked; the message says what to do.
    Cancelled
        If `progress` returned False.

    Examples
    --------
    >>> lots = {"block_id": "A", "kind": "lot"}
    >>> shape = [shapely.box(0, 0, 8, 20), shapely.box(6, 0, 14, 20)]
    >>> lots = geopandas.GeoDataFrame(lots, geometry=shape, index=["A-1", "A-2"], crs=32719)
    >>> check_all({"lots": lots})[["feature", "rule", "found"]].values.tolist()[0]
    ['A-1', 'lot.overlap', 40.0]
    """
    filled = {name: known[name] for name in CHECKED if name in known and len(known[name])}
    crs = next((table.crs for table in filled.values() if getattr(table, "crs", None)), None)
    parts = [empty("findings", crs)]
    for share, text, check in _checks(filled, plan_of(filled), rule, norms):
        go_on(progress, share, text)
        parts.append(check())
    go_on(progress, 1.0, "finishing")
    return join_findings(*parts)


def _checks(
    known: Mapping[str, pd.DataFrame], plan: Plan, rule: Rule | None, norms: Mapping[str, Norm] | None
) -> Iterator[tuple[float, str, Any]]:
    """Yield each check that has its tables, with the share of the work before it and its name."""
    if "lots" in known:
        blocks = plan.blocks.drop(index=plan.reserves["block_id"], errors="ignore")
        given = blocks if "blocks" in known else None
        yield 0.0, "checking lots", lambda: check_lots(plan.lots, rule, blocks=given)
    if "blocks" in known:
        yield 0.4, "checking blocks", lambda: check_blocks(plan.blocks, norms)
    if {"lots", "blocks"} <= set(known) and rule is not None and norms is not None:
        yield 0.45, "measuring reserves", lambda: missing_reserves(plan, rule, norms)
    if {"lots", "blocks", "streets"} <= set(known):
        yield 0.5, "checking cover", lambda: check_cover(plan)
    if "zones" in known:
        yield 0.7, "checking zoning", lambda: check_zoning(known["zones"])
    if set(PROGRAMME) <= set(known):
        programme = {name: known[name] for name in PROGRAMME}
        yield 0.8, "checking relocation", lambda: check_programme(**programme, seafront=known.get("seafront"))
    if "lot_events" in known:
        yield (
            0.9,
            "checking events",
            lambda: check_events(known["lot_events"], known.get("lots"), works=known.get("works")),
        )


def explanation(
    finding: pd.Series, norms: Mapping[str, Norm], *, reason: object = None, lang: str = "es"
) -> list[str]:
    """Return what stands behind a finding: its rule and article, and what the norms of that article say.

    Parameters
    ----------
    finding : Series
        A row of the table ``findings``.
    norms : mapping of str to Norm
        Norms in force.
    reason : str, optional
        Why it is accepted.
    lang : {"es", "en"}
        Language.

    Returns
    -------
    list of str
        Paragraphs: message, rule, reason, article; for each norm its title and value, its source, and how
        well that is known.

    Examples
    --------
    >>> block = geopandas.GeoDataFrame(index=["A"], geometry=[shapely.box(0, 0, 350, 60)], crs=32719)
    >>> norms = ilo_gis.norms.load("pe")
    >>> found = ilo_gis.subdivision.check_blocks(block, norms)
    >>> explanation(found.loc[1], norms)[2:4]
    ['Artículo: GH.020 Art. 15', 'Longitud de manzana: min 40, max 300 m']
    """
    words = _WORDS[lang]
    article = finding["article"] if isinstance(finding["article"], str) else ""
    told = [finding["message_es" if lang == "es" else "message"], f"{words['rule']}: {finding['rule']}"]
    if isinstance(reason, str):
        told.append(f"{words['accepted']}: {reason}")
    if not article:
        return [*told, words["none"]]
    told.append(f"{words['article']}: {article}")
    named = [part.strip() for part in article.split(";")]
    for norm in norms.values():
        if set(named) & set(norm.article.split("; ")):
            title = norm.title_es if lang == "es" else norm.description
            told += [f"{title}: {_said(norm)}", f"{words['source']}: {norm.source}"]
            known = _CONFIDENCE_ES if lang == "es" else CONFIDENCE
            told.append(f"{words['confidence']}: {known[norm.confidence]}")
    return told


def _said(norm: Norm) -> str:
    """Return the value of a norm with its unit; of several with their names."""
    units = norm.unit if isinstance(norm.unit, dict) else {}
    unit = "" if units or norm.unit == "text" else f" {norm.unit}"
    if not isinstance(norm.value, dict):
        return f"{norm.value}{unit}"
    return ", ".join(f"{k} {v} {units.get(k, '')}".strip() for k, v in norm.value.items()) + unit


_WORDS = {
    "es": {
        "rule": "Regla", "accepted": "Aceptado", "article": "Artículo", "source": "Fuente",
        "confidence": "Confianza",
        "none": "Ningún artículo: es una regla del propio plan o de una geometría correcta.",
    },
    "en": {
        "rule": "Rule", "accepted": "Accepted", "article": "Article", "source": "Source",
        "confidence": "Confidence",
        "none": "No article: the rule is the plan's own, or one of sound geometry.",
    },
}  # fmt: skip
_CONFIDENCE_ES = {
    "read": "leído en un texto publicado de la norma, o de quien la cita",
    "published code": "tomado de un programa público que aplica la norma y cita su artículo",
    "paper": "dicho en un trabajo publicado sobre Ilo",
    "verified": "confirmado con programas en uso",
    "derived": "cálculo propio con otras cifras de estos archivos",
    "memory-high": "de memoria, sin comprobar, muy probablemente correcto",
    "memory-mid": "de memoria, sin comprobar; compruébelo antes de usarlo",
    "memory-low": "de memoria, sin comprobar, poco más que una conjetura",
}
