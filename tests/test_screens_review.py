"""The review screen through Streamlit's own test runner: every action, with a store that is really written."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import offline
from geodata.frames import Snapshot, load_snapshot
from geodata.reviews import Decision, decide, history
from geodata.store import Store
from tests.review_store import make_store
from tests.test_screens import APP, html, needs_files

pytestmark = needs_files


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    store = make_store(tmp_path / "store.sqlite")
    monkeypatch.setenv("DATELINE_STORE", str(store))
    return store


@pytest.fixture
def app(path: Path) -> AppTest:
    return opened(path)


def opened(path: Path, who: str = "N. Name") -> AppTest:
    app = AppTest.from_file(APP, default_timeout=30)
    app.session_state["reviewer"] = who
    app.run()
    app.switch_page("screens/review.py").run()
    assert not app.exception
    return app


def snap(path: Path) -> Snapshot:
    with Store(path, create=False) as store:
        return load_snapshot(store)


def of(path: Path, title: str) -> pd.Series:
    events = snap(path).events
    return events[events["title"].str.contains(title)].iloc[0]


def claims_of(path: Path, event_id: str) -> list[str]:
    claims = snap(path).claims
    return list(claims.loc[claims["event_id"] == event_id, "claim_id"])


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def open_(app: AppTest, path: Path, title: str) -> str:
    event_id = str(of(path, title)["event_id"])
    press(app, f"rvq_{event_id}")
    return event_id


def pane(app: AppTest, name: str) -> None:
    app.session_state["review_pane"] = name
    app.run()
    assert not app.exception


def last(path: Path, target: str) -> Decision:
    with Store(path, create=False) as store:
        return history(store, target)[-1]


def test_the_name_is_asked_once_and_then_stands_in_the_address(path: Path) -> None:
    app = opened(path, who="")
    assert "Who reviews?" in html(app)
    app.text_input(key="reviewer_name").input("  N.  Name ")
    next(b for b in app.button if b.label == "Begin").click().run()
    assert "events to review" in html(app)
    assert app.session_state["reviewer"] == "N. Name"
    assert app.query_params["by"] in ("N. Name", ["N. Name"])
    app.switch_page("screens/table.py").run()
    assert "by" not in app.query_params  # a link to another screen signs for nobody


def test_the_queue_begins_with_the_conflict_and_says_why(app: AppTest, path: Path) -> None:
    said = html(app)
    assert "4 events to review" in said
    assert "sources disagree on the number killed" in said
    assert "read with low confidence (30 %); without place; without a date" in said
    assert app.session_state["selection"] == f"event:{of(path, 'Istanbul')['event_id']}"


def test_accept_signs_the_event_and_goes_on_to_the_next(app: AppTest, path: Path) -> None:
    event_id = of(path, "Istanbul")["event_id"]
    app.text_input(key="review_note").input("seen both papers")
    press(app, "review_accept")
    assert (of(path, "Istanbul")["review"], of(path, "Istanbul")["reviewed_by"]) == ("accepted", "N. Name")
    assert last(path, event_id).note == "seen both papers"
    assert app.session_state["selection"] != f"event:{event_id}"
    assert "3 events to review" in html(app)
    assert app.session_state["review_note"] == ""


def test_a_second_key_before_the_next_event_is_drawn_decides_nothing(app: AppTest, path: Path) -> None:
    app.session_state["review_used"] = app.session_state["review_drawn"]  # a decision was made from this very drawing
    press(app, "review_reject")
    assert "nothing was decided by it" in app.warning[0].value
    assert not snap(path).claims["rejected"].any()
    press(app, "review_accept")  # drawn anew: the next key counts
    assert (snap(path).events["review"] == "accepted").sum() == 1


def test_reject_takes_the_event_out_and_undo_brings_it_back(app: AppTest, path: Path) -> None:
    event_id = str(of(path, "Istanbul")["event_id"])
    press(app, "review_reject")
    assert event_id not in set(snap(path).events["event_id"])
    assert snap(path).claims["rejected"].sum() == 2
    assert "1 decided on already" in html(app)  # a rejected event counts, though it is in no list any more
    press(app, "review_undo")
    assert "0 decided on already" in html(app)
    assert app.session_state["selection"] == f"event:{event_id}"  # what was undone is what is shown
    assert event_id in set(snap(path).events["event_id"])
    assert [d.action for d in _all(path, event_id)] == ["reject", "undo"]


def _all(path: Path, event_id: str) -> list[Decision]:
    with Store(path, create=False) as store:
        return history(store, event_id)


def test_skip_puts_an_event_last_and_next_and_previous_walk_the_queue(app: AppTest, path: Path) -> None:
    order = list(app.session_state["review_order"])
    press(app, "review_next")
    assert app.session_state["selection"] == f"event:{order[1]}"
    press(app, "review_back")
    assert app.session_state["selection"] == f"event:{order[0]}"
    press(app, "review_skip")
    assert app.session_state["selection"] == f"event:{order[1]}"
    assert list(app.session_state["review_order"]) == [*order[1:], order[0]]
    assert (snap(path).events["review"] == "").all()  # skipping decides nothing


def test_all_that_is_ticked_is_accepted_at_once_and_undone_at_once(app: AppTest, path: Path) -> None:
    ids = list(snap(path).events["event_id"][:3])
    for event_id in ids:
        app.checkbox(key=f"tick_{event_id}").check()
    app.run()
    press(app, "review_bulk")
    reviews = snap(path).events.set_index("event_id")["review"]
    assert list(reviews[ids]) == ["accepted"] * 3 and (reviews != "").sum() == 3
    press(app, "review_undo")
    assert (snap(path).events["review"] == "").all()


def test_edit_opens_the_form_and_a_month_becomes_a_day(app: AppTest, path: Path) -> None:
    event_id = open_(app, path, "Moscow")
    press(app, "review_edit")
    claim = claims_of(path, event_id)[0]
    assert app.selectbox(key=f"ed_{claim}_form").value == "month"
    app.selectbox(key=f"ed_{claim}_form").select("day").run()
    app.date_input(key=f"ed_{claim}_first").set_value(dt.date(2024, 2, 20)).run()
    press(app, f"ed_{claim}_save")
    event = of(path, "Moscow")
    assert (str(event["date_start"].date()), event["date_precision"], event["review"]) == (
        "2024-02-20",
        "day",
        "edited",
    )
    d = last(path, claim)
    assert d.old == {"start": "2024-02-01", "end": "2024-02-29", "precision": "month"}
    pane(app, "History")
    assert "corrected the date: Feb 2024 → 20 Feb 2024" in html(app)


def test_a_figure_is_corrected_with_its_bounds_or_said_to_be_not_stated(app: AppTest, path: Path) -> None:
    event_id = open_(app, path, "Istanbul")
    pane(app, "Correct")
    key = f"ed_{event_id}_killed"
    app.number_input(key=f"{key}_low").set_value(9).run()
    assert "rises from at least (9) over best (5) to at most (5)" in app.warning[0].value
    app.number_input(key=f"{key}_low").set_value(3).run()
    press(app, f"ed_{event_id}_save")
    event = of(path, "Istanbul")
    assert (event["killed_low"], event["killed_best"], event["killed_high"]) == (3, 5, 5)
    assert "Set by hand: the number killed" in _sources(app)
    pane(app, "Correct")
    app.checkbox(key=f"{key}_stated").uncheck().run()
    press(app, f"ed_{event_id}_save")
    assert pd.isna(of(path, "Istanbul")["killed_best"])
    assert sorted(snap(path).claims["killed_best"].dropna()) == [4, 5]  # what the sources say stays


def _sources(app: AppTest) -> str:
    pane(app, "Sources")
    return html(app)


def test_a_place_is_corrected_by_a_candidate_or_by_a_click_on_the_map(app: AppTest, path: Path) -> None:
    event_id = open_(app, path, "Istanbul")
    pane(app, "Correct")
    key = f"ed_{event_id}_"
    app.text_input(key=f"{key}place").input("Kerman").run()
    radio = app.radio(key=f"{key}choice")
    assert radio.options[0] == "as it is: Istanbul" and radio.options[-1] == "without place"
    assert any(o.startswith("Kerman, Iran · town · 577") for o in radio.options)
    radio.set_value("geonames:128234").run()
    press(app, f"{key}save")
    event = snap(path).events.set_index("event_id").loc[event_id]
    assert (event["place"], event["iso3"], event["precision"]) == ("Kerman", "IRN", "city")
    app.session_state[f"{key}map"] = {"last_object_clicked_count": 1, "last_object_clicked_tooltip": "spot:41.0,29.0"}
    app.run()
    options = app.radio(key=f"{key}choice").options
    assert any("km away" in o for o in options) and any(
        o.startswith("This very spot (41.000, 29.000)") for o in options
    )
    app.radio(key=f"{key}choice").set_value("spot").run()
    press(app, f"{key}save")
    event = snap(path).events.set_index("event_id").loc[event_id]
    assert (event["lat"], event["lon"], event["precision"]) == (41.0, 29.0, "site")


def test_groups_type_and_certainty_are_corrected_together(app: AppTest, path: Path) -> None:
    event_id = open_(app, path, "Istanbul")
    pane(app, "Correct")
    app.selectbox(key=f"ed_{event_id}_certainty").select("alleged").run()
    app.multiselect(key=f"ed_{event_id}_nations").select("TJK").run()
    assert app.button(key=f"ed_{event_id}_save").label == "Save 2 corrections"
    press(app, f"ed_{event_id}_save")
    event = of(path, "Istanbul")
    assert (event["certainty"], event["nationalities"]) == ("alleged", "TJK")
    press(app, "review_undo")
    assert of(path, "Istanbul")["certainty"] == "reported" and of(path, "Istanbul")["nationalities"] == ""


def test_a_statement_is_split_off_and_merged_again_by_hand(app: AppTest, path: Path) -> None:
    event_id = open_(app, path, "Istanbul")
    press(app, "rv_split_1")
    assert len(snap(path).events) == 5
    pane(app, "Merge or split")
    assert "same time, same place" in html(app)
    press(app, "rv_merge_0")
    events = snap(path).events
    assert len(events) == 4 and events.set_index("event_id").loc[event_id, "n_claims"] == 2


def test_another_event_is_found_by_words_and_merged(app: AppTest, path: Path) -> None:
    event_id = open_(app, path, "Istanbul")
    pane(app, "Merge or split")
    app.text_input(key=f"rv_words_{event_id}").input("somebody").run()
    press(app, "rv_merge_0")
    assert len(snap(path).events) == 3
    app.text_input(key=f"rv_words_{event_id}").input("no such words").run()
    assert "No event holds “no such words”." in html(app)


def test_several_statements_can_leave_an_event_but_not_all(app: AppTest, path: Path) -> None:
    event_id = open_(app, path, "Istanbul")
    pane(app, "Merge or split")
    ids = claims_of(path, event_id)
    app.multiselect(key=f"rv_leave_{event_id}").set_value(ids).run()
    assert app.button(key="rv_split").disabled
    app.multiselect(key=f"rv_leave_{event_id}").set_value(ids[:1]).run()
    press(app, "rv_split")
    assert len(snap(path).events) == 5


def test_one_statement_is_rejected_and_the_other_stays(app: AppTest, path: Path) -> None:
    open_(app, path, "Istanbul")
    press(app, "rv_no_0")
    event = of(path, "Istanbul")
    assert (event["n_claims"], event["killed_best"], event["conflicts"]) == (1, 5, "")


def test_the_second_reviewer_is_told_what_the_first_decided_meanwhile(app: AppTest, path: Path) -> None:
    event_id = str(of(path, "Istanbul")["event_id"])
    with Store(path, create=False) as store:
        decide(store, Decision("O. Ther", "edit", "event", event_id, field="certainty", new="alleged", note="per wire"))
    press(app, "review_accept")
    told = app.warning[0].value
    assert "O. Ther corrected the certainty: reported → alleged" in told and "per wire" in told
    assert [d.who for d in _all(path, event_id)] == ["O. Ther", "N. Name"]  # nothing is lost


def test_the_history_takes_back_any_decision_also_of_others(app: AppTest, path: Path) -> None:
    event_id = open_(app, path, "Istanbul")
    with Store(path, create=False) as store:
        seq = decide(store, Decision("O. Ther", "edit", "event", event_id, field="subkind", new="bombing")).seq
    pane(app, "History")
    assert "O. Ther" in html(app) and "corrected the type: attack → bombing" in html(app)
    press(app, f"rv_back_{seq}")
    assert of(path, "Istanbul")["subkind"] == "attack"
    assert "(taken back)" in html(app)


def test_an_event_that_another_reviewer_took_away_is_a_message(app: AppTest, path: Path) -> None:
    event_id = open_(app, path, "Moscow")
    with Store(path, create=False) as store:
        decide(store, Decision("O. Ther", "reject", "event", event_id))
    app.run()
    assert not app.exception
    assert "no longer in the list. O. Ther rejected" in app.info[0].value


def test_an_empty_queue_is_said(app: AppTest, path: Path) -> None:
    with Store(path, create=False) as store:
        for event_id in snap(path).events["event_id"]:
            decide(store, Decision("O. Ther", "accept", "event", event_id))
    app.session_state["selection"] = ""
    app.run()
    assert not app.exception
    assert "Nothing waits for review." in html(app)


def test_the_small_map_asks_only_for_the_apps_own_files(app: AppTest, path: Path) -> None:
    open_(app, path, "Istanbul")
    pane(app, "Correct")
    (chart,) = (json.loads(c.proto.json_args) for c in app.get("component_instance"))
    assert all(str(link).startswith(offline.PREFIX) for link in [*chart["js_links"], *chart["css_links"]])
    assert "spots" in str(chart["feature_group"])
