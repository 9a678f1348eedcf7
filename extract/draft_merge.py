"""Two drafts of one sentence that tell of one event ("a raid … led to the arrest of five") become one."""

from __future__ import annotations

import re

from extract.draft import Draft
from extract.frames import clause
from extract.view import View


def same_event(view: View, a: Draft, b: Draft) -> bool:
    """Whether two drafts of one sentence tell of one event."""
    f, g = a.frames[-1], b.frames[0]
    words = view.text[f.end : g.start].lower()
    if a.kind == "incident" and (a.subkind in ("plot", "threat")) != (b.subkind in ("plot", "threat")):
        if a.subkind in ("plot", "threat") and (b.hypothetical or b.anaphoric or not b.own or g.start - f.end < 60):
            return True  # "a plot to attack": the attack is the plot's
        return b.subkind == "plot" and b.certainty == "foiled" and g.start - f.end < 40 and a.hypothetical
    if a.date is not None and b.date is not None and a.date is not b.date and a.date.span != b.date.span:
        return False
    if (
        a.places
        and b.places
        and not (
            b.frames[0].rule.count in ("killed", "injured", "missing", "rescued")
            and not b.frames[0].noun
            and _elsewhere(view, b)
        )
    ):
        one, two = {p.place.id for p in a.places}, {p.place.id for p in b.places}
        if not one & two:
            return False
    if (
        a.kind == "arrest"
        and a.counts
        and b.counts
        and re.search(r"\b(?:of|among) (?:whom|them|these|those)\b", view.text[a.start : g.start], re.I)
        and not {v[1:] for v in a.counts.values()} & {v[1:] for v in b.counts.values()}
    ):
        b.part = True  # "3,107 were caught, 661 of whom were remanded"
        return False
    shared = {k for k in a.counts if k in b.counts and a.counts[k][1] != b.counts[k][1]}
    if shared and a.kind == "arrest":
        return False
    consequence = b.frames[0].rule.count in ("killed", "injured", "missing", "rescued") and not b.frames[0].noun
    if consequence and not shared and a.kind == "incident" and b.date in (None, a.date):
        lo, hi = clause(view.bounds, g.start, view.sentence.start, view.sentence.end)
        if not any(lo <= p.start < hi for p in b.places):
            return True  # "…; officials counted 13 dead": the toll of what was told before
    if shared and not re.search(r"\b(?:including|among them|another)\b", words):
        return False
    return not (re.search(r"\banother\b|\ba second\b|\bseparate(?:ly)?\b|\belsewhere\b", words) and b.own >= 2)


def _elsewhere(view: View, d: Draft) -> bool:
    """Whether none of a draft's places stands in its own clause."""
    lo, hi = clause(view.bounds, d.frames[0].start, view.sentence.start, view.sentence.end)
    return not any(lo <= p.start < hi for p in d.places)


def absorb(a: Draft, b: Draft) -> None:
    a.frames += b.frames
    a.start, a.end = min(a.start, b.start), max(a.end, b.end)
    if a.date is None:
        a.date = b.date
    if not a.places or (b.places and all(p.pointed or p.demonym for p in a.places)):
        a.places = b.places or a.places
    for k, v in b.counts.items():
        a.counts.setdefault(k, v)
    a.nationalities += [n for n in b.nationalities if n not in a.nationalities]
    a.used |= b.used
    a.weak = a.weak and b.weak
    a.anaphoric = a.anaphoric and (b.anaphoric or not b.own)
    a.hypothetical = a.hypothetical and b.hypothetical
    order = {
        "plot": 3,
        "clash": 2,
        "shipwreck": 3,
        "abduction": 2,
        "threat": 3,
        "raid": 1 if a.kind == "arrest" else 0,
        "entry_denial": 4,
        "sanction": 4,
        "conviction": 1,
    }
    if order.get(b.subkind, 0) > order.get(a.subkind, 0):
        a.subkind = b.subkind
    if "foiled" in (a.certainty, b.certainty) and a.subkind == "plot":
        a.certainty = "foiled"


__all__ = ["absorb", "same_event"]
