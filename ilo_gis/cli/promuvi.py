"""Commands for PROMUVI, the municipal housing programme: what those in the modules beside it share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ilo_gis.cli.options import Crs, Json, Lang
from ilo_gis.cli.shared import table_of
from ilo_gis.errors import SchemaError, did_you_mean

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "ADDRESS",
    "On",
    "Project",
    "Source",
    "Written",
    "known_table",
    "promuvi",
    "register_day",
    "require_households",
    "tables_apart",
    "tables_of",
]

promuvi = typer.Typer(
    name="promuvi",
    help="PROMUVI: applicants ranked, lots allotted, stages up to the title, services, forecast.",
    no_args_is_help=True,
)

ADDRESS = "FILE, FILE|LAYER or sample:NAME."
On = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Day: 1996-03-31.")]
Project = Annotated[
    str | None,
    typer.Option(help="GeoPackage that has all tables under their names, in place of the sample."),
]


@dataclass(frozen=True)
class Source:
    """Where tables come from that have no address of their own; groups of a command add their tables."""

    project: Project = None
    crs: Crs = None


@dataclass(frozen=True)
class Written:
    """What is written, and how it is told."""

    out: Annotated[Path | None, typer.Option(help="GeoPackage to write.")] = None
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file.")] = False
    rows: Annotated[int, typer.Option(help="Rows and findings shown; all are counted. 0 shows all.")] = 10
    lang: Lang = "es"
    as_json: Json = False


def tables_of(source: Any, optional: Iterable[str] = ()) -> dict[str, pd.DataFrame]:
    """Read every table that a group of options names: from its own address, the project, or the sample.

    A table in `optional` that nobody gave is empty as soon as any other is the user's own: events of the
    sample have no place among lots of another city.
    """
    from ilo_gis import io, tables

    own = {f.name: getattr(source, f.name) for f in fields(Source)}
    named = {f.name: getattr(source, f.name) for f in fields(source) if f.name not in own}
    project, any_own = own["project"], any([own["project"], *named.values()])
    read = {}
    for name, address in named.items():
        held = project is not None and io.has_layer(project, name)
        if name in optional and any_own and not (address or held):
            read[name] = tables.empty(name)
        else:
            read[name] = known_table(name, address, **own)
    return read


def known_table(name: str, address: str | None, project: str | None, crs: str | None = None) -> pd.DataFrame:
    """Read one table, its columns named in English or Spanish; what identifies people is refused."""
    from ilo_gis import tables
    from ilo_gis.io.shapefile import whole_names
    from ilo_gis.tables.reading import typed

    raw, _ = whole_names(table_of(name, address, project, crs), name)
    tables.require_no_private(raw, name)
    return tables.complete(typed(raw, name), name)


def tables_apart(read: dict[str, pd.DataFrame], source: Any) -> dict[str, pd.DataFrame]:
    """Return the tables with rows that do not come along with the project."""
    every = source.project is None
    return {name: table for name, table in read.items() if len(table) and (every or getattr(source, name))}


def require_households(ids: Iterable[str | None], project: str | None) -> None:
    """Refuse households that the project's own table of households does not have."""
    from ilo_gis import io

    if project is None or not io.has_layer(project, "households"):
        return
    known = known_table("households", None, project).index.astype(str)
    if strange := sorted({one for one in ids if one} - set(known)):
        near = did_you_mean(strange[0], known)
        raise SchemaError(
            f"Table households has no household {', '.join(strange)}{near}. Add it there first."
        )


def register_day(on: date, events: pd.DataFrame) -> date:
    """Return the day that it is at the least: that of new events, or of the last one recorded."""
    last = events["date"].max()
    return on if events["date"].isna().all() else max(on, type(on).fromisoformat(f"{last:%Y-%m-%d}"))
