"""A document → claims: sentences are read in order, drafts get what the context gives, repeats join.

`ClaimReader(places).read(document, mentions)` is the whole chain of this package for one document.  `places` answers
for countries and capitals (a `PlaceSource`, handed in by the geocoding side); `mentions` are the place names already
found and resolved.  Context supplies a year, a section's place or period, "there" and "the city"; it never supplies a
publication date.
"""
from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from extract.dates import Context, DateMention, applied, day_first, find_dates, iter_year_mentions
from extract.draft import Draft, View, date_is_close, drafts_of
from extract.frames import boundaries, find_frames
from extract.lexicon import Lexicon, load
from extract.quantities import find_quantities, nationality
from extract.routes import RouteDraft, routes_of
from extract.schema import Claim, ClaimPlace, Count, DateSpan, Document, Mention, Place, Role
from extract.shares import main_key, shares
from extract.text import Sentence, sentences, tokens
from extract.where import PlaceRef, place_refs


class PlaceSource(Protocol):
    """What claims need of a gazetteer."""

    def country_place(self, iso3: str) -> Place | None:
        """The place that stands for a country."""

    def capital_of(self, iso3: str) -> Place | None:
        """A country's capital."""

    def region_place(self, slug: str) -> Place | None:
        """A region such as "central-asia"."""

    def border_place(self, iso3: str, other: str | None, side: str | None) -> Place | None:
        """The border of two countries, or one side of a country's border ("southern")."""


@dataclass
class State:
    """What the text has said so far."""

    dates: Context
    dmy: bool | None
    named: list[tuple[int, Place]] = field(default_factory=list)   # literal places in order, with their paragraph
    islands: list[Place] = field(default_factory=list)             # for "the island"
    section: list[Place] = field(default_factory=list)             # place of the section's heading
    entry_date: DateMention | None = None                          # "18.03 Kulob:", "5 August.": heads its paragraph
    entry_places: list[PlaceRef] = field(default_factory=list)
    title_places: list[Place] = field(default_factory=list)
    title_from: list[PlaceRef] = field(default_factory=list)       # "Returns of citizens from Syria and Iraq"
    section_period: DateSpan | None = None
    list_period: DateSpan | None = None
    default: DateSpan | None = None
    last_claim: Claim | None = None
    counted: Claim | None = None                                   # the last claim with a total, for the list that follows
    counted_paragraph: int = -1
    origin_list: bool = False                                      # "Points of departure:" heads the list
    last_paragraph: int = -1
    paragraph: int = -1
    paragraph_date: DateSpan | None = None
    announced: DateSpan | None = None
    repatriated_from: Place | None = None                          # where the people brought home were, said before
    nationalities: list[str] = field(default_factory=list)         # of the people told of last
    last_dated: dict[str, DateSpan] = field(default_factory=dict)  # the date of the last claim of each kind
    topic: tuple[str, str] | None = None                           # kind and subkind that the title announces


