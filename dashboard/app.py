"""Entry of the app: `streamlit run dashboard/app.py`.  Page list, sidebar, counter line; the screens do the rest."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = str(Path(__file__).resolve().parent.parent)
if ROOT not in sys.path:  # `streamlit run` puts only dashboard/ on the path
    sys.path.insert(0, ROOT)

import streamlit as st  # noqa: E402

from dashboard import state, widgets  # noqa: E402
from dashboard.screens.layers import layer_menu  # noqa: E402
from dashboard.screens.sidebar import sidebar  # noqa: E402


def main() -> None:
    """One run of the page."""
    st.set_page_config(
        page_title="Dateline",
        page_icon=str(Path(__file__).parent / "static" / "icon.png"),
        layout="wide",
        initial_sidebar_state="auto",
    )
    widgets.page_style()
    add = st.Page("screens/add.py", title="Add articles")
    page = st.navigation(
        [
            st.Page("screens/map.py", title="Map", default=True),
            st.Page("screens/routes.py", title="Routes"),
            st.Page("screens/table.py", title="Table"),
            st.Page("screens/sources.py", title="Sources"),
            add,
            st.Page("screens/review.py", title="Review"),
            st.Page("screens/changes.py", title="Changes"),
            st.Page("screens/compare.py", title="Compare"),
            st.Page("screens/briefing.py", title="Briefing"),
        ],
        position="top",
    )
    state.init(st.session_state)
    st.session_state["parts"] = widgets.MAP_PARTS if page.url_path == "" else ()
    if page.url_path == add.url_path:  # also where there is no store yet
        state.keep(st.session_state)
        page.run()
        return
    if widgets.snapshot_or_stop().events.empty:
        widgets.message(
            "The store holds no events yet.",
            "Drop some on the screen “Add articles”, or read a folder with `python -m geodata ingest FOLDER`.",
        )
        st.stop()
    problem = state.load_query(st.session_state, widgets.address(), page.url_path)
    sidebar()
    if problem:
        st.warning(problem)
    widgets.write_address(widgets.current().filters)
    counter(page.url_path == "")
    page.run()


@st.fragment(key="counter")
def counter(with_layers: bool) -> None:
    """The counter line, with the menu of layers on the map screen."""
    with widgets.counter_line(widgets.current()):
        if with_layers:
            layer_menu()


main()
