"""Datasets in the store: rows in, rows out; many at a time, since a dataset has a hundred thousand.

Takes an open store; gives plain rows.  Does not read files, does not merge (see `importing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd
from sqlalchemy import delete, func, insert, select, update

from geodata import tables as t
from geodata.store import Row, Store, chunks

__all__ = [
    "dataset_frame",
    "drop_rows",
    "known_rows",
    "mates_of",
    "native_row",
    "put_dataset",
    "put_rows",
    "row_scopes",
]


def put_dataset(store: Store, row: Row) -> None:
    """Write what is known of a dataset, in place of what was known."""
    conn = store.writing()
    if not conn.execute(update(t.datasets).where(t.datasets.c.dataset == row["dataset"]).values(row)).rowcount:
        conn.execute(insert(t.datasets), [row])


def known_rows(store: Store, dataset: str) -> dict[str, str]:
    """Document -> fingerprint, of every row of a dataset that the store holds."""
    if not store.has("native_rows"):
        return {}
    c, d = t.native_rows.c, t.documents.c
    query = select(c.doc_id, d.fingerprint).join(t.documents, d.doc_id == c.doc_id).where(c.dataset == dataset)
    return {str(r["doc_id"]): str(r["fingerprint"]) for r in store.rows(query)}


def row_scopes(store: Store, dataset: str) -> list[Row]:
    """doc_id, native_id, iso3, date_start and date_end of every row of a dataset."""
    c, k = t.native_rows.c, t.claims.c
    query = select(c.doc_id, c.native_id, k.iso3, k.date_start, k.date_end)
    return store.rows(query.join(t.claims, k.doc_id == c.doc_id).where(c.dataset == dataset))


def mates_of(store: Store, doc_ids: Iterable[str]) -> tuple[set[str], set[str]]:
    """The events of the documents' claims, and the claims of other documents in them."""
    own = store.ids(t.claims.c.claim_id, t.claims.c.doc_id, doc_ids)
    events = store.events_of_claims(own)
    return events, store.claims_of_events(events) - own


def drop_rows(store: Store, doc_ids: Iterable[str]) -> None:
    """Take out documents with their claims and native rows; their events are the caller's to put right."""
    conn = store.writing()
    for some in chunks(doc_ids):
        conn.execute(delete(t.documents).where(t.documents.c.doc_id.in_(some)))


def put_rows(store: Store, documents: Sequence[Row], found: dict[str, list[Row]], native: Sequence[Row]) -> None:
    """Write many documents with their claims and native rows; none of them may be there."""
    store.write(t.documents, documents)
    for table in (t.claims, t.claim_places, t.claim_blocks):
        store.write(table, found.get(table.name, []))
    store.write(t.native_rows, native)


def native_row(store: Store, doc_id: str) -> Row | None:
    """dataset, native_id and row_json of a document that is a row of a dataset; None for an article."""
    if not store.has("native_rows"):
        return None
    rows = store.rows(select(t.native_rows).where(t.native_rows.c.doc_id == doc_id))
    return rows[0] if rows else None


def dataset_frame(store: Store) -> pd.DataFrame:
    """One line per dataset, with the number of its rows."""
    columns = [*t.datasets.c.keys(), "rows"]
    if not store.has("datasets"):
        return pd.DataFrame(columns=columns)
    n = select(t.native_rows.c.dataset, func.count().label("rows")).group_by(t.native_rows.c.dataset).subquery()
    query = select(t.datasets, func.coalesce(n.c.rows, 0).label("rows")).outerjoin(
        n, n.c.dataset == t.datasets.c.dataset
    )
    return pd.DataFrame(store.rows(query.order_by(t.datasets.c.dataset)), columns=columns)
