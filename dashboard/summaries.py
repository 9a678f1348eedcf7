"""Numbers beside the map: counter line, timeline bars and spans, top lists, figures with their doubt.

Takes EVENTS (all and kept) as frames; gives small frames and tuples.  Draws nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from dashboard.wording import count_text, date_text, number_text, plural, word
from geodata.totals import KEYS, Total, ranges

__all__ = [
    "Counters",
    "Figure",
    "Window",
    "best_freq",
    "figures",
    "range_figures",
    "ranked",
    "time_window",
    "timeline_counts",
    "timeline_spans",
    "undated",
]

_FREQS = (("D", 45), ("W-MON", 40 * 7), ("M", 60 * 31), ("Q", 25 * 366), ("Y", 10**6))
#: More different spans than this cannot be told apart on a screen.
_MANY_SPANS = 300
#: A longer interval than this does not stretch the axis of the timeline.
_LONG_DAYS = 731
#: At most this share of the events may be left outside the axis, at either end.
_OUTLIERS = 0.04
_KINDS = ("incident", "arrest", "route")


class Counters(NamedTuple):
    """The counter line: every event of the store is in exactly one of shown, hidden; unplaced, undated are of shown."""

    total: int
    shown: int
    unplaced: int
    undated: int
    hidden: int
    reasons: dict[str, int]

    def text(self) -> str:
        """'214 shown · 9 without place · 12 undated · 31 filtered out'."""
        return " · ".join(
            [
                f"{number_text(self.shown)} shown",
                f"{number_text(self.unplaced)} without place",
                f"{number_text(self.undated)} undated",
                f"{number_text(self.hidden)} filtered out",
            ]
        )


class Window(NamedTuple):
    """The axis of the timeline (None without dates), and how many events begin before it or end after it."""

    first: pd.Timestamp | None
    last: pd.Timestamp | None
    before: int
    after: int
    earliest: pd.Timestamp | None  # where the earliest of those before begins

    def note(self) -> str:
        """'2 begin before 2017 (from 2009)'; '' where nothing lies outside."""
        said = []
        if self.before and self.first is not None and self.earliest is not None:
            said.append(
                f"{number_text(self.before)} {'begins' if self.before == 1 else 'begin'} before "
                f"{date_text(self.first, self.first, 'day')} (from {self.earliest.year})"
            )
        if self.after and self.last is not None:
            said.append(
                f"{number_text(self.after)} {'ends' if self.after == 1 else 'end'} after "
                f"{date_text(self.last, self.last, 'day')}"
            )
        return "; ".join(said)


def undated(events: pd.DataFrame) -> pd.Series:
    """Rows of which neither end of the date is known."""
    return events["date_start"].isna() & events["date_end"].isna()


def _n(events: pd.DataFrame) -> pd.Series:
    """How many events each row stands for: a column n where there is one (see `Selection.intervals`), else 1."""
    return events["n"] if "n" in events else pd.Series(1, index=events.index)


def best_freq(events: pd.DataFrame, within: tuple[Any, Any] = (None, None)) -> str:
    """Day, week, month, quarter or year: the finest that keeps the timeline readable.

    Parameters
    ----------
    events : EVENTS. within : first and last day asked for, None where open
    """
    dated = events.dropna(subset=["date_start", "date_end"])
    if dated.empty:
        return "M"
    first, last = dated["date_start"].min(), dated["date_end"].max()
    first = max(first, pd.Timestamp(within[0])) if within[0] else first
    last = min(last, pd.Timestamp(within[1])) if within[1] else last
    return next(freq for freq, limit in _FREQS if (last - first).days + 1 <= limit)


def time_window(events: pd.DataFrame, within: tuple[Any, Any] = (None, None)) -> Window:
    """The days that the timeline spans: the dates asked for, else most of the events without their far outliers.

    Spans of more than two years do not stretch the axis where there are shorter ones; a few early (or late) events that
    would take up a third of it are left outside, and counted.

    Parameters
    ----------
    events : EVENTS. within : first and last day asked for, None where open
    """
    dated = events.dropna(subset=["date_start", "date_end"])
    if dated.empty:
        return Window(None, None, 0, 0, None)
    starts, ends = dated["date_start"], dated["date_end"]
    short = (ends - starts).dt.days <= _LONG_DAYS
    some = dated[short] if short.any() else dated
    first, last = _trimmed(some)
    first = pd.Timestamp(within[0]) if within[0] else first
    last = pd.Timestamp(within[1]) if within[1] else last
    before, after = starts < first, ends > last
    n = _n(dated)
    return Window(first, last, int(n[before].sum()), int(n[after].sum()), starts.min() if before.any() else None)


def _trimmed(some: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day, without the few percent at either end that lie far from all others."""
    starts = _n(some).groupby(some["date_start"]).sum().sort_index()
    ends = _n(some).groupby(some["date_end"]).sum().sort_index(ascending=False)
    first, last, few = starts.index[0], ends.index[0], _OUTLIERS * float(starts.sum())
    for day, left_out in starts.cumsum().shift(fill_value=0).items():
        if left_out <= few and (day - starts.index[0]) * 3 >= last - starts.index[0]:
            first = day
    for day, left_out in ends.cumsum().shift(fill_value=0).items():
        if left_out <= few and (ends.index[0] - day) * 3 >= ends.index[0] - first:
            last = day
    return first, last


def _bins(dates: pd.Series, freq: str) -> pd.Series:
    return dates.dt.to_period(freq).dt.start_time.astype("datetime64[s]")


