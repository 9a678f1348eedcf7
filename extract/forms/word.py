"""Word files (.docx): headings, paragraphs, lists, tables and footnotes in order, by way of mammoth.

Inserted words of tracked changes are in the text, deleted ones are not; pictures are left out unread.  The file's own
properties are not used: they name the template's or the writer's day and person, not the article's.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import mammoth  # type: ignore[import-untyped]

from extract.forms.archive import is_bomb
from extract.forms.base import MAX_CHARS, Item, Source, finish, size_words, tidy, too_big
from extract.head import Head, read_head
from extract.html import first_heading, flat_text

__all__ = ["read_docx"]

#: Unpacked; a book of text has some 20 MB of XML.
_MAX_UNPACKED = 300_000_000
_OLE = b"\xd0\xcf\x11\xe0"


def read_docx(data: bytes, source: Source) -> Iterator[Item]:
    """One article."""
    problem = _problem(data)
    if problem:
        yield source.refuse(problem)
        return
    try:
        done = mammoth.convert_to_html(io.BytesIO(data), convert_image=mammoth.images.img_element(_no_picture))
    except Exception as err:
        # mammoth raises what its parts raise (KeyError, ExpatError, zlib.error …) for a file that is cut or wrong
        yield source.refuse(f"a damaged Word file ({type(err).__name__})")
        return
    page = done.value.encode("utf-8", "replace")
    text = tidy(flat_text(page))
    if not text.strip():
        yield source.refuse("a Word file without text")
        return
    if len(text) > MAX_CHARS:
        yield source.refuse(too_big(len(text), MAX_CHARS))
        return
    head = read_head(text)
    title = head.title if head.title_stated else first_heading(page) or head.title
    yield finish(
        text,
        source,
        Head(title, head.title_stated, head.publisher, head.published, head.published_from, head.url),
        path=source.label,
    )


def _no_picture(_image: object) -> dict[str, str]:
    return {}


def _problem(data: bytes) -> str | None:
    """Why the bytes are no Word file that may be opened."""
    if data.startswith(_OLE):
        return "protected by a password, or an old .doc: save it as .docx without a password"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            names = {i.filename for i in infos}
    except (zipfile.BadZipFile, ValueError, EOFError, OSError):
        return "a damaged Word file, or one that was cut off"
    if not any(n.startswith("word/") for n in names):
        return "not a Word file, whatever its name says"
    total = sum(i.file_size for i in infos)
    if any(is_bomb(i) for i in infos) or total > _MAX_UNPACKED:
        return f"{size_words(len(data))} that unpack to {size_words(total)}: not read (a bomb)"
    return None
