"""Layout: where the body ends, what a title announces, what heads an entry, datelines."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import cast

import pytest

from extract.context import attributed
from extract.layout import DATELINE, announced_period, dominant_year, end_of_body, headline_end, topic_of
from extract.schema import DateSpan, Document
from extract.text import sentences
from extract.view import View
from tests.claims_world import claims, dates_of, names

YEAR_2019 = DateSpan(dt.date(2019, 1, 1), dt.date(2019, 12, 31), "year")


def period(text: str, title: str | None = None) -> DateSpan | None:
    return announced_period(text, sentences(text), Document(text, title=title), None)


@pytest.mark.parametrize(
    ("text", "is_dateline"),
    [
        ("ROME — Police came.", True),
        ("QUETTA, Pakistan, Oct 14 (Wire) — Police came.", True),
        ("GAO - Police came.", True),
        ("ISTANBUL (Agency) -- Police came.", True),
        ("Rome — the city — slept.", False),
        ("Police came to Rome.", False),
        ("UN officials came.", False),
    ],
)
def test_a_dateline_is_a_town_in_capitals_before_a_dash(text: str, is_dateline: bool) -> None:
    assert bool(DATELINE.match(text)) is is_dateline


@pytest.mark.parametrize("heading", ["References", "Notes", "Citations", "Endnotes", "Read more", "Related articles"])
def test_the_body_ends_at_notes_and_link_lists(heading: str) -> None:
    body = "The harvest was good. " * 10
    assert end_of_body(f"{body}\n{heading}\nOther things.") <= len(body) + 1


def test_notes_at_the_very_top_do_not_end_the_body() -> None:
    text = "Notes\n" + "The harvest was good. " * 10
    assert end_of_body(text) == len(text)


def test_a_text_without_notes_is_body_to_its_end() -> None:
    assert end_of_body("The notes were lost.") == len("The notes were lost.")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Chronicle 2019", YEAR_2019),
        ("Arrivals in March 2019", DateSpan(dt.date(2019, 3, 1), dt.date(2019, 3, 31), "month")),
        ("Press release of 3 March 2019", None),
        ("Police press release No. 2019", None),
        ("Three men held", None),
    ],
)
def test_a_title_announces_a_period_but_not_a_day(title: str, expected: DateSpan | None) -> None:
    body = "The harvest was good in the valley, and the market was full of apples and of pears.\n"
    assert period(f"{title}\n\n{body}") == expected
    assert period(body, title) == expected


def test_a_retrospect_is_about_the_year_it_names_most() -> None:
    text = "In 2019 it rained. In 2019 it snowed. In 2019 it froze. During 2019 it thawed. In 2012 it was dry."
    assert dominant_year(text, sentences(text), Document(text)) == YEAR_2019
    assert dominant_year("In 2019 it rained. In 2018 it did not.", [], Document("")) is None


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("Returns of citizens from Syria", ("route", "repatriation")),
        ("Irregular arrivals by sea", ("route", "border_crossing")),
        ("Court sentences three", None),
    ],
)
def test_a_title_names_a_topic(title: str, topic: tuple[str, str] | None) -> None:
    text = f"{title}\n\nThe harvest was good in the valley, and the market was full.\n"
    assert topic_of(text, sentences(text), Document(text)) == topic


def test_the_headline_ends_where_the_first_full_sentence_begins() -> None:
    text = "Three men held\nBy our staff\n\nPolice came to the valley on Monday."
    assert text[headline_end(text, sentences(text)) :].startswith("Police came")


def test_a_date_that_heads_an_entry_dates_it() -> None:
    text = "Chronicle 2019\n\n14.03 Kazan: three men detained.\n\n21.03 Almaty: five men detained.\n"
    assert [(names(c), dates_of(c)[0]) for c in claims(text)] == [(["Kazan"], "2019-03-14"), (["Almaty"], "2019-03-21")]


def test_a_month_that_heads_a_section_dates_it() -> None:
    text = (
        "Chronicle 2019\n\nCompiled by our staff\n\nThe harvest was good in the valley, and the market was full.\n\n"
        "March\n\nPolice in Kazan detained three men.\n\nApril\n\nPolice in Almaty detained five men.\n"
    )
    assert [dates_of(c)[0] for c in claims(text)] == ["2019-03-01", "2019-04-01"]


@pytest.mark.parametrize(
    ("words", "origin"),
    [
        ("Nine were held, according to the Valley Post.", "Valley Post"),
        ("Nine were held, according to the Ministry of Roads.", "Ministry of Roads"),
        ("Nine were held, according to Dushanbe’s own figures.", None),
        ("Nine were held, according to Dushanbe's.", None),
        ("Nine were held, the mayor said.", None),
    ],
)
def test_a_source_is_whoever_is_named_never_a_possessive(words: str, origin: str | None) -> None:
    assert attributed(cast(View, SimpleNamespace(words=words))) == origin
