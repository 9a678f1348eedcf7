"""How a leg is drawn on the Mercator map of the screen: its great circle, or a flat bow where that would mislead.

Mercator stretches great circles that pass near a pole into loops that leave the frame.  A bow that bulges no more than
LIMIT of its chord keeps both ends in sight and can still be followed.  Takes degrees; gives points for Leaflet.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any, NamedTuple

from geodata.lines import great_circle

__all__ = ["LIMIT", "ScreenLine", "screen_line"]

#: Largest bulge of a line beside its chord, as a share of the chord's length on the map.
LIMIT = 0.17
#: A line that goes around this many degrees may as well go the other way round: it is drawn off the map's seam.
_EITHER_WAY_DEG = 130.0
_BOW_POINTS = 28

Point = tuple[float, float]  # x, y of Mercator, radians


class ScreenLine(NamedTuple):
    """Pieces of [lat, lon] in degrees, two where the line crosses the map's edge; bowed: no great circle."""

    pieces: list[list[list[float]]]
    bowed: bool


def _mercator(lon: float, lat: float) -> Point:
    lat = max(-84.0, min(84.0, lat))
    return math.radians(lon), math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))


def _degrees(point: Point) -> list[float]:
    lat = math.degrees(2 * math.atan(math.exp(point[1])) - math.pi / 2)
    return [round(lat, 3), round(math.degrees(point[0]), 3)]


def _bulge(points: list[Point]) -> float:
    """Signed largest distance from the chord, as a share of its length; above 0 lies north of it."""
    (x1, y1), (x2, y2) = points[0], points[-1]
    length = math.hypot(x2 - x1, y2 - y1)
    if length == 0:
        return 0.0
    sign = 1 if x2 >= x1 else -1
    away = [sign * ((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)) / length**2 for x, y in points]
    return max(away, key=abs)


def _bow(start: Point, end: Point, share: float) -> list[Point]:
    """A quadratic curve whose middle lies `share` of the chord beside it, north of it where positive."""
    (x1, y1), (x2, y2) = start, end
    sign = 1 if x2 >= x1 else -1
    top = (x1 + x2) / 2 - sign * (y2 - y1) * 2 * share, (y1 + y2) / 2 + sign * (x2 - x1) * 2 * share
    steps = [i / _BOW_POINTS for i in range(_BOW_POINTS + 1)]
    return [
        (
            (1 - t) ** 2 * x1 + 2 * t * (1 - t) * top[0] + t * t * x2,
            (1 - t) ** 2 * y1 + 2 * t * (1 - t) * top[1] + t * t * y2,
        )
        for t in steps
    ]


def _cut(points: list[Point]) -> list[list[Point]]:
    """Pieces that each lie between the map's edges; a cut ends on one edge and goes on at the other."""
    pieces: list[list[Point]] = [[points[0]]]
    turn = 0.0
    for (x1, y1), (x2, y2) in pairwise(points):
        x1, x2 = x1 + turn, x2 + turn
        if abs(x2) > math.pi + 1e-9:
            edge = math.copysign(math.pi, x2)
            y = y1 if x2 == x1 else y1 + (y2 - y1) * (edge - x1) / (x2 - x1)
            pieces[-1].append((edge, y))
            pieces.append([(-edge, y)])
            turn -= 2 * edge
            x2 -= 2 * edge
        pieces[-1].append((x2, y2))
    return [p for p in pieces if len(p) > 1]


def _unrolled(geometry: Any) -> list[Point]:
    """The points of a great circle as one line that runs on over the antimeridian."""
    out: list[Point] = []
    for piece in getattr(geometry, "geoms", [geometry]):
        for lon, lat in piece.coords:
            x, y = _mercator(lon, lat)
            if out:
                x += round((out[-1][0] - x) / (2 * math.pi)) * 2 * math.pi
            out.append((x, y))
    return out


def screen_line(lat1: float, lon1: float, lat2: float, lon2: float, geometry: Any = None) -> ScreenLine:
    """The line as Leaflet wants it, and whether it is a bow.

    Parameters
    ----------
    lat1, lon1, lat2, lon2 : degrees. geometry : the great circle between them, where it is known already
    """
    points = _unrolled(geometry if geometry is not None else great_circle(lat1, lon1, lat2, lon2))
    bulge = _bulge(points)
    if abs(bulge) <= LIMIT:
        return ScreenLine([[_degrees(p) for p in piece] for piece in _cut(points)], False)
    start, end = points[0], points[-1]
    if abs(end[0]) > math.pi and abs(end[0] - start[0]) > math.radians(_EITHER_WAY_DEG):
        end = (end[0] - math.copysign(2 * math.pi, end[0]), end[1])
    side = math.copysign(LIMIT, start[1] + end[1]) if start[1] + end[1] else LIMIT
    return ScreenLine([[_degrees(p) for p in piece] for piece in _cut(_bow(start, end, side))], True)
