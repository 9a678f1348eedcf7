"""The review screen: a queue in the order that matters, the open event with what can be done, and its document."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import data, state, widgets
from dashboard.detail import Detail, event_detail, facts_html, head_html
from dashboard.review_queue import reasons, review_queue
from dashboard.review_work import decided_text, past_of, rejected_events, seen_now
from dashboard.screens.reader import read_document
from dashboard.screens.review_bar import PANES, act, ask_name, bar, decision, open_event, quiet, said
from dashboard.screens.review_correct import correct_pane
from dashboard.screens.review_log import log_menu
from dashboard.screens.review_panes import history_pane, merge_pane, sources_pane
from dashboard.summaries import row_of
from dashboard.view import View
from dashboard.wording import plural

#: So many of the queue are listed at once; the rest follows as these are decided.
LISTED = 25


def opened(view: View, queue: pd.DataFrame) -> dict[str, Any] | None:
    """The event of the address, else the first of the queue; None where neither is there."""
    session = st.session_state
    kind, keys = state.selection(session)
    if kind == "event":
        event = row_of(view.snapshot.events, keys[0])
        if event is None:
            _gone(keys[0])
        return event
    if queue.empty:
        return None
    open_event(queue["event_id"].iloc[0])
    return row_of(view.snapshot.events, queue["event_id"].iloc[0])


def _gone(event_id: str) -> None:
    past = past_of(data.store_path(), event_id).decisions
    last = f" {past[-1].who} {decided_text(past[-1])} ({past[-1].at[:16].replace('T', ' ')} UTC)." if past else ""
    st.info(f"This event is no longer in the list.{last} Undo takes a decision of yours back; Next goes on.")


def queue_list(queue: pd.DataFrame, now: str | None, decided: int) -> None:
    """The queue as buttons, each with its reason and a tick for accepting many at once."""
    st.html(
        f"<p class='dl-head'>{plural(len(queue), 'event')} to review</p>"
        f"<p class='dl-note'>{decided} decided on already</p>"
    )
    ticked = [e for e in queue["event_id"].head(LISTED) if st.session_state.get(f"tick_{e}")]
    st.button(
        f"Accept the {len(ticked)} ticked" if ticked else "Accept all ticked",
        key="review_bulk",
        disabled=not ticked,
        on_click=_accept_ticked,
        args=(ticked,),
    )
    with st.container(key="reviewqueue", height=560, border=False):
        for row in queue.head(LISTED).to_dict("records"):
            with st.container(horizontal=True, gap="small", vertical_alignment="top"):
                st.checkbox(f"Tick {row['title']}", key=f"tick_{row['event_id']}", label_visibility="collapsed")
                with st.container(gap=None):
                    st.button(
                        f"{row['title']} · {row['when']}",
                        key=f"rvq_{row['event_id']}",
                        type="tertiary",
                        icon=":material/chevron_right:" if row["event_id"] == now else None,
                        on_click=open_event,
                        args=(row["event_id"],),
                    )
                    st.html(
                        f"<p class='dl-why'>{escape(row['why'])}</p>"
                        if row["why"]
                        else "<p class='dl-note'>nothing stands out</p>"
                    )
        if len(queue) > LISTED:
            quiet(f"and {len(queue) - LISTED} more after these")


def _accept_ticked(ids: list[str]) -> None:
    act([decision("accept", e) for e in ids], f"Accepted {plural(len(ids), 'event')}.")
    for e in ids:
        st.session_state[f"tick_{e}"] = False


def event_column(view: View, event: dict[str, Any], claims: pd.DataFrame, detail: Detail) -> None:
    """What the event is, why it is here, and the pane that is open."""
    session, past = st.session_state, past_of(data.store_path(), event["event_id"])
    pane_now = session["review_pane"]
    why = "; ".join(words for _, words in reasons(event))
    if why and not (detail.conflicts and pane_now == "Sources"):  # there the conflict stands with its sources
        st.html(f"<p class='dl-why head'>{escape(why[0].upper() + why[1:])}</p>")
    st.html(head_html(detail))
    pane = st.segmented_control("What to do", PANES, key="review_pane", label_visibility="collapsed", required=True)
    if pane == "Correct":
        sources = {s.claim_id: f"{s.source}: “{s.quote[:40]}…”" for s in detail.said}
        correct_pane(view, event, claims, sources)
    elif pane == "Merge or split":
        merge_pane(view, event, detail)
    elif pane == "History":
        history_pane(past, event["event_id"])
    else:
        st.html(facts_html(detail))
        sources_pane(detail)


def document_column(view: View, detail: Detail) -> None:
    """The statement's document, brought to its sentence."""
    session = st.session_state
    ids = [s.claim_id for s in detail.said]
    if session["claim"] not in ids:
        session["claim"] = ids[0]
    said_by = next(s for s in detail.said if s.claim_id == session["claim"])
    document = read_document(view, said_by.doc_id)
    st.html(document.head + document.legend)
    with st.container(height=520, border=False, key="reviewdoc"):
        document.draw(session["claim"])


def main() -> None:
    """One run of the screen."""
    if not ask_name():
        return
    session, view = st.session_state, widgets.current(events_only=True)
    queue = review_queue(view.kept, later=session["review_later"], words=LISTED)
    session["review_order"], session["review_seen"] = list(queue["event_id"]), seen_now(data.store_path())
    event = opened(view, queue)
    at = (
        session["review_order"].index(event["event_id"]) + 1
        if event and not event["review"] and event["event_id"] in session["review_order"]
        else None
    )
    bar(event["event_id"] if event else None, event["title"] if event else "", f"{at} of {len(queue)}" if at else "")
    said()
    left, middle, right = st.columns([0.8, 1.25, 1.15], gap="medium")
    with left:
        gone = rejected_events(data.store_path()) - set(view.snapshot.events["event_id"])
        queue_list(queue, event["event_id"] if event else None, len(view.kept) - len(queue) + len(gone))
        log_menu()
    if event is None:
        with middle:
            widgets.message("Nothing waits for review.", "Every event that the filters leave has been decided on.")
        return
    claims = view.snapshot.claims[view.snapshot.claims["event_id"] == event["event_id"]]
    snap = view.snapshot
    detail = event_detail(event, snap.claims, snap.documents, snap.stops, titles=view.titles)
    with middle, st.container(height=640, border=False, key="reviewevent"):
        event_column(view, event, claims, detail)
    with right:
        document_column(view, detail)
    widgets.write_address(state.filters_of(session))


main()
