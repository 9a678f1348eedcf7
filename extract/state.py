"""What a document has said so far: the memory that context comes from.

`State` is made per document and grows while its sentences are read; `PlaceSource` is what it asks the gazetteer for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from extract.dates import Context, DateMention, month_span
from extract.journey import Journey
from extract.layout import META
from extract.quantities import nationality
from extract.schema import Claim, DateSpan, Mention, Place
from extract.view import View
from extract.where import PlaceRef

_MONTH_NAMES = {
    m: i
    for i, m in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
}


class PlaceSource(Protocol):
    """What claims need of a gazetteer."""

    def country_place(self, iso3: str) -> Place | None:
        """The place that stands for a country."""

    def capital_of(self, iso3: str) -> Place | None:
        """A country's capital."""

    def region_place(self, slug: str) -> Place | None:
        """A region such as "central-asia"."""

    def border_place(self, iso3: str, other: str | None, side: str | None) -> Place | None:
        """The border of two countries, or one side of a country's border ("southern")."""


@dataclass
class State:
    """What the text has said so far."""

    dates: Context
    dmy: bool | None
    named: list[tuple[int, Place]] = field(default_factory=list)  # literal places in order, with their paragraph
    land: str | None = None  # the country that most names of the whole text lie in
    islands: list[Place] = field(default_factory=list)  # for "the island"
    section: list[Place] = field(default_factory=list)  # place of the section's heading
    entry_date: DateMention | None = None  # "18.03 Kulob:", "5 August.": heads its paragraph
    entry_places: list[PlaceRef] = field(default_factory=list)
    in_body: bool = False  # behind the headline and by-lines
    title_places: list[Place] = field(default_factory=list)
    title_to: list[PlaceRef] = field(default_factory=list)  # "Irregular migration to the United Kingdom"
    title_from: list[PlaceRef] = field(default_factory=list)  # "Returns of citizens from Syria and Iraq"
    section_period: DateSpan | None = None
    list_period: DateSpan | None = None
    default: DateSpan | None = None
    last_claim: Claim | None = None
    counted: Claim | None = None  # the last claim with a total, for the list that follows
    counted_paragraph: int = -1
    origin_list: bool = False  # "Points of departure:" heads the list
    last_paragraph: int = -1
    last_event: Claim | None = None  # the last incident, or arrest, of this section
    paragraph: int = -1
    paragraph_date: DateSpan | None = None
    announced: DateSpan | None = None
    journey: Journey = field(default_factory=Journey)  # the people told of last
    repatriated_from: Place | None = None  # where the people brought home were, said before
    nationalities: list[str] = field(default_factory=list)  # of the people told of last
    last_dated: dict[str, DateSpan] = field(default_factory=dict)  # the date of the last claim of each kind
    topic: tuple[str, str] | None = None  # kind and subkind that the title announces

    def pointed(self, noun: str, kinds: tuple[str, ...], places: PlaceSource) -> Place | None:
        """The place that "there", "the city" or "the capital" points at, None where nothing fits."""
        recent = [p for _, p in reversed(self.named)]
        if noun.startswith("capital of "):
            return places.capital_of(noun.removeprefix("capital of "))
        if noun in ("border", "frontier"):
            return next((p for p in recent if p.kind == "border" or re.search(r"border|frontier", p.name, re.I)), None)
        if noun == "capital":
            base = next((p.iso3 for p in self.section + recent if p.iso3), None)
            return places.capital_of(base) if base else None
        if noun == "country":
            pool = self.section + recent
            iso3 = next((p.iso3 for p in pool if p.iso3), None)
            return places.country_place(iso3) if iso3 else None
        if noun == "island" and self.islands:
            return self.islands[-1]
        return next((p for p in recent[:6] if p.precision in kinds), None)

    def home(self) -> str | None:
        """The country the text is about: named most, and in at least two places of five; None where there is none."""
        tally = Counter(p.iso3 for _, p in self.named if p.iso3)
        if not tally:
            return None
        iso3, n = tally.most_common(1)[0]
        return iso3 if n >= 3 and n >= 0.4 * sum(tally.values()) else None

    @staticmethod
    def land_of(mentions: Sequence[Mention]) -> str | None:
        """The country in which half of a text's names or more lie, three at least; None where there is none."""
        tally = Counter(m.place.iso3 for m in mentions if m.place is not None and m.place.iso3 and m.kind == "name")
        if not tally:
            return None
        iso3, n = tally.most_common(1)[0]
        return iso3 if n >= 3 and n >= 0.5 * sum(tally.values()) else None

    def border(self, a: str | None, b: str | None, side: str | None, places: PlaceSource) -> Place | None:
        """A border by its countries, or one side of the country spoken of ("its southern border")."""
        if a is None and b is not None:
            named = (p.iso3 for _, p in reversed(self.named) if p.iso3 and p.iso3 != b)
            home = self.home() or self.land or next(named, None)
            return places.border_place(home, b, side) if home and home != b else places.border_place(b, None, side)
        if a is None and side is not None:
            seen = [p for _, p in self.named if p.kind == "border" and side[:5] in p.name.lower()]
            if seen:
                return seen[-1]
            countries = Counter(p.iso3 for _, p in self.named if p.iso3)
            a = countries.most_common(1)[0][0] if countries else None
        return places.border_place(a, b, side) if a else None

    def heading(self, view: View) -> None:
        """A heading begins a section: its place and period hold for what follows."""
        if view.words.rstrip().endswith(":"):
            self.origin_list = bool(re.search(r"\b(?:departure|origin|from|left)\b", view.words, re.I))
            if not any(not r.demonym for r in view.places):
                return  # heads a list, not a section
        self.counted = self.last_event = None
        self.section = [r.place for r in view.places if not r.demonym and (r.literal or len(view.words.split()) <= 4)]
        period = next((d.span for d in view.dates if d.span.start), None)
        month = re.fullmatch(r"\s*([A-Za-z]+)\s*", view.words)
        if period is None and month and month[1].lower() in _MONTH_NAMES and self.default and self.default.end:
            period = DateSpan(*month_span(self.default.end.year, _MONTH_NAMES[month[1].lower()]), "month")
        self.section_period = period if self.in_body and not META.search(view.words) else None
        self.dates.period = self.section_period or self.announced

    def remember(self, view: View) -> None:
        """Keep the places, people and dates of a sentence for those after it."""
        for r in view.places:
            if not r.demonym and (r.literal or r.prep) and not r.pointed and not r.org:
                self.named.append((view.sentence.paragraph, r.place))
                if (
                    r.place.kind == "island"
                    or r.prep == "on"
                    or re.search(r"\bislands? of\s+$", view.text[max(0, r.start - 12) : r.start])
                ):
                    self.islands.append(r.place)
        self.journey.stayed(view)
        people = [n for q in view.quantities if q.category == "person" for n in q.nationalities]
        people = people or [
            n for m in view.mentions if m.kind == "demonym" and m.text.endswith("s") for n in [nationality(m)] if n
        ]
        if people:
            self.nationalities = list(dict.fromkeys(people))
        for d in view.dates:
            if d.span.start is not None and d.span.precision in ("day", "month") and d.relation == "":
                self.paragraph_date = d.span


__all__ = ["PlaceSource", "State"]
