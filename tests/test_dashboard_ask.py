"""The question box sets the filters and says what it read."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data
from dashboard.screens.ask_box import read_as
from geodata.ask import ask
from tests.frames import snapshot

APP = str(Path(__file__).resolve().parent.parent / "dashboard" / "app.py")


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AppTest:
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "hand-made.sqlite"))
    monkeypatch.setattr(data, "read_snapshot", lambda _: snapshot())
    return AppTest.from_file(APP, default_timeout=60).run()


def test_a_question_sets_the_filters_and_is_answered_with_what_was_read(screen: AppTest) -> None:
    screen.text_input(key="question").set_value("attacks in Turkey, <b>church</b>").run()
    assert not screen.exception
    assert screen.session_state["f_subkind"] == ["attack"] and screen.session_state["f_country"] == ["TUR"]
    assert screen.session_state["f_text"] == "b church"
    note = screen.session_state["asked_note"]
    assert "<b>country</b> Turkey" in note and "<b>searched as text</b> church" in note


def test_another_question_takes_the_place_of_the_first(screen: AppTest) -> None:
    screen.text_input(key="question").set_value("attacks in Turkey").run()
    screen.text_input(key="question").set_value("routes").run()
    assert screen.session_state["f_kind"] == ["route"] and not screen.session_state["f_country"]


def test_dates_and_regions_are_said_in_words() -> None:
    told = read_as(ask("arrests of Tajiks in Europe between March and June 2024"))
    assert told == [
        ("kind", "Arrests"),
        ("nationality", "Tajik"),
        ("country", "Europe"),
        ("dates", "Mar–Jun 2024"),
    ]
