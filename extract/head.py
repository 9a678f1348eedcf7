"""What a document says of itself in its own words: title, publisher, date and address.

Takes the text of an article, gives a `Head`.  Reads labelled lines, the day of issue (`extract.head_date`), copyright
lines and the first heading; what is not printed stays None.  Does not read metadata or manifests.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.dates import day_first
from extract.head_date import HEAD_LINES, find_issue_date, is_body, is_date_line
from extract.head_words import head_words

__all__ = ["Head", "metadata_spans", "read_head"]

_FIELD_LINES = 12  # labelled lines stand right at the top
_FOOT_LINES = 3
_FIELD = re.compile(
    r"(?P<label>title|headline|publisher|source|outlet|newspaper|url|link|address|web)\s*:\s*"
    r"(?P<value>\S.*)",
    re.I,
)
_FIELD_OF = {
    "headline": "title",
    "source": "publisher",
    "outlet": "publisher",
    "newspaper": "publisher",
    "link": "url",
    "address": "url",
    "web": "url",
}
_LABELLED_LINE = re.compile(
    r"(?:sources?|references|title|headline|publisher|outlet|newspaper|url|link|published|date|"
    r"author|byline)(?: of issue| of publication| on)?\s*:\s*\S",
    re.I,
)
_AGENCY = re.compile(r"[A-ZÀ-Þ][^()\n]{1,60}\((?P<agency>[A-Z][^()\d]{1,38})\)\s*(?:[—–]|--|-\s)\s*\S")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:\d{4}\s*)?(?:[-–]\s*\d{4}\s*)?"
    r"(?P<who>[A-Z][^.|©\n]{2,60}?)\s*(?:\.|\||$)",
    re.I,
)
_NUMBERED = re.compile(
    r"\b(?:release|note|notice|statement|communiqu[eé]) (?:(?:No\.?|Nr\.?|№)\s*)?\d|"
    r"\b\d+/(?:19|20)\d\d$|^briefing for\b",
    re.I,
)
_BYLINE = re.compile(r"(?:by|from) (?:our|a|an|the|[A-Z])[^.]{2,80}$", re.I)
_BEFORE_A_BODY = re.compile(
    r"(?:(?:written |prepared |opening )?(?:statement|testimony|remarks)|hearing) (?:before|to|of|at)\b.{0,30}"
    r"\b(?:committee|subcommittee|council|commission|parliament|house|senate|assembly)\b.*",
    re.I,
)
#: A body's name alone, in title case, without a verb: "Department of Justice", "Office of Public Affairs".
_OFFICE = re.compile(
    r"(?:The )?(?:(?:[A-Z][\w.’'-]*|of) ){0,3}(?:Office|Ministry|Department|Directorate|Agency|Bureau|Secretariat|Commission|"
    r"Embassy|Prosecutor’s Office|Service)(?: (?:of|for|the|and|to|on|[A-Z][\w.’',-]*))*"
)
_STATE = re.compile(r"(?:THE )?(?:REPUBLIC|KINGDOM|GOVERNMENT|STATE)\b.*|.*\bREPUBLIC", re.I)


@dataclass(frozen=True, slots=True)
class Head:
    """What was found; `published_from` is head or dateline, `title_stated` whether a line is labelled as the title."""

    title: str | None = None
    title_stated: bool = False
    publisher: str | None = None
    published: dt.date | None = None
    published_from: str | None = None
    url: str | None = None


def read_head(text: str) -> Head:
    """Title, publisher, date and address as the document itself prints them; each None where it does not."""
    lines = [s for line in re.split(r"\r\n|\r|\n", text.lstrip("\ufeff")) if (s := line.strip())]
    top = lines[:HEAD_LINES]
    fields = _fields(top)
    issued = find_issue_date(lines, day_first(text))
    stated = fields.get("title")
    return Head(
        title=stated or _heading(top),
        title_stated=stated is not None,
        publisher=fields.get("publisher") or issued.publisher or _agency(top) or _copyright(lines) or _issuer(top),
        published=issued.day,
        published_from=issued.how or (f"month {issued.month:%Y-%m}" if issued.month else None),
        url=fields.get("url"),
    )


def _fields(top: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in top[:_FIELD_LINES]:
        m = _FIELD.fullmatch(line)
        if not m or len(line) > 300:
            continue
        key = _FIELD_OF.get(m["label"].lower(), m["label"].lower())
        if key != "url" or re.match(r"https?://\S+$", m["value"]):
            found.setdefault(key, m["value"].strip())
    return found


def _agency(top: list[str]) -> str | None:
    """ "LAGOS (Agency) —"."""
    return next((m["agency"].strip() for line in top if (m := _AGENCY.match(line))), None)


def _copyright(lines: list[str]) -> str | None:
    return next((m["who"].strip() for line in lines[-8:] if len(line) < 160 and (m := _COPYRIGHT.match(line))), None)


def _heading(top: list[str]) -> str | None:
    """The first heading above the body that is neither page furniture, a date, nor the name of an office."""
    for line in top:
        if _is_furniture(line):
            continue
        if is_body(line) or (line[-1] in ".!?;," and not line.isupper()):
            return None
        if not (
            _is_issuer(line)
            or _is_kicker(line)
            or _BYLINE.match(line)
            or _FIELD.fullmatch(line)
            or is_date_line(line)
            or _NUMBERED.search(line)
        ):
            return line
    return None


def _is_furniture(line: str) -> bool:
    """Menus, buttons and credits of a web page."""
    low = line.lower()
    return (
        line.count("|") >= 2
        or "›" in line
        or len(re.findall(r"\S {2,}\S", line)) >= 2
        or any(re.match(rf"{re.escape(w)}(?!\w)", low) for w in head_words("furniture"))
    )


def _is_kicker(line: str) -> bool:
    """ "OPINION", "FOR IMMEDIATE RELEASE", "Statement before the Subcommittee on …": what kind of text follows."""
    return line.lower().strip(" :|-–—") in head_words("kickers") or bool(_BEFORE_A_BODY.match(line))


def _issuer(top: list[str]) -> str | None:
    """The ministry or agency that heads its own page, from the lines above the headline; of two, the first."""
    for line in top[:3]:
        if _is_kicker(line) or _is_furniture(line):
            continue
        if not _is_issuer(line):
            return None
        if not _STATE.fullmatch(line):
            return line if not line.isupper() or len(line) < 5 else _in_title_case(line)
    return None


def _in_title_case(line: str) -> str:
    """ "MINISTRY OF THE INTERIOR" as names are written."""
    small = {"of", "the", "and", "for", "on", "in", "to"}
    words = line.lower().split()
    return " ".join(w if i and w in small else w[:1].upper() + w[1:] for i, w in enumerate(words))


def _is_issuer(line: str) -> bool:
    words = {re.sub(r"[’']s$", "", w.lower()) for w in re.findall(r"[\w’']+", line)}
    if len(line.split()) > 10 or words.isdisjoint(head_words("bodies")):
        return False
    return line.isupper() or "/" in line or bool(_OFFICE.fullmatch(line))


def metadata_spans(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of labelled lines at the top and the foot ("Title: …", "Sources: …"): what they name is no event."""
    lines = [m for m in re.finditer(r"[^\r\n]+", text) if m.group().strip("\ufeff \t")]
    for i, m in enumerate(lines):
        at_the_edge = i < _FIELD_LINES or i >= len(lines) - _FOOT_LINES
        if at_the_edge and _LABELLED_LINE.match(m.group().lstrip("\ufeff \t")):
            yield m.start(), m.end()
