"""Looks of PROMUVI, for maps, charts and QGIS: stages of lots and states of services.

Stages go from light to dark, services from yellow over orange to blue: whoever cannot tell red from green
tells them apart, and so does a copy in black and white.
"""

from __future__ import annotations

from types import MappingProxyType

from ilo_gis.plotting.styles import OTHERS, Label, LayerStyle, Symbol

__all__ = ["PROMUVI_STYLES", "SERVICE_STATES", "STAGES", "stage_symbol"]


def stage_symbol(es: str, en: str, fill: str, outline: str) -> Symbol:
    """Return how lots in a state look."""
    return Symbol(es, en, fill=fill, outline=outline, width=0.08)


STAGES = MappingProxyType(
    {
        "free": stage_symbol("Libre", "Free", "#ffffff", "#8d877a"),
        "allotted": stage_symbol("Asignado", "Allotted", "#f7e08b", "#b79a2f"),
        "occupied": stage_symbol("Ocupado", "Occupied", "#7ecbb4", "#3f8f79"),
        "adjudicated": stage_symbol("Adjudicado", "Adjudicated", "#2c8fb8", "#175d7b"),
        "titled": stage_symbol("Titulado", "Titled", "#1f2f6f", "#0f1a45"),
    }
)
SERVICE_STATES = MappingProxyType(
    {
        "none": stage_symbol("Sin obra", "No works", "#ffffff", "#8d877a"),
        "planned": stage_symbol("Previsto", "Planned", "#f7e08b", "#b79a2f"),
        "under_way": stage_symbol("En ejecución", "Under way", "#e8853a", "#a4551a"),
        "done": stage_symbol("Terminado", "Done", "#2166ac", "#123d6b"),
    }
)

PROMUVI_STYLES: MappingProxyType[str, LayerStyle] = MappingProxyType(
    {
        "lot_progress": LayerStyle(
            es="Lotes por etapa",
            en="Lots by stage",
            zorder=2,
            column="stage",
            symbols=MappingProxyType(
                dict(STAGES) | {OTHERS: Symbol("Sin etapa", "No stage", "#e8e3d9", "#a19683", "#968b78")}
            ),
            label=Label("lot_id", size=6, min_scale=1500),
            thin_from=5000,
        ),
    }
)
