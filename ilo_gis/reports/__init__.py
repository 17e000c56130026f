"""Pages to print and sign, and pages to look at: HTML and PDF."""

from ilo_gis.reports.certificates import certificate_report
from ilo_gis.reports.memoria import memoria_report
from ilo_gis.reports.relocation import relocation_page

__all__ = ["certificate_report", "memoria_report", "relocation_page"]
