"""What a picture shows, said as a headline: 'Arrests of Tajik nationals in Turkey, Jan–Sep 2024'.

Takes the filters; gives a title that a reader understands who never saw the filters, and what of them it leaves unsaid
(for the subtitle).  English.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dashboard.wording import humanise, joined, word
from geodata.filter_words import range_text
from geodata.filters import Filters
from geodata.names import nationality_name
from geodata.regions import region_name
from geodata.shapes import country_names

__all__ = ["headline", "unsaid"]

_KINDS = ("incident", "arrest", "route")
_THE = ("United States", "United Kingdom", "United Arab Emirates", "Netherlands", "Philippines", "Czech Republic")
_MOST = 3  # names in a headline; more are counted


def _what(filters: Filters) -> str:
    if len(filters.kind) <= 1 and 1 <= len(filters.subkind) <= 2:
        return joined([_plural(humanise(s)) for s in filters.subkind])
    return joined([word("kinds", k).lower() for k in _KINDS if k in (filters.kind or _KINDS)])


def _plural(sort: str) -> str:
    """'raid' -> 'raids'; what is no thing that one counts stays ('labour migration', 'smuggling')."""
    if sort.endswith(("ing", "ion", "migration", "travel")) and sort not in (
        "conviction",
        "border crossing",
        "sanction",
    ):
        return sort
    return sort[:-1] + "ies" if sort.endswith("y") else sort + "s"


def _whom(filters: Filters) -> str:
    if not filters.nationality:
        return ""
    joint = "of" if filters.kind and "incident" not in filters.kind else "involving"
    return f" {joint} {_some([nationality_name(c) for c in filters.nationality], 'nationalities')} nationals"


def _where(filters: Filters) -> str:
    if not filters.country:
        return ""
    names = [f"the {n}" if n in _THE else n for n in (country_names()[c] for c in filters.country)]
    if filters.kind == ("route",):
        joint = "to, from or through"
    else:
        joint = "in" if filters.kind and "route" not in filters.kind else "that touch"
    return f" {joint} {region_name(filters.country) or _some(names, 'countries')}"


def _some(names: list[str], many: str) -> str:
    return joined(names) if len(names) <= _MOST else f"{len(names)} {many}"


def headline(filters: Filters) -> str:
    """The title of a view, without a full stop.

    >>> headline(Filters.from_query({"kind": ["arrest"], "nationality": ["TJK"], "country": ["TUR"], "from": ["2024"]}))
    'Arrests of Tajik nationals in Turkey, from 1 Jan 2024'
    >>> headline(Filters())
    'Incidents, arrests and routes'
    """
    groups = f" linked to {_some(list(filters.group), 'groups')}" if filters.group else ""
    when = range_text(filters.date_from, filters.date_to)
    words = f": “{filters.text}”" if filters.text else ""
    text = f"{_what(filters)}{_whom(filters)}{groups}{_where(filters)}{', ' + when if when else ''}{words}"
    return text[:1].upper() + text[1:]


def unsaid(filters: Filters) -> str:
    """The filters that the headline does not name, in words; '' where it names all."""
    said = [f for f in ("nationality", "country", "group") if len(getattr(filters, f)) <= _MOST]
    said += ["country"] if region_name(filters.country) else []
    if len(filters.kind) <= 1 and 1 <= len(filters.subkind) <= 2:
        said.append("subkind")
    few: dict[str, Any] = dict.fromkeys(said, ())
    few |= {"kind": (), "date_from": None, "date_to": None, "text": "", "keep_undated": False, "keep_unplaced": False}
    rest = replace(filters, **few)
    return "" if rest == Filters() else rest.describe()
