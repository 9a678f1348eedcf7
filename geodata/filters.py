"""The one filter object: the sidebar, the address, the command line and the stamp on an export are the same value.

Takes words of a person in any accepted form (names or codes of countries, partial dates); gives a frozen, hashable
`Filters`, its query and its description, and the events it keeps with the reason why each other one fell out
(`filter_apply`).  Reads no store.
"""

from __future__ import annotations

import argparse
import calendar
import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import pandas as pd

from extract.schema import CERTAINTIES, KINDS, PRECISIONS
from geodata import filter_apply, filter_words
from geodata.errors import FilterError
from geodata.filter_area import area_text
from geodata.names import country_code, nationality_code

__all__ = ["Filters", "parse_day"]

#: field -> key in an address and option on the command line (with two dashes)
KEYS = {
    "date_from": "from",
    "date_to": "to",
    "country": "country",
    "admin1": "admin1",
    "area": "area",
    "nationality": "nationality",
    "kind": "kind",
    "subkind": "subkind",
    "group": "group",
    "source": "source",
    "certainty": "certainty",
    "min_precision": "min-precision",
    "min_sources": "min-sources",
    "text": "text",
    "keep_undated": "with-undated",
    "keep_unplaced": "with-unplaced",
    "counting": "count",
    "ranges": "ranges",
    "no_parts": "without-parts",
}
LISTS = ("country", "admin1", "nationality", "kind", "subkind", "group", "source", "certainty")
#: Lists whose values never hold a comma: "TUR,TJK" is two.
CODED = ("country", "admin1", "nationality", "kind", "subkind", "certainty")
FLAGS = ("keep_undated", "keep_unplaced", "ranges", "no_parts")
_HELP = {
    "date_from": "first day: YYYY-MM-DD, YYYY-MM or YYYY; an event is in the range if its interval overlaps it",
    "date_to": "last day, in the same forms (2024-06 is 30 June 2024)",
    "country": "where it happened, any stop of a route: name or ISO3; repeat or join by commas",
    "admin1": "province by its id in the shapes, such as TJK:sughd; repeat or join by commas",
    "area": "inside a drawn area: W,S,E,N in degrees, or the corners as 'lon lat;lon lat;lon lat'",
    "nationality": "nationality as reported: Tajik, Tajikistan, TJK, XCA; repeat or join by commas",
    "kind": "incident, arrest or route",
    "subkind": "attack, plot, raid, labour_migration …",
    "group": "group as reported, such as ISIS-K",
    "source": "publisher",
    "certainty": "reported, alleged, foiled or hypothetical",
    "min_precision": "place known at least this precisely: site, city, admin1, country, region or water",
    "min_sources": "told by at least so many independent documents",
    "text": "words that all stand in the event's sentences, title or places",
    "keep_undated": "keep events without a date although a date range is given",
    "keep_unplaced": "keep events without a place although a country, province, area or precision is given",
    "counting": "what is counted: events (default), reports (each document's statements) or corroborated (two sources)",
    "ranges": "headline figures as ranges: what is known to town and day from two sources, against all",
    "no_parts": "leave out events that are part of another event and not counted on their own",
}
COUNTINGS = ("events", "reports", "corroborated")


def parse_day(text: str, *, last: bool) -> dt.date:
    """A day from YYYY-MM-DD, YYYY-MM or YYYY: the first, or with `last` the last, of what is written.

    Raises
    ------
    FilterError : it is none of these forms, or no such day.

    >>> parse_day("2024-02", last=True)
    datetime.date(2024, 2, 29)
    """
    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", text.strip())
    try:
        if found is None:
            raise ValueError
        year, month, day = (int(g) if g else None for g in found.groups())
        assert year is not None
        month = month if month is not None else 12 if last else 1
        return dt.date(year, month, day if day is not None else (calendar.monthrange(year, month)[1] if last else 1))
    except ValueError as err:  # calendar.IllegalMonthError is one
        raise FilterError(f"no such date {text!r}: write YYYY-MM-DD, YYYY-MM or YYYY") from err


def _one_of(what: str, given: str, known: Sequence[str]) -> str:
    value = given.strip().casefold()
    if value not in known:
        raise FilterError(f"no {what} {given!r}: it is one of {', '.join(known)}")
    return value


def _province(text: str) -> str:
    code, colon, slug = text.strip().partition(":")
    if not (colon and slug and len(code) == 3):
        raise FilterError(f"no province {text!r}: write its id, such as TJK:sughd")
    return f"{code.upper()}:{slug.casefold()}"


_CHECKS: dict[str, Callable[[str], str]] = {
    "country": country_code,
    "admin1": _province,
    "nationality": nationality_code,
    "kind": lambda v: _one_of("kind", v, KINDS),
    "certainty": lambda v: _one_of("certainty", v, CERTAINTIES),
    "subkind": lambda v: "_".join(v.casefold().replace("-", " ").split()),
    "group": lambda v: " ".join(v.split()),
    "source": lambda v: " ".join(v.split()),
}


