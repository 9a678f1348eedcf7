"""Repeats: one event told twice in a document is one claim, two events stay two."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from extract.repeats import joined, link_shares, repeats
from extract.schema import Claim, ClaimPlace, Count, DateSpan
from tests.claims_world import PLACES

DAY = DateSpan(dt.date(2022, 5, 3), dt.date(2022, 5, 3), "day")
MONTH = DateSpan(dt.date(2022, 5, 1), dt.date(2022, 5, 31), "month")
OTHER_DAY = DateSpan(dt.date(2022, 5, 20), dt.date(2022, 5, 20), "day")


def at(name: str, role: str = "location") -> ClaimPlace:
    return ClaimPlace(role, name, 0, len(name), PLACES[name])  # type: ignore[arg-type]


def attack(**change: Any) -> Claim:
    base = Claim(
        "d", "incident", "attack", 0, 10, DAY, (at("Mosul"),), counts={"killed": Count(9, 9, 9)}, confidence=0.8
    )
    return replace(base, **change)


def arrest(**change: Any) -> Claim:
    return attack(**{"kind": "arrest", "subkind": "arrest", "counts": {"arrested": Count(4, 4, 4)}, **change})


def test_the_same_place_day_and_toll_is_the_same_event() -> None:
    assert repeats(attack(), attack(start=50, end=60))


def test_another_toll_is_another_event() -> None:
    assert not repeats(attack(), attack(counts={"killed": Count(12, 12, 12)}))


def test_another_day_is_another_event() -> None:
    assert not repeats(attack(), attack(date=OTHER_DAY))


def test_another_town_is_another_event() -> None:
    assert not repeats(attack(), attack(places=(at("Baghdad"),)))


def test_another_kind_is_another_event() -> None:
    assert not repeats(attack(), arrest())


def test_a_hypothetical_never_repeats_a_fact() -> None:
    assert not repeats(attack(), attack(certainty="hypothetical"))


def test_a_retelling_without_date_and_toll_is_the_same_event() -> None:
    assert repeats(attack(), attack(date=DateSpan(), counts={}))


def test_arrests_need_the_same_figure() -> None:
    assert repeats(arrest(), arrest(start=50, end=60))
    assert not repeats(arrest(), arrest(counts={}))


def test_a_journey_with_other_ends_is_another() -> None:
    route = attack(
        kind="route", subkind="travel", places=(at("Niger", "origin"), at("Libya", "destination")), counts={}
    )
    assert repeats(route, route)
    assert not repeats(route, replace(route, places=(at("Mali", "origin"), at("Libya", "destination"))))


def test_the_earlier_claim_keeps_its_words_and_takes_what_only_the_later_says() -> None:
    one = joined(
        attack(date=MONTH),
        attack(start=50, end=60, date_span=(52, 56), groups=("ISIS",), counts={"injured": Count(30, 30, None)}),
    )
    assert (one.start, one.end) == (0, 10)
    assert one.date == DAY and one.date_span == (52, 56)
    assert one.counts == {"killed": Count(9, 9, 9), "injured": Count(30, 30, None)}
    assert one.groups == ("ISIS",) and one.confidence > 0.8


def test_confidence_stays_below_one_however_often_it_is_told() -> None:
    claim = attack()
    for _ in range(20):
        claim = joined(claim, attack())
    assert claim.confidence < 1


def test_shares_hang_on_the_last_total_of_their_kind() -> None:
    whole, part = arrest(), arrest(part_of=-1, counts={"arrested": Count(1, 1, 1)})
    linked = link_shares([whole, attack(), part])
    assert [c.part_of for c in linked] == [None, None, 0]


def test_a_share_without_a_total_hangs_on_nothing() -> None:
    assert link_shares([arrest(part_of=-1)])[0].part_of is None


def test_the_arguments_are_left_as_they_were() -> None:
    claims = [arrest(), arrest(part_of=-1)]
    link_shares(claims)
    assert claims[1].part_of == -1
