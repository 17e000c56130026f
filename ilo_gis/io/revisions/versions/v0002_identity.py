"""A project can be told from every other, and an update by what was read earlier is refused."""

from pathlib import Path

from alembic import op

from ilo_gis.io.postgis_schema import run

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Give the project an identity, and rows their guard."""
    run(op.get_bind(), Path(__file__).with_suffix(".sql").read_text("utf-8"))
