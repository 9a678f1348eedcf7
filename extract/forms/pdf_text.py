"""Lines on pages → running text: heads and feet of pages left out, words put together again, paragraphs found.

Takes pages of blocks of lines with their places (points, y upwards); gives one text in which a form feed stands where a
page begins.  Reads no files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Block", "Line", "Page", "compose", "heading_of"]

#: Heads and feet stand in this share of a page's height, above and below.
_EDGE = 0.12
_END = re.compile(r"[.!?:;…][\"'”’»)\]]*(?:\[?\d{1,3}\]?)?$")
_BULLET = re.compile(r"[-–—•*›▪◦·●■➢]\s|\(?\d{1,2}[.)]\s|\(?[a-z]\)\s")
#: First parts that keep their hyphen at a line's end: "state-|run", "cease-|fire".
_KEEP = frozenset(
    """self non anti pro ex co cross counter well state so vice mid semi half long short high low far north south east
    west cease multi inter pre post all old new ill large small mass one two three four five six seven eight nine ten
    year day man law policy decision""".split()
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of type."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together."""

    lines: tuple[Line, ...]

    @classmethod
    def of(cls, rows: Sequence[Sequence[object]]) -> Block:
        """From the worker's lists."""
        return cls(tuple(Line(_known(str(r[0])), *(float(str(v)) for v in r[1:6])) for r in rows))


def _known(line: str) -> str:
    """One line of type; glyphs whose letter the font does not say: at the start a bullet, elsewhere U+FFFD."""
    line = re.sub(r"^\s*\(cid:\d+\)(?=\s)", "•", line)
    return " ".join(re.sub(r"\(cid:\d+\)", "\ufffd", line).split())


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its height, and its blocks in reading order."""

    height: float
    blocks: list[Block]


@dataclass(slots=True)
class _Paragraph:
    text: str
    page: int
    size: float


def compose(pages: Sequence[Page]) -> str:
    """The text of all pages; paragraphs apart by an empty line, a form feed where a page begins.

    A sentence that runs over the end of a page goes on: the form feed then stands in the place of a space.
    """
    pages = without_furniture(pages)
    hyphens = _Hyphens(line.text for page in pages for block in page.blocks for line in block.lines)
    out, here, last = "", 0, None
    for p in (p for n, page in enumerate(pages) for b in page.blocks for p in _paragraphs(b, n, hyphens)):
        feeds = "\f" * (p.page - here)
        if last is not None and _goes_on(last, p):
            out = hyphens.join(out, p.text, feeds)
        else:
            out += ("\n\n" if out else "") + feeds + p.text
        here, last = p.page, p
    return out


def _goes_on(before: _Paragraph, after: _Paragraph) -> bool:
    """Whether a paragraph is the rest of the one before it: no full stop there, a small letter here."""
    first = after.text[:1]
    return not _END.search(before.text) and first.islower() and abs(before.size - after.size) < 1.5


class _Hyphens:
    """Decides what a hyphen at a line's end is, by how the same document writes the word elsewhere."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.words: Counter[str] = Counter()
        for line in lines:
            self.words.update(w.lower() for w in re.findall(r"\w+(?:-\w+)*", line))

    def join(self, before: str, after: str, between: str = "") -> str:
        """Two lines as one; `between` (form feeds) is kept behind the word that was cut."""
        tail = max(0, len(before) - 80)
        m = re.compile(r"(\w+)[-\u2010\u00ad]$").search(before, tail)
        head, _, rest = after.partition(" ")
        if m is None or not head:
            return f"{before}{between or ' '}{after}"
        first = re.match(r"\w*", head)
        second = first.group() if first else ""
        whole, apart = (m[1] + second).lower(), f"{m[1]}-{second}".lower()
        keep = (not before.endswith("\u00ad")) and (
            not second[:1].islower()
            or m[1][-1].isdigit()
            or self.words[apart] > self.words[whole]
            or (m[1].lower() in _KEEP and not self.words[whole])
        )
        stem = before[: m.end(1)] + ("-" if keep else "")
        return f"{stem}{head}{between or (' ' if rest else '')}{rest}"


