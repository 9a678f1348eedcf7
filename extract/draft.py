"""Drafts: the incidents and arrests of one sentence with their dates, places and counts, before context is known.

`drafts_of` takes a `View` and merges triggers that tell of one event ("a raid … led to the arrest of five", "opened
fire, killing three"); routes are made in `routes`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from extract.attach import date_is_close, nearest_date, nearest_places
from extract.binding import bind
from extract.dates import DateMention
from extract.frames import Frame, clause
from extract.lexicon import TriggerRule
from extract.schema import Certainty, Count, Kind
from extract.view import View
from extract.where import PlaceRef

#: Heads behind which a participle takes up people told of before: "the men held in Linz".
_THEY = (
    "men",
    "man",
    "women",
    "woman",
    "suspects",
    "suspect",
    "people",
    "persons",
    "individuals",
    "militants",
    "others",
    "detainees",
    "two",
    "three",
    "four",
    "five",
    "six",
    "pair",
    "couple",
    "migrants",
    "group",
)


@dataclass
class Draft:
    """One event in the making."""

    kind: Kind
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
    weak: bool = False  # needs a place, date or count of its own
    anaphoric: bool = False  # "the attack" without place or date of its own
    part: bool = False  # a share of the draft before it
    used: set[int] = field(default_factory=set)  # starts of the quantities it took
    rule: str = ""

    @property
    def own(self) -> int:
        """How many of place, date and count its own words give."""
        return bool(self.places) + (self.date is not None) + bool(self.counts)


def usable_frame(f: Frame) -> bool:
    """Whether a frame states something: not negated, not an intention, not a condition."""
    return not (f.negated or f.conditional)


def drafts_of(view: View) -> list[Draft]:
    """Incidents and arrests of one sentence, routes left out."""
    drafts: list[Draft] = []
    raids: list[Frame] = []
    for kind in ("arrest", "incident"):
        frames = sorted(
            [f for f in view.frames if f.kind == kind] + (raids if kind == "incident" else []), key=lambda f: f.start
        )
        if kind == "incident" and re.search(
            r"\brumou?rs?\b|\bproved (?:to be )?false\b|\bcontrary to\b|\bhoax\b|\bdid not (?:take place|happen|occur)\b",
            view.words,
            re.I,
        ):
            continue
        nought = [f for f in frames if f.negated and f.rule.count in ("killed", "injured") and _nobody(view, f)]
        for f in frames:
            if f.rule.needs_person and not _has_person(view, f):
                continue
            if f.rule.frame == "weak" and f.kind == "incident" and _by_police(view, f):
                continue
            if f.kind == "arrest" and re.match(r"raid", f.text, re.I) and _by_gunmen(view, f):
                f = replace(f, rule=_as_attack(view, f))
                raids.append(f)
                continue
            if f.kind == "arrest" and not f.noun and _told_before(view, f):
                continue
            if (
                f.kind == "arrest"
                and re.match(r"held|captur|seiz", f.text, re.I)
                and re.search(r"\b(?:hostages?|kidnapp\w+|abduct\w+|captors?|ransom)\b", view.words, re.I)
            ):
                continue
            if f.rule.frame == "plot" and not _has_plot_object(view, f):
                continue
            if not usable_frame(f) or f.rule.frame in ("consequence", "toll"):
                continue
            d = _draft(view, f)
            if d is None:
                continue
            previous = next((x for x in reversed(drafts) if x.kind == kind), None)
            if previous is not None and _same_event(view, previous, d):
                _absorb(previous, d)
            else:
                drafts.append(d)
        for f in nought:
            target = next((x for x in drafts if x.kind == "incident"), None)
            if target is not None and f.rule.count is not None:
                target.counts.setdefault(f.rule.count, (Count(0, 0, 0), f.start, f.end))
    drafts.sort(key=lambda d: d.start)
    _toll(view, drafts)
    _claim_of_responsibility(view, drafts)
    _count_things(view, drafts)
    out: list[Draft] = []
    for d in drafts:
        out += _split_places(view, d)
    return _split_respectively(view, out)


_TOLL = re.compile(
    r"\btoll\b[^.;]{0,60}?\b(?:rose|risen|climbed|stands?|stood|put|reached|rising)\s+(?:to\s+|at\s+)?", re.I
)


def _toll(view: View, drafts: list[Draft]) -> None:
    """ "The death toll from the blast in Quetta rose to 19": the dead of the attack it names."""
    m = _TOLL.search(view.words)
    if m is None:
        return
    at = view.sentence.start + m.end()
    q = next((q for q in view.quantities if at - 12 <= q.start <= at + 2 and not q.category.startswith("thing")), None)
    d = next((d for d in drafts if d.kind == "incident" and d.subkind not in ("plot", "threat")), None)
    if q is not None and d is not None:
        d.counts["killed"] = (q.count(), q.start, q.end)
        d.anaphoric = d.anaphoric and not d.own


def _by_police(view: View, f: Frame) -> bool:
    """ "officers stormed two flats": a raid, not an attack, where arrests are told beside it."""
    left = [t.lower for t in view.toks if t.end <= f.start][-6:]
    return (
        any(x.kind == "arrest" and x.start != f.start for x in view.frames)
        and any(w in view.lex.cues["authorities"] for w in left)
        and not f.passive
    )


def _nobody(view: View, f: Frame) -> bool:
    """ "no one was injured", "without killing anyone", "no casualties": a stated nought, which is not the same as nothing said."""
    near = view.text[max(view.sentence.start, f.start - 40) : f.end + 14].lower()
    return bool(
        re.search(
            r"\b(?:no ?-?one|nobody|none|no (?:people|person|civilians?|casualties|injuries|deaths|fatalities|victims|passengers|officers|soldiers)|without (?:\w+ing )?(?:anyone|anybody|casualties|injur|caus))",
            near,
        )
    )


def _told_before(view: View, f: Frame) -> bool:
    """ "three of the arrested persons", "seized from their possession": takes up an arrest, states none."""
    before = view.text[max(view.sentence.start, f.start - 8) : f.start].lower()
    after = [t.lower for t in view.toks if t.start >= f.end][:2]
    if (
        re.search(r"\b(?:the|those|these)\s+$", before)
        and after[:1]
        and after[0] in view.lex.persons
        and not any(q.start < f.start and f.end <= q.end and (q.number.best or 0) > 1 for q in view.quantities)
    ):
        return True
    return f.text.lower().startswith("seiz") and after[:1] == ["from"]


_GUNMEN = re.compile(
    r"\b(?:gunmen|militants|rebels|fighters|insurgents|bandits|assailants|attackers|militia\w*|jihadists|terrorists|raiders|herders)\b",
    re.I,
)
_TARGETS = re.compile(
    r"\b(?:villages?|camps?|markets?|towns?|convoys?|posts?|bases?|barracks|schools?|church(?:es)?|mosques?|hamlets?|farms?|mines?)\b",
    re.I,
)


def _by_gunmen(view: View, f: Frame) -> bool:
    """ "fighters raided three villages": an attack, where the police's raid is an arrest."""
    if any(x.rule.count == "arrested" and x is not f for x in view.frames):
        return False
    left, right = view.text[max(view.sentence.start, f.start - 70) : f.start], view.text[f.end : f.end + 45]
    return (
        bool(_GUNMEN.search(left))
        or any(e <= f.start and f.start - e < 60 for _, e, _ in view.groups)
        or bool(_TARGETS.search(right))
        or any(x.rule.count in ("killed", "injured") for x in view.frames)
    )


