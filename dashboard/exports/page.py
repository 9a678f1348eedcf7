"""How an export should look: title, subtitle, size, light or dark, extent of the map.

A frozen value, checked when it is made; the command line and the panel fill it in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashboard.exports.errors import ExportError

__all__ = ["PICTURES", "SIZES", "Page", "parse_extent"]

#: name -> width and height in inches, dots per inch
SIZES: dict[str, tuple[float, float, int]] = {
    "1080p": (40 / 3, 7.5, 144),
    "720p": (40 / 3, 7.5, 96),
    "4k": (40 / 3, 7.5, 288),
    "a4": (11.69, 8.27, 300),
    "letter": (11.0, 8.5, 300),
}
PICTURES = ("map", "timeline", "matrix")
Extent = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Page:
    """Title and subtitle ('' = made from the filters), size (one of SIZES), dark, extent (W, S, E, N in degrees)."""

    title: str = ""
    subtitle: str = ""
    size: str = "1080p"
    dark: bool = False
    picture: str = "map"
    extent: Extent | None = None
    shade_by: str = "events"
    size_by: str = "same"
    supposed: bool = False  # hypothetical routes as well
    per_country: bool = False
    template: bytes | None = None
    changed: Any = None  # `changed.Comparison`: slides of what changed since then
    views: tuple[Any, ...] = ()  # of `views.SavedView`: slides of these instead of map, timeline and matrix

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        if self.size not in SIZES:
            raise ExportError(f"no size {self.size!r}: it is one of {', '.join(SIZES)}")
        if self.picture not in PICTURES:
            raise ExportError(f"no picture {self.picture!r}: it is one of {', '.join(PICTURES)}")


def parse_extent(text: str) -> Extent:
    """'W,S,E,N' in degrees; W may be greater than E: then the map runs across the antimeridian.

    Raises
    ------
    ExportError : not four numbers, or out of range.

    >>> parse_extent("60,35,75,45")
    (60.0, 35.0, 75.0, 45.0)
    """
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as err:
        raise ExportError(f"an extent is W,S,E,N in degrees, such as 60,35,75,45; not {text!r}") from err
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south < north <= 90 and west != east):
        raise ExportError(f"no such extent {text!r}: degrees, the second (south) below the fourth (north)")
    return west, south, east, north
