"""The evidence for each candidate of a document, all computed together.

Takes the candidates; gives one row of `CANDIDATE_FEATURES` each.  What does not depend on the other names is computed
once;
what does is filled in anew for each pass.  The weights are in `models`, the decision is `resolve`'s.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from geodata.candidates import Candidates, group_slice
from geodata.gazetteer import Gazetteer
from geodata.gazetteer_sources import (
    ABBR,
    ADMIN1,
    ADMIN2,
    ALTERNATE,
    COUNTRY,
    DEMONYM,
    DERIVED,
    ISLAND,
    PRIMARY,
    SETTLEMENT,
    SITE,
)

__all__ = ["CANDIDATE_FEATURES", "Evidence"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

CANDIDATE_FEATURES = (
    "country",
    "admin1",
    "admin2",
    "settlement",
    "site",
    "region",
    "water",
    "log_population",
    "below_largest",
    "share",
    "rank",
    "primary",
    "derived",
    "demonym",
    "abbreviation",
    "capital",
    "area_word_agrees",
    "area_word_contradicts",
    "contained",
    "not_contained",
    "contains",
    "country_support",
    "admin1_support",
    "admin2_support",
    "country_named",
    "admin1_named",
    "admin2_named",
    "near_50",
    "near_161",
    "near_500",
    "nearest",
    "home",
    "same_sense",
    "n_candidates",
    "mentions",
    "stage1",
    "country_top",
    "admin1_top",
    "words",
    "has_country",
    "has_admin1",
    "twin_area",
    "twin_town",
    "list_kind",
    "list_country",
    "areas_named",
    "by_sound",
)

_COLUMN = {name: k for k, name in enumerate(CANDIDATE_FEATURES)}
_KIND_BONUS = np.array([4.0, 2.5, 0.2, 0.0, 3.0, 4.0, 3.0, 1.0])


def _numbered(code: Ints, most: int) -> Ints:
    """Equal codes (-1 to `most` - 1) get equal numbers below len(code): the place of the last of them.

    Without sorting; of the large table only what is written is ever touched.
    """
    last = np.empty(most + 1, np.int64)
    last[code] = np.arange(len(code))
    return last[code]


#: what `_Areas.support` weighs: level of area (country, first, second) of each line of probabilities
_LEVELS = np.array([0, 0, 0, 1, 1, 2, 2])


class _Areas:
    """The areas of all candidates at three levels: how much of the other names' weight lies in each."""

    def __init__(self, c: Candidates, codes: list[Ints], sizes: list[int]) -> None:
        n, groups = len(c.row), len(c.first)
        idx = [_numbered(code, size) for code, size in zip(codes, sizes, strict=True)]
        pair = [c.group * n + i for i in idx]
        if groups * n > 500_000:  # thousands of names: no table of all pairs
            pair = [np.unique(x, return_inverse=True)[1] for x in pair]
        else:
            pair = [_numbered(x, groups * n) for x in pair]
        shift = np.arange(len(_LEVELS))[:, None] * n
        self.idx, self.pair = (np.stack(x)[_LEVELS] + shift for x in (idx, pair))
        self.weight = c.weight[c.group]
        self.counted = self.weight * (np.stack(codes) >= 0)[_LEVELS]
        self.others = np.maximum(max(1e-6, float(c.weight.sum())) - self.weight, 1e-6)

    def support(self, p: Floats) -> tuple[Floats, Floats]:
        """Per line of `p` (see _LEVELS): share of the other groups' weight in the candidate's area; and the same
        over the best area's.
        """
        weighted = (p * self.counted).ravel()
        total = np.bincount(self.idx.ravel(), weighted, p.size)
        rest = total[self.idx] - np.bincount(self.pair.ravel(), weighted, p.size)[self.pair]
        best = np.maximum(total.reshape(p.shape).max(axis=1), 1e-6)
        return rest / self.others, rest / best[:, None]


