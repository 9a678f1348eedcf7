"""A document taken apart: its possible names, what each may mean, and how likely that is.

Takes a text (or spans in it) and the gazetteer; gives an `Analysis`.  Decides nothing: which spans are mentions, and
what is
said of them, is `resolve`'s.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain

import numpy as np
import numpy.typing as npt

from extract.mention_lexicon import place_words
from extract.mention_spans import find_spans, shape_of
from extract.mention_tokens import tokenize
from extract.mentions import FEATURES, Around, describe
from extract.schema import Place
from geodata.candidates import Candidates, candidates
from geodata.gazetteer import Gazetteer
from geodata.gazetteer_sources import ADMIN1, SETTLEMENT
from geodata.models import Net
from geodata.ranker import CANDIDATE_FEATURES, Evidence, within_groups

__all__ = ["Analysis", "Said", "analyse", "analyse_spans", "mention_rows"]

Floats = npt.NDArray[np.float64]
_AT = {name: k for k, name in enumerate(CANDIDATE_FEATURES)}


@dataclass(frozen=True, slots=True)
class Said:
    """What the resolver says of all mentions of a group."""

    place: Place
    demonym: bool
    actor: bool  # a country or capital: said to act
    p: float
    why: str
    others: tuple[Place, ...]


@dataclass(slots=True)
class Analysis:
    """Everything known of a document before the decision."""

    around: Around
    feats: list[list[float]]
    cand: Candidates
    x: Floats  # CANDIDATE_FEATURES per candidate
    p: Floats  # probability per candidate within its group
    top: npt.NDArray[np.int64]  # per group: its best candidate
    second: Floats  # per group: probability of the runner-up
    ranked: list[int]  # gazetteer rows, group after group, best first
    best: list[list[float]]  # per group: CANDIDATE_FEATURES of its best candidate
    memo: dict[int, Said] = field(default_factory=dict)  # per group, once it was asked for


def towns_first(c: Candidates, x: Floats, g: Gazetteer) -> Floats:
    """A bonus for a large town over the area named after it ("New York"), where towns are what the text speaks of.

    The bonus holds where the name stands in a list of towns, or where no other first-level area of that country is
    named;
    never where the text says "state", "province" or "X, New York".
    """
    bonus = np.zeros(len(c.row))
    kind = g.kind[c.row]
    town = (kind == SETTLEMENT) & (x[:, _AT["twin_town"]] > 0.4) & (c.contained == 0) & (c.contradicts == 0)
    if not town.any():
        return bonus
    areas = (kind == ADMIN1) & (x[:, _AT["twin_area"]] > 0.4)
    for k in np.flatnonzero(town):
        same = (c.group == c.group[k]) & areas
        if not same.any() or c.contains[same].any() or c.agrees[same].any():
            continue
        listed = x[k, _AT["list_kind"]] - x[same, _AT["list_kind"]].max() > 0.3
        alone = x[k, _AT["areas_named"]] < 0.02
        bonus[k] = 4.0 if listed else 2.5 if alone else 0.0
    return bonus


def analyse(text: str, g: Gazetteer, home: str | None = None, ranker: Net | None = None) -> Analysis:
    """Spans, candidates, evidence and probabilities of a document (no decision yet)."""
    words = place_words()
    tokens = tokenize(text)
    shape = shape_of(text, tokens)
    spans = find_spans(text, tokens, shape, g.trie.iter_prefixes_with_ids, words, g.sounding)
    return analyse_spans(Around(text, tokens, shape, spans, words, g.n_names), g, home, ranker)


def analyse_spans(around: Around, g: Gazetteer, home: str | None = None, ranker: Net | None = None) -> Analysis:
    """As `analyse`, for spans that are already known."""
    feats = describe(around)
    c = candidates(around, feats, g, around.words)
    if not len(c.row):
        nothing = np.empty(0)
        return Analysis(
            around, feats, c, np.empty((0, len(CANDIDATE_FEATURES))), nothing, np.empty(0, np.int64), nothing, [], []
        )
    found = Evidence(c, g, home)
    x = found.rows()
    p = within_groups(ranker.score(x) if ranker else found.base, c)
    if ranker:
        x = found.rows(p)
        p = within_groups(ranker.score(x) + towns_first(c, x, g), c)
    order = np.lexsort((-p, c.group))
    top = order[c.first]
    sizes = np.diff(np.append(c.first, len(p)))
    second = np.where(sizes > 1, p[order[np.minimum(c.first + 1, len(p) - 1)]], 0.0)
    return Analysis(around, feats, c, x, p, top, second, c.row[order].tolist(), x[top].tolist())


def mention_rows(a: Analysis) -> tuple[Floats, list[int]]:
    """Rows for the mention classifier: context, then the best candidate's evidence; and the spans they belong to."""
    spans = [n for n, k in enumerate(a.cand.group_of) if k >= 0]
    if not spans:
        return np.empty((0, len(FEATURES) + len(CANDIDATE_FEATURES) + 2)), spans
    groups = np.array([a.cand.group_of[n] for n in spans])
    top = a.top[groups]
    around = np.fromiter(chain.from_iterable(a.feats[n] for n in spans), float, len(spans) * len(FEATURES))
    return np.hstack([around.reshape(len(spans), -1), a.x[top], a.p[top][:, None], a.second[groups][:, None]]), spans
