"""A document deleted with everything derived from it: text, mentions, claims, its words in the log and in kept states.

Takes an open store and a document; events that it told of are merged anew from what other documents say.  The copy of
the frames beside the store goes as well; copies of the store's file are not touched.
"""

from __future__ import annotations

from dataclasses import dataclass

from geodata.known import find_document, forget_notes
from geodata.remerge import remerge
from geodata.snapshot_file import forget_copy
from geodata.states import forget_in_states, keep_day
from geodata.store import Store
from geodata.store_reviews import forget_quotes

__all__ = ["Forgotten", "forget_document"]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What went."""

    doc_id: str
    name: str
    claims: int
    events: int
    revised: int

    def __str__(self) -> str:
        """One line for a person."""
        return (
            f"forgot {self.name} ({self.doc_id}): {self.claims} claims; {self.events} events went with it,"
            f" {self.revised} are told by other documents and were put right"
        )


def forget_document(store: Store, word: str) -> Forgotten:
    """Delete a document by its id, the beginning of one, or its name, in one transaction.

    The decisions on its claims stay in the log, without the words they stood on: they take hold again if the document
    is ever read again.

    Raises
    ------
    DocumentError : there is none, or there are several.
    """
    document = find_document(store, word)
    keep_day(store)
    with store.transaction():
        claims = store.claim_ids_of(document.id)
        events = store.events_of_claims(claims)
        mates = store.claims_of_events(events) - set(claims)
        store.drop_document(document.id)
        store.put_events(events, {})
        forget_quotes(store, document.id)
        forget_notes(store, document.id)
        forget_in_states(store, document.id)
        remerge(store, mates)
        left = len(store.events_of_claims(mates))
        store.changed()
    forget_copy(store)
    return Forgotten(document.id, document.name, len(claims), max(0, len(events) - left), left)
