"""The data model: one CSV per table says what columns a layer has, in what type and unit."""

from ilo_gis.geometry.terrain import Elevation
from ilo_gis.tables.acceptance import accept, accepted_reasons
from ilo_gis.tables.checks import require_geometry, require_metres, require_same_crs
from ilo_gis.tables.findings import findings, join_findings
from ilo_gis.tables.plan import Plan
from ilo_gis.tables.private import private_columns, require_no_private
from ilo_gis.tables.schema import complete, conform, describe, empty, names
from ilo_gis.tables.shapes import by_kind
from ilo_gis.tables.stacking import alike

__all__ = [
    "Elevation",
    "Plan",
    "accept",
    "accepted_reasons",
    "alike",
    "by_kind",
    "complete",
    "conform",
    "describe",
    "empty",
    "findings",
    "join_findings",
    "names",
    "private_columns",
    "require_geometry",
    "require_metres",
    "require_no_private",
    "require_same_crs",
]