def _paragraphs(block: Block, page: int, hyphens: _Hyphens) -> Iterator[_Paragraph]:
    lines = block.lines
    right, left = max(line.x1 for line in lines), min(line.x0 for line in lines)
    text = lines[0].text
    for before, line in pairwise(lines):
        if _breaks(before, line, left, right):
            yield _Paragraph(text, page, before.size)
            text = line.text
        else:
            text = hyphens.join(text, line.text)
    yield _Paragraph(text, page, lines[-1].size)


def _breaks(before: Line, line: Line, left: float, right: float) -> bool:
    """Whether a new paragraph begins: other type, a bullet, an indent after a full stop, or a last line cut short."""
    if abs(before.size - line.size) > 0.08 * max(before.size, line.size, 1):
        return True
    if _BULLET.match(line.text):
        return True
    if before.y0 - line.y1 > 0.9 * max(line.size, 1):
        return True
    ended = bool(_END.search(before.text))
    width = max(right - left, 1)
    if ended and line.x0 - left > 0.02 * width and line.x0 - before.x0 > 4:
        return True
    return ended and right - before.x1 > 0.25 * width and right - line.x1 < 0.5 * width


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """Pages without the heads, feet and page numbers that are the same on many of them.

    A head is kept where it stands first: it may hold the day of issue.  Numbers count as the same.
    """
    if len(pages) < 2:
        return list(pages)
    seen: dict[tuple[str, int], set[int]] = {}
    for n, page in enumerate(pages):
        for block in page.blocks:
            for line in block.lines:
                if key := _key(line, page.height):
                    seen.setdefault(key, set()).add(n)
    enough = 2 if len(pages) <= 4 else max(3, round(0.3 * len(pages)))
    repeated = {key: min(on) for key, on in seen.items() if len(on) >= enough}
    return [Page(page.height, list(_kept(page, n, repeated))) for n, page in enumerate(pages)]


def _key(line: Line, height: float) -> tuple[str, int] | None:
    """What makes two lines at the edges the same: words without numbers, and about the same height on the page."""
    middle = (line.y0 + line.y1) / 2 / max(height, 1)
    if _EDGE < middle < 1 - _EDGE:
        return None
    words = re.sub(r"\b[ivxlc]+\b", "#", re.sub(r"\d+", "#", line.text.lower()))
    return " ".join(words.split()), int(middle > 0.5)


def _kept(page: Page, number: int, repeated: dict[tuple[str, int], int]) -> Iterator[Block]:
    for block in page.blocks:
        lines = []
        for line in block.lines:
            key = _key(line, page.height)
            first = key is not None and repeated.get(key) == number and key[1] == 1 and re.search(r"[a-z]{3}", key[0])
            if key not in repeated or first:
                lines.append(line)
        if lines:
            yield Block(tuple(lines))


def heading_of(pages: Sequence[Page]) -> str | None:
    """The words in the largest type on the upper half of the first page, where they are larger than the text."""
    lines = [line for block in pages[0].blocks for line in block.lines] if pages else []
    sizes: Counter[float] = Counter()
    for line in (line for page in pages[:3] for block in page.blocks for line in block.lines):
        sizes[round(line.size, 1)] += len(line.text)
    if not lines or not sizes:
        return None
    body = sizes.most_common(1)[0][0]
    upper = [line for line in lines if line.y1 > 0.4 * pages[0].height and len(line.text) > 3]
    largest = max((line.size for line in upper), default=0.0)
    if largest < 1.15 * body:
        return None
    words = " ".join(line.text for line in upper if line.size > largest - 0.5)
    return words if 2 <= len(words.split()) <= 40 else None
