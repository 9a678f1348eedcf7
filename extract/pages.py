"""Pages of a text that has them: a form feed stands where a page begins, as in what `pdftotext` writes.

The first page has no mark before it.  A text without form feeds has no pages.
"""

from __future__ import annotations

__all__ = ["page_at", "page_count"]


def page_count(text: str) -> int | None:
    """Pages of the text; None where it has none."""
    return text.count("\f") + 1 if "\f" in text else None


def page_at(text: str, offset: int) -> int | None:
    """The page (from 1) on which a character stands; None in a text without pages.

    >>> page_at("one\\ftwo", 4)
    2
    """
    return text.count("\f", 0, offset + 1) + 1 if "\f" in text else None
