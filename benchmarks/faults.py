"""kill -9 at random moments of ingest, of review and of export, fifty times each, then the same again to the end.

    python benchmarks/faults.py [--times 50] [--seed 1]

By hand: some minutes.  Ends with status 1 where anything is lost or doubled: documents, claims, events, decisions, or
an export that is half there.  The quick version, at chosen statements, is tests/test_faults_store.py.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)] if str(ROOT) not in sys.path else []

from geodata.store import Store  # noqa: E402
from tests import fault_tasks  # noqa: E402
from tests.test_faults_store import MANY, MANY_SAY, content, decisions  # noqa: E402

PROCESSES = multiprocessing.get_context("forkserver")


def killed(rng: random.Random, longest: float, task: Callable[..., None], *args: Any) -> bool:
    """Start a task and kill it after a random time; whether it was still running."""
    process = PROCESSES.Process(target=task, args=args)
    process.start()
    process.join(rng.uniform(0.0, longest))
    running = process.is_alive()
    process.kill()
    process.join()
    return running


def took(task: Callable[..., None], *args: Any) -> float:
    """Seconds that a task takes when it is left alone."""
    start = time.perf_counter()
    process = PROCESSES.Process(target=task, args=args)
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"{task.__name__} ended with {process.exitcode}")
    return time.perf_counter() - start


def ingests(folder: Path, times: int, rng: random.Random) -> tuple[int, bool]:
    """One store that is killed again and again, beside one that is not."""
    wanted, store = folder / "wanted.sqlite", folder / "killed.sqlite"
    took(fault_tasks.read, str(folder / "warm.sqlite"), MANY, MANY_SAY)  # loads what every process needs
    longest = took(fault_tasks.read, str(wanted), MANY, MANY_SAY)
    ended = 0
    for n in range(times):
        if n % 3 == 0:
            for part in folder.glob("killed.sqlite*"):
                part.unlink()  # from the start again, so that kills fall on every part of it
        ended += killed(rng, longest, fault_tasks.read, str(store), MANY, MANY_SAY)
        if store.exists():
            with Store(store):
                pass
            content(store)
    took(fault_tasks.read, str(store), MANY, MANY_SAY)
    return ended, content(store) == content(wanted)


def reviews(folder: Path, times: int, rng: random.Random) -> tuple[int, bool]:
    """Decisions, killed and gone on with from what the log holds; all of them in the end, none twice."""
    wanted, store = folder / "wanted.sqlite", folder / "killed.sqlite"
    with Store(wanted) as one:
        *often, last = sorted(decisions(one), key=lambda d: d.action == "reject")
        todo = [*often * 9, last]
    longest = took(fault_tasks.review, str(wanted), todo)
    ended = 0
    for _ in range(times):
        with Store(store) as left:
            done = len(left.frame("reviews"))
        if done == len(todo):  # all are written: from the start again
            for part in folder.glob("killed.sqlite*"):
                part.unlink()
            took(fault_tasks.read, str(store), MANY, MANY_SAY)
            done = 0
        ended += killed(rng, longest / 12, fault_tasks.review, str(store), todo[done:])
    with Store(store) as left:
        done = len(left.frame("reviews"))
    took(fault_tasks.review, str(store), todo[done:])
    with Store(store) as one, Store(wanted) as two:
        same = one.frame("reviews")["action"].tolist() == two.frame("reviews")["action"].tolist()
    return ended, same and content(store) == content(wanted)


def exports(folder: Path, times: int, rng: random.Random) -> tuple[int, bool]:
    """The same file written again and again: after each kill it is the old one or the new one."""
    out = folder / "out.csv"
    longest = took(fault_tasks.export, str(folder / "wanted.sqlite"), out)
    whole, ended, good = out.read_bytes(), 0, True
    for _ in range(times):
        ended += killed(rng, longest, fault_tasks.export, str(folder / "wanted.sqlite"), out)
        good &= out.read_bytes() == whole
    return ended, good


def main() -> int:
    """Run all three."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    PROCESSES.set_forkserver_preload(["tests.fault_tasks"])
    rng, bad = random.Random(args.seed), 0
    with tempfile.TemporaryDirectory() as name:
        for part in (ingests, reviews, exports):
            ended, good = part(Path(name), args.times, rng)
            print(f"{part.__name__}: killed {ended} times; {'same as without' if good else 'NOT THE SAME'}", flush=True)
            bad += not good
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
