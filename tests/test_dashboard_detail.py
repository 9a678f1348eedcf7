"""Panel, documents, matrix and table: nothing reaches the page unescaped."""

from __future__ import annotations

import pandas as pd

from dashboard.detail import detail_html, event_detail, said_html, web_address
from dashboard.documents import document_table
from dashboard.flows import leg_rows, matrix_html
from dashboard.legs import legs_frame
from dashboard.summaries import row_of
from dashboard.tables import TABLE_COLUMNS, event_table
from tests.frames import frames, no_frames

F = frames()


def detail(event_id: str, **change: object):  # type: ignore[no-untyped-def]
    row = row_of(F["events"], event_id)
    assert row is not None
    return event_detail(row | change, F["claims"], F["documents"], F["stops"], titles={"e06": "Arrest, Tajikistan"})


def test_the_panel_says_when_where_who_how_many_and_every_source() -> None:
    panel = detail("e01")
    assert panel.when == "21 Mar 2024"
    assert panel.where == "Kandahar, Afghanistan (town)"
    assert panel.figures == [("killed", "3–21"), ("injured", "12")]
    assert panel.conflicts == ["the number killed"]
    assert [s.source for s in panel.said] == ["Morning Post", "Evening Wire"]
    assert panel.said[1].reason == "same town, same day"


def test_a_part_names_its_whole() -> None:
    assert detail("e05").part_of == "Part of: Arrest, Tajikistan. Its figures are not added again."


def test_a_route_is_written_in_order_with_what_is_inferred() -> None:
    assert detail("e10").route == "Moscow (inferred) → Bogotá → Tapachula → El Paso"


def test_unknown_place_and_date_are_said() -> None:
    panel = detail("e08")
    assert (panel.where, panel.when) == ("without place", "date not stated")


def test_html_in_a_source_stays_text() -> None:
    bad = "<script>alert(1)</script>"
    panel = detail("e01", title=bad, groups=bad)
    html = detail_html(panel) + "".join(said_html(s._replace(quote=bad, source=bad, reason=bad)) for s in panel.said)
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_quote_from_a_document_with_pages_says_its_page() -> None:
    (said, *_) = detail("e01").said
    assert said.page is None and "· page" not in said_html(said)
    assert " · page 12" in said_html(said._replace(page=12))


def test_only_web_addresses_become_links() -> None:
    assert web_address("https://example.org/a") == "https://example.org/a"
    assert web_address("javascript:alert(1)") is None
    assert web_address(float("nan")) is None


def test_documents_say_how_much_of_them_is_shown() -> None:
    table = document_table(F["documents"], F["claims"], pd.Series(["e01"]))
    assert len(table) == 20
    assert int(table["Shown"].sum()) == 2


def test_the_table_has_a_row_per_event_and_no_zero_for_unknown() -> None:
    table = event_table(F["events"])
    assert list(table.columns) == TABLE_COLUMNS
    assert table.loc["e01", "Killed"] == "3–21"
    assert table.loc["e03", "Killed"] == ""
    assert table.loc["e07", "Nationality as reported"] == "Uzbek and Central Asian"
    assert table.loc["e08", "Place"] == "without place"
    assert list(event_table(no_frames()["events"]).columns) == TABLE_COLUMNS


def test_the_matrix_is_escaped_and_empty_cells_stay_empty() -> None:
    html = matrix_html(pd.DataFrame([[2, 0]], index=["<b>"], columns=["x", "y"]))
    assert "<b>" not in html
    assert ">0</td>" not in html.split("</tr>")[1]
    assert "No route" in matrix_html(pd.DataFrame())


def test_legs_are_listed_with_their_sentence() -> None:
    routes = F["events"][F["events"]["kind"] == "route"]
    rows = leg_rows(legs_frame(F["stops"], routes["event_id"]), routes)
    assert len(rows) == 6
    assert rows.loc["e12", "People"] == "up to 7\u202f000"
    assert rows.loc["e11", "People"] == "not stated"
