"""A folder that is watched: what arrives is read into the store, once and only once.

    watcher = Watcher(folder, store, chain)
    watcher.step()                      # look once; returns what was read
    watcher.run(tell=print)             # look again and again until Ctrl-C

The folder is looked at again and again rather than asking the system for events: events are lost on network drives,
in containers and while nobody listens, and none says that a file is complete.  A file is taken when two looks in a row
see the same size and time of change, so one that is still being copied is waited for.  What was taken is noted in the
store by path, size and time: after a restart nothing is read again that was read, and what came meanwhile is.
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from extract.forms import EXPECTED
from extract.manifest import MANIFEST
from extract.reading import read_paths
from extract.schema import Document
from geodata.errors import StoreError
from geodata.ingest import Analyser, Report, ingest
from geodata.store import Store
from geodata.store_notes import known_as, notes, put_notes

__all__ = ["SECONDS", "Stamp", "Watcher", "look"]

#: Between two looks.
SECONDS = 2.0
_KEY = "watched:"
#: Written beside the file while it is on its way, by browsers and copying programs.
_PARTIAL = (".part", ".partial", ".crdownload", ".download", ".tmp", ".swp")
Stamp = tuple[int, int]  # size, time of change in ns


def look(folder: Path) -> dict[str, Stamp]:
    """Every file in the folder and those below that could be an article, with its stamp.  What cannot be read is not
    there: it is looked for again."""
    found: dict[str, Stamp] = {}
    for base, folders, files in os.walk(folder):
        folders[:] = sorted(d for d in folders if not d.startswith("."))
        for name in sorted(files):
            path = Path(base, name)
            if name.startswith((".", "~$")) or name == MANIFEST or path.suffix.lower() not in EXPECTED:
                continue
            if any(name + end in files for end in _PARTIAL):
                continue
            try:
                info = path.stat()
            except OSError:
                continue
            found[str(path)] = (info.st_size, info.st_mtime_ns)
    return found


@dataclass
class Watcher:
    """Watches one folder for one store; `look` and `sleep` can be replaced in tests."""

    folder: Path
    store: Store
    chain: Analyser
    look: Callable[[Path], dict[str, Stamp]] = look
    sleep: Callable[[float], None] = time.sleep
    report: Report = field(default_factory=Report)

    def __post_init__(self) -> None:
        """Look up what was taken before."""
        self.folder = self.folder.resolve()
        self._before: dict[str, Stamp] = {}
        self._prefix = f"{_KEY}{self.folder}/"
        self._taken: dict[str, Stamp] = {}
        self._documents: dict[str, list[str]] = {}  # by path: ids of what it held
        for rest, value in notes(self.store, self._prefix).items():
            size, changed, ids = json.loads(value)
            path = str(self.folder / rest)
            self._taken[path], self._documents[path] = (size, changed), ids

    def waiting(self) -> list[str]:
        """Files that were seen but are not at rest yet."""
        return [p for p, stamp in self._before.items() if self._taken.get(p) != stamp]

    def step(self) -> Report:
        """Look once and read what has come to rest since the last look."""
        now = self.look(self.folder)
        ready = [p for p, stamp in now.items() if self._before.get(p) == stamp and self._taken.get(p) != stamp]
        self._before = now
        done = Report()
        for path in ready:
            if not _is_there(path, now[path]):
                continue  # moved on or written to since the look: the next one tells
            part = self._take(path, now[path])
            for o in part.outcomes:
                done.add(o.path, o.state, o.claims, o.reason)
                self.report.add(o.path, o.state, o.claims, o.reason)
            if part.stopped:
                raise KeyboardInterrupt
        return done

    def _take(self, path: str, stamp: Stamp) -> Report:
        """Read one file, then note it; killed between the two it is read again and found unchanged."""
        items = list(read_paths([path]))
        ids = sorted({i.id for i in items if isinstance(i, Document)})
        part = ingest(self.store, items, self.chain)
        if part.stopped:
            return part
        gone = {d for d in set(self._documents.get(path, ())) - set(ids) if known_as(self.store, d) is None}
        self._note(path, stamp, ids)
        # A copy of what this file held before is still in the folder under another name: it is to be read again.
        for other, held in list(self._documents.items()):
            if other != path and gone & set(held) and other in self._before:
                self._forget(other)
        return part

    def _note(self, path: str, stamp: Stamp, ids: Iterable[str]) -> None:
        ids = list(ids)
        self._taken[path], self._documents[path] = stamp, ids
        key = f"{self._prefix}{Path(path).relative_to(self.folder).as_posix()}"
        with self.store.transaction():
            put_notes(self.store, {key: json.dumps([*stamp, ids])})

    def _forget(self, path: str) -> None:
        self._taken.pop(path, None)
        self._documents.pop(path, None)
        key = f"{self._prefix}{Path(path).relative_to(self.folder).as_posix()}"
        with self.store.transaction():
            put_notes(self.store, {key: None})

    def run(self, tell: Callable[[str], None], *, looks: int | None = None) -> Report:
        """Look until Ctrl-C (or `looks` times), telling each file in a line; gives the report of all.

        A store that is busy with another program's writing is waited for.
        """
        try:
            while looks is None or looks > 0:
                looks = None if looks is None else looks - 1
                try:
                    for o in self.step().outcomes:
                        tell(_line(o.path, o.state, o.claims, o.reason))
                except StoreError as err:
                    if "busy" not in str(err):
                        raise
                    tell(str(err))
                self.sleep(SECONDS)
        except KeyboardInterrupt:
            self.report.stopped = True
        return self.report


def _is_there(path: str, stamp: Stamp) -> bool:
    """Whether the file is still as it was when it was looked at."""
    try:
        info = Path(path).stat()
    except OSError:
        return False
    return (info.st_size, info.st_mtime_ns) == stamp


def _line(path: str, state: str, claims: Counter[str], reason: str) -> str:
    found = ", ".join(f"{n} {k}{'s' if n != 1 else ''}" for k, n in sorted(claims.items()))
    return f"refused {path}: {reason}" if state == "refused" else f"{state} {path}: {found or 'no claims'}"
