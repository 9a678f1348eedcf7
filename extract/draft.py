"""Drafts: frames of one sentence with their dates, places and counts attached, before the document's context is known.

`drafts_of` takes a `View` (one sentence with everything found in it) and gives incidents and arrests; routes are made
in `routes`.  Attachment is by clause: what stands nearest a trigger without a clause boundary between belongs to it.
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extract.dates import DateMention
from extract.frames import Frame, clause, separation
from extract.lexicon import Lexicon
from extract.numbers import Number
from extract.quantities import Quantity, add
from extract.schema import Certainty, Count, Mention
from extract.text import Sentence, Token
from extract.where import LOCATION_PREPS, PlaceRef


@dataclass
class View:
    """One sentence and what was found in it; offsets index the whole text."""

    text: str
    sentence: Sentence
    toks: Sequence[Token]
    bounds: Sequence[tuple[int, float]]
    dates: Sequence[DateMention]
    places: Sequence[PlaceRef]
    quantities: Sequence[Quantity]
    frames: Sequence[Frame]
    mentions: Sequence[Mention]
    groups: Sequence[tuple[int, int, str]]
    lex: Lexicon

    @property
    def words(self) -> str:
        """The sentence's text."""
        return self.text[self.sentence.start:self.sentence.end]


@dataclass
class Draft:
    """One event in the making."""

    kind: str
    subkind: str
    frames: list[Frame]
    start: int
    end: int
    date: DateMention | None = None
    places: list[PlaceRef] = field(default_factory=list)
    counts: dict[str, tuple[Count, int, int]] = field(default_factory=dict)
    nationalities: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    certainty: Certainty = "reported"
    hypothetical: bool = False
    weak: bool = False                   # needs a place, date or count of its own
    anaphoric: bool = False              # "the attack" without place or date of its own
    part: bool = False                   # a share of the draft before it
    used: set[int] = field(default_factory=set)      # starts of the quantities it took
    rule: str = ""

    @property
    def own(self) -> int:
        """How many of place, date and count its own words give."""
        return bool(self.places) + (self.date is not None) + bool(self.counts)


def _cost(view: View, at: int, frame: Frame, rivals: Iterable[Frame]) -> float:
    lo, hi = (at, frame.start) if at < frame.start else (frame.end, at)
    words = sum(lo <= t.start < hi for t in view.toks)
    between = sum(1 for r in rivals if r is not frame and lo <= r.start < hi and r.kind != frame.kind)
    return separation(view.bounds, lo, hi) + 0.07 * words + 0.8 * between


def date_is_close(view: View, d: DateMention, frame: Frame) -> bool:
    """Whether nothing stands between a date and a frame: no other event, no strong clause boundary."""
    lo, hi = (d.end, frame.start) if d.end <= frame.start else (frame.end, d.start)
    return separation(view.bounds, lo, hi) < 1.2 and not any(lo <= f.start < hi for f in view.frames if f is not frame)


def nearest_date(view: View, frame: Frame) -> DateMention | None:
    """The date expression that belongs to a frame, None where the sentence has none in reach."""
    best, least = None, 7.0
    for d in view.dates:
        if d.span.start is None and d.span.end is None:
            continue
        c = _cost(view, d.start, frame, view.frames)
        if d.start < frame.start and not any(d.end <= f.start < frame.start for f in view.frames if f.kind == frame.kind):
            c -= 0.4                     # a date at the front of the sentence reaches further
        if d.relation in ("after", "following", "before", "prior to"):
            c += 2.5
        if _of_other_thing(view, d, frame):
            c += 3.0
        if re.search(r"\b(?:said|says|told|announced|reported|stated|confirmed|added)\b[^.;]{0,25}$", view.text[max(view.sentence.start, d.start - 34):d.start], re.I) and d.start > frame.end:
            c += 2.5                     # "officials said on Wednesday": when it was said
        if d.how == "feast" and frame.rule.frame == "plot":
            c += 2.0                     # the day a plot aimed at is not the day it was foiled
        lo, hi = clause(view.bounds, d.start, view.sentence.start, view.sentence.end, 0.5)
        if not lo <= frame.start < hi and any(lo <= f.start < hi for f in view.frames) and d.start > frame.start:
            c += 2.5                     # it opens a clause that has an event of its own
        if c < least:
            best, least = d, c
    return best


