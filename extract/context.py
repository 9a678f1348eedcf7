"""What the context adds to a draft: the date of its entry or section, the place of its paragraph, its words' extent.

Context supplies a year, a section's place or period, "there" and "the city"; it never supplies a publication date.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extract.dates import DateMention, applied
from extract.draft import Draft
from extract.lexicon import alias
from extract.schema import ClaimPlace, DateSpan
from extract.state import PlaceSource, State
from extract.view import View
from extract.where import PlaceRef


def claim_date(
    view: View, own: DateMention | None, state: State, *, past: bool, counted: bool, kind: str, close: bool = True
) -> tuple[DateSpan, tuple[int, int] | None]:
    entry = state.entry_date
    if entry is not None and own is not None and own is not entry and not close:
        own = None
    if own is not None and not (
        entry is not None and own is not entry and own.how in ("feast", "deictic", "weekday", "weekend")
    ):
        if (
            own.relation == "by"
            and kind == "incident"
            and state.last_event is not None
            and not any(not r.pointed and not r.demonym and r.literal for r in view.places)
        ):
            return state.last_event.date, None  # "By 11 January the toll stood at 94": the day of the count
        return applied(own, state.dates), (own.start, own.end)
    if entry is not None:
        return entry.span, (entry.start, entry.end)
    if not past:
        return DateSpan(), None
    if kind == "plot":
        kind, counted = "incident", True
        if state.paragraph_date is None and state.last_dated.get("arrest"):
            return state.last_dated["arrest"], None
    if kind != "route" and state.paragraph_date is not None:
        return state.paragraph_date, None
    if (
        kind != "route"
        and state.section_period is None
        and state.default is None
        and counted
        and len(view.text) < 6000
        and state.last_dated.get(kind)
    ):
        return state.last_dated[kind], None
    if kind == "route" and counted and state.paragraph_date is not None and state.paragraph_date.precision == "day":
        return state.paragraph_date, None
    if (
        kind == "incident"
        and counted
        and state.last_event is not None
        and state.last_event.kind == "incident"
        and not any(not r.pointed and not r.demonym and r.literal for r in view.places)
    ):
        return state.last_event.date, None  # a further toll of the attack told before
    if state.section_period is not None:
        return state.section_period, None
    if state.default is not None and (counted or kind != "route" or state.announced is not None):
        return state.default, None
    return DateSpan(), None


def entry_or_own(view: View, d: Draft, state: State) -> list[PlaceRef]:
    """The entry's place, unless the words name one of their own behind "in" or "at"."""
    if not state.entry_places:
        return d.places
    home = {r.place.iso3 for r in state.entry_places}
    own = [
        r
        for r in d.places
        if r.prep in ("in", "at", "near", "nr.", "outside", "on")
        and r not in state.entry_places
        and not r.demonym
        and r.literal
        and r.place.iso3 in home
    ]
    close = [
        r
        for r in own
        if abs(r.start - d.start) < 60 and ";" not in view.text[min(d.start, r.start) : max(d.start, r.start)]
    ]
    return (
        close + [r for r in d.places if r not in close and any(r.place.id == x.place.id for x in close)]
        if close
        else list(state.entry_places)
    )


def same_sentence_place(view: View, d: Draft, places: PlaceSource) -> list[ClaimPlace] | None:
    """Where nothing better stands: the agency that acted ("the FBI"), or a country that speaks ("Iran said")."""
    if d.kind == "arrest":
        m = view.lex.agencies.search(view.text, view.sentence.start, view.sentence.end)
        place = (
            places.country_place(view.lex.agency_country[alias(m.group())])
            if m and alias(m.group()) in view.lex.agency_country
            else None
        )
        if m and place is not None:
            return [ClaimPlace("location", m.group(), m.start(), m.end(), place, True)]
    seats = [
        r
        for r in view.places
        if r.org
        and re.match(
            r"\s+(?:\w+\s+){0,2}(?:Court|court|police|Police|Prosecutor|prosecutors|tribunal)\b",
            view.text[r.end : r.end + 40],
        )
    ]
    if seats and d.kind == "arrest":
        return [ClaimPlace("location", seats[0].text, seats[0].start, seats[0].end, seats[0].place, True)]
    named = [
        r
        for r in view.places
        if r.place.precision == "country" and not r.org and not r.belongs and (not r.demonym or r.authority)
    ]
    if named and d.kind == "incident":
        return [ClaimPlace("location", named[0].text, named[0].start, named[0].end, named[0].place, True)]
    return None


def inherited_place(view: View, state: State, kind: str, places: PlaceSource) -> list[ClaimPlace] | None:
    here = [p for par, p in state.named if par == view.sentence.paragraph and p.precision not in ("water",)]
    if (
        kind == "incident"
        and state.last_event is not None
        and state.last_event.places
        and (
            (not here and not state.section)
            or (here and here[-1].precision == "country" and state.last_event.places[0].place.iso3 == here[-1].iso3)
        )
    ):
        return [
            replace(p, mention="", start=None, end=None, inferred=True) for p in state.last_event.places
        ]  # a further word on the attack
    place = here[-1] if here else (state.section[0] if state.section else None)
    if place is None and state.named and re.search(r"\b(?:in|near|at|outside|of|around)\s+[A-ZÀ-Þ]\w+", view.words):
        home = Counter(p.iso3 for _, p in state.named if p.iso3).most_common(
            1
        )  # a name nothing knows: the country spoken of
        place = (
            next((p for _, p in reversed(state.named) if p.iso3 == home[0][0] and p.precision == "country"), None)
            if home
            else None
        )
    if (
        place is None
        and state.last_claim is not None
        and state.last_paragraph == view.sentence.paragraph
        and state.last_claim.kind != "route"
        and state.last_claim.places
    ):
        place = state.last_claim.places[0].place
    if place is None and state.last_event is not None and state.last_event.places:
        place = state.last_event.places[0].place
        if kind == "arrest" and place.iso3:  # after an attack, arrests are made somewhere in the country
            place = places.country_place(place.iso3) or place
    if place is None and kind == "arrest":
        land = (
            state.home() or state.land
        )  # "Agents apprehended 2,870 people": somewhere in the country the text is about
        place = places.country_place(land) if land else None
    return [ClaimPlace("location", "", None, None, place, True)] if place is not None else None


def span_of(
    view: View,
    start: int,
    end: int,
    places: Sequence[PlaceRef],
    date: DateMention | None,
    counts: Sequence[tuple[int, int]],
) -> tuple[int, int]:
    for a, b in counts:
        start, end = min(start, a), max(end, b)
    for r in places:
        if view.sentence.start <= r.start < view.sentence.end:
            start, end = min(start, r.start), max(end, r.end)
    if date is not None:
        start, end = min(start, date.start), max(end, date.end)
    return start, end


def attributed(view: View) -> str | None:
    """Whom the sentence names as its source: "according to the New York Post"."""
    m = re.search(
        r"\baccording to (?:the )?((?:[A-Z][\w’'&.-]*)(?:\s+(?:of|and|the|for)?\s*[A-Z][\w’'&.-]*){0,5})", view.words
    )
    if m is None or re.search(r"[’']s?[.,]?$", m[1]):
        return None  # "according to Dushanbe’s own figures": the town is not who said it
    return m[1].rstrip(".,")


# ---------------------------------------------------------------- repeats within one document


__all__ = ["attributed", "claim_date", "entry_or_own", "inherited_place", "same_sentence_place", "span_of"]
