"""Triggers and what their surroundings say of them: voice, negation, possibility, reference."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.frames import Frame, boundaries, clause, find_frames, separation
from extract.lexicon import load
from extract.text import tokens


def frames(text: str) -> list[Frame]:
    return find_frames(text, tokens(text, 0, len(text)), boundaries(text, 0, len(text)), load())


def one(text: str) -> Frame:
    found = frames(text)
    assert len(found) == 1, [(f.text, f.rule.id) for f in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "trigger", "kind"),
    [
        ("Police arrested two men.", "arrested", "arrest"),
        ("Police are arresting two men.", "arresting", "arrest"),
        ("The arrest of two men was announced.", "arrest", "arrest"),
        ("Two men were taken into custody.", "taken into custody", "arrest"),
        ("Gunmen attacked the market.", "attacked", "incident"),
        ("Gunmen kidnapped two men.", "kidnapped", "incident"),
        ("They crossed into Libya.", "crossed", "route"),
    ],
)
def test_a_trigger_is_found_in_its_forms(text: str, trigger: str, kind: str) -> None:
    frame = one(text)
    assert frame.text.startswith(trigger) or trigger.startswith(frame.text) or trigger in frame.text
    assert frame.kind == kind


@pytest.mark.parametrize(
    "text", ["The arrestor hook failed.", "He is a counterattacker.", "It is a raiding-party-like game."]
)
def test_a_trigger_inside_another_word_is_none(text: str) -> None:
    assert [f for f in frames(text) if f.kind in ("arrest", "incident")] == []


@pytest.mark.parametrize(
    "text",
    [
        "Police did not arrest the men.",
        "Police didn’t arrest the men.",
        "Nobody was arrested.",
        "No one was arrested.",
        "The men were never arrested.",
        "None of the men was arrested.",
        "Police arrested nobody.",
        "There were no arrests.",
    ],
)
def test_a_negation_is_seen(text: str) -> None:
    assert frames(text)[-1].negated


@pytest.mark.parametrize("text", ["Police arrested two men.", "Not only were two men arrested, both were tried."])
def test_what_is_not_denied_is_not_negated(text: str) -> None:
    assert not frames(text)[0].negated


@pytest.mark.parametrize(
    "text",
    [
        "Police may arrest the men.",
        "Police could arrest the men.",
        "If police arrest the men, it ends.",
        "Unless police arrest the men, it goes on.",
        "Police will arrest the men.",
    ],
)
def test_what_has_not_happened_is_hypothetical(text: str) -> None:
    assert frames(text)[0].hypothetical


def test_what_has_happened_is_not_hypothetical() -> None:
    assert not one("Police arrested the men.").hypothetical


def test_an_infinitive_is_an_intention_but_managed_to_is_a_fact() -> None:
    assert frames("They came to attack the market.")[-1].infinitive
    assert not frames("They managed to attack the market.")[-1].infinitive


def test_voice() -> None:
    assert one("Two men were arrested.").passive
    assert one("Two men have been arrested.").passive
    assert not one("Police had arrested two men.").passive


def test_the_attack_refers_back_and_an_attack_does_not() -> None:
    assert frames("The attack shocked the town.")[0].definite
    assert not frames("An attack shocked the town.")[0].definite


def test_where_triggers_overlap_the_longest_stays() -> None:
    found = frames("The men were taken into custody.")
    assert len(found) == 1 and found[0].text == "taken into custody"


def test_a_semicolon_separates_more_than_a_comma() -> None:
    text = "It came; it went, and more"
    bounds = boundaries(text, 0, len(text))
    assert separation(bounds, 0, 9) > separation(bounds, 9, 17) > 0
    assert separation(bounds, 9, 0) == separation(bounds, 0, 9)


def test_a_clause_lies_between_its_boundaries() -> None:
    text = "Police came; they arrested two men; it was over"
    lo, hi = clause(boundaries(text, 0, len(text)), text.index("arrested"), 0, len(text))
    assert text[lo:hi].strip("; ") == "they arrested two men"


_WORDS = """police arrested attack attacked attacks to not no if , ; – ( ) may have been was were the a of and kidnapped
crossed into via killed dead plot foiled taken custody sentenced who which that bombs’s "“ ." """


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(_WORDS.split()), max_size=25).map(" ".join) | st.text(max_size=120))
def test_frames_of_any_text_lie_in_it_without_overlap(text: str) -> None:
    end = 0
    for f in frames(text):
        assert end <= f.start < f.end <= len(text)
        assert text[f.start : f.end] == f.text
        end = f.end
