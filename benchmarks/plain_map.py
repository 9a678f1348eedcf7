"""The plain ways of showing events on a map in Streamlit, for `bench_dashboard` only: `plain_map.py` is run as an app.

PLAIN_WAY names the way (circles, geojson, cluster, pydeck), PLAIN_N the number of events.  Their scripts are served
from this machine as well, so that what is compared is the drawing and not the network.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(os.environ["PLAIN_ROOT"])  # this file is run from a folder of its own, with its static files
sys.path.insert(0, str(ROOT))

import folium  # noqa: E402
import geopandas as gpd  # noqa: E402
import pandas as pd  # noqa: E402
import streamlit as st  # noqa: E402
from folium.plugins import FastMarkerCluster  # noqa: E402
from streamlit_folium import st_folium  # noqa: E402

from tests.frames import many_frames  # noqa: E402

#: Where the app's own static files lie, seen from the frame of the map; see `dashboard.offline`.
VENDOR = "../../app/static/vendor/"


@st.cache_resource
def events(n: int) -> pd.DataFrame:
    """Placed events."""
    return many_frames(n)["events"].dropna(subset=["lat", "lon"])


def plain(chart: folium.Map) -> folium.Map:
    """No link of folium's own but Leaflet, from this machine."""
    chart.default_js, chart.default_css = [("leaflet", f"{VENDOR}leaflet.js")], [("leaflet", f"{VENDOR}leaflet.css")]
    return chart


def folium_map(way: str, rows: pd.DataFrame) -> folium.Map:
    """One map as the documentation of folium shows it."""
    chart = plain(folium.Map(location=[30, 40], zoom_start=3, tiles=None, prefer_canvas=True))
    if way == "circles":
        for row in rows.itertuples():
            folium.CircleMarker([row.lat, row.lon], radius=5, tooltip=row.title).add_to(chart)
    elif way == "geojson":
        points = gpd.points_from_xy(rows["lon"], rows["lat"])
        frame = gpd.GeoDataFrame(rows[["event_id", "kind", "title"]], geometry=points, crs=4326)
        folium.GeoJson(frame, marker=folium.CircleMarker(radius=5), tooltip=folium.GeoJsonTooltip(["title"])).add_to(
            chart
        )
    else:
        chart.options["maxZoom"] = 18
        cluster = FastMarkerCluster(rows[["lat", "lon"]].to_numpy().tolist())
        cluster.default_js = [("cluster", f"{VENDOR}leaflet.markercluster.js")]
        cluster.default_css = []
        cluster.add_to(chart)
    return chart


def main() -> None:
    """The app: three kinds to choose from, and the map."""
    way, n = os.environ["PLAIN_WAY"], int(os.environ["PLAIN_N"])
    kind = st.pills("Kind", ["incident", "arrest", "route"], key="kind")
    rows = events(n)
    rows = rows[rows["kind"] == kind] if kind else rows
    if way == "pydeck":
        import pydeck

        layer = pydeck.Layer(
            "ScatterplotLayer",
            rows[["lat", "lon", "title"]],
            get_position="[lon, lat]",
            get_radius=40_000,
            get_fill_color=[213, 94, 0],
            pickable=True,
        )
        view = pydeck.ViewState(latitude=30, longitude=40, zoom=2)
        st.pydeck_chart(pydeck.Deck(layers=[layer], initial_view_state=view, map_provider=None))
    else:
        st_folium(folium_map(way, rows), key="plain", height=500, use_container_width=True, returned_objects=[])
    st.html(f"<p id='said'>{kind}:{len(rows)}</p>")


main()
