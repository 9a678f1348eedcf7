"""PDF files: text in reading order with its pages, read in a process of its own.

That process (`pdf_worker`) may use so much memory and time and no more: a file that is made to fill the memory, or that
sends the parser round in circles, costs itself.  Where pages begin, the text holds a form feed (see `extract.pages`).
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.forms.base import MAX_CHARS, Item, Source, finish, one_line, tidy, too_big
from extract.forms.pdf_text import Block, Page, compose, heading_of
from extract.head import Head, read_head

__all__ = ["MAX_MEMORY", "MAX_SECONDS", "read_pdf"]

#: Some 2,000 dense pages.
MAX_SECONDS = 300
MAX_MEMORY = 2_000_000_000
_ROOT = Path(__file__).resolve().parent.parent.parent
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)|untitled|document\d*|title|presentation\d*|print)\b.*|"
    r".*\.(?:docx?|pdf|indd|pptx?|rtf|odt|qxd|txt|html?)|\W*|[\w-]+|https?:.*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the worker says of a file: pages, the title in its properties, or why it cannot be read."""

    pages: list[Page]
    pictures: list[bool]
    title: str | None
    problem: str | None


def read_pdf(data: bytes, source: Source) -> Iterator[Item]:
    """One article; pages that are pictures of text are told."""
    answer = ask(data)
    if answer.problem:
        yield source.refuse(answer.problem)
        return
    text = tidy(compose(answer.pages))
    empty = [n for n, page in enumerate(answer.pages, 1) if not page.blocks and answer.pictures[n - 1]]
    if not text.strip():
        pages = f"{len(answer.pages)} page{'s' if len(answer.pages) != 1 else ''}"
        what = f"a scanned PDF: {pages} of pictures and no text" if empty else f"a PDF without text ({pages})"
        yield source.refuse(what + ("; have its text recognised first (OCR)" if empty else ""))
        return
    if text.count("\ufffd") > 0.2 * len(text):
        yield source.refuse(
            "a PDF whose fonts do not say which letters they hold; have its text recognised first (OCR)"
        )
        return
    if len(text) > MAX_CHARS:
        yield source.refuse(too_big(len(text), MAX_CHARS))
        return
    if empty:
        shown = ", ".join(map(str, empty[:8])) + (" …" if len(empty) > 8 else "")
        yield source.refuse(
            f"{len(empty)} of {len(answer.pages)} pages are pictures without text (page {shown}); the others were read"
        )
    head = read_head(text)
    title = head.title if head.title_stated else _title(answer.title) or heading_of(answer.pages) or head.title
    yield finish(
        text,
        source,
        Head(title, head.title_stated, head.publisher, head.published, head.published_from, head.url),
        path=source.label,
    )


def _title(said: str | None) -> str | None:
    """The title in the file's properties, unless a program wrote its own name or the file's there."""
    said = one_line(said)
    return None if said is None or len(said) < 8 or _NO_TITLE.fullmatch(said) else said


def ask(data: bytes, seconds: float = MAX_SECONDS, memory: int = MAX_MEMORY) -> Answer:
    """Have the worker read a file; its death is an answer too."""
    env = {**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONIOENCODING": "utf-8"}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "extract.pdf_worker", str(memory)],
            input=data,
            capture_output=True,
            timeout=seconds,
            env=env,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Answer([], [], None, f"a PDF that takes more than {seconds:,.0f} seconds to read: given up")
    try:
        said: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        why = "it needs too much memory" if b"MemoryError" in done.stderr or done.returncode < 0 else "damaged"
        return Answer([], [], None, f"a PDF that cannot be read: {why}")
    if "problem" in said:
        return Answer([], [], None, said["problem"])
    pages = [Page(p["height"], [Block.of(b) for b in p["blocks"]]) for p in said["pages"]]
    return Answer(pages, [p["pictures"] for p in said["pages"]], said["title"], None)
