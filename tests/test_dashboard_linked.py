"""One selection, pointed out in every view; flows and the matrix of countries and months."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.charts import timeline_rects
from dashboard.crosstab import matrix_chart, matrix_rows, picked_cell
from dashboard.flows import flows_of, matrix_html, sankey, sankey_words
from dashboard.legs import matrix
from dashboard.map_view import MapOptions, map_payload
from dashboard.nations import nation_lines, nation_pairs
from dashboard.selected import heading_of, selected_events
from dashboard.summaries import timeline_counts, timeline_spans
from dashboard.view import View, view_of
from geodata.filters import Filters
from geodata.frames import Snapshot
from tests.frames import frames


def view(filters: Filters | None = None) -> View:
    return view_of(Snapshot(**frames(), version="test"), filters or Filters())


@pytest.mark.parametrize(
    ("kind", "key", "ids", "heading"),
    [
        ("event", "e01", ["e01"], ""),
        ("list", "e01", ["e01"], "Events here"),
        ("area", "admin1/Khatlon/TJK", ["e05"], "Khatlon"),
        ("coarse", "TJK", ["e05", "e06"], "Tajikistan, no town named"),
        ("country", "TUR", ["e02", "e03"], "Turkey"),
        ("province", "TJK:khatlon", ["e05"], "Khatlon, Tajikistan"),
        ("month", "TUR/2024-01", ["e02"], "Turkey, Jan 2024"),
        ("month", "TUR/2023", ["e03"], "Turkey, 2023"),
        ("nationality", "UZB", ["e07"], "Uzbek nationals, as reported"),
        ("group", "IS-K", ["e01", "e02", "e06", "e14", "e15"], "IS-K"),
        ("", "", [], ""),
        ("event", "gone", [], ""),
    ],
)
def test_every_selection_is_some_events_and_has_a_name(kind: str, key: str, ids: list[str], heading: str) -> None:
    assert sorted(selected_events(view(), kind, [key] if key else [])["event_id"]) == ids
    assert heading_of(view(), kind, [key]) == heading


def test_a_selection_holds_only_what_the_filters_keep() -> None:
    assert selected_events(view(Filters(kind=("arrest",))), "country", ["TUR"]).empty


def test_the_timeline_marks_the_days_of_what_is_selected() -> None:
    v = view()
    counts, spans = timeline_counts(v.intervals, freq="M"), timeline_spans(v.intervals, freq="M")
    rects = timeline_rects(counts, spans, selected_events(v, "coarse", ["TJK"]))
    (mark,) = rects[rects["sort"] == "mark"].to_dict("records")  # both have the same half year
    assert (mark["x"], mark["x2"]) == (pd.Timestamp("2024-01-01"), pd.Timestamp("2024-07-01"))
    assert mark["y2"] < 0
    assert (timeline_rects(counts, spans)["sort"] != "mark").all()


def test_the_matrix_counts_an_event_in_each_country_and_says_what_it_leaves_out() -> None:
    rows, left_out = matrix_rows(view(Filters(date_from=None, kind=("incident",))))
    cells = {(r.iso3, r.when): r.n for r in rows.itertuples()}
    assert cells == {("TUR", "2023-12"): 1, ("TUR", "2024-01"): 1, ("AFG", "2024-03"): 1, ("RUS", "2024-02"): 1}
    assert left_out == 3  # e13 (a year), e14 (undated), e15 (no country)
    spec = matrix_chart(rows, dark=False, chosen="TUR/2024-01").to_dict()
    assert [p["name"] for p in spec["params"]] == ["cell"]
    assert spec["encoding"]["x"]["scale"]["domain"] == ["Dec 2023", "Jan 2024", "Feb 2024", "Mar 2024"]


def test_a_clicked_cell_is_read_and_an_empty_click_is_none() -> None:
    assert picked_cell({"cell": [{"key": "TUR/2024-01"}]}) == "TUR/2024-01"
    assert picked_cell({"cell": []}) is None
    assert picked_cell(None) is None


def test_a_sankey_has_a_node_per_side_and_a_band_per_pair() -> None:
    table = matrix(view().legs, dict(view().names))
    flows = flows_of(table)
    assert flows[0] == ("Russia", "United States", 2)
    (series,) = sankey(flows, dark=False, colour="#000000")["series"]
    assert {"source": "from Russia", "target": "to United States", "value": 2} in series["links"]
    names = [n["name"] for n in series["data"]]
    assert len(names) == len(set(names))
    assert {"from Russia", "to Russia"} <= set(names)
    assert sankey_words(flows).startswith("Flows by number: Russia to United States 2")


def test_a_name_in_a_matrix_is_text() -> None:
    assert "<b>" not in matrix_html(pd.DataFrame({"<b>x</b>": [1]}, index=["y"]))


def test_a_nationality_abroad_is_a_line_and_at_home_is_none() -> None:
    assert ("TJK", "TUR", 2) in nation_pairs(view())
    lines = [line["text"].split("\n")[0] for line in nation_lines(view())]
    assert "Tajik nationals in Turkey" in lines
    assert not any(text == "Tajik nationals in Tajikistan" for text in lines)
    drawn = map_payload(view(), MapOptions(nations=True), shape_of=lambda _: None)
    assert drawn["legs"] == []  # never together with journeys
    assert any("no journey" in str(sign["label"]) for line in drawn["legend"] for sign in line)


def test_the_map_points_out_what_is_chosen_and_draws_the_area_of_the_filter() -> None:
    asked = view(Filters(area="60,30,80,45"))
    drawn = map_payload(asked, MapOptions(heat=True), shape_of=lambda _: None, chosen=["e01"], place="AFG")
    assert (drawn["chosen"], drawn["place"], len(drawn["area"])) == (["e01"], "AFG", 4)
    labels = [str(sign["label"]) for line in drawn["legend"] for sign in line]
    assert "drawn area" in labels
    assert "the darker, the more events" in labels
