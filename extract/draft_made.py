"""One trigger → one draft: its date, place and figure, whether it only points back, whether it was foiled."""

from __future__ import annotations

import re

from extract.attach import date_is_close, nearest_date, nearest_places
from extract.binding import bind
from extract.draft import Draft
from extract.draft_guards import general, raid_counts
from extract.frames import Frame
from extract.schema import Count
from extract.view import View
from extract.where import PlaceRef

#: Heads behind which a participle takes up people told of before: "the men held in Linz".
_THEY = re.compile(
    r"\b(?:those\s+|(?:the|these)\s+(?:[\w’'-]+\s+){0,2}(?:men|man|women|woman|suspects?|people|persons|individuals|militants"
    r"|others|detainees|two|three|four|five|six|pair|couple|migrants|group)\s+)$",
    re.I,
)
_FOILED = re.compile(
    r"\b(?:foil|thwart|disrupt|prevent|avert|dismantl|uncover|detect|bust|broke up|breaks up|breaking up|broken up|failed|stopped|intercepted)",
    re.I,
)


def draft_of(view: View, f: Frame) -> Draft | None:
    """The draft of one trigger; None where it picks up survivors rather than suspects."""
    d = Draft(f.rule.kind, f.rule.subkind, [f], f.start, f.end, rule=f.rule.id)
    d.hypothetical = (f.hypothetical or f.infinitive) and not (
        f.rule.frame in ("plot", "threat") and not f.hypothetical
    )
    d.date = nearest_date(view, f)
    d.places, _ = nearest_places(view, f)
    if f.rule.frame == "threat":
        d.places = _threatened(view, f) or d.places
    if f.rule.count == "arrested" and "survivor" in view.words.lower() and f.text.lower().startswith("pick"):
        return None
    _count(view, f, d)
    d.definite = f.noun and f.definite
    d.weak = f.rule.frame in ("event", "weak")
    _certain(view, f, d)
    d.anaphoric = _takes_up(view, f, d)
    if _was_prevented(view, f, d):
        d.subkind, d.certainty, d.hypothetical = "plot", "foiled", False
    d.anaphoric = d.anaphoric or (f.kind == "incident" and general(view, f, d)) or _topic(view, f, d)
    return d


