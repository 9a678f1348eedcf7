"""The screen of what changed: between two states of the store, as a table, on the map, and marked for the briefing."""

from __future__ import annotations

import datetime as dt
from html import escape
from typing import Any

import streamlit as st

from dashboard import data, state, widgets
from dashboard.changed import changed_payload, changes_table, counts_words, state_words, within
from dashboard.comparison import BRIEFING, compare, kept_states, mark_briefed
from dashboard.screens.panel import detail_panel
from dashboard.view import View

HEIGHT_PX = 300
A_DAY = "since a date"


def choices() -> tuple[Any, Any]:
    """(since, until): a mark's number, a day, or None for now; asked in one line."""
    known = {k.id: state_words(k.name, k.at) for k in reversed(kept_states(data.store_path()))}
    named = [k.id for k in kept_states(data.store_path()) if k.name == BRIEFING]
    with st.container(horizontal=True, vertical_alignment="bottom", key="changesline"):
        options = [*known, A_DAY]
        first = options.index(named[-1]) if named else len(options) - 1
        since = st.selectbox(
            "What changed since",
            options,
            first,
            key="changes_since",
            format_func=lambda v: known.get(v, str(v)),
            width=270,
        )
        if since == A_DAY:
            since = st.date_input(
                "Day", dt.date.today() - dt.timedelta(days=7), key="changes_day", format="DD.MM.YYYY", width=150
            )
        until = st.selectbox(
            "until", [0, *known], key="changes_until", format_func=lambda v: known.get(v, "now"), width=270
        )
        st.button("Mark this state as briefed", key="changes_mark", on_click=_mark, type="primary")
    return since, until or None


def _mark() -> None:
    problem = mark_briefed(data.store_path())
    st.session_state["changes_said"] = problem or f"Marked as “{BRIEFING}”: changes count from here on."
    if not problem:
        st.session_state.pop("changes_since", None)


def main() -> None:
    """One run of the screen."""
    view, session = widgets.current(events_only=True), st.session_state
    state.select(session, session.get("changesmap"))
    left, right = st.columns([3, 1], gap="medium")
    with left:
        since, until = choices()
        if said := session.pop("changes_said", ""):
            st.html(f"<p class='dl-done' role='status'>{escape(said)}</p>")
        found = compare(data.store_path(), since, until, view.base.version)
        if isinstance(found, str):
            st.warning(found)
        else:
            rows = within(found.rows, view.kept["event_id"])
            st.html(f"<p class='dl-count'><b>{counts_words(rows)}</b> between {found.since} and {found.until}</p>")
            table_and_map(view, rows)
    with right, st.container(height=680, border=False, key="tablepanel"):
        detail_panel(view)
    widgets.write_address(state.filters_of(session))


def table_and_map(view: View, rows: Any) -> None:
    """The changed events on the map, and every change with before and after."""
    if rows.empty:
        st.html("<p class='dl-note'>No event is new, revised, merged, withdrawn or moved between the two.</p>")
        return
    kind, keys = state.selection(st.session_state)
    payload = changed_payload(
        rows,
        view,
        shape_of=data.province_shape,
        selected=keys[0] if kind == "event" else None,
    )
    with st.container(key="changesmap_box"):
        widgets.show_map(payload, key="changesmap", height=HEIGHT_PX)
    table = changes_table(rows)
    picked = st.dataframe(
        table,
        hide_index=True,
        key="changes_table",
        on_select="rerun",
        selection_mode="single-row",
        height=min(300, 38 + 35 * len(table)),
        column_config={
            "Change": st.column_config.TextColumn(width=80),
            "Event": st.column_config.TextColumn(width=210),
            "What": st.column_config.TextColumn(width=255),
            "Before": st.column_config.TextColumn(width=120),
            "Now": st.column_config.TextColumn(width=120),
        },
    )
    chosen = picked["selection"]["rows"]
    if chosen and chosen != st.session_state.get("last_change"):
        widgets.choose(f"event:{rows['into'].iloc[chosen[0]] or table.index[chosen[0]]}")
    st.session_state["last_change"] = chosen


main()
