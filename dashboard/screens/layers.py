"""The menu of layers: what countries are shaded by, what the size of marks stands for, routes on or off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from dashboard import widgets
from dashboard.choropleth import LEVELS, METRICS, RATES, SCHEMES
from dashboard.marks import SIZES

__all__ = ["layer_menu"]

SHADES = {
    "nothing": "no shading",
    "events": "number of events",
    "killed": "people killed",
    "arrested": "people arrested",
    "people": "people on routes",
    "documents": "documents that tell of them",
}
SIZE_WORDS = {"same": "all alike", "killed": "killed", "injured": "injured", "arrested": "arrested", "people": "people"}
LEVEL_WORDS = {"country": "countries", "admin1": "provinces"}
RATE_WORDS = {"absolute": "as counted", "million": "per million inhabitants"}
SCHEME_WORDS = {"quantiles": "equal numbers of areas", "jenks": "natural breaks"}


def layer_menu() -> None:
    """A button that opens the menu; choices last for the session and stand in the address."""
    session = st.session_state
    with st.popover("Layers", icon=":material/layers:"):
        _choice("Shading by", ["nothing", *METRICS], "shade_by", SHADES)
        if session.get("shade_by") != "nothing":
            _choice("Areas shaded", LEVELS, "shade_level", LEVEL_WORDS)
            if session.get("shade_level") == "country":
                _choice("Figures", RATES, "shade_rate", RATE_WORDS)
            _choice("Classes", SCHEMES, "shade_scheme", SCHEME_WORDS)
        _choice("Size of marks", SIZES, "size_by", SIZE_WORDS)
        for label, key in (
            ("Marks", "show_marks"),
            ("Routes", "show_routes"),
            ("Hypothetical routes", "show_supposed"),
            ("Heat", "show_heat"),
            ("Nationality to place (no journeys)", "show_nations"),
        ):
            st.toggle(label, key=key, persist_state="session", on_change=widgets.redraw)


def _choice(label: str, options: Iterable[str], key: str, words: Mapping[str, str]) -> None:
    st.selectbox(
        label, list(options), key=key, format_func=words.__getitem__, persist_state="session", on_change=widgets.redraw
    )
