"""Merged and split by hand: which claims must be one event and which must not.

Takes the merges and splits of the log in their order, as sets of claim ids; gives a `Hand` that `merge` obeys.  The
last decision counts: it takes back what earlier ones said of the same claims, and only that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Cluster", "Hand", "Ruling", "hand_of"]

_Apart = tuple[frozenset[str], frozenset[str]]


class Cluster(NamedTuple):
    """Claims that are one event because somebody said so, and the words for it."""

    claims: frozenset[str]
    why: str


@dataclass(frozen=True)
class Hand:
    """`together`: disjoint groups of claims.   `apart`: no claim of one set is in an event with one of the other."""

    together: tuple[Cluster, ...] = ()
    apart: tuple[_Apart, ...] = ()


class Ruling(NamedTuple):
    """One merge (all sides become one) or split (two sides: what stays and what leaves)."""

    merges: bool
    sides: tuple[frozenset[str], ...]
    why: str


def hand_of(rulings: Iterable[Ruling]) -> Hand:
    """What the rulings come to, the oldest first.

    >>> a, b, c = (frozenset(x) for x in "abc")
    >>> hand = hand_of([Ruling(True, (a, b, c), "merged"), Ruling(False, (a | b, c), "split")])
    >>> [sorted(g.claims) for g in hand.together], hand.apart == ((a | b, c),)
    ([['a', 'b'], ['c']], True)
    """
    together: list[Cluster] = []
    apart: list[_Apart] = []
    for ruling in rulings:
        if ruling.merges:
            together, one = _unite(together, frozenset().union(*ruling.sides), ruling.why)
            apart = _allow(apart, one)
            continue
        stay, leave = ruling.sides
        together = [Cluster(part, g.why) for g in together for part in _cut(g.claims, leave) if part]
        together, first = _unite(together, stay - leave, ruling.why)
        together, second = _unite(together, leave, ruling.why)
        apart = _allow(_allow(apart, first), second)
        apart += [(first, second)] if first and second else []
    return Hand(tuple(g for g in together if g.claims), tuple(apart))


def _cut(claims: frozenset[str], leave: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    return claims - leave, claims & leave


def _unite(together: list[Cluster], claims: frozenset[str], why: str) -> tuple[list[Cluster], frozenset[str]]:
    """The claims and all that is tied to one of them by hand become one group, which is given too."""
    if not claims:
        return together, claims
    met = [g for g in together if g.claims & claims]
    one = claims.union(*(g.claims for g in met))
    return [*(g for g in together if g not in met), Cluster(one, why)], one


def _allow(apart: list[_Apart], one: frozenset[str]) -> list[_Apart]:
    """What was said to be apart, less pairs within one group."""
    left = []
    for a, b in apart:
        if a & one and b & one:
            left += [(a - one, b), (a & one, b - one)]
        else:
            left.append((a, b))
    return [(a, b) for a, b in left if a and b]
