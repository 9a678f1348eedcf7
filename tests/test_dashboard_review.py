"""Review without a screen: the order of the queue, suggestions, what is entered, words for what was decided."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from dashboard.errors import EntryRefused
from dashboard.place_choices import choices_map, choices_near, choices_of, spot_of
from dashboard.review_edit import DATE_FORMS, DateParts, count_of, count_value, date_parts, date_value, values_of
from dashboard.review_queue import QUEUE_COLUMNS, reasons, review_queue, suggestions
from dashboard.review_work import decided_text, told, value_text
from geodata.geocoder import OfflineGeocoder
from geodata.reviews import Decision, Outcome
from geodata.shapes import country_names
from tests.frames import frames, no_frames

F = frames()
TODAY = dt.date(2024, 7, 1)


def event(event_id: str) -> pd.Series:
    return F["events"].set_index("event_id", drop=False).loc[event_id]


def test_a_conflict_comes_first_and_what_has_neither_date_nor_place_before_the_rest() -> None:
    queue = review_queue(F["events"])
    assert list(queue.columns) == QUEUE_COLUMNS and len(queue) == len(F["events"])
    assert queue.loc[0, "event_id"] == "e01"
    assert queue.loc[0, "why"] == "sources disagree on the number killed; a large figure, likely to be shown"
    why = queue.set_index("event_id")["why"]
    assert why["e08"] == "without place; without a date"
    assert queue["event_id"].tolist().index("e08") < queue["event_id"].tolist().index("e02")
    assert why["e02"] == ""


def test_what_was_skipped_comes_last_and_what_was_decided_is_left_out() -> None:
    assert review_queue(F["events"], later=["e01"])["event_id"].iloc[-1] == "e01"
    done = F["events"].assign(review=["accepted" if e == "e01" else "" for e in F["events"]["event_id"]])
    assert "e01" not in set(review_queue(done)["event_id"])
    assert review_queue(no_frames()["events"]).empty


def test_the_order_is_that_of_the_reasons_and_words_may_be_kept_to_the_top() -> None:
    events = F["events"].assign(confidence=[0.1 * i for i in range(len(F["events"]))])
    queue = review_queue(events, words=3)
    assert (queue["why"].iloc[3:] == "").all() and queue["event_id"].tolist() == review_queue(events)[
        "event_id"
    ].tolist()
    told = {e["event_id"]: sum(w for w, _ in reasons(e)) for e in events.to_dict("records")}
    assert all(0 <= w - told[e] <= 3 for e, w in zip(queue["event_id"], queue["weight"], strict=True))


def test_a_large_figure_comes_after_conflicts_and_before_small_doubts() -> None:
    small = F["events"].assign(conflicts="", killed_low=1, killed_high=1, **{"confidence": 0.9})
    for key in ("injured", "arrested", "people"):
        small[f"{key}_low"] = small[f"{key}_high"] = 1
    small["killed_high"] = [137 if e == "e02" else 19 for e in small["event_id"]]
    queue = review_queue(small)
    assert queue.loc[0, "event_id"] == "e02" and queue.loc[0, "why"].startswith("a large figure")
    assert "a large figure" not in "; ".join(queue["why"].iloc[1:])
    clash = small.assign(conflicts=["killed" if e == "e03" else "" for e in small["event_id"]])
    assert review_queue(clash)["event_id"].head(2).tolist() == ["e03", "e02"]


def test_low_confidence_is_said_with_its_figure() -> None:
    low = F["events"].assign(confidence=[0.3 if e == "e02" else 0.9 for e in F["events"]["event_id"]])
    why = review_queue(low).set_index("event_id")["why"]
    assert why["e02"] == "read with low confidence (30 %)" and "confidence" not in why["e03"]


def test_suggestions_are_of_the_kind_near_in_time_and_place_and_never_the_event_itself() -> None:
    near = suggestions(F["events"], "e02")
    assert near["event_id"].tolist() == ["e03"]  # Istanbul, 28 days before; the attack in Kandahar is far
    assert (near["days"].iloc[0], near["km"].iloc[0]) == (28, 0)
    found = suggestions(F["events"], "e02", "kandahar")
    assert (
        found["event_id"].tolist() == ["e01"] and round(found["km"].iloc[0]) == 3427
    )  # as geopy.distance.great_circle gives
    assert suggestions(F["events"], "e02", "no such words").empty
    assert suggestions(F["events"], "gone").empty


def test_a_distance_is_given_only_between_towns() -> None:
    assert suggestions(F["events"], "e05", "tajikistan")["km"].isna().all()


@pytest.mark.parametrize(
    ("parts", "value"),
    [
        ({"form": "day", "first": dt.date(2024, 3, 22)}, ("2024-03-22", "2024-03-22", "day")),
        ({"form": "month", "year": 2024, "month": 2}, ("2024-02-01", "2024-02-29", "month")),
        ({"form": "season", "year": 2023, "season": "winter"}, ("2023-12-01", "2024-02-29", "season")),
        ({"form": "half", "year": 2024, "half": 2}, ("2024-07-01", "2024-12-31", "half")),
        ({"form": "year", "year": 2024}, ("2024-01-01", "2024-12-31", "year")),
        (
            {"form": "interval", "first": dt.date(2024, 1, 3), "last": dt.date(2024, 4, 9)},
            ("2024-01-03", "2024-04-09", "season"),
        ),
        (
            {"form": "interval", "first": dt.date(2024, 1, 3), "last": dt.date(2024, 1, 3)},
            ("2024-01-03", "2024-01-03", "day"),
        ),
        ({"form": "from", "first": dt.date(2024, 1, 3)}, ("2024-01-03", None, "year")),
        ({"form": "until", "last": dt.date(2024, 1, 3)}, (None, "2024-01-03", "year")),
        ({"form": "unknown"}, (None, None, "unknown")),
    ],
)
def test_every_form_of_a_date_keeps_its_precision_and_comes_back_as_it_was(
    parts: dict[str, object], value: tuple[str | None, str | None, str]
) -> None:
    base = DateParts("day", TODAY, TODAY, 2024, 7, "summer", 2)
    made = date_value(base._replace(**parts))
    assert (made["start"], made["end"], made["precision"]) == value
    again = date_value(date_parts(made, TODAY))
    assert (again["start"], again["end"]) == value[:2]
    assert date_parts(made, TODAY).form in DATE_FORMS


def test_a_date_that_ends_before_it_begins_is_refused_in_words() -> None:
    parts = DateParts("interval", dt.date(2024, 5, 2), dt.date(2024, 5, 1), 2024, 5, "spring", 1)
    with pytest.raises(EntryRefused, match=r"ends \(01.05.2024\) before it begins \(02.05.2024\)"):
        date_value(parts)


def test_a_figure_not_stated_is_none_and_never_zero() -> None:
    assert count_value(False, 1, 2, 3) is None
    assert count_value(True, 0, None, None) == {"low": 0, "best": 0, "high": None}
    assert count_value(True, None, None, 80) == {"low": None, "best": 80, "high": 80}
    with pytest.raises(EntryRefused, match="Give a figure"):
        count_value(True, None, None, None)
    with pytest.raises(EntryRefused, match="rises"):
        count_value(True, 5, 4, None)


def test_the_values_of_a_row_are_those_of_the_log() -> None:
    values = values_of(event("e01"))
    assert values["date"] == {"start": "2024-03-21", "end": "2024-03-21", "precision": "day"}
    assert values["counts.killed"] == {"low": 3, "best": 20, "high": 21} and values["counts.people"] is None
    assert (values["groups"], values["nationalities"]) == (["IS-K"], [])
    assert values_of(event("e08"))["date"] == {"start": None, "end": None, "precision": "unknown"}
    assert count_of(event("e07"), "arrested") == {"low": 150, "best": 150, "high": None}


def test_decisions_are_told_in_words() -> None:
    march = {"start": "2024-03-01", "end": "2024-03-31", "precision": "month"}
    edit = Decision("N. Name", "edit", "event", "e", field="date", old=march, new=march | {"end": None})
    assert decided_text(edit) == "corrected the date: Mar 2024 → from 1 Mar 2024"
    assert value_text("counts.killed", None) == "not stated"
    assert value_text("counts.killed", {"low": 150, "best": 150, "high": None}) == "150+"
    assert value_text("place", {"name": "Osh", "precision": "city"}) == "Osh (town)"
    assert value_text("nationalities", ["TJK", "XCA"]) == "Tajik and Central Asian"
    assert decided_text(Decision("N", "split", "event", "e", new=["a", "b"])) == "split 2 statements off"
    assert decided_text(Decision("N", "reject", "claim", "c")) == "rejected the statement"


def test_only_what_others_decided_is_told_to_the_second() -> None:
    other = Decision("O. Ther", "reject", "event", "e", seq=3, at="2024-07-01T10:20:00+00:00", note="a repeat")
    mine = Decision("N. Name", "accept", "event", "e", seq=4, at="2024-07-01T10:21:00+00:00")
    text = told([Outcome(5, [other, mine])], "N. Name")
    assert "O. Ther rejected at 10:20 UTC (“a repeat”)" in text and "N. Name accepted" not in text
    assert told([Outcome(5, [mine])], "N. Name") == ""


@pytest.fixture(scope="module")
def geocoder() -> OfflineGeocoder:
    return OfflineGeocoder()


def test_candidates_have_province_country_and_people_and_are_what_the_log_keeps(geocoder: OfflineGeocoder) -> None:
    found = choices_of("Springfield", geocoder, country_names())
    assert found[0].words.startswith("Springfield, Missouri, United States · town · 170")
    assert found[0].value["iso3"] == "USA" and found[0].value["precision"] == "city" and found[0].value["role"] is None
    assert choices_of("Paris, Texas", geocoder, country_names())[0].value["admin1"] == "Texas"
    assert choices_of("Nowhereatallville", geocoder, country_names()) == []


def test_a_clicked_spot_offers_the_towns_near_it_and_itself(geocoder: OfflineGeocoder) -> None:
    near = choices_near(41.02, 28.96, geocoder, country_names())
    assert any("Istanbul" in c.words and "km away" in c.words for c in near)
    assert (near[-1].key, near[-1].value["precision"], near[-1].value["lat"]) == ("spot", "site", 41.02)
    sea = choices_near(0.0, -30.0, geocoder, country_names())
    assert [c.key for c in sea] == ["spot"] and sea[0].value["iso3"] is None


@pytest.mark.parametrize(
    ("text", "spot"),
    [("spot:41.5,-2", (41.5, -2.0)), ("place:1,2", None), ("spot:x,2", None), ("spot:91,0", None), ("", None)],
)
def test_only_a_click_on_the_ground_is_a_spot(text: str, spot: tuple[float, float] | None) -> None:
    assert spot_of(text) == spot


def test_the_small_map_draws_every_candidate_alone_and_points_out_the_chosen(geocoder: OfflineGeocoder) -> None:
    found = choices_of("Springfield", geocoder, country_names())
    drawn = choices_map(found, found[1].key, "incident")
    assert len(drawn["points"]) == len(found) and all(p["plain"] for p in drawn["points"])
    assert [p["look"] for p in drawn["points"]].count("filled") == 1 and drawn["spots"]
    assert choices_map([], None, "route")["bounds"] is None
