"""Which part of the world a picture shows, and in which projection: chosen from the data, equal in area.

Takes (lat, lon) spots or an extent; gives a `Window` that turns degrees into metres on paper.  All longitudes are taken
relative to the middle of the window, so the antimeridian is no edge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from dashboard.exports.page import Extent

__all__ = ["Window", "grown", "window_of"]

Floats = NDArray[np.float64]
_WORLD_LON = 11.0  # the seam of the world map at 169 W: through water only
_WORLD_LATS = (-58.0, 84.0)  # what a map of the world shows if it has room for it
_PAD, _LEAST_M = 0.09, 900_000.0
_WIDE_DEG = 110.0  # above this an equal-area map of the world, below an equal-area map around the middle


@dataclass(frozen=True)
class Window:
    """A projection around (lat_0, lon_0) and the rectangle in metres that is shown."""

    lat_0: float
    lon_0: float
    world: bool
    box: tuple[float, float, float, float]

    @cached_property
    def _transformer(self) -> Transformer:
        target = "+proj=eqearth +lon_0=0" if self.world else f"+proj=laea +lat_0={self.lat_0} +lon_0=0"
        return Transformer.from_crs("+proj=longlat +datum=WGS84", f"{target} +datum=WGS84 +units=m", always_xy=True)

    @property
    def width_m(self) -> float:
        """Width of the rectangle."""
        return self.box[2] - self.box[0]

    @property
    def height_m(self) -> float:
        """Height of the rectangle."""
        return self.box[3] - self.box[1]

    def relative(self, lon: Any) -> Floats:
        """Degrees east of the middle, -180 to 180."""
        return np.asarray((np.asarray(lon, float) - self.lon_0 + 180.0) % 360.0 - 180.0)

    def xy(self, lon: Any, lat: Any) -> Floats:
        """Metres on paper of positions in degrees, one row each."""
        x, y = self._transformer.transform(self.relative(lon), np.asarray(lat, float))
        return np.column_stack([np.atleast_1d(x), np.atleast_1d(y)])

    def holds(self, xy: Floats, pad_m: float = 0.0) -> NDArray[np.bool_]:
        """Which of the positions lie in the rectangle."""
        west, south, east, north = self.box
        inside = (xy[:, 0] > west - pad_m) & (xy[:, 0] < east + pad_m)
        return np.asarray(inside & (xy[:, 1] > south - pad_m) & (xy[:, 1] < north + pad_m))

    @cached_property
    def degrees(self) -> tuple[float, float, float, float]:
        """West, south, east, north in relative degrees of all that the rectangle can show, with a margin."""
        x, y = np.meshgrid(np.linspace(self.box[0], self.box[2], 33), np.linspace(self.box[1], self.box[3], 33))
        lon, lat = self._transformer.transform(x.ravel(), y.ravel(), direction="INVERSE", errcheck=False)
        known = np.isfinite(lon) & np.isfinite(lat)
        if self.world or not known.all():
            return -180.0, -90.0, 180.0, 90.0
        pole = abs(lat).max() > 88
        west, east = (-180.0, 180.0) if pole else (max(-180.0, lon.min() - 3), min(180.0, lon.max() + 3))
        return west, max(-90.0, lat.min() - 3), east, min(90.0, lat.max() + 3)

    def shapes(self, geometries: Any) -> Any:
        """Polygons or lines in degrees as metres on paper: cut at the seam, clipped, projected."""
        array = np.asarray(geometries, dtype=object)
        seam = (self.lon_0 + 360.0) % 360.0 - 180.0
        west, south, east, north = self.degrees
        parts = []
        for low, high in ((-180.0, seam), (seam, 180.0)):
            if high - low < 1e-9:
                continue
            middle = (low + high) / 2
            by = float(self.relative(middle)) - middle  # from degrees to degrees east of the middle of the window
            left, right = max(low, west - by), min(high, east - by)
            if right > left:
                cut = shapely.clip_by_rect(array, left, south, right, north)
                parts.append(shapely.transform(cut, partial(np.add, [by, 0.0])))
        if not parts:
            return np.full(len(array), shapely.GeometryCollection(), dtype=object)
        joined = (
            parts[0]
            if len(parts) == 1
            else np.array(
                [
                    b if a.is_empty else a if b.is_empty else shapely.GeometryCollection([a, b])
                    for a, b in zip(*parts, strict=True)
                ],
                dtype=object,
            )
        )
        if self.world:
            joined = shapely.segmentize(joined, 2.0)
        return shapely.transform(joined, self._project)

    def _project(self, coordinates: Floats) -> Floats:
        x, y = self._transformer.transform(coordinates[:, 0], coordinates[:, 1])
        return np.column_stack([x, y])


def _arc(lons: Floats) -> tuple[float, float]:
    """Middle and width in degrees of the shortest arc that holds all longitudes."""
    ordered = np.unique(np.round(lons % 360.0, 6))
    gaps = np.diff(np.append(ordered, ordered[0] + 360.0))
    widest = int(np.argmax(gaps))
    width = 360.0 - float(gaps[widest])
    start = float(ordered[(widest + 1) % len(ordered)])
    return (start + width / 2 + 180.0) % 360.0 - 180.0, width


def _cuts(lons: Floats, lon_0: float) -> bool:
    """Whether a line is cut by the seam of a map around lon_0."""
    return bool((np.abs(np.diff((lons - lon_0 + 180.0) % 360.0)) > 180).any())


def window_of(
    spots: Sequence[tuple[float, float]],
    aspect: float,
    extent: Extent | None = None,
    lines: Sequence[Floats] = (),
) -> Window:
    """The window for what is drawn.

    Parameters
    ----------
    spots : (lat, lon) of everything drawn; none gives the world. aspect : width by height of the map on paper
    extent : W, S, E, N to show instead. lines : longitudes of lines that the seam of a world map should not cut
    """
    if extent:
        west, south, east, north = extent
        width = (east - west) % 360.0 or 360.0
        along = np.linspace(west, west + width, 25)
        spots = [(lat, (lon + 180) % 360 - 180) for lon in along for lat in (south, north)]
    lats, lons = np.array([s[0] for s in spots], float), np.array([s[1] for s in spots], float)
    if not len(lats):
        return _fitted(
            Window(0.0, _WORLD_LON, True, (0, 0, 0, 0)),
            np.array([-56.0, 74.0]),
            np.array([-168.0, -169.1]),
            aspect,
            0.0,
        )
    middle, width = _arc(lons)
    world = width > _WIDE_DEG or float(lats.max() - lats.min()) > 100
    if width > 200 and abs((middle - _WORLD_LON + 180) % 360 - 180) < (360 - width) / 2:
        middle = _WORLD_LON  # the usual map of the world, where its seam cuts nothing
    if world and not extent:
        middle = min((middle, _WORLD_LON), key=lambda lon_0: sum(_cuts(line, lon_0) for line in lines))
    lat_0 = 0.0 if world else float((lats.max() + lats.min()) / 2)
    return _fitted(Window(lat_0, middle, world, (0, 0, 0, 0)), lats, lons, aspect, 0.0 if extent else _PAD)


def grown(window: Window, xy: Floats) -> Window:
    """The window, higher (and as much wider) where positions on paper (metres) would lie above or below it."""
    if not len(xy):
        return window
    west, south, east, north = window.box
    pad = 0.04 * window.height_m
    low, high = min(south, float(xy[:, 1].min()) - pad), max(north, float(xy[:, 1].max()) + pad)
    more = (high - low) / window.height_m * window.width_m / 2
    middle = (west + east) / 2
    return replace(window, box=(middle - more, low, middle + more, high))


def _fitted(window: Window, lats: Floats, lons: Floats, aspect: float, pad: float) -> Window:
    xy = window.xy(lons, lats)
    (west, south), (east, north) = xy.min(axis=0), xy.max(axis=0)
    width, height = (east - west) * (1 + 2 * pad), (north - south) * (1 + 2.4 * pad)
    width, height = max(width, _LEAST_M * aspect), max(height, _LEAST_M)
    width, height = max(width, height * aspect), max(height, width / aspect)
    x, y = (west + east) / 2, (south + north) / 2
    if window.world:  # no more of the empty corners beyond the globe than needed
        low, high = (float(window.xy([window.lon_0], [lat])[0, 1]) for lat in _WORLD_LATS)
        y = min(max(y, low + height / 2), high - height / 2) if height < high - low else (low + high) / 2
        edge = 0.46 * height  # but everything drawn stays inside, off the edge
        y = min(max(y, north - edge), south + edge) if north - south < 2 * edge else (north + south) / 2
    return Window(
        window.lat_0, window.lon_0, window.world, (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    )