def _as_attack(view: View, f: Frame) -> TriggerRule:
    """The rule a raid by gunmen falls under: that of an attack of the same form."""
    return next(
        r
        for r in view.lex.triggers
        if r.kind == "incident"
        and r.subkind == "attack"
        and r.frame == ("event" if f.noun else "weak")
        and r.form == ("noun" if f.noun else "verb")
    )


def _has_person(view: View, f: Frame) -> bool:
    first = f.text.lower().split()[0]
    if first in ("held", "hold", "holds", "holding"):
        if re.match(
            r"\s+(?:up|back|talks|elections|a\b|an\b|the\b|its|their|out|on to|responsible|accountable)",
            view.text[f.end : f.end + 14],
        ):
            return False
        return f.passive or any(
            q.end <= f.start <= q.end + 2
            for q in view.quantities
            if q.category in ("person", "bare") and (q.number.best or 0) < 2000
        )
    if bind(view, f, set(), reach=2.2) is not None:
        return True
    near = [t for t in view.toks if f.end <= t.start][:5] + [t for t in view.toks if t.end <= f.start][-6:]
    return any(t.lower in view.lex.persons for t in near)


_PLOT_OBJECT = re.compile(
    r"\b(?:plots?|attacks?|bombings?|cells?|bomb|plan|plans|terror|terrorist acts?|planned|attempts?|assault|conspiracy)\b",
    re.I,
)


