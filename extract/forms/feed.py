"""RSS and Atom files: each entry an article, with the feed's name as publisher and the entry's date and address.

feedparser reads them: it keeps no entity declarations, so nothing expands, and it is handed bytes, so nothing is
fetched.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import feedparser  # type: ignore[import-untyped]

from extract.forms.base import MAX_CHARS, Item, Source, address, finish, one_line, tidy, too_big
from extract.head import Head, read_head
from extract.html import flat_text

__all__ = ["read_feed"]


def read_feed(data: bytes, source: Source) -> Iterator[Item]:
    """A document an entry: title and text; the day it was published, its address."""
    if b"<!ENTITY" in data:
        yield source.refuse("an XML file that declares entities: no feed does, not read")
        return
    try:
        feed: Any = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception as err:
        # a parser of whatever the web holds; any slip of it is this file's fault, not the run's
        yield source.refuse(f"an RSS or Atom file that cannot be read ({type(err).__name__})")
        return
    if not feed.get("version") and not feed.entries:
        yield source.refuse("no RSS or Atom file" + (": damaged XML" if feed.get("bozo") else ""))
        return
    if not feed.entries:
        yield source.refuse("a feed without entries")
        return
    publisher = one_line(feed.feed.get("title"), 200)
    seen: set[str] = set()
    for number, entry in enumerate(feed.entries, 1):
        key = str(entry.get("id") or entry.get("link") or number)[:300]
        if key in seen:
            key = f"{key}-{number}"
        seen.add(key)
        inside = replace(source, label=f"{source.label}#{key}", name=f"{source.name}-{number}", row=None)
        yield _entry(entry, publisher, inside)


def _entry(entry: Any, publisher: str | None, source: Source) -> Item:
    title = one_line(_flat(entry.get("title") or ""))
    body = max((_flat(v) for v in _bodies(entry)), key=len, default="")
    if not body:
        return source.refuse("an entry without text")
    text = tidy(body if not title or body.startswith(title) else f"{title}\n\n{body}")
    if len(text) > MAX_CHARS:
        return source.refuse(too_big(len(text), MAX_CHARS))
    head = read_head(text)
    day = _day(entry)
    origin = entry.get("source")
    named = one_line(origin.get("title"), 200) if isinstance(origin, dict) else None
    return finish(
        text,
        source,
        Head(
            title=title or head.title,
            title_stated=title is not None,
            publisher=named or publisher or head.publisher,
            published=day or head.published,
            published_from="metadata" if day else head.published_from,
            url=address(entry.get("link")) or head.url,
        ),
        path=source.label,
    )


def _bodies(entry: Any) -> Iterator[str]:
    for part in entry.get("content") or ():
        yield str(part.get("value") or "")
    yield str(entry.get("summary") or "")


def _flat(value: str) -> str:
    return flat_text(value.encode("utf-8", "replace")) if "<" in value or "&" in value else value.strip()


def _day(entry: Any) -> dt.date | None:
    """The day it was published; feedparser gives it in UTC.  A day of change only where no other is given."""
    parsed = dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")
    try:
        return dt.date(*parsed[:3]) if parsed and 1980 < parsed[0] < 2200 else None
    except (ValueError, TypeError):
        return None
