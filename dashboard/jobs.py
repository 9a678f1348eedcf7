"""Reading articles in the background while a person looks on: how far it is, how long it takes, cancel, the report.

    job = IngestJob(store_path, [(document, corrections), …], who="N. Name")
    job.start()
    job.done, job.total, job.seconds_left(), job.cancel(), job.report

The work goes on when the person turns to another screen.  Each document is written whole or not at all.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence

from extract.schema import Document, Refusal
from geodata.errors import GeodataError
from geodata.ingest import Analyser, Report, ingest
from geodata.known import corrected, note_correction
from geodata.last_reading import keep_report
from geodata.store import Store

__all__ = ["IngestJob", "time_words"]

log = logging.getLogger(__name__)


def _open_chain() -> Analyser:
    from geodata.chain import Chain

    return Chain()


class IngestJob:
    """One run of `ingest` over documents with what a person corrected of them.

    refused : what could not even be opened before, for the report
    """

    def __init__(
        self,
        store: str,
        given: Sequence[tuple[Document, dict[str, str]]],
        who: str,
        *,
        refused: Sequence[Refusal] = (),
        chain: Callable[[], Analyser] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._path, self._given, self._who = store, list(given), who
        self._refused = list(refused)
        self._chain, self._clock = chain or _open_chain, clock
        self._stop = threading.Event()
        self._began: float | None = None
        self._thread = threading.Thread(target=self.work, name="ingest", daemon=True)
        self.total, self.done = len(self._given), 0
        self.report: Report | None = None
        self.error: str | None = None

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread.start()

    def cancel(self) -> None:
        """End after the document that is being read."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked it to end."""
        return self._stop.is_set()

    @property
    def finished(self) -> bool:
        """Whether there is a report or an error."""
        return self.report is not None or self.error is not None

    def seconds_left(self) -> float | None:
        """By the pace until now; None before the first document is done."""
        if self._began is None or self.done < 1:
            return None
        return (self._clock() - self._began) / self.done * (self.total - self.done)

    def work(self) -> None:
        """The whole run; what goes wrong is kept as one line."""
        try:
            chain = self._chain()
            with Store(self._path) as store:
                self._began = self._clock()
                report = ingest(store, self._documents(store), chain)
                report.stopped = self.done < self.total
                for one in self._refused:
                    report.add(one.path, "refused", reason=one.reason)
                keep_report(store, report, self._who, left_out=self.total - self.done)
            self.report = report
        except (GeodataError, OSError) as err:
            self.error = " ".join(str(err).split())
        except Exception as err:
            log.exception("reading articles ended")
            self.error = f"reading ended early ({type(err).__name__}); what was read until then is kept"

    def _documents(self, store: Store) -> Iterator[Document]:
        for n, (document, values) in enumerate(self._given):
            self.done = n
            if self._stop.is_set():
                return
            if values:
                note_correction(store, corrected(store, document), values, self._who)
            yield document
        self.done = self.total


def time_words(seconds: float | None) -> str:
    """ "about 20 seconds left"; '' where it is not known."""
    if seconds is None:
        return ""
    if seconds < 5:
        return "a few seconds left"
    if seconds < 90:
        return f"about {max(10, round(seconds / 10) * 10)} seconds left"
    if seconds < 5400:
        return f"about {round(seconds / 60)} minutes left"
    return f"about {seconds / 3600:.1f} hours left"
