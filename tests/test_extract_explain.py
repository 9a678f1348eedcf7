"""`explain`: each sentence with what was found, the claims it gave, and why a trigger gave none."""

from __future__ import annotations

import io

import pytest

from extract.explain import explain, wants_colour
from tests.claims_world import document, mentions, reader


def lines(text: str, *, colour: bool = False, published: str | None = None) -> list[str]:
    return list(explain(document(text, published), mentions(text), reader(), colour=colour))


def page(text: str, **options: bool) -> str:
    return "\n".join(lines(text, **options))


ARREST = "Police detained 12 Uzbeks in Ankara on 3 May 2023."


def test_a_claim_is_shown_with_its_rule_and_where_each_value_comes_from() -> None:
    shown = page(ARREST)
    assert ARREST in shown
    assert "+ arrest/arrest" in shown and "arrest.arrest.verb.patient" in shown
    assert "when: 2023-05-03 day, own words “3 May 2023”" in shown
    assert "where: location Ankara (“Ankara”)" in shown
    assert "arrested 12; UZB" in shown


def test_a_place_is_shown_with_the_reason_it_was_taken() -> None:
    assert "place “Ankara” → Ankara (city, TUR, after “in”, only one)" in page(ARREST)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Nobody was arrested in Baghdad.", "negated"),
        ("Police might arrest more men in Baghdad.", "has not happened"),
        ("Was the bombing in Mosul on 3 May 2022 an inside job?", "a question"),
        ("Attacks in the region worry Turkey.", "refers back to what was told, or is a topic"),
        ("They travelled for days.", "no origin, transit or destination"),
    ],
)
def test_a_trigger_without_a_claim_is_shown_with_the_reason(text: str, reason: str) -> None:
    shown = [line for line in lines(text) if "gave no claim" in line]
    assert shown and all(reason in line for line in shown)


def test_a_claim_without_a_date_says_so() -> None:
    assert "when: unknown, nothing says when" in page("Police detained 12 men in Ankara.")


def test_a_repeat_names_the_claim_it_joins() -> None:
    text = "A bomb killed nine people in Mosul on 4 May 2022. The attack in Mosul killed nine people."
    assert "tells claim 1 again and joins it" in page(text)


def test_every_sentence_is_shown_and_notes_are_marked_as_not_read() -> None:
    body = "The harvest was good. " * 5
    shown = page(f"{body}\n\nReferences\n\nPolice arrest nine in Hamburg.\n")
    assert shown.count("The harvest was good.") == 5
    assert shown.count("not read: notes, links or boilerplate") == 2


def test_colour_marks_the_words_and_leaves_the_text_as_it_is() -> None:
    coloured = page(ARREST, colour=True)
    assert "\x1b[34mAnkara\x1b[0m" in coloured and "\x1b[32m3 May 2023\x1b[0m" in coloured
    plain = coloured
    for code in ("\x1b[0m", "\x1b[34m", "\x1b[32m", "\x1b[33m", "\x1b[1;31m", "\x1b[2m"):
        plain = plain.replace(code, "")
    assert plain == page(ARREST)


def test_without_colour_there_is_no_escape_code() -> None:
    assert "\x1b" not in page(ARREST)


@pytest.mark.parametrize("colour", [True, False])
def test_an_article_cannot_send_the_terminal_commands(colour: bool) -> None:
    assert "\x1b]0;" not in page("Police detained \x1b]0;owned\x07 12 men in Ankara on 3 May 2023.", colour=colour)


def test_an_empty_document_gives_its_first_line_only() -> None:
    assert lines("") == ["d: own date unknown; 0 claims"]


def test_the_documents_own_date_is_shown() -> None:
    assert lines("It rained.", published="2023-05-10")[0] == "d: published 2023-05-10; 0 claims"


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colour_is_for_terminals_whose_user_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert wants_colour(_Terminal()) and not wants_colour(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not wants_colour(_Terminal())


def test_explaining_gives_the_claims_that_reading_gives() -> None:
    text = f"{ARREST} On 4 May 2022 a bomb killed nine people in Mosul."
    found = reader().read(document(text), mentions(text))
    assert sum(line.startswith("  + ") for line in lines(text)) == len(found) == 2
