"""From a cell to its sentence: cells that exclude each other, marks in the document, the hash of its text."""

from __future__ import annotations

import datetime as dt
import json
import re
from html import unescape

import pandas as pd
import pytest

from dashboard.detail import sources_html
from dashboard.differ import excluding, source_cells
from dashboard.documents import document_head, hash_html, statement_rows
from dashboard.marked import Mark, claim_marks, date_marks, legend_html, marked_html, place_marks, segments
from extract.schema import text_id
from geodata.schema import empty
from tests.frames import frames
from tests.test_dashboard_detail import detail


def claims(*rows: dict[str, object]) -> pd.DataFrame:
    """CLAIMS of one event; what a row does not say is not stated."""
    base = {"event_id": "e", "doc_id": "d", "start": 0, "end": 1, "quote": "q", "kind": "incident", "subkind": "attack"}
    base |= {"certainty": "reported", "confidence": 0.5, "date_precision": "unknown", "nationalities": "", "groups": ""}
    base |= {"rule": "r", "reason": "", "payload": "{}", "source": 1}
    made = pd.DataFrame([base | {"claim_id": f"c{i}"} | row for i, row in enumerate(rows)])
    form, plain = empty("claims"), {"int64": 0, "bool": False}
    made = made.reindex(columns=form.columns).astype(object)
    for column, dtype in form.dtypes.items():
        if str(dtype) in plain:
            made[column] = [plain[str(dtype)] if pd.isna(v) else v for v in made[column]]
    return made.astype(dict(form.dtypes))


TOLLS = claims(
    {"date_start": "2024-03-22", "date_end": "2024-03-22", "killed_low": 137, "killed_best": 137, "killed_high": 137},
    {"date_start": "2024-03-01", "date_end": "2024-03-31", "killed_low": 145, "killed_best": 145, "killed_high": 145},
    {"date_start": "2024-03-16", "date_end": "2024-03-16", "killed_low": 150, "killed_best": 150},
    {"place": "Moscow"},
)


def test_cells_that_exclude_another_source_are_marked_and_no_others() -> None:
    cells = source_cells(TOLLS, ["date", "killed"])
    marked = {key: {column for column, _, odd in row if odd} for key, row in cells.items()}
    assert marked == {"c0": {"Date", "Killed"}, "c1": {"Killed"}, "c2": {"Date", "Killed"}, "c3": set()}
    assert [t for column, t, _ in cells["c2"] if column == "Killed"] == ["150+"]
    assert [t for column, t, _ in cells["c3"] if column in ("Date", "Killed")] == ["", ""]


def test_up_to_and_more_than_do_not_exclude_what_they_allow() -> None:
    assert excluding({"up to 80": (0, 80), "12": (12, 12), "more than 10": (10, float("inf"))}) == set()
    assert excluding({"up to 80": (0, 80), "90": (90, 90)}) == {"up to 80", "90"}
    assert excluding({}) == set()


def test_a_place_is_marked_only_where_the_event_says_that_places_clash() -> None:
    two = claims({"place": "Osh"}, {"place": "Batken"})
    assert not any(odd for row in source_cells(two, []).values() for _, _, odd in row)
    assert sum(odd for row in source_cells(two, ["place"]).values() for _, _, odd in row) == 2


def test_the_panel_shows_source_by_source_and_says_not_stated() -> None:
    panel = detail("e01")
    html = sources_html(panel.said)
    assert html.count("class='who'") == 2
    assert html.count("class=odd") == 2  # 3 against 20 to 21, and nothing else
    first = panel.said[0]._replace(cells=tuple((c, "" if c == "Injured" else t, o) for c, t, o in panel.said[0].cells))
    assert sources_html([first, panel.said[1]]).count("not stated") == 1
    assert sources_html([]) == ""


def test_a_source_that_names_another_is_shown_with_it() -> None:
    from dashboard.detail import said_html

    assert "according to Some &lt;Agency&gt;" in said_html(detail("e02").said[0]._replace(origin="Some <Agency>"))


def mark(start: int, end: int, what: str = "claim", look: str = "incident", claim: str = "a", label: str = "") -> Mark:
    return Mark(start, end, what, look if what == "claim" else "", label, f"{what} {claim}", (claim,))


def test_overlapping_marks_are_cut_at_every_end() -> None:
    one, two = mark(2, 6), mark(4, 8, look="arrest", claim="b")
    assert segments(10, [one, two]) == [(0, 2, []), (2, 4, [one]), (4, 6, [one, two]), (6, 8, [two]), (8, 10, [])]


def test_offsets_outside_the_text_are_cut_off_and_none_lost() -> None:
    late, gone = mark(3, 99, look="route"), mark(7, 9, look="route")
    assert segments(5, [late, gone]) == [(0, 3, []), (3, 5, [late])]


def test_a_document_is_marked_by_kind_and_escaped() -> None:
    html = marked_html("a <b> c", [mark(2, 5, look="arrest")], "a")
    assert "a <mark class='arrest here' title='claim a'>&lt;b&gt;</mark> c" in html


