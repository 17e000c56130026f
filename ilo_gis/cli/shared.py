"""What the commands share: norms of a day, progress, JSON, exit codes."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from ilo_gis.errors import ReadError, RuleError

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ilo_gis.tables import Elevation

__all__ = [
    "code",
    "heights_at",
    "kept",
    "language",
    "layer_at",
    "named",
    "norms_on",
    "note_of",
    "number_or_text",
    "plain_rows",
    "print_json",
    "processors",
    "progress",
    "quiet_solver",
    "records",
    "table_of",
]


SAMPLE = "sample:"


def norms_on(on: datetime | None, folder: Path | None, country: str = "pe") -> Any:
    """Return the norms in force on a day, with those of the user's own folder."""
    from ilo_gis import norms

    return norms.load(country, on=on.date() if on else None, folder=folder)


def processors() -> int:
    """Return how many processors there are."""
    return os.cpu_count() or 1


def layer_at(address: str, crs: str | None = None) -> gpd.GeoDataFrame:
    """Read ``FILE``, ``FILE|LAYER`` (or QGIS's ``FILE|layername=LAYER``), or ``sample:NAME``."""
    from ilo_gis import io

    if address.startswith(SAMPLE):
        table = io.sample(address.removeprefix(SAMPLE))
        return table if crs is None else io.to_crs(table, crs)
    path, _, layer = address.partition("|")
    return io.read_layer(path, layer.removeprefix("layername=") or None, crs)


def table_of(name: str, address: str | None, project: str | None, crs: str | None) -> pd.DataFrame:
    """Read a table: from its own address, else from the project by its name, else the sample's."""
    from ilo_gis import io

    where = address or (f"{SAMPLE}{name}" if project is None else f"{project}|{name}")
    if where.startswith(SAMPLE):
        return layer_at(where, crs)
    path, _, layer = where.partition("|")
    return io.read_table(path, layer.removeprefix("layername=") or None, crs)


def note_of(layer: gpd.GeoDataFrame, lang: str) -> str | None:
    """Return what a layer says of itself in its column ``note``, such as that it is no survey."""
    from ilo_gis.tables.units import in_language

    notes = layer["note"].dropna().unique() if "note" in layer else []
    return in_language(str(notes[0]), lang) if len(notes) else None


def heights_at(address: str, site: gpd.GeoDataFrame, partial: bool = False) -> Elevation:
    """Read the heights of a site: ``FILE`` or ``sample:elevation``."""
    from ilo_gis import io

    own = io.sample_path("elevation") if address == f"{SAMPLE}elevation" else address
    return io.read_elevation(own, site, partial=partial)


def named(table: gpd.GeoDataFrame, id_column: str | None, usual: str) -> gpd.GeoDataFrame:
    """Return a table indexed by the column that names its features: the one asked for, or the usual one."""
    if id_column is None:
        return table.set_index(usual) if usual in table else table
    if id_column not in table:
        raise ReadError(
            f"There is no column {id_column!r}. The columns are: {', '.join(map(str, table.columns))}."
        )
    return table.set_index(id_column)


def kept(path: Path | None, crs: str | None) -> gpd.GeoDataFrame | None:
    """Read lots that stay; of a file of several layers, its layer lots, without the remnants."""
    from ilo_gis import io

    if path is None:
        return None
    table = io.read_layer(path, "lots" if io.has_layer(path, "lots") else None, crs)
    table = named(table, None, "lot_id")
    return table[table["kind"] != "remnant"] if "kind" in table else table


@contextmanager
def quiet_solver() -> Iterator[None]:
    """Send to nowhere what HiGHS prints past Python while it solves: it would break ``--json``."""
    sys.stdout.flush()
    held = os.dup(1)
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    try:
        yield
    finally:
        os.dup2(held, 1)
        os.close(held)


def language(lang: str) -> str:
    """Return the language, if it is known."""
    if lang not in ("es", "en"):
        raise RuleError(f"--lang is {lang!r}; it can be es or en.")
    return lang


def code(found: gpd.GeoDataFrame) -> int:
    """Return the exit code that findings give: 1 if there is an error among them."""
    return int((found["severity"] == "error").any())


def records(found: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Return findings as plain values."""
    from ilo_gis.tables import require_no_private

    require_no_private(found)
    return found.drop(columns="geometry").astype(object).where(found.notna(), None).to_dict("records")


def plain_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table with their ids as plain values, without geometry."""
    from ilo_gis.tables import require_no_private

    require_no_private(table)
    flat = table.drop(columns="geometry", errors="ignore").reset_index().astype(object)
    return flat.where(flat.notna(), None).to_dict("records")


def print_json(value: object) -> None:
    """Print one JSON object, unless it holds what identifies people."""
    _require_no_private(value)

    def plain(item: Any) -> Any:
        return item.isoformat() if isinstance(item, date) else str(item)

    typer.echo(json.dumps(value, ensure_ascii=False, default=plain, indent=1))


def _require_no_private(value: object) -> None:
    """Look through all that is in an object for keys that identify people."""
    if isinstance(value, dict):
        from ilo_gis.tables import require_no_private

        require_no_private(value)
        for inner in value.values():
            _require_no_private(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _require_no_private(inner)


def number_or_text(text: str) -> float | str:
    """Return the number that a text is, or the text: the name of a column or of a norm."""
    try:
        return float(text)
    except ValueError:
        return text


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[[float, str], bool]]:
    """Show a bar on a terminal, nothing in a pipe."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description:24}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=console,
        disable=quiet or not console.is_terminal,
    ) as bar:
        task = bar.add_task("reading", total=1.0)

        def tell(share: float, text: str) -> bool:
            bar.update(task, completed=share, description=text)
            return True

        yield tell
