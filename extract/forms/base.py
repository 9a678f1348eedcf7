"""What all readers of forms share: where bytes come from, limits, clean text, and a finished document.

A reader takes the bytes of one file and a `Source`; it gives documents and refusals, and never raises for bad content.
Limits are on what comes out as well as on what goes in: a small file may hold a bomb.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from extract.head import Head
from extract.language import why_not_read
from extract.manifest import ManifestRow
from extract.print_dates import parse_full_date
from extract.schema import Document, Refusal

__all__ = [
    "MAX_CHARS",
    "MAX_DEPTH",
    "Item",
    "Reader",
    "Source",
    "address",
    "finish",
    "one_line",
    "size_words",
    "tidy",
    "too_big",
]

Item = Document | Refusal
Reader = Callable[[bytes, "Source"], Iterator[Item]]

#: Above this a text is no article: 20 million characters, some 3 million words.
MAX_CHARS = 20_000_000
#: An archive in an archive is read, one more level is not.
MAX_DEPTH = 2
_URL_DATE = re.compile(r"/(20\d\d)[/-](\d\d)[/-](\d\d)(?=[/.-]|$)")
#: Marks that no reader sees: zero width, byte order, soft hyphen, and those that turn the direction of writing.
_UNSEEN = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Source:
    """Where bytes come from.

    label : how messages name it, and the document's path (None: not from a file).   name : what the document is called
    inner : reads a file that stands in this one (an archive's member, a letter's attachment)
    """

    label: str
    name: str
    row: ManifestRow | None = None
    depth: int = 0
    rows: dict[str, ManifestRow] = field(default_factory=dict)
    inner: Callable[[bytes, str, Source], Iterator[Item]] | None = None

    def member(self, name: str) -> Source:
        """The source of a file inside this one; `name` with "/" between folders."""
        stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        return replace(self, label=f"{self.label}/{name}", name=stem or name, depth=self.depth + 1, row=None)

    def refuse(self, reason: str) -> Refusal:
        """A refusal of this source."""
        return Refusal(self.label, " ".join(reason.split()))


def tidy(text: str) -> str:
    """Text that a reader took out of a file: line ends are newlines, marks that nobody sees are gone.

    Form feeds stay: they are where pages begin.
    """
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(value: Any, limit: int = 500) -> str | None:
    """A title or a name as one clean line; None where nothing is left of it."""
    if not isinstance(value, str):
        return None
    return " ".join(_UNSEEN.sub("", value.replace("\ufffd", "")).split())[:limit].strip() or None


def address(value: Any) -> str | None:
    """A web address, or None: nothing else may become a link."""
    value = value.strip() if isinstance(value, str) else ""
    return value if re.fullmatch(r"https?://[^\s\"'<>\\^`{|}]{3,2000}", value, re.I) else None


def finish(text: str, source: Source, head: Head, *, path: str | None = None) -> Item:
    """A document from what a person gave in the manifest, what it says of itself, and, for the date alone, its address.

    The manifest outweighs what was found.  Where the two name different days, `published_from` keeps both
    ("manifest, not head 2024-10-08") and a note says so; of a day given without clash it is "manifest".
    """
    if reason := why_not_read(text):
        return Refusal(path or source.label, reason)
    row = source.row or ManifestRow()
    url = address(row.url) or address(head.url)
    published, how = head.published, head.published_from
    notes: tuple[str, ...] = ()
    if row.published:
        published, (how, notes) = row.published, _clash(row.published, head)
    if not published and (in_url := _date_in_url(url)):
        published, how = in_url, "url"
    return Document(
        text=text,
        name=source.name,
        title=one_line(row.title or head.title),
        publisher=one_line(row.publisher or head.publisher, 200),
        published=published,
        published_from=how,
        url=url,
        path=path,
        notes=notes,
    )


def _clash(given: dt.date, head: Head) -> tuple[str, tuple[str, ...]]:
    """How a day from the manifest is noted, and what to tell where the article itself prints another."""
    if head.published in (None, given):
        return "manifest", ()
    said = f"published {given} by documents.csv, {head.published} by the article ({head.published_from})"
    return f"manifest, not {head.published_from} {head.published}", (f"{said}; documents.csv counts",)


def _date_in_url(url: str | None) -> dt.date | None:
    m = _URL_DATE.search(url or "")
    return parse_full_date("-".join(m.groups())) if m else None


def size_words(size: int) -> str:
    """ "1.2 MB"."""
    return f"{size / 1e6:,.0f} MB" if size >= 1e6 else f"{size / 1e3:,.0f} kB" if size >= 1e3 else f"{size} bytes"


def too_big(size: int, limit: int, what: str = "an article") -> str:
    """Why a file is not read; `what` it would be."""
    return f"{size_words(size)} are too much for {what}; at most {size_words(limit)}"
