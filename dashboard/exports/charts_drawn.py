"""Timeline and matrix of countries and months as pictures, in the same dress as the map.

Takes a View and a Page; gives a `Plan`: a legend and how to draw it.  Fuzzy dates are pale spans below the axis,
never a spike;
the matrix counts an event in a month only if it is known to have been in it.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib import dates
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from dashboard.charts import timeline_rects
from dashboard.exports.page import Page
from dashboard.exports.sheet import Plan, Sheet
from dashboard.exports.style import fitted, palette
from dashboard.marks import shape
from dashboard.summaries import Window, best_freq, time_window, timeline_counts, timeline_spans
from dashboard.view import View
from dashboard.wording import MONTHS, number_text, plural, split, word

__all__ = ["matrix_frame", "matrix_plan", "timeline_plan"]

_MOST_ROWS, _MOST_COLUMNS, _MOST_LANES = 14, 24, 16
#: Matplotlib leaves these without types.
mdates: Any = dates
_BIN = {"D": "day", "W-MON": "week", "M": "month", "Q": "quarter", "Y": "year"}


def _quiet_axes(ax: Axes, colours: Any, k: float) -> None:
    ax.set_facecolor(colours["page"])
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    ax.spines["bottom"].set_color(colours["line"])
    ax.tick_params(colors=colours["text"], labelsize=12 * k, length=3 * k, width=0.6 * k, color=colours["line"])


def _say_nothing(sheet: Sheet, text: str, colours: Any) -> None:
    left, bottom, width, height = sheet.free
    sheet.over.text(
        left + width / 2,
        bottom + height / 2,
        text,
        ha="center",
        va="center",
        fontsize=20 * sheet.k,
        color=colours["quiet"],
    )


def timeline_plan(view: View, page: Page) -> Plan:
    """Stacked bars by kind and, below them, spans of what is known only to a longer time."""
    colours = palette(page.dark)
    window = time_window(view.intervals, (view.filters.date_from, view.filters.date_to))
    freq = best_freq(view.intervals, (window.first, window.last))
    spans = _within(timeline_spans(view.intervals, freq=freq), window, "start", "end")
    rects = timeline_rects(timeline_counts(view.intervals, freq=freq), spans.iloc[0:0])
    rects = _within(rects, window, "x", "x2")
    kinds = [kind for kind in ("incident", "arrest", "route") if (view.kept["kind"] == kind).any()]
    legend: list[list[dict[str, Any]]] = [
        [
            {"type": "mark", "kind": kind, "look": "filled", "shape": shape(kind), "label": word("kinds", kind)}
            for kind in kinds
        ],
        [{"type": "note", "label": _how_to_read(freq, spans, window)}],
    ]

    def draw(sheet: Sheet) -> None:
        if rects.empty and spans.empty:
            _say_nothing(sheet, "No event with a date", colours)
            return
        left, bottom, width, height = sheet.free
        k = sheet.k
        ax = sheet.axes(left + 26 * k, bottom + 24 * k, width - 26 * k, height - 30 * k)
        _quiet_axes(ax, colours, k)
        _bars(ax, pd.concat([rects, _span_rects(spans, rects)]) if len(spans) else rects, colours, k)

    return Plan([line for line in legend if line], draw, full_width=False)


def _within(rows: pd.DataFrame, window: Window, start: str, end: str) -> pd.DataFrame:
    """Rows that reach into the window, cut at its ends (as on screen: the note says what lies outside)."""
    if rows.empty or window.first is None or window.last is None:
        return rows
    after = window.last + pd.Timedelta(days=1)
    seen = rows[(rows[end] > window.first) & (rows[start] < after)]
    return seen.assign(**{start: seen[start].clip(lower=window.first)}) if (start, end) == ("start", "end") else seen


def _how_to_read(freq: str, spans: pd.DataFrame, window: Window) -> str:
    hidden = int(spans.loc[spans["lane"] >= _MOST_LANES, "n"].sum())
    told = f"Bars: events per {_BIN[freq]}." + (
        " Pale spans below: known only to that span of time." if len(spans) else ""
    )
    told += f" {plural(hidden, 'event')} of such a span not drawn." if hidden else ""
    note = window.note()
    return told + (f" {note[:1].upper()}{note[1:]}." if note else "")


def _span_rects(spans: pd.DataFrame, bars: pd.DataFrame) -> pd.DataFrame:
    """Spans in lanes below the axis, as rectangles of the same columns as the bars."""
    shown = spans[spans["lane"] < _MOST_LANES]
    high = max(float(bars["y2"].max()) if len(bars) else 0.0, 1.0)
    step = 0.75 * high / max(int(shown["lane"].max()) + 1, 5)
    top = -(shown["lane"] + 0.4) * step
    return pd.DataFrame(
        {
            "x": shown["start"],
            "x2": shown["end"],
            "y": top,
            "y2": top - 0.66 * step,
            "kind": shown["kind"],
            "text": shown["text"],
            "sort": "span",
        }
    )


def _bars(ax: Axes, rects: pd.DataFrame, colours: Any, k: float) -> None:
    starts, ends = mdates.date2num(rects["x"]), mdates.date2num(rects["x2"])
    for row, start, end in zip(rects.itertuples(), starts, ends, strict=True):
        span = row.sort == "span"
        ax.add_patch(
            Rectangle(
                (start, min(row.y, row.y2)),
                end - start,
                abs(row.y2 - row.y),
                facecolor=colours[row.kind],
                alpha=0.38 if span else 1.0,
                edgecolor=colours["page"],
                linewidth=0 if span else 0.5 * k,
                zorder=3,
            )
        )
    high, low = max(float(rects["y2"].max()), 1.0), min(0.0, float(rects["y2"].min()))
    margin = (ends.max() - starts.min()) * 0.01 + 0.5
    ax.set(xlim=(starts.min() - margin, ends.max() + margin), ylim=(low * 1.05, high * 1.06))
    ticks = sorted({0, round(high / 2), round(high)}) if high >= 2 else [0, 1]
    ax.set_yticks(ticks, [number_text(t) for t in ticks])
    ax.tick_params(axis="y", length=0)
    for tick in ticks:
        ax.axhline(tick, color=colours["line"], linewidth=0.6 * k if tick else 1.0 * k, zorder=1)
    ax.spines["bottom"].set_visible(False)
    locator = mdates.AutoDateLocator(minticks=4, maxticks=10)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(
        mdates.ConciseDateFormatter(
            locator,
            show_offset=False,
            formats=["%Y", "%b %Y", "%d %b", "%H:%M", "%H:%M", "%S"],
            zero_formats=["", "%Y", "%b %Y", "%d %b", "%H:%M", "%H:%M"],
        )
    )


def matrix_frame(events: pd.DataFrame, names: dict[str, str]) -> tuple[pd.DataFrame, int]:
    """Events per country (rows, most events first) and month, or year where there are too many months.

    Returns
    -------
    Frame of ints with a label per column, and how many events are left out: without a country, or with a date that
    spans several columns.  A route counts in every country it touches.
    """
    dated = events.dropna(subset=["date_start", "date_end"])
    freq = "M"
    if len(dated):
        first, last = dated["date_start"].min(), dated["date_end"].max()
        freq = "M" if (last.year - first.year) * 12 + last.month - first.month < _MOST_COLUMNS else "Y"
    start, end = dated["date_start"].dt.to_period(freq), dated["date_end"].dt.to_period(freq)
    inside = dated[(start == end) & (dated["countries"] != "")]
    pairs = [
        (names.get(c, c), p)
        for c, p in zip(
            (c for cell in inside["countries"] for c in split(cell)),
            (p for cell, p in zip(inside["countries"], start[inside.index], strict=True) for _ in split(cell)),
            strict=True,
        )
    ]
    if not pairs:
        return pd.DataFrame(), len(events)
    table = pd.DataFrame(pairs, columns=["country", "when"]).value_counts().unstack("when", fill_value=0)
    table = table.reindex(columns=pd.period_range(table.columns.min(), table.columns.max(), freq=freq), fill_value=0)
    table = table.iloc[:, -_MOST_COLUMNS:]
    order = sorted(table.index, key=lambda name: (-int(table.loc[name].sum()), str(name)))
    labels = [f"{MONTHS[p.month - 1]} {p.year}" if freq == "M" else str(p.year) for p in table.columns]
    return table.loc[order].set_axis(labels, axis=1).astype(int), len(events) - len(inside)


def matrix_plan(view: View, page: Page) -> Plan:
    """Countries by months: the darker, the more events; the number stands in the cell."""
    colours = palette(page.dark)
    table, left_out = matrix_frame(view.kept, dict(view.names))
    rest = max(0, len(table) - _MOST_ROWS)
    notes = (
        [plural(left_out, "event") + " not in the table (no country, or a date that spans columns)"] if left_out else []
    )
    notes += [plural(rest, "country", "countries") + " with fewer events not shown"] if rest else []
    rows = table.iloc[:_MOST_ROWS]

    def draw(sheet: Sheet) -> None:
        if rows.empty:
            _say_nothing(sheet, "No event with a country and a date", colours)
            return
        left, _, width, height = sheet.free
        k = sheet.k
        names_pt = 150 * k
        height = min(height - 4 * k, 38 * k * (len(rows) + 1))  # few rows stay rows, not blocks
        ax = sheet.axes(left + names_pt, sheet.free[1] + sheet.free[3] - height, width - names_pt, height)
        ax.set(xlim=(0, rows.shape[1] + 1), ylim=(rows.shape[0], -1))
        ax.set_axis_off()
        _cells(ax, rows, colours, k, (width - names_pt) / (rows.shape[1] + 1))

    return Plan([[{"type": "note", "label": ". ".join(notes)}]] if notes else [], draw, full_width=False)


def _cells(ax: Axes, table: pd.DataFrame, colours: Any, k: float, column_pt: float) -> None:
    most = int(table.to_numpy().max())
    size = min(12.0, column_pt / k / 2.6)
    for j, label in enumerate(table.columns):
        parts = str(label).split()
        text = "\n".join(parts) if j == 0 or parts[0] == "Jan" or len(parts) == 1 else parts[0]
        ax.text(j + 0.5, -0.12, text, ha="center", va="bottom", fontsize=min(11, size) * k, color=colours["quiet"])
    ax.text(
        table.shape[1] + 0.5, -0.12, "all", ha="center", va="bottom", fontsize=min(11, size) * k, color=colours["quiet"]
    )
    for i, (name, row) in enumerate(table.iterrows()):
        ax.text(
            -0.12,
            i + 0.5,
            fitted(str(name), 12.5, 145),
            ha="right",
            va="center_baseline",
            fontsize=12.5 * k,
            color=colours["text"],
        )
        for j, n in enumerate(row):
            shade = colours[f"c{min(5, round(5 * n / most))}"] if n else "none"
            ax.add_patch(
                Rectangle(
                    (j + 0.03, i + 0.05),
                    0.94,
                    0.9,
                    facecolor=shade,
                    edgecolor=colours["line"],
                    linewidth=0.4 * k,
                    alpha=1 if n else 0.5,
                )
            )
            if n:
                ax.text(
                    j + 0.5,
                    i + 0.5,
                    number_text(n),
                    ha="center",
                    va="center_baseline",
                    fontsize=size * k,
                    color=colours["text"],
                )
        ax.text(
            table.shape[1] + 0.5,
            i + 0.5,
            number_text(int(row.sum())),
            ha="center",
            va="center_baseline",
            fontsize=size * k,
            fontweight="bold",
            color=colours["text"],
        )
