"""Files and folders → documents, or the reason why a file was not taken.

Takes paths of .txt, .html, .htm and .jsonl files and of folders (read recursively, sorted; documents.csv in a folder
fills what its articles do not say of themselves).  Gives `Document`s and `Refusal`s in order; bad input never raises.
Of title, publisher, date and address the order is: the page's metadata, the document's own head, its dateline, the
manifest, and for the date alone, last, a date in the address.  What none of them says stays None.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract.decoding import NotText, decode
from extract.head import Head, read_head
from extract.html import read_page
from extract.manifest import MANIFEST, ManifestRow, read_manifest
from extract.print_dates import parse_full_date
from extract.schema import Document, Refusal

__all__ = ["MAX_BYTES", "TEXT_SUFFIXES", "read_file", "read_jsonl", "read_paths"]

log = logging.getLogger(__name__)

#: Above this a file is no article: 20 million bytes, some 3 million words.
MAX_BYTES = 20_000_000
TEXT_SUFFIXES = (".txt", ".html", ".htm")
#: In a folder these look like articles that someone expects to be read, so they are refused and not just passed over.
_PAPERS = (".pdf", ".docx", ".doc", ".rtf", ".odt", ".epub", ".mht", ".mhtml", ".xhtml")
_URL_DATE = re.compile(r"/(20\d\d)[/-](\d\d)[/-](\d\d)(?=[/.-]|$)")


@dataclass
class _Seen:
    """What one run has met already: files are read once, a manifest's complaints are told once."""

    files: set[str] = field(default_factory=set)
    manifests: dict[Path, dict[str, ManifestRow]] = field(default_factory=dict)


def read_paths(paths: Iterable[Path | str]) -> Iterator[Document | Refusal]:
    """Documents and refusals of files and folders, one by one; a file named twice is read once."""
    seen = _Seen()
    for raw in paths:
        path = Path(raw)
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as err:
            yield Refusal(str(path), "no such file or folder" if isinstance(err, FileNotFoundError) else _why(err))
            continue
        if stat.S_ISDIR(mode):
            yield from _read_folder(path, seen)
        else:
            yield from _read_one(path, seen, top=path.parent, named=True)


def _read_folder(folder: Path, seen: _Seen) -> Iterator[Document | Refusal]:
    found = False
    problems: list[OSError] = []
    for base, folders, files in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(d for d in folders if not d.startswith("."))
        for name in sorted(files):
            path = Path(base, name)
            suffix = path.suffix.lower()
            if name.startswith(".") or name == MANIFEST or suffix not in (*TEXT_SUFFIXES, ".jsonl", *_PAPERS):
                continue
            found = True
            yield from _read_one(path, seen, top=folder, named=False)
    for problem in problems:
        yield Refusal(str(problem.filename), _why(problem))
    if not found and not problems:
        yield Refusal(str(folder), f"no articles in this folder ({', '.join(TEXT_SUFFIXES)})")


def _read_one(path: Path, seen: _Seen, *, top: Path, named: bool) -> Iterator[Document | Refusal]:
    real = os.path.realpath(path)
    if real in seen.files:
        return
    seen.files.add(real)
    if path.suffix.lower() == ".jsonl":
        yield from read_jsonl(path)
        return
    row: ManifestRow | None = None
    for folder in _folders(path, top):
        if folder not in seen.manifests:
            manifest = folder / MANIFEST
            rows, refused = read_manifest(manifest) if manifest.is_file() else ({}, [])
            seen.manifests[folder] = rows
            yield from refused
            if not named:
                yield from (
                    Refusal(str(manifest), f"names {name}, which is not in the folder")
                    for name in rows
                    if not (folder / name).exists()
                )
        row = row or seen.manifests[folder].get(path.relative_to(folder).as_posix())
    yield read_file(path, row)


def _folders(path: Path, top: Path) -> list[Path]:
    """The file's folder and those above it up to the folder that was asked for: the nearest manifest counts."""
    out = [path.parent]
    while out[-1] != top and top in out[-1].parents:
        out.append(out[-1].parent)
    return out


