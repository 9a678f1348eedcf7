"""Number words and figures: text → values with bounds ("more than 150", "between 30 and 40", "two dozen").

Takes text, gives `Number`s with offsets.  Does not say what is counted (see `quantities`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

UNITS = {
    w: i
    for i, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split()
    )
}
TENS = {w: 10 * i for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
WORDS = {**UNITS, **TENS, **SCALES, "dozen": 12}
ORDINALS = {
    w: i
    for i, w in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1
    )
}

_SMALL = "|".join(sorted([*UNITS, *TENS], key=len, reverse=True))
_TENS = rf"(?:{_SMALL})(?:[- ](?:{_SMALL}))?"
_WORDNUM = (
    rf"(?:{_TENS}(?: hundred)?(?: and {_TENS})? thousand(?:,? (?:{_SMALL}) hundred(?: and {_TENS})?| and {_TENS})?|(?:{_SMALL})(?:[- ](?:{_SMALL}))?(?: (?:hundred|thousand|million|dozen)(?: and (?:{_SMALL})(?:-(?:{_SMALL}))?)?)?"
    rf"|a hundred|a thousand|(?:half|a quarter of) a million|a million|a dozen|half a dozen)"
)
_DIGITS = r"(?:\d{1,3}(?:[, \u00a0\u2009\u202f]\d{3})+|\d+)(?:\.\d+)?(?: (?:hundred|thousand|million|dozen))?"
_NUM = rf"(?:{_DIGITS}|{_WORDNUM})"
_NUMBER = re.compile(
    rf"(?<![\w$€£.,/-])(?P<a>{_NUM})(?:(?:\s*[-–]\s*|\s+(?:to|or|and)\s+)(?P<b>{_NUM}))?(?![\w%]|[.,/:]\d|-(?:year|day|month|week|hour|km|mile|point|member|man|strong|metre|meter|language)| ?%| per ?cent)",
    re.I,
)

_LOWER = re.compile(
    r"(?:\b(?:more than|(?<!handed )(?<!turned )(?<!taken )(?<!gave )(?<!given )(?<!brought )(?<!ran )(?<!run )(?<!won )over|at least|no fewer than|no less than|not less than|upwards of|above|exceeding|in excess of|as many as|well over|a minimum of)|[>≥])\s*$",
    re.I,
)
_UPPER = re.compile(r"\b(?:fewer than|less than|under|up to|no more than|at most|below|a maximum of)\s*$", re.I)
_BETWEEN = re.compile(
    r"\b(?:between|from|around|about|some|roughly|approximately|an estimated|estimated|nearly|almost|close to)\s*$",
    re.I,
)
#: Between what a hedge begins with and its number.
_HEDGE = 80
_AND = re.compile(r"\bbetween\s*$", re.I)
_TO = re.compile(r"\b(?:from|between|some|about|around|further)?\s*$", re.I)


@dataclass(frozen=True, slots=True)
class Number:
    """A figure in the text: low/best/high, and the offsets of it with its hedge ("more than 150")."""

    start: int
    end: int
    low: int | None
    best: int | None
    high: int | None
    hedge: str = ""


def number_value(word: str) -> float | None:
    """The value of "1,500", "two dozen", "thirty-three", "half a dozen"; None where it is not a number."""
    w = word.strip().lower().replace("\u00a0", " ").replace("\u2009", " ").replace("\u202f", " ")
    m = re.fullmatch(r"(\d[\d, ]*(?:\.\d+)?)(?: (hundred|thousand|million|dozen))?", w)
    if m:
        if len(m[1]) > 15:
            return None  # no count of people: an id, a serial number
        value = float(re.sub(r"[, ]", "", m[1]))
        return value * {**SCALES, "dozen": 12}.get(m[2], 1)
    if w == "half a dozen":
        return 6
    if w in ("half a million", "a quarter of a million"):
        return 500_000 if w[0] == "h" else 250_000
    total, current, seen = 0, 0, False
    for part in re.split(r"[\s-]+", w):
        if part in ("a", "an") and not seen:
            current = 1
        elif part in UNITS or part in TENS:
            current, seen = current + WORDS[part], True
        elif part in ("hundred", "dozen"):
            current, seen = max(current, 1) * WORDS[part], True
        elif part in SCALES:
            total, current, seen = total + max(current, 1) * SCALES[part], 0, True
        elif part != "and":
            return None
    return float(total + current) if seen else None


def find_numbers(text: str, start: int, end: int) -> list[Number]:
    """Numbers of `text[start:end]` with their hedges; ordinals, percentages, money and decimals of dates are left out."""
    out: list[Number] = []
    segment = text[start:end]
    for m in _NUMBER.finditer(segment):
        a, b = number_value(m["a"]), number_value(m["b"]) if m["b"] else None
        if a is None or a != int(a):
            continue
        left = (max(0, m.start() - _HEDGE), m.start())
        stop = m.end()
        sep = segment[m.end("a") : m.start("b")].strip().lower() if m["b"] else ""
        if b is not None and (
            b <= a
            or (sep == "and" and not _AND.search(segment, *left))
            or (sep == "to" and not _TO.search(segment, *left))
        ):
            b, stop = None, m.end("a")
        n, begin = int(a), m.start()
        if b is not None:
            h = _BETWEEN.search(segment, *left)
            out.append(Number(start + (h.start() if h else begin), start + stop, n, n, int(b), "range"))
            continue
        for pattern, kind in ((_LOWER, "low"), (_UPPER, "high"), (_BETWEEN, "about")):
            h = pattern.search(segment, *left)
            if h and not (kind == "about" and re.match(r"(?:between|from)", h.group(), re.I)):
                begin = h.start()
                low, high = (None, n) if kind == "high" else (n, None if kind == "low" else n)
                if kind == "low" and h.group().strip().lower() == "as many as":
                    low, high = None, n
                out.append(Number(start + begin, start + stop, low, n, high, kind))
                break
        else:
            out.append(Number(start + begin, start + stop, n, n, n))
        if m["b"] and b is None:  # "5 and 3": the second figure on its own
            out.extend(find_numbers(text, start + m.start("b"), start + m.end("b")))
    return out


__all__ = ["ORDINALS", "WORDS", "Number", "find_numbers", "number_value"]
