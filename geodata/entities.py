"""What a trained spaCy pipeline says beside our own evidence: `python -m geodata toponyms --spacy PIPELINE`.

Takes a pipeline's name or path and texts; gives `Entity`s, and how each changes what is thought of a possible mention.
Optional: nothing here runs unless a pipeline is named.  Does not place anything and downloads nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from geodata.errors import PipelineMissing

__all__ = ["PART", "Entity", "SpacyEntities", "over", "parts", "unknown_places", "weigh", "within"]

PART = 60_000  # characters that are read at once

#: change in the log odds of a mention where an entity of that label has the same words, and where it only overlaps
_ODDS = {
    "GPE": (2.5, 1.2),
    "LOC": (2.5, 1.2),
    "FAC": (2.0, 0.8),
    "NORP": (1.5, 0.5),
    "PERSON": (-4.0, -4.0),
    "ORG": (-0.8, -0.4),
}
_SAME = {"PER": "PERSON"}  # other schemes' names of labels
_COUNTER = frozenset(("PERSON", "ORG"))


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing: half-open character offsets and its label (GPE LOC FAC NORP PERSON ORG)."""

    start: int
    end: int
    label: str


def parts(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the parts in which a text is read: up to PART characters, to the last line or blank in them."""
    at = 0
    while at < len(text):
        end = len(text)
        if end - at > PART:
            ends = (text.rfind(mark, at + PART // 2, at + PART) for mark in ("\n", " "))
            end = next((e + 1 for e in ends if e > 0), at + PART)
        yield at, end
        at = end


class SpacyEntities:
    """The entities of an installed spaCy pipeline that bear on place names.

    pipeline : name of an installed package ("en_core_web_trf"), or a folder that `nlp.to_disk` wrote

    Raises
    ------
    PipelineMissing : it is not there, cannot be loaded, or names no entities.
    """

    def __init__(self, pipeline: str) -> None:
        import spacy  # a second: only for who asks for it

        try:
            self._nlp = spacy.load(pipeline)
        except (OSError, ValueError, ImportError) as err:
            raise PipelineMissing(
                f"no spaCy pipeline {pipeline!r}: give the name of an installed one or the folder of one"
            ) from err
        if not {"ner", "entity_ruler", "span_ruler"} & set(self._nlp.pipe_names):
            raise PipelineMissing(f"spaCy pipeline {pipeline!r} names no entities: it has no component `ner`")

    def __call__(self, text: str) -> list[Entity]:
        """Entities in order; without a leading "the" and a trailing possessive."""
        return [
            _trimmed(text, Entity(at + e.start_char, at + e.end_char, _SAME.get(e.label_, e.label_)))
            for at, end in parts(text)
            for e in self._nlp(text[at:end]).ents
            if _SAME.get(e.label_, e.label_) in _ODDS
        ]


def _trimmed(text: str, e: Entity) -> Entity:
    start, end = e.start, e.end
    if text[start : start + 4].lower() == "the ":
        start += 4
    if text[end - 2 : end] in ("'s", "’s"):
        end -= 2
    return replace(e, start=start, end=end) if start < end else e


def within(entities: Sequence[Entity], start: int, end: int) -> list[Entity]:
    """The entities that begin in a part of the text, with offsets into that part."""
    return [replace(e, start=e.start - start, end=e.end - start) for e in entities if start <= e.start < end]


def over(entities: Sequence[Entity], start: int, end: int) -> Entity | None:
    """The entity that overlaps most with start to end; None where none does."""
    shared = [(min(e.end, end) - max(e.start, start), -k) for k, e in enumerate(entities)]
    most, k = max(shared, default=(0, 0))
    return entities[-k] if most > 0 else None


def weigh(likely: float, floor: float, entity: Entity | None, start: int, end: int) -> float:
    """Probability that start to end is a place name, given our own and an entity over it.

    floor : what a name that is nothing else has at least; a person or an organisation takes it away
    """
    if entity is None:
        return max(likely, floor)
    own = likely if entity.label in _COUNTER else max(likely, floor)
    odds = math.log(max(own, 1e-6) / max(1 - own, 1e-6))
    same = (entity.start, entity.end) == (start, end)
    return 1 / (1 + math.exp(-odds - _ODDS[entity.label][0 if same else 1]))


def unknown_places(entities: Sequence[Entity], taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of places (GPE, LOC) that overlap with nothing in `taken`."""
    return [
        (e.start, e.end)
        for e in entities
        if e.label in ("GPE", "LOC") and not any(e.start < end and start < e.end for start, end in taken)
    ]
