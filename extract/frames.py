"""Triggers in a sentence → frames: what is said to happen, with its voice, polarity and clause.

A frame is one trigger (verb, noun or phrase from the lexicon) with the flags that decide whether it states an event:
negated, hypothetical, infinitive ("to attack"), alleged, generic, definite ("the attack").  Arguments are attached
later (`attach`).  Works on tokens, so that it holds for headlines, bullets and text without capitals as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.lexicon import Lexicon, TriggerRule
from extract.schema import Kind
from extract.text import Token

_DETERMINERS = frozenset(
    "the a an this that these those its their his her our another each every no any some several".split()
)
_BE = frozenset("be been being is are was were am 's get got getting".split())
_BOUNDARY = re.compile(
    r"(?P<hard>[;:]|\s[–—-]\s|—)|(?P<co>,?\s\b(?:and then|but|while|whereas|although|though|and that|nor)\b)|(?P<comma_and>,\sand\b)"
    r"|(?P<rel>,?\s\b(?:who|which|whom|whose|where|that(?=\s(?:had|has|have|was|were|is|are|killed|left|led|would|could|can)))\b)"
    r"|(?P<sub>,?\s\b(?:when|after|before|because|since(?=\s\w+\s(?:had|has|was|were))|as(?=\s(?:the|they|he|she|it|part|in))|if|unless|until)\b)"
    r"|(?P<why>\s(?=(?:for|over|in connection with|accused of|on charges of|on suspicion of)\s+(?:the|their|his|her|helping|having|being|planning|\w+ing)\b))|(?P<ing>,\s(?=(?:\w+ly\s)?\w+ing\b))|(?P<paren>[()])|(?P<comma>,(?!\d))|(?P<and>\s\band\b)",
    re.I,
)
_WEIGHT = {
    "hard": 3.0,
    "co": 2.0,
    "comma_and": 1.6,
    "rel": 1.6,
    "sub": 1.4,
    "why": 0.6,
    "ing": 0.6,
    "paren": 0.8,
    "comma": 0.45,
    "and": 0.5,
}


@dataclass
class Frame:
    """One trigger and what its surroundings say of it."""

    rule: TriggerRule
    start: int
    end: int
    text: str
    noun: bool = False
    passive: bool = False
    plural: bool = False
    negated: bool = False
    hypothetical: bool = False
    infinitive: bool = False
    alleged: bool = False
    habitual: bool = False
    present: bool = False
    definite: bool = False
    attempted: bool = False
    conditional: bool = False
    notes: list[str] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        """incident, arrest or route."""
        return self.rule.kind


def boundaries(text: str, start: int, end: int) -> list[tuple[int, float]]:
    """Clause boundaries of a sentence: offset and how strongly it separates."""
    out = []
    for m in _BOUNDARY.finditer(text, start, end):
        name = m.lastgroup or "comma"
        out.append((m.start(), _WEIGHT[name]))
    dashes = [i for i, (at, w) in enumerate(out) if w == 3.0 and text[at : at + 2].strip()[:1] in "–—-"]
    if len(dashes) == 2:  # a pair of dashes encloses an aside
        for i in dashes:
            out[i] = (out[i][0], _WEIGHT["paren"])
    return out


def separation(bounds: Sequence[tuple[int, float]], a: int, b: int) -> float:
    """Sum of the boundary weights between two offsets."""
    lo, hi = (a, b) if a <= b else (b, a)
    return sum(w for at, w in bounds if lo <= at < hi)


def clause(bounds: Sequence[tuple[int, float]], at: int, start: int, end: int, least: float = 1.0) -> tuple[int, int]:
    """The clause around an offset: from the last to the next boundary of at least this weight."""
    a = max((x for x, w in bounds if x < at and w >= least), default=start)
    b = min((x for x, w in bounds if x >= at and w >= least), default=end)
    return a, b


def find_frames(text: str, toks: Sequence[Token], bounds: Sequence[tuple[int, float]], lex: Lexicon) -> list[Frame]:
    """Frames of one sentence in reading order; where triggers overlap, the longest stays."""
    if not toks:
        return []
    start, end = toks[0].start, toks[-1].end
    hits: list[tuple[int, int, TriggerRule]] = []
    words = {t.lower for t in toks} | {part for t in toks if "-" in t.lower for part in t.lower.split("-")}
    for rule in lex.rules_for(words):
        hits += [(m.start(), m.end(), rule) for m in rule.pattern.finditer(text, start, end)]
    if not hits:
        return []
    figures = [m.span() for m in lex.figurative.finditer(text, start, end)]
    hits = [h for h in hits if not any(x < h[1] and h[0] < y for x, y in figures)]
    # longest first; at equal length a rule that counts people goes before one that does not, a verb before a noun
    hits.sort(key=lambda h: (-(h[1] - h[0]), h[0]))
    kept: list[tuple[int, int, TriggerRule]] = []
    for a, b, rule in hits:
        same = [k for k in kept if a < k[1] and k[0] < b]
        if not same:
            kept.append((a, b, rule))
        elif (
            all(k[:2] == (a, b) for k in same)
            and _reads_as_noun(text, toks, a, b) == (rule.form == "noun")
            and same[0][2].form != rule.form
        ):
            kept = [k for k in kept if k not in same] + [(a, b, rule)]
    frames = [_frame(text, toks, bounds, lex, a, b, rule) for a, b, rule in sorted(kept, key=lambda k: k[0])]
    return [f for f in frames if f is not None]


def _reads_as_noun(text: str, toks: Sequence[Token], a: int, b: int) -> bool:
    i = next(k for k, t in enumerate(toks) if t.end > a)
    before = toks[i - 1].lower if i else ""
    if before == "to":
        return False
    word = text[a:b].lower()
    if (
        word in ("attack", "assault", "strike", "raid", "bomb")
        and before
        not in ("they", "we", "who", "and", "would", "could", "may", "might", "can", "will", "should", "did", "not")
        and not (before.endswith("s") and before[:-1].isalpha())
    ):
        return True
    if word.endswith("ing") and before in (",", "and", "–", "—", "-", "while", "after", "before", "by", ";"):
        return False
    if word.endswith("s") and word.rstrip("s") in ("attack", "assault", "strike", "raid", "ambushe", "bomb"):
        return True
    if before in _DETERMINERS or before in (
        "of",
        "for",
        "in",
        "by",
        "an",
        "suicide",
        "terror",
        "terrorist",
        "deadly",
        "deadliest",
        "twin",
        "armed",
        "mass",
        "police",
        "several",
        "major",
        "two",
        "three",
        "four",
        "five",
        "dawn",
        "night",
        "simultaneous",
        "bomb",
        "gun",
        "knife",
    ):
        return not word.endswith("ed")
    after = toks[i + 1].lower if i + 1 < len(toks) else ""
    return (
        after in ("on", "at", "in", "of", "by", "that", "which", "against")
        and not word.endswith("ed")
        and before not in ("they", "he", "who", "and")
    )


def _window(toks: Sequence[Token], i: int, back: int) -> list[str]:
    return [t.lower for t in toks[max(0, i - back) : i]]


def _frame(
    text: str,
    toks: Sequence[Token],
    bounds: Sequence[tuple[int, float]],
    lex: Lexicon,
    a: int,
    b: int,
    rule: TriggerRule,
) -> Frame | None:
    i = next(k for k, t in enumerate(toks) if t.end > a)
    word = text[a:b]
    lo, _hi = clause(bounds, a, toks[0].start, toks[-1].end)
    inside = [t for t in toks if lo <= t.start < a]
    near = [t.lower if not _is_month(toks, t) else "·" for t in inside[-7:]]
    previous = _window(toks, i, 3)
    noun = rule.form == "noun" or (
        rule.frame in ("event", "plot") and _reads_as_noun(text, toks, a, b) and " " not in word
    )
    f = Frame(rule, a, b, word, noun=noun)
    low = word.lower()
    first = re.split(r"\s", low)[0]
    f.plural = noun and low.endswith("s")
    f.passive = (
        not noun
        and bool(re.search(r"(?:ed|en|wn|un|ld|ught|ot|ut|de|uck|nt|orn)$", first))
        and _is_passive(toks, i, previous)
    )
    if rule.form == "phrase" and first in ("was", "were", "been"):
        f.passive = True  # "were stopped at"
    f.negated = _negated(near, toks, i, b, lex)
    f.infinitive = (
        not noun
        and bool(previous)
        and (
            previous[-1] == "to"
            or (previous[-2:-1] == ["to"] and (previous[-1].endswith("ly") or previous[-1] == "be"))
        )
        and not re.search(r"(?:ed|ing)$", first)
        and not {
            "led",
            "managed",
            "went",
            "allowed",
            "tried",
            "attempted",
            "trying",
            "attempting",
            "forced",
            "able",
            "said",
            "believed",
            "reported",
            "thought",
            "alleged",
        }
        & set(near[-5:])
    )
    f.negated = f.negated or _refuted(text, toks[0].start, toks[-1].end, a, lex)
    f.conditional = bool(inside or i == 0) and _conditional(text[toks[0].start : a].lower(), text[lo:a].lower())
    f.hypothetical = f.conditional or _hypothetical(near, previous, noun, lex)
    sentence = text[toks[0].start : toks[-1].end].lower()
    f.alleged = rule.kind != "arrest" and bool(lex.patterns["alleged"].search(text, max(toks[0].start, a - 90), b))
    f.alleged = f.alleged or bool(_CONTESTED.search(text, b, toks[-1].end))
    f.habitual = bool(lex.patterns["habitual"].search(text, max(lo, a - 40), b + 1))
    f.present = low in ("itinerary", "journey", "voyage", "flights from", "flights to") or (
        not noun and (_present(first, previous, lex) or (f.passive and _present_passive(toks, i)))
    )
    f.definite = noun and bool(previous) and _definite(text, toks, i)
    f.attempted = "attempted" in near[-3:] or bool(re.match(r"\s+attempt", text[b : b + 10].lower()))
    if "according to" in sentence and rule.frame == "consequence":
        f.alleged = True
    return f


def _is_month(toks: Sequence[Token], t: Token) -> bool:
    """Whether "may" (or "march") is the month: beside a number or behind "in", "of", "since"."""
    if t.lower not in ("may", "march"):
        return False
    i = next(k for k, x in enumerate(toks) if x.start == t.start)
    before = toks[i - 1].lower if i else ""
    after = toks[i + 1].lower if i + 1 < len(toks) else ""
    return (
        before.rstrip("stndrh").isdigit()
        or after[:1].isdigit()
        or (
            before in ("in", "of", "since", "until", "by", "late", "early", "last", "this", "mid", "from", "and")
            and (t.text[0].isupper() or before not in ("and", "this"))
        )
    )


def _is_passive(toks: Sequence[Token], i: int, previous: list[str]) -> bool:
    back = [t.lower for t in toks[max(0, i - 4) : i] if t.text not in ("IS", "Is")]  # the group is no verb
    if any(w in _BE for w in back):
        return not (
            {"had", "has", "have"} & set(back)
            and not {"been"} & set(back)
            and not any(w in _BE - {"been"} for w in back)
        )
    # a participle after its noun: "46 foreigners detained in Moscow", "12 arr."
    return False


def _negated(near: Sequence[str], toks: Sequence[Token], i: int, end: int, lex: Lexicon) -> bool:
    neg = lex.cues["negation"]
    if any(w in ("none", "nobody", "neither", "no-one") for w in near) or " ".join(near).find("not one of") >= 0:
        return True
    if any(w in neg or w.endswith("n’t") or w.endswith("n't") for w in near[-5:]):
        return not ("not" in near and "only" in near)
    after = [t.lower for t in toks if t.start >= end][:3]
    return bool(after) and (
        after[0] in ("nothing", "nobody", "none") or (len(after) > 1 and after[:2] == ["no", "one"])
    )


#: "…, a claim the group denied", "…, which Kabul denies": what stands before is one side's word.
_CONTESTED = re.compile(
    r",\s+(?:(?:an?|the)\s+(?:claim|charge|allegation|accusation|figure|account|version)\b|which\b|though\b|although\b)"
    r"[^.;]{0,50}\b(?:den(?:y|ies|ied)|disput(?:es?|ed)|reject(?:s|ed)?|contest(?:s|ed)?)\b",
    re.I,
)


def _refuted(text: str, start: int, end: int, at: int, lex: Lexicon) -> bool:
    """Whether the sentence denies what is told at `at`: "the ministry denied that …", "reports that … could not be confirmed"."""
    for m in lex.refuted_before.finditer(text, start, at):
        if at - m.end() < 160 and not re.search(r"[;:]|\bbut\b|\bhowever\b", text[m.end() : at]):
            return True
    after = lex.refuted_after.search(text, at, end)
    return (
        after is not None
        and bool(lex.report_words.search(text, start, at))
        and not re.search(r";|\bbut\b", text[at : after.start()])
    )


_SUPPOSED = re.compile(
    r"^\W*(?:and |but |now |so )?(?:what if|suppose|supposing|imagine|assume|assuming|let us (?:say|assume|suppose)|say)\b"
)


def _conditional(before: str, in_clause: str) -> bool:
    if _SUPPOSED.match(before):
        return True  # "What if the next cell comes across the Aegean?"
    return bool(
        re.search(r"(?:^|[\s“\"(])(?:if|unless|whether|should|were|were it|had it|once|in case)\b", in_clause)
        and re.search(r"(?:^|\s|“)(?:if|unless|whether|in case)\b|^(?:should|were|once)\b", before)
    )


def _hypothetical(near: Sequence[str], previous: Sequence[str], noun: bool, lex: Lexicon) -> bool:
    cues = lex.cues
    if not noun and any(w in cues["modal"] for w in near[-4:]):
        return True
    reach = near[-6:] if noun else near[-4:]
    if any(w in cues["hypothetical"] for w in reach):
        return True
    return noun and any(
        w
        in (
            "planning",
            "plan",
            "plans",
            "planned",
            "preparation",
            "preparing",
            "prepare",
            "against",
            "future",
            "further",
            "inciting",
            "encourage",
            "conduct",
            "inspire",
        )
        for w in near[-3:]
    )


def _present(first: str, previous: Sequence[str], lex: Lexicon) -> bool:
    if first not in lex.present:
        return False
    if previous and (previous[-1][0].isdigit() or previous[-1] in ("of", "the", "all", "such", "irregular", "illegal")):
        return False  # "recorded 2,260 encounters": a noun
    return not any(w in ("had", "has", "have", "was", "were", "been", "to", "did") for w in previous)


def _present_passive(toks: Sequence[Token], i: int) -> bool:
    back = [t.lower for t in toks[max(0, i - 4) : i]]
    return any(w in ("is", "are", "be") for w in back) and not {"been", "was", "were", "had", "has", "have"} & set(back)


def _definite(text: str, toks: Sequence[Token], i: int) -> bool:
    """ "the attack", "this raid", "Friday’s blast": refers back unless its own place and date follow."""
    for k in range(i - 1, max(-1, i - 6), -1):
        w = toks[k].lower
        if w in ("the", "this", "that", "these", "those", "its", "their", "his", "such", "both"):
            return True
        if w in ("a", "an", "another", "two", "three", "several") or not w[0].isalpha():
            return False
        if w in ("of", "in", "at", "on", "to", "for", "and", "by", "with"):
            return False
    return False


__all__ = ["Frame", "boundaries", "clause", "find_frames", "separation"]
