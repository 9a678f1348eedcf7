"""A small store for tests of the review screen: invented happenings at real places, told by hand-made claims."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from extract.schema import Claim, Document
from geodata.ingest import ingest
from geodata.store import Store
from tests.claims_factory import FakeChain, claim, on

__all__ = ["make_store"]

TEXTS = {
    "post": "On 28 January a bomb at a market in Istanbul killed four. Police later held three people.",
    "wire": "The Istanbul market bombing of 28 January killed five, the governor said, <b>all</b> traders.",
    "desk": "A raid in Moscow in February led to 51 arrests. A man went from Tajikistan to Russia.",
    "side": "Somebody was attacked somewhere, it is said.",
}
MARKET = {"at": ("Istanbul",), "date": on("2024-01-28"), "confidence": 0.8}
SAYS: dict[str, list[Claim]] = {
    "post": [claim("post", start=0, end=56, **MARKET, counts={"killed": 4}, groups=("Some Group",))],
    "wire": [claim("wire", start=0, end=72, **MARKET, counts={"killed": 5}, groups=("Some Group",))],
    "desk": [
        claim("desk", "arrest", "raid", start=0, end=46, at=("Moscow",), date=on("2024-02"), confidence=0.8),
        claim(
            "desk",
            "route",
            "travel",
            start=47,
            end=80,
            confidence=0.8,
            way=(("origin", "Tajikistan"), ("destination", "Russia")),
        ),
    ],
    "side": [claim("side", start=0, end=44, confidence=0.3)],
}


def make_store(path: Path) -> Path:
    """Four events: one attack of two sources that disagree on the killed, a raid, a route, one without all."""
    days = {name: dt.date(2024, 3, 1 + i) for i, name in enumerate(TEXTS)}
    documents = [
        Document(text, name=name, publisher=name.title(), published=days[name]) for name, text in TEXTS.items()
    ]
    with Store(path) as store:
        ingest(store, documents, FakeChain(SAYS))
    return path
