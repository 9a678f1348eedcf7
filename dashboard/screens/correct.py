"""A small form to correct what is known of a document: title, publisher, day of issue, address."""

from __future__ import annotations

import getpass
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import adding, data
from geodata.errors import GeodataError
from geodata.known import corrections

__all__ = ["correct_document"]


@st.cache_resource(show_spinner=False)
def _chain() -> Any:
    from geodata.chain import Chain

    return Chain()


def correct_document(row: pd.Series) -> None:
    """A button that opens the form; the document is then read again by what was entered.  row : of DOCUMENTS"""
    doc_id = str(row["doc_id"])
    with st.popover("Correct title, day or publisher"), st.form(f"correct_{doc_id}", border=False):
        values = {
            "title": st.text_input("Title", _text(row["title"]), max_chars=500),
            "publisher": st.text_input("Publisher", _text(row["publisher"]), max_chars=200),
            "published": st.date_input("Published", _day(row["published"]), format="YYYY-MM-DD"),
            "url": st.text_input("Address", _text(row["url"]), max_chars=2000),
        }
        who = st.text_input("Signed by", st.session_state.get("reviewer") or getpass.getuser(), max_chars=60)
        st.caption("What the article says of itself is kept, and reading its file again does not undo this.")
        if st.form_submit_button("Save and read again", type="primary"):
            _save(doc_id, {k: _text(v) for k, v in values.items()}, who)
        for one in _history(doc_id):
            said = ", ".join(f"{k}: {one['old'][k] or 'not known'} → {v or 'not known'}" for k, v in one["new"].items())
            st.caption(f"{one['at'][:10]} {one['who']}: {said}".replace("[", "\\["))


def _text(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value)


def _day(value: Any) -> Any:
    return None if pd.isna(value) else pd.Timestamp(value).date()


def _history(doc_id: str) -> list[dict[str, Any]]:
    try:
        with data.opened(data.store_path()) as store:
            return corrections(store, doc_id)
    except GeodataError:
        return []


def _save(doc_id: str, values: dict[str, str], who: str) -> None:
    with st.spinner("Reading it again …"):
        problem = adding.save_correction(data.store_path(), _chain(), doc_id, values, who.strip() or getpass.getuser())
    if problem:
        st.warning(problem)
    else:
        st.rerun()
