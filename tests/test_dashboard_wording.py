"""Dates, figures and lists in an analyst's words."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from dashboard.wording import count_text, counts_text, date_text, joined, plural, split, told_text, word
from extract.schema import CERTAINTIES, KINDS, PRECISIONS

D = dt.date


@pytest.mark.parametrize(
    ("start", "end", "precision", "text"),
    [
        (D(2024, 3, 21), D(2024, 3, 21), "day", "21 Mar 2024"),
        (D(2024, 3, 1), D(2024, 3, 31), "month", "Mar 2024"),
        (D(2024, 2, 1), D(2024, 2, 29), "month", "Feb 2024"),
        (D(2024, 1, 1), D(2024, 6, 30), "half", "Jan–Jun 2024"),
        (D(2024, 1, 1), D(2024, 12, 31), "year", "2024"),
        (D(2019, 1, 1), D(2021, 12, 31), "year", "2019–2021"),
        (D(2023, 12, 1), D(2024, 2, 29), "season", "Dec 2023 – Feb 2024"),
        (D(2023, 9, 12), D(2023, 9, 14), "day", "12–14 Sep 2023"),
        (D(2023, 7, 31), D(2023, 8, 2), "day", "31 Jul – 2 Aug 2023"),
        (D(2023, 12, 31), D(2024, 1, 1), "day", "31 Dec 2023 – 1 Jan 2024"),
        (None, None, "unknown", "date not stated"),
        (pd.NaT, pd.NaT, "unknown", "date not stated"),
        (D(2024, 1, 5), None, "day", "from 5 Jan 2024"),
    ],
)
def test_a_date_is_written_as_precisely_as_it_is_known(start: object, end: object, precision: str, text: str) -> None:
    assert date_text(start, end, precision) == text


@pytest.mark.parametrize(
    ("bounds", "text"),
    [
        ((27, 27, 27), "27"),
        ((137, 145, 145), "137–145"),
        ((150, 150, None), "150+"),
        ((None, 80, 80), "up to 80"),
        ((None, 5, None), "5"),
        ((None, None, None), ""),
        ((0, 0, 0), "0"),
        ((1_200_000, None, None), "1\u202f200\u202f000+"),
        ((pd.NA, pd.NA, pd.NA), ""),
    ],
)
def test_a_figure_keeps_its_doubt_and_unknown_is_not_zero(bounds: tuple[object, object, object], text: str) -> None:
    assert count_text(*bounds) == text


def test_figures_of_an_event_are_listed_without_the_unknown_ones() -> None:
    row = {f"{k}_{b}": None for k in ("killed", "injured", "arrested", "people") for b in ("low", "best", "high")}
    row |= {"killed_low": 137, "killed_best": 145, "killed_high": 145, "injured_low": 180, "injured_best": 180}
    assert counts_text(row) == "137–145 killed, 180+ injured"
    one = dict.fromkeys(row) | {"people_low": 1, "people_best": 1, "people_high": 1}
    assert counts_text(one) == "1 person"
    assert counts_text(one | {"people_high": 2}) == "1–2 people"


def test_lists_are_cut_with_the_number_left_out() -> None:
    assert joined(["a"]) == "a"
    assert joined(["a", "b", "c"]) == "a, b and c"
    assert joined(list("abcdef"), 2) == "a, b and 4 more"
    assert split("TJK|RUS") == ["TJK", "RUS"]
    assert split(None) == split("") == []
    assert (plural(1, "event"), plural(2, "event")) == ("1 event", "2 events")


@pytest.mark.parametrize(
    ("vocabulary", "values"), [("kind", KINDS), ("kinds", KINDS), ("certainty", CERTAINTIES), ("precision", PRECISIONS)]
)
def test_every_value_of_a_vocabulary_has_a_word_without_underscore(vocabulary: str, values: tuple[str, ...]) -> None:
    assert all(word(vocabulary, v) and "_" not in word(vocabulary, v) for v in values)
    assert word(vocabulary, "new_value") == "new value"
    assert word(vocabulary, None) == "not stated"


def test_a_sentence_is_told_by_its_beginning_cut_between_words_and_its_publisher() -> None:
    assert told_text("A bomb\n went off.", "Daily Paper") == "“A bomb went off.” · Daily Paper"
    assert told_text("A bomb went off.", "", most=8) == "“A bomb …”"
    assert told_text("Shots.", "One|Two") == "“Shots.” · One and Two"