def _has_plot_object(view: View, f: Frame) -> bool:
    if f.noun:
        return True
    if re.match(r"bust|dismantl|br(?:eak|oke)", f.text, re.I) and not re.search(
        r"\b(?:plots?|plott\w+|attacks?|bomb\w*|plan\w*|prepar\w+|strike|explosi\w+)\b", view.words, re.I
    ):
        return False  # "busts a recruitment cell": arrests, not a plot
    right = [t for t in view.toks if t.start >= f.end][:8]
    left = [t for t in view.toks if t.end <= f.start][-8:]
    return (
        bool(_PLOT_OBJECT.search(" ".join(t.text for t in right)))
        or (f.passive and bool(_PLOT_OBJECT.search(" ".join(t.text for t in left))))
        or " " in f.text
    )


_FOILED = re.compile(
    r"\b(?:foil|thwart|disrupt|prevent|avert|dismantl|uncover|detect|bust|broke up|breaks up|breaking up|broken up|failed|stopped|intercepted)",
    re.I,
)


def _draft(view: View, f: Frame) -> Draft | None:
    d = Draft(f.rule.kind, f.rule.subkind, [f], f.start, f.end, rule=f.rule.id)
    d.hypothetical = f.hypothetical or f.infinitive
    if f.rule.frame in ("plot", "threat") and not f.hypothetical:
        d.hypothetical = False
    d.date = nearest_date(view, f)
    d.places, _ = nearest_places(view, f)
    if f.rule.frame == "threat":  # what is threatened may be named by an event: "the Paris Olympics"
        targets = [
            r
            for r in view.places
            if r.start > f.end
            and not r.demonym
            and (
                not r.org
                or re.match(
                    r"\s+(?:\w+\s+){0,2}(?:Olympics?|Games|Cup|Championships?|Finals?|Marathon|Festival|Fair|Summit|Parade|Market)\b",
                    view.text[r.end : r.end + 40],
                )
            )
        ]
        d.places = (
            targets
            or [
                r
                for r in view.places
                if r.demonym
                and re.match(
                    r"\s+(?:\w+\s+)?(?:arena|stadium|city|capital|embassy|market|church)", view.text[r.end : r.end + 24]
                )
            ]
            or d.places
        )
    key = f.rule.count
    if key == "arrested" and "survivor" in view.words.lower() and f.text.lower().startswith("pick"):
        return None
    if key and not (f.rule.subkind == "raid" and not _raid_counts(view, f)):
        q = bind(view, f, set())
        if q is not None and not (key == "arrested" and q.category == "bare" and q.indefinite):
            d.counts[key] = (q.count(), q.start, q.end)
            d.used.add(q.start)
            d.nationalities += q.nationalities if key != "killed" and key != "injured" else ()
    if key == "arrested" and not d.counts:
        one = (
            re.search(
                r"\b(?:his|her)\s+(?:\w+\s+)?$", view.text[max(view.sentence.start, f.start - 18) : f.start], re.I
            )
            if f.noun
            else re.match(
                r"\s+(?:him|her|the (?:man|woman|suspect|\d+-year-old)|an? \d+-year-old)\b",
                view.text[f.end : f.end + 26],
                re.I,
            )
        )
        if (
            not one
            and f.passive
            and re.search(
                r"\b(?:was|is|has been)\s+(?:\w+ly\s+|later\s+|also\s+)?$",
                view.text[max(view.sentence.start, f.start - 24) : f.start],
                re.I,
            )
        ):
            one = re.search(
                r"\b(?:he|she|the|an?|his|her|their|its|alleged|another)\b",
                view.text[view.sentence.start : f.start],
                re.I,
            )  # "the driver was detained": one
        if one and f.rule.subkind == "arrest":
            at = f.start if f.noun else f.end + 1
            d.counts[key] = (Count(1, 1, 1), at, at + 3)
    if f.rule.frame in ("event", "weak"):
        d.weak = True
    if f.rule.subkind in ("attack", "clash") and f.noun:
        before = view.text[max(view.sentence.start, f.start - 40) : f.start]
        if re.search(
            r"\b(?:disrupted|foiled|thwarted|prevented|planned|failed|averted|intended)\s+(?:[a-z-]+\s+){0,2}$",
            before,
            re.I,
        ):
            d.subkind, d.certainty, d.hypothetical = "plot", "foiled", False
    if d.subkind == "plot":
        d.certainty = (
            "foiled" if _FOILED.search(view.words) or any(x.kind == "arrest" for x in view.frames) else "alleged"
        )
    elif f.alleged and d.kind == "incident":
        d.certainty = "alleged"
    if f.noun and f.definite and not d.counts:
        own_place = any(
            (f.end <= r.start <= f.end + 45 and r.prep and view.text[f.end : r.start].count(",") == 0)
            or (0 <= f.start - r.end <= 26 and not r.prep)
            for r in d.places
            if not r.pointed
        )
        d.anaphoric = not own_place and (d.date is None or abs(d.date.start - f.start) > 60)
    participle = (
        not f.noun and f.kind == "arrest" and not f.passive and bool(re.search(r"(?:ed|ld|en|ght)$", f.text.lower()))
    )
    if (
        participle
        and not d.counts
        and d.date is None
        and not re.search(
            r"\b(?:police|authorities|forces|officers|agents|officials|had|have|has)\b",
            view.text[max(view.sentence.start, f.start - 45) : f.start],
            re.I,
        )
        and not any(
            r.end <= f.start and not r.prep and not r.demonym and r.place.precision == "country" for r in view.places
        )
    ):
        d.anaphoric = True  # "suspects arrested in connection with …": a reduced clause without a count
    if (
        participle
        and not (d.counts and any(q.start < f.start and f.end <= q.end for q in view.quantities))
        and (d.date is None or not date_is_close(view, d.date, f))
        and re.search(
            r"\b(?:those\s+|(?:the|these)\s+(?:[\w’'-]+\s+){0,2}(?:" + "|".join(_THEY) + r")\s+)$",
            view.text[max(view.sentence.start, f.start - 40) : f.start],
            re.I,
        )
        and not any(f.end <= q.start <= f.end + 8 for q in view.quantities)
    ):
        d.anaphoric = True  # "the men held in Linz": told before
    lead = view.text[max(view.sentence.start, f.start - 40) : f.start]
    if (
        f.noun
        and re.search(
            r"\b(?:before|after|since|following|until|of|over|from)\s+(?:the|this|that|these)\s+(?:[\w’'-]+\s+){0,2}$",
            lead,
            re.I,
        )
        and not any(r.start >= f.end and r.start < f.end + 40 and r.prep for r in d.places)
        and not (d.date is not None and f.end <= d.date.start <= f.end + 14)
        and not d.counts
        and not any(0 <= f.start - r.end <= 26 and not r.prep for r in d.places)
    ):
        d.anaphoric = True  # "two days before the attack": told already, a point in time here
    if (
        f.noun
        and f.definite
        and not any(r.start >= f.end and r.prep for r in d.places)
        and re.search(
            r"\bclaim(?:ed|s|ing)?\s+(?:responsibility\s+for\s+)?(?:the|this|that|both)\s+(?:\w+\s+)?$", lead, re.I
        )
    ):
        d.anaphoric = True  # "Islamic State claimed the attack that night"
    if (
        f.noun
        and d.subkind in ("attack", "clash")
        and re.match(
            r"(?:\s+[\w’'-]+){0,3}?\s+(?:was|were|had been|has been|have been)\s+(?:\w+ly\s+)?(?:prevented|foiled|thwarted|averted|disrupted|stopped)\b",
            view.text[f.end : f.end + 70],
            re.I,
        )
    ):
        d.subkind, d.certainty, d.hypothetical = "plot", "foiled", False
    if f.kind == "incident" and _general(view, f, d):
        d.anaphoric = True
    if (
        f.plural
        and f.kind == "arrest"
        and re.search(
            r"\b(?:decrease|increase|rise|drop|fall|reduction|decline|surge)\b[^.;]{0,25}\bnumber of\s+(?:\w+\s+){0,3}$",
            view.text[max(view.sentence.start, f.start - 70) : f.start],
            re.I,
        )
    ):
        d.anaphoric = True  # "a decrease in the number of arrests": a trend
    if (
        f.noun
        and f.plural
        and f.kind == "arrest"
        and "arrested" not in d.counts
        and d.date is None
        and not re.search(
            r"\b(?:several|series of|waves? of|number of|dozens? of|hundreds of|mass|string of|more|spate of|new)\b",
            view.text[max(view.sentence.start, f.start - 75) : f.start],
            re.I,
        )
    ):
        d.anaphoric = True  # "arrests are rarer": a topic
    return d


