"""The question box: a line in an analyst's words becomes filters, which stand below it and in the sidebar.

Takes nothing; writes the filters into the session.  What was read as what is always shown, and what no table knows is
said to be searched as text.
"""

from __future__ import annotations

import datetime as dt
from html import escape

import streamlit as st

from dashboard import state, widgets
from dashboard.wording import humanise, word
from geodata.ask import Asked, Part, ask
from geodata.errors import FilterError
from geodata.filter_words import range_text
from geodata.names import nationality_name
from geodata.regions import region_name
from geodata.shapes import country_names

__all__ = ["ask_box", "read_as"]

_FIELDS = {
    "kind": "kind",
    "subkind": "type",
    "country": "country",
    "nationality": "nationality",
    "group": "group",
    "certainty": "certainty",
    "date": "dates",
    "min_sources": "sources",
    "text": "searched as text",
}


def _value(part: Part, asked: Asked) -> str:
    values = part.values
    if part.field == "date":
        return range_text(asked.filters.date_from, asked.filters.date_to)
    if part.field == "country":
        names = country_names()
        return region_name(values) or ", ".join(names[v] for v in values)
    if part.field == "nationality":
        return ", ".join(nationality_name(v) for v in values)
    if part.field == "kind":
        return ", ".join(word("kinds", v) for v in values)
    if part.field == "min_sources":
        return f"at least {values[0]}"
    return ", ".join(humanise(v) for v in values)


def read_as(asked: Asked) -> list[tuple[str, str]]:
    """(what a filter is called, what it was set to) for each part of a question that was read; dates once."""
    told = [(_FIELDS[p.field], _value(p, asked)) for p in asked.parts if p.field in _FIELDS]
    return list(dict.fromkeys(told))


def _asked() -> None:
    """Take the question; runs before the widgets of the filters are drawn."""
    question = st.session_state["question"].strip()
    st.session_state["asked_note"] = ""
    if not question:
        return
    try:
        asked = ask(question, dt.date.today())
    except FilterError as err:
        st.session_state["asked_note"] = escape(str(err))
        return
    state.put_filters(st.session_state, asked.filters)
    parts = [f"<span><b>{escape(name)}</b> {escape(value)}</span>" for name, value in read_as(asked)]
    st.session_state["asked_note"] = "".join(parts) or "Nothing in it names a place, a time, a people or a kind."


def ask_box() -> None:
    """The box, and below it what the last question was read as."""
    st.text_input(
        "Ask",
        key="question",
        placeholder="arrests of Tajik nationals in Europe since 2024",
        on_change=widgets.refilter,
        args=(_asked,),
        help="Sets the filters below. Places, dates, nationalities, kinds, groups are read; other words are searched.",
    )
    if note := st.session_state.get("asked_note"):
        st.html(f"<p class='dl-asked' role='status'>{note}</p>")
