"""What a reviewer enters, as values of the log: dates that keep their precision, figures, lists.

Takes values of an EVENTS or CLAIMS row and of form fields; gives the JSON values that `geodata.reviews` writes, or a
`Refused` with one line for the person.  Draws nothing and writes nothing.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from dashboard.errors import EntryRefused
from dashboard.wording import split

__all__ = [
    "DATE_FORMS",
    "SEASONS",
    "DateParts",
    "count_of",
    "count_value",
    "date_parts",
    "date_value",
    "values_of",
]

COUNT_KEYS = ("killed", "injured", "arrested", "people")
#: How a date may be entered, in the order offered.
DATE_FORMS = ("day", "month", "season", "half", "year", "interval", "from", "until", "unknown")
#: First and last month of the northern seasons, as the reader of dates takes them; winter ends in the next year.
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}


class DateParts(NamedTuple):
    """A date as the form shows it; parts that its form does not use hold the nearest guess."""

    form: str
    first: dt.date
    last: dt.date
    year: int
    month: int
    season: str
    half: int


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _season_span(year: int, season: str) -> tuple[dt.date, dt.date]:
    first, last = SEASONS[season]
    return dt.date(year, first, 1), _month_end(year + (last < first), last)


def date_value(parts: DateParts) -> dict[str, Any]:
    """The JSON value of a date: inclusive interval with its precision.

    An interval has the precision of the shortest unit that is as long: up to a month 'month', up to four months
    'season', up to half a year 'half', else 'year'; of one day it is 'day'.

    Raises
    ------
    EntryRefused : the interval ends before it begins.
    """
    form, year = parts.form, parts.year
    spans: dict[str, tuple[dt.date | None, dt.date | None]] = {
        "day": (parts.first, parts.first),
        "month": (dt.date(year, parts.month, 1), _month_end(year, parts.month)),
        "season": _season_span(year, parts.season),
        "half": (dt.date(year, 6 * parts.half - 5, 1), _month_end(year, 6 * parts.half)),
        "year": (dt.date(year, 1, 1), dt.date(year, 12, 31)),
        "interval": (parts.first, parts.last),
        "from": (parts.first, None),
        "until": (None, parts.last),
        "unknown": (None, None),
    }
    first, last = spans[form]
    if first and last and first > last:
        raise EntryRefused(f"The date ends ({last:%d.%m.%Y}) before it begins ({first:%d.%m.%Y}).")
    precision = {"from": "year", "until": "year"}.get(form, form)
    if form == "interval" and first and last:
        precision = _length(first, last)
    return {
        "start": first.isoformat() if first else None,
        "end": last.isoformat() if last else None,
        "precision": precision,
    }


def _length(first: dt.date, last: dt.date) -> str:
    days = (last - first).days + 1
    return next(
        (name for limit, name in ((1, "day"), (31, "month"), (123, "season"), (184, "half")) if days <= limit), "year"
    )


def date_parts(value: Mapping[str, Any], today: dt.date) -> DateParts:
    """The form's fields for a date in the log's form; `today` where nothing is known.

    The form that is chosen gives exactly the same date back (`date_value`), an interval where no other does.
    """
    first, last = (dt.date.fromisoformat(value[k]) if value.get(k) else None for k in ("start", "end"))
    known = first or last or today
    season = next(s for s, (a, b) in SEASONS.items() if known.month in (a, a % 12 + 1, b))
    parts = DateParts(
        "unknown", first or known, last or known, known.year, known.month, season, 1 if known.month < 7 else 2
    )
    if not first and not last:
        return parts
    if not first or not last:
        return parts._replace(form="from" if first else "until")
    for form in (value.get("precision") or "interval", "day", "month", "season", "half", "year"):
        if form in DATE_FORMS and form != "unknown":
            made = date_value(parts._replace(form=form))
            if (made["start"], made["end"]) == (value["start"], value["end"]):
                return parts._replace(form=form)
    return parts._replace(form="interval")


def count_value(stated: bool, low: int | None, best: int | None, high: int | None) -> dict[str, int | None] | None:
    """The JSON value of a figure; None where it is not stated (which is not 0).

    Raises
    ------
    EntryRefused : a figure is stated, but none given, or they do not rise from low over best to high.
    """
    if not stated:
        return None
    known = [v for v in (low, best, high) if v is not None]
    if not known:
        raise EntryRefused("Give a figure, or tick “not stated”.")
    if known != sorted(known):
        raise EntryRefused(f"A figure rises from at least ({low}) over best ({best}) to at most ({high}).")
    return {"low": low, "best": best if best is not None else low if low is not None else high, "high": high}


def count_of(row: Mapping[str, Any], key: str) -> dict[str, int | None] | None:
    """A figure of an EVENTS or CLAIMS row in the log's form."""
    bounds = {b: None if pd.isna(v := row[f"{key}_{b}"]) else int(v) for b in ("low", "best", "high")}
    return bounds if any(v is not None for v in bounds.values()) else None


def _iso(value: Any) -> str | None:
    return None if pd.isna(value) else str(pd.Timestamp(value).date())


def values_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """All fields of an EVENTS or CLAIMS row that can be edited (but the place), in the log's form."""
    date = {"start": _iso(row["date_start"]), "end": _iso(row["date_end"]), "precision": row["date_precision"]}
    return {
        "date": date,
        **{f"counts.{k}": count_of(row, k) for k in COUNT_KEYS},
        "nationalities": split(row["nationalities"]),
        "groups": split(row["groups"]),
        "certainty": row["certainty"],
        "subkind": row["subkind"],
        "kind": row["kind"],
    }
