"""Why a document gave the claims it gave: every sentence with what was found in it, for whoever improves the rules.

Takes a document, its resolved mentions and a reader; gives lines for a terminal.  Reads with the very rules that make
the claims (`ClaimReader`), only watched; changes nothing and prints nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TextIO

from extract.claims import ClaimReader
from extract.draft import Draft, drafts_of
from extract.frames import Frame
from extract.layout import end_of_body
from extract.routes import RouteDraft, routes_of
from extract.schema import Claim, ClaimPlace, DateSpan, Document, Mention
from extract.state import State
from extract.text import sentences
from extract.view import View

_RESET = "\x1b[0m"
_COLOURS = {"place": "\x1b[34m", "date": "\x1b[32m", "count": "\x1b[33m", "trigger": "\x1b[1;31m", "dim": "\x1b[2m"}
#: Which mark is drawn where two overlap.
_ORDER = ("trigger", "date", "place", "count")


@dataclass
class _Read:
    """A sentence as the reader saw it and the claims it gave."""

    view: View
    drafts: Sequence[Draft]
    routes: Sequence[RouteDraft]
    found: Sequence[Claim]


@dataclass
class _Watched(ClaimReader):
    """A reader that notes what it sees on the way."""

    base: ClaimReader
    read_sentences: dict[int, _Read] = field(default_factory=dict)
    joined: list[tuple[Claim, int]] = field(default_factory=list)
    kept: list[Claim] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.places, self.lex = self.base.places, self.base.lex

    def _claims_of(self, view: View, state: State, document: Document, sofar: list[Claim]) -> list[Claim]:
        drafts, routes = drafts_of(view), routes_of(view)
        found = super()._claims_of(view, state, document, sofar)
        self.read_sentences[view.sentence.start] = _Read(view, drafts, routes, found)
        return found

    def _add(self, claims: list[Claim], c: Claim, state: State) -> None:
        before = len(claims)
        super()._add(claims, c, state)
        if len(claims) == before:
            self.joined.append((c, next(i for i, x in enumerate(claims) if x is state.last_claim)))


def wants_colour(stream: TextIO) -> bool:
    """Whether a stream is a terminal whose user has not set NO_COLOR (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR")


def explain(
    document: Document, mentions: Sequence[Mention], reader: ClaimReader, *, colour: bool = False
) -> Iterator[str]:
    """Lines that show each sentence, what was found in it, its claims, and why a trigger gave none.

    Parameters
    ----------
    mentions : the place names of the document, resolved
    reader : the reader whose claims are to be explained
    colour : mark places blue, dates green, counts yellow and triggers red with ANSI codes (see `wants_colour`)
    """
    watched = _Watched(reader)
    claims = watched.kept = watched.read(document, mentions)
    body = end_of_body(document.text)
    paint = _Painter(document.text, colour)
    yield paint.dim(_about(document, len(claims)))
    for s in sentences(document.text):
        kind = " heading" if s.heading else " list item" if s.bullet else ""
        yield ""
        yield paint.dim(f"[{s.start}–{s.end}{kind}]")
        seen = watched.read_sentences.get(s.start)
        if seen is None:
            yield "  " + _plain(document.text[s.start : s.end])
            yield paint.dim("  · not read: notes, links or boilerplate" if s.start >= body else "  · not read")
            continue
        yield "  " + paint.sentence(seen.view)
        yield from (f"  · {line}" for line in _things(seen.view))
        yield from (f"  {line}" for c in seen.found for line in _claim(document.text, c, seen.view, watched))
        yield from (f"  − {line}" for line in _no_claims(seen))


def _about(document: Document, claims: int) -> str:
    origin = f" ({document.published_from})" if document.published_from else ""
    own = f"published {document.published}{origin}" if document.published else "own date unknown"
    return f"{document.name or 'document'}: {own}; {claims} claim{'' if claims == 1 else 's'}"


def _safe(char: str) -> str:
    """A character as a terminal may show it: an article must not send it commands."""
    return " " if char.isspace() else char if char.isprintable() else "\ufffd"


def _plain(words: str) -> str:
    return " ".join("".join(map(_safe, words)).split())


class _Painter:
    """Marks spans of the text."""

    def __init__(self, text: str, colour: bool) -> None:
        self.text, self.colour = text, colour

    def dim(self, words: str) -> str:
        return f"{_COLOURS['dim']}{words}{_RESET}" if self.colour else words

    def sentence(self, view: View) -> str:
        """The sentence on one line, marked."""
        s, marks = view.sentence, _marks(view)
        if not self.colour:
            return _plain(self.text[s.start : s.end])
        out, now = [], ""
        for i in range(s.start, s.end):
            kind = next((k for k in _ORDER if any(a <= i < b for a, b in marks[k])), "")
            if kind != now:
                out.append((_RESET if now else "") + _COLOURS.get(kind, ""))
                now = kind
            out.append(_safe(self.text[i]))
        return "".join(out) + (_RESET if now else "")


def _marks(view: View) -> dict[str, list[tuple[int, int]]]:
    return {
        "trigger": [(f.start, f.end) for f in view.frames],
        "date": [(d.start, d.end) for d in view.dates],
        "place": [(r.start, r.end) for r in view.places],
        "count": [(q.start, q.end) for q in view.quantities],
    }


def _things(view: View) -> Iterator[str]:
    """Places, dates, counts and triggers of a sentence, one line each."""
    why = {m.start: m.why for m in view.mentions}
    for r in view.places:
        notes = [
            r.place.precision,
            r.place.iso3 or "",
            "demonym" if r.demonym else "",
            "points back" if r.pointed else "",
        ]
        notes += ["" if r.literal else "not literal", f"after “{r.prep}”" if r.prep else "", why.get(r.start, "")]
        yield f"place “{_plain(r.text)}” → {r.place.name} ({', '.join(n for n in notes if n)})"
    for d in view.dates:
        relation = f", {d.relation}" if d.relation else ""
        yield f"date “{_plain(view.text[d.start : d.end])}” → {_span(d.span)} ({d.how}{relation})"
    for q in view.quantities:
        of = f" {' '.join(q.nationalities)}" if q.nationalities else ""
        yield f"count “{_plain(view.text[q.start : q.end])}” → {_bounds(q.number.low, q.number.high)} {q.category}{of}"
    for f in view.frames:
        flags = [n for n in _FLAGS if getattr(f, n)]
        yield f"trigger “{_plain(f.text)}” ({f.rule.id}{': ' if flags else ''}{', '.join(flags)})"


_FLAGS = (
    "noun",
    "passive",
    "plural",
    "negated",
    "hypothetical",
    "infinitive",
    "alleged",
    "habitual",
    "present",
    "definite",
)


def _span(d: DateSpan) -> str:
    if d.start is None and d.end is None:
        return "unknown"
    days = str(d.start) if d.start == d.end else f"{d.start or '…'}–{d.end or '…'}"
    return f"{days} {d.precision}"


def _bounds(low: int | None, high: int | None) -> str:
    if low == high and low is not None:
        return str(low)
    return f"{'…' if low is None else low}–{'…' if high is None else high}"


def _claim(text: str, c: Claim, view: View, watched: _Watched) -> Iterator[str]:
    again = next((i for joined, i in watched.joined if joined is c), None)
    head = f"+ {c.kind}/{c.subkind} “{_plain(text[c.start : c.end])}”"
    part = ", part of a total" if c.part_of is not None else ""
    yield f"{head}  [{c.rule}, {c.certainty}, {c.confidence:.2f}{part}]"
    if again is not None:
        yield f"    tells claim {again + 1} again and joins it"
    elif c not in watched.kept and view.sentence.heading:
        yield "    headline: left out, as the body tells of the same kind or nothing is dated or counted"
    yield f"    when: {_span(c.date)}, {_when(text, c, view)}"
    yield "    where: " + ("; ".join(_where(p, view) for p in c.places) or "nowhere named")
    who = [*c.nationalities, *c.groups]
    counted = [f"{k} {_bounds(n.low, n.high)}" for k, n in c.counts.items()]
    if who or counted:
        yield "    who, how many: " + "; ".join(counted + who)


def _when(text: str, c: Claim, view: View) -> str:
    """Where the date of a claim comes from."""
    if c.date_span is not None:
        words = f"“{_plain(text[slice(*c.date_span)])}”"
        inside = view.sentence.start <= c.date_span[0] < view.sentence.end
        return f"own words {words}" if inside else f"from the entry or a sentence before: {words}"
    if c.date.start is None and c.date.end is None:
        return "nothing says when"
    return "from the paragraph, section or title"


def _where(p: ClaimPlace, view: View) -> str:
    if p.start is None:
        source = "from the people named or the context"
    elif view.sentence.start <= p.start < view.sentence.end:
        source = f"“{_plain(p.mention)}”"
    else:
        source = f"from the entry or section: “{_plain(p.mention)}”"
    return f"{p.role} {p.place.name} ({source}{', inferred' if p.inferred else ''})"


def _no_claims(seen: _Read) -> Iterator[str]:
    """Triggers that gave no claim, with the reason."""
    for f in seen.view.frames:
        if not any(c.kind == f.kind and c.start <= f.start < c.end for c in seen.found):
            yield f"“{_plain(f.text)}” gave no claim: {_why_not(f, seen)}"


def _why_not(f: Frame, seen: _Read) -> str:
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


__all__ = ["explain", "wants_colour"]
