"""Below the map: the timeline, the events as a table, or countries by months, all of what the filters leave.

A brush, a row or a cell that is chosen here is pointed out on the map and in the panel as well.
"""

from __future__ import annotations

import streamlit as st

from dashboard import state, widgets
from dashboard.charts import timeline_chart, timeline_rects, timeline_words
from dashboard.crosstab import MONTH, matrix_chart, matrix_rows, picked_cell
from dashboard.selected import selected_events
from dashboard.summaries import best_freq, time_window, timeline_counts, timeline_spans
from dashboard.tables import MOST_ROWS, event_table
from dashboard.view import View
from dashboard.wording import number_text, plural

__all__ = ["below"]

_VIEWS = {"timeline": "Timeline", "table": "Table", "matrix": "Countries by month"}
_COLUMNS = ("Event", "When", "Place", "Known to", "Killed", "Arrested", "People", "Certainty", "Sources")


@st.fragment(key="below")
def below() -> None:
    """The choice of what stands here, and that."""
    view = widgets.current()
    if not view.counters.shown:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="belowhead"):
        st.segmented_control(
            "Below the map",
            list(_VIEWS),
            key="below",
            format_func=_VIEWS.__getitem__,
            label_visibility="collapsed",
            required=True,
            persist_state="session",
        )
        head = st.container(width="stretch")
    widgets.write_address(view.filters)
    {"timeline": timeline, "table": table, "matrix": matrix}[st.session_state["below"]](view, head)


def timeline(view: View, head: st.delta_generator.DeltaGenerator) -> None:
    """Stacked bars and pale spans; a brush sets the dates."""
    window = time_window(view.intervals, (view.filters.date_from, view.filters.date_to))
    span = (window.first, window.last)
    freq = best_freq(view.intervals, span)
    chosen = selected_events(view, *state.selection(st.session_state))
    counts, spans = timeline_counts(view.intervals, freq=freq), timeline_spans(view.intervals, freq=freq)
    rects = timeline_rects(counts, spans, chosen)
    with head:
        widgets.timeline_head(freq, view, window.note())
    if not rects.empty:
        chart = timeline_chart(rects, dark=widgets.is_dark(), within=span, height=142)
        words = timeline_words(rects)
        st.altair_chart(chart, key="timeline", on_select=widgets.take_brush, width="stretch", alt=words)
        widgets.coverage_strip(view, chart)


def table(view: View, head: st.delta_generator.DeltaGenerator) -> None:
    """The newest events as rows; a chosen row is selected everywhere."""
    rows = view.selection.rows(MOST_ROWS, newest=True)
    shown = event_table(view.snapshot.events.iloc[rows])
    more = (
        f", the first {number_text(MOST_ROWS)} of {number_text(view.counters.shown)}"
        if len(shown) < view.counters.shown
        else ""
    )
    head.html(f"<p class='dl-note'>{plural(len(shown), view.unit)}{more}; click a column to sort</p>")
    st.dataframe(
        shown,
        hide_index=True,
        column_order=_COLUMNS,
        height=172,
        key="below_table",
        on_select=lambda: widgets.reselect(_take_row, shown.index.tolist()),
        selection_mode="single-row",
    )


def _take_row(ids: list[str]) -> None:
    rows = st.session_state["below_table"]["selection"]["rows"]
    widgets.choose(f"event:{ids[rows[0]]}" if rows else "")


def matrix(view: View, head: st.delta_generator.DeltaGenerator) -> None:
    """Countries by months; a chosen cell selects its events everywhere."""
    rows, left_out = matrix_rows(view)
    kind, keys = state.selection(st.session_state)
    note = f"{plural(left_out, view.unit)} without country or over several months not here · " if left_out else ""
    head.html(f"<p class='dl-note'>{note}click a cell for its events</p>")
    if rows.empty:
        st.caption("No event with a country and a date within one month.")
        return
    chart = matrix_chart(rows, dark=widgets.is_dark(), chosen=keys[0] if kind == MONTH else "")
    st.altair_chart(
        chart,
        key="matrix",
        on_select=lambda: widgets.reselect(_take_cell),
        width="stretch",
        alt="Events by country and month",
    )


def _take_cell() -> None:
    cell = picked_cell(st.session_state.get("matrix", {}).get("selection"))
    widgets.choose(f"{MONTH}:{cell}" if cell else "")
