"""Which date and which place belong to a trigger: by clause.

What stands nearest without a clause boundary or another event between belongs to it; prepositions, attributions ("police
in Quetta said") and belonging ("citizens of Tajikistan") weigh against.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extract.dates import DateMention
from extract.frames import Frame, clause, separation
from extract.view import View
from extract.where import LOCATION_PREPS, PlaceRef


def _cost(view: View, at: int, frame: Frame, rivals: Iterable[Frame]) -> float:
    lo, hi = (at, frame.start) if at < frame.start else (frame.end, at)
    words = sum(lo <= t.start < hi for t in view.toks)
    between = sum(1 for r in rivals if r is not frame and lo <= r.start < hi and r.kind != frame.kind)
    return separation(view.bounds, lo, hi) + 0.07 * words + 0.8 * between


def date_is_close(view: View, d: DateMention, frame: Frame) -> bool:
    """Whether nothing stands between a date and a frame: no other event, no strong clause boundary."""
    lo, hi = (d.end, frame.start) if d.end <= frame.start else (frame.end, d.start)
    if (
        frame.noun
        and d.start > frame.end
        and re.search(r"\bof\s+$", view.text[max(frame.end, d.start - 4) : d.start])
        and not any(lo <= f.start < hi for f in view.frames if f is not frame)
    ):
        return True  # "the attacks in A, B and C of 2017"
    return separation(view.bounds, lo, hi) < 1.2 and not any(lo <= f.start < hi for f in view.frames if f is not frame)


def nearest_date(view: View, frame: Frame) -> DateMention | None:
    """The date expression that belongs to a frame, None where the sentence has none in reach."""
    best, least = None, 7.0
    for d in view.dates:
        if (d.span.start is None and d.span.end is None) or (
            d.relation in ("until", "till") and d.span.precision == "day"
        ):
            continue  # "be held until 22 May": how long, not when
        c = _cost(view, d.start, frame, view.frames)
        if d.start < frame.start and not any(
            d.end <= f.start < frame.start for f in view.frames if f.kind == frame.kind
        ):
            c -= 0.4  # a date at the front of the sentence reaches further
        if d.relation in ("after", "following", "before", "prior to"):
            c += 2.5
        if (
            d.relation == "since"
            and not re.match(r",?\s+when\b", view.text[d.end : d.end + 8])
            and _SUPERLATIVE.search(view.text, max(view.sentence.start, d.start - 80), d.start)
        ):
            continue  # "the deadliest assault since March"
        if _of_other_thing(view, d, frame):
            c += 3.0
        if d.start < view.opening and d.end <= frame.start and not _another(view, view.dates, frame):
            c = min(c, _OPENS)
        if _of_other_clause(view, d.start, d.end, frame):
            if frame.kind == "route":
                continue  # "flew to Istanbul before they were arrested in Sofia in May": the day of the arrest
            c += 2.0
        said = _SAID.search(view.text, max(view.sentence.start, d.start - 34), d.start)
        if said and not any(said.start() < f.start < d.start for f in view.frames):
            continue  # "officials said on Wednesday": when it was said
        if d.end <= frame.start and re.search(
            r"\b(?:said|says|announced|put|gave|reported|stated|told|confirmed|published|became known)\b",
            view.text[d.end : min(frame.start, d.end + 60)],
            re.I,
        ):
            c += 3.0  # "On 11 January the authorities put …": when it was said
        if (
            d.end <= frame.start
            and re.search(r"\band\b", view.text[d.end : frame.start])
            and any(
                g.kind == frame.kind
                and g.end <= d.start
                and d.start - g.end < frame.start - d.end + 40
                and g is not frame
                and not re.match(r"\W*(?:on|in|at)?\W*$", view.text[view.sentence.start : d.start], re.I)
                for g in view.frames
            )
        ):
            c += 2.5  # "the bombing of Kerman on 3 January and a number of foiled plots": the first one's day
        if frame.end < d.start and ";" in view.text[frame.end : d.start]:
            c += 2.0
        if (
            frame.end < d.start
            and re.search(
                r"(?:\d[\d,]*|figure was [\d,]+|down from [\d,]+|up from [\d,]+)\s+(?:in|on|during|for)\s+$",
                view.text[max(frame.end, d.start - 30) : d.start],
            )
            and re.search(r";|\b(?:down|up) from\b|\bfigure\b|\bagainst\b|\bcompared\b", view.text[frame.end : d.start])
        ):
            c += 4.0  # "…; the figure was 3,180 in September": the day of the other figure
        if d.how == "year_attr" and frame.noun and 0 <= frame.start - d.end < 30:
            c -= 6.0  # "the 2016 attack": its own year
        if _in_attribution(view, d, frame):
            continue  # "…, according to a report made in July": when it was reported
        if _background(view, d, frame):
            c += 4.0  # "as had happened in April 2023", "convicted over the 2021 bombing"
        if d.how == "feast" and frame.rule.frame == "plot":
            c += 2.0  # the day a plot aimed at is not the day it was foiled
        lo, hi = clause(view.bounds, d.start, view.sentence.start, view.sentence.end, 0.5)
        if not lo <= frame.start < hi and any(lo <= f.start < hi for f in view.frames) and d.start > frame.start:
            c += 2.5  # it opens a clause that has an event of its own
        if c < least:
            best, least = d, c
    return best


_BACK = re.compile(
    r"\b(?:as (?:had |has |have )?(?:also )?(?:happened|occurred|was the case|in|they had)|just as|unlike|than|compared (?:with|to)|(?:down|up) from|against|(?:convicted|condemned|accused|tried) (?:over|of|for)|for (?:help|hid|support|financ|suppl|send|smuggl|plan|prepar|tak|join|fund|recruit)\w*ing|in connection with|for (?:the|a|an|his|her|their) (?:[\w’'-]+ ){0,3}(?:attack|bombing|shooting|killing|murder|plot|massacre|blast|assault|stabbing)s?|linked to|over the|following last|after last|having)\b[^;]*$",
    re.I,
)


_ATTRIBUTION = re.compile(
    r"\b(?:according to|citing|as (?:reported|stated|documented) (?:by|in)|(?:said|says|reported) (?:by|in)"
    r"|(?:report|assessment|survey|study|statement|briefing|bulletin|article|paper|count|tally)s?"
    r"(?: (?:that|which))?(?: (?:was|were|had been))?"
    r" (?:made|issued|published|released|presented|seen|leaked|circulated|submitted|dated|known|became known))\b[^;]*$",
    re.I,
)


def _in_attribution(view: View, d: DateMention, frame: Frame) -> bool:
    """Whether a date belongs to the words that name the source of a statement, not to what is stated."""
    if d.start > frame.end:
        between = view.text[frame.end : d.start]
    elif d.end < frame.start:
        between = view.text[view.sentence.start : d.start]
    else:
        return False
    found = _ATTRIBUTION.search(between)
    if not found:
        return False
    lo = frame.end if d.start > frame.end else view.sentence.start
    # an event told between the naming of the source and the date: "according to police, who arrested two men on 3 May"
    return not any(lo + found.start() < f.start < d.start for f in view.frames)


def _background(view: View, d: DateMention, frame: Frame) -> bool:
    """Whether a date stands in words that look back to something else than what the frame before them tells."""
    if d.start < frame.end:
        return False
    return bool(_BACK.search(view.text[frame.end : d.start]))


def _of_other_clause(view: View, start: int, end: int, frame: Frame) -> bool:
    """Whether a verb of another kind with a clause of its own stands between a frame and a date or place, right before it.

    "a man who had come in 2010 drove into …": the year is when he came.
    """
    return any(
        g.kind != frame.kind
        and g.end <= start
        and separation(view.bounds, g.end, start) < 0.9
        and (
            (
                frame.end <= g.start
                and separation(view.bounds, frame.end, g.start) >= 1.4
                and not re.search(r"\bwhen\b", view.text[frame.end : g.start])  # "were killed when a car drove into …"
            )
            or (
                end <= frame.start
                and any(w == _RELATIVE and view.sentence.start < at < g.start for at, w in view.bounds)
                and view.opening > view.sentence.start
            )
        )
        for g in view.frames
    )


_SUPERLATIVE = re.compile(
    r"\b(?:(?:dead|blood|heav)liest|deadliest|bloodiest|worst|largest|biggest|(?:first|second|third|fourth|latest) (?:such )?\w+)\b[^.;]*$",
    re.I,
)


def _another(view: View, found: Sequence[DateMention] | Sequence[PlaceRef], frame: Frame) -> bool:
    """Whether a later date (or place behind a preposition) of the frame's own part of the sentence stands before it."""
    return any(
        view.opening <= x.start
        and x.end <= frame.start
        and not (isinstance(x, PlaceRef) and (x.demonym or not x.prep))
        and not _of_other_clause(view, x.start, x.end, frame)
        for x in found
    )


