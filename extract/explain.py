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
from extract.drafts import drafts_of
from extract.explain_why import ReadSentence, no_claims, plain, safe
from extract.layout import end_of_body
from extract.routes import routes_of
from extract.schema import Claim, ClaimPlace, DateSpan, Document, Mention
from extract.state import State
from extract.text import sentences
from extract.view import View

_RESET = "\x1b[0m"
_COLOURS = {"place": "\x1b[34m", "date": "\x1b[32m", "count": "\x1b[33m", "trigger": "\x1b[1;31m", "dim": "\x1b[2m"}
#: Which mark is drawn where two overlap.
_ORDER = ("trigger", "date", "place", "count")


@dataclass
class _Watched(ClaimReader):
    """A reader that notes what it sees on the way."""

    base: ClaimReader
    read_sentences: dict[int, ReadSentence] = field(default_factory=dict)
    joined: list[tuple[Claim, int]] = field(default_factory=list)
    kept: list[Claim] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.places, self.lex = self.base.places, self.base.lex

    def _claims_of(self, view: View, state: State, document: Document, sofar: list[Claim]) -> list[Claim]:
        drafts, routes = drafts_of(view), routes_of(view)
        found = super()._claims_of(view, state, document, sofar)
        self.read_sentences[view.sentence.start] = ReadSentence(view, drafts, routes, found)
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
            yield "  " + plain(document.text[s.start : s.end])
            yield paint.dim("  · not read: notes, links or boilerplate" if s.start >= body else "  · not read")
            continue
        yield "  " + paint.sentence(seen.view)
        yield from (f"  · {line}" for line in _things(seen.view))
        yield from (f"  {line}" for c in seen.found for line in _claim(document.text, c, seen.view, watched))
        yield from (f"  − {line}" for line in no_claims(seen))


def _about(document: Document, claims: int) -> str:
    origin = f" ({document.published_from})" if document.published_from else ""
    own = f"published {document.published}{origin}" if document.published else "own date unknown"
    return f"{document.name or 'document'}: {own}; {claims} claim{'' if claims == 1 else 's'}"


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
            return plain(self.text[s.start : s.end])
        out, now = [], ""
        for i in range(s.start, s.end):
            kind = next((k for k in _ORDER if any(a <= i < b for a, b in marks[k])), "")
            if kind != now:
                out.append((_RESET if now else "") + _COLOURS.get(kind, ""))
                now = kind
            out.append(safe(self.text[i]))
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
        yield f"place “{plain(r.text)}” → {r.place.name} ({', '.join(n for n in notes if n)})"
    for d in view.dates:
        relation = f", {d.relation}" if d.relation else ""
        yield f"date “{plain(view.text[d.start : d.end])}” → {_span(d.span)} ({d.how}{relation})"
    for q in view.quantities:
        of = f" {' '.join(q.nationalities)}" if q.nationalities else ""
        yield f"count “{plain(view.text[q.start : q.end])}” → {_bounds(q.number.low, q.number.high)} {q.category}{of}"
    for f in view.frames:
        flags = [n for n in _FLAGS if getattr(f, n)]
        yield f"trigger “{plain(f.text)}” ({f.rule.id}{': ' if flags else ''}{', '.join(flags)})"


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
    head = f"+ {c.kind}/{c.subkind} “{plain(text[c.start : c.end])}”"
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
        words = f"“{plain(text[slice(*c.date_span)])}”"
        inside = view.sentence.start <= c.date_span[0] < view.sentence.end
        return f"own words {words}" if inside else f"from the entry or a sentence before: {words}"
    if c.date.start is None and c.date.end is None:
        return "nothing says when"
    return "from the paragraph, section or title"


def _where(p: ClaimPlace, view: View) -> str:
    if p.start is None:
        source = "from the people named or the context"
    elif view.sentence.start <= p.start < view.sentence.end:
        source = f"“{plain(p.mention)}”"
    else:
        source = f"from the entry or section: “{plain(p.mention)}”"
    return f"{p.role} {p.place.name} ({source}{', inferred' if p.inferred else ''})"


__all__ = ["explain", "wants_colour"]
