"""A row of a dataset as Dateline reads it: one document with one claim, and the row itself, verbatim.

Takes what an importer found in a row; gives a `Record`, and from it the document and the claim that the rest of
geodata works with.  Does not read files, does not write.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from functools import cached_property

from extract.schema import Claim, ClaimPlace, Count, DatePrecision, DateSpan, Document, Kind, Mention, Place, text_id

__all__ = ["ImportedDocument", "PassedOver", "Record", "RowRefused", "day_span", "located", "span"]


class RowRefused(ValueError):
    """A row that cannot be taken; the message says what is wrong with it, for a person."""


class PassedOver(Exception):
    """A row that is sound but tells of nothing that Dateline shows; the message is its type, for a count."""


@dataclass(frozen=True, slots=True)
class ImportedDocument(Document):
    """A row as a document.  Its id is of dataset and native id, not of the text: a revised row stays the same row."""

    key: str = ""

    @property
    def id(self) -> str:
        """Of the key."""
        return text_id(self.key)


@dataclass(frozen=True)
class Record:
    """One row.  `native` is the row as it was read; `remarks` say what its codes mean and what was done with them."""

    dataset: str
    native_id: str
    row: int
    kind: Kind
    subkind: str
    date: DateSpan
    places: tuple[ClaimPlace, ...]
    title: str
    notes: str
    native: dict[str, str]
    publisher: str
    counts: dict[str, Count] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    certainty: str = "reported"
    confidence: float = 0.9
    published: dt.date | None = None
    url: str | None = None
    origin: str | None = None
    sources: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What the row is known by, whichever file it comes in."""
        return f"{self.dataset}:{self.native_id}"

    @cached_property
    def document(self) -> ImportedDocument:
        """The row as a person reads it: a heading, its notes, its sources, what its codes say."""
        tail = [f"Sources: {self.sources}"] if self.sources else []
        tail += [f"As coded: {'; '.join(self.remarks)}."] if self.remarks else []
        return ImportedDocument(
            text="\n\n".join([self._heading, *filter(None, [self.notes]), *tail]) + "\n",
            name=f"{self.dataset}-{self.native_id}",
            title=self.title,
            publisher=self.publisher,
            published=self.published,
            published_from="dataset" if self.published else None,
            url=self.url,
            key=self.key,
        )

    @property
    def _heading(self) -> str:
        return f"{self.publisher} {self.native_id}: {self.title}"

    @property
    def claims(self) -> list[Claim]:
        """Its one claim; it stands on the notes, or on the heading where there are none."""
        start = len(self._heading) + 2 if self.notes else 0
        said = self.notes or self._heading
        return [
            Claim(
                doc=self.document.name,
                kind=self.kind,
                subkind=self.subkind,
                start=start,
                end=start + len(said),
                date=self.date,
                places=self.places,
                groups=self.groups,
                nationalities=self.nationalities,
                counts=self.counts,
                certainty=self.certainty,  # type: ignore[arg-type]
                confidence=self.confidence,
                rule=f"dataset:{self.dataset}",
                origin=self.origin,
            )
        ]

    @property
    def mentions(self) -> list[Mention]:
        """None: nothing was looked for in the notes."""
        return []

    def of_dataset(self, dataset: str) -> Record:
        """The same row under another name of the dataset."""
        return replace(self, dataset=dataset)


def span(first: dt.date, last: dt.date) -> DateSpan:
    """An interval with the precision that fits its length: a week is told as finely as a month, not as a day.

    >>> span(dt.date(2024, 3, 9), dt.date(2024, 3, 15)).precision
    'month'
    """
    days = (last - first).days + 1
    names: tuple[tuple[DatePrecision, int], ...] = (("day", 1), ("month", 31), ("season", 93), ("half", 184))
    return DateSpan(first, last, next((p for p, n in names if days <= n), "year"))


def day_span(day: dt.date) -> DateSpan:
    """One day."""
    return DateSpan(day, day, "day")


def located(place: Place | None, words: str = "") -> tuple[ClaimPlace, ...]:
    """A place as the only one of a claim; nothing where there is none."""
    return (ClaimPlace("location", words or place.name, None, None, place),) if place else ()
