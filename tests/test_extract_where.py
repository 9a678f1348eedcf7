"""Where it happened: the event's place, not the speaker's; words that point back; datelines and headings."""

from __future__ import annotations

import pytest

from extract.schema import Claim
from tests.claims_world import claims, names


def last(text: str, published: str | None = None) -> Claim:
    """The last claim of a text."""
    return claims(text, published)[-1]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Police in Palermo arrested four men on 3 May 2022, the ministry in Rome said.", "Palermo"),
        ("Officials in Nairobi said gunmen had killed five people in Garissa on 3 May 2022.", "Garissa"),
        ("Kazan police arrested four men on 3 May 2022.", "Kazan"),
        ("A bomb killed four people near Mosul on 3 May 2022.", "Mosul"),
        ("In Cotabato, a bomb killed four people on 3 May 2022.", "Cotabato"),
        ("The attack, which the Kenyan government condemned, killed five people in Kismayo in May 2022.", "Kismayo"),
    ],
)
def test_the_place_is_that_of_the_event(text: str, place: str) -> None:
    assert names(claims(text)[0])[0] == place


def test_a_town_stands_before_the_country_it_lies_in() -> None:
    (claim,) = claims("A bomb killed four people in Mosul, Iraq, on 3 May 2022.")
    assert names(claim) == ["Mosul", "Iraq"]


def test_an_arrest_in_two_towns_is_one_claim_with_both() -> None:
    (claim,) = claims("Five people were arrested in Almaty and Astana in July 2022.")
    assert names(claim) == ["Almaty", "Astana"]


def test_attacks_in_three_towns_are_three_claims() -> None:
    found = claims("Attacks in Garissa, Mombasa and Kismayo in June 2014 killed 60 people.")
    assert [names(c) for c in found] == [["Garissa"], ["Mombasa"], ["Kismayo"]]


def test_the_joint_toll_of_three_attacks_belongs_to_none() -> None:
    found = claims("Attacks in Garissa, Mombasa and Kismayo in June 2014 killed 60 people.")
    assert all("killed" not in c.counts for c in found)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Gunmen attacked a hotel in Gao on 4 May 2022. Two days later police arrested three men in the city.", "Gao"),
        ("Gunmen attacked a hotel in Mali on 4 May 2022. On 6 May police arrested three men in the capital.", "Bamako"),
        ("Gunmen attacked a hotel in Gao on 4 May 2022. On 6 May police arrested three men there.", "Gao"),
    ],
)
def test_a_word_that_points_back_is_its_place_and_inferred(text: str, place: str) -> None:
    claim = last(text, "2022-06-01")
    assert (claim.kind, names(claim)) == ("arrest", [place])
    assert claim.places[0].inferred


def test_a_country_that_acts_is_an_inferred_place_where_nothing_better_stands() -> None:
    (claim,) = claims("Turkish police detained 40 people in May 2022.")
    assert [(p.place.iso3, p.inferred) for p in claim.places] == [("TUR", True)]


def test_a_headings_place_holds_for_what_stands_below_it() -> None:
    text = "Report of June 2022\n\nAll quiet, the report says.\n\nHamburg\n\nThree men were arrested on 4 June 2022.\n"
    assert names(last(text)) == ["Hamburg"]


def test_nothing_points_where_nothing_was_named() -> None:
    assert all(not c.places for c in claims("Police arrested three men in the city on 6 May 2022."))


def test_where_somebody_spoke_is_not_where_it_happened() -> None:
    (claim,) = claims("Police in Turkey detained 105 people in June 2022, the ministry of the interior said in Ankara.")
    assert names(claim) == ["Turkey"]


def test_a_dateline_gives_the_town_where_the_sentence_names_none() -> None:
    (claim,) = claims("MOSUL, Iraq, Oct 14 (Wire) — A car bomb killed five people on Tuesday.", "2022-10-14")
    assert names(claim)[0] == "Mosul"
