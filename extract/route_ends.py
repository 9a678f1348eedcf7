"""The ends of a journey that its own words leave out, each marked as inferred.

`complete` asks its rules in turn; each adds an end that is missing and never changes one that is there.  What they draw
on, from near to far: the words of the sentence (who acts, "in Poland, …", "home"), what the same people were told of
just before (`journey`), their nationality, the entry's or section's place, the country the text is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from extract.journey import Journey, looks_back, refers_back, subject
from extract.route_chain import own_people
from extract.routes import RouteDraft
from extract.schema import Claim, ClaimPlace, DateSpan, Role
from extract.state import PlaceSource, State
from extract.view import View
from extract.where import PlaceRef

_COMING = re.compile(r"(?:arriv|came|come|reach|enter|cross|land|return|flown|flew|fly|set foot|follow)", re.I)
_RECEIVING = re.compile(
    r"receiv|host|regist|record|took in|take in|taken in|admit|log|brought|bring|welcom|shelter", re.I
)
_ONWARD = re.compile(
    r"\b(?:then|later|afterwards?|subsequently|from there|onwards?|since been|next|eventually)\b", re.I
)
_ONWARD_VERB = re.compile(
    r"(?:go|went|move|moved|travel|travelled|continued?|carried|walked) on\b|continu|onward", re.I
)
_HOMEWARD = re.compile(
    r"[^.;]{0,40}?\b(?:home|homeland|their (?:own )?countr(?:y|ies)|countr(?:y|ies) of origin)\b", re.I
)
_BORDER = re.compile(r"border|frontier|checkpoint|crossing|\b(?:air)?port\b", re.I)


@dataclass
class Scene:
    """A route draft with everything its missing ends may be taken from."""

    view: View
    draft: RouteDraft
    state: State
    journey: Journey
    beside: Sequence[Claim]
    places_of: PlaceSource
    date: DateSpan = field(default_factory=DateSpan)

    @property
    def verb(self) -> str:
        """The verb that opens the journey."""
        return self.draft.frames[0].text


Stops = list[ClaimPlace]
Rule = Callable[[Stops, Scene], Stops]


def complete(stops: Stops, scene: Scene) -> Stops:
    """The stops with the missing ends that the context gives."""
    for rule in _RULES.get(scene.draft.subkind, _RULES["travel"]):
        stops = rule(stops, scene)
    return stops


def _roles(stops: Stops) -> set[Role]:
    return {s.role for s in stops}


def _of(role: Role, r: PlaceRef, *, inferred: bool = True) -> ClaimPlace:
    return ClaimPlace(role, r.text, r.start, r.end, r.place, inferred)


def _first(end: ClaimPlace | None, stops: Stops) -> Stops:
    return stops if end is None else [replace(end, role="origin", inferred=True), *stops]


def _last(end: ClaimPlace | None, stops: Stops) -> Stops:
    return stops if end is None else [*stops, replace(end, role="destination", inferred=True)]


def implied(role: Role, nation: str, view: View, places_of: PlaceSource) -> Stops:
    """The country of a nationality as an end."""
    place = places_of.region_place("central-asia") if nation == "XCA" else places_of.country_place(nation)
    if place is None:
        return []
    ref = next((r for r in view.places if r.demonym and (r.place.iso3 or "XCA") == nation), None)
    return [
        ClaimPlace(role, ref.text if ref else "", ref.start if ref else None, ref.end if ref else None, place, True)
    ]


# ---------------------------------------------------------------- who acts
def _agent_sends(stops: Stops, s: Scene) -> Stops:
    """ "Germany deported …": out of the country that acts."""
    if "origin" in _roles(stops) or not s.draft.agents:
        return stops
    return _first(_of("origin", s.draft.agents[-1]), stops)


def _agent_takes(stops: Stops, s: Scene) -> Stops:
    """ "Kazakhstan brought back …": into the country that acts, which is said outright."""
    if "destination" in _roles(stops) or not s.draft.agents:
        return stops
    return [*stops, _of("destination", s.draft.agents[-1], inferred=s.draft.agents[-1].demonym)]


def _agent_receives(stops: Stops, s: Scene) -> Stops:
    """ "Burundi received …" is where they came; "the navy intercepted …" where they had left."""
    if not s.draft.agents:
        return stops
    if "destination" not in _roles(stops) and _RECEIVING.match(s.verb):
        return _last(_of("destination", s.draft.agents[-1]), stops)
    if "origin" not in _roles(stops) and re.match(r"intercept|stop", s.verb, re.I):
        return _first(_of("origin", s.draft.agents[-1]), stops)
    return stops


# ---------------------------------------------------------------- the same people, told of before
def _here(s: Scene) -> ClaimPlace | None:
    """Where the people of this sentence are when it begins: told in it before, or just before it."""
    f = s.draft.frames[0]
    stay = _stay_before(s)
    if stay is not None:
        return stay
    event = next((c for c in reversed(s.beside) if c.kind != "route" and c.places and c.start < f.start), None)
    if event is not None and (refers_back(s.view, f) or not own_people(s.view, s.draft)):
        return event.places[0]
    if s.journey.near(s.view.sentence.paragraph) and refers_back(s.view, f):
        return s.journey.here[0]
    return None


def _stay_before(s: Scene) -> ClaimPlace | None:
    """Where the sentence says the same people had been staying: "worked in Moscow from 2014 and moved to Kyiv"."""
    at = s.draft.frames[0].start
    stay = next((x for x in reversed(s.view.stays) if x.end <= at), None)
    if stay is None or any(
        stay.end <= q.start < at and q.category == "person" and q.head and not q.of_them for q in s.view.quantities
    ):
        return None
    return ClaimPlace(
        "origin", stay.places[0].text, stay.places[0].start, stay.places[0].end, stay.places[0].place, True
    )


def _sets_out_from_here(stops: Stops, s: Scene) -> Stops:
    """ "They were flown to Bamako": from where they were held or had come to."""
    here, f = _here(s), s.draft.frames[0]
    if here is None or "origin" in _roles(stops) or not _roles(stops) & {"destination", "transit"}:
        return stops
    if "origin" in s.draft.unplaced:
        return stops
    lived = s.journey.stays and not s.beside
    if _stay_before(s) is None and not lived and (looks_back(s.view, f) or not _goes_on(s)):
        return stops
    used = {p.place.id for p in stops} | {p.place.iso3 for p in stops if p.place.precision == "country"}
    if here.place.id in used or (here.place.iso3 is not None and here.place.iso3 in used):
        return stops
    return _first(here, stops)


def _goes_on(s: Scene) -> bool:
    """Whether the journey comes after what was told, and does not look back to an earlier one."""
    before = s.journey.claim if not s.beside else s.beside[-1]
    f = s.draft.frames[0]
    if s.draft.date is not None and s.date.start and before is not None and before.date.start:
        return s.date.start >= before.date.start
    if before is not None and before.kind == "route":
        return True
    return (
        f.rule.frame == "moved"
        or f.passive
        or bool(_ONWARD.search(subject(s.view, f) + s.view.text[f.end : f.end + 30]))
    )


def _came_to_here(stops: Stops, s: Scene) -> Stops:
    """ "He had come from Turkey": to where he was arrested, or where the attack was."""
    roles = _roles(stops)
    if not roles & {"origin", "transit"} or "destination" in roles or "destination" in s.draft.unplaced:
        return stops
    if "origin" not in roles and not (looks_back(s.view, s.draft.frames[0]) or _COMING.match(s.verb)):
        return stops
    event = next((c for c in s.beside if c.kind != "route" and c.places), None)
    j = s.journey
    if event is None and j.claim is not None and j.claim.kind != "route" and j.near(s.view.sentence.paragraph):
        same = s.view.sentence.paragraph == j.paragraph
        event = j.claim if same or refers_back(s.view, s.draft.frames[0]) else None
    if event is None or not event.places:
        return stops
    end = event.places[0]
    if any(p.place.iso3 == end.place.iso3 and p.role == "origin" and not p.inferred for p in stops):
        return stops
    return _last(end, stops)


def _returned(stops: Stops, s: Scene) -> Stops:
    """ "2,700 men returned to Khatlon": from where the text has said that people of there had gone."""
    back = re.match(r"return|went back|go(?:ne|es|ing)? back|came back|come back|went home|came home", s.verb, re.I)
    end = next((p for p in stops if p.role == "destination"), None)
    if not back or end is None or "origin" in _roles(stops) or "origin" in s.draft.unplaced:
        return stops
    return _first(s.journey.returned_from(end.place.iso3), stops)


def _with_the_others(stops: Stops, s: Scene) -> Stops:
    """ "600 landed on Lampedusa; 410 had set out from Zuwara": to where all of them came."""
    j, q = s.journey, s.draft.people
    flow = next((c for c in reversed(s.beside) if c.kind == "route"), None)
    if flow is None and j.near(s.view.sentence.paragraph) and j.claim is not None and j.claim.kind == "route":
        flow = j.claim
    if flow is None or q is None or not (q.category == "bare" or q.of_them):
        return stops
    if (q.number.best or 0) > max((c.best or 0 for c in flow.counts.values()), default=0):
        return stops
    if _roles(stops) == {"destination"} and _ONWARD_VERB.match(s.verb):  # "a further 300 went on to Niamey"
        start = next((p for p in flow.places if p.role == "origin"), None)
        return _first(start, stops)
    if _roles(stops) != {"origin"}:
        return stops
    end = next((p for p in flow.places if p.role == "destination"), None)
    return stops if end is None or end.place.id in {p.place.id for p in stops} else _last(end, stops)


def _back_to_origin(stops: Stops, s: Scene) -> Stops:
    """ "Most have since gone back": to where they had come from."""
    j, f = s.journey, s.draft.frames[0]
    back = re.match(r"[^.;]{0,30}?\bback\b", s.view.text[f.start : f.end + 30], re.I)
    if not back or not j.origin or not j.near(s.view.sentence.paragraph) or not refers_back(s.view, f):
        return stops
    return stops if "destination" in _roles(stops) else _last(j.origin[0], stops)


# ---------------------------------------------------------------- the sentence, the section, the text
def _opener(stops: Stops, s: Scene) -> Stops:
    """ "In Poland, 40 people were deported to …", "In Kyrgyzstan, 79 came back from Iraq": where it is told of."""
    r = next(
        (
            r
            for r in s.view.places
            if not r.demonym
            and r.prep == "in"
            and r.end <= s.draft.frames[0].start
            and re.fullmatch(r"\W*In (?:the )?", s.view.text[s.view.sentence.start : r.start], re.I)
            and s.view.text[r.end : r.end + 1] == ","
        ),
        None,
    )
    if r is None or any(p.place.iso3 == r.place.iso3 for p in stops):
        return stops
    roles = _roles(stops)
    if s.draft.subkind == "deportation":
        return _first(_of("origin", r), stops) if "origin" not in roles else stops
    if "destination" not in roles and (_COMING.match(s.verb) or s.draft.subkind == "repatriation"):
        return _last(_of("destination", r), stops)
    return stops


def _homeward(stops: Stops, s: Scene) -> Stops:
    """ "flew 95 women home from Baghdad": to the country that acts, else to theirs."""
    f = s.draft.frames[-1]
    if "destination" in _roles(stops) or not _HOMEWARD.match(s.view.text[f.start : f.end + 45]):
        return stops
    actor = next(
        (
            r
            for r in reversed(s.view.places)
            if r.end <= f.start and not r.prep and r.place.precision == "country" and (not r.demonym or r.authority)
        ),
        None,
    )
    if actor is not None and actor.place.iso3 not in {p.place.iso3 for p in stops}:
        return _last(_of("destination", actor), stops)
    nation = _nation(s)
    return stops + implied("destination", nation, s.view, s.places_of) if nation else stops


def _nation(s: Scene) -> str | None:
    d = s.draft
    return next((n for n in d.nationalities if n != "XCA"), next(iter(d.nationalities), None))


def _to_own_country(stops: Stops, s: Scene) -> Stops:
    nation = _nation(s)
    if nation is None or "destination" in _roles(stops):
        return stops
    return stops + implied("destination", nation, s.view, s.places_of)


def _from_own_country(stops: Stops, s: Scene) -> Stops:
    """Origin by nationality; not for those who arrive in their own country."""
    d = s.draft
    if "origin" in _roles(stops) or "origin" in d.unplaced:
        return stops
    if any(p.role == "destination" and p.place.iso3 in d.nationalities for p in stops):
        return stops
    for n in d.nationalities[:2]:
        stops = implied("origin", n, s.view, s.places_of) + stops
    return stops


def _same_flow(stops: Stops, s: Scene) -> Stops:
    """ "882 arrived in Dover": from where the others have come that the text tells of."""
    end = next((p for p in stops if p.role == "destination"), None)
    if end is None or "origin" in _roles(stops) or "origin" in s.draft.unplaced or s.draft.people is None:
        return stops
    if not _COMING.match(s.verb) or looks_back(s.view, s.draft.frames[0]):
        return stops
    return _first(s.journey.flow_to(end.place.iso3), stops)


def _behind_the_border(stops: Stops, s: Scene) -> Stops:
    """Who crosses a country's border arrives in it."""
    if "destination" in _roles(stops) or "transit" not in _roles(stops):
        return stops
    t = next(p for p in reversed(stops) if p.role == "transit")
    if not t.place.iso3 or not (_BORDER.search(t.place.name + t.mention) or re.match(r"stop", s.verb, re.I)):
        return stops
    land = s.places_of.country_place(t.place.iso3)
    return stops if land is None else [*stops, ClaimPlace("destination", t.mention, t.start, t.end, land, True)]


