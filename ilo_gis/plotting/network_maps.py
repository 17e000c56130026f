"""Plans of water networks and sewers, and the profile of a sewer."""

from __future__ import annotations

import os
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ilo_gis.errors import RuleError
from ilo_gis.plotting import drawing
from ilo_gis.plotting.furniture import number
from ilo_gis.plotting.growth_sheet import LEFT, WIDTH, heading, language, map_sheet, table
from ilo_gis.plotting.sheet import new_sheet, save_sheet
from ilo_gis.plotting.styles import INK, MUTED
from ilo_gis.tables import conform

__all__ = ["network_map", "sewer_profile"]

WATER = ("#9ecae1", "#6baed6", "#4292c6", "#2171b5", "#08519c", "#08306b")
SEWER = ("#d8b38a", "#c08a55", "#a6662c", "#86480f", "#5f3208", "#3d1f04")
FAIL, GROUND = "#c0281c", "#6d8b4f"
WIDTHS = (0.7, 3.4)  # points, of the narrowest and the widest pipe
ARROW = 0.32  # inches between arrows of flow at least
SHEET, DPI = (11.69, 6.6), 150  # inches, of the profile; dots per inch
WORDS: dict[str, dict[str, Any]] = {
    "es": {
        "water": "Red de agua potable",
        "sewer": "Red de alcantarillado",
        "pipes": "Tuberías por diámetro interior",
        "heads": ("mm", "Tramos", "Longitud (m)", "Costo (US$)"),
        "total": "Total",
        "signs": "Leyenda",
        "source": "Fuente (reservorio)",
        "outfall": "Descarga",
        "pump": "La gravedad falla: bombeo",
        "flow": "Sentido del flujo",
        "low": "Presión bajo la mínima",
        "lots": "Lotes",
        "profile": "Perfil longitudinal del colector más largo",
        "x": "Distancia a la descarga (m)",
        "y": "Cota (m)",
        "ground": "Terreno",
        "invert": "Fondo de tubería",
        "manhole": "Buzón",
        "deepest": "Profundidad máxima: {:.2f} m. Longitud: {} m. Escala vertical exagerada {:.0f} veces.",
    },
    "en": {
        "water": "Water network",
        "sewer": "Sewer network",
        "pipes": "Pipes by inner diameter",
        "heads": ("mm", "Pipes", "Length (m)", "Cost (US$)"),
        "total": "Total",
        "signs": "Legend",
        "source": "Source (tank)",
        "outfall": "Outfall",
        "pump": "Gravity fails: pump",
        "flow": "Direction of flow",
        "low": "Pressure below the least",
        "lots": "Lots",
        "profile": "Profile of the longest sewer",
        "x": "Distance to the outfall (m)",
        "y": "Height (m)",
        "ground": "Ground",
        "invert": "Bottom of the pipe",
        "manhole": "Manhole",
        "deepest": "Greatest depth: {:.2f} m. Length: {} m. Heights are exaggerated {:.0f} times.",
    },
}

Floats = NDArray[np.float64]


def network_map(
    nodes: gpd.GeoDataFrame,
    pipes: gpd.GeoDataFrame,
    path: str | os.PathLike[str] | None = None,
    *,
    lots: gpd.GeoDataFrame | None = None,
    title: str | None = None,
    lang: str = "es",
    note: str | None = None,
    overwrite: bool = False,
) -> Any:
    """Draw the plan of a water network or a sewer: pipes by diameter, flow, source or outfall, faults.

    Parameters
    ----------
    nodes, pipes : GeoDataFrame
        Tables ``network_nodes`` and ``pipes`` of one network.
    path : path-like, optional
        PNG file to write.
    lots : GeoDataFrame, optional
        Drawn in grey below.
    title, note : str, optional
        Heading; a line below the map, such as "Esquemático, no es levantamiento".
    lang : {"es", "en"}
        Language of the words.
    overwrite : bool
        Whether an existing file may be replaced.

    Returns
    -------
    matplotlib.figure.Figure
        The sheet.

    Raises
    ------
    CRSError
        If a layer is not in metres, or two differ.
    RuleError
        If there are no pipes, or `lang` is not known.
    SchemaError
        If the tables lack columns.
    ImportError
        If matplotlib is not installed.
    WriteError
        If the file exists, or cannot be written.

    Examples
    --------
    >>> nodes, pipes = (ilo_gis.tables.empty(name, 32719) for name in ("network_nodes", "pipes"))
    >>> network_map(nodes, pipes)
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: There is nothing to draw: the table has no rows.
    """
    words = WORDS[language(lang)]
    nodes, pipes = conform(nodes, "network_nodes"), conform(pipes, "pipes")
    context = () if lots is None else (lots,)
    kind = "water" if pipes.empty else str(pipes["network"].iloc[0])
    figure, axes, scale = map_sheet(pipes, title or words[kind], lang, note, context)
    colors, wide = _looks(pipes, kind)
    _drawn(axes, pipes, colors, wide)
    _arrows(axes, pipes, scale)
    signs = _signs(axes, nodes, words)
    top = _legend(figure, signs, words, lots is not None)
    sums = pipes.groupby("diameter").agg(
        count=("length", "size"), long=("length", "sum"), cost=("cost", "sum")
    )
    rows = [
        [f"{d:g}", number(row["count"]), number(row["long"]), number(row["cost"])]
        for d, row in sums.iterrows()
    ]
    rows.append([words["total"], *(number(sums[name].sum()) for name in ("count", "long", "cost"))])
    foot = table(figure, top, words["pipes"], words["heads"], rows)
    _swatches(figure, foot, colors, wide)
    if path is not None:
        save_sheet(figure, path, overwrite)
    return figure


