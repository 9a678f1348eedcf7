"""Totals of stated figures in which nothing is counted twice, with what was left out and how sure the rest is.

Takes EVENTS (some or all); gives named tuples.  A part of a whole that is among the events is left out, and what
several reports repeat counts once because an event is one however often it is told (of reports, add up the
`countings.events_behind`).  Never a made-up value: an event that does not state a figure adds nothing to it, and how
many state it is said.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import pandas as pd

__all__ = [
    "KEYS",
    "LeftOut",
    "Range",
    "Total",
    "is_strict",
    "left_out",
    "over_period",
    "ranges",
    "totals",
    "without_parts",
]

#: Figures that may be added over events; numbers of people on the move may not (one person takes many routes).
KEYS = ("killed", "injured", "arrested")
TOWN = ("site", "city")
#: What is told of a longer time than this is a total over a period, unless its words speak of one occurrence.
PERIOD_DAYS = 31
#: One occurrence, though its day is not known: "an attack", "the bombing", "a police operation", "one gunman".
_ONE = re.compile(
    r"\b(?:an?|one|another|the|this|that|in)\s+(?:[\w'’-]+\s+){0,4}?"
    r"(?:attack|bombing|bomb|shooting|explosion|blast|assault|raid|ambush|massacre|siege|stabbing|shipwreck|sinking|"
    r"operation|killing|murder|clash|incident|plot|bomber|gunman|gunmen|attacker|attackers|nightclub|cell)\b",
    re.I,
)


class Total(NamedTuple):
    """A figure over several events.

    key : killed …   low, high : sums of the least and of the most that sources say   open_end : some say "more than"
    stated : events that state it   of : events looked at, parts left out
    """

    key: str
    low: int
    high: int
    open_end: bool
    stated: int
    of: int


class LeftOut(NamedTuple):
    """What totals leave out: events that are part of another among them, and reports that repeat an event."""

    parts: int
    repeats: int


class Range(NamedTuple):
    """A headline figure twice: of the events that are sure in every way, and of all.  `strict` may be None: none is."""

    key: str
    strict: Total | None
    loose: Total


def without_parts(events: pd.DataFrame) -> pd.DataFrame:
    """The events that are not part of another one among them, so that nothing is added twice."""
    parts = events["part_of"].dropna()
    there = set(events.loc[events["event_id"].isin(set(parts)), "event_id"])
    return events.drop(index=parts.index[parts.isin(there)])


def over_period(events: pd.DataFrame) -> pd.Series:
    """Whether an event's figures are a total over a longer time ("226 were arrested in the first half of 2024").

    Such a figure may hold single events that are told of elsewhere, so it is not added to them.  True where the
    interval is longer than PERIOD_DAYS, more than one person is counted, and no sentence
    speaks of one occurrence ("an attack in 2017": its day is unknown, but it is one).
    """
    start, end = events["date_start"], events["date_end"]
    long = (end - start).dt.days >= PERIOD_DAYS
    figures = events[[f"{key}_{b}" for key in KEYS for b in ("low", "best", "high")]]
    long &= figures.max(axis=1).fillna(0).astype("float64") > 1
    said = events.loc[long, "search" if "search" in events else "text"].fillna("")
    return long & pd.Series({i: not _ONE.search(text) for i, text in said.items()}, dtype=bool).reindex(
        events.index, fill_value=False
    )


def left_out(events: pd.DataFrame) -> LeftOut:
    """How many parts and repeats the totals of these events leave out."""
    whole = without_parts(events)
    return LeftOut(len(events) - len(whole), int((whole["n_claims"] - 1).clip(lower=0).sum()))


def totals(events: pd.DataFrame, keys: tuple[str, ...] = KEYS) -> list[Total]:
    """One total per key that any of the events states.

    low is the sum of the lows, high the sum of the highs; "up to 600" may be none, "more than 150" leaves the end open.
    """
    whole = without_parts(events)
    return [t for key in keys if (t := _total(whole, key)) is not None]


def _total(whole: pd.DataFrame, key: str) -> Total | None:
    stated = whole[whole[[f"{key}_low", f"{key}_best", f"{key}_high"]].notna().any(axis=1)]
    if stated.empty:
        return None
    low, best, high = (stated[f"{key}_{b}"].astype("float64") for b in ("low", "best", "high"))
    return Total(
        key,
        int(low.fillna(best.where(high.isna())).fillna(0).sum()),
        int(high.fillna(best).fillna(low).fillna(0).sum()),
        bool((high.isna() & low.notna()).any()),
        len(stated),
        len(whole),
    )


def is_strict(events: pd.DataFrame) -> pd.Series:
    """Whether an event is known to the town, to the day and from two independent sources."""
    fine = events["precision"].isin(TOWN) & (events["date_precision"] == "day")
    return fine & (events["n_sources"] >= 2)


def ranges(events: pd.DataFrame, keys: tuple[str, ...] = KEYS) -> list[Range]:
    """Every headline figure as a range: the events of `is_strict` against all.

    The first is the number of events itself (key "events"), the others as in `totals`.
    """
    whole = without_parts(events)
    sure = whole[is_strict(whole)]
    out = [Range("events", _number(sure), _number(whole))]
    return out + [Range(key, _total(sure, key), loose) for key in keys if (loose := _total(whole, key)) is not None]


def _number(events: pd.DataFrame) -> Total:
    n = len(events)
    return Total("events", n, n, False, n, n)
