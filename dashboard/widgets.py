"""Shared Streamlit pieces: page style, cached data, sidebar of filters, counter line, the one map call, messages.

Takes view models and frames; draws.  Everything that can be computed without Streamlit is in the other modules.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from dashboard import data, state
from dashboard.charts import KIND_COLOURS, brushed_dates
from dashboard.coverage_strip import coverage_chart, coverage_words
from dashboard.errors import DashboardError, StoreUnusable
from dashboard.map_layers import feature_group, main_map
from dashboard.summaries import Counters
from dashboard.view import View, Whole, counted_once, view_of, whole_of
from dashboard.wording import date_text, joined, number_text, plural, told_text, word
from geodata.coverage import articles, read_per_week
from geodata.filters import Filters
from geodata.frames import Snapshot

__all__ = [
    "MAP_PARTS",
    "act",
    "address",
    "choose",
    "counter_line",
    "coverage_strip",
    "current",
    "event_list",
    "filter_words",
    "is_dark",
    "message",
    "page_style",
    "redraw",
    "refilter",
    "reselect",
    "show_map",
    "snapshot_or_stop",
    "take_brush",
    "take_click",
    "timeline_head",
    "widen_offer",
    "write_address",
]

_HERE = Path(__file__).parent
_COLOURS = {
    True: "--dl-incident:#FF8A3D;--dl-arrest:#56B4E9;--dl-route:#3FD6A7;--dl-warn:#E6C04A;--dl-warn-bg:#332C17;"
    "--dl-both:#C9D3DB;--dl-ours:#E5A3C9;--dl-theirs:#D9CE8B;--dl-on-primary:#10161A;--dl-ground:#1B1F22;"
    "--dl-mark-place:#9AA7B1;--dl-mark-name:#7C8790;--dl-mark-date:#E5A3C9;--dl-mark-count:#D9B48A",
    False: "--dl-incident:#B84F00;--dl-arrest:#0072B2;--dl-route:#00765A;--dl-warn:#7A5A00;--dl-warn-bg:#FFF6DA;"
    "--dl-both:#3E4C59;--dl-ours:#8E3B74;--dl-theirs:#9A7B16;--dl-on-primary:#FFFFFF;--dl-ground:#FFFFFF;"
    "--dl-mark-place:#4A5B68;--dl-mark-name:#7C8790;--dl-mark-date:#8E3B74;--dl-mark-count:#7A4E1D",
}


def is_dark() -> bool:
    """Whether the reader's page is dark."""
    return bool(st.context.theme.type == "dark")


def page_style() -> None:
    """Style sheet of the page; colours follow light and dark."""
    css = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in ("theme.css", "review.css"))
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


@st.cache_resource(show_spinner=False, max_entries=2)
def _countries(path: str, version: str) -> pd.DataFrame:
    return data.document_countries(path)


def coverage_strip(view: View, timeline: Any) -> None:
    """Documents read per week, under the timeline and on its axis; of the countries that are filtered for."""
    named = _countries(data.store_path(), view.base.version)
    weeks = read_per_week(articles(view.base), named, view.filters.country)
    where = " that name " + joined([view.names.get(c, c) for c in view.filters.country]) if view.filters.country else ""
    if weeks.empty:
        st.html(f"<p class='dl-note'>No document with a date was read{where}.</p>")
        return
    words = coverage_words(weeks, where)
    st.html(f"<p class='dl-note'>{escape(words)}</p>")
    st.altair_chart(coverage_chart(weeks, timeline, dark=is_dark()), width="stretch", alt=words)


def message(title: str, advice: str) -> None:
    """A quiet full-page message; `code` in back quotes is kept as code."""
    parts = [f"<code>{escape(p)}</code>" if i % 2 else escape(p) for i, p in enumerate(advice.split("`"))]
    st.html(f"<div class='dl-message' role='status'><h1>{escape(title)}</h1><p>{''.join(parts)}</p></div>")


def show_map(payload: dict[str, Any], *, key: str, height: int, selects: bool = True) -> None:
    """The one call of streamlit-folium: constant map, payload in a feature group, only clicks come back.

    selects : a click selects an event or filters; without, it is left to the caller under `key`
    """
    try:
        st_folium(
            main_map(),
            key=key,
            height=height,
            use_container_width=True,
            feature_group_to_add=feature_group(payload),
            returned_objects=["last_object_clicked_count", "last_object_clicked_tooltip"],
            on_change=partial(take_click, key) if selects else None,
        )
    except DashboardError as err:
        message("The map cannot be drawn.", f"{err}")


#: Parts of the map screen that a filter changes, in the order in which they are drawn anew.
MAP_PARTS = ("map", "counter", "panel", "below", "sidebar")


def refilter(change: Callable[..., None] | None = None, *args: Any) -> None:
    """Callback of everything that changes filters: on the map screen only its parts are drawn again, not the page."""
    if change:
        change(*args)
    if parts := st.session_state.get("parts"):
        st.rerun(list(parts))


def reselect(change: Callable[..., None] | None = None, *args: Any) -> None:
    """Callback of what changes the selection alone."""
    if change:
        change(*args)
    if st.session_state.get("parts"):
        st.rerun(["panel", "map", "below"])


def redraw() -> None:
    """Callback of the menu of layers."""
    if st.session_state.get("parts"):
        st.rerun(["map", "counter"])


