"""How far a long export is: a callable that is told the share done and a few words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

__all__ = ["Progress", "silent", "told"]

#: Called with the share that is done (0 to 1) and a few words.
Progress = Callable[[float, str], None]
T = TypeVar("T")


def silent(share: float, text: str) -> None:
    """Progress that nobody looks at."""


def told(items: Sequence[T], progress: Progress, what: str = "Slide") -> Iterator[T]:
    """The items one by one; after each, `progress` is told how many are done.

    >>> list(told(["a", "b"], lambda share, text: print(share, text)))
    0.5 Slide 1 of 2
    1.0 Slide 2 of 2
    ['a', 'b']
    """
    for i, item in enumerate(items, 1):
        yield item
        progress(i / len(items), f"{what} {i} of {len(items)}")
