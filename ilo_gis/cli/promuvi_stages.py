"""Commands for PROMUVI: `promuvi advance`, `promuvi status` and `promuvi why-not`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ilo_gis.cli.options import grouped
from ilo_gis.cli.promuvi import (
    ADDRESS,
    On,
    Written,
    register_day,
    require_households,
    tables_apart,
    tables_of,
)
from ilo_gis.cli.promuvi_money import MONEY, Money, money_of, money_said
from ilo_gis.cli.shared import code, language, note_of, plain_rows, print_json, records
from ilo_gis.console import show_findings, show_rows, totals
from ilo_gis.errors import EventsRefused, RuleError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["advance", "status", "why_not"]

OPTIONAL = ("lot_events", "works", *MONEY)
WORDS: dict[str, dict[str, Any]] = {
    "es": {
        "status": "Lotes por etapa al {:%Y-%m-%d}",
        "area": "Ampliación",
        "total": "Total",
        "lots": "Lotes al {:%Y-%m-%d}",
        "lot_heads": ("Lote", "Etapa", "Desde", "Hogar", "Hecho"),
        "why": "Qué falta al {:%Y-%m-%d}",
        "why_heads": ("Lote", "Etapa", "Qué falta", "Encontrado", "Fuente"),
        "has": "Nada falta: ya tiene la etapa, o nada impide que llegue a ella. Indique su documento "
        "al registrarla (--evidence).",
        "since": "{}: {} desde el {:%Y-%m-%d}.",
        "added": "Hechos registrados",
        "added_heads": ("Código", "Lote", "Hecho", "Fecha", "Hogar"),
        "refused": "Rechazado; no se registró nada.",
    },
    "en": {
        "status": "Lots by stage on {:%Y-%m-%d}",
        "area": "Extension",
        "total": "Total",
        "lots": "Lots on {:%Y-%m-%d}",
        "lot_heads": ("Lot", "Stage", "Since", "Household", "Event"),
        "why": "What is missing on {:%Y-%m-%d}",
        "why_heads": ("Lot", "Stage", "What is missing", "Found", "Source"),
        "has": "Nothing is missing: the stage is reached, or nothing keeps the lot from it. Name its paper "
        "when you record it (--evidence).",
        "since": "{}: {} since {:%Y-%m-%d}.",
        "added": "Events recorded",
        "added_heads": ("Id", "Lot", "Event", "Day", "Household"),
        "refused": "Refused; nothing is recorded.",
    },
}
FOUND = {  # as printed in Spanish
    "none": "sin prever",
    "planned": "prevista",
    "under_way": "en ejecución",
    "done": "terminada",
    "not_lived_in": "sin vivencia",
}
Rules = Annotated[Path | None, typer.Option(help="TOML file of stages, events and guards of your own.")]


@dataclass(frozen=True)
class Chain(Money):
    """Where lots, their events and what guards look at are; by default the sample."""

    lots: Annotated[str | None, typer.Option("--lots-table", help=f"Lots: {ADDRESS}")] = None
    lot_events: Annotated[str | None, typer.Option(help=f"Events of lots: {ADDRESS}")] = None
    works: Annotated[str | None, typer.Option(help=f"Works on lots, blocks and areas: {ADDRESS}")] = None


@dataclass(frozen=True)
class New:
    """The events to record: one of a kind for each lot."""

    event: Annotated[str, typer.Option(help="Kind of event: occupied, lived_in, adjudicated, titled ...")]
    on: Annotated[datetime, typer.Option("--date", formats=["%Y-%m-%d"], help="Day on which it took effect.")]
    which: Annotated[str, typer.Option("--lots", help="Lots: A-1,A-2.")] = ""
    block: Annotated[str, typer.Option(help="All lots of a block that somebody holds.")] = ""
    evidence: Annotated[str, typer.Option(help="Number of the record or resolution; no names.")] = ""
    household: Annotated[
        str | None, typer.Option(help="Household; by default the one that holds the lot.")
    ] = None
    heir: Annotated[str | None, typer.Option(help="Household that takes the lot over.")] = None
    takes_back: Annotated[str | None, typer.Option(help="Event that a taken_back takes back.")] = None
    today: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="Today: no event lies after it. By default --date, or the day of the last event.",
        ),
    ] = None


@grouped
def advance(new: New, tables: Chain, output: Written, rules: Rules = None) -> None:
    """Record an event for lots, if all of them may have it; the project is written again with it."""
    from ilo_gis import io
    from ilo_gis import promuvi as domain

    words = WORDS[language(output.lang)]
    if output.out is not None:
        io.require_free(output.out, output.overwrite)
    read = tables_of(tables, optional=OPTIONAL)
    require_households([new.household, new.heir], tables.project)
    rows, today = _events(new, read), new.today or register_day(new.on, read["lot_events"])
    money, owed = money_of(read, today)
    try:
        domain.require_sound_money(owed, read["charges"], read["payments"], rows["lot_id"])
        longer = domain.advance(
            read["lot_events"], rows, read["lots"], read["works"], today, rules=rules, **money
        )
    except EventsRefused as error:
        found: Any = error.findings
        if output.as_json:
            print_json({"refused": found["feature"].nunique(), "findings": records(found)})
        else:
            show_findings(found, len(rows), 0, output.lang, "events")
            typer.echo(words["refused"])
            _say_free(money, output.lang)
        raise typer.Exit(1) from error
    added = longer.iloc[len(read["lot_events"]) :]
    if output.out is not None:
        content = tables_apart(read, tables) | {"lot_events": longer}
        info = {"on": f"{new.on:%Y-%m-%d}"}
        io.write_tables(content, output.out, output.overwrite, info, onto=tables.project)
    if output.as_json:
        print_json({"events": plain_rows(added), "fees_held": bool(money), "gpkg": output.out})
    else:
        kinds = domain.stage_rules(rules).events[output.lang]
        told = [
            [str(row.Index), row.lot_id, kinds[row.kind], f"{row.date:%Y-%m-%d}", _text(row.household_id)]
            for row in added.itertuples()
        ]
        show_rows(words["added"], words["added_heads"], told, left=(0, 1, 2, 3, 4))
        _say_free(money, output.lang)
        typer.echo(output.out) if output.out else None


@grouped
def status(
    on: On,
    tables: Chain,
    output: Written,
    which: Annotated[str, typer.Option("--lots", help="Lots to list too: A-1,A-2, or all.")] = "",
    picture: Annotated[Path | None, typer.Option("--map", help="PNG map of the lots by stage.")] = None,
    rules: Rules = None,
) -> None:
    """Count lots by stage and extension area on a day; name every event that breaks a rule."""
    from ilo_gis import io, plotting
    from ilo_gis import promuvi as domain
    from ilo_gis.tables import join_findings

    language(output.lang)
    for path in (output.out, picture):
        if path is not None:
            io.require_free(path, output.overwrite)
    read = tables_of(tables, optional=OPTIONAL)
    works = read["works"] if len(read["works"]) else None
    money, owed = money_of(read, on)
    states = domain.state_on(read["lot_events"], on, read["lots"], works=works, rules=rules, **money)
    past = read["lot_events"][read["lot_events"]["date"] <= on]
    broken = domain.check_events(past, read["lots"], works=works, on=on, rules=rules, **money)
    found = join_findings(broken, owed)
    listed = _listed(states, which)
    if picture is not None:
        drawn = domain.lot_progress(read["lots"], states, read["works"], on)
        note = note_of(read["lots"], output.lang)
        plotting.stage_map(drawn, picture, on=on, lang=output.lang, note=note, overwrite=output.overwrite)
    if output.out is not None:
        content = {"lot_states": states, "findings": found}
        content |= {"accounts": money["accounts"]} if money else {}
        io.write_tables(content, output.out, output.overwrite, {"on": f"{on:%Y-%m-%d}"})
    counts = _counts(states, read["lots"])
    if output.as_json:
        said = {"stages": counts.to_dict("index"), "lots": plain_rows(listed), "fees_held": bool(money)}
        said |= {"fees": money["accounts"][["charged", "paid", "due"]].sum().to_dict()} if money else {}
        print_json({"on": on.date(), **said, "counts": totals(found), "findings": records(found)})
    else:
        _shown(counts, listed, domain.stage_rules(rules).stages[output.lang], on, output.lang)
        show_findings(found, len(past), output.rows, output.lang, "events")
        fees = money_said(money.get("accounts"), output.lang)
        for line in (fees, note_of(read["lots"], output.lang), output.out, picture):
            typer.echo(line) if line else None
    raise typer.Exit(code(found))


@grouped
def why_not(
    lot: Annotated[str, typer.Argument(help="Lot, or several: A-1,A-2.")],
    on: On,
    tables: Chain,
    output: Written,
    stage: Annotated[
        str | None, typer.Option(help="Stage: occupied, adjudicated, titled; by default the next one.")
    ] = None,
    rules: Rules = None,
) -> None:
    """List what a lot lacks for a stage, with the rule that asks for it."""
    from ilo_gis import io
    from ilo_gis import promuvi as domain

    words, which = WORDS[language(output.lang)], _names(lot)
    if output.out is not None:
        io.require_free(output.out, output.overwrite)
    read = tables_of(tables, optional=OPTIONAL)
    events, lots, works = (read[name] for name in ("lot_events", "lots", "works"))
    money, _ = money_of(read, on)
    paid = money.get("accounts")
    lacks = domain.why_not(
        which, stage, events=events, lots=lots, on=on, works=works, accounts=paid, rules=rules
    )
    if output.out is not None:
        io.write_tables({"missing": lacks}, output.out, output.overwrite, {"on": f"{on:%Y-%m-%d}"})
    if output.as_json:
        print_json({"on": on.date(), "missing": plain_rows(lacks), "fees_held": bool(money)})
        return
    names = domain.stage_rules(rules).stages[output.lang]
    states = domain.state_on(events, on, lots, rules=rules).loc[which]
    for one in states.itertuples():
        name = names[one.stage]
        typer.echo(
            f"{one.Index}: {name}."
            if one.since != one.since
            else words["since"].format(one.Index, name, one.since)
        )
    if lacks.empty:
        typer.echo(words["has"])
    else:
        _shown_missing(lacks, names, on, output.lang)
    _say_free(money, output.lang)
    typer.echo(output.out) if output.out else None


def _say_free(money: dict[str, pd.DataFrame], lang: str) -> None:
    """Say that fees are not held, where there are no accounts."""
    if not money:
        typer.echo(money_said(None, lang))


def _shown_missing(lacks: pd.DataFrame, names: pd.Series, on: datetime, lang: str) -> None:
    told = [
        [row.lot_id, names[row.stage], getattr(row, lang), _found(row.found, names, lang), _text(row.source)]
        for row in lacks.itertuples()
    ]
    show_rows(WORDS[lang]["why"].format(on), WORDS[lang]["why_heads"], told, left=(0, 1, 2, 3, 4))


def _text(value: Any) -> str:
    import pandas as pd

    return "" if pd.isna(value) else str(value)


def _found(value: Any, stages: pd.Series, lang: str) -> str:
    """Return what was found in words: stages, works by name with their state, inspections."""
    from ilo_gis.promuvi import services

    words = {**services()[lang].to_dict(), **stages.to_dict(), **(FOUND if lang == "es" else {})}
    parts = [[words.get(one, one) for one in part.split(": ")] for part in _text(value).split(" | ")]
    return "; ".join(": ".join(part) for part in parts)


def _names(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _events(new: New, read: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the events that are asked for, without ids."""
    import pandas as pd

    from ilo_gis.promuvi import counter_event, state_on

    if new.takes_back is not None:
        return counter_event(read["lot_events"], new.takes_back, new.on, new.evidence)
    holders = state_on(read["lot_events"], new.on, read["lots"])["household_id"]
    which = _names(new.which)
    if new.block:
        block = read["lots"].index[read["lots"]["block_id"].astype(str) == new.block].astype(str)
        which += [one for one in block if pd.notna(holders.get(one))]
    if not which:
        raise RuleError("No lots. Give --lots A-1,A-2, or --block with a block that has households.")
    household = [new.household or holders.get(one) for one in which]
    table = {"lot_id": which, "household_id": household, "kind": new.event, "date": pd.Timestamp(new.on)}
    return pd.DataFrame(table | {"evidence": new.evidence or None, "heir": new.heir})


