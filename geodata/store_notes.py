"""Short notes in the store, by key, and what is asked of a document before it is read: rows in, rows out.

Notes stand in the table `meta` beside the store's own version: corrections of documents, files that a watch has taken.
"""

from __future__ import annotations

from collections import Counter

from sqlalchemy import delete, func, insert, select, update

from geodata import tables as t
from geodata.store import Row, Store

__all__ = ["document_like", "kinds_of", "known_as", "note", "notes", "put_notes", "touch"]


def note(store: Store, key: str) -> str | None:
    """One note; None where there is none."""
    return store.meta(key)


def notes(store: Store, prefix: str) -> dict[str, str]:
    """All notes whose key begins with the prefix, by the rest of the key."""
    query = select(t.meta).where(t.meta.c.key >= prefix, t.meta.c.key < prefix + "\U0010ffff")
    return {str(r["key"])[len(prefix) :]: str(r["value"]) for r in store.rows(query)}


def put_notes(store: Store, values: dict[str, str | None]) -> None:
    """Write notes in an open transaction, in place of what was there; None takes one away."""
    conn = store.writing()
    for key, value in values.items():
        conn.execute(delete(t.meta).where(t.meta.c.key == key))
        if value is not None:
            conn.execute(insert(t.meta), [{"key": key, "value": value}])


def known_as(store: Store, doc_id: str) -> Row | None:
    """A document's row without its text; None for an unknown id."""
    c = t.documents.c
    columns = (c.fingerprint, c.path, c.name, c.publisher, c.url)
    rows = store.rows(select(*columns).where(c.doc_id == doc_id))
    return rows[0] if rows else None


def kinds_of(store: Store, doc_id: str) -> Counter[str]:
    """How many claims of each kind a document holds."""
    c = t.claims.c
    query = select(c.kind, func.count().label("n")).where(c.doc_id == doc_id).group_by(c.kind)
    return Counter({str(r["kind"]): int(r["n"]) for r in store.rows(query)})


def touch(store: Store, doc_id: str, **values: str | None) -> None:
    """Write path or fingerprint of a document, in an open transaction; nothing that a screen shows."""
    store.writing().execute(update(t.documents).where(t.documents.c.doc_id == doc_id).values(**values))


def document_like(store: Store, word: str, limit: int = 10) -> list[str]:
    """Ids of the documents whose id begins with the word, or else whose name is the word."""
    c = t.documents.c
    begins = store.rows(
        select(c.doc_id).where(c.doc_id.startswith(word, autoescape=True)).order_by(c.doc_id).limit(limit)
    )
    found = begins or store.rows(select(c.doc_id).where(c.name == word).order_by(c.doc_id).limit(limit))
    return [str(r["doc_id"]) for r in found]