def _of_other_thing(view: View, d: DateMention, frame: Frame) -> bool:
    """A date inside "banned in 2003", "founded in 2014", "expires in May": of something that is no event here."""
    left = view.text[max(view.sentence.start, d.start - 45):d.start].lower()
    right = view.text[d.end:d.end + 40].lower()
    if re.search(r"\b(?:banned|founded|established|born|elected|signed|adopted|launched|opened|issued|published|assumed office|began publication|lapses|expires|ends|due)\b[^,;.]{0,25}$", left):
        return True
    return bool(re.match(r"[’']?s?\s*(?:election|elections|law|agreement|budget|deal|accord|treaty|constitution|population|figures?)\b", right))


#: Heads behind which a participle takes up people told of before: "the men held in Linz".
_THEY = ("men", "man", "women", "woman", "suspects", "suspect", "people", "persons", "individuals", "militants", "others", "detainees", "two", "three", "four", "five", "six", "pair", "couple", "migrants", "group")
_EVENT_MODIFIER = re.compile(r"^\s*(?:[’']s)?\s*(?:[a-z-]+\s+){0,3}$")


def place_cost(view: View, r: PlaceRef, frame: Frame) -> float:
    """How far a place is from being where a frame happened; above 6 it is not taken."""
    if r.belongs and not (frame.rule.subkind == "sanction" and "based in" in view.text[max(0, r.start - 45):r.start]):
        return 99.0
    c = _cost(view, r.start, frame, view.frames)
    gap = view.text[r.end:frame.start] if r.end <= frame.start else None
    if gap is not None and frame.noun and not r.prep and _EVENT_MODIFIER.match(gap) and not r.demonym and len(gap) < 26:
        return 0.1 + 0.02 * len(gap)     # "the Moscow attack", "the Crocus City Hall attack"
    if r.demonym:
        if r.authority:
            return c + 1.9
        if gap is not None and frame.noun and _EVENT_MODIFIER.match(gap):
            return c + 1.5
        if re.match(r"\s+(?:soil|territory|coast|soccer|capital|city|border|town|province|prison|camp|waters|island|market|church|airport|port|arena|stadium)", view.text[r.end:r.end + 16]):
            return c + 0.8
        return 99.0
    if not r.literal:
        if r.org:
            return 99.0
        subject = r.end <= frame.start and not r.prep
        return c + (2.6 if subject or r.authority else 5.0)
    if r.prep in LOCATION_PREPS:
        pass
    elif r.prep in ("of", "to", "into", "onto", "towards", "toward"):
        c += 1.3
    elif r.prep in ("from", "via", "through", "by_way_of", "for", "leaving", "left", "fled", "by", "on_its_way_to", "bound_for"):
        c += 2.6
    elif not r.prep:
        c += 1.2 if r.end <= frame.start else 2.2
    else:
        c += 1.6
    tail = view.text[r.end:r.end + 60]
    if re.match(r"[^.;]{0,40}\b(?:said|says|told|announced|reported|according)\b", tail) and not re.match(r"[^.;]{0,40}\b(?:that|,)\b", tail) and r.start > frame.start:
        c += 1.2                         # the speaker's place: "police in Quetta said"
    if re.search(r"\b(?:native of|born in|citizens? of|nationals? of|based in|living in|resident of|seated in|office in|headquarter\w* in|embassy in|diplomat in|correspondents? in|citizen of|lives in|lived in|tip from|commander in|leader in|leadership in|fight(?:ing)? in)\s+(?:the\s+)?$",
                 view.text[max(view.sentence.start, r.start - 30):r.start].lower()):
        c += 4.0
    return c


