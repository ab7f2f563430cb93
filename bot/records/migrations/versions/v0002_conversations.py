"""Conversations of the page and the interface; how each question was understood."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Makes the table of conversations and adds columns to questions."""
    op.create_table(
        "conversations",
        sa.Column("key", sa.String(52), primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, index=True),
    )
    op.add_column("questions", sa.Column("understood_as", sa.Text))
    op.add_column("questions", sa.Column("jurisdiction", sa.Text))
    op.add_column("questions", sa.Column("rejected", sa.JSON))
    op.add_column("questions", sa.Column("conversation", sa.String(52), index=True))
