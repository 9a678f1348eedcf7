"""Words of a text with their offsets, folded for comparison with place names.

Takes text; gives tokens (offsets, folded form, joint with the previous token).  The same folding is applied to the
names of the gazetteer, so that "Sana'a", "SANA’A" and "Sanaa" meet.  Does not decide what is a place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple, TypeVar

__all__ = ["Token", "fold", "name_key", "sound_key", "tokenize"]

Value = TypeVar("Value")

_APOSTROPHES = "'’ʻʼ‘`´ʿʾ′"
#: initialisms with full stops (U.S., D.C., W.Va.), else letters and digits with apostrophes inside
_TOKEN = re.compile(
    rf"(?:[A-Z]\.){{2,}}(?![^\W_])|(?:[A-Z]\.)+[A-Z](?:[a-z]{{1,3}})?(?=\.)|[^\W_]+(?:[{_APOSTROPHES}][^\W_]+)*"
)
_WORDS = re.compile(f"({_TOKEN.pattern})")  # splits a text into gap, word, gap, word, …, gap
_JOINT = re.compile(r"[ \u00a0\t]?[-–‐‑][ \u00a0]?|[ \u00a0]|\r?\n[ \t]?|\.[ \u00a0]?| \(")
_APOS = re.compile(f"[{_APOSTROPHES}]")
_POSSESSIVES = frozenset(a + s for a in _APOSTROPHES for s in "sS")
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}][sS]$")
_LETTERS = str.maketrans(
    {
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ə": "e",
        "ħ": "h",
        "ŋ": "n",
        "ŧ": "t",
        "ɓ": "b",
        "ɗ": "d",
        "ƴ": "y",
        "ĸ": "k",
    }
)


#: short forms that are written with a full stop before a name goes on
_ABBREVIATED = frozenset(
    (
        "st",
        "ste",
        "sta",
        "sto",
        "mt",
        "mts",
        "ft",
        "pt",
        "ptl",
        "no",
        "dr",
        "mr",
        "mrs",
        "ms",
        "gen",
        "sen",
        "rep",
        "gov",
        "lt",
        "col",
        "sgt",
        "capt",
        "cpl",
        "maj",
        "rev",
        "prof",
        "hon",
        "pres",
        "supt",
        "adm",
        "cmdr",
        "insp",
        "wm",
        "geo",
        "chas",
        "so",
        "ne",
        "nw",
    )
)


class Token(NamedTuple):
    """One word: half-open offsets (without a possessive 's), folded form, and what stands before it.

    `joint`: 0 a break (punctuation, start of text), 1 a space or line end, 2 a hyphen, 3 a full stop after an
    abbreviation or initial.
    """

    start: int
    end: int
    norm: str
    joint: int
    possessive: bool


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Case-folded word without diacritics, apostrophes and full stops ("Sana’a" → "sanaa", "U.S." → "us")."""
    if word.isascii():
        low = word.lower()
        return low.replace("'", "").replace(".", "").replace("`", "")
    low = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    return _APOS.sub("", "".join(c for c in low if not unicodedata.combining(c))).replace(".", "")


def _joint(gap: str) -> int:
    """How a gap joins two words (see `Token`); 3, a full stop, holds only after an abbreviation."""
    if not gap or len(gap) > 3 or not _JOINT.fullmatch(gap):
        return 0
    if "." in gap:
        return 3
    return 2 if any(c in gap for c in "-–‐‑") else 1


def _word(word: str) -> tuple[str, int, bool]:
    """Folded form, length without a possessive 's, and whether there is one."""
    possessive = len(word) > 2 and word[-2:] in _POSSESSIVES
    bare = word[:-2] if possessive else word
    return fold(bare), len(bare), possessive


class _Known(dict[str, Value]):
    """Results by word, forgotten all at once when there are many: on a hit a plain dictionary writes nothing."""

    def __init__(self, make: Callable[[str], Value]) -> None:
        self.make = make

    def __missing__(self, word: str) -> Value:
        if len(self) >= 1 << 16:
            self.clear()
        found = self[word] = self.make(word)
        return found


_JOINTS, _KNOWN = _Known(_joint), _Known(_word)


def tokenize(text: str) -> list[Token]:
    """Every word of `text`, in order."""
    parts = _WORDS.split(text)  # whole lists at a time: a text has hundreds of words
    words = list(map(_KNOWN.__getitem__, parts[1::2]))
    joints = list(map(_JOINTS.__getitem__, parts[:-1:2]))
    if not words:
        return []
    joints[0] = 0
    if 3 in joints:
        for k, joint in enumerate(joints):
            if joint == 3 and not (words[k - 1][0] in _ABBREVIATED or words[k - 1][1] == 1):
                joints[k] = 0
    make, starts = tuple.__new__, list(accumulate(map(len, parts)))[:-1:2]
    return [
        make(Token, (start, start + size, norm, joint, possessive))
        for start, (norm, size, possessive), joint in zip(starts, words, joints, strict=True)
    ]


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """The form under which a name stands in the index: its folded words joined by single spaces."""
    return " ".join(fold(_POSSESSIVE.sub("", m.group())) for m in _TOKEN.finditer(name))


_ARTICLE = re.compile(r"\b(?:al|el|ad|as|ash|an|ar|at|az|ez|es|ed|er|en|e|i|ul|ur|us|um)\b ?")
_SOUNDS = [
    (re.compile(a), b)
    for a, b in (
        (r"(?:ou|oo|aw(?![aeiouy])|au|ow(?![aeiouy])|o|u)+", "u"),
        (r"(?:iy|ij)(?=[aeu])", "i"),
        (r"(?:ay|ey|ei|ai|ee|ie|y|i|e)+", "i"),
        (r"kh|gh|x|h", "h"),
        (r"tch|tsch|ch|tj", "c"),
        (r"dzh|dj|zh|j", "j"),
        (r"dh|th", "d"),
        (r"q|k|c(?=[aou])", "k"),
        (r"w|v|f", "v"),
        (r"ts|tz|z|s", "s"),
        (r"(.)\1+", r"\1"),
        (r"h$", ""),
    )
]


@lru_cache(maxsize=1 << 14)
def sound_key(key: str) -> str:
    """A coarse form in which transliterations of one name meet ("hodeidah", "al hudaydah"); "" where too short to
    tell.
    """
    bare = _ARTICLE.sub("", key).replace(" ", "")
    for pattern, to in _SOUNDS:
        bare = pattern.sub(to, bare)
    return bare if len(bare) >= 5 else ""
