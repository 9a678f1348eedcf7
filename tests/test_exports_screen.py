"""The briefing screen: preview, every format offered, views saved, presented and left again; mistakes are said."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data, offline
from dashboard.exports.formats import FORMATS
from dashboard.exports.views import SavedView, read_views, views_path, write_views
from tests.frames import snapshot

APP = str(Path(__file__).resolve().parent.parent / "dashboard" / "app.py")


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    path = tmp_path / "hand-made.sqlite"
    monkeypatch.setenv("DATELINE_STORE", str(path))
    monkeypatch.setattr(data, "read_snapshot", lambda _: snapshot())
    return path


@pytest.fixture
def screen(store: Path) -> AppTest:
    return AppTest.from_file(APP, default_timeout=60).run().switch_page("screens/briefing.py")


def press(app: AppTest, label: str) -> AppTest:
    return next(b for b in app.button if b.label == label).click().run()


def test_it_offers_every_format_beside_a_preview(screen: AppTest) -> None:
    screen.run()
    assert not screen.exception
    assert screen.selectbox(key="export_format").options == [f.label for f in FORMATS.values()]
    assert len(screen.get("image")) == 1
    assert any("16 shown · 2 without place" in c.value for c in screen.caption)


def test_an_extent_that_is_none_is_said_in_one_line(screen: AppTest) -> None:
    screen.run()
    screen.text_input(key="export_extent").set_value("here").run()
    assert not screen.exception and "W,S,E,N" in screen.warning[0].value


def test_a_view_is_saved_with_its_filters_presented_and_left(screen: AppTest, store: Path) -> None:
    screen.run()
    screen.text_input(key="view_name").set_value("All of it")
    press(screen, "Save this view")
    assert read_views(views_path(str(store))) == (SavedView("All of it"),)
    press(screen, "Present")
    assert not screen.exception and len(screen.get("image")) == 1
    assert {"Previous", "Next", "Leave"} <= {b.label for b in screen.button}
    press(screen, "Leave")
    assert "Present" in {b.label for b in screen.button}


def test_views_can_be_put_in_order_and_removed(screen: AppTest, store: Path) -> None:
    path = views_path(str(store))
    write_views(path, [SavedView("First"), SavedView("Second", "kind=arrest", "matrix")])
    screen.run()
    screen.button(key="view_down_0").click().run()
    assert [v.name for v in read_views(path)] == ["Second", "First"]
    screen.button(key="view_remove_0").click().run()
    assert [v.name for v in read_views(path)] == ["First"]


def test_damaged_views_are_said_and_kept(screen: AppTest, store: Path) -> None:
    path = views_path(str(store))
    path.write_text("{")
    screen.run()
    assert not screen.exception and "cannot be read" in screen.warning[0].value
    assert path.read_text() == "{"
    assert "Save this view" not in {b.label for b in screen.button}


def test_the_playback_opens_over_the_whole_window_and_is_left_again(screen: AppTest) -> None:
    if offline.missing():
        pytest.skip("BROWSER FILES MISSING: run `make setup`")
    screen.run()
    press(screen, "Play through time")
    assert not screen.exception and len(screen.get("iframe")) == 1
    press(screen, "Leave")
    assert not screen.get("iframe") and "Play through time" in {b.label for b in screen.button}


def test_a_view_keeps_the_part_of_the_world_it_shows(screen: AppTest, store: Path) -> None:
    screen.run()
    screen.text_input(key="export_extent").set_value("60,35,75,45").run()
    screen.text_input(key="view_name").set_value("Near")
    press(screen, "Save this view")
    (saved,) = read_views(views_path(str(store)))
    assert saved.part == (60.0, 35.0, 75.0, 45.0)


def test_the_view_kept_on_the_map_is_offered_and_taken(screen: AppTest, store: Path) -> None:
    screen.session_state["frame"] = "20.00,30.00,80.00,55.00"
    screen.run()
    assert screen.toggle(key="export_frame").value
    screen.text_input(key="view_name").set_value("As on the map")
    press(screen, "Save this view")
    assert read_views(views_path(str(store)))[0].part == (20.0, 30.0, 80.0, 55.0)
