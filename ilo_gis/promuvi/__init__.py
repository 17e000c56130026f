"""PROMUVI, the municipal housing programme: from application to title, lot by lot, with the services."""

from ilo_gis.promuvi.services import check_works, done_dates, finance_dates, services, services_on

__all__ = ["check_works", "done_dates", "finance_dates", "services", "services_on"]