class ClaimReader:
    """Reads claims; keeps no state between documents."""

    def __init__(self, places: PlaceSource, language: str = "en") -> None:
        self.places = places
        self.lex: Lexicon = load(language)

    # ------------------------------------------------------------ the document
    def read(self, document: Document, mentions: Sequence[Mention]) -> list[Claim]:
        """Claims of one document in reading order."""
        text = document.text
        sents = [s for s in sentences(text) if s.start < _end_of_body(text)]
        state = State(Context(document.published), day_first(text))
        state.dates.period = state.announced = _announced(text, sents, document, state.dmy)
        state.topic = self._topic(text, sents, document)
        state.default = state.dates.period if state.dates.period and state.dates.period.start else _dominant_year(text, sents, document)
        if state.dates.period is None and state.default is not None:
            state.dates.year = state.default.end.year if state.default.end else None
        claims: list[Claim] = []
        headlines: list[Claim] = []
        body_from = _headline_end(text, sents)
        for s in sents:
            view = self._view(text, s, mentions, state)
            if s.heading:
                self._heading(view, state, sents)
                if s.start < body_from and not state.title_places:
                    state.title_places = [r.place for r in view.places if not r.demonym]
                    state.title_from = [r for r in view.places if r.prep == "from"]
            found = self._claims_of(view, state, document, claims)
            if s.start < body_from:
                headlines += found
            else:
                for c in found:
                    self._add(claims, c, state)
                    state.last_paragraph = s.paragraph
                    if c.date.start is not None and c.date_span is not None and c.date.precision == "day":
                        state.last_dated[c.kind] = c.date
            self._remember(view, state)
        for c in headlines:
            if not any(c.kind == x.kind for x in claims) and c.places and (c.counts or c.date.start):
                claims.insert(0, c)
        return _finish(claims)

    def _view(self, text: str, s: Sentence, mentions: Sequence[Mention], state: State) -> View:
        inside = [m for m in mentions if s.start <= m.start < s.end]
        if s.paragraph != state.paragraph:
            state.paragraph, state.paragraph_date, state.entry_date, state.entry_places = s.paragraph, None, None, []
            state.dates.period, state.dates.scene = state.section_period or state.announced, None
        dateline = _DATELINE.match(text, s.start, s.end)
        head = dateline.end() if dateline else s.start
        for m in inside:                 # the dateline says where the reporter sat
            if m.start < head and m.place is not None and m.kind == "name":
                state.named.append((s.paragraph, m.place))
        inside = [m for m in inside if m.start >= head]
        toks = tokens(text, head, s.end)
        dates = find_dates(text, head, s.end, state.dates, dmy=state.dmy)
        spans = [(d.start, d.end) for d in dates]
        bounds = boundaries(text, s.start, s.end)
        groups = [(m.start(), m.end(), self.lex.group_names[_alias(m.group())]) for m in self.lex.groups.finditer(text, s.start, s.end) if _alias(m.group()) in self.lex.group_names]
        # a group's name or a month is no place, whatever a gazetteer has
        inside = [m for m in inside if m.kind == "demonym" or not any(a < m.end and m.start < b for a, b in [(g[0], g[1]) for g in groups] + [x for x in spans if text[x[0]:x[1]][:1].isupper()])]
        quantities = find_quantities(text, toks, inside, self.lex, spans)
        places = place_refs(text, s.start, s.end, inside, self.lex, lambda noun, kinds: self._pointed(noun, kinds, state), lambda a, b, side: self._border(a, b, side, state))
        groups = [g for g in groups if g[2] != "Taliban"]
        frames = find_frames(text, toks, bounds, self.lex)
        self._entry(text, s, dates, places, state)
        return View(text, s, toks, bounds, dates, places, quantities, frames, inside, groups, self.lex)

    def _entry(self, text: str, s: Sentence, dates: Sequence[DateMention], places: Sequence[PlaceRef], state: State) -> None:
        """A date or place that heads an entry: "18.03 Kulob: …", "5 August. …", "MELILLA. …", "Malta: 34 people …"."""
        words = text[s.start:s.end]
        lead = 0
        if dates and re.fullmatch(r"\W*(?:on )?", text[s.start:dates[0].start], re.I) and dates[0].span.start is not None:
            rest = text[dates[0].end:s.end]
            if dates[0].how.startswith("dotted") or re.match(r"\s*(?:[:–—]|\.?$|\.\s)", rest):
                state.entry_date, lead = dates[0], dates[0].end - s.start
        names = [r for r in places if not r.demonym and not r.pointed]
        if names and re.fullmatch(r"[\s,.;:–—-]*", words[lead:names[0].start - s.start]):
            run = [names[0]]
            for r in names[1:]:
                if len(text[run[-1].end:r.start]) <= 12 and re.fullmatch(r"(?:\s*(?:dist\.?|district|prov\.?|province|airport|valley|dists\.?|region)\s*)?[\s,/&]*(?:and)?\s*(?:the\s)?", text[run[-1].end:r.start]):
                    run.append(r)
                else:
                    break
            if re.match(r"\s*(?:dist\.?|district|prov\.?|province|airport|valley|dists\.?|region|sector)?\s*(?::|\.$|\.\s|\s[–—-]\s)", text[run[-1].end:s.end + 1], re.I):
                state.entry_places = run

    def _topic(self, text: str, sents: Sequence[Sentence], document: Document) -> tuple[str, str] | None:
        """Kind and subkind that the title announces: "Returns of citizens from Syria", "Irregular arrivals"."""
        lines = [text[s.start:s.end] for s in sents[:5] if s.heading] + ([document.title] if document.title else [])
        for line in lines:
            if re.search(r"\breturns?\b|\brepatriat", line, re.I):
                return "route", "repatriation"
            if re.search(r"\barrivals?\b|\bcrossings?\b|\bencounters?\b", line, re.I):
                return "route", "border_crossing"
        return None

    def _border(self, a: str | None, b: str | None, side: str | None, state: State) -> Place | None:
        if a is None and side is not None:
            seen = [p for _, p in state.named if p.kind == "border"]
            if seen and side[:5] in seen[-1].name.lower():
                return seen[-1]
            countries = Counter(p.iso3 for _, p in state.named if p.iso3)
            a = countries.most_common(1)[0][0] if countries else None
        return self.places.border_place(a, b, side) if a else None

    def _pointed(self, noun: str, kinds: tuple[str, ...], state: State) -> Place | None:
        recent = [p for _, p in reversed(state.named)]
        if noun.startswith("capital of "):
            return self.places.capital_of(noun.removeprefix("capital of "))
        if noun in ("border", "frontier"):
            return next((p for p in recent if p.kind == "border" or re.search(r"border|frontier", p.name, re.I)), None)
        if noun == "capital":
            base = next((p.iso3 for p in state.section + recent if p.iso3), None)
            return self.places.capital_of(base) if base else None
        if noun == "country":
            pool = state.section + recent
            iso3 = next((p.iso3 for p in pool if p.iso3), None)
            return self.places.country_place(iso3) if iso3 else None
        if noun == "island" and state.islands:
            return state.islands[-1]
        return next((p for p in recent[:6] if p.precision in kinds), None)

    # ------------------------------------------------------------ headings and memory
    def _heading(self, view: View, state: State, sents: Sequence[Sentence]) -> None:
        if view.words.rstrip().endswith(":"):
            state.origin_list = bool(re.search(r"\b(?:departure|origin|from|left)\b", view.words, re.I))
            if not any(not r.demonym for r in view.places):
                return                   # heads a list, not a section
        state.counted = None
        state.section = [r.place for r in view.places if not r.demonym and (r.literal or len(view.words.split()) <= 4)]
        period = next((d.span for d in view.dates if d.span.start), None)
        month = re.fullmatch(r"\s*([A-Za-z]+)\s*", view.words)
        if period is None and month and month[1].lower() in _MONTHS and state.default and state.default.end:
            from extract.dates import month_span
            period = DateSpan(*month_span(state.default.end.year, _MONTHS[month[1].lower()]), "month")
        state.section_period = period if view.sentence.paragraph > 2 and not _META.search(view.words) else None
        state.dates.period = state.section_period or state.announced

    def _remember(self, view: View, state: State) -> None:
        for r in view.places:
            if not r.demonym and (r.literal or r.prep) and not r.pointed and not r.org:
                state.named.append((view.sentence.paragraph, r.place))
                if r.place.kind == "island" or r.prep == "on" or re.search(r"\bislands? of\s+$", view.text[max(0, r.start - 12):r.start]):
                    state.islands.append(r.place)
        people = [n for q in view.quantities if q.category == "person" for n in q.nationalities]
        people = people or [n for m in view.mentions if m.kind == "demonym" and m.text.endswith("s") for n in [nationality(m)] if n]
        if people:
            state.nationalities = list(dict.fromkeys(people))
        for d in view.dates:
            if d.span.start is not None and d.span.precision in ("day", "month") and d.relation == "":
                state.paragraph_date = d.span

    # ------------------------------------------------------------ one sentence
    def _claims_of(self, view: View, state: State, document: Document, sofar: Sequence[Claim]) -> list[Claim]:
        drafts = drafts_of(view)
        routes = routes_of(view)
        out: list[Claim] = []
        for d in drafts:
            c = self._incident(view, d, state, document, sofar)
            if c is not None:
                out.append(c)
        for r in routes:
            c = self._route(view, r, state, document, out)
            if c is not None:
                out.append(c)
        out.sort(key=lambda c: c.start)
        out += self._shares(view, out, state)
        if not out:
            out += self._item(view, state, document)
        counted = [c for c in out if main_key(c) and c.part_of is None and not c.rule.endswith("+share")]
        if counted and not view.sentence.heading:
            state.counted, state.counted_paragraph = counted[-1], view.sentence.paragraph
        return out

    def _shares(self, view: View, found: list[Claim], state: State) -> list[Claim]:
        """Shares of a total of this sentence, or of the one that introduced the list it stands in."""
        taken = {a for c in found for a, _ in c.count_spans.values()}
        base = next((c for c in reversed(found) if main_key(c)), None)
        out: list[Claim] = []
        if base is not None:
            out = shares(view, base, taken, state.dates, same_sentence=True)
        elif state.counted is not None and (view.sentence.bullet or view.sentence.paragraph == state.counted_paragraph) and not any(f.negated or f.kind == "incident" for f in view.frames):
            out = shares(view, state.counted, taken, state.dates, same_sentence=False, origin_list=state.origin_list)
        for i, c in enumerate(out):
            if c.kind == "route" and not any(p.role == "origin" for p in c.places) and c.nationalities:
                home = [ClaimPlace("origin", "", None, None, p, True) for n in c.nationalities for p in [self.places.country_place(n) if n != "XCA" else self.places.region_place("central-asia")] if p]
                out[i] = replace(c, places=(*home, *c.places))
        return out

    def _item(self, view: View, state: State, document: Document) -> list[Claim]:
        """A list item without a verb: "Mehr-1, 30 May 2019: 156 people, from Syria" under a title about returns."""
        if state.topic is None or not view.sentence.bullet or view.frames:
            return []
        q = next((q for q in view.quantities if q.category == "person"), None)
        stops: list[ClaimPlace] = [ClaimPlace("origin" if r.prep == "from" else "destination", r.text, r.start, r.end, r.place) for r in view.places if not r.demonym and r.prep in ("from", "to")]
        if q is None or not stops:
            return []
        key = "returned" if state.topic[1] == "repatriation" else "people"
        home = next(iter(state.section), None)
        if home is not None and not any(s.role == "destination" for s in stops):
            stops.append(ClaimPlace("destination", "", None, None, home, True))
        own = view.dates[0] if view.dates else None
        date, span = self._date(view, own, state, past=True, counted=True, kind="route")
        start, end = self._span(view, q.start, q.end, [r for r in view.places if r.prep in ("from", "to")], own, [])
        return [Claim(document.name, "route", state.topic[1], start, end, date, tuple(stops), (), tuple(q.nationalities), {key: q.count()}, "reported", 0.6, "list.item",
                      span, {key: (q.start, q.end)})]

    def _incident(self, view: View, d: Draft, state: State, document: Document, sofar: Sequence[Claim]) -> Claim | None:
        if d.hypothetical and d.subkind not in ("plot", "threat"):
            return None
        if view.sentence.heading and not d.counts:
            return None
        quote = view.text[view.sentence.start:view.sentence.end]
        if quote.rstrip().endswith("?"):
            return None
        placed = self._entry_or_own(view, d, state)
        places = [ClaimPlace("location", r.text, r.start, r.end, r.place, r.demonym or r.pointed) for r in placed]
        if d.kind == "incident" and self._adds_to_last(view, d, state, sofar):
            return None
        close = d.date is None or any(date_is_close(view, d.date, f) for f in d.frames)
        date, date_span = self._date(view, d.date, state, past=True, counted=bool(d.counts), kind="plot" if d.subkind == "plot" else d.kind, close=close)
        counts = {k: v[0] for k, v in d.counts.items()}
        if d.anaphoric or (d.weak and not d.places and d.date is None and not counts):
            return None
        if all(r.demonym for r in d.places) and d.places and d.weak and d.date is None and not counts:
            return None
        if not places:
            if not counts and d.date is None:
                return None
            inherited = self._same_sentence_place(view, d) or self._inherited_place(view, state)
            if inherited is None and not counts:
                return None
            if inherited is not None:
                places = inherited
        if d.subkind == "threat" and not places:
            return None
        people = d.counts.get("arrested") or d.counts.get("people")
        if d.kind == "arrest" and people is None and d.date is None and all(r.demonym for r in placed):
            return None
        if d.kind == "arrest" and people is None and d.date is None and re.search(r"\bwho\s+(?:\w+\s+){0,3}$", view.text[max(view.sentence.start, d.start - 30):d.frames[0].start], re.I):
            return None                  # "families who were held captive in Syria": background of a person
        if d.weak and not d.date and d.counts and all(q.indefinite for q in view.quantities if q.start in d.used) and d.subkind == "conviction":
            return None
        present = all(f.present for f in d.frames) and not d.counts and d.date is None
        habitual = any(f.habitual for f in d.frames) and d.date is None
        if (present or habitual) and d.subkind != "plot":
            return None
        start, end = self._span(view, d.start, d.end, d.places, d.date, [v[1:] for v in d.counts.values()])
        nationalities = self._perpetrators(view, d)
        confidence = min(0.95, 0.35 + 0.2 * bool(d.places) + 0.2 * (d.date is not None) + 0.2 * bool(counts) - 0.1 * d.weak)
        return Claim(document.name, d.kind, d.subkind, start, end, date, tuple(places), tuple(dict.fromkeys(d.groups)), tuple(nationalities), counts,  # type: ignore[arg-type]
                     d.certainty, confidence, d.rule, date_span, {k: (v[1], v[2]) for k, v in d.counts.items()},
                     part_of=-1 if d.part else None, origin=_attributed(view))

    def _entry_or_own(self, view: View, d: Draft, state: State) -> list[PlaceRef]:
        """The entry's place, unless the words name one of their own behind "in" or "at"."""
        if not state.entry_places:
            return d.places
        home = {r.place.iso3 for r in state.entry_places}
        own = [r for r in d.places if r.prep in ("in", "at", "near", "nr.", "outside", "on") and r not in state.entry_places and not r.demonym and r.literal and r.place.iso3 in home]
        close = [r for r in own if abs(r.start - d.start) < 60 and ";" not in view.text[min(d.start, r.start):max(d.start, r.start)]]
        return close + [r for r in d.places if r not in close and any(r.place.id == x.place.id for x in close)] if close else list(state.entry_places)

    def _adds_to_last(self, view: View, d: Draft, state: State, sofar: Sequence[Claim]) -> bool:
        """"Nine officers were killed." after "a bomb went off in Safra": the toll of the same event."""
        last = state.last_claim
        if last is None or last.kind != "incident" or d.subkind in ("plot", "threat") or not d.counts or last not in sofar:
            return False
        if state.last_paragraph != view.sentence.paragraph or any(not r.pointed and not r.demonym for r in d.places):
            return False
        if d.date is not None and d.date.how not in ("deictic", "that_unit", "next_unit"):
            return False
        if last.counts.keys() & d.counts.keys() or last.certainty in ("foiled", "hypothetical"):
            return False
        i = list(sofar).index(last)
        merged = replace(last, counts={**last.counts, **{k: v[0] for k, v in d.counts.items()}},
                         count_spans={**last.count_spans, **{k: (v[1], v[2]) for k, v in d.counts.items()}})
        sofar[i] = merged  # type: ignore[index]  # the document's own list
        state.last_claim = merged
        return True

    def _route(self, view: View, d: RouteDraft, state: State, document: Document, beside: Sequence[Claim]) -> Claim | None:
        if view.sentence.heading:
            return None
        if not d.stops and d.people is not None and _TALLY.search(view.words) and (state.section or state.title_places):
            p = (state.section or state.title_places)[0]
            home_land = self.places.country_place(p.iso3) if p.iso3 else None
            d_extra = [ClaimPlace("transit", "", None, None, p, True)] + ([ClaimPlace("destination", "", None, None, home_land, True)] if home_land else [])
        else:
            d_extra = []
        if state.entry_places and "destination" not in {role for role, _ in d.stops} and d.mode == "sea":
            d.stops.append(("destination", state.entry_places[0]))
        stops: list[ClaimPlace] = d_extra + [ClaimPlace(role, r.text, r.start, r.end, r.place, r.pointed or not r.literal) for role, r in d.stops]
        roles = {s.role for s in stops}
        agent = d.agents[-1].place if d.agents else None
        if not d.nationalities and (d.people is None or d.people.of_them or not d.people.head) and re.search(r"\b(?:they|them|these|those|who|he|she|both)\b", view.words, re.I):
            d.nationalities = list(state.nationalities)
        nation = next((n for n in d.nationalities if n != "XCA"), next(iter(d.nationalities), None))
        if d.subkind == "deportation":
            if "origin" not in roles and agent is not None:
                stops.insert(0, ClaimPlace("origin", d.agents[-1].text, d.agents[-1].start, d.agents[-1].end, agent, True))
            if "destination" not in roles and nation:
                stops += self._implied("destination", nation, view, d)
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
                    stops.append(ClaimPlace("destination", d.agents[-1].text, d.agents[-1].start, d.agents[-1].end, agent, d.agents[-1].demonym))
                elif nation:
                    stops += self._implied("destination", nation, view, d)
        else:
            if "origin" not in roles and agent is not None and re.match(r"intercept|stop", d.frames[0].text.lower()):
                stops.insert(0, ClaimPlace("origin", d.agents[-1].text, d.agents[-1].start, d.agents[-1].end, agent, True))
            elif "origin" not in roles and d.nationalities:
                for n in d.nationalities[:2]:
                    stops = self._implied("origin", n, view, d) + stops
            if "transit" in roles and "destination" not in roles:
                t = next(s for s in reversed(stops) if s.role == "transit")
                if t.place.iso3 and re.search(r"border|frontier", t.place.name + t.mention, re.I):
                    home = self.places.country_place(t.place.iso3)
                    if home is not None:
                        stops.append(ClaimPlace("destination", t.mention, t.start, t.end, home, True))
        stops = self._section_ends(stops, d, state)
        stops = self._ends_at_event(stops, view, d, state, beside)
        roles = {s.role for s in stops}
        if state.topic == ("route", "repatriation") and d.subkind in ("travel", "return", "border_crossing", "sea_crossing") and d.people is not None and "origin" in roles:
            d.subkind, d.key = "repatriation", "returned"
        explicit = [s for s in stops if not s.inferred] or d_extra
        if not explicit and not (d.people and stops):
            return None
        scene = {p.place.id for c in beside if c.kind == "incident" for p in c.places}
        if "origin" not in {s.role for s in explicit} and explicit and all(s.place.id in scene for s in explicit):
            return None                  # "gunmen entered the church": the way into the scene is no journey
        taken = {c.count_spans[k][0] for c in beside for k in c.count_spans}
        if len(explicit) == 1 and "origin" not in roles and d.people is not None and d.people.start in taken and not d.nationalities:
            return None                  # "were arrested as they landed at Aktau"
        if len({s.place.id for s in stops}) < 2 and d.people is None and d.subkind in ("travel", "return", "sea_crossing", "border_crossing"):
            return None
        if d.certainty == "hypothetical" and (len(explicit) < 2 or d.people is not None):
            return None
        generic = all(f.present for f in d.frames)
        date, date_span = self._date(view, d.date, state, past=not generic, counted=d.people is not None and not generic, kind="route")
        start, end = self._span(view, d.start, d.end, [], d.date, [])
        counts = {k: v[0] for k, v in d.count().items()}
        confidence = min(0.95, 0.3 + 0.2 * ("origin" in roles and "destination" in roles) + 0.2 * bool(counts) + 0.15 * (d.date is not None) + 0.1 * (len(explicit) > 1))
        return Claim(document.name, "route", d.subkind, start, end, date, tuple(stops), tuple(dict.fromkeys(g[2] for g in view.groups)), tuple(d.nationalities), counts,
                     d.certainty, confidence, d.rule, date_span, {k: (v[1], v[2]) for k, v in d.count().items()},
                     part_of=-1 if d.part else None, origin=_attributed(view), mode=d.mode)

    def _ends_at_event(self, stops: list[ClaimPlace], view: View, d: RouteDraft, state: State, beside: Sequence[Claim]) -> list[ClaimPlace]:
        """Where a journey told beside an arrest or attack ended: there, if it names only where it began."""
        roles = {s.role for s in stops}
        if "origin" not in roles or "destination" in roles or d.subkind in ("deportation", "repatriation", "labour_migration"):
            return stops
        event = next((c for c in beside if c.kind != "route" and c.places), None)
        if event is None and state.last_claim is not None and state.last_paragraph == view.sentence.paragraph and state.last_claim.kind != "route":
            event = state.last_claim
        if event is None or not event.places:
            return stops
        end = event.places[0].place
        if any(s.place.iso3 == end.iso3 and s.role == "origin" and not s.inferred for s in stops):
            return stops
        return [*stops, ClaimPlace("destination", event.places[0].mention, event.places[0].start, event.places[0].end, end, True)]

    def _section_ends(self, stops: list[ClaimPlace], d: RouteDraft, state: State) -> list[ClaimPlace]:
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

    def _implied(self, role: Role, nation: str, view: View, d: RouteDraft) -> list[ClaimPlace]:
        place = self.places.region_place("central-asia") if nation == "XCA" else self.places.country_place(nation)
        if place is None:
            return []
        ref = next((r for r in view.places if r.demonym and (r.place.iso3 or "XCA") == nation), None)
        return [ClaimPlace(role, ref.text if ref else "", ref.start if ref else None, ref.end if ref else None, place, True)]

    # ------------------------------------------------------------ context
    def _date(self, view: View, own: DateMention | None, state: State, *, past: bool, counted: bool, kind: str, close: bool = True) -> tuple[DateSpan, tuple[int, int] | None]:
        entry = state.entry_date
        if entry is not None and own is not None and own is not entry and not close:
            own = None
        if own is not None and not (entry is not None and own is not entry and own.how in ("feast", "deictic", "weekday", "weekend")):
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
        if kind != "route" and state.section_period is None and state.default is None and counted and len(view.text) < 6000 and state.last_dated.get(kind):
            return state.last_dated[kind], None
        if kind == "route" and counted and state.paragraph_date is not None and state.paragraph_date.precision == "day":
            return state.paragraph_date, None
        if state.section_period is not None:
            return state.section_period, None
        if state.default is not None and (counted or kind != "route" or state.announced is not None):
            return state.default, None
        return DateSpan(), None

    def _same_sentence_place(self, view: View, d: Draft) -> list[ClaimPlace] | None:
        """Where nothing better stands: the agency that acted ("the FBI"), or a country that speaks ("Iran said")."""
        if d.kind == "arrest":
            m = self.lex.agencies.search(view.text, view.sentence.start, view.sentence.end)
            place = self.places.country_place(self.lex.agency_country[_alias(m.group())]) if m and _alias(m.group()) in self.lex.agency_country else None
            if m and place is not None:
                return [ClaimPlace("location", m.group(), m.start(), m.end(), place, True)]
        named = [r for r in view.places if r.place.precision == "country" and not r.org and not r.belongs and (not r.demonym or r.authority)]
        if named and d.kind == "incident":
            return [ClaimPlace("location", named[0].text, named[0].start, named[0].end, named[0].place, True)]
        return None

    def _inherited_place(self, view: View, state: State) -> list[ClaimPlace] | None:
        here = [p for par, p in state.named if par == view.sentence.paragraph and p.precision not in ("water",)]
        place = here[-1] if here else (state.section[0] if state.section else None)
        if place is None and state.last_claim is not None and state.last_paragraph == view.sentence.paragraph and state.last_claim.kind != "route" and state.last_claim.places:
            place = state.last_claim.places[0].place
        return [ClaimPlace("location", "", None, None, place, True)] if place is not None else None

    def _perpetrators(self, view: View, d: Draft) -> list[str]:
        if d.kind == "arrest":
            out = list(d.nationalities)
            for r in view.places:
                if r.demonym and not r.authority and abs(r.start - d.start) < 140:
                    token = r.place.iso3 or ("XCA" if "central-asia" in r.place.id else None)
                    if token and token not in out and not any(q.indefinite and q.start <= r.start < q.end and q.start in d.used for q in view.quantities):
                        out.append(token)
            return out
        out = []
        victims = [(v[1], v[2]) for k, v in d.counts.items() if k in ("killed", "injured", "abducted")]
        for q in view.quantities:
            if q.nationalities and not any(a < q.end and q.start < b for a, b in victims):
                left = view.text[max(view.sentence.start, q.start - 30):q.start].lower()
                first = min(f.start for f in d.frames)
                if q.end <= first or re.search(r"\bby\s+(?:\w+\s+){0,2}$", left):
                    out += [n for n in q.nationalities if n not in out]
        for m in re.finditer(r"\b(?:by|cell of|of)\s+(?:\w+[- ]){0,3}?(?=([A-Z]\w+)\s+(?:nationals?|citizens?|descent|militants?))", view.words):
            for r in view.places:
                if r.demonym and r.start == view.sentence.start + m.start(1) and r.place.iso3 and r.place.iso3 not in out:
                    out.append(r.place.iso3)
        return out

    def _span(self, view: View, start: int, end: int, places: Sequence[PlaceRef], date: DateMention | None, counts: Sequence[tuple[int, int]]) -> tuple[int, int]:
        for a, b in counts:
            start, end = min(start, a), max(end, b)
        for r in places:
            if view.sentence.start <= r.start < view.sentence.end:
                start, end = min(start, r.start), max(end, r.end)
        if date is not None:
            start, end = min(start, date.start), max(end, date.end)
        return start, end

    # ------------------------------------------------------------ repeats
    def _add(self, claims: list[Claim], c: Claim, state: State) -> None:
        for i in range(len(claims) - 1, -1, -1):
            if _repeats(claims[i], c):
                claims[i] = _joined(claims[i], c)
                state.last_claim = claims[i]
                return
        claims.append(c)
        state.last_claim = c