class Evidence:
    """CANDIDATE_FEATURES of a document's candidates.

    home : ISO3 of the country the publisher writes for, a weak hint.
    """

    def __init__(self, c: Candidates, g: Gazetteer, home: str | None = None) -> None:
        self.c, self.g = c, g
        rows = c.row
        self.kind = g.kind[rows].astype(np.int64)
        kind = self.kind
        self.iso = g.iso[rows].astype(np.int64)
        codes = [
            np.where(self.iso == 0, -1, self.iso),
            np.where(kind == ADMIN1, rows, g.admin1[rows]).astype(np.int64),
            np.where(kind == ADMIN2, rows, g.admin2[rows]).astype(np.int64),
        ]
        self.areas = _Areas(c, codes, [len(g.iso3), len(g), len(g)])
        self.base = _stage1(c, g, kind)
        self.is_area1 = (kind == ADMIN1) * 1.0
        every = np.ones(len(kind))
        self.lines = np.stack(
            [every, kind == COUNTRY, self.is_area1, every, self.is_area1, every, kind == ADMIN2]
        )  # in the order of _LEVELS
        lat, lon = (
            np.radians(np.where(np.isnan(a), 0.0, a)) for a in (g.lat[rows].astype(float), g.lon[rows].astype(float))
        )
        self.unit = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
        keys = np.array(c.key)
        n = len(keys)  # a list of thousands of names: only the most place-like ones count for distances
        self.around = np.arange(n) if n * len(rows) <= _PAIRS else np.argsort(-c.weight)[: max(20, _PAIRS // len(rows))]
        self.other = keys[c.group][:, None] != keys[self.around][None, :]
        self.x = np.zeros((len(rows), len(CANDIDATE_FEATURES)), order="F")  # filled column by column
        self._fixed(home)

    def _set(self, **columns: Any) -> None:
        for name, values in columns.items():
            self.x[:, _COLUMN[name]] = values

    def _fixed(self, home: str | None) -> None:
        c, g, kind, rows = self.c, self.g, self.kind, self.c.row
        pop = np.log10(g.population[rows] + 1.0)
        size = np.exp(pop * 2.3)
        kinds = ("country", "admin1", "admin2", "settlement", "site", "region", "water")
        for k, name in enumerate(kinds):
            self.x[:, _COLUMN[name]] = kind == k
        self.x[:, _COLUMN["region"]] += kind == ISLAND
        area, town = _twins(c, g, kind)
        flag = c.flag
        self._set(
            log_population=pop,
            below_largest=np.maximum.reduceat(pop, c.first)[c.group] - pop,
            share=size / np.add.reduceat(size, c.first)[c.group],
            rank=np.log1p(np.arange(len(rows)) - c.first[c.group]),
            primary=flag & PRIMARY > 0,
            derived=(flag & DERIVED > 0) & (flag & (PRIMARY | ALTERNATE) == 0),
            demonym=flag & DEMONYM > 0,
            abbreviation=flag & ABBR > 0,
            capital=g.capital[rows],
            area_word_agrees=c.agrees,
            area_word_contradicts=c.contradicts,
            contained=c.contained,
            not_contained=c.not_contained,
            contains=c.contains,
            home=self.iso == (g.iso3.index(home) if home in g.iso3 else -2),
            same_sense=_same_sense(c),
            n_candidates=np.log1p(np.diff(np.append(c.first, len(rows)))[c.group]),
            mentions=np.log1p(np.array([len(m) for m in c.members], float)[c.group]),
            stage1=self.base / 10,
            words=np.array([n.count(" ") + 1 for n in c.name], float)[c.group],
            has_country=np.maximum.reduceat((kind == COUNTRY) * 1.0, c.first)[c.group],
            has_admin1=np.maximum.reduceat(self.is_area1, c.first)[c.group],
            twin_area=area,
            twin_town=town,
            by_sound=np.array([k >= g.n_names for k in c.key], float)[c.group],
        )

    def rows(self, p: Floats | None = None) -> Floats:
        """The features, given probabilities of an earlier pass (default: from prominence and explicit containment)."""
        c = self.c
        p = within_groups(self.base, c) if p is None else p
        share, over_best = self.areas.support(p * self.lines)
        named = np.sqrt(share)
        near, nearest = self._proximity(p)
        same_kind, same_iso = _lists(c, self.g, p, self.kind)
        self._set(
            country_support=share[0],
            country_top=over_best[0],
            admin1_support=share[3],
            admin1_top=over_best[3],
            admin2_support=share[5],
            country_named=named[1],
            admin1_named=named[4],
            admin2_named=named[6],
            near_50=near[0],
            near_161=near[1],
            near_500=near[2],
            nearest=nearest,
            list_kind=same_kind,
            list_country=same_iso,
            areas_named=named[2],
        )
        return self.x

    def _proximity(self, p: Floats) -> tuple[list[Floats], Floats]:
        """Weight of other names within 50, 161 and 500 km, and the log distance to the nearest of them."""
        c = self.c
        top = np.lexsort((-p, c.group))[c.first][self.around]
        kind = self.kind[top]
        point = (kind == ADMIN1) | (kind == ADMIN2) | (kind == SETTLEMENT) | (kind == SITE) | (kind == ISLAND)
        if not point.any():
            return [np.zeros(len(c.row))] * 3, np.full(len(c.row), 10.0)
        weight = c.weight[self.around] * point * p[top]
        cos = np.where(self.other, self.unit @ self.unit[top].T, -1.0)
        scale = np.sqrt(max(1e-6, float(c.weight.sum())))
        near = [(cos > limit) @ weight / scale for limit in _COSINES]
        best = cos[:, weight > 0.2].max(axis=1, initial=-1.0)
        return near, np.log1p(6371 * np.arccos(np.clip(best, -1, 1)))


_PAIRS = 4_000_000
_COSINES = [float(np.cos(km / 6371)) for km in (50, 161, 500)]


def within_groups(score: Floats, c: Candidates) -> Floats:
    """Softmax of scores over each group's candidates."""
    e = np.exp(score - np.maximum.reduceat(score, c.first)[c.group])
    return e / np.add.reduceat(e, c.first)[c.group]  # type: ignore[no-any-return]


def _stage1(c: Candidates, g: Gazetteer, kind: Ints) -> Floats:
    """First score, without context: prominence, kind, explicit containment."""
    score = 0.9 * np.log10(g.population[c.row] + 10.0) + _KIND_BONUS[kind]
    score += 1.0 * (c.flag & PRIMARY > 0) + 1.0 * g.capital[c.row]
    score -= 1.0 * (c.flag & DERIVED > 0) * (c.flag & (PRIMARY | ALTERNATE) == 0)
    return score + 5.0 * c.contained - 2.0 * c.not_contained + 4.0 * c.contains + 2.5 * c.agrees - 2.5 * c.contradicts  # type: ignore[no-any-return]


def _lists(c: Candidates, g: Gazetteer, p: Floats, kind: Ints) -> list[Floats]:
    """Do the neighbours in an enumeration look like the same kind of place, in the same country?"""
    same_kind, same_iso, seen = (np.zeros(len(c.row)) for _ in range(3))
    level = np.where(kind == ADMIN2, SETTLEMENT, kind)
    iso = g.iso[c.row]
    for a, b in c.links:
        for x, y in ((group_slice(c, a), group_slice(c, b)), (group_slice(c, b), group_slice(c, a))):
            by_kind = np.bincount(level[y], p[y], 8)
            by_iso = np.bincount(iso[y], p[y], 256)
            same_kind[x] += by_kind[level[x]]
            same_iso[x] += by_iso[iso[x]]
            seen[x] += 1
    return [
        np.where(seen > 0, same_kind / np.maximum(seen, 1), -0.2),
        np.where(seen > 0, same_iso / np.maximum(seen, 1), -0.2),
    ]


def _twins(c: Candidates, g: Gazetteer, kind: Ints) -> list[Floats]:
    """An area with a town of its name in it, and the town: how large the town is in the area (0 where there is no
    twin).
    """
    area, town = np.zeros(len(c.row)), np.zeros(len(c.row))
    size = len(g)
    code = c.group * size + c.row
    order = np.argsort(code)
    towns = np.flatnonzero(kind == SETTLEMENT)
    for parent in (g.admin1, g.admin2):
        wanted = c.group[towns] * size + parent[c.row[towns]]
        at = order[np.minimum(np.searchsorted(code, wanted, sorter=order), len(order) - 1)]
        hit = (code[at] == wanted) & (parent[c.row[towns]] >= 0)
        if hit.any():
            inner, outer = towns[hit], at[hit]
            share = np.minimum(1, (g.population[c.row[inner]] + 1.0) / (g.population[c.row[outer]] + 1.0)) + 0.2
            np.maximum.at(area, outer, share)
            np.maximum.at(town, inner, share)
    return [area, town]


def _same_sense(c: Candidates) -> Floats:
    """The same name is explicitly placed elsewhere in the document, here."""
    out = np.zeros(len(c.row))
    by_key: dict[int, list[int]] = {}
    for group, key in enumerate(c.key):
        by_key.setdefault(key, []).append(group)
    for groups in by_key.values():
        if len(groups) > 1:
            sure = {
                int(r)
                for k in groups
                for r, x in zip(c.row[group_slice(c, k)], c.contained[group_slice(c, k)], strict=True)
                if x
            }
            for k in groups if sure else ():
                at = group_slice(c, k)
                out[at] = np.isin(c.row[at], list(sure))
    return out
