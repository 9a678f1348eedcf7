"""Find the place names of a document and place them all together.

Takes a text; gives `extract.schema.Mention`s with place, confidence, a plain reason and runners-up.  Recognition and
resolution share their evidence: what surrounds a name, how prominent its places are, and what else the document names.
Does not touch the network.
"""

from __future__ import annotations

import re
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
from geodata.candidates import Candidates, candidates
from geodata.context_places import context_places
from geodata.gazetteer import Gazetteer
from geodata.gazetteer_sources import (
    ABBR,
    ADMIN1,
    ALTERNATE,
    ARTICLE,
    CAPS,
    COUNTRY,
    DEMONYM,
    ISLAND,
    PRIMARY,
    REGION,
    SETTLEMENT,
    SITE,
    WATER,
)
from geodata.models import Calibration, Net, read_weights
from geodata.ranker import CANDIDATE_FEATURES, Evidence, within_groups

__all__ = ["Analysis", "Resolver", "analyse"]

Floats = npt.NDArray[np.float64]
_AT = {name: k for k, name in enumerate(CANDIDATE_FEATURES)}
#: a side of the border with a capital letter: written like a name
_NAMED_BORDER = re.compile(
    r"(?:South|North|East|West)(?:ern|west(?:ern)?|east(?:ern)?)? [Bb]order|(?:SOUTH|NORTH|EAST|WEST)(?:ERN|WEST(?:ERN)?|EAST(?:ERN)?)? BORDER"
)
_SENTENCE_START = FEATURES.index("sentence_start")
_OWN = (COUNTRY, SITE, REGION, WATER, ISLAND)
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


def towns_first(c: Candidates, x: Floats, g: Gazetteer) -> Floats:
    """A bonus for a large town over the area named after it ("New York"), where towns are what the text speaks of.

    The bonus holds where the name stands in a list of towns, or where no other first-level area of that country is named;
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
    around = Around(text, tokens, shape, spans, words, g.n_names)
    feats = describe(around)
    c = candidates(around, feats, g, words)
    if not len(c.row):
        nothing = np.empty(0)
        return Analysis(
            around, feats, c, np.empty((0, len(CANDIDATE_FEATURES))), nothing, np.empty(0, np.int64), nothing
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
        sure = self._sure(a)
        out = []
        for n, prob in zip(spans, p, strict=True):
            floor = sure[a.cand.group_of[n]]
            if floor >= 0 and max(float(prob), floor) >= self._threshold and not self._other_word(a, n):
                out.append(self._mention_of(a, n, max(float(prob), floor)))
        return self._with_borders(text, out) if _NAMED_BORDER.search(text) else out

    def _other_word(self, a: Analysis, n: int) -> bool:
        """A person's given name before a family name ("Chad Smith"), or a word that only begins a sentence ("Mobile phones")."""
        s, around = a.around.spans[n], a.around
        if s.j - s.i > 1 or around.shape.caps[s.i]:
            return False
        words, tokens = around.words, around.tokens
        after = tokens[s.j] if s.j < len(tokens) and tokens[s.j].joint == 1 and not tokens[s.i].possessive else None
        if after and around.shape.upper[s.j] and s.name in words.given_names and words.surnames.get(after.norm):
            return not (after.norm in words.area_words or after.norm in words.nature_words or after.norm in words.org_heads)
        begins = a.feats[n][_SENTENCE_START] and not around.shape.lowercase
        country = self.gazetteer.kind[a.cand.row[a.top[a.cand.group_of[n]]]] == COUNTRY
        return bool(begins and words.common.get(s.name, 0) >= 5 and not country and around.comma_after(s) < 0)

    def _with_borders(self, text: str, found: list[Mention]) -> list[Mention]:
        """Borders that are written like a name ("the Southern border") are mentions too; a word inside them is not."""
        named = [m for m in context_places(text, found, self.gazetteer) if _NAMED_BORDER.fullmatch(m.text)]
        kept = [m for m in found if not any(b.start <= m.start and m.end <= b.end for b in named)]
        return sorted([*kept, *named], key=lambda m: m.start)

    def described(self, text: str, found: list[Mention]) -> list[Mention]:
        """Places that are described, not named ("the Afghan capital", "the Iran-Afghanistan border"); see `context_places`."""
        return context_places(text, found, self.gazetteer)

    def _sure(self, a: Analysis) -> list[float]:
        """Per group: a floor under the classifier's probability; -1 = never a mention.

        Countries, and places of our own tables, whose name is nothing else (no given name, no word) are place names wherever
        they stand; a state's abbreviation is one only after a place in that state; an acronym that the document itself
        explains as something else is none.
        """
        words, out = a.around.words, []
        for k, name in enumerate(a.cand.name):
            top = int(a.top[k])
            kind, flag = int(self.gazetteer.kind[a.cand.row[top]]), int(a.cand.flag[top])
            first = a.around.spans[a.cand.members[k][0]]
            surface = a.around.text[first.start : first.end]
            if (flag & ~(ABBR | CAPS) == 0 and not a.cand.contains[top]) or (
                surface.isupper() and a.around.defined(surface)
            ):
                out.append(-1.0)
            elif flag & ~CAPS == ARTICLE:
                out.append(0.8)
            elif (
                kind in _OWN
                and flag & (PRIMARY | ALTERNATE)
                and not (
                    name in words.given_names
                    or name in words.surnames
                    or (kind != COUNTRY and name in words.common and not surface.isupper())
                )
            ):
                out.append(0.9 if kind == COUNTRY else 0.6)
            elif (
                kind == SETTLEMENT
                and flag & PRIMARY
                and self.gazetteer.population[a.cand.row[top]] >= 1_000_000
                and not (name in words.given_names or name in words.surnames or name in words.common)
            ):
                out.append(0.55)  # "Moscow said": a large city that is called like nothing else
            else:
                out.append(0.0)
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
