"""The table screen: the map's events as sortable rows; a chosen row opens beside it."""

from __future__ import annotations

import streamlit as st

from dashboard import widgets
from dashboard.screens.panel import detail_panel
from dashboard.tables import MOST_ROWS, TABLE_COLUMNS, event_table
from dashboard.wording import number_text, plural

SHORT = [
    "Event",
    "When",
    "Place",
    "Country",
    "Known to",
    "Killed",
    "Arrested",
    "People",
    "Nationality as reported",
    "Certainty",
    "Sources",
    "Sources differ on",
]

view = widgets.current()
rows = event_table(view.snapshot.events.iloc[view.selection.rows(MOST_ROWS, newest=True)])
more = f", the newest of {number_text(view.counters.shown)}" if len(rows) < view.counters.shown else ""
left, right = st.columns([3, 1], gap="medium")
with left:
    if rows.empty:
        widgets.widen_offer(view)
    else:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(
                f"<p class='dl-head'>{plural(len(rows), view.unit)}{more}; click a column to sort</p>", width="stretch"
            )
            with st.popover("Columns", icon=":material/view_column:"):
                columns = st.pills(
                    "Columns of the table", TABLE_COLUMNS, default=SHORT, selection_mode="multi", key="table_columns"
                )
            st.download_button(
                "Download CSV",
                lambda: event_table(view.kept).to_csv().encode("utf-8-sig"),
                "dateline-events.csv",
                "text/csv",
            )
        picked = st.dataframe(
            rows,
            hide_index=True,
            column_order=[c for c in TABLE_COLUMNS if c in (columns or SHORT)],
            height=min(620, 38 + 35 * len(rows)),
            key="events_table",
            on_select="rerun",
            selection_mode="single-row",
        )
        chosen = picked["selection"]["rows"]
        if chosen and chosen != st.session_state.get("last_row"):
            widgets.choose(f"event:{rows.index[chosen[0]]}")
        st.session_state["last_row"] = chosen
with right, st.container(height=680, border=False, key="tablepanel"):
    detail_panel(view)
widgets.write_address(view.filters)
