"""The detail panel beside the map: one event with its sentences, a list of events at a spot, or an overview.

Takes the View; reads the selection from the session; draws.
"""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard import state
from dashboard.detail import detail_html, event_detail, list_html, said_html, sources_html
from dashboard.summaries import row_of
from dashboard.view import View
from dashboard.widgets import act, choose, event_list, reselect
from dashboard.wording import plural
from geodata.frames import Snapshot

__all__ = ["detail_panel", "open_document"]


def detail_panel(view: View) -> None:
    """What is selected on the map, or an overview of what is shown."""
    kind, keys = state.selection(st.session_state)
    if kind == "event" and keys:
        _event_panel(view, keys[0])
    elif kind in ("list", "legs"):
        _list_panel(view, view.of_ids(keys), "Routes of this line" if kind == "legs" else "Events here")
    elif kind == "area":
        _list_panel(view, view.in_area(keys[0]), keys[0].split("/")[1])
    elif kind == "coarse":
        _list_panel(view, view.in_coarse(keys[0]), f"{view.names.get(keys[0], keys[0])}, no town named")
    elif kind == "country":
        _list_panel(view, view.in_country(keys[0]), view.names.get(keys[0], keys[0]), country=keys[0])
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


def _list_panel(view: View, events: pd.DataFrame, heading: str, country: str | None = None) -> None:
    _close()
    st.html(list_html(events, heading))
    if country and country not in view.filters.country:
        act(f"Show only {heading}", "only_country", _only, "country", country)
    event_list(events, key="panel")


def _only(field: str, value: str) -> None:
    st.session_state[state.WIDGETS[field]] = [value]


def _overview(view: View) -> None:
    st.html("<section class='dl-detail' tabindex='0'><h2>What is shown</h2></section>")
    tiles = "".join(
        f"<div class='fig'><b>{escape(f.text)}</b><span>{escape(f.label)} · {escape(f.note)}</span></div>"
        for f in view.figures
    )
    if tiles:
        st.html(f"<section class='dl-detail'><div class='figs'>{tiles}</div></section>")
    for heading, rows in view.tops:
        if rows:
            items = "".join(f"<li><span>{escape(name)}</span><b>{n}</b></li>" for name, n in rows)
            st.html(f"<p class='dl-head'>{escape(heading)}</p><ul class='dl-list'>{items}</ul>")
    st.html(
        "<p class='dl-note'>Click a mark, a line or a shaded country to see its sentences. "
        "Type a date or pick a country on the left. The address keeps it all: paste it to a colleague.</p>"
    )
