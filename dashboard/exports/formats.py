"""The list of formats and the one way in: `export(view, format, page)` gives bytes.

Each format is made by its own module, loaded only when asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from dashboard.exports.errors import ExportError
from dashboard.exports.page import Page
from dashboard.exports.progress import Progress, silent
from dashboard.exports.stamp import Stamp, stamp_of
from dashboard.view import View

__all__ = ["FORMATS", "Format", "export", "format_of"]

Maker = Callable[[View, Stamp, Page, Progress], bytes]


class Format(NamedTuple):
    """What a person chooses: name, meaning, media type, group (picture, playback, slides, page, data) and its maker."""

    label: str
    mime: str
    group: str
    make: Maker


def _csv(view: View, stamp: Stamp, page: Page, progress: Progress) -> bytes:
    from dashboard.exports.sheets import csv_bytes

    return csv_bytes(view, stamp)


def _xlsx(view: View, stamp: Stamp, page: Page, progress: Progress) -> bytes:
    from dashboard.exports.sheets import xlsx_bytes

    return xlsx_bytes(view, stamp)


def _geojson(view: View, stamp: Stamp, page: Page, progress: Progress) -> bytes:
    from dashboard.exports.geofiles import geojson_bytes

    return geojson_bytes(view, stamp)


def _gpkg(view: View, stamp: Stamp, page: Page, progress: Progress) -> bytes:
    from dashboard.exports.geofiles import gpkg_bytes

    return gpkg_bytes(view, stamp)


def _kml(view: View, stamp: Stamp, page: Page, progress: Progress) -> bytes:
    from dashboard.exports.geofiles import kml_bytes

    return kml_bytes(view, stamp)


def _picture(kind: str) -> Maker:
    def make(view: View, stamp: Stamp, page: Page, progress: Progress) -> bytes:
        from dashboard.exports.pictures import picture_bytes

        return picture_bytes(view, stamp, page, kind)

    return make


def _gif(view: View, stamp: Stamp, page: Page, progress: Progress) -> bytes:
    from dashboard.exports.animation import gif_bytes

    return gif_bytes(view, stamp, page, progress)


def _pptx(view: View, stamp: Stamp, page: Page, progress: Progress) -> bytes:
    from dashboard.exports.deck_pptx import pptx_bytes

    return pptx_bytes(view, stamp, page, progress)


def _deck_pdf(view: View, stamp: Stamp, page: Page, progress: Progress) -> bytes:
    from dashboard.exports.deck_pdf import deck_pdf_bytes

    return deck_pdf_bytes(view, stamp, page, progress)


def _html(view: View, stamp: Stamp, page: Page, progress: Progress) -> bytes:
    from dashboard.exports.one_file import html_bytes

    return html_bytes(view, stamp, page)


FORMATS: dict[str, Format] = {
    "png": Format("Picture (PNG)", "image/png", "picture", _picture("png")),
    "svg": Format("Picture (SVG)", "image/svg+xml", "picture", _picture("svg")),
    "pdf": Format("Picture (PDF)", "application/pdf", "picture", _picture("pdf")),
    "gif": Format("Playback through time (GIF)", "image/gif", "playback", _gif),
    "pptx": Format(
        "Slides (PPTX)",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "slides",
        _pptx,
    ),
    "deck.pdf": Format("Slides (PDF)", "application/pdf", "slides", _deck_pdf),
    "html": Format("One file that needs nothing (HTML)", "text/html", "page", _html),
    "csv": Format("Table (CSV)", "text/csv", "data", _csv),
    "xlsx": Format(
        "Workbook (XLSX)", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "data", _xlsx
    ),
    "geojson": Format("GeoJSON", "application/geo+json", "data", _geojson),
    "gpkg": Format("GeoPackage", "application/geopackage+sqlite3", "data", _gpkg),
    "kml": Format("KML", "application/vnd.google-earth.kml+xml", "data", _kml),
}


def format_of(name: str) -> Format:
    """A format by its name or a file's ending.

    Raises
    ------
    ExportError : there is none of that name.
    """
    known = FORMATS.get(name.casefold().lstrip("."))
    if known is None:
        raise ExportError(f"no format {name!r}: it is one of {', '.join(FORMATS)}")
    return known


def export(view: View, name: str, page: Page | None = None, progress: Progress = silent) -> bytes:
    """The view in a format, as bytes; `progress` is told how far slides and playback are.

    Raises
    ------
    ExportError : no such format, or a template that cannot be read.
    """
    page = page or Page()
    extra = {"shade": page.shade_by} if page.shade_by != "events" else {}
    extra |= {"size": page.size_by} if page.size_by != "same" else {}
    extra |= {"supposed": "1"} if page.supposed else {}
    return format_of(name).make(view, stamp_of(view, extra), page, progress)
