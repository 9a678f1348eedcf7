"""The map screen: map with its layers, detail panel beside it, timeline below."""

from __future__ import annotations

import streamlit as st

from dashboard import data, state, widgets
from dashboard.charts import brushed_dates, timeline_chart, timeline_rects, timeline_words
from dashboard.map_view import MapOptions, map_payload
from dashboard.screens.panel import detail_panel
from dashboard.summaries import best_freq, time_window, timeline_counts, timeline_spans

#: Until the page has said how high its window is (theme.css), and for tests.
HEIGHT_PX = 530


@st.fragment
def map_and_panel() -> None:
    """Map and panel; a click reruns only this."""
    view, session = widgets.current(), st.session_state
    state.select(session, session.get("map"))
    widgets.write_address(view.filters)
    left, right = st.columns([3, 1], gap="medium")
    with left:
        options = MapOptions(session["shade_by"], session["size_by"], session["show_routes"])
        kind, keys = state.selection(session)
        payload = map_payload(
            view.kept,
            view.snapshot.stops,
            options,
            names=dict(view.names),
            shape_of=data.province_shape,
            selected=keys[0] if kind == "event" else None,
        )
        widgets.show_map(payload, key="map", height=HEIGHT_PX)
    with right, st.container(height=HEIGHT_PX, border=False, key="mappanel"):
        if view.kept.empty:
            widgets.widen_offer(view)
        detail_panel(view)


@st.fragment
def timeline() -> None:
    """Stacked bars and pale spans; a brush sets the dates."""
    view = widgets.current()
    if view.kept.empty:
        return
    asked = (view.filters.date_from, view.filters.date_to)
    window = time_window(view.kept, asked)
    span = (window.first, window.last)
    freq = best_freq(view.kept, span)
    rects = timeline_rects(timeline_counts(view.kept, freq=freq), timeline_spans(view.kept, freq=freq))
    widgets.timeline_head(freq, view, window.note())
    if not rects.empty:
        chart = timeline_chart(rects, dark=widgets.is_dark(), within=span)
        st.altair_chart(chart, key="timeline", on_select="rerun", width="stretch", alt=timeline_words(rects))
        selection = st.session_state.get("timeline", {}).get("selection")
        widgets.take_brush(brushed_dates(selection, st.context.timezone_offset or 0))


map_and_panel()
timeline()
