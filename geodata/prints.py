"""Whether two articles are one text: an outlet that prints an agency's report, shortened or with a paragraph more.

Takes a text; gives its print, short text that is kept with the document.  Two prints say how much of the texts is the
same (MinHash over sequences of four words).  Two reports of one event by two authors share next to nothing; a reprint
shares most.
"""

from __future__ import annotations

import re

__all__ = ["REPRINT", "likeness", "print_of"]

#: From this share of common sequences on, one text is a reprint of the other.
REPRINT = 0.3
_WORDS, _HASHES, _DIGITS = 4, 64, 4
_SHORTEST = 30  # words; less says nothing


def print_of(text: str) -> str:
    """64 numbers of 16 bits in hexadecimal; '' for a text too short to tell."""
    from datasketch import MinHash  # with it comes SciPy: only where an article is read

    words = re.findall(r"\w+", text.casefold())
    if len(words) < _SHORTEST:
        return ""
    sketch = MinHash(num_perm=_HASHES, seed=1)
    pieces = {" ".join(words[i : i + _WORDS]) for i in range(len(words) - _WORDS + 1)}
    sketch.update_batch([p.encode("utf-8", "surrogatepass") for p in sorted(pieces)])
    return "".join(f"{int(v) & 0xFFFF:04x}" for v in sketch.hashvalues)


def likeness(a: str, b: str) -> float:
    """The share of what two texts have in common, 0 to 1, by their prints; 0 where one is not known.

    >>> likeness("00010002", "00010003"), likeness("", "")
    (0.5, 0.0)
    """
    n = min(len(a), len(b)) // _DIGITS
    if n == 0:
        return 0.0
    same = sum(a[i : i + _DIGITS] == b[i : i + _DIGITS] for i in range(0, n * _DIGITS, _DIGITS))
    return same / n
