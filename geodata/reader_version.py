"""One short text that names how documents are read here: rules, words, weights, tables and the gazetteer index.

Equal versions read a document alike.  Workers of another version are refused, and a document that was read by this
version is not read again.  Takes nothing; gives a hash.  What only writes, filters or draws does not count.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from geodata.errors import GazetteerMissing
from geodata.gazetteer_build import default_path

__all__ = ["reader_version"]

ROOT = Path(__file__).resolve().parent
EXTRACT = ROOT.parent / "extract"
#: Modules of geodata that take part in reading a document.
MODULES = (
    "candidates",
    "chain",
    "context_places",
    "gazetteer",
    "merge",
    "models",
    "names",
    "peoples",
    "ranker",
    "resolve",
    "rows",
    "told",
)
_READ = {".py", ".toml", ".json", ".csv", ".txt"}
_NOT_READ = {"training", "samples", "__pycache__"}


def _files() -> Iterator[Path]:
    yield from (ROOT / f"{name}.py" for name in MODULES)
    yield from (p for p in (ROOT / "data").iterdir() if p.suffix in _READ)
    yield from (p for p in EXTRACT.rglob("*") if p.suffix in _READ and not _NOT_READ & set(p.parts))


@cache
def reader_version() -> str:
    """Sixteen characters; others as soon as anything is changed that could change what is read in a document.

    Raises
    ------
    GazetteerMissing : the index has not been built.
    """
    said = hashlib.sha256()
    for path in sorted(_files()):
        said.update(path.relative_to(ROOT.parent).as_posix().encode() + b"\0" + path.read_bytes())
    meta = default_path() / "meta.json"
    try:
        said.update(str(json.loads(meta.read_text(encoding="utf-8"))["fingerprint"]).encode())
    except (OSError, KeyError, ValueError) as err:
        raise GazetteerMissing(f"no gazetteer index at {meta.parent}: run `make setup`") from err
    return said.hexdigest()[:16]