def _looks(pipes: gpd.GeoDataFrame, kind: str) -> tuple[dict[float, str], dict[float, float]]:
    """Return colour and width of each diameter."""
    sizes = np.sort(pipes["diameter"].unique())
    share = np.linspace(0, 1, len(sizes))
    ramp = WATER if kind == "water" else SEWER
    colors = {d: ramp[round(s * (len(ramp) - 1))] for d, s in zip(sizes, share, strict=True)}
    return colors, {d: float(np.interp(s, (0, 1), WIDTHS)) for d, s in zip(sizes, share, strict=True)}


def _drawn(axes: Any, pipes: gpd.GeoDataFrame, colors: dict[float, str], wide: dict[float, float]) -> None:
    for k, (size, color) in enumerate(colors.items()):
        lines = np.asarray(pipes.geometry.array[pipes["diameter"] == size], dtype=object)
        drawing.draw_lines(axes, lines, colors=color, linewidths=wide[size], zorder=4 + k * 0.01)


def _arrows(axes: Any, pipes: gpd.GeoDataFrame, scale: float) -> None:
    """Draw arrows of flow on the pipes that carry most, none too near to another."""
    lines = np.asarray(pipes.geometry.array, dtype=object)[
        np.argsort(-pipes["flow"].to_numpy(), kind="stable")
    ]
    middle = shapely.get_coordinates(shapely.line_interpolate_point(lines, 0.5, normalized=True))
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(lines, 0.55, normalized=True))
    apart = ARROW * 72 / scale
    cells = np.floor(middle / apart)
    _, first = np.unique(cells, axis=0, return_index=True)  # the pipe with most flow of each square
    way = ahead[first] - middle[first]
    angle = np.degrees(np.arctan2(way[:, 1], way[:, 0]))
    for (x, y), turn in zip(middle[first], angle, strict=True):
        axes.plot(x, y, marker=(3, 0, turn - 90), markersize=4.2, color=INK, linestyle="none", zorder=6)


