"""Shared Streamlit pieces: page style, cached data, sidebar of filters, counter line, the one map call, messages.

Takes view models and frames; draws.  Everything that can be computed without Streamlit is in the other modules.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from dashboard import data, state
from dashboard.charts import KIND_COLOURS
from dashboard.errors import DashboardError, StoreUnusable
from dashboard.map_layers import feature_group, main_map
from dashboard.summaries import Counters, undated
from dashboard.view import View, Whole, counted_once, view_of, whole_of
from dashboard.wording import date_text, plural, word
from geodata.filters import Filters
from geodata.frames import Snapshot

__all__ = [
    "act",
    "address",
    "choose",
    "counter_line",
    "current",
    "event_list",
    "is_dark",
    "message",
    "page_style",
    "show_map",
    "snapshot_or_stop",
    "take_brush",
    "timeline_head",
    "widen_offer",
    "write_address",
]

_HERE = Path(__file__).parent
_COLOURS = {
    True: "--dl-incident:#FF8A3D;--dl-arrest:#56B4E9;--dl-route:#3FD6A7;--dl-warn:#E6C04A;--dl-warn-bg:#332C17;"
    "--dl-on-primary:#10161A;--dl-ground:#1B1F22;"
    "--dl-mark-place:#9AA7B1;--dl-mark-name:#7C8790;--dl-mark-date:#E5A3C9;--dl-mark-count:#D9B48A",
    False: "--dl-incident:#B84F00;--dl-arrest:#0072B2;--dl-route:#00765A;--dl-warn:#7A5A00;--dl-warn-bg:#FFF6DA;"
    "--dl-on-primary:#FFFFFF;--dl-ground:#FFFFFF;"
    "--dl-mark-place:#4A5B68;--dl-mark-name:#7C8790;--dl-mark-date:#8E3B74;--dl-mark-count:#7A4E1D",
}


def is_dark() -> bool:
    """Whether the reader's page is dark."""
    return bool(st.context.theme.type == "dark")


def page_style() -> None:
    """Style sheet of the page; colours follow light and dark."""
    css = (_HERE / "theme.css").read_text(encoding="utf-8")
    st.html(f"<style>:root{{{_COLOURS[is_dark()]}}}\n{css}</style>")


@st.cache_resource(show_spinner="Opening the store …", max_entries=2)
def _snapshot(path: str, stamp: tuple[int, int]) -> Snapshot:
    return data.read_snapshot(path)


@st.cache_resource(show_spinner=False, max_entries=2)
def _whole(_snapshot: Snapshot, version: str) -> Whole:
    return whole_of(_snapshot)


@st.cache_resource(show_spinner=False, max_entries=12)
def _view(_snapshot: Snapshot, version: str, filters: Filters) -> View:
    return view_of(_snapshot, filters, _whole(counted_once(_snapshot, filters.counting), version))


def snapshot_or_stop() -> Snapshot:
    """The frames of the store; a designed message and an end of the run where there is none."""
    path = data.store_path()
    try:
        return _snapshot(path, data.store_stamp(path))
    except StoreUnusable as err:
        message(err.title, err.advice)
        st.stop()
        raise


def current(*, events_only: bool = False) -> View:
    """What the filters leave, for the screen that is being drawn; `events_only`: also where reports are counted."""
    snapshot = snapshot_or_stop()
    version = f"{data.store_path()}:{snapshot.version}:{data.store_stamp(data.store_path())}"
    filters = state.filters_of(st.session_state)
    if events_only and filters.counting == "reports":
        filters = replace(filters, counting="events")
    return _view(snapshot, f"{version}:{filters.counting}", filters)


def message(title: str, advice: str) -> None:
    """A quiet full-page message; `code` in back quotes is kept as code."""
    parts = [f"<code>{escape(p)}</code>" if i % 2 else escape(p) for i, p in enumerate(advice.split("`"))]
    st.html(f"<div class='dl-message' role='status'><h1>{escape(title)}</h1><p>{''.join(parts)}</p></div>")


def show_map(payload: dict[str, Any], *, key: str, height: int) -> None:
    """The one call of streamlit-folium: constant map, payload in a feature group, only clicks come back."""
    try:
        st_folium(
            main_map(),
            key=key,
            height=height,
            use_container_width=True,
            feature_group_to_add=feature_group(payload),
            returned_objects=["last_object_clicked_count", "last_object_clicked_tooltip"],
        )
    except DashboardError as err:
        message("The map cannot be drawn.", f"{err}")


def act(label: str, key: str, change: Callable[..., None], *args: Any, **options: Any) -> None:
    """A button that changes filters from inside a fragment: the sidebar is drawn again as well."""
    if st.button(label, key=key, on_click=change, args=args, **options):
        st.rerun(scope="app")


def widen_offer(view: View) -> None:
    """Said where the filters leave nothing: which filters are on, and a button for each way out."""
    with st.container(border=True):
        st.markdown("**No event fits these filters.**")
        st.caption(f"{plural(len(view.snapshot.events), 'event')} in the store; filters: {view.filters.describe()}")
        with st.container(horizontal=True):
            for field, label in view.active:
                act(f"Without {label}", f"widen_{field}", state.clear_one, st.session_state, field)
            act("Clear all filters", "widen_all", state.clear, st.session_state, type="primary")


