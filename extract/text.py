"""Text → paragraphs, sentences and tokens with exact offsets.

Rules, not a model: blank lines and line ends make paragraphs, full stops make sentences unless an abbreviation, an
initial or a number stands before them; headings and list items are sentences of their own.  The text is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: Abbreviations that end in a full stop without ending a sentence.
ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof gen lt col maj capt sgt rep sen gov pres st mt ft no nos vol pp fig ed eds al etc e.g i.e
    vs jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun u.s u.k u.n u.a.e d.c a.m p.m inc ltd co corp approx dept dist
    prov anniv susp abt nr conf op arr det rel ca cf jr sr rev hon amb art sec tel ave blvd ariz calif tex fla mass wash
    conn mich minn penn tenn ala ark colo del ga ill ind kan ky la md mo mont neb nev okla ore va vt wis wyo""".split()
)
_TOKEN = re.compile(r"\d+(?:[.,/:]\d+)+|\w+(?:['’]\w+)*(?:-\w+)*|[^\w\s]", re.UNICODE)
_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*(?:\[\d+\])*(?=\s|$)|(?<=[a-z][”\"])\s(?=[A-Z])")
_BULLET = re.compile(r"^\s*(?:[-–—•*›▪◦·]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark with its offsets."""

    start: int
    end: int
    text: str
    lower: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: offsets, and whether it reads as a heading or a list item."""

    start: int
    end: int
    heading: bool
    bullet: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: offsets and the index of its paragraph."""

    start: int
    end: int
    paragraph: int
    heading: bool = False
    bullet: bool = False


def tokens(text: str, start: int, end: int) -> list[Token]:
    """Tokens of `text[start:end]`; "state-run", "don’t" and "1,500" are one token each."""
    return [Token(m.start(), m.end(), m.group(), m.group().lower()) for m in _TOKEN.finditer(text, start, end)]


def paragraphs(text: str) -> list[Line]:
    """Paragraphs in order; a line end ends a paragraph, unless the text is wrapped at a fixed width."""
    wrapped = _is_wrapped(text)
    pattern = r"[^\n](?:.*?)(?=\n\s*\n|\Z)" if wrapped else r"[^\n]+"
    out = []
    for m in re.finditer(pattern, text, re.DOTALL if wrapped else 0):
        a, b = m.start(), m.end()
        while a < b and text[a].isspace():
            a += 1
        while b > a and text[b - 1].isspace():
            b -= 1
        if a < b:
            body = text[a:b]
            bullet = bool(_BULLET.match(body)) and not re.match(r"\d{1,2}\. [A-Z][^.]{0,60}$", body)
            out.append(Line(a, b, _is_heading(body, bullet), bullet))
    return out


def _is_wrapped(text: str) -> bool:
    """Lines broken at a fixed width: most lines that are followed by another are long and end without a full stop."""
    lines = [x for x in text.split("\n") if x.strip()]
    if len(lines) < 8:
        return False
    inner = [x for x in lines if 55 <= len(x) <= 110]
    broken = [x for x in inner if x.rstrip()[-1] not in '.!?:”"']
    return len(inner) > 0.6 * len(lines) and len(broken) > 0.6 * len(inner) and max(map(len, lines)) <= 120


def _is_heading(body: str, bullet: bool) -> bool:
    words = body.split()
    if bullet and not re.match(r"\d{1,2}\.\s", body):
        return False
    if len(words) > 22 or "\n" in body:
        return False
    if body[-1] in ".;,…!" and not re.fullmatch(r"[A-ZÀ-Þ .’'-]+\.", body):
        return False
    if body.endswith(":"):
        return len(words) <= 8 and not re.search(r"\d", body)
    letters = [c for c in body if c.isalpha()]
    if letters and sum(c.isupper() for c in letters) > 0.8 * len(letters):
        return True
    return not re.search(r"\d{3,}", body) or len(words) <= 14


def sentences(text: str) -> list[Sentence]:
    """Sentences of the whole text in order, never crossing a paragraph."""
    out: list[Sentence] = []
    for i, line in enumerate(paragraphs(text)):
        for a, b in _split(text, line.start, line.end):
            out.append(Sentence(a, b, i, line.heading, line.bullet))
    return out


#: A longer run without a full stop is cut: what is found in a sentence is compared pair by pair.
MAX_SENTENCE = 2_000


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences of a paragraph, none longer than MAX_SENTENCE: cut at the last mark or blank before it."""
    for a, b in _at_stops(text, start, end):
        while b - a > MAX_SENTENCE:
            at = max((text.rfind(c, a + MAX_SENTENCE // 2, a + MAX_SENTENCE) for c in "; ,"), default=-1)
            cut = at + 1 if at > a else a + MAX_SENTENCE
            yield a, cut
            a = cut
        if a < b:
            yield a, b


def _at_stops(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    a = start
    for m in _STOP.finditer(text, start, end):
        if m.end() >= end or not _ends_here(text, m, end):
            continue
        if m.end() > a:
            yield a, m.end()
        a = m.end()
        while a < end and text[a].isspace():
            a += 1
    if a < end:
        yield a, end


def _ends_here(text: str, m: re.Match[str], end: int) -> bool:
    """Whether a full stop ends a sentence: not after an abbreviation, an initial, or before a small letter."""
    rest = text[m.end() : min(end, m.end() + 40)].lstrip()
    if not rest:
        return True
    if m.group().startswith("."):
        word = re.search(r"(\S+)$", text[max(0, m.start() - 15) : m.start()])
        if word:
            w = word[1].lower().strip("(“\"'‘")
            if w in ABBREVIATIONS and not (w in ("arr", "det", "rel", "hrs", "op", "a.m", "p.m") and rest[0].isupper()):
                return w in ("u.s", "u.k", "u.n", "d.c", "no") and bool(
                    re.match(r"(?:The|In|On|A|An|It|He|She|They|But|And|This|That|These|As|At)\b", rest)
                )
            if re.fullmatch(r"[a-z]", w) and text[m.start() - 1].isupper():
                return bool(re.match(r"(?:The|In|On|A|It|He|She|They|But|This)\b", rest))
            if re.fullmatch(r"\d{1,2}", w) and re.search(
                r"(?:^|\n)\s*\d{1,2}$", text[max(0, m.start() - 4) : m.start()]
            ):
                return False
    first = rest.lstrip("\"'“‘«([–—-•* ")[:1]
    return not first.islower()


__all__ = ["Line", "Sentence", "Token", "paragraphs", "sentences", "tokens"]
