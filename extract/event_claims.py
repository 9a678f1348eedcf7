"""Incidents and arrests: a draft and its document's context → a claim, or None where nothing specific is stated."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.attach import date_is_close
from extract.context import attributed, claim_date, entry_or_own, inherited_place, same_sentence_place, span_of
from extract.draft import Draft
from extract.schema import Claim, ClaimPlace, Document
from extract.state import PlaceSource, State
from extract.view import View


def event_claim(
    view: View, d: Draft, state: State, document: Document, sofar: list[Claim], places_of: PlaceSource
) -> Claim | None:
    if d.hypothetical and d.subkind not in ("plot", "threat"):
        return None
    if view.sentence.heading and not d.counts:
        return None
    quote = view.text[view.sentence.start : view.sentence.end]
    if quote.rstrip().endswith("?"):
        return None
    placed = entry_or_own(view, d, state)
    places = [ClaimPlace("location", r.text, r.start, r.end, r.place, r.demonym or r.pointed) for r in placed]
    if d.kind == "incident" and (_adds_to_last(view, d, state, sofar) or _told_again(view, d, state)):
        return None
    if d.anaphoric and d.definite and state.last_claim is None and d.places and d.date is not None:
        d.anaphoric = False  # "The explosion took place near …": nothing that it could take up
    close = d.date is None or any(date_is_close(view, d.date, f) for f in d.frames)
    date, date_span = claim_date(
        view,
        d.date,
        state,
        past=True,
        counted=bool(d.counts),
        kind="plot" if d.subkind == "plot" else d.kind,
        close=close,
    )
    counts = {k: v[0] for k, v in d.counts.items()}
    if d.anaphoric or (d.weak and not d.places and d.date is None and not counts):
        return None
    if all(r.demonym for r in d.places) and d.places and d.weak and d.date is None and not counts:
        return None
    if not places:
        if not counts and d.date is None:
            return None
        inherited = same_sentence_place(view, d, places_of) or inherited_place(view, state, d.kind, places_of)
        if inherited is None and not counts:
            return None
        if inherited is not None:
            places = inherited
    if d.subkind == "threat" and not places:
        return None
    people = d.counts.get("arrested") or d.counts.get("people")
    if d.kind == "arrest" and people is None and d.date is None and all(r.demonym for r in placed):
        return None
    if d.subkind == "conviction" and not counts and (d.date is None or not close):
        return None
    if (
        d.kind == "arrest"
        and people is None
        and (d.date is None or not close)
        and re.search(
            r"\bwho\s+(?:\w+\s+){0,3}$", view.text[max(view.sentence.start, d.start - 30) : d.frames[0].start], re.I
        )
    ):
        return None  # "families who were held captive in Syria": background of a person
    if (
        d.weak
        and not d.date
        and d.counts
        and all(q.indefinite for q in view.quantities if q.start in d.used)
        and d.subkind == "conviction"
    ):
        return None
    if (
        d.kind == "incident"
        and not counts
        and d.rule.endswith((".patient", ".agent"))
        and (d.date is None or d.date.span.precision not in ("day", "month"))
    ):
        return None  # "has claimed many lives this year"
    present = all(f.present for f in d.frames) and not d.counts and d.date is None
    habitual = any(f.habitual for f in d.frames) and d.date is None
    if (present or habitual) and d.subkind != "plot":
        return None
    start, end = span_of(view, d.start, d.end, d.places, d.date, [v[1:] for v in d.counts.values()])
    nationalities = _perpetrators(view, d)
    confidence = min(0.95, 0.35 + 0.2 * bool(d.places) + 0.2 * (d.date is not None) + 0.2 * bool(counts) - 0.1 * d.weak)
    return Claim(
        document.name,
        d.kind,
        d.subkind,
        start,
        end,
        date,
        tuple(places),
        tuple(dict.fromkeys(d.groups)),
        tuple(nationalities),
        counts,  # type: ignore[arg-type]
        d.certainty,
        confidence,
        d.rule,
        date_span,
        {k: (v[1], v[2]) for k, v in d.counts.items()},
        part_of=-1 if d.part else None,
        origin=attributed(view),
    )


def _adds_to_last(view: View, d: Draft, state: State, sofar: list[Claim]) -> bool:
    """ "Nine officers were killed." after "a bomb went off in Safra": the toll of the same event."""
    last = state.last_claim
    if last is None or last.kind != "incident" or d.subkind in ("plot", "threat") or not d.counts or last not in sofar:
        return False
    if view.sentence.paragraph - state.last_paragraph > 1 or any(not r.pointed and not r.demonym for r in d.places):
        return False
    if d.date is not None and d.date.how not in ("deictic", "that_unit", "next_unit"):
        return False
    if last.counts.keys() & d.counts.keys() or last.certainty in ("foiled", "hypothetical"):
        return False
    i = sofar.index(last)
    merged = replace(
        last,
        counts={**last.counts, **{k: v[0] for k, v in d.counts.items()}},
        count_spans={**last.count_spans, **{k: (v[1], v[2]) for k, v in d.counts.items()}},
    )
    sofar[i] = merged
    state.last_claim = merged
    return True


def _told_again(view: View, d: Draft, state: State) -> bool:
    """Another toll of the attack told just before, by another source: "The hospital had received nine bodies"."""
    last = state.last_claim
    return (
        last is not None
        and last.kind == "incident"
        and last.certainty not in ("foiled", "hypothetical")
        and d.subkind not in ("plot", "threat", "abduction")
        and 0 <= view.sentence.paragraph - state.last_paragraph <= 1
        and d.date is None
        and bool(last.counts.keys() & d.counts.keys())
        and re.search(
            r"\b(?:said|says|according|reported|put|counted|told|confirmed|received|claimed|listed)\b", view.words, re.I
        )
        is not None
        and all(f.rule.count in ("killed", "injured", "missing") for f in d.frames)
        and not any(not r.pointed and not r.demonym and (r.prep or r.literal) for r in view.places)
        and not any(x.start is not None for x in (y.span for y in view.dates))
        and re.search(
            r"\b(?:another|further|more|also|separate\w*|elsewhere|second|in all|total|altogether)\b", view.words, re.I
        )
        is None
    )


def _perpetrators(view: View, d: Draft) -> list[str]:
    if d.kind == "arrest":
        out = list(d.nationalities)
        others = [q for q in view.quantities if q.start not in d.used and not q.indefinite and q.category == "person"]
        for r in view.places:
            if (
                r.demonym
                and not r.authority
                and abs(r.start - d.start) < 140
                and not any(q.start <= r.start < q.end for q in others)
            ):
                token = r.place.iso3 or ("XCA" if "central-asia" in r.place.id else None)
                if (
                    token
                    and token not in out
                    and not any(
                        q.indefinite and q.start <= r.start < q.end and q.start in d.used for q in view.quantities
                    )
                ):
                    out.append(token)
        return out
    out = []
    victims = [(v[1], v[2]) for k, v in d.counts.items() if k in ("killed", "injured", "abducted")]
    for q in view.quantities:
        if q.nationalities and not any(a < q.end and q.start < b for a, b in victims):
            left = view.text[max(view.sentence.start, q.start - 30) : q.start].lower()
            first = min(f.start for f in d.frames)
            if q.end <= first or re.search(r"\bby\s+(?:\w+\s+){0,2}$", left):
                out += [n for n in q.nationalities if n not in out]
    for m in re.finditer(
        r"\b(?:by|cell of|of)\s+(?:\w+[- ]){0,3}?(?=([A-Z]\w+)\s+(?:nationals?|citizens?|descent|militants?))",
        view.words,
    ):
        for r in view.places:
            if r.demonym and r.start == view.sentence.start + m.start(1) and r.place.iso3 and r.place.iso3 not in out:
                out.append(r.place.iso3)
    return out


__all__ = ["event_claim"]
