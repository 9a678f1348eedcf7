"""Countries by months (or years) as a chart: the darker a cell, the more events.

Takes a View; gives rows and one Altair chart whose cells can be clicked.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from dashboard.summaries import time_window
from dashboard.view import View
from dashboard.wording import MONTHS, plural

__all__ = ["MONTH", "matrix_chart", "matrix_rows", "picked_cell"]

#: Kind of selection that a cell makes.
MONTH = "month"
_MOST_COLUMNS, _MOST_ROWS = 36, 5
_PALES = {False: ["#F6E8C3", "#B98A2E"], True: ["#47402C", "#D8B45A"]}


def matrix_rows(view: View) -> tuple[pd.DataFrame, int]:
    """Cells, and how many events have none: without a country, or dated to more than one column.

    Returns
    -------
    New frame: iso3, country, when ("2024-03" or "2024"), label, n; the countries with most events, the newest columns
    """
    got = view.selection.months()
    days = {name: pd.to_datetime(got[name], unit="D") for name in ("d0", "d1")}
    window = time_window(view.intervals, (view.filters.date_from, view.filters.date_to))
    months = (window.last - window.first).days / 30 if window.first and window.last else 0
    form = "%Y-%m" if months <= _MOST_COLUMNS else "%Y"
    first, last = days["d0"].dt.strftime(form), days["d1"].dt.strftime(form)
    inside = got.assign(when=first)[(first == last) & (got["countries"] != "")]
    left_out = view.counters.shown - int(inside["n"].sum())
    cells = inside.assign(iso3=inside["countries"].str.split("|")).explode("iso3")
    cells = cells.groupby(["iso3", "when"])["n"].sum().reset_index()
    most = cells.groupby("iso3")["n"].sum().sort_values(ascending=False, kind="stable").index[:_MOST_ROWS]
    floor = window.first.strftime(form) if window.first else ""
    newest = [when for when in sorted(cells["when"].unique()) if when >= floor][-_MOST_COLUMNS:]
    cells = cells[cells["iso3"].isin(most) & cells["when"].isin(newest)]
    names = cells["iso3"].map(lambda c: view.names.get(c, c))
    return cells.assign(country=names, label=cells["when"].map(_label)).reset_index(drop=True), left_out


def _label(when: str) -> str:
    year, _, month = when.partition("-")
    return f"{MONTHS[int(month) - 1]} {year}" if month else year


def _columns(whens: pd.Series) -> list[str]:
    """Labels of all months or years from the first to the last, also of those without events."""
    freq, form = ("M", "%Y-%m") if "-" in str(whens.iloc[0]) else ("Y", "%Y")
    return [_label(p.strftime(form)) for p in pd.period_range(whens.min(), whens.max(), freq=freq)]


def matrix_chart(rows: pd.DataFrame, *, dark: bool, chosen: str = "") -> Any:
    """The chart; chosen: 'iso3/when' of the cell that is selected."""
    text = [f"{r.country}, {r.label}: {plural(int(r.n), 'event')}" for r in rows.itertuples()]
    key = rows["iso3"] + "/" + rows["when"]
    rows = rows.assign(text=text, key=key, on=key == chosen)
    order = rows.groupby("country")["n"].sum().sort_values(ascending=False, kind="stable").index.tolist()
    labels = _columns(rows["when"])
    ink = "#FFFFFF" if dark else "#1B1F22"
    return (
        alt.Chart(rows)
        .mark_rect(cornerRadius=2, aria=False, stroke=ink)
        .encode(
            x=alt.X(
                "label:O",
                sort=labels,
                scale=alt.Scale(domain=labels),
                title=None,
                axis=alt.Axis(orient="top", labelAngle=0, labelOverlap=True),
            ),
            y=alt.Y("country:O", sort=order, title=None, axis=alt.Axis(labelOverlap=False)),
            color=alt.Color("n:Q", scale=alt.Scale(range=_PALES[dark]), legend=None),
            strokeWidth=alt.StrokeWidth("on:N", scale=alt.Scale(domain=[False, True], range=[0, 2]), legend=None),
            tooltip=alt.Tooltip("text:N", title=" "),
        )
        .add_params(alt.selection_point(name="cell", fields=["key"], on="click"))
        .properties(height=max(60, 24 * len(order)), padding={"left": 4, "right": 8, "top": 2, "bottom": 0})
        .configure(aria=False)
    )


def picked_cell(selection: Any) -> str | None:
    """'iso3/when' of the clicked cell, None where none is."""
    cells = (selection or {}).get("cell") if hasattr(selection or {}, "get") else None
    return str(cells[0]["key"]) if cells else None
