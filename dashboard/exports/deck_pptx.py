"""Slides as PPTX: native titles, legends, tables and notes; maps and charts as pictures with words for the blind.

Takes a View, its Stamp and a Page (whose `template` may be a user's own .pptx); gives bytes, the same for the same
view.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.exc import PythonPptxError
from pptx.util import Emu, Inches, Pt

from dashboard.exports.errors import ExportError
from dashboard.exports.packed import steady_zip
from dashboard.exports.page import Page
from dashboard.exports.pictures import bare_picture
from dashboard.exports.progress import Progress, silent, told
from dashboard.exports.sheet import title_of
from dashboard.exports.stamp import Stamp
from dashboard.exports.story import Slide, slides_of, stamp_of_slide
from dashboard.exports.style import palette
from dashboard.view import View

__all__ = ["pptx_bytes"]

_DESCRIPTION = "{http://purl.org/dc/elements/1.1/}description"
_SIZES = {"big": 36, "title": 26, "text": 16, "cell": 12, "legend": 12, "stamp": 8}


def _rgb(colour: str) -> RGBColor:
    rgb: Any = RGBColor  # has no types
    value: RGBColor = rgb(int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16))
    return value


class _Deck:
    """A presentation under construction: its measures, colours and layouts."""

    def __init__(self, page: Page) -> None:
        self.page, self.colours = page, palette(page.dark)
        try:
            show: Any = Presentation(io.BytesIO(page.template) if page.template else None)
        except (PythonPptxError, zipfile.BadZipFile, KeyError, ValueError) as err:
            raise ExportError("the template is not a .pptx file that can be opened") from err
        self.show = show
        if page.template is None:
            self.show.slide_width, self.show.slide_height = Inches(40 / 3), Inches(7.5)
        else:
            self._drop_slides()
        self.width, self.height = int(self.show.slide_width), int(self.show.slide_height)
        self.margin = int(self.width * 0.027)
        self.inner = self.width - 2 * self.margin
        titled = [
            y
            for y in self.show.slide_layouts
            if y.placeholders
            and any(p.placeholder_format.type is not None and p.placeholder_format.idx == 0 for p in y.placeholders)
        ]
        only = [y for y in titled if len([p for p in y.placeholders if p.placeholder_format.idx < 10]) == 1]
        self.layout = (only or titled or list(self.show.slide_layouts))[0]

    def _drop_slides(self) -> None:
        """A template gives its looks, not its slides."""
        ids = self.show.slides._sldIdLst
        for entry in list(ids):
            self.show.part.drop_rel(entry.rId)
            ids.remove(entry)

    def slide(self, title: str, size: int, top: float, height: float) -> Any:
        """A new slide with its title in the layout's own title, else in a text box."""
        slide = self.show.slides.add_slide(self.layout)
        for shape in list(slide.placeholders):
            if shape.placeholder_format.idx != 0:
                shape._element.getparent().remove(shape._element)
        if self.page.template is None:
            slide.background.fill.solid()
            slide.background.fill.fore_color.rgb = _rgb(self.colours["page"])
        box = slide.shapes.title
        if box is None:
            box = slide.shapes.add_textbox(0, 0, 0, 0)
        box.left, box.top, box.width, box.height = (
            self.margin,
            int(self.height * top),
            self.inner,
            int(self.height * height),
        )
        self.fill(box, [(title, size, True, "text")], anchor=MSO_ANCHOR.BOTTOM)
        return slide

    def fill(self, box: Any, lines: list[tuple[str, float, bool, str]], anchor: Any = MSO_ANCHOR.TOP) -> None:
        """Lines of (text, points, bold, colour) into a shape; a template keeps its own typeface."""
        frame = box.text_frame
        frame.word_wrap = True
        frame.vertical_anchor = anchor
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        for i, (text, size, bold, colour) in enumerate(lines):
            paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
            paragraph.alignment = 1
            run = paragraph.add_run()
            run.text = _clean(text)
            run.font.size, run.font.bold = Pt(size), bold
            if self.page.template is None:
                run.font.name, run.font.color.rgb = "Calibri", _rgb(self.colours[colour])

    def text(
        self,
        slide: Any,
        top: float,
        height: float,
        lines: list[tuple[str, float, bool, str]],
        anchor: Any = MSO_ANCHOR.TOP,
    ) -> Any:
        """A text box over the inner width; top and height are shares of the slide."""
        box = slide.shapes.add_textbox(self.margin, int(self.height * top), self.inner, int(self.height * height))
        self.fill(box, lines, anchor)
        return box


def _clean(text: str) -> str:
    """Without signs that XML does not allow."""
    return "".join(c for c in text if c >= " " or c in "\n\t")


def _stamp(deck: _Deck, slide: Any, stamp: Stamp) -> None:
    lines = [(stamp.publishers, 9.0, False, "text")] + [(line, 8.0, False, "quiet") for line in stamp.lines()]
    deck.text(slide, 0.915, 0.08, lines).name = "Stamp"


