"""Commands for PROMUVI: `promuvi rank` and `promuvi allot`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from ilo_gis.cli.options import grouped
from ilo_gis.cli.promuvi import (
    ADDRESS,
    On,
    Source,
    Written,
    known_table,
    register_day,
    tables_apart,
    tables_of,
)
from ilo_gis.cli.promuvi_register_words import shown_allotment, shown_pairs, shown_ranking, shown_replay
from ilo_gis.cli.shared import code, language, note_of, plain_rows, print_json, records
from ilo_gis.console import show_findings, totals
from ilo_gis.errors import EventsRefused, ReadError, RuleError

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ilo_gis.promuvi import Ranking, Rules

__all__ = ["allot", "rank"]


@dataclass(frozen=True)
class Register(Source):
    """Where the tables of the register are; by default the sample."""

    applicants: Annotated[str | None, typer.Option(help=f"Applications: {ADDRESS}")] = None
    households: Annotated[str | None, typer.Option(help=f"Households, by id only: {ADDRESS}")] = None
    lot_events: Annotated[
        str | None, typer.Option(help=f"Events of lots: who holds one, what is taken. {ADDRESS}")
    ] = None


@dataclass(frozen=True)
class LotRegister(Register):
    """The register and its lots."""

    lots: Annotated[str | None, typer.Option(help=f"Lots: {ADDRESS}")] = None


@dataclass(frozen=True)
class Terms:
    """What counts, and how much."""

    rules: Annotated[Path | None, typer.Option(help="TOML file of rules of eligibility of your own.")] = None
    weights: Annotated[Path | None, typer.Option(help="TOML file of published weights of your own.")] = None
    before: Annotated[
        str | None,
        typer.Option(help=f"Table eligibility of the assessment before: since when terms run. {ADDRESS}"),
    ] = None


@dataclass(frozen=True)
class Draw:
    """How lots are given."""

    way: Annotated[str, typer.Option(help="draw, or preference: by rank, each its first free wish.")] = "draw"
    seed: Annotated[
        str | None, typer.Option(help="Text that seeds the draw, published with it (the winning numbers).")
    ] = None
    groups: Annotated[bool, typer.Option("--groups", help="Keep groups of neighbours together.")] = False
    on: Annotated[
        datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="Day on which lots are given.")
    ] = None
    evidence: Annotated[str, typer.Option(help="Number of the record or resolution; no names.")] = ""
    time: Annotated[str, typer.Option(help="When the draw was held, for the record: 10:30 -05:00.")] = ""
    reserve: Annotated[
        str, typer.Option(help="Lots kept back to be sold apart, by column: corner=true,use=commerce.")
    ] = ""
    among: Annotated[
        str, typer.Option(help="ranked: the first of the ranking get lots; all: the draw says who does.")
    ] = "ranked"
    order: Annotated[str, typer.Option(help="Order of the lots: ticket (drawn too) or id.")] = "ticket"
    turn: Annotated[
        str, typer.Option(help="Member at whose place a group takes its turn: best, middle or last.")
    ] = "best"


Record = Annotated[Path | None, typer.Option(help="JSON file of the record, for the audit.")]


@grouped
def rank(
    on: On,
    tables: Register,
    terms: Terms,
    output: Written,
    seed: Annotated[
        str, typer.Option(help="Text that seeds the tickets that part the last ties.")
    ] = "PROMUVI",
    record: Record = None,
    people: Annotated[
        Path | None,
        typer.Option(help="Private file of names and documents: lists who may be there twice, by id only."),
    ] = None,
) -> None:
    """Tell who may get a lot, who has to mend what, who is excluded and why; rank the first by points."""
    from ilo_gis import io
    from ilo_gis.promuvi import near_duplicates
    from ilo_gis.tables import empty

    language(output.lang)
    _require_free(output, record)
    read = tables_of(tables, optional=["lot_events"])
    rules, told, found = _assessed(read, terms, on)
    if told is None:
        _refused(found, output, len(read["applicants"]))
    made = _ranked(read, told, terms, on, seed)
    twice = empty("near_duplicates") if people is None else near_duplicates(io.read_people(people))
    if output.out is not None:
        content = {"ranking": made.table, "score_parts": made.parts, "eligibility": told}
        content |= {"near_duplicates": twice}
        io.write_tables(content, output.out, output.overwrite, {"on": f"{on:%Y-%m-%d}"})
    _write_record(made.record, record, output.overwrite)
    if output.as_json:
        counts = told["status"].value_counts().sort_index().to_dict()
        reasons = told["reasons"].dropna().str.split(";").explode().value_counts().sort_index().to_dict()
        said = {"status": counts, "reasons": reasons, "ranking": plain_rows(made.table)}
        said["near_duplicates"] = plain_rows(twice)
        print_json({"on": on.date(), **said, "record": made.record, "gpkg": output.out, "json": record})
    else:
        shown_ranking(made, told, rules, on, output.rows, output.lang)
        shown_pairs(twice, output.rows, output.lang)
        _say(note_of(read["applicants"], output.lang), output.out, record)
    raise typer.Exit(code(found))


@grouped
def allot(
    tables: LotRegister,
    terms: Terms,
    draw: Draw,
    output: Written,
    ranking: Annotated[
        str | None, typer.Option(help=f"Table ranking; without it, ranked as `promuvi rank` does. {ADDRESS}")
    ] = None,
    record: Record = None,
    verify: Annotated[
        Path | None, typer.Option(help="Record of an allotment: repeat it and tell whether it is the same.")
    ] = None,
) -> None:
    """Give lots by draw, or by rank and preference; the project is written again with the events.

    With --verify an allotment is repeated from its record, and nothing is written.
    """
    from ilo_gis import io
    from ilo_gis import promuvi as domain

    language(output.lang)
    _require_free(output, record)
    known = None if verify is None else _read_record(verify)
    on, seed = _day_and_seed(draw, known)
    read = tables_of(tables, optional=["lot_events"])
    states = domain.state_on(read["lot_events"], on, read["lots"])
    who, found = _list(ranking, read, tables, terms, on, seed)
    if who is None:
        _refused(found, output, len(read["applicants"]))
    if known is not None:
        again = domain.replay(known, read["lots"], who, states)
        print_json(again) if output.as_json else shown_replay(again, output.lang)
        raise typer.Exit(int(not again.same))
    how: dict[str, Any] = {
        name: getattr(draw, name) for name in ("way", "evidence", "groups", "among", "order")
    }
    how |= {"turn": draw.turn, "time": draw.time, "reserve": _reserve(draw.reserve)}
    made = domain.allot(read["lots"], who, seed=seed, on=on, taken=states, **how)
    register = _with_allotted(read, made.events, on, output)
    if output.out is not None:
        content = tables_apart(read, tables) | {"allotments": made.table, "lot_events": register}
        content |= {"findings": made.findings}
        info = {"on": f"{on:%Y-%m-%d}", "seed": seed}
        io.write_tables(content, output.out, output.overwrite, info, onto=tables.project)
    _write_record(made.record, record, output.overwrite)
    if output.as_json:
        said = {"allotments": plain_rows(made.table), "waiting": made.waiting.index.tolist()}
        said |= {"counts": made.record["counts"], "findings": records(made.findings)}
        print_json({"on": on, **said, "record": made.record, "gpkg": output.out, "json": record})
    else:
        shown_allotment(made, output.rows, output.lang)
        show_findings(made.findings, len(made.table), output.rows, output.lang, "checked")
        _say(note_of(read["lots"], output.lang), output.out, record)
    raise typer.Exit(code(made.findings))


# -- what is read ------------------------------------------------------------------------------------


def _assessed(
    read: dict[str, pd.DataFrame], terms: Terms, on: date
) -> tuple[Rules, pd.DataFrame | None, gpd.GeoDataFrame]:
    """Assess all applicants; nobody, where the register cannot stand."""
    from ilo_gis import promuvi as domain

    rules = domain.usual_rules(terms.rules)
    found = domain.check_register(read["applicants"], read["households"], on)
    if code(found):
        return rules, None, found
    held = domain.state_on(read["lot_events"], on)
    holders = held["household_id"][held["stage"].astype(str) != "free"].dropna()
    before = None if terms.before is None else known_table("eligibility", terms.before, None)
    told = domain.eligibility(
        read["applicants"], read["households"], on, rules, holders=holders, before=before
    )
    return rules, told, found


def _ranked(read: dict[str, pd.DataFrame], told: pd.DataFrame, terms: Terms, on: date, seed: str) -> Ranking:
    from ilo_gis import promuvi as domain

    weights = domain.usual_weights(terms.weights)
    return domain.rank(read["applicants"], read["households"], told, weights, on=on, seed=seed)


def _list(
    ranking: str | None, read: dict[str, pd.DataFrame], tables: LotRegister, terms: Terms, on: date, seed: str
) -> tuple[pd.DataFrame | None, gpd.GeoDataFrame]:
    """Return the ranking: as given, as the project has it, or made anew."""
    from ilo_gis import io
    from ilo_gis.tables import empty

    if ranking is not None or (tables.project is not None and io.has_layer(tables.project, "ranking")):
        return known_table("ranking", ranking, tables.project), empty("findings")
    _, told, found = _assessed(read, terms, on)
    return None if told is None else _ranked(read, told, terms, on, seed).table, found


def _day_and_seed(draw: Draw, known: dict[str, Any] | None) -> tuple[date, str]:
    if known is not None:
        return date.fromisoformat(known["settings"]["on"]), known["settings"]["seed"]
    if draw.on is None or draw.seed is None:
        raise RuleError("An allotment needs its day and a seed: `--date 1996-03-31 --seed 'tinka 1-7-12'`.")
    return draw.on.date(), draw.seed


def _with_allotted(
    read: dict[str, pd.DataFrame], new: pd.DataFrame, on: date, output: Written
) -> pd.DataFrame:
    """Return the register of events with the new ones; all are refused if one has no place in it."""
    from ilo_gis import promuvi as domain

    try:
        return domain.advance(
            read["lot_events"], new, read["lots"], None, register_day(on, read["lot_events"])
        )
    except EventsRefused as error:
        _refused(error.findings, output, len(new), "events")


def _reserve(text: str) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in text.split(",") if pair.strip()]
    if wrong := [name for name, mark, value in pairs if not (mark and value.strip())]:
        raise RuleError(f"--reserve {', '.join(wrong)} has no value. Write it like corner=true,use=commerce.")
    return {name.strip(): value.strip() for name, _, value in pairs}


def _read_record(path: Path) -> dict[str, Any]:
    try:
        known = json.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ReadError(f"The record {path} cannot be read: {error}.") from error
    if not isinstance(known, dict) or not {"on", "seed"} <= set(known.get("settings", ())):
        raise ReadError(f"{path} is no record of an allotment. Give the file that --record wrote.")
    return known


# -- what is written and told ------------------------------------------------------------------------


def _require_free(output: Written, record: Path | None) -> None:
    from ilo_gis import io

    for path in (output.out, record):
        if path is not None:
            io.require_free(path, output.overwrite)


def _write_record(made: dict[str, Any], path: Path | None, overwrite: bool) -> None:
    from ilo_gis import io

    if path is not None:
        with io.replacing(path, overwrite) as temporary:
            temporary.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _refused(found: Any, output: Written, count: int, what: str = "applicants") -> NoReturn:
    """Name what the register cannot stand on, and write nothing."""
    if output.as_json:
        print_json({"counts": totals(found), "findings": records(found), "gpkg": None, "json": None})
    else:
        show_findings(found, count, output.rows, output.lang, what)
    raise typer.Exit(1)


def _say(*lines: object) -> None:
    for line in lines:
        if line is not None:
            typer.echo(line)