def nearest_places(view: View, frame: Frame, limit: float = 6.0) -> tuple[list[PlaceRef], float]:
    """The place of a frame with the rest of its list and the larger places it lies in; and its cost."""
    scored = sorted(((place_cost(view, r, frame), i) for i, r in enumerate(view.places)), key=lambda x: x[0])
    if not scored or scored[0][0] > limit:
        return [], 99.0
    cost, best = scored[0]
    r = view.places[best]
    members = [best]
    if r.chain >= 0 and not r.demonym:
        members = [i for i, x in enumerate(view.places) if x.chain == r.chain]
    for i in list(members):
        k = view.places[i].inside
        while k >= 0 and k not in members:
            members.append(k)
            k = view.places[k].inside
    for i, x in enumerate(view.places):      # a smaller place inside the one that was nearest
        if x.inside in members and i not in members:
            members.insert(0, i)
    extra = [i for c, i in scored[1:4] if i not in members and c < cost + 1.4 and c <= 3.2 and view.places[i].place.precision in ("site", "city", "admin1")
             and not view.places[i].demonym and r.place.iso3 == view.places[i].place.iso3]
    order = members + extra
    return [view.places[i] for i in order], cost


# ---------------------------------------------------------------- counts
def _person_quantities(view: View) -> list[Quantity]:
    out: list[Quantity] = []
    for q in view.quantities:
        if q.category in ("person", "bare") or q.category == "thing:households":
            if out and q.category == "person" and out[-1].category == "person" and re.fullmatch(r"\s*(?:,\s*)?and\s+", view.text[out[-1].end:q.start]):
                out[-1] = add(out[-1], q)
                continue
            out.append(q)
    return out


_NOT_COUNTED = re.compile(r"\s*(?:%|per cent|percent|km|kilomet|miles|years?|months?|weeks?|days?|hours?|minutes?|times|provinces|cities|countries|districts|boats?|phases|dollars|euros)\b")


def bind(view: View, frame: Frame, used: set[int], *, side: str = "auto", reach: float = 5.5) -> Quantity | None:
    """The people a frame counts: object of an active verb, subject of a passive one, after "arrest of", before "arrests"."""
    people = [q for q in _person_quantities(view) if q.start not in used and not _NOT_COUNTED.match(view.text[q.end:q.end + 14])]
    around = [q for q in view.quantities if q.start not in used and q.start < frame.start and frame.end <= q.end
              and (q.category == "person" or frame.rule.count == "arrested" or frame.rule.frame == "motion")]
    if around:
        return around[-1]
    inside = [q for q in people if frame.start <= q.start < frame.end]
    if inside:
        return max(inside, key=lambda q: q.number.best or 0)
    left = [q for q in people if q.end <= frame.start]
    right = [q for q in people if q.start >= frame.end]

    def cost(q: Quantity) -> float:
        lo, hi = (q.end, frame.start) if q.end <= frame.start else (frame.end, q.start)
        rivals = sum(1 for f in view.frames if f is not frame and lo <= f.start < hi)
        words = sum(lo <= t.start < hi for t in view.toks)
        c = separation(view.bounds, lo, hi) + 0.1 * words + 0.9 * rivals
        if q.category == "bare":
            c += 0.6
        if q.indefinite:
            c += 0.3
        if q.of_them and len([x for x in people if x.start not in (q.start,) and x.category == "person" and (x.end <= frame.start) == (q.end <= frame.start)]) > 0:
            c += 1.5
        return c

    def pick(options: list[Quantity]) -> tuple[float, Quantity | None]:
        scored = sorted(((cost(q), -q.start if q.end <= frame.start else q.start, q) for q in options), key=lambda x: x[:2])
        return (scored[0][0], scored[0][2]) if scored and scored[0][0] <= reach else (99.0, None)

    if side == "left" or frame.text.endswith("."):
        return pick(left)[1]
    if side == "right":
        return pick(right)[1]
    if frame.noun and re.match(r"\s+of\s+(?:a|an|one)\s+[a-z]", view.text[frame.end:frame.end + 12]) and not [q for q in right if q.start < frame.end + 60]:
        at = frame.end + 4
        return Quantity(at, at + 1, Number(at, at + 1, 1, 1, 1), "", "person", (), True)
    if frame.noun:
        before = [q for q in left if view.text[q.end:frame.start].strip() in ("", "such") or (q.head and view.text[q.start:frame.end].endswith(frame.text) and frame.start - q.end < 2)]
        if frame.plural and before:
            return before[-1]
        if re.match(r"\s+of\b|\s+(?:made|carried out|were made)", view.text[frame.end:frame.end + 14]):
            return pick(right)[1]
        return pick([q for q in right if cost(q) < 2.6])[1]
    if frame.passive:
        c, q = pick(left)
        return q if q is not None else pick([x for x in right if cost(x) < 1.2])[1]
    if frame.rule.frame in ("agent", "motion"):
        return pick(left)[1] or pick([x for x in right if cost(x) < 1.0])[1]
    c1, q1 = pick(right)
    c2, q2 = pick(left)
    bare_participle = bool(re.search(r"(?:ed|en|un|ld|ght)$|\.$|^(?:under|in) ", frame.text.lower())) and (not q1 or c2 + 0.2 < c1) and c2 < 2.0
    if bare_participle:
        return q2
    return q1 or (q2 if c2 < (4.0 if frame.rule.frame == "moved" else 2.0) else None)


