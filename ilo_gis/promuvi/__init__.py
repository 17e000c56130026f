"""PROMUVI, the municipal housing programme: from application to title, lot by lot, with the services."""

from ilo_gis.promuvi.accounts import accounts
from ilo_gis.promuvi.fees import charges_for, fee_cap, fee_steps
from ilo_gis.promuvi.payment_checks import check_payments
from ilo_gis.promuvi.services import check_works, done_dates, finance_dates, services, services_on
from ilo_gis.promuvi.tenures import tenures

__all__ = [
    "accounts",
    "charges_for",
    "check_payments",
    "check_works",
    "done_dates",
    "fee_cap",
    "fee_steps",
    "finance_dates",
    "services",
    "services_on",
    "tenures",
]
