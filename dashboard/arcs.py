"""Great circles for the screen: the shortest way between two points, cut where it crosses the antimeridian.

Takes degrees (WGS 84, treated as a sphere: the error is far below a pixel); gives lists of [lat, lon].
"""
from __future__ import annotations

import math

import numpy as np

__all__ = ["great_circle"]

_KM_PER_STEP = 150.0
_EARTH_KM = 6371.0


def _unit(lat: float, lon: float) -> np.ndarray:
    a, b = math.radians(lat), math.radians(lon)
    return np.array([math.cos(a) * math.cos(b), math.cos(a) * math.sin(b), math.sin(a)])


def great_circle(lat1: float, lon1: float, lat2: float, lon2: float) -> list[list[list[float]]]:
    """Points along the great circle, about one per 150 km; two parts where it crosses 180 degrees.

    Two opposite points of the globe have no single shortest way; the one over the pole is taken.

    >>> great_circle(0, 170, 0, -170)[0][-1]
    [0.0, 180.0]
    """
    a, b = _unit(lat1, lon1), _unit(lat2, lon2)
    angle = math.acos(float(np.clip(a @ b, -1.0, 1.0)))
    if math.isclose(angle, math.pi, abs_tol=1e-9):
        half = math.copysign(90.0, lat1 + lat2 or 1.0)
        return great_circle(lat1, lon1, half, lon1) + great_circle(half, lon2, lat2, lon2)
    steps = max(8, math.ceil(angle * _EARTH_KM / _KM_PER_STEP))
    t = np.linspace(0.0, 1.0, steps + 1)[:, None]
    points = (1 - t) * a + t * b if angle < 1e-9 else (np.sin((1 - t) * angle) * a + np.sin(t * angle) * b) / math.sin(angle)
    lats = np.degrees(np.arcsin(np.clip(points[:, 2], -1, 1)))
    lons = np.degrees(np.arctan2(points[:, 1], points[:, 0]))
    lons[0], lons[-1] = lon1, lon2
    return _cut(lats, lons)


def _cut(lats: np.ndarray, lons: np.ndarray) -> list[list[list[float]]]:
    parts: list[list[list[float]]] = [[_point(lats[0], lons[0])]]
    for i in range(1, len(lons)):
        step = lons[i] - lons[i - 1]
        if abs(step) > 180:
            edge = math.copysign(180.0, lons[i - 1])
            whole = 360 - abs(step)
            share = abs(edge - lons[i - 1]) / whole if whole else 0.0
            lat = lats[i - 1] + share * (lats[i] - lats[i - 1])
            parts[-1].append(_point(lat, edge))
            parts.append([_point(lat, -edge)])
        parts[-1].append(_point(lats[i], lons[i]))
    return parts


def _point(lat: float, lon: float) -> list[float]:
    return [round(float(lat), 3) + 0.0, round(float(lon), 3) + 0.0]
