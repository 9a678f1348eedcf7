"""The strip under the timeline: documents read per week, so that a gap above it can be told from nothing read.

Takes the frame of `geodata.coverage.read_per_week` and the timeline's chart; gives a chart on the same axis of time.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from dashboard.wording import date_text, plural

__all__ = ["coverage_chart", "coverage_words"]

#: light and dark
COLOURS = ("#7B8794", "#8C99A5")


def coverage_chart(weeks: pd.DataFrame, timeline: Any, *, dark: bool, height: int = 36) -> Any:
    """Grey bars, one a week, on the timeline's own axis of time and as far from the left."""
    axes = timeline.to_dict()["encoding"]
    most = int(weeks["documents"].max()) if len(weeks) else 1
    digits = max(len(str(v)) for v in axes["y"]["axis"]["values"])
    end = weeks["week"] + pd.Timedelta(days=7)
    texts = [
        f"{date_text(a, b - pd.Timedelta(days=1), '')}: {plural(n, 'document')}"
        for a, b, n in zip(weeks["week"], end, weeks["documents"], strict=True)
    ]
    label = alt.Axis(
        values=[most], domain=False, ticks=False, grid=False, labelExpr=f"'{str(most).rjust(digits, chr(0x2007))}'"
    )
    x = alt.X("week:T", title=None, axis=None, scale=alt.Scale(domain=axes["x"]["scale"]["domain"]))
    chart = alt.Chart(weeks.assign(end=end, text=texts)).mark_rect(color=COLOURS[dark], clip=True, aria=False)
    drawn = chart.encode(
        x=x,
        x2="end:T",
        y=alt.Y("documents:Q", title=None, axis=label, scale=alt.Scale(domain=[0, most], nice=False)),
        y2=alt.datum(0),
        tooltip=alt.Tooltip("text:N", title=" "),
    )
    return drawn.properties(height=height, padding={"left": 4, "right": 8, "top": 2, "bottom": 0}).configure(aria=False)


def coverage_words(weeks: pd.DataFrame, where: str) -> str:
    """What the strip shows: how many documents, from when to when, of which countries."""
    n = int(weeks["documents"].sum())
    first, last = weeks["week"].min(), weeks["week"].max() + pd.Timedelta(days=6)
    return f"Documents read per week{where}: {plural(n, 'document')}, {date_text(first, last, '')}"
