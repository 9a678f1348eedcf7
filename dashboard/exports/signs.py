"""Single signs: triangle, square, circle in every look; rings of counted events; arrow heads.

Everything is drawn at a position in the axes' own units, with `unit` (those units per point) so that map and legend
share
the same code.  Looks are those of `dashboard.marks.look`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Circle, Polygon, Wedge

__all__ = ["LINES", "LINES_SHORT", "arrow_head", "mark", "ring", "stop"]

_KINDS = ("incident", "arrest", "route")
_STYLES: dict[str, dict[str, Any]] = {
    "outline": {"linewidth": 1.5},
    "dotted": {"linewidth": 1.6, "linestyle": (0, (1.0, 1.4))},
    "faint": {"linewidth": 1.1, "linestyle": (0, (2.4, 1.6)), "alpha": 0.85},
    "hollow": {"linewidth": 1.5},
}
#: look of a route -> line style of Matplotlib (in line widths) and opacity
LINES: dict[str, tuple[Any, float]] = {
    "": ("solid", 1.0),
    "inferred": ((0, (3.0, 2.0)), 1.0),
    "foiled": ((0, (5.0, 2.0, 1.0, 2.0)), 0.8),
    "hypothetical": ((0, (1.0, 1.8)), 0.6),
}
#: the same for the few points of a legend's sign
LINES_SHORT: dict[str, Any] = {look: style for look, (style, _) in LINES.items()} | {
    "foiled": (0, (2.2, 0.8, 0.7, 0.8))
}


def _outline(shape: str, x: float, y: float, r: float) -> Any:
    if shape == "square":
        s = 0.88 * r
        return Polygon([(x - s, y - s), (x + s, y - s), (x + s, y + s), (x - s, y + s)], closed=True)
    if shape == "triangle":
        return Polygon([(x, y + r), (x + 0.95 * r, y - 0.72 * r), (x - 0.95 * r, y - 0.72 * r)], closed=True)
    return Circle((x, y), r)


def mark(
    ax: Axes, x: float, y: float, r: float, sign: Mapping[str, Any], colours: Mapping[str, str], k: float, z: float = 8
) -> None:
    """One event: `sign` has kind, shape and look; r in the axes' units; k scales line widths."""
    colour, look = colours[sign["kind"]], sign["look"]
    patch = _outline(sign["shape"], x, y, r)
    patch.set(zorder=z, joinstyle="round")
    if look in _STYLES:
        style = dict(_STYLES[look])
        style["linewidth"] *= k
        patch.set(facecolor=colours["panel"], edgecolor=colour, **style)
    else:
        patch.set(facecolor=colour, edgecolor=colours["casing"], linewidth=0.8 * k)
        if look == "pale":
            behind = _outline(sign["shape"], x, y, r)
            behind.set(facecolor=colours["panel"], edgecolor="none", zorder=z - 0.01)
            ax.add_artist(behind)
            patch.set(facecolor=(*_rgb(colour), 0.5), edgecolor=colour, linewidth=0.9 * k)
    ax.add_artist(patch)


def _rgb(colour: str) -> tuple[float, float, float]:
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)


def ring(
    ax: Axes,
    x: float,
    y: float,
    r: float,
    mix: Mapping[str, int],
    colours: Mapping[str, str],
    k: float,
    *,
    unit: float,
    z: float = 9,
    number: bool = True,
) -> None:
    """Several events: a disc with their number and a ring cut by kind, clockwise from the top."""
    total = sum(mix.values())
    ax.add_artist(Circle((x, y), r + 0.9 * unit * k, facecolor=colours["casing"], edgecolor="none", zorder=z))
    ax.add_artist(Circle((x, y), r, facecolor=colours["panel"], edgecolor="none", zorder=z + 0.01))
    at, width = 90.0, 3.0 * unit * k
    for kind in _KINDS:
        share = 360.0 * mix.get(kind, 0) / total
        if share:
            ax.add_artist(
                Wedge(
                    (x, y),
                    r,
                    at - share,
                    at,
                    width=min(width, r),
                    facecolor=colours[kind],
                    edgecolor=colours["panel"] if share < 360 else "none",
                    linewidth=0.5 * k,
                    zorder=z + 0.02,
                )
            )
            at -= share
    if number:
        text = f"{round(total / 1000)}k" if total > 9999 else str(total)
        size = (8.5 if len(text) < 3 else 7.2) * k
        ax.text(
            x,
            y,
            text,
            ha="center",
            va="center_baseline",
            fontsize=size,
            fontweight="bold",
            color=colours["text"],
            zorder=z + 0.03,
        )


def stop(
    ax: Axes, x: float, y: float, r: float, role: str, coarse: bool, colours: Mapping[str, str], k: float, z: float = 6
) -> None:
    """A stop of a route: origin a ring, transit a small dot, destination a disc; broken where it is an area."""
    route = colours["route"]
    patch = Circle((x, y), r * (0.62 if role == "transit" else 1.0), zorder=z)
    if coarse:
        fill = colours["panel"] if role == "origin" else (*_rgb(route), 0.35)
        ax.add_artist(
            Circle((x, y), r * (0.62 if role == "transit" else 1.0), facecolor=colours["panel"], zorder=z - 0.01)
        )
        patch.set(facecolor=fill, edgecolor=route, linewidth=1.0 * k, linestyle=(0, (2, 1.3)))
    elif role == "origin":
        patch.set(facecolor=colours["panel"], edgecolor=route, linewidth=1.6 * k)
    else:
        patch.set(facecolor=route, edgecolor=colours["casing"], linewidth=0.8 * k)
    ax.add_artist(patch)


def arrow_head(
    ax: Axes,
    x: float,
    y: float,
    angle: float,
    size: float,
    colours: Mapping[str, str],
    k: float,
    *,
    faint: bool = False,
    z: float = 5,
) -> None:
    """An arrow head whose middle is at (x, y), pointing along `angle` (radians)."""
    cos, sin = math.cos(angle), math.sin(angle)
    form = ((1, 0), (-1, 0.78), (-0.5, 0), (-1, -0.78))
    points = [(x + size * (a * cos - b * sin), y + size * (a * sin + b * cos)) for a, b in form]
    ax.add_artist(
        Polygon(
            points,
            closed=True,
            facecolor=colours["route"],
            edgecolor=colours["casing"],
            linewidth=0.8 * k,
            alpha=0.85 if faint else 1.0,
            zorder=z,
            joinstyle="round",
        )
    )
