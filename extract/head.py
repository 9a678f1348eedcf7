"""What a document says of itself in its own words: title, publisher, date and address.

Takes the text of an article, gives a `Head`.  Reads labelled lines ("Published: …", "Issued on …"), lines that hold
nothing but a date, datelines ("KABUL, Oct. 18, 2023 —"), copyright lines and the first heading.  A date in running
text is the date of an event and is never taken; what is not printed stays None.
"""
from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extract.dates import MONTHS, day_first
from extract.errors import LexiconError
from extract.print_dates import FULL_DATE, TIME, printed_date

__all__ = ["Head", "metadata_spans", "read_head"]

_HEAD_LINES = 30                         # a web page's menu may stand before the article's own date
_SEP = r"\s*(?:[—–|·•]|\s-\s)\s*"
_FIELD = re.compile(r"(?P<label>title|headline|publisher|source|outlet|newspaper|url|link|address|web)\s*:\s*(?P<value>\S.*)", re.I)
_SOURCES = re.compile(r"(?:sources?|references|title|headline|publisher|outlet|newspaper|url|link|published|date|author|byline)"
                      r"(?: of issue| of publication| on)?\s*:\s*\S", re.I)
_LABEL = (r"(?:date(?: of (?:issue|publication|release))?|publication date|published(?: online)?(?: on)?|posted(?: on)?|"
          r"issued(?: on)?|released(?: on)?|release date|compiled on|as of|week ending|updated(?: on)?|last updated(?: on)?)")
_LABELLED = re.compile(rf"(?:^|[|—–·•(.,;:]\s*|\bfor the |\s-\s)(?P<label>{_LABEL})\s*:?\s+(?P<date>{FULL_DATE}){TIME}"
                       rf"(?=\s*(?:$|[|—–·•)]|\.(?:\s|$)|\s-\s|\s+(?:updated|last)\b|\s{{2,}}))", re.I)
_SHORT_LABELLED = re.compile(r"(?:^|\(|\s)(?:compiled|issued|published|released|as of)(?: on)? (?P<d>\d{1,2}) (?P<m>[A-Z][a-z]+)\)?\.?$")
_DATE_LINE = re.compile(rf"(?:(?P<before>[^|—–·•]{{2,60}}?)(?:{_SEP}|,\s+))?(?P<date>{FULL_DATE}){TIME}\.?(?:{_SEP}(?P<after>.{{2,60}}))?", re.I)
_DATELINE = re.compile(rf"(?P<place>[A-ZÀ-Þ][\w.’'-]+(?:[ ,/-]+(?:of |the |de |al-|el-)?[A-ZÀ-Þ][\w.’'-]*){{0,6}}),?\s+"
                       rf"(?P<date>(?i:{FULL_DATE})),?\s*(?:\((?P<agency>[^()\d]{{2,40}})\)\s*)?(?:[—–]|--|-\s)\s*\S")
