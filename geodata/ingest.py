"""Articles into the store: one transaction per document or batch of them, nothing twice, nothing half.

Takes documents (or refusals) and something that analyses them; gives a report of what was read, found and refused, and
leaves the store with its events put right.  Only the events that a document touches are merged anew.  What comes ready
from other processes (`parallel`) is written by the same steps.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from extract.schema import Document, Refusal
from geodata.anchors import found_again
from geodata.errors import DocumentError, GeodataError
from geodata.known import Fresh, corrected, corrections, find_document, note_correction, place_of, reading_key
from geodata.outlets import file_of, forget_outlets, is_other_outlet, leave_file, note_outlet, outlets_of
from geodata.remerge import refresh_blocks, remerge
from geodata.rows import Analysed, Prepared, prepare
from geodata.states import keep_day
from geodata.store import Row, Store
from geodata.store_notes import touch
from geodata.store_reviews import anchors_of_documents, move_anchors

__all__ = [
    "UNDATED",
    "Analysed",
    "Analyser",
    "Outcome",
    "Report",
    "add_document",
    "add_prepared",
    "correct",
    "ingest",
    "read_one",
    "write",
]

log = logging.getLogger(__name__)

#: What it costs that a day of publication is not known, and the way out.
UNDATED = (
    "without a day of publication: relative dates in them stay open; give a documents.csv or use"
    " `python -m geodata document ID --published DAY`"
)


class Analyser(Protocol):
    """Reads one document (`geodata.chain.Chain`)."""

    def analyse(self, document: Document, /) -> Analysed:
        """Mentions and claims of one document."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file or part of one: new, changed, unchanged or refused; claims by kind, or the reason.

    reason : why it was refused, or what there is to say of an article that was read
    """

    path: str
    state: str
    claims: Counter[str]
    reason: str
    dated: bool = True  # whether its day of publication is known


@dataclass
class Report:
    """What an ingest did, in numbers and by file; `stopped` where a person ended it early."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    claims: Counter[str] = field(default_factory=Counter)
    outcomes: list[Outcome] = field(default_factory=list)
    stopped: bool = False

    def add(
        self, path: str, state: str, claims: Counter[str] | None = None, reason: str = "", *, dated: bool = True
    ) -> None:
        """One more document, or something that was refused."""
        if state != "refused":
            setattr(self, state, getattr(self, state) + 1)
        self.claims.update(claims or {})
        self.outcomes.append(Outcome(path, state, claims or Counter(), reason, dated))

    @property
    def refused(self) -> list[Refusal]:
        """What was not taken, and why."""
        return [Refusal(o.path, o.reason) for o in self.outcomes if o.state == "refused"]

    @property
    def read(self) -> int:
        """Documents that are in the store now."""
        return self.new + self.changed + self.unchanged

    @property
    def undated(self) -> int:
        """Documents in the store whose day of publication is not known."""
        return sum(not o.dated for o in self.outcomes if o.state != "refused")

    def lines(self) -> list[str]:
        """For a person: one line for what was read and found, one per refusal and per note, and what has no date."""
        found = ", ".join(f"{n} {k}{'s' if n != 1 else ''}" for k, n in sorted(self.claims.items())) or "no claims"
        parts = [
            f"{n} {w}" for n, w in ((self.new, "new"), (self.changed, "changed"), (self.unchanged, "unchanged")) if n
        ]
        refused = self.refused
        head = f"read {self.read} document{'s' if self.read != 1 else ''} ({', '.join(parts) or 'none'}); found {found}"
        tail = f"; refused {len(refused)}" if refused else ""
        tail += "; stopped before the end: the same again goes on from here" if self.stopped else ""
        notes = [f"note on {o.path}: {o.reason}" for o in self.outcomes if o.reason and o.state != "refused"]
        open_days = [f"{self.undated} {UNDATED}"] if self.undated else []
        return [head + tail, *(f"refused {r.path}: {r.reason}" for r in refused), *notes, *open_days]


def _find_again(store: Store, doc_ids: set[str], doc_id: str, claims: list[Row]) -> None:
    """What people decided about a document's claims goes on to the claims as they are read now."""
    anchors = anchors_of_documents(store, doc_ids)
    if anchors:
        move_anchors(store, found_again(anchors, claims, doc_id))
        refresh_blocks(store, {str(c["claim_id"]) for c in claims})


def _hand_on(store: Store, doc_id: str) -> bool:
    """A document whose file holds another text now stays, as its next outlet printed it; False where it has none."""
    outlets = outlets_of(store, doc_id)
    if not outlets:
        return False
    first, *others = forget_outlets(store, doc_id)
    touch(store, doc_id, **{c: first[c] for c in ("publisher", "url", "path", "name")})
    for other in others:
        note_outlet(store, doc_id, other)
    return True


