"""The ground of a map picture: sea, land, shading by country, borders, provinces where there is room for them.

Takes a `Canvas`; draws on it.  Shapes are taken as fine as the scale needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle

from dashboard.exports.window import Window
from geodata import shapes

__all__ = ["Canvas", "draw_ground", "outline_of"]

_COARSE_M = 7_000_000.0  # wider than this, the thinned country shapes of the screen are enough
_PROVINCES_M = 2_600_000.0  # narrower than this, provinces are drawn


@dataclass
class Canvas:
    """Axes in metres, metres per point on paper, colours, scale of type; boxes taken and lines drawn (metres)."""

    ax: Axes
    window: Window
    unit: float
    colours: Mapping[str, str]
    k: float
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)
    lines: list[Any] = field(default_factory=list)

    def crossed(self, box: tuple[float, float, float, float]) -> bool:
        """Whether a line that was drawn runs through a rectangle."""
        if len(self.lines) != self._known:
            self._tree, self._known = shapely.STRtree(self.lines), len(self.lines)
        return bool(self._tree is not None and len(self._tree.query(shapely.box(*box), predicate="intersects")))

    _tree: Any = field(default=None, repr=False)
    _known: int = field(default=0, repr=False)


def _plot(canvas: Canvas, geometry: Any, **style: Any) -> None:
    series = gpd.GeoSeries(geometry)
    series = series[~series.is_empty]
    if len(series):
        series.plot(ax=canvas.ax, aspect=None, autolim=False, **style)


def _polygons(geometry: Any) -> Any:
    """Only the areal parts, each geometry as one MultiPolygon."""
    out = []
    for shape in geometry:
        parts = [p for p in shapely.get_parts(shapely.get_parts(shape)) if p.geom_type in ("Polygon", "MultiPolygon")]
        flat = [q for p in parts for q in shapely.get_parts(p)]
        out.append(shapely.MultiPolygon(flat) if flat else shapely.MultiPolygon())
    return np.array(out, dtype=object)


def outline_of(canvas: Canvas, geometry: Any) -> Any:
    """One shape in degrees (shapely) as areas on paper, thinned to what the scale shows; may be empty."""
    shape = canvas.window.shapes([geometry])
    return _polygons(shapely.simplify(shape, canvas.unit * 0.35))[0]


def _graticule(canvas: Canvas) -> None:
    window = canvas.window
    west, south, east, north = window.degrees
    step = next(s for s in (1, 2, 5, 10, 20, 30) if max(east - west, (north - south) * 1.5) / s <= 12 or s == 30)
    lines = []
    for lon in np.arange(-180, 180.1, step):
        rel = float(window.relative(lon))
        if west <= rel <= east:
            lines.append(window.xy(np.full(61, lon), np.linspace(max(south, -85), min(north, 85), 61)))
    for lat in np.arange(-80, 80.1, step):
        if south <= lat <= north:
            lon_line = np.linspace(max(west, -179.999), min(east, 179.999), 121) + window.lon_0
            lines.append(window.xy(lon_line, np.full(121, lat)))
    canvas.ax.add_collection(
        LineCollection(lines, colors=canvas.colours["line"], linewidths=0.35 * canvas.k, alpha=0.55, zorder=1),
        autolim=False,
    )


def _provinces(canvas: Canvas) -> None:
    frame = shapes.admin1()
    edges = _polygons(shapely.simplify(canvas.window.shapes(frame.geometry.to_numpy()), canvas.unit * 0.5))
    _plot(
        canvas,
        edges,
        facecolor="none",
        edgecolor=canvas.colours["quiet"],
        linewidth=0.3 * canvas.k,
        alpha=0.35,
        zorder=3,
    )


def draw_ground(canvas: Canvas, classes: Mapping[str, Mapping[str, Any]]) -> None:
    """Sea, graticule, land (shaded where `classes` gives iso3 -> {'c': 0..5}), borders, borders in dispute."""
    ax, colours = canvas.ax, canvas.colours
    west, south, east, north = canvas.window.box
    ax.set(xlim=(west, east), ylim=(south, north), facecolor=colours["sea"])
    ax.set_axis_off()
    sea = Rectangle((west, south), east - west, north - south, facecolor=colours["sea"], edgecolor="none", zorder=0)
    ax.add_artist(sea)
    _graticule(canvas)
    frame = shapes.screen() if canvas.window.width_m > _COARSE_M else shapes.countries()
    land = _polygons(shapely.simplify(canvas.window.shapes(frame.geometry.to_numpy()), canvas.unit * 0.35))
    fills = [colours[f"c{classes[i]['c']}"] if i in classes else colours["land"] for i in frame["iso3"]]
    known = ~shapely.is_empty(land)
    _plot(
        canvas,
        land[known],
        facecolor=np.array(fills, dtype=object)[known].tolist(),
        edgecolor=colours["border"],
        linewidth=0.7 * canvas.k,
        zorder=2,
    )
    if canvas.window.width_m < _PROVINCES_M:
        _provinces(canvas)
    lines = canvas.window.shapes(shapes.disputed().geometry.to_numpy())
    flat = [part for shape in lines for part in shapely.get_parts(shapely.get_parts(shape)) if not part.is_empty]
    drawn = LineCollection(
        [shapely.get_coordinates(p) for p in flat],
        colors=colours["quiet"],
        linewidths=0.6 * canvas.k,
        linestyles=[(0, (2, 2))],
        alpha=0.6,
        zorder=3,
    )
    ax.add_collection(drawn, autolim=False)
