"""Tables as files have them: comma, semicolon or tab, UTF-8 with or without its mark, UTF-16, Latin-1, sheets, zips.

Takes a path; gives the column names and the rows one by one with their number (the header is row 1), so that a file of
any length is never held whole.  Every value is text as written; nothing is interpreted here.
"""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO

from geodata.errors import DatasetError
from geodata.importers.codes import DATA
from geodata.importers.record import RowRefused

__all__ = ["Table", "open_table"]

#: More than the largest of these datasets; what is larger inside a zip is taken for a trap.
LARGEST = 4_000_000_000
#: Datasets whose files come without a header row: separator and number of columns tell which.
_BARE = {("\t", 61): "gdelt_columns.txt", (",", 49): "ged_columns.txt"}
Numbered = tuple[int, dict[str, str] | RowRefused]


@dataclass(frozen=True)
class Table:
    """An opened table: its columns, and its rows or the reason why one cannot be read."""

    columns: tuple[str, ...]
    rows: Iterator[Numbered]


@contextmanager
def open_table(path: Path) -> Iterator[Table]:
    """Open a table for reading once.

    Raises
    ------
    DatasetError : missing, empty, no table, or an archive that does not hold exactly one.
    """
    with ExitStack() as stack:
        try:
            yield _table(path, stack)
        except (OSError, zipfile.BadZipFile) as err:
            raise DatasetError(f"{path} cannot be read: {getattr(err, 'strerror', None) or err}") from err


def _table(path: Path, stack: ExitStack) -> Table:
    if not path.is_file():
        raise DatasetError(f"there is no file {path}")
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith(b"PK") and path.suffix.lower() in (".xlsx", ".xlsm"):
        return _sheet(path)
    raw: IO[bytes] = stack.enter_context(_member(path, stack) if head.startswith(b"PK") else path.open("rb"))
    text = stack.enter_context(_decoded(raw, path))
    first = text.readline()
    if not first.strip():
        raise DatasetError(f"{path} is empty")
    return _delimited(first, text)


def _member(path: Path, stack: ExitStack) -> IO[bytes]:
    archive = stack.enter_context(zipfile.ZipFile(path))
    names = [i for i in archive.infolist() if i.filename.lower().endswith((".csv", ".tsv", ".txt"))]
    if len(names) != 1:
        raise DatasetError(f"{path} holds {len(names)} tables: unpack it and name one")
    if names[0].flag_bits & 1:
        raise DatasetError(f"{path} is locked by a password")
    if names[0].file_size > LARGEST:
        raise DatasetError(f"{path} would unpack to {names[0].file_size / 1e9:.0f} GB; the limit is 4 GB")
    # Not a stream of the archive: its encoding is told by a first pass, and it must be read twice.
    return archive.open(names[0])


def _decoded(raw: IO[bytes], path: Path) -> io.TextIOWrapper:
    """UTF-16 where the file says so, UTF-8 where all of it is, else Windows-1252 (which holds Latin-1's letters)."""
    head = raw.read(4096)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = "utf-16"
    elif b"\x00" in head:
        raise DatasetError(f"{path} is no table: it holds binary data")
    else:
        raw.seek(0)
        check = codecs.getincrementaldecoder("utf-8")()
        try:
            while part := raw.read(1 << 20):
                check.decode(part)
            check.decode(b"", final=True)
            name = "utf-8-sig"
        except UnicodeDecodeError:
            name = "cp1252"
    raw.seek(0)
    return io.TextIOWrapper(raw, encoding=name, errors="replace" if name == "cp1252" else "strict", newline="")


def _delimited(first: str, rest: io.TextIOWrapper) -> Table:
    mark = max(",;\t|", key=first.count)
    csv.field_size_limit(10_000_000)
    lines = _Lines(first, rest)
    reader = csv.reader(lines, delimiter=mark, quoting=csv.QUOTE_NONE if mark == "\t" else csv.QUOTE_MINIMAL)
    header = next(reader)
    if header[0].strip().isdecimal() and (given := _BARE.get((mark, len(header)))):
        known = _listed(given)
        return Table(known, _numbered(chain([header], reader), known, 1))
    names = tuple(name.strip() for name in header)
    return Table(names, _numbered(reader, names, 2))


class _Lines:
    """The first line, which was looked at, and then the others."""

    def __init__(self, first: str, rest: io.TextIOWrapper) -> None:
        self.first: str | None = first
        self.rest = rest

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self.first is not None:
            line, self.first = self.first, None
            return line
        return next(self.rest)


def _listed(name: str) -> tuple[str, ...]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())


def _numbered(rows: Iterator[list[str]], names: tuple[str, ...], start: int) -> Iterator[Numbered]:
    n = start
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as err:
            yield n, RowRefused(f"the line cannot be read ({err})")
            n += 1
            continue
        if any(c.strip() for c in cells):
            if len(cells) == len(names):
                yield n, dict(zip(names, cells, strict=True))
            else:
                yield n, RowRefused(f"{len(cells)} fields where the header has {len(names)}")
        n += 1


def _sheet(path: Path) -> Table:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    rows = ([_cell(v) for v in r] for r in book.worksheets[0].iter_rows(values_only=True))
    header = next(rows, None)
    if not header:
        raise DatasetError(f"{path} is empty")
    while header and not header[-1].strip():
        header.pop()
    names = tuple(h.strip() for h in header)
    return Table(names, _numbered((r[: len(names)] for r in rows), names, 2))


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)  # a date as 2024-03-12 00:00:00
