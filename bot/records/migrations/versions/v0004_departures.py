"""People who have left.

Their messages that are still being answered, and their rows in backups, must go too.
"""

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
