"""Why a trigger gave no claim, in words: the reasons that `explain` shows.

Takes a sentence as the reader saw it with what came of it; gives lines.  Decides nothing: the rules have decided before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.draft import Draft
from extract.frames import Frame
from extract.routes import RouteDraft
from extract.schema import Claim
from extract.view import View


@dataclass
class ReadSentence:
    """A sentence as the reader saw it and the claims it gave."""

    view: View
    drafts: Sequence[Draft]
    routes: Sequence[RouteDraft]
    found: Sequence[Claim]


def safe(char: str) -> str:
    """A character as a terminal may show it: an article must not send it commands."""
    return " " if char.isspace() else char if char.isprintable() else "\ufffd"


def plain(words: str) -> str:
    """Words on one line, as a terminal may show them."""
    return " ".join("".join(map(safe, words)).split())


def no_claims(seen: ReadSentence) -> Iterator[str]:
    """Triggers that gave no claim, with the reason."""
    for f in seen.view.frames:
        if not any(c.kind == f.kind and c.start <= f.start < c.end for c in seen.found):
            yield f"“{plain(f.text)}” gave no claim: {_why_not(f, seen)}"


def _why_not(f: Frame, seen: ReadSentence) -> str:
    view = seen.view
    if f.negated:
        return "negated"
    if view.words.rstrip().endswith("?"):
        return "a question"
    if f.hypothetical or f.infinitive:
        return "has not happened (possible, intended or feared)"
    if f.kind == "route":
        if not any(x is f for r in seen.routes for x in r.frames):
            return "no origin, transit or destination goes with it"
        return "too little is said of who moved and where, or another claim tells it"
    draft = next((d for d in seen.drafts if any(x.start == f.start for x in d.frames)), None)
    if draft is None:
        return "told as part of another event, or only a topic"
    if draft.hypothetical:
        return "has not happened (possible, intended or feared)"
    if view.sentence.heading and not draft.counts:
        return "a heading without a figure"
    if draft.anaphoric:
        return "refers back to what was told, or is a topic: no place, date or figure of its own"
    if f.present or f.habitual:
        return "a general statement"
    if draft.weak and not (draft.places or draft.date or draft.counts):
        return "the word alone is too weak: no place, date or figure goes with it"
    return "adds to the claim before, or nothing specific goes with it"


__all__ = ["ReadSentence", "no_claims", "plain", "safe"]
