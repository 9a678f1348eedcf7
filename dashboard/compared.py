"""A comparison with another dataset as a person reads it: sentences, tables, one chart.

Takes a `geodata.compare.Comparison`; gives words, frames and an Altair chart.  Also reads the file that a person drops.
Draws nothing, matches nothing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from html import escape
from pathlib import Path, PurePath
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from dashboard.wording import count_text, date_text, humanise, number_text, plural
from extract.schema import Refusal
from geodata.compare import Comparison, summary
from geodata.compare_sides import reference_frame
from geodata.importers import Record, read_dataset

__all__ = [
    "GROUPS",
    "Dropped",
    "chart",
    "chart_rows",
    "dropped_words",
    "figures_html",
    "pair_html",
    "pair_table",
    "read_dropped",
    "rest_table",
    "said",
    "undated_words",
]

#: Group -> colour on light and on dark ground; none of them is the colour of a kind of event.
GROUPS = {"both": ("#3E4C59", "#C9D3DB"), "ours": ("#8E3B74", "#E5A3C9"), "theirs": ("#9A7B16", "#D9CE8B")}
#: Bars that a person can take in; of more countries or types those with the most events.
MOST = 12
#: From more months on, bars stand for years.
MONTHS = 60


class Dropped(NamedTuple):
    """A file that was dropped: what it is called, its rows as events, what was refused and why."""

    name: str
    rows: pd.DataFrame
    refused: list[Refusal]


def read_dropped(name: str, data: bytes) -> Dropped:
    """The rows of a dataset that a person dropped; nothing of it stays on the disk.

    Raises
    ------
    DatasetError : it is none of the known datasets, or lacks a column; one line for a person.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / PurePath(name.replace("\\", "/")).name
        path.write_bytes(data)
        try:
            with read_dataset(path) as source:
                items = list(source)
        except ValueError as err:
            raise type(err)(str(err).replace(f"{folder}/", "")) from err
    records = [i for i in items if isinstance(i, Record)]
    return Dropped(source.name, reference_frame(records), [i for i in items if isinstance(i, Refusal)])


def _part(n: int, whole: int) -> str:
    return f"{number_text(n)} of {number_text(whole)}" + (f" ({100 * n / whole:.0f} %)" if whole else "")


def said(result: Comparison, name: str) -> str:
    """What the comparison comes to, in two sentences."""
    n, ours, theirs = len(result.matched), len(result.ours), len(result.theirs)
    if not ours or not theirs:
        side = "Your articles tell of no event" if not ours else f"{name} has no event"
        return f"{side} within these filters: there is nothing to compare."
    return f"{name} has {_part(n, ours)} of your events. You have {_part(n, theirs)} of the events in {name}."


def figures_html(result: Comparison, name: str) -> str:
    """The three groups as large figures, each with its colour."""
    parts = [
        (len(result.matched), "both", "in both"),
        (len(result.only_ours), "ours", "only in your articles"),
        (len(result.only_theirs), "theirs", f"only in {name}"),
    ]
    figs = "".join(
        f"<div class='fig {group}'><b>{number_text(n)}</b><span>{escape(words)}</span></div>"
        for n, group, words in parts
    )
    return f"<section class='dl-detail dl-compared'><div class='figs'>{figs}</div></section>"


def chart_rows(result: Comparison, by: str, name: str) -> pd.DataFrame:
    """group ('2024-03', 'Turkey', 'attack'), part (words of the legend), n, order; one row per bar piece.

    Events that both have stand once, under the group that the dataset gives them.  By month, what has no date is left
    out (`undated_words` says how many).
    """
    counts = summary(result, by)
    if by == "month":
        counts = _by_time(counts.drop(index="", errors="ignore"))
    pieces = {
        "in both": counts["theirs_matched"],
        "only in your articles": counts["ours"] - counts["ours_matched"],
        f"only in {name}": counts["theirs"] - counts["theirs_matched"],
    }
    total = sum(pieces.values(), pd.Series(0, index=counts.index))
    kept = total.index if by == "month" else total.sort_values(ascending=False, kind="stable").index[:MOST]
    rows = [
        (humanise(str(group)) or "not stated", part, int(values[group]), order)
        for group in kept
        for order, (part, values) in enumerate(pieces.items())
        if values[group] > 0
    ]
    return pd.DataFrame(rows, columns=["group", "part", "n", "order"])


def _by_time(counts: pd.DataFrame) -> pd.DataFrame:
    """Counts by month, or by year where there are more months between the first and the last than can be told apart."""
    ends = pd.PeriodIndex(counts.index, freq="M")
    if not len(ends) or (ends.max() - ends.min()).n <= MONTHS:
        return counts
    return counts.groupby(ends.strftime("%Y-01")).sum()


