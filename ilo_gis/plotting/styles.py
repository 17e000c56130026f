"""The one style table: the map (PNG) and the layers in QGIS (QML) are both drawn from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from ilo_gis.tables.kinds import kinds

__all__ = [
    "INK",
    "MUTED",
    "OF_KINDS",
    "OTHERS",
    "PAPER",
    "STYLES",
    "Label",
    "LayerStyle",
    "Symbol",
    "Temporal",
]

INK = "#2f2d29"
MUTED = "#6f6a60"
PAPER = "#f1f0ec"  # land outside the plan
OTHERS = ""  # stands for all values without a symbol of their own, as in QGIS
OF_KINDS = ("reserves", "street_lines")  # layers whose values have other names too


@dataclass(frozen=True)
class Symbol:
    """How one kind of feature looks. Colours are ``#rrggbb``, None is not drawn; widths are in mm.

    On maps the fill of a line covers the width that the feature has on the ground.
    """

    es: str
    en: str
    fill: str | None = None
    hatch: str | None = None
    outline: str | None = None
    width: float = 0.1
    dashed: bool = False
    shown: bool = True  # in QGIS, when the layer opens; the box in the legend turns it on


@dataclass(frozen=True)
class Label:
    """What is written on a feature: the column, its size in points, and its look.

    `text` is an expression of QGIS that is written there instead of the column. A label that stands `beside`
    its feature has a line to it.
    """

    column: str
    size: float
    color: str = INK
    bold: bool = False
    circle: bool = False
    min_scale: int = 0  # the label shows from this scale on (1:n); 0 is always
    below: str = ""  # column of areas that stands under it in QGIS, at scales of plans of lots
    along: bool = False  # in QGIS, on the line that it names
    text: str = ""
    beside: bool = False


@dataclass(frozen=True)
class Temporal:
    """When a feature is there, for QGIS's temporal controller: the columns of its first and its last day.

    Without a column of the last day it stays from the first on, and what has no first day is to come.
    """

    start: str
    end: str = ""


@dataclass(frozen=True)
class LayerStyle:
    """Looks of a layer: one symbol, or one for each value of `column`. Higher `zorder` lies on top.

    A value of ``OTHERS`` stands for all that have no symbol of their own. `holds` is an expression of
    QGIS that tells which features are in force; others are not shown there. Outlines keep their width up
    to the scale `thin_from` (1:n, 0 is always); on smaller maps QGIS draws them thinner in step with the
    map, lest many small features become one black mass.
    """

    es: str
    en: str
    zorder: int
    symbols: Mapping[str, Symbol]
    column: str | None = None
    label: Label | None = field(default=None)
    temporal: Temporal | None = None
    holds: str = ""
    thin_from: int = 0


def _symbols(**symbols: Symbol) -> MappingProxyType[str, Symbol]:
    return MappingProxyType(symbols)


def _of_kinds(table: str, **looks: dict[str, Any]) -> dict[str, Symbol]:
    """Return a symbol for each kind of the features of a table, under the name the kind has."""
    return {
        name: Symbol(kind.es, kind.en, **{"width": 0.15, **looks[name]})
        for name, kind in kinds(table).items()
    }


STYLES: MappingProxyType[str, LayerStyle] = MappingProxyType(
    {
        "streets": LayerStyle(
            es="Vías",
            en="Streets",
            zorder=1,
            symbols=_symbols(all=Symbol("Vías", "Streets", fill="#ffffff", outline="#cfcabf", width=0.1)),
        ),
        "losses": LayerStyle(
            es="No edificable",
            en="Not for building",
            zorder=1,
            symbols=_symbols(
                all=Symbol(
                    "No edificable",
                    "Not for building",
                    fill="#eceae4",
                    hatch="#b9b2a5",
                    outline="#b9b2a5",
                    width=0.1,
                )
            ),
        ),
        "reserves": LayerStyle(
            es="Aportes",
            en="Reserves",
            zorder=2,
            column="kind",
            symbols=_of_kinds(
                "reserves",
                recreation={"fill": "#c5dfb2", "outline": "#7fa968"},
                parks_zonal={"fill": "#9fca8c", "outline": "#5f9150"},
                education={"fill": "#b9d3ea", "outline": "#6f9cc4"},
                other={"fill": "#f3d6a4", "outline": "#c79a52"},
            )
            | {OTHERS: Symbol("Aportes", "Reserves", "#dcebd0", "#7fa968", "#7fa968", 0.15)},
        ),
        "lots": LayerStyle(
            es="Lotes",
            en="Lots",
            zorder=2,
            column="kind",
            symbols=_symbols(
                lot=Symbol("Lotes", "Lots", fill="#fbf3d9", outline="#a3977c", width=0.1),
                remnant=Symbol(
                    "Remanentes", "Remnants", fill="#e8e3d9", hatch="#a19683", outline="#968b78", width=0.1
                ),
            ),
            label=Label("number", size=6.5, color="#5d543f", min_scale=2500, below="area"),
            thin_from=5000,
        ),
        "street_lines": LayerStyle(
            es="Ejes de vía",
            en="Street centre lines",
            zorder=3,
            column="street_class",
            symbols=_of_kinds(
                "street_lines",
                collector={"fill": "#aca498", "outline": "#c07f3c", "width": 0.45, "dashed": True},
                principal={"fill": "#ddd8ce", "outline": "#b59a68", "width": 0.22, "dashed": True},
                secondary={"outline": "#b5b0a5", "width": 0.12, "dashed": True},
                passage={"outline": "#8fae86", "width": 0.12, "dashed": True},
            )
            | {
                OTHERS: Symbol(
                    "Ejes de vía", "Street centre lines", outline="#b5b0a5", width=0.12, dashed=True
                )
            },
            label=Label("name", size=7, min_scale=7500, along=True),
        ),
        "blocks": LayerStyle(
            es="Manzanas",
            en="Blocks",
            zorder=4,
            symbols=_symbols(all=Symbol("Manzanas", "Blocks", outline="#3a3833", width=0.4)),
            label=Label("block_id", size=9, bold=True, circle=True, min_scale=15000),
            thin_from=7500,
        ),
        "findings": LayerStyle(
            es="Hallazgos",
            en="Findings",
            zorder=5,
            column="severity",
            symbols=_symbols(
                error=Symbol("Errores", "Errors", outline="#c0281c", width=0.6),
                warning=Symbol("Advertencias", "Warnings", outline="#d9820f", width=0.5),
                info=Symbol("Avisos", "Notes", outline="#3b76a8", width=0.4, shown=False),
            ),
        ),
    }
)
