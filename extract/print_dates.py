"""Full calendar dates as documents print them: "9 May 2024", "Oct. 18, 2023", "19.12.2024", "2024-05-09".

Takes a few words and gives a day, or None where day, month or year is missing or the order of a numeric date is not
shown.  Does not look for dates in running text: that is `extract.dates`.
"""

from __future__ import annotations

import datetime as dt
import re

from extract.date_context import MONTHS, WEEKDAYS

__all__ = ["FULL_DATE", "TIME", "parse_full_date", "printed_date"]

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_YEAR = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
#: One full date with its year; a weekday may stand before it.  No capturing groups.
FULL_DATE = (
    rf"{_WEEKDAY}(?:(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}|{_MONTH}\s+{_DAY},?\s+{_YEAR}|"
    rf"{_YEAR}[-/]\d\d[-/]\d\d|\d{{1,2}}\.\s?\d{{1,2}}\.\s?{_YEAR}|\d{{1,2}}/\d{{1,2}}/{_YEAR})(?!\d)"
)
#: A time of day after a date: ", 17:48 CEST", "at 9.30 a.m.", "T17:48:00Z".
TIME = (
    r"(?:T\d\d:\d\d[\d:.]*(?:Z|[+-]\d\d:?\d\d)?|"
    r"(?:,|\s|at|[-–|·•])*(?:\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?|\d{1,2}\s?[ap]\.?m\.?|\d{4}(?= ?(?:GMT|UTC|hrs|hours)\b))"
    r"(?:\s?\(?(?:[A-Z]{2,5}|[A-Z]{2,4}[+-]\d{1,2}(?::\d\d)?|local time)\b\)?)?)?"
)

_WORDED = (
    re.compile(rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_MONTH}),?\s+(?P<y>{_YEAR})(?!\d)", re.I),
    re.compile(rf"(?P<m>{_MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>{_YEAR})(?!\d)", re.I),
)
_ISO = re.compile(rf"(?P<y>{_YEAR})(?P<s>[-/])(?P<m>\d\d)(?P=s)(?P<d>\d\d)(?!\d)")
_DOTTED = re.compile(rf"(?P<d>\d{{1,2}})\.\s?(?P<m>\d{{1,2}})\.\s?(?P<y>{_YEAR})(?!\d)")
_SLASHED = re.compile(rf"(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})/(?P<y>{_YEAR})(?!\d)")
_NAMED_DAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?\b", re.I)
_MACHINE = re.compile(r"(?P<y>\d{4})(?:-|/|)(?P<m>\d\d)(?:-|/|)(?P<d>\d\d)(?:[T\s]\S.*)?")


def _day(year: str, month: str | int, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def printed_date(words: str, *, dmy: bool | None = None) -> dt.date | None:
    """The first full date in a few words.

    `dmy` says whether 3/4/2024 is the 3rd of April; with None such a date is read only where one number is above 12,
    both are the same, or a weekday beside it decides.  Dates with full stops put the day first everywhere.
    "June 2024" is None: it names no day.  So is a date with a weekday that it did not fall on: one of them is wrong.
    """
    weekday = _weekday(words)
    days = [d for d in _readings(words, dmy) if d is not None and weekday in (None, d.weekday())]
    return days[0] if len(set(days)) == 1 else None


def _readings(words: str, dmy: bool | None) -> tuple[dt.date | None, ...]:
    """What the first full date may mean: one day, or two where the order of a numeric date is not shown."""
    for pattern in _WORDED:
        if m := pattern.search(words):
            return (_day(m["y"], MONTHS[m["m"].lower().rstrip(".")], m["d"]),)
    for pattern in (_ISO, _DOTTED):
        if m := pattern.search(words):
            return (_day(m["y"], m["m"], m["d"]),)
    if m := _SLASHED.search(words):
        a, b = int(m["a"]), int(m["b"])
        if a > 12 or b > 12 or a == b:
            dmy = a > 12
        as_dmy, as_mdy = _day(m["y"], b, str(a)), _day(m["y"], a, str(b))
        return (as_dmy, as_mdy) if dmy is None else (as_dmy if dmy else as_mdy,)
    return ()


def _weekday(words: str) -> int | None:
    """The weekday named in the words, Monday 0; None without one."""
    m = _NAMED_DAY.search(words)
    return WEEKDAYS[next(d for d in WEEKDAYS if d.startswith(m[1].lower()))] if m else None


def parse_full_date(value: str | None) -> dt.date | None:
    """A date from a manifest or from metadata: ISO (with or without a time), 20240509, or as printed; else None."""
    if not value:
        return None
    value = value.strip()
    if m := _MACHINE.fullmatch(value):
        return _day(m["y"], m["m"], m["d"])
    return printed_date(value) if re.fullmatch(FULL_DATE + TIME, value, re.I) else None
