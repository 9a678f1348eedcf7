"""What the decisions in force come to: claims left out, values changed, events merged and split, states of review.

Takes decisions with the claims they stand for, oldest first; gives an `Effects`.  Pure.  Among several decisions on
one thing the last counts.  The original payload of a claim is never changed: `edited_payload` gives another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from geodata.hand import Hand, Ruling, hand_of
from geodata.schema import COUNT_KEYS

__all__ = ["Decided", "Effects", "Override", "edited_payload", "effects_of", "in_force", "state_of", "undone"]

#: action -> how an event is called after it
_STATE = {
    "accept": "accepted",
    "edit": "edited",
    "reject": "edited",
    "merge": "merged",
    "split": "split",
}


class Decided(NamedTuple):
    """One decision as its effects need it; `sides`: ids of its claims as they are called now (lost ones left out)."""

    seq: int
    at: str
    who: str
    action: str
    target_kind: str
    field: str | None
    new: Any
    undoes: int | None
    sides: tuple[tuple[str, ...], ...]

    @property
    def claims(self) -> tuple[str, ...]:
        """Claims of all sides."""
        return tuple(c for side in self.sides for c in side)


class Override(NamedTuple):
    """A value that a person gave an event; it belongs to the event that holds the first of `claims` still there."""

    claims: tuple[str, ...]
    field: str
    value: Any


@dataclass
class Effects:
    """What decisions come to.   `edits`: claim -> field -> value.   `state`: claim -> (seq, word, who)."""

    rejected: set[str] = field(default_factory=set)
    edits: dict[str, dict[str, Any]] = field(default_factory=dict)
    overrides: list[Override] = field(default_factory=list)
    state: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    hand: Hand = field(default_factory=Hand)


def undone(decisions: Sequence[Decided]) -> set[int]:
    """Numbers of decisions that a later undo takes back; an undo may itself be undone."""
    gone: set[int] = set()
    for d in sorted(decisions, key=lambda d: -d.seq):
        if d.action == "undo" and d.seq not in gone and d.undoes is not None:
            gone.add(d.undoes)
    return gone


def in_force(decisions: Sequence[Decided]) -> list[Decided]:
    """Those that are not undone, oldest first; undos and notes are left out."""
    gone = undone(decisions)
    kept = (d for d in decisions if d.seq not in gone and d.action not in ("undo", "note"))
    return sorted(kept, key=lambda d: d.seq)


def effects_of(decisions: Sequence[Decided]) -> Effects:
    """The effects of all decisions given, undone ones included among them."""
    out, rulings = Effects(), []
    for d in in_force(decisions):
        if d.action == "reject":
            out.rejected.update(d.claims)
        elif d.action == "accept":
            out.rejected.difference_update(d.claims)
        elif d.action == "edit" and d.field:
            _edit(out, d)
        elif d.action in ("merge", "split"):
            sides = tuple(frozenset(s) for s in d.sides)
            rulings.append(Ruling(d.action == "merge", sides, f"{_STATE[d.action]} by hand ({d.who}, {d.at[:10]})"))
        out.state |= dict.fromkeys(d.claims, (d.seq, _STATE[d.action], d.who))
    out.hand = hand_of(rulings)
    return out


def _edit(out: Effects, d: Decided) -> None:
    if d.target_kind == "event":
        out.overrides.append(Override(d.claims, str(d.field), d.new))
        return
    for claim in d.claims:
        out.edits.setdefault(claim, {})[str(d.field)] = d.new


def state_of(claim_ids: Iterable[str], effects: Effects) -> tuple[str, str]:
    """`review` and `reviewed_by` of an event: by the last decision on any of its claims; '' where there is none."""
    known = [effects.state[c] for c in claim_ids if c in effects.state]
    _, word, who = max(known, default=(0, "", ""))
    return word, who


def edited_payload(payload: Mapping[str, Any], edits: Mapping[str, Any]) -> dict[str, Any]:
    """The claim with the values a person gave it.

    >>> raw = {"certainty": "alleged", "counts": {"killed": {"low": 1, "best": 1, "high": 1}}}
    >>> edited_payload(raw, {"certainty": "reported", "counts.killed": None})
    {'certainty': 'reported', 'counts': {}}
    """
    out = dict(payload)
    for name, value in edits.items():
        if name == "place":
            out["places"] = _with_place(out["places"], value, out["kind"])
        elif name.startswith("counts."):
            key = name.removeprefix("counts.")
            rest = {k: v for k, v in out["counts"].items() if k != key}
            both = rest if value is None else rest | {key: value}
            out["counts"] = {k: both[k] for k in COUNT_KEYS if k in both}
        else:
            out[name] = value
    return out


def _with_place(places: Sequence[Mapping[str, Any]], value: Mapping[str, Any] | None, kind: str) -> list[Any]:
    """One place instead of all of its role; without a value the places of an incident or arrest are not known."""
    role = (value or {}).get("role") or ("destination" if kind == "route" else "location")
    at = next((i for i, p in enumerate(places) if p["role"] == role), len(places))
    rest = [p for p in places if p["role"] != role]
    if value is None:
        return rest
    place = {"mention": value["name"], "start": None, "end": None, "role": role, "inferred": False}
    place |= {k: value.get(k) for k in ("name", "lat", "lon", "admin1", "precision", "kind")}
    place["country"] = value.get("iso3")
    return [*rest[:at], place, *rest[at:]]
