"""A document → claims: its sentences are read in order, drafts get what the context gives, repeats join.

`ClaimReader(places).read(document, mentions)` is this package's chain for one document.  `places` answers for countries,
capitals and borders (a `PlaceSource`, handed in by the geocoding side); `mentions` are the place names already resolved.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.compared import compared, summed, toll_elsewhere
from extract.context import claim_date, span_of
from extract.dates import Context, day_first, find_dates
from extract.drafts import drafts_of
from extract.event_claims import event_claim
from extract.frames import boundaries, find_frames
from extract.layout import DATELINE, announced_period, dominant_year, end_of_body, entry_of, headline_end, topic_of
from extract.lexicon import Lexicon, alias, load
from extract.quantities import find_quantities
from extract.repeats import LOOK_BACK, joined, link_shares, repeats
from extract.route_chain import completed, continued
from extract.route_claims import route_claim
from extract.routes import RouteDraft, routes_of
from extract.schema import Claim, ClaimPlace, Document, Mention
from extract.shares import main_key, peoples, settle, shares
from extract.state import PlaceSource, State
from extract.text import Sentence, sentences, tokens
from extract.view import SentenceParts, View
from extract.where import place_refs
from extract.whereabouts import stays_of


def sentence_parts(text: str, s: Sentence, lex: Lexicon) -> SentenceParts:
    """Tokens, clause boundaries and triggers of one sentence, from behind its dateline on."""
    dateline = DATELINE.match(text, s.start, s.end)
    head = dateline.end() if dateline else s.start
    toks, bounds = tokens(text, head, s.end), boundaries(text, s.start, s.end)
    return SentenceParts(head, toks, bounds, find_frames(text, toks, bounds, lex))


class ClaimReader:
    """Reads claims; keeps no state between documents."""

    def __init__(self, places: PlaceSource, language: str = "en") -> None:
        self.places = places
        self.lex: Lexicon = load(language)

    # ------------------------------------------------------------ the document
    def read(
        self,
        document: Document,
        mentions: Sequence[Mention],
        *,
        sents: Sequence[Sentence] | None = None,
        parts: Mapping[int, SentenceParts] | None = None,
    ) -> list[Claim]:
        """Claims of one document in reading order; `sents` and `parts` (by sentence start) where a pipeline has made them."""
        text = document.text
        body = end_of_body(text)
        sents = [s for s in (sentences(text) if sents is None else sents) if s.start < body]
        parts = parts if parts is not None else {s.start: sentence_parts(text, s, self.lex) for s in sents}
        state = State(Context(document.published), day_first(text))
        state.land = State.land_of(mentions)
        state.dates.period = state.announced = announced_period(text, sents, document, state.dmy)
        state.topic = topic_of(text, sents, document)
        state.default = (
            state.dates.period
            if state.dates.period and state.dates.period.start
            else dominant_year(text, sents, document)
        )
        if state.dates.period is None and state.default is not None:
            state.dates.year = state.default.end.year if state.default.end else None
        claims: list[Claim] = []
        headlines: list[Claim] = []
        body_from = headline_end(text, sents)
        for s in sents:
            view = self._view(text, s, parts[s.start], mentions, state)
            state.in_body = s.start >= body_from
            if s.heading:
                state.heading(view)
                if s.start < body_from and not state.title_places:
                    state.title_places = [r.place for r in view.places if not r.demonym]
                    state.title_from = [r for r in view.places if r.prep == "from"]
                    state.title_to = [r for r in view.places if r.prep in ("to", "into") and not r.demonym]
            found = self._claims_of(view, state, document, claims)
            if s.start < body_from:
                headlines += found
            else:
                for c in found:
                    self._add(claims, c, state)
                    state.journey.told(c, s.paragraph)
                    state.last_paragraph = s.paragraph
                    if c.kind == "incident" and c.certainty != "foiled" and any(not p.inferred for p in c.places):
                        state.last_event = c
                    if c.date.start is not None and c.date_span is not None and c.date.precision == "day":
                        state.last_dated[c.kind] = c.date
            state.remember(view)
        for c in headlines:
            if not any(c.kind == x.kind for x in claims) and c.places and (c.counts or c.date.start):
                claims.insert(0, c)
        return link_shares(claims)

    def _view(self, text: str, s: Sentence, part: SentenceParts, mentions: Sequence[Mention], state: State) -> View:
        inside = [m for m in mentions if s.start <= m.start < s.end]
        if s.paragraph != state.paragraph:
            state.paragraph, state.paragraph_date, state.entry_date, state.entry_places = s.paragraph, None, None, []
            state.dates.period, state.dates.scene = state.section_period or state.announced, None
        head, toks = part.head, part.toks
        for m in reversed(inside):  # the dateline says where the reporter sat; its first name is the finest
            if m.start < head and m.place is not None and m.kind == "name":
                state.named.append((s.paragraph, m.place))
        inside = [m for m in inside if m.start >= head and not (s.heading and m.text.lower() in self.lex.headings)]
        dates = find_dates(text, head, s.end, state.dates, dmy=state.dmy)
        spans = [(d.start, d.end) for d in dates]
        groups = [
            (m.start(), m.end(), self.lex.group_names[alias(m.group())])
            for m in self.lex.groups.finditer(text, s.start, s.end)
            if alias(m.group()) in self.lex.group_names
        ]
        # a group's name or a month is no place, whatever a gazetteer has
        inside = [
            m
            for m in inside
            if m.kind == "demonym"
            or not any(
                a < m.end and m.start < b
                for a, b in [(g[0], g[1]) for g in groups] + [x for x in spans if text[x[0] : x[1]][:1].isupper()]
            )
        ]
        quantities = find_quantities(text, toks, inside, self.lex, spans)
        places = place_refs(
            text,
            s.start,
            s.end,
            inside,
            self.lex,
            lambda noun, kinds: state.pointed(noun, kinds, self.places),
            lambda a, b, side: state.border(a, b, side, self.places),
        )
        groups = [g for g in groups if g[2] != "Taliban"]
        when, run = entry_of(text, s, dates, places)
        state.entry_date, state.entry_places = when or state.entry_date, run or state.entry_places
        view = View(text, s, toks, part.bounds, dates, places, quantities, part.frames, inside, groups, self.lex)
        view.stays = stays_of(view)
        return view

    def _claims_of(self, view: View, state: State, document: Document, sofar: list[Claim]) -> list[Claim]:
        drafts = drafts_of(view)
        routes = continued(view, routes_of(view))
        out: list[Claim] = []
        for d in drafts:
            c = event_claim(view, d, state, document, sofar, self.places)
            if c is not None:
                out.append(c)
        for r in routes:
            if self._completes(view, r, state, out, sofar):
                continue
            c = route_claim(view, r, state, document, out, self.places)
            if c is not None:
                out.append(c)
        out.sort(key=lambda c: c.start)
        out += self._shares(view, out, state)
        if not out:
            out += self._item(view, state, document)
        if not out and state.last_claim is not None and state.last_paragraph == view.sentence.paragraph:
            again = toll_elsewhere(view, state.last_claim, state.dates)
            out += [again] if again is not None else []
        if re.match(r"\W*(?:Of|Among) (?:these|them|those)\b", view.words) and state.counted is not None:
            out = [replace(c, part_of=-1) if c.kind == state.counted.kind and main_key(c) else c for c in out]
        counted = [c for c in out if main_key(c) and c.part_of is None and not c.rule.endswith("+share")]
        if counted and not view.sentence.heading:
            state.counted, state.counted_paragraph = counted[-1], view.sentence.paragraph
        return out

    def _completes(self, view: View, d: RouteDraft, state: State, out: list[Claim], sofar: list[Claim]) -> bool:
        """Whether a route only adds stops to the one told last; that one then has them."""
        last = next((c for c in reversed(out) if c.kind == "route"), None)
        where = out
        if last is None and state.journey.near(view.sentence.paragraph) and state.journey.claim in sofar:
            last, where = state.journey.claim, sofar
        if last is None or view.sentence.heading:
            return False
        stops = [ClaimPlace(role, r.text, r.start, r.end, r.place, r.pointed or not r.literal) for role, r in d.stops]
        whole = completed(last, d, stops, view)
        if whole is None:
            return False
        where[where.index(last)] = whole
        if where is sofar:
            state.journey.told(whole, view.sentence.paragraph)
            state.last_claim = whole if state.last_claim is last else state.last_claim
        return True

    def _shares(self, view: View, found: list[Claim], state: State) -> list[Claim]:
        """Shares of a total of this sentence, or of the one that introduced the list it stands in."""
        taken = {a for c in found for a, _ in c.count_spans.values()}
        base = next((c for c in reversed(found) if main_key(c)), None)
        out: list[Claim] = []
        if base is not None:
            out = shares(view, base, taken, state.dates, same_sentence=True)
            whole, out = peoples(view.words, base, out)
            whole = settle(view.words, whole, out)
            found[found.index(base)] = whole
            used = taken | {a for c in out for a, _ in c.count_spans.values()}
            total = summed(view, whole, used, state.dates)
            out += [total] if total is not None else []
        elif (
            state.counted is not None
            and (view.sentence.bullet or view.sentence.paragraph == state.counted_paragraph)
            and not any(f.negated or f.kind == "incident" for f in view.frames)
        ):
            out = shares(view, state.counted, taken, state.dates, same_sentence=False, origin_list=state.origin_list)
        if not out and not found and state.counted is not None and not view.frames and self._goes_on(view, state):
            out = compared(view, state.counted, state.dates)
        for i, c in enumerate(out):
            if c.kind == "route" and not any(p.role == "origin" for p in c.places) and c.nationalities:
                home = [
                    ClaimPlace("origin", "", None, None, p, True)
                    for n in c.nationalities
                    for p in [self.places.country_place(n) if n != "XCA" else self.places.region_place("central-asia")]
                    if p
                ]
                out[i] = replace(c, places=(*home, *c.places))
        return out

    @staticmethod
    def _goes_on(view: View, state: State) -> bool:
        """Whether a sentence without a verb of ours stands in the paragraph of the total, or right behind it."""
        return 0 <= view.sentence.paragraph - state.counted_paragraph <= 1

    def _item(self, view: View, state: State, document: Document) -> list[Claim]:
        """A list item without a verb: "Mehr-1, 30 May 2019: 156 people, from Syria" under a title about returns."""
        if state.topic is None or not view.sentence.bullet or view.frames:
            return []
        q = next((q for q in view.quantities if q.category == "person"), None)
        stops: list[ClaimPlace] = [
            ClaimPlace("origin" if r.prep == "from" else "destination", r.text, r.start, r.end, r.place)
            for r in view.places
            if not r.demonym and r.prep in ("from", "to")
        ]
        if q is None or not stops:
            return []
        key = "returned" if state.topic[1] == "repatriation" else "people"
        home = next(iter(state.section), None)
        if home is not None and not any(s.role == "destination" for s in stops):
            stops.append(ClaimPlace("destination", "", None, None, home, True))
        own = view.dates[0] if view.dates else None
        date, span = claim_date(view, own, state, past=True, counted=True, kind="route")
        start, end = span_of(view, q.start, q.end, [r for r in view.places if r.prep in ("from", "to")], own, [])
        return [
            Claim(
                document.name,
                "route",
                state.topic[1],
                start,
                end,
                date,
                tuple(stops),
                (),
                tuple(q.nationalities),
                {key: q.count()},
                "reported",
                0.6,
                "list.item",
                span,
                {key: (q.start, q.end)},
            )
        ]

    def _add(self, claims: list[Claim], c: Claim, state: State) -> None:
        for i in range(len(claims) - 1, max(-1, len(claims) - 1 - LOOK_BACK), -1):
            if repeats(claims[i], c):
                claims[i] = joined(claims[i], c)
                state.last_claim = claims[i]
                return
        claims.append(c)
        state.last_claim = c


__all__ = ["ClaimReader", "PlaceSource", "sentence_parts"]
