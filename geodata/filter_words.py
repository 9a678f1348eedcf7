"""A filter in an analyst's words: 'Arrests · Tajikistan · Jan–Jun 2024'.

Takes a `Filters` value; gives one line for the screen's head and the stamp of an export.  English.
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING

from geodata.names import nationality_name
from geodata.regions import region_name
from geodata.shapes import country_names

if TYPE_CHECKING:
    from geodata.filters import Filters

__all__ = ["describe", "range_text"]

_KINDS = {"incident": "Incidents", "arrest": "Arrests", "route": "Routes"}
_FINE = {
    "site": "exact site",
    "city": "town or finer",
    "admin1": "province or finer",
    "country": "country or finer",
    "region": "any place on land",
    "water": "any place",
}


def _month(day: dt.date) -> str:
    return calendar.month_abbr[day.month]


def _month_end(day: dt.date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


def _day(day: dt.date) -> str:
    return f"{day.day} {_month(day)} {day.year}"


def range_text(first: dt.date | None, last: dt.date | None) -> str:
    """A range of days in words, '' for none.

    >>> range_text(dt.date(2024, 1, 1), dt.date(2024, 6, 30))
    'Jan–Jun 2024'
    >>> range_text(dt.date(2024, 3, 16), dt.date(2024, 3, 22))
    '16–22 Mar 2024'
    """
    if first is None or last is None:
        return f"from {_day(first)}" if first else f"until {_day(last)}" if last else ""
    if first.day == 1 and _month_end(last):
        if (first.month, last.month) == (1, 12):
            return f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"
        if first.year != last.year:
            return f"{_month(first)} {first.year} – {_month(last)} {last.year}"
        return f"{_month(first)}{'' if first.month == last.month else '–' + _month(last)} {last.year}"
    if first == last:
        return _day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last)}"
    return f"{first.day} {_month(first)} – {_day(last)}" if first.year == last.year else f"{_day(first)} – {_day(last)}"


def _any(values: list[str]) -> str:
    return values[0] if len(values) == 1 else ", ".join(values[:-1]) + " or " + values[-1]


def describe(filters: Filters) -> str:
    """One line; 'All events' where nothing is filtered."""
    names = country_names()
    parts = [
        ", ".join(_KINDS[k] for k in filters.kind),
        ", ".join(s.replace("_", " ") for s in filters.subkind),
        (region_name(filters.country) or _any([names[c] for c in filters.country])) if filters.country else "",
        _any([a.partition(":")[2].replace("-", " ").title() for a in filters.admin1]) if filters.admin1 else "",
        "in a drawn area" if filters.area else "",
        f"{_any([nationality_name(c) for c in filters.nationality])} nationals" if filters.nationality else "",
        _any(list(filters.group)) if filters.group else "",
        range_text(filters.date_from, filters.date_to),
        _any(list(filters.certainty)) if filters.certainty else "",
        _FINE[filters.min_precision] if filters.min_precision else "",
        f"at least {filters.min_sources} sources" if filters.min_sources > 1 else "",
        f"by {_any(list(filters.source))}" if filters.source else "",
        f"“{filters.text}”" if filters.text else "",
        "parts of other events left out" if filters.no_parts else "",
        "undated kept" if filters.keep_undated and (filters.date_from or filters.date_to) else "",
        "without place kept"
        if filters.keep_unplaced and (filters.country or filters.min_precision or filters.admin1 or filters.area)
        else "",
    ]
    counted = {"reports": "reports", "corroborated": "told by at least two sources"}.get(filters.counting, "")
    parts += [counted, "figures strict to loose" if filters.ranges else ""]
    words = " · ".join(p for p in parts if p)
    return words[:1].upper() + words[1:] if words else "All events"