_AGENCY = re.compile(r"[A-ZÀ-Þ][^()\n]{1,60}\((?P<agency>[A-Z][^()\d]{1,38})\)\s*(?:[—–]|--|-\s)\s*\S")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\s*(?:\d{4}\s*)?(?:[-–]\s*\d{4}\s*)?(?P<who>[A-Z][^.|©\n]{2,60}?)\s*(?:\.|\||$)", re.I)
_FOOT = re.compile(rf"(?:this (?:article|story|report|text|piece) (?:was|has been) )?(?:first |originally )?(?:published|posted)"
                   rf"(?: (?:by|in|at) .{{2,60}}?)?(?: on|:|,)?\s+(?P<date>{FULL_DATE}){TIME}\.?", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Head:
    """What was found; `published_from` is head or dateline, `title_stated` whether a line is labelled as the title."""

    title: str | None = None
    title_stated: bool = False
    publisher: str | None = None
    published: dt.date | None = None
    published_from: str | None = None
    url: str | None = None


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """Words that mark page furniture and issuing bodies (extract/lexicons/en/head.toml)."""
    import tomllib
    path = Path(__file__).with_name("lexicons") / "en" / "head.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return {key: tuple(w.lower() for w in data[key]["words"]) for key in ("furniture", "bodies")}
    except (OSError, KeyError, tomllib.TOMLDecodeError) as err:
        raise LexiconError(f"{path.name}: expected tables furniture and bodies, each with words; {err}") from err


def _lines(text: str) -> list[str]:
    return [s for line in re.split(r"\r\n|\r|\n", text.lstrip("﻿")) if (s := line.strip())]


def read_head(text: str) -> Head:
    """Title, publisher, date and address as the document itself prints them; each None where it does not."""
    lines = _lines(text)
    top = lines[:_HEAD_LINES]
    fields = _fields(top)
    published, how, publisher = _date(lines, day_first(text))
    stated = fields.get("title")
    return Head(title=stated or _heading(top), title_stated=stated is not None,
                publisher=fields.get("publisher") or publisher or _agency(top) or _copyright(lines),
                published=published, published_from=how, url=fields.get("url"))


def _fields(top: list[str]) -> dict[str, str]:
    names = {"headline": "title", "source": "publisher", "outlet": "publisher", "newspaper": "publisher",
             "link": "url", "address": "url", "web": "url"}
    found: dict[str, str] = {}
    for line in top[:12]:
        m = _FIELD.fullmatch(line)
        if not m or len(line) > 300:
            continue
        key = names.get(m["label"].lower(), m["label"].lower())
        if key != "url" or re.match(r"https?://\S+$", m["value"]):
            found.setdefault(key, m["value"].strip())
    return found


def _date(lines: list[str], dmy: bool | None) -> tuple[dt.date | None, str | None, str | None]:
    """The document's date, how it was found, and the publisher where the same line names it."""
    for finder in (_labelled, _date_line, _dateline, _foot):
        day, publisher = finder(lines, dmy)
        if day:
            return day, "dateline" if finder is _dateline else "head", publisher
    return None, None, None


def _labelled(lines: list[str], dmy: bool | None) -> tuple[dt.date | None, str | None]:
    """A line with a label; "Published" outweighs "Updated", which outweighs nothing."""
    updated: dt.date | None = None
    body_seen = False
    for i, line in enumerate(lines[:_HEAD_LINES]):
        for m in _LABELLED.finditer(line) if len(line) <= 200 else ():
            if body_seen and m.start() > 0:
                continue
            day = printed_date(m["date"], dmy=dmy)
            if day and "updated" not in m["label"].lower():
                return day, _publisher_before(line[:m.start()])
            updated = updated or day
        if day := _short_labelled(lines, i):
            return day, None
        body_seen = body_seen or _is_body(line)
    return updated, None


def _short_labelled(lines: list[str], i: int) -> dt.date | None:
    """ "April 2021 (compiled on 3 May)": the year stands in the same line or the one above it."""
    m = _SHORT_LABELLED.search(lines[i]) if i < 6 and len(lines[i]) < 90 else None
    if not m or m["m"].lower() not in MONTHS:
        return None
    years = set(_YEAR.findall(" ".join(lines[max(0, i - 1):i + 1])))
    if len(years) != 1:
        return None
    return printed_date(f"{m['d']} {m['m']} {years.pop()}")


def _date_line(lines: list[str], dmy: bool | None) -> tuple[dt.date | None, str | None]:
    """A line above the body that holds a date and at most a place or a publisher; two such lines are a chronicle."""
    matches = [(i, m) for i, line in enumerate(lines) if len(line) <= 120 and (m := _DATE_LINE.fullmatch(line))]
    if len(matches) != 1:
        return None, None
    i, m = matches[0]
    above = lines[:i]
    if i >= _HEAD_LINES or any(_is_body(line) for line in above) or not _is_label_like(m["before"]):
        return None, None
    before = m["before"]
    return printed_date(m["date"], dmy=dmy), before if before and re.search(rf"{re.escape(before)}{_SEP}", lines[i]) else None


def _is_label_like(words: str | None) -> bool:
    """A place, a byline or a publisher: few words, the longer ones with capitals ("Attack of 3 May 2021" is neither)."""
    if words is None:
        return True
    long = [w for w in re.findall(r"[^\W\d_]{4,}", words)]
    return len(words.split()) <= 8 and all(w[0].isupper() for w in long) and not re.search(r"\b(?:of|on|since|until|to|from)$", words)


def _dateline(lines: list[str], dmy: bool | None) -> tuple[dt.date | None, str | None]:
    """ "KABUL, Oct. 18, 2023 —".  Several capital datelines within two weeks are one running story: the newest counts."""
    found: list[tuple[dt.date, str | None, str]] = []
    for i, line in enumerate(lines):
        m = _DATELINE.match(line)
        if m and (day := printed_date(m["date"], dmy=dmy)) and (i < _HEAD_LINES or found):
            found.append((day, m["agency"], m["place"]))
    if not found:
        return None, None
    days = [day for day, _, _ in found]
    wire = all(agency or place.split(",")[0].isupper() for _, agency, place in found)
    if len(found) > 1 and (not wire or (max(days) - min(days)).days > 14):
        return None, None
    return max(days), found[0][1]


def _foot(lines: list[str], dmy: bool | None) -> tuple[dt.date | None, str | None]:
    for line in lines[-5:]:
        if len(line) <= 160 and (m := _FOOT.fullmatch(line)):
            return printed_date(m["date"], dmy=dmy), None
    return None, None


def _is_body(line: str) -> bool:
    """A paragraph of running text: many words, or two sentences."""
    return len(line.split()) > 30 or (len(line.split()) > 14 and line[-1] in ".!?”\"")


def _publisher_before(words: str) -> str | None:
    words = words.strip(" |—–·•-(,;:")
    if not 2 <= len(words.split()) <= 8 or _YEAR.search(words) or ":" in words or "." in words:
        return None
    return words if _is_label_like(words) and not re.search(r"\breport|bulletin|note|review", words, re.I) else None


def _agency(top: list[str]) -> str | None:
    return next((m["agency"].strip() for line in top if (m := _AGENCY.match(line))), None)


def _copyright(lines: list[str]) -> str | None:
    return next((m["who"].strip() for line in lines[-8:] if len(line) < 160 and (m := _COPYRIGHT.match(line))), None)


def _is_furniture(line: str) -> bool:
    low = line.lower()
    return (any(re.match(rf"{re.escape(w)}(?!\w)", low) for w in _words()["furniture"]) or line.count("|") >= 2 or "›" in line
            or len(re.findall(r"\S {2,}\S", line)) >= 2)


def _heading(top: list[str]) -> str | None:
    """The first heading above the body that is neither page furniture, a date, nor the name of an office."""
    for line in top:
        if _is_furniture(line):
            continue
        if _is_body(line) or line[-1] in ".!?;," and not line.isupper():
            return None
        words = {re.sub(r"[’']s$", "", w.lower()) for w in re.findall(r"[\w’']+", line)}
        is_body_name = (line.isupper() or "/" in line) and len(line.split()) <= 10 and bool(words & set(_words()["bodies"]))
        if (is_body_name or len(line) > 200 or _FIELD.fullmatch(line) or _LABELLED.search(line) or _DATE_LINE.fullmatch(line)
                or re.search(r"\b(?:release|note|notice|statement|communiqu[eé]) (?:(?:No\.?|Nr\.?|№)\s*)?\d|\b\d+/(?:19|20)\d\d$|^briefing for\b", line, re.I)):
            continue
        return line
    return None


def metadata_spans(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the labelled lines among the first twelve ("Title: …", "Sources: …"): what they name is no event."""
    seen = 0
    for m in re.finditer(r"[^\r\n]+", text):
        if not m.group().strip("﻿ \t"):
            continue
        seen += 1
        if seen > 12:
            return
        if _SOURCES.match(m.group().lstrip("﻿ \t")):
            yield m.start(), m.end()
