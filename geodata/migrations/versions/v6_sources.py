"""What tells a reprint from a report of its own: a print of each text; which source of its event a claim is from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from geodata.prints import print_of

revision = "6"
down_revision = "5"


def upgrade() -> None:
    """One column of documents, made from the texts; one of event_claims, filled as events are next put right."""
    op.add_column("documents", sa.Column("print", sa.Text, nullable=False, server_default=""))
    op.add_column("event_claims", sa.Column("source", sa.Integer, nullable=False, server_default="0"))
    conn = op.get_bind()
    documents = sa.table("documents", sa.column("doc_id"), sa.column("text"), sa.column("print"))
    known = [r[0] for r in conn.execute(sa.select(documents.c.doc_id))]
    for doc_id in known:  # one by one: the texts need not fit into memory
        here = documents.c.doc_id == doc_id
        text = conn.execute(sa.select(documents.c.text).where(here)).scalar_one()
        conn.execute(documents.update().where(here).values(print=print_of(text)))