def counter_line(view: View) -> Any:
    """Shown, without place, undated, filtered out: each number opens what it counts.  Gives the line, to add to it."""
    counts: Counters = view.counters
    line = st.container(horizontal=True, key="counterline", vertical_alignment="center")
    with line:
        st.html(
            f"<p class='dl-count' role='status'><b>{counts.shown}</b>of {plural(counts.total, view.unit)} shown</p>",
            width="content",
        )
        _drawer(
            f"{counts.unplaced} without place",
            view.kept[view.kept["lat"].isna()],
            "unplaced",
            "Every event shown has a place.",
        )
        _drawer(
            f"{counts.undated} undated",
            view.kept[undated(view.kept)],
            "undated",
            "Every event shown has a date.",
        )
        with st.popover(f"{counts.hidden} filtered out"):
            for reason, n in counts.reasons.items():
                st.write(f"{n} {reason}")
            if counts.hidden:
                st.button("Clear all filters", key="clear_counter", on_click=state.clear, args=(st.session_state,))
            else:
                st.caption("No filter hides anything.")
        said = replace(view.filters, counting="events", ranges=False)  # those two are seen on the switch
        if said != Filters():
            st.html(f"<p class='dl-said-filter'>{escape(said.describe())}</p>", width="stretch")
        else:
            st.space("stretch")
        _switch()
    return line


_COUNTING_WORDS = {"reports": "Reports", "events": "Events", "corroborated": "2+ sources"}


def _switch() -> None:
    """What is counted, and whether figures are shown from strict to loose."""
    st.segmented_control(
        "What is counted",
        list(_COUNTING_WORDS),
        key=state.WIDGETS["counting"],
        format_func=_COUNTING_WORDS.__getitem__,
        label_visibility="collapsed",
        required=True,
        help="Reports: each statement of a document. Events: reports of the same merged. "
        "2+ sources: events that two independent sources tell of.",
    )
    st.toggle("Strict–loose", key=state.WIDGETS["ranges"])


def _drawer(label: str, events: pd.DataFrame, key: str, nothing: str) -> None:
    with st.popover(label):
        if events.empty:
            st.caption(nothing)
        event_list(events, key=key)


def event_list(events: pd.DataFrame, *, key: str, limit: int = 40) -> None:
    """Events as buttons that open them in the panel, newest first, those without a date last."""
    rows = events.sort_values(["date_start", "event_id"], ascending=[False, True], na_position="last", kind="stable")
    with st.container(key=f"list_{key}"):
        for row in rows.head(limit).to_dict("records"):
            when = date_text(row["date_start"], row["date_end"], row["date_precision"])
            st.button(
                f"{row['title']} · {when}",
                key=f"{key}_{row['event_id']}",
                on_click=choose,
                args=(f"event:{row['event_id']}",),
                type="tertiary",
            )
    if len(rows) > limit:
        st.caption(f"and {len(rows) - limit} more: see the Table")


def choose(what: str) -> None:
    """Select an event, an area, a country … or, with '', nothing."""
    st.session_state["selection"] = what


def address() -> state.Query:
    """What the address bar holds now."""
    return {key: values if len(values := st.query_params.get_all(key)) > 1 else values[0] for key in st.query_params}


def write_address(filters: Filters) -> None:
    """Put filters and selection into the address bar, where they are not there already."""
    query = {
        k: v[0] if isinstance(v, list) and len(v) == 1 else v
        for k, v in state.as_query(st.session_state, filters).items()
    }
    if query != address():
        st.query_params.from_dict(query)
    st.session_state["last_query"] = query


_FREQ_WORDS = {"D": "day", "W-MON": "week", "M": "month", "Q": "quarter", "Y": "year"}


def _off_line(view: View) -> str:
    n = int((view.kept["date_start"].isna() | view.kept["date_end"].isna()).sum())
    return f"{n} undated or open-ended not on this line" if n else ""


def timeline_head(freq: str, view: View, outside: str = "") -> None:
    """Heading and key of the timeline; colours are those of the map.  `outside` says what lies beyond its axis."""
    dark = is_dark()
    keys = "".join(
        f"<span style='--c:{pair[1 if dark else 0]}'>{word('kinds', kind)}</span>"
        for kind, pair in KIND_COLOURS.items()
        if kind in set(view.kept["kind"])
    )
    st.html(
        f"<p class='dl-key'><b>{view.unit.capitalize()}s per {_FREQ_WORDS[freq]}</b>{keys}"
        "<span style='--c:currentColor;--o:.3'>known only to a longer span</span>"
        f"<i>{' · '.join(p for p in (_off_line(view), outside, 'drag to filter by date') if p)}</i></p>"
    )


def take_brush(dates: tuple[pd.Timestamp, pd.Timestamp] | None) -> None:
    """A new brush becomes the dates of the filter; the same brush is not applied twice."""
    if dates == st.session_state.get("last_brush"):
        return
    st.session_state["last_brush"] = dates
    if dates:
        st.session_state["pending_dates"] = (dates[0].date(), dates[1].date())
        st.rerun(scope="app")
