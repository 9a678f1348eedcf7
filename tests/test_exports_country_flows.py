"""Very many routes joined by country: no route is added, none is lost without a word."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard.exports import country_flows
from dashboard.exports.country_flows import by_country
from dashboard.map_view import MapOptions, map_payload
from dashboard.view import View, view_of
from geodata.filters import Filters
from tests.exported import whole


def joined(view: View) -> dict[str, Any]:
    return by_country(view, map_payload(view, MapOptions(), shape_of=lambda _: None))


def doubled() -> View:
    """All events, and a second labour migration from Tajikistan to Russia, between towns; one within Russia."""
    snap = whole().snapshot
    more = [snap.events[snap.events["event_id"] == "e09"].assign(event_id=i) for i in ("x1", "x2")]
    ends = snap.stops[snap.stops["event_id"] == "e10"].head(1)  # Moscow
    start = snap.stops[snap.stops["event_id"] == "e09"].head(1)  # Tajikistan
    rows = [
        start.assign(event_id="x1", seq=0, role="origin"),
        ends.assign(event_id="x1", seq=1, role="destination"),
        ends.assign(event_id="x2", seq=0, role="origin"),
        ends.assign(event_id="x2", seq=1, role="destination", place="Vladivostok", lat=43.1, lon=131.9),
    ]
    events, stops = pd.concat([snap.events, *more]), pd.concat([snap.stops, *rows])
    return view_of(replace(snap, events=events.reset_index(drop=True), stops=stops.reset_index(drop=True)), Filters())


def test_routes_between_the_same_countries_are_one_line_as_wide_as_their_number() -> None:
    out = joined(doubled())
    by_ids = {tuple(leg["ids"]): leg for leg in out["legs"]}
    assert ("e09", "x1") in by_ids and ("e11",) in by_ids
    assert by_ids["e09", "x1"]["w"] > by_ids[("e11",)]["w"]
    assert len(out["legs"]) == 6  # TJK>RUS, RUS>COL, COL>MEX, MEX>USA, RUS>USA, TUN>ITA
    assert "1 route within one country not drawn" in out["legend"][-1][0]["label"]


def test_a_stop_stands_once_per_country_with_its_part() -> None:
    roles = {stop["text"]: stop["role"] for stop in joined(whole())["stops"]}
    assert roles["Tajikistan"] == "origin" and roles["United States"] == "destination" and roles["Mexico"] == "transit"
    assert len(roles) == 7


def test_what_is_not_drawn_is_counted(monkeypatch: Any) -> None:
    monkeypatch.setattr(country_flows, "_MOST_PAIRS", 2)
    out = joined(doubled())
    assert [leg["ids"] for leg in out["legs"]][-1] == ["e09", "x1"] and len(out["legs"]) == 2
    assert "the 2 most frequent of 6 pairs" in out["legend"][-1][0]["label"]


def test_the_payload_given_stays_as_it_was() -> None:
    view = whole()
    payload = map_payload(view, MapOptions(), shape_of=lambda _: None)
    before = len(payload["legs"]), len(payload["legend"])
    by_country(view, payload)
    assert (len(payload["legs"]), len(payload["legend"])) == before
