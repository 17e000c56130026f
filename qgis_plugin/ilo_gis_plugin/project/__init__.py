"""Projects of Ilo GIS in QGIS: made, opened, and laid out as planners work with them."""
