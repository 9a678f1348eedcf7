"""One sentence and everything found in it: what all rules look at."""

from __future__ import annotations

import re
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


#: What may stand before and between the dates and places that open a sentence.
_LEAD_IN = re.compile(
    r"\W*(?:(?:and|but|then|also|meanwhile|earlier|later|early|late|only|already|back|again|elsewhere|the same)\W+)*"
    r"(?:(?:on|in|by|during|at|near|since|over|from|between|around|across|outside|throughout)\W+)?(?:(?:the|a|its|early|late|city of|town of|"
    r"province of|district of|region of|morning of|night of|evening of|afternoon of|week of)\W+)*",
    re.I,
)


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
    opening: int = -1  # where the dates and places end that the sentence opens with: "In Solingen, in August, …"

    def __post_init__(self) -> None:
        self.opening = self.sentence.start
        named = [(r.start, r.end) for r in self.places if r.prep and not r.demonym]
        for start, end in sorted([*named, *((d.start, d.end) for d in self.dates)]):
            if start >= self.opening and not _LEAD_IN.fullmatch(self.text, self.opening, start):
                break
            self.opening = max(self.opening, end)

    @property
    def words(self) -> str:
        """The sentence's text."""
        return self.text[self.sentence.start : self.sentence.end]


__all__ = ["SentenceParts", "View"]
