"""Pages to print and sign: HTML and PDF."""

from ilo_gis.reports.certificates import certificate_report

__all__ = ["certificate_report"]