def _before_the_border(stops: Stops, s: Scene) -> Stops:
    """Who crosses the border of two countries into one of them comes from the other."""
    if "origin" in _roles(stops) or "origin" in s.draft.unplaced:
        return stops
    border = next((p.place for p in stops if p.role == "transit" and p.place.kind == "border"), None)
    end = next((p.place.iso3 for p in stops if p.role == "destination"), None)
    if border is None or len(border.countries) != 2 or end not in border.countries:
        return stops
    land = s.places_of.country_place(next(c for c in border.countries if c != end))
    return stops if land is None else _first(ClaimPlace("origin", "", None, None, land, True), stops)


def _where_they_were(stops: Stops, s: Scene) -> Stops:
    """Returns: from where the title, or the last return, says they were."""
    state, d = s.state, s.draft
    origin = next((p.place for p in stops if p.role == "origin"), None)
    if origin is not None:
        if any(p.role == "origin" and not p.inferred for p in stops):
            state.repatriated_from = origin
        return stops
    if d.people is None:
        return stops
    if state.repatriated_from is not None:
        return _first(ClaimPlace("origin", "", None, None, state.repatriated_from, True), stops)
    if state.title_from:
        return [ClaimPlace("origin", "", None, None, r.place, True) for r in state.title_from] + stops
    lands = {*d.nationalities, *(a.place.iso3 for a in d.agents), *(p.place.iso3 for p in stops)} or {state.home()}
    return _first(next((x for land in lands if (x := s.journey.returned_from(land))), None), stops)


