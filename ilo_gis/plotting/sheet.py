"""The sheet that maps are drawn on: its size, its frames, its file."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable
from typing import Any

import numpy as np

from ilo_gis.errors import RuleError
from ilo_gis.plotting.styles import INK, PAPER
from ilo_gis.tables import Plan
from ilo_gis.tables.units import crs_text

__all__ = ["Box", "box_of", "crs_name", "frame", "new_sheet", "save_sheet"]

Box = tuple[float, float, float, float]


def new_sheet(size: tuple[float, float], dpi: int) -> Any:
    """Return an empty figure of a size in inches."""
    try:
        with warnings.catch_warnings():  # Debian's mpl_toolkits beside a matplotlib from PyPI: no harm
            warnings.filterwarnings("ignore", "Unable to import Axes3D")
            from matplotlib.backends.backend_agg import FigureCanvasAgg
            from matplotlib.figure import Figure
    except ImportError as error:
        raise ImportError(f'Maps need matplotlib ({error}): pip install "ilo-gis[plot]"') from error
    figure = Figure(figsize=size, dpi=dpi, facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def save_sheet(figure: Any, path: str | os.PathLike[str], overwrite: bool) -> None:
    """Write a figure as PNG, whole or not at all."""
    from ilo_gis.io.atomic import replacing

    with replacing(path, overwrite) as temporary:
        figure.savefig(temporary, format="png", metadata={"Software": None})


def box_of(plans: Iterable[Plan], extent: Box | None = None) -> Box:
    """Return the extent to draw: the given one, or all of the plans with some room around them."""
    if extent is not None:
        return extent
    layers = [layer for plan in plans for layer in (plan.streets, plan.blocks, plan.lots, plan.losses)]
    bounds = [b for b in (layer.total_bounds for layer in layers if len(layer)) if np.isfinite(b).all()]
    if not bounds:
        raise RuleError("The plan has no blocks, streets or lots: there is nothing to draw.")
    low, high = np.min(bounds, axis=0)[:2], np.max(bounds, axis=0)[2:]
    pad = 0.03 * (high - low).max()
    return (*(low - pad), *(high + pad))


def frame(axes: Any, box: Box) -> float:
    """Fit a box into an axes with one scale for x and y; return points on paper per metre."""
    place, (wide, high) = axes.get_position(), axes.figure.get_size_inches()
    width, height = place.width * wide, place.height * high
    per_inch = max((box[2] - box[0]) / width, (box[3] - box[1]) / height, 1e-6)
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    axes.set_xlim(x - per_inch * width / 2, x + per_inch * width / 2)
    axes.set_ylim(y - per_inch * height / 2, y + per_inch * height / 2)
    axes.set_facecolor(PAPER)
    for spine in axes.spines.values():
        spine.set(color=INK, linewidth=0.8, zorder=11)
    return 72 / per_inch


def crs_name(crs: Any, lang: str) -> str:
    """Return the name of a CRS in Spanish or English, and its code."""
    code = crs.to_epsg()
    return crs_text(crs, lang) + (f" (EPSG:{code})" if code else "")
