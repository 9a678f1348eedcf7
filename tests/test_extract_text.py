"""Sentences and tokens: offsets into the unchanged text, abbreviations, headings, list items."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.text import paragraphs, sentences, tokens


def split(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It began. It ended.", ["It began.", "It ended."]),
        ("Gen. Ali spoke. He left.", ["Gen. Ali spoke.", "He left."]),
        ("The U.S. army came. It left.", ["The U.S. army came.", "It left."]),
        ("He came at 5 p.m. on Monday. He left.", ["He came at 5 p.m. on Monday.", "He left."]),
        ("It rose by 3.5 points. It fell.", ["It rose by 3.5 points.", "It fell."]),
        ("“It is over.” He left.", ["“It is over.”", "He left."]),
        ("Is it over? Yes!", ["Is it over?", "Yes!"]),
        ("J. Smith spoke. He left.", ["J. Smith spoke.", "He left."]),
        ("It happened in Jan. 2020 in town.", ["It happened in Jan. 2020 in town."]),
    ],
)
def test_a_full_stop_ends_a_sentence_unless_an_abbreviation_stands_before_it(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_a_line_end_ends_a_sentence() -> None:
    assert split("Two men held\nPolice detained two men.") == ["Two men held", "Police detained two men."]


def test_lines_wrapped_at_a_width_are_one_paragraph() -> None:
    line = "The police of the northern district told reporters at the station that"
    text = "\n".join([line] * 9) + "\nit was over."
    assert len(sentences(text)) == 1


def test_a_short_line_without_a_full_stop_is_a_heading() -> None:
    first, second = sentences("Arrests in the north\n\nPolice detained two men on Monday.")
    assert first.heading and not second.heading


@pytest.mark.parametrize("mark", ["-", "•", "*", "1)", "–"])
def test_a_line_behind_a_mark_is_a_list_item(mark: str) -> None:
    assert [s.bullet for s in sentences(f"Arrests:\n{mark} Two men were held on Monday.")] == [False, True]


def test_a_word_with_a_hyphen_and_a_figure_with_a_comma_are_one_token() -> None:
    text = "state-run don’t 1,500"
    assert [t.text for t in tokens(text, 0, len(text))] == ["state-run", "don’t", "1,500"]


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\t \n"])
def test_an_empty_text_has_no_sentences(text: str) -> None:
    assert sentences(text) == [] and paragraphs(text) == []


def test_a_sentence_is_cut_where_it_would_never_end() -> None:
    text = "they came and they went, " * 4_000
    found = sentences(text)
    assert max(s.end - s.start for s in found) <= 4_000
    assert "".join(text[s.start : s.end] for s in found).replace(" ", "") == text.replace(" ", "")


@settings(max_examples=250, deadline=None, derandomize=True)
@given(st.text(alphabet=st.sampled_from('aB. \n!?"”’-•1)(,:…é中\t'), max_size=120) | st.text(max_size=120))
def test_sentences_lie_in_the_text_in_order_without_overlap(text: str) -> None:
    end = 0
    for s in sentences(text):
        assert end <= s.start < s.end <= len(text)
        assert text[s.start : s.end].strip()
        end = s.end
    covered = "".join(text[s.start : s.end] for s in sentences(text))
    assert sorted(c for c in covered if c.isalnum()) == sorted(c for c in text if c.isalnum())
