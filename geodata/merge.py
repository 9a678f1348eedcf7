"""Claims of several documents → events, by small pure steps.

1. Only claims that share a block (kind, country and month; a number; a distinctive word) are compared.
2. Pairs that are sure by themselves are joined, the surest first, unless that would bring two claims together that
   cannot be one event (two claims of one document, two towns, two tolls).
3. A claim that is told coarsely ("attacks in Iran and Turkey in January and March") joins the only event that fits;
   where two fit equally it joins neither.
What people merged or split by hand (`hand.Hand`) comes before all of that: claims tied by hand stand together as one,
and count as fitting where one of them fits.  The result depends on the set of claims and on what was decided alone,
never on the order of reading.  Every claim that joined keeps its reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from geodata.hand import Hand
from geodata.merge_score import STRONG, Link, compare, specific, weak
from geodata.told import Told

__all__ = ["Merged", "blocks", "event_id", "links", "merge"]

#: A coarse claim joins only if the next best event is this much worse.
MARGIN = 1.0
_Fit = tuple[str, tuple[float, tuple[str, str]]]
Links = dict[tuple[str, str], Link]


@dataclass(frozen=True)
class Merged:
    """One event: its claims in the order in which they speak, and why each of them is here ('' for the first)."""

    event_id: str
    members: tuple[Told, ...]
    reasons: tuple[str, ...]


def event_id(anchor: Told) -> str:
    """Id of the event whose earliest claim is `anchor`: later reports leave it as it is."""
    return "e" + hashlib.sha1(anchor.claim_id.encode(), usedforsecurity=False).hexdigest()[:11]


def blocks(t: Told) -> frozenset[str]:
    """Keys of which two claims must share one to be compared."""
    return t.blocks


def links(claims: Sequence[Told]) -> Links:
    """Every pair that may be one event, by the ids of its claims (the smaller first)."""
    by_block: dict[str, list[Told]] = {}
    for t in claims:
        for key in blocks(t):
            by_block.setdefault(key, []).append(t)
    found: Links = {}
    seen: set[tuple[str, str]] = set()
    for group in by_block.values():
        for i, a in enumerate(group):
            for b in group[i + 1 :]:
                if a.dataset and a.dataset == b.dataset:
                    continue
                pair = (min(a.claim_id, b.claim_id), max(a.claim_id, b.claim_id))
                if pair not in seen:
                    seen.add(pair)
                    link = compare(a, b)
                    if link and link.score >= min(STRONG, weak(a.kind)):
                        found[pair] = link
    return found


class _Groups:
    """Claims in groups; two groups join only if no claim of one cannot be one event with a claim of the other."""

    def __init__(self, claims: Sequence[Told], hand: Hand) -> None:
        self.of = {t.claim_id: t.claim_id for t in claims}
        self.members = {t.claim_id: [t] for t in claims}
        self.tied = {c: i for i, g in enumerate(hand.together) for c in g.claims}
        self.apart = hand.apart
        for group in hand.together:
            here = sorted(group.claims & self.of.keys())
            for other in here[1:]:
                self._unite(here[0], other)

    def _unite(self, a: str, b: str) -> None:
        x, y = self.of[a], self.of[b]
        if x != y:
            keep, gone = min(x, y), max(x, y)
            for t in self.members.pop(gone):
                self.of[t.claim_id] = keep
                self.members[keep].append(t)

    def join(self, a: str, b: str) -> bool:
        x, y = self.of[a], self.of[b]
        if x == y or not self.may(x, y):
            return False
        self._unite(x, y)
        return True

    def may(self, a: str, b: str) -> bool:
        """Whether nothing speaks against two groups being one event."""
        if self.apart:
            both = {t.claim_id for g in (a, b) for t in self.members[g]}
            if any(both & x and both & y for x, y in self.apart):
                return False
        units = [self._units(g) for g in (a, b)]
        return all(any(compare(p, q) is not None for p in x for q in y) for x in units[0] for y in units[1])

    def _units(self, group: str) -> list[list[Told]]:
        """Its claims one by one, those tied by hand together."""
        if not self.tied:
            return [[t] for t in self.members[group]]
        units: dict[str, list[Told]] = {}
        for t in self.members[group]:
            units.setdefault(str(self.tied.get(t.claim_id, t.claim_id)), []).append(t)
        return list(units.values())


def _ordered(found: Links) -> list[tuple[tuple[str, str], Link]]:
    return sorted(found.items(), key=lambda it: (-it[1].score, it[0]))


def _coarseness(members: Sequence[Told]) -> tuple[int, int]:
    return (min(t.days or 9999 for t in members), 0 if any(t.fine for t in members) else 1)


def _attach(groups: _Groups, found: Links) -> None:
    """Step 3: each group, the coarsest first, joins the only other one that fits and is told no more coarsely.

    A group that a coarser one has joined has its turn all the same, whichever of the two ids names them now.
    """
    rank = sorted(groups.members, key=lambda g: (*(-x for x in _coarseness(groups.members[g])), g))
    for claim_id in rank:
        name = groups.of[claim_id]
        if (best := _only(groups, found, name)) is not None:
            other, (_, pair) = best
            mine, its = (_coarseness(groups.members[g]) for g in (name, other))
            back = _only(groups, found, other) if mine == its else None
            if its < mine or (back is not None and back[0] == name):
                groups.join(*pair)


def _only(groups: _Groups, found: Links, name: str) -> _Fit | None:
    """The one group that `name` fits; None where there is none, or another that fits nearly as well."""
    if not all(specific(t) for t in groups.members[name]):
        return None
    best: dict[str, tuple[float, tuple[str, str]]] = {}
    for pair, link in _ordered(found):
        a, b = groups.of[pair[0]], groups.of[pair[1]]
        if (a == name) != (b == name):
            best.setdefault(b if a == name else a, (link.score, pair))
    fit = {g: v for g, v in best.items() if all(specific(t) for t in groups.members[g]) and groups.may(name, g)}
    order = sorted(fit.items(), key=lambda it: (-it[1][0], it[0]))
    return order[0] if order and not _rivals(groups, found, order[0], order[1:]) else None


def _rivals(groups: _Groups, found: Links, best: _Fit, others: Sequence[_Fit]) -> bool:
    """Whether another event fits nearly as well as the best, and is not likely the same as that."""
    linked = {frozenset(groups.of[c] for c in pair) for pair in found}
    return any(best[1][0] - v[0] < MARGIN and frozenset((best[0], g)) not in linked for g, v in others)


def _reason(t: Told, earlier: Sequence[Told], hand: Hand) -> str:
    """Why a claim is in its event: somebody said so, else the strongest of its links to those that spoke before it."""
    before = {o.claim_id for o in earlier}
    if by_hand := next((g.why for g in hand.together if t.claim_id in g.claims and before & g.claims), None):
        return by_hand
    known = [(link.score, other, link) for other in earlier if (link := compare(t, other))]
    if not known:
        return "joined by the claims between them"
    _, _, link = max(known, key=lambda k: (k[0], k[1].order))
    return "; ".join(link.why) or "nothing speaks against it"


def merge(claims: Iterable[Told], hand: Hand | None = None) -> list[Merged]:
    """The events that the claims add up to, in the order in which their first claims speak.

    Every claim is in exactly one event.  An event of one claim has the reason ''.  `hand` is what people said of them.
    Claims that no chain of links ties to one another are merged apart: it comes to the same, and costs what each part
    costs however many there are.
    """
    told, hand = sorted(claims, key=lambda t: t.claim_id), hand or Hand()
    done: list[Merged] = []
    for part, found in _parts(told, links(told), hand):
        groups = _Groups(part, hand)
        for pair, link in _ordered(found):
            if link.score >= STRONG:
                groups.join(*pair)
        _attach(groups, {p: link for p, link in found.items() if link.score >= weak(_kind(groups, p))})
        done += (_merged(m, hand) for m in groups.members.values())
    return sorted(done, key=lambda e: e.members[0].order)


def _parts(told: Sequence[Told], found: Links, hand: Hand) -> Iterator[tuple[list[Told], Links]]:
    """The claims in parts that no link and no tie by hand connects, each with its links."""
    root = {t.claim_id: t.claim_id for t in told}

    def top(i: str) -> str:
        while root[i] != i:
            root[i] = i = root[root[i]]
        return i

    ties = (sorted(g.claims & root.keys()) for g in hand.together)
    for a, b in chain(found, (pair for tie in ties for pair in pairwise(tie))):
        root[top(a)] = top(b)
    parts: dict[str, tuple[list[Told], Links]] = {}
    for t in told:
        parts.setdefault(top(t.claim_id), ([], {}))[0].append(t)
    for pair, link in found.items():
        parts[top(pair[0])][1][pair] = link
    yield from parts.values()


def _kind(groups: _Groups, pair: tuple[str, str]) -> str:
    return groups.members[groups.of[pair[0]]][0].kind


def _merged(members: list[Told], hand: Hand) -> Merged:
    spoken = tuple(sorted(members, key=lambda t: t.order))
    reasons = ("", *(_reason(t, spoken[:i], hand) for i, t in enumerate(spoken) if i))
    return Merged(event_id(spoken[0]), spoken, reasons)
