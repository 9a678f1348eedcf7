"""What other processes do to a store in tests of faults; each can end itself, as kill -9 would, at any statement."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from extract.schema import Claim, Document
from geodata.errors import GeodataError
from geodata.ingest import ingest
from geodata.reviews import Decision, decide
from geodata.store import Store
from tests.claims_factory import FakeChain

Says = dict[str, list[Claim]]


def end_at(statement: int) -> list[int]:
    """From now on count statements sent to a database; at number `statement` the process is killed (0: never)."""
    seen = [0]

    @event.listens_for(Engine, "before_cursor_execute")
    def _(*_args: Any) -> None:
        seen[0] += 1
        if seen[0] == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    return seen


def read(url: str, documents: Sequence[Document], says: Says, statement: int = 0, told: Any = None) -> None:
    """Ingest; `told` is a queue that gets how many statements it took."""
    seen = end_at(statement)
    with Store(url) as store:
        ingest(store, documents, FakeChain(says))
    if told is not None:
        told.put(seen[0])


def review(url: str, decisions: Sequence[Decision], statement: int = 0, told: Any = None) -> None:
    """Write decisions one after the other."""
    seen = end_at(statement)
    with Store(url) as store:
        for d in decisions:
            decide(store, d)
    if told is not None:
        told.put(seen[0])


def read_with_little_room(url: str, documents: Sequence[Document], says: Says, size: int, told: Any) -> None:
    """Ingest where no file may grow beyond `size` bytes; what was said goes into `told`."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    _say(told, lambda: read(url, documents, says))


def as_nobody(url: str, documents: Sequence[Document], says: Says, told: Any) -> None:
    """Read the store, then write to it, as a user who may not."""
    if not os.geteuid():
        os.setgid(65534)
        os.setuid(65534)

    def look() -> None:
        with Store(url, create=False) as store:
            told.put(len(store.frame("documents")))

    _say(told, look)
    _say(told, lambda: read(url, documents, says))


def _say(told: Any, work: Any) -> None:
    try:
        work()
        told.put("done")
    except GeodataError as err:
        told.put(str(err))


def export(store: str, out: Path) -> None:
    """Export the whole store."""
    from dashboard.exports.commands import main

    main(["export", "--store", store, str(out)])


def export_half(store: str, out: Path) -> None:
    """Export, and be killed when half of the file is written."""
    whole = os.fdopen

    class Half:
        def __init__(self, file: Any) -> None:
            self.file = file

        def __enter__(self) -> Half:
            return self

        def __exit__(self, *_: object) -> None:
            self.file.close()

        def write(self, data: bytes) -> int:
            self.file.write(data[: len(data) // 2])
            self.file.flush()
            os.kill(os.getpid(), signal.SIGKILL)
            return 0

    os.fdopen = lambda *args, **kwargs: Half(whole(*args, **kwargs))  # type: ignore[assignment]
    export(store, out)