def _threatened(view: View, f: Frame) -> list[PlaceRef]:
    """What is threatened; it may be named by an event or a building: "the Paris Olympics", "a German stadium"."""
    named = [
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
    return named or [
        r
        for r in view.places
        if r.demonym
        and re.match(
            r"\s+(?:\w+\s+)?(?:arena|stadium|city|capital|embassy|market|church)", view.text[r.end : r.end + 24]
        )
    ]


def _count(view: View, f: Frame, d: Draft) -> None:
    """The figure that belongs to the trigger; one where a single person is meant without a figure."""
    key = f.rule.count
    if key and not (f.rule.subkind == "raid" and not raid_counts(view, f)):
        q = bind(view, f, set())
        if q is not None and not (key == "arrested" and q.category == "bare" and q.indefinite):
            d.counts[key] = (q.count(), q.start, q.end)
            d.used.add(q.start)
            d.nationalities += q.nationalities if key not in ("killed", "injured") else ()
    one = (key == "arrested" and f.rule.subkind == "arrest") or (key == "killed" and f.passive and not f.noun)
    if key and one and not d.counts and _one_person(view, f):
        at = f.start if f.noun else f.end + 1
        d.counts[key] = (Count(1, 1, 1), at, at + 3)


def _one_person(view: View, f: Frame) -> bool:
    """ "his arrest", "arrested the suspect", "the driver was detained": one person without a figure."""
    before = view.text[view.sentence.start : f.start]
    if f.noun:
        return bool(re.search(r"\b(?:his|her)\s+(?:\w+\s+)?$", before[-18:], re.I))
    if re.match(
        r"\s+(?:him|her|the (?:man|woman|suspect|\d+-year-old)|an? \d+-year-old)\b", view.text[f.end : f.end + 26], re.I
    ):
        return True
    return (
        f.passive
        and bool(re.search(r"\b(?:was|is|has been)\s+(?:\w+ly\s+|later\s+|also\s+)?$", before[-24:], re.I))
        and bool(re.search(r"\b(?:he|she|the|an?|his|her|their|its|alleged|another)\b", before, re.I))
    )


def _certain(view: View, f: Frame, d: Draft) -> None:
    """Foiled, alleged or reported."""
    if (
        f.rule.subkind in ("attack", "clash")
        and f.noun
        and re.search(
            r"\b(?:disrupted|foiled|thwarted|prevented|planned|failed|averted|intended)\s+(?:[a-z-]+\s+){0,2}$",
            view.text[max(view.sentence.start, f.start - 40) : f.start],
            re.I,
        )
    ):
        d.subkind, d.certainty, d.hypothetical = "plot", "foiled", False
    if d.subkind == "plot":
        d.certainty = (
            "foiled" if _FOILED.search(view.words) or any(x.kind == "arrest" for x in view.frames) else "alleged"
        )
    elif f.alleged and d.kind == "incident":
        d.certainty = "alleged"


def _was_prevented(view: View, f: Frame, d: Draft) -> bool:
    return (
        f.noun
        and d.subkind in ("attack", "clash")
        and re.match(
            r"(?:\s+[\w’'-]+){0,3}?\s+(?:was|were|had been|has been|have been)\s+(?:\w+ly\s+)?(?:prevented|foiled|thwarted|averted|disrupted|stopped)\b",
            view.text[f.end : f.end + 70],
            re.I,
        )
        is not None
    )


# ---------------------------------------------------------------- words that only point back
def _takes_up(view: View, f: Frame, d: Draft) -> bool:
    """Whether the trigger takes up an event told elsewhere: "the attack", "the men held in Linz"."""
    return _noun_points_back(view, f, d) or _participle_points_back(view, f, d)


def _noun_points_back(view: View, f: Frame, d: Draft) -> bool:
    if not f.noun:
        return False
    beside = any(0 <= f.start - r.end <= 26 and not r.prep for r in d.places if not r.pointed)
    if f.definite and not d.counts:
        own_place = beside or any(
            f.end <= r.start <= f.end + 45 and r.prep and view.text[f.end : r.start].count(",") == 0
            for r in d.places
            if not r.pointed
        )
        if not own_place and (d.date is None or abs(d.date.start - f.start) > 60):
            return True
    lead = view.text[max(view.sentence.start, f.start - 40) : f.start]
    if (
        re.search(
            r"\b(?:before|after|since|following|until|of|over|from)\s+(?:the|this|that|these)\s+(?:[\w’'-]+\s+){0,2}$",
            lead,
            re.I,
        )
        and not any(r.start >= f.end and r.start < f.end + 40 and r.prep for r in d.places)
        and not (d.date is not None and f.end <= d.date.start <= f.end + 14)
        and not d.counts
        and not any(0 <= f.start - r.end <= 26 and not r.prep for r in d.places)
    ):
        return True  # "two days before the attack": told already, a point in time here
    return (
        f.definite
        and not any(r.start >= f.end and r.prep for r in d.places)
        and re.search(
            r"\bclaim(?:ed|s|ing)?\s+(?:responsibility\s+for\s+)?(?:the|this|that|both)\s+(?:\w+\s+)?$", lead, re.I
        )
        is not None
    )  # "Islamic State claimed the attack that night"


def _participle_points_back(view: View, f: Frame, d: Draft) -> bool:
    if f.noun or f.kind != "arrest" or f.passive or not re.search(r"(?:ed|ld|en|ght)$", f.text.lower()):
        return False
    left = view.text[view.sentence.start : f.start]
    if (
        not d.counts
        and d.date is None
        and not re.search(r"\b(?:police|authorities|forces|officers|agents|officials|had|have|has)\b", left[-45:], re.I)
        and not any(
            r.end <= f.start and not r.prep and not r.demonym and r.place.precision == "country" for r in view.places
        )
    ):
        return True  # "suspects arrested in connection with …": a reduced clause without a count
    return (
        not (d.counts and any(q.start < f.start and f.end <= q.end for q in view.quantities))
        and (d.date is None or not date_is_close(view, d.date, f))
        and _THEY.search(left[-40:]) is not None
        and not any(f.end <= q.start <= f.end + 8 for q in view.quantities)
    )  # "the men held in Linz": told before


def _topic(view: View, f: Frame, d: Draft) -> bool:
    """ "a decrease in the number of arrests", "arrests are rarer": a trend or a topic."""
    if f.kind != "arrest" or not f.plural:
        return False
    lead = view.text[max(view.sentence.start, f.start - 75) : f.start]
    if re.search(
        r"\b(?:decrease|increase|rise|drop|fall|reduction|decline|surge)\b[^.;]{0,25}\bnumber of\s+(?:\w+\s+){0,3}$",
        lead[-70:],
        re.I,
    ):
        return True
    return (
        f.noun
        and "arrested" not in d.counts
        and d.date is None
        and not re.search(
            r"\b(?:several|series of|waves? of|number of|dozens? of|hundreds of|mass|string of|more|spate of|new)\b",
            lead,
            re.I,
        )
    )


__all__ = ["draft_of"]
