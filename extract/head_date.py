"""The day a document was issued, as its own head prints it, and the publisher where the same line names it.

Takes the document's lines.  Looks, in this order, for a labelled line ("Published: …", "Issued on …"), a line above the
body that holds nothing but a date, a dateline ("KABUL, Oct. 18, 2023 —") and a closing note ("First published on …").
A date in running text is the date of an event and is never taken.
"""

from __future__ import annotations

import datetime as dt
import re

from extract.date_context import MONTHS
from extract.head_words import head_words
from extract.print_dates import FULL_DATE, TIME, printed_date

__all__ = ["HEAD_LINES", "IssueDate", "find_issue_date", "is_body", "is_date_line"]

HEAD_LINES = 30  # a web page's menu may stand before the article's own date
_SEP = r"\s*(?:[—–|·•]|\s-\s)\s*"
_LABEL = (
    r"(?:date(?: of (?:issue|publication|release)| posted| issued| published)?|"
    r"(?:publication|release|issue) date|compiled on|as (?:of|at)|week ending|"
    r"(?:submitted|written|posted) by [^\d,|]{2,30}? on|"
    r"(?:published(?: online)?|posted|issued|released|(?:last )?(?:updated|modified))(?: on)?)"
)
_LABELLED = re.compile(
    rf"(?:^|[|—–·•(.,;:]\s*|\bfor the |\s-\s)(?P<label>{_LABEL})\s*:?\s+(?P<date>{FULL_DATE}){TIME}"
    rf"(?=\s*(?:$|[|—–·•)]|\.(?:\s|$)|\s-\s|\s+(?:updated|last)\b|\s{{2,}}))",
    re.I,
)
_SHORT_LABELLED = re.compile(
    r"(?:^|\(|\s)(?:compiled|issued|published|released|as of)(?: on)? (?P<d>\d{1,2}) (?P<m>[A-Z][a-z]+)\)?\.?$"
)
#: "Situation report no. 4 (5 March 2024)", "Press briefing notes on Sudan, 5 March 2024".
_ISSUE_LINE = re.compile(rf".{{4,100}}?(?:,|\(|[—–|·•]|\bas (?:of|at))\s*(?P<date>{FULL_DATE})\)?\.?", re.I)
_DATE_LINE = re.compile(
    rf"\[?(?:(?P<before>[^|—–·•]{{2,60}}?)(?P<sep>{_SEP}|,\s+))?(?P<date>{FULL_DATE}){TIME}\]?\.?"
    rf"(?:{_SEP}.{{2,60}})?",
    re.I,
)
_DATELINE = re.compile(
    r"(?P<place>[A-ZÀ-Þ][\w.’'-]+(?:[ ,/]+(?:of |the |de |al-|el-)?[A-ZÀ-Þ][\w.’'-]*){0,6}),?\s+(?:[—–-]\s*|\()?"
    rf"(?P<date>(?i:{FULL_DATE}))\)?,?\s*(?:\((?P<agency>[^()\d]{{2,40}})\)\s*)?(?:[—–]|--|-\s)\s*\S"
)
_FOOT = re.compile(
    r"(?:this (?:article|story|report|text|piece) (?:was|has been) )?(?:first |originally )?(?:published|posted)"
    rf"(?: (?:by|in|at) .{{2,60}}?)?(?: on|:|,)?\s+(?P<date>{FULL_DATE}){TIME}\.?",
    re.I,
)
_BYLINE = re.compile(r"(?:by|from|with|text)\b", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
#: Datelines further apart than this are no running story.
_STORY_DAYS = 14

#: day, "head" or "dateline", publisher named in the same line
IssueDate = tuple[dt.date | None, str | None, str | None]


def find_issue_date(lines: list[str], dmy: bool | None) -> IssueDate:
    """The document's date, how it was found, and the publisher where the same line names it; else three times None."""
    for finder in (_labelled, _date_line, _dateline, _foot):
        day, publisher = finder(lines, dmy)
        if day:
            return day, "dateline" if finder is _dateline else "head", publisher
    return None, None, None


def is_body(line: str) -> bool:
    """A paragraph of running text: many words, or a long sentence with its full stop."""
    words = len(line.split())
    return words > 30 or (words > 14 and line[-1] in '.!?”"')


def is_date_line(line: str) -> bool:
    """Whether a line of the head is there for its date."""
    return bool(_LABELLED.search(line) or _DATE_LINE.fullmatch(line))


def _labelled(lines: list[str], dmy: bool | None) -> tuple[dt.date | None, str | None]:
    """A line with a label; the day it was published outweighs the day it was updated."""
    updated: dt.date | None = None
    body_seen = False
    for i, line in enumerate(lines[:HEAD_LINES]):
        for m in _LABELLED.finditer(line) if len(line) <= 200 else ():
            if body_seen and m.start() > 0:
                continue
            day = printed_date(m["date"], dmy=dmy)
            if day and not re.search("updated|modified", m["label"], re.I):
                return day, _publisher(line[: m.start()])
            updated = updated or day
        if day := _short_labelled(lines, i) or (None if body_seen else _issue_line(line, dmy)):
            return day, None
        body_seen = body_seen or is_body(line)
    return updated, None


def _short_labelled(lines: list[str], i: int) -> dt.date | None:
    """ "April 2021 (compiled on 3 May)": the year stands in the same line or the one above it."""
    m = _SHORT_LABELLED.search(lines[i]) if i < 6 and len(lines[i]) < 90 else None
    if not m or m["m"].lower() not in MONTHS:
        return None
    years = set(_YEAR.findall(" ".join(lines[max(0, i - 1) : i + 1])))
    return printed_date(f"{m['d']} {m['m']} {years.pop()}") if len(years) == 1 else None


def _issue_line(line: str, dmy: bool | None) -> dt.date | None:
    """A line that names a kind of document and ends with its date."""
    m = _ISSUE_LINE.fullmatch(line) if len(line) <= 120 and not is_body(line) and _names_a_document(line) else None
    return printed_date(m["date"], dmy=dmy) if m else None


def _date_line(lines: list[str], dmy: bool | None) -> tuple[dt.date | None, str | None]:
    """A line above the body that holds a date and at most a place or a publisher; two such lines are a chronicle."""
    matches = [(i, m) for i, line in enumerate(lines) if len(line) <= 120 and (m := _DATE_LINE.fullmatch(line))]
    if len(matches) != 1:
        return None, None
    i, m = matches[0]
    if i >= HEAD_LINES or any(is_body(line) for line in lines[:i]) or not _is_name(m["before"]):
        return None, None
    return printed_date(m["date"], dmy=dmy), None if (m["sep"] or ",").startswith(",") else _publisher(m["before"])


def _is_name(words: str | None) -> bool:
    """A place, a byline or a publisher: few words, the longer ones with capitals (not "Attack of 3 May 2021")."""
    if words is None:
        return True
    return (
        len(words.split()) <= 8
        and all(w[0].isupper() for w in re.findall(r"[^\W\d_]{4,}", words))
        and not re.search(r"\b(?:of|on|since|until|to|from)$", words)
    )


def _dateline(lines: list[str], dmy: bool | None) -> tuple[dt.date | None, str | None]:
    """ "KABUL, Oct. 18, 2023 —".  Several of an agency's datelines within days are one story: the newest counts."""
    found: list[tuple[dt.date, str | None, str]] = []
    for i, line in enumerate(lines):
        m = _DATELINE.match(line[:400])
        if m and (day := printed_date(m["date"], dmy=dmy)) and (i < HEAD_LINES or found):
            found.append((day, m["agency"], m["place"]))
    if not found:
        return None, None
    days = [day for day, _, _ in found]
    wire = all(agency or place.split(",")[0].isupper() for _, agency, place in found)
    if len(found) > 1 and (not wire or (max(days) - min(days)).days > _STORY_DAYS):
        return None, None
    return max(days), found[0][1]


def _foot(lines: list[str], dmy: bool | None) -> tuple[dt.date | None, str | None]:
    for line in lines[-5:]:
        if len(line) <= 160 and (m := _FOOT.fullmatch(line)):
            return printed_date(m["date"], dmy=dmy), None
    return None, None


def _publisher(words: str) -> str | None:
    """The name before "| Published: …", where it is one: not a person's byline, a kind of text, a title or a number."""
    words = words.strip(" |—–·•-(,;:")
    if not 2 <= len(words.split()) <= 8 or _YEAR.search(words) or ":" in words or "." in words:
        return None
    return words if _is_name(words) and not _BYLINE.match(words) and not _names_a_document(words) else None


def _names_a_document(words: str) -> bool:
    return any(re.search(rf"\b{re.escape(kind)}\b", words, re.I) for kind in head_words("documents"))
