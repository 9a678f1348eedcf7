"""Ingest: one process beside two, memory of a worker, and what a document costs as the store grows; with a plot.

    python benchmarks/bench_ingest.py [--documents 240] [--sizes 1000,3000,10000] [--plot docs/pictures/ingest-cost.png]

Efficiency is the time of one process over twice the time of two; beside it stands what two processes that only count
reach at the same moment, which is 1.0 on an idle machine with two cores.  The cost of writing is processor time per
document, in batches of 16 as `--workers` writes them; documents come from `corpus`, read already.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)] if str(ROOT) not in sys.path else []

from benchmarks.corpus import articles, prepared  # noqa: E402
from geodata.chain import Chain  # noqa: E402
from geodata.ingest import add_prepared, ingest, write  # noqa: E402
from geodata.parallel import open_cluster  # noqa: E402
from geodata.store import Store  # noqa: E402

BATCH = 16
FILL = 64
MEASURED = 320


def _count(n: int) -> int:
    total = 0
    for i in range(n):
        total += i % 7
    return total


def machine(n: int = 12_000_000) -> float:
    """What two processes that only count reach of twice the work of one: 1.0 where two cores are free."""
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.map(_count, [10, 10])
        start = time.perf_counter()
        pool.apply(_count, (n,))
        one = time.perf_counter() - start
        start = time.perf_counter()
        pool.map(_count, [n, n], chunksize=1)
        return one / (time.perf_counter() - start)


def _memory() -> float:
    """Memory this process holds, in MB (Linux)."""
    said = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in said.splitlines() if line.startswith("VmHWM"))) / 1000


def processes(documents: int) -> None:
    """Documents a second by one and two processes, side by side, start-up not counted."""
    items = list(articles(documents))
    warm = list(articles(40, seed=2))
    with Store(":memory:") as store:
        chain = Chain()
        ingest(store, warm, chain)
        start = time.perf_counter()
        ingest(store, items, chain)
        one = time.perf_counter() - start
    with open_cluster(workers=2) as cluster, Store(":memory:") as store:
        cluster.client.wait_for_workers(2, timeout=60)
        write(store, cluster.read(warm))
        start = time.perf_counter()
        write(store, cluster.read(items))
        two = time.perf_counter() - start
        memory = max(cluster.client.run(_memory).values())
    print(f"one process    {documents / one:6.1f} documents/s")
    print(f"two processes  {documents / two:6.1f} documents/s   efficiency {one / two / 2:.2f}")
    print(f"this machine, two that only count: {machine():.2f} of twice one")
    print(f"memory of a worker: {memory:.0f} MB at most")


def growth(sizes: Sequence[int], folder: Path) -> list[tuple[int, float]]:
    """(documents in the store, ms of processor time that writing one more costs)."""
    costs = []
    with Store(folder / "growing.sqlite") as store:
        at = 0
        for size in sizes:
            while at < size:
                n = min(FILL, size - at)
                add_prepared(store, list(prepared(n, first=at)))
                at += n
            spent = 0.0
            for _ in range(MEASURED // BATCH):
                batch = list(prepared(BATCH, first=at))
                start = time.process_time()
                add_prepared(store, batch)
                spent += time.process_time() - start
                at += BATCH
            costs.append((size, spent / MEASURED * 1000))
            print(f"{size:>7} documents in the store: {costs[-1][1]:5.1f} ms to write one more", flush=True)
    return costs


def plot(costs: Sequence[tuple[int, float]], target: Path) -> None:
    """Cost against size, as a picture for the docs."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 3.4), layout="constrained")
    axes = figure.add_subplot()
    axes.plot(*zip(*costs, strict=True), marker="o", color="#2E4A5A")
    axes.set(xscale="log", xlabel="documents in the store", ylabel="ms of processor time per document")
    axes.set_ylim(0, max(c for _, c in costs) * 1.4)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title("Writing one more document, in batches of 16", loc="left", fontsize=11)
    figure.savefig(target, dpi=130)


def main() -> None:
    """All of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=240)
    parser.add_argument("--sizes", default="1000,3000")
    parser.add_argument("--plot", type=Path)
    args = parser.parse_args()
    processes(args.documents)
    with tempfile.TemporaryDirectory() as folder:
        costs = growth([int(s) for s in args.sizes.split(",")], Path(folder))
    if args.plot:
        plot(costs, args.plot)


if __name__ == "__main__":
    main()
