"""Colours, type and the saving of pictures: the same palette as on screen, fixed metadata, nothing that depends on
the day.

Colours are read from `static/map.css`, so that paper and screen cannot drift apart.  Sizes are points on a slide of
40/3 × 7.5 inches; `scale_of` makes them fit other sizes.
"""

from __future__ import annotations

import io
import re
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from dashboard import typeface
from dashboard.exports.page import SIZES, Page
from dashboard.exports.stamp import METADATA_KEY, Stamp
from dashboard.offline import VENDOR

__all__ = [
    "FAMILY",
    "drawing",
    "figure_of",
    "fitted",
    "metadata",
    "palette",
    "save",
    "scale_of",
    "text_width_pt",
    "wrapped",
]

_CSS = Path(__file__).resolve().parent.parent / "static" / "map.css"
#: The app's own type; DejaVu, which comes with Matplotlib, for what it lacks (Arabic, signs); the others for what both
#: lack, where installed.
FAMILY = (
    typeface.FAMILY,
    "DejaVu Sans",
    "Noto Sans CJK SC",
    "Noto Sans Devanagari",
    "Noto Sans Ethiopic",
    "Droid Sans Fallback",
)
_RC: dict[str, Any] = {
    "svg.hashsalt": "dateline",
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
    "hatch.linewidth": 0.7,
    "axes.unicode_minus": False,
    "text.hinting": "no_hinting",  # hinted dots of small letters turn into strokes
    "path.simplify": True,
}


#: Matplotlib's settings are those of the process; the app draws from several threads.
_ONE_AT_A_TIME = threading.RLock()


@cache
def palette(dark: bool) -> Mapping[str, str]:
    """Name -> colour of the style sheet ('incident', 'land', 'c0' …), opaque, and 'page' for the ground of the page."""
    css = _CSS.read_text(encoding="utf-8")
    blocks = {False: r":root\s*\{([^}]*)\}", True: r":root\[data-theme=\"dark\"\]\s*\{([^}]*)\}"}
    found = re.search(blocks[dark], css)
    pairs = re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})", found[1] if found else "")
    return {"page": "#171A1D" if dark else "#FFFFFF", **dict(pairs)}


def scale_of(page: Page) -> float:
    """What type and marks are multiplied by: 1 on a slide, less on paper."""
    width, height, _ = SIZES[page.size]
    return min(width / (40 / 3), height / 7.5)


@cache
def _families() -> list[str]:
    for cut in typeface.CUTS:
        if (path := typeface.path_of(VENDOR, cut)).is_file():
            font_manager.fontManager.addfont(path)
    installed = set(font_manager.get_font_names())
    return [name for name in FAMILY if name in installed]


@contextmanager
def drawing() -> Iterator[None]:
    """Our settings while a picture is drawn and saved; a sign that no font has is drawn as a box, not reported."""
    settings: Any = _RC | {"font.family": _families()}
    with _ONE_AT_A_TIME, mpl.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*[Gg]lyph.*")
        warnings.filterwarnings("ignore", message=".*Font family.*")
        yield


def figure_of(page: Page) -> Figure:
    """An empty figure of the page's size and ground, not known to pyplot."""
    width, height, dpi = SIZES[page.size]
    figure = Figure(figsize=(width, height), dpi=dpi, facecolor=palette(page.dark)["page"])
    FigureCanvasAgg(figure)
    return figure


@cache
def _font(size: float, bold: bool) -> FontProperties:
    return FontProperties(family=_families(), size=size, weight="bold" if bold else "normal")


def text_width_pt(text: str, size: float, *, bold: bool = False) -> float:
    """Width of one line in points."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        width, _, _ = text_to_path.get_text_width_height_descent(text or " ", _font(size, bold), ismath=False)
    return float(width)


def fitted(text: str, size: float, width_pt: float, *, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it is wider than it may be."""
    if text_width_pt(text, size, bold=bold) <= width_pt:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width_pt(text[:middle].rstrip() + "…", size, bold=bold) <= width_pt:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip(" ,·") + "…"


def wrapped(text: str, size: float, width_pt: float, lines: int, *, bold: bool = False) -> list[str]:
    """The text in at most so many lines; the last is cut where more would be needed."""
    words = " ".join(text.split()).split(" ")
    out: list[str] = []
    while words and len(out) < lines:
        if len(out) == lines - 1:
            out.append(fitted(" ".join(words), size, width_pt, bold=bold))
            break
        n = 1
        while n < len(words) and text_width_pt(" ".join(words[: n + 1]), size, bold=bold) <= width_pt:
            n += 1
        out.append(fitted(" ".join(words[:n]), size, width_pt, bold=bold))
        words = words[n:]
    return out


def metadata(kind: str, title: str, stamp: Stamp) -> dict[str, Any]:
    """The stamp in the keys that a PNG, PDF or SVG allows; no date, so that the file is the same tomorrow."""
    if kind == "png":
        return {"Title": title, "Description": stamp.text(), "Software": "Dateline", METADATA_KEY: stamp.as_json()}
    if kind == "pdf":
        fixed = {"CreationDate": None, "ModDate": None, "Creator": "Dateline", "Producer": "Dateline"}
        return {"Title": title, "Subject": stamp.text(), "Keywords": stamp.as_json(), **fixed}
    about = {"Title": title, "Description": stamp.text(), "Identifier": stamp.as_json(), "Date": None}
    return about | {"Creator": "Dateline"}


def save(figure: Figure, kind: str, title: str, stamp: Stamp) -> bytes:
    """PNG, SVG or PDF with the stamp in its metadata; call within `drawing()`."""
    out = io.BytesIO()
    figure.savefig(
        out, format=kind, dpi=figure.dpi, facecolor=figure.get_facecolor(), metadata=metadata(kind, title, stamp)
    )
    return _with_type(out.getvalue()) if kind == "svg" else out.getvalue()


def _with_type(svg: bytes) -> bytes:
    """The SVG with the letters that it uses inside, so that it looks the same on a machine without the typeface."""
    text = svg.decode("utf-8").replace("'DejaVu Sans'", "'DejaVu Sans', Verdana, sans-serif")
    letters = "".join(sorted(set("".join(re.findall(r"<text[^>]*>(.*?)</text>", text, re.DOTALL)))))
    rules = typeface.embedded(VENDOR, letters)
    return text.replace('<style type="text/css">', f'<style type="text/css">{rules}', 1).encode()
