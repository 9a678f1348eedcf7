"""What changed between two states: on screen, on the map, as a slide, and marked for the next briefing."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.__main__ import main
from dashboard.changed import changed_payload, changes_table, counts_words, slide_rows, state_words, within
from dashboard.comparison import compare, kept_states, mark_briefed
from dashboard.exports.page import Page
from dashboard.exports.stamp import stamp_of
from dashboard.exports.story import slides_of
from dashboard.view import view_of
from geodata.filters import Filters
from geodata.frames import Snapshot, load_snapshot
from geodata.reviews import Decision, decide
from geodata.store import Store
from tests.review_store import make_store
from tests.test_screens import APP, html, needs_files


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store that was marked as briefed; since then one event was corrected, one moved, one rejected."""
    made = make_store(tmp_path / "store.sqlite")
    assert mark_briefed(str(made)) == ""
    with Store(made) as store:
        ids = load_snapshot(store).events.set_index("title")["event_id"]
        kerman = {"name": "Kerman", "lat": 30.28, "lon": 57.08, "iso3": "IRN", "precision": "city"}
        for title, change in (
            ("Attack, Istanbul", {"action": "edit", "field": "certainty", "new": "alleged"}),
            ("Raid, Moscow", {"action": "edit", "field": "place", "new": kerman}),
            ("Attack, place not stated", {"action": "reject"}),
        ):
            decide(store, Decision("N. Name", target_kind="event", target=ids[title], **change))  # type: ignore[arg-type]
    return made


def snap(path: Path) -> Snapshot:
    with Store(path, create=False) as store:
        return load_snapshot(store)


def rows_of(path: Path) -> pd.DataFrame:
    found = compare(str(path), "last briefing", None, snap(path).version)
    assert not isinstance(found, str)
    assert found.until == "now" and found.since.startswith("last briefing, ")
    return found.rows


def test_each_change_is_a_row_with_before_and_after(path: Path) -> None:
    table = changes_table(rows_of(path))
    assert counts_words(rows_of(path)) == "1 revised, 1 withdrawn, 1 moved"
    said = {r["Event"]: (r["Change"], r["Before"], r["Now"]) for r in table.to_dict("records")}
    assert said["Attack, Istanbul"] == ("revised", "reported", "alleged")
    assert said["Raid, Kerman"] == ("moved", "Moscow", "Kerman")
    assert said["Attack, place not stated"][0] == "withdrawn"
    assert counts_words(rows_of(path).iloc[0:0]) == "nothing changed"


def test_filters_leave_out_changes_of_other_events_but_never_what_is_gone(path: Path) -> None:
    only = view_of(snap(path), Filters(country=("TUR",)))
    assert counts_words(within(rows_of(path), only.kept["event_id"])) == "1 revised, 1 withdrawn"


def test_the_map_draws_what_changed_and_says_what_it_leaves_out(path: Path) -> None:
    now, rows = view_of(snap(path), Filters()), rows_of(path)
    drawn = changed_payload(rows, now, shape_of=lambda _: None)
    assert sorted(p["place"] for p in drawn["points"]) == ["Istanbul", "Kerman"]
    assert [s["label"] for line in drawn["legend"] for s in line][-1] == "1 unchanged event not drawn"
    gone = rows.assign(lat=41.0, lon=29.0)[rows["change"] == "withdrawn"]
    only = changed_payload(gone, now, shape_of=lambda _: None)
    assert [p["look"] for p in only["points"]] == ["outline"] and only["bounds"] == [[41.0, 29.0], [41.0, 29.0]]


def test_a_state_that_is_not_there_is_one_line(path: Path) -> None:
    assert compare(str(path), "no such state", None, "1") == (
        "No state is called 'no such state'; there are: last briefing."
    )


def test_states_are_named_in_words() -> None:
    assert state_words("last briefing", "2026-11-03T09:30:00+00:00") == "last briefing, 3 Nov 2026 09:30 UTC"
    assert state_words("", "2026-11-03T09:30:00+00:00") == "start of 3 Nov 2026"


def test_the_slide_says_since_when_and_what(path: Path) -> None:
    view = view_of(snap(path), Filters())
    found = compare(str(path), "last briefing", None, snap(path).version)
    slide = next(s for s in slides_of(view, stamp_of(view), Page(changed=found)) if s.title == "What changed")
    assert "since last briefing, " in slide.subtitle and "1 revised, 1 withdrawn, 1 moved" in slide.subtitle
    assert ("moved", "Raid, Kerman", "Moscow", "Kerman") in slide.rows
    assert slide_rows(rows_of(path))[0][0] == "revised"
    assert not [s for s in slides_of(view, stamp_of(view), Page()) if s.title == "What changed"]


def test_the_command_exports_the_slide_and_refuses_an_unknown_state(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "deck.pptx"
    assert main(["export", "--store", str(path), "--changed-since", "last briefing", str(out)]) == 0
    from pptx import Presentation

    texts = [s.text_frame.text for slide in Presentation(str(out)).slides for s in slide.shapes if s.has_text_frame]
    assert any("What changed" in t for t in texts)
    assert main(["export", "--store", str(path), "--changed-since", "never", str(out)]) != 0
    assert "no state is called 'never'" in capsys.readouterr().err.lower()


@needs_files
def test_the_screen_shows_the_changes_since_the_briefing_and_marks_the_next(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_STORE", str(path))
    app = AppTest.from_file(APP, default_timeout=30).run()
    app.switch_page("screens/changes.py").run()
    assert not app.exception
    assert "1 revised, 1 withdrawn, 1 moved" in html(app)
    app.button(key="changes_mark").click().run()
    assert not app.exception
    assert "nothing changed" in html(app) and len([k for k in kept_states(str(path)) if k.name]) == 2


@needs_files
def test_since_a_day_compares_with_its_beginning(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_STORE", str(path))
    app = AppTest.from_file(APP, default_timeout=30).run()
    app.switch_page("screens/changes.py").run()
    app.selectbox(key="changes_since").set_value("since a date").run()
    assert not app.exception
    assert "3 new" in html(app)  # the store was empty a week ago


@needs_files
def test_the_log_goes_out_and_comes_in_as_csv(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dashboard.screens import review_log

    monkeypatch.setenv("DATELINE_STORE", str(path))
    body = review_log._written()
    assert body.decode("utf-8-sig").count("\n") == 4  # head and three decisions
    monkeypatch.setenv("DATELINE_STORE", str(make_store(tmp_path / "other.sqlite")))
    app = AppTest.from_file(APP, default_timeout=30)
    app.session_state["reviewer"] = "O. Ther"
    app.run()
    app.switch_page("screens/review.py").run()
    app.file_uploader(key="review_file").upload("log.csv", body, "text/csv").run()
    app.button(key="review_import").click().run()
    assert not app.exception
    assert "Took in 3 decisions, 0 known already." in html(app)
    assert "Attack, place not stated" not in html(app)  # rejected there, so here
