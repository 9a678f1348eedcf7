"""Other people's datasets: which there are, and their rows as they were read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "4"
down_revision = "3"


def upgrade() -> None:
    """Two new tables."""
    op.create_table(
        "datasets",
        sa.Column("dataset", sa.String, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("licence", sa.Text, nullable=False),
        sa.Column("attribution", sa.Text, nullable=False),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("imported", sa.String, nullable=False),
    )
    op.create_table(
        "native_rows",
        sa.Column("doc_id", sa.String, sa.ForeignKey("documents.doc_id", ondelete="CASCADE"), primary_key=True),
        sa.Column("dataset", sa.String, sa.ForeignKey("datasets.dataset"), nullable=False, index=True),
        sa.Column("native_id", sa.String, nullable=False),
        sa.Column("row_json", sa.Text, nullable=False),
    )
