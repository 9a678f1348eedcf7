"""Words for values: dates, counts, certainty, precision, as an analyst would write them.

Takes single values as they stand in the frames of `geodata.schema`; gives plain text (never HTML).  Vocabulary lives
in `words.toml`.  Does not look anything up in frames and does not decide what is shown.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

__all__ = [
    "count_text",
    "counts_text",
    "date_text",
    "humanise",
    "joined",
    "number_text",
    "plural",
    "split",
    "told_text",
    "word",
]

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
#: How a date that is missing, or a figure that is missing, is named: never 0, never NaN.
NOT_STATED = "not stated"


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def word(vocabulary: str, value: str | None) -> str:
    """The word for a value of a vocabulary of `words.toml`; the value itself, made readable, where it has none."""
    if value is None or pd.isna(value):
        return NOT_STATED
    return _words().get(vocabulary, {}).get(value) or humanise(value)


def humanise(value: str) -> str:
    """`labour_migration` -> `labour migration`."""
    return value.replace("_", " ").strip()


def split(value: Any) -> list[str]:
    """The parts of a '|'-joined cell; [] for '' and null."""
    return [part for part in str(value).split("|") if part] if isinstance(value, str) else []


def joined(parts: list[str], limit: int = 4) -> str:
    """'a, b and c'; longer lists end in 'and 3 more'."""
    if len(parts) > limit:
        return ", ".join(parts[:limit]) + f" and {len(parts) - limit} more"
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def plural(count: int, one: str, many: str | None = None) -> str:
    """'1 event', '2 events'."""
    return f"{number_text(count)} {one if count == 1 else many or one + 's'}"


def number_text(value: float) -> str:
    """Thousands apart by a narrow no-break space: 12 500."""
    return f"{int(value):,}".replace(",", "\u202f")


def _day(value: dt.date) -> str:
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def _as_date(value: Any) -> dt.date | None:
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()


def date_text(start: Any, end: Any, precision: str) -> str:
    """An interval in the precision that was written: '21 Mar 2024', 'Mar 2024', 'Jan–Jun 2024', '2024'.

    Parameters
    ----------
    start, end : dates, timestamps or null; inclusive. precision : day month season half year unknown
    """
    first, last = _as_date(start), _as_date(end)
    if first is None and last is None:
        return "date not stated"
    if first is None or last is None:
        known = first or last
        assert known is not None
        return f"{'from' if first else 'until'} {_day(known)}"
    if first == last:
        return _day(first)
    return _interval(first, last)


def _interval(first: dt.date, last: dt.date) -> str:
    whole_months = first.day == 1 and (last + dt.timedelta(days=1)).day == 1
    same_year = first.year == last.year
    if whole_months and same_year and (first.month, last.month) == (1, 12):
        return str(first.year)
    if whole_months and (first.month, last.month) == (1, 12):
        return f"{first.year}–{last.year}"
    months = MONTHS[first.month - 1], MONTHS[last.month - 1]
    if whole_months:
        if same_year:
            return f"{months[0]} {first.year}" if first.month == last.month else f"{months[0]}–{months[1]} {first.year}"
        return f"{months[0]} {first.year} – {months[1]} {last.year}"
    if same_year and first.month == last.month:
        return f"{first.day}–{last.day} {months[0]} {first.year}"
    if same_year:
        return f"{first.day} {months[0]} – {last.day} {months[1]} {first.year}"
    return f"{_day(first)} – {_day(last)}"


def count_text(low: Any, best: Any, high: Any) -> str:
    """One figure with its doubt: '27', '137–150', '137–145+', '150+', 'up to 80'; '' where nothing is stated."""
    lo, mid, hi = (None if v is None or pd.isna(v) else int(v) for v in (low, best, high))
    if lo is not None and hi is not None and lo != hi:
        return f"{number_text(lo)}–{number_text(hi)}"
    if lo is not None and hi is None:
        return f"{number_text(lo)}–{number_text(mid)}+" if mid is not None and mid > lo else f"{number_text(lo)}+"
    if lo is None and hi is not None and (mid is None or mid == hi):
        return f"up to {number_text(hi)}"
    known = next((v for v in (mid, lo, hi) if v is not None), None)
    return "" if known is None else number_text(known)


def counts_text(row: Mapping[str, Any], keys: tuple[str, ...] = ("killed", "injured", "arrested", "people")) -> str:
    """All stated figures of an event or claim: '137–145 killed, 180+ injured'; '' where none is stated."""
    parts = []
    for key in keys:
        text = count_text(row[f"{key}_low"], row[f"{key}_best"], row[f"{key}_high"])
        if text:
            parts.append(f"{text} {'person' if (key, text) == ('people', '1') else word('count', key)}")
    return ", ".join(parts)


def told_text(sentence: str, publishers: str, most: int = 110) -> str:
    """The beginning of a sentence, cut between words, and who published it: '“On 5 May a bomb …” · Daily Paper'.

    publishers : joined by '|'; '' = nobody is named
    """
    words = " ".join(sentence.split())
    cut = words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"
    return f"“{cut}”" + (f" · {joined(split(publishers))}" if publishers else "")
