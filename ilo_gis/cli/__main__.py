"""``python -m ilo_gis.cli``."""

from ilo_gis.cli import main

main()
