"""The options of the commands, and groups of options that several commands share."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from functools import wraps
from pathlib import Path
from string import ascii_uppercase
from typing import Annotated, Any, get_type_hints

import typer

__all__ = [
    "BriefOptions", "Crs", "Day", "Folder", "Given", "Input", "Json", "Lang", "Layer", "Limits", "MapOutput",
    "Output", "PlanOutput", "Wishes", "grouped",
]  # fmt: skip

LOTS, WISHES, FILES = "What a lot must be", "What lots should be like", "What is written"
BRIEF = "The brief, in place of what its file says"

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
Layer = Annotated[str | None, typer.Option(help="Layer of the file, where it has several.")]
Crs = Annotated[
    str | None, typer.Option(help="CRS, such as EPSG:32719: set where the file has none, else projected to.")
]
Lang = Annotated[str, typer.Option(help="Language of tables and map: es or en.")]
Day = Annotated[
    datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="Norms in force on this day (today).")
]
Folder = Annotated[
    Path | None, typer.Option("--norms", help="Folder with norms of your own (or ILO_GIS_NORMS).")
]


def _option(text: str, panel: str, *names: str, **more: Any) -> Any:
    return typer.Option(*names, help=text, rich_help_panel=panel, **more)


@dataclass(frozen=True)
class Limits:
    """What lots must be: enough to check them."""

    min_area: Annotated[float | None, _option("Least area, m2.", LOTS)] = None
    min_frontage: Annotated[float | None, _option("Least front on a street, m.", LOTS)] = None
    lot_type: Annotated[
        int | None,
        _option("Type of lot of TH.010, article 9, instead of your own figures.", LOTS, min=1, max=6),
    ] = None
    max_area: Annotated[float | None, _option("Greatest area, m2.", LOTS)] = None
    min_width: Annotated[float | None, _option("Least mean width (area over depth), m.", LOTS)] = None
    max_ratio: Annotated[float | None, _option("Greatest depth to width (6).", LOTS)] = None
    rules: Annotated[
        Path | None,
        _option("TOML file of several rules by name, instead of the options of one rule.", LOTS),
    ] = None


@dataclass(frozen=True)
class Wishes(Limits):
    """What lots must be and should be like: what it takes to cut them."""

    max_depth: Annotated[float | None, _option("Greatest depth, m (2 x area / front).", LOTS)] = None
    target_area: Annotated[float | None, _option("Area that lots should have about, m2.", WISHES)] = None
    target_frontage: Annotated[float | None, _option("Front that lots should have about, m.", WISHES)] = None
    size_tolerance: Annotated[
        float | None, _option("Share by which lots may miss a target (0.1).", WISHES)
    ] = None
    areas: Annotated[
        str | None, _option("Exact areas of the lots of each block, m2: 200,300,180.", WISHES)
    ] = None
    count: Annotated[int | None, _option("Exact number of lots in each block.", WISHES)] = None
    remainder: Annotated[
        str | None, _option("Where land left over in a row goes: spread, last, remnant or green.", WISHES)
    ] = None
    corner_extra: Annotated[
        float | None, _option("Front that corner lots have more than others, m.", WISHES)
    ] = None
    ochavo: Annotated[
        float | None, _option("Length of the line that cuts off the corners of blocks, m.", WISHES)
    ] = None
    axis: Annotated[
        float | None, _option("Direction of the rows, degrees clockwise from grid north.", WISHES)
    ] = None
    side_lines: Annotated[
        str | None, _option("Side lines are square to the street, or parallel to the sides.", WISHES)
    ] = None


@dataclass(frozen=True)
class Input:
    """What is read besides streets or blocks, and how lots are cut."""

    crs: Crs = None
    zones: Annotated[
        Path | None, typer.Option(help="File of polygons whose column rule names the rule of the blocks.")
    ] = None
    keep: Annotated[Path | None, typer.Option(help="File of lots that stay, or a project.")] = None
    mode: Annotated[
        str, typer.Option(help="clean: side lines square to the street; most: as many lots as can be.")
    ] = "clean"
    on: Day = None
    folder: Folder = None


@dataclass(frozen=True)
class Output:
    """What is written, and how it is told."""

    out: Annotated[Path, _option("GeoPackage to write.", FILES)]
    png: Annotated[Path | None, _option("PNG map to write (beside the GeoPackage).", FILES, "--map")] = None
    overwrite: Annotated[bool, _option("Replace an existing file.", FILES)] = False
    lang: Lang = "es"
    as_json: Json = False

    @property
    def map(self) -> Path:
        """The map."""
        return self.png or self.out.with_suffix(".png")


@dataclass(frozen=True)
class PlanOutput(Output):
    """What planning a site writes: the best plan here, the others beside it."""

    out: Annotated[Path, _option("GeoPackage to write; further alternatives beside it.", FILES)] = Path(
        "plan.gpkg"
    )

    def files(self, count: int) -> list[Output]:
        """Return what is written of each alternative: plan.gpkg, plan_B.gpkg, plan_C.gpkg."""
        ends = ["", *(f"_{name}" for name in ascii_uppercase[1:count])]
        paths = [self.out.with_name(f"{self.out.stem}{end}{self.out.suffix}") for end in ends]
        maps = [self.map.with_name(f"{self.map.stem}{end}{self.map.suffix}") for end in ends]
        return [replace(self, out=path, png=png) for path, png in zip(paths, maps, strict=True)]

    @property
    def comparison(self) -> Path:
        """The map of all alternatives."""
        return self.map.with_name(f"{self.map.stem}_compared{self.map.suffix}")


@dataclass(frozen=True)
class Given:
    """What is known of a site besides its outline."""

    crs: Crs = None
    streets: Annotated[
        Path | None,
        typer.Option(help="File of centre lines to join. Columns width (m), street_class, name."),
    ] = None
    constraints: Annotated[
        Path | None, typer.Option(help="File of polygons not to be built on. Columns reason, article.")
    ] = None
    elevation: Annotated[Path | None, typer.Option(help="Raster of heights, m (GeoTIFF).")] = None
    locked: Annotated[
        Path | None, typer.Option(help="File of lots or blocks that must not move, or a project.")
    ] = None
    on: Day = None
    folder: Folder = None


@dataclass(frozen=True)
class BriefOptions:
    """What the plan must have and should be like."""

    brief: Annotated[
        Path | None, typer.Option(help="TOML file with the brief; --write-brief makes one to start from.")
    ] = None
    lot_type: Annotated[
        int | None, _option("Type of lot of TH.010: its norms are the brief.", BRIEF, min=1, max=6)
    ] = None
    min_area: Annotated[float | None, _option("Least area of a lot, m2.", BRIEF)] = None
    min_frontage: Annotated[float | None, _option("Least front of a lot on a street, m.", BRIEF)] = None
    reserves: Annotated[
        str | None, _option("Share for public use: 0.13, or recreation=0.08,education=0.02.", BRIEF)
    ] = None
    street_width: Annotated[float | None, _option("Width of local streets, m (12).", BRIEF)] = None
    max_block_length: Annotated[
        float | None, _option("Greatest distance between street crossings, m (120).", BRIEF)
    ] = None
    orientation: Annotated[
        str | None,
        _option("Direction of the rows: best, contours, or degrees clockwise from grid north.", BRIEF),
    ] = None
    persons: Annotated[float | None, _option("Persons a lot (5).", BRIEF)] = None
    alternatives: Annotated[
        int | None, _option("How many different plans to keep (1).", BRIEF, min=1, max=26)
    ] = None
    seed: Annotated[int | None, _option("Of the search (0).", BRIEF, min=0)] = None


@dataclass(frozen=True)
class MapOutput:
    """What is written with a map of it, and how it is told."""

    out: Annotated[Path | None, typer.Option(help="GeoPackage to write.")] = None
    png: Annotated[Path | None, typer.Option("--map", help="PNG map to write.")] = None
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace existing files.")] = False
    rows: Annotated[int, typer.Option(help="Findings shown; all are counted. 0 shows all.")] = 10
    lang: Lang = "es"
    as_json: Json = False


def grouped(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command take groups of options (dataclasses), which its user gives one by one."""
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, Any] = {name: kind for name, kind in hints.items() if is_dataclass(kind)}

    @wraps(command)
    def flat(**given: Any) -> None:
        for name, kind in groups.items():
            given[name] = kind(**{one.name: given.pop(one.name) for one in fields(kind)})
        command(**given)

    known: list[inspect.Parameter] = []
    for name, parameter in inspect.signature(command).parameters.items():
        kind = groups.get(name)
        if kind is None:
            known.append(parameter.replace(annotation=hints[name], kind=inspect.Parameter.KEYWORD_ONLY))
        else:
            types = get_type_hints(kind, include_extras=True)
            inner = inspect.signature(kind).parameters.values()
            known += [
                one.replace(annotation=types[one.name], kind=inspect.Parameter.KEYWORD_ONLY) for one in inner
            ]
    flat.__signature__ = inspect.Signature(known)  # type: ignore[attr-defined]
    flat.__annotations__ = {one.name: one.annotation for one in known}
    del flat.__wrapped__
    return flat
