"""Find the place names of a document and place them all together.

Takes a text; gives `extract.schema.Mention`s with place, confidence, a plain reason and runners-up.  Recognition and
resolution share their evidence: what surrounds a name, how prominent its places are, and what else the document names.
Does not touch the network.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from extract.mention_lexicon import place_words
from extract.mention_literal import literal_use
from extract.mention_spans import Shape, Span, shape_of
from extract.mention_tokens import name_key, tokenize
from extract.mention_unknown import unknown_names
from extract.mentions import FEATURES, Around
from extract.schema import Mention, Place
from geodata.analysis import Analysis, Said, analyse, analyse_spans, mention_rows
from geodata.candidates import group_slice
from geodata.context_places import context_places
from geodata.entities import PART, Entity, over, parts, unknown_places, weigh, within
from geodata.errors import SchemaError
from geodata.gazetteer import Gazetteer
from geodata.gazetteer_sources import (
    ABBR,
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
from geodata.lone import KNOWN, abstained
from geodata.models import Calibration, Net, read_weights
from geodata.reasons import reason

__all__ = ["Resolver", "resolve"]

Floats = npt.NDArray[np.float64]
#: a side of the border with a capital letter: written like a name
_NAMED_BORDER = re.compile(
    r"(?:South|North|East|West)(?:ern|west(?:ern)?|east(?:ern)?)? [Bb]order|(?:SOUTH|"
    r"NORTH|EAST|WEST)(?:ERN|WEST(?:ERN)?|EAST(?:ERN)?)? BORDER"
)
_SENTENCE_START = FEATURES.index("sentence_start")
_OWN = (COUNTRY, SITE, REGION, WATER, ISLAND)
_ACTING = frozenset(("region:european-union", "region:west-world", "region:gulf-states"))
WEIGHTS = Path(__file__).parent / "data" / "resolver_weights.json"


@lru_cache(maxsize=1)
def _nets() -> tuple[Net, Net, float, Calibration]:
    raw = read_weights(WEIGHTS)
    return (
        Net.from_json(raw["ranker"]),
        Net.from_json(raw["mention"]),
        float(raw["threshold"]),
        Calibration(np.array(raw["calibration"]["x"]), np.array(raw["calibration"]["y"])),
    )


class Resolver:
    """Reads documents with one gazetteer.

    >>> Resolver(Gazetteer.open()).read("He flew from Dushanbe to Moscow.")   # doctest: +SKIP
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._actors: dict[int, bool] = {}
        self._ranker, self._mention, self._threshold, self._calibrated = _nets()

    def read(self, text: str, *, home: str | None = None, entities: Sequence[Entity] | None = None) -> list[Mention]:
        """The place names of `text`, in order, each placed where it can be.

        home : ISO3 of the country the publisher writes for, where known; a weak hint.
        entities : what a trained pipeline found in `text` (see `geodata.entities`); joins the evidence
        A text of more than 60,000 characters is read in parts, each placed by itself.
        """
        if len(text) <= PART:
            return self._read(text, home, entities or ())
        return [
            replace(m, start=m.start + at, end=m.end + at)
            for at, end in parts(text)
            for m in self._read(text[at:end], home, within(entities or (), at, end))
        ]

    def _read(self, text: str, home: str | None, entities: Sequence[Entity]) -> list[Mention]:
        a = analyse(text, self.gazetteer, home, self._ranker)
        x, spans = mention_rows(a)
        p = 1 / (1 + np.exp(-self._mention.score(x))) if spans else ()
        sure = self._sure(a)
        out, small = [], set()
        for n, prob in zip(spans, p, strict=True):
            if (floor := sure[a.cand.group_of[n]]) < 0:
                continue
            s = a.around.spans[n]
            said = over(entities, s.start, s.end) if entities else None
            likely = weigh(float(prob), floor, said, s.start, s.end)
            if likely >= self._threshold and not self._other_word(a, n):
                mention = self._mention_of(a, n, likely)
                if self._is_small(int(a.cand.row[a.top[a.cand.group_of[n]]])):
                    small.add(mention.start)
                organised = said is not None and said.label == "ORG" and mention.literal
                out.append(
                    replace(mention, literal=False, why=f"organisation; {mention.why}") if organised else mention
                )
        out = sorted([*abstained(out, small), *self._unknown(a, out, entities)], key=lambda m: m.start)
        named = ("order" in text or "ORDER" in text) and _NAMED_BORDER.search(text)
        return self._with_borders(text, out) if named else out

    def _is_small(self, row: int) -> bool:
        g = self.gazetteer
        return bool(g.kind[row] == SETTLEMENT and g.population[row] < KNOWN and not g.capital[row])

    def _unknown(self, a: Analysis, found: list[Mention], entities: Sequence[Entity]) -> list[Mention]:
        """Names that the text, or a trained pipeline, treats as places but the gazetteer does not have: found, not
        placed.
        """
        taken = [(m.start, m.end) for m in found]
        spans = [(s, e) for s, e in unknown_names(a.around) if not any(s < y and x < e for x, y in taken)]
        if entities:
            spans += unknown_places(entities, [*taken, *spans, *((s.start, s.end) for s in a.around.spans)])
        return [Mention(s, e, a.around.text[s:e], "name", True, 0.4, None, "not in the gazetteer") for s, e in spans]

    def place_spans(self, text: str, spans: list[tuple[int, int]], *, home: str | None = None) -> list[Mention | None]:
        """The given spans of a text, placed together; None where the gazetteer has no place of that name."""
        tokens = tokenize(text)
        shape = shape_of(text, tokens)
        known: list[Span] = []
        at: dict[int, int] = {}
        for number, (start, end) in sorted(enumerate(spans), key=lambda it: it[1]):
            inside = [k for k, t in enumerate(tokens) if t.start >= start and t.start < end]
            key = self._key(text[start:end])
            if inside and key >= 0 and not (known and inside[0] < known[-1].j):
                at[number] = len(known)
                known.append(Span(inside[0], inside[-1] + 1, start, end, key, name_key(text[start:end])))
        around = Around(
            text, tokens, Shape(shape.upper, shape.caps, shape.lowercase), known, place_words(), self.gazetteer.n_names
        )
        a = analyse_spans(around, self.gazetteer, home, self._ranker)
        return [
            self._mention_of(a, at[n], 0.95) if n in at and a.cand.group_of[at[n]] >= 0 else None
            for n in range(len(spans))
        ]

    def _key(self, name: str) -> int:
        key = name_key(name)
        found = self.gazetteer.trie.get(key)
        return int(found) if found is not None else self.gazetteer.sounding(key)

    def _other_word(self, a: Analysis, n: int) -> bool:
        """A person's given name before a family name ("Chad Smith"), or a word that only begins a sentence
        ("Mobile phones").
        """
        s, around = a.around.spans[n], a.around
        if s.j - s.i > 1 or around.shape.caps[s.i]:
            return False
        words, tokens = around.words, around.tokens
        after = tokens[s.j] if s.j < len(tokens) and tokens[s.j].joint == 1 and not tokens[s.i].possessive else None
        if after and around.shape.upper[s.j] and s.name in words.given_names and words.surnames.get(after.norm):
            return not (
                after.norm in words.area_words or after.norm in words.nature_words or after.norm in words.org_heads
            )
        begins = a.feats[n][_SENTENCE_START] and not around.shape.lowercase
        if not begins or words.common.get(s.name, 0) < 5 or around.comma_after(s) >= 0:
            return False
        return bool(self.gazetteer.kind[a.cand.row[a.top[a.cand.group_of[n]]]] != COUNTRY)

    def _with_borders(self, text: str, found: list[Mention]) -> list[Mention]:
        """Borders that are written like a name ("the Southern border") are mentions too; a word inside them is not."""
        named = [m for m in context_places(text, found, self.gazetteer) if _NAMED_BORDER.fullmatch(m.text)]
        kept = [m for m in found if not any(b.start <= m.start and m.end <= b.end for b in named)]
        return sorted([*kept, *named], key=lambda m: m.start)

    def described(self, text: str, found: list[Mention]) -> list[Mention]:
        """Places that are described, not named ("the Afghan capital", "the Iran-Afghanistan border"); see
        `context_places`.
        """
        return context_places(text, found, self.gazetteer)

    def _sure(self, a: Analysis) -> list[float]:
        """Per group: a floor under the classifier's probability; -1 = never a mention.

        Countries, and places of our own tables, whose name is nothing else (no given name, no word) are place
        names wherever
        they stand; a state's abbreviation is one only after a place in that state; an acronym that the document itself
        explains as something else is none.
        """
        words, out = a.around.words, []
        rows = a.cand.row[a.top]
        columns = (
            self.gazetteer.kind[rows],
            a.cand.flag[a.top],
            a.cand.contains[a.top],
            self.gazetteer.population[rows],
        )
        evidence = zip(a.cand.name, *(c.tolist() for c in columns), strict=True)
        for k, (name, kind, flag, contains, population) in enumerate(evidence):
            first = a.around.spans[a.cand.members[k][0]]
            surface = a.around.text[first.start : first.end]
            if (flag & ~(ABBR | CAPS) == 0 and not contains) or (surface.isupper() and a.around.defined(surface)):
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
                and population >= 1_000_000
                and not (name in words.given_names or name in words.surnames or name in words.common)
            ):
                out.append(0.55)  # "Moscow said": a large city that is called like nothing else
            else:
                out.append(0.0)
        return out

    def _mention_of(self, a: Analysis, n: int, prob: float) -> Mention:
        s, group = a.around.spans[n], a.cand.group_of[n]
        said = a.memo.get(group) or a.memo.setdefault(group, self._said(a, group))
        literal, use = (False, "demonym") if said.demonym else literal_use(a.around, n, said.place.kind, said.actor)
        return Mention(
            s.start,
            s.end,
            a.around.text[s.start : s.end],
            "demonym" if said.demonym else "name",
            literal,
            round(self._calibrated.one(prob * said.p), 3),
            said.place,
            f"{use}; {said.why}" if use else said.why,
            said.others,
        )

    def _said(self, a: Analysis, group: int) -> Said:
        """What holds for every mention of a group."""
        top, at = int(a.top[group]), group_slice(a.cand, group)
        row, *next_best = a.ranked[at][:4]
        place = self.gazetteer.place(row)
        others = tuple(map(self.gazetteer.place, next_best))
        demonym = bool(a.cand.flag[top] & DEMONYM)
        return Said(place, demonym, self._actor(place, row), float(a.p[top]), reason(a, group, self.gazetteer), others)

    def _actor(self, place: Place, row: int) -> bool:
        """Countries, unions of them and national capitals are said to act."""
        known = self._actors.get(row)
        if known is None:
            known = self._actors[row] = self._acts(place, row)
        return known

    def _acts(self, place: Place, row: int) -> bool:
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