def timeline_counts(events: pd.DataFrame, *, freq: str) -> pd.DataFrame:
    """Events per bin and kind, for those whose whole interval lies in one bin.

    Parameters
    ----------
    events : EVENTS. freq : pandas period alias (D, W-MON, M, Q, Y)

    Returns
    -------
    New frame: bin (first day), bin_end (day after the last), kind, n
    """
    dated = events.dropna(subset=["date_start", "date_end"])
    first = _bins(dated["date_start"], freq)
    inside = dated[first == _bins(dated["date_end"], freq)]
    counted = inside.assign(bin=first, n=_n(inside)).groupby(["bin", "kind"])["n"].sum().reset_index()
    if counted.empty:
        return pd.DataFrame(
            {
                "bin": pd.Series(dtype="datetime64[s]"),
                "bin_end": pd.Series(dtype="datetime64[s]"),
                "kind": pd.Series(dtype="str"),
                "n": pd.Series(dtype="int64"),
            }
        )
    counted["bin_end"] = (counted["bin"].dt.to_period(freq) + 1).dt.start_time.astype("datetime64[s]")
    return counted[["bin", "bin_end", "kind", "n"]]


def timeline_spans(events: pd.DataFrame, *, freq: str) -> pd.DataFrame:
    """Events known only to a span longer than one bin, drawn as bars over the whole span, never as a spike.

    Returns
    -------
    New frame: start, end (day after the last), kind, n (events of that span), lane (0 = nearest the axis), text
    """
    dated = events.dropna(subset=["date_start", "date_end"])
    first, last = _bins(dated["date_start"], freq), _bins(dated["date_end"], freq)
    wide = dated[first != last]
    if len(wide.drop_duplicates(["date_start", "date_end", "kind"])) > _MANY_SPANS:  # rounded outwards to bins
        after = (last.loc[wide.index].dt.to_period(freq) + 1).dt.start_time.astype("datetime64[s]")
        wide = wide.assign(date_start=first.loc[wide.index], date_end=after - pd.Timedelta(days=1))
    spans = (
        wide.assign(n=_n(wide))
        .groupby(["date_start", "date_end", "kind"])
        .agg(n=("n", "sum"), precision=("date_precision", "first"))
        .reset_index()
    )
    spans = spans.sort_values(["date_start", "date_end", "kind"], kind="stable").reset_index(drop=True)
    lanes: list[pd.Timestamp] = []
    taken = []
    for start, end in zip(spans["date_start"], spans["date_end"], strict=True):
        lane = next((i for i, busy in enumerate(lanes) if busy < start), len(lanes))
        lanes[lane : lane + 1] = [end]
        taken.append(lane)
    texts = [
        f"{date_text(r.date_start, r.date_end, r.precision)}: {plural(r.n, word('kind', r.kind).lower())}"
        for r in spans.itertuples()
    ]
    return pd.DataFrame(
        {
            "start": spans["date_start"],
            "end": spans["date_end"] + pd.Timedelta(days=1),
            "kind": spans["kind"],
            "n": spans["n"].astype("int64"),
            "lane": pd.Series(taken, dtype="int64"),
            "text": pd.Series(texts, dtype="str"),
        }
    )


def ranked(counts: Mapping[str, int], limit: int) -> list[tuple[str, int]]:
    """Values by number, then by name."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]


class Figure(NamedTuple):
    """A total and what it leaves out."""

    label: str
    text: str
    note: str


def figures(single: list[Total], longer: list[Total]) -> list[Figure]:
    """Totals in words: those of single events, and in the note those that sources give for a longer time.

    Where some source says "more than", no highest total exists: the lowest is shown and the note says what the higher
    figures add up to.
    """
    one, long = ({t.key: t for t in rows} for rows in (single, longer))
    return [_figure(one.get(key), long.get(key)) for key in KEYS if key in one or key in long]


def _figure(single: Total | None, longer: Total | None) -> Figure:
    if single is None:
        assert longer is not None
        return Figure(word("count", longer.key), _sum(longer), f"{_over(longer)}; by no single event")
    told = f"stated for {number_text(single.stated)} of {plural(single.of, 'event')}"
    if single.open_end and single.high > single.low:
        told = f"{number_text(single.high)}+ by the highest figures; {told}"
    apart = f"; not added: {_sum(longer)} in {_over(longer)}" if longer else ""
    return Figure(word("count", single.key), _sum(single), told + apart)


def _over(t: Total) -> str:
    return f"{plural(t.stated, 'total')} over a longer time"


def _sum(t: Total) -> str:
    if t.open_end:
        return f"{number_text(t.low)}+"
    return number_text(t.high) if t.low == t.high else count_text(t.low, None, t.high)


def range_figures(events: pd.DataFrame) -> list[Figure]:
    """Every headline figure, the number of events first, from strict to loose: '1–88'.

    Strict is what is known to the town and the day from two independent sources; loose is everything.
    """
    out = []
    for r in ranges(events):
        low = r.strict.low if r.strict else 0
        known = (
            f"{plural(r.strict.stated, 'event')} known to town and day from two sources" if r.strict else "none so sure"
        )
        text = number_text(r.loose.high) if low == r.loose.high else f"{number_text(low)}–{number_text(r.loose.high)}"
        label = "events" if r.key == "events" else word("count", r.key)
        out.append(Figure(label, text + ("+" if r.loose.open_end else ""), f"strict: {known}; loose: all"))
    return out


def row_of(events: pd.DataFrame, event_id: str | None) -> dict[str, Any] | None:
    """The event of that id as a dict, None where it is not among them."""
    rows = events[events["event_id"] == event_id] if event_id else events.iloc[0:0]
    return None if rows.empty else {str(k): v for k, v in rows.iloc[0].to_dict().items()}
