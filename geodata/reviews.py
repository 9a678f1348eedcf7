"""What people decide about claims and events: written to an append-only log, in force at once, never lost.

    outcome = decide(store, Decision(who="N. Name", action="reject", target_kind="claim", target=claim_id), seen=last)
    outcome.conflict        # what others decided on it since the screen was drawn

A decision is signed, dated and holds the value before and after.  It stands for claims, not for ids of events, so that
it outlives new reports and other rules (`anchors`).  What the decisions come to is worked out by `effects`; the
extraction itself is never changed.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from geodata.anchors import found_again
from geodata.effects import Decided, edited_payload, effects_of, in_force, undone
from geodata.errors import ReviewError
from geodata.remerge import decisions_on, refresh_blocks, refresh_states, remerge
from geodata.review_values import checked
from geodata.states import keep_day
from geodata.store import Row, Store
from geodata.store_reviews import add_review, anchors_of, last_seq, reviews_by_seq, reviews_of_target, uids

__all__ = [
    "ACTIONS",
    "Decision",
    "Outcome",
    "active",
    "decide",
    "decide_many",
    "history",
    "last_seen",
    "rejected_targets",
    "take_in",
    "undo",
]

ACTIONS = ("accept", "reject", "edit", "merge", "split", "undo", "note")
_LONGEST_NAME, _LONGEST_NOTE = 100, 4000


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of the log.

    target_kind : claim or event   target : claim_id, or event_id at the time   claims : the claims it stands for; where
    empty those of the event now   field, old, new : of an edit; of a merge `new` lists the other events, of a split the
    claims that leave   undoes : the number of the decision that an undo takes back   seq, at : given by the store
    """

    who: str
    action: str
    target_kind: str
    target: str
    claims: tuple[str, ...] = ()
    field: str | None = None
    old: Any = None
    new: Any = None
    note: str = ""
    undoes: int | None = None
    seq: int | None = None
    at: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The number of the new row, and what others had decided on the same target since the reviewer looked."""

    seq: int
    conflict: list[Decision] = field(default_factory=list)


def _decision(row: Row) -> Decision:
    old, new = (None if row[k] is None else json.loads(row[k]) for k in ("old_json", "new_json"))
    names = ("who", "action", "target_kind", "target", "field", "note", "undoes", "seq", "at")
    return Decision(**{k: row[k] for k in names}, claims=tuple(json.loads(row["claims_json"])), old=old, new=new)


def history(store: Store, target: str) -> list[Decision]:
    """Everything decided on a claim, or on an event and its claims, oldest first; also what was taken back since."""
    with store.reading():
        claims = store.claims_of_events([target]) or {target}
        return [_decision(r) for r in reviews_of_target(store, target, claims)]


def active(decisions: Sequence[Decision]) -> set[int]:
    """Numbers of the decisions that no later undo takes back; undos and notes are not among them."""
    return {d.seq for d in in_force(list(map(_bare, decisions)))}


def _bare(d: Decision) -> Decided:
    return Decided(int(d.seq or 0), d.at, d.who, d.action, d.target_kind, d.field, d.new, d.undoes, ())


def rejected_targets(store: Store) -> set[str]:
    """event_ids, as they were at the time, of the events that a decision still in force rejects as a whole."""
    with store.reading():
        log = [_decision(r) for r in reviews_by_seq(store)]
    live = active(log)
    return {d.target for d in log if d.seq in live and d.action == "reject" and d.target_kind == "event"}


def last_seen(store: Store, target: str) -> int:
    """The number of the last decision on the target, 0 where there is none: what `decide` wants as `seen` later."""
    return max((int(d.seq or 0) for d in history(store, target)), default=0)


def decide(store: Store, decision: Decision, *, seen: int | None = None) -> Outcome:
    """Write one decision and put the touched events right, in one transaction.

    seen : `last_seen` of the target when the reviewer's screen was drawn; None: do not look for conflicts

    Raises
    ------
    ReviewError : the target is not there, or the value is not possible; nothing is written.
    """
    return decide_many(store, [decision], seen=seen)[0]


def undo(store: Store, seq: int, *, who: str, note: str = "") -> Outcome:
    """Take a decision back; also an undo can be taken back.

    Raises
    ------
    ReviewError : there is no such decision, or it is taken back already.
    """
    return decide(store, Decision(who=who, action="undo", target_kind="", target="", note=note, undoes=seq))


def decide_many(store: Store, decisions: Iterable[Decision], *, seen: int | None = None) -> list[Outcome]:
    """Several decisions in one transaction: all are written or none."""
    outcomes: list[Outcome] = []
    changed: set[str] = set()
    reviewed: set[str] = set()
    keep_day(store)
    with store.transaction():
        before = last_seq(store)
        for d in decisions:
            row, anchors = _prepared(store, d)
            others = [] if seen is None else _others(store, row, anchors, seen, before)
            outcomes.append(Outcome(add_review(store, row, anchors), others))
            touched = {a["claim_id"] for a in anchors}
            (reviewed if _quiet(store, row) else changed).update(touched)
        if changed:
            refresh_blocks(store, changed)
            remerge(store, changed)
        refresh_states(store, reviewed - changed)
        if outcomes:
            store.changed()
    return outcomes


def take_in(store: Store, rows: Sequence[tuple[int, Row]]) -> tuple[int, list[str]]:
    """Write decisions of another store, in their order, in one transaction; how many, and why some are refused.

    rows : number of the line, and the row of the log with `places` (of its claims) and `undoes` as a uid
    """
    if not rows:
        return 0, []
    refused: list[str] = []
    touched: set[str] = set()
    keep_day(store)
    with store.transaction():
        numbers = uids(store)
        for line, row in rows:
            try:
                entry, anchors = _foreign(store, row, numbers)
            except ReviewError as err:
                refused.append(f"line {line}: {err}")
                continue
            numbers[row["uid"]] = add_review(store, entry, anchors)
            touched |= {a["claim_id"] for a in anchors}
        refresh_blocks(store, touched)
        remerge(store, touched)
        store.changed()
    return len(rows) - len(refused), refused


def _foreign(store: Store, row: Row, numbers: dict[str, int]) -> tuple[Row, list[Row]]:
    """A decision of another store as it is written here: its claims found in the documents that are here."""
    if row["undoes"] is not None and row["undoes"] not in numbers:
        raise ReviewError("it takes back a decision that is not there")
    if row["action"] == "edit":
        checked(row["field"], None if row["new_json"] is None else json.loads(row["new_json"]))
    anchors = []
    for place in row["places"]:
        here = store.claims_by_id(store.claim_ids_of(place["doc_id"]))
        anchors += [dict(a) for a in found_again([place], here, place["doc_id"])] or [dict(place)]
    claims = json.dumps([a["claim_id"] for a in anchors])
    undoes = None if row["undoes"] is None else numbers[row["undoes"]]
    keys = ("uid", "at", "who", "action", "target_kind", "target", "field", "old_json", "new_json", "note")
    return {k: row[k] for k in keys} | {"claims_json": claims, "undoes": undoes}, anchors


def _quiet(store: Store, row: Row) -> bool:
    """Whether the values and claims of events stay as they are, and only who reviewed them changes."""
    claims = set(json.loads(row["claims_json"]))
    accepted = row["action"] == "accept" and claims <= store.claims_of_events(store.events_of_claims(claims))
    return row["action"] == "note" or accepted


def _others(store: Store, row: Row, anchors: Sequence[Row], seen: int, before: int) -> list[Decision]:
    """What was decided on the same claims after `seen`, before this call."""
    on_it = reviews_of_target(store, row["target"], {a["claim_id"] for a in anchors})
    return [_decision(r) for r in on_it if seen < r["seq"] <= before]


# -- from what was asked to what is written ------------------------------------------------------------------------


def _prepared(store: Store, d: Decision) -> tuple[Row, list[Row]]:
    """The row of the log and the places of its claims, checked against the store as it is now."""
    who, note = " ".join(d.who.split()), d.note.strip()
    if not who or len(who) > _LONGEST_NAME:
        raise ReviewError("a decision needs the reviewer's name")
    if len(note) > _LONGEST_NOTE:
        raise ReviewError(f"the note is too long ({len(note)} characters; at most {_LONGEST_NOTE})")
    if d.action not in ACTIONS:
        raise ReviewError(f"'{d.action}' is no decision; possible: {', '.join(ACTIONS)}")
    if d.action == "undo":
        d, anchors = _undoing(store, d)
    else:
        anchors = _standing(store, d)
        if d.action == "edit":
            new = checked(d.field, d.new)
            d = replace(d, new=new, old=_before(store, d, anchors))
    at = d.at or dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    row: Row = {
        "at": at,
        "who": who,
        "action": d.action,
        "target_kind": d.target_kind,
        "target": d.target,
        "note": note,
    }
    row |= {"claims_json": json.dumps([a["claim_id"] for a in anchors]), "field": d.field, "undoes": d.undoes}
    return row | {"old_json": _json(d.old), "new_json": _json(d.new, d.action == "edit")}, anchors


def _json(value: Any, always: bool = False) -> str | None:
    return json.dumps(value, ensure_ascii=False) if always or value is not None else None


def _undoing(store: Store, d: Decision) -> tuple[Decision, list[Row]]:
    known = reviews_by_seq(store, [d.undoes]) if d.undoes is not None else []
    if not known:
        raise ReviewError(f"there is no decision {d.undoes} to take back")
    anchors = anchors_of(store, [known[0]["seq"]])
    on_it = reviews_of_target(store, known[0]["target"], {a["claim_id"] for a in anchors})
    if d.undoes in undone([_bare(_decision(r)) for r in on_it]):
        raise ReviewError(f"decision {d.undoes} is taken back already")
    first = known[0]
    return replace(d, target_kind=first["target_kind"], target=first["target"]), anchors


def _standing(store: Store, d: Decision) -> list[Row]:
    """Where the claims of a decision stand, with the side each is on."""
    if d.target_kind == "claim":
        sides = [[d.target]]
    elif d.target_kind == "event":
        sides = _event_sides(store, d)
    else:
        raise ReviewError(f"'{d.target_kind}' cannot be decided on; possible: claim, event")
    told = {r["claim_id"]: r for r in store.claims_by_id(c for side in sides for c in side)}
    missing = [c for side in sides for c in side if c not in told]
    if missing and (d.target_kind == "claim" or len(missing) == sum(map(len, sides))):
        raise ReviewError(f"there is no {d.target_kind} {d.target} (any more): look at it again")
    keys = ("claim_id", "doc_id", "start", "end", "kind", "quote")
    order = {c: (str(r["published"] or "9999"), r["doc_id"], r["start"], r["end"], c) for c, r in told.items()}
    return [
        {k: told[c][k] for k in keys} | {"side": n}
        for n, side in enumerate(sides)
        for c in sorted(set(side) & set(told), key=order.__getitem__)
    ]


def _event_sides(store: Store, d: Decision) -> list[list[str]]:
    own = list(d.claims) or sorted(store.claims_of_events([d.target]))
    if not own:
        raise ReviewError(f"there is no event {d.target} (any more): look at it again")
    if d.action == "merge":
        others = [e for e in _named(d) if e != d.target]
        sides = [sorted(store.claims_of_events([e]) - set(own)) for e in others]
        if not others or not all(sides):
            raise ReviewError(f"merge: name other events that are there; given {', '.join(others) or 'none'}")
        return [sorted(set(own) - {c for s in sides for c in s}), *sides]
    if d.action == "split":
        leave = _named(d)
        if not leave or not set(leave) <= set(own) or set(leave) == set(own):
            raise ReviewError("split: name some of the event's claims, not all, that are to leave it")
        return [[c for c in own if c not in leave], leave]
    return [own]


def _named(d: Decision) -> list[str]:
    if not isinstance(d.new, list | tuple) or not all(isinstance(v, str) for v in d.new):
        raise ReviewError(f"{d.action}: a list of ids is needed in `new`, not {d.new!r}")
    return list(dict.fromkeys(d.new))


def _before(store: Store, d: Decision, anchors: Sequence[Row]) -> Any:
    """The value in force before an edit."""
    name, claims = str(d.field), [a["claim_id"] for a in anchors]
    if d.target_kind == "event":
        event = store.event(d.target) or next(filter(None, map(store.event, store.events_of_claims(claims[:1]))), None)
        return None if event is None else _of_event(event, name)
    row = store.claims_by_id(claims[:1])[0]
    edits = effects_of(decisions_on(store, claims[:1])).edits.get(claims[0], {})
    payload = edited_payload(json.loads(row["payload"]), edits)
    if name.startswith("counts."):
        return payload["counts"].get(name.removeprefix("counts."))
    if name == "place":
        role = (d.new or {}).get("role") or ("destination" if payload["kind"] == "route" else "location")
        place = next((p for p in payload["places"] if p["role"] == role), None)
        return None if place is None else _as_place(place | {"iso3": place["country"], "place_id": None})
    return payload[name]


def _as_place(p: Row) -> Row:
    return {k: p.get(k) for k in ("place_id", "name", "lat", "lon", "iso3", "admin1", "precision", "kind", "role")}


def _of_event(event: Row, name: str) -> Any:
    if name == "date":
        return {"start": event["date_start"], "end": event["date_end"], "precision": event["date_precision"]}
    if name.startswith("counts."):
        bounds = {b: event[f"{name.removeprefix('counts.')}_{b}"] for b in ("low", "best", "high")}
        return bounds if any(v is not None for v in bounds.values()) else None
    if name == "place":
        place = event | {"name": event["place"], "kind": event["place_kind"], "role": None}
        return None if event["place"] is None else _as_place(place)
    if name in ("nationalities", "groups"):
        return [v for v in event[name].split("|") if v]
    return event[name]