#: what a date or place costs at most that opens the sentence: it holds for all of it
_OPENS = 1.3
#: the weight of a relative clause's boundary in `frames`
_RELATIVE = 1.6


def _of_other_thing(view: View, d: DateMention, frame: Frame) -> bool:
    """A date inside "banned in 2003", "founded in 2014", "expires in May": of something that is no event here."""
    left = view.text[max(view.sentence.start, d.start - 45) : d.start].lower()
    right = view.text[d.end : d.end + 40].lower()
    if re.search(
        r"\b(?:banned|founded|established|born|elected|signed|adopted|launched|opened|issued|published|assumed office|began publication|lapses|expires|ends|due|planned for|scheduled for|set for|plan for|programme for|program for|strategy for|compared (?:to|with)[^,.;]*|report of|survey of|regulation of|decree of|law of|act of|treaty of|order of|resolution of|ruling of|study of|statement of|count of|article of)\b[^,;.]{0,25}$",
        left,
    ):
        return True
    return bool(
        re.match(
            r"[’']?s?\s*(?:election|elections|law|agreement|budget|deal|accord|treaty|constitution|population|figures?)\b",
            right,
        )
    )


_SAID = re.compile(r"\b(?:said|says|told|announced|reported|stated|confirmed|added)\b[^.;,]{0,25}$", re.I)
_EVENT_MODIFIER = re.compile(r"^\s*(?:[’']s)?\s*(?:[a-z-]+\s+){0,3}$")


