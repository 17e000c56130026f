"""PROMUVI, the municipal housing programme: from application to title, lot by lot, with the services."""

from ilo_gis.promuvi.accounts import accounts
from ilo_gis.promuvi.advance import advance, counter_event
from ilo_gis.promuvi.allotment import Allotment, allot
from ilo_gis.promuvi.backlog import backlog
from ilo_gis.promuvi.blockers import blockers
from ilo_gis.promuvi.chain_rules import StageRules, stage_rules
from ilo_gis.promuvi.curves import pace, service_curve, stage_curve, work_costs
from ilo_gis.promuvi.designs import design_fits, house_growth, winning_designs
from ilo_gis.promuvi.duplicates import duplicate_reasons, near_duplicates
from ilo_gis.promuvi.durations import stage_times
from ilo_gis.promuvi.eligibility import check_register, eligibility
from ilo_gis.promuvi.event_checks import check_events
from ilo_gis.promuvi.fees import charges_for, fee_cap, fee_steps
from ilo_gis.promuvi.finance import check_finance, finance_shares, finance_sources
from ilo_gis.promuvi.forecast import forecast
from ilo_gis.promuvi.missing import why_not
from ilo_gis.promuvi.payment_checks import check_payments
from ilo_gis.promuvi.progress import lot_progress, service_progress, stage_progress
from ilo_gis.promuvi.ranking import Ranking, rank
from ilo_gis.promuvi.replay import Replay, replay
from ilo_gis.promuvi.rules import Rule, Rules, reason_texts, usual_rules
from ilo_gis.promuvi.services import check_works, done_dates, finance_dates, services, services_on
from ilo_gis.promuvi.sound_money import require_sound_money, sound_accounts
from ilo_gis.promuvi.states import state_on
from ilo_gis.promuvi.stays import stage_dates, stays
from ilo_gis.promuvi.tenures import tenures
from ilo_gis.promuvi.tickets import hash_of, tickets
from ilo_gis.promuvi.weights import Criterion, Weights, usual_weights

__all__ = [
    "Allotment",
    "Criterion",
    "Ranking",
    "Replay",
    "Rule",
    "Rules",
    "StageRules",
    "Weights",
    "accounts",
    "advance",
    "allot",
    "backlog",
    "blockers",
    "charges_for",
    "check_events",
    "check_finance",
    "check_payments",
    "check_register",
    "check_works",
    "counter_event",
    "design_fits",
    "done_dates",
    "duplicate_reasons",
    "eligibility",
    "fee_cap",
    "fee_steps",
    "finance_dates",
    "finance_shares",
    "finance_sources",
    "forecast",
    "hash_of",
    "house_growth",
    "lot_progress",
    "near_duplicates",
    "pace",
    "rank",
    "reason_texts",
    "replay",
    "require_sound_money",
    "service_curve",
    "service_progress",
    "services",
    "services_on",
    "sound_accounts",
    "stage_curve",
    "stage_dates",
    "stage_progress",
    "stage_rules",
    "stage_times",
    "state_on",
    "stays",
    "tenures",
    "tickets",
    "usual_rules",
    "usual_weights",
    "why_not",
    "winning_designs",
    "work_costs",
]
