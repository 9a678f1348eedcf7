"""What people decide: the log of reviews, where its claims stand, and the state of review of each event."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"


def upgrade() -> None:
    """Two new tables, three new columns of events ('' = nobody has decided anything)."""
    op.create_table(
        "reviews",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("uid", sa.String, nullable=False, unique=True),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("target_kind", sa.String, nullable=False),
        sa.Column("target", sa.String, nullable=False, index=True),
        sa.Column("claims_json", sa.Text, nullable=False),
        sa.Column("field", sa.String),
        sa.Column("old_json", sa.Text),
        sa.Column("new_json", sa.Text),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("undoes", sa.Integer, index=True),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "review_claims",
        sa.Column("seq", sa.Integer, sa.ForeignKey("reviews.seq", ondelete="CASCADE"), primary_key=True),
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("side", sa.Integer, nullable=False),
        sa.Column("claim_id", sa.String, nullable=False, index=True),
        sa.Column("doc_id", sa.String, nullable=False, index=True),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
    )
    for name in ("review", "reviewed_by", "edited"):
        op.add_column("events", sa.Column(name, sa.Text, nullable=False, server_default=""))
