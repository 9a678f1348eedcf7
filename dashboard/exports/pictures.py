"""Pictures of a view: map, timeline, matrix of countries and months, as PNG, SVG or PDF.

Takes a View, its Stamp and a Page; gives bytes, or a Matplotlib figure for decks.  The same view gives the same pixels.
"""

from __future__ import annotations

import io
import json
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from dashboard import data
from dashboard.exports.charts_drawn import matrix_plan, timeline_plan
from dashboard.exports.country_flows import MOST_LEGS, by_country
from dashboard.exports.events_drawn import POLAR_DEG, draw_events, leg_pieces
from dashboard.exports.ground import Canvas, draw_ground
from dashboard.exports.inset import Inset, inset_of
from dashboard.exports.legend import draw_sign
from dashboard.exports.page import Extent, Page
from dashboard.exports.sheet import Plan, Sheet, bare_sheet, sheet_of, title_of
from dashboard.exports.stamp import Stamp
from dashboard.exports.style import drawing, palette, save
from dashboard.exports.window import Window, grown, window_of
from dashboard.map_view import MapOptions, map_payload
from dashboard.view import View

__all__ = ["bare_picture", "figure_for", "map_plan", "picture_bytes", "window_for"]


def _payload(view: View, page: Page) -> dict[str, Any]:
    options = MapOptions(page.shade_by, page.size_by, supposed=page.supposed)
    payload = map_payload(view, options, shape_of=data.province_shape)
    if len(payload["legs"]) > MOST_LEGS and window_of(_spots(payload), 2.0, page.extent).world:
        return by_country(view, payload)
    return payload


def _spots(payload: dict[str, Any]) -> list[tuple[float, float]]:
    """What the extent is chosen by; a great circle on its way past the pole says nothing of where things happen."""
    return [(row["lat"], row["lon"]) for name in ("points", "areas", "stops") for row in payload[name]]


def window_for(payload: dict[str, Any], aspect: float, extent: Extent | None = None) -> Window:
    """The part of the world for all that is drawn, or the one asked for; aspect : width by height on paper."""
    window = window_of(_spots(payload), aspect, extent, _lines(payload))
    ways = [piece for leg in payload["legs"] for piece in leg_pieces(window, leg)]
    if window.world and not extent and ways:
        return grown(window, np.vstack(ways))  # no route leaves the map at the top and comes back
    return window


def map_plan(view: View, page: Page) -> Plan:
    """The map: what its legend holds, and how to draw it."""
    payload = _payload(view, page)

    def draw(sheet: Sheet) -> None:
        left, bottom, width, height = sheet.free
        window = window_for(payload, width / height, page.extent)
        canvas = Canvas(sheet.axes(*sheet.free), window, window.width_m / width, palette(page.dark), sheet.k)
        draw_ground(canvas, payload["choropleth"])
        if len(view.kept):
            inset = inset_of(canvas, payload)
            canvas.taken += [inset.place] if inset else []
            draw_events(canvas, payload)
            if inset:
                _draw_inset(sheet, canvas, payload, inset)
        else:
            _nothing(sheet.over, left + width / 2, bottom + height / 2, palette(page.dark), sheet.k)
        if not window.world:
            scale_bar(sheet.over, canvas, left + width, bottom)

    return Plan(payload["legend"], draw)


def _draw_inset(sheet: Sheet, main: Canvas, payload: dict[str, Any], inset: Inset) -> None:
    """The crowded part again, larger, in its frame; a thin frame on the main map says where it is."""
    west, south, _, _ = main.window.box
    left, bottom = (
        sheet.free[0] + (inset.place[0] - west) / main.unit,
        sheet.free[1] + (inset.place[1] - south) / main.unit,
    )
    width, height = (inset.place[2] - inset.place[0]) / main.unit, (inset.place[3] - inset.place[1]) / main.unit
    axes = sheet.axes(left, bottom, width, height)
    axes.set_zorder(5)
    canvas = Canvas(axes, inset.window, inset.window.width_m / width, main.colours, main.k)
    draw_ground(canvas, payload["choropleth"])
    draw_events(canvas, payload)
    x0, y0, x1, y1 = inset.window.box
    frame: dict[str, Any] = {"facecolor": "none", "edgecolor": main.colours["text"]}
    axes.add_artist(Rectangle((x0, y0), x1 - x0, y1 - y0, linewidth=2.0 * main.k, zorder=30, **frame))
    main.ax.add_artist(Rectangle((x0, y0), x1 - x0, y1 - y0, linewidth=0.9 * main.k, zorder=11.5, **frame))


