"""The frames of a large store kept in a file beside it, mapped into memory: the store opens without being read again.

Takes an open store and frames; gives frames.  The file, STORE-snapshot, is a copy and never the truth: it is good for
one state of one store as one version of the program reads it, and whatever is wrong with it, it is passed over and
written anew.  It is written whole or not at all; where nothing may be written there is none.  Beside the frames of
`geodata.schema` nothing is in it: no texts of documents but the quotes of claims.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from geodata.store import Store

__all__ = ["KEPT", "LEAST_EVENTS", "forget_copy", "keep", "key_of", "read"]

KEPT = ("events", "stops", "claims", "documents")
#: A smaller store is read as fast as its copy.
LEAST_EVENTS = 5000
_MAGIC = b"DLFRAME1"
#: Frames begin at multiples of so many bytes, as Arrow likes its columns to lie.
_ALIGN = 64
#: footer's length, its checksum, and _MAGIC
_TAIL = 8 + 4 + len(_MAGIC)
_ROOT = Path(__file__).resolve().parent


def _path(store: Store) -> Path | None:
    file = store.file
    return file.with_name(f"{file.name}-snapshot") if file else None


@cache
def _program() -> str:
    """Another text as soon as anything changes that could make other frames of the same rows."""
    said = hashlib.sha256(f"{pd.__version__} {pa.__version__}".encode())
    for path in sorted(_ROOT.glob("*.py")):
        said.update(path.name.encode() + b"\0" + path.read_bytes())
    return said.hexdigest()[:16]


def key_of(store: Store) -> str:
    """What the frames depend on: state and form of the store, and the program."""
    mark = store.meta("data_mark") or _stamp(store)
    return f"{store.data_version} {mark} {store.meta('schema_version')} {_program()}"


def _stamp(store: Store) -> str:
    """Size and time of a store's files: tells copies apart that were last changed by an older program."""
    parts = [p for end in ("", "-wal") if store.file and (p := Path(f"{store.file}{end}")).exists()]
    return " ".join(f"{p.stat().st_mtime_ns}/{p.stat().st_size}" for p in parts)


def read(store: Store) -> dict[str, pd.DataFrame] | None:
    """The frames of KEPT as they were when this state of the store was last read; None where no such file is."""
    path = _path(store)
    if path is None or not path.is_file():
        return None
    try:
        whole = pa.memory_map(str(path)).read_buffer()
        footer = _footer(whole)
        if footer["key"] != key_of(store):
            return None
        return {name: _frame(whole, *footer["frames"][name]) for name in KEPT}
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
        return None


def _footer(whole: pa.Buffer) -> dict[str, Any]:
    tail = whole.slice(max(0, whole.size - _TAIL)).to_pybytes()
    size, crc = int.from_bytes(tail[:8], "little"), int.from_bytes(tail[8:12], "little")
    if tail[12:] != _MAGIC or size > whole.size - _TAIL:
        raise ValueError("not whole")
    said = whole.slice(whole.size - _TAIL - size, size).to_pybytes()
    if zlib.crc32(said) != crc:
        raise ValueError("spoilt")
    footer: dict[str, Any] = json.loads(said)
    return footer


def _frame(whole: pa.Buffer, start: int, size: int, crc: int) -> pd.DataFrame:
    part = whole.slice(start, size)
    if zlib.crc32(memoryview(part)) != crc:
        raise ValueError("spoilt")
    frame: pd.DataFrame = pa.ipc.open_stream(pa.BufferReader(part)).read_all().to_pandas()
    return frame


def keep(store: Store, frames: Mapping[str, pd.DataFrame], key: str) -> None:
    """Write the frames, read when `key_of` the store was `key`; a small store needs no file, and loses an old one."""
    path = _path(store)
    if path is None or store.file is None:
        return
    if len(frames["events"]) < LEAST_EVENTS:
        forget_copy(store)
        return
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        os.close(handle)
    except OSError:
        return
    part = Path(name)
    try:
        _write(part, frames, key)
        # Who may read the store may read its copy, and nobody else.
        part.chmod(store.file.stat().st_mode & 0o666)
        part.replace(path)
    except (OSError, pa.ArrowException):
        part.unlink(missing_ok=True)
        return
    if key_of(store) != key:  # changed meanwhile: what was forgotten must not come back in the copy
        forget_copy(store)


def _write(part: Path, frames: Mapping[str, pd.DataFrame], key: str) -> None:
    spans: dict[str, list[int]] = {}
    with pa.OSFile(str(part), "wb") as sink:
        for name in KEPT:
            sink.write(b"\0" * (-sink.tell() % _ALIGN))
            start = sink.tell()
            table = pa.Table.from_pandas(frames[name], preserve_index=False).combine_chunks()
            with pa.ipc.new_stream(sink, table.schema) as out:
                out.write_table(table)
            spans[name] = [start, sink.tell() - start]
    whole = pa.memory_map(str(part)).read_buffer()
    for span in spans.values():
        span.append(zlib.crc32(memoryview(whole.slice(*span))))
    said = json.dumps({"key": key, "frames": spans}).encode()
    with part.open("ab") as file:
        file.write(said + len(said).to_bytes(8, "little") + zlib.crc32(said).to_bytes(4, "little") + _MAGIC)


def forget_copy(store: Store) -> None:
    """Take the file away, and what a killed program left of one."""
    path = _path(store)
    if path is None:
        return
    for old in (path, *path.parent.glob(f".{path.name}.*.part")):
        try:
            old.unlink(missing_ok=True)
        except OSError:
            continue