def place_cost(view: View, r: PlaceRef, frame: Frame) -> float:
    """How far a place is from being where a frame happened; above 6 it is not taken."""
    if r.belongs and not (frame.rule.subkind == "sanction" and "based in" in view.text[max(0, r.start - 45) : r.start]):
        return 99.0
    c = _cost(view, r.start, frame, view.frames)
    if r.start < view.opening and r.end <= frame.start and not _another(view, view.places, frame):
        c = min(c, _OPENS)
    if frame.kind != "route" and _of_other_clause(view, r.start, r.end, frame):
        c += 1.5
    gap = view.text[r.end : frame.start] if r.end <= frame.start else None
    if gap is not None and frame.noun and not r.prep and _EVENT_MODIFIER.match(gap) and not r.demonym and len(gap) < 26:
        return 0.1 + 0.02 * len(gap)  # "the Moscow attack", "the Crocus City Hall attack"
    if r.demonym:
        if r.authority:
            return c + 1.9
        if gap is not None and frame.noun and _EVENT_MODIFIER.match(gap):
            return c + 1.5
        if re.match(
            r"\s+(?:soil|territory|coast|soccer|capital|city|border|town|province|prison|camp|waters|island|market|church|airport|port|arena|stadium)",
            view.text[r.end : r.end + 16],
        ):
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
    elif r.prep in (
        "from",
        "via",
        "through",
        "by_way_of",
        "for",
        "leaving",
        "left",
        "fled",
        "by",
        "on_its_way_to",
        "bound_for",
    ):
        c += 2.6
    elif not r.prep:
        c += 1.2 if r.end <= frame.start else 2.2
    else:
        c += 1.6
    tail = view.text[r.end : r.end + 60]
    if (
        re.match(r"[^.;]{0,40}\b(?:said|says|told|announced|reported|according)\b", tail)
        and not re.match(r"[^.;]{0,40}\b(?:that|,)\b", tail)
        and r.start > frame.start
    ):
        c += 1.2  # the speaker's place: "police in Quetta said"
    if re.search(
        r"\b(?:said|told \w+|announced|reported|confirmed)\b[^,.;]{0,15}\b(?:in|at)\s+$",
        view.text[max(view.sentence.start, r.start - 40) : r.start],
        re.I,
    ):
        c += 4.0  # "the ministry said in Ankara": the speaker's place
    if re.search(
        r"\b(?:native of|born in|citizens? of|nationals? of|based in|living in|resident of|seated in|office in|headquarter\w* in|embassy in|diplomat in|correspondents? in|citizen of|lives in|lived in|tip from|commander in|leader in|leadership in|fight(?:ing)? in)\s+(?:the\s+)?$",
        view.text[max(view.sentence.start, r.start - 30) : r.start].lower(),
    ):
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
    for i, x in enumerate(view.places):  # a smaller place inside the one that was nearest
        if x.inside in members and i not in members:
            members.insert(0, i)
    extra = [
        i
        for c, i in scored[1:4]
        if i not in members
        and c < cost + 1.4
        and c <= 3.2
        and view.places[i].place.precision in ("site", "city", "admin1")
        and not view.places[i].demonym
        and r.place.iso3 == view.places[i].place.iso3
    ]
    if r.place.precision in ("country", "region") and not r.demonym:  # "Across the border in Niger, … near Ayorou"
        finer = [
            i
            for c, i in scored[1:5]
            if i not in members
            and c <= 4.5
            and view.places[i].place.precision in ("site", "city", "admin1")
            and view.places[i].prep in LOCATION_PREPS
            and view.places[i].place.iso3 == r.place.iso3
            and not view.places[i].demonym
        ]
        members = finer + members
    order = members + [i for i in extra if i not in members]
    return [view.places[i] for i in order], cost


__all__ = ["date_is_close", "nearest_date", "nearest_places", "place_cost"]
