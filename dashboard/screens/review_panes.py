"""Review: what the sources say, merging and splitting by hand, and the history of an event.

Each pane takes the View and the open event; decisions go through `review_bar.act`.
"""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.detail import Detail, said_html
from dashboard.review_queue import suggestions
from dashboard.review_work import Past, decided_text, take_back
from dashboard.screens.review_bar import act, decision, open_event, quiet, say
from dashboard.view import View
from dashboard.wording import date_text, number_text, plural

__all__ = ["history_pane", "merge_pane", "sources_pane"]


def sources_pane(detail: Detail) -> None:
    """Every statement with its buttons: show it in its document, reject it alone, split it off."""
    several = len(detail.said) > 1
    for i, said in enumerate(detail.said):
        st.html(said_html(said))
        with st.container(horizontal=True, gap="small"):
            st.button("Show", key=f"rv_show_{i}", type="tertiary", on_click=_show, args=(said.claim_id,))
            if several:
                st.button(
                    "Reject this statement",
                    key=f"rv_no_{i}",
                    type="tertiary",
                    on_click=_reject_claim,
                    args=(said.claim_id, said.source),
                )
                st.button(
                    "Split off: another event",
                    key=f"rv_split_{i}",
                    type="tertiary",
                    on_click=_split,
                    args=(detail.event_id, [said.claim_id]),
                )


def _show(claim_id: str) -> None:
    st.session_state["claim"] = claim_id


def _reject_claim(claim_id: str, source: str) -> None:
    act([decision("reject", claim_id, kind="claim")], f"Rejected the statement in {source}; the others stay.")


def _split(event_id: str, claims: list[str]) -> None:
    act([decision("split", event_id, new=claims)], f"Split {plural(len(claims), 'statement')} off as another event.")


def merge_pane(view: View, event: dict[str, Any], detail: Detail) -> None:
    """Events near in time and place, or found by words, each with a button that merges it into this one; splitting."""
    if len(detail.said) > 1:
        words_of = {s.claim_id: f"{s.source}: “{s.quote}”" for s in detail.said}
        key = f"rv_leave_{event['event_id']}"
        leave = st.multiselect(
            "Statements of another event", list(words_of), format_func=words_of.__getitem__, key=key, placeholder="None"
        )
        st.button(
            f"Split {plural(len(leave), 'statement')} off" if leave else "Split off",
            key="rv_split",
            disabled=not 0 < len(leave) < len(words_of),
            on_click=_split,
            args=(event["event_id"], leave),
        )
    words = st.text_input(
        "Search another event", key=f"rv_words_{event['event_id']}", placeholder="Words of its title, place or sentence"
    )
    rows = suggestions(view.snapshot.events, event["event_id"], words)
    if rows.empty:
        quiet(f"No event holds “{words}”." if words else "No event of this kind is near in time and place.")
    for i, row in enumerate(rows.to_dict("records")):
        with st.container(border=True):
            st.html(_other_html(row))
            with st.container(horizontal=True, gap="small"):
                st.button(
                    "The same event: merge",
                    key=f"rv_merge_{i}",
                    on_click=_merge,
                    args=(event["event_id"], row["event_id"], row["title"]),
                )
                st.button("Open it", key=f"rv_open_{i}", type="tertiary", on_click=open_event, args=(row["event_id"],))


def _other_html(row: dict[Any, Any]) -> str:
    when = date_text(row["date_start"], row["date_end"], row["date_precision"])
    apart = [
        "" if pd.isna(row["days"]) else "same time" if row["days"] == 0 else f"{plural(int(row['days']), 'day')} apart",
        "" if pd.isna(row["km"]) else "same place" if row["km"] < 1 else f"{number_text(round(row['km']))} km apart",
    ]
    near = ", ".join(a for a in apart if a)
    return (
        f"<p class='dl-other'><b>{escape(row['title'])}</b> · {escape(when)}"
        f"<small>{escape(near)}{' · ' if near else ''}{plural(int(row['n_sources']), 'source')}</small>"
        f"<q>{escape(row['text'][:240])}</q></p>"
    )


def _merge(event_id: str, other: str, title: str) -> None:
    act([decision("merge", event_id, new=[other])], f"Merged with: {title}")


def history_pane(past: Past, event_id: str) -> None:
    """Who decided what and when, newest first; what is in force can be taken back, also by others."""
    if not past.decisions:
        quiet("Nobody has decided on this event yet.")
    for d in reversed(past.decisions):
        live = d.seq in past.in_force
        note = f"<q>{escape(d.note)}</q>" if d.note else ""
        gone = "" if live or d.action in ("undo", "note") else " <i>(taken back)</i>"
        st.html(
            f"<p class='dl-decision{' gone' if gone else ''}'><b>{escape(d.who)}</b> {escape(decided_text(d))}{gone}"
            f"<small>{escape(d.at[:16].replace('T', ' '))} UTC · no. {d.seq}</small>{note}</p>"
        )
        if live and d.seq is not None:
            st.button(
                f"Take back no. {d.seq}",
                key=f"rv_back_{d.seq}",
                type="tertiary",
                on_click=_back,
                args=(d.seq, event_id),
            )
    st.button(
        "Add the note above without deciding",
        key="rv_note",
        on_click=_note,
        args=(event_id,),
        disabled=not str(st.session_state.get("review_note") or "").strip(),
    )


def _back(seq: int, event_id: str) -> None:
    session = st.session_state
    problem = take_back(data.store_path(), [seq], session["reviewer"])
    session["review_mine"] = [(seqs, e) for seqs, e in session["review_mine"] if seq not in seqs]
    say("error" if problem else "success", problem or f"Took back decision {seq}.")


def _note(event_id: str) -> None:
    act([decision("note", event_id)], "The note is in the history.")