def read_file(path: Path, manifest_row: ManifestRow | None = None) -> Document | Refusal:
    """One article.

    For .txt the document's text is the file's text unchanged (line ends, a byte order mark and all), so offsets index
    the file; for .html it is the text of the article in the page.
    """
    suffix = path.suffix.lower()
    if suffix not in TEXT_SUFFIXES:
        kind = f"'{suffix}' files" if suffix else "files without an extension"
        return Refusal(str(path), f"{kind} are not read; expected {', '.join(TEXT_SUFFIXES)}, .jsonl")
    try:
        info = path.stat()
        if not stat.S_ISREG(info.st_mode):
            return Refusal(str(path), "not a regular file")
        if info.st_size > MAX_BYTES:
            return Refusal(str(path), _too_big(info.st_size))
        data = path.read_bytes()
    except (OSError, ValueError) as err:
        return Refusal(str(path), _why(err))
    if not data.strip():
        return Refusal(str(path), "empty file")
    try:
        if suffix == ".txt":
            return _from_text(decode(data), path, manifest_row)
        return _from_page(data, path, manifest_row)
    except NotText as err:
        return Refusal(str(path), str(err))


def _from_text(text: str, path: Path, row: ManifestRow | None) -> Document | Refusal:
    if not text.strip("\ufeff \t\r\n\f\v\xa0"):
        return Refusal(str(path), "empty file")
    return _document(text, path.stem, str(path), read_head(text), row)


def _from_page(data: bytes, path: Path, row: ManifestRow | None) -> Document | Refusal:
    try:
        decode(data)
    except NotText as err:
        if "binary" in str(err) or "it is" in str(err):  # other encodings are named inside the page itself
            raise
    page = read_page(data)
    if not page.text:
        return Refusal(str(path), "no article found in this page")
    head = read_head(page.text)
    return _document(
        page.text,
        path.stem,
        str(path),
        Head(
            title=page.title or head.title,
            title_stated=page.title is not None or head.title_stated,
            publisher=page.publisher or head.publisher,
            published=page.published or head.published,
            published_from="metadata" if page.published else head.published_from,
            url=page.url or head.url,
        ),
        row,
    )


def _document(text: str, name: str, path: str | None, head: Head, row: ManifestRow | None) -> Document:
    """A document from what it says of itself; the manifest fills the gaps, an address its date last of all.

    A title that is only the first heading, not labelled, gives way to the manifest's.
    """
    row = row or ManifestRow()
    url = head.url or row.url
    published, how = head.published, head.published_from
    if not published and row.published:
        published, how = row.published, "manifest"
    if not published and (published := _date_in_url(url)):
        how = "url"
    title = head.title if head.title_stated else row.title or head.title
    return Document(
        text=text,
        name=name,
        title=title,
        publisher=head.publisher or row.publisher,
        published=published,
        published_from=how,
        url=url,
        path=path,
    )


def _date_in_url(url: str | None) -> dt.date | None:
    m = _URL_DATE.search(url or "")
    return parse_full_date("-".join(m.groups())) if m else None


def read_jsonl(path: Path | str) -> Iterator[Document | Refusal]:
    """Documents of a JSON Lines file, a line each: {"id", "text", "published"?, "title"?, "publisher"?, "url"?}.

    A line that cannot be used is refused with its number; blank lines are passed over.
    """
    path = Path(path)
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield from _read_line(line.strip().removeprefix(b"\xef\xbb\xbf"), f"{path}:{number}")
    except (OSError, ValueError) as err:
        yield Refusal(str(path), "no such file" if isinstance(err, FileNotFoundError) else _why(err))


def _read_line(line: bytes, where: str) -> Iterator[Document | Refusal]:
    if len(line) > MAX_BYTES:
        yield Refusal(where, _too_big(len(line)))
        return
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        yield Refusal(where, "not a line of JSON")
        return
    problem = _problem(record)
    if problem:
        yield Refusal(where, problem)
        return
    stated = record.get("published")
    published = parse_full_date(stated) if isinstance(stated, str) else None
    if stated and not published:
        yield Refusal(where, f"'{stated}' is no date of the form 2024-03-25; left unknown")
    head = read_head(record["text"])
    title, publisher, url = (_string(record.get(key)) for key in ("title", "publisher", "url"))
    yield _document(
        record["text"],
        str(record["id"]),
        None,
        Head(
            title=title or head.title,
            title_stated=title is not None or head.title_stated,
            publisher=publisher or head.publisher,
            published=published or head.published,
            published_from="metadata" if published else head.published_from,
            url=url or head.url,
        ),
        None,
    )


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
    if any("\ud800" <= c <= "\udfff" for c in record["text"]):
        return "the text holds half a character (a lone surrogate)"
    return None


def _string(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _too_big(size: int) -> str:
    return f"{size / 1e6:,.0f} MB are too much for an article; at most {MAX_BYTES / 1e6:,.0f} MB"


def _why(err: Exception) -> str:
    """An operating system's error in words for a person."""
    if isinstance(err, PermissionError):
        return "no permission to read it"
    return (getattr(err, "strerror", None) or str(err) or "cannot be read").lower()
