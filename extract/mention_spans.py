"""Where place names may stand in a text: the longest known name at each capital letter.

Takes tokens and a look-up of name prefixes (handed in: extract knows no gazetteer); gives spans.  A span is only a
candidate: `mentions` and the resolver decide.
"""
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from extract.mention_lexicon import PlaceWords
from extract.mention_tokens import Token

__all__ = ["Lookup", "Shape", "Span", "find_spans", "shape_of"]

#: every name that the given folded text begins with, with its number
Lookup = Callable[[str], list[tuple[str, int]]]

_SMALL = frozenset(("of the de la el al and on upon in sur an am der do da dos das le les y e di del du des den i a ye es as ash ad at az ul "
                    "us bin ibn abu san qala dar bandar") .split())
_ARTICLES = frozenset("al el as ar ad an ash at az ez es".split())
_SPACES = re.compile(r"[ \t]*\n")


@dataclass(slots=True)
class Span:
    """Tokens i to j (half open) bear the name number `key`; character offsets into the text."""

    i: int
    j: int
    start: int
    end: int
    key: int
    name: str


@dataclass(slots=True)
class Shape:
    """How the document uses capitals: per token, whether it begins with one and whether it tells anything."""

    upper: list[bool]                    # begins with a capital (or a digit)
    caps: list[bool]                     # all capitals, in a run of capitals: a headline that tells nothing
    lowercase: bool                      # the document has no capitals at all


def shape_of(text: str, tokens: list[Token]) -> Shape:
    """See `Shape`."""
    upper = [text[t.start].isupper() for t in tokens]
    loud = [u and t.end - t.start > 1 and text[t.start:t.end].isupper() for u, t in zip(upper, tokens, strict=True)]
    caps = [False] * len(tokens)
    run = 0
    for k, t in enumerate(tokens):       # four or more words in capitals in a row
        short = t.end - t.start == 1 or not text[t.start].isalpha()
        run = run + 1 if loud[k] or (run and short) else 0
        if run == 4:
            caps[k - 3:k + 1] = [True] * 4
        elif run > 4:
            caps[k] = True
    return Shape(upper, caps, len(tokens) > 5 and sum(upper) <= 0.005 * len(tokens))


def find_spans(text: str, tokens: list[Token], shape: Shape, lookup: Lookup, words: PlaceWords) -> list[Span]:
    """Longest known names, left to right, without overlaps."""
    parts: list[str] = []
    begins: list[int] = []
    pos = 0
    for t in tokens:
        parts.append(" " if t.joint else "\n")
        begins.append(pos + 1)
        parts.append(t.norm)
        pos += 1 + len(t.norm)
    joined = "".join(parts)
    ends = {b + len(t.norm): k + 1 for k, (b, t) in enumerate(zip(begins, tokens, strict=True))}
    out: list[Span] = []
    done = 0
    upper, lower_doc = shape.upper, shape.lowercase
    for k, t in enumerate(tokens):
        if k < done or not (upper[k] or lower_doc or _article(tokens, upper, k)):
            continue
        found = [(ends[begins[k] + len(name)], name, key) for name, key in lookup(joined[begins[k]:begins[k] + 60])
                 if begins[k] + len(name) in ends]
        for j, name, key in reversed(found):
            if _fits(text, tokens, shape, words, k, j):
                out.append(Span(k, j, t.start, tokens[j - 1].end, key, name))
                done = j
                break
    return out


def _article(tokens: list[Token], upper: list[bool], k: int) -> bool:
    """A lower-case Arabic article before a hyphen or a name: al-Hol, al Hol."""
    return tokens[k].norm in _ARTICLES and k + 1 < len(tokens) and tokens[k + 1].joint > 0 and upper[k + 1]


def _fits(text: str, tokens: list[Token], shape: Shape, words: PlaceWords, i: int, j: int) -> bool:
    """The words of the name are written as a name's are."""
    if j - i == 1:
        t = tokens[i]
        if t.end - t.start < 2:
            return False
        if shape.lowercase or shape.caps[i]:
            return words.common.get(t.norm, 0) < 3
        return shape.upper[i]
    if shape.lowercase:
        return any(words.common.get(t.norm, 0) < 3 for t in tokens[i:j])
    capital = 0
    for k in range(i, j):
        t = tokens[k]
        if shape.upper[k]:
            capital += 1
        elif not (t.norm in _SMALL or text[t.start].isdigit() or k > i and (t.norm in words.area_words or t.norm in words.nature_words or t.norm in words.org_heads or words.common.get(t.norm, 0) > 20)
                  or tokens[k].joint == 2):
            return False
        if k > i and t.joint == 1 and "\n" in text[tokens[k - 1].end:t.start] and text[tokens[k - 1].end:t.start].count("\n") > 1:
            return False
    return capital > 0
