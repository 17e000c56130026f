"""The commands `history`, `undo`, `scenarios`, `snapshot` and `migrate`: what a project store remembers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ilo_gis.cli.options import Json, Lang
from ilo_gis.cli.shared import language, plain_rows, print_json
from ilo_gis.console import show_rows
from ilo_gis.errors import RuleError, without_password

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["history", "migrate", "scenarios", "show_table", "snapshot", "undo"]

Address = Annotated[str, typer.Argument(help="Project: a GeoPackage file.")]
Who = Annotated[str | None, typer.Option(help="Who does it, for the history; the account by default.")]
WORDS = {
    "es": {
        "history": "Historia de {}",
        "scenarios": "Escenarios de {}",
        "differences": "En qué difieren {} y {}",
        "cut": "{} cambios; se muestran los últimos {}.",
        "migrated": "{}: de la versión {} a la {}. Todo lo que tenía sigue ahí.",
        "present": "{} ya tiene la versión {}.",
        "same": "No difieren en nada.",
        "undone": "{} cambios deshechos. También queda en la historia: `ilo-gis undo --to {}` lo revierte.",
    },
    "en": {
        "history": "History of {}",
        "scenarios": "Scenarios of {}",
        "differences": "Where {} and {} differ",
        "cut": "{} changes; the last {} are shown.",
        "migrated": "{}: from version {} to {}. All that it had is there.",
        "present": "{} has version {} already.",
        "same": "They do not differ.",
        "undone": "{} changes undone. That is in the history too: `ilo-gis undo --to {}` takes it back.",
    },
}
TOLD = ("at", "who", "operation", "scenario", "table", "key", "reason")
HELD = ("title", "state", "copied_from", "adopted", "adopted_by")
DIFFER = ("table", "key", "kind", "column", "first", "second", "change")


def history(
    project: Address,
    table: Annotated[str | None, typer.Option(help="Only changes of this table, such as lots.")] = None,
    key: Annotated[str | None, typer.Option(help="Only changes of the row with this id: K-12.")] = None,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"], help="From this time on (UTC)."),
    ] = None,
    rows: Annotated[int, typer.Option(help="Changes shown, the last ones; 0 shows all.")] = 30,
    lang: Lang = "es",
    as_json: Json = False,
) -> None:
    """Tell who changed what and when; --json tells the values before and after."""
    from ilo_gis import io

    words = WORDS[language(lang)]
    with io.open(project) as store:
        found = store.history(table, key, since)
    if as_json:
        print_json({"history": plain_rows(found)})
        return
    note = words["cut"].format(len(found), rows) if rows and len(found) > rows else ""
    show_table(
        words["history"].format(project), found.iloc[-rows:] if rows else found, "history", TOLD, lang, note
    )


def undo(
    project: Address,
    to: Annotated[
        str,
        typer.Option(
            metavar="NUMBER|TIME",
            help="Number of the last change that stays; 0 undoes all. Or a time from which all is undone: "
            "2026-11-21T10:30 is UTC, as in the history; 2026-11-21T10:30-05:00 is the time of Peru.",
        ),
    ],
    reason: Annotated[str | None, typer.Option(help="Why, for the history.")] = None,
    who: Who = None,
    lang: Lang = "es",
    as_json: Json = False,
) -> None:
    """Take back all changes after a numbered one, or from a time on."""
    from ilo_gis import io

    words, wanted = WORDS[language(lang)], _moment(to)
    with io.open(project, who=who) as store:
        known = store.history().index
        last = int(known.max()) if len(known) else 0
        count = store.undo(wanted, reason=reason)
    if as_json:
        print_json({"undone": count, "back": last})
    else:
        typer.echo(words["undone"].format(count, last))


def scenarios(
    project: Address,
    copy: Annotated[str | None, typer.Option(help="Copy this scenario to the one that --to names.")] = None,
    to: Annotated[str | None, typer.Option(help="Name of the copy.")] = None,
    compare: Annotated[
        tuple[str, str] | None, typer.Option(help="Rows and figures in which two scenarios differ.")
    ] = None,
    adopt: Annotated[str | None, typer.Option(help="Make this scenario the plan in force.")] = None,
    by: Annotated[str | None, typer.Option(help="Act that adopts it, such as an ordinance.")] = None,
    delete: Annotated[str | None, typer.Option(help="Delete this scenario; undo brings it back.")] = None,
    who: Who = None,
    lang: Lang = "es",
    as_json: Json = False,
) -> None:
    """List the scenarios of a project; copy, compare, adopt or delete them."""
    from ilo_gis import io

    words = WORDS[language(lang)]
    if (copy is None) != (to is None):
        raise RuleError("--copy names the scenario to copy, --to its copy: give both.")
    with io.open(project, who=who) as store:
        if copy is not None and to is not None:
            store.copy_scenario(copy, to)
        if adopt is not None:
            store.adopt(adopt, by)
        if delete is not None:
            store.delete_scenario(delete)
        found = None if compare is None else store.compare_scenarios(*compare)
        held = store.scenarios()
    if as_json:
        told = {} if found is None else {"differences": plain_rows(found)}
        print_json({"scenarios": plain_rows(held)} | told)
        return
    show_table(words["scenarios"].format(project), held, "scenarios", HELD, lang)
    if compare is not None and found is not None:
        note = words["same"] if found.empty else ""
        show_table(words["differences"].format(*compare), found, "differences", DIFFER, lang, note)


def snapshot(
    project: Address,
    out: Annotated[Path, typer.Argument(help="File to write the copy to.")],
    overwrite: Annotated[bool, typer.Option(help="Replace a file that is there.")] = False,
) -> None:
    """Copy a whole project, as of its last write, while others may be working on it."""
    from ilo_gis import io

    with io.open(project) as store:
        typer.echo(store.snapshot(out, overwrite))


def migrate(
    project: Annotated[str, typer.Argument(help="Project: a GeoPackage file or the address of a server.")],
    lang: Lang = "es",
    as_json: Json = False,
) -> None:
    """Bring a project of an earlier version to the present one; on a server, administrators may."""
    from ilo_gis import io

    words = WORDS[language(lang)]
    before, after = io.migrate(project)
    if as_json:
        print_json({"before": before, "after": after})
    else:
        said = words["present"] if before == after else words["migrated"]
        typer.echo(said.format(without_password(project), *dict.fromkeys((before, after))))


def _moment(text: str) -> int | datetime:
    """Return the number of a change, or a time."""
    if text.isdecimal():
        return int(text)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise RuleError(
            f"--to is {text!r}: give the number of a change, or a time: 2026-11-21T10:30 (UTC), "
            "2026-11-21T10:30-05:00."
        ) from None


def show_table(
    title: str, found: pd.DataFrame, table: str, columns: tuple[str, ...], lang: str, note: str = ""
) -> None:
    """Print columns of a table; in Spanish, their names and the words of closed lists are Spanish."""
    from ilo_gis.tables import describe, integrity

    spec, names = describe(table), [str(found.index.name), *columns]
    heads, plain = names, found[list(columns)].astype(object)
    if lang == "es":
        heads = [str(spec.at[name, "alias_es"]) for name in names]
        said = integrity.words(table)
        plain = plain.assign(
            **{column: plain[column].map(said[column]) for column in said if column in plain}
        )
    rows = [[str(key), *map(_shown, row)] for key, *row in plain.itertuples()]
    show_rows(title, heads, rows, note, left=tuple(range(len(names))))


def _shown(value: object) -> str:
    import pandas as pd

    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return str(value.floor("s")).removesuffix(" 00:00:00")
    return f"{value:g}" if isinstance(value, float) else str(value)