def _event_count(q: Quantity) -> Count:
    return q.count()


# ---------------------------------------------------------------- drafts
def usable_frame(f: Frame) -> bool:
    """Whether a frame states something: not negated, not an intention, not a condition."""
    return not (f.negated or f.conditional)


def drafts_of(view: View) -> list[Draft]:
    """Incidents and arrests of one sentence, routes left out."""
    drafts: list[Draft] = []
    for kind in ("incident", "arrest"):
        frames = [f for f in view.frames if f.kind == kind]
        if kind == "incident" and re.search(r"\brumou?rs?\b|\bproved (?:to be )?false\b|\bcontrary to\b|\bhoax\b|\bdid not (?:take place|happen|occur)\b", view.words, re.I):
            continue
        for f in frames:
            if f.rule.needs_person and not _has_person(view, f):
                continue
            if f.rule.frame == "weak" and f.kind == "incident" and _by_police(view, f):
                continue
            if f.rule.frame == "plot" and not _has_plot_object(view, f):
                continue
            if not usable_frame(f) or f.rule.frame == "consequence":
                continue
            d = _draft(view, f)
            if d is None:
                continue
            previous = next((x for x in reversed(drafts) if x.kind == kind), None)
            if previous is not None and _same_event(view, previous, d):
                _absorb(previous, d)
            else:
                drafts.append(d)
    _claim_of_responsibility(view, drafts)
    _count_things(view, drafts)
    out: list[Draft] = []
    for d in drafts:
        out += _split_places(view, d)
    return _split_respectively(view, out)


def _by_police(view: View, f: Frame) -> bool:
    """"officers stormed two flats": a raid, not an attack, where arrests are told beside it."""
    left = [t.lower for t in view.toks if t.end <= f.start][-6:]
    return any(x.kind == "arrest" for x in view.frames) and any(w in view.lex.cues["authorities"] for w in left) and not f.passive


def _has_person(view: View, f: Frame) -> bool:
    first = f.text.lower().split()[0]
    if first in ("held", "hold", "holds", "holding"):
        if re.match(r"\s+(?:up|back|talks|elections|a\b|an\b|the\b|its|their|out|on to|responsible|accountable)", view.text[f.end:f.end + 14]):
            return False
        return f.passive or any(q.end <= f.start <= q.end + 2 for q in view.quantities if q.category == "person")
    if bind(view, f, set(), reach=2.2) is not None:
        return True
    near = [t for t in view.toks if f.end <= t.start][:5] + [t for t in view.toks if t.end <= f.start][-6:]
    return any(t.lower in view.lex.persons for t in near)


_PLOT_OBJECT = re.compile(r"\b(?:plots?|attacks?|bombings?|cells?|bomb|plan|plans|terror|terrorist acts?|planned|attempts?|assault|conspiracy)\b", re.I)


def _has_plot_object(view: View, f: Frame) -> bool:
    if f.noun:
        return True
    right = [t for t in view.toks if t.start >= f.end][:8]
    left = [t for t in view.toks if t.end <= f.start][-8:]
    return bool(_PLOT_OBJECT.search(" ".join(t.text for t in right))) or (f.passive and bool(_PLOT_OBJECT.search(" ".join(t.text for t in left)))) or " " in f.text


