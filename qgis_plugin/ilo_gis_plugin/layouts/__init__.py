"""Sheets on paper: a plan as layers of its own, laid out and written to PDF."""
