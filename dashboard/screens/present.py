"""Full screen, for the projector: saved views one after the other, or the playback through time; and the preview.

Takes Views; draws over the whole window, without sidebar.  Arrow keys step, Escape leaves.
"""

from __future__ import annotations

import dataclasses

import streamlit as st

from dashboard import data, widgets
from dashboard.errors import DashboardError
from dashboard.exports.formats import export
from dashboard.exports.page import Page
from dashboard.exports.stamp import filters_from, stamp_of
from dashboard.exports.views import SavedView
from dashboard.view import View, view_of

__all__ = ["play", "present", "preview"]

_BARE = (
    "<style>[data-testid='stSidebar'], [data-testid='stHeader'], .st-key-counterline {display: none}"
    ".stMainBlockContainer {padding: 0 !important; max-width: none} [data-testid='stImage'] img {max-height: 92vh;"
    " object-fit: contain; width: 100%} iframe {height: 93vh !important}</style>"
)


@st.cache_data(show_spinner="Drawing …", max_entries=24)
def _preview(_view: View, key: str, page: Page) -> bytes:
    """The picture as it will be exported, for a screen; `key` stands for data and filters."""
    return export(_view, "png", dataclasses.replace(page, size="1080p"))


def _key(view: View) -> str:
    """Changes with the data and with the filters."""
    return f"{data.store_path()} {view.snapshot.version} {data.store_stamp(data.store_path())} {stamp_of(view).query}"


def preview(view: View, page: Page) -> bytes:
    """The picture of a view as it will be exported, for a screen; kept as long as data and filters stay."""
    return _preview(view, _key(view), page)


@st.cache_data(show_spinner="Preparing the playback …", max_entries=4)
def _moving_page(_view: View, key: str, page: Page) -> str:
    return export(_view, "html", page).decode("utf-8")


def present(view: View, views: tuple[SavedView, ...]) -> None:
    """Full screen: the saved views one after the other; arrow keys step, Escape leaves."""
    at = max(0, min(int(st.session_state["present_at"]), len(views) - 1))
    saved = views[at]
    part = view_of(view.base, filters_from(saved.query))
    st.html(_BARE)
    page = Page(
        title=saved.name, subtitle=saved.caption, picture=saved.picture, dark=widgets.is_dark(), extent=saved.part
    )
    st.image(preview(part, page), width="stretch")
    with st.container(horizontal=True, horizontal_alignment="center", vertical_alignment="center"):
        if st.button("Previous", key="present_back", shortcut="Left", disabled=at == 0):
            st.session_state["present_at"] = at - 1
            st.rerun()
        st.markdown(f"{at + 1} of {len(views)}", width="content")
        if st.button("Next", key="present_next", shortcut="Right", disabled=at == len(views) - 1):
            st.session_state["present_at"] = at + 1
            st.rerun()
        if st.button("Leave", key="present_leave", shortcut="Escape"):
            del st.session_state["present_at"]
            st.rerun()


def play(view: View) -> None:
    """Full screen: the map with its playback through time (play, pause, speed) and the stepper through events."""
    st.html(_BARE)
    try:
        st.iframe(_moving_page(view, _key(view), Page(dark=widgets.is_dark())), height=900, alt="Playback through time")
    except DashboardError as err:
        widgets.message("The playback cannot be shown.", str(err))
    with st.container(horizontal=True, horizontal_alignment="center"):
        if st.button("Leave", key="play_leave", shortcut="Escape"):
            del st.session_state["play_open"]
            st.rerun()
