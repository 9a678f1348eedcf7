"""Whether a store holds what it should: texts as they were read, words where claims say, no reference to nowhere.

Takes an open store, changes nothing; gives a report of faults, each in one line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from extract.schema import Document
from geodata.store import Row, Store
from geodata.store_checks import dangling, document_ids, spans_of
from geodata.store_reviews import orphan_rows

__all__ = ["CheckReport", "check_store"]


@dataclass
class CheckReport:
    """What was looked at and what is wrong."""

    documents: int = 0
    claims: int = 0
    faults: list[str] = field(default_factory=list)
    waiting: int = 0

    def lines(self) -> list[str]:
        """For a person: one line for all, one per fault."""
        head = f"checked {self.documents} documents, {self.claims} claims: "
        head += f"{len(self.faults)} fault{'s' * (len(self.faults) != 1)}" if self.faults else "all as it was read"
        more = [f"{self.waiting} decisions wait for claims that are not read any more"] if self.waiting else []
        return [head, *more, *self.faults]


def check_store(store: Store) -> CheckReport:
    """Look at every document, claim, event and decision, in one consistent state of the store."""
    report = CheckReport()
    with store.reading():
        for doc_id in document_ids(store):
            report.documents += 1
            row = store.document(doc_id)
            spans = spans_of(store, doc_id)
            report.claims += sum(s["table"] == "claims" for s in spans)
            report.faults += _faults(row, spans) if row else [f"document {doc_id}: gone while it was looked at"]
        report.faults += dangling(store)
        report.waiting = len({r["seq"] for r in orphan_rows(store)})
    return report


def _faults(row: Row, spans: list[Row]) -> Iterator[str]:
    doc_id, text = row["doc_id"], row["text"]
    if Document(text, name=row["name"]).id != doc_id:
        yield f"document {doc_id} ({row['name']}): its text is not the one that was read (another hash)"
    for s in spans:
        where = f"document {doc_id} ({row['name']}), {s['table']} {s['id']}"
        if not 0 <= s["start"] <= s["end"] <= len(text):
            yield f"{where}: offsets {s['start']} to {s['end']} lie outside the text of {len(text)} characters"
        elif s["words"] is not None and text[s["start"] : s["end"]] != s["words"]:
            yield f"{where}: other words stand at {s['start']} to {s['end']} than were read there"
