"""The first form: documents, mentions, claims, events.  Made whole by the program itself; there is nothing to do."""

from __future__ import annotations

revision = "1"
down_revision = None


def upgrade() -> None:
    """Nothing: stores of this form exist already."""
