"""Files and folders → documents, or the reason why a file was not taken.

Takes paths of files in any form of `extract.forms` and of folders (read recursively, sorted; documents.csv in a folder
says of its articles what they do not say themselves).  Gives `Document`s and `Refusal`s in order; bad input never raises.
Of title, publisher, date and address the order is: the manifest, which a person wrote, the page's metadata, the
document's own head, its dateline, and for the date alone, last, a date in the address.  What none says stays None.
"""

from __future__ import annotations

import logging
import os
import re
import stat
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from extract.forms import EXPECTED, SUFFIXES, limit_of, read_bytes
from extract.forms.base import Source, too_big
from extract.forms.records import read_json_lines
from extract.manifest import MANIFEST, ManifestRow, read_manifest
from extract.schema import Document, Refusal

__all__ = ["expected", "read_file", "read_jsonl", "read_paths"]

log = logging.getLogger(__name__)


@dataclass
class _Seen:
    """What one run has met already: files are read once, a manifest's complaints are told once."""

    files: set[str] = field(default_factory=set)
    manifests: dict[Path, dict[str, ManifestRow]] = field(default_factory=dict)


def read_paths(paths: Iterable[Path | str]) -> Iterator[Document | Refusal]:
    """Documents and refusals of files and folders, one by one; a file named twice is read once."""
    seen = _Seen()
    for raw in paths:
        if re.match(r"https?://", str(raw), re.I):
            from extract.fetch import read_address  # the network: only where an address is given

            yield from read_address(str(raw))
            continue
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


def expected(paths: Iterable[Path | str]) -> int:
    """About how many documents the paths will give, for a bar of progress: files, lines of JSON, members of archives.

    Opens no article; what cannot be looked at counts as one.
    """
    return sum(_expected(file) for raw in paths for file in _files(Path(raw)))


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for base, folders, files in os.walk(path):
        folders[:] = [d for d in folders if not d.startswith(".")]
        yield from (Path(base, n) for n in files if Path(n).suffix.lower() in EXPECTED and n != MANIFEST)


def _expected(path: Path) -> int:
    try:
        if path.suffix.lower() == ".jsonl":
            with path.open("rb") as file:
                return max(1, sum(part.count(b"\n") for part in iter(lambda: file.read(1 << 20), b"")))
        if path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as archive:
                return max(1, sum(Path(n).suffix.lower() in EXPECTED for n in archive.namelist()))
    except (OSError, ValueError, zipfile.BadZipFile):
        pass
    return 1


def _read_folder(folder: Path, seen: _Seen) -> Iterator[Document | Refusal]:
    found = False
    problems: list[OSError] = []
    for base, folders, files in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(d for d in folders if not d.startswith("."))
        for name in sorted(files):
            path = Path(base, name)
            suffix = path.suffix.lower()
            if name.startswith(".") or name == MANIFEST or suffix not in EXPECTED:
                continue
            found = True
            yield from _read_one(path, seen, top=folder, named=False)
    for problem in problems:
        yield Refusal(str(problem.filename), _why(problem))
    if not found and not problems:
        yield Refusal(str(folder), f"no articles in this folder ({', '.join(SUFFIXES)})")


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
    yield from read_file(path, row)


def _folders(path: Path, top: Path) -> list[Path]:
    """The file's folder and those above it up to the folder that was asked for: the nearest manifest counts."""
    out = [path.parent]
    while out[-1] != top and top in out[-1].parents:
        out.append(out[-1].parent)
    return out


def read_file(path: Path, manifest_row: ManifestRow | None = None) -> Iterator[Document | Refusal]:
    """The documents of one file: one for an article, several for an archive, a feed or a table.

    For .txt the document's text is the file's text unchanged (line ends, a byte order mark and all), so offsets index
    the file; for other forms it is the text of the article in it.
    """
    suffix = path.suffix.lower()
    source = Source(str(path), path.stem, manifest_row)
    try:
        info = path.stat()
        if not stat.S_ISREG(info.st_mode):
            yield source.refuse("not a regular file")
            return
        if suffix in SUFFIXES and info.st_size > limit_of(suffix):
            yield source.refuse(too_big(info.st_size, limit_of(suffix)))
            return
        data = path.read_bytes() if suffix in SUFFIXES else b"-"
    except (OSError, ValueError) as err:
        yield source.refuse(_why(err))
        return
    yield from read_bytes(data, suffix, source)


def read_jsonl(path: Path | str) -> Iterator[Document | Refusal]:
    """Documents of a JSON Lines file, a line each: {"id", "text", "published"?, "title"?, "publisher"?, "url"?}.

    A line that cannot be used is refused with its number; blank lines are passed over.  Read line by line: the file may
    be larger than memory.
    """
    path = Path(path)
    try:
        with path.open("rb") as lines:
            yield from read_json_lines(lines, Source(str(path), path.stem))
    except (OSError, ValueError) as err:
        yield Refusal(str(path), "no such file" if isinstance(err, FileNotFoundError) else _why(err))


def _why(err: Exception) -> str:
    """An operating system's error in words for a person."""
    if isinstance(err, PermissionError):
        return "no permission to read it"
    return (getattr(err, "strerror", None) or str(err) or "cannot be read").lower()
