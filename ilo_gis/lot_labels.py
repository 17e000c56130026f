"""Short answers about each lot, for labels, filters and sheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from ilo_gis import norms
from ilo_gis.errors import RuleError
from ilo_gis.promuvi import services, services_on, stage_rules, state_on, why_not
from ilo_gis.review import plan_of
from ilo_gis.subdivision import LotRule, check_lots, lot_sides, reserve_shares
from ilo_gis.zoning import assign

__all__ = ["LABELS", "Label", "lot_label"]

Known = Mapping[str, pd.DataFrame]
Rule = LotRule | Mapping[str, LotRule] | None
PLAN = ("lots", "blocks", "streets", "street_lines", "reserves")


@dataclass(frozen=True)
class Question:
    """What an answer is made from: the tables, the day, the language and the rule of the lots."""

    known: Known
    on: date
    lang: str
    rule: Rule


@dataclass(frozen=True)
class Label:
    """One answer: what tells it, the tables that it needs, those that it uses where they are there.

    `dated` says whether it is of a day, `of` whether it is about lots or about uses of reserves.
    """

    told: Callable[[Question], pd.Series]
    needs: tuple[str, ...]
    uses: tuple[str, ...] = ()
    dated: bool = False
    of: str = "lots"


def lot_label(name: str, known: Known, on: date, lang: str = "es", rule: Rule = None) -> pd.Series:
    """Return one answer for every lot, or for every use of reserves.

    Parameters
    ----------
    name : str
        One of `LABELS`: ``frontage`` (m, measured on the boundary as it is), ``zone`` (code of the zone
        with the largest share), ``legal`` (boolean), ``problems`` (why it is not legal), ``stage`` and
        ``services`` (done) in words, ``missing`` (for the next stage), ``reserve`` and
        ``reserve_required`` (% of the site less collectors, by use).
    known : mapping of str to table
        Tables by their names, those of the answer's `needs` and `uses`; layers in one CRS in metres.
    on : date
        The day.
    lang : {"es", "en"}
        Language of the words.
    rule : LotRule or mapping of str to LotRule, optional
        What a lot must be, as `subdivision.rule_of` gives it. Without it area, front and shape are not
        judged; reserves need it.

    Returns
    -------
    Series
        Named after the answer, by ``lot_id`` or by use; a text is empty where there is nothing to tell.

    Raises
    ------
    RuleError
        If there is no such answer, or it needs the rule.
    SchemaError, CRSError, GeometryError
        If a table cannot be read as what it is.

    Examples
    --------
    >>> shapes = [shapely.box(0, 0, 8, 20), shapely.box(8, 0, 12, 20)]
    >>> lots = {"block_id": "A", "kind": "lot", "geometry": shapes}
    >>> lots = geopandas.GeoDataFrame(lots, index=["A-1", "A-2"], crs=32719).rename_axis("lot_id")
    >>> rule = ilo_gis.subdivision.LotRule(min_area=160.0, min_frontage=8.0)
    >>> lot_label("legal", {"lots": lots}, pandas.Timestamp("2026-01-01"), rule=rule).tolist()
    [True, False]
    """
    if name not in LABELS:
        raise RuleError(f"There is no answer {name!r}. There are: {', '.join(LABELS)}.")
    return LABELS[name].told(Question(known, on, lang, rule)).rename(name)


def _frontage(asked: Question) -> pd.Series:
    sides = lot_sides(asked.known["lots"], asked.known.get("streets"))
    return sides[sides["neighbour_kind"] == "street"].groupby("lot_id")["length"].sum()


def _zone(asked: Question) -> pd.Series:
    return assign(asked.known["lots"], asked.known["zones"], on=asked.on)["code"]


def _problems(asked: Question) -> pd.Series:
    plan = plan_of(asked.known)
    blocks = plan.blocks.drop(index=plan.reserves["block_id"], errors="ignore")
    found = check_lots(plan.lots, asked.rule, blocks=blocks if "blocks" in asked.known else None)
    wrong = found[(found["severity"] == "error") & (found["table"] == "lots")]
    return _joined(wrong["message_es" if asked.lang == "es" else "message"], wrong["feature"], plan.lots)


def _legal(asked: Question) -> pd.Series:
    return _problems(asked) == ""


def _stage(asked: Question) -> pd.Series:
    stages = state_on(asked.known["lot_events"], asked.on, asked.known["lots"])["stage"]
    return stages.astype(object).map(stage_rules().stages[asked.lang])


def _services(asked: Question) -> pd.Series:
    done = services_on(asked.known["works"], asked.known["lots"], asked.on) == "done"
    return done.dot(services().loc[done.columns, asked.lang] + ", ").str.removesuffix(", ")


def _missing(asked: Question) -> pd.Series:
    lacks = why_not(
        events=asked.known["lot_events"],
        lots=asked.known["lots"],
        on=asked.on,
        works=asked.known.get("works"),
    )
    return _joined(lacks[asked.lang], lacks["lot_id"], asked.known["lots"])


def _shares(asked: Question, column: str) -> pd.Series:
    if asked.rule is None:
        raise RuleError(
            "The project does not tell the rule of its lots, which decides on reserves. Record it."
        )
    shares = reserve_shares(plan_of(asked.known), asked.rule, norms.load("pe"))
    return shares[column].rename(lambda indicator: indicator.removeprefix("reserve_")).rename_axis("use")


def _reserve(asked: Question) -> pd.Series:
    return _shares(asked, "value")


def _reserve_required(asked: Question) -> pd.Series:
    return _shares(asked, "target")


def _joined(texts: pd.Series, ids: pd.Series, lots: pd.DataFrame) -> pd.Series:
    """Return the texts of each lot in one, empty where there is none."""
    return texts.groupby(ids.to_numpy()).agg("; ".join).reindex(lots.index, fill_value="")


LABELS: Mapping[str, Label] = {
    "frontage": Label(_frontage, ("lots",), ("streets",)),
    "zone": Label(_zone, ("lots", "zones"), dated=True),
    "legal": Label(_legal, ("lots",), ("blocks", "reserves")),
    "problems": Label(_problems, ("lots",), ("blocks", "reserves")),
    "stage": Label(_stage, ("lots", "lot_events"), dated=True),
    "services": Label(_services, ("lots", "works"), dated=True),
    "missing": Label(_missing, ("lots", "lot_events"), ("works",), dated=True),
    "reserve": Label(_reserve, PLAN, of="reserves"),
    "reserve_required": Label(_reserve_required, PLAN, of="reserves"),
}
