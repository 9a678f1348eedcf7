"""The menu of layers: what countries are shaded by, what the size of marks stands for, routes on or off."""

from __future__ import annotations

import streamlit as st

from dashboard.choropleth import METRICS
from dashboard.marks import SIZES

__all__ = ["layer_menu"]

SHADES = {
    "nothing": "no shading",
    "events": "number of events",
    "killed": "people killed",
    "arrested": "people arrested",
    "people": "people on routes",
}
SIZE_WORDS = {"same": "all alike", "killed": "killed", "injured": "injured", "arrested": "arrested", "people": "people"}


def layer_menu() -> None:
    """A button that opens the menu; choices last for the session."""
    with st.popover("Layers", icon=":material/layers:"):
        st.selectbox(
            "Countries shaded by",
            ["nothing", *METRICS],
            key="shade_by",
            format_func=SHADES.__getitem__,
            persist_state="session",
        )
        st.selectbox("Size of marks", SIZES, key="size_by", format_func=SIZE_WORDS.__getitem__, persist_state="session")
        st.toggle("Routes", key="show_routes", persist_state="session")