def _put(store: Store, prepared: Prepared) -> tuple[str, set[str]]:
    """Write a document in an open transaction; what became of it, and the claims whose events must be put right."""
    row = prepared.row
    doc_id = str(row["doc_id"])
    known = store.document(doc_id)
    if known is not None and is_other_outlet(store, known, row, corrections(store, doc_id)):
        if note_outlet(store, doc_id, row):
            store.changed()  # both came in the same batch: else it is held back before it is read
        return "unchanged", set()
    if file_of(store, row["path"]) not in (None, doc_id):  # it was an outlet of another text before
        leave_file(store, row["path"])
        store.changed()
    if known is not None and known["fingerprint"].partition(".")[0] == row["fingerprint"].partition(".")[0]:
        touch(store, doc_id, fingerprint=row["fingerprint"], path=row["path"] or known["path"])
        return "unchanged", set()
    before = store.document_at(row["path"]) if row["path"] and known is None else None
    if before and _hand_on(store, before):
        before = None
    old = {d for d in (doc_id if known else None, before) if d}
    mates: set[str] = set()
    events: set[str] = set()
    for d in old:
        touched = store.events_of_claims(store.claim_ids_of(d))
        events |= touched
        mates |= store.claims_of_events(touched) - set(store.claim_ids_of(d))
        store.drop_document(d)
    store.put_events(events, {})
    store.put_document(row | {"ingested": dt.datetime.now(dt.UTC).isoformat(timespec="seconds")}, prepared.found)
    _find_again(store, old | {doc_id}, doc_id, prepared.found["claims"])
    return "changed" if old else "new", mates | {str(r["claim_id"]) for r in prepared.found["claims"]}


def add_prepared(store: Store, batch: Sequence[Prepared]) -> list[str]:
    """Write documents and put their events right, all in one transaction; new, changed or unchanged for each."""
    keep_day(store)
    with store.transaction():
        done = [_put(store, prepared) for prepared in batch]
        if any(state != "unchanged" for state, _ in done):
            remerge(store, set().union(*(claims for _, claims in done)))
            store.changed()
    return [state for state, _ in done]


def add_document(store: Store, analysis: Analysed) -> str:
    """Write one analysed document and put its events right, in one transaction: new, changed or unchanged."""
    return add_prepared(store, [prepare(analysis)])[0]


def read_one(chain: Analyser, document: Document) -> Prepared | Refusal:
    """Analyse a document; a slip in reading one must not cost the others: it is refused, with its trace in the log."""
    try:
        prepared = prepare(chain.analyse(document))
    except GeodataError:
        raise
    except Exception as err:
        log.debug("%s could not be analysed", document.name, exc_info=True)
        return Refusal(document.path or document.name, f"could not be analysed ({type(err).__name__}: {err})")
    key = reading_key(document, getattr(chain, "version", None))
    return replace(prepared, row=prepared.row | {"fingerprint": f"{prepared.row['fingerprint']}.{key}".rstrip(".")})


def write(store: Store, batches: Iterable[Sequence[Prepared | Refusal]], fresh: Fresh | None = None) -> Report:
    """Write what was read, a transaction per batch; what is refused is reported and stops nothing.

    Ctrl-C ends it after the last whole batch: the report says what was done until then.  fresh : what passed on the
    documents, so that those it held back are in the report
    """
    report = Report()
    try:
        for batch in batches:
            ready = [item for item in batch if isinstance(item, Prepared)]
            states = iter(add_prepared(store, ready) if ready else ())
            for item in batch:
                if isinstance(item, Refusal):
                    report.add(item.path, "refused", reason=item.reason)
                else:
                    name, dated = item.row["path"] or item.row["name"], item.row["published"] is not None
                    report.add(name, next(states), Counter(item.kinds), "; ".join(item.notes), dated=dated)
            _held_back(report, fresh)
    except KeyboardInterrupt:
        report.stopped = True
    _held_back(report, fresh)
    return report


def _held_back(report: Report, fresh: Fresh | None) -> None:
    for document, kinds, told in fresh.unchanged if fresh else ():
        dated, said = document.published is not None, "; ".join([*([told] if told else []), *document.notes])
        report.add(place_of(document) or document.name, "unchanged", Counter(kinds), said, dated=dated)
    if fresh:
        fresh.unchanged.clear()


def ingest(store: Store, items: Iterable[Document | Refusal], chain: Analyser) -> Report:
    """Read documents into the store one by one, in this process; see `parallel` for many."""
    fresh = Fresh(store, getattr(chain, "version", None))
    passed = fresh.of(items)
    return write(store, ([item if isinstance(item, Refusal) else read_one(chain, item)] for item in passed), fresh)


def correct(store: Store, chain: Analyser, word: str, values: dict[str, str], who: str) -> dict[str, Any] | None:
    """Correct title, publisher, day or address of a document and read it again by them; None where nothing differs.

    word : its id, the beginning of one, or its name   values, errors : see `known.note_correction`
    """
    document = find_document(store, word)
    done = note_correction(store, document, values, who)
    if done:
        read = read_one(chain, corrected(store, document))
        if isinstance(read, Refusal):
            raise DocumentError(f"{word} {read.reason}; the correction is kept")
        add_prepared(store, [read])
    return done
