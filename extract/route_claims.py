"""Routes: a route draft and its document's context → a claim with its stops in order, or None where no journey is stated.

Ends that a sentence leaves out are added from nationality, section, agent or the event told beside it, always marked inferred.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.context import attributed, claim_date, span_of
from extract.routes import RouteDraft
from extract.schema import Claim, ClaimPlace, Document, Role
from extract.state import PlaceSource, State
from extract.view import View

#: Nouns of a border agency's or a coast's tally: where they are counted is where people came in.
_TALLY = re.compile(r"\b(?:encounters|arrivals|crossings|entries|apprehensions)\b", re.I)


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
    roles = {s.role for s in stops}
    agent = d.agents[-1].place if d.agents else None
    if (
        not d.nationalities
        and (d.people is None or d.people.of_them or not d.people.head)
        and re.search(r"\b(?:they|them|these|those|who|he|she|both)\b", view.words, re.I)
    ):
        d.nationalities = list(state.nationalities)
    nation = next((n for n in d.nationalities if n != "XCA"), next(iter(d.nationalities), None))
    if d.subkind == "deportation":
        if "origin" not in roles and agent is not None:
            stops.insert(0, ClaimPlace("origin", d.agents[-1].text, d.agents[-1].start, d.agents[-1].end, agent, True))
        if "destination" not in roles and nation:
            stops += implied("destination", nation, view, places_of)
    elif d.subkind == "repatriation":
        if "origin" not in roles and state.repatriated_from is None and d.people is not None and state.title_from:
            stops = [ClaimPlace("origin", "", None, None, r.place, True) for r in state.title_from] + stops
            d_extra = stops
        elif "origin" in roles:
            state.repatriated_from = next(s.place for s in stops if s.role == "origin")
        elif d.people is not None and state.repatriated_from is not None:
            stops.insert(0, ClaimPlace("origin", "", None, None, state.repatriated_from, True))
        if "destination" not in roles:
            if agent is not None:
                stops.append(
                    ClaimPlace(
                        "destination",
                        d.agents[-1].text,
                        d.agents[-1].start,
                        d.agents[-1].end,
                        agent,
                        d.agents[-1].demonym,
                    )
                )
            elif nation:
                stops += implied("destination", nation, view, places_of)
    else:
        if (
            "destination" not in roles
            and agent is not None
            and re.match(
                r"receiv|host|regist|record|took in|take in|taken in|admit|log|brought|bring|welcom|shelter",
                d.frames[0].text.lower(),
            )
        ):
            stops.append(
                ClaimPlace("destination", d.agents[-1].text, d.agents[-1].start, d.agents[-1].end, agent, True)
            )
            roles.add("destination")
        if "origin" not in roles and agent is not None and re.match(r"intercept|stop", d.frames[0].text.lower()):
            stops.insert(0, ClaimPlace("origin", d.agents[-1].text, d.agents[-1].start, d.agents[-1].end, agent, True))
        elif (
            "origin" not in roles
            and d.nationalities
            and not any(s.role == "destination" and s.place.iso3 in d.nationalities for s in stops)
        ):
            for n in d.nationalities[:2]:
                stops = implied("origin", n, view, places_of) + stops
        if "transit" in roles and "destination" not in roles:
            t = next(s for s in reversed(stops) if s.role == "transit")
            if t.place.iso3 and (
                re.search(r"border|frontier|checkpoint|crossing|\bport\b", t.place.name + t.mention, re.I)
                or re.match(r"stop", d.frames[0].text, re.I)
            ):
                home = places_of.country_place(t.place.iso3)
                if home is not None:
                    stops.append(ClaimPlace("destination", t.mention, t.start, t.end, home, True))
    stops = _from_last_event(stops, view, d, state)
    stops = _section_ends(stops, d, state)
    stops = _ends_at_event(stops, view, d, state, beside)
    stops = _home_end(stops, d, state, places_of)
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
            ("origin" not in roles and not d.nationalities)
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
    if d.certainty == "hypothetical" and (len(explicit) < 2 or d.people is not None):
        return None
    generic = all(f.present for f in d.frames)
    date, date_span = claim_date(
        view, d.date, state, past=not generic, counted=d.people is not None and not generic, kind="route"
    )
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


def _from_last_event(stops: list[ClaimPlace], view: View, d: RouteDraft, state: State) -> list[ClaimPlace]:
    """ "They were flown to Bamako.": from where the people of the last claim were arrested or had come to."""
    roles = {s.role for s in stops}
    last = state.last_claim
    if roles != {"destination"} or last is None or not last.places or state.last_paragraph != view.sentence.paragraph:
        return stops
    subject = view.text[view.sentence.start : d.frames[0].start]
    if not re.match(
        r"\W*(?:they|he|she|all|both|the (?:\w+ )?(?:men|women|four|five|six|seven|eight|two|three|group|suspects|survivors|detainees|others))\b",
        subject,
        re.I,
    ):
        return stops
    place = next((p for p in reversed(last.places) if p.role in ("location", "destination")), None)
    if place is None or place.place.id in {s.place.id for s in stops}:
        return stops
    return [ClaimPlace("origin", place.mention, place.start, place.end, place.place, True), *stops]


def _home_end(stops: list[ClaimPlace], d: RouteDraft, state: State, places_of: PlaceSource) -> list[ClaimPlace]:
    """ "Some 1,480 Albanians were flown to Tirana" in a text on Britain: from the country the text is about, if it is counted."""
    roles = {s.role for s in stops}
    home = state.home()
    if (
        home is None
        or d.people is None
        or home in {s.place.iso3 for s in stops}
        or len(roles & {"origin", "destination"}) != 1
    ):
        return stops
    place = places_of.country_place(home)
    if place is None:
        return stops
    if "destination" in roles and (
        d.frames[0].passive
        or re.match(
            r"(?:left|leave|fly|flew|flown|return|went|go|enter|cross|pass|flee|fled|escap|regist|receiv|host|took in|arriv|reach)",
            d.frames[0].text,
            re.I,
        )
    ):
        return [ClaimPlace("origin", "", None, None, place, True), *stops]
    if (
        "destination" not in roles
        and state.title_to
        and re.match(r"(?:arriv|came|come|reach|enter|cross)", d.frames[0].text, re.I)
    ):
        return [*stops, ClaimPlace("destination", "", None, None, state.title_to[0].place, True)]
    if "origin" in roles and re.match(r"(?:arriv|came|come|reach|enter|flown|flew|cross)", d.frames[0].text, re.I):
        return [*stops, ClaimPlace("destination", "", None, None, place, True)]
    return stops


def _ends_at_event(
    stops: list[ClaimPlace], view: View, d: RouteDraft, state: State, beside: Sequence[Claim]
) -> list[ClaimPlace]:
    """Where a journey told beside an arrest or attack ended: there, if it names only where it began."""
    roles = {s.role for s in stops}
    if (
        "origin" not in roles
        or "destination" in roles
        or d.subkind in ("deportation", "repatriation", "labour_migration")
    ):
        return stops
    event = next((c for c in beside if c.kind != "route" and c.places), None)
    if (
        event is None
        and state.last_claim is not None
        and state.last_paragraph == view.sentence.paragraph
        and state.last_claim.kind != "route"
    ):
        event = state.last_claim
    if event is None or not event.places:
        return stops
    end = event.places[0].place
    if any(s.place.iso3 == end.iso3 and s.role == "origin" and not s.inferred for s in stops):
        return stops
    return [
        *stops,
        ClaimPlace("destination", event.places[0].mention, event.places[0].start, event.places[0].end, end, True),
    ]


def _section_ends(stops: list[ClaimPlace], d: RouteDraft, state: State) -> list[ClaimPlace]:
    """The end that a section's heading gives: under "Poland", "two were sent back to Tajikistan" starts in Poland."""
    roles = {s.role for s in stops}
    home = next((p for p in state.section if p.precision in ("country", "city", "admin1", "site")), None)
    used = {s.place.iso3 for s in stops}
    if home is None or (home.iso3 in used) or len(state.section) > 1:
        return stops
    if d.subkind in ("deportation",) and "origin" not in roles:
        return [ClaimPlace("origin", "", None, None, home, True), *stops]
    if "destination" not in roles and "origin" in roles and (d.people is not None or d.subkind == "repatriation"):
        return [*stops, ClaimPlace("destination", "", None, None, home, True)]
    return stops


def implied(role: Role, nation: str, view: View, places_of: PlaceSource) -> list[ClaimPlace]:
    place = places_of.region_place("central-asia") if nation == "XCA" else places_of.country_place(nation)
    if place is None:
        return []
    ref = next((r for r in view.places if r.demonym and (r.place.iso3 or "XCA") == nation), None)
    return [
        ClaimPlace(role, ref.text if ref else "", ref.start if ref else None, ref.end if ref else None, place, True)
    ]


__all__ = ["implied", "route_claim"]
