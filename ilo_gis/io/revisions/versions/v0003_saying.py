"""What other programs write, such as QGIS, has a reason in the history too."""

from pathlib import Path

from alembic import op

from ilo_gis.io.postgis_schema import run

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Let an account say for some minutes why it writes."""
    run(op.get_bind(), Path(__file__).with_suffix(".sql").read_text("utf-8"))
