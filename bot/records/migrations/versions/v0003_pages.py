"""Pages of answers, which are shown again for half an hour."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Makes the table of pages."""
    op.create_table(
        "pages",
        sa.Column("key", sa.String(52), primary_key=True),
        sa.Column("page", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, index=True),
    )
