"""What date expressions lean on: month names, the context a text builds up, the year of "14 January"."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from extract.schema import DatePrecision, DateSpan

MONTHS = {
    m: i
    for i, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        1,
    )
    for m in names
}
WEEKDAYS = {d: i for i, d in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))}
#: Northern-hemisphere seasons as newspapers use them (meteorological): first and last month.
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
#: Fixed feast days: month, day.
FEASTS = {
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "halloween": (10, 31),
    "nowruz": (3, 21),
    "navruz": (3, 21),
    "new year's celebrations": (12, 31),
}


@dataclass(frozen=True, slots=True)
class DateMention:
    """An expression in the text and what it means; `relation` since/by/before/after where such a word precedes."""

    start: int
    end: int
    span: DateSpan
    relation: str = ""
    explicit_year: bool = False
    how: str = ""


@dataclass
class Context:
    """What a relative expression may lean on while the text is read from top to bottom."""

    published: dt.date | None
    period: DateSpan | None = None  # announced by a title or heading
    last: DateSpan | None = None  # the last date named in the running text
    year: int | None = None  # the last year named
    scene: int | None = None  # the year a sentence of this paragraph opened with: "In 2022, …"


def month_span(year: int, month: int) -> tuple[dt.date, dt.date]:
    """First and last day of a month."""
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def make_span(start: dt.date, end: dt.date, precision: DatePrecision) -> DateSpan:
    return DateSpan(start, end, precision)


def safe_date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def month_number(word: str) -> int:
    return MONTHS[word.lower().rstrip(".")]


def day_number(word: str) -> int:
    return int(re.match(r"\d+", word).group())  # type: ignore[union-attr]


def year_for(ctx: Context, month: int, day: int | None = None) -> int | None:
    """The year of "14 January" without one: the announced period, else the last such day before the document's date."""
    if ctx.period and ctx.period.start and ctx.period.end:
        if ctx.year and ctx.period.start.year <= ctx.year <= ctx.period.end.year > ctx.period.start.year:
            return ctx.year  # a report on several years: the one named last
        for year in range(ctx.period.end.year, ctx.period.start.year - 1, -1):
            first, last = month_span(year, month)
            if ctx.period.start <= last and first <= ctx.period.end:
                return year
        if ctx.period.start.year == ctx.period.end.year:
            return ctx.period.start.year
    if ctx.published:
        that_day = safe_date(ctx.published.year, month, day or 1)
        year = ctx.published.year
        if that_day and that_day > ctx.published + dt.timedelta(days=1):
            year -= 1
        # "In 2022 … In June": a year named just before outweighs the publication's, if it is not in the future
        return ctx.scene if ctx.scene and ctx.scene < year else year
    return ctx.year


__all__ = [
    "FEASTS",
    "MONTHS",
    "QUARTERS",
    "SEASONS",
    "WEEKDAYS",
    "Context",
    "DateMention",
    "day_number",
    "make_span",
    "month_number",
    "month_span",
    "safe_date",
    "year_for",
]
