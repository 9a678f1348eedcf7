"""Slides: native words, tables, notes and alt texts; a user's template; the same deck as PDF."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache

import pytest
from pptx import Presentation
from pptx.util import Inches
from pypdf import PdfReader

from dashboard.exports import Page, export, stamp_of
from dashboard.exports.errors import ExportError
from dashboard.exports.story import slides_of
from dashboard.exports.views import SavedView
from tests.exported import changed, nothing, only, whole

DC = "{http://purl.org/dc/elements/1.1/}description"


@cache
def whole_deck() -> bytes:
    return export(whole(), "pptx")


def titles(body: bytes) -> list[str]:
    return [s.shapes.title.text for s in Presentation(io.BytesIO(body)).slides]


def test_a_deck_tells_its_story_in_order() -> None:
    told = titles(whole_deck())
    assert told[:5] == [
        "Incidents, arrests and routes",
        "Incidents, arrests and routes",
        "When",
        "Where and when",
        "Main events (1 of 2)",
    ]
    assert told[-1] == "What these slides show"
    assert {"Where sources disagree", "What is new", "Totals over longer periods", "Sources (1 of 3)"} <= set(told)


def test_pictures_have_words_for_the_blind_and_tables_are_tables() -> None:
    deck = Presentation(io.BytesIO(whole_deck()))
    pictures = [s for slide in deck.slides for s in slide.shapes if s.shape_type == 13]
    assert pictures and all(p._element.nvPicPr.cNvPr.get("descr") for p in pictures)
    tables = {slide.shapes.title.text: s.table for slide in deck.slides for s in slide.shapes if s.has_table}
    main = [tables[f"Main events ({n} of 2)"] for n in (1, 2)]
    rows = [[t.cell(r, c).text for c in range(6)] for t in main for r in range(len(t.rows))]
    assert rows[0] == ["When", "What", "Where", "Figures", "Certainty", "Sources"]
    assert ["28 Jan 2024", "Incident: attack", "Istanbul, Turkey", "1 killed", "reported", "1"] in rows


def test_legend_and_stamp_are_native_text_and_notes_hold_the_sources() -> None:
    slide = Presentation(io.BytesIO(whole_deck())).slides[1]
    words = [s.text_frame.text for s in slide.shapes if s.has_text_frame]
    assert "Incident" in words and "foiled" in words
    stamp = next(s for s in slide.shapes if s.name == "Stamp").text_frame.text
    assert "16 shown · 2 without place · 2 undated · 0 excluded" in stamp
    assert "Morning Post" in slide.notes_slide.notes_text_frame.text


def test_what_sources_say_apart_stands_side_by_side() -> None:
    slide = next(s for s in slides_of(whole(), stamp_of(whole()), Page()) if s.title == "Where sources disagree")
    assert [r[2] for r in slide.rows] == [
        "21 Mar 2024 · Kandahar · 3 killed, 12 injured",
        "21 Mar 2024 · Kandahar · 20–21 killed, 12 injured",
    ]
    assert not [s for s in slides_of(only("e02"), stamp_of(only("e02")), Page()) if s.title.startswith("Where sources")]


def test_no_row_of_sources_is_left_out_unsaid() -> None:
    rows = [r for s in slides_of(whole(), stamp_of(whole()), Page()) if s.title.startswith("Sources") for r in s.rows]
    assert len(rows) == 20


def test_one_slide_per_country_if_asked() -> None:
    view = only("e01", "e02")
    plain, more = (titles(export(view, "pptx", Page(per_country=c))) for c in (False, True))
    assert set(more) - set(plain) == {"Afghanistan", "Turkey"}


def test_a_deck_of_saved_views_shows_these_with_their_captions() -> None:
    views = (SavedView("Turkey first", "country=TUR", "map", "Two attacks"), SavedView("Then time", "", "timeline"))
    slides = [s for s in slides_of(whole(), stamp_of(whole()), Page(views=views)) if s.kind == "picture"]
    assert [(s.title, s.picture) for s in slides] == [("Turkey first", "map"), ("Then time", "timeline")]
    assert slides[0].subtitle == "Two attacks" and slides[0].view is not None and len(slides[0].view.kept) == 2


def test_the_looks_of_a_template_are_taken_but_not_its_slides() -> None:
    own = Presentation()
    own.slide_width, own.slide_height = Inches(10), Inches(7.5)
    own.slides.add_slide(own.slide_layouts[0]).shapes.title.text = "Old"
    file = io.BytesIO()
    own.save(file)
    deck = Presentation(io.BytesIO(export(only("e01"), "pptx", Page(template=file.getvalue()))))
    assert deck.slide_width == Inches(10)
    assert "Old" not in [s.shapes.title.text for s in deck.slides]
    assert all(
        s.left + s.width <= deck.slide_width + 10
        for slide in deck.slides
        for s in slide.shapes
        if s.name in ("Picture", "Subtitle", "Stamp")
    )


def test_a_template_that_is_none_is_refused_in_one_line() -> None:
    with pytest.raises(ExportError, match="template"):
        export(only("e01"), "pptx", Page(template=b"not a presentation"))


def test_the_same_view_gives_the_same_deck_with_its_stamp_inside() -> None:
    body = export(only("e01"), "pptx")
    assert body == export(only("e01"), "pptx")
    inside = Presentation(io.BytesIO(body)).core_properties._element.find(DC).text
    assert inside == stamp_of(only("e01")).as_json()


@pytest.mark.parametrize("name", ["pptx", "deck.pdf"])
def test_hard_cases_are_still_decks(name: str) -> None:
    view = changed("e01", title="Нападение 喀布尔 " * 20 + "\x0b", place="قندهار")
    page = Page(title="Заголовок " * 20)
    assert len(export(view, name, page)) > len(export(nothing(), name)) > 10_000


def test_the_pdf_has_the_pages_of_the_deck() -> None:
    pages = PdfReader(io.BytesIO(export(whole(), "deck.pdf"))).pages
    slides = slides_of(whole(), stamp_of(whole()), Page())
    assert len(pages) == len(slides)
    text = pages[4].extract_text()
    assert "Main events (1 of 2)" in text and "Istanbul, Turkey" in text
    assert (float(pages[0].mediabox.width), float(pages[0].mediabox.height)) == (960.0, 540.0)


def test_a_slide_of_a_part_carries_the_stamp_of_the_part() -> None:
    from dashboard.exports.story import stamp_of_slide

    view = whole()
    part = next(s for s in slides_of(view, stamp_of(view), Page(per_country=True)) if s.title == "Turkey")
    assert "2 shown" in stamp_of_slide(part, stamp_of(view)).counts
    table = replace(part, kind="table")
    assert stamp_of_slide(table, stamp_of(view)) == stamp_of(view)
