"""The reviewer's work on a store: decisions written, taken back and read, each way of going wrong as one line.

Takes the store's address and decisions; gives what came of them.  One short opening of the store per call, so that two
reviewers never wait for each other.  Draws nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from dashboard.wording import count_text, date_text, joined, plural, word
from geodata.errors import GeodataError
from geodata.names import nationality_name
from geodata.reviews import Decision, Outcome, active, decide_many, history, rejected_targets, undo
from geodata.store import Store
from geodata.store_reviews import last_seq

__all__ = [
    "Past",
    "decided_text",
    "past_of",
    "perform",
    "rejected_events",
    "seen_now",
    "take_back",
    "told",
    "value_text",
]

_DONE = {
    "accept": "accepted",
    "reject": "rejected",
    "edit": "corrected",
    "merge": "merged",
    "split": "split",
    "undo": "taken back",
    "note": "noted",
}


class Past(NamedTuple):
    """What was decided so far on an event or claim, and which of it is in force."""

    decisions: list[Decision]
    in_force: set[int]


def perform(path: str, decisions: Sequence[Decision], seen: int | None) -> list[Outcome] | str:
    """Write decisions, all or none; a line for the person where that cannot be done."""
    try:
        with Store(path, create=False) as store:
            return decide_many(store, decisions, seen=seen)
    except GeodataError as err:
        return _line(err)


def take_back(path: str, seqs: Sequence[int], who: str) -> str:
    """Take decisions back, the latest first; '' or a line for the person."""
    try:
        with Store(path, create=False) as store:
            for seq in sorted(seqs, reverse=True):
                undo(store, seq, who=who)
    except GeodataError as err:
        return _line(err)
    return ""


def _line(err: GeodataError) -> str:
    said = str(err)
    return f"{said[:1].upper()}{said[1:]}."


def past_of(path: str, target: str) -> Past:
    """Everything decided on an event with its claims, or on a claim; oldest first."""
    with Store(path, create=False) as store:
        known = history(store, target)
    return Past(known, active(known))


def seen_now(path: str) -> int:
    """The number of the last decision in the log: what the reviewer's screen knows."""
    with Store(path, create=False) as store:
        return last_seq(store)


def rejected_events(path: str) -> set[str]:
    """Events that were rejected as a whole, by the ids they had; what was taken back is left out."""
    with Store(path, create=False) as store:
        return rejected_targets(store)


def value_text(field: str | None, value: Any) -> str:
    """A value of the log in words."""
    if value is None or value == []:
        return "not stated"
    if field == "date":
        first, last = (dt.date.fromisoformat(value[k]) if value.get(k) else None for k in ("start", "end"))
        return date_text(first, last, value.get("precision", ""))
    if field == "place":
        return f"{value['name']} ({word('precision', value['precision'])})"
    if field and field.startswith("counts."):
        return count_text(value["low"], value["best"], value["high"])
    if field == "nationalities":
        return joined([nationality_name(v) for v in value], 8)
    if isinstance(value, list):
        return joined([str(v) for v in value], 8)
    return word("certainty" if field == "certainty" else "kind" if field == "kind" else "subkind", str(value))


def decided_text(d: Decision) -> str:
    """A decision in words: 'corrected the date: Mar 2024 → 22 Mar 2024'."""
    what = _DONE.get(d.action, d.action)
    if d.action == "edit" and d.field:
        return f"{what} {word('field', d.field)}: {value_text(d.field, d.old)} → {value_text(d.field, d.new)}"
    if d.action == "undo":
        return f"took back decision {d.undoes}"
    if d.action == "merge":
        return f"merged it with {plural(len(d.new or []), 'other event')}"
    if d.action == "split":
        return f"split {plural(len(d.new or []), 'statement')} off"
    return f"{what} the statement" if d.target_kind == "claim" and d.action in ("accept", "reject") else what


def told(outcomes: Sequence[Outcome], who: str) -> str:
    """What others had decided meanwhile on the same, for the second of two reviewers; '' where nobody had."""
    others = {d.seq: d for o in outcomes for d in o.conflict if d.who != who}
    if not others:
        return ""
    lines = [
        f"{d.who} {decided_text(d)} at {d.at[11:16]} UTC{f' (“{d.note}”)' if d.note else ''}" for d in others.values()
    ]
    return (
        f"While you looked at it, {'; '.join(lines)}. Your decision is written as well and, being later, is in force. "
        "Both stand in the history; Undo takes yours back."
    )