_FOILED = re.compile(r"\b(?:foil|thwart|disrupt|prevent|avert|dismantl|uncover|detect|bust|broke up|breaks up|breaking up|broken up|failed|stopped|intercepted)", re.I)


def _draft(view: View, f: Frame) -> Draft | None:
    d = Draft(f.rule.kind, f.rule.subkind, [f], f.start, f.end, rule=f.rule.id)
    d.hypothetical = f.hypothetical or f.infinitive
    if f.rule.frame in ("plot", "threat") and not f.hypothetical:
        d.hypothetical = False
    d.date = nearest_date(view, f)
    d.places, _ = nearest_places(view, f)
    if f.rule.frame == "threat":         # what is threatened may be named by an event: "the Paris Olympics"
        targets = [r for r in view.places if r.start > f.end and not r.demonym and not r.org]
        d.places = targets or [r for r in view.places if r.demonym and re.match(r"\s+(?:\w+\s+)?(?:arena|stadium|city|capital|embassy|market|church)", view.text[r.end:r.end + 24])] or d.places
    key = f.rule.count
    if key == "arrested" and "survivor" in view.words.lower() and f.text.lower().startswith("pick"):
        return None
    if key and not (f.rule.subkind == "raid" and not _raid_counts(view, f)):
        q = bind(view, f, set())
        if q is not None and not (key == "arrested" and q.category == "bare" and q.indefinite):
            d.counts[key] = (q.count(), q.start, q.end)
            d.used.add(q.start)
            d.nationalities += q.nationalities if key != "killed" and key != "injured" else ()
    if f.rule.frame in ("event", "weak"):
        d.weak = True
    if f.rule.subkind in ("attack", "clash") and f.noun:
        before = view.text[max(view.sentence.start, f.start - 40):f.start]
        if re.search(r"\b(?:disrupted|foiled|thwarted|prevented|planned|failed|averted|intended)\s+(?:[a-z-]+\s+){0,2}$", before, re.I):
            d.subkind, d.certainty, d.hypothetical = "plot", "foiled", False
    if d.subkind == "plot":
        d.certainty = "foiled" if _FOILED.search(view.words) or any(x.kind == "arrest" for x in view.frames) else "alleged"
    elif f.alleged and d.kind == "incident":
        d.certainty = "alleged"
    if f.noun and f.definite and not d.counts:
        own_place = any((f.end <= r.start <= f.end + 45 and r.prep and view.text[f.end:r.start].count(",") == 0) or (0 <= f.start - r.end <= 26 and not r.prep)
                        for r in d.places if not r.pointed)
        d.anaphoric = not own_place and (d.date is None or abs(d.date.start - f.start) > 60)
    participle = not f.noun and f.kind == "arrest" and not f.passive and bool(re.search(r"(?:ed|ld|en|ght)$", f.text.lower()))
    if participle and not d.counts and d.date is None and not re.search(r"\b(?:police|authorities|forces|officers|agents|officials|had|have|has)\b", view.text[max(view.sentence.start, f.start - 45):f.start], re.I) \
            and not any(r.end <= f.start and not r.prep and not r.demonym and r.place.precision == "country" for r in view.places):
        d.anaphoric = True               # "suspects arrested in connection with …": a reduced clause without a count
    if participle and not (d.counts and any(q.start < f.start and f.end <= q.end for q in view.quantities)) and (d.date is None or not date_is_close(view, d.date, f)) and re.search(
            r"\b(?:those\s+|(?:the|these)\s+(?:[\w’'-]+\s+){0,2}(?:" + "|".join(_THEY) + r")\s+)$", view.text[max(view.sentence.start, f.start - 40):f.start], re.I) \
            and not any(f.end <= q.start <= f.end + 8 for q in view.quantities):
        d.anaphoric = True               # "the men held in Linz": told before
    if f.kind == "incident" and _general(view, f, d):
        d.anaphoric = True
    if f.noun and f.plural and f.kind == "arrest" and "arrested" not in d.counts and d.date is None and not re.search(
            r"\b(?:several|series of|waves? of|number of|dozens? of|hundreds of|mass|string of|more|spate of|new)\b(?! number)(?<!decrease in the number of)(?<!increase in the number of)", view.text[max(view.sentence.start, f.start - 75):f.start], re.I):
        d.anaphoric = True               # "arrests are rarer": a topic
    return d


