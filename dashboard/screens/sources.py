"""The sources screen: documents with their numbers, and one document with all that was found in it marked."""

from __future__ import annotations

import streamlit as st

from dashboard import widgets
from dashboard.documents import document_table, statement_rows
from dashboard.screens.correct import correct_document
from dashboard.screens.reader import read_document
from dashboard.summaries import row_of
from dashboard.view import View

#: Widths in pixels that fit a page of 1440 beside the sidebar.
COLUMNS = {
    "Title": st.column_config.TextColumn(width=142),
    "Publisher": st.column_config.TextColumn(width=98),
    "Published": st.column_config.DateColumn(format="D MMM YYYY", width=92),
    "Statements": st.column_config.NumberColumn(width=80, help="Incidents, arrests and routes stated in the document"),
    "Shown": st.column_config.NumberColumn(width=58, help="Statements whose events the filters leave"),
    "Events": st.column_config.NumberColumn(width=58, help="Events that the statements were merged into"),
}


def document_list(view: View) -> None:
    """The documents; a chosen row opens beside them."""
    session, snap = st.session_state, view.snapshot
    table = document_table(snap.documents, snap.claims, view.kept["event_id"])
    st.html(f"<p class='dl-head'>{len(table)} documents</p>")
    picked = st.dataframe(
        table,
        hide_index=True,
        key="documents_table",
        on_select="rerun",
        selection_mode="single-row",
        height=min(430, 38 + 35 * len(table)),
        column_config=COLUMNS,
    )
    chosen = picked["selection"]["rows"]
    if chosen and chosen != session.get("last_document_row"):
        session["document"], session["claim"] = table.index[chosen[0]], ""
    session["last_document_row"] = chosen


def statements(view: View) -> None:
    """The statements of the open document: one frames its sentence, its event opens on the map."""
    session, snap = st.session_state, view.base
    rows = statement_rows(snap.claims[snap.claims["doc_id"] == session["document"]])
    if not rows:
        return
    ids = [claim for claim, _, _ in rows]
    words, events = {c: w for c, _, w in rows}, {c: e for c, e, _ in rows}
    at = ids.index(session["claim"]) if session["claim"] in ids else None
    session["claim"] = (
        st.selectbox("Statement", ids, index=at, format_func=words.__getitem__, placeholder="Go to a statement") or ""
    )
    event = row_of(snap.events, events.get(session["claim"]))
    if event is not None and st.button(f"Open its event: {event['title']}", key="open_event", icon=":material/map:"):
        widgets.choose(f"event:{event['event_id']}")
        st.switch_page("screens/map.py")


view, session = widgets.current(), st.session_state
left, right = st.columns([1.1, 1], gap="medium")
with left:
    document_list(view)
    if session["document"]:
        shown = read_document(view, session["document"])
        st.html(shown.head)
        rows = view.snapshot.documents[view.snapshot.documents["doc_id"] == session["document"]]
        if not rows.empty:
            correct_document(rows.iloc[0])
        statements(view)
        st.html(shown.legend)
        labels = st.toggle("Write beside every mark what it was read as", key="label_marks")
with right, st.container(height=690, border=False, key="tablepanel"):
    if session["document"]:
        shown.draw(session["claim"], labels=labels)
    else:
        st.html("<p class='dl-note'>Choose a document to read it with all that was found in it marked.</p>")
widgets.write_address(view.filters)