def _signs(axes: Any, nodes: gpd.GeoDataFrame, words: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    """Draw source, outfall and what fails; return what the legend says of them."""
    base = {"linestyle": "none", "markeredgecolor": "white", "markeredgewidth": 0.8}
    looks = {
        "source": base | {"marker": "s", "color": "#08306b", "markersize": 11},
        "outfall": base | {"marker": "v", "color": "#3d1f04", "markersize": 12},
        "pump": base | {"marker": "o", "color": FAIL, "markersize": 7},
    }
    told = []
    for kind, look in looks.items():
        some = nodes[nodes["kind"] == kind]
        if len(some):
            xy = shapely.get_coordinates(some.geometry.array)
            axes.plot(*xy.T, **look, zorder=8)
            told.append((look, words[kind] + (f" ({len(some)})" if kind == "pump" else "")))
    arrow = {"marker": (3, 0, -90), "color": INK, "markersize": 5, "linestyle": "none"}
    return [*told, (arrow, words["flow"])]


def _legend(figure: Any, signs: list[tuple[dict[str, Any], str]], words: dict[str, Any], lots: bool) -> float:
    """Write the legend of signs; return where the next thing begins."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    heading(figure, 0.93, words["signs"])
    handles: list[Any] = [Line2D([], [], label=text, **look) for look, text in signs]
    if lots:
        handles.append(Patch(facecolor="#e4e0d6", edgecolor="none", label=words["lots"]))
    tall = 0.03 * len(handles)
    axes = figure.add_axes((LEFT, 0.9 - tall, WIDTH, tall))
    axes.set_axis_off()
    axes.legend(
        handles=handles,
        loc="upper left",
        frameon=False,
        fontsize=8,
        labelcolor=INK,
        borderpad=0,
        labelspacing=0.9,
    )
    return 0.9 - tall - 0.03


def _swatches(figure: Any, top: float, colors: dict[float, str], wide: dict[float, float]) -> None:
    """Show the line of each diameter."""
    tall = 0.024 * len(colors)
    axes = figure.add_axes((LEFT, top - tall, WIDTH, tall))
    axes.set(xlim=(0, 1), ylim=(-len(colors), 0))
    axes.set_axis_off()
    for k, (size, color) in enumerate(colors.items()):
        axes.plot([0, 0.14], [-k - 0.5] * 2, color=color, linewidth=wide[size], solid_capstyle="butt")
        axes.text(0.18, -k - 0.5, f"{size:g} mm", fontsize=8, color=INK, va="center")


def sewer_profile(
    nodes: gpd.GeoDataFrame,
    pipes: gpd.GeoDataFrame,
    path: str | os.PathLike[str] | None = None,
    *,
    title: str | None = None,
    lang: str = "es",
    note: str | None = None,
    overwrite: bool = False,
) -> Any:
    """Draw the profile of the longest line of a sewer: ground, bottom of the pipe, manholes, depths.

    Parameters
    ----------
    nodes, pipes, path, title, lang, note, overwrite
        As for `network_map`; of a sewer that was designed with heights.

    Returns
    -------
    matplotlib.figure.Figure
        The sheet.

    Raises
    ------
    RuleError
        If there are no pipes, their inverts are not known, or `lang` is not known.
    CRSError, SchemaError, ImportError, WriteError
        As for `network_map`.

    Examples
    --------
    >>> nodes, pipes = (ilo_gis.tables.empty(name, 32719) for name in ("network_nodes", "pipes"))
    >>> sewer_profile(nodes, pipes)
    Traceback (most recent call last):
    ilo_gis.errors.RuleError: There is no profile: a sewer with inverts is needed, designed with heights.
    """
    words = WORDS[language(lang)]
    nodes, pipes = conform(nodes, "network_nodes"), conform(pipes, "pipes")
    if pipes.empty or "invert_to" not in pipes or pipes["invert_to"].isna().any():
        raise RuleError("There is no profile: a sewer with inverts is needed, designed with heights.")
    line = _longest(pipes)
    upper = np.cumsum(line["length"].to_numpy())
    lower = upper - line["length"].to_numpy()
    figure = new_sheet(SHEET, DPI)
    axes = figure.add_axes((0.075, 0.13, 0.9, 0.72))
    ground = {"to": nodes["ground"].loc[line["to_node"]], "from": nodes["ground"].loc[line["from_node"]]}
    axes.plot(
        np.append(0, upper),
        np.append(ground["to"].iloc[0], ground["from"]),
        color=GROUND,
        linewidth=1.8,
        label=words["ground"],
    )
    for k, (_, pipe) in enumerate(line.iterrows()):
        ends = [pipe["invert_to"], pipe["invert_from"]]
        label = words["invert"] if k == 0 else None
        axes.plot([lower[k], upper[k]], ends, color=SEWER[3], linewidth=1.8, label=label)
    bottom = nodes["invert"].loc[line["from_node"]].to_numpy()
    label = words["manhole"]
    axes.vlines(upper, bottom, ground["from"], color=MUTED, linewidth=0.6, label=label)
    pumped = (nodes["kind"].loc[line["from_node"]] == "pump").to_numpy()
    if pumped.any():
        axes.plot(upper[pumped], bottom[pumped], "o", color=FAIL, markersize=6, label=words["pump"], zorder=5)
    _labelled(figure, axes, words, (title, note), line, upper[-1])
    if path is not None:
        save_sheet(figure, path, overwrite)
    return figure


def _longest(pipes: pd.DataFrame) -> pd.DataFrame:
    """Return the pipes of the longest way to the outfall, from there on."""
    below = dict(zip(pipes["from_node"], pipes.index, strict=True))
    far: dict[str, float] = {}
    for pipe in pipes.itertuples():  # in the order of construction: what a pipe hangs on is before it
        far[pipe.from_node] = far.get(pipe.to_node, 0.0) + pipe.length
    node, way = max(far, key=lambda name: far[name]), []
    while node in below:
        way.append(below[node])
        node = pipes.at[below[node], "to_node"]
    return pipes.loc[way[::-1]]


def _labelled(
    figure: Any,
    axes: Any,
    words: dict[str, Any],
    texts: tuple[str | None, str | None],
    line: Any,
    long: float,
) -> None:
    from matplotlib.ticker import FuncFormatter

    title, note = texts
    axes.set_xlabel(words["x"], fontsize=9, color=INK)
    axes.set_ylabel(words["y"], fontsize=9, color=INK)
    axes.tick_params(labelsize=8, color=MUTED, labelcolor=INK)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    axes.grid(visible=True, color="#e4e0d6", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_xlim(0, long)
    axes.legend(frameon=False, fontsize=8.5, ncols=4, loc="lower right", bbox_to_anchor=(1, 1.0))
    low, high = axes.get_ylim()
    wide, tall = figure.get_size_inches() * [0.9, 0.72]
    times = (long / wide) / ((high - low) / tall)
    deep = float(line[["depth_from", "depth_to"]].max(axis=None))
    figure.text(
        0.03, 0.945, title or words["profile"], fontsize=14, fontweight="bold", color=INK, va="center"
    )
    below = "   |   ".join(filter(None, [note, words["deepest"].format(deep, number(long), times)]))
    figure.text(0.03, 0.03, below, fontsize=8, color=MUTED, va="center")
