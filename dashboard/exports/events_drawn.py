"""Events on a map picture: hatched areas, great-circle routes, stops, marks, counted groups, badges and names.

Takes a `Canvas` and the payload of `dashboard.map_view.map_payload`, so paper shows what the screen shows.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set
from typing import Any

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from numpy.typing import NDArray
from shapely import LineString, box, get_parts
from shapely.geometry import shape as shape_of_json

from dashboard.exports import signs
from dashboard.exports.crowd import Group, groups_of
from dashboard.exports.ground import Canvas, outline_of
from dashboard.exports.labels import Badge, Label, country_names, draw_badges, draw_labels, take
from dashboard.exports.window import Window

__all__ = ["POLAR_DEG", "draw_events", "leg_pieces"]

Floats = NDArray[np.float64]
_MOST_LABELS = 70
#: On a map of the world, a great circle that passes nearer to a pole than this is drawn as a plain bow between its
#: ends.
POLAR_DEG = 66.0


def _path(polygons: Any) -> Path:
    rings = [ring for p in polygons.geoms for ring in (p.exterior, *p.interiors)]
    return Path.make_compound_path(*(Path(np.asarray(r.coords)[:, :2], closed=True) for r in rings))


def _areas(canvas: Canvas, areas: Sequence[Mapping[str, Any]]) -> None:
    for area in areas:
        if not area["shape"]:
            continue
        outline = outline_of(canvas, shape_of_json(area["shape"]))
        if outline.is_empty:
            continue
        colour, path = canvas.colours[area["kind"]], _path(outline)
        canvas.ax.add_artist(
            PathPatch(path, facecolor="none", edgecolor=colour, hatch="////", linewidth=0, alpha=0.5, zorder=3.5)
        )
        canvas.ax.add_artist(
            PathPatch(
                path, facecolor="none", edgecolor=colour, linewidth=1.0 * canvas.k, linestyle=(0, (4, 2.5)), zorder=3.6
            )
        )


def leg_pieces(window: Window, leg: Mapping[str, Any]) -> list[Floats]:
    """The leg on paper (metres); in two pieces only where the seam of the map cuts it, never at the antimeridian."""
    points = np.array([p for part in leg["line"] for p in part], float)
    relative = window.relative(points[:, 1])
    cuts = np.flatnonzero(np.abs(np.diff(relative)) > 180) + 1
    xy = window.xy(points[:, 1], points[:, 0])
    if window.world and np.abs(points[:, 0]).max() > POLAR_DEG:
        return [_bow(xy[0], xy[-1])]
    return [piece for piece in np.split(xy, cuts) if len(piece) > 1]


def _bow(start: Floats, end: Floats) -> Floats:
    """A shallow arc on paper, bent away from the equator."""
    t = np.linspace(0, 1, 60)[:, None]
    lift = 0.16 * float(np.hypot(*(end - start)))
    control = (start + end) / 2 + np.array([0.0, lift if start[1] + end[1] >= 0 else -lift])
    return np.asarray((1 - t) ** 2 * start + 2 * t * (1 - t) * control + t**2 * end)


def _shifted(piece: Floats, by: float) -> Floats:
    """The line moved to its own right, so that both directions stay visible."""
    if not by:
        return piece
    along = np.gradient(piece, axis=0)
    length = np.hypot(along[:, 0], along[:, 1])
    length[length == 0] = 1.0
    return piece + np.column_stack([along[:, 1], -along[:, 0]]) / length[:, None] * by


def _legs(canvas: Canvas, legs: Sequence[Mapping[str, Any]]) -> None:
    k, unit = canvas.k, canvas.unit * canvas.k
    for leg in sorted(legs, key=lambda row: -row["w"]):
        pieces = [_shifted(piece, 0.75 * leg["shift"] * unit) for piece in leg_pieces(canvas.window, leg)]
        width = (0.62 * leg["w"] + 0.7) * k
        style, pale = signs.LINES[leg["look"]]
        canvas.ax.add_collection(
            LineCollection(
                pieces,
                colors=canvas.colours["casing"],
                linewidths=width + 2.2 * k,
                alpha=0.9,
                zorder=4.5,
                capstyle="round",
            ),
            autolim=False,
        )
        canvas.ax.add_collection(
            LineCollection(
                pieces, colors=canvas.colours["route"], linewidths=width, linestyles=[style], alpha=pale, zorder=4.6
            ),
            autolim=False,
        )
        canvas.lines += [LineString(piece) for piece in pieces]
        _head(canvas, _seen(canvas, pieces), leg, unit)


def _seen(canvas: Canvas, pieces: Sequence[Floats]) -> Floats | None:
    """The longest part of a leg that lies on the map."""
    frame = box(*canvas.window.box)
    parts = [
        p for piece in pieces for p in get_parts(LineString(piece).intersection(frame)) if p.geom_type == "LineString"
    ]
    return np.asarray(max(parts, key=lambda p: p.length).coords) if parts else None


def _length(piece: Floats) -> float:
    return float(np.hypot(*np.diff(piece, axis=0).T).sum())


def _head(canvas: Canvas, piece: Floats | None, leg: Mapping[str, Any], unit: float) -> None:
    """One head at 60 % of the way, in the direction of travel there."""
    if piece is None or _length(piece) < 14 * unit:
        return
    steps = np.hypot(*np.diff(piece, axis=0).T)
    at = int(np.searchsorted(np.cumsum(steps), 0.6 * steps.sum()))
    a, b = piece[at], piece[min(at + 1, len(piece) - 1)]
    share = (0.6 * steps.sum() - (np.cumsum(steps)[at] - steps[at])) / (steps[at] or 1.0)
    x, y = a + (b - a) * share
    signs.arrow_head(
        canvas.ax,
        x,
        y,
        math.atan2(b[1] - a[1], b[0] - a[0]),
        (4.4 + 0.6 * leg["w"]) * unit,
        canvas.colours,
        canvas.k,
        faint=bool(leg["look"]),
    )


def _stops(canvas: Canvas, stops: Sequence[Mapping[str, Any]], named: Set[str] | None) -> list[Label]:
    labels: dict[tuple[float, float], Label] = {}
    xy = canvas.window.xy([s["lon"] for s in stops], [s["lat"] for s in stops])
    for stop, (x, y) in zip(stops, xy, strict=True):
        if not canvas.window.holds(np.array([[x, y]]))[0]:
            continue
        signs.stop(
            canvas.ax, x, y, 4.6 * canvas.unit * canvas.k, stop["role"], stop["coarse"], canvas.colours, canvas.k
        )
        take(canvas, x, y, 5.2)
        if named is not None and named.isdisjoint(stop["id"].partition(":")[2].split("|")):
            continue
        labels.setdefault((round(x), round(y)), Label(str(stop["text"]).split("\n")[0], x, y, 4.6, size=9.5))
    return list(labels.values())


def _points(canvas: Canvas, points: Sequence[Mapping[str, Any]]) -> list[Group]:
    xy = canvas.window.xy([p["lon"] for p in points], [p["lat"] for p in points])
    inside = canvas.window.holds(xy)
    shown = [p for p, ok in zip(points, inside, strict=True) if ok]
    groups = groups_of(shown, xy[inside], canvas.unit, canvas.k)
    for group in reversed(groups):  # the largest on top
        r = group.r * canvas.unit * canvas.k
        if group.point is not None:
            signs.mark(canvas.ax, group.x, group.y, r, group.point, canvas.colours, canvas.k)
        else:
            signs.ring(canvas.ax, group.x, group.y, r, group.mix, canvas.colours, canvas.k, unit=canvas.unit)
        take(canvas, group.x, group.y, group.r + 1)
    return groups


def draw_events(canvas: Canvas, payload: Mapping[str, Any], *, named: Set[str] | None = None) -> int:
    """Everything of the payload but the legend; gives how many names did not fit.

    Parameters
    ----------
    named : ids of the events whose places get their names (default: all)
    """
    _areas(canvas, payload["areas"])
    _legs(canvas, payload["legs"])
    stop_labels = _stops(canvas, payload["stops"], named)
    groups = _points(canvas, payload["points"])
    areas = sorted(payload["areas"], key=lambda a: (-int("".join(filter(str.isdigit, a["n"])) or 0), a["id"]))
    spots = canvas.window.xy([a["lon"] for a in areas], [a["lat"] for a in areas]) if areas else np.empty((0, 2))
    inside = canvas.window.holds(spots)
    badges = [
        Badge(a["n"], str(a["label"] or ""), float(x), float(y), a["kind"])
        for a, (x, y), ok in zip(areas, spots, inside, strict=True)
        if ok
    ]
    crowded = draw_badges(canvas, badges)
    badged = {a["label"] for a in areas}
    labels = [
        Label(g.label(), g.x, g.y, g.r, bold=g.n > 1)
        for g in sorted(groups, key=lambda g: (-g.n, g.x))
        if g.label() and (named is None or not named.isdisjoint(g.ids))
    ][:_MOST_LABELS]
    known = {label.text for label in labels} | badged
    labels += [label for label in stop_labels if label.text not in known][:_MOST_LABELS]
    left = draw_labels(canvas, labels) + len(crowded)
    country_names(canvas, {str(n) for n in badged} | {label.text for label in labels})
    return left
