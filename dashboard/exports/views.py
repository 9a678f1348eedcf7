"""Saved views: named, ordered, with a caption, kept in a file beside the store; the sequence of a presentation.

Takes the store's address; gives `SavedView`s and writes them back.  A damaged file is moved aside, never overwritten.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from dashboard.exports.errors import ExportError
from dashboard.exports.page import PICTURES, Extent, parse_extent
from dashboard.exports.stamp import filters_from
from geodata.errors import FilterError

__all__ = ["SavedView", "moved", "read_views", "views_path", "write_views"]


@dataclass(frozen=True, slots=True)
class SavedView:
    """One step of a presentation: name, filters as an address, picture, caption, part of the world ('' = by data)."""

    name: str
    query: str = ""
    picture: str = "map"
    caption: str = ""
    extent: str = ""

    def __post_init__(self) -> None:
        """Refuse what cannot be shown.

        Raises
        ------
        ExportError : no such picture or part of the world, or filters that do not exist.
        """
        if self.extent:
            parse_extent(self.extent)
        if self.picture not in PICTURES:
            raise ExportError(f"no picture {self.picture!r}: it is one of {', '.join(PICTURES)}")
        try:
            filters_from(self.query)
        except FilterError as err:
            raise ExportError(f"the view {self.name!r} has filters that cannot be read: {err}") from err

    @property
    def part(self) -> Extent | None:
        """W, S, E, N in degrees; None = chosen from the data."""
        return parse_extent(self.extent) if self.extent else None


def views_path(store: str) -> Path:
    """Where the views of a store are kept: beside its file; in `data` for a database of another kind."""
    return Path("data/dateline.views.json") if "://" in store else Path(f"{store}.views.json")


def read_views(path: Path) -> tuple[SavedView, ...]:
    """The views in their order; none where there is no file.

    Raises
    ------
    ExportError : the file is damaged; it says which.
    """
    if not path.exists():
        return ()
    names = {f.name for f in fields(SavedView)}
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return tuple(SavedView(**{k: str(v) for k, v in row.items() if k in names}) for row in rows)
    except (ValueError, TypeError, AttributeError) as err:
        raise ExportError(f"the saved views in {path.name} cannot be read; move the file away to start anew") from err


def write_views(path: Path, views: Sequence[SavedView]) -> None:
    """All views, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps([asdict(view) for view in views], ensure_ascii=False, indent=1) + "\n"
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def moved(views: Sequence[SavedView], at: int, by: int) -> tuple[SavedView, ...]:
    """The views with one of them moved up (-1) or down (+1); unchanged at the ends.

    >>> [v.name for v in moved([SavedView("a"), SavedView("b")], 1, -1)]
    ['b', 'a']
    """
    out, to = list(views), at + by
    if 0 <= to < len(out):
        out[at], out[to] = out[to], out[at]
    return tuple(out)
