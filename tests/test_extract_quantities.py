"""What is counted: the noun behind a figure, people or things, nationalities beside it, figures that only name."""

from __future__ import annotations

import pytest

from extract.lexicon import load
from extract.quantities import Quantity, add, find_quantities
from extract.text import tokens
from tests.claims_world import mentions


def found(text: str) -> list[Quantity]:
    return find_quantities(text, tokens(text, 0, len(text)), mentions(text), load(), [])


@pytest.mark.parametrize(
    ("text", "best", "category"),
    [
        ("They held 12 people.", 12, "person"),
        ("They held twelve suspected militants.", 12, "person"),
        ("They held four captured attackers.", 4, "person"),
        ("They held more than 30 Syrians.", 30, "person"),
        ("They made 49 searches.", 49, "thing:searches"),
        ("They held nine.", 9, "bare"),
        ("They held a Syrian national.", 1, "person"),
        ("They held another suspect.", 1, "person"),
        ("They held a couple.", 2, "person"),
    ],
)
def test_a_figure_has_the_kind_of_its_noun(text: str, best: int, category: str) -> None:
    (q,) = found(text)
    assert (q.number.best, q.category) == (best, category)


@pytest.mark.parametrize(
    "text",
    [
        "It is 30 km away.",
        "He is aged 24.",
        "It took 12 hours.",
        "See note 41.",
        "It cost EUR 14,000.",
        "Title 42 ended.",
        "It rose by 12 per cent.",
        "He waited three years.",
    ],
)
def test_a_figure_that_measures_or_names_counts_nobody(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "nationalities"),
    [
        ("They held 12 Uzbeks.", ("UZB",)),
        ("They held 12 Uzbek citizens.", ("UZB",)),
        ("They held 12 citizens of Tajikistan and Uzbekistan.", ("TJK", "UZB")),
        ("They held 12 Central Asian men.", ("XCA",)),
        ("They held 12 citizens from Syria.", ()),
        ("They held 12 men.", ()),
    ],
)
def test_a_nationality_stands_with_the_people_it_names(text: str, nationalities: tuple[str, ...]) -> None:
    assert found(text)[0].nationalities == nationalities


def test_a_figure_in_brackets_counts_the_people_before_it() -> None:
    (syrians, iraqis) = found("They were Syrians (410) and Iraqis (90).")
    assert (syrians.number.best, syrians.nationalities) == (410, ("SYR",))
    assert (iraqis.number.best, iraqis.nationalities) == (90, ("IRQ",))


def test_of_them_refers_back() -> None:
    assert found("Six of them were women.")[0].of_them


def test_a_whole_behind_of_is_not_counted_again() -> None:
    assert [q.number.best for q in found("Two thousand of the town’s 9,000 people left.")] == [2_000]


def test_figures_inside_a_date_are_left_out() -> None:
    text = "On 12 May they held nine men."
    quantities = find_quantities(text, tokens(text, 0, len(text)), [], load(), [(3, 9)])
    assert [q.number.best for q in quantities] == [9]


def test_coordinated_figures_are_added_with_their_nationalities() -> None:
    uzbeks, tajiks = found("Four Uzbeks and three Tajiks.")
    total = add(uzbeks, tajiks)
    assert total.number.best == 7 and total.nationalities == ("UZB", "TJK")


def test_an_open_bound_stays_open_when_added() -> None:
    some, more = found("Four Uzbeks and more than three Tajiks.")
    assert (add(some, more).number.low, add(some, more).number.high) == (7, None)
