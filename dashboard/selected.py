"""What is selected, as events: the same events are pointed out on the map, the timeline, the table and the matrix.

Takes the View and a selection of `dashboard.state.selection`; gives EVENTS rows and a heading.  Draws nothing.
"""

from __future__ import annotations

import calendar
import datetime as dt

import pandas as pd

from dashboard.view import View
from dashboard.wording import date_text

__all__ = ["MOST", "heading_of", "month_days", "selected_events"]

#: Events that are pointed out one by one; a larger selection is pointed out by its first ones.
MOST = 500


def month_days(key: str) -> tuple[dt.date, dt.date]:
    """First and last day of '2024-03' or of '2024'."""
    year, _, month = key.partition("-")
    if not month:
        return dt.date(int(year), 1, 1), dt.date(int(year), 12, 31)
    last = calendar.monthrange(int(year), int(month))[1]
    return dt.date(int(year), int(month), 1), dt.date(int(year), int(month), last)


def selected_events(view: View, kind: str, keys: list[str]) -> pd.DataFrame:
    """The kept events of a selection, none where nothing is selected.

    Parameters
    ----------
    kind : event, list, legs, area, coarse, country, province, month, nationality, group or ''. keys : its ids or key
    """
    if not keys:
        return view.snapshot.events.iloc[[]]
    if kind in ("event", "list", "legs"):
        return view.of_ids(keys)
    if kind == "area":
        return view.in_area(keys[0])
    if kind == "coarse":
        return view.in_coarse(keys[0])
    if kind == "month":
        iso3, _, month = keys[0].partition("/")
        return view.in_month(iso3, *month_days(month))
    columns = {"country": "countries", "province": "admin1_id", "nationality": "nationalities", "group": "groups"}
    return view.having(columns[kind], keys[0]) if kind in columns else view.snapshot.events.iloc[[]]


def heading_of(view: View, kind: str, keys: list[str]) -> str:
    """What the selection is called."""
    from geodata.names import nationality_name

    key = keys[0] if keys else ""
    if kind == "month":
        iso3, _, month = key.partition("/")
        return f"{view.names.get(iso3, iso3)}, {date_text(*month_days(month), 'month')}"
    return {
        "list": "Events here",
        "legs": "Routes of this line",
        "area": key.split("/")[1] if key.count("/") >= 2 else key,
        "coarse": f"{view.names.get(key, key)}, no town named",
        "country": view.names.get(key, key),
        "province": view.whole.provinces.get(key, key),
        "nationality": f"{nationality_name(key)} nationals, as reported" if kind == "nationality" else "",
        "group": key,
    }.get(kind, "")