_QUANTIFIED = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d+|twin|several|series of|string of|wave of|both|coordinated|simultaneous|separate)\s+(?:[\w-]+\s+){0,3}$",
    re.I,
)


def _general(view: View, f: Frame, d: Draft) -> bool:
    """ "attacks in the region", "plan attacks", "by carrying out attacks": a topic or an intention, not an event."""
    before = view.text[max(view.sentence.start, f.start - 45) : f.start]
    sharp = d.date is not None and (
        d.date.span.precision in ("day", "month", "season") or (d.date.explicit_year and date_is_close(view, d.date, f))
    )
    plural = f.plural or bool(re.search(r"\b(?:attacks|bombings|assaults|strikes|plots|shootings)$", f.text.lower()))
    if (
        not f.noun
        and re.search(r"\b(?:by|of|for|from|in|against|without|to(?:\s+\w+){0,4}\s+and|to)\s+$", before, re.I)
        and f.rule.frame in ("event", "plot", "weak")
        and not d.counts
    ):
        return True
    if not f.noun and f.present and not d.counts and not sharp and f.rule.frame in ("weak", "event", "plot"):
        return True
    if plural and d.certainty != "foiled" and not d.counts and not (sharp and d.places):
        return True
    if plural and d.certainty == "foiled" and not d.places:
        return True
    if (
        plural
        and d.subkind == "plot"
        and not _QUANTIFIED.search(before)
        and not re.search(
            r"\b(?:disrupted|foiled|thwarted|prevented|uncovered|dismantled|detected|averted)\b",
            before + view.text[f.end : f.end + 30],
            re.I,
        )
    ):
        return True
    del plural
    return False


