"""Names of months and weekdays in other languages, for dates at the head of translated texts: "7. März 2025", "мая".

Takes a line, gives it with such dates in English words.  The names are those of dateparser (Unicode CLDR); a name that
means different months in different languages ("listopad") is left alone.  Does not read running text.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module

__all__ = ["in_english"]

_LANGUAGES = "ar az be bg cs de es fa fr hr it kk ky nl pl pt ru sv tr uk uz".split()
_ENGLISH = (
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday"
).split()
_DATE = re.compile(
    r"(?<!\w)(?:le\s+|den\s+|am\s+|el\s+|il\s+)?(?P<d>\d{1,2})(?:\.|º|er|-?го)?\s+(?:de\s+|di\s+)?(?P<m>[^\W\d_]{3,14})\.?,?\s+(?:de\s+|del\s+)?"
    r"(?P<y>(?:19|20)\d\d)(?!\d)(?:\s*(?:г|года|йил|жыл)\b\.?)?"
)
_WEEKDAY = re.compile(r"(?<!\w)(?P<w>[^\W\d_]{4,14}),?\s+(?=\d{1,2}\.?\s)")


def in_english(line: str) -> str:
    """The line with dates that are written with a month of another language in English words.

    >>> in_english("Berlin, Freitag, 7. März 2025")
    'Berlin, Friday, 7 March 2025'
    """
    done = _DATE.sub(_month, line)
    return done if done == line else _WEEKDAY.sub(_weekday, done)


def _month(m: re.Match[str]) -> str:
    name = m["m"].lower()
    if name in _ENGLISH:
        return m.group()
    english = _names().get(name, "")
    return f"{m['d']} {english.title()} {m['y']}" if english in _ENGLISH[:12] else m.group()


def _weekday(m: re.Match[str]) -> str:
    english = _names().get(m["w"].lower(), "")
    return f"{english.title()}, " if english in _ENGLISH[12:] else m.group()


@cache
def _names() -> dict[str, str]:
    """Foreign name → English name, of three letters or more; imported only when a line looks like such a date."""
    from dateparser.data import date_translation_data as data  # type: ignore[import-untyped]

    meant: dict[str, set[str]] = {}
    for code in _LANGUAGES:
        language = import_module(f"{data.__name__}.{code}")
        for english in _ENGLISH:
            for name in language.info.get(english, ()):
                if len(name) > 2:
                    meant.setdefault(name.lower().rstrip("."), set()).add(english)
    return {name: english.pop() for name, english in meant.items() if len(english) == 1}
