"""What all date handlers need: numbers in words, years that are not written out, months and seasons in part."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from extract.date_context import (
    SEASONS,
    Context,
    make_span,
    month_span,
    year_for,
)
from extract.numbers import number_value
from extract.schema import DateSpan


def word_number(word: str | None, default: int = 1) -> int:
    """A number in words or digits; "a few" and "several" are three, nothing is `default`."""
    if not word:
        return default
    word = re.sub(r"^(exactly|about|around|some) ", "", word.lower())
    if word in ("a", "an"):
        return 1
    if word in ("several", "a few"):
        return 3
    if word == "a couple of":
        return 2
    value = number_value(word)
    return int(value) if value is not None else default


def group(m: re.Match[str], key: str) -> str | None:
    """A named group of a match, None where the pattern has no such group."""
    return m.groupdict().get(key)


def one_day(day: dt.date | None) -> DateSpan | None:
    """The interval of one day."""
    return make_span(day, day, "day") if day else None


def year_of(m: re.Match[str], ctx: Context, month: int, day: int | None = None, key: str = "y") -> int | None:
    """The year a match writes out, or the one its context gives its month."""
    y = group(m, key)
    if not y and group(m, "rel"):
        return this_year(m, ctx)
    return int(y) if y else year_for(ctx, month, day)


def this_year(m: re.Match[str], ctx: Context) -> int | None:
    """The year of "that year", "last year", "the previous year" or of the period reported on."""
    if group(m, "y"):
        return int(m["y"])
    rel = (group(m, "rel") or "").lower()
    if rel in ("the previous", "the following") and (ctx.last is not None and ctx.last.end is not None):
        return ctx.last.end.year + (1 if rel == "the following" else -1)
    if rel in ("last", "the previous") and ctx.published:
        return ctx.published.year - 1
    if rel == "this" and ctx.published:
        return ctx.published.year
    if ctx.period and ctx.period.end:
        return ctx.period.end.year
    if rel in ("the", "that") and ctx.year:
        return ctx.year
    return ctx.year or (ctx.published.year if ctx.published else None)


def shift_years(day: dt.date, n: int) -> dt.date:
    """The same day some years on; the last of the month where there is none."""
    last = calendar.monthrange(day.year + n, day.month)[1]
    return dt.date(day.year + n, day.month, min(day.day, last))


def shift_months(day: dt.date, n: int) -> dt.date:
    """The same day some months on; the last of the month where there is none."""
    k = day.year * 12 + day.month - 1 + n
    year, month = divmod(k, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def part(p: str, year: int, month: int) -> DateSpan:
    """Early, mid or late in a month, in thirds."""
    a, b = month_span(year, month)
    p = p.lower()
    if "early" in p or "start" in p or "beginning" in p:
        return make_span(a, a.replace(day=10), "month")
    if "mid" in p:
        return make_span(a.replace(day=11), a.replace(day=20), "month")
    return make_span(a.replace(day=21), b, "month")


def part_year(p: str, year: int) -> DateSpan:
    """Early, mid or late in a year, in thirds."""
    p = p.lower()
    if "early" in p or "start" in p or "beginning" in p:
        return make_span(dt.date(year, 1, 1), dt.date(year, 4, 30), "season")
    if "mid" in p:
        return make_span(dt.date(year, 5, 1), dt.date(year, 8, 31), "season")
    return make_span(dt.date(year, 9, 1), dt.date(year, 12, 31), "season")


def season(s: str, year: int) -> DateSpan:
    """A season of the northern hemisphere; winter runs into the next year."""
    a, b = SEASONS[s.lower()]
    if a > b:  # winter of 2023 begins in December 2023
        return make_span(dt.date(year, a, 1), month_span(year + 1, b)[1], "season")
    return make_span(dt.date(year, a, 1), month_span(year, b)[1], "season")


__all__ = [
    "group",
    "one_day",
    "part",
    "part_year",
    "season",
    "shift_months",
    "shift_years",
    "this_year",
    "word_number",
    "year_of",
]
