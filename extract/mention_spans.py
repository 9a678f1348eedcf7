"""Where place names may stand in a text: the longest known name at each capital letter.

Takes tokens and a look-up of name prefixes (handed in: extract knows no gazetteer); gives spans.  A span is only a
candidate: `mentions` and the resolver decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import accumulate

from extract.mention_lexicon import PlaceWords
from extract.mention_tokens import Token

__all__ = ["Lookup", "Shape", "Sounding", "Span", "find_spans", "shape_of"]

#: every name that the given folded text begins with, with its number
Lookup = Callable[[str], Iterable[tuple[str, int]]]
#: number of the names that sound like a folded one, -1 none
Sounding = Callable[[str], int]


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

    upper: list[bool]  # begins with a capital (or a digit)
    caps: list[bool]  # all capitals, in a run of capitals: a headline that tells nothing
    lowercase: bool  # the document has no capitals at all


def shape_of(text: str, tokens: list[Token]) -> Shape:
    """See `Shape`."""
    upper = [text[t[0]].isupper() for t in tokens]
    caps = [False] * len(tokens)
    run = 0
    for k, (start, end, *_) in enumerate(tokens):  # four or more words in capitals in a row
        if not (run or upper[k]):
            continue
        loud = upper[k] and end - start > 1 and text[start:end].isupper()
        run = run + 1 if loud or (run and (end - start == 1 or not text[start].isalpha())) else 0
        if run == 4:
            caps[k - 3 : k + 1] = [True] * 4
        elif run > 4:
            caps[k] = True
    return Shape(upper, caps, len(tokens) > 5 and sum(upper) <= 0.005 * len(tokens))


def find_spans(
    text: str, tokens: list[Token], shape: Shape, lookup: Lookup, words: PlaceWords, sounding: Sounding | None = None
) -> list[Span]:
    """Longest known names, left to right, without overlaps."""
    parts = [(" " if joint else "\n") + norm for _, _, norm, joint, _ in tokens]
    stops = list(accumulate(map(len, parts), initial=0))
    joined = "".join(parts) + "\n"
    out: list[Span] = []
    done = 0
    upper, lower_doc, articles = shape.upper, shape.lowercase, words.arabic_articles
    for k, t in enumerate(tokens):
        if k < done or not (upper[k] or lower_doc or (t.norm in articles and _article(tokens, upper, k))):
            continue
        at = stops[k] + 1
        found = [
            (k + 1 + name.count(" "), name, key)
            for name, key in lookup(joined[at : at + 60])
            if joined[at + len(name)] in " \n"
        ]
        for j, name, key in reversed(found):
            if _fits(text, tokens, shape, words, k, j):
                end = tokens[j - 1].end
                if text[end : end + 1] == ")" and "(" in text[t.start : end]:
                    end += 1  # Frankfurt (Oder)
                out.append(Span(k, j, t.start, end, key, name))
                done = j
                break
        else:
            if sounding and not lower_doc and (span := _by_sound(tokens, shape, words, k, sounding)):
                out.append(span)
                done = span.j
    return out


def _by_sound(tokens: list[Token], shape: Shape, words: PlaceWords, k: int, sounding: Sounding) -> Span | None:
    """A capitalised word or two, unknown as written, that sound like a known name."""
    t = tokens[k]
    if not _strange(t, words) or (k and t.joint and shape.upper[k - 1] and tokens[k - 1].norm in words.given_names):
        return None
    last = k + 1
    while (
        last < len(tokens)
        and last < k + 3
        and tokens[last].joint in (1, 2)
        and (
            (shape.upper[last] and tokens[last].norm not in words.common)
            or (tokens[last].norm in words.small_words and tokens[last].joint == 2)
        )
    ):
        last += 1
    for j in range(last, k, -1):
        if not shape.upper[j - 1]:
            continue
        name = " ".join(x.norm for x in tokens[k:j])
        key = sounding(name) if len(name) >= 5 else -1
        if key >= 0:
            return Span(k, j, t.start, tokens[j - 1].end, key, name)
    return None


def _strange(t: Token, words: PlaceWords) -> bool:
    n = t.norm
    return (
        len(n) >= 3 and n.isalpha() and n not in words.common and n not in words.given_names and n not in words.surnames
    )


def _article(tokens: list[Token], upper: list[bool], k: int) -> bool:
    """An Arabic article in lower case stands before a hyphen or a name: al-Hol, al Hol."""
    return k + 1 < len(tokens) and tokens[k + 1].joint > 0 and upper[k + 1]


def _fits(text: str, tokens: list[Token], shape: Shape, words: PlaceWords, i: int, j: int) -> bool:
    """The words of the name are written as a name's are."""
    if j - i == 1:
        t = tokens[i]
        if t.end - t.start < 2 or t.norm in words.calendar or text[t.end : t.end + 1] == "$":
            return False
        if t.norm in words.org_heads and i and t.joint and shape.upper[i - 1]:
            return False  # Harvard University: not the town of University
        if (
            t.norm in words.directions_alone
            and not (j < len(tokens) and tokens[j].joint == 1 and shape.upper[j] and tokens[j].norm in words.area_words)
            and not (
                t.norm == "west"
                and i
                and tokens[i - 1].norm == "the"
                and not (j < len(tokens) and tokens[j].joint in (1, 2) and shape.upper[j])
            )
        ):
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
        elif not (
            t.norm in words.small_words
            or text[t.start].isdigit()
            or (
                k > i
                and (
                    t.norm in words.area_words
                    or t.norm in words.nature_words
                    or t.norm in words.org_heads
                    or words.common.get(t.norm, 0) > 20
                )
            )
            or tokens[k].joint == 2
        ):
            return False
        if (
            k > i
            and t.joint == 1
            and "\n" in text[tokens[k - 1].end : t.start]
            and text[tokens[k - 1].end : t.start].count("\n") > 1
        ):
            return False
    return capital > 0
