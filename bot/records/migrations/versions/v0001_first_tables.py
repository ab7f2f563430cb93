"""The first tables: receipts, questions, feedback, chats."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "receipts",
        sa.Column("person", sa.String(52), primary_key=True),
        sa.Column("key", sa.String(52), primary_key=True),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("reply", sa.Text),
        sa.Column("status", sa.String(40)),
        _created_at(),
    )
    op.create_table(
        "questions",
        sa.Column("answer_id", sa.String(40), primary_key=True),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("person", sa.String(52), index=True),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("clause_ids", sa.JSON, nullable=False),
        _created_at(),
    )
    op.create_table(
        "feedback",
        sa.Column("answer_id", sa.String(40), primary_key=True),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text),
        _created_at(),
    )
    op.create_table(
        "chats",
        sa.Column("person", sa.String(52), primary_key=True),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        _created_at(),
    )


def _created_at() -> sa.Column[object]:
    return sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, index=True)
