"""What one set of filters leaves of a snapshot: the kept events and every number that the screens show of them.

Takes a Snapshot and Filters; gives a View.  Pure and cached by the caller per data version and filters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import pandas as pd

from dashboard.marks import AREA_PRECISIONS
from dashboard.summaries import Counters, Figure, counters, figures, top_values, value_counts
from geodata.filters import Filters
from geodata.frames import Snapshot
from geodata.names import nationality_name
from geodata.shapes import country_names

__all__ = ["View", "Whole", "active_filters", "view_of", "whole_of"]

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
}


@dataclass(frozen=True)
class View:
    """Kept events with their numbers; names: ISO3 -> country, titles: event_id -> title, active: filters on."""

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


def view_of(snapshot: Snapshot, filters: Filters, whole: Whole | None = None) -> View:
    """Apply the filters and count; `whole` where it is known already."""
    facets, titles = whole or whole_of(snapshot)
    kept, reasons = filters.apply(snapshot.events)
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
        figures(kept),
        tops,
        active_filters(filters),
        facets,
        names,
        titles,
    )
