"""Numbers: words, figures, ranges and hedges, and the figures that count nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.numbers import find_numbers, number_value


def bounds(text: str) -> list[tuple[int | None, int | None, int | None]]:
    return [(n.low, n.best, n.high) for n in find_numbers(text, 0, len(text))]


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("7", 7),
        ("1,500", 1500),
        ("12 000", 12000),
        ("two", 2),
        ("thirty-three", 33),
        ("two dozen", 24),
        ("a dozen", 12),
        ("half a dozen", 6),
        ("a hundred", 100),
        ("three hundred and five", 305),
        ("1.2 million", 1_200_000),
        ("2 thousand", 2000),
        ("nineteen", 19),
    ],
)
def test_a_number_word_has_its_value(word: str, value: int) -> None:
    assert number_value(word) == value


@pytest.mark.parametrize("word", ["", "several", "first", "dozens", "one-eyed", "hundreds"])
def test_what_is_no_number_has_none(word: str) -> None:
    assert number_value(word) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They held 12 men.", (12, 12, 12)),
        ("They held twelve men.", (12, 12, 12)),
        ("They held more than 150 men.", (150, 150, None)),
        ("They held at least a hundred men.", (100, 100, None)),
        ("They held over 2,000 men.", (2000, 2000, None)),
        ("They held up to 30 men.", (None, 30, 30)),
        ("They held fewer than 30 men.", (None, 30, 30)),
        ("They held about 40 men.", (40, 40, 40)),
        ("They held some two dozen men.", (24, 24, 24)),
        ("They held between 30 and 40 men.", (30, 30, 40)),
        ("They held 30 to 40 men.", (30, 30, 40)),
        ("They held 30–40 men.", (30, 30, 40)),
        ("They held a dozen men.", (12, 12, 12)),
    ],
)
def test_a_hedge_sets_the_bounds(text: str, expected: tuple[int | None, int | None, int | None]) -> None:
    assert bounds(text) == [expected]


def test_two_figures_joined_by_and_are_two_numbers() -> None:
    assert bounds("12 and 5 men") == [(12, 12, 12), (5, 5, 5)]


@pytest.mark.parametrize(
    "text", ["a 24-year-old man", "a 30 % rise", "40 per cent", "$500", "€30", "hundreds of men", "the first men"]
)
def test_ages_shares_money_and_vague_amounts_are_no_counts(text: str) -> None:
    assert bounds(text) == []


def test_the_span_holds_the_hedge() -> None:
    text = "They held more than 150 men."
    (n,) = find_numbers(text, 0, len(text))
    assert text[n.start : n.end] == "more than 150"


_PARTS = (
    "between 30 and 40 to – more than up to two dozen a hundred half 1,500 1.2 million -5 thirty-three 0 007 "
    "99999999999999999999 % per cent $ men , . one"
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(_PARTS.split()), max_size=12).map(" ".join) | st.text(max_size=100))
def test_any_text_is_read_and_bounds_are_in_order(text: str) -> None:
    for n in find_numbers(text, 0, len(text)):
        assert 0 <= n.start < n.end <= len(text)
        known = [x for x in (n.low, n.best, n.high) if x is not None]
        assert known and known == sorted(known)
