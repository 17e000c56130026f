"""Real data beside the checkout, where it is there. It is never part of the project."""

from pathlib import Path

FOLDER = Path(__file__).parents[2] / "shared" / "data"


def path(name):
    """Return a file of real data, or None."""
    file = FOLDER / name
    return file if file.exists() else None
