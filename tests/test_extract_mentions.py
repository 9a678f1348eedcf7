"""Words, spans and unknown names: what recognition does before any place is chosen."""

from __future__ import annotations

import pytest

from extract.mention_lexicon import place_words
from extract.mention_spans import find_spans, shape_of
from extract.mention_tokens import fold, name_key, sound_key, tokenize
from extract.mention_unknown import unknown_names
from extract.mentions import FEATURES, Around, describe

NAMES = {
    "paris": 0,
    "isle of man": 1,
    "al hol": 2,
    "us": 3,
    "new york": 4,
    "york": 5,
    "frankfurt oder": 6,
    "march": 7,
    "university": 8,
    "west": 9,
}


def lookup(text: str) -> list[tuple[str, int]]:
    """Known names that the text begins with, shortest first, as the trie gives them."""
    return sorted(((n, k) for n, k in NAMES.items() if text.startswith(n)), key=lambda it: len(it[0]))


def spans_of(text: str) -> list[str]:
    tokens = tokenize(text)
    return [text[s.start : s.end] for s in find_spans(text, tokens, shape_of(text, tokens), lookup, place_words())]


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Sana’a", "sanaa"),
        ("Türkiye", "turkiye"),
        ("U.S.", "us"),
        ("Łódź", "lodz"),
        ("Đà", "da"),
        ("Jalālābād", "jalalabad"),
    ],
)
def test_spellings_of_one_name_fold_together(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_offsets_are_those_of_the_text_and_leave_the_possessive_out() -> None:
    text = "Kyiv’s mayor, the U.S.-led force"
    tokens = tokenize(text)
    assert [(text[t.start : t.end], t.norm) for t in tokens] == [
        ("Kyiv", "kyiv"),
        ("mayor", "mayor"),
        ("the", "the"),
        ("U.S.", "us"),
        ("led", "led"),
        ("force", "force"),
    ]
    assert [t.possessive for t in tokens] == [True, False, False, False, False, False]
    assert [t.joint for t in tokens] == [0, 1, 0, 1, 2, 1]


def test_a_full_stop_joins_only_after_an_abbreviation() -> None:
    assert [t.joint for t in tokenize("St. John")] == [0, 3]
    assert [t.joint for t in tokenize("in Iran. John")] == [0, 1, 0]


def test_a_key_joins_words_whatever_stands_between_them() -> None:
    assert name_key("Jalal-Abad") == "jalal abad" != name_key("Jalalabad")
    assert name_key("Frankfurt (Oder)") == "frankfurt oder"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hodeidah", "Al Ḩudaydah"), ("Hawija", "Al Ḩawījah"), ("Khujand", "Khudzhand"), ("Bossaso", "Bosaso")],
)
def test_transliterations_of_one_name_sound_alike(one: str, other: str) -> None:
    assert sound_key(name_key(one)) == sound_key(name_key(other)) != ""


def test_short_and_different_names_do_not_sound_alike() -> None:
    assert sound_key("osh") == ""
    assert sound_key(name_key("Tashkent")) != sound_key(name_key("Taskent Bay"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He left New York for Paris.", ["New York", "Paris"]),
        ("On the Isle of Man and in al-Hol.", ["Isle of Man", "al-Hol"]),
        ("Frankfurt (Oder) is small.", ["Frankfurt (Oder)"]),
        ("They told us in march.", []),
        ("In March the US sent US$5.", ["US"]),
        ("Harvard University said so.", []),
        ("Western films, west of there.", []),
        ("Brothers in the West.", ["West"]),
        ("", []),
    ],
)
def test_the_longest_known_name_with_a_capital_is_a_candidate(text: str, found: list[str]) -> None:
    assert spans_of(text) == found


def test_a_text_without_capitals_is_searched_for_uncommon_words() -> None:
    assert spans_of("we flew from new york to paris last week") == ["new york", "paris"]


def test_every_span_has_every_feature() -> None:
    text = "In Paris, as in New York."
    tokens = tokenize(text)
    shape = shape_of(text, tokens)
    spans = find_spans(text, tokens, shape, lookup, place_words())
    rows = describe(Around(text, tokens, shape, spans, place_words()))
    assert [len(r) for r in rows] == [len(FEATURES)] * 2
    assert rows[0][FEATURES.index("prev_locative")] == 1.0


def unknown(text: str) -> list[str]:
    tokens = tokenize(text)
    shape = shape_of(text, tokens)
    around = Around(text, tokens, shape, find_spans(text, tokens, shape, lookup, place_words()), place_words())
    return [text[a:b] for a, b in unknown_names(around)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Farmers were killed outside Kainama on Monday.", ["Kainama"]),
        ("A raid on the village of Mayi-Moya failed.", ["Mayi-Moya"]),
        ("It happened in September, in English, in Parliament.", []),
        ("He believed in Oleksiak’s talent.", []),
        ("They trusted in Kowalczyk Holdings.", []),
        ("Kainama burns.", []),
    ],
)
def test_an_unknown_name_needs_a_word_of_place(text: str, found: list[str]) -> None:
    assert unknown(text) == found


def test_an_acronym_that_the_text_explains_as_something_else_is_noticed() -> None:
    text = "Every Central Asian Republic (CAR) agreed; the CAR leaders met."
    tokens = tokenize(text)
    around = Around(text, tokens, shape_of(text, tokens), [], place_words())
    assert around.defined("CAR")
    assert not around.defined("UAE")
