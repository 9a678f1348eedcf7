"""May one of our events and one row of another dataset be the same, and how well do they fit?

Takes two rows with the columns of `compare.COMPARED`; gives a `Fit` (a cost from 0, days and km between them, the
reasons in words) or None where they cannot be the same.  Windows widen with the precision of each: an interval is its
own window, a place is as wide as its kind (`data/compare.toml`).  Pure and symmetric.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from math import asin, cos, radians, sin, sqrt
from typing import Any, NamedTuple

from geodata.schema import COUNT_KEYS
from geodata.shapes import DATA
from geodata.told import family

__all__ = ["LIMIT", "SLACK_DAYS", "Fit", "fit", "related"]

#: A pair that costs as much is no match.  A town and a day cost 0; a country and a month 0.8; a country and a season
#: 0.95, so that these match only where a figure agrees too.
LIMIT = 0.9
#: Reports name the day after, and midnight is not the same everywhere.
SLACK_DAYS = 1
Side = Mapping[str, Any]


class Fit(NamedTuple):
    """How two records fit.  `km` is None where one is known to its country only."""

    cost: float
    days: int
    km: float | None
    why: str


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((DATA / "compare.toml").read_text(encoding="utf-8"))


@cache
def related(a: str, b: str) -> float | None:
    """What two subkinds cost: 0 the same, 0.1 of one sort, 0.4 of sorts that coders mix up; None where they differ.

    >>> related("attack", "attack"), related("attack", "clash"), related("attack", "riot"), related("attack", "arrest")
    (0.0, 0.1, 0.4, None)
    """
    x, y = family(a), family(b)
    if x == y:
        return 0.0 if a == b else 0.1
    return 0.4 if [x, y] in _table()["related"]["pairs"] or [y, x] in _table()["related"]["pairs"] else None


def _reach(side: Side) -> float:
    reach = _table()["reach_km"]
    return float(reach.get(side["place_kind"]) or reach.get(side["precision"]) or 0)


def _km(a: Side, b: Side) -> float:
    p, q = radians(a["lat"]), radians(b["lat"])
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(b["lon"] - a["lon"]) / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(h)))


def _countries(side: Side) -> set[str]:
    return {c for c in str(side["countries"]).split("|") if c}


def _place(a: Side, b: Side) -> tuple[float, float | None, str] | None:
    """Cost, km and words."""
    grades = {a["precision"], b["precision"]}
    if "country" in grades:
        both = sorted(_countries(a) & _countries(b))
        return (0.6, None, "same country") if both else None
    if a["lat"] is None or b["lat"] is None:
        return None
    km = _km(a, b)
    if "admin1" in grades and a["admin1_id"] and b["admin1_id"]:
        return (0.3, km, "same province") if a["admin1_id"] == b["admin1_id"] else None
    allowed = _reach(a) + _reach(b)
    if km > allowed:
        return None
    wide = min(0.3, allowed / 1000)
    return round(wide + 0.3 * km / allowed, 4), km, "same place" if km < 1 else f"{km:.0f} km apart"


def _date(a: Side, b: Side) -> tuple[float, int, str] | None:
    """Cost, days between the intervals (0 where they overlap), words."""
    gap = max(a["first"], b["first"]) - min(a["last"], b["last"])
    if gap > SLACK_DAYS:
        return None
    if gap > 0:
        return 0.25, gap, "a day apart"
    long = max(a["last"] - a["first"], b["last"] - b["first"]) + 1
    cost = next((c for days, c in ((1, 0.0), (7, 0.1), (31, 0.2), (93, 0.35)) if long <= days), 0.5)
    return cost, 0, "same day" if long == 1 else "dates overlap"


def _figures(a: Side, b: Side) -> tuple[float, list[str]]:
    """What figures add to the cost, and words; a figure that is not stated says nothing."""
    cost, why = 0.0, []
    for key in COUNT_KEYS:
        x, y = a[f"{key}_best"], b[f"{key}_best"]
        if x is None or y is None:
            continue
        if x == y:
            cost -= 0.25 if x >= 3 else 0.05
            why.append(f"same number {key} ({x})")
        elif _exclude(a, b, key):
            cost += min(0.4, 0.4 * abs(x - y) / max(x, y, 5))
            why.append(f"{key}: {x} here, {y} there")
    return cost, why


def _exclude(a: Side, b: Side, key: str) -> bool:
    low = max(a[f"{key}_low"] or 0, b[f"{key}_low"] or 0)
    tops = [h for s in (a, b) if (h := s[f"{key}_high"]) is not None]
    return bool(tops) and low > min(tops)


def fit(ours: Side, theirs: Side) -> Fit | None:
    """How the two fit; None where they cannot be the same, or too little speaks for it.

    Both carry `first` and `last` (days as ordinals) besides the columns of COMPARED; unknown values are None.
    """
    if ours["kind"] != theirs["kind"] and {ours["kind"], theirs["kind"]} != {"incident", "route"}:
        return None
    kind = related(ours["subkind"], theirs["subkind"])
    date, place = _date(ours, theirs), _place(ours, theirs)
    if kind is None or date is None or place is None:
        return None
    more, figures = _figures(ours, theirs)
    cost = round(max(0.0, kind + date[0] + place[0] + more), 4)
    if cost >= LIMIT:
        return None
    said = [
        date[2],
        place[2],
        *figures,
        *([] if kind < 0.4 else [f"{ours['subkind']} here, {theirs['subkind']} there"]),
    ]
    return Fit(cost, date[1], None if place[1] is None else round(place[1], 1), "; ".join(said))
