"""Speed of the whole chain: documents of 3,000 characters a second in one process, and what each step takes of it.

    python benchmarks/bench_claims.py [--seconds 8]

Names found and placed, then claims; reading files, opening the gazetteer and a first round to warm up are not counted.
Processor time is what counts (documents a second on one core); wall time beside it shows how busy the machine is.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)] if str(ROOT) not in sys.path else []

import extract.claims as claims_module  # noqa: E402
from extract.pipeline import STEPS  # noqa: E402
from extract.schema import Document  # noqa: E402
from geodata.chain import Chain  # noqa: E402

ARTICLES = ROOT / "tests" / "eval" / "practice" / "articles"
SIZE = 3_000
TARGET = 30.0
#: Functions inside the last step whose share is shown.
INSIDE = ("find_dates", "find_quantities", "place_refs", "drafts_of", "routes_of")


class Clock:
    """Seconds by name."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, with its time added to `name`."""

        @wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            start = time.process_time()
            try:
                return function(*args, **kwargs)
            finally:
                self.spent[name] = self.spent.get(name, 0.0) + time.process_time() - start

        return call


def documents() -> list[Document]:
    """The practice articles, cut or filled up to 3,000 characters at a paragraph's end."""
    texts = [p.read_text(encoding="utf-8") for p in sorted(ARTICLES.glob("*.txt"))]
    out = []
    for i, text in enumerate(texts):
        following = texts[(i + 1) % len(texts)]
        out.append(Document((text + "\n\n" + following)[:SIZE], name=f"d{i}"))
    return out


def rounds(chain: Chain, docs: list[Document], seconds: float) -> tuple[int, float, float]:
    """Read whole rounds of the documents until the time is up: how many documents, processor and wall seconds."""
    done, start, began = 0, time.perf_counter(), time.process_time()
    while not done or time.process_time() - began < seconds:
        for n, d in enumerate(docs):
            chain.analyse(replace(d, name=f"{d.name}-{done}-{n}"))
        done += len(docs)
    return done, time.process_time() - began, time.perf_counter() - start


def watch(chain: Chain, clock: Clock) -> None:
    """Time the steps of a chain; this costs a little, so the speed itself is measured before."""
    chain.resolver.read = clock.timed("place names", chain.resolver.read)  # type: ignore[method-assign]
    steps = [(name, clock.timed(name, chain.pipeline.get_pipe(name))) for name in STEPS]
    chain.pipeline.make_doc = clock.timed("tokens", chain.pipeline.make_doc)  # type: ignore[method-assign]
    chain.pipeline._components = steps
    for name in INSIDE:
        setattr(claims_module, name, clock.timed(f"  {name}", getattr(claims_module, name)))


def table(spent: dict[str, float], total: float, done: int) -> Iterator[str]:
    """Share of each step, and milliseconds a document."""
    for name in ["place names", "tokens", *STEPS, *(f"  {n}" for n in INSIDE)]:
        t = spent.get(name, 0.0)
        yield f"  {name:22} {t / total:6.1%}  {1000 * t / done:6.2f} ms"


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=8.0, help="how long to measure (default 8)")
    seconds = parser.parse_args().seconds
    start = time.perf_counter()
    chain = Chain()
    docs = documents()
    print(f"opened in {time.perf_counter() - start:.2f} s; {len(docs)} documents of {SIZE} characters")
    rounds(chain, docs, 0.0)  # warm up
    done, took, wall = rounds(chain, docs, seconds)
    print(
        f"whole chain, one core: {done / took:.1f} documents/s (target {TARGET:.0f}), {1000 * took / done:.1f} ms each"
    )
    print(f"by the clock on the wall: {done / wall:.1f} documents/s")
    clock = Clock()
    watch(chain, clock)
    done, took, _ = rounds(chain, docs, seconds / 2)
    print("\n".join(table(clock.spent, took, done)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
