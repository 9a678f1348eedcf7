"""Whatever text comes, readers and parsers of dates and numbers end soon; of whatever bytes, readers refuse in a line.

DATELINE_FUZZ=10000 tries as many texts as that, instead of the few hundred of every run.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.date_context import Context
from extract.dates import day_first, find_dates
from extract.decoding import NotText, decode
from extract.forms import FORMS, read_bytes
from extract.forms.base import Source
from extract.forms.pdf_text import Block, Page, compose
from extract.head import metadata_spans, read_head
from extract.layout import end_of_body
from extract.numbers import find_numbers
from extract.print_dates import parse_full_date, printed_date
from extract.schema import Document, Refusal
from extract.text import paragraphs, sentences, tokens
from tests.article_files import BODY, FIRST, docx_file, eml, mhtml, pdf, rss, table, zipped
from tests.saved_pages import PAGES

SEVERAL = int(os.environ.get("DATELINE_FUZZ", "100"))
#: Far more than any text of a test needs, even on a busy machine; backtracking that blows up needs years.
SECONDS = 20
#: What patterns look for: repeated, they are what makes a careless one go back and forth.
PIECES = (
    "1|1 |12/|12.|1,|3 May |May |A|a |A |Al-|(|[1]|-| - | — |, |'s |\"|“|\n|\n\n|\t| |"
    "Published: |Title: |KABUL, |2024|20|five |hundred and |between |and |to |from |since |of |"
    "the |more than |1,000,|US$ |http://a.b/|© |· |Mr. |U.S. |é|\u200b|\u202e|Monday |"
    "week |last |A. |1) |in 2024 |Related |Sources: |x@|<b>|&amp;|;|half |first |twenty-|"
).split("|")
PARSERS: dict[str, Callable[[str], object]] = {
    "head": read_head,
    "metadata lines": lambda t: list(metadata_spans(t)),
    "sentences": sentences,
    "paragraphs": paragraphs,
    "tokens": lambda t: tokens(t, 0, len(t)),
    "dates": lambda t: list(find_dates(t, 0, len(t), Context(dt.date(2024, 1, 1)))),
    "order of dates": day_first,
    "numbers": lambda t: find_numbers(t, 0, len(t)),
    "full date": parse_full_date,
    "printed date": printed_date,
    "end of body": end_of_body,
    "lines of a PDF": lambda t: compose([Page(800, [Block.of([[w, 0, 400, 9, 410, 10] for w in t.split("\n")])])]),
}


class TooLong(Exception):
    """A parser did not come back in time."""


@contextmanager
def time_bound() -> Iterator[None]:
    """Ends what is going on after so many seconds of processor time; the regular expressions of Python look at
    signals."""

    def end(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A few pieces said over and over, something else at the end."""
    parts = draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4))
    unit = "".join(parts) or "x"
    length = draw(st.sampled_from((300, 1500, 4000)))
    return (unit * (length // len(unit) + 1))[:length] + draw(st.text(max_size=20))


@settings(max_examples=SEVERAL, deadline=None, suppress_health_check=list(HealthCheck), derandomize=SEVERAL < 1000)
@given(texts())
def test_parsers_come_to_an_end_on_whatever_is_said_over_and_over(text: str) -> None:
    for name, parse in PARSERS.items():
        try:
            with time_bound():
                parse(text)
        except TooLong:
            pytest.fail(f"{name}: more than {SECONDS} seconds for {text[:80]!r}…")


@pytest.mark.parametrize("unit", ["Al-", "3 May ", "12/3 May ", "\n2024", "A (", "x" * 50 + "\u200b"])
def test_lines_that_once_took_for_ever_or_long_are_read_at_once(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    with time_bound():
        for parse in PARSERS.values():
            parse(text)


# ---------------------------------------------------------------- bytes
WHOLE: dict[str, bytes] = {
    ".txt": f"Published: 9 May 2024\n\n{BODY}".encode(),
    ".html": PAGES["think tank"][0].encode(),
    ".mhtml": mhtml(PAGES["blog"][0], "https://example.org/a"),
    ".docx": docx_file(heading="Raid", paragraphs=[BODY], rows=[["a", "b"]]),
    ".eml": eml(html=f"<p>{BODY}</p>", attached=[("a.txt", FIRST.encode())]),
    ".csv": table([["id", "text", "date"], ["1", BODY, "2024-03-05"], ["2", FIRST, ""]]),
    ".jsonl": b'{"id": 1, "text": "Words.", "published": "2024-03-05"}\n{"id": 2, "text": "More."}\n',
    ".rss": rss([("One", f"<p>{FIRST}</p>", "https://example.org/1", "Tue, 05 Mar 2024 10:00:00 GMT")]),
    ".zip": zipped({"a.txt": BODY, "b.eml": eml(), "documents.csv": "file,title\na.txt,T\n"}),
}


def spoilt(data: bytes, rng: random.Random) -> bytes:
    """Some bytes changed, left out, doubled or cut off."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(max(1, len(out)))
        kind = rng.randrange(5)
        if kind == 0 and out:
            out[at % len(out)] = rng.randrange(256)
        elif kind == 1:
            del out[at : at + rng.randint(1, 30)]
        elif kind == 2:
            out[at:at] = bytes(rng.randrange(256) for _ in range(rng.randint(1, 10)))
        elif kind == 3:
            out[at:at] = out[at : at + 200]
        else:
            out[at:at] = rng.choice(
                (b"\x00", b"\xff\xfe", b"<![CDATA[", b"&#0;", b'"', b"=?utf-8?b?", b"\r\n\r\n", b"--")
            )
    return bytes(out[: rng.randint(1, len(out))] if rng.random() < 0.2 and out else out)


def said_of(data: bytes, suffix: str) -> list[Document | Refusal]:
    items = list(read_bytes(data, suffix, Source(f"a{suffix}", "a")))
    for item in items:
        if isinstance(item, Refusal):
            assert item.reason and "\n" not in item.reason
        else:
            item.text.encode("utf-8")
            assert item.text.strip() and (item.url is None or item.url.lower().startswith(("http://", "https://")))
            assert item.title is None or "\n" not in item.title
    return items


@pytest.mark.parametrize("suffix", WHOLE)
def test_whole_files_of_every_form_are_read(suffix: str) -> None:
    assert any(isinstance(i, Document) for i in said_of(WHOLE[suffix], suffix))
    assert set(WHOLE) | {".pdf", ".htm", ".xhtml", ".mht", ".tsv", ".atom", ".xml"} == set(FORMS)


@settings(max_examples=SEVERAL, deadline=None, suppress_health_check=list(HealthCheck), derandomize=SEVERAL < 1000)
@given(st.integers(0, 2**32), st.sampled_from(sorted(WHOLE)), st.sampled_from(sorted(set(FORMS) - {".pdf"})))
def test_no_bytes_make_a_reader_fail(seed: int, made: str, named: str) -> None:
    rng = random.Random(seed)
    data = spoilt(WHOLE[made], rng)
    with time_bound():
        assert said_of(data, made if rng.random() < 0.7 else named) is not None


def test_spoilt_pdf_files_are_read_or_refused() -> None:
    whole, rng = pdf([[BODY], [FIRST]]), random.Random(5)
    for _ in range(6):
        assert said_of(spoilt(whole, rng), ".pdf")


@settings(max_examples=SEVERAL, deadline=None)
@given(st.binary(max_size=300))
def test_bytes_are_text_or_say_why_not(data: bytes) -> None:
    try:
        decode(data).encode("utf-8")
    except NotText as err:
        assert "\n" not in str(err)
