"""A folder's documents.csv: what a person says of its articles; it outweighs what they say of themselves.

Takes the file's path, gives a row per named file (columns file, title, publisher, published, url; others are ignored)
and a `Refusal` for each line that cannot be used.  An empty cell is unknown.  Does not open the articles.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass
from pathlib import Path

from extract.decoding import NotText, decode
from extract.print_dates import parse_full_date
from extract.schema import Refusal

__all__ = ["MANIFEST", "ManifestRow", "parse_manifest", "read_manifest"]

MANIFEST = "documents.csv"
_COLUMNS = ("file", "title", "publisher", "published", "url")


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """What the manifest says of one file."""

    title: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    url: str | None = None


def read_manifest(path: Path) -> tuple[dict[str, ManifestRow], list[Refusal]]:
    """Rows by file name as written (with "/" between folders), and the lines that were not taken, with the reason."""
    try:
        return parse_manifest(path.read_bytes(), str(path))
    except OSError as err:
        return {}, [Refusal(str(path), f"the list of articles cannot be read: {_why(err)}")]


def parse_manifest(data: bytes, path: str) -> tuple[dict[str, ManifestRow], list[Refusal]]:
    """As `read_manifest`, from the bytes of the file; `path` is how messages name it."""
    try:
        source = decode(data).lstrip("\ufeff")
        rows = list(csv.DictReader(io.StringIO(source, newline=""), strict=True, skipinitialspace=True))
    except (NotText, csv.Error) as err:
        return {}, [Refusal(path, f"the list of articles cannot be read: {err}")]
    if not rows:
        return {}, []
    names = {name.strip().lower(): name for name in rows[0] if isinstance(name, str)}
    if "file" not in names:
        return {}, [Refusal(path, f"no column 'file'; expected {', '.join(_COLUMNS)}")]
    found: dict[str, ManifestRow] = {}
    refused: list[Refusal] = []
    for line, row in enumerate(rows, 2):
        cells = {c: (row.get(names[c]) or "").strip() for c in _COLUMNS if c in names}
        where = f"{path}:{line}"
        key = cells["file"].replace("\\", "/").removeprefix("./")
        if not key:
            refused.append(Refusal(where, "names no file"))
            continue
        if key in found:
            refused.append(Refusal(where, f"names {key} a second time; the first line counts"))
            continue
        published = parse_full_date(cells.get("published"))
        if cells.get("published") and not published:
            refused.append(Refusal(where, f"'{cells['published']}' is no date of the form 2024-03-25; left unknown"))
        found[key] = ManifestRow(
            cells.get("title") or None, cells.get("publisher") or None, published, cells.get("url") or None
        )
    return found, refused


def _why(err: OSError) -> str:
    return (err.strerror or "cannot be opened").lower()
