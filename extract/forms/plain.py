"""Plain text: kept as it is, so that offsets index the file; what it says of itself stands in its own head."""

from __future__ import annotations

from collections.abc import Iterator

from extract.decoding import NotText, decode
from extract.forms.base import MAX_CHARS, Item, Source, finish, too_big
from extract.head import read_head

__all__ = ["read_text", "text_document"]


def read_text(data: bytes, source: Source) -> Iterator[Item]:
    """One article.  The document's text is the file's, unchanged: line ends, a byte order mark and all."""
    try:
        text = decode(data)
    except NotText as err:
        yield source.refuse(str(err))
        return
    yield text_document(text, source)


def text_document(text: str, source: Source) -> Item:
    """A document from text that somebody has already: a file's, or what was pasted."""
    if not text.strip("\ufeff \t\r\n\f\v\xa0\u200b"):
        return source.refuse("empty file")
    if len(text) > MAX_CHARS:
        return source.refuse(too_big(len(text), MAX_CHARS))
    if "\x00" in text:
        return source.refuse("not text: it holds zero bytes")
    return finish(text, source, read_head(text), path=source.label)
