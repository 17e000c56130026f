"""What pending changes come to, and the line under which the history keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from ilo_gis.editing.edit import Edit, RowChange, Tables, applied, stale_rows
from ilo_gis.editing.figures import figures
from ilo_gis.editing.reserves import reserve_account
from ilo_gis.editing.zone_accounts import FIGURES, zone_figures
from ilo_gis.errors import RuleError, SchemaError
from ilo_gis.io.comparing import differences
from ilo_gis.norms import load
from ilo_gis.review import plan_of
from ilo_gis.subdivision import Brief
from ilo_gis.subdivision.costs import costs
from ilo_gis.tables import empty

__all__ = ["account", "conflicts", "reason_of", "rows_changed"]

PLAN = {"lots", "blocks", "reserves", "streets", "street_lines"}
SAID = ["label", "label_es", "unit", "before", "after", "source", "example"]
HOMES = ("Dwellings, one a lot", "Viviendas, una por lote", "dwellings")
PEOPLE = "growth.persons_per_lot"
PERSONS = ("People", "Habitantes", "persons")
OF_KIND = {"given": ("{}, given", "{}, aporte dado"), "required": ("{}, required", "{}, aporte exigido")}


def rows_changed(edit: Edit) -> pd.DataFrame:
    """Count the rows that an edit adds, changes and takes away, by table.

    Parameters
    ----------
    edit : Edit
        The edit, such as all pending changes.

    Returns
    -------
    DataFrame
        By ``table``, in the order of the edit: ``come``, ``changed``, ``gone``.

    Examples
    --------
    >>> from ilo_gis.editing import edit_between
    >>> table = pandas.DataFrame({"use": ["housing", "park"]}, index=["A-1", "A-2"])
    >>> after = table.drop(index="A-2").assign(use="school")
    >>> rows_changed(edit_between("lots.use", {"lots": table}, {"lots": after})).loc["lots"].tolist()
    [0, 1, 1]
    """
    counts = {name: [len(one.come), len(one.changed), len(one.gone)] for name, one in edit.changes.items()}
    table = pd.DataFrame.from_dict(counts, orient="index", columns=["come", "changed", "gone"])
    return table.rename_axis("table")


def account(
    edit: Edit, known: Tables, brief: Brief | None = None, *, norms: Mapping[str, Any] | None = None
) -> pd.DataFrame:
    """Return what an edit changes of the plan: lots, land, reserves, homes, people and money; and of zones.

    Parameters
    ----------
    edit : Edit
        The edit, such as all pending changes.
    known : mapping of str to table
        Tables with the edit in them, as the planner sees them now.
    brief : Brief, optional
        Rule of the lots and shares of reserves. Without it figures of the plan are not told, those of
        zones are.
    norms : mapping of str to Norm, optional
        Where unit costs and persons a lot are from; by default `norms.load` of today.

    Returns
    -------
    DataFrame
        By ``figure``: ``label``, ``label_es``, ``unit``, ``before``, ``after``; ``source`` of what the figure
        is reckoned with, empty where it is measured; ``example``: whether that is illustrative. Of zones
        that change, by code, what `zone_figures` tells, or where a code is unknown their area (m2) alone.
        None where the edit leaves plan and zones alone.

    Raises
    ------
    ConflictError
        If `known` is not what the edit leads to.
    NormError
        If unit costs cannot be added.

    References
    ----------
    RNE TH.010, articles 9 (lots) and 10 (reserves).

    Examples
    --------
    >>> rule = ilo_gis.subdivision.LotRule(min_area=160.0, min_frontage=8.0)
    >>> brief = ilo_gis.subdivision.Brief(rule=rule)
    >>> blocks = geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 80, 40)], crs=32719)
    >>> plan = ilo_gis.workflows.lots_in_blocks(blocks, rule)
    >>> edit = ilo_gis.editing.paint_reserves(plan, ["K"], "recreation", brief)
    >>> told = account(edit, ilo_gis.editing.applied(vars(plan), edit), brief)
    >>> told.loc[["lots", "persons", "reserve_recreation_given"], ["before", "after"]].values.tolist()
    [[20.0, 0.0], [100.0, 0.0], [0.0, 3200.0]]
    """
    known_norms = load("pe") if norms is None else norms
    parts = _plan(edit, known, brief, known_norms) if brief is not None and PLAN & edit.changes.keys() else []
    if "zones" in edit.changes:
        parts.append(_zones(edit, known, known_norms))
    usual = {"source": "", "example": False}
    told = [part.assign(**{k: part.get(k, v) for k, v in usual.items()})[SAID] for part in parts]
    return pd.concat(told or [pd.DataFrame(columns=SAID)]).rename_axis("figure")


def conflicts(edit: Edit, stored: Tables) -> pd.DataFrame:
    """Return where others changed meanwhile what an edit changes too: its values and theirs.

    Parameters
    ----------
    edit : Edit
        Pending changes, its rows before as they were read.
    stored : mapping of str to table
        All tables that it changes, as they are stored now; other rows than its own are not needed.

    Returns
    -------
    DataFrame
        Table ``differences``, with ``first`` what the edit leads to and ``second`` what is stored. A row that
        others brought to what the edit leads to is none.

    Examples
    --------
    >>> lots = ilo_gis.workflows.lots_in_blocks(
    ...     geopandas.GeoDataFrame(index=["K"], geometry=[shapely.box(0, 0, 80, 40)], crs=32719),
    ...     ilo_gis.subdivision.LotRule(min_area=160.0, min_frontage=8.0)).lots
    >>> mine = ilo_gis.editing.edit_between("lots.use", {"lots": lots}, {"lots": lots.assign(use="school")})
    >>> theirs = lots.assign(use=lots["use"].astype(object).where(lots.index != "K-1", "park"))
    >>> conflicts(mine, {"lots": theirs})[["key", "first", "second"]].values.tolist()
    [['K-1', 'school', 'park']]
    """
    mine, theirs = {}, {}
    for name, change in edit.changes.items():
        stale = stale_rows(stored[name], change)
        mine[name], theirs[name] = (side[side.index.isin(stale)] for side in (change.after, stored[name]))
    return differences(mine, theirs)


def reason_of(reason: str, resolution: str = "", on: date | None = None) -> str:
    """Return the line that the history keeps of a change: resolution, its day and the reason.

    Parameters
    ----------
    reason : str
        Why; no names.
    resolution : str
        Number of the resolution, if there is one.
    on : date, optional
        Day of the resolution.

    Raises
    ------
    RuleError
        If neither a reason nor a resolution is given.

    Examples
    --------
    >>> reason_of("Ensanche de vía", "R.A. 123-2026-MPI", pandas.Timestamp("2026-03-01"))
    'R.A. 123-2026-MPI (2026-03-01): Ensanche de vía'
    """
    said, number = reason.strip(), resolution.strip()
    if not said and not number:
        raise RuleError("A change is recorded for a reason or by a resolution. Write one of them.")
    head = f"{number} ({pd.Timestamp(on):%Y-%m-%d})" if number and on is not None else number
    return ": ".join(part for part in (head, said) if part)


# -- parts of the account ------------------------------------------------------------------------------


def _plan(edit: Edit, known: Tables, brief: Brief, norms: Mapping[str, Any]) -> list[pd.DataFrame]:
    """Return what an edit changes of lots, streets and reserves, and what follows from that."""
    of_plan = Edit(edit.kind, {name: one for name, one in edit.changes.items() if name in PLAN})
    after = plan_of(known)
    before = plan_of(applied(vars(after), of_plan.reversed))
    told = figures(before, after, brief)
    return [told, _reserves(before, after, brief), _people(told, norms), _money(told, norms)]


def _zones(edit: Edit, known: Tables, norms: Mapping[str, Any]) -> pd.DataFrame:
    """Return land of zones by code and, where their codes are known, what they have room for."""
    own = Edit(edit.kind, {"zones": edit.changes["zones"]})
    before = {"lots": empty("lots", own.changes["zones"].after.crs), **known}
    before |= applied({"zones": known["zones"]}, own.reversed)
    persons = {"persons_per_dwelling": norms[PEOPLE].value} if PEOPLE in norms else {}
    try:
        told = zone_figures(before, own, **persons)
    except SchemaError:  # drawn, and not told yet what it is
        return _zone_land(own.changes["zones"])
    if persons:
        people = told.index.str.endswith("_people")
        told["source"] = np.where(people, _source(norms[PEOPLE]), "")
        told["example"] = people & (norms[PEOPLE].status == "illustrative")
    return told


def _zone_land(change: RowChange) -> pd.DataFrame:
    sides = [
        one.area.groupby(one["code"].astype(object).fillna("?")).sum()
        for one in (change.before, change.after)
    ]
    land = pd.concat(sides, axis=1, keys=["before", "after"]).fillna(0.0)
    en, es, unit = FIGURES["area"]
    words = {
        "label": [en.format(code) for code in land.index],
        "label_es": [es.format(code) for code in land.index],
    }
    return land.assign(**words, unit=unit).set_axis(land.index + "_area")


def _reserves(before: Any, after: Any, brief: Brief) -> pd.DataFrame:
    """Return land of reserves by kind, given and required, m2."""
    one, two = (reserve_account(plan, brief) for plan in (before, after))
    names = pd.concat([one, two])[["label", "label_es"]].groupby(level=0, sort=False).first()
    rows = {
        f"reserve_{kind}_{what}": {
            "label": said[0].format(names.at[kind, "label"]),
            "label_es": said[1].format(names.at[kind, "label_es"]),
            "unit": "m2",
            "before": one[what].get(kind, 0.0),
            "after": two[what].get(kind, 0.0),
        }
        for kind in names.index
        for what, said in OF_KIND.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index")


def _people(told: pd.DataFrame, norms: Mapping[str, Any]) -> pd.DataFrame:
    """Return homes and people of the lots: one home a lot, and as many people as the norms say."""
    lots = told.loc["lots", ["before", "after"]].astype(float)
    rows = {"dwellings": [*HOMES, *lots, "", False]}
    if PEOPLE in norms:
        norm = norms[PEOPLE]
        rows["persons"] = [*PERSONS, *(lots * norm.value), _source(norm), norm.status == "illustrative"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=SAID)


def _source(norm: Any) -> str:
    return f"{norm.value:g} {norm.unit}: {norm.source}"


def _money(told: pd.DataFrame, norms: Mapping[str, Any]) -> pd.DataFrame:
    """Return what it costs to service the land, network by network."""
    sides = {}
    for when in ("before", "after"):
        area, length, lots = told.loc[["street_area", "street_length", "lots"], when].fillna(0.0)
        sides[when] = costs(norms, {"m2": area, "m": length, "lot": lots})
    pairs = zip(sides["before"], sides["after"], strict=True)
    rows = {
        f"cost_{one.name}": [
            one.label, one.label_es, one.money, one.amount, two.amount, one.source, one.example
        ]
        for one, two in pairs
    }  # fmt: skip
    return pd.DataFrame.from_dict(rows, orient="index", columns=SAID)
