"""What `check` asks of the store: rows that must fit together.  Reads only."""

from __future__ import annotations

from sqlalchemy import Column, select

from geodata import tables as t
from geodata.store import Row, Store

__all__ = ["dangling", "document_ids", "spans_of"]


def document_ids(store: Store) -> list[str]:
    """All documents."""
    return [str(r["doc_id"]) for r in store.rows(select(t.documents.c.doc_id).order_by(t.documents.c.doc_id))]


def spans_of(store: Store, doc_id: str) -> list[Row]:
    """What stands where in a document: table, id, start, end, words (None where they are not kept)."""
    c, m = t.claims.c, t.mentions.c
    claims = store.rows(select(c.claim_id, c.start, c.end, c.quote).where(c.doc_id == doc_id))
    names = store.rows(select(m.seq, m.start, m.end, m.text).where(m.doc_id == doc_id))
    out = [_span("claims", r["claim_id"], r, r["quote"]) for r in claims]
    return out + [_span("mentions", r["seq"], r, r["text"]) for r in names]


def _span(table: str, key: object, row: Row, words: str | None) -> Row:
    return {"table": table, "id": str(key), "start": row["start"], "end": row["end"], "words": words}


def dangling(store: Store) -> list[str]:
    """References that lead nowhere, and events without claims, one line each."""
    pairs: list[tuple[str, Column[str], Column[str]]] = [
        ("claim {} is of a document that is not there", t.claims.c.doc_id, t.documents.c.doc_id),
        ("event {} is named by a claim but not there", t.event_claims.c.event_id, t.events.c.event_id),
        ("claim {} is named by an event but not there", t.event_claims.c.claim_id, t.claims.c.claim_id),
        ("event {} has stops but is not there", t.stops.c.event_id, t.events.c.event_id),
        ("event {} has no claim", t.events.c.event_id, t.event_claims.c.event_id),
        ("claim {} is the whole of another but not there", t.claims.c.part_of, t.claims.c.claim_id),
    ]
    out = []
    for said, here, there in pairs:
        query = select(here.label("id")).where(here.is_not(None), here.not_in(select(there))).distinct()
        out += [said.format(r["id"]) for r in store.rows(query.order_by(here))]
    return out
