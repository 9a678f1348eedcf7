"""The log of reviews in the store: rows in, rows out.  Append-only; see `reviews` for what the rows mean."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import func, insert, select, update

from geodata import tables as t
from geodata.store import Row, Store, chunks

__all__ = [
    "add_review",
    "anchors_of",
    "anchors_of_documents",
    "forget_quotes",
    "last_seq",
    "mark_events",
    "move_anchors",
    "orphan_rows",
    "reviews_by_claims",
    "reviews_by_seq",
    "reviews_of_target",
    "uids",
]


def add_review(store: Store, row: Row, anchors: Sequence[Row]) -> int:
    """Write one decision and where its claims stand; gives its number in the log."""
    conn = store.writing()
    row = {"uid": uuid.uuid4().hex} | row
    seq = int(conn.execute(insert(t.reviews).returning(t.reviews.c.seq), row).scalar_one())
    store.write(t.review_claims, [a | {"seq": seq, "n": n} for n, a in enumerate(anchors)])
    return seq


def reviews_by_seq(store: Store, seqs: Iterable[int] | None = None) -> list[Row]:
    """Decisions by their numbers, all without; oldest first."""
    if not store.has("reviews"):
        return []
    query = select(t.reviews).order_by(t.reviews.c.seq)
    if seqs is None:
        return store.rows(query)
    rows = [r for some in chunks(seqs) for r in store.rows(query.where(t.reviews.c.seq.in_(some)))]
    return sorted(rows, key=lambda r: int(r["seq"]))


def reviews_by_claims(store: Store, claim_ids: Iterable[str]) -> list[Row]:
    """Decisions that concern any of the claims, oldest first."""
    if not store.has("reviews"):
        return []
    c = t.review_claims.c
    return reviews_by_seq(store, {int(s) for s in store.ids(c.seq, c.claim_id, claim_ids)})


def reviews_of_target(store: Store, target: str, claim_ids: Iterable[str]) -> list[Row]:
    """Decisions made on the target under this id, and those that concern any of the claims; oldest first."""
    if not store.has("reviews"):
        return []
    named = store.rows(select(t.reviews).where(t.reviews.c.target == target))
    both = {int(r["seq"]): r for r in [*named, *reviews_by_claims(store, claim_ids)]}
    return [both[s] for s in sorted(both)]


def last_seq(store: Store) -> int:
    """The number of the latest decision, 0 where there is none."""
    if not store.has("reviews"):
        return 0
    return int(store.rows(select(func.coalesce(func.max(t.reviews.c.seq), 0).label("n")))[0]["n"])


def anchors_of(store: Store, seqs: Iterable[int] | None = None) -> list[Row]:
    """Where the claims of decisions stand, in order; of all decisions without `seqs`."""
    if not store.has("reviews"):
        return []
    c = t.review_claims.c
    query = select(t.review_claims).order_by(c.seq, c.n)
    if seqs is None:
        return store.rows(query)
    return [r for some in chunks(seqs) for r in store.rows(query.where(c.seq.in_(some)))]


def anchors_of_documents(store: Store, doc_ids: Iterable[str]) -> list[Row]:
    """Where decisions refer to these documents."""
    c = t.review_claims.c
    query = select(t.review_claims).order_by(c.seq, c.n)
    return [r for some in chunks(doc_ids) for r in store.rows(query.where(c.doc_id.in_(some)))]


def orphan_rows(store: Store) -> list[Row]:
    """Decisions with the places of their claims that are not found any more."""
    if not store.has("reviews"):
        return []
    r, c = t.reviews.c, t.review_claims.c
    columns = (r.seq, r.at, r.who, r.action, r.target, c.claim_id, c.doc_id, c.start, c.end, c.quote)
    query = select(*columns).join_from(t.reviews, t.review_claims)
    return store.rows(query.where(c.claim_id.not_in(select(t.claims.c.claim_id))).order_by(r.seq, c.n))


def uids(store: Store) -> dict[str, int]:
    """The number in the log of every decision, by its uid."""
    if not store.has("reviews"):
        return {}
    return {str(r["uid"]): int(r["seq"]) for r in store.rows(select(t.reviews.c.uid, t.reviews.c.seq))}


def move_anchors(store: Store, rows: Iterable[Row]) -> None:
    """Where the claims stand now: rows of review_claims with other claim_id, document, offsets or quote."""
    conn, c = store.writing(), t.review_claims.c
    for r in rows:
        values = {k: r[k] for k in ("claim_id", "doc_id", "start", "end", "quote")}
        conn.execute(update(t.review_claims).where(c.seq == r["seq"], c.n == r["n"]).values(values))


def forget_quotes(store: Store, doc_id: str) -> None:
    """Take the words of a document out of the log's references to it."""
    store.writing().execute(update(t.review_claims).where(t.review_claims.c.doc_id == doc_id).values(quote=""))


def mark_events(store: Store, rows: Iterable[Row]) -> None:
    """Write review and reviewed_by of events that are otherwise as they were."""
    conn = store.writing()
    for r in rows:
        values = {"review": r["review"], "reviewed_by": r["reviewed_by"]}
        conn.execute(update(t.events).where(t.events.c.event_id == r["event_id"]).values(values))
