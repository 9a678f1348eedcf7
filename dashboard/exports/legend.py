"""The legend of a picture: the signs that are drawn, each with its words, in rows that fill the width.

Takes the legend lines of `dashboard.map_view.map_payload`; draws into axes measured in points.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from dashboard.exports import signs
from dashboard.exports.style import text_width_pt

__all__ = ["draw_legend", "draw_sign", "legend_rows"]

_SIGN, _GAP, _ROW, _SIZE = 24.0, 16.0, 17.0, 10.5
Line = Sequence[Mapping[str, Any]]


def _width(sign: Mapping[str, Any]) -> float:
    if sign["type"] == "note":
        return text_width_pt(sign["label"], _SIZE) + _GAP
    wide = 18.0 * len(sign["colours"]) + 6 if sign["type"] == "steps" else _SIGN
    return wide + text_width_pt(sign["label"], _SIZE) + _GAP


def legend_rows(lines: Sequence[Line], width_pt: float) -> list[list[Mapping[str, Any]]]:
    """The signs in rows: a line of the legend stays together where it can."""
    rows: list[list[Mapping[str, Any]]] = [[]]
    used = 0.0
    for line in lines:
        whole = sum(_width(s) for s in line)
        if used and used + whole > width_pt and whole <= width_pt:
            rows.append([])
            used = 0.0
        for sign in line:
            if used and used + _width(sign) > width_pt:
                rows.append([])
                used = 0.0
            rows[-1].append(sign)
            used += _width(sign)
    return [row for row in rows if row]


def draw_sign(ax: Axes, sign: Mapping[str, Any], x: float, y: float, colours: Mapping[str, str], k: float) -> float:
    """Draw the sign, give where its words begin (points)."""
    kind = sign["type"]
    middle, words = x + 9 * k, x + _SIGN * k
    if kind == "mark":
        signs.mark(ax, middle, y, 5.4 * k, sign, colours, k)
    elif kind == "line":
        ax.plot(
            [x, x + 13 * k],
            [y, y],
            color=colours["route"],
            linewidth=2.0 * k,
            solid_capstyle="butt",
            linestyle=signs.LINES_SHORT.get(sign["look"], (0, (3, 2))),
            alpha=signs.LINES.get(sign["look"], signs.LINES["inferred"])[1],
            zorder=5,
        )
        signs.arrow_head(ax, x + 14.5 * k, y, 0.0, 5.2 * k, colours, k, z=6)
    elif kind == "ring":
        role = {"": "origin", "small": "transit", "solid": "destination", "coarse": "origin"}[sign["look"]]
        signs.stop(ax, middle, y, 4.8 * k, role, sign["look"] == "coarse", colours, k)
    elif kind == "count":
        signs.ring(ax, middle, y, 6.6 * k, {"incident": 1, "arrest": 1, "route": 1}, colours, k, unit=1.0, number=False)
    elif kind in ("hatchbox", "badgebox"):
        box = Rectangle(
            (x, y - 5 * k),
            19 * k,
            10 * k,
            facecolor="none" if kind == "hatchbox" else colours["panel"],
            edgecolor=colours["mixed"],
            linewidth=1.0 * k,
            linestyle=(0, (3, 2)),
            zorder=5,
        )
        ax.add_artist(box)
        if kind == "hatchbox":
            ax.add_artist(
                Rectangle(
                    (x, y - 5 * k),
                    19 * k,
                    10 * k,
                    facecolor="none",
                    edgecolor=colours["mixed"],
                    hatch="/////",
                    linewidth=0,
                    alpha=0.6,
                    zorder=4,
                )
            )
        else:
            ax.text(
                middle + 0.5 * k,
                y,
                "3",
                ha="center",
                va="center_baseline",
                fontsize=7.5 * k,
                fontweight="bold",
                color=colours["text"],
                zorder=6,
            )
    elif kind == "steps":
        for i, c in enumerate(sign["colours"]):
            ax.add_artist(
                Rectangle(
                    (x + 18 * k * i, y - 4.5 * k),
                    18 * k,
                    9 * k,
                    facecolor=colours[f"c{c}"],
                    edgecolor=colours["line"],
                    linewidth=0.4 * k,
                )
            )
        words = x + (18 * len(sign["colours"]) + 6) * k
    else:
        words = x
    return words


def draw_legend(ax: Axes, rows: Sequence[Line], x: float, top: float, colours: Mapping[str, str], k: float) -> float:
    """Draw rows downwards from `top` (points, in the axes' units); gives where the next line may begin."""
    y = top - _ROW * k / 2
    for row in rows:
        at = x
        for sign in row:
            words = draw_sign(ax, sign, at, y, colours, k)
            ax.text(
                words,
                y + 0.6 * k,
                sign["label"],
                va="center_baseline",
                ha="left",
                fontsize=_SIZE * k,
                color=colours["text"],
            )
            at += _width(sign) * k
        y -= _ROW * k
    return y + _ROW * k / 2
