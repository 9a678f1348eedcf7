"""Journeys told over several verbs or sentences: a later one that goes on with the same people completes the earlier.

`continued` joins two drafts of one sentence ("50 men were handed over; they were flown to Baghdad"); `completed` gives the
last route claim with what a later sentence adds to it ("Most had set out from Zuwara"), or None where it tells another
journey.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extract.journey import refers_back, subject
from extract.routes import RouteDraft
from extract.schema import Claim, ClaimPlace
from extract.view import View


def own_people(view: View, d: RouteDraft) -> bool:
    """Whether a draft counts people of its own, not only "he" or "most of them"."""
    q = d.people
    return q is not None and not (q.indefinite and not q.head) and (q.number.best or 0) > 1


def _others(view: View, d: RouteDraft) -> bool:
    """Whether a draft tells of those left over: "the rest went back to Moscow"."""
    return bool(re.search(r"\b(?:the (?:rest|remainder|remaining|other)|others)\b", subject(view, d.frames[0]), re.I))


def continued(view: View, drafts: list[RouteDraft]) -> list[RouteDraft]:
    """The drafts of a sentence, those joined that go on with the people of the one before."""
    out: list[RouteDraft] = []
    for d in drafts:
        last = out[-1] if out else None
        if (
            last is not None
            and not own_people(view, d)
            and not _others(view, d)
            and refers_back(view, d.frames[0])
            and {r for r, _ in last.stops} <= {"origin", "transit"}
            and not any(role == "origin" for role, _ in d.stops)
            and d.certainty == last.certainty
        ):
            out[-1] = replace(
                last,
                frames=last.frames + d.frames,
                stops=last.stops + d.stops,
                end=max(last.end, d.end),
                date=last.date or d.date,
            )
        else:
            out.append(d)
    return out


def completed(last: Claim, d: RouteDraft, stops: list[ClaimPlace], view: View) -> Claim | None:
    """The last route with the stops that a later sentence adds; None where the draft is a journey of its own."""
    if (
        last.kind != "route"
        or not stops
        or d.certainty != last.certainty
        or own_people(view, d)
        or _others(view, d)
        or not refers_back(view, d.frames[0])
        or (d.date is not None and last.date_span is not None)
    ):
        return None
    new = {s.role for s in stops}
    old = {p.role for p in last.places if not p.inferred}
    known = {p.place.id for p in last.places}
    fresh = [s for s in stops if s.place.id not in known]
    if not fresh:
        return None
    if new == {"transit"} and {"origin", "destination"} <= {p.role for p in last.places}:
        return _with(last, fresh)  # "Most went by way of Istanbul"
    if new <= {"origin", "transit"} and "origin" not in old and "destination" in old:
        kept = [p for p in last.places if p.role != "origin"]
        return _with(
            replace(last, places=tuple(kept)), [s for s in stops if s.place.id not in {p.place.id for p in kept}]
        )
    if "destination" in new and "origin" in old and "destination" not in {p.role for p in last.places}:
        onward = [s if s.role == "destination" else replace(s, role="transit") for s in fresh]
        return _with(last, onward)  # "He left Dushanbe in 2019. … moved on to Istanbul and from there to Afghanistan."
    return None


def _with(c: Claim, more: list[ClaimPlace]) -> Claim:
    order = {"origin": 0, "transit": 1, "location": 1, "destination": 2}
    return replace(c, places=tuple(sorted((*c.places, *more), key=lambda p: order[p.role])))


__all__ = ["completed", "continued", "own_people"]
