"""What a project keeps beside its plan: the rule of its lots, accepted findings, and alternatives."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pandas as pd

from ilo_gis.errors import WriteError
from ilo_gis.io import open as open_store
from ilo_gis.norms import load as load_norms
from ilo_gis.progress import Progress, go_on
from ilo_gis.review import Rule, check_all, overview, plan_of
from ilo_gis.steps import steps
from ilo_gis.subdivision import Brief, LotRule, compare, indicators, rule_of
from ilo_gis.subdivision.indicators import lot_type
from ilo_gis.tables import accept, accepted_reasons, empty

__all__ = [
    "accepted_in",
    "alternatives",
    "brief_in",
    "checked",
    "keep_accepted",
    "keep_alternative",
    "rule_in",
    "standing",
    "with_author",
]

LOT_TYPE = 4  # where nobody tells: that of the lots of PROMUVI, see norms th010.lot_type_4


def rule_in(address: str | None) -> Rule | None:
    """Return the rule that the lots of a project are laid out by; None where nothing tells it.

    Examples
    --------
    >>> rule_in(None) is None
    True
    """
    if address is None:
        return None
    file = Path(address)
    return _rule(address, _moments(file)) if file.is_file() else _rule.__wrapped__(address, ())


@lru_cache(maxsize=8)
def _rule(address: str, _moments: tuple[int, ...]) -> Rule | None:
    """Read the rule once for each state of a file: QGIS, which edits it, is better left alone."""
    with open_store(address) as store:
        return rule_of(store.info())


def _moments(file: Path) -> tuple[int, ...]:
    """Return when a file was changed, and its write-ahead log, where changes lie while QGIS has it open."""
    log = file.with_name(f"{file.name}-wal")
    with suppress(FileNotFoundError):  # no log, or it goes just now
        return file.stat().st_mtime_ns, log.stat().st_mtime_ns
    return (file.stat().st_mtime_ns,)


def brief_in(address: str | None) -> Brief:
    """Return the brief by which a project is edited: its rule, with what the norms of today ask for its lots.

    Of several rules the first; where nothing tells one, that of the lots of PROMUVI (TH.010, type 4).

    References
    ----------
    RNE TH.010, articles 9 and 10; GH.020, articles 8 to 15 and 27 to 30.

    Examples
    --------
    >>> brief_in(None).rule.min_area, sum(brief_in(None).shares.values())
    (90.0, 0.13)
    """
    norms = load_norms("pe")
    rule = rule_in(address) or LotRule.from_norms(norms, LOT_TYPE)
    one = rule if isinstance(rule, LotRule) else next(iter(rule.values()))
    return Brief.from_norms(norms, lot_type(one, norms), rule=one)


def standing(
    known: Mapping[str, pd.DataFrame],
    only: pd.Index | None,
    address: str | None,
    *,
    progress: Progress | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame | None, pd.Index | None]:
    """Return where a project stands, and the figures of its plan by its own rule and the norms of today.

    Parameters
    ----------
    known : mapping of str to table
        Tables as the user sees them, as for `steps` and `review.overview`.
    only : Index, optional
        Ids of the lots that figures are asked of; all if none are named.
    address : str, optional
        The project that they are of, as for `io.open`.
    progress : callable, optional
        Called with the share done and a text; work stops when it returns False.

    Returns
    -------
    tuple
        Table ``steps``; table ``indicators``, None where there are no lots; and `only`.

    Examples
    --------
    >>> standing({}, None, None)[0]["state"].tolist()[:2]
    ['next', 'later']
    """
    table = steps(known)
    if "lots" not in known:
        return table, None, only
    figures = overview(known, rule_in(address), load_norms("pe"), only=only, progress=progress)
    return table, figures, only


def checked(
    known: Mapping[str, pd.DataFrame],
    address: str | None,
    scenario: str | None,
    *,
    progress: Progress | None = None,
) -> tuple[pd.DataFrame, pd.Series]:
    """Return what all checks find, by the rule of a project, and why some findings are accepted in it.

    Parameters
    ----------
    known, address, progress
        As for `standing`.
    scenario : str, optional
        Whose accepted findings count.

    Returns
    -------
    tuple
        Table ``findings``, and the reasons as `tables.accepted_reasons` gives them.

    Examples
    --------
    >>> len(checked({}, None, None)[0])
    0
    """
    found = check_all(known, rule_in(address), load_norms("pe"), progress=progress)
    return found, accepted_reasons(found, accepted_in(address, scenario))


def accepted_in(address: str | None, scenario: str | None) -> pd.DataFrame:
    """Return the table ``accepted_findings`` of a scenario; empty where none was accepted yet.

    Examples
    --------
    >>> len(accepted_in(None, None))
    0
    """
    if address is not None:
        with open_store(address) as store:
            if "accepted_findings" in store.tables():
                return store.read("accepted_findings", scenario)
    return empty("accepted_findings")


def keep_accepted(address: str, scenario: str, found: pd.DataFrame, reason: str) -> None:
    """Keep findings as accepted in a project, beside those that were accepted before.

    Parameters
    ----------
    address : str
        The project, as for `io.open`.
    scenario : str
        The scenario that was checked.
    found : DataFrame
        Rows of the table ``findings``.
    reason : str
        Why they are accepted.

    Raises
    ------
    RuleError
        If there is no reason.
    ReadError, WriteError
        If the project cannot be read or written.

    Examples
    --------
    >>> keep_accepted("p.gpkg", "base", ilo_gis.tables.empty("findings", 32719), "")
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: A finding is accepted for a reason. Write it.
    """
    new = accept(found, reason)
    before = accepted_in(address, scenario)
    kept = pd.concat([before[~before.index.isin(new.index)], new]) if len(before) else new
    with open_store(address) as store:
        store.write({"accepted_findings": kept}, scenario, reason=reason)


def keep_alternative(
    address: str, name: str, known: Mapping[str, pd.DataFrame], *, reason: str = "result of an algorithm"
) -> None:
    """Keep the plan among some tables in a project as a scenario, with the project's rule for figures.

    Parameters
    ----------
    address : str
        The project, as for `io.open`.
    name : str
        Name of the scenario; a new one.
    known : mapping of str to table
        Tables of the plan, such as those an algorithm gave; those that are missing are empty.
    reason : str
        Why, as the history keeps it.

    Raises
    ------
    WriteError
        If there is a scenario of that name, or the project cannot be written.
    SchemaError, CRSError
        If a table does not fit.

    Examples
    --------
    >>> keep_alternative("no_such.gpkg", "B", {})
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: There is no file no_such.gpkg. Check the path and the name, or pass create=True.
    """
    with open_store(address) as store:
        if name in store.scenarios().index:
            raise WriteError(f"There is a scenario {name!r} already. Name another.")
        store.write(plan_of(known), name, reason=reason)


def alternatives(address: str, *, progress: Progress | None = None) -> tuple[list[str], pd.DataFrame]:
    """Return the scenarios of a project that have lots, and their figures side by side.

    Parameters
    ----------
    address : str
        The project, as for `io.open`. Figures that a plan lacks are reckoned by the rule of the project.
    progress : callable, optional
        Called with the share done and a text; work stops when it returns False.

    Returns
    -------
    tuple of list of str and DataFrame
        The names; and a row for each figure: ``label``, ``label_es``, ``unit``, ``best`` (the name of
        the best where there is one), and a column of values for each name.

    Raises
    ------
    ReadError
        If the project cannot be read.
    Cancelled
        If `progress` returned False.

    Examples
    --------
    >>> alternatives("no_such.gpkg")
    Traceback (most recent call last):
    ilo_gis.errors.ReadError: There is no file no_such.gpkg. Check the path and the name, or pass create=True.
    """
    norms, plans = load_norms("pe"), {}
    with open_store(address) as store:
        rule, names = rule_of(store.info()), store.scenarios().index
        for i, name in enumerate(names):
            go_on(progress, i / len(names), f"reading {name}")
            plan = store.plan(name)
            if plan.indicators.empty and rule is not None and len(plan.lots):
                plan = replace(plan, indicators=indicators(plan, rule, norms=norms))
            if len(plan.indicators):
                plans[str(name)] = plan
    go_on(progress, 0.9, "comparing")
    if not plans:
        return [], pd.DataFrame()
    if len(plans) == 1:
        name, plan = next(iter(plans.items()))
        return [name], plan.indicators.rename(columns={"value": name}).assign(best=None)
    found = compare(plans)
    about = found[["label", "label_es", "unit", "best"]].droplevel(1, axis=1)
    best = about["best"].astype(object).where(about["best"].notna(), None)
    return list(plans), about.assign(best=best).join(found["value"])


def with_author(found: pd.DataFrame, address: str | None, scenario: str | None) -> pd.DataFrame:
    """Return differences with who changed each row last in a project, and when.

    Parameters
    ----------
    found : DataFrame
        Table ``differences``, as `editing.conflicts` gives it.
    address : str, optional
        The project, as for `io.open`; where there is none, nobody is told.
    scenario : str, optional
        Which of its scenarios.

    Returns
    -------
    DataFrame
        `found` with ``who`` (missing where the program did not say) and ``at`` (UTC).

    Raises
    ------
    ReadError
        If the project cannot be read.

    Examples
    --------
    >>> with_author(ilo_gis.tables.empty("differences"), None, None).columns[-2:].tolist()
    ['who', 'at']
    """
    rows = found[["table", "key"]].drop_duplicates() if address is not None else found.iloc[:0]
    last = {}
    if len(rows):
        with open_store(str(address)) as store:
            for table, key in rows.itertuples(index=False):
                told = store.history(table, key)
                told = told[told["scenario"] == scenario]
                last[table, key] = told[["who", "at"]].iloc[-1].tolist() if len(told) else [None, pd.NaT]
    pairs = [last.get(pair, [None, pd.NaT]) for pair in zip(found["table"], found["key"], strict=True)]
    return found.assign(who=[who for who, _ in pairs], at=pd.to_datetime([at for _, at in pairs]))
