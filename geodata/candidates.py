"""What each name of a document may mean: groups of mentions and their candidate places.

Takes spans with their surroundings and the gazetteer; gives flat arrays.  Names in the same role (same name, same
container, same
type word) are one group.  Does not weigh the candidates (see `ranker`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from extract.mention_lexicon import PlaceWords
from extract.mentions import FEATURES, Around
from geodata.gazetteer import Gazetteer
from geodata.gazetteer_sources import (
    ABBR,
    ADMIN2,
    ARTICLE,
    CAPS,
    COUNTRY,
    DEMONYM,
    KINDS,
)

__all__ = ["Candidates", "candidates", "group_slice"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
MOST = 24  # candidates kept per name

_LOCATIVE, _COMMA_AFTER, _AFTER_COMMA, _WORDS, _TITLE, _PREV_GIVEN, _GIVEN = map(
    FEATURES.index,
    ("prev_locative", "comma_after_name", "after_comma_name", "words", "prev_title", "prev_given", "given"),
)
_PREV_CAPITAL, _COMMON, _STREET, _NEXT_CAPITAL = map(
    FEATURES.index, ("prev_capital", "common", "next_street", "next_capital")
)
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


def _allowed(flags: Ints, surface: str, after_comma: bool, article: bool, stop: bool) -> npt.NDArray[np.bool_]:
    """Which names may be written like this: "US" not "us", "Tex." only after a comma or with its full stop."""
    ok = np.ones(len(flags), bool)
    if not surface.replace(".", "").replace(" ", "").isupper():
        ok &= (flags & CAPS == 0) | (flags & ABBR != 0)
    if not article:
        ok &= (flags & (255 - ARTICLE)) != 0
    dotted = (stop and "." in surface) or (stop and not surface.isupper())
    if not (after_comma or dotted):
        ok &= (flags & (255 - ABBR - CAPS)) != 0
    if article and (only := ok & (flags & ~CAPS == ARTICLE)).any():
        return np.asarray(only)  # "the West", "the Gulf": towns of that name take no article
    return np.asarray(ok)


def _likeness(f: list[float]) -> float:
    """How place-like a mention looks by its surroundings alone, 0 to 1 (a coarse weight for the first pass)."""
    v = 0.5 + 0.3 * f[_LOCATIVE] + 0.3 * f[_COMMA_AFTER] + 0.3 * f[_AFTER_COMMA] + 0.2 * (f[_WORDS] > 1)
    v -= 0.4 * (f[_TITLE] or f[_PREV_GIVEN]) + 0.25 * f[_GIVEN] + 0.15 * f[_PREV_CAPITAL]
    v -= 0.2 * (f[_COMMON] >= 2) + 0.25 * f[_STREET] + 0.15 * f[_NEXT_CAPITAL]
    return min(1.0, max(0.05, v))


def candidates(around: Around, feats: list[list[float]], g: Gazetteer, words: PlaceWords) -> Candidates:
    """Group the spans of a document and collect what each may mean."""
    groups: dict[tuple[int, int, bool, str], int] = {}
    none, ints = np.empty(0), np.empty(0, np.int64)
    c = Candidates([], [], [], [], [], none, ints, ints, ints, ints, none, none, none, none, none)
    rows: list[Ints] = []
    flags: list[Ints] = []
    weights: list[float] = []
    for n, s in enumerate(around.spans):
        after, before = around.comma_after(s), around.comma_before(s)
        surface = around.text[s.start : s.end]
        kinds = _area_word(around, n, words)
        role = (
            s.key,
            around.spans[after].key if after >= 0 and _holds(g, around.spans[after].key, s.key) else -1,
            before >= 0 and _holds(g, s.key, around.spans[before].key),
            kinds or ("^" if surface.isupper() else ""),
        )
        known = groups.get(role)
        if known is None:
            r, f, special = _known(g, s.key)
            if special:
                article = s.i > 0 and around.tokens[s.i - 1].norm == "the"
                stop = surface.endswith(".") or around.text[s.end : s.end + 1] == "."
                ok = _allowed(f, surface, before >= 0, article, stop)
                r, f = r[ok][:MOST], f[ok][:MOST]
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
    c.row = np.concatenate(rows)
    c.flag = np.concatenate(flags)
    for name in ("agrees", "contradicts", "contained", "not_contained", "contains"):
        setattr(c, name, np.zeros(len(c.row)))
    c.links = _enumerations(c, around)
    _area_words(c, around, g, words)
    _containment(c, around, g)
    return c


@lru_cache(maxsize=1 << 15)
def _known(g: Gazetteer, key: int) -> tuple[Ints, Ints, bool]:
    """Rows and flags of a name; and whether some of them depend on how the name is written (then all, else the
    first MOST).
    """
    found, kinds = g.rows_of(key)
    rows, flags = found.astype(np.int64), kinds.astype(np.int64)
    special = bool((flags & (ABBR | CAPS | ARTICLE)).any())
    return (rows, flags, True) if special else (rows[:MOST], flags[:MOST], False)


@lru_cache(maxsize=1 << 14)
def _holds(g: Gazetteer, container: int, key: int) -> bool:
    """Some place of the name `key` lies in some area of the name `container`."""
    outer, inner = (_known(g, k)[0][:MOST] for k in (container, key))
    return bool((inside(g, inner, outer) & (g.kind[outer] <= ADMIN2)[None, :]).any())


def _area_word(around: Around, n: int, words: PlaceWords) -> str:
    """The type word beside a mention ("Khatlon province", "city of Paris"), "" where there is none."""
    s, tokens = around.spans[n], around.tokens
    if s.j < len(tokens) and tokens[s.j].joint == 1 and tokens[s.j].norm in words.area_words:
        return tokens[s.j].norm
    if s.i > 1 and tokens[s.i].joint == 1 and tokens[s.i - 1].norm == "of" and tokens[s.i - 2].norm in words.area_words:
        return tokens[s.i - 2].norm
    return ""


def group_slice(c: Candidates, group: int) -> slice:
    a = int(c.first[group])
    b = int(c.first[group + 1]) if group + 1 < len(c.first) else len(c.row)
    return slice(a, b)


def _area_words(c: Candidates, around: Around, g: Gazetteer, words: PlaceWords) -> None:
    for group, members in enumerate(c.members):
        word = next((w for n in members if (w := _area_word(around, n, words))), "")
        if word:
            at = group_slice(c, group)
            wanted = np.zeros(len(KINDS), bool)
            wanted[[_KIND_OF[k] for k in words.area_words[word] if k in _KIND_OF]] = True
            agree = wanted[g.kind[c.row[at]]]
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
        x, y = group_slice(c, a), group_slice(c, b)
        areas = (g.kind[c.row[y]] <= ADMIN2) & (c.flag[y] & DEMONYM == 0)
        if not areas.any():
            continue
        grid = inside(g, c.row[x], c.row[y]) & areas[None, :]
        if grid.any():
            within = grid.any(axis=1)
            c.contained[x] = np.maximum(c.contained[x], within)
            c.not_contained[x] = ~within
            c.contains[y] = np.maximum(c.contains[y], grid.any(axis=0))


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
