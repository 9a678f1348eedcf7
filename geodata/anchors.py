"""Claims of a decision found again after their article was read anew.

A claim's id holds its offsets, so that other rules give it another id.  Takes where a decision's claims stood and the
claims that are there now; says which is which: by id, else by the words they share.  What is not found stays as it was,
so that it may be found another time.  Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

__all__ = ["found_again"]

Row = Mapping[str, Any]
#: Of two quotes in different texts: this much of the words is the same.
_ALIKE = 0.75
#: Of two passages in one text: this much of both is common.
_COMMON = 0.3


def found_again(anchors: Sequence[Row], claims: Sequence[Row], doc_id: str) -> list[dict[str, Any]]:
    """The anchors that stand elsewhere now, as they are to be written.

    anchors : rows of review_claims that refer to the document, in any of its versions
    claims : rows of claims as they are now (claim_id, start, end, kind, quote)   doc_id : of the document now
    """
    moved = []
    for anchor in anchors:
        best = _best(anchor, claims, doc_id)
        if best is not None:
            now = dict(anchor) | {k: best[k] for k in ("claim_id", "start", "end", "quote")} | {"doc_id": doc_id}
            moved += [now] if now != dict(anchor) else []
    return moved


def _best(anchor: Row, claims: Sequence[Row], doc_id: str) -> Row | None:
    """The claim that is most likely the one; None where none is of its kind and in its words."""
    same_text = anchor["doc_id"] == doc_id
    rated = [(_likeness(anchor, c, same_text), c) for c in claims if c["kind"] == anchor["kind"]]
    rated = [r for r in rated if r[0] > 0]
    return (
        max(rated, key=lambda r: (r[0], -abs(r[1]["start"] - anchor["start"]), r[1]["claim_id"]))[1] if rated else None
    )


def _likeness(anchor: Row, claim: Row, same_text: bool) -> float:
    """3 the same id, else the share of characters in common; 0 where they have nothing in common."""
    if same_text:
        if claim["claim_id"] == anchor["claim_id"]:
            return 3.0
        common = min(anchor["end"], claim["end"]) - max(anchor["start"], claim["start"])
        longest = max(anchor["end"], claim["end"]) - min(anchor["start"], claim["start"])
        share = common / max(1, longest)
        return share if share >= _COMMON else 0.0
    a, b = str(anchor["quote"]), str(claim["quote"])
    if not a or not b:
        return 0.0
    if a == b:
        return 2.0
    ratio = SequenceMatcher(None, a, b, autojunk=False).ratio()
    return ratio if ratio >= _ALIKE else 0.0
