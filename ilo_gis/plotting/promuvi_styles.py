"""Looks of PROMUVI, for maps, charts and QGIS: stages of lots and states of services.

Stages go from light to dark, services from yellow over orange to blue: whoever cannot tell red from green
tells them apart, and so does a copy in black and white.
"""

from __future__ import annotations

from types import MappingProxyType

from ilo_gis.plotting.styles import OTHERS, Label, LayerStyle, Symbol

__all__ = ["PROMUVI_STYLES", "SERVICE_STATES", "STAGES"]


def _stage(es: str, en: str, fill: str, outline: str) -> Symbol:
    return Symbol(es, en, fill=fill, outline=outline, width=0.08)


STAGES = MappingProxyType(
    {
        "free": _stage("Libre", "Free", "#ffffff", "#8d877a"),
        "allotted": _stage("Asignado", "Allotted", "#f7e08b", "#b79a2f"),
        "occupied": _stage("Ocupado", "Occupied", "#7ecbb4", "#3f8f79"),
        "adjudicated": _stage("Adjudicado", "Adjudicated", "#2c8fb8", "#175d7b"),
        "titled": _stage("Titulado", "Titled", "#1f2f6f", "#0f1a45"),
    }
)
SERVICE_STATES = MappingProxyType(
    {
        "none": _stage("Sin obra", "No works", "#ffffff", "#8d877a"),
        "planned": _stage("Previsto", "Planned", "#f7e08b", "#b79a2f"),
        "under_way": _stage("En ejecución", "Under way", "#e8853a", "#a4551a"),
        "done": _stage("Terminado", "Done", "#2166ac", "#123d6b"),
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
