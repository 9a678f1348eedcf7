"""Journeys told over several sentences: who travels, where they were, and what a later sentence adds."""

from __future__ import annotations

import pytest

from extract.schema import Claim
from tests.claims_world import best, claims, names


def routes(text: str, published: str | None = None) -> list[Claim]:
    """The routes of a text."""
    return [c for c in claims(text, published) if c.kind == "route"]


def ends(claim: Claim) -> tuple[list[str], list[str]]:
    """Origins and destinations by name."""
    return names(claim, "origin"), names(claim, "destination")


def test_those_arrested_set_out_from_where_they_were_held() -> None:
    (route,) = routes("Two Tajik men were arrested in Munich on 3 May 2022. They were flown to Dushanbe on 9 May 2022.")
    assert ends(route) == (["Munich"], ["Dushanbe"])
    assert all(p.inferred for p in route.places if p.role == "origin")


def test_an_earlier_journey_does_not_set_out_from_the_arrest() -> None:
    text = "Two Tajik men were arrested in Munich on 3 May 2022. They had travelled to Syria in 2014."
    (route,) = routes(text)
    assert ends(route) == (["Tajikistan"], ["Syria"])


def test_an_earlier_journey_ends_where_they_were_arrested() -> None:
    text = "Police in Munich arrested two Tajik men on 3 May 2022. They had come from Turkey in 2021."
    (route,) = routes(text)
    assert ends(route) == (["Turkey"], ["Munich"])


def test_new_people_do_not_set_out_from_there() -> None:
    text = "Two Tajik men were arrested in Munich on 3 May 2022. Some 300 Malians were flown to Agadez on 9 May 2022."
    (route,) = routes(text)
    assert ends(route) == (["Mali"], ["Agadez"])


def test_a_later_sentence_adds_the_way() -> None:
    text = "About 400 Tajiks left Dushanbe for Syria in 2014. Most went by way of Moscow and Istanbul."
    (route,) = routes(text)
    assert ends(route) == (["Dushanbe"], ["Syria"]) and names(route, "transit") == ["Moscow", "Istanbul"]


def test_a_later_sentence_adds_where_they_set_out() -> None:
    text = "In May 2022 some 900 people reached Lampedusa. Most had set out from Zuwara."
    (route,) = routes(text)
    assert ends(route) == (["Zuwara"], ["Lampedusa"]) and best(route, "people") == 900


def test_two_verbs_with_the_same_people_are_one_journey() -> None:
    text = (
        "On 3 May 2022 the authorities handed over 50 Iraqi men held in Sabha; they were flown to Baghdad the same day."
    )
    (route,) = routes(text)
    assert names(route, "destination") == ["Baghdad"] and best(route, "people") == 50


def test_part_of_those_who_arrived_came_to_the_same_place() -> None:
    text = "More than 600 migrants landed on Lampedusa on 3 May 2022; 410 had set out from Zuwara."
    assert (["Zuwara"], ["Lampedusa"]) in [ends(c) for c in routes(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In Kenya, 40 people were deported to Somalia in May 2022.", (["Kenya"], ["Somalia"])),
        ("In Kazakhstan, 79 women returned from Iraq in May 2022.", (["Iraq"], ["Kazakhstan"])),
        ("Uzbekistan flew 95 women home from Baghdad in May 2022.", (["Baghdad"], ["Uzbekistan"])),
    ],
)
def test_the_sentence_says_the_other_end(text: str, expected: tuple[list[str], list[str]]) -> None:
    assert ends(routes(text)[0]) == expected


def test_where_somebody_lived_is_where_the_journey_began() -> None:
    text = "The men had been living in Moscow and were on their way to Istanbul in May 2022 when they were stopped."
    assert ends(routes(text)[0]) == (["Moscow"], ["Istanbul"])


def test_a_stay_parts_two_journeys() -> None:
    text = (
        "He had flown from Moscow to Istanbul on 18 October 2021, had lived for two months in Izmir "
        "and had then crossed into Iraq."
    )
    first, second = routes(text, "2022-05-03")
    assert ends(first) == (["Moscow"], ["Istanbul"]) and ends(second) == (["Izmir"], ["Iraq"])
    assert second.date.start == first.date.end and second.date.precision == "unknown"


def test_those_who_return_come_from_where_they_had_gone() -> None:
    text = (
        "Some 30,000 people left Tajikistan for Russia in 2021.\n\nIn April 2022 alone 2,700 men returned to Khatlon."
    )
    assert ends(routes(text)[1]) == (["Russia"], ["Khatlon"])


def test_a_noun_is_no_journey() -> None:
    assert routes("The men spent nine days in the transit zone in Istanbul in May 2022.") == []


def test_the_number_of_those_who_left_may_stand_behind() -> None:
    text = (
        "The ministry put the number of citizens of Tajikistan who had left for Syria between 2013 and 2019 at 1,899."
    )
    (route,) = routes(text)
    assert best(route, "people") == 1899 and names(route, "destination") == ["Syria"]


def test_how_many_is_not_clear() -> None:
    assert routes("It is not clear how many of the Tajiks who crossed into the United States in 2022 stayed.") == []


# ------------------------------------------------------------------ borders, statistics, who somebody is
def test_who_crosses_the_border_of_two_countries_comes_from_the_other() -> None:
    (route,) = routes("In July 2022 guards in Edirne recorded 2,870 attempts to cross the border with Greece.")
    assert best(route, "people") == 2870 and ends(route) == (["Greece"], ["Turkey"])


def test_the_country_that_counts_arrivals_is_where_they_came() -> None:
    (route,) = routes("Greece reported 803 crossings from Turkey in July 2022.")
    assert ends(route) == (["Turkey"], ["Greece"]) and best(route, "people") == 803


def test_where_somebody_is_from_is_no_stop_of_the_extradition() -> None:
    (route,) = routes("In June 2022 Turkey extradited to Germany a man from Syria.")
    assert ends(route) == (["Turkey"], ["Germany"])


def test_the_town_they_are_deported_from_is_a_stop() -> None:
    (route,) = routes("In June 2022 Turkey deported eleven men from Istanbul to Uzbekistan.")
    assert ends(route) == (["Istanbul"], ["Uzbekistan"])


@pytest.mark.parametrize(
    "text",
    [
        "In July 2022 Niger expelled the German troops to Mali.",
        "A man from Syria drove through the crowd in Hamburg in May 2022.",
        "Gendarmes in Gao stopped two Malians carrying a list from Niger on 3 May 2022.",
    ],
)
def test_nobody_travels(text: str) -> None:
    assert routes(text) == []


def test_what_is_supposed_is_hypothetical() -> None:
    (route,) = routes(
        "Suppose a cell of four flew from Istanbul via Quito to Tapachula and crossed into the United States."
    )
    assert route.certainty == "hypothetical"
