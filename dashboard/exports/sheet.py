"""The page around a picture: title and subtitle above, legend, sources and stamp in a quiet band below.

Takes a Page, its texts and the legend; gives a figure and the rectangle that is left for the picture, in points from
the
lower left corner.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from dashboard.exports.headline import headline, unsaid
from dashboard.exports.legend import Line, draw_legend, legend_rows
from dashboard.exports.page import SIZES, Page
from dashboard.exports.stamp import Stamp, kinds_text
from dashboard.exports.style import figure_of, fitted, palette, scale_of, wrapped
from dashboard.view import View
from dashboard.wording import date_text

__all__ = ["Plan", "Sheet", "bare_sheet", "sheet_of", "subtitle_of", "text_sheet", "title_of"]

_MARGIN = 26.0


@dataclass(frozen=True)
class Sheet:
    """A figure with its furniture, and the free rectangle: left, bottom, width, height in points."""

    figure: Figure
    over: Axes
    free: tuple[float, float, float, float]
    k: float

    def axes(self, left: float, bottom: float, width: float, height: float) -> Axes:
        """Axes at a rectangle in points."""
        w, h = self.figure.get_size_inches() * 72
        return self.figure.add_axes((left / w, bottom / h, width / w, height / h))


@dataclass(frozen=True)
class Plan:
    """A picture before it is drawn: its legend, how to draw it on a sheet, whether it runs to the edges."""

    legend: Sequence[Line]
    draw: Callable[[Sheet], None]
    full_width: bool = True


def bare_sheet(page: Page, width: float, height: float, *, full_width: bool) -> Sheet:
    """A figure of so many inches without furniture."""
    figure = Figure(figsize=(width, height), dpi=SIZES["1080p"][2], facecolor=palette(page.dark)["page"])
    FigureCanvasAgg(figure)
    over = _over(figure, width * 72, height * 72)
    k = width / (40 / 3)
    margin = 0.0 if full_width else _MARGIN * k
    return Sheet(figure, over, (margin, 0.0, width * 72 - 2 * margin, height * 72), k)


def _over(figure: Figure, width: float, height: float) -> Axes:
    """Clear axes over everything, measured in points."""
    over = figure.add_axes((0, 0, 1, 1), zorder=10)
    over.set(xlim=(0, width), ylim=(0, height))
    over.set_axis_off()
    over.patch.set_alpha(0)
    return over


def title_of(view: View, page: Page) -> str:
    """The title that was asked for, else what is shown as a headline."""
    return " ".join(page.title.split()) or headline(view.filters)


def subtitle_of(view: View, page: Page) -> str:
    """The subtitle that was asked for, else what there is of which time, and the filters that the title leaves out."""
    if page.subtitle.strip():
        return " ".join(page.subtitle.split())
    dated = view.kept.dropna(subset=["date_start", "date_end"])
    when = f" · {date_text(dated['date_start'].min(), dated['date_end'].max(), 'day')}" if len(dated) else ""
    said, more = kinds_text(view.kept), unsaid(view.filters)
    return said[:1].upper() + said[1:] + when + (f" · {more}" if more else "")


def text_sheet(title: str, subtitle: str, stamp: Stamp, page: Page) -> Sheet:
    """A page for words: title and subtitle as given ('' for none), no legend."""
    return _sheet(title, subtitle, stamp, page, [], full_width=False)


def sheet_of(view: View, stamp: Stamp, page: Page, legend: Sequence[Line], *, full_width: bool = True) -> Sheet:
    """Title, legend, sources and stamp on a new figure.

    Parameters
    ----------
    full_width : the picture runs to the edges (a map), else it keeps the margins of the text
    """
    return _sheet(title_of(view, page), subtitle_of(view, page), stamp, page, legend, full_width=full_width)


def _sheet(title: str, subtitle: str, stamp: Stamp, page: Page, legend: Sequence[Line], *, full_width: bool) -> Sheet:
    k, colours = scale_of(page), palette(page.dark)
    figure = figure_of(page)
    width, height = (inches * 72 for inches in SIZES[page.size][:2])
    over = _over(figure, width, height)
    margin = _MARGIN * k
    inner = width - 2 * margin
    top = _head(over, title, subtitle, colours, (margin, height, inner), k)
    low = _foot(over, stamp, margin, inner, k, colours, legend_rows(legend, inner / k))
    left, wide = (0.0, width) if full_width else (margin, inner)
    return Sheet(figure, over, (left, low, wide, top - low), k)


def _head(
    over: Axes, title: str, subtitle: str, colours: Mapping[str, str], measures: tuple[float, float, float], k: float
) -> float:
    margin, height, inner = measures
    size = 25.0 if len(title) <= 80 else 19.0
    y = height - 15 * k
    for line in wrapped(title, size, inner / k, 2, bold=True) if title else []:
        over.text(
            margin, y, line, fontsize=size * k, fontweight="bold", color=colours["text"], va="top", parse_math=False
        )
        y -= size * 1.24 * k
    for line in wrapped(subtitle, 14.0, inner / k, 1) if subtitle else []:
        over.text(margin, y - 3 * k, line, fontsize=14 * k, color=colours["quiet"], va="top", parse_math=False)
        y -= 22 * k
    return y - 8 * k


def _foot(
    over: Axes, stamp: Stamp, margin: float, inner: float, k: float, colours: Mapping[str, str], rows: Sequence[Line]
) -> float:
    """Legend over sources over stamp, from below; gives the height that it takes."""
    lines = [(fitted(stamp.publishers, 9.5, inner / k), 9.5, "text")]
    lines += [(fitted(line, 8.0, inner / k), 8.0, "quiet") for line in stamp.lines()]
    y = 9.0 * k
    for text, size, colour in reversed(lines):
        over.text(margin, y, text, fontsize=size * k, color=colours[colour], va="bottom", parse_math=False)
        y += size * 1.36 * k
    top = y + (17.0 * len(rows) + 10.0) * k
    draw_legend(over, rows, margin, top - 6 * k, colours, k)
    return top
