"""Countries shaded by number: what is counted, and in which of six classes.

Takes EVENTS kept by the filters; gives a value per country and its class.  Nothing is counted twice: an event that is
part of another one on the map adds no figure of its own.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from dashboard.summaries import value_counts
from dashboard.wording import number_text, plural, word
from geodata.totals import without_parts

__all__ = ["METRICS", "Shading", "country_values", "shade"]

#: What a country can be shaded by; "events" counts events, the others add up best figures.
METRICS = ("events", "killed", "arrested", "people")
_CLASSES = 6


class Shading(NamedTuple):
    """Classes for the map and for the legend."""

    countries: dict[str, dict[str, Any]]  # iso3 -> {"c": class 0..5, "text": what the pointer shows}
    classes: list[int]  # classes in use, palest first
    label: str  # "1–14 events by country"


def country_values(events: pd.DataFrame, metric: str = "events") -> pd.Series:
    """Value per ISO3, largest first; countries without a stated figure are absent, never 0.

    A route counts in every country it touches; figures are added to the country of the place only.
    """
    if metric not in METRICS:
        raise ValueError(f"metric is {metric!r}; expected one of {', '.join(METRICS)}")
    if metric == "events":
        values = pd.Series(value_counts(events, "countries"), dtype="int64")
    else:
        rows = without_parts(events).dropna(subset=["iso3", f"{metric}_best"])
        values = rows.groupby("iso3")[f"{metric}_best"].sum().astype("int64")
    values = values[values > 0]
    return values.sort_values(ascending=False, kind="stable").astype("int64")


def _breaks(values: pd.Series) -> list[int]:
    """Lower ends of at most six classes of about equal numbers of countries; equal values share a class."""
    distinct = sorted(set(values))
    if len(distinct) <= _CLASSES:
        return distinct
    cuts = pd.Series(sorted(values)).quantile([i / _CLASSES for i in range(_CLASSES)], interpolation="higher")
    return sorted({int(c) for c in cuts})


def shade(events: pd.DataFrame, metric: str, names: dict[str, str]) -> Shading:
    """Class and hover text per country.

    Parameters
    ----------
    events : EVENTS. metric : one of METRICS. names : ISO3 -> country name
    """
    values = country_values(events, metric)
    if values.empty:
        return Shading({}, [], "")
    breaks = _breaks(values)
    used = (
        list(range(len(breaks)))
        if len(breaks) < 4
        else [round(i * (_CLASSES - 1) / (len(breaks) - 1)) for i in range(len(breaks))]
    )
    countries = {}
    for iso3, value in values.items():
        rank = max(i for i, low in enumerate(breaks) if value >= low)
        said = plural(int(value), "event") if metric == "events" else f"{number_text(value)} {word('count', metric)}"
        countries[str(iso3)] = {"c": used[rank], "text": f"{names.get(str(iso3), str(iso3))}\n{said}"}
    low, high = int(values.min()), int(values.max())
    span = number_text(high) if low == high else f"{number_text(low)}–{number_text(high)}"
    what = "events" if metric == "events" else word("count", metric)
    return Shading(countries, used, f"{span} {'event' if (high, what) == (1, 'events') else what} by country")
