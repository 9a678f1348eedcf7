"""Which events a filter keeps, and why each other one falls out.

Takes a `Filters` value and an EVENTS frame; gives a new frame and counts by reason, each event under the first reason
that applies.  The rules:
- An event is in the date range if its interval overlaps it; a bound that is not known is open.
- Country is where it happened: any country the event touches, so any stop of a route.
- With a date range, events without any date fall out as `undated`; with a country, province, area or precision, events
  without place fall out as `unplaced`; unless the filter keeps them.
- A drawn area keeps what is known to a province or finer and lies in it; the middle of a country lies nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from extract.schema import PRECISIONS
from geodata.errors import SchemaError
from geodata.filter_area import in_area
from geodata.names import fold

if TYPE_CHECKING:
    from geodata.filters import Filters

__all__ = ["REASONS", "apply", "mentions", "searched"]

#: In the order in which they are given: an event that fails several counts under the first.
REASONS = (
    "kind",
    "subkind",
    "undated",
    "date",
    "unplaced",
    "country",
    "admin1",
    "area",
    "nationality",
    "group",
    "source",
    "certainty",
    "min_precision",
    "min_sources",
    "no_parts",
    "text",
)
_SEARCHED = ("title", "text", "place", "groups", "search")


def _has_any(joined: pd.Series, wanted: tuple[str, ...]) -> pd.Series:
    """Rows whose '|'-joined values hold one of `wanted`, in any case."""
    hay = "|" + joined.fillna("").str.casefold() + "|"
    out = pd.Series(False, index=joined.index)
    for value in wanted:
        out |= hay.str.contains(f"|{value.casefold()}|", regex=False)
    return out


def _undated(filters: Filters, events: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Rows that are dropped as undated, and rows outside the range."""
    start, end = events["date_start"], events["date_end"]
    none = start.isna() & end.isna()
    outside = pd.Series(False, index=events.index)
    if filters.date_from:
        outside |= end < pd.Timestamp(filters.date_from)
    if filters.date_to:
        outside |= start > pd.Timestamp(filters.date_to)
    asked = bool(filters.date_from or filters.date_to)
    return none & (asked and not filters.keep_undated), outside & ~none


def _column(events: pd.DataFrame, name: str) -> pd.Series:
    if name not in events.columns:
        raise SchemaError(f"events have no column {name}, which the filter needs")
    return events[name]


def _failures(filters: Filters, events: pd.DataFrame) -> dict[str, pd.Series]:
    """Reason -> the rows it drops, only for what is asked."""
    fails: dict[str, pd.Series] = {}
    unplaced = events["place"].isna() & (events["countries"] == "")
    if filters.date_from or filters.date_to:
        fails["undated"], fails["date"] = _undated(filters, events)
    if filters.country or filters.min_precision or filters.admin1 or filters.area:
        fails["unplaced"] = unplaced & (not filters.keep_unplaced)
    if filters.country:
        fails["country"] = ~_has_any(events["countries"], filters.country) & ~unplaced
    if filters.admin1:
        fails["admin1"] = ~_column(events, "admin1_id").isin(filters.admin1) & ~unplaced
    if filters.area:
        fails["area"] = ~in_area(events, filters.area) & ~unplaced
    if filters.no_parts:
        fails["no_parts"] = events["part_of"].notna()
    for name in ("kind", "subkind", "certainty"):
        if wanted := getattr(filters, name):
            fails[name] = ~events[name].isin(wanted)
    if filters.nationality:
        fails["nationality"] = ~_has_any(events["nationalities"], filters.nationality)
    if filters.group:
        fails["group"] = ~_has_any(events["groups"], filters.group)
    if filters.source:
        fails["source"] = ~_has_any(_column(events, "publishers"), filters.source)
    if filters.min_precision:
        rank = events["precision"].map({p: i for i, p in enumerate(PRECISIONS)})
        fails["min_precision"] = ~(rank <= PRECISIONS.index(filters.min_precision)) & ~unplaced  # type: ignore[arg-type]
    least = max(filters.min_sources, 2 if filters.counting == "corroborated" else 1)
    if least > 1:
        fails["min_sources"] = events["n_sources"] < least
    if filters.text:
        fails["text"] = ~mentions(events, filters.text)
    return fails


def searched(events: pd.DataFrame) -> pd.Series:
    """All text that the word filter looks into, one string per event, as written."""
    hay = pd.Series("", index=events.index)
    for name in _SEARCHED:
        if name in events.columns:
            hay = hay + " " + events[name].fillna("").astype(str)
    return hay


def mentions(events: pd.DataFrame, text: str) -> pd.Series:
    """Rows in which every word of `text` stands, in title, sentences, place or groups."""
    hay = searched(events).map(fold)
    out = pd.Series(True, index=events.index)
    for word in fold(text).split():
        out &= hay.str.contains(word, regex=False)
    return out


def apply(filters: Filters, events: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int]]:
    """Keep the events that fit.

    Parameters
    ----------
    events : EVENTS; `publishers` (joined by '|') is needed for the filter `source`, `search` is searched if there

    Returns
    -------
    The rows kept (same columns, order and index) and reason -> number of rows that fell out for it; the two add up.

    Raises
    ------
    SchemaError : the filter needs a column that is missing.
    """
    fails = _failures(filters, events)
    left = pd.Series(True, index=events.index)
    reasons: dict[str, int] = {}
    for reason in REASONS:
        if reason in fails:
            gone = left & fails[reason].astype(bool)
            if n := int(gone.sum()):
                reasons[reason] = n
            left &= ~gone
    return events[left], reasons
