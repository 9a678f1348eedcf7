"""The routes screen: from where to where, as a matrix and as a list of legs with their sentences."""

from __future__ import annotations

import streamlit as st

from dashboard import widgets
from dashboard.flows import leg_rows, matrix_html
from dashboard.legs import legs_frame, matrix
from dashboard.screens.panel import detail_panel

view = widgets.current()
routes = view.kept[view.kept["kind"] == "route"]
legs = legs_frame(view.snapshot.stops, routes["event_id"])
left, right = st.columns([3, 1], gap="medium")
with left:
    if routes.empty:
        widgets.widen_offer(view)
    else:
        st.html("<p class='dl-head'>Routes from country (rows) to country (columns)</p>")
        st.html(matrix_html(matrix(legs, dict(view.names))))
        without = len(routes) - legs["event_id"].nunique()
        st.html(
            f"<p class='dl-note'>{legs['event_id'].nunique()} routes with two or more placed stops; "
            f"{without} more name only one place or none and are not in this table.</p>"
        )
        table = leg_rows(legs, routes)
        st.html("<p class='dl-head'>Legs, as stated</p>")
        picked = st.dataframe(
            table,
            hide_index=True,
            key="legs_table",
            on_select="rerun",
            selection_mode="single-row",
            height=min(420, 38 + 35 * len(table)),
        )
        chosen = picked["selection"]["rows"]
        if chosen and chosen != st.session_state.get("last_leg"):
            widgets.choose(f"event:{table.index[chosen[0]]}")
        st.session_state["last_leg"] = chosen
with right, st.container(height=680, border=False, key="tablepanel"):
    detail_panel(view)
widgets.write_address(view.filters)
