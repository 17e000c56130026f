"""Layers of zones on the command line: what they may not tell of themselves, and how they are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from ilo_gis.cli.options import Crs
from ilo_gis.cli.shared import layer_at
from ilo_gis.errors import RuleError

if TYPE_CHECKING:
    import geopandas as gpd

    from ilo_gis.tables.catalogues import Catalogue

__all__ = ["On", "OwnCatalogue", "ZoneLayer", "catalogues_with", "day_of", "read_zones", "require_in_force"]

On = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Zones in force on this day (today).")
]
OwnCatalogue = Annotated[
    str | None, typer.Option(help="Catalogue of the codes, such as pe_2016, or a TOML file of your own.")
]


@dataclass(frozen=True)
class ZoneLayer:
    """What a layer of zones may not tell of itself."""

    plan: Annotated[str | None, typer.Option(help="Name of the plan, where the layer does not tell.")] = None
    approved: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day it was approved, where the layer does not tell."),
    ] = None
    catalogue: OwnCatalogue = None
    column: Annotated[
        list[str] | None,
        typer.Option(help="A column that is not known by its name: code=MY_COLUMN. May be repeated."),
    ] = None
    crs: Crs = None


def catalogues_with(own: str | None) -> dict[str, Catalogue]:
    """Return the shipped catalogues, with one of the user's own."""
    from ilo_gis.tables.catalogues import catalogue, catalogues

    given = [] if own is None else [catalogue(own)]
    return {**catalogues(), **{one.name: one for one in given}}


def read_zones(
    address: str, about: ZoneLayer
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, dict[str, Catalogue]]:
    """Return the zones of a layer, what had to be read into it, and the catalogues of their codes."""
    from ilo_gis import io
    from ilo_gis.tables.catalogues import catalogue
    from ilo_gis.zoning import read_zoning

    pairs = [pair.partition("=") for pair in about.column or []]
    if wrong := [new for new, sign, old in pairs if not sign or not old]:
        raise RuleError(f"--column {wrong[0]}: write the column of zones and yours, such as code=ZONA.")
    path, _, layer = address.partition("|")
    if not layer and io.has_layer(path, "rezonings"):  # a file of `zoning rezone` has several layers
        address = f"{path}|zones"
    zones, found = read_zoning(
        layer_at(address, about.crs),
        plan=about.plan,
        approved=day_of(about.approved),
        catalogue=None if about.catalogue is None else catalogue(about.catalogue),
        columns={new: old for new, _, old in pairs},
    )
    return zones, found, catalogues_with(about.catalogue)


def require_in_force(held: gpd.GeoDataFrame, zones: gpd.GeoDataFrame, day: date) -> None:
    """Raise if no zone of a layer is in force on a day: nothing would be checked or counted.

    Raises
    ------
    RuleError
        The first day of the plans is told.
    """
    if held.empty and len(zones):
        first = zones["approved"].min()
        raise RuleError(
            f"No zone is in force on {day:%Y-%m-%d}. The first plan was approved on {first:%Y-%m-%d}: "
            "give a day on which a plan holds, `--on`."
        )


def day_of(given: datetime | None) -> date | None:
    """Return the day of an option, if it was given."""
    return None if given is None else given.date()