#: "QUETTA, Pakistan, Oct 14 (Continental Newswire) — ", "ROME — "
_DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ .’'/-]{2,30}(?:,[^—–\n]{0,45})?(?:\s*\([^)\n]{0,40}\))?\s*(?:—|–|--|-)\s+(?=[A-Z“\"0-9])")
_MONTHS = {m: i for i, m in enumerate("january february march april may june july august september october november december".split(), 1)}
#: Nouns of a border agency's or a coast's tally: where they are counted is where people came in.
_TALLY = re.compile(r"\b(?:encounters|arrivals|crossings|entries|apprehensions)\b", re.I)
_META = re.compile(r"\b(?:published|issued|date of issue|updated|posted)\b", re.I)


def _alias(words: str) -> str:
    return re.sub(r"\s+", " ", words.replace("’", "'"))


def _end_of_body(text: str) -> int:
    """Where notes, link lists and boilerplate begin: claims are read up to there."""
    for pattern in (r"^\s*(?:Citations|References|Notes|Endnotes|Bibliography|Footnotes|Works cited)\s*$", r"^\s*(?:Read more|Most read|Related (?:articles|stories)|Newsletter|About the authors?|More on this story|You may also like)\s*$"):
        m = re.search(pattern, text, re.M | re.I)
        if m and m.start() > 0.3 * len(text):
            return m.start()
    return len(text)


