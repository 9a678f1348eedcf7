"""Playback through time as a moving picture (GIF): events appear in the step in which they may have begun, and stay.

Takes a View, its Stamp and a Page; gives bytes.  One window for all steps, so that nothing but the events moves; names
are set for what is new in a step.  What has no date is not in it, and the picture says how many that are.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray
from PIL import Image

from dashboard import data
from dashboard.exports.events_drawn import draw_events
from dashboard.exports.ground import Canvas, draw_ground
from dashboard.exports.page import Page
from dashboard.exports.pictures import figure_for, window_for
from dashboard.exports.progress import Progress, silent, told
from dashboard.exports.sheet import Sheet, sheet_of, subtitle_of
from dashboard.exports.stamp import Stamp
from dashboard.exports.style import drawing, palette
from dashboard.map_view import MapOptions, map_payload
from dashboard.view import View
from dashboard.wording import date_text, plural

__all__ = ["MOST_STEPS", "first_of", "gif_bytes", "steps_of"]

MOST_STEPS = 36
_STEP_MS, _LAST_MS = 800, 4000
_FREQS = ("D", "W-SUN", "M", "Q", "Y")
_COLOURS = 128


def first_of(starts: pd.Series, asked: dt.date | None = None) -> pd.Timestamp:
    """Where a playback begins: with the filter, else where all but one in twenty events begin."""
    return pd.Timestamp(asked) if asked else starts.sort_values().iloc[len(starts) // 20]


def steps_of(starts: pd.Series, asked: tuple[dt.date | None, dt.date | None] = (None, None)) -> list[pd.Period]:
    """The periods that the playback steps through: days, weeks, months, quarters or years, without gaps.

    Parameters
    ----------
    starts : days on which events may have begun, without nulls. asked : the dates of the filter

    Returns
    -------
    At most MOST_STEPS periods, as fine as that allows, no finer than months for more than ten weeks.  They begin with
    the filter, else where all but one in twenty events begin, so that a span of many years does not make every step a
    year; what began earlier is there from the first step on.  [] without a date.
    """
    if starts.empty:
        return []
    first, newest = first_of(starts, asked[0]), starts.max()
    last = max(min(newest, pd.Timestamp(asked[1])) if asked[1] else newest, first)
    for freq in _FREQS if (last - first).days <= 70 else _FREQS[2:]:
        periods = list(pd.period_range(first, last, freq=freq))
        if len(periods) <= MOST_STEPS:
            break
    return periods[-MOST_STEPS:]


def _payload(view: View, events: pd.DataFrame) -> dict[str, Any]:
    options = MapOptions(shade_by="nothing")  # classes that change with every step would flicker
    return map_payload(view.only(events), options, shape_of=data.province_shape)


def _date(sheet: Sheet, colours: Any, period: pd.Period, share: float, n: int) -> None:
    """The date in large type over the map, with how much there is by then, and a line for how far the time has run."""
    left, bottom, width, height = sheet.free
    k = sheet.k
    text = date_text(period.start_time.normalize(), period.end_time.normalize(), "day")
    x, y = left + width - 18 * k, bottom + height - 14 * k
    style: dict[str, Any] = {"ha": "right", "va": "top", "parse_math": False}
    box = {"facecolor": colours["panel"], "edgecolor": "none", "alpha": 0.85, "boxstyle": "round,pad=0.35"}
    sheet.over.text(x, y, text, fontsize=24 * k, fontweight="bold", color=colours["text"], bbox=box, zorder=40, **style)
    sheet.over.text(x, y - 38 * k, plural(n, "event"), fontsize=13 * k, color=colours["quiet"], zorder=40, **style)
    bar: dict[str, Any] = {"linewidth": 3.0 * k, "solid_capstyle": "butt", "zorder": 40}
    sheet.over.plot([left, left + width * share], [bottom + 1.5 * k] * 2, color=colours["text"], **bar)


def _pixels(figure: Figure) -> NDArray[np.uint8]:
    """The figure drawn: height by width by red, green, blue, alpha."""
    agg: Any = FigureCanvasAgg(figure)
    agg.draw()
    return np.asarray(agg.buffer_rgba()).copy()


def _ground(sheet: Sheet, whole: dict[str, Any], page: Page) -> tuple[Canvas, Any]:
    """The canvas of all steps and its ground as pixels: drawn once."""
    _, _, width, height = sheet.free
    window = window_for(whole, width / height, page.extent)
    canvas = Canvas(sheet.axes(*sheet.free), window, window.width_m / width, palette(page.dark), sheet.k)
    draw_ground(canvas, {})
    pixels = _pixels(sheet.figure)
    box = canvas.ax.get_window_extent()
    x0, x1, y0, y1 = (round(v) for v in (box.x0, box.x1, box.y0, box.y1))
    return canvas, pixels[pixels.shape[0] - y1 : pixels.shape[0] - y0, x0:x1].copy()


def _frames(view: View, stamp: Stamp, page: Page, progress: Progress) -> Iterator[Image.Image]:
    events = view.kept
    starts = events["date_start"].fillna(events["date_end"])
    undated = int(starts.isna().sum())
    steps = steps_of(starts.dropna(), (view.filters.date_from, view.filters.date_to))
    dated = events[starts.notna()]
    words = f"{subtitle_of(view, page)}" + (f" · {undated} undated not shown" if undated else "")
    page = replace(page, subtitle=words, picture="map")
    whole = _payload(view, dated)
    ground: tuple[Canvas, Any] | None = None
    for i, period in enumerate(told(steps, progress, "Step")):
        sheet = sheet_of(view, stamp, page, whole["legend"])
        if ground is None:
            ground = _ground(sheet, whole, page)
            sheet = sheet_of(view, stamp, page, whole["legend"])
        base, pixels = ground
        so_far = dated[starts[dated.index] <= period.end_time]
        fresh = starts[so_far.index] >= (period.start_time if i else pd.Timestamp.min)
        new = set(so_far.loc[fresh, "event_id"])
        canvas = Canvas(sheet.axes(*sheet.free), base.window, base.unit, base.colours, base.k)
        west, south, east, north = base.window.box
        canvas.ax.imshow(pixels, extent=(west, east, south, north), aspect="auto", zorder=0, interpolation="nearest")
        canvas.ax.set(xlim=(west, east), ylim=(south, north))
        canvas.ax.set_axis_off()
        draw_events(canvas, _payload(view, so_far), named=new)
        _date(sheet, base.colours, period, (i + 1) / len(steps), len(so_far))
        yield Image.fromarray(_pixels(sheet.figure)).convert("RGB")


def gif_bytes(view: View, stamp: Stamp, page: Page, progress: Progress = silent) -> bytes:
    """The whole playback; a still picture where nothing has a date.

    Parameters
    ----------
    progress : called with the share that is done (0 to 1) and a few words after each step
    """
    with drawing():
        frames = list(_frames(view, stamp, page, progress))
        if not frames:
            frames = [Image.fromarray(_pixels(figure_for(view, stamp, replace(page, picture="map")))).convert("RGB")]
    colours = frames[-1].quantize(_COLOURS)  # one palette, of the fullest step: colours do not shimmer
    small = [frame.quantize(palette=colours, dither=Image.Dither.NONE) for frame in frames]
    out = io.BytesIO()
    small[0].save(
        out,
        format="GIF",
        save_all=True,
        append_images=small[1:],
        duration=[_STEP_MS] * (len(small) - 1) + [_LAST_MS],
        loop=0,
        optimize=True,
        comment=f"Dateline {stamp.as_json()} {stamp.text()}".encode("ascii", "xmlcharrefreplace"),
    )
    return out.getvalue()