def act(label: str, key: str, change: Callable[..., None], *args: Any, **options: Any) -> None:
    """A button that changes filters."""
    st.button(label, key=key, on_click=refilter, args=(change, *args), **options)


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
            f"<p class='dl-count' role='status'><b>{number_text(counts.shown)}</b>"
            f"of {plural(counts.total, view.unit)} shown</p>",
            width="content",
        )
        _drawer(view, f"{number_text(counts.unplaced)} without place", "lat IS NULL", "unplaced", "place")
        _drawer(view, f"{number_text(counts.undated)} undated", "d0 IS NULL AND d1 IS NULL", "undated", "date")
        with st.popover(f"{number_text(counts.hidden)} filtered out", key="drawer_hidden"):
            for reason, n in counts.reasons.items():
                st.write(f"{number_text(n)} {reason}")
            if counts.hidden:
                act("Clear all filters", "clear_counter", state.clear, st.session_state)
            else:
                st.caption("No filter hides anything.")
        with st.container(horizontal=True, gap="small", key="activefilters", width="stretch"):
            for field, words in filter_words(view):
                act(f"{words} :material/close:", f"off_{field}", state.clear_one, st.session_state, field)
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
        on_change=refilter,
    )
    st.toggle("Strict–loose", key=state.WIDGETS["ranges"], on_change=refilter)


def filter_words(view: View) -> list[tuple[str, str]]:
    """(field, what it says) of every filter that is on; the switch of counting says itself what it says."""
    out = []
    for field, label in view.active:
        if field in ("counting", "ranges"):
            continue
        names = ("date_from", "date_to") if field == "date" else (field,)
        alone = Filters(**{name: getattr(view.filters, name) for name in names})
        words = alone.describe()
        out.append((field, words if words != "All events" else f"With {label}"))
    return out


def _drawer(view: View, label: str, where: str, key: str, what: str) -> None:
    """A button with a list of kept events; the list is made when the drawer is opened."""
    with st.popover(label, key=f"drawer_{key}", on_change="rerun") as drawer:
        if not drawer.open:
            return
        rows = view.selection.rows(where=where)
        if not len(rows):
            st.caption(f"Every event shown has a {what}.")
        event_list(view.snapshot.events.iloc[rows], key=key, told=True)


def event_list(events: pd.DataFrame, *, key: str, limit: int = 40, told: bool = False) -> None:
    """Events as buttons that open them in the panel, newest first, those without a date last.

    told : under each the beginning of its sentence and who published it, where titles alone say too little
    """
    rows = events.sort_values(["date_start", "event_id"], ascending=[False, True], na_position="last", kind="stable")
    with st.container(key=f"list_{key}"):
        for row in rows.head(limit).to_dict("records"):
            when = date_text(row["date_start"], row["date_end"], row["date_precision"])
            st.button(
                f"{row['title']} · {when}",
                key=f"{key}_{row['event_id']}",
                on_click=reselect,
                args=(choose, f"event:{row['event_id']}"),
                type="tertiary",
            )
            if told:
                st.html(f"<p class='dl-note'>{escape(told_text(row['text'], row.get('publishers', '')))}</p>")
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
    now = address()
    at = {"at": now["at"]} if "at" in now else {}  # where the map looks: written by the map itself
    if query | at != now:
        st.query_params.from_dict(query | at)
    st.session_state["last_query"] = query


_FREQ_WORDS = {"D": "day", "W-MON": "week", "M": "month", "Q": "quarter", "Y": "year"}


def _off_line(view: View) -> str:
    n = view.selection.count(where="d0 IS NULL OR d1 IS NULL")
    return f"{n} undated" if n else ""


def timeline_head(freq: str, view: View, outside: str = "") -> None:
    """Heading and key of the timeline; colours are those of the map.  `outside` says what lies beyond its axis."""
    dark = is_dark()
    keys = "".join(
        f"<span style='--c:{pair[1 if dark else 0]}'>{word('kinds', kind)}</span>"
        for kind, pair in KIND_COLOURS.items()
        if view.values["kind"].get(kind)
    )
    st.html(
        f"<p class='dl-key'><b>{view.unit.capitalize()}s per {_FREQ_WORDS[freq]}</b>{keys}"
        "<span style='--c:currentColor;--o:.3'>known only to a longer span</span>"
        f"<i>{' · '.join(p for p in (_off_line(view), outside, 'drag to filter') if p)}</i></p>"
    )


def take_brush(key: str = "timeline") -> None:
    """Callback of the timeline: a new brush becomes the dates of the filter."""
    selection = st.session_state.get(key, {}).get("selection")
    dates = brushed_dates(selection, st.context.timezone_offset or 0)
    if dates and dates != st.session_state.get("last_brush"):
        st.session_state["last_brush"] = dates
        refilter(state.put_dates, st.session_state, dates[0].date(), dates[1].date())
    elif st.session_state.get("parts"):
        st.rerun(["below"])


def take_click(key: str) -> None:
    """Callback of a map: a click selects, a drawn area filters."""
    clicked, session = st.session_state.get(key), st.session_state
    if area := state.drawn_area(session, clicked):
        refilter(state.put_area, session, area)
    if state.kept_frame(session, clicked):
        return
    state.select(session, clicked)
    if session.get("parts"):
        st.rerun(["panel", "below"])
