"""Kept states of all events in the store: rows in, rows out; see `changes` for what they hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from geodata import tables as t
from geodata.store import Row, Store

__all__ = ["drop_states", "event_rows_now", "has_state_since", "put_state", "replace_body", "state_body", "state_rows"]

#: Columns of events that a state keeps.
COLUMNS = (
    "event_id",
    "kind",
    "subkind",
    "title",
    "certainty",
    "date_start",
    "date_end",
    "date_precision",
    "place",
    "lat",
    "lon",
    "precision",
    "killed_low",
    "killed_best",
    "killed_high",
    "injured_low",
    "injured_best",
    "injured_high",
    "arrested_low",
    "arrested_best",
    "arrested_high",
    "people_low",
    "people_best",
    "people_high",
    "nationalities",
    "groups",
    "n_claims",
    "n_sources",
)


def event_rows_now(store: Store) -> tuple[list[Row], list[tuple[str, str]]]:
    """The events as they are (`COLUMNS`), and every claim with its event."""
    events = store.rows(select(*(t.events.c[c] for c in COLUMNS)).order_by(t.events.c.event_id))
    told = store.rows(select(t.event_claims.c.event_id, t.event_claims.c.claim_id).order_by(t.event_claims.c.claim_id))
    return events, [(r["event_id"], r["claim_id"]) for r in told]


def state_rows(store: Store) -> list[Row]:
    """What states are kept, oldest first, without what they hold."""
    if not store.has("states"):
        return []
    c = t.states.c
    return store.rows(select(c.id, c.at, c.name, c.version, c.n_events).order_by(c.at, c.id))


def has_state_since(store: Store, at: str) -> bool:
    """Whether a state without a name was kept at this moment or later."""
    if not store.has("states"):
        return False
    c = t.states.c
    return bool(store.rows(select(func.count().label("n")).where(c.at >= at, c.name == ""))[0]["n"])


def state_body(store: Store, state_id: int) -> bytes:
    """What a kept state holds."""
    return bytes(store.rows(select(t.states.c.body).where(t.states.c.id == state_id))[0]["body"])


def put_state(store: Store, row: Row) -> int:
    """Keep a state; gives its number."""
    found: Any = store.writing().execute(insert(t.states).returning(t.states.c.id), row).scalar_one()
    return int(found)


def replace_body(store: Store, state_id: int, body: bytes, n_events: int) -> None:
    """Write another content of a kept state: only to take out what must be forgotten."""
    store.writing().execute(update(t.states).where(t.states.c.id == state_id).values(body=body, n_events=n_events))


def drop_states(store: Store, ids: Iterable[int]) -> None:
    """Let kept states go."""
    store.writing().execute(delete(t.states).where(t.states.c.id.in_(sorted(ids))))