def _headline_end(text: str, sents: Sequence[Sentence]) -> int:
    """The end of the headline and by-lines: headings before the first full sentence."""
    for s in sents:
        if not s.heading:
            return s.start
    return 0


def _announced(text: str, sents: Sequence[Sentence], document: Document, dmy: bool | None) -> DateSpan | None:
    """The period a title announces ("MARCH 2023", "Third quarter 2024", "Chronicle 2023"): None for a day or nothing."""
    heads = [s for s in sents[:8] if s.heading and not _META.match(text[s.start:s.end].strip())][:4]
    lines = [(document.title or "", 0)] if document.title else []
    lines += [(text[s.start:s.end], s.start) for s in heads]
    for line, _ in lines:
        line = _META.split(line)[0]
        ctx = Context(document.published)
        for d in find_dates(line, 0, len(line), ctx, dmy=dmy):
            if d.span.start and d.explicit_year and d.span.precision != "day" and not re.search(r"\bpress release|No\.", line, re.I):
                return d.span
        years = list(iter_year_mentions(line))
        if len(years) == 1 and re.search(rf"(?:\bin |^|[A-Za-z] ){years[0]}\b(?!/)", line) and not re.search(r"release|No\.|/|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+ 20|[A-Z][a-z]+ \d{1,2}, 20|[-–]", line):
            return DateSpan(dt.date(years[0], 1, 1), dt.date(years[0], 12, 31), "year")
    return None