def _raid_counts(view: View, f: Frame) -> bool:
    return any(x.rule.count == "arrested" and x.rule.subkind != "raid" for x in view.frames)


def _same_event(view: View, a: Draft, b: Draft) -> bool:
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


_THINGS = {"arrest": ("searches", "operations"), "plot": ("plots", "attempts")}


def _count_things(view: View, drafts: list[Draft]) -> None:
    """Searches and operations beside arrests, plots and attempts: counted under their own keys, never as people."""
    for q in view.quantities:
        key = q.category.removeprefix("thing:")
        tail = view.text[q.number.end : q.number.end + 42].lower()
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
    return Draft(
        d.kind,
        d.subkind,
        d.frames,
        d.start,
        d.end,
        d.date,
        places,
        counts,
        list(d.nationalities),
        list(d.groups),
        d.certainty,
        d.hypothetical,
        d.weak,
        d.anaphoric,
        d.part,
        set(d.used),
        d.rule,
    )


def _split_places(view: View, d: Draft) -> list[Draft]:
    """ "attacks in A, B and C" are three events; their joint toll belongs to none of them."""
    f = d.frames[0]
    heads = [p for p in d.places if p.chain >= 0 and not p.demonym]
    inner = {view.places[p.inside].start for p in heads if p.inside >= 0}
    heads = [p for p in heads if p.start not in inner]
    several = (
        any(x.plural or re.search(r"\b(?:plots|attacks|bombings|events)\b", x.text.lower()) for x in d.frames)
        or d.subkind == "threat"
    )
    if d.subkind == "threat" and len(d.places) > 1:
        return [_copy(d, [p], {}) for p in d.places]
    if d.kind != "incident" or not several or len(heads) < 2 or len({p.chain for p in heads}) != 1:
        return [d]
    if d.counts and d.subkind == "attack" and any(k in d.counts for k in ("plots", "attempts")):
        return [d]
    if (
        d.subkind == "plot"
        and f.text.lower() not in ("attacks", "plots")
        and not any(x.text.lower().endswith("attacks") for x in d.frames)
    ):
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
        if (
            len(numbers) == len(heads) + 1
            and numbers
            and sum(q.number.best or 0 for q in numbers[1:]) == numbers[0].number.best
        ):
            numbers = numbers[1:]  # "19 were held in A, B and C: 12, five and two respectively"
        if d.kind == "arrest" and len(heads) >= 2 and len(heads) == len(numbers):
            for p, q in zip(heads, numbers, strict=True):
                out.append(_copy(d, [p], {"arrested": (q.count(), q.start, q.end)}))
        else:
            out.append(d)
    return out


__all__ = ["Draft", "drafts_of"]
