"""Docks of interactive editing: lists beside the map that gestures begin or end in."""
