"""Candidates of all mentions of a document, and the evidence for each of them, computed together.

Takes spans with their context features and the gazetteer; gives arrays: one line per candidate with `CANDIDATE_FEATURES`.
The weights that turn evidence into probabilities are in `models`; the decision is `resolve`'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from extract.mention_lexicon import PlaceWords
from extract.mentions import FEATURES, Around
from geodata.gazetteer import Gazetteer
from geodata.gazetteer_sources import (
    ABBR,
    ADMIN1,
    ADMIN2,
    ALTERNATE,
    ARTICLE,
    CAPS,
    COUNTRY,
    DEMONYM,
    DERIVED,
    KINDS,
    PRIMARY,
    SETTLEMENT,
)

__all__ = ["CANDIDATE_FEATURES", "Candidates", "candidates", "evidence"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
MOST = 24  # candidates kept per name

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
    "same_name_area",
    "by_sound",
)

_AT = {name: k for k, name in enumerate(FEATURES)}
_KIND_BONUS = np.array([4.0, 2.5, 0.2, 0.0, 3.0, 4.0, 3.0, 1.0])
_KIND_OF = {name: k for k, name in enumerate(KINDS)}


@dataclass(slots=True)
class Candidates:
    """Groups of mentions (same name in the same role) and their candidates, flat."""

    group_of: list[int]  # per span: its group, -1 without candidate
    key: list[int]  # per group
    name: list[str]  # per group: its folded name
    links: list[tuple[int, int]]  # groups that stand side by side in an enumeration
    members: list[list[int]]  # per group: its spans
    weight: Floats  # per group: how place-like its mentions look before resolution
    group: Ints  # per candidate
    row: Ints  # per candidate: gazetteer row
    flag: Ints  # per candidate: name flags
    first: Ints  # per group: first candidate (candidates of a group are contiguous)
    agrees: Floats
    contradicts: Floats
    contained: Floats
    not_contained: Floats
    contains: Floats


def _allowed(
    flags: npt.NDArray[np.uint8], surface: str, single: bool, after_comma: bool, article: bool
) -> npt.NDArray[np.bool_]:
    """Which names may be written like this: "US" not "us", "Tex." only after a comma or with its full stop."""
    ok = np.ones(len(flags), bool)
    plain = surface.replace(".", "").replace(" ", "")
    if not plain.isupper():
        ok &= (flags & CAPS == 0) | (flags & ABBR != 0)
    if not article:
        ok &= (flags & (255 - ARTICLE)) != 0
    if single and not after_comma:
        ok &= (flags & (255 - ABBR - CAPS)) != 0
    return ok


def _likeness(f: list[float]) -> float:
    """How place-like a mention looks by its surroundings alone, 0 to 1 (a coarse weight for the first pass)."""
    v = (
        0.5
        + 0.3 * f[_AT["prev_locative"]]
        + 0.3 * f[_AT["comma_after_name"]]
        + 0.3 * f[_AT["after_comma_name"]]
        + 0.2 * (f[_AT["words"]] > 1)
    )
    v -= 0.4 * (f[_AT["prev_title"]] or f[_AT["prev_given"]]) + 0.25 * f[_AT["given"]] + 0.15 * f[_AT["prev_capital"]]
    v -= 0.2 * (f[_AT["common"]] >= 2) + 0.25 * f[_AT["next_street"]] + 0.15 * f[_AT["next_capital"]]
    return min(1.0, max(0.05, v))


def candidates(around: Around, feats: list[list[float]], g: Gazetteer, words: PlaceWords) -> Candidates:
    """Group the spans of a document and collect what each may mean."""
    groups: dict[tuple[int, int, bool, str], int] = {}
    c = Candidates(
        [], [], [], [], [], np.empty(0), *(np.empty(0, np.int64) for _ in range(4)), *(np.empty(0) for _ in range(5))
    )
    rows: list[npt.NDArray[Any]] = []
    flags: list[npt.NDArray[Any]] = []
    weights: list[float] = []
    for n, s in enumerate(around.spans):
        after, before = around.comma_after(s), around.comma_before(s)
        surface = around.text[s.start : s.end]
        kinds = _area_word(around, n, words)
        role = (
            s.key,
            around.spans[after].key if after >= 0 else -1,
            before >= 0,
            kinds or ("^" if surface.isupper() else ""),
        )
        known = groups.get(role)
        if known is None:
            r, f = g.rows_of(s.key)
            f = np.asarray(f)
            ok = _allowed(f, surface, s.j - s.i == 1, before >= 0, s.i > 0 and around.tokens[s.i - 1].norm == "the")
            r, f = np.asarray(r)[ok][:MOST], f[ok][:MOST]
            if not len(r):
                c.group_of.append(-1)
                continue
            known = groups[role] = len(groups)
            c.key.append(s.key)
            c.name.append(s.name)
            c.members.append([])
            weights.append(0.0)
            rows.append(r)
            flags.append(f)
        c.group_of.append(known)
        c.members[known].append(n)
        weights[known] = max(weights[known], _likeness(feats[n]))
    if not rows:
        return c
    sizes = [len(r) for r in rows]
    c.weight = np.array(weights)
    c.first = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    c.group = np.repeat(np.arange(len(rows)), sizes)
    c.row = np.concatenate(rows).astype(np.int64)
    c.flag = np.concatenate(flags).astype(np.int64)
    for name in ("agrees", "contradicts", "contained", "not_contained", "contains"):
        setattr(c, name, np.zeros(len(c.row)))
    c.links = _enumerations(c, around)
    _area_words(c, around, g, words)
    _containment(c, around, g)
    return c


def _area_word(around: Around, n: int, words: PlaceWords) -> str:
    """The type word beside a mention ("Khatlon province", "city of Paris"), "" where there is none."""
    s, tokens = around.spans[n], around.tokens
    if s.j < len(tokens) and tokens[s.j].joint == 1 and tokens[s.j].norm in words.area_words:
        return tokens[s.j].norm
    if s.i > 1 and tokens[s.i].joint == 1 and tokens[s.i - 1].norm == "of" and tokens[s.i - 2].norm in words.area_words:
        return tokens[s.i - 2].norm
    return ""


def _slice(c: Candidates, group: int) -> slice:
    a = int(c.first[group])
    b = int(c.first[group + 1]) if group + 1 < len(c.first) else len(c.row)
    return slice(a, b)


def _area_words(c: Candidates, around: Around, g: Gazetteer, words: PlaceWords) -> None:
    for group, members in enumerate(c.members):
        word = next((w for n in members if (w := _area_word(around, n, words))), "")
        if word:
            at = _slice(c, group)
            wanted = [_KIND_OF[k] for k in words.area_words[word] if k in _KIND_OF]
            agree = np.isin(g.kind[c.row[at]], wanted)
            c.agrees[at] = agree
            c.contradicts[at] = ~agree if agree.any() else 0


def inside(g: Gazetteer, rows: Ints, containers: Ints) -> npt.NDArray[np.bool_]:
    """Matrix: does place i lie in container j (a country, first or second level area)?"""
    kind = g.kind[containers]
    iso = g.iso[rows][:, None] == g.iso[containers][None, :]
    result = (g.admin1[rows][:, None] == containers[None, :]) | (g.admin2[rows][:, None] == containers[None, :])
    result |= iso & (kind == COUNTRY)[None, :]
    return result & (rows[:, None] != containers[None, :]) & (g.kind[rows] > COUNTRY)[:, None]  # type: ignore[no-any-return]


def _containment(c: Candidates, around: Around, g: Gazetteer) -> None:
    """ "X, Y" and "X (Y": candidates of X inside candidates of Y."""
    done: set[tuple[int, int]] = set()
    for n, s in enumerate(around.spans):
        m = around.comma_after(s)
        a, b = c.group_of[n], c.group_of[m] if m >= 0 else -1
        if a < 0 or b < 0 or (a, b) in done:
            continue
        done.add((a, b))
        x, y = _slice(c, a), _slice(c, b)
        areas = (g.kind[c.row[y]] <= ADMIN2) & (c.flag[y] & DEMONYM == 0)
        if not areas.any():
            continue
        grid = inside(g, c.row[x], c.row[y]) & areas[None, :]
        if grid.any():
            within = grid.any(axis=1)
            c.contained[x] = np.maximum(c.contained[x], within)
            c.not_contained[x] = ~within
            c.contains[y] = np.maximum(c.contains[y], grid.any(axis=0))


def _softmax(score: Floats, c: Candidates) -> Floats:
    top = np.maximum.reduceat(score, c.first)
    e = np.exp(score - top[c.group])
    return e / np.add.reduceat(e, c.first)[c.group]  # type: ignore[no-any-return]


def _support(c: Candidates, code: Ints, p: Floats) -> tuple[Floats, Floats]:
    """Share of the other groups' weight that lies in the candidate's area (`code`, -1 none); and the same over the best area."""
    used, idx = np.unique(code, return_inverse=True)
    grid = np.zeros((len(c.first), len(used)))
    np.add.at(grid, (c.group, idx), p)
    if used[0] < 0:
        grid[:, 0] = 0
    total = c.weight @ grid
    own = (c.weight[:, None] * grid)[c.group, idx]
    rest = total[idx] - own
    others = max(1e-6, float(c.weight.sum())) - c.weight[c.group]
    return rest / np.maximum(others, 1e-6), rest / max(float(total.max(initial=0.0)), 1e-6)


def stage1(c: Candidates, g: Gazetteer) -> Floats:
    """First score, without context: prominence, kind, explicit containment."""
    kind = g.kind[c.row]
    score = 0.9 * np.log10(g.population[c.row] + 10.0) + _KIND_BONUS[kind]
    score += (
        1.0 * (c.flag & PRIMARY > 0)
        - 1.0 * (c.flag & DERIVED > 0) * (c.flag & (PRIMARY | ALTERNATE) == 0)
        + 1.0 * g.capital[c.row]
    )
    return score + 5.0 * c.contained - 2.0 * c.not_contained + 4.0 * c.contains + 2.5 * c.agrees - 2.5 * c.contradicts  # type: ignore[no-any-return]


def evidence(c: Candidates, g: Gazetteer, home: str | None = None, prior: Floats | None = None) -> Floats:
    """CANDIDATE_FEATURES for every candidate; `prior` are probabilities of an earlier pass."""
    rows, kind = c.row, g.kind[c.row].astype(np.int64)
    base = stage1(c, g)
    p = _softmax(base, c) if prior is None else prior
    pop = np.log10(g.population[rows] + 1.0)
    most = np.maximum.reduceat(pop, c.first)[c.group]
    sizes = np.diff(np.append(c.first, len(rows)))
    area1 = np.where(kind == ADMIN1, rows, g.admin1[rows]).astype(np.int64)
    area2 = np.where(kind == ADMIN2, rows, g.admin2[rows]).astype(np.int64)
    iso = np.where(g.iso[rows] == 0, -1, g.iso[rows]).astype(np.int64)
    named0 = p * (kind == COUNTRY)
    c_sup, c_top = _support(c, iso, p)
    a_sup, a_top = _support(c, area1, p)
    b_sup, _ = _support(c, area2, p)
    c_named, _ = _support(c, iso, named0)
    a_named, _ = _support(c, area1, p * (kind == ADMIN1))
    b_named, _ = _support(c, area2, p * (kind == ADMIN2))
    near, nearest = _proximity(c, g, p, kind)
    expl = np.exp(pop * 2.3)
    share = expl / np.add.reduceat(expl, c.first)[c.group]
    has0 = np.maximum.reduceat((kind == COUNTRY) * 1.0, c.first)[c.group]
    has1 = np.maximum.reduceat((kind == ADMIN1) * 1.0, c.first)[c.group]
    n_mentions = np.array([len(m) for m in c.members], float)[c.group]
    home_row = g.iso3.index(home) if home in g.iso3 else -2
    same = _same_sense(c)
    cols = [
        kind == COUNTRY,
        kind == ADMIN1,
        kind == ADMIN2,
        kind == SETTLEMENT,
        kind == 4,
        (kind == 5) | (kind == 7),
        kind == 6,
        pop,
        most - pop,
        share,
        np.log1p(np.arange(len(rows)) - c.first[c.group]),
        c.flag & PRIMARY > 0,
        (c.flag & DERIVED > 0) & (c.flag & 3 == 0),
        c.flag & DEMONYM > 0,
        c.flag & ABBR > 0,
        g.capital[rows],
        c.agrees,
        c.contradicts,
        c.contained,
        c.not_contained,
        c.contains,
        c_sup,
        a_sup,
        b_sup,
        np.sqrt(c_named),
        np.sqrt(a_named),
        np.sqrt(b_named),
        *near,
        nearest,
        iso == home_row,
        same,
        np.log1p(sizes[c.group]),
        np.log1p(n_mentions),
        base / 10,
        c_top,
        a_top,
        np.array([len(k.split()) for k in c.name], float)[c.group],
        has0,
        has1,
        *_twins(c, g, kind),
        *_lists(c, g, p, kind),
        np.array([k >= g.n_names for k in c.key], float)[c.group],
    ]
    return np.stack([np.asarray(x, float) for x in cols], axis=1)


def _enumerations(c: Candidates, around: Around) -> list[tuple[int, int]]:
    """Groups joined by a comma, "and", "or" or a slash."""
    out = []
    for n in range(len(around.spans) - 1):
        a, b = c.group_of[n], c.group_of[n + 1]
        gap = around.text[around.spans[n].end : around.spans[n + 1].start].strip()
        if (
            a >= 0
            and b >= 0
            and a != b
            and gap in (",", "and", ", and", "or", ", or", "/", "&", "to", "and the", ";", "as well as")
        ):
            out.append((a, b))
    return out


def _lists(c: Candidates, g: Gazetteer, p: Floats, kind: Ints) -> list[Floats]:
    """Do the neighbours in an enumeration look like the same kind of place, in the same country?"""
    same_kind, same_iso, seen = (np.zeros(len(c.row)) for _ in range(3))
    level = np.where(kind == ADMIN2, SETTLEMENT, kind)
    iso = g.iso[c.row]
    for a, b in c.links:
        for x, y in ((_slice(c, a), _slice(c, b)), (_slice(c, b), _slice(c, a))):
            by_kind = np.bincount(level[y], p[y], 8)
            by_iso = np.bincount(iso[y], p[y], 256)
            same_kind[x] += by_kind[level[x]]
            same_iso[x] += by_iso[iso[x]]
            seen[x] += 1
    return [
        np.where(seen > 0, same_kind / np.maximum(seen, 1), -0.2),
        np.where(seen > 0, same_iso / np.maximum(seen, 1), -0.2),
        np.zeros(len(c.row)),
    ]


def _twins(c: Candidates, g: Gazetteer, kind: Ints) -> list[Floats]:
    """An area with a town of its name in it, and the town: how large the town is in the area (0 where there is no twin)."""
    area, town = np.zeros(len(c.row)), np.zeros(len(c.row))
    for k in np.unique(c.group[(kind == ADMIN1) | (kind == ADMIN2)]):
        at = _slice(c, int(k))
        rows = c.row[at]
        if len(rows) < 2:
            continue
        grid = ((g.admin1[rows][:, None] == rows[None, :]) | (g.admin2[rows][:, None] == rows[None, :])) & (
            kind[at] == SETTLEMENT
        )[:, None]
        if grid.any():
            share = grid * (g.population[rows][:, None] + 1.0) / (g.population[rows][None, :] + 1.0)
            town[at] = np.minimum(1, share.max(axis=1)) + 0.2 * grid.any(axis=1)
            area[at] = np.minimum(1, share.max(axis=0)) + 0.2 * grid.any(axis=0)
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
                int(r) for k in groups for r, x in zip(c.row[_slice(c, k)], c.contained[_slice(c, k)], strict=True) if x
            }
            for k in groups if sure else ():
                at = _slice(c, k)
                out[at] = np.isin(c.row[at], list(sure))
    return out


def _proximity(c: Candidates, g: Gazetteer, p: Floats, kind: Ints) -> tuple[list[Floats], Floats]:
    """Weight of other names within 50, 161 and 500 km, and the log distance to the nearest of them."""
    lat, lon = (
        np.radians(np.nan_to_num(g.lat[c.row].astype(float))),
        np.radians(np.nan_to_num(g.lon[c.row].astype(float))),
    )
    unit = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
    top = np.lexsort((-p, c.group))[c.first]
    point = np.isin(kind[top], (ADMIN1, ADMIN2, SETTLEMENT, 4, 7))
    weight = c.weight * point * p[top]
    if not point.any():
        return [np.zeros(len(c.row))] * 3, np.full(len(c.row), 10.0)
    keys = np.array(c.key)
    cos = np.clip(unit @ unit[top].T, -1, 1)
    other = keys[c.group][:, None] != keys[None, :]
    total = max(1e-6, float(c.weight.sum()))
    near = [((cos > np.cos(km / 6371)) & other) @ weight / np.sqrt(total) for km in (50, 161, 500)]
    best = np.where(other & (weight > 0.2)[None, :], cos, -1).max(axis=1)
    return near, np.log1p(6371 * np.arccos(best))
