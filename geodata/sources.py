"""Independent sources: several outlets that repeat one agency, or one another, are one source of information.

Takes the claims of one event; gives each document the number of its source.  Documents are of one source where both
name the same origin ("according to the New York Post"), where one names the other's publisher, where the words are the
same sentence, or where one text is a reprint of the other (`prints`).  Every outlet stays in the store and on screen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from geodata.names import fold
from geodata.prints import REPRINT, likeness
from geodata.told import Told

__all__ = ["independent_sources", "sources_of"]

_ONE_SENTENCE = 40
_AGENCY = re.compile(r"^the | (?:state )?(?:news|press) agency$| news$| agency$")


def _name(text: str) -> str:
    """A publisher or origin as it is compared: "the TASS news agency" is "TASS"."""
    short = fold(text)
    while (cut := _AGENCY.sub("", short).strip()) and cut != short:
        short = cut
    return short


def _marks(members: Sequence[Told]) -> dict[str, set[str]]:
    """doc_id -> what it shares with other documents of its source."""
    repeated = {_name(t.origin) for t in members if t.origin}
    marks: dict[str, set[str]] = {}
    for t in members:
        own = marks.setdefault(t.doc_id, set())
        said = _name(t.origin or t.publisher)
        own |= {f"o:{said}"} if said in repeated else set()
        own |= {f"q:{fold(t.quote)}"} if len(t.quote) >= _ONE_SENTENCE else set()
    return marks


def sources_of(members: Sequence[Told]) -> dict[str, int]:
    """doc_id -> number of its independent source, from 1, in the order in which they speak first."""
    marks, prints = _marks(members), {t.doc_id: t.print for t in members}
    of = {doc: doc for doc in marks}

    def root(doc: str) -> str:
        while of[doc] != doc:
            doc = of[doc]
        return doc

    docs = list(marks)
    for i, a in enumerate(docs):
        for b in docs[i + 1 :]:
            if root(a) != root(b) and (marks[a] & marks[b] or likeness(prints[a], prints[b]) >= REPRINT):
                of[root(b)] = root(a)
    numbers: dict[str, int] = {}
    return {doc: numbers.setdefault(root(doc), len(numbers) + 1) for doc in docs}


def independent_sources(members: Sequence[Told]) -> int:
    """How many independent sources tell of the event."""
    return len(set(sources_of(members).values()))
