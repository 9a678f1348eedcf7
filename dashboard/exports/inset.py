"""An inset for the most crowded part of a map: drawn larger, in a place of the map where nothing lies.

Takes a `Canvas` and the payload; gives where the crowd is and where the inset goes, or None where no inset would help
or none has room.  Does not draw.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from dashboard.exports.ground import Canvas
from dashboard.exports.window import Window

__all__ = ["Inset", "inset_of"]

_REGION, _SIZE = 0.12, 0.27  # shares of the map's width: what is enlarged, and how wide it becomes
_LEAST_EVENTS, _LEAST_PLACES = 10, 4


@dataclass(frozen=True)
class Inset:
    """The window that is enlarged, its rectangle on the main map, and the inset's own rectangle there (metres)."""

    window: Window
    place: tuple[float, float, float, float]


def inset_of(canvas: Canvas, payload: Mapping[str, Any]) -> Inset | None:
    """The inset that shows most, if ten events of four places crowd together and a free place is left."""
    window = canvas.window
    points = [p for p in payload["points"] if not p.get("many")]
    rest = [*payload["areas"], *payload["stops"]]
    xy = window.xy([p["lon"] for p in points], [p["lat"] for p in points])
    others = window.xy([p["lon"] for p in rest], [p["lat"] for p in rest])
    if len(points) < _LEAST_EVENTS or len(points) > 3000 or window.width_m < 6e6:
        return None
    aspect = window.width_m / window.height_m
    half = np.array([_REGION * window.width_m, _REGION * window.width_m / min(aspect, 1.8)]) / 2
    near = np.all(np.abs(xy[:, None, :] - xy[None, :, :]) <= half, axis=2)
    best = int(np.argmax(near.sum(axis=1)))
    crowd = near[best]
    if crowd.sum() < _LEAST_EVENTS or len({points[i]["place"] for i in np.flatnonzero(crowd)}) < _LEAST_PLACES:
        return None
    middle = (xy[crowd].min(axis=0) + xy[crowd].max(axis=0)) / 2
    low, high = middle - half, middle + half
    legs = [p for leg in payload.get("legs", ()) for part in leg["line"] for p in part]
    ways = window.xy([p[1] for p in legs], [p[0] for p in legs])
    place = _free(canvas, np.vstack([xy, others]), ways, (*low, *high), _SIZE / _REGION * 2 * half)
    if place is None:
        return None
    box = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
    return Inset(Window(window.lat_0, window.lon_0, window.world, box), place)


def _free(canvas: Canvas, spots: Any, ways: Any, region: Any, size: Any) -> tuple[float, float, float, float] | None:
    """A rectangle of that size along the edge of the map without a spot, off the region, over least of the routes."""
    west, south, east, north = canvas.window.box
    gap = 10 * canvas.unit * canvas.k
    found: list[tuple[int, tuple[float, float, float, float]]] = []
    for y in (south + gap, north - gap - size[1]):
        for x in np.linspace(west + gap, east - gap - size[0], 9):
            box = (float(x), float(y), float(x + size[0]), float(y + size[1]))
            apart = region[0] > box[2] or region[2] < box[0] or region[1] > box[3] or region[3] < box[1]
            if apart and not _inside(spots, box, 16 * canvas.unit * canvas.k):
                found.append((_inside(ways, box, 0.0), box))
    return min(found, key=lambda f: f[0])[1] if found else None  # of equal ones the first


def _inside(xy: Any, box: tuple[float, float, float, float], pad: float) -> int:
    """How many positions lie in a rectangle or nearer to it than `pad`."""
    across = (xy[:, 0] > box[0] - pad) & (xy[:, 0] < box[2] + pad)
    return int((across & (xy[:, 1] > box[1] - pad) & (xy[:, 1] < box[3] + pad)).sum())
