"""Find the place names of a document and place them all together.

Takes a text; gives `extract.schema.Mention`s with place, confidence, a plain reason and runners-up.  Recognition and
resolution share their evidence: what surrounds a name, how prominent its places are, and what else the document names.
Does not touch the network.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from extract.mention_lexicon import place_words
from extract.mention_literal import literal_use
from extract.mention_spans import find_spans, shape_of
from extract.mention_tokens import tokenize
from extract.mentions import FEATURES, Around, describe
from extract.schema import Mention, Place
from geodata.gazetteer import Gazetteer
from geodata.gazetteer_sources import DEMONYM
from geodata.models import Calibration, Net, read_weights
from geodata.ranker import CANDIDATE_FEATURES, Candidates, candidates, evidence, stage1

__all__ = ["Analysis", "Resolver", "analyse"]

Floats = npt.NDArray[np.float64]
_ACTING = frozenset(("region:european-union", "region:west-world", "region:gulf-states"))
WEIGHTS = Path(__file__).parent / "data" / "resolver_weights.json"


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


@lru_cache(maxsize=1)
def _nets() -> tuple[Net, Net, float, Calibration]:
    raw = read_weights(WEIGHTS)
    return (
        Net.from_json(raw["ranker"]),
        Net.from_json(raw["mention"]),
        float(raw["threshold"]),
        Calibration(np.array(raw["calibration"]["x"]), np.array(raw["calibration"]["y"])),
    )


def within_groups(score: Floats, c: Candidates) -> Floats:
    """Softmax of scores over each group's candidates."""
    top = np.maximum.reduceat(score, c.first)
    e = np.exp(score - top[c.group])
    return e / np.add.reduceat(e, c.first)[c.group]  # type: ignore[no-any-return]


def analyse(text: str, g: Gazetteer, home: str | None = None, ranker: Net | None = None) -> Analysis:
    """Spans, candidates, evidence and probabilities of a document (no decision yet)."""
    words = place_words()
    tokens = tokenize(text)
    shape = shape_of(text, tokens)
    spans = find_spans(text, tokens, shape, g.trie.iter_prefixes_with_ids, words, g.sounding)
    around = Around(text, tokens, shape, spans, words, g.n_names)
    feats = describe(around)
    c = candidates(around, feats, g, words)
    if not len(c.row):
        nothing = np.empty(0)
        return Analysis(
            around, feats, c, np.empty((0, len(CANDIDATE_FEATURES))), nothing, np.empty(0, np.int64), nothing
        )
    x = evidence(c, g, home)
    p = within_groups(ranker.score(x) if ranker else stage1(c, g), c)
    if ranker:
        x = evidence(c, g, home, p)
        p = within_groups(ranker.score(x), c)
    order = np.lexsort((-p, c.group))
    top = order[c.first]
    sizes = np.diff(np.append(c.first, len(p)))
    second = np.where(sizes > 1, p[order[np.minimum(c.first + 1, len(p) - 1)]], 0.0)
    return Analysis(around, feats, c, x, p, top, second)


def mention_rows(a: Analysis) -> tuple[Floats, list[int]]:
    """Rows for the mention classifier: context, then the best candidate's evidence; and the spans they belong to."""
    spans = [n for n, k in enumerate(a.cand.group_of) if k >= 0]
    if not spans:
        return np.empty((0, len(FEATURES) + len(CANDIDATE_FEATURES) + 2)), spans
    groups = np.array([a.cand.group_of[n] for n in spans])
    top = a.top[groups]
    return np.hstack(
        [np.array([a.feats[n] for n in spans]), a.x[top], a.p[top][:, None], a.second[groups][:, None]]
    ), spans


class Resolver:
    """Reads documents with one gazetteer.

    >>> Resolver(Gazetteer.open()).read("He flew from Dushanbe to Moscow.")   # doctest: +SKIP
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._ranker, self._mention, self._threshold, self._calibrated = _nets()

    def read(self, text: str, *, home: str | None = None) -> list[Mention]:
        """The place names of `text`, in order, each placed where it can be.

        home : ISO3 of the country the publisher writes for, where known; a weak hint.
        """
        a = analyse(text, self.gazetteer, home, self._ranker)
        x, spans = mention_rows(a)
        if not spans:
            return []
        p = 1 / (1 + np.exp(-self._mention.score(x)))
        out = []
        for n, prob in zip(spans, p, strict=True):
            if prob >= self._threshold:
                out.append(self._mention_of(a, n, float(prob)))
        return out

    def _mention_of(self, a: Analysis, n: int, prob: float) -> Mention:
        s, group = a.around.spans[n], a.cand.group_of[n]
        top = int(a.top[group])
        place = self.gazetteer.place(int(a.cand.row[top]))
        demonym = bool(a.cand.flag[top] & DEMONYM)
        literal, not_literal = (
            (False, "demonym")
            if demonym
            else literal_use(a.around, n, place.kind, self._actor(place, int(a.cand.row[top])))
        )
        first = int(a.cand.first[group])
        last = int(a.cand.first[group + 1]) if group + 1 < len(a.cand.first) else len(a.p)
        order = first + np.argsort(-a.p[first:last])[1:4]
        others = tuple(self.gazetteer.place(int(a.cand.row[k])) for k in order if a.p[k] > 0.02)
        return Mention(
            s.start,
            s.end,
            a.around.text[s.start : s.end],
            "demonym" if demonym else "name",
            literal,
            round(float(self._calibrated(np.array(prob * float(a.p[top])))), 3),
            place,
            not_literal,
            others,
        )

    def _actor(self, place: Place, row: int) -> bool:
        """Countries, unions of them and national capitals are said to act."""
        if place.kind == "country" or bool(self.gazetteer.capital[row]) or place.id in _ACTING:
            return True
        capital = self.gazetteer.capital_of(place.iso3) if place.iso3 and place.kind in ("admin1", "admin2") else None
        return capital is not None and capital.name == place.name

    def country_place(self, iso3: str) -> Place | None:
        """The country of an ISO3 code."""
        return self.gazetteer.country_place(iso3)

    def region_place(self, slug: str) -> Place | None:
        """A region, sea or site by its slug."""
        return self.gazetteer.region_place(slug)

    def capital_of(self, iso3: str) -> Place | None:
        """The capital of a country."""
        return self.gazetteer.capital_of(iso3)
