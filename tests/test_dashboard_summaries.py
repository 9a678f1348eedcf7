"""Counter line, timeline, figures."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import brushed_dates, timeline_chart, timeline_rects
from dashboard.summaries import best_freq, time_window, timeline_counts, timeline_spans
from dashboard.view import View, view_of
from geodata.filters import Filters
from geodata.frames import Snapshot
from geodata.totals import over_period
from tests.frames import frames, no_frames

F = frames()
EVENTS = F["events"]


def view(filters: Filters | None = None, given: dict[str, pd.DataFrame] = F) -> View:
    return view_of(Snapshot(**given, version="test"), filters or Filters())


def test_the_counter_line_accounts_for_every_event() -> None:
    line = view(Filters(kind=("incident",))).counters
    assert (line.shown, line.unplaced, line.undated, line.hidden) == (7, 1, 1, 9)
    assert line.shown + line.hidden == line.total == 16
    assert line.reasons == {"of other kinds": 9}
    assert line.text() == "7 shown · 1 without place · 1 undated · 9 filtered out"


def test_a_fuzzy_date_is_a_span_and_never_a_spike() -> None:
    bars, spans = timeline_counts(EVENTS, freq="M"), timeline_spans(EVENTS, freq="M")
    assert int(bars["n"].sum()) == 10  # dated within one month
    assert int(spans["n"].sum()) == 4  # e05, e06 (half year), e09, e13 (year)
    half = spans[spans["kind"] == "arrest"].iloc[0]
    assert (half["n"], half["end"]) == (2, pd.Timestamp("2024-07-01"))


def test_spans_that_overlap_lie_in_different_lanes() -> None:
    two = EVENTS[EVENTS["event_id"] == "e13"]
    spans = timeline_spans(pd.concat([two, two.assign(event_id="x", kind="arrest")]), freq="M")
    assert sorted(spans["lane"]) == [0, 1]


def test_bars_are_stacked_without_gaps() -> None:
    rects = timeline_rects(timeline_counts(EVENTS, freq="Y"), timeline_spans(EVENTS, freq="Y"))
    year = rects[(rects["x"] == pd.Timestamp("2024-01-01")) & (rects["sort"] == "bar")].sort_values("y")
    assert list(year["y"][1:]) == list(year["y2"][:-1])


def test_the_bin_is_the_finest_that_is_readable() -> None:
    one = EVENTS[EVENTS["event_id"] == "e01"]
    assert best_freq(one) == "D"
    assert best_freq(EVENTS) == "Q"
    assert best_freq(EVENTS, (pd.Timestamp("2024-01-01"), pd.Timestamp("2024-06-30"))) == "W-MON"
    assert best_freq(no_frames()["events"]) == "M"


def test_totals_are_ranges_and_say_what_they_leave_out() -> None:
    by_label = {f.label: f for f in view().figures}
    assert by_label["killed"].text == "4–22"  # 3+1; 21+1
    assert by_label["killed"].note == "stated for 2 of 13 events; not added: 400+ in 1 total over a longer time"
    assert by_label["injured"].text == "12"
    assert by_label["arrested"].text == "150+"  # of one raid; the 226 are of half a year, the 27 part of the 226
    assert by_label["arrested"].note == "stated for 1 of 13 events; not added: 226 in 1 total over a longer time"
    assert view(given=no_frames()).figures == []


def test_one_occurrence_whose_day_is_unknown_is_added_a_total_of_a_year_is_not() -> None:
    year = EVENTS[EVENTS["event_id"] == "e01"].assign(
        date_start=pd.Timestamp("2017-01-01"), date_end=pd.Timestamp("2017-12-31"), date_precision="year"
    )
    one = year.assign(search="Three people died in an attack on a bank in 2017.")
    many = year.assign(search="In 2017, 20 people lost their lives in the city.")
    assert not over_period(one).any() and over_period(many).all()
    assert not over_period(many.assign(date_end=pd.Timestamp("2017-01-20"))).any()


def test_top_values_are_by_number_then_name() -> None:
    heading, field, rows = view().top_lists[0]
    assert (heading, field, rows[:2]) == ("Countries", "country", [("RUS", "Russia", 4), ("TJK", "Tajikistan", 3)])
    assert view().tops[0][1][0] == ("Russia", 4)


def test_each_choice_says_what_it_would_leave_with_the_other_filters() -> None:
    asked = view(Filters(kind=("arrest",), country=("TJK",)))
    assert asked.facets["kind"] == {"arrest": 2, "route": 1}  # all of them in Tajikistan
    assert asked.facets["countries"] == {"TJK": 2, "KAZ": 1}  # all of them arrests
    assert asked.facets["nationalities"] == {"TJK": 2}
    assert view().at_least("n_sources") == {2: 3, 3: 1}
    assert view().at_least("rank")["site"] == 0
    assert view().parts == 1


def test_the_timeline_is_the_same_from_intervals_as_from_events() -> None:
    for freq in ("M", "Q"):
        for make in (timeline_counts, timeline_spans):
            pd.testing.assert_frame_equal(make(view().intervals, freq=freq), make(EVENTS, freq=freq))
    assert best_freq(view().intervals) == best_freq(EVENTS)
    assert time_window(view().intervals) == time_window(EVENTS)


def test_a_view_of_some_events_counts_only_those() -> None:
    whole = view(Filters(kind=("arrest",)))
    some = whole.only(whole.kept[whole.kept["event_id"].isin(("e05", "e07"))])
    assert list(some.kept["event_id"]) == ["e05", "e07"]
    assert some.counters.shown == 2


def test_an_empty_timeline_has_all_columns() -> None:
    none = no_frames()["events"]
    rects = timeline_rects(timeline_counts(none, freq="M"), timeline_spans(none, freq="M"))
    assert rects.empty
    assert {"x", "x2", "y", "y2", "kind", "text", "sort"} <= set(rects.columns)


def test_the_chart_is_one_view_with_a_brush() -> None:
    spec = timeline_chart(
        timeline_rects(timeline_counts(EVENTS, freq="Q"), timeline_spans(EVENTS, freq="Q")), dark=False
    ).to_dict()
    assert not {"layer", "vconcat", "hconcat"} & set(spec)
    assert spec["params"][0]["name"] == "when"


def test_a_brush_becomes_two_days_in_order() -> None:
    first, last = 1_704_067_200_000, 1_706_745_599_000  # 1 Jan 2024, 31 Jan 2024 23:59:59
    assert brushed_dates({"when": {"x": [last, first]}}) == (pd.Timestamp("2024-01-01"), pd.Timestamp("2024-01-31"))
    almaty = -300  # its 1 Jan begins at 19:00 UTC on 31 Dec
    assert brushed_dates({"when": {"x": [first - 18_000_000, last]}}, almaty)[0] == pd.Timestamp("2024-01-01")  # type: ignore[index]
    assert brushed_dates({"when": {}}) is None
    assert brushed_dates(None) is None


def test_the_axis_leaves_out_the_far_past_and_says_so() -> None:
    at = EVENTS[EVENTS["event_id"] == "e01"]
    many = pd.concat([at.assign(event_id=f"n{i}") for i in range(40)], ignore_index=True)
    old = at.assign(event_id="old", date_start=pd.Timestamp("1999-05-01"), date_end=pd.Timestamp("1999-05-01"))
    long = at.assign(event_id="long", date_start=pd.Timestamp("2009-01-01"))
    window = time_window(pd.concat([many, old, long]))
    assert (window.first, window.last, window.before) == (pd.Timestamp("2024-03-21"), pd.Timestamp("2024-03-21"), 2)
    assert window.note() == "2 begin before 21 Mar 2024 (from 1999)"
    asked = time_window(many, (pd.Timestamp("2024-01-01"), None))
    assert (asked.first, asked.before, asked.note()) == (pd.Timestamp("2024-01-01"), 0, "")


def test_events_far_apart_are_no_outliers_where_they_are_few() -> None:
    assert time_window(EVENTS).first == pd.Timestamp("2019-05-01")  # 1 of 14 is more than a twenty-fifth
    assert time_window(no_frames()["events"]).first is None


def test_with_a_nationality_the_figures_say_whom_they_count() -> None:
    notes = [f.note for f in view(Filters(nationality=("TJK",))).figures]
    assert notes and all("in events that name Tajik nationals, also others" in note for note in notes)
    assert not any("nationals" in f.note for f in view().figures)
