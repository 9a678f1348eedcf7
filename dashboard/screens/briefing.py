"""The briefing screen: one export panel with a preview, saved views in order, and the presentation of them."""

from __future__ import annotations

import dataclasses

import streamlit as st

from dashboard import data, widgets
from dashboard.changed import Comparison
from dashboard.comparison import BRIEFING, compare, kept_states
from dashboard.errors import DashboardError
from dashboard.exports.formats import FORMATS, export
from dashboard.exports.page import PICTURES, SIZES, Page, parse_extent
from dashboard.exports.sheet import subtitle_of, title_of
from dashboard.exports.stamp import stamp_of
from dashboard.exports.views import SavedView, moved, read_views, views_path, write_views
from dashboard.screens.present import play, present, preview
from dashboard.view import View

PICTURE_WORDS = {"map": "Map", "timeline": "Timeline", "matrix": "Countries and months"}


def page_form(view: View) -> tuple[str, Page]:
    """The choices of the panel."""
    name = st.selectbox("Format", list(FORMATS), format_func=lambda f: FORMATS[f].label, key="export_format")
    picture = st.segmented_control(
        "Picture", PICTURES, default="map", format_func=PICTURE_WORDS.__getitem__, key="export_picture"
    )
    title = st.text_input("Title", placeholder=title_of(view, Page()), key="export_title", max_chars=200)
    subtitle = st.text_input("Subtitle", placeholder=subtitle_of(view, Page()), key="export_subtitle", max_chars=200)
    left, right = st.columns(2, vertical_alignment="bottom")
    size = left.selectbox("Size", list(SIZES), key="export_size")
    dark = right.toggle("Dark", key="export_dark")
    template, per_country, extent, changed = None, False, None, None
    frame = st.session_state.get("frame", "")
    if frame and st.toggle("The part of the world kept on the map", value=True, key="export_frame"):
        extent = parse_extent(frame)
    with st.expander("More"):
        given = st.text_input(
            "Part of the world (W,S,E,N in degrees)", placeholder="chosen from the data", key="export_extent"
        )
        if given.strip():
            extent = parse_extent(given)
        if FORMATS[name].group == "slides":
            per_country = st.checkbox("One slide per country", key="export_countries")
            changed = changed_slide(view)
            file = st.file_uploader("Own .pptx as template", type="pptx", key="export_template")
            template = file.getvalue() if file else None
    return name, Page(
        title=title,
        subtitle=subtitle,
        size=size,
        dark=dark,
        picture=picture or "map",
        extent=extent,
        shade_by=st.session_state["shade_by"],
        size_by=st.session_state["size_by"],
        supposed=st.session_state["show_supposed"],
        per_country=per_country,
        template=template,
        changed=changed,
    )


def changed_slide(view: View) -> Comparison | None:
    """What changed since the last briefing, where a briefing was marked and the slide is wanted."""
    marked = any(k.name == BRIEFING for k in kept_states(data.store_path()))
    help_text = None if marked else "Mark a state as briefed on the screen Changes first"
    if not st.checkbox(
        "What changed since the last briefing", key="export_changed", disabled=not marked, help=help_text
    ):
        return None
    found = compare(data.store_path(), BRIEFING, None, view.base.version)
    return None if isinstance(found, str) else found


def saved_views(view: View, page: Page, views: tuple[SavedView, ...]) -> None:
    """Save this view; order, rename by saving anew, remove; start the presentation."""
    path = views_path(data.store_path())
    with st.form("save_view", border=False, clear_on_submit=True):
        name = st.text_input("Name of this view", placeholder=title_of(view, page), key="view_name", max_chars=120)
        caption = st.text_input("Caption", key="view_caption", max_chars=200)
        if st.form_submit_button("Save this view"):
            part = ",".join(f"{v:g}" for v in page.extent) if page.extent else ""
            name = name.strip() or title_of(view, page)
            saved = SavedView(name, stamp_of(view).query, page.picture, caption.strip(), part)
            write_views(path, [*(v for v in views if v.name != saved.name), saved])
            st.rerun()
    for i, saved in enumerate(views):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{i + 1}. {saved.name}".replace("[", "\\["), width="stretch")
            if st.button("↑", key=f"view_up_{i}", disabled=i == 0, help="Earlier"):
                write_views(path, moved(views, i, -1))
                st.rerun()
            if st.button("↓", key=f"view_down_{i}", disabled=i == len(views) - 1, help="Later"):
                write_views(path, moved(views, i, 1))
                st.rerun()
            if st.button("Remove", key=f"view_remove_{i}"):
                write_views(path, views[:i] + views[i + 1 :])
                st.rerun()
    with st.container(horizontal=True):
        if views and st.button("Present", type="primary", key="present_start", icon=":material/slideshow:"):
            st.session_state["present_at"] = 0
            st.rerun()
        if st.button("Play through time", key="play_start", icon=":material/play_circle:"):
            st.session_state["play_open"] = True
            st.rerun()


def main() -> None:
    """One run of the screen."""
    view, damaged = widgets.current(), False
    try:
        views = read_views(views_path(data.store_path()))
    except DashboardError as err:
        st.warning(str(err))
        views, damaged = (), True
    if views and "present_at" in st.session_state:
        present(view, views)
        return
    if "play_open" in st.session_state:
        play(view)
        return
    left, right = st.columns([1, 2.4], gap="medium")
    with left:
        try:
            name, page = page_form(view)
        except DashboardError as err:
            st.warning(str(err))
            return
        if FORMATS[name].group == "slides" and views and st.checkbox("Slides of the saved views", key="export_views"):
            page = dataclasses.replace(page, views=views)
        st.download_button(
            f"Export {FORMATS[name].label}",
            lambda: export(view, name, page),
            f"dateline.{name}",
            FORMATS[name].mime,
            type="primary",
            key="export_download",
        )
    with right:
        shown = dataclasses.replace(page, template=None, views=(), per_country=False, changed=None)
        st.image(preview(view, shown), width="stretch")
        st.caption(stamp_of(view).text())
    if not damaged:  # saving would put a new file in the place of the old one
        with left:
            st.markdown("**Views to present**")
            saved_views(view, page, views)


main()
