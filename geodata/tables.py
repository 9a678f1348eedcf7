"""The tables of the store, as SQLAlchemy Core describes them.

Each row keeps where it comes from: document, offsets, rule.  Text columns that hold JSON end in `_json` or are the
`payload`.  Dates are ISO text (they sort), unknown is NULL.  Statements live in `store`.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Integer, LargeBinary, MetaData, String, Table, Text

from geodata.schema import COUNT_KEYS

__all__ = [
    "SCHEMA_VERSION",
    "claim_blocks",
    "claim_places",
    "claims",
    "datasets",
    "documents",
    "event_claims",
    "events",
    "mentions",
    "meta",
    "metadata",
    "native_rows",
    "review_claims",
    "reviews",
    "states",
    "stops",
]

#: Raised with every change of a table; each number has its step in geodata/migrations.
SCHEMA_VERSION = 6

metadata = MetaData()


def _counts() -> list[Column[int]]:
    return [Column(f"{key}_{bound}", Integer) for key in COUNT_KEYS for bound in ("low", "best", "high")]


def _place(required: bool) -> list[Column[str]]:
    return [
        Column("place_id", String),
        Column("place", String, nullable=not required),
        Column("lat", Float),  # type: ignore[list-item]
        Column("lon", Float),  # type: ignore[list-item]
        Column("iso3", String),
        Column("admin1", String),
        Column("precision", String),
        Column("place_kind", String),
    ]


meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", String, nullable=False))

documents = Table(
    "documents",
    metadata,
    Column("doc_id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("title", Text),
    Column("publisher", Text),
    Column("published", String),
    Column("published_from", String),
    Column("url", Text),
    Column("path", Text, index=True),
    Column("text", Text, nullable=False),
    Column("fingerprint", String, nullable=False),  # of everything that was extracted: equal means nothing to do
    Column("ingested", String, nullable=False),  # UTC, ISO
    Column("print", Text, nullable=False, server_default=""),  # by which a reprint is known (see `prints`)
)

_DOC = "documents.doc_id"

mentions = Table(
    "mentions",
    metadata,
    Column("doc_id", ForeignKey(_DOC, ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("literal", Boolean, nullable=False),
    Column("confidence", Float, nullable=False),
    *_place(required=False),
    Column("why", Text, nullable=False),
)

claims = Table(
    "claims",
    metadata,
    Column("claim_id", String, primary_key=True),
    Column("doc_id", ForeignKey(_DOC, ondelete="CASCADE"), nullable=False, index=True),
    Column("seq", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("subkind", String, nullable=False),
    Column("certainty", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("date_start", String),
    Column("date_end", String),
    Column("date_precision", String, nullable=False),
    *_place(required=False)[1:],
    Column("countries", Text, nullable=False, server_default=""),
    Column("nationalities", Text, nullable=False),
    Column("groups", Text, nullable=False),
    *_counts(),
    Column("rule", String, nullable=False),
    Column("origin", Text),
    Column("part_of", String),  # claim_id of the whole, in the same document
    Column("payload", Text, nullable=False),
)

claim_places = Table(
    "claim_places",
    metadata,
    Column("claim_id", ForeignKey("claims.claim_id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("role", String, nullable=False),
    Column("mention", Text, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    *_place(required=True),
    Column("inferred", Boolean, nullable=False),
)

claim_blocks = Table(
    "claim_blocks",
    metadata,
    Column("claim_id", ForeignKey("claims.claim_id", ondelete="CASCADE"), primary_key=True),
    Column("block", String, primary_key=True, index=True),
)

events = Table(
    "events",
    metadata,
    Column("event_id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("subkind", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("certainty", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("date_start", String),
    Column("date_end", String),
    Column("date_precision", String, nullable=False),
    *_place(required=False),
    Column("country", String),
    Column("admin1_id", String),
    Column("countries", Text, nullable=False),
    Column("nationalities", Text, nullable=False),
    Column("groups", Text, nullable=False),
    *_counts(),
    Column("conflicts", Text, nullable=False),
    Column("n_claims", Integer, nullable=False),
    Column("n_sources", Integer, nullable=False),
    Column("text", Text, nullable=False),
    # what people decided, as `review_effects` reads it from the log
    Column("review", String, nullable=False, server_default=""),
    Column("reviewed_by", Text, nullable=False, server_default=""),
    Column("edited", Text, nullable=False, server_default=""),
)

event_claims = Table(
    "event_claims",
    metadata,
    Column("claim_id", ForeignKey("claims.claim_id", ondelete="CASCADE"), primary_key=True),
    Column("event_id", ForeignKey("events.event_id", ondelete="CASCADE"), nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("source", Integer, nullable=False, server_default="0"),  # of the event's independent ones; 0 unknown
)

stops = Table(
    "stops",
    metadata,
    Column("event_id", ForeignKey("events.event_id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("role", String, nullable=False),
    Column("mention", Text, nullable=False),
    *_place(required=True),
    Column("inferred", Boolean, nullable=False),
)

# Append-only: what people decided.  No row is ever changed or taken out; an undo is a row of its own.
reviews = Table(
    "reviews",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("uid", String, nullable=False, unique=True),  # the same in every store that the decision is brought to
    Column("at", String, nullable=False),  # UTC, ISO
    Column("who", Text, nullable=False),
    Column("action", String, nullable=False),
    Column("target_kind", String, nullable=False),
    Column("target", String, nullable=False, index=True),
    Column("claims_json", Text, nullable=False),
    Column("field", String),
    Column("old_json", Text),
    Column("new_json", Text),
    Column("note", Text, nullable=False),
    Column("undoes", Integer, index=True),
    sqlite_autoincrement=True,
)

# Where in the documents the claims of a decision stand: by this they are found again when an article is read anew.
review_claims = Table(
    "review_claims",
    metadata,
    Column("seq", ForeignKey("reviews.seq", ondelete="CASCADE"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("side", Integer, nullable=False),  # of a merge or split: which of the events
    Column("claim_id", String, nullable=False, index=True),  # as it is called now; not in `claims`: not found again
    Column("doc_id", String, nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("quote", Text, nullable=False),
)

# Other people's datasets.  Their rows are documents with one claim each; the row itself is kept here, verbatim.
datasets = Table(
    "datasets",
    metadata,
    Column("dataset", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("licence", Text, nullable=False),
    Column("attribution", Text, nullable=False),
    Column("file", Text, nullable=False),  # its name, not where it lay
    Column("imported", String, nullable=False),  # UTC, ISO: when it was last read
)

native_rows = Table(
    "native_rows",
    metadata,
    Column("doc_id", ForeignKey(_DOC, ondelete="CASCADE"), primary_key=True),
    Column("dataset", ForeignKey("datasets.dataset"), nullable=False, index=True),
    Column("native_id", String, nullable=False),
    Column("row_json", Text, nullable=False),
)

# What all events were at a moment: kept before the first change of each day, and where somebody asked for it by name.
states = Table(
    "states",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String, nullable=False, index=True),  # UTC, ISO
    Column("name", Text, nullable=False),  # '' = kept without being asked
    Column("version", Integer, nullable=False),  # data_version
    Column("n_events", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),  # see `changes`
    sqlite_autoincrement=True,
)
