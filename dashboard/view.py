"""What one set of filters leaves of a snapshot: the kept events and every number that the screens show of them.

Takes a Snapshot and Filters; gives a View.  Pure and cached by the caller per data version and filters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from dashboard.marks import AREA_PRECISIONS
from dashboard.summaries import Counters, Figure, counters, figures, range_figures, top_values, value_counts
from geodata.countings import counted, events_behind
from geodata.filters import Filters
from geodata.frames import Snapshot
from geodata.names import nationality_name
from geodata.shapes import country_names

__all__ = ["View", "Whole", "active_filters", "counted_once", "view_of", "whole_of"]

_LABELS = {
    "date": "the dates",
    "country": "the country",
    "nationality": "the nationality",
    "kind": "the kind",
    "subkind": "the type",
    "group": "the group",
    "certainty": "the certainty",
    "source": "the source",
    "min_precision": "the precision",
    "min_sources": "the number of sources",
    "text": "the search words",
    "keep_undated": "the undated",
    "keep_unplaced": "those without place",
    "counting": "the way of counting",
}


@dataclass(frozen=True)
class View:
    """Kept rows with their numbers; names: ISO3 -> country, titles: event_id -> title, active: filters on.

    Rows are events, or with `filters.counting` "reports" reports; `snapshot` is of the same, `base` always of events.
    """

    snapshot: Snapshot
    filters: Filters
    kept: pd.DataFrame
    counters: Counters
    figures: list[Figure]
    tops: list[tuple[str, list[tuple[str, int]]]]
    active: list[tuple[str, str]]
    facets: Mapping[str, Mapping[str, int]]
    names: Mapping[str, str]
    titles: Mapping[str, str]
    base: Snapshot

    @property
    def unit(self) -> str:
        """What a row is called."""
        return "report" if self.filters.counting == "reports" else "event"

    def in_area(self, key: str) -> pd.DataFrame:
        """Kept events known no more precisely than that area ('precision/name/iso3')."""
        precision, place, iso3 = key.split("/", 1)[0], key.split("/", 1)[1].rsplit("/", 1)[0], key.rsplit("/", 1)[1]
        rows = self.kept[
            (self.kept["precision"] == precision)
            & (self.kept["place"] == place)
            & (self.kept["iso3"].fillna("") == iso3)
        ]
        return rows[rows["precision"].isin(AREA_PRECISIONS)]

    def in_coarse(self, iso3: str) -> pd.DataFrame:
        """Kept events known only to a country or one of its provinces."""
        return self.kept[(self.kept["iso3"] == iso3) & self.kept["precision"].isin(("admin1", "country"))]

    def in_country(self, iso3: str) -> pd.DataFrame:
        """Kept events that touch a country."""
        return self.kept[("|" + self.kept["countries"] + "|").str.contains(f"|{iso3}|", regex=False)]


def active_filters(filters: Filters) -> list[tuple[str, str]]:
    """(field, words) of every filter that is on; both ends of the dates are one."""
    empty = Filters()
    on: list[tuple[str, str]] = []
    for field in (f.name for f in fields(Filters)):
        name = "date" if field.startswith("date_") else field
        if getattr(filters, field) != getattr(empty, field) and name in _LABELS and name not in [n for n, _ in on]:
            on.append((name, _LABELS[name]))
    return on


class Whole(NamedTuple):
    """What does not depend on the filters, worked out once per version of the store."""

    facets: Mapping[str, Mapping[str, int]]  # column -> value -> number of events: the choices of the sidebar
    titles: Mapping[str, str]  # event_id -> title


def whole_of(snapshot: Snapshot) -> Whole:
    """Choices and titles of a whole store."""
    columns = ("kind", "countries", "nationalities", "subkind", "groups", "certainty", "publishers")
    facets = {column: value_counts(snapshot.events, column) for column in columns}
    return Whole(facets, dict(zip(snapshot.events["event_id"], snapshot.events["title"], strict=True)))


@lru_cache(maxsize=4)
def counted_once(snapshot: Snapshot, how: str) -> Snapshot:
    """`countings.counted`, remembered for the snapshots in use."""
    return counted(snapshot, how)


def view_of(snapshot: Snapshot, filters: Filters, whole: Whole | None = None) -> View:
    """Apply the filters and count; `whole` where it is known already."""
    base, snapshot = snapshot, counted_once(snapshot, filters.counting)
    facets, titles = whole or whole_of(snapshot)
    kept, reasons = filters.apply(snapshot.events)
    behind = events_behind(base, kept)
    names: dict[str, Any] = country_names()
    nations = {code: nationality_name(code) for code, _ in top_values(kept, "nationalities", limit=6)}
    tops = [
        ("Countries", top_values(kept, "countries", names, limit=6)),
        ("Nationality as reported", top_values(kept, "nationalities", nations, limit=6)),
        ("Groups as reported", top_values(kept, "groups", limit=4)),
    ]
    return View(
        snapshot,
        filters,
        kept,
        counters(snapshot.events, kept, reasons),
        range_figures(behind) if filters.ranges else figures(behind),
        tops,
        active_filters(filters),
        facets,
        names,
        titles,
        base,
    )