@pytest.mark.parametrize(
    "text", ["<i>x</i> & \"y\" 'z'", "شهد الحادث في كابول", "Взрыв в Москве 22 марта", "\u202e a\r\n\tb "]
)
def test_the_words_of_the_page_are_the_words_of_the_text_whatever_is_marked(text: str) -> None:
    marks = [mark(0, 4), mark(2, 7, "date", label="<u>"), mark(3, 3), mark(5, 40, "place", claim="b", label="'")]
    html = marked_html(text, marks, "a")
    assert unescape(re.sub(r"<[^>]*>", "", html)) == text


def test_labels_stand_at_the_end_of_a_mark_and_only_the_chosen_claims_are_used() -> None:
    html = marked_html("on 22 March in Osh", [mark(0, 18), mark(3, 11, "date", label="22 Mar 2024")], "a")
    assert (
        "<mark class='incident date here used' data-label='22 Mar 2024' title='date a\nclaim a'>22 March</mark>" in html
    )
    assert "used" not in marked_html("on 22 March", [mark(0, 11), mark(3, 11, "date", claim="b")], "a")


def test_a_claim_gives_its_statement_date_figure_and_place_as_marks() -> None:
    payload = {
        "date_span": [3, 11],
        "counts": {"killed": {"low": 150, "best": 150, "high": None}},
        "count_spans": {"killed": [20, 23]},
        "places": [
            {"mention": "Osh", "start": 15, "end": 18, "name": "Osh", "precision": "city", "role": "location"},
            {"mention": "Kyrgyz", "start": 30, "end": 36, "name": "Kyrgyzstan", "inferred": True},
        ],
    }
    row = {"end": 40, "payload": json.dumps(payload), "date_start": "2024-03-22", "date_end": "2024-03-22"}
    found = claim_marks(claims(row | {"date_precision": "day"}))
    assert [(m.start, m.end, m.what, m.label) for m in found] == [
        (0, 40, "claim", ""),
        (3, 11, "date", "22 Mar 2024"),
        (20, 23, "count", "150+ killed"),
        (15, 18, "place", "Osh"),
    ]


def test_a_name_that_is_not_meant_as_a_place_looks_different() -> None:
    row = {
        "start": 0,
        "end": 8,
        "place": "New York",
        "admin1": None,
        "iso3": "USA",
        "precision": "city",
        "why": "a paper",
    }
    (paper,), (town,) = place_marks([row | {"literal": False}]), place_marks([row | {"literal": True}])
    assert (paper.what, town.what) == ("name", "place")
    assert paper.title == "Not meant as a place here: New York, USA (town); a paper"
    assert "not meant as one" in legend_html([paper], {}) and "not meant as one" not in legend_html([town], {})


def test_every_date_of_the_text_is_marked_with_what_it_means() -> None:
    text = "It began on 3 May 2024. In June it ended."
    found = date_marks(text, dt.date(2024, 7, 1))
    assert [(text[m.start : m.end], m.label) for m in found] == [("3 May 2024", "3 May 2024"), ("June", "Jun 2024")]


def test_the_hash_line_says_whether_the_text_is_the_one_that_was_read() -> None:
    assert "Text unchanged" in hash_html(text_id("Same."), "Same.")
    other = hash_html(text_id("Same."), "Same!")
    assert "not the text that was read" in other and text_id("Same!") in other and "role='alert'" in other


def test_a_document_says_who_published_it_when_and_whom_it_names() -> None:
    f = frames()
    row = f["documents"].iloc[0].copy()
    named = f["claims"].head(1).assign(origin=pd.Series(["The <Post>"], dtype="str"))
    html = document_head(row, named)
    assert "<b>Morning Post</b> · published 1 Jul 2024 (from the article&#x27;s head) · no web address known" in html
    assert "Names as its source: The &lt;Post&gt;" in html
    row["url"], row["publisher"] = "javascript:alert(1)", None
    clash = row.copy()
    clash["published_from"] = "manifest, not head 2024-10-08"
    assert "(from documents.csv; 2024-10-08 from the article&#x27;s head)" in document_head(clash, named)
    month = row.copy()
    month["published"], month["published_from"] = pd.NaT, "month 2024-03"
    assert "published March 2024, day not stated" in document_head(month, named)
    assert "javascript" not in document_head(row, named) and "publisher not stated" in document_head(row, named)


def test_the_statements_of_a_document_are_listed_in_reading_order() -> None:
    rows = statement_rows(claims({"start": 9, "end": 12, "place": "Osh"}, {"start": 1, "end": 5}))
    assert [(c, words) for c, _, words in rows] == [
        ("c1", "Attack · date not stated"),
        ("c0", "Attack · Osh · date not stated"),
    ]


def test_a_page_that_begins_is_shown_with_its_number_and_nothing_is_lost() -> None:
    shown = marked_html("one\ftwo <b>\f\fthree", [])
    assert re.findall("data-page='([0-9]+)'", shown) == ["2", "3", "4"]
    assert unescape(re.sub("<[^>]+>", "", shown)) == "one\ftwo <b>\f\fthree"
