"""Commands for PROMUVI: `promuvi progress` and `promuvi forecast`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ilo_gis.cli.options import grouped
from ilo_gis.cli.promuvi import ADDRESS, On, Source, Written, tables_of
from ilo_gis.cli.promuvi_money import MONEY, Money, money_of
from ilo_gis.cli.promuvi_progress_words import shown_forecast, shown_progress
from ilo_gis.cli.shared import code, language, norms_on, note_of, plain_rows, print_json, records
from ilo_gis.console import show_findings, totals

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["forecast", "progress"]

NAMES = ("lots", "lot_events", "works")


@dataclass(frozen=True)
class History(Source):
    """Where lots, their events and the works are; by default the sample."""

    lots: Annotated[str | None, typer.Option(help=f"Lots: {ADDRESS}")] = None
    lot_events: Annotated[str | None, typer.Option(help=f"Events of lots: {ADDRESS}")] = None
    works: Annotated[str | None, typer.Option(help=f"Works on lots, blocks and areas: {ADDRESS}")] = None


@dataclass(frozen=True)
class Paid(Money, History):
    """The same, with charges and payments: an unpaid fee holds a lot back too."""


@dataclass(frozen=True)
class Pictures:
    """What is drawn."""

    chart: Annotated[Path | None, typer.Option(help="PNG chart: services and stages by month.")] = None
    bars: Annotated[Path | None, typer.Option(help="PNG chart: how far each service is.")] = None
    map: Annotated[Path | None, typer.Option(help="PNG map: lots by stage, or by --service.")] = None
    service: Annotated[str | None, typer.Option(help="Service that the map shows: water.")] = None


@dataclass(frozen=True)
class Future:
    """What is foretold, and how."""

    months: Annotated[int, typer.Option(help="Months foretold.")] = 24
    level: Annotated[float, typer.Option(help="Share of cases that lie in the interval.")] = 0.8
    seed: Annotated[int, typer.Option(help="Of the draws; the same seed gives the same table.")] = 0
    draws: Annotated[int, typer.Option(help="How many times the future is drawn.")] = 400
    resample: Annotated[
        str, typer.Option(help="What is drawn with replacement: wave (allotted together), block or lot.")
    ] = "wave"


@grouped
def progress(
    on: On,
    tables: Paid,
    pictures: Pictures,
    output: Written,
    by: Annotated[str, typer.Option(help="programme, area or block.")] = "area",
    years: Annotated[
        float | None, typer.Option(help="Years without a title from which on an area is in arrears (3).")
    ] = None,
) -> None:
    """Tell how far services and stages are, who pays, where titles are overdue, and what holds lots back."""
    from ilo_gis import io
    from ilo_gis import promuvi as domain

    drawn = (pictures.chart, pictures.bars, pictures.map)
    _require_free(output, *drawn)
    read = tables_of(tables, optional=(*NAMES[1:], *MONEY))
    lots, events = read["lots"], read["lot_events"]
    found = _faults(read, on)
    states = domain.state_on(events, on, lots)
    told = _told(read, states, on, by, _years(years))
    _draw(told, lots, on, pictures, output)
    if output.out is not None:
        info = {"on": f"{on:%Y-%m-%d}"}
        io.write_tables({**told, "findings": found}, output.out, output.overwrite, info)
    if output.as_json:
        flat = {name: plain_rows(table) for name, table in told.items() if name != "lot_progress"}
        files = {"gpkg": output.out, "pictures": [path for path in drawn if path]}
        print_json({"on": on.date(), **flat, "counts": totals(found), "findings": records(found), **files})
    else:
        shown_progress(told, domain.stage_dates(events, on, lots), on, by, output.rows, output.lang)
        _end(found, lots, output, *drawn)
    raise typer.Exit(code(found))


@grouped
def forecast(
    on: On,
    tables: History,
    future: Future,
    output: Written,
    chart: Annotated[Path | None, typer.Option(help="PNG chart: titles so far and to come.")] = None,
) -> None:
    """Foretell titles by month with an interval, from how long lots were seen to stay in each stage."""
    from ilo_gis import io, plotting
    from ilo_gis import promuvi as domain

    _require_free(output, chart)
    read = tables_of(tables, optional=NAMES[1:])
    lots, events = read["lots"], read["lot_events"]
    found = _faults(read, on)
    how: dict[str, Any] = {
        name: getattr(future, name) for name in ("months", "level", "seed", "draws", "resample")
    }
    made = domain.forecast(events, lots, on, **how)
    times = domain.stage_times(domain.stays(events, on, lots), on)
    curve = domain.stage_curve(domain.stage_dates(events, on, lots), on)
    late = domain.backlog(events, lots, on, years=_years(None))
    if chart is not None:
        plotting.forecast_chart(
            made, curve["titled"], chart, on=on, level=future.level, lang=output.lang,
            note=note_of(lots, output.lang), overwrite=output.overwrite,
        )  # fmt: skip
    if output.out is not None:
        content = {"forecast": made, "stage_times": times, "stage_curve": curve}
        content |= {"backlog": late, "findings": found}
        info = {"on": f"{on:%Y-%m-%d}"} | {name: str(value) for name, value in how.items()}
        io.write_tables(content, output.out, output.overwrite, info)
    if output.as_json:
        told = {"forecast": made, "stage_times": times, "backlog": late}
        said = {name: plain_rows(table) for name, table in told.items()}
        files: dict[str, Any] = {"gpkg": output.out, "chart": chart}
        files |= {"counts": totals(found), "findings": records(found)}
        print_json({"on": on.date(), "how": how, **said, **files})
    else:
        shown_forecast(made, times, late, how, on, output.lang)
        _end(found, lots, output, chart)
    raise typer.Exit(code(found))


# -- what both do ------------------------------------------------------------------------------------


def _require_free(output: Written, *pictures: Path | None) -> None:
    """Refuse what cannot be written before any work."""
    from ilo_gis import io

    language(output.lang)
    for path in (output.out, *pictures):
        if path is not None:
            io.require_free(path, output.overwrite)


def _faults(read: dict[str, pd.DataFrame], on: datetime) -> gpd.GeoDataFrame:
    """Return what is wrong with events and works; a report on a day of the past knows of later ones."""
    from ilo_gis import promuvi as domain
    from ilo_gis.tables import join_findings

    lots, events, works = (read[name] for name in NAMES)
    today = max(on, datetime.now())
    return join_findings(domain.check_events(events, lots, on=today), domain.check_works(works, lots, today))


def _years(given: float | None) -> float:
    """Return the years without a title that are too many: by default the most that servicing takes."""
    return float(norms_on(None, None)["promuvi.servicing_time"].value["max"]) if given is None else given


def _told(
    read: dict[str, pd.DataFrame], states: pd.DataFrame, on: datetime, by: str, years: float
) -> dict[str, Any]:
    """Return all tables of a report on progress, by their names."""
    from ilo_gis import promuvi as domain

    lots, events, works = (read[name] for name in NAMES)
    what = list(dict.fromkeys(["programme", by]))
    accounts = money_of(read, on)[0].get("accounts")
    missing = domain.why_not(events=events, lots=lots, on=on, works=works, accounts=accounts)
    return {
        "lot_progress": domain.lot_progress(lots, states, works, on),
        "service_progress": domain.service_progress(works, lots, on, what),
        "stage_progress": domain.stage_progress(states, lots, what),
        "service_curve": domain.service_curve(works, lots, on),
        "stage_curve": domain.stage_curve(domain.stage_dates(events, on, lots), on),
        "work_costs": domain.work_costs(works, on),
        "backlog": domain.backlog(events, lots, on, years=years, by="block" if by == "block" else "area"),
        "blockers": domain.blockers(missing, lots),
    }


def _draw(told: dict[str, Any], lots: pd.DataFrame, on: datetime, wanted: Pictures, output: Written) -> None:
    """Draw the pictures that are asked for."""
    from ilo_gis import plotting
    from ilo_gis.promuvi import services

    known = services()
    names = known[output.lang].to_dict()
    note = note_of(lots, output.lang)
    looks: dict[str, Any] = {"lang": output.lang, "overwrite": output.overwrite}
    if wanted.chart is not None:
        few = told["service_curve"]
        few = few[few["service"].isin(known.index[known["shown"]])]
        plotting.progress_curves(
            few, told["stage_curve"], wanted.chart, names=names, on=on, note=note, **looks
        )
    if wanted.bars is not None:
        plotting.progress_bars(told["service_progress"], wanted.bars, names=names, on=on, note=note, **looks)
    land = told["lot_progress"]
    if wanted.map is not None and wanted.service is None:
        plotting.stage_map(land, wanted.map, on=on, **looks)
    elif wanted.map is not None and wanted.service is not None:
        name = names.get(wanted.service)
        plotting.service_map(land, wanted.service, wanted.map, name=name, on=on, **looks)


def _end(found: gpd.GeoDataFrame, lots: pd.DataFrame, output: Written, *paths: Any) -> None:
    """Print findings, what the lots say of themselves, and the files."""
    show_findings(found, len(lots), output.rows, output.lang)
    for line in (note_of(lots, output.lang), output.out, *paths):
        typer.echo(line) if line else None
