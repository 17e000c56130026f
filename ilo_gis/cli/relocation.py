"""Commands for relocations from the seafront: `relocation status` and those of its siblings."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from ilo_gis.cli.options import Crs, Json, Lang, grouped
from ilo_gis.cli.shared import SAMPLE, language, layer_at, print_json
from ilo_gis.console import show_rows

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["On", "Project", "relocation", "table_of"]

relocation = typer.Typer(
    name="relocation",
    help="Relocations from the seafront: what is free on a day, what blocks the rest, who goes where.",
    no_args_is_help=True,
)

On = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Day: 1994-06-30.")]
Project = Annotated[
    str | None,
    typer.Option(help="GeoPackage that has all tables under their names, in place of the sample."),
]
HEADS = {
    "es": ("Ocupante", "Fila", "Área (m²)", "Paso", "Desde"),
    "en": ("Occupant", "Row", "Area (m²)", "Step", "Since"),
}
TITLE = {"es": "Programa al {:%Y-%m-%d}", "en": "Programme on {:%Y-%m-%d}"}


def table_of(name: str, address: str | None, project: str | None, crs: str | None) -> pd.DataFrame:
    """Read a table: from its own address, else from the project by its name, else the sample's."""
    from ilo_gis import io

    where = address or (f"{SAMPLE}{name}" if project is None else f"{project}|{name}")
    if where.startswith(SAMPLE):
        return layer_at(where, crs)
    path, _, layer = where.partition("|")
    return io.read_table(path, layer.removeprefix("layername=") or None, crs)


@relocation.command()
@grouped
def status(
    on: On,
    occupants: Annotated[str | None, typer.Option(help="FILE, FILE|LAYER or sample:NAME.")] = None,
    moves: Annotated[str | None, typer.Option(help="Events: FILE, FILE|LAYER or sample:NAME.")] = None,
    project: Project = None,
    crs: Crs = None,
    lang: Lang = "es",
    as_json: Json = False,
) -> None:
    """Tell how far each relocation is on a day, and what land is free."""
    from ilo_gis import relocation as domain
    from ilo_gis.tables import conform
    from ilo_gis.tables.units import in_language

    language(lang)
    land = conform(table_of("occupants", occupants, project, crs), "occupants")
    states = domain.state_on(table_of("moves", moves, project, crs), on)
    steps = domain.steps()
    told = land[["source_row", "name", "area"]].join(states).sort_values("source_row", kind="stable")
    free = told["step"].astype(str).map(steps["free"]).eq(True)
    if as_json:
        rows = told.reset_index().astype(object).where(told.reset_index().notna(), None)
        print_json({"on": on.date(), "free_m2": told["area"][free].sum(), "rows": rows.to_dict("records")})
        return
    rows = [
        [in_language(name, lang), str(row), f"{area:,.0f}", steps.at[step, lang], f"{since:%Y-%m-%d}"]
        for row, name, area, step, since, _ in told.dropna(subset="step").itertuples(index=False)
    ]
    total = {"es": "Libre: {:,.0f} de {:,.0f} m²", "en": "Free: {:,.0f} of {:,.0f} m²"}[lang]
    text = total.format(told["area"][free].sum(), told["area"].sum())
    show_rows(TITLE[lang].format(on), HEADS[lang], rows, text)
