"""The tools of ilo_gis as Processing algorithms."""
