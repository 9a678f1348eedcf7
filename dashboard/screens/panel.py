"""The detail panel beside the map: one event with its sentences, a list of events at a spot, or an overview.

Takes the View; reads the selection from the session; draws.
"""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard import state
from dashboard.detail import detail_html, event_detail, list_html, said_html, sources_html
from dashboard.selected import heading_of, selected_events
from dashboard.summaries import row_of
from dashboard.view import View
from dashboard.widgets import act, choose, event_list, reselect
from dashboard.wording import number_text, plural
from geodata.filters import Filters
from geodata.frames import Snapshot

__all__ = ["detail_panel", "open_document"]


def detail_panel(view: View) -> None:
    """What is selected on the map, or an overview of what is shown."""
    kind, keys = state.selection(st.session_state)
    if kind == "event" and keys:
        _event_panel(view, keys[0])
    elif kind:
        _list_panel(view, selected_events(view, kind, keys), heading_of(view, kind, keys), kind, keys[0])
    elif view.counters.shown:
        _overview(view)


def _close() -> None:
    st.button(
        "Close", key="close_detail", type="tertiary", on_click=reselect, args=(choose, ""), icon=":material/close:"
    )


def _where(view: View, event_id: str) -> tuple[Snapshot, str]:
    """The snapshot that knows a selected event or report; of a report among events, the event it belongs to."""
    if event_id in view.titles:
        return view.snapshot, event_id
    told = view.base.claims
    merged = told.loc[told["claim_id"] == event_id, "event_id"]
    return view.base, str(merged.iloc[0]) if len(merged) else event_id


def _event_panel(view: View, event_id: str) -> None:
    snap, event_id = _where(view, event_id)
    event = row_of(snap.events, event_id)
    if event is None:
        st.caption("This event is no longer in the store.")
        _close()
        return
    detail = event_detail(event, snap.claims, snap.documents, snap.stops, titles=view.titles)
    _close()
    if view.of_ids([event_id]).empty:
        st.caption("Hidden by the filters at the moment.")
    st.html(detail_html(detail))
    documents = len({said.doc_id for said in detail.said})
    st.html(f"<p class='dl-head'>{_how_many(len(detail.said), documents, int(event['n_sources']))}</p>")
    if len(detail.said) > 1 and not detail.conflicts:  # otherwise it stands above, with the conflict
        st.html(sources_html(detail.said))
    for i, said in enumerate(detail.said[:12]):
        st.html(said_html(said))
        if st.button(
            "Show in the document", key=f"open_{i}_{said.claim_id}", type="tertiary", icon=":material/article:"
        ):
            open_document(said.doc_id, said.claim_id)
    if st.button("Review this event", key="review_this", type="tertiary", icon=":material/rule:"):
        merged = view.base.claims.loc[view.base.claims["claim_id"] == event_id, "event_id"]
        choose(f"event:{merged.iloc[0] if len(merged) else event_id}")
        st.switch_page("screens/review.py")
    if len(detail.said) > 12:
        st.caption(f"and {len(detail.said) - 12} more statements, in the table above")


def _how_many(statements: int, documents: int, independent: int) -> str:
    """'5 statements in 3 documents'; where documents repeat one source, how many sources that makes."""
    text = f"{plural(statements, 'statement')} in {plural(documents, 'document')}"
    return text if independent == documents else f"{text}, {plural(independent, 'independent source')}"


def open_document(doc_id: str, claim_id: str) -> None:
    """Show a sentence in its document."""
    st.session_state["document"], st.session_state["claim"] = doc_id, claim_id
    st.switch_page("screens/sources.py")


def _list_panel(view: View, events: pd.DataFrame, heading: str, kind: str, key: str) -> None:
    _close()
    st.html(list_html(events, heading))
    if kind in _FILTERED_BY and key not in getattr(view.filters, _FILTERED_BY[kind]):
        act(f"Show only {heading}", "only_this", _only, _FILTERED_BY[kind], key)
    event_list(events, key="panel")


#: kind of selection -> the filter that can be set from it
_FILTERED_BY = {"country": "country", "province": "admin1", "nationality": "nationality", "group": "group"}


def _only(field: str, value: str) -> None:
    st.session_state[state.WIDGETS[field]] = [value]


def _first_hint() -> None:
    """Three things to try, until it is closed."""
    if st.session_state["hint_seen"] or not st.session_state.get("parts"):
        return
    with st.container(key="firsthint"):
        st.html(
            "<p class='dl-head'>Three things to try</p><ol><li>Click a ring, a badge or a shaded country: the "
            "sentences behind it open here.</li><li>Drag over the timeline, or draw an area with ▱: only what lies in "
            "it stays.</li><li>Copy the address: it holds filters, layers and view for a colleague.</li></ol>"
        )
        st.button("Got it", key="hint_close", type="tertiary", on_click=reselect, args=(_hint_seen,))


def _hint_seen() -> None:
    st.session_state["hint_seen"] = True


def _overview(view: View) -> None:
    if view.filters == Filters():
        _first_hint()
    st.html("<section class='dl-detail' tabindex='0'><h2>What is shown</h2></section>")
    tiles = "".join(
        f"<div class='fig'><b>{escape(f.text)}</b><span>{escape(f.label)} · {escape(f.note)}</span></div>"
        for f in view.figures
    )
    if tiles:
        st.html(f"<section class='dl-detail'><div class='figs'>{tiles}</div></section>")
    for heading, field, rows in view.top_lists:
        if rows:
            st.html(f"<p class='dl-head'>{escape(heading)}</p>")
            with st.container(key=f"top_{field}"):
                for value, name, n in rows:
                    st.button(
                        f"{name} :gray[{number_text(n)}]",
                        key=f"top_{field}_{value}",
                        type="tertiary",
                        width="stretch",
                        on_click=reselect,
                        args=(choose, f"{field}:{value}"),
                    )
