"""What the store knows of a document before it is read: nothing is analysed twice, and corrections by hand stay.

A document's fingerprint has two halves, "found.how": what was found in it, and what it was found from (its metadata
and the version of rules, words, weights and gazetteer).  The same text with the same second half need not be read.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from extract.forms.base import address
from extract.print_dates import parse_full_date
from extract.schema import Document, Refusal
from geodata.errors import DocumentError
from geodata.outlets import file_of, forget_outlets, is_other_outlet, leave_file, note_outlet
from geodata.store import Store
from geodata.store_notes import document_like, kinds_of, known_as, note, put_notes, touch

__all__ = [
    "FIELDS",
    "Fresh",
    "corrected",
    "corrections",
    "find_document",
    "forget_notes",
    "note_correction",
    "outlet_row",
    "place_of",
    "reading_key",
    "same_text",
]

#: What a person may correct of a document.
FIELDS = ("title", "publisher", "published", "url")
_KEY = "corrected:"


def reading_key(document: Document, version: str | None) -> str:
    """The second half of a fingerprint; "" where the version is not known, so that nothing is passed over."""
    if version is None:
        return ""
    said = [version, document.title, document.publisher, str(document.published), document.published_from, document.url]
    return hashlib.sha256(json.dumps(said).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def place_of(document: Document) -> str | None:
    """The whole path of its file, as the store keeps it; "#" and more where it is an entry or a row of that file."""
    if not document.path:
        return None
    file, mark, part = document.path.partition("#")
    return f"{Path(file).resolve()}{mark}{part}"


def outlet_row(document: Document) -> dict[str, str | None]:
    """Publisher, address, day and file of a document as the store would keep them."""
    published = document.published.isoformat() if document.published else None
    head = {"publisher": document.publisher, "url": document.url, "published": published}
    return head | {"path": place_of(document), "name": document.name}


def same_text(known: Mapping[str, Any]) -> str:
    """What a report says of a further outlet."""
    return f"the same text as {known['publisher'] or known['name']}: kept as a further outlet"


@dataclass
class Fresh:
    """Passes on the documents that must be read; the others are counted, each with a note ("" as a rule)."""

    store: Store
    version: str | None
    unchanged: list[tuple[Document, dict[str, int], str]] = field(default_factory=list)

    def of(self, items: Iterable[Document | Refusal]) -> Iterator[Document | Refusal]:
        """Items without what is in the store already, read from the same by the same rules; corrections applied."""
        for item in items:
            if isinstance(item, Refusal):
                yield item
                continue
            document = corrected(self.store, item)
            if told := self._is_outlet(item):
                self.unchanged.append((item, dict(kinds_of(self.store, item.id)), told))
            elif self._is_known(document):
                self.unchanged.append((document, dict(kinds_of(self.store, document.id)), ""))
            else:
                yield document

    def _is_outlet(self, document: Document) -> str:
        """Where it is another outlet of a text that is known: keeps it, and says so."""
        row = outlet_row(document)
        known = known_as(self.store, document.id) if row["publisher"] or row["url"] else None
        if known is None or not is_other_outlet(self.store, known, row, corrections(self.store, document.id)):
            return ""
        with self.store.transaction():
            if note_outlet(self.store, document.id, row):
                self.store.changed()
        return same_text(known)

    def _is_known(self, document: Document) -> bool:
        key = reading_key(document, self.version)
        known = known_as(self.store, document.id) if key else None
        if known is None or known["fingerprint"].partition(".")[2] != key:
            return False
        place = place_of(document)
        if file_of(self.store, place) not in (None, document.id):  # it was an outlet of another text before
            with self.store.transaction():
                leave_file(self.store, place)
                self.store.changed()
        if place and place != known["path"]:
            with self.store.transaction():  # moved or copied: a new text under the old path is another article
                touch(self.store, document.id, path=place)
        return True


def corrections(store: Store, doc_id: str) -> list[dict[str, Any]]:
    """What people corrected of a document, oldest first: {"who", "at", "old", "new"}."""
    found: list[dict[str, Any]] = json.loads(note(store, _KEY + doc_id) or "[]")
    return found


def corrected(store: Store, document: Document) -> Document:
    """The document with what people corrected of it, whatever its file says."""
    values: dict[str, Any] = {}
    for one in corrections(store, document.id):
        values |= one["new"]
    if not values:
        return document
    if "published" in values:
        values["published"] = parse_full_date(values["published"])
        values["published_from"] = "person" if values["published"] else None
    return replace(document, **values)


def forget_notes(store: Store, doc_id: str) -> None:
    """Take away what was noted of a document, in an open transaction."""
    put_notes(store, {_KEY + doc_id: None})
    forget_outlets(store, doc_id)


def note_correction(store: Store, document: Document, values: dict[str, str], who: str) -> dict[str, Any] | None:
    """Write down a correction, signed and dated, with the values before; None where nothing differs.

    values : of FIELDS; "" is: not known

    Raises
    ------
    DocumentError : a date that is none, an address that is none, an unknown field.
    """
    before = {f: _text(getattr(document, f)) for f in FIELDS}
    new = {f: _checked(f, v) for f, v in values.items()}
    new = {f: v for f, v in new.items() if v != before[f]}
    if not new:
        return None
    at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    one = {"who": who, "at": at, "old": {f: before[f] for f in new}, "new": new}
    with store.transaction():
        put_notes(store, {_KEY + document.id: json.dumps([*corrections(store, document.id), one], ensure_ascii=False)})
    return one


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _checked(name: str, value: str) -> str | None:
    value = " ".join(value.split())
    if name not in FIELDS:
        raise DocumentError(f"'{name}' of a document cannot be corrected; expected {', '.join(FIELDS)}")
    if not value:
        return None
    if name == "published":
        day = parse_full_date(value)
        if day is None:
            raise DocumentError(f"'{value}' is no date of the form 2024-03-25")
        return day.isoformat()
    if name == "url" and not address(value):
        raise DocumentError(f"'{value}' is no web address (https://…)")
    return value[:500]


def find_document(store: Store, word: str) -> Document:
    """The document with this id, the beginning of one, or this name.

    Raises
    ------
    DocumentError : there is none, or there are several.
    """
    found = document_like(store, word)
    row = store.document(found[0]) if len(found) == 1 else None
    if row is None:
        several = f": {', '.join(found)}" if found else ""
        raise DocumentError(f"{len(found) or 'no'} documents with the id or name '{word}'{several}")
    return Document(
        text=row["text"],
        name=row["name"],
        title=row["title"],
        publisher=row["publisher"],
        published=parse_full_date(row["published"]),
        published_from=row["published_from"],
        url=row["url"],
        path=row["path"],
    )
