"""Pictures of a view: right size, stamp inside, same pixels twice, and nothing breaks on hard cases."""

from __future__ import annotations

import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from dashboard import typeface
from dashboard.exports import Page, export
from dashboard.exports.charts_drawn import matrix_frame
from dashboard.exports.crowd import groups_of
from dashboard.exports.errors import ExportError
from dashboard.exports.legend import legend_rows
from dashboard.exports.page import parse_extent
from dashboard.exports.style import fitted, palette, text_width_pt, wrapped
from dashboard.view import View
from tests.exported import changed, many, nothing, only


def opened(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(body))


def point(i: int, n: int = 1) -> dict[str, object]:
    return {"id": f"p{i}", "kind": "incident", "r": 7.0, "mix": {"incident": n}, "place": f"Town {i}"}


@pytest.mark.parametrize(
    ("size", "pixels", "dpi"), [("1080p", (1920, 1080), 144), ("a4", (3507, 2481), 300), ("letter", (3300, 2550), 300)]
)
def test_a_png_has_the_size_and_the_resolution_asked_for(size: str, pixels: tuple[int, int], dpi: int) -> None:
    picture = opened(export(only("e01"), "png", Page(size=size)))
    assert picture.size == pixels
    assert round(picture.info["dpi"][0]) == dpi


def test_the_same_view_twice_gives_the_same_picture() -> None:
    assert export(only("e01", "e10"), "png") == export(only("e01", "e10"), "png")
    assert export(only("e01"), "svg") == export(only("e01"), "svg")
    assert export(only("e01"), "pdf") == export(only("e01"), "pdf")


def test_every_picture_carries_its_stamp() -> None:
    view = only("e01", "e08")
    said = "2 shown · 1 without place · 1 undated · 0 excluded"
    about = opened(export(view, "png")).info
    assert said in about["Description"] and json.loads(about["Dateline"])["query"] == ""
    pdf = PdfReader(io.BytesIO(export(view, "pdf")))
    assert pdf.metadata is not None and said in str(pdf.metadata.subject)
    assert said in pdf.pages[0].extract_text()
    svg = export(view, "svg").decode("utf-8")
    assert said in svg and ET.fromstring(svg).tag.endswith("svg")


def test_words_of_an_svg_stay_words() -> None:
    words = "".join(ET.fromstring(export(only("e01"), "svg")).itertext())
    assert "Kandahar" in words and "Natural Earth" in words


@pytest.mark.parametrize("picture", ["map", "timeline", "matrix"])
@pytest.mark.parametrize(
    "view", [nothing(), only("e01"), only("e08"), only("e13")], ids=["none", "one", "nowhere and never", "a region"]
)
def test_hardly_anything_to_show_is_still_a_page(picture: str, view: View) -> None:
    assert opened(export(view, "png", Page(picture=picture))).size == (1920, 1080)


def test_titles_of_two_hundred_signs_and_other_scripts_fit_on_the_page() -> None:
    view = changed("e01", place="قندهار")
    title = "Задержания людей, пересекавших границу " * 5
    picture = opened(export(view, "png", Page(title=title, subtitle=title)))
    right = np.asarray(picture.convert("L"))[:140, -40:]
    assert (right > 250).all()  # the margin stays free


def test_dark_is_dark() -> None:
    pages = [opened(export(only("e01"), "png", Page(dark=d))).convert("L") for d in (False, True)]
    light, dark = (np.asarray(page).mean() for page in pages)
    assert light > 200 > 80 > dark


def test_twenty_thousand_events_are_counted_not_piled_up() -> None:
    assert opened(export(many(20_000), "png")).size == (1920, 1080)


def test_colours_are_those_of_the_screen() -> None:
    assert palette(False)["incident"] == "#D55E00" and palette(True)["arrest"] == "#56B4E9"
    assert set(palette(False)) == set(palette(True))


def test_events_that_would_cover_each_other_become_one_sign_with_their_number() -> None:
    xy = np.array([[0.0, 0.0], [5.0, 0.0], [1000.0, 0.0]])
    groups = groups_of([point(1), point(2), point(3)], xy, unit=1.0, k=1.0)
    assert sorted(g.n for g in groups) == [1, 2]
    assert groups[0].label() == "Town 1 +1" and sum(g.n for g in groups) == 3


def test_no_event_is_lost_in_groups() -> None:
    rng = np.random.default_rng(3)
    xy = rng.uniform(0, 400, (600, 2))
    groups = groups_of([point(i) for i in range(600)], xy, unit=1.0, k=1.0)
    assert sum(g.n for g in groups) == 600 and sum(sum(g.mix.values()) for g in groups) == 600


def test_the_legend_keeps_a_line_together_where_it_can() -> None:
    sign = {"type": "mark", "label": "Incident", "kind": "incident", "look": "filled", "shape": "triangle"}
    assert [len(r) for r in legend_rows([[sign, sign], [sign, sign]], 250)] == [2, 2]
    assert [len(r) for r in legend_rows([[sign], [sign], [sign]], 1000)] == [3]


def test_text_is_cut_with_an_ellipsis_only_where_it_is_too_wide() -> None:
    assert fitted("Kabul", 10, 200) == "Kabul"
    cut = fitted("Kabul and a great many other towns", 10, 80)
    assert cut.endswith("…") and text_width_pt(cut, 10) <= 80
    assert wrapped("one two three four five six", 10, 60, 2)[-1].endswith("…")


def test_the_matrix_counts_only_what_is_known_to_be_in_a_month() -> None:
    table, left_out = matrix_frame(only("e01", "e02", "e05", "e08").kept, {"AFG": "Afghanistan", "TUR": "Turkey"})
    assert table.loc["Afghanistan", "Mar 2024"] == 1 and table.loc["Turkey", "Jan 2024"] == 1
    assert table.to_numpy().sum() == 2 and left_out == 2  # one is known to half a year, one to no place or day


@pytest.mark.parametrize("text", ["1,2,3", "a,b,c,d", "0,50,10,40", "0,0,0,10", "-190,0,10,10"])
def test_an_extent_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ExportError):
        parse_extent(text)


@pytest.mark.parametrize("wrong", [{"size": "a3"}, {"picture": "pie"}])
def test_a_page_that_cannot_be_drawn_is_refused_with_what_is_possible(wrong: dict[str, str]) -> None:
    with pytest.raises(ExportError, match="it is one of"):
        Page(**wrong)  # type: ignore[arg-type]


def test_an_svg_brings_the_letters_that_it_uses() -> None:
    svg = export(only("e01"), "svg").decode("utf-8")
    assert svg.count("@font-face") == 2 and "data:font/woff2" in svg
    assert not typeface.embedded(Path("/nowhere"), "abc")  # without the font, none: the words stay words
