"""The map screen: map with its layers, detail panel beside it, timeline below."""

from __future__ import annotations

import streamlit as st

from dashboard import data, state, widgets
from dashboard.map_view import map_payload
from dashboard.screens.below import below
from dashboard.screens.panel import detail_panel
from dashboard.selected import MOST, selected_events

#: Until the page has said how high its window is (theme.css), and for tests.
HEIGHT_PX = 530


@st.fragment(key="map")
def map_frame() -> None:
    """The map; a filter draws it anew in the frame that is there."""
    view, session = widgets.current(), st.session_state
    state.select(session, session.get("map"))
    widgets.write_address(view.filters)
    kind, keys = state.selection(session)
    chosen = selected_events(view, kind, keys)["event_id"].head(MOST).tolist()
    place = keys[0] if kind in ("country", "province") else ""
    options = state.map_options(session)
    payload = map_payload(view, options, shape_of=data.province_shape, chosen=chosen, place=place)
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


left, right = st.columns([3, 1], gap="medium")
with left:
    map_frame()
with right:
    panel()
below()
