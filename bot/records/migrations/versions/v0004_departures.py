"""People who have left: nothing stays of a message that was being answered, nor of what a backup has."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Makes the table of departures."""
    op.create_table(
        "departures",
        sa.Column("mark", sa.String(52), primary_key=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, index=True),
    )
