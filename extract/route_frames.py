"""Which verbs of a sentence tell of people travelling, and which of them tell of one journey."""

from __future__ import annotations

import re

from extract.binding import bind
from extract.frames import Frame, separation
from extract.journey import looks_back
from extract.text import Token
from extract.view import View

_PERSON_PRONOUNS = frozenset(
    "pair trio duo cell group family families party caravan convoy crowd youths he she they who them whom others most many some all several both two three four five six seven eight nine ten another one hundreds thousands dozens".split()
)


#: Verbs that move anything (a rumour, a price): they make a route only with people as their subject.
_LOOSE = frozenset(
    """go goes went gone going come comes came coming move moves moved moving begin begins began begun beginning leave leaves left leaving drive drives drove driven driving pass passes passed
    passing head heads headed heading land lands landed landing reach reaches reached reaching enter enters entered entering return returns returned returning shift shifts shifted shifting walk walks walked ride rode
    arrive arrives arrived depart departs departed escape escapes escaped slip slipped cross crosses crossed crossing fly flies flew flown transit travel travels travelled traveled embark swim set embarked""".split()
)
_PROCEEDINGS = re.compile(
    r"\b(?:trials?|hearings?|proceedings|operations?|talks|fighting|attacks?|war|campaign|exercises?|investigation|work|construction|school)\b",
    re.I,
)
_HELPERS = frozenset(
    "had has have was were been then later also first once reportedly allegedly eventually soon finally".split()
)
_VESSEL = re.compile(
    r"\b(?:boat|boats|dinghy|vessel|pirogue|ship|convoy|flight|charter|plane|minibus|bus|truck|lorry|train|car|caravan)s?\b",
    re.I,
)


def about_people(view: View, f: Frame) -> bool:
    """Whether the verb moves people: the subject (or the object of "deport") is a person, a nationality or a vessel."""
    first = re.split(r"\s", f.text.lower())[0]
    if re.search(
        r"\b(?:few|hardly any|almost none|ought to have|was to have|were to have|supposed to)(?:\s+\w+){0,5}\s+$",
        view.text[max(view.sentence.start, f.start - 50) : f.start],
        re.I,
    ):
        return False
    if first == "reached" and re.match(
        r"\s+by\s+(?:tele)?phone|\s+(?:an?|the)\s+(?:agreement|deal|peak|record|level)",
        view.text[f.end : f.end + 22],
        re.I,
    ):
        return False
    if first in ("walked", "walk", "entered", "burst") and re.match(
        r"\s+(?:in)?to\s+(?:an?|the)\s+(?!(?:country|united|european|territory|city|town)\b)[a-z]",
        view.text[f.end : f.end + 30],
    ):
        return False  # "walked into a concert hall": the way into the scene
    if f.rule.form == "verb" and f.rule.frame == "motion" and _is_noun(view, f, first):
        return False
    if f.rule.subkind == "deportation" and re.match(
        r"\s+(?:[\w’'-]+\s+){0,3}(?:troops|forces|soldiers|diplomats?|ambassadors?|envoys?|missions?|embassy)\b",
        view.text[f.end : f.end + 60],
        re.I,
    ):
        return False  # states part, nobody migrates
    if first.startswith(("begin", "began", "begun")) and _PROCEEDINGS.search(
        view.text, max(view.sentence.start, f.start - 60), f.start
    ):
        return False  # "the trial of the four men began in Moscow"
    if first == "left" and re.match(
        r"\s+(?:by|dead|behind|wounded|injured|to die|homeless|stranded|with)\b", view.text[f.end : f.end + 12]
    ):
        return False
    if (
        first in ("come", "comes", "live", "lives")
        and re.match(r"\s+(?:from|in)\b", view.text[f.end : f.end + 6])
        and not looks_back(view, f)
    ):
        return False  # "who come from Guinea" says who they are
    if f.rule.needs_person and not _moves_somebody(view, f):
        return False
    if (
        f.infinitive
        and f.rule.frame != "moved"
        and first not in ("board", "travel", "cross", "enter", "reach", "fly", "return", "migrate", "work", "gain")
    ):
        return False
    if first not in _LOOSE:
        return True
    if any(f.end <= q.start <= f.end + 3 and q.category == "person" for q in view.quantities) and first not in (
        "left",
        "entered",
        "reached",
        "crossed",
    ):
        return True  # "flew 136 Venezuelans from Monterrey to Caracas"
    return _somebody_before(view, f)


_NOUN_BEFORE = frozenset(
    "the a an his her their its this that of on in for by no any every each free own 's ’s".split()
)


def _is_noun(view: View, f: Frame, first: str) -> bool:
    """ "in the transit zone", "a long drive", "the return": the word names something, nobody travels."""
    if first.endswith(("ed", "ing", "s")) or first in (
        "left",
        "went",
        "came",
        "fled",
        "flew",
        "rode",
        "drove",
        "swam",
        "gone",
    ):
        return False
    before = next((t for t in reversed(view.toks) if t.end <= f.start), None)
    return before is not None and before.lower in _NOUN_BEFORE


