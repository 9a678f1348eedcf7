"""A question becomes filters; what no table knows is searched; nothing is taken for a filter that is none."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.ask import ask
from geodata.filters import Filters
from geodata.regions import region_members, region_name

TODAY = dt.date(2024, 6, 15)
EUROPE = region_members()["europe"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "arrests of Tajik nationals in Europe since January 2024",
            {"kind": ("arrest",), "nationality": ("TJK",), "country": EUROPE, "date_from": dt.date(2024, 1, 1)},
        ),
        ("routes through Turkey", {"kind": ("route",), "country": ("TUR",)}),
        ("Crocus", {"text": "Crocus"}),
        (
            "foiled plots in Germany 2023",
            {
                "subkind": ("plot",),
                "certainty": ("foiled",),
                "country": ("DEU",),
                "date_from": dt.date(2023, 1, 1),
                "date_to": dt.date(2023, 12, 31),
            },
        ),
        (
            "ISIS-K attacks in Kabul last year",
            {
                "subkind": ("attack",),
                "group": ("ISIS-K",),
                "text": "Kabul",
                "date_from": dt.date(2023, 1, 1),
                "date_to": dt.date(2023, 12, 31),
            },
        ),
        (
            "attacks between March and June 2024 in Afghanistan",
            {
                "subkind": ("attack",),
                "country": ("AFG",),
                "date_from": dt.date(2024, 3, 1),
                "date_to": dt.date(2024, 6, 30),
            },
        ),
        ("arrests before 2020", {"kind": ("arrest",), "date_to": dt.date(2019, 12, 31)}),
        ("arrests after March 2024", {"kind": ("arrest",), "date_from": dt.date(2024, 4, 1)}),
        ("Uzbeks deported from Russia", {"subkind": ("deportation",), "nationality": ("UZB",), "country": ("RUS",)}),
        (
            "citizens of Kyrgyzstan arrested in Poland or Germany",
            {"kind": ("arrest",), "nationality": ("KGZ",), "country": ("POL", "DEU")},
        ),
        ("raids by Turkish police", {"subkind": ("raid",), "country": ("TUR",)}),
        ("events with at least two sources", {"min_sources": 2}),
        ("how many people were killed in Kerman?", {"kind": ("incident",), "text": "Kerman"}),
        ("", {}),
        ("who and where", {}),
    ],
)
def test_a_question_becomes_filters(question: str, expected: dict[str, object]) -> None:
    assert ask(question, TODAY).filters == Filters(**expected)  # type: ignore[arg-type]


@pytest.mark.parametrize("question", ["can us see it", "chad", "may", "is was", "per"])
def test_words_are_not_taken_for_codes_months_or_groups(question: str) -> None:
    filters = ask(question, TODAY).filters
    assert not filters.group and not filters.date_from
    assert filters.country in ((), ("TCD",))  # Chad is a country, in small letters too


def test_every_part_stands_with_its_words_and_the_rest_is_said_to_be_searched() -> None:
    asked = ask("arrests of Tajiks near a checkpoint in 2024", TODAY)
    assert [(p.words, p.field) for p in asked.parts] == [
        ("arrests", "kind"),
        ("Tajiks", "nationality"),
        ("checkpoint", "text"),
        ("2024", "date"),
    ]
    assert asked.searched == "checkpoint"
    assert all(asked.question[p.start : p.end] == p.words for p in asked.parts)


def test_a_set_of_countries_that_is_a_region_is_called_by_its_name() -> None:
    assert Filters(country=EUROPE).describe() == "Europe"
    assert region_name(EUROPE[:-1]) is None


@given(st.text(max_size=120))
def test_any_line_is_read_without_an_error(line: str) -> None:
    asked = ask(line, TODAY)
    assert all(asked.question[p.start : p.end] == p.words for p in asked.parts)
