"""A total and its shares: parts know their whole, another period's figure is no part."""

from __future__ import annotations

import pytest

from tests.claims_world import best, claims, names

TOTAL = "In June 2022 police detained 118 people: 74 in Turkey, 31 in Kazakhstan and 13 in Germany."


def test_every_share_is_a_part_of_the_total() -> None:
    found = claims(TOTAL)
    assert [(best(c, "arrested"), c.part_of) for c in found] == [(118, None), (74, 0), (31, 0), (13, 0)]
    assert [names(c) for c in found[1:]] == [["Turkey"], ["Kazakhstan"], ["Germany"]]


def test_a_share_takes_date_and_kind_from_its_total() -> None:
    found = claims(TOTAL)
    assert {(c.kind, c.date) for c in found} == {("arrest", found[0].date)}


def test_a_share_is_no_surer_than_its_total() -> None:
    whole, *parts = claims(TOTAL)
    assert all(p.confidence <= whole.confidence for p in parts)


@pytest.mark.xfail(strict=True, reason="the total takes the first share's place")
def test_a_total_does_not_stand_in_the_first_shares_country() -> None:
    assert names(claims(TOTAL)[0]) != ["Turkey"]


LEAD = "Police in Turkey detained 105 people in the course of June 2022, the ministry of the interior said:"


def test_a_list_below_a_total_holds_its_shares() -> None:
    found = claims(f"{LEAD}\n\n- Izmir: 74\n- Edirne: 31\n")
    assert [(best(c, "arrested"), c.part_of) for c in found] == [(105, None), (74, 0), (31, 0)]


def test_a_list_item_may_begin_with_its_figure() -> None:
    found = claims(f"{LEAD}\n\n- 74 in Izmir\n- 31 in Edirne\n")
    assert [(best(c, "arrested"), c.part_of) for c in found] == [(105, None), (74, 0), (31, 0)]


def test_shares_told_in_the_next_sentence_hang_on_the_total() -> None:
    found = claims(f"{LEAD[:-1]}. Of these, 74 were held in Izmir and 31 in Edirne.")
    assert [(best(c, "arrested"), c.part_of) for c in found] == [(105, None), (74, 0), (31, 0)]


def test_a_short_line_before_a_list_gives_the_total() -> None:
    found = claims("In June 2022 Turkish police detained 105 people:\n\n- 74 in Izmir\n- 31 in Edirne\n")
    assert [(best(c, "arrested"), c.part_of) for c in found] == [(105, None), (74, 0), (31, 0)]


@pytest.mark.xfail(strict=True, reason="of two peoples joined by and, the first share loses its nationality")
def test_shares_by_nationality_are_parts() -> None:
    found = claims("Some 100 people crossed from Turkey to Greece in May 2022: 60 Syrians and 40 Iraqis.")
    parts = [(best(c, "people"), c.nationalities) for c in found if c.part_of == 0]
    assert parts == [(60, ("SYR",)), (40, ("IRQ",))]


def test_the_nationality_of_a_share_is_not_the_totals() -> None:
    whole, part = claims("Turkish police detained 600 people in Izmir in June 2022, including 200 Syrians.")
    assert whole.nationalities == () and part.nationalities == ("SYR",) and part.part_of == 0


def test_a_figure_larger_than_the_total_is_no_share() -> None:
    found = claims("In March 2023, 9,840 people crossed from Niger into Libya, down from 11,205 in February.")
    assert all(c.part_of is None for c in found)


def test_tolls_are_not_divided() -> None:
    found = claims("A bomb killed 12 people in Mosul on 3 May 2022, four of them children.")
    assert [(best(c, "killed"), c.part_of) for c in found] == [(12, None)]


def test_for_before_a_share_is_where_it_went() -> None:
    found = claims("In September 2022 61,000 Malians left for Italy, 9,200 for Turkey and 3,400 for Germany.")
    ends = [[p.place.name for p in c.places if p.role == "destination"] for c in found]
    assert ends == [["Italy"], ["Turkey"], ["Germany"]]
    assert {p.place.name for c in found for p in c.places if p.role == "origin"} == {"Mali"}


def test_another_receiver_is_no_part_of_the_first() -> None:
    found = claims("In April 2022 Turkey brought home 110 people from Syria. Kazakhstan followed with five in October.")
    assert [[p.place.name for p in c.places if p.role == "destination"] for c in found] == [["Turkey"], ["Kazakhstan"]]
    assert found[1].part_of is None and 5 in (best(found[1], "people"), best(found[1], "returned"))


# ------------------------------------------------------------------ other periods, other countries, other places
def test_the_figure_of_a_year_before_is_a_claim_of_its_own() -> None:
    found = claims("Russian courts expelled 1,800 Uzbeks in April 2022, against 950 a year before.")
    assert [(best(c, "people"), c.date.start.isoformat(), c.part_of) for c in found] == [
        (1800, "2022-04-01", None),
        (950, "2021-04-01", None),
    ]


def test_a_clause_says_what_another_year_had() -> None:
    found = claims("In 2022 38 people were arrested in Germany; in 2021 there were 78.")
    assert [(best(c, "arrested"), c.date.start.year) for c in found] == [(38, 2022), (78, 2021)]


def test_the_next_sentence_says_what_another_year_had() -> None:
    found = claims("German police arrested 38 people in the first half of 2022. A year earlier the figure was 29.")
    assert [(best(c, "arrested"), c.date.start.isoformat(), c.date.end.isoformat()) for c in found] == [
        (38, "2022-01-01", "2022-06-30"),
        (29, "2021-01-01", "2021-06-30"),
    ]


def test_another_country_that_acts_needs_no_verb_of_its_own() -> None:
    first, second = claims("Turkey deported 900 Iraqis in 2022, Greece a further 300.")
    assert (names(first, "origin"), best(first, "people")) == (["Turkey"], 900)
    assert (names(second, "origin"), names(second, "destination"), best(second, "people")) == (
        ["Greece"],
        ["Iraq"],
        300,
    )


def test_a_running_total_is_told_beside_the_latest_figure() -> None:
    text = "Turkey deported 87 Iraqis on 3 May 2022, bringing to 1,150 the number expelled since January 2022."
    found = claims(text)
    assert [(best(c, "people"), c.date.start.isoformat()) for c in found] == [(87, "2022-05-03"), (1150, "2022-01-01")]


def test_one_more_elsewhere_is_an_arrest_of_its_own() -> None:
    found = claims("The raids of 3 May 2022 led to the arrest of two men in Munich and of a third in Hamburg.")
    assert [(best(c, "arrested"), names(c)) for c in found] == [(2, ["Munich"]), (1, ["Hamburg"])]


def test_figures_respectively_go_to_their_places() -> None:
    text = "In May 2022 police arrested 19 people in Izmir, Edirne and Istanbul: 12, five and two respectively."
    assert [(best(c, "arrested"), names(c)) for c in claims(text)] == [
        (12, ["Izmir"]),
        (5, ["Edirne"]),
        (2, ["Istanbul"]),
    ]


def test_a_figure_that_fell_is_told_for_both_years() -> None:
    border = "the southern border of the United States"
    text = f"Encounters with Uzbek nationals at {border} fell from 3,600 in 2021 to 1,870 in 2022."
    assert [(best(c, "people"), c.date.start.year) for c in claims(text)] == [(3600, 2021), (1870, 2022)]


def test_a_figure_of_something_else_is_not_compared() -> None:
    text = "German police arrested 38 people in 2022. The budget of 2021 was 29 million euros."
    assert [best(c, "arrested") for c in claims(text)] == [38]
