"""Points, areas, legs and shading from hand-made events."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from dashboard.choropleth import area_values, breaks, shade
from dashboard.legs import leg_lines, legs_frame, matrix, stop_marks
from dashboard.map_view import MapOptions, map_payload
from dashboard.marks import MANY, area_marks, cell_marks, look, point_marks
from dashboard.view import View, view_of
from geodata.filters import Filters
from geodata.frames import Snapshot
from geodata.store_columns import Columns
from tests.frames import frames, no_frames

F = frames()
EVENTS, STOPS = F["events"], F["stops"]
NAMES = {
    "TJK": "Tajikistan",
    "RUS": "Russia",
    "USA": "United States",
    "TUN": "Tunisia",
    "ITA": "Italy",
    "AFG": "Afghanistan",
}
SQUARE = {"type": "Polygon", "coordinates": [[[68, 37], [70, 37], [70, 39], [68, 37]]]}


def no_shape(_: str) -> None:
    return None


def view(events: pd.DataFrame = EVENTS, stops: pd.DataFrame = STOPS) -> View:
    return view_of(Snapshot(events.reset_index(drop=True), stops, F["claims"], F["documents"], "test"), Filters())


def payload(events: pd.DataFrame = EVENTS, **options: object) -> dict[str, list[dict[str, object]]]:
    return map_payload(view(events), MapOptions(**options), shape_of=no_shape)


def areas(events: pd.DataFrame, shape_of: object = no_shape) -> list[dict[str, object]]:
    events = events.reset_index(drop=True)
    return area_marks(Columns(events).select(Filters()).areas(), events, shape_of)  # type: ignore[arg-type]


def test_only_towns_and_sites_become_pins() -> None:
    ids = {m["id"] for m in point_marks(EVENTS)}
    assert ids >= {"e01", "e02", "e03", "e04", "e07", "e14"}
    assert not ids & {"e05", "e06", "e08", "e13", "e15"}


def test_province_country_and_region_become_areas_with_their_number() -> None:
    marks = {m["id"]: m for m in areas(EVENTS[EVENTS["kind"] != "route"])}
    assert set(marks) == {"area:admin1/Khatlon/TJK", "area:country/Tajikistan/TJK", "area:region/Sahel/"}
    assert marks["area:admin1/Khatlon/TJK"]["text"] == "Khatlon, Tajikistan\n1 arrest, known only to the province"
    assert marks["area:region/Sahel/"]["kind"] == "incident"


def test_two_kinds_in_one_area_are_mixed_and_counted() -> None:
    both = pd.concat(
        [EVENTS[EVENTS["event_id"] == "e06"], EVENTS[EVENTS["event_id"] == "e06"].assign(event_id="x", kind="incident")]
    )
    (mark,) = areas(both)
    assert (mark["kind"], mark["n"]) == ("mixed", "2")


def test_a_province_with_a_shape_carries_it() -> None:
    rows = EVENTS[EVENTS["event_id"] == "e05"].assign(admin1_id="TJK-1")
    assert areas(rows, {"TJK-1": SQUARE}.get)[0]["shape"] == SQUARE


@pytest.mark.parametrize(
    ("certainty", "subkind", "style"),
    [
        ("reported", "attack", "filled"),
        ("foiled", "plot", "outline"),
        ("hypothetical", "threat", "dotted"),
        ("hypothetical", "attack", "faint"),
        ("alleged", "attack", "pale"),
    ],
)
def test_certainty_is_told_by_fill_and_outline(certainty: str, subkind: str, style: str) -> None:
    assert look(certainty, subkind) == style


def test_size_is_by_area_and_an_unknown_figure_is_hollow_not_zero() -> None:
    marks = {m["id"]: m for m in point_marks(EVENTS, size_by="killed")}
    assert marks["e01"]["r"] == 20.0  # 20 killed, the most among pins
    assert marks["e02"]["r"] == 5.0  # 1 killed: 20 * sqrt(1/20) = 4.5, smallest is 5
    assert marks["e03"]["look"] == "hollow"


def test_many_events_travel_as_cells_that_count_all_of_them() -> None:
    n = MANY + 50
    rows = pd.concat([EVENTS.iloc[[0]]] * n, ignore_index=True).assign(event_id=[f"x{i}" for i in range(n)])
    rows.loc[0, ["lat", "lon"]] = [10.1, 20.2]
    here = view(rows)
    marks = payload(rows)["points"]
    assert sorted(m["many"] for m in marks) == [1, n - 1]  # type: ignore[type-var]
    lone = next(m for m in marks if m["many"] == 1)
    assert (lone["lat"], lone["lon"], lone["mix"]) == (10.1, 20.2, {"incident": 1})
    assert list(here.of_ids([str(lone["id"])])["event_id"]) == ["x0"]
    assert cell_marks(here.selection.cells().iloc[0:0], rows["place"]) == []


def test_a_chain_gives_its_legs_in_order_and_one_stop_gives_none() -> None:
    legs = legs_frame(STOPS, ["e10", "e16"])
    assert list(zip(legs["from_place"], legs["to_place"], strict=True)) == [
        ("Moscow", "Bogotá"),
        ("Bogotá", "Tapachula"),
        ("Tapachula", "El Paso"),
    ]
    assert list(legs["inferred"]) == [True, False, False]


def test_a_leg_over_the_antimeridian_is_cut_there() -> None:
    legs = legs_frame(STOPS, ["e11"])
    (line,) = leg_lines(legs, EVENTS)
    assert len(line["line"]) == 2
    assert line["line"][0][-1][1] == 180.0
    assert line["line"][1][0][1] == -180.0


def test_routes_of_one_direction_are_one_line_and_both_directions_lie_apart() -> None:
    back = STOPS[STOPS["event_id"] == "e12"].assign(event_id="e11", role=["destination", "origin"], seq=[1, 0])
    same = STOPS[STOPS["event_id"] == "e12"].assign(event_id="e09")
    stops = pd.concat([STOPS[STOPS["event_id"] == "e12"], back, same])
    lines = leg_lines(legs_frame(stops, ["e09", "e11", "e12"]), EVENTS)
    assert sorted(tuple(line["ids"]) for line in lines) == [("e09", "e12"), ("e11",)]
    assert all(line["shift"] for line in lines)


def test_stops_tell_their_role_and_whether_they_are_only_a_country() -> None:
    marks = {(m["text"].split("\n")[0], m["role"]): m for m in stop_marks(STOPS, legs_frame(STOPS, ["e09", "e10"]))}
    assert marks["Russia", "destination"]["coarse"] is True
    assert marks["Bogotá", "transit"]["coarse"] is False


def test_the_matrix_counts_each_route_once_from_origin_to_destination() -> None:
    table = matrix(legs_frame(STOPS, EVENTS["event_id"]), NAMES)
    assert table.loc["Russia", "United States"] == 2  # e10 (Moscow to El Paso), e11 (Vladivostok to Anchorage)
    assert table.loc["Tajikistan", "Russia"] == 1
    assert int(table.to_numpy().sum()) == 4
    assert matrix(legs_frame(STOPS, []), NAMES).empty


def test_a_route_counts_in_each_country_it_touches() -> None:
    values = area_values(view())
    assert values["RUS"] == 4  # e04, e09, e10, e11
    assert values["TJK"] == 3  # e05, e06, e09


def test_a_part_is_not_added_to_its_whole_and_unknown_is_absent() -> None:
    values = area_values(view(), "arrested")
    assert values["TJK"] == 226  # 27 of e05 are part of these
    assert "AFG" not in values


def test_shading_has_at_most_six_classes_and_says_its_range() -> None:
    shading = shade(view(), "events", NAMES)
    assert max(shading.classes) <= 5
    assert shading.label == "1–4 events by country"
    assert shading.areas["RUS"] == {"c": 5, "text": "Russia\n4 events"}
    with pytest.raises(ValueError, match="expected one of events, killed"):
        area_values(view(), "kiled")


def test_a_rate_is_per_million_inhabitants_of_the_country() -> None:
    rate = area_values(view(), "arrested", rate="million")
    assert 15 < rate["TJK"] < 30  # 226 arrests, 9 to 11 million people
    said = shade(view(), "arrested", NAMES, rate="million")
    assert said.areas["TJK"]["text"].endswith("arrested per million inhabitants")
    assert said.label.endswith("arrested per million inhabitants by country")


def test_provinces_are_shaded_by_what_is_known_that_precisely() -> None:
    assert dict(area_values(view(), "events", "admin1")) == {"TJK:khatlon": 1}
    drawn = map_payload(view(), MapOptions(level="admin1"), shape_of={"TJK:khatlon": SQUARE}.get)
    assert [(p["id"], p["text"]) for p in drawn["provinces"]] == [("TJK:khatlon", "Khatlon, Tajikistan\n1 event")]
    assert drawn["choropleth"] == {}


def test_documents_are_counted_once_however_often_they_tell() -> None:
    assert area_values(view(), "documents")["AFG"] == 3  # two of e01, one of e14


@pytest.mark.parametrize(
    ("scheme", "low_ends"), [("quantiles", [1, 3, 5, 7, 9, 11]), ("jenks", [1, 11, 100, 200, 300, 400])]
)
def test_classes_are_equal_in_number_or_by_natural_breaks(scheme: str, low_ends: list[float]) -> None:
    values = [*range(1, 13)] if scheme == "quantiles" else [1, 2, 3, 11, 12, 100, 101, 200, 201, 300, 400]
    assert breaks(pd.Series(values, dtype="float64"), scheme) == low_ends


def test_a_route_is_drawn_as_a_line_and_not_as_a_pin_too() -> None:
    drawn = payload()
    assert {"e16"} == {p["id"] for p in drawn["points"] if p["kind"] == "route"}
    assert {i for leg in drawn["legs"] for i in leg["ids"]} == {"e09", "e10", "e11", "e12"}


def _doubtful(**certainty: str) -> pd.DataFrame:
    return EVENTS.assign(certainty=EVENTS["event_id"].map(certainty).fillna(EVENTS["certainty"]))


def test_a_hypothetical_route_is_held_back_until_it_is_asked_for_and_then_looks_like_none_other() -> None:
    events = _doubtful(e10="hypothetical", e11="foiled", e12="alleged")
    usual, asked = payload(events), payload(events, supposed=True)
    filtered = map_payload(
        view_of(Snapshot(events, STOPS, F["claims"], F["documents"], "t"), Filters(certainty=("hypothetical",))),
        MapOptions(),
        shape_of=no_shape,
    )
    assert {i for leg in usual["legs"] for i in leg["ids"]} == {"e09", "e11", "e12"}
    assert "1 hypothetical route not drawn" in {s["label"] for line in usual["legend"] for s in line}
    assert usual["held_back"] == 1 and asked["held_back"] == filtered["held_back"] == 0
    looks = {i: leg["look"] for leg in asked["legs"] for i in leg["ids"]}
    assert looks == {"e09": "", "e10": "hypothetical", "e11": "foiled", "e12": ""}
    assert {leg["look"] for leg in filtered["legs"]} == {"hypothetical"}
    lines = [s["label"] for line in asked["legend"] for s in line if s["type"] == "line"]
    assert lines == ["Route", "foiled", "hypothetical"]
    words = {i: leg["text"] for leg in asked["legs"] for i in leg["ids"]}
    assert "a supposition" in words["e10"] and "the journey was stopped" in words["e11"]
    assert "does not vouch" in words["e12"] and "supposition" not in words["e09"]


def test_a_line_of_a_stated_and_a_supposed_route_is_a_stated_one_and_says_how_many_are_not() -> None:
    stops = pd.concat([STOPS, STOPS[STOPS["event_id"] == "e11"].assign(event_id="e12")])
    events = _doubtful(e11="hypothetical", e12="reported")
    (line,) = (r for r in leg_lines(legs_frame(stops, ["e11", "e12"]), events) if "e11" in r["ids"])
    assert line["ids"] == ["e11", "e12"]
    assert line["look"] == ""
    assert "hypothetical: 1 of 2" in line["text"]


def test_the_legend_names_only_what_is_drawn() -> None:
    def words(drawn: dict[str, list[dict[str, object]]]) -> str:
        return " / ".join(str(sign["label"]) for line in drawn["legend"] for sign in line)

    arrests = words(payload(EVENTS[EVENTS["event_id"] == "e07"], shade_by="nothing"))
    assert arrests == "Arrest"
    everything = words(payload())
    assert all(
        w in everything
        for w in (
            "Incident",
            "foiled",
            "threatened",
            "alleged",
            "Route",
            "inferred",
            "transit",
            "known only to that area",
            "events by country",
        )
    )
    assert payload(EVENTS.iloc[0:0])["legend"] == []


def test_nothing_kept_draws_nothing_and_has_no_bounds() -> None:
    empty = no_frames()
    drawn = map_payload(view(empty["events"], empty["stops"]), MapOptions(), shape_of=no_shape)
    assert drawn["points"] == drawn["areas"] == drawn["legs"] == drawn["stops"] == []
    assert drawn["bounds"] is None


def test_a_payload_is_json_without_nan() -> None:
    json.dumps(payload(), allow_nan=False)


def test_inputs_stay_as_they_were() -> None:
    before, stops = EVENTS.copy(deep=True), STOPS.copy(deep=True)
    payload(size_by="killed")
    pd.testing.assert_frame_equal(EVENTS, before)
    pd.testing.assert_frame_equal(STOPS, stops)


def test_options_refuse_what_the_map_cannot_draw() -> None:
    with pytest.raises(ValueError, match="shade_by"):
        MapOptions(shade_by="colour")
    with pytest.raises(ValueError, match="size_by"):
        MapOptions(size_by="colour")
