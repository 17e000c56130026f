"""Looks of constraints, zones and shared land on maps and in QGIS. Zones have catalogue colours."""

from __future__ import annotations

from types import MappingProxyType

from ilo_gis.plotting.styles import OTHERS, Label, LayerStyle, Symbol
from ilo_gis.tables.catalogues import ZoneType, catalogues

__all__ = ["EDGE", "GROUPS", "UNKNOWN_ZONE", "ZONING_STYLES", "zone_symbol"]

EDGE = "#5a564d"
GROUPS = ("#e0863c", "#5b8fc7", "#7fb069", "#b283bd", "#d9c04a", "#5fb3ad", "#c96a6a", "#8f8f8f")
DAY = "coalesce(@map_start_time, now())"  # of QGIS's temporal controller where it runs
IN_FORCE = f'coalesce("since", "approved", {DAY}) <= {DAY} AND coalesce("until" > {DAY}, true)'
UNKNOWN_ZONE = Symbol("Código desconocido", "Unknown code", "#ffffff", "#c0281c", "#c0281c", 0.3)


def zone_symbol(zone: ZoneType) -> Symbol:
    """Return how a code of a catalogue looks."""
    return Symbol(
        f"{zone.code}: {zone.es}", f"{zone.code}: {zone.en}", fill=zone.color, outline=EDGE, width=0.2
    )


def _constraint(es: str, en: str, fill: str, outline: str) -> Symbol:
    return Symbol(es, en, fill=fill, outline=outline, width=0.2)


ZONES = {code: zone_symbol(zone) for one in catalogues().values() for code, zone in one.zones.items()}

SHARES = {  # the groups of Ilo
    name: Symbol(name, name, fill=fill, outline=EDGE)
    for name, fill in zip(("PROMUVI", "ENACE-FONAVI", "Asociaciones"), GROUPS, strict=False)
}

ZONING_STYLES: MappingProxyType[str, LayerStyle] = MappingProxyType(
    {
        "constraints": LayerStyle(
            es="Restricciones",
            en="Constraints",
            zorder=3,
            column="kind",
            symbols=MappingProxyType(
                {
                    "shore": _constraint("Orilla del mar", "Shore", "#8cc4de", "#3f86a8"),
                    "railway": _constraint("Ferrocarril", "Railway", "#8d8d8d", "#4a4a4a"),
                    "ravine": _constraint("Quebrada", "Ravine", "#7fb8a4", "#3d7f69"),
                    "river": _constraint("Río", "River", "#5f95cf", "#2f629a"),
                    "power_line": _constraint("Línea eléctrica", "Power line", "#f2c53d", "#a87f06"),
                    "airport": _constraint("Aeropuerto", "Airport", "#b6a6d6", "#74609f"),
                    "industry": _constraint("Industria", "Industry", "#9864b8", "#663089"),
                    "slope": _constraint("Pendiente", "Slope", "#c99b6d", "#8a6238"),
                    "fault": _constraint("Falla geológica", "Geological fault", "#d1584c", "#8e271d"),
                    "occupation": _constraint(
                        "Ocupación existente", "Existing occupation", "#d9b3a6", "#9a6a59"
                    ),
                    "monument": _constraint("Monumento", "Monument", "#b08d57", "#75582a"),
                    OTHERS: _constraint("Otra restricción", "Other constraint", "#bdb7ab", "#7d776b"),
                }
            ),
        ),
        "zones": LayerStyle(
            es="Zonificación",
            en="Zoning",
            zorder=2,
            column="code",
            symbols=MappingProxyType({**ZONES, OTHERS: UNKNOWN_ZONE}),
            label=Label("code", size=9, bold=True, min_scale=40000),
            holds=IN_FORCE,
        ),
        "lot_zones": LayerStyle(
            es="Lotes por zona",
            en="Lots by zone",
            zorder=4,
            column="code",
            symbols=MappingProxyType({**ZONES, OTHERS: UNKNOWN_ZONE}),
        ),
        "land": LayerStyle(
            es="Suelo edificable",
            en="Land fit for building",
            zorder=1,
            symbols=MappingProxyType(
                {"all": Symbol("Suelo edificable", "Land fit for building", "#fbf3d9", outline=EDGE)}
            ),
            label=Label("land_id", size=10, bold=True),
        ),
        "phases": LayerStyle(
            es="Etapas de crecimiento",
            en="Phases of growth",
            zorder=2,
            symbols=MappingProxyType(
                {"all": Symbol("Área", "Area", "#a6cbe3", outline="#2f7ebc", width=0.3)}
            ),
            label=Label("opened", size=10, bold=True),
        ),
        "land_shares": LayerStyle(
            es="Distribución del suelo",
            en="Shares of land",
            zorder=2,
            column="group",
            symbols=MappingProxyType(
                {**SHARES, OTHERS: Symbol("Otro grupo", "Other group", "#bdb7ab", outline=EDGE)}
            ),
        ),
    }
)
