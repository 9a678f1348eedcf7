"""One sentence and everything found in it: what all rules look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract.dates import DateMention
from extract.frames import Frame
from extract.lexicon import Lexicon
from extract.quantities import Quantity
from extract.schema import Mention
from extract.text import Sentence, Token
from extract.where import PlaceRef

if TYPE_CHECKING:
    from extract.whereabouts import Stay


@dataclass(frozen=True, slots=True)
class SentenceParts:
    """What the words of a sentence give without any context: where they begin behind a dateline, tokens, clauses, triggers."""

    head: int
    toks: Sequence[Token]
    bounds: Sequence[tuple[int, float]]
    frames: Sequence[Frame]


@dataclass
class View:
    """One sentence and what was found in it; offsets index the whole text."""

    text: str
    sentence: Sentence
    toks: Sequence[Token]
    bounds: Sequence[tuple[int, float]]
    dates: Sequence[DateMention]
    places: Sequence[PlaceRef]
    quantities: Sequence[Quantity]
    frames: Sequence[Frame]
    mentions: Sequence[Mention]
    groups: Sequence[tuple[int, int, str]]
    lex: Lexicon
    stays: Sequence[Stay] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The sentence's text."""
        return self.text[self.sentence.start : self.sentence.end]


__all__ = ["SentenceParts", "View"]
