"""Filters: one form for every way of saying it, an address that reads back, words, reasons."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.schema import CERTAINTIES, KINDS, PRECISIONS
from geodata.errors import FilterError, SchemaError
from geodata.filter_words import range_text
from geodata.filters import Filters, parse_day
from geodata.names import country_code, nationality_code, nationality_name
from geodata.schema import empty

D = dt.date


def events(*rows: dict[str, Any]) -> pd.DataFrame:
    """EVENTS with what each row says; e1, e2 … in order."""
    base: dict[str, Any] = {
        "kind": "incident",
        "subkind": "attack",
        "title": "",
        "certainty": "reported",
        "confidence": 0.8,
        "date_start": pd.NaT,
        "date_end": pd.NaT,
        "date_precision": "unknown",
        "place": None,
        "precision": None,
        "iso3": None,
        "countries": "",
        "nationalities": "",
        "groups": "",
        "n_claims": 1,
        "n_sources": 1,
        "conflicts": "",
        "text": "",
        "publishers": "",
    }
    frame = pd.DataFrame([base | {"event_id": f"e{i}"} | row for i, row in enumerate(rows, 1)])
    for name in ("date_start", "date_end"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
    return frame.reindex(columns=[*empty("events").columns, "publishers"])


def dated(start: str | None, end: str | None) -> dict[str, Any]:
    return {"date_start": start, "date_end": end}


def ids(filters: Filters, frame: pd.DataFrame) -> list[str]:
    return list(filters.apply(frame)[0]["event_id"])


@pytest.mark.parametrize("name", ["Turkey", "Türkiye", "TURKIYE", "tur", "Republic of Turkey"])
def test_a_country_is_known_by_any_of_its_names(name: str) -> None:
    assert Filters(country=(name,)) == Filters(country=("TUR",))


@pytest.mark.parametrize("name", ["Tajik", "tajiks", "Tajikistan", "TJK"])
def test_a_nationality_is_known_by_country_adjective_and_code(name: str) -> None:
    assert nationality_code(name) == "TJK"


def test_central_asians_without_a_state_have_a_code_of_their_own() -> None:
    assert (
        nationality_code("Central Asian") == nationality_code("xca") == "XCA"
        and nationality_name("XCA") == "Central Asian"
    )


@pytest.mark.parametrize("bad", ["Tadjikisten", "Atlantis", "", "XX"])
def test_an_unknown_country_is_refused_in_one_line(bad: str) -> None:
    with pytest.raises(FilterError) as err:
        country_code(bad)
    assert "\n" not in str(err.value) and repr(bad) in str(err.value)


def test_a_slip_of_the_pen_is_answered_with_the_nearest_name() -> None:
    with pytest.raises(FilterError, match="jikistan"):
        country_code("Tadjikisten")


@pytest.mark.parametrize(
    ("kwargs", "words"),
    [
        ({"kind": ("robbery",)}, "incident, arrest, route"),
        ({"certainty": ("sure",)}, "alleged"),
        ({"min_precision": "street"}, "site, city"),
        ({"min_sources": 0}, "at least 1"),
        ({"date_from": D(2024, 2, 1), "date_to": D(2024, 1, 1)}, "ends before"),
    ],
)
def test_values_that_do_not_exist_are_refused_with_what_does(kwargs: dict[str, Any], words: str) -> None:
    with pytest.raises(FilterError, match=words):
        Filters(**kwargs)


def test_equal_filters_are_equal_values_and_can_be_keys() -> None:
    one, two = Filters(country=("Turkey", "Iran"), text=" a  b "), Filters(country=("IRN", "TUR", "tur"), text="a b")
    assert one == two and hash(one) == hash(two) and len({one, two}) == 1


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", D(2024, 1, 1), D(2024, 12, 31)),
        ("2024-02", D(2024, 2, 1), D(2024, 2, 29)),
        ("2023-2", D(2023, 2, 1), D(2023, 2, 28)),
        ("2024-06-05", D(2024, 6, 5), D(2024, 6, 5)),
    ],
)
def test_partial_dates_mean_their_first_or_last_day(text: str, first: dt.date, last: dt.date) -> None:
    assert (parse_day(text, last=False), parse_day(text, last=True)) == (first, last)


@pytest.mark.parametrize("bad", ["2024-13", "2024-02-30", "March 2024", "0000", "24", "2024-00"])
def test_what_is_no_date_is_refused(bad: str) -> None:
    with pytest.raises(FilterError, match="YYYY"):
        parse_day(bad, last=True)


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Z")), min_size=1, max_size=12)
ANY = st.builds(
    lambda a, b, **kw: Filters(date_from=min(a, b) if a and b else a, date_to=max(a, b) if a and b else b, **kw),
    st.none() | st.dates(D(1900, 1, 1)),
    st.none() | st.dates(D(1900, 1, 1)),
    country=st.lists(st.sampled_from(["Turkey", "TJK", "Kosovo", "USA"]), max_size=3).map(tuple),
    nationality=st.lists(st.sampled_from(["Tajik", "XCA", "UZB"]), max_size=3).map(tuple),
    kind=st.lists(st.sampled_from(KINDS), max_size=3).map(tuple),
    subkind=st.lists(st.sampled_from(["attack", "labour_migration"]), max_size=2).map(tuple),
    group=st.lists(WORDS, max_size=2).map(tuple),
    source=st.lists(WORDS, max_size=2).map(tuple),
    certainty=st.lists(st.sampled_from(CERTAINTIES), max_size=2).map(tuple),
    min_precision=st.none() | st.sampled_from(PRECISIONS),
    min_sources=st.integers(1, 9),
    text=st.just("") | WORDS,
    keep_undated=st.booleans(),
    keep_unplaced=st.booleans(),
    admin1=st.lists(st.sampled_from(["TJK:sughd", "rus:moscow"]), max_size=2).map(tuple),
    area=st.sampled_from(["", "60,30,75,45", "60 30;75 30;70.126 45"]),
    no_parts=st.booleans(),
)


@settings(max_examples=150)
@given(ANY)
def test_every_filter_reads_back_from_its_address_and_has_words(filters: Filters) -> None:
    query = filters.to_query()
    assert Filters.from_query(query) == filters
    assert all(isinstance(v, str) or (v and all(isinstance(x, str) for x in v)) for v in query.values())
    assert filters.describe() and "\n" not in filters.describe()


def test_no_filter_has_no_address_and_foreign_keys_are_passed_over() -> None:
    assert (
        Filters().to_query() == {} and Filters.from_query({"show": "e1", "embed": "true", "country": []}) == Filters()
    )


def test_an_address_may_join_codes_by_commas_but_a_group_keeps_its_comma() -> None:
    assert Filters.from_query({"country": "TUR,IRN", "group": "Army, the"}) == Filters(
        country=("IRN", "TUR"), group=("Army, the",)
    )


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        (Filters(), "All events"),
        (
            Filters(kind=("arrest",), country=("TJK",), date_from=D(2024, 1, 1), date_to=D(2024, 6, 30)),
            "Arrests · Tajikistan · Jan–Jun 2024",
        ),
        (
            Filters(kind=("incident", "route"), nationality=("TJK", "XCA")),
            "Incidents, Routes · Central Asian or Tajik nationals".replace(
                "Central Asian or Tajik", "Tajik or Central Asian"
            ),
        ),
        (
            Filters(country=("DEU",), min_sources=2, min_precision="city"),
            "Germany · town or finer · at least 2 sources",
        ),
        (Filters(subkind=("labour_migration",), text="Vanj"), "Labour migration · “Vanj”"),
        (Filters(date_from=D(2024, 3, 1), source=("Reuters",)), "From 1 Mar 2024 · by Reuters"),
    ],
)
def test_a_filter_describes_itself_in_an_analysts_words(filters: Filters, words: str) -> None:
    assert filters.describe() == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (D(2024, 1, 1), D(2024, 12, 31), "2024"),
        (D(2017, 1, 1), D(2024, 12, 31), "2017–2024"),
        (D(2024, 2, 1), D(2024, 2, 29), "Feb 2024"),
        (D(2023, 12, 1), D(2024, 1, 31), "Dec 2023 – Jan 2024"),
        (D(2024, 3, 22), D(2024, 3, 22), "22 Mar 2024"),
        (D(2024, 3, 16), D(2024, 4, 2), "16 Mar – 2 Apr 2024"),
        (None, D(2024, 3, 2), "until 2 Mar 2024"),
        (None, None, ""),
    ],
)
def test_ranges_read_as_a_person_writes_them(first: dt.date | None, last: dt.date | None, words: str) -> None:
    assert range_text(first, last) == words


def test_the_command_line_is_the_same_filter() -> None:
    parser = argparse.ArgumentParser()
    Filters.add_arguments(parser)
    args = parser.parse_args(
        [
            "--from=2024",
            "--to=2024-06",
            "--country=Turkey,Iran",
            "--country=TJK",
            "--kind=arrest",
            "--min-sources=2",
            "--with-undated",
        ]
    )
    assert Filters.from_args(args) == Filters(
        D(2024, 1, 1), D(2024, 6, 30), ("IRN", "TJK", "TUR"), kind=("arrest",), min_sources=2, keep_undated=True
    )
    assert Filters.from_args(parser.parse_args([])) == Filters()


def test_an_event_is_in_the_range_if_its_interval_overlaps_it() -> None:
    frame = events(
        dated("2024-01-01", "2024-06-30"),
        dated("2024-06-30", "2024-06-30"),
        dated("2024-07-01", "2024-07-01"),
        dated("2023-12-31", "2023-12-31"),
        dated(None, "2024-03-31"),
        dated(None, "2023-03-31"),
        dated("2020-01-01", None),
        dated(None, None),
    )
    kept, reasons = Filters(date_from=D(2024, 1, 1), date_to=D(2024, 6, 30)).apply(frame)
    assert list(kept["event_id"]) == ["e1", "e2", "e5", "e7"] and reasons == {"date": 3, "undated": 1}


def test_undated_events_stay_where_asked_and_without_a_range() -> None:
    frame = events(dated(None, None), dated("2020-01-01", "2020-01-01"))
    assert ids(Filters(), frame) == ["e1", "e2"]
    assert ids(Filters(date_from=D(2024, 1, 1), keep_undated=True), frame) == ["e1"]


def test_country_is_any_stop_and_never_a_nationality() -> None:
    frame = events(
        {"countries": "RUS|TJK", "place": "Russia"},
        {"countries": "TUR", "place": "Istanbul", "nationalities": "TJK"},
        {"countries": "", "place": "Sahel"},
        {},
    )
    kept, reasons = Filters(country=("TJK",)).apply(frame)
    assert list(kept["event_id"]) == ["e1"] and reasons == {"country": 2, "unplaced": 1}
    assert ids(Filters(nationality=("Tajik",)), frame) == ["e2"]
    assert ids(Filters(country=("TJK",), keep_unplaced=True), frame) == ["e1", "e4"]


def test_the_least_precision_keeps_what_is_finer() -> None:
    frame = events(*({"precision": p, "place": "x"} for p in PRECISIONS), {})
    assert ids(Filters(min_precision="admin1"), frame) == ["e1", "e2", "e3"]
    assert Filters(min_precision="admin1").apply(frame)[1] == {"min_precision": 3, "unplaced": 1}


def test_groups_publishers_and_text_are_found_in_any_case_but_only_whole_groups() -> None:
    frame = events(
        {"groups": "ISIS-K|ISIS", "publishers": "Reuters"},
        {"groups": "ISIS", "text": "Café in Zürich"},
        {"groups": "", "title": "Attack, Zurich"},
    )
    assert ids(Filters(group=("isis-k",)), frame) == ["e1"] and ids(Filters(group=("isis",)), frame) == ["e1", "e2"]
    assert ids(Filters(source=("REUTERS",)), frame) == ["e1"]
    assert ids(Filters(text="zurich cafe"), frame) == ["e2"] and ids(Filters(text="Zürich"), frame) == ["e2", "e3"]


def test_each_event_falls_out_for_one_reason_and_the_numbers_add_up() -> None:
    frame = events(
        {"kind": "arrest", "n_sources": 1}, {"kind": "route", "n_sources": 3}, {"kind": "arrest", "n_sources": 2}
    )
    kept, reasons = Filters(kind=("arrest",), min_sources=2).apply(frame)
    assert list(kept["event_id"]) == ["e3"] and reasons == {"kind": 1, "min_sources": 1}
    assert len(kept) + sum(reasons.values()) == len(frame)


def test_no_events_give_no_events_with_all_columns() -> None:
    frame = events({}).iloc[:0]
    kept, reasons = Filters(
        D(2024, 1, 1), country=("TUR",), kind=("arrest",), text="x", min_precision="city", source=("a",)
    ).apply(frame)
    assert kept.empty and list(kept.columns) == list(frame.columns) and reasons == {}


def test_a_source_filter_without_publishers_says_what_is_missing() -> None:
    with pytest.raises(SchemaError, match="publishers"):
        Filters(source=("x",)).apply(events({}).drop(columns="publishers"))


def test_the_frame_given_is_left_alone() -> None:
    frame = events({"countries": "TUR"}, {})
    before = frame.copy()
    Filters(country=("TUR",), text="a").apply(frame)
    pd.testing.assert_frame_equal(frame, before)


def test_a_province_is_named_by_its_id() -> None:
    here = {"place": "Khujand", "precision": "city", "countries": "TJK", "admin1_id": "TJK:sughd"}
    frame = events(here, here | {"admin1_id": "TJK:khatlon"}, {"place": "Tajikistan", "countries": "TJK"}, {})
    assert ids(Filters(admin1=("tjk:Sughd",)), frame) == ["e1"]
    assert Filters(admin1=("TJK:sughd",)).apply(frame)[1] == {"unplaced": 1, "admin1": 2}
    assert Filters(admin1=("TJK:sughd",)).describe() == "Sughd"
    with pytest.raises(FilterError, match="such as TJK:sughd"):
        Filters(admin1=("Sughd",))


def test_a_drawn_area_keeps_what_lies_in_it_and_never_the_middle_of_a_country() -> None:
    at = {"place": "x", "countries": "TJK", "lat": 38.5, "lon": 68.8, "precision": "city"}
    frame = events(at, at | {"lat": 50.0}, at | {"precision": "country"}, at | {"precision": "admin1"})
    assert ids(Filters(area="65,35,72,40"), frame) == ["e1", "e4"]
    assert ids(Filters(area="65 35;72 35;72 40;65 40"), frame) == ["e1", "e4"]
    over = at | {"lat": 60.0, "lon": -170.0}  # drawn from 170 east to 200, which is 160 west
    assert ids(Filters(area="170,50,200,70"), events(over, at)) == ["e1"]


@pytest.mark.parametrize("bad", ["1,2,3", "1 2;3 4", "a,b,c,d", "0 0;10 0;10 95"])
def test_what_is_no_area_is_refused(bad: str) -> None:
    with pytest.raises(FilterError, match="W,S,E,N"):
        Filters(area=bad)


def test_parts_of_other_events_can_be_left_out() -> None:
    frame = events({"part_of": "e2"}, {})
    kept, reasons = Filters(no_parts=True).apply(frame)
    assert (list(kept["event_id"]), reasons) == (["e2"], {"no_parts": 1})