def _dominant_year(text: str, sents: Sequence[Sentence], document: Document) -> DateSpan | None:
    """The year a retrospect is about: named in most places where a year stands, and at least four times after "in"."""
    body = text[:_end_of_body(text)]
    years = Counter(int(y) for y in re.findall(r"\b(?:[Ii]n|[Tt]he year|[Dd]uring|throughout) (20[0-4]\d|19[5-9]\d)\b", body))
    if not years:
        return None
    year, n = years.most_common(1)[0]
    if n >= 4 and n >= 0.6 * sum(years.values()):
        return DateSpan(dt.date(year, 1, 1), dt.date(year, 12, 31), "year")
    return None


def _attributed(view: View) -> str | None:
    """Whom the sentence names as its source: "according to the New York Post"."""
    m = re.search(r"\baccording to (?:the )?((?:[A-Z][\w’'&.-]*)(?:\s+(?:of|and|the|for)?\s*[A-Z][\w’'&.-]*){0,5})", view.words)
    return m[1].rstrip(".,") if m else None


# ---------------------------------------------------------------- repeats within one document
def _overlap(a: DateSpan, b: DateSpan) -> bool | None:
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return None
    return a.start <= b.end and b.start <= a.end


def _main_places(c: Claim) -> list[Place]:
    return [p.place for p in c.places]


