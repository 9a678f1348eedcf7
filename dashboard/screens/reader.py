"""One document with everything found in it marked, brought to the sentence that was asked for.

Takes the View and a document's id; gives its head, its legend and a way to draw its text.  Used beside the list of
sources and in review.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.documents import document_head, hash_html
from dashboard.marked import Mark, claim_marks, date_marks, legend_html, marked_html, place_marks
from dashboard.view import View
from dashboard.wording import word

__all__ = ["Opened", "read_document"]

#: Brings the framed words into view; holds nothing of a document.
_TO_THE_SENTENCE = """<script>
(() => { const mark = document.querySelector(".dl-doc mark.here");
  let box = mark && mark.parentElement;            // only the text's own box moves, never the page
  while (box && !(box.scrollHeight > box.clientHeight + 4 && /auto|scroll/.test(getComputedStyle(box).overflowY)))
    box = box.parentElement;
  if (box && box !== document.documentElement)
    box.scrollTop += mark.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3; })();
</script>"""


@dataclass(frozen=True)
class Opened:
    """A document ready to be shown; `head` and `legend` are HTML, `text` is None where the store does not hold it."""

    head: str
    legend: str
    text: str | None
    marks: list[Mark]

    def draw(self, claim_id: str = "", *, labels: bool = False) -> None:
        """The marked text, the claim framed and in view; `labels` writes beside every mark what it was read as."""
        if self.text is None:
            st.html("<p class='dl-note'>The store does not hold the text of this document.</p>")
            return
        body = marked_html(self.text, self.marks, claim_id or None)
        st.html(f"<div class='dl-labelled'>{body}</div>" if labels else body)
        if claim_id:
            st.html(_TO_THE_SENTENCE, unsafe_allow_javascript=True)


@st.cache_data(show_spinner=False, max_entries=16)
def _marks(path: str, doc_id: str, version: str, _claims: pd.DataFrame, _published: object, _text: str) -> list[Mark]:
    day = None if pd.isna(_published) else pd.Timestamp(_published).date()  # type: ignore[arg-type]
    return claim_marks(_claims) + place_marks(data.document_mentions(path, doc_id)) + date_marks(_text, day)


def read_document(view: View, doc_id: str) -> Opened:
    """Text, marks, head and legend of a document."""
    path, snap = data.store_path(), view.base
    rows = snap.documents[snap.documents["doc_id"] == doc_id]
    if rows.empty:
        return Opened("<p class='dl-note'>The store does not hold this document any more.</p>", "", None, [])
    claims = snap.claims[snap.claims["doc_id"] == doc_id]
    head, text = document_head(rows.iloc[0], claims), data.document_text(path, doc_id)
    if not text:
        return Opened(head, "", None, [])
    version = f"{snap.version} {data.store_stamp(path)}"
    marks = _marks(path, doc_id, version, claims, rows.iloc[0]["published"], text)
    kinds = {k: f"{word('kind', k).lower()} stated" for k in ("incident", "arrest", "route")}
    return Opened(head + hash_html(doc_id, text), legend_html(marks, kinds), text, marks)