_QUANTIFIED = re.compile(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d+|twin|several|series of|string of|wave of|both|coordinated|simultaneous|separate)\s+(?:[\w-]+\s+){0,3}$", re.I)


def _general(view: View, f: Frame, d: Draft) -> bool:
    """"attacks in the region", "plan attacks", "by carrying out attacks": a topic or an intention, not an event."""
    before = view.text[max(view.sentence.start, f.start - 45):f.start]
    sharp = d.date is not None and (d.date.span.precision in ("day", "month", "season") or (d.date.explicit_year and date_is_close(view, d.date, f)))
    plural = f.plural or bool(re.search(r"\b(?:attacks|bombings|assaults|strikes|plots|shootings)$", f.text.lower()))
    if not f.noun and re.search(r"\b(?:by|of|for|from|in|against|without|to(?:\s+\w+){0,4}\s+and|to)\s+$", before, re.I) and f.rule.frame in ("event", "plot", "weak") and not d.counts:
        return True
    if not f.noun and f.present and not d.counts and not sharp and f.rule.frame in ("weak", "event", "plot"):
        return True
    if plural and d.certainty != "foiled" and not d.counts and not (sharp and d.places):
        return True
    if plural and d.certainty == "foiled" and not d.places:
        return True
    if plural and d.subkind == "plot" and not _QUANTIFIED.search(before) and not re.search(r"\b(?:disrupted|foiled|thwarted|prevented|uncovered|dismantled|detected|averted)\b", before + view.text[f.end:f.end + 30], re.I):
        return True
    del plural
    return False


def _raid_counts(view: View, f: Frame) -> bool:
    return any(x.rule.count == "arrested" and x.rule.subkind != "raid" for x in view.frames)


def _same_event(view: View, a: Draft, b: Draft) -> bool:
    """Whether two drafts of one sentence tell of one event."""
    f, g = a.frames[-1], b.frames[0]
    words = view.text[f.end:g.start].lower()
    if a.kind == "incident" and (a.subkind in ("plot", "threat")) != (b.subkind in ("plot", "threat")):
        if a.subkind in ("plot", "threat") and (b.hypothetical or b.anaphoric or not b.own or g.start - f.end < 60):
            return True                  # "a plot to attack": the attack is the plot's
        return b.subkind == "plot" and b.certainty == "foiled" and g.start - f.end < 40 and a.hypothetical
    if a.date is not None and b.date is not None and a.date is not b.date and a.date.span != b.date.span:
        return False
    if a.places and b.places and not (b.frames[0].rule.count in ("killed", "injured", "missing", "rescued") and not b.frames[0].noun and _elsewhere(view, b)):
        one, two = {p.place.id for p in a.places}, {p.place.id for p in b.places}
        if not one & two:
            return False
    shared = {k for k in a.counts if k in b.counts and a.counts[k][1] != b.counts[k][1]}
    if shared and a.kind == "arrest":
        return False
    consequence = b.frames[0].rule.count in ("killed", "injured", "missing", "rescued") and not b.frames[0].noun
    if consequence and not shared and a.kind == "incident" and b.date in (None, a.date):
        lo, hi = clause(view.bounds, g.start, view.sentence.start, view.sentence.end)
        if not any(lo <= p.start < hi for p in b.places):
            return True                  # "…; officials counted 13 dead": the toll of what was told before
    if shared and not re.search(r"\b(?:including|among them|another)\b", words):
        return False
    if re.search(r"\banother\b|\ba second\b|\bseparate(?:ly)?\b|\belsewhere\b", words) and b.own >= 2:
        return False
    return True


def _elsewhere(view: View, d: Draft) -> bool:
    """Whether none of a draft's places stands in its own clause."""
    lo, hi = clause(view.bounds, d.frames[0].start, view.sentence.start, view.sentence.end)
    return not any(lo <= p.start < hi for p in d.places)