def _repeats(old: Claim, new: Claim) -> bool:
    """Whether a later claim of the document tells the same event again."""
    if old.kind != new.kind or (old.certainty == "hypothetical") != (new.certainty == "hypothetical"):
        return False
    when = _overlap(old.date, new.date)
    if when is False:
        return False
    for k in old.counts.keys() & new.counts.keys():
        if old.counts[k].best != new.counts[k].best:
            return False
    same_count = any(old.counts[k].best == new.counts[k].best and (old.counts[k].best or 0) > 1 for k in old.counts.keys() & new.counts.keys())
    if old.kind == "route":
        def ends(c: Claim, role: str) -> set[str]:
            return {p.place.iso3 or p.place.id for p in c.places if p.role == role}
        same = ends(old, "origin") == ends(new, "origin") and ends(old, "destination") == ends(new, "destination")
        if not same:
            return False
        if same_count:
            return True
        return not old.counts and not new.counts and (when is None or old.date == new.date) and {p.place.id for p in old.places} >= {p.place.id for p in new.places}
    a, b = ({p.place.id: p.place for p in c.places if p.start is not None} for c in (old, new))
    fine = [i for i in a.keys() & b.keys() if a[i].precision in ("site", "city")]
    if old.kind == "incident":
        if not new.counts and new.date.start is None and fine:
            return True
        if any(a[i].precision == "site" for i in fine) and when is not False and not (old.subkind == "plot") != (new.subkind == "plot"):
            return True
        return bool(fine) and when is True and (old.date.precision == "day" or new.date.precision == "day" or same_count) and (old.subkind == "plot") == (new.subkind == "plot")
    return bool(fine or {p.iso3 for p in a.values()} & {p.iso3 for p in b.values()}) and same_count and when is not False