def _somebody_before(view: View, f: Frame) -> bool:
    """Whether the words before a verb name people: a person noun, a pronoun, a people, a figure, a vessel, a person's name."""
    left = [t for t in view.toks if t.end <= f.start][-30:]
    if any(t.lower in view.lex.persons or t.lower in _PERSON_PRONOUNS for t in left):
        return True
    if any(r.demonym and r.end <= f.start and not r.authority for r in view.places) or any(
        q.end <= f.start and q.category in ("person", "bare") for q in view.quantities
    ):
        return True
    if _VESSEL.search(view.text[max(view.sentence.start, f.start - 80) : f.start]):
        return True
    return _is_name(view, left)


def _is_name(view: View, left: list[Token]) -> bool:
    """Whether the verb has a name as its subject that is no place: "Karimov then flew to …"."""
    while left and left[-1].lower in _HELPERS:
        left = left[:-1]
    return (
        bool(left)
        and left[-1].text[:1].isupper()
        and left[-1].text[1:].islower()
        and (len(left) > 1 or left[-1].start > view.sentence.start)
        and not any(m.start <= left[-1].start < m.end for m in view.mentions)
        and not any(d.start <= left[-1].start < d.end for d in view.dates)
    )


def _moves_somebody(view: View, f: Frame) -> bool:
    """Whether people are moved: as object of the verb, or as subject of a passive one."""
    if bind(view, f, set(), reach=3.0) is not None:
        return True
    if (f.passive or re.match(r"move", f.text, re.I)) and _somebody_before(view, f):
        return True
    after = [t for t in view.toks if t.start >= f.start][:9]
    if any(t.lower in view.lex.persons or t.lower in ("him", "her", "them") for t in after):
        return True
    left = view.text[view.sentence.start : f.start]
    return bool(
        re.search(
            r"\b(?:hundreds|thousands|dozens|scores|he|she|they|him|her|them|who|man|woman|-year-old|pair|couple|trio)\b",
            left[-260:],
            re.I,
        )
    )


def hoped(view: View, f: Frame) -> bool:
    """Whether a frame stands under hoping, wanting or planning."""
    return bool(
        re.search(
            r"\b(?:hop(?:e|es|ed|ing)|want(?:s|ed|ing)?|sav(?:e|ed|ing)(?: up)?(?: money)?|wait(?:s|ed|ing)?|plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|aim(?:s|ed|ing)?|wish(?:es|ed|ing)?|dream(?:s|ed|ing)?)\s+(?:of\s+|to\s+)(?:\w+\s+){0,2}$",
            view.text[max(view.sentence.start, f.start - 34) : f.start],
            re.I,
        )
    )


#: A stay that parts two journeys.
_LONG = re.compile(r"\b(?:months?|years?|until|since|from \d{4}|in \d{4})\b", re.I)


def same_journey(view: View, group: list[Frame], f: Frame) -> bool:
    last = group[-1]
    words = view.text[last.end : f.start]
    if (
        last.rule.frame == "moved"
        and f.rule.frame == "moved"
        and last.rule.subkind != f.rule.subkind
        and separation(view.bounds, last.end, f.start) >= 1.5
    ):
        return False
    if any(w >= 3.0 for at, w in view.bounds if last.end <= at < f.start):
        return False
    if any(last.end <= x.start < f.start and _LONG.search(view.text[x.start : x.end + 25]) for x in view.stays):
        return False  # "flew to Istanbul, lived there for two months and then crossed into Iran"
    people = [q for q in view.quantities if last.end <= q.start < f.start and q.category in ("person", "bare")]
    if (
        people
        and separation(view.bounds, last.end, f.start) >= 0.9
        and any(w >= 1.4 for at, w in view.bounds if last.end <= at < f.start)
    ):
        return False
    if (
        f.rule.frame == "moved"
        and re.search(r"\b(?:were|was|been)\s+(?:\w+\s+)?$", view.text[max(last.end, f.start - 16) : f.start])
        and re.match(r"[^.;]{0,40}?\bfrom\b", view.text[f.end : f.end + 50])
        and re.search(
            r"\b(?:from|through|via|enter\w*)\b", view.text[max(view.sentence.start, last.start) : f.start], re.I
        )
    ):
        return False  # "entered Uganda through Bunagana and were transported from Kisoro to Nakivale"
    return not re.search(r"\b(?:while|whereas|another|others|the (?:rest|remainder|remaining))\b", words, re.I)


def split_point(view: View, a: Frame, b: Frame) -> int:
    inside = [(w, at) for at, w in view.bounds if a.end <= at <= b.start]
    if inside:
        return max(inside)[1]
    people = [q.start for q in view.quantities if a.end <= q.start <= b.start]
    return people[-1] if people else b.start


__all__ = ["about_people", "hoped", "same_journey", "split_point"]
