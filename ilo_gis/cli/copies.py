"""The commands `difference` and `rebase`: two copies of a project file side by side, or one on the other."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ilo_gis.cli.options import Json, Lang
from ilo_gis.cli.shared import language, plain_rows, print_json
from ilo_gis.cli.sharing import show_conflicts
from ilo_gis.cli.store import DIFFER, show_table

__all__ = ["difference", "rebase"]

Overwrite = Annotated[bool, typer.Option(help="Replace a file that is there.")]
WORDS = {
    "es": {
        "differences": "En qué difieren {} y {}",
        "same": "No difieren en nada.",
        "done": "{} tiene los cambios de ambos.",
        "conflicts": "Conflictos que geodiff resolvió por sí solo",
        "kept": "{} está escrito; la columna Queda dice qué tiene (vacía: ambos). Revíselos. "
        "`ilo-gis pull` pregunta antes de escribir.",
    },
    "en": {
        "differences": "Where {} and {} differ",
        "same": "They do not differ.",
        "done": "{} has the changes of both.",
        "conflicts": "Conflicts that geodiff settled by itself",
        "kept": "{} is written; the column keep tells what it has (empty: both). Look at them. "
        "`ilo-gis pull` asks before it writes.",
    },
}


def difference(
    first: Annotated[Path, typer.Argument(help="Project file.")],
    second: Annotated[Path, typer.Argument(help="Copy or snapshot of it, earlier or later.")],
    changeset: Annotated[
        Path | None, typer.Option(help="File for other programs of geodiff, such as Mergin Maps.")
    ] = None,
    overwrite: Overwrite = False,
    lang: Lang = "es",
    as_json: Json = False,
) -> None:
    """Tell what differs between two copies of a project file, in all scenarios."""
    from ilo_gis import io

    words = WORDS[language(lang)]
    found = io.difference(first, second, changeset, overwrite)
    if as_json:
        print_json({"differences": plain_rows(found)})
    else:
        title, note = words["differences"].format(first, second), words["same"] if found.empty else ""
        show_table(title, found, "differences", ("scenario", *DIFFER), lang, note)


def rebase(
    base: Annotated[Path, typer.Argument(help="Project file as it was when the copies were made.")],
    mine: Annotated[Path, typer.Argument(help="Own copy.")],
    theirs: Annotated[Path, typer.Argument(help="Copy of the other.")],
    out: Annotated[Path, typer.Argument(help="File to write: theirs, with one's own changes on top.")],
    overwrite: Overwrite = False,
    lang: Lang = "es",
    as_json: Json = False,
) -> None:
    """Bring two copies of a project file together by geodiff, which asks nobody; `pull` does."""
    from ilo_gis import io

    words = WORDS[language(lang)]
    found = io.rebase(base, mine, theirs, out, overwrite)
    if as_json:
        print_json({"out": str(out), "conflicts": plain_rows(found)})
    elif len(found):
        show_conflicts(found, words["conflicts"], words["kept"].format(out), lang)
    else:
        typer.echo(words["done"].format(out))
    raise typer.Exit(int(len(found) > 0))
