"""A web page → the text of its article and what its metadata say; menus, advertisements and footers are left out.

Takes the page's bytes, gives a `Page`.  The text is trafilatura's main text; the date is read only from what the page
states for machines (meta elements, JSON-LD, <time>), never searched for in the text.  Does not read files.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import trafilatura
from lxml.etree import LxmlError  # type: ignore[import-untyped]
from lxml.html import HTMLParser, fromstring  # type: ignore[import-untyped]

from extract.print_dates import parse_full_date

__all__ = ["Page", "first_heading", "flat_text", "read_page"]

_DATE_META = (
    "article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "citation_publication_date",
    "citation_date",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "og:published_time",
    "date",
)
#: Whole lines that stand in the middle of an article and are none of it.
_BREAK = re.compile(
    r"(?:- )?(?:advertisement|sponsored(?: content)?|(?:article|story) continues (?:below|after)[^.]{0,40}|"
    r"scroll (?:down )?to (?:continue|read)[^.]{0,30}|skip (?:advertisement|past[^.]{0,40})|share this(?: article| story)?:?)"
    r"(?:\s*[·|–—-]?\s*(?:scroll to continue[^.]{0,20}|advertisement))?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds; `text` is None where no article was found in it."""

    text: str | None
    title: str | None
    publisher: str | None
    published: dt.date | None
    url: str | None


def read_page(data: bytes) -> Page:
    """The article in a page.  Never raises for bad markup: a page that cannot be read has no text."""
    try:
        tree = trafilatura.load_html(data)
    except (LxmlError, ValueError):
        tree = None
    if tree is None:
        return Page(None, None, None, None, None)
    published = _published(tree)
    meta = trafilatura.extract_metadata(tree, date_config={"extensive_search": False, "original_date": True})
    text = trafilatura.extract(tree, include_comments=False)  # last, since it takes elements out of the tree
    title, publisher = _line(meta.title), _line(meta.sitename)
    if title and publisher and title.lower() == publisher.lower():
        title = None  # the name of the house, of every page of it
    return Page(_without_breaks(text or "") or None, title, publisher, published, _address(meta.url))


def _without_breaks(text: str) -> str:
    """The text without the lines that break into an article: "Advertisement", "Story continues below"."""
    return "\n".join(line for line in text.split("\n") if not _BREAK.fullmatch(line.strip()))


def _line(value: str | None) -> str | None:
    return re.sub(r"\s+", " ", value).strip() or None if value else None


def _address(value: str | None) -> str | None:
    return value if value and re.match(r"https?://\S+$", value) else None


def _published(tree: Any) -> dt.date | None:
    """The first date of publication that the page states for machines; a date that was changed later comes last."""
    return next((day for value in _stated_dates(tree) if (day := parse_full_date(value))), None)


def _stated_dates(tree: Any) -> Iterator[str]:
    metas: dict[str, str] = {}
    for node in tree.iter("meta"):
        key = (node.get("property") or node.get("name") or node.get("itemprop") or "").lower()
        if key and node.get("content"):
            metas.setdefault(key, node.get("content"))
    yield from (metas[key] for key in _DATE_META if key in metas)
    for node in tree.xpath("//script[@type='application/ld+json']"):
        yield from _linked_dates(node.text or "")
    for node in tree.xpath("//*[@itemprop='datePublished'] | //time[@pubdate] | //article//header//time"):
        yield node.get("content") or node.get("datetime") or node.text_content().strip()


def _linked_dates(source: str) -> Iterator[str]:
    """Values of datePublished in JSON-LD, outermost first."""
    try:
        queue: list[Any] = [json.loads(source)]
    except ValueError:
        return
    while queue:
        value = queue.pop(0)
        if isinstance(value, dict):
            if isinstance(value.get("datePublished"), str):
                yield value["datePublished"]
            queue.extend(value.values())
        elif isinstance(value, list):
            queue.extend(value)


_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4"
    " h5 h6 header hr html li main nav ol p pre section table tbody tfoot thead tr ul".split()
)
_SILENT = frozenset(("script", "style", "head", "template", "noscript", "title"))


def flat_text(data: bytes) -> str:
    """All words of a piece of HTML, block by block: nothing is left out as menu or advertisement.

    Blocks are apart by an empty line; list items begin with a dash, cells of a row are joined by bars.
    """
    try:
        tree = fromstring(
            data.decode("utf-8", "replace").replace("\x00", "") or "<p></p>", parser=HTMLParser(huge_tree=False)
        )
    except (LxmlError, ValueError):
        return ""
    out: list[list[str]] = [[]]
    _walk(tree, out)
    lines = (" ".join("".join(parts).split()).removeprefix("| ") for parts in out)
    return "\n\n".join(line for line in lines if line.strip("- |"))


def _walk(top: Any, out: list[list[str]]) -> None:
    """Words of an element into the last line of `out`; a block begins and ends a line.  No recursion: pages nest."""
    stack: list[tuple[Any, bool]] = [(top, False)]
    cells = 0  # a paragraph in a cell does not break the row
    while stack:
        node, done = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else ""
        if done:
            cells -= tag in ("td", "th")
            if tag in _BLOCKS:
                _break(out, cells)
            if node is not top:
                out[-1].append(node.tail or "")
            continue
        stack.append((node, True))
        if not tag or tag in _SILENT:
            continue
        if tag in _BLOCKS or tag == "br":
            _break(out, cells)
        if tag == "li":
            out[-1].append("- ")
        elif tag in ("td", "th"):
            cells += 1
            out[-1].append(" | ")
        out[-1].append(node.text or "")
        stack.extend((child, False) for child in reversed(node))


def _break(out: list[list[str]], cells: int) -> None:
    if cells:
        out[-1].append(" ")
    elif "".join(out[-1]).strip() != "-":
        out.append([])


def first_heading(data: bytes) -> str | None:
    """The first top heading of a page; None without one."""
    try:
        tree = fromstring(data.decode("utf-8", "replace").replace("\x00", "") or "<p></p>", parser=HTMLParser())
    except (LxmlError, ValueError):
        return None
    return next((_line(node.text_content()) for node in tree.iter("h1")), None)
