"""Triggers that state no incident or arrest of their own: taken up from before, general, of things, of the other side."""

from __future__ import annotations

import re

from extract.attach import date_is_close
from extract.binding import bind
from extract.draft import Draft
from extract.frames import Frame
from extract.lexicon import TriggerRule
from extract.view import View


def by_police(view: View, f: Frame) -> bool:
    """ "officers stormed two flats": a raid, not an attack, where arrests are told beside it."""
    left = [t.lower for t in view.toks if t.end <= f.start][-6:]
    return (
        any(x.kind == "arrest" and x.start != f.start for x in view.frames)
        and any(w in view.lex.cues["authorities"] for w in left)
        and not f.passive
    )


def nobody(view: View, f: Frame) -> bool:
    """ "no one was injured", "without killing anyone", "no casualties": a stated nought, which is not the same as nothing said."""
    near = view.text[max(view.sentence.start, f.start - 40) : f.end + 14].lower()
    return bool(
        re.search(
            r"\b(?:no ?-?one|nobody|none|no (?:people|person|civilians?|casualties|injuries|deaths|fatalities|victims|passengers|officers|soldiers)|without (?:\w+ing )?(?:anyone|anybody|casualties|injur|caus))",
            near,
        )
    )


def told_before(view: View, f: Frame) -> bool:
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


def by_gunmen(view: View, f: Frame) -> bool:
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


def as_attack(view: View, f: Frame) -> TriggerRule:
    """The rule a raid by gunmen falls under: that of an attack of the same form."""
    return next(
        r
        for r in view.lex.triggers
        if r.kind == "incident"
        and r.subkind == "attack"
        and r.frame == ("event" if f.noun else "weak")
        and r.form == ("noun" if f.noun else "verb")
    )


def has_person(view: View, f: Frame) -> bool:
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
    if not f.passive and not f.noun and re.match(r"seiz", f.text, re.I):
        return any(
            t.lower in view.lex.persons for t in [t for t in view.toks if f.end <= t.start][:5]
        )  # "seized 60 kg"
    back = 16 if f.passive else 6  # "The driver, a Georgian, fled on foot and was caught"
    near = [t for t in view.toks if f.end <= t.start][:5] + [t for t in view.toks if t.end <= f.start][-back:]
    return any(t.lower in view.lex.persons for t in near)


_PLOT_OBJECT = re.compile(
    r"\b(?:plots?|attacks?|bombings?|cells?|bomb|plan|plans|terror|terrorist acts?|planned|attempts?|assault|conspiracy)\b",
    re.I,
)


def has_plot_object(view: View, f: Frame) -> bool:
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


_QUANTIFIED = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d+|twin|several|series of|string of|wave of|both|coordinated|simultaneous|separate)\s+(?:[\w-]+\s+){0,3}$",
    re.I,
)


def general(view: View, f: Frame, d: Draft) -> bool:
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


def raid_counts(view: View, f: Frame) -> bool:
    return any(x.rule.count == "arrested" and x.rule.subkind != "raid" for x in view.frames)


__all__ = [
    "as_attack",
    "by_gunmen",
    "by_police",
    "general",
    "has_person",
    "has_plot_object",
    "nobody",
    "raid_counts",
    "told_before",
]
