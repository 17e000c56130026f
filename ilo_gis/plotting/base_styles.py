"""Looks of what lies under and around a plan, pale, and of layers that show a table once more."""

from __future__ import annotations

from types import MappingProxyType

from ilo_gis.plotting.promuvi_styles import stage_symbol
from ilo_gis.plotting.styles import MUTED, OTHERS, PAPER, Label, LayerStyle, Symbol

__all__ = ["BASE_STYLES", "VIEWS"]

# services of a lot from the least to the most; what the works of a PROMUVI come to in a year or two
SERVED = """CASE WHEN "water" = 'done' AND "sewer" = 'done' AND "electricity" = 'done'
 THEN if("paving" = 'done', 'paved', 'served')
 WHEN 'done' IN ("water", "sewer", "electricity") THEN 'partly'
 WHEN "tap" = 'done' THEN 'tap' ELSE 'none' END"""

BASE_STYLES: MappingProxyType[str, LayerStyle] = MappingProxyType(
    {
        "surroundings": LayerStyle(
            es="Entorno",
            en="Surroundings",
            zorder=0,
            column="kind",
            symbols=MappingProxyType(
                {
                    "sea": Symbol("Mar", "Sea", "#e3eef3", None, "#8fb3c4", 0.35),
                    "town": Symbol("Ciudad", "Town", "#f4f2ee", None, "#d8d3c9", 0.15),
                    "blocks": Symbol("Manzanas existentes", "Existing blocks", "#eceae4", None, "#d0cabe"),
                    "railway": Symbol("Ferrocarril", "Railway", "#dedad2", None, "#a8a196"),
                    OTHERS: Symbol("Otros lugares", "Other places", PAPER, None, "#d8d3c9"),
                }
            ),
            label=Label("name", size=8, color=MUTED),
        ),
    }
)

# a table once more in a look of its own: by the name of the layer in the tree, the table and its look
VIEWS: MappingProxyType[str, tuple[str, LayerStyle]] = MappingProxyType(
    {
        "block_outlines": (
            "blocks",
            LayerStyle(
                es="Manzanas (contorno)",
                en="Blocks (outline)",
                zorder=4,
                symbols=MappingProxyType(
                    {"all": Symbol("Manzanas", "Blocks", outline="#7d776b", width=0.15)}
                ),
                label=Label("block_id", size=7, color=MUTED, min_scale=6000),
            ),
        ),
        "lot_services": (
            "lot_progress",
            LayerStyle(
                es="Servicios de los lotes",
                en="Services of lots",
                zorder=2,
                column=SERVED,
                symbols=MappingProxyType(
                    {
                        "none": stage_symbol("Sin servicios", "No services", "#ffffff", "#8d877a"),
                        "tap": stage_symbol("Pileta pública", "Public tap", "#f7e08b", "#b79a2f"),
                        "partly": stage_symbol(
                            "Parte: agua, desagüe o luz",
                            "Part: water, sewer or power",
                            "#7ecbb4",
                            "#3f8f79",
                        ),
                        "served": stage_symbol(
                            "Agua, desagüe y luz", "Water, sewer and power", "#2c8fb8", "#175d7b"
                        ),
                        "paved": stage_symbol(
                            "Todo y vía pavimentada", "All and paved street", "#1f2f6f", "#0f1a45"
                        ),
                    }
                ),
                label=Label("lot_id", size=6, min_scale=1500),
                thin_from=5000,
            ),
        ),
    }
)
