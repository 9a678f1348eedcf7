"""Many documents read by many processes: Dask distributed reads, this process writes.

    with open_cluster(workers=4) as cluster:
        report = ingest.write(store, cluster.read(items))

Takes documents and refusals as they come; gives batches of what was read, in any order, ready for `ingest.write`.  Each
worker opens the gazetteer index once.  Only a few batches are on their way at a time, so memory does not grow with the
collection.  A worker that is lost costs its batch, which is read again; a document that ends every worker that reads
it is refused.  Does not write.  Dask is imported only when it is asked for.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import islice
from typing import Any

from extract.schema import Document, Refusal
from geodata.errors import ClusterError, GeodataError
from geodata.ingest import Analyser, read_one
from geodata.reader_version import reader_version
from geodata.rows import Prepared

__all__ = ["BATCH", "Cluster", "open_cluster", "read_batch"]

Batch = list[Prepared | Refusal]
#: Documents that travel, and are written, together.
BATCH = 16
#: Batches on their way, per worker: one at work, one waiting, one coming back.
AHEAD = 3
#: A worker that grows beyond this is ended and started anew: one document may not take the machine down.
WORKER_MEMORY = "2GB"
#: Seconds to wait for a scheduler and its first worker.
PATIENCE = 30
_LOCK = threading.Lock()


@cache
def _chain() -> Analyser:
    from geodata.chain import Chain

    return Chain()


def read_batch(documents: Sequence[Document], version: str) -> Batch:
    """What a worker does: read some documents, with its own gazetteer index, opened at its first batch.

    Raises
    ------
    ClusterError : the worker has another version of the program, so it would read otherwise.
    """
    own = reader_version()
    if own != version:
        raise ClusterError(f"a worker has another version of Dateline or of its gazetteer ({own}, here {version})")
    with _LOCK:  # a worker of a shared cluster may run several threads
        return [read_one(_chain(), document) for document in documents]


def _batches(items: Iterable[Document | Refusal], size: int) -> Iterator[list[Document | Refusal]]:
    left = iter(items)
    while some := list(islice(left, size)):
        yield some


class Cluster:
    """Workers at hand, by way of a Dask client; `task` reads a batch on a worker (tests give another one)."""

    def __init__(self, client: Any, *, size: int = BATCH, task: Any = read_batch) -> None:
        self.client, self.size, self._task = client, size, task
        self._on_way: dict[str, list[Document]] = {}
        self._suspects: list[Document] = []
        self._running: Any = None
        self._version = ""

    def read(self, items: Iterable[Document | Refusal]) -> Iterator[Batch]:
        """Batches of what was read, as they come back; refusals among the items pass through.

        Raises
        ------
        ClusterError : the scheduler is gone, no worker comes back, or a worker has another version of the program.
        """
        from distributed import as_completed

        self._running, self._on_way, self._suspects = as_completed(loop=self.client.loop), {}, []
        self._version = reader_version()
        for batch in _batches(items, self.size):
            if refused := [item for item in batch if isinstance(item, Refusal)]:
                yield [*refused]
            if documents := [item for item in batch if isinstance(item, Document)]:
                self._send(documents)
            while len(self._on_way) >= AHEAD * self._workers():
                yield self._next()
        while self._on_way:
            yield self._next()
        for document in self._suspects:
            yield self._alone(document)

    def _workers(self) -> int:
        return max(1, len(self.client.scheduler_info(n_workers=-1)["workers"]))

    def _send(self, documents: list[Document]) -> None:
        future = self.client.submit(self._task, documents, self._version, pure=False)
        self._on_way[future.key] = documents
        self._running.add(future)

    def _next(self) -> Batch:
        """The next batch that comes back; empty where it was lost with a worker more than once: see `_alone`."""
        future = next(self._running)
        documents = self._on_way.pop(future.key)
        read = self._result(future)
        if read is None:
            self._suspects += documents
        return read or []

    def _alone(self, document: Document) -> Batch:
        """Read one document while no other is on its way: if the worker is lost again, it is this one's doing."""
        read = self._result(self.client.submit(self._task, [document], self._version, pure=False))
        said = "could not be analysed (every process that read it was ended)"
        return [Refusal(document.path or document.name, said)] if read is None else read

    def _result(self, future: Any) -> Batch | None:
        """What a worker read; None where it was lost on the way again and again."""
        from distributed import KilledWorker
        from distributed.comm.core import CommClosedError

        try:
            read: Batch = future.result()
        except KilledWorker:
            return None
        except GeodataError:
            raise
        except (CommClosedError, OSError, TimeoutError, _cancelled()) as err:
            raise ClusterError("the cluster is gone; what was read until now is kept: run the command again") from err
        return read


def _cancelled() -> type[Exception]:
    from distributed.client import FutureCancelledError

    kind: type[Exception] = FutureCancelledError
    return kind


@contextmanager
def open_cluster(*, workers: int | None = None, scheduler: str | None = None) -> Iterator[Cluster]:
    """Processes of this machine (`workers`), or those of a Dask scheduler at tcp://host:port or tls://host:port.

    A scheduler trusts whoever can reach it, so it belongs on a network of one's own; see docs/scale.md.

    Raises
    ------
    ClusterError : the scheduler does not answer, or has no workers.
    """
    import dask
    from distributed import Client, LocalCluster

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # lost workers are told by us, in one line
    local = None
    with dask.config.set({"distributed.scheduler.allowed-failures": 1, "distributed.admin.log-format": "%(message)s"}):
        try:
            if scheduler is None:
                local = LocalCluster(
                    n_workers=workers or 1,
                    threads_per_worker=1,
                    processes=True,
                    host="127.0.0.1",
                    dashboard_address=None,
                    memory_limit=WORKER_MEMORY,
                    silence_logs=logging.CRITICAL,
                )
            client = Client(local or scheduler, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as err:
            raise ClusterError(f"no Dask scheduler answers at {scheduler}: {str(err).splitlines()[0]}") from err
        try:
            try:
                client.wait_for_workers(1, timeout=PATIENCE)
            except TimeoutError as err:
                raise ClusterError(f"the scheduler at {scheduler} has no workers: start one first") from err
            yield Cluster(client)
        finally:
            client.close(timeout=5)
            if local is not None:
                local.close(timeout=10)
