"""Looks of a seafront and of those who leave it, for maps and for QGIS."""

from __future__ import annotations

from types import MappingProxyType

from ilo_gis.plotting.styles import OTHERS, Label, LayerStyle, Symbol, Temporal
from ilo_gis.tables.kinds import kinds

__all__ = ["FREED", "OCCUPIED", "OPEN", "RELOCATION_STYLES", "SEA", "WORKS"]

SEA = Symbol("Mar", "Sea", fill="#d5e6ee", outline="#5b8ba1", width=0.3)
OCCUPIED = Symbol("Ocupado", "Occupied", fill="#a8442c", outline="#6f2616", width=0.15)
FREED = Symbol("Liberado", "Freed", fill="#f3dfa6", outline="#a8884a", width=0.15)
OPEN = Symbol("Malecón abierto al público", "Seafront open to the public", "#5fb5a2", None, "#2f7d6e", 0.15)
WORKS = Symbol("Obras del malecón", "Works on the seafront", "#e3f0ec", "#5fb5a2", "#5fb5a2", 0.12)


def _of(table: str, looks: dict[str, tuple[str, str]]) -> dict[str, Symbol]:
    named = kinds(table)
    return {
        name: Symbol(named[name].es, named[name].en, fill=fill, outline=line, width=0.2)
        for name, (fill, line) in looks.items()
    }


OCCUPANTS = {
    "institution": ("#8a5a83", "#5a3555"),
    "business": ("#c9803a", "#8a5218"),
    "informal_business": ("#dfb04a", "#97721a"),
    "households": ("#a8442c", "#6f2616"),
}
SEAFRONT = {
    "promenade": ("#5fb5a2", "#2f7d6e"),
    "amphitheatre": ("#4a93b5", "#255f7c"),
    "plaza": ("#a9d18e", "#5f8f45"),
    "playground": ("#d3e08a", "#8a993a"),
    "road": ("#c4bfb5", "#8a857b"),
    "housing": ("#f0c36d", "#a87f2c"),
    "city_hall": ("#d98f8f", "#9a4f4f"),
    "culture": ("#b39ccf", "#75609a"),
    "tourism": ("#f2b8a0", "#b06e52"),
}

SPANISH = "regexp_replace(\"name\", ' / .*', '')"  # names stand in two languages
UNTIL = "coalesce('\n(hasta ' || format_date(\"end\", 'MM/yyyy') || ')', '')"
WHO_AND_UNTIL = f"wordwrap({SPANISH}, 28) || {UNTIL}"

RELOCATION_STYLES: MappingProxyType[str, LayerStyle] = MappingProxyType(
    {
        "seafront": LayerStyle(
            es="Malecón",
            en="Seafront",
            zorder=2,
            column="use",
            symbols=MappingProxyType(
                _of("seafront", SEAFRONT)
                | {OTHERS: Symbol("Otro uso", "Other use", "#dcd8cf", None, "#a39d90")}
            ),
            temporal=Temporal("end"),  # a piece is there from the day it was opened
        ),
        "occupants": LayerStyle(
            es="Ocupantes",
            en="Occupants",
            zorder=3,
            column="kind",
            symbols=MappingProxyType(
                _of("occupants", OCCUPANTS) | {OTHERS: Symbol("Otros", "Others", "#9b948a", None, "#5f594f")}
            ),
            label=Label("occupant_id", size=7.5, min_scale=25000, text=WHO_AND_UNTIL, beside=True),
            temporal=Temporal("start", "end"),
        ),
        "stretches": LayerStyle(
            es="Ribera por tramos",
            en="Shoreline by stretches",
            zorder=4,
            column="state",
            symbols=MappingProxyType(
                {
                    name: Symbol(one.es, one.en, outline=one.fill, width=1.2)
                    for name, one in (("occupied", OCCUPIED), ("freed", FREED))
                }
                | {"open": Symbol("Abierto", "Open", outline=OPEN.fill, width=1.2)}
            ),
        ),
    }
)
