"""Articles as records: JSON Lines (one object a line) and CSV with a text column.

What a record says (id, title, publisher, published, url) goes before what its text says of itself.  A record that
cannot be used is refused with its line; the others are read.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from extract.decoding import NotText, decode
from extract.forms.base import MAX_CHARS, Item, Source, address, finish, one_line, too_big
from extract.head import Head, read_head
from extract.print_dates import parse_full_date
from extract.schema import Refusal

__all__ = ["TEXT_COLUMNS", "read_csv", "read_json_lines", "read_record"]

#: Columns that hold the article, best first; compared without case, spaces and marks.
TEXT_COLUMNS = (
    "text",
    "fulltext",
    "articletext",
    "bodytext",
    "maintext",
    "plaintext",
    "body",
    "articlebody",
    "content",
    "article",
    "story",
)
_COLUMNS = {
    "id": ("id", "docid", "articleid", "documentid", "guid", "uuid"),
    "title": ("title", "headline", "articletitle", "heading"),
    "publisher": ("publisher", "source", "outlet", "newspaper", "publication", "sourcename", "media", "site"),
    "published": ("published", "date", "publicationdate", "publishdate", "datepublished", "pubdate", "publishedat"),
    "url": ("url", "link", "address", "sourceurl", "articleurl", "web"),
}


def read_json_lines(lines: Iterable[bytes], source: Source) -> Iterator[Item]:
    """A document a line: {"id", "text", "published"?, "title"?, "publisher"?, "url"?}; blank lines are passed over."""
    for number, line in enumerate(lines, 1):
        where = f"{source.label}:{number}"
        line = line.strip().removeprefix(b"\xef\xbb\xbf")
        if not line:
            continue
        if len(line) > 4 * MAX_CHARS:
            yield Refusal(where, too_big(len(line), MAX_CHARS))
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            yield Refusal(where, "not a line of JSON")
            continue
        problem = _problem(record)
        if problem:
            yield Refusal(where, problem)
        else:
            yield from read_record(record, where, source)


def _problem(record: Any) -> str | None:
    """What is wrong with a record, or None."""
    if not isinstance(record, dict):
        return "not a JSON object"
    if not isinstance(record.get("id"), (str, int)) or record["id"] == "":
        return 'no "id"'
    if not isinstance(record.get("text"), str):
        return 'no "text"'
    if not record["text"].strip():
        return "empty text"
    if len(record["text"]) > MAX_CHARS:
        return too_big(len(record["text"]), MAX_CHARS)
    if any("\ud800" <= c <= "\udfff" for c in record["text"]):
        return "the text holds half a character (a lone surrogate)"
    return None


def read_record(record: dict[str, Any], where: str, source: Source, path: str | None = None) -> Iterator[Item]:
    """The document of a record that has "id" and "text"; a date or an address that is none is told and left out."""
    text = record["text"].replace("\x00", "\ufffd")  # one for one: offsets stay
    stated = record.get("published")
    published = parse_full_date(stated) if isinstance(stated, str) else None
    if stated and not published:
        yield Refusal(where, f"'{str(stated)[:60]}' is no date of the form 2024-03-25; left unknown")
    link = record.get("url")
    if link and not address(link):
        yield Refusal(where, f"'{str(link)[:60]}' is no web address; left unknown")
    head = read_head(text)
    title, publisher = (one_line(record.get(key)) for key in ("title", "publisher"))
    yield finish(
        text,
        replace(source, name=str(record["id"]), row=None),
        Head(
            title=title or head.title,
            title_stated=title is not None or head.title_stated,
            publisher=publisher or head.publisher,
            published=published or head.published,
            published_from="metadata" if published else head.published_from,
            url=address(link) or head.url,
        ),
        path=path,
    )


def read_csv(data: bytes, source: Source) -> Iterator[Item]:
    """A document a row of a table with a text column and, where it has them, id, title, publisher, date, address."""
    try:
        text = decode(data).lstrip("\ufeff")
    except NotText as err:
        yield source.refuse(str(err))
        return
    csv.field_size_limit(2 * MAX_CHARS)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        names = [name.strip() for name in next(rows, [])]
        found = {key: at for key, wanted in _COLUMNS.items() if (at := _column(names, wanted)) is not None}
        at = _column(names, TEXT_COLUMNS)
        if at is None:
            shown = ", ".join(n[:30] for n in names[:8])
            yield source.refuse(f"no column with the articles' text (text, body, content …); it has {shown or 'none'}")
            return
        yield from _rows(rows, at, found, source)
    except csv.Error as err:
        yield Refusal(f"{source.label}:{rows.line_num}", f"cannot be read from here on: {err}")


def _rows(rows: Any, at: int, found: dict[str, int], source: Source) -> Iterator[Item]:
    seen: set[str] = set()
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        where = f"{source.label}:{rows.line_num}"
        cells = {key: row[i].strip() for key, i in found.items() if i < len(row)}
        body = row[at] if at < len(row) else ""
        if not body.strip():
            yield Refusal(where, "empty text")
            continue
        key = cells.get("id") or str(rows.line_num)
        name = cells.get("id") or f"{source.name}-{rows.line_num}"
        if key in seen:
            name = key = f"{key}-{rows.line_num}"
        seen.add(key)
        record = {**cells, "id": name, "text": body}
        yield from read_record(record, where, source, path=f"{source.label}#{key}")


def _plain(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum())


def _column(names: list[str], wanted: Iterable[str]) -> int | None:
    plain = [_plain(n) for n in names]
    return next((plain.index(w) for w in wanted if w in plain), None)


def _delimiter(text: str) -> str:
    """What separates the names in the first line: comma, semicolon, tab or bar."""
    first = text.split("\n", 1)[0][:10_000]
    return max(",;\t|", key=first.count)
