"""The sidebar: every filter, each with the number of events behind its choices; draws, decides nothing.

Takes the View; the widgets write into the session under the names of `dashboard.state.WIDGETS`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

import pandas as pd
import streamlit as st

from dashboard import state, widgets
from dashboard.screens.ask_box import ask_box
from dashboard.view import FACETS, View
from dashboard.wording import date_text, humanise, number_text, word
from geodata.filters import Filters
from geodata.names import nationality_name

__all__ = ["sidebar"]

_KEY = state.WIDGETS
_COLUMN = {field: column for column, field in FACETS.items()}
#: Streamlit offers ten years around today by itself; sources reach further.
_YEARS = (dt.date(1900, 1, 1), dt.date(2100, 12, 31))
_PRECISIONS = ("any", "region", "country", "admin1", "city", "site")


def _many(
    label: str,
    field: str,
    view: View,
    named: Callable[[str], str],
    placeholder: str,
    values: Iterable[str] | None = None,
) -> None:
    """A choice of several values, each with the number of events that it would leave."""
    key, column = _KEY[field], _COLUMN[field]
    known, left = view.whole.facets[column], view.facets[column]
    choices = {*(known if values is None else values), *(st.session_state.get(key) or ())}
    st.multiselect(
        label,
        sorted(choices, key=lambda v: (named(v).casefold(), v)),
        key=key,
        placeholder=placeholder,
        format_func=lambda v: f"{named(v)} ({number_text(left.get(v, 0))})",
        on_change=widgets.refilter,
    )


@st.fragment(key="sidebar")
def sidebar() -> None:
    """All filters, top to bottom: kind, when, where, nationality, and the rest folded away."""
    view = widgets.current()
    with st.sidebar:
        st.html("<p class='dl-brand'>Dateline<small>from articles to the map</small></p>")
        ask_box()
        left = view.facets["kind"]
        st.pills(
            "Kind",
            ["incident", "arrest", "route"],
            key=_KEY["kind"],
            selection_mode="multi",
            format_func=lambda v: f"{word('kinds', v)} {number_text(left.get(v, 0))}",
            on_change=widgets.refilter,
        )
        _when(view)
        _many("Country of event", "country", view, lambda v: view.names.get(v, v), "Anywhere")
        _many("Nationality as reported", "nationality", view, nationality_name, "Any, or not stated")
        st.text_input(
            "Words in the sentences",
            key=_KEY["text"],
            placeholder="e.g. church, checkpoint",
            on_change=widgets.refilter,
        )
        with st.expander("More filters"):
            _more(view)
        st.button(
            "Clear all filters",
            key="clear_sidebar",
            on_click=widgets.refilter,
            args=(state.clear, st.session_state),
            disabled=view.filters == Filters(),
            width="stretch",
        )


def _when(view: View) -> None:
    for label, field in (("From", "date_from"), ("To", "date_to")):
        st.date_input(label, None, *_YEARS, key=_KEY[field], format="DD.MM.YYYY", on_change=widgets.refilter)
    first, last = view.whole.first_day, view.whole.last_day
    if first is None or last is None:
        return
    presets = [(str(year), dt.date(year, 1, 1), dt.date(year, 12, 31)) for year in range(first.year, last.year + 1)][
        -5:
    ]
    presets.append(("Last 12 months", (last - pd.DateOffset(months=12) + pd.DateOffset(days=1)).date(), last.date()))
    with st.container(horizontal=True, gap="small", key="years"):
        for name, start, end in presets:
            st.button(
                name,
                key=f"preset_{name}",
                type="tertiary",
                on_click=widgets.refilter,
                args=(state.put_dates, st.session_state, start, end),
                help=f"Only {name}" if name.isdecimal() else "The twelve months up to the newest event",
            )
    st.html(f"<p class='dl-note'>Events from {date_text(first, first, 'day')} to {date_text(last, last, 'day')}</p>")


def _more(view: View) -> None:
    provinces, countries = view.whole.provinces, set(view.filters.country)
    near = [p for p in view.whole.facets["admin1_id"] if not countries or p.partition(":")[0] in countries]
    _many("Province", "admin1", view, lambda v: provinces.get(v, v), "Anywhere", near)
    _many("Type", "subkind", view, humanise, "Any type")
    _many("Group as reported", "group", view, str, "Any group")
    _many("Source", "source", view, str, "Any source")
    _many("Certainty", "certainty", view, lambda v: word("certainty", v), "Any")
    finer = view.at_least("rank")
    st.select_slider(
        "At least this precise",
        _PRECISIONS,
        key=_KEY["min_precision"],
        format_func=lambda v: "any" if v == "any" else f"{word('precision', v)} ({number_text(finer[v])})",
        on_change=widgets.refilter,
    )
    st.number_input("At least this many sources", 1, 50, key=_KEY["min_sources"], on_change=widgets.refilter)
    more = [f"{n} or more: {number_text(c)}" for n, c in view.at_least("n_sources").items() if n > 1]
    st.html(f"<p class='dl-note'>{' · '.join(more) or 'No event has two sources.'}</p>")
    st.text_input(
        "Area: W,S,E,N or drawn on the map",
        key=_KEY["area"],
        placeholder="60,35,75,45",
        on_change=widgets.refilter,
    )
    if problem := state.area_problem(st.session_state):
        st.caption(f":red[{problem}]")
    for label, field in (
        (f"Leave out parts of other events ({number_text(view.parts)})", "no_parts"),
        ("Keep undated events with a date range", "keep_undated"),
        ("Keep events without place with a country", "keep_unplaced"),
    ):
        st.toggle(label, key=_KEY[field], on_change=widgets.refilter)