@dataclass(frozen=True)
class Filters:
    """What is shown.  Values are brought into one form when it is made, so equal filters are equal values.

    date_from, date_to (inclusive), country, admin1, nationality, kind, subkind, group, source (publisher), certainty
    (any of the given ones), area (corners, see `filter_area`), min_precision, min_sources, text (all words),
    keep_undated, keep_unplaced, no_parts (see `filter_apply`);
    counting says what a row is (`countings.counted` makes the rows), ranges how totals are shown.

    Raises
    ------
    FilterError : a value does not exist; the message says what was given and what is possible.
    """

    date_from: dt.date | None = None
    date_to: dt.date | None = None
    country: tuple[str, ...] = ()
    admin1: tuple[str, ...] = ()
    area: str = ""
    nationality: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    subkind: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    certainty: tuple[str, ...] = ()
    min_precision: str | None = None
    min_sources: int = 1
    text: str = ""
    keep_undated: bool = False
    keep_unplaced: bool = False
    counting: str = "events"
    ranges: bool = False
    no_parts: bool = False

    def __post_init__(self) -> None:
        """Bring every value into its one form, or refuse it."""
        for name in LISTS:
            value = getattr(self, name)
            given = [value] if isinstance(value, str) else list(value or ())
            known = {_CHECKS[name](str(v)) for v in given if str(v).strip()}
            object.__setattr__(self, name, tuple(sorted(known)))
        if self.min_precision is not None:
            object.__setattr__(self, "min_precision", _one_of("precision", self.min_precision, PRECISIONS))
        object.__setattr__(self, "counting", _one_of("way of counting", self.counting, COUNTINGS))
        object.__setattr__(self, "area", area_text(self.area) if (self.area or "").strip() else "")
        if self.min_sources < 1:
            raise FilterError(f"min-sources is at least 1, not {self.min_sources}")
        object.__setattr__(self, "text", " ".join((self.text or "").split()))
        if self.date_from and self.date_to and self.date_from > self.date_to:
            raise FilterError(f"the range begins on {self.date_from} and ends before, on {self.date_to}")

    def to_query(self) -> dict[str, str | list[str]]:
        """The address form: only what is on; lists stay lists."""
        query: dict[str, str | list[str]] = {}
        for f in fields(self):
            value = getattr(self, f.name)
            if value != f.default:
                query[KEYS[f.name]] = list(value) if f.name in LISTS else "1" if f.name in FLAGS else str(value)
        return query

    @classmethod
    def from_query(cls, query: Mapping[str, Any]) -> Filters:
        """The inverse of `to_query`; keys that are no filter are passed over, a list may be one text.

        Raises
        ------
        FilterError : a value does not exist.
        """
        values: dict[str, Any] = {}
        for name, key in KEYS.items():
            given = query.get(key)
            if given is None or given == "" or given == []:
                continue
            texts = [str(v) for v in given] if isinstance(given, list | tuple) else [str(given)]
            values[name] = _parsed(name, texts)
        return cls(**values)

    def describe(self) -> str:
        """In an analyst's words: 'Arrests · Tajikistan · Jan–Jun 2024'; 'All events' where nothing is on."""
        return filter_words.describe(self)

    @staticmethod
    def add_arguments(parser: argparse.ArgumentParser) -> None:
        """Add one option per filter to a command."""
        group = parser.add_argument_group("filters")
        for name, key in KEYS.items():
            if name in FLAGS:
                group.add_argument(f"--{key}", dest=name, action="store_true", help=_HELP[name])
            elif name in LISTS:
                group.add_argument(f"--{key}", dest=name, action="append", metavar="X", help=_HELP[name])
            else:
                group.add_argument(f"--{key}", dest=name, metavar="X", help=_HELP[name])

    @classmethod
    def from_args(cls, args: argparse.Namespace) -> Filters:
        """The filters of a parsed command line.

        Raises
        ------
        FilterError : a value does not exist.
        """
        given = {key: getattr(args, name, None) for name, key in KEYS.items()}
        return cls.from_query({k: "1" if v is True else v for k, v in given.items() if v not in (None, False)})

    def apply(self, events: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int]]:
        """The events that fit, and how many others fell out for which reason (see `filter_apply.apply`)."""
        return filter_apply.apply(self, events)


def _parsed(name: str, texts: list[str]) -> Any:
    if name in LISTS:
        return tuple(p for t in texts for p in (t.split(",") if name in CODED else [t]))
    if name in FLAGS:
        return texts[-1].casefold() in ("1", "true", "yes", "on")
    if name in ("date_from", "date_to"):
        return parse_day(texts[-1], last=name == "date_to")
    if name == "min_sources":
        if not texts[-1].strip().isdecimal():
            raise FilterError(f"min-sources is a number, not {texts[-1]!r}")
        return int(texts[-1])
    return texts[-1]
