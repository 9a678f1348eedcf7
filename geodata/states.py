"""States of the store: what all events were at a moment, kept small, found again by a name or a date.

    mark(store, "last briefing")
    before = state_at(store, "last briefing")        # or "2026-11-01", or a number of `states`

A state is kept without being asked before the first change of each day (`keep_day`), so that "since Monday" has an
answer; those of the last month are kept by the day, older ones by the month.
"""

from __future__ import annotations

import datetime as dt
import json
import zlib
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geodata.errors import StateError
from geodata.store import Store
from geodata.store_states import (
    COLUMNS,
    drop_states,
    event_rows_now,
    has_state_since,
    put_state,
    replace_body,
    state_body,
    state_rows,
)

__all__ = ["Kept", "forget_in_states", "keep_day", "kept_at", "mark", "now", "state_at", "states"]

_DAILY = 31


@dataclass(frozen=True, slots=True)
class Kept:
    """A state that is kept; `name` is '' where nobody asked for it."""

    id: int
    at: str
    name: str
    version: int
    n_events: int


def _utc() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def states(store: Store) -> list[Kept]:
    """What states there are, oldest first."""
    return [Kept(**r) for r in state_rows(store)]


def mark(store: Store, name: str) -> Kept:
    """Keep the present state under a name; the name may be used again, then the newest is meant.

    Raises
    ------
    StateError : the name is empty, or looks like a date.
    """
    name = " ".join(name.split())
    if not name:
        raise StateError("a state needs a name, such as 'last briefing'")
    if _day(name) or name.isdigit():
        raise StateError(f"'{name}' is a date or a number; give the state a name, such as 'last briefing'")
    with store.transaction():
        return _keep(store, name)


def keep_day(store: Store) -> None:
    """Before a change: keep the state if none was kept today yet, and let old ones go."""
    today = _utc().date()
    if has_state_since(store, today.isoformat()):
        return
    with store.transaction():
        if not has_state_since(store, today.isoformat()):  # another process may have been first
            _keep(store, "")
            drop_states(store, _superfluous(states(store), today))


def _superfluous(kept: list[Kept], today: dt.date) -> list[int]:
    """Unnamed states older than a month, all but the first of each month."""
    limit, months, gone = (today - dt.timedelta(days=_DAILY)).isoformat(), set(), []
    for k in kept:
        if not k.name and k.at < limit:
            gone += [k.id] if k.at[:7] in months else []
            months.add(k.at[:7])
    return gone


def _keep(store: Store, name: str) -> Kept:
    events, told = event_rows_now(store)
    table = {c: [r[c] for r in events] for c in COLUMNS}
    body = _packed(table, told)
    at, version = _utc().isoformat(), store.data_version
    row = {"at": at, "name": name, "version": version, "n_events": len(events), "body": body}
    return Kept(put_state(store, row), at, name, version, len(events))


def _packed(table: dict[str, list[Any]], told: list[Any]) -> bytes:
    text = json.dumps({"events": table, "claims": told}, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def forget_in_states(store: Store, doc_id: str) -> None:
    """Take a document's claims, and the events that only it told of, out of every kept state, in a transaction."""
    for kept in states(store):
        body = json.loads(zlib.decompress(state_body(store, kept.id)))
        told = [[e, c] for e, c in body["claims"] if not c.startswith(f"{doc_id}:")]
        if len(told) < len(body["claims"]):
            left = {e for e, _ in told}
            keep = [i for i, e in enumerate(body["events"]["event_id"]) if e in left]
            table = {c: [values[i] for i in keep] for c, values in body["events"].items()}
            replace_body(store, kept.id, _packed(table, told), len(keep))


def now(store: Store) -> pd.DataFrame:
    """The present state, in the form in which `state_at` gives a kept one."""
    with store.reading():
        events, told = event_rows_now(store)
    return _frame({c: [r[c] for r in events] for c in COLUMNS}, told)


def _frame(table: dict[str, list[Any]], told: list[Any]) -> pd.DataFrame:
    """A row per event: `COLUMNS`, and `claims`: the tuple of its claim ids."""
    claims: dict[str, list[str]] = {}
    for event, claim in told:
        claims.setdefault(event, []).append(claim)
    frame = pd.DataFrame(table, columns=list(COLUMNS), dtype=object)
    frame["claims"] = [tuple(claims.get(e, ())) for e in frame["event_id"]]
    return frame


def state_at(store: Store, ref: str | int | dt.date | None) -> pd.DataFrame:
    """The events of a state: of a mark by its name, a number of `states`, the beginning of a day, or now (None).

    Raises
    ------
    StateError : there is no such state (the message names those there are).
    """
    kept = kept_at(store, ref)
    if kept is None:
        return now(store)
    body = json.loads(zlib.decompress(state_body(store, kept.id)))
    return _frame(body["events"], body["claims"])


def kept_at(store: Store, ref: str | int | dt.date | None) -> Kept | None:
    """The kept state that `state_at` reads; None for the present one.

    A day means its beginning: the first state that was kept on it or later without being asked, as nothing had changed
    in between.  Of a day before the first state, that first state.
    """
    if ref is None:
        return None
    known = states(store)
    day = ref if isinstance(ref, dt.date) else _day(str(ref))
    if day is not None:
        return next((k for k in known if not k.name and k.at[:10] >= day.isoformat()), None)
    for k in reversed(known):
        if str(ref) in (k.name, str(k.id)) and (k.name or str(ref) == str(k.id)):
            return k
    names = sorted({k.name for k in known if k.name})
    there = f"there are: {', '.join(names)}" if names else "none is kept yet: python -m geodata mark NAME"
    raise StateError(f"no state is called '{ref}'; {there}")


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
