"""Editing without a window: gestures written to layers as one step, and taken back as one."""
