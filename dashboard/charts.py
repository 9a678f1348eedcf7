"""The timeline as an Altair chart: bars for what fits its bin, pale spans below the axis for fuzzy dates.

Takes the frames of `summaries.timeline_counts` and `timeline_spans`; gives one single-view chart (Streamlit can only
report a brush on a single view, so the stacking is done here).
"""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from dashboard.wording import date_text, plural, word

__all__ = ["BRUSH", "KIND_COLOURS", "brushed_dates", "timeline_chart", "timeline_rects", "timeline_words"]

BRUSH = "when"
#: kind -> colour on light and on dark ground, as in static/map.css
KIND_COLOURS = {"incident": ("#D55E00", "#FF8A3D"), "arrest": ("#0072B2", "#56B4E9"), "route": ("#00825F", "#3FD6A7")}
_LANES = 6


def timeline_rects(counts: pd.DataFrame, spans: pd.DataFrame, chosen: pd.DataFrame | None = None) -> pd.DataFrame:
    """Both frames as rectangles: x, x2 (dates), y, y2 (events; below 0 for spans), kind, text, sort (bar, span, mark).

    Parameters
    ----------
    chosen : EVENTS to point out: a dark strip under the axis over the days of each
    """
    bars = counts.copy()
    bars["order"] = bars["kind"].map({k: i for i, k in enumerate(KIND_COLOURS)})
    bars = bars.sort_values(["bin", "order"], kind="stable")
    top = bars.groupby("bin")["n"].cumsum()
    tallest = int(top.max()) if len(top) else 1
    texts = [
        f"{date_text(r.bin, r.bin_end - pd.Timedelta(days=1), '')}: {plural(int(r.n), word('kind', r.kind).lower())}"
        for r in bars.itertuples()
    ]
    above = pd.DataFrame(
        {
            "x": bars["bin"],
            "x2": bars["bin_end"],
            "y": (top - bars["n"]).astype(float),
            "y2": top.astype(float),
            "kind": bars["kind"],
            "text": texts,
            "sort": "bar",
        }
    )
    step = max(tallest, 3) * 0.1
    lane = spans["lane"].clip(upper=_LANES - 1)
    below = pd.DataFrame(
        {
            "x": spans["start"],
            "x2": spans["end"],
            "y": -(lane + 0.35) * step,
            "y2": -(lane + 1.0) * step,
            "kind": spans["kind"],
            "text": spans["text"],
            "sort": "span",
        }
    )
    return pd.concat([above, below, *_chosen_rects(chosen, step)], ignore_index=True)


def _chosen_rects(chosen: pd.DataFrame | None, step: float) -> list[pd.DataFrame]:
    dated = pd.DataFrame() if chosen is None or chosen.empty else chosen.dropna(subset=["date_start", "date_end"])
    if dated.empty:
        return []
    spans = dated.drop_duplicates(["date_start", "date_end"])
    marks = {"x": spans["date_start"], "x2": spans["date_end"] + pd.Timedelta(days=1), "y": 0.0, "y2": -0.3 * step}
    return [pd.DataFrame(marks | {"kind": "chosen", "text": "selected", "sort": "mark"})]


def timeline_chart(
    rects: pd.DataFrame,
    *,
    dark: bool,
    within: tuple[Any, Any] = (None, None),
    height: int = 150,
) -> Any:
    """One chart with a brush along time named BRUSH; `within` (first and last day asked for) bounds its axis."""
    colours = [*(pair[1 if dark else 0] for pair in KIND_COLOURS.values()), "#FFFFFF" if dark else "#1B1F22"]
    high = float(rects["y2"].max()) if len(rects) else 1.0
    low = min(0.0, float(rects["y2"].min())) if len(rects) else 0.0
    ticks = sorted({0, round(high / 2), round(high)}) if high >= 2 else [0, 1]
    first, last = _bounds(rects, within)
    margin = max(pd.Timedelta(days=10) - (last - first) / 2, (last - first) * 0.01)  # one day alone is a thin bar
    domain = [(first - margin).isoformat(), (last + margin).isoformat()]
    days = (last - first) < pd.Timedelta(days=60)
    brush = alt.selection_interval(name=BRUSH, encodings=["x"])
    base = alt.Chart(rects).mark_rect(cornerRadius=1, clip=True, aria=False)
    encoded = base.encode(
        x=alt.X(
            "x:T",
            title=None,
            scale=alt.Scale(domain=domain),
            axis=alt.Axis(grid=False, labelOverlap=True, tickCount=8, format="%-d %b" if days else alt.Undefined),
        ),
        x2="x2:T",
        y=alt.Y(
            "y:Q",
            title=None,
            scale=alt.Scale(domain=[low, max(high, 1.0)], nice=False),
            axis=alt.Axis(values=ticks, format="d", grid=True, gridOpacity=0.5, domain=False, ticks=False),
        ),
        y2="y2:Q",
        color=alt.Color("kind:N", scale=alt.Scale(domain=[*KIND_COLOURS, "chosen"], range=colours), legend=None),
        opacity=alt.condition("datum.sort === 'span'", alt.value(0.38), alt.value(0.95)),
        tooltip=alt.Tooltip("text:N", title=" "),
    )
    sized = encoded.add_params(brush).properties(height=height, padding={"left": 4, "right": 8, "top": 4, "bottom": 0})
    return sized.configure(aria=False)  # one sentence (see `timeline_words`) instead of a label per rectangle


def _bounds(rects: pd.DataFrame, within: tuple[Any, Any]) -> tuple[pd.Timestamp, pd.Timestamp]:
    first, last = rects["x"].min(), rects["x2"].max()
    if within[0]:
        first = max(first, pd.Timestamp(within[0]))
    if within[1]:
        last = min(last, pd.Timestamp(within[1]) + pd.Timedelta(days=1))
    return (first, last) if first < last else (rects["x"].min(), rects["x2"].max())


def timeline_words(rects: pd.DataFrame) -> str:
    """The chart in a sentence, for those who do not see it."""
    bars = rects[rects["sort"] == "bar"]
    most = bars.assign(n=bars["y2"] - bars["y"]).groupby("x")["n"].sum()
    first, last = rects["x"].min(), rects["x2"].max()
    span = f"Timeline of events from {first:%d %b %Y} to {last:%d %b %Y}"
    peak = f", most in the bar that begins on {most.idxmax():%d %b %Y} ({int(most.max())})" if len(most) else ""
    return f"{span}{peak}. The Table screen lists every event with its date."


def brushed_dates(selection: Any, offset_min: int = 0) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """First and last day of a brush, None where nothing is brushed.

    Parameters
    ----------
    selection : what Streamlit gives back. offset_min : minutes from the reader's clock to UTC, as a browser counts
    """
    picked = (selection or {}).get(BRUSH, {}).get("x") if hasattr(selection or {}, "get") else None
    if not picked or len(picked) != 2:
        return None
    first, last = sorted(
        (pd.Timestamp(int(p), unit="ms") - pd.Timedelta(minutes=offset_min)).normalize() for p in picked
    )
    return first, last