_SHARP = {"day": 0, "month": 1, "season": 2, "half": 2, "year": 3, "unknown": 4}


def _joined(old: Claim, new: Claim) -> Claim:
    """The earlier claim with what only the repeat says."""
    date, span = old.date, old.date_span
    if _SHARP[new.date.precision] < _SHARP[old.date.precision] and new.date_span is not None:
        date, span = new.date, new.date_span
    counts: dict[str, Count] = {**new.counts, **old.counts}
    spans = {**new.count_spans, **old.count_spans}
    known = {p.place.id for p in old.places}
    places = old.places
    if old.kind != "route":
        places = old.places + tuple(p for p in new.places if p.place.id not in known and not p.inferred)
    return replace(old, date=date, date_span=span, counts=counts, count_spans=spans, places=places,
                   nationalities=tuple(dict.fromkeys(old.nationalities + new.nationalities)), groups=tuple(dict.fromkeys(old.groups + new.groups)),
                   confidence=min(0.97, old.confidence + 0.05))


def _finish(claims: list[Claim]) -> list[Claim]:
    """Links shares to the total told before them."""
    out: list[Claim] = []
    for i, c in enumerate(claims):
        whole = c.part_of
        if whole == -1:
            whole = next((k for k in range(i - 1, -1, -1) if claims[k].kind == c.kind and claims[k].part_of is None and claims[k].counts), None)
        out.append(replace(c, part_of=whole))
    return out


__all__ = ["ClaimReader", "PlaceSource"]