def resolve(
    mentions: pd.DataFrame, resolver: Resolver | None = None, *, text: str | None = None, home: str | None = None
) -> pd.DataFrame:
    """Place the given mentions of one document together.

    Parameters
    ----------
    mentions : frame with column `text` (the name); with `start` and `end` (half-open characters) where `text=` is given
    resolver : default: over this installation's gazetteer
    text : the document, so that the surroundings of the names count; without it only the names themselves do
    home : ISO3 of the country the publisher writes for

    Returns
    -------
    New frame, one row per row of `mentions` in the same order and with the same index, its columns plus
    status (matched, ambiguous, not_found), place (id), name, lat, lon (degrees, null where not found), iso3, admin1,
    precision, kind, score (0 to 1), why.  ambiguous: the best place is less than 0.6 likely.

    Raises
    ------
    SchemaError : a column is missing (named).
    """
    needed = ["text"] if text is None else ["text", "start", "end"]
    missing = [c for c in needed if c not in mentions.columns]
    if missing:
        raise SchemaError(f"mentions: column {', '.join(missing)} is missing")
    resolver = resolver or Resolver(Gazetteer.open())
    names = [str(t) for t in mentions["text"]]
    if text is None:
        ends = np.cumsum([len(n) + 3 for n in names])
        spans = [(int(e) - len(n) - 3, int(e) - 3) for e, n in zip(ends, names, strict=True)]
        text = "".join(n + " ; " for n in names)
    else:
        spans = [(int(s), int(e)) for s, e in zip(mentions["start"], mentions["end"], strict=True)]
    found = resolver.place_spans(text, spans, home=home)
    out = mentions.copy()
    for column, values in _columns(found).items():
        out[column] = pd.Series(
            values, index=out.index, dtype="float64" if column in ("lat", "lon", "score") else "str"
        )
    return out


def _columns(found: list[Mention | None]) -> dict[str, list[object]]:
    places = [m.place if m else None for m in found]
    status = [
        "not_found" if m is None or m.place is None else "matched" if m.confidence >= 0.6 else "ambiguous"
        for m in found
    ]
    columns: dict[str, list[object]] = {"status": list(status), "place": [p.id if p else None for p in places]}
    for name in ("name", "lat", "lon", "iso3", "admin1", "precision", "kind"):
        columns[name] = [getattr(p, name) if p else None for p in places]
    columns["score"] = [m.confidence if m else None for m in found]
    columns["why"] = [m.why if m else "not in the gazetteer" for m in found]
    return columns
