"""geopy's face, offline and online; and the toponyms command's record."""

from __future__ import annotations

from typing import Any

import pytest
from geopy.exc import GeocoderTimedOut
from geopy.location import Location

from geodata.geocoder import OfflineGeocoder
from geodata.online import OnlineGeocoder
from geodata.toponyms import toponyms_record
from tests.gazetteer_rows import installed


@pytest.fixture(scope="module")
def offline() -> OfflineGeocoder:
    return OfflineGeocoder(installed().gazetteer)


@pytest.mark.parametrize(
    ("query", "lat", "lon"),
    [
        ("Paris", 48.85, 2.35),
        ("Paris, Texas", 33.66, -95.56),
        ("Springfield, Illinois", 39.8, -89.64),
        ("Dushanbe, Tajikistan", 38.54, 68.78),
        ("Hodeidah", 14.8, 42.95),
        ("Frankfurt (Oder)", 52.35, 14.55),
        ("New York", 40.71, -74.0),
    ],
)
def test_a_name_is_geocoded(offline: OfflineGeocoder, query: str, lat: float, lon: float) -> None:
    found = offline.geocode(query)
    assert isinstance(found, Location)
    assert (found.latitude, found.longitude) == pytest.approx((lat, lon), abs=0.05)
    assert found.raw["id"]


@pytest.mark.parametrize("query", ["", ",", "Xqzt", "Paris, Kenya"])
def test_an_unknown_name_is_none_and_never_a_guess(offline: OfflineGeocoder, query: str) -> None:
    assert offline.geocode(query) is None


def test_several_answers_and_a_country_are_asked_for_as_in_geopy(offline: OfflineGeocoder) -> None:
    many = offline.geocode("Springfield", exactly_one=False, limit=5)
    assert isinstance(many, list) and len(many) == 5
    assert offline.geocode("Georgia", country="USA").raw["id"] == "admin1:US.GA"


def test_a_point_gives_the_nearest_town_and_the_sea_none(offline: OfflineGeocoder) -> None:
    assert offline.reverse((38.56, 68.78)).raw["iso3"] == "TJK"
    assert offline.reverse("0, -30") is None


class Service:
    """Stands in for Nominatim: counts what it is asked."""

    def __init__(self, fail: bool = False) -> None:
        self.asked: list[Any] = []
        self.fail = fail

    def geocode(self, query: str, **_: Any) -> Location:
        self.asked.append(query)
        if self.fail:
            raise GeocoderTimedOut("slow")
        return Location(query, (1.0, 2.0, 0.0), {})

    reverse = geocode


def test_nothing_is_sent_while_the_switch_is_off() -> None:
    service = Service()
    assert OnlineGeocoder(service=service).geocode("Kabul") is None
    assert service.asked == []


def test_the_switch_lets_questions_through() -> None:
    service = Service()
    found = OnlineGeocoder(enabled=True, service=service, min_delay_s=0).geocode("Kabul")
    assert found is not None and service.asked == ["Kabul"]


def test_a_service_out_of_reach_is_no_answer_and_no_crash(caplog: pytest.LogCaptureFixture) -> None:
    online = OnlineGeocoder(enabled=True, service=Service(fail=True), min_delay_s=0)
    online._limited["geocode"].error_wait_seconds = 0  # type: ignore[attr-defined]
    assert online.geocode("Kabul") is None
    assert "did not answer" in caplog.text


def test_the_record_of_a_document_is_the_contract() -> None:
    record = toponyms_record("a1", "Two Tajiks were held in Vienna, and near Xorvandaq.", installed())
    assert record["id"] == "a1"
    by = {t["text"]: t for t in record["toponyms"]}
    assert {"start", "end", "text", "lat", "lon", "country", "precision", "kind", "literal", "confidence"} <= set(
        by["Vienna"]
    )
    assert by["Tajiks"]["literal"] is False and by["Tajiks"]["country"] == "TJK" and by["Tajiks"]["lat"] is not None
    assert by["Vienna"]["precision"] == "city" and by["Vienna"]["literal"] is True
    assert by["Xorvandaq"]["lat"] is None and by["Xorvandaq"]["country"] is None
