"""Review: correcting a place by a candidate of the gazetteer or by a click on a small map.

Takes an EVENTS or CLAIMS row; gives {"place": value} where another place was chosen, else {}.
"""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from dashboard import widgets
from dashboard.place_choices import Choice, choices_map, choices_near, choices_of, spot_of
from dashboard.screens.review_bar import quiet
from dashboard.view import View
from geodata.errors import GeodataError
from geodata.geocoder import OfflineGeocoder

__all__ = ["place_editor"]

KEEP, NOWHERE = "keep", "nowhere"
HEIGHT_PX = 240


@st.cache_resource(show_spinner=False)
def _geocoder() -> OfflineGeocoder:
    return OfflineGeocoder()


def _written(row: dict[str, Any]) -> str:
    """The words of the text that name the place, else the place's name."""
    places = json.loads(row["payload"]).get("places", []) if "payload" in row else []
    named = next((p["mention"] for p in places if p.get("mention")), "")
    return named or (row["place"] if isinstance(row["place"], str) else "")


def place_editor(row: dict[str, Any], view: View, key: str) -> dict[str, Any]:
    """Name or click, candidates, role of a route's stop; nothing changes until a candidate is chosen."""
    session = st.session_state
    spot = _clicked(key)
    now = row["place"] if isinstance(row["place"], str) else "without place"
    name = st.text_input(
        "Place",
        _written(row),
        key=f"{key}place",
        placeholder="Name, or name, country",
        on_change=_forget_spot,
        args=(key,),
    )
    try:
        names = dict(view.names)
        found = choices_near(*spot, _geocoder(), names) if spot else choices_of(name, _geocoder(), names)
    except GeodataError as err:
        st.warning(f"Places cannot be looked up: {err}.")
        return {}
    words = {KEEP: f"as it is: {now}", **{c.key: c.words for c in found}, NOWHERE: "without place"}
    if session.get(f"{key}choice") not in words:
        session[f"{key}choice"] = KEEP
    chosen = st.radio(
        "Candidates", list(words), format_func=words.__getitem__, key=f"{key}choice", label_visibility="collapsed"
    )
    if name and not found:
        quiet(f"The gazetteer knows no “{name}”. Click the map where it lies.")
    with st.container(key="placemap_box"):
        widgets.show_map(choices_map(found, chosen, row["kind"]), key=f"{key}map", height=HEIGHT_PX, selects=False)
    return _changed(row, found, chosen, key)


def _changed(row: dict[str, Any], found: list[Choice], chosen: str, key: str) -> dict[str, Any]:
    role = "location"
    if row["kind"] == "route":
        role = st.segmented_control(
            "This stop is", ["origin", "transit", "destination"], default="destination", key=f"{key}role", required=True
        )
    if chosen == KEEP:
        return {}
    if chosen == NOWHERE:
        return {"place": None} if isinstance(row["place"], str) else {}
    return {"place": next(c.value for c in found if c.key == chosen) | {"role": role}}


def _forget_spot(key: str) -> None:
    st.session_state.pop(f"{key}spot", None)


def _clicked(key: str) -> tuple[float, float] | None:
    """Take a click on the small map: a mark chooses its candidate, a spot brings up what lies there."""
    session = st.session_state
    click = session.get(f"{key}map") or {}
    number, what = click.get("last_object_clicked_count"), str(click.get("last_object_clicked_tooltip") or "")
    if number and number != session.get(f"{key}click"):
        session[f"{key}click"] = number
        if what.startswith("place:"):
            session[f"{key}choice"] = what.removeprefix("place:")
        elif spot := spot_of(what):
            session[f"{key}spot"], session[f"{key}choice"] = spot, KEEP
    spot_now: tuple[float, float] | None = session.get(f"{key}spot")
    return spot_now