def _listed(states: pd.DataFrame, lots: str) -> pd.DataFrame:
    which = _names(lots)
    if which == ["all"]:
        return states
    if strange := [one for one in which if one not in states.index]:
        raise RuleError(f"There is no lot {', '.join(strange)}.")
    return states.loc[which]


def _counts(states: pd.DataFrame, lots: pd.DataFrame) -> pd.DataFrame:
    """Return lots by extension area and stage, and their sum."""
    import pandas as pd

    areas = lots["extension_area"] if "extension_area" in lots else lots["block_id"].str[:0]
    area = areas.reindex(states.index).astype(object).fillna("–").rename("area")
    told = pd.crosstab(area, states["stage"], dropna=False)
    told.columns = told.columns.astype(str)
    told.loc["total"] = told.sum()
    return told


def _shown(counts: pd.DataFrame, listed: pd.DataFrame, names: pd.Series, on: datetime, lang: str) -> None:
    words = WORDS[lang]
    heads = (words["area"], *(names[one] for one in counts.columns), words["total"])
    rows = [
        [words["total"] if area == "total" else str(area), *(f"{n:,}" for n in row), f"{row.sum():,}"]
        for area, row in zip(counts.index, counts.to_numpy(), strict=True)
    ]
    show_rows(words["status"].format(on), heads, rows)
    if len(listed):
        told = [
            [
                str(row.Index),
                names[row.stage],
                _text(row.since)[:10],
                _text(row.household_id),
                _text(row.event_id),
            ]
            for row in listed.itertuples()
        ]
        show_rows(words["lots"].format(on), words["lot_heads"], told, left=(0, 1, 2, 3, 4))
