"""The folium side of the map: a constant main map and one feature group that changes with the filter.

The main map holds nothing that depends on the filter, so streamlit-folium keeps its frame and view; the feature group
carries the payload of `dashboard.map_view` to `static/map-marks.js`.  Folium's own default links (Leaflet, jQuery,
Bootstrap, icon fonts from four networks) are replaced by the app's own files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import folium
from branca.colormap import ColorMap
from branca.element import MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template

from dashboard.offline import SCRIPTS, STYLES, check_links, link

__all__ = ["feature_group", "links_of", "main_map"]


class _Ground(JSCSSMixin, MacroElement):
    """Country shapes and all scripts and styles, loaded once with the main map."""

    _template = Template("{% macro script(this, kwargs) %}Dateline.base({{ this._parent.get_name() }});{% endmacro %}")

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Ground"
        self.default_js = [(name, link(name)) for name in SCRIPTS[1:]]
        self.default_css = [(name, link(name)) for name in STYLES[1:]]


class _Drawing(MacroElement):
    """One payload, drawn into the feature group it belongs to."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "Dateline.draw({{ this._parent.get_name() }}, {{ this.payload }});{% endmacro %}"
    )

    def __init__(self, payload: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Drawing"
        # streamlit-folium resolves {{'name'}} in scripts; a text that holds it must not be touched
        text = json.dumps(payload, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
        self.payload = text.replace("{{", "{\\u007b")


def main_map() -> folium.Map:
    """The map without events: always the same script, so that the browser keeps the view between filters.

    Raises
    ------
    BrowserFilesMissing : `make setup` was not run.  ForeignLinkError : a link is not ours.
    """
    chart = folium.Map(
        location=[30.0, 40.0],
        zoom_start=3,
        tiles=None,
        min_zoom=1,
        max_zoom=11,
        zoom_snap=0.25,
        zoom_delta=0.75,
        wheel_px_per_zoom_level=110,
        max_bounds=True,
        min_lat=-75,
        max_lat=85,
        min_lon=-185,
        max_lon=185,
        max_bounds_viscosity=0.9,
        world_copy_jump=False,
    )
    chart.options["maxZoom"] = 11
    chart.options["minZoom"] = 1.5
    chart.default_js = [("leaflet", link(SCRIPTS[0]))]
    chart.default_css = [("leaflet_css", link(STYLES[0]))]
    chart.add_child(_Ground())
    check_links(links_of(chart))
    return chart


def feature_group(payload: dict[str, Any]) -> folium.FeatureGroup:
    """What changes with the filter, as one feature group."""
    group = folium.FeatureGroup(name="events", control=False)
    group.add_child(_Drawing(payload))
    check_links(links_of(group))
    return group


def links_of(element: Any) -> Iterator[str]:
    """Every address that streamlit-folium would load for an element and its children."""
    if isinstance(element, ColorMap):
        yield "https://d3js.org/"  # streamlit-folium adds this link itself, unseen
    if isinstance(element, JSCSSMixin):
        yield from (href for _, href in [*element.default_js, *element.default_css])
    for child in getattr(element, "_children", {}).values():
        yield from links_of(child)
