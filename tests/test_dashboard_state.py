"""Widgets, session and address agree."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dashboard import state
from geodata.filters import Filters

SOME = Filters(
    date_from=dt.date(2024, 1, 1),
    date_to=dt.date(2024, 6, 30),
    country=("TJK", "RUS"),
    nationality=("XCA",),
    kind=("arrest",),
    group=("IS-K",),
    certainty=("foiled",),
    source=("Morning Post",),
    min_precision="city",
    min_sources=2,
    text="two words",
    keep_undated=True,
    admin1=("TJK:sughd",),
    area="60,30,75,45",
    no_parts=True,
)


def session() -> dict[str, Any]:
    fresh: dict[str, Any] = {}
    state.init(fresh)
    return fresh


def test_filters_survive_the_widgets_and_the_address() -> None:
    s = session()
    state.put_filters(s, SOME)
    assert state.filters_of(s) == SOME
    other = session()
    assert state.load_query(other, state.as_query(s, SOME), "") is None
    assert state.filters_of(other) == SOME


def test_every_filter_has_a_widget() -> None:
    assert set(state.WIDGETS) == set(Filters.__dataclass_fields__)


def test_the_address_holds_selection_and_shading_but_not_what_is_usual() -> None:
    s = session()
    assert state.as_query(s, Filters()) == {}
    s |= {"selection": "event:e01", "shade_by": "killed"}
    assert state.as_query(s, Filters()) == {"show": "event:e01", "shade": "killed"}


def test_what_the_app_wrote_itself_is_not_read_back() -> None:
    s = session()
    state.load_query(s, {}, "")
    s["f_kind"] = ["route"]
    state.load_query(s, {}, "")
    assert state.filters_of(s).kind == ("route",)


def test_back_in_the_browser_restores_the_filters() -> None:
    s = session()
    state.load_query(s, {}, "")
    s["f_kind"], s["last_query"] = ["route"], {"kind": "route"}
    state.load_query(s, {}, "")
    assert state.filters_of(s) == Filters()


def test_turning_to_another_page_keeps_the_filters_although_the_address_is_emptied() -> None:
    s = session()
    state.load_query(s, {"kind": "route"}, "")
    state.load_query(s, {}, "table")
    assert state.filters_of(s).kind == ("route",)


def test_an_unreadable_address_is_said_and_filters_nothing() -> None:
    s = session()
    said = state.load_query(s, {"kind": "meteor"}, "")
    assert said is not None
    assert "meteor" in said
    assert state.filters_of(s) == Filters()


def test_dates_the_wrong_way_round_are_turned() -> None:
    s = session() | {"f_from": dt.date(2024, 6, 1), "f_to": dt.date(2024, 1, 1)}
    assert (state.filters_of(s).date_from, state.filters_of(s).date_to) == (dt.date(2024, 1, 1), dt.date(2024, 6, 1))


@pytest.mark.parametrize("field", ["date", "country", "kind", "text", "min_precision", "min_sources", "keep_undated"])
def test_one_filter_can_be_cleared_alone(field: str) -> None:
    s = session()
    state.put_filters(s, SOME)
    state.clear_one(s, field)
    left = state.filters_of(s)
    changed = {f for f in Filters.__dataclass_fields__ if getattr(left, f) != getattr(SOME, f)}
    assert changed == ({"date_from", "date_to"} if field == "date" else {field})


def test_a_click_is_taken_once() -> None:
    s = session()
    click = {"last_object_clicked_count": 1, "last_object_clicked_tooltip": "event:e01"}
    assert state.select(s, click) is True
    s["selection"] = ""
    assert state.select(s, click) is False  # the same click, seen again on the next run
    assert state.select(s, None) is False


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("event:e1", ("event", ["e1"])),
        ("list:a|b", ("list", ["a", "b"])),
        ("area:admin1/A|B/TJK", ("area", ["admin1/A|B/TJK"])),
        ("", ("", [])),
        ("nonsense", ("", [])),
        ("script:x", ("", [])),
    ],
)
def test_a_selection_is_read_strictly(raw: str, read: tuple[str, list[str]]) -> None:
    assert state.selection({"selection": raw}) == read


def test_brushed_dates_become_the_date_widgets() -> None:
    s = session()
    state.put_dates(s, dt.date(2024, 1, 1), dt.date(2024, 2, 1))
    assert state.filters_of(s).date_to == dt.date(2024, 2, 1)


def test_layers_stand_in_the_address_and_come_back() -> None:
    s = session() | {"shade_by": "killed", "shade_rate": "million", "show_routes": False, "show_heat": True}
    query = state.as_query(s, Filters())
    assert query == {"shade": "killed", "per": "million", "routes": "0", "heat": "1"}
    other = session()
    assert state.load_query(other, query | {"at": "40,60,5"}, "") is None
    options = state.map_options(other)
    assert (options.shade_by, options.rate, options.routes, options.heat) == ("killed", "million", False, True)


def test_a_layer_that_does_not_exist_is_said_and_the_usual_ones_are_shown() -> None:
    s = session()
    assert "meteors" in (state.load_query(s, {"shade": "meteors"}, "") or "")
    assert state.map_options(s).shade_by == "events"


def test_moving_the_map_changes_no_filter() -> None:
    s = session()
    state.load_query(s, {"kind": "route"}, "")
    s["f_kind"] = ["arrest"]
    s["last_query"] = {"kind": "arrest"}
    state.load_query(s, {"kind": "arrest", "at": "40,60,5"}, "")
    assert state.filters_of(s).kind == ("arrest",)


def test_a_drawn_area_is_taken_once_and_selects_nothing() -> None:
    s = session()
    click = {"last_object_clicked_count": 3, "last_object_clicked_tooltip": "draw:60 30;75 30;70 45"}
    assert state.drawn_area(s, click) == "60 30;75 30;70 45"
    assert state.drawn_area(s, click) is None
    assert state.select(s, click) is False
    state.put_area(s, "60 30;75 30;70 45")
    assert state.filters_of(s).area == "60 30;75 30;70 45"


def test_a_mistyped_area_is_said_and_filters_nothing() -> None:
    s = session() | {"f_area": "here"}
    assert "W,S,E,N" in state.area_problem(s)
    assert state.filters_of(s) == Filters()


def test_a_view_kept_on_the_map_is_that_of_pictures_and_selects_nothing() -> None:
    session: dict[str, Any] = {}
    state.init(session)
    click = {"last_object_clicked_count": 1, "last_object_clicked_tooltip": "frame:20.00,30.00,80.00,55.00"}
    assert state.kept_frame(session, click) and session["frame"] == "20.00,30.00,80.00,55.00"
    assert not state.select(session, click) and session["selection"] == ""
    other = {"last_object_clicked_count": 2, "last_object_clicked_tooltip": "event:e01"}
    assert not state.kept_frame(session, other) and session["frame"] == "20.00,30.00,80.00,55.00"
    assert state.select(session, other)
