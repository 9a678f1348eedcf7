"""Review: the reviewer's name, the bar of decisions with their keys, and what is said after each.

Reads and writes the names `review_*` of the session; every decision goes through `act`.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard import data, state, widgets
from dashboard.review_work import perform, take_back, told
from dashboard.wording import plural
from geodata.reviews import Decision

__all__ = ["act", "ask_name", "bar", "decision", "open_event", "quiet", "said", "say", "step"]

PANES = ("Sources", "Correct", "Merge or split", "History")


def ask_name() -> bool:
    """Whether the reviewer has said who they are; asks where not."""
    if st.session_state["reviewer"]:
        return True
    with st.container(key="signin"):
        widgets.message("Who reviews?", "Every decision is signed with your name and dated; nothing is overwritten.")
        with st.form("reviewer_form", border=False):
            name = st.text_input("Your name", key="reviewer_name", max_chars=60)
            if st.form_submit_button("Begin", type="primary") and name.strip():
                st.session_state["reviewer"] = " ".join(name.split())
                st.rerun()
    return False


def decision(action: str, target: str, *, kind: str = "event", **rest: object) -> Decision:
    """A decision of this reviewer with the note that stands beside the bar."""
    session = st.session_state
    note = str(session.get("review_note") or "").strip()
    return Decision(session["reviewer"], action, kind, target, note=note, **rest)  # type: ignore[arg-type]


def act(decisions: Sequence[Decision], done: str, *, leave: bool = False) -> None:
    """Write decisions; `leave` goes on to the next event of the queue."""
    session = st.session_state
    came = perform(data.store_path(), decisions, session.get("review_seen"))
    if isinstance(came, str):
        say("error", came)
        return
    session["review_mine"].append(([o.seq for o in came], session["selection"]))
    session["review_note"] = ""
    others = told(came, session["reviewer"])
    say("warning" if others else "success", others or done)
    if leave and not others:  # after a conflict the event stays in view
        step(1)


def say(how: str, text: str) -> None:
    """One line for the reviewer, shown on the next drawing."""
    st.session_state["review_said"] = (how, text)


def said() -> None:
    """The line that the last decision left: error and conflict stay in view, success is quiet."""
    how, text = st.session_state.pop("review_said", ("", ""))
    line = st.container()  # always there, so that what follows keeps its place on the page
    if how == "error":
        line.error(text)
    elif how == "warning":
        line.warning(text)
    elif text:
        line.html(f"<p class='dl-done' role='status'>✓ {escape(text)}</p>")


def quiet(text: str) -> None:
    """A remark in small type."""
    st.html(f"<p class='dl-note'>{escape(text)}</p>")


def open_event(event_id: str) -> None:
    """Show an event for review."""
    widgets.choose(f"event:{event_id}" if event_id else "")
    st.session_state["claim"] = ""


def step(by: int) -> None:
    """To the event before or after the open one in the queue; from outside it, to the first."""
    order, now = st.session_state.get("review_order", []), state.selection(st.session_state)[1]
    at = order.index(now[0]) if now and now[0] in order else None
    to = 0 if at is None else at + by
    if order:
        open_event(order[min(max(to, 0), len(order) - 1)])


def _skip(event_id: str) -> None:
    step(1)
    later = st.session_state["review_later"]
    st.session_state["review_later"] = [e for e in later if e != event_id] + [event_id]
    say("", "")


def _undo() -> None:
    session = st.session_state
    seqs, opened = session["review_mine"].pop()
    problem = take_back(data.store_path(), seqs, session["reviewer"])
    widgets.choose(opened)
    last = "your last decision" if len(seqs) == 1 else f"your last {plural(len(seqs), 'decision')}"
    say("error" if problem else "success", problem or f"Took back {last}.")


def _pane(name: str) -> None:
    st.session_state["review_pane"] = name


def bar(event_id: str | None, title: str, place_in_queue: str) -> None:
    """Buttons with their keys; the keys are written on them."""
    none = event_id is None
    drawn = st.session_state["review_drawn"] = st.session_state.get("review_drawn", 0) + 1
    target = event_id or ""
    with st.container(horizontal=True, key="reviewbar", vertical_alignment="center", gap="small"):
        st.button(
            "Accept",
            key="review_accept",
            shortcut="A",
            type="primary",
            disabled=none,
            on_click=_accept,
            args=(target, title, drawn),
        )
        st.button(
            "Reject", key="review_reject", shortcut="X", disabled=none, on_click=_reject, args=(target, title, drawn)
        )
        st.button("Edit", key="review_edit", shortcut="E", disabled=none, on_click=_pane, args=("Correct",))
        st.button("Skip", key="review_skip", shortcut="S", disabled=none, on_click=_skip, args=(target,))
        st.button("Undo", key="review_undo", shortcut="U", disabled=not st.session_state["review_mine"], on_click=_undo)
        st.button("Previous", key="review_back", shortcut="P", on_click=step, args=(-1,))
        st.button("Next", key="review_next", shortcut="N", on_click=step, args=(1,))
        st.html(f"<p class='dl-note'>{place_in_queue}</p>", width="content")
        st.text_input(
            "Note",
            key="review_note",
            placeholder="Note to the next decision",
            label_visibility="collapsed",
            max_chars=4000,
        )


def _too_fast(drawn: int) -> bool:
    """Whether a key came again before the next event was on screen: it was meant for that one and decides nothing."""
    session = st.session_state
    late = bool(session.get("review_used") == drawn)
    if late:
        say("warning", "That key came before the next event was on screen; nothing was decided by it.")
    session["review_used"] = drawn
    return late


def _accept(event_id: str, title: str, drawn: int) -> None:
    if _too_fast(drawn):
        return
    act([decision("accept", event_id)], f"Accepted: {title}", leave=True)


def _reject(event_id: str, title: str, drawn: int) -> None:
    if _too_fast(drawn):
        return
    act([decision("reject", event_id)], f"Rejected with all its statements: {title}", leave=True)
