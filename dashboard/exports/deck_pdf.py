"""The same slides as PDF, one page each, drawn without an office program.

Takes a View, its Stamp and a Page; gives bytes.
"""

from __future__ import annotations

import io
from dataclasses import replace

from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from dashboard.exports.page import Page
from dashboard.exports.pictures import figure_for
from dashboard.exports.progress import Progress, silent, told
from dashboard.exports.sheet import Sheet, text_sheet, title_of
from dashboard.exports.stamp import Stamp
from dashboard.exports.story import Slide, slides_of, stamp_of_slide
from dashboard.exports.style import drawing, metadata, palette, wrapped
from dashboard.view import View

__all__ = ["deck_pdf_bytes"]


def _title_page(item: Slide, stamp: Stamp, page: Page) -> Figure:
    sheet = text_sheet("", "", stamp, page)
    left, bottom, width, height = sheet.free
    k, colours, y = sheet.k, palette(page.dark), bottom + height * 0.72
    for line in wrapped(item.title, 36, width / k, 3, bold=True):
        sheet.over.text(
            left, y, line, fontsize=36 * k, fontweight="bold", va="top", color=colours["text"], parse_math=False
        )
        y -= 46 * k
    for line in [*wrapped(item.subtitle, 18, width / k, 2), *wrapped(stamp.counts, 14, width / k, 2)]:
        sheet.over.text(left, y - 6 * k, line, fontsize=16 * k, va="top", color=colours["quiet"], parse_math=False)
        y -= 25 * k
    return sheet.figure


def _table_page(item: Slide, stamp: Stamp, page: Page) -> Figure:
    sheet = text_sheet(item.title, item.subtitle, stamp, page)
    _, bottom, _, height = sheet.free
    head = any(item.columns)
    rows = ([item.columns] if head else []) + list(item.rows)
    step = min(height / max(len(rows), 1), 42 * sheet.k)
    y = bottom + height
    for i, row in enumerate(rows):
        _row(sheet, item, row, y, step, page, head=head and i == 0)
        y -= step
    return sheet.figure


def _row(sheet: Sheet, item: Slide, row: tuple[str, ...], y: float, step: float, page: Page, *, head: bool) -> None:
    left, _, width, _ = sheet.free
    k, colours, x = sheet.k, palette(page.dark), left
    if head:
        sheet.over.add_patch(Rectangle((left, y - step), width, step, facecolor=colours["text"], edgecolor="none"))
    else:
        sheet.over.plot([left, left + width], [y - step, y - step], color=colours["line"], linewidth=0.6 * k)
    for i, (text, share) in enumerate(zip(row, item.widths, strict=True)):
        wide = width * share
        bold = head or (not any(item.columns) and i == 0)
        lines = wrapped(text, 11.5, wide / k - 12, 2, bold=bold)
        for n, line in enumerate(lines):
            middle = y - step / 2 + ((len(lines) - 1) / 2 - n) * 14 * k
            sheet.over.text(
                x + 6 * k,
                middle,
                line,
                fontsize=11.5 * k,
                va="center_baseline",
                fontweight="bold" if bold else "normal",
                color=colours["page" if head else "text"],
                parse_math=False,
            )
        x += wide


def _page(item: Slide, stamp: Stamp, page: Page) -> Figure:
    own = stamp_of_slide(item, stamp)
    if item.kind == "picture" and item.view is not None:
        part = item.extent or page.extent
        own_page = replace(page, title=item.title, subtitle=item.subtitle, picture=item.picture, extent=part)
        return figure_for(item.view, own, own_page)
    return _title_page(item, own, page) if item.kind == "title" else _table_page(item, own, page)


def deck_pdf_bytes(view: View, stamp: Stamp, page: Page, progress: Progress = silent) -> bytes:
    """All slides of `story.slides_of` as pages."""
    out = io.BytesIO()
    with drawing(), PdfPages(out, metadata=metadata("pdf", title_of(view, page), stamp)) as pdf:
        for item in told(slides_of(view, stamp, page), progress):
            figure = _page(item, stamp, page)
            pdf.savefig(figure, facecolor=figure.get_facecolor())
    return out.getvalue()
