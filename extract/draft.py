"""One incident or arrest in the making: what its sentence says of it, before context is known."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.dates import DateMention
from extract.frames import Frame
from extract.schema import Certainty, Count, Kind
from extract.where import PlaceRef


@dataclass
class Draft:
    """One event in the making."""

    kind: Kind
    subkind: str
    frames: list[Frame]
    start: int
    end: int
    date: DateMention | None = None
    places: list[PlaceRef] = field(default_factory=list)
    counts: dict[str, tuple[Count, int, int]] = field(default_factory=dict)
    nationalities: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    certainty: Certainty = "reported"
    hypothetical: bool = False
    weak: bool = False  # needs a place, date or count of its own
    anaphoric: bool = False  # "the attack" without place or date of its own
    definite: bool = False  # "the attack"
    part: bool = False  # a share of the draft before it
    used: set[int] = field(default_factory=set)  # starts of the quantities it took
    rule: str = ""

    @property
    def own(self) -> int:
        """How many of place, date and count its own words give."""
        return bool(self.places) + (self.date is not None) + bool(self.counts)


def usable_frame(f: Frame) -> bool:
    """Whether a frame states something: not negated, not an intention, not a condition."""
    return not (f.negated or f.conditional)


__all__ = ["Draft", "usable_frame"]
