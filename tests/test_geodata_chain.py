"""The whole reading of a document: borders on the map, names without a place, towns called as the text calls them."""

from __future__ import annotations

from functools import lru_cache

import pytest

from extract.schema import Document, Mention
from geodata.chain import Chain, ClaimPlaces, as_written
from geodata.toponyms import mention_json, toponyms_record
from tests.gazetteer_rows import installed


@lru_cache(maxsize=1)
def chain() -> Chain:
    return Chain(installed().gazetteer)


@lru_cache(maxsize=1)
def places() -> ClaimPlaces:
    return ClaimPlaces(installed())


@pytest.mark.parametrize(
    ("first", "second", "name", "lat", "lon"),
    [
        ("IRN", "AFG", "Iran–Afghanistan border", 34.7, 61.1),  # Islam Qala
        ("TUR", "SYR", "Turkey–Syria border", 36.8, 38.0),
        ("NOR", "RUS", "Norway–Russia border", 69.6, 30.1),  # half way between the countries would be in the Urals
    ],
)
def test_the_border_of_two_countries_is_drawn_on_it(first: str, second: str, name: str, lat: float, lon: float) -> None:
    border = places().border_place(first, second, None)
    assert border is not None and (border.name, border.precision, border.kind) == (name, "region", "border")
    assert (border.lat, border.lon) == (pytest.approx(lat, abs=0.3), pytest.approx(lon, abs=0.3))
    assert border.countries == tuple(sorted((first, second))) and border.iso3 == first


@pytest.mark.parametrize(("first", "second"), [("IRN", "AFG"), ("KGZ", "TJK"), ("COD", "UGA")])
def test_a_border_is_the_same_place_from_both_sides(first: str, second: str) -> None:
    one, other = places().border_place(first, second, None), places().border_place(second, first, None)
    assert one is not None and other is not None
    assert (one.id, one.lat, one.lon) == (other.id, other.lat, other.lon)
    assert one.id == "border:" + "-".join(sorted((first, second)))


@pytest.mark.parametrize("side", ["southern", "south", "southwest", "southwestern"])
def test_the_southern_border_of_the_united_states_is_at_el_paso(side: str) -> None:
    border = places().border_place("USA", None, side)
    assert border is not None and border.id == "border:USA:south" and border.kind == "border"
    assert (border.lat, border.lon, border.precision) == (31.76, -106.49, "region")


@pytest.mark.parametrize(
    ("iso3", "side", "id_", "name"),
    [
        ("USA", "southern", "border:USA:south", "Southern border of the United States"),
        ("TJK", "southern", "border:TJK:south", "Southern border of Tajikistan"),
        ("FRA", None, "border:FRA:any", "Border of France"),
    ],
)
def test_the_border_of_one_country_is_called_after_it(iso3: str, side: str | None, id_: str, name: str) -> None:
    border = places().border_place(iso3, None, side)
    assert border is not None and (border.id, border.name) == (id_, name)


def test_countries_without_a_common_border_give_none_between_them() -> None:
    border = places().border_place("TUR", "DEU", None)
    assert border is not None and (border.id, border.name) == ("border:TUR:any", "Border of Turkey")


def test_an_unknown_country_has_no_border() -> None:
    assert places().border_place("XXX", "FRA", None) is None and places().border_place("XXX", None, "southern") is None


UNPLACED = "Police arrested three men in the village of Velmora on 5 May 2023. Two more were held near Velmora."


def test_a_name_without_place_has_null_coordinates() -> None:
    found = {t["text"]: t for t in toponyms_record("one", UNPLACED, installed())["toponyms"]}["Velmora"]
    empty = ("lat", "lon", "country", "precision", "kind", "place", "name")
    assert [found[k] for k in empty] == [None] * len(empty)
    assert (found["start"], found["why"]) == (UNPLACED.rindex("Velmora"), "not in the gazetteer")


@pytest.mark.parametrize(
    "text",
    [
        UNPLACED,
        "Smugglers took 40 people from Velmora to Tessaly in May 2023, and from the village of Ulmor to Germany.",
        "A bomb killed five people in the village of Velmora on 5 May 2023.",
    ],
)
def test_claims_read_names_without_place_and_make_none_up(text: str) -> None:
    read = chain().analyse(Document(text=text, name="one"))
    assert any(m.place is None for m in read.mentions)
    assert read.claims
    for claim in read.claims:
        assert "Velmora" not in [p.place.name for p in claim.places]
        assert claim.as_json()["doc"] == "one"


def test_a_region_without_point_has_null_coordinates_but_its_name() -> None:
    text = "The recruits came from the West and went to Syria."
    found = {t["text"]: t for t in toponyms_record("one", text, installed())["toponyms"]}["West"]
    assert (found["lat"], found["lon"], found["precision"], found["place"]) == (
        None,
        None,
        "region",
        "region:west-world",
    )


def test_a_mention_without_place_is_left_as_it_is() -> None:
    m = Mention(0, 7, "Velmora", "name", True, 0.4)
    assert as_written(m) is m and mention_json(m)["lat"] is None


def test_a_town_is_called_as_the_text_writes_it_but_not_in_capitals() -> None:
    town = next(p for p in installed().gazetteer.find("Köln") if p.iso3 == "DEU")
    written = as_written(Mention(0, 7, "Cologne", "name", True, 0.9, town)).place
    shouted = as_written(Mention(0, 7, "COLOGNE", "name", True, 0.9, town)).place
    assert written is not None and (written.name, written.id) == ("Cologne", town.id)
    assert shouted is town
