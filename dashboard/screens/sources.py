"""The sources screen: documents with their numbers, and one document with the words of its statements marked."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import data, widgets
from dashboard.documents import document_html, document_label, document_table

view, session = widgets.current(), st.session_state
snap = view.snapshot
table = document_table(snap.documents, snap.claims, view.kept["event_id"])
left, right = st.columns([1.25, 1], gap="medium")
with left:
    st.html(f"<p class='dl-head'>{len(table)} documents</p>")
    picked = st.dataframe(
        table,
        hide_index=True,
        key="documents_table",
        on_select="rerun",
        selection_mode="single-row",
        height=min(640, 38 + 35 * len(table)),
        column_config={
            "Title": st.column_config.TextColumn(width="medium"),
            "Publisher": st.column_config.TextColumn(width="small"),
            "Published": st.column_config.DateColumn(format="D MMM YYYY"),
            "Address": st.column_config.LinkColumn(),
        },
    )
    chosen = picked["selection"]["rows"]
    if chosen and chosen != session.get("last_document_row"):
        session["document"], session["claim"] = table.index[chosen[0]], ""
    session["last_document_row"] = chosen
with right, st.container(height=690, border=False, key="tablepanel"):
    rows = snap.documents[snap.documents["doc_id"] == session["document"]]
    if rows.empty:
        st.html("<p class='dl-note'>Choose a document to read it with its statements marked.</p>")
    else:
        text = data.document_text(data.store_path(), session["document"])
        claims = snap.claims[snap.claims["doc_id"] == session["document"]]
        st.html(f"<section class='dl-detail'><h2>{escape(document_label(rows.iloc[0]))}</h2></section>")
        st.html(widgets.kind_key(claims["kind"]))
        st.html(
            document_html(text, claims, session["claim"])
            if text
            else "<p class='dl-note'>The store does not hold the text of this document.</p>"
        )
widgets.write_address(view.filters)
