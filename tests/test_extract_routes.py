"""Routes: stops in order of travel with their roles, borders, chains over two sentences, origins by nationality."""

from __future__ import annotations

import pytest

from extract.schema import Claim
from tests.claims_world import best, claims, dates_of, names


def one(text: str) -> Claim:
    """The only route of a text."""
    (claim,) = [c for c in claims(text) if c.kind == "route"]
    return claim


def chain(claim: Claim) -> list[tuple[str, str]]:
    """Role and name of the stops, in order."""
    return [(p.role, p.place.name) for p in claim.places]


@pytest.mark.parametrize(
    ("text", "stops"),
    [
        (
            "They travelled from Agadez via Sabha and Zuwara to Lampedusa.",
            [("origin", "Agadez"), ("transit", "Sabha"), ("transit", "Zuwara"), ("destination", "Lampedusa")],
        ),
        ("They travelled to Syria via Turkey in 2014.", [("transit", "Turkey"), ("destination", "Syria")]),
        (
            "They flew from Khujand to Moscow and went on to Istanbul in May 2022.",
            [("origin", "Khujand"), ("transit", "Moscow"), ("destination", "Istanbul")],
        ),
        ("About 300 people crossed from Niger into Libya.", [("origin", "Niger"), ("destination", "Libya")]),
        ("They were smuggled from Turkey to Greece in lorries.", [("origin", "Turkey"), ("destination", "Greece")]),
        (
            "110 people reached Lampedusa from Zuwara by boat.",
            [("origin", "Zuwara"), ("destination", "Lampedusa")],
        ),
        (
            "Ten Malians left Gao in May 2022, passed through Agadez and reached Sabha.",
            [("origin", "Gao"), ("transit", "Agadez"), ("destination", "Sabha")],
        ),
        (
            "Twenty people were deported from Libya to Niger in May 2022.",
            [("origin", "Libya"), ("destination", "Niger")],
        ),
    ],
)
def test_stops_come_in_order_of_travel(text: str, stops: list[tuple[str, str]]) -> None:
    assert chain(one(text)) == stops


def test_the_southern_border_is_on_the_way_and_the_country_is_the_destination() -> None:
    route = one("240 Uzbeks entered the United States through its southern border in 2023.")
    assert names(route, "transit") == ["southern border of United States"]
    assert names(route, "destination") == ["United States"]
    assert best(route, "people") == 240


def test_a_nationality_is_an_inferred_origin() -> None:
    route = one("240 Uzbeks entered the United States through its southern border in 2023.")
    (origin,) = [p for p in route.places if p.role == "origin"]
    assert origin.place.iso3 == "UZB" and origin.inferred
    assert route.nationalities == ("UZB",)


def test_a_named_origin_is_not_inferred() -> None:
    route = one("About 300 Nigeriens crossed from Niger into Libya in March 2019.")
    assert [p.inferred for p in route.places] == [False, False]


def test_those_deported_go_from_the_state_that_acts_to_their_own() -> None:
    route = one("Turkey deported 80 Uzbeks in June 2022.")
    assert [(p.role, p.place.iso3, p.inferred) for p in route.places] == [
        ("origin", "TUR", True),
        ("destination", "UZB", True),
    ]


def test_those_who_return_go_home() -> None:
    route = one("Three Kenyans returned from camps in Somalia in May 2019.")
    assert chain(route) == [("origin", "Somalia"), ("destination", "Kenya")]
    assert best(route, "returned") == 3


def test_from_there_starts_where_the_last_sentence_ended() -> None:
    found = claims("They flew to Moscow in May 2022. From there they travelled on to Istanbul.")
    assert names(found[-1], "origin") == ["Moscow"] and names(found[-1], "destination") == ["Istanbul"]


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("110 people reached Lampedusa from Zuwara by boat on 3 May 2022.", "sea"),
        ("They flew from Khujand to Moscow in May 2022.", "air"),
        ("They were driven from Agadez to Sabha in May 2022.", "land"),
        ("They travelled from Agadez to Sabha in May 2022.", None),
    ],
)
def test_the_mode_is_what_is_said_and_nothing_else(text: str, mode: str | None) -> None:
    assert one(text).mode == mode


@pytest.mark.parametrize(
    "text",
    [
        "The Tajiks did not travel to Syria.",
        "Ties between Mali and Niger have improved.",
        "He was from Agadez.",
        "Talks moved from Tripoli to Rome.",
        "The road runs from Agadez to Sabha.",
        "Oil is exported from Iraq via Turkey.",
    ],
)
def test_what_nobody_travelled_is_no_route(text: str) -> None:
    assert [c for c in claims(text) if c.kind == "route"] == []


def test_another_months_figure_is_a_route_of_its_own_and_no_part() -> None:
    found = claims("In March 2023, 9,840 people crossed from Niger into Libya, down from 11,205 in February.")
    assert [(best(c, "people"), dates_of(c)[0], c.part_of) for c in found] == [
        (9840, "2023-03-01", None),
        (11205, "2023-02-01", None),
    ]


def test_a_border_between_two_countries_is_one_place() -> None:
    route = one("About 30 people crossed the border between Turkey and Bulgaria in May 2019.")
    assert [p.place.id for p in route.places if p.place.kind == "border"] == ["border:TUR:BGR"]
    assert names(route, "transit") == ["border TUR-BGR"]


def test_where_a_boat_sank_is_not_where_it_set_out() -> None:
    text = "A boat with 80 people that had left Zuwara sank off Lampedusa on 3 May 2022, killing 12."
    assert names(one(text), "origin") == ["Zuwara"]


def test_where_somebody_was_arrested_later_is_no_stop() -> None:
    text = "The man, a Tajik who had entered Germany from Turkey in 2021, was arrested in Hamburg on 3 May 2022."
    assert chain(one(text)) == [("origin", "Turkey"), ("destination", "Germany")]


def test_the_date_behind_before_is_not_the_journeys() -> None:
    text = "The two men had flown from Dushanbe to Istanbul before they were arrested in Sofia in May 2022."
    assert one(text).date.start is None


@pytest.mark.xfail(strict=True, reason="the place behind to is lost where the country acts itself")
def test_those_extradited_arrive() -> None:
    route = one("Authorities in Kazakhstan extradited three men to Russia in May 2022.")
    assert names(route, "destination") == ["Russia"]


def test_those_who_flee_after_an_attack_set_out_from_its_place() -> None:
    text = "On 5 May 2022 300 families fled to Agadez after the attack on Gao."
    found = [c for c in claims(text) if c.kind == "route"]
    assert [[(p.role, p.place.name) for p in c.places] for c in found] == [
        [("origin", "Gao"), ("destination", "Agadez")]
    ]


def test_a_journey_from_a_name_without_a_place_is_still_a_journey() -> None:
    (claim,) = claims("Families from Qaryat made their way to Agadez in May 2022.", unknown=("Qaryat",))
    assert chain(claim) == [("destination", "Agadez")]