def _section_end(stops: Stops, s: Scene) -> Stops:
    """The end that a section's heading gives: under "Poland", "two were sent back to Tajikistan" starts in Poland."""
    roles, section = _roles(stops), s.state.section
    home = next((p for p in section if p.precision in ("country", "city", "admin1", "site")), None)
    if home is None or len(section) > 1 or home.iso3 in {p.place.iso3 for p in stops}:
        return stops
    end = ClaimPlace("origin", "", None, None, home, True)
    if s.draft.subkind == "deportation" and "origin" not in roles:
        return _first(end, stops)
    if (
        "destination" not in roles
        and "origin" in roles
        and (s.draft.people is not None or s.draft.subkind == "repatriation")
    ):
        return _last(end, stops)
    return stops


def _home_end(stops: Stops, s: Scene) -> Stops:
    """ "Some 1,480 Albanians were flown to Tirana" in a text on Britain: from the country it is about, if they are counted."""
    roles, d, home = _roles(stops), s.draft, s.state.home()
    if roles == {"transit"} and d.people is not None and re.match(r"cross", s.verb, re.I):
        over = s.state.home() or s.state.land  # "13,489 people crossed the Channel"
        land = s.places_of.country_place(over) if over else None
        return stops if land is None else _last(ClaimPlace("destination", "", None, None, land, True), stops)
    ours = d.subkind == "deportation" and re.search(r"\b(?:we|our)\b", subject(s.view, d.frames[0]), re.I) is not None
    if (
        home is None
        or (d.people is None and not ours)
        or home in {p.place.iso3 for p in stops}
        or len(roles & {"origin", "destination"}) != 1
        or (place := s.places_of.country_place(home)) is None
    ):
        return stops
    start = ClaimPlace("origin", "", None, None, place, True)
    if "destination" in roles:
        leaves = re.match(
            r"(?:left|leave|fly|flew|flown|return|went|go|enter|cross|pass|flee|fled|escap|regist|receiv|host|took in|arriv|reach)",
            s.verb,
            re.I,
        )
        return _first(start, stops) if d.frames[0].passive or leaves or ours else stops
    if s.state.title_to and re.match(r"(?:arriv|came|come|reach|enter|cross)", s.verb, re.I):
        return _last(ClaimPlace("destination", "", None, None, s.state.title_to[0].place, True), stops)
    return _last(start, stops) if re.match(r"(?:arriv|came|come|reach|enter|flown|flew|cross)", s.verb, re.I) else stops


_RULES: dict[str, tuple[Rule, ...]] = {
    "deportation": (
        _agent_sends,
        _opener,
        _sets_out_from_here,
        _to_own_country,
        _back_to_origin,
        _section_end,
        _home_end,
    ),
    "repatriation": (_where_they_were, _agent_takes, _opener, _to_own_country, _section_end, _home_end),
    "travel": (
        _agent_receives,
        _sets_out_from_here,
        _with_the_others,
        _returned,
        _from_own_country,
        _same_flow,
        _behind_the_border,
        _before_the_border,
        _homeward,
        _back_to_origin,
        _opener,
        _section_end,
        _came_to_here,
        _home_end,
    ),
}


__all__ = ["Scene", "complete", "implied"]
