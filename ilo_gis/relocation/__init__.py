"""Relocations: what stood on the seafront, where it goes, and what of the coast that frees."""

from ilo_gis.relocation.balance import Balance, balance
from ilo_gis.relocation.calendars import calendars, work_calendar
from ilo_gis.relocation.checks import check_programme
from ilo_gis.relocation.coast import check_fronts, coast_lines, stretches
from ilo_gis.relocation.continuity import Continuity, continuity
from ilo_gis.relocation.curve import programme_curve
from ilo_gis.relocation.delays import delay_effects, delays
from ilo_gis.relocation.lot_groups import sites_on_lots
from ilo_gis.relocation.matching import Matching, match
from ilo_gis.relocation.needs import Need, Needs, household_count, usual_needs
from ilo_gis.relocation.occupancy import occupancy
from ilo_gis.relocation.programme import freed_by_date, programme_rows, status
from ilo_gis.relocation.reading import Programme, read_tables
from ilo_gis.relocation.receiving import Reservation, adjoining_lots, reserve_lots
from ilo_gis.relocation.schedule import Schedule, compare_schedules, schedule
from ilo_gis.relocation.shore import check_shore, kilometre
from ilo_gis.relocation.states import state_on, steps

__all__ = [
    "Balance",
    "Continuity",
    "Matching",
    "Need",
    "Needs",
    "Programme",
    "Reservation",
    "Schedule",
    "adjoining_lots",
    "balance",
    "calendars",
    "check_fronts",
    "check_programme",
    "check_shore",
    "coast_lines",
    "compare_schedules",
    "continuity",
    "delay_effects",
    "delays",
    "freed_by_date",
    "household_count",
    "kilometre",
    "match",
    "occupancy",
    "programme_curve",
    "programme_rows",
    "read_tables",
    "reserve_lots",
    "schedule",
    "sites_on_lots",
    "state_on",
    "status",
    "steps",
    "stretches",
    "usual_needs",
    "work_calendar",
]
