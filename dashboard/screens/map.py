"""The map screen: map with its layers, detail panel beside it, timeline below."""

from __future__ import annotations

import streamlit as st

from dashboard import data, state, widgets
from dashboard.charts import timeline_chart, timeline_rects, timeline_words
from dashboard.map_view import map_payload
from dashboard.screens.panel import detail_panel
from dashboard.summaries import best_freq, time_window, timeline_counts, timeline_spans

#: Until the page has said how high its window is (theme.css), and for tests.
HEIGHT_PX = 530


@st.fragment(key="map")
def map_frame() -> None:
    """The map; a filter draws it anew in the frame that is there."""
    view, session = widgets.current(), st.session_state
    state.select(session, session.get("map"))
    widgets.write_address(view.filters)
    kind, keys = state.selection(session)
    chosen = keys[0] if kind == "event" else None
    payload = map_payload(view, state.map_options(session), shape_of=data.province_shape, selected=chosen)
    widgets.show_map(payload, key="map", height=HEIGHT_PX)


@st.fragment(key="panel")
def panel() -> None:
    """What is selected; a click on the map draws only this and the timeline."""
    view = widgets.current()
    widgets.write_address(view.filters)
    with st.container(height=HEIGHT_PX, border=False, key="mappanel"):
        if not view.counters.shown:
            widgets.widen_offer(view)
        detail_panel(view)


@st.fragment(key="below")
def timeline() -> None:
    """Stacked bars and pale spans; a brush sets the dates."""
    view = widgets.current()
    if not view.counters.shown:
        return
    asked = (view.filters.date_from, view.filters.date_to)
    window = time_window(view.intervals, asked)
    span = (window.first, window.last)
    freq = best_freq(view.intervals, span)
    rects = timeline_rects(timeline_counts(view.intervals, freq=freq), timeline_spans(view.intervals, freq=freq))
    widgets.timeline_head(freq, view, window.note())
    if not rects.empty:
        chart = timeline_chart(rects, dark=widgets.is_dark(), within=span)
        st.altair_chart(chart, key="timeline", on_select=widgets.take_brush, width="stretch", alt=timeline_words(rects))


left, right = st.columns([3, 1], gap="medium")
with left:
    map_frame()
with right:
    panel()
timeline()
