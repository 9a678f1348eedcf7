"""How long one more article takes in a store that holds 10,000 or 100,000 events already: it should not depend on that.

    python benchmarks/bench_store.py [--sizes 10000,100000] [--articles 40]

Fills stores with made-up claims (own random numbers, seeded): attacks, arrests and routes over twenty years in the
towns of forty countries, a tenth told again by another article, some countries with many times more than others.
Then the same articles are added one by one to each.  Prints the median and the 95th percentile per article, the ratio
between the sizes, and how long a snapshot of each takes to load; all in seconds of the processor.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from extract.schema import Claim, ClaimPlace, Count, DateSpan, Document, Place  # noqa: E402
from geodata.chain import Analysis  # noqa: E402
from geodata.frames import load_snapshot  # noqa: E402
from geodata.ingest import add_document, add_prepared  # noqa: E402
from geodata.rows import prepare  # noqa: E402
from geodata.shapes import country_names  # noqa: E402
from geodata.store import Store  # noqa: E402

FIRST = dt.date(2005, 1, 1)
DAYS = 20 * 365
PER_ARTICLE = 5


class Maker:
    """Made-up articles, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        names = sorted(country_names())[::6][:40]
        self.towns = [
            [
                Place(
                    f"t{i}-{j}",
                    f"Town{i}x{j}",
                    -50 + 2.5 * i + j * 0.13,
                    -150 + 7 * i + j * 0.17,
                    iso3,
                    None,
                    "city",
                    "settlement",
                )
                for j in range(60)
            ]
            for i, iso3 in enumerate(names)
        ]
        self.countries = [
            Place(f"country:{iso3}", iso3, -50 + 2.5 * i, -150 + 7 * i, iso3, None, "country", "country")
            for i, iso3 in enumerate(names)
        ]
        self.weights = [1 / (1 + i) for i in range(len(names))]
        self.last: list[Claim] = []
        self.count = 0

    def claim(self, doc: str, start: int) -> Claim:
        rng = self.rng
        if self.last and rng.random() < 0.1:
            again = rng.choice(self.last)
            return Claim(
                **{f: getattr(again, f) for f in again.__slots__} | {"doc": doc, "start": start, "end": start + 40}
            )
        i = rng.choices(range(len(self.towns)), self.weights)[0]
        day = FIRST + dt.timedelta(days=rng.randrange(DAYS))
        kind = rng.choices(("incident", "arrest", "route"), (6, 3, 1))[0]
        fine = rng.random() < 0.8
        place = rng.choice(self.towns[i]) if fine else self.countries[i]
        places = [ClaimPlace("location", place.name, None, None, place)]
        if kind == "route":
            other = self.countries[rng.randrange(len(self.countries))]
            places = [
                ClaimPlace("origin", self.countries[i].name, None, None, self.countries[i]),
                ClaimPlace("destination", other.name, None, None, other),
            ]
        n = int(rng.paretovariate(1.2))
        key = {"incident": "killed", "arrest": "arrested", "route": "people"}[kind]
        subkind = {"incident": "attack", "arrest": "arrest", "route": "border_crossing"}[kind]
        counts = {key: Count(n, n, n)} if rng.random() < 0.7 else {}
        made = Claim(doc, kind, subkind, start, start + 40, DateSpan(day, day, "day"), tuple(places), counts=counts)  # type: ignore[arg-type]
        self.last = [*self.last[-200:], made]
        return made

    def article(self) -> Analysis:
        self.count += 1
        name = f"made-{self.rng.random()}"
        text = f"{name} " + "An attack in a town was told of. " * 10
        day = FIRST + dt.timedelta(days=self.rng.randrange(DAYS))
        claims = [self.claim(name, 45 * k) for k in range(PER_ARTICLE)]
        return Analysis(Document(text, name=name, published=day), [], claims)


def fill(store: Store, n_events: int, maker: Maker, batch: int = 400) -> None:
    """Articles until the store holds about so many events."""
    wanted = int(n_events / PER_ARTICLE / 0.92)
    while wanted > 0:
        add_prepared(store, [prepare(maker.article()) for _ in range(min(batch, wanted))])
        wanted -= batch


def measure(store: Store, articles: int, maker: Maker) -> Iterator[float]:
    """Seconds of the processor per article, one transaction each; the first few, not counted, warm up."""
    for _ in range(5):
        add_document(store, maker.article())
    for _ in range(articles):
        made = maker.article()
        began = time.process_time()
        add_document(store, made)
        yield time.process_time() - began


def main(argv: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", default="1000,10000", help="numbers of events")
    parser.add_argument("--articles", type=int, default=40)
    args = parser.parse_args(argv)
    medians = []
    for size in map(int, args.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "s.sqlite") as store:
            began = time.process_time()
            fill(store, size, Maker(1))
            filled = time.process_time() - began
            took = sorted(measure(store, args.articles, Maker(2)))
            began = time.process_time()
            n = len(load_snapshot(store).events)
            loaded = time.process_time() - began
        medians.append(statistics.median(took))
        print(
            f"{n:>7} events: {medians[-1] * 1000:6.1f} ms per article (median),"
            f" {took[int(len(took) * 0.95)] * 1000:6.1f} ms (95 of 100);"
            f" snapshot {loaded:.2f} s; filled in {filled:.0f} s"
        )
    if len(medians) > 1:
        print(f"one more article in the largest store against the smallest: {medians[-1] / medians[0]:.2f} times")
    return 0


if __name__ == "__main__":
    sys.exit(main())
