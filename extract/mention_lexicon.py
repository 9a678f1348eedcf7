"""Vocabulary of place recognition: words around names, given names, common words.

Takes data files of `extract/lexicons/en`; gives sets.  Adding a title or a type word needs no Python.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

__all__ = ["PlaceWords", "place_words"]

_HERE = Path(__file__).parent / "lexicons" / "en"


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Sets of folded words; see places.toml for what each is."""

    locative: frozenset[str]
    strong_locative: frozenset[str]
    titles: frozenset[str]
    person_verbs: frozenset[str]
    metonym_verbs: frozenset[str]
    org_heads: frozenset[str]
    org_of: frozenset[str]
    event_heads: frozenset[str]
    street_words: frozenset[str]
    nature_words: frozenset[str]
    agent_nouns: frozenset[str]
    relation_nouns: frozenset[str]
    object_verbs: frozenset[str]
    topic_nouns: frozenset[str]
    irregular_verbs: frozenset[str]
    not_agent_verbs: frozenset[str]
    militant_names: frozenset[str]
    calendar: frozenset[str]
    not_places: frozenset[str]
    clause_starts: frozenset[str]
    soft_adverbs: frozenset[str]
    state_words: frozenset[str]
    copulas: frozenset[str]
    minded: frozenset[str]
    no_attribute_heads: frozenset[str]
    office_ranks: frozenset[str]
    offices: frozenset[str]
    done_by: frozenset[str]
    unknown_after: frozenset[str]
    settlement_words: frozenset[str]
    arabic_articles: frozenset[str]
    directions_alone: frozenset[str]
    small_words: frozenset[str]
    directions: frozenset[str]
    hyphen_participles: frozenset[str]
    area_words: dict[str, frozenset[str]]
    given_names: frozenset[str]
    surnames: dict[str, int]  # family name → 1 (rare) to 3 (frequent)
    common: dict[str, int]  # word → occurrences in lower case in general text


def _lines(name: str) -> list[str]:
    path = _HERE / name
    if not path.exists():
        return []
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def place_words() -> PlaceWords:
    """The vocabulary, read once."""
    raw = tomllib.loads((_HERE / "places.toml").read_text(encoding="utf-8"))
    areas = {word: frozenset(kinds) for word, kinds in raw.pop("area_words").items()}
    common = {word: int(n) for word, n in (line.split("\t") for line in _lines("common_words.tsv"))}
    return PlaceWords(
        **{k: frozenset(v) for k, v in raw.items()},
        area_words=areas,
        given_names=frozenset(_lines("given_names.txt")),
        surnames={w: 3 if k < 300 else 2 if k < 3000 else 1 for k, w in enumerate(_lines("surnames.txt"))},
        common=common,
    )
