"""Commands for zoning plans: `zoning codes | check | permitted`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ilo_gis.cli.options import Json, Lang
from ilo_gis.cli.shared import language, print_json
from ilo_gis.console import show_catalogue

__all__ = ["zoning"]

zoning = typer.Typer(
    name="zoning",
    help="Zoning plans: their codes, what is wrong with them, what may be built where.",
    no_args_is_help=True,
)


@zoning.command()
def codes(
    name: Annotated[
        str | None, typer.Argument(help="A shipped catalogue, or a TOML file of your own. None: list them.")
    ] = None,
    to: Annotated[
        str | None, typer.Option(help="Tell what its codes are in this catalogue, such as pe_2022.")
    ] = None,
    lang: Lang = "es",
    as_json: Json = False,
) -> None:
    """Print a catalogue of zones: codes, names and parameters; or what its codes are in another one."""
    from ilo_gis.tables.catalogues import catalogue, catalogues, corresponding

    language(lang)
    if name is None:
        listed = {one.name: one.title_es if lang == "es" else one.title for one in catalogues().values()}
        print_json(listed) if as_json else typer.echo("\n".join(f"{k:12}{v}" for k, v in listed.items()))
        return
    one = catalogue(name)
    if to is not None:
        other = catalogue(to)
        both = {one.name: one, other.name: other}
        pairs = {code: corresponding(code, one.name, other.name, both) for code in one.zones}
        _show_pairs(pairs, lang, as_json)
    elif as_json:
        print_json(_plain(one))
    else:
        show_catalogue(one, lang)


def _show_pairs(pairs: dict[str, Any], lang: str, as_json: bool) -> None:
    if as_json:
        print_json({code: vars(pair) for code, pair in pairs.items()})
        return
    for code, pair in pairs.items():
        note = pair.note_es if lang == "es" else pair.note
        typer.echo(f"{code:18}{', '.join(pair.codes) or '–':52}{note}")


def _plain(catalogue: Any) -> dict[str, Any]:
    """Return a catalogue as plain values."""

    def plain(one: Any) -> dict[str, Any]:
        return vars(one) | {"parameters": dict(one.parameters), "ranges": dict(one.ranges)}

    zones = {code: plain(zone) for code, zone in catalogue.zones.items()}
    return vars(catalogue) | {"zones": zones, "corresponding": [dict(one) for one in catalogue.corresponding]}
