"""The schema as it was first in use, before versions were counted."""

from pathlib import Path

from alembic import op

from ilo_gis.io.postgis_schema import run

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make scenarios, facts and history."""
    run(op.get_bind(), Path(__file__).with_suffix(".sql").read_text("utf-8"))
