"""Events that would lie on one another on paper become one sign with their number.

Takes the points of a map payload and their positions; gives groups.  Draws nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Group", "groups_of"]


@dataclass
class Group:
    """Points that share a sign: position (metres), number, kinds, places by number of events, radius in points, ids."""

    x: float
    y: float
    n: int
    mix: dict[str, int]
    places: dict[str, int] = field(default_factory=dict)
    point: Mapping[str, Any] | None = None  # the one event, where there is only one
    r: float = 6.0
    ids: frozenset[str] = frozenset()

    def label(self) -> str:
        """'Istanbul', or 'Istanbul +2' where other places are counted with it."""
        ranked = sorted(self.places, key=lambda name: (-self.places[name], name))
        return ranked[0] + (f" +{len(ranked) - 1}" if len(ranked) > 1 else "") if ranked else ""


def _radius(group: Group) -> float:
    if group.point is not None:
        return 0.75 * float(group.point["r"])
    return min(20.0, 8.0 + 1.7 * math.log2(max(group.n, 2)))


def _merged(members: Sequence[Group]) -> Group:
    n = sum(m.n for m in members)
    mix: dict[str, int] = {}
    places: dict[str, int] = {}
    for m in members:
        for kind, count in m.mix.items():
            mix[kind] = mix.get(kind, 0) + count
        for place, count in m.places.items():
            places[place] = places.get(place, 0) + count
    x, y = sum(m.x * m.n for m in members) / n, sum(m.y * m.n for m in members) / n
    group = Group(x, y, n, mix, places, ids=frozenset().union(*(m.ids for m in members)))
    group.r = _radius(group)
    return group


def _single(point: Mapping[str, Any], xy: NDArray[np.float64]) -> Group:
    n = int(point.get("many") or 1)
    places = {str(point["place"]): n} if isinstance(point["place"], str) else {}
    one = None if point.get("many") else point
    ids = frozenset((str(point["id"]),))
    group = Group(float(xy[0]), float(xy[1]), n, dict(point["mix"]), places, one, ids=ids)
    group.r = _radius(group)
    return group


def groups_of(points: Sequence[Mapping[str, Any]], xy: NDArray[np.float64], unit: float, k: float) -> list[Group]:
    """Groups, largest first, none of which hides another.

    Parameters
    ----------
    points : of `dashboard.marks.point_marks`. xy : metres, one row per point. unit : metres per point on paper
    """
    groups = [_single(point, at) for point, at in zip(points, xy, strict=True)]
    for _ in range(8):
        before = len(groups)
        groups = _round(groups, unit * k)
        if len(groups) == before:
            break
    return groups


def _round(groups: list[Group], unit: float) -> list[Group]:
    """Each group in turn, largest first, takes in those that it covers."""
    order = sorted(groups, key=lambda g: (-g.n, g.x, g.y))
    xs, ys, rs = (np.array([getattr(g, a) for g in order]) for a in ("x", "y", "r"))
    free = np.ones(len(order), bool)
    out = []
    for i, group in enumerate(order):
        if not free[i]:
            continue
        far = np.hypot(xs - group.x, ys - group.y)
        near = np.flatnonzero(free & (far < (rs + group.r) * 0.82 * unit))
        free[near] = False
        out.append(_merged([order[j] for j in near]) if len(near) > 1 else group)
    return out
