"""What workers do in tests of the parallel ingest: tasks that end their own process, as a lost machine would."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from pathlib import Path

from extract.schema import Document, Refusal
from geodata.ingest import read_one
from geodata.rows import Prepared
from tests.claims_factory import FakeChain, claim

SAYS = {f"d{i}": [claim(f"d{i}", at=("Istanbul",))] for i in range(40)}


def read(documents: Sequence[Document], version: str) -> list[Prepared | Refusal]:
    """Read with a fake chain.

    A document whose url is a path ends the process once, then the path exists; one with the title 'always' each time.
    """
    for document in documents:
        mark = Path(document.url or os.devnull)
        if document.title == "always" or not mark.exists():
            if document.title != "always":
                mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return [read_one(FakeChain(SAYS), document) for document in documents]
