"""The commands `push` and `pull`: a project file brought together with a server or another file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ilo_gis.cli.options import Json, Lang, grouped
from ilo_gis.cli.shared import language, plain_rows, print_json
from ilo_gis.console import show_rows
from ilo_gis.errors import SchemaError, without_password

if TYPE_CHECKING:
    import pandas as pd

    from ilo_gis.io import Shared

__all__ = ["pull", "push", "show_conflicts"]

File = Annotated[Path, typer.Argument(help="Own project file.")]
Address = Annotated[str, typer.Argument(help="Server, postgresql://user@host/database, or another file.")]
WORDS = {
    "es": {
        "conflicts": "Conflictos: no se escribió nada",
        "what": "Decida cada uno: --conflicts FILE.csv los guarda; en su columna keep (Queda) escriba mine "
        "(propio) o theirs (ajeno) y repita con --decisions FILE.csv; o use --prefer para todos.",
        "done": "Filas que cambiaron en {}: {}",
        "none": "ninguna",
    },
    "en": {
        "conflicts": "Conflicts: nothing was written",
        "what": "Decide each: --conflicts FILE.csv saves them; write mine or theirs in its column keep and "
        "repeat with --decisions FILE.csv; or use --prefer for all.",
        "done": "Rows that changed in {}: {}",
        "none": "none",
    },
}
TOLD = ("table", "scenario", "key", "kind", "column", "base", "mine", "theirs")


@dataclass(frozen=True)
class Settling:
    """How conflicts are settled, and what the history says."""

    prefer: Annotated[str | None, typer.Option(help="Followed in conflicts: mine or theirs.")] = None
    decisions: Annotated[Path | None, typer.Option(help="CSV of conflicts with its column keep.")] = None
    conflicts: Annotated[Path | None, typer.Option(help="CSV to write the conflicts to.")] = None
    reason: Annotated[str | None, typer.Option(help="Why, for the history.")] = None
    who: Annotated[str | None, typer.Option(help="Who does it, for the history.")] = None


@grouped
def push(
    file: File,
    address: Address,
    settling: Settling,
    create: Annotated[
        bool, typer.Option("--create", help="Make the project there if there is none.")
    ] = False,
    lang: Lang = "es",
    as_json: Json = False,
) -> None:
    """Send what was done in a project file to a server or another file; take in what others did."""
    from ilo_gis import io

    language(lang)
    rows = _read(settling.decisions)
    done = io.push(
        file, address, prefer=settling.prefer, decisions=rows, reason=settling.reason, who=settling.who,
        create=create,
    )  # fmt: skip
    _tell(done, file, address, settling, lang, as_json)


@grouped
def pull(address: Address, file: File, settling: Settling, lang: Lang = "es", as_json: Json = False) -> None:
    """Take what others did on a server or in another file into a project file; made if it is new."""
    from ilo_gis import io

    language(lang)
    rows = _read(settling.decisions)
    done = io.pull(
        address, file, prefer=settling.prefer, decisions=rows, reason=settling.reason, who=settling.who
    )
    _tell(done, file, address, settling, lang, as_json)


def _read(path: Path | None) -> pd.DataFrame | None:
    """Return decisions from a CSV file, which a spreadsheet may have written."""
    if path is None:
        return None
    from ilo_gis import io
    from ilo_gis.io.rows import bare

    rows = io.read_table(path)
    if missing := [name for name in (*TOLD, "keep") if name not in rows]:
        raise SchemaError(f"{path} lacks the columns {', '.join(missing)}. Write it with --conflicts.")
    plain = rows[[*TOLD, "keep"]].apply(bare)
    return plain.where(plain.notna() & (plain != ""), None)


def _tell(done: Shared, file: Path, address: str, settling: Settling, lang: str, as_json: bool) -> None:
    from ilo_gis.io.rows import inert

    found = done.conflicts
    if settling.conflicts is not None:
        flat = found.astype(object).where(found.notna(), None)
        flat.apply(inert).to_csv(settling.conflicts, encoding="utf-8-sig")
    if as_json:
        print_json(
            {"file": done.file, "other": done.other, "open": done.open, "conflicts": plain_rows(found)}
        )
    elif done.open:
        words = WORDS[lang]
        show_conflicts(found[found["keep"].isna()], words["conflicts"], words["what"], lang)
    else:
        words = WORDS[lang]
        for name, counts in ((str(file), done.file), (without_password(address), done.other)):
            told = ", ".join(f"{table} {count}" for table, count in counts.items()) or words["none"]
            typer.echo(words["done"].format(name, told))
    raise typer.Exit(int(done.open > 0))


def show_conflicts(found: pd.DataFrame, title: str, note: str, lang: str) -> None:
    """Print conflicts and what was kept, in Spanish with the Spanish names of columns and kinds."""
    from ilo_gis.tables import describe
    from ilo_gis.tables.integrity import words

    spec = describe("conflicts")["alias_es"]
    names = [*TOLD, "keep"] if found["keep"].notna().any() else [*TOLD]
    heads = [str(spec[name]) if lang == "es" else name for name in names]
    plain = found[names].astype(object)
    if lang == "es":
        known = words("conflicts")
        plain = plain.assign(**{name: plain[name].map(known[name]) for name in known if name in plain})
    rows = [[str(value) for value in row] for row in plain.where(plain.notna(), "").to_numpy()]
    show_rows(title, heads, rows, note, left=tuple(range(len(names))))
