"""Events put right: the claims that something touched, and those near them, are merged anew; the rest stays.

Takes an open transaction of a store and claim ids; writes events with what people decided in force.  Used by `ingest`
for a new article and by `reviews` for a decision: both lead to the same events as merging everything at once would.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from geodata.effects import Decided, edited_payload, effects_of, state_of
from geodata.merge import blocks, merge
from geodata.merge_score import STRONG, compare, weak
from geodata.store import Row, Store
from geodata.store_near import claims_near
from geodata.store_reviews import anchors_of, last_seq, mark_events, reviews_by_claims
from geodata.summary import event_rows
from geodata.told import Told

__all__ = ["decided", "decisions_on", "refresh_blocks", "refresh_states", "remerge"]


def decided(rows: Iterable[Row], anchors: Iterable[Row]) -> list[Decided]:
    """Rows of the log, with where their claims stand, as `effects` needs them."""
    of: dict[int, dict[int, list[str]]] = {}
    for a in anchors:
        of.setdefault(a["seq"], {}).setdefault(a["side"], []).append(a["claim_id"])
    return [
        Decided(
            seq=r["seq"],
            at=r["at"],
            who=r["who"],
            action=r["action"],
            target_kind=r["target_kind"],
            field=r["field"],
            new=None if r["new_json"] is None else json.loads(r["new_json"]),
            undoes=r["undoes"],
            sides=_sides(of.get(r["seq"], {})),
        )
        for r in rows
    ]


def _sides(of: Mapping[int, list[str]]) -> tuple[tuple[str, ...], ...]:
    """Two at least: a split whose one side is lost keeps the other."""
    return tuple(tuple(of.get(n, ())) for n in range(max([1, *of]) + 1))


def decisions_on(store: Store, claim_ids: Iterable[str]) -> list[Decided]:
    """All decisions that concern any of the claims."""
    rows = reviews_by_claims(store, claim_ids)
    return decided(rows, anchors_of(store, [r["seq"] for r in rows])) if rows else []


def _told(store: Store, ids: Iterable[str], edits: Mapping[str, Mapping[str, Any]]) -> dict[str, Told]:
    return {
        r["claim_id"]: Told.of(r, edited_payload(json.loads(r["payload"]), edits.get(r["claim_id"], {})))
        for r in store.claims_by_id(ids)
    }


class _Reach:
    """Claims tied to one another, near or far: what is outside cannot change their events."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.known: dict[str, Told] = {}
        self.decisions: dict[int, Decided] = {}
        self._seen: dict[str, Told] = {}
        self._partners: dict[str, set[str]] = {}
        self._reviewed = last_seq(store) > 0

    def _get(self, ids: set[str]) -> dict[str, Told]:
        """The claims as people left them; what was decided on them is noted."""
        fresh = ids - set(self._seen)
        found = decisions_on(self.store, fresh) if self._reviewed and fresh else []
        self.decisions |= {d.seq: d for d in found}
        for d in found:
            for c in d.claims:
                self._partners.setdefault(c, set()).update(d.claims)
        self._seen |= _told(self.store, fresh, effects_of(found).edits)
        return {i: self._seen[i] for i in ids if i in self._seen}

    def _with_partners(self, ids: set[str]) -> dict[str, Told]:
        """The claims, and those that somebody decided on together with one of them."""
        out: dict[str, Told] = {}
        while ids := ids - set(self.known) - set(out):
            out |= (got := self._get(ids))
            ids = {p for c in got for p in self._partners.get(c, ())}
        return out

    def grow(self, seeds: set[str]) -> None:
        """From the seeds on, until nothing more is tied."""
        edge = self._with_partners(seeds)
        while edge:
            self.known |= edge
            by_block: dict[str, list[Told]] = {}
            for t in edge.values():
                for block in t.blocks:
                    by_block.setdefault(block, []).append(t)
            near = self._near(edge.values()) - set(self.known)
            tied = {i for i, t in self._get(near).items() if any(_tied(t, o) for o in _sharing(t, by_block))}
            edge = self._with_partners(tied)

    def _near(self, edge: Iterable[Told]) -> set[str]:
        """Claims that could be tied to one of these, by block, day and town.

        Rows of a dataset come by the thousand: they are looked for together, by block alone, and not among the other
        rows of their dataset, with which they are never one event.
        """
        wanted: dict[str, set[str]] = {}
        near: set[str] = set()
        for t in edge:
            if t.dataset:
                wanted.setdefault(t.dataset, set()).update(t.blocks)
            else:
                near |= claims_near(self.store, t)
        return near.union(*(self.store.claims_in_blocks(keys, but_not=dataset) for dataset, keys in wanted.items()))


def _sharing(t: Told, by_block: Mapping[str, list[Told]]) -> Iterable[Told]:
    return {o.claim_id: o for block in t.blocks for o in by_block.get(block, ())}.values()


def _tied(a: Told, b: Told) -> bool:
    link = compare(a, b)
    return link is not None and link.score >= min(STRONG, weak(a.kind))


def remerge(store: Store, claim_ids: set[str]) -> int:
    """Merge anew what the claims belong to or may belong to, in a transaction; returns how many events came out."""
    reach = _Reach(store)
    reach.grow(claim_ids | store.claims_of_events(store.events_of_claims(claim_ids)))
    effects = effects_of(list(reach.decisions.values()))
    gone = store.events_of_claims(reach.known)
    merged = merge((t for i, t in reach.known.items() if i not in effects.rejected), effects.hand)
    store.put_events(gone, event_rows(merged, effects))
    return len(merged)


def refresh_blocks(store: Store, claim_ids: set[str]) -> None:
    """Write the blocks of claims anew whose values a person changed, or changed back."""
    edits = effects_of(decisions_on(store, claim_ids)).edits
    told = _told(store, claim_ids, edits)
    store.put_blocks(told, [{"claim_id": i, "block": b} for i, t in told.items() for b in sorted(blocks(t))])


def refresh_states(store: Store, claim_ids: set[str]) -> None:
    """Write anew who decided what, of the events of the claims, where nothing else of them has changed."""
    for event in store.events_of_claims(claim_ids):
        members = store.claims_of_events([event])
        word, who = state_of(members, effects_of(decisions_on(store, members)))
        mark_events(store, [{"event_id": event, "review": word, "reviewed_by": who}])