def _lines(payload: dict[str, Any]) -> list[Any]:
    """Longitudes of each leg that is drawn as a great circle on a map of the world."""
    legs = [np.array([p for part in leg["line"] for p in part], float) for leg in payload["legs"]]
    return [leg[:, 1] for leg in legs if np.abs(leg[:, 0]).max() <= POLAR_DEG]


def _nothing(over: Any, x: float, y: float, colours: Any, k: float) -> None:
    over.text(
        x,
        y,
        "No event fits these filters",
        ha="center",
        va="center",
        fontsize=20 * k,
        color=colours["text"],
        bbox={"facecolor": colours["page"], "edgecolor": colours["line"], "boxstyle": "round,pad=0.6"},
    )


def scale_bar(over: Any, canvas: Canvas, right: float, bottom: float) -> None:
    """A bar of a round number of kilometres in the lower right corner (true in the middle of the map)."""
    k, colours = canvas.k, canvas.colours
    room_km = canvas.unit * 120 * k / 1000
    steps = [m * 10**e for e in range(0, 5) for m in (1, 2, 5)]
    km = max(s for s in steps if s <= max(room_km, 1))
    length = km * 1000 / canvas.unit
    x, y = right - 16 * k - length, bottom + 12 * k
    over.plot([x, x, x + length, x + length], [y + 4 * k, y, y, y + 4 * k], color=colours["text"], linewidth=1.0 * k)
    over.text(
        x + length / 2,
        y + 4 * k,
        f"{km:,} km".replace(",", "\u202f"),
        ha="center",
        va="bottom",
        fontsize=9 * k,
        color=colours["text"],
    )


def _plan(view: View, page: Page) -> Plan:
    return {"map": map_plan, "timeline": timeline_plan, "matrix": matrix_plan}[page.picture](view, page)


def figure_for(view: View, stamp: Stamp, page: Page) -> Figure:
    """The whole page that is asked for; call within `style.drawing()`."""
    plan = _plan(view, page)
    sheet = sheet_of(view, stamp, page, plan.legend, full_width=plan.full_width)
    plan.draw(sheet)
    return sheet.figure


def picture_bytes(view: View, stamp: Stamp, page: Page, kind: str) -> bytes:
    """PNG, SVG or PDF with the stamp in the picture and in its metadata."""
    with drawing():
        return save(figure_for(view, stamp, page), kind, title_of(view, page), stamp)


def bare_picture(
    view: View, page: Page, picture: str, width: float, height: float
) -> tuple[bytes, list[tuple[str, bytes]]]:
    """Only the picture, for a slide whose words are native: PNG of so many inches, and the legend as (words, PNG)."""
    with drawing():
        plan = _plan(view, replace(page, picture=picture, size="1080p"))
        sheet = bare_sheet(page, width, height, full_width=plan.full_width)
        plan.draw(sheet)
        signs = [(sign["label"], _sign_png(json.dumps(sign), page.dark)) for line in plan.legend for sign in line]
        return _png(sheet.figure), signs


def _png(figure: Figure) -> bytes:
    out = io.BytesIO()
    figure.savefig(
        out, format="png", dpi=figure.dpi, facecolor=figure.get_facecolor(), metadata={"Software": "Dateline"}
    )
    return out.getvalue()


@lru_cache(maxsize=128)
def _sign_png(sign: str, dark: bool) -> bytes:
    """One sign of a legend, 14 points high."""
    row = json.loads(sign)
    width = 18.0 * len(row["colours"]) if row["type"] == "steps" else 1.0 if row["type"] == "note" else 22.0
    figure = Figure(figsize=(width / 72, 14 / 72), dpi=288, facecolor=palette(dark)["page"])
    FigureCanvasAgg(figure)
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, width), ylim=(0, 14))
    ax.set_axis_off()
    draw_sign(ax, row, 1.0 if row["type"] != "steps" else 0.0, 7.0, palette(dark), 1.0)
    return _png(figure)
