"""Where the map looks first: the smallest frame that holds most of what is drawn, never a world with empty oceans.

Takes weighted points; gives a frame and how much of it lies outside, which the screen says.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

__all__ = ["SHARE", "Spot", "focus"]

#: This share of all events is in the first view at least.
SHARE = 0.75
#: An edge moves in only if that saves this much of the frame per event (both as shares of what is left).
_WORTH = 1.6
#: No frame is narrower than this, so that one town is shown with its surroundings.
_LEAST_DEG = 6.0
Frame = list[list[float]]


class Spot(NamedTuple):
    """A place and how many events lie there."""

    lat: float
    lon: float
    n: float


def _frame(spots: list[Spot]) -> tuple[float, float, float, float]:
    lats, lons = [s.lat for s in spots], [s.lon for s in spots]
    return min(lats), min(lons), max(lats), max(lons)


def _area(spots: list[Spot]) -> float:
    south, west, north, east = _frame(spots)
    return max(east - west, _LEAST_DEG) * max((north - south) * 1.6, _LEAST_DEG)


def _merged(spots: list[Spot]) -> list[Spot]:
    """Points of one degree together: the frame does not need more, and there may be a million."""
    cells: dict[tuple[int, int], float] = defaultdict(float)
    for s in spots:
        cells[round(s.lat), round(s.lon)] += s.n
    return [Spot(float(lat), float(lon), n) for (lat, lon), n in cells.items()]


def focus(spots: list[Spot], share: float = SHARE) -> Frame | None:
    """South-west and north-east corner (degrees) of a frame with at least `share` of all events; None without any.

    Edge by edge, the outermost events are left out where that saves much of the frame for few of them.
    """
    if not spots:
        return None
    left = _merged(spots)
    total = sum(s.n for s in left)
    while True:
        now, held = _area(left), sum(s.n for s in left)
        best: tuple[float, list[Spot]] | None = None
        south, west, north, east = _frame(left)
        for depth in (1.0, 8.0, 20.0):  # also beyond a gap
            for inside in (
                [s for s in left if s.lat >= south + depth],
                [s for s in left if s.lat <= north - depth],
                [s for s in left if s.lon >= west + depth * 1.6],
                [s for s in left if s.lon <= east - depth * 1.6],
            ):
                kept = sum(s.n for s in inside)
                if not inside or kept < share * total or kept == held:
                    continue
                worth = (1 - _area(inside) / now) / ((held - kept) / held)
                if worth > _WORTH and (best is None or worth > best[0]):
                    best = worth, inside
        if best is None:
            return [[south, west], [north, east]]
        left = best[1]