def _absorb(a: Draft, b: Draft) -> None:
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
    order = {"plot": 3, "clash": 2, "shipwreck": 3, "abduction": 2, "threat": 3, "raid": 1 if a.kind == "arrest" else 0, "entry_denial": 4, "sanction": 4, "conviction": 1}
    if order.get(b.subkind, 0) > order.get(a.subkind, 0):
        a.subkind = b.subkind
    if "foiled" in (a.certainty, b.certainty) and a.subkind == "plot":
        a.certainty = "foiled"


_THINGS = {"arrest": ("searches", "operations"), "plot": ("plots", "attempts")}


def _count_things(view: View, drafts: list[Draft]) -> None:
    """Searches and operations beside arrests, plots and attempts: counted under their own keys, never as people."""
    for q in view.quantities:
        key = q.category.removeprefix("thing:")
        tail = view.text[q.number.end:q.number.end + 42].lower()
        if key == "cases" and re.match(r"\s+cases? of (?:terrorist |terror |planned )?(?:plots?|attacks?)", tail):
            key = "plots"
        elif re.match(r"\s+(?:cases? )?of attempted|\s+attempted (?:attack|terror)|\s+attempts?\b", tail):
            key = "attempts"
        elif re.match(r"\s+(?:[\w-]+ ){0,2}(?:house )?(?:searches|search warrants)", tail):
            key = "searches"
        for d in drafts:
            if key in _THINGS.get("plot" if d.subkind == "plot" else d.kind, ()) and key not in d.counts:
                d.counts[key] = (q.count(), q.start, q.end)
                break


def _claim_of_responsibility(view: View, drafts: list[Draft]) -> None:
    for start, _end, name in view.groups:
        del start
        for d in drafts:
            if name not in d.groups:
                d.groups.append(name)


def _copy(d: Draft, places: list[PlaceRef], counts: dict[str, tuple[Count, int, int]]) -> Draft:
    return Draft(d.kind, d.subkind, d.frames, d.start, d.end, d.date, places, counts, list(d.nationalities), list(d.groups), d.certainty, d.hypothetical,
                 d.weak, d.anaphoric, d.part, set(d.used), d.rule)


def _split_places(view: View, d: Draft) -> list[Draft]:
    """"attacks in A, B and C" are three events; their joint toll belongs to none of them."""
    f = d.frames[0]
    heads = [p for p in d.places if p.chain >= 0 and not p.demonym]
    inner = {view.places[p.inside].start for p in heads if p.inside >= 0}
    heads = [p for p in heads if p.start not in inner]
    several = any(x.plural or re.search(r"\b(?:plots|attacks|bombings|events)\b", x.text.lower()) for x in d.frames) or d.subkind == "threat"
    if d.subkind == "threat" and len(d.places) > 1:
        return [_copy(d, [p], {}) for p in d.places]
    if d.kind != "incident" or not several or len(heads) < 2 or len({p.chain for p in heads}) != 1:
        return [d]
    if d.counts and d.subkind == "attack" and any(k in d.counts for k in ("plots", "attempts")):
        return [d]
    if d.subkind == "plot" and f.text.lower() not in ("attacks", "plots") and not any(x.text.lower().endswith("attacks") for x in d.frames):
        return [d]
    out = []
    for p in heads:
        own = [p] + ([view.places[p.inside]] if p.inside >= 0 else [])
        out.append(_copy(d, own, {}))
    return out


def _split_respectively(view: View, drafts: list[Draft]) -> list[Draft]:
    if "respectively" not in view.words.lower():
        return drafts
    out: list[Draft] = []
    for d in drafts:
        heads = [p for p in d.places if not p.demonym and p.inside < 0]
        numbers = [q for q in view.quantities if q.category in ("person", "bare")]
        if d.kind == "arrest" and len(heads) >= 2 and len(heads) == len(numbers):
            for p, q in zip(heads, numbers, strict=True):
                out.append(_copy(d, [p], {"arrested": (q.count(), q.start, q.end)}))
        else:
            out.append(d)
    return out


__all__ = ["Draft", "View", "bind", "drafts_of", "nearest_date", "nearest_places", "usable_frame"]
