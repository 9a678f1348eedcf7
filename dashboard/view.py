"""What one set of filters leaves of a snapshot: the kept events and every number that the screens show of them.

Takes a Snapshot and Filters; gives a View.  Numbers are counted in `geodata.store_columns` when a screen asks for them,
each once; the frame of kept events is made only where a screen lists events.  Cached by the caller.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import pandas as pd

from dashboard.legs import drawn_ids, legs_frame
from dashboard.marks import AREA_PRECISIONS
from dashboard.summaries import Counters, Figure, figures, range_figures, ranked
from dashboard.wording import joined, word
from extract.schema import PRECISIONS
from geodata.countings import counted, events_behind
from geodata.filters import Filters
from geodata.frames import Snapshot
from geodata.names import nationality_name
from geodata.shapes import country_names
from geodata.store_columns import Columns
from geodata.store_counts import Selection
from geodata.totals import over_period, totals, without_parts

__all__ = ["FACETS", "View", "Whole", "active_filters", "counted_once", "view_of", "whole_of"]

#: column that a filter chooses from -> the reason under which it lets events fall out
FACETS = {
    "kind": "kind",
    "countries": "country",
    "admin1_id": "admin1",
    "nationalities": "nationality",
    "subkind": "subkind",
    "groups": "group",
    "certainty": "certainty",
    "publishers": "source",
}
_LABELS = {
    "date": "the dates",
    "country": "the country",
    "admin1": "the province",
    "area": "the drawn area",
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
    "no_parts": "the parts of other events",
}


@dataclass(frozen=True)
class Whole:
    """What does not depend on the filters, worked out once per version of the store."""

    snapshot: Snapshot
    legs: pd.DataFrame  # of all routes, as `legs.legs_frame`
    columns: Columns

    @cached_property
    def facets(self) -> Mapping[str, Mapping[str, int]]:
        """column -> value -> number of events in the store: the choices of the sidebar."""
        everything = self.columns.select(Filters())
        return {column: everything.values(column) for column in FACETS}

    @cached_property
    def first_day(self) -> pd.Timestamp | None:
        """The first day that any event may have happened on, None without dates."""
        first = self.snapshot.events["date_start"].min()
        return None if pd.isna(first) else first

    @cached_property
    def last_day(self) -> pd.Timestamp | None:
        """The last day that any event may have happened on, None without dates."""
        last = self.snapshot.events["date_end"].max()
        return None if pd.isna(last) else last

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """event_id -> title."""
        events = self.snapshot.events
        return dict(zip(events["event_id"], events["title"], strict=True))

    @cached_property
    def provinces(self) -> Mapping[str, str]:
        """admin1_id -> 'Sughd, Tajikistan'."""
        rows = self.snapshot.events.dropna(subset=["admin1_id"]).drop_duplicates("admin1_id")
        names = zip(rows["admin1_id"], rows["admin1"], rows["country"], strict=True)
        return {str(key): ", ".join(str(n) for n in (a, c) if isinstance(n, str)) for key, a, c in names}


@dataclass(frozen=True)
class View:
    """Kept rows with their numbers; everything is worked out when it is first asked for.

    Rows are events, or with `filters.counting` "reports" reports; `snapshot` is of the same, `base` always of events.
    """

    whole: Whole
    filters: Filters
    selection: Selection
    base: Snapshot

    @property
    def snapshot(self) -> Snapshot:
        """The frames that the events come from."""
        return self.whole.snapshot

    @property
    def unit(self) -> str:
        """What a row is called."""
        return "report" if self.filters.counting == "reports" else "event"

    @cached_property
    def kept(self) -> pd.DataFrame:
        """EVENTS that fit the filters."""
        return self.snapshot.events.iloc[self.selection.rows()]

    @cached_property
    def counters(self) -> Counters:
        """The counter line."""
        t = self.selection.tally()
        reasons = {word("hidden", k): n for k, n in t.reasons.items()}
        return Counters(t.total, t.shown, t.unplaced, t.undated, t.total - t.shown, reasons)

    @cached_property
    def figures(self) -> list[Figure]:
        """Totals of killed, injured and arrested; with a nationality filter, whom they count is said."""
        found = self._figures()
        if not self.filters.nationality:
            return found
        named = joined([nationality_name(c) for c in self.filters.nationality])
        note = f"everyone counted in events that name {named} nationals, also others"
        return [f._replace(note=f"{f.note}; {note}") for f in found]

    def _figures(self) -> list[Figure]:
        if self.filters.ranges:
            return range_figures(events_behind(self.base, self.kept))
        if self.unit == "report":
            behind = without_parts(events_behind(self.base, self.kept))
            longer = over_period(behind)
            return figures(totals(behind[~longer]), totals(behind[longer]))
        return figures(self.selection.totals(longer=False), self.selection.totals(longer=True))

    @cached_property
    def values(self) -> Mapping[str, Mapping[str, int]]:
        """Kept events per value of the columns that top lists and shading count."""
        return {column: self.selection.values(column) for column in ("countries", "nationalities", "groups", "kind")}

    @cached_property
    def tops(self) -> list[tuple[str, list[tuple[str, int]]]]:
        """Top lists: heading, (name, number of events)."""
        return [(heading, [(name, n) for _, name, n in rows]) for heading, _, rows in self.top_lists]

    @cached_property
    def top_lists(self) -> list[tuple[str, str, list[tuple[str, str, int]]]]:
        """Top lists: heading, what a row selects, (value, name, number of events)."""
        lists = (
            ("Countries", "country", "countries", self.names.get, 6),
            ("Nationality as reported", "nationality", "nationalities", nationality_name, 6),
            ("Groups as reported", "group", "groups", str, 4),
        )
        return [
            (heading, field, [(v, str(named(v) or v), n) for v, n in ranked(self.values[column], limit)])  # type: ignore[operator]
            for heading, field, column, named, limit in lists
        ]

    @cached_property
    def intervals(self) -> pd.DataFrame:
        """Different intervals of dates with their number of events: what the timeline is drawn from."""
        return self.selection.intervals()

    @cached_property
    def facets(self) -> Mapping[str, Mapping[str, int]]:
        """column -> value -> number of events that choosing the value would leave, all other filters as they are."""
        mine = set(self.selection.reasons)
        known = {c: self.values[c] for c in self.values if FACETS.get(c) not in mine}
        return {c: known.get(c) or self.selection.values(c, without=(reason,)) for c, reason in FACETS.items()}

    def at_least(self, column: str) -> dict[Any, int]:
        """How many events each least number of sources (n_sources), or each least precision (rank), would leave."""
        if column == "n_sources":
            found = self.selection.at_least("n_sources", without=("min_sources",))
            return {n: sum(c for m, c in found.items() if m >= n) for n in sorted(found) if n > 1}
        found = self.selection.at_least("rank", without=("min_precision",))
        return {p: sum(c for r, c in found.items() if r <= i) for i, p in enumerate(PRECISIONS)}

    @cached_property
    def parts(self) -> int:
        """Kept events that are part of another event, or would be without that filter."""
        return self.selection.count(without=("no_parts",), where="part")

    def only(self, events: pd.DataFrame) -> View:
        """This view with no other events than these (kept ones)."""
        rows = self.whole.columns.positions(events["event_id"].tolist())
        return View(self.whole, self.filters, self.selection.only(np.array(rows, dtype="int32")), self.base)

    @cached_property
    def legs(self) -> pd.DataFrame:
        """Legs of the kept routes."""
        if self.whole.legs.empty:
            return self.whole.legs
        drawn = self.snapshot.events["event_id"].iloc[self.selection.rows(where="line")]
        return self.whole.legs[self.whole.legs["event_id"].isin(set(drawn))]

    @property
    def active(self) -> list[tuple[str, str]]:
        """(field, words) of every filter that is on."""
        return active_filters(self.filters)

    @property
    def names(self) -> Mapping[str, str]:
        """ISO3 -> country."""
        return country_names()

    @property
    def titles(self) -> Mapping[str, str]:
        """event_id -> title, of all events."""
        return self.whole.titles

    def of_ids(self, ids: list[str]) -> pd.DataFrame:
        """Kept events of these ids; '@x:y' stands for the pins of a cell of the map."""
        rows = set(self._positions([i for i in ids if not i.startswith("@")]))
        for cell in (i[1:] for i in ids if i.startswith("@")):
            x, _, y = cell.partition(":")
            rows |= set(self.selection.in_cell(int(x), int(y)).tolist())
        return self.snapshot.events.iloc[sorted(rows)]

    def _positions(self, ids: list[str]) -> list[int]:
        at = self.whole.columns.positions(ids)
        return self.selection.rows(where=f"i IN ({','.join(map(str, at))})").tolist() if at else []

    def in_area(self, key: str) -> pd.DataFrame:
        """Kept events known no more precisely than that area ('precision/name/iso3')."""
        precision, place, iso3 = key.split("/", 1)[0], key.split("/", 1)[1].rsplit("/", 1)[0], key.rsplit("/", 1)[1]
        at = [i for i, known in enumerate(self.whole.columns.area_keys) if known == (precision, place, iso3)]
        if not at or precision not in AREA_PRECISIONS:
            return self.snapshot.events.iloc[[]]
        return self.snapshot.events.iloc[self.selection.rows(where=f"area = {at[0]}")]

    def in_coarse(self, iso3: str) -> pd.DataFrame:
        """Kept events known only to a country or one of its provinces."""
        keys = enumerate(self.whole.columns.area_keys)
        at = [i for i, known in keys if known[2] == iso3 and known[0] in ("admin1", "country")]
        if not at:
            return self.snapshot.events.iloc[[]]
        return self.snapshot.events.iloc[self.selection.rows(where=f"area IN ({','.join(map(str, at))}) AND NOT line")]

    def having(self, column: str, value: str) -> pd.DataFrame:
        """Kept events whose '|'-joined cell of a column holds a value."""
        return self.snapshot.events.iloc[self.selection.rows_with(column, value)]

    def in_month(self, iso3: str, first: dt.date, last: dt.date) -> pd.DataFrame:
        """Kept events that touch a country and lie wholly between two days."""
        return self.snapshot.events.iloc[self.selection.rows_with("countries", iso3, first, last)]


def active_filters(filters: Filters) -> list[tuple[str, str]]:
    """(field, words) of every filter that is on; both ends of the dates are one."""
    empty = Filters()
    on: list[tuple[str, str]] = []
    for field in (f.name for f in fields(Filters)):
        name = "date" if field.startswith("date_") else field
        if getattr(filters, field) != getattr(empty, field) and name in _LABELS and name not in [n for n, _ in on]:
            on.append((name, _LABELS[name]))
    return on


def whole_of(snapshot: Snapshot) -> Whole:
    """Columns and legs of a whole store."""
    routes: Any = snapshot.events.loc[snapshot.events["kind"] == "route", "event_id"]
    legs = legs_frame(snapshot.stops, routes)
    return Whole(snapshot, legs, Columns(snapshot.events, drawn_ids(legs)))


@lru_cache(maxsize=4)
def counted_once(snapshot: Snapshot, how: str) -> Snapshot:
    """`countings.counted`, remembered for the snapshots in use."""
    return counted(snapshot, how)


def view_of(snapshot: Snapshot, filters: Filters, whole: Whole | None = None) -> View:
    """Apply the filters; `whole`, of what is counted, where it is known already."""
    whole = whole or whole_of(counted_once(snapshot, filters.counting))
    return View(whole, filters, whole.columns.select(filters), snapshot)
