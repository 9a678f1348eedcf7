"""Web pages: saved as HTML, or as one file with pictures and styles (MHTML, what Chromium and Edge save)."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from contextlib import suppress

from extract.decoding import NotText, decode
from extract.forms.base import MAX_CHARS, Item, Source, finish, tidy, too_big
from extract.head import Head, read_head
from extract.html import Page, read_page

__all__ = ["page_document", "read_html", "read_mhtml"]


def read_html(data: bytes, source: Source) -> Iterator[Item]:
    """The article in a page, with what the page's metadata say."""
    try:
        decode(data)
    except NotText as err:
        if "binary" in str(err) or "it is" in str(err):  # other encodings are named inside the page itself
            yield source.refuse(str(err))
            return
    yield page_document(read_page(data), source)


def page_document(page: Page, source: Source, url: str | None = None) -> Item:
    """A document from a page that was taken apart; `url` is where it was saved from."""
    text = tidy(page.text or "")
    if not text.strip():
        return source.refuse("no article found in this page")
    if len(text) > MAX_CHARS:
        return source.refuse(too_big(len(text), MAX_CHARS))
    head = read_head(text)
    return finish(
        text,
        source,
        Head(
            title=page.title or head.title,
            title_stated=page.title is not None or head.title_stated,
            publisher=page.publisher or head.publisher,
            published=page.published or head.published,
            published_from="metadata" if page.published else head.published_from,
            url=page.url or url or head.url,
        ),
        path=source.label,
    )


def read_mhtml(data: bytes, source: Source) -> Iterator[Item]:
    """The page in an archive of a page; its address is the one that it was saved from."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    part = next((p for p in message.walk() if p.get_content_type() in ("text/html", "application/xhtml+xml")), None)
    body = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(body, bytes) or not body.strip():
        yield source.refuse("no web page in this file")
        return
    said = str(message.get("Snapshot-Content-Location") or part.get("Content-Location") or "").strip()
    charset = part.get_content_charset()
    if charset and charset not in ("utf-8", "us-ascii"):
        with suppress(LookupError, UnicodeDecodeError):  # the page itself may say it better
            body = body.decode(charset).encode("utf-8")
    yield page_document(read_page(body), source, said)
