"""Words on the map: beside their marks, never on a mark or on one another; what does not fit is left out.

Takes wanted labels in order of importance and boxes that are taken; draws those that fit, with a halo, and a thin
leader
where a label had to move away.  Deterministic: the same labels at the same places every time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matplotlib.patches import FancyBboxPatch
from matplotlib.patheffects import Stroke

from dashboard.exports.ground import Canvas
from dashboard.exports.style import text_width_pt
from geodata import shapes

__all__ = ["Badge", "Label", "country_names", "draw_badges", "draw_labels", "take"]

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """A name at a mark of radius r (points)."""

    text: str
    x: float
    y: float
    r: float
    size: float = 10.5
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Badge:
    """A framed number with a name for what is only known to an area."""

    number: str
    text: str
    x: float
    y: float
    kind: str


def _clear(canvas: Canvas, box: Box) -> bool:
    west, south, east, north = canvas.window.box
    margin = 3 * canvas.unit * canvas.k
    if box[0] < west + margin or box[2] > east - margin or box[1] < south + margin or box[3] > north - margin:
        return False
    return not any(box[0] < t[2] and box[2] > t[0] and box[1] < t[3] and box[3] > t[1] for t in canvas.taken)


def take(canvas: Canvas, x: float, y: float, r_pt: float) -> None:
    """Keep words off a mark."""
    r = r_pt * canvas.unit * canvas.k
    canvas.taken.append((x - r, y - r, x + r, y + r))


def _words(
    canvas: Canvas, x: float, y: float, text: str, size: float, colour: str, *, halo: float, z: float, **style: Any
) -> None:
    """Words over their halo: two pieces, so that the words stay words in SVG and PDF."""
    common: dict[str, Any] = {"ha": "center", "va": "center_baseline", "fontsize": size * canvas.k, "parse_math": False}
    stroke = Stroke(linewidth=halo * canvas.k, foreground=canvas.colours["land"], joinstyle="round")
    canvas.ax.text(x, y, text, zorder=z - 0.01, path_effects=[stroke], **common, **style)
    canvas.ax.text(x, y, text, zorder=z, color=colour, **common, **style)


def _spots(label: Label, w: float, h: float, unit: float) -> list[tuple[Box, bool]]:
    """Boxes to try, best first, and whether they need a leader: beside, above, below, corners, then further out."""
    out = []
    for gap, far in ((3.0, False), (11.0, True), (24.0, True)):
        d = (label.r + gap) * unit
        for cx, cy in (
            (d + w / 2, 0),
            (-d - w / 2, 0),
            (0, d + h / 2),
            (0, -d - h / 2),
            (d * 0.75 + w / 2, d * 0.75 + h / 2),
            (d * 0.75 + w / 2, -d * 0.75 - h / 2),
            (-d * 0.75 - w / 2, d * 0.75 + h / 2),
            (-d * 0.75 - w / 2, -d * 0.75 - h / 2),
        ):
            x, y = label.x + cx, label.y + cy
            out.append(((x - w / 2, y - h / 2, x + w / 2, y + h / 2), far))
    return out


def draw_labels(canvas: Canvas, labels: list[Label]) -> int:
    """Draw those that fit, most important first; gives how many were left out."""
    unit, k, left = canvas.unit * canvas.k, canvas.k, 0
    for label in labels:
        w = text_width_pt(label.text, label.size, bold=label.bold) * unit + 2 * unit
        h = label.size * 1.12 * unit
        free = [(b, far) for b, far in _spots(label, w, h, unit) if _clear(canvas, b)]
        # the first place without a line under it, unless that is far off and another is near
        found = next((s for s in free if not canvas.crossed(s[0])), None)
        if free and (found is None or (found[1] and not free[0][1])):
            found = free[0]
        if found is None:
            left += 1
            continue
        box, far = found
        canvas.taken.append(box)
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if far:
            ex, ey = min(max(label.x, box[0]), box[2]), min(max(label.y, box[1]), box[3])
            canvas.ax.plot([label.x, ex], [label.y, ey], color=canvas.colours["quiet"], linewidth=0.6 * k, zorder=7)
        weight = "bold" if label.bold else "normal"
        _words(canvas, x, y, label.text, label.size, canvas.colours["text"], halo=2.6, z=12, fontweight=weight)
    return left


_SHIFTS = [
    (0, 0),
    (0, 20),
    (0, -20),
    (0, 36),
    (0, -36),
    (58, 0),
    (-58, 0),
    (58, 20),
    (-58, 20),
    (58, -20),
    (-58, -20),
    (0, 54),
    (0, -54),
    (90, 34),
    (-90, 34),
    (90, -34),
    (-90, -34),
    (120, 0),
    (-120, 0),
    (0, 76),
    (0, -76),
]


def draw_badges(canvas: Canvas, badges: list[Badge]) -> list[Badge]:
    """Draw the badges, moved aside with a leader where something is in the way; gives those without room."""
    unit, k, size, left = canvas.unit * canvas.k, canvas.k, 9.5, []
    for badge in badges:
        n_w = text_width_pt(badge.number, size, bold=True)
        w = (n_w + 4 + text_width_pt(badge.text, size) + 9) * unit
        h = (size + 6) * unit
        spots = [(badge.x + dx * unit, badge.y + dy * unit) for dx, dy in _SHIFTS]
        pad = 1.5 * unit
        found = next(
            (
                s
                for s in spots
                if _clear(canvas, (s[0] - w / 2 - pad, s[1] - h / 2 - pad, s[0] + w / 2 + pad, s[1] + h / 2 + pad))
            ),
            None,
        )
        if found is None:
            left.append(badge)
            continue
        x, y = found
        canvas.taken.append((x - w / 2 - pad, y - h / 2 - pad, x + w / 2 + pad, y + h / 2 + pad))
        colour = canvas.colours[badge.kind]
        if found != spots[0]:
            canvas.ax.plot([badge.x, x], [badge.y, y], color=colour, linewidth=0.7 * k, linestyle=(0, (2, 2)), zorder=7)
        box = FancyBboxPatch(
            (x - w / 2, y - h / 2),
            w,
            h,
            boxstyle=f"round,pad=0,rounding_size={2.5 * unit}",
            zorder=10,
            facecolor=canvas.colours["panel"],
            edgecolor=colour,
            linewidth=1.1 * k,
            linestyle=(0, (3, 1.8)),
        )
        canvas.ax.add_artist(box)
        start = x - w / 2 + 4.5 * unit
        common: dict[str, Any] = {
            "va": "center_baseline",
            "ha": "left",
            "fontsize": size * k,
            "zorder": 11,
            "parse_math": False,
        }
        canvas.ax.text(start, y, badge.number, fontweight="bold", color=canvas.colours["text"], **common)
        canvas.ax.text(start + (n_w + 4) * unit, y, badge.text, color=canvas.colours["quiet"], **common)
    return left


def country_names(canvas: Canvas, without: set[str]) -> None:
    """Names of countries in quiet letters, largest first, only where they fit into the country and nothing is near."""
    frame = shapes.countries()
    frame = frame[~frame["name"].isin(without)]
    xy = canvas.window.xy(frame["label_lon"], frame["label_lat"])
    inside = canvas.window.holds(xy)
    unit, size = canvas.unit * canvas.k, 8.5
    screen = shapes.screen().set_index("iso3")["geometry"]
    wanted = []
    for (_, row), at, ok in zip(frame.iterrows(), xy, inside, strict=True):
        if not ok or row["iso3"] not in screen.index:
            continue
        largest = max(getattr(screen[row["iso3"]], "geoms", [screen[row["iso3"]]]), key=lambda p: p.area)
        west, south, east, north = largest.bounds
        corners = canvas.window.xy([west, east], [(south + north) / 2] * 2)
        room = abs(float(corners[1, 0] - corners[0, 0]))
        width = text_width_pt(row["name"], size) * unit
        if width < room * 1.05:
            wanted.append((room, row["name"], at, width))
    for _, name, (x, y), width in sorted(wanted, key=lambda w: (-w[0], w[1])):
        box = (x - width / 2, y - size * 0.6 * unit, x + width / 2, y + size * 0.6 * unit)
        if _clear(canvas, box) and not canvas.crossed(box):
            canvas.taken.append(box)
            _words(canvas, x, y, name, size, canvas.colours["quiet"], halo=1.8, z=4)