def undated_words(result: Comparison) -> str:
    """How many events a chart by month cannot show; '' where it shows all."""
    n = int((result.ours["date_start"].isna()).sum() + (result.theirs["date_start"].isna()).sum())
    return f"{plural(n, 'event')} without a first day not drawn" if n else ""


def chart(result: Comparison, by: str, name: str, *, dark: bool) -> Any:
    """Stacked bars of the three groups by month, country or kind; None where there is nothing to draw."""
    rows = chart_rows(result, by, name)
    if rows.empty:
        return None
    parts = ["in both", "only in your articles", f"only in {name}"]
    colours = [pair[1 if dark else 0] for pair in GROUPS.values()]
    colour = alt.Color("part:N", scale=alt.Scale(domain=parts, range=colours), legend=None)
    tip = [alt.Tooltip("group:N", title=" "), alt.Tooltip("part:N", title=" "), alt.Tooltip("n:Q", title="events")]
    number = alt.Axis(format="d", tickMinStep=1, tickCount=4, grid=True, gridOpacity=0.5, domain=False, ticks=False)
    base = alt.Chart(rows).mark_bar().encode(color=colour, order="order:O", tooltip=tip)
    if by == "month":
        months = pd.to_datetime(rows["group"])
        years = (months.dt.month == 1).all() and (months.max() - months.min()).days > 31 * MONTHS
        axis = alt.Axis(grid=False, labelOverlap=True, ticks=False, format="%Y" if years else alt.Undefined)
        x = alt.X("year(group):T" if years else "yearmonth(group):T", title=None, axis=axis)
        return base.encode(x=x, y=alt.Y("n:Q", title=None, axis=number)).properties(height=220)
    names = rows.groupby("group", sort=False)["n"].sum().sort_values(ascending=False, kind="stable").index.tolist()
    y = alt.Y("group:N", title=None, sort=names, axis=alt.Axis(labelLimit=160, ticks=False, domain=False))
    return base.encode(y=y, x=alt.X("n:Q", title=None, axis=number)).properties(height=max(90, 24 * len(names) + 30))


def _when(row: Mapping[str, Any]) -> str:
    return date_text(row["date_start"], row["date_end"], row.get("date_precision", ""))


def _killed(row: Mapping[str, Any]) -> str:
    return count_text(row["killed_low"], row["killed_best"], row["killed_high"])


def pair_table(result: Comparison) -> pd.DataFrame:
    """One row per matched pair: both titles, when and killed on both sides, days and km between, why."""
    ours = result.ours.set_index("event_id").to_dict("index")
    theirs = result.theirs.set_index("event_id").to_dict("index")
    rows = [
        {
            "Your event": ours[p.our_id]["title"],
            "When": _when(ours[p.our_id]),
            "Their event": theirs[p.their_id]["title"],
            "Their date": _when(theirs[p.their_id]),
            "Days apart": p.days_apart,
            "km apart": "" if pd.isna(p.km_apart) else number_text(round(p.km_apart)),
            "Killed": _killed(ours[p.our_id]),
            "Killed, theirs": _killed(theirs[p.their_id]),
            "Why they match": p.why,
        }
        for p in result.matched.itertuples()
    ]
    return pd.DataFrame(rows)


def rest_table(frame: pd.DataFrame) -> pd.DataFrame:
    """One row per event that only one side has."""
    rows = [
        {
            "Event": row["title"],
            "When": _when(row),
            "Place": row["place"] if isinstance(row["place"], str) else "without place",
            "Country": row["country"] if isinstance(row["country"], str) else "",
            "Killed": _killed(row),
            "Why it stands alone": row["why"],
        }
        for row in frame.to_dict("records")
    ]
    return pd.DataFrame(rows)


def pair_html(row: Mapping[str, Any], whose: str) -> str:
    """One side of a pair to be read: title, when, where, killed, the words."""
    place = ", ".join(str(v) for v in (row["place"], row["country"]) if isinstance(v, str)) or "without place"
    facts = f"{_when(row)} · {place}" + (f" · killed {_killed(row)}" if _killed(row) else "")
    return (
        f"<section class='dl-detail'><p class='note'>{escape(whose)}</p><h2>{escape(str(row['title']))}</h2>"
        f"<p>{escape(facts)}</p><p class='note'>{escape(str(row['text'])[:700])}</p></section>"
    )


def dropped_words(dropped: Dropped) -> str:
    """What a dropped file held."""
    more = f"; {plural(len(dropped.refused), 'row')} refused" if dropped.refused else ""
    return f"{dropped.name}: {plural(len(dropped.rows), 'event')}{more}"
