"""The sidebar: every filter, each with the number of events behind its choices; draws, decides nothing.

Takes the snapshot; the widgets write into the session under the names of `dashboard.state.WIDGETS`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import state
from dashboard.screens.ask_box import ask_box
from dashboard.view import View
from dashboard.wording import date_text, humanise, word
from geodata.filters import Filters
from geodata.names import nationality_name

__all__ = ["sidebar"]

_KEY = state.WIDGETS
#: Streamlit offers ten years around today by itself; sources reach further.
_YEARS = (dt.date(1900, 1, 1), dt.date(2100, 12, 31))
_PRECISIONS = ("any", "region", "country", "admin1", "city", "site")


def _options(counts: Mapping[str, int], chosen: Any, named: Callable[[str], str]) -> list[str]:
    """Values that occur, and those that are chosen without occurring, by name."""
    return sorted({*counts, *(chosen or ())}, key=lambda v: (named(v).casefold(), v))


def _many(label: str, field: str, counts: Mapping[str, int], named: Callable[[str], str], placeholder: str) -> None:
    key = _KEY[field]
    st.multiselect(
        label,
        _options(counts, st.session_state.get(key), named),
        key=key,
        placeholder=placeholder,
        format_func=lambda v: f"{named(v)} ({counts.get(v, 0)})",
    )


def sidebar(view: View) -> None:
    """All filters, top to bottom: kind, when, where, nationality, and the rest folded away."""
    events, names, facets = view.snapshot.events, view.names, view.facets

    def country(value: str) -> str:
        return names.get(value, value)

    with st.sidebar:
        st.html("<p class='dl-brand'>Dateline<small>from articles to the map</small></p>")
        ask_box()
        kinds = facets["kind"]
        st.pills(
            "Kind",
            ["incident", "arrest", "route"],
            key=_KEY["kind"],
            selection_mode="multi",
            format_func=lambda v: f"{word('kinds', v)} {kinds.get(v, 0)}",
        )
        _when(events)
        _many("Country of event", "country", facets["countries"], country, "Anywhere")
        _many(
            "Nationality as reported",
            "nationality",
            facets["nationalities"],
            nationality_name,
            "Any, or not stated",
        )
        st.text_input("Words in the sentences", key=_KEY["text"], placeholder="e.g. church, checkpoint")
        with st.expander("More filters"):
            _more(view)
        st.button(
            "Clear all filters",
            key="clear_sidebar",
            on_click=state.clear,
            args=(st.session_state,),
            disabled=view.filters == Filters(),
            width="stretch",
        )


def _when(events: pd.DataFrame) -> None:
    first, last = events["date_start"].min(), events["date_end"].max()
    known = not (pd.isna(first) or pd.isna(last))
    for label, field in (("From", "date_from"), ("To", "date_to")):
        st.date_input(label, None, *_YEARS, key=_KEY[field], format="DD.MM.YYYY")
    if known:
        years = list(range(first.year, last.year + 1))[-6:]
        with st.container(horizontal=True, gap="small", key="years"):
            for year in years:
                st.button(
                    str(year),
                    key=f"year_{year}",
                    type="tertiary",
                    on_click=_put_year,
                    args=(year,),
                    help=f"Only {year}",
                )
        st.html(
            f"<p class='dl-note'>Events from {date_text(first, first, 'day')} to {date_text(last, last, 'day')}</p>"
        )


def _put_year(year: int) -> None:
    st.session_state[_KEY["date_from"]], st.session_state[_KEY["date_to"]] = dt.date(year, 1, 1), dt.date(year, 12, 31)


def _more(view: View) -> None:
    facets = view.facets
    _many("Type", "subkind", facets["subkind"], humanise, "Any type")
    _many("Group as reported", "group", facets["groups"], str, "Any group")
    _many("Source", "source", facets["publishers"], str, "Any source")
    _many("Certainty", "certainty", facets["certainty"], lambda v: word("certainty", v), "Any")
    st.select_slider(
        "At least this precise",
        _PRECISIONS,
        key=_KEY["min_precision"],
        format_func=lambda v: "any" if v == "any" else word("precision", v),
    )
    st.number_input("At least this many sources", 1, 50, key=_KEY["min_sources"])
    st.toggle("Keep undated events with a date range", key=_KEY["keep_undated"])
    st.toggle("Keep events without place with a country", key=_KEY["keep_unplaced"])