def _picture(deck: _Deck, item: Slide, stamp: Stamp, page: Page) -> Any:
    size = 26 if len(item.title) <= 70 else 18
    slide = deck.slide(item.title, size, 0.02, 0.085)
    deck.text(slide, 0.108, 0.04, [(item.subtitle, 14, False, "quiet")]).name = "Subtitle"
    assert item.view is not None
    top, height = int(deck.height * 0.155), int(deck.height * 0.66)
    page = replace(page, extent=item.extent or page.extent)
    png, legend = bare_picture(item.view, page, item.picture, deck.width / 914400, height / 914400)
    shape = slide.shapes.add_picture(io.BytesIO(png), 0, top, deck.width, height)
    shape.name = "Picture"
    shape._element.nvPicPr.cNvPr.set("descr", item.alt)
    _legend(deck, slide, legend)
    _stamp(deck, slide, stamp)
    return slide


def _legend(deck: _Deck, slide: Any, legend: list[tuple[str, bytes]]) -> None:
    """Signs as small pictures, words as native text, in rows below the picture."""
    x, y, row = deck.margin, int(deck.height * 0.825), Pt(17)
    for label, png in legend:
        picture = slide.shapes.add_picture(io.BytesIO(png), x, y, height=Pt(14))
        picture._element.nvPicPr.cNvPr.set("descr", f"sign: {label}")
        width = Emu(int(Pt(6.4) * len(label)) + Pt(10))
        if x + picture.width + width > deck.width - deck.margin and x > deck.margin:
            x, y = deck.margin, y + row
            picture.left, picture.top = x, y
        box = slide.shapes.add_textbox(x + picture.width + Pt(3), y, width, Pt(14))
        deck.fill(box, [(label, _SIZES["legend"], False, "text")], anchor=MSO_ANCHOR.MIDDLE)
        box.text_frame.word_wrap = False
        x += picture.width + width + Pt(6)


def _table(deck: _Deck, item: Slide, stamp: Stamp) -> Any:
    slide = deck.slide(item.title, _SIZES["title"], 0.03, 0.085)
    deck.text(slide, 0.118, 0.04, [(item.subtitle, 14, False, "quiet")]).name = "Subtitle"
    head = any(item.columns)
    count = len(item.rows) + int(head)
    shape = slide.shapes.add_table(
        count, len(item.columns), deck.margin, int(deck.height * 0.19), deck.inner, Pt(28) * count
    )
    table = shape.table
    table.first_row, table.horz_banding = head, False
    for column, share in zip(table.columns, item.widths, strict=True):
        column.width = int(deck.inner * share)
    rows = ([item.columns] if head else []) + list(item.rows)
    for r, row in enumerate(rows):
        table.rows[r].height = Pt(28)
        for c, text in enumerate(row):
            _cell(
                deck,
                table.cell(r, c),
                text,
                bold=(head and r == 0) or (not head and c == 0),
                head=head and r == 0,
                width_pt=deck.inner * item.widths[c] / 12700,
            )
    _stamp(deck, slide, stamp)
    return slide


def _cell(deck: _Deck, cell: Any, text: str, *, bold: bool, head: bool, width_pt: float) -> None:
    most = int(width_pt / 5.6) * 2  # two lines of 12 points
    text = text if len(text) <= most else text[: most - 1].rstrip() + "…"
    cell.fill.solid()
    cell.fill.fore_color.rgb = _rgb(deck.colours["text" if head else "page"])
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_top = cell.margin_bottom = Pt(2)
    cell.margin_left = cell.margin_right = Pt(5)
    run = cell.text_frame.paragraphs[0].add_run()
    run.text = _clean(text)
    run.font.size, run.font.bold = Pt(_SIZES["cell"]), bold
    run.font.color.rgb = _rgb(deck.colours["page" if head else "text"])


def pptx_bytes(view: View, stamp: Stamp, page: Page, progress: Progress = silent) -> bytes:
    """The deck of `story.slides_of`.

    Raises
    ------
    ExportError : the template cannot be opened.
    """
    deck = _Deck(page)
    for item in told(slides_of(view, stamp, page), progress):
        if item.kind == "title":
            slide = deck.slide(item.title, _SIZES["big"], 0.2, 0.3)
            deck.text(slide, 0.52, 0.2, [(item.subtitle, 18, False, "quiet"), (stamp.counts, 14, False, "quiet")])
            _stamp(deck, slide, stamp)
        elif item.kind == "picture":
            slide = _picture(deck, item, stamp_of_slide(item, stamp), page)
        else:
            slide = _table(deck, item, stamp)
        slide.notes_slide.notes_text_frame.text = _clean(item.notes)
    about = deck.show.core_properties
    about.title, about.subject, about.keywords = title_of(view, page)[:250], stamp.filters[:250], ""
    about.author, about.comments, about.last_modified_by = "Dateline", "-", "Dateline"
    about._element.find(_DESCRIPTION).text = stamp.as_json()  # the setter would refuse more than 255 signs
    out = io.BytesIO()
    deck.show.save(out)
    return steady_zip(out.getvalue())
