"""Routes: a route draft and its document's context → a claim with its stops in order, or None where no journey is stated.

Ends that a sentence leaves out are added from nationality, section, agent or the event told beside it, always marked inferred.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.context import attributed, claim_date, span_of
from extract.journey import looks_back, refers_back
from extract.route_ends import Scene, complete
from extract.routes import RouteDraft
from extract.schema import Claim, ClaimPlace, DateSpan, Document
from extract.state import PlaceSource, State
from extract.view import View

#: Nouns of a border agency's or a coast's tally: where they are counted is where people came in.
_TALLY = re.compile(
    r"\b(?:encounters|arrivals|crossings|entries|apprehensions|detections|attempts to (?:cross|enter)|crossing attempts)\b",
    re.I,
)


def route_claim(
    view: View, d: RouteDraft, state: State, document: Document, beside: Sequence[Claim], places_of: PlaceSource
) -> Claim | None:
    if view.sentence.heading:
        return None
    if not d.stops and d.people is not None and _TALLY.search(view.words) and (state.section or state.title_places):
        p = (state.section or state.title_places)[0]
        home_land = places_of.country_place(p.iso3) if p.iso3 else None
        d_extra = [ClaimPlace("transit", "", None, None, p, True)] + (
            [ClaimPlace("destination", "", None, None, home_land, True)] if home_land else []
        )
    else:
        d_extra = []
    ends = {role for role, _ in d.stops}
    if (
        state.entry_places
        and "destination" not in ends
        and (
            d.mode == "sea"
            or (
                "origin" in ends
                and re.match(r"enter|arriv|deport|return|expel|cross|come|came", d.frames[0].text, re.I)
            )
        )
    ):
        d.stops.append(("destination", state.entry_places[0]))
    stops: list[ClaimPlace] = d_extra + [
        ClaimPlace(role, r.text, r.start, r.end, r.place, r.pointed or not r.literal) for role, r in d.stops
    ]
    if (
        not d.nationalities
        and (d.people is None or d.people.of_them or not d.people.head)
        and re.search(r"\b(?:they|them|these|those|who|he|she|both)\b", view.words, re.I)
    ):
        d.nationalities = list(state.nationalities)
    generic = all(f.present for f in d.frames)
    date, date_span = claim_date(
        view, d.date, state, past=not generic, counted=d.people is not None and not generic, kind="route"
    )
    if date.start is None and date.end is None and not generic:
        date = _date_of_journey(view, d, state)
    stops = complete(stops, Scene(view, d, state, state.journey, beside, places_of, date))
    if state.title_from and any(s.start is None and s.role == "origin" for s in stops) and d.subkind == "repatriation":
        d_extra = d_extra or [s for s in stops if s.start is None]
    own_nation = bool(d.nationalities)
    roles = {s.role for s in stops}
    if (
        state.topic == ("route", "repatriation")
        and d.subkind in ("travel", "return", "border_crossing", "sea_crossing")
        and d.people is not None
        and "origin" in roles
    ):
        d.subkind, d.key = "repatriation", "returned"
    if d.subkind == "repatriation" and not d.nationalities:  # a state takes back its own citizens
        d.nationalities = list(dict.fromkeys(s.place.iso3 for s in stops if s.role == "destination" and s.place.iso3))[
            :1
        ]
    explicit = [s for s in stops if not s.inferred] or d_extra
    if not explicit and not (d.people and stops):
        return None
    scene = {p.place.id for c in beside if c.kind == "incident" for p in c.places}
    if "origin" not in {s.role for s in explicit} and explicit and all(s.place.id in scene for s in explicit):
        return None  # "gunmen entered the church": the way into the scene is no journey
    taken = {c.count_spans[k][0] for c in beside for k in c.count_spans}
    if (
        len(explicit) == 1
        and d.people is not None
        and d.people.start in taken
        and (
            ("origin" not in {s.role for s in explicit} and not own_nation)
            or any(
                d.people.start == c.count_spans[k][0]
                for c in beside
                for k in c.count_spans
                if k in ("killed", "injured", "missing")
            )
        )
    ):
        return None  # "were arrested as they landed at Aktau"
    if (
        len({s.role for s in stops} | d.unplaced) < 2
        and d.people is None
        and d.subkind in ("travel", "return", "sea_crossing", "border_crossing")
    ):
        return None
    if d.certainty == "hypothetical" and len(explicit) < (2 if d.people is None else 3):
        return None
    start, end = span_of(view, d.start, d.end, [], d.date, [])
    counts = {k: v[0] for k, v in d.count().items()}
    confidence = min(
        0.95,
        0.3
        + 0.2 * ("origin" in roles and "destination" in roles)
        + 0.2 * bool(counts)
        + 0.15 * (d.date is not None)
        + 0.1 * (len(explicit) > 1),
    )
    return Claim(
        document.name,
        "route",
        d.subkind,
        start,
        end,
        date,
        tuple(stops),
        tuple(dict.fromkeys(g[2] for g in view.groups)),
        tuple(d.nationalities),
        counts,
        d.certainty,
        confidence,
        d.rule,
        date_span,
        {k: (v[1], v[2]) for k, v in d.count().items()},
        part_of=-1 if d.part else None,
        origin=attributed(view),
        mode=d.mode,
    )


def _date_of_journey(view: View, d: RouteDraft, state: State) -> DateSpan:
    """The period of a journey without a date: after the leg before it, or that of the journey it goes on telling of."""
    if d.after is not None and d.after.span.end is not None:
        return DateSpan(d.after.span.end, state.dates.published, "unknown")
    j = state.journey
    if (
        j.claim is None
        or j.claim.kind != "route"
        or not j.near(view.sentence.paragraph)
        or not refers_back(view, d.frames[0])
        or j.claim.date.start is None
        or d.certainty != j.claim.certainty
    ):
        f = d.frames[0]
        told = d.people is not None or refers_back(view, f) or d.unplaced or d.mode is not None
        if told and state.paragraph_date is not None and not looks_back(view, f) and d.certainty != "hypothetical":
            return state.paragraph_date
        return DateSpan()
    return j.claim.date


__all__ = ["route_claim"]
