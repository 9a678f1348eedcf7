"""The day a document was issued, as its own head prints it, and the publisher where the same line names it.

Takes the document's lines.  Looks, in this order, for a labelled line ("Published: …", "Issued on …"), a line above the
body that holds nothing but a date, a dateline ("KABUL, Oct. 18, 2023 —", "Berlin, 7 March 2025. The …"), a closing note
("First published on …"), the end of the week that a weekly covers, and the day it was updated where nothing else is
said.  A date in running text is the date of an event and is never taken; a month without a day gives no day.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from extract import head_forms as forms
from extract.date_context import MONTHS, month_span
from extract.foreign_months import in_english
from extract.head_words import head_words
from extract.print_dates import FULL_DATE, printed_date

__all__ = ["HEAD_LINES", "Issued", "find_issue_date", "is_body", "is_date_line", "is_name", "names_a_document"]

HEAD_LINES = 30  # a web page's menu may stand before the article's own date
#: Datelines further apart than this are no running story.
_STORY_DAYS = 14
#: A dateline stands within so many characters of a paragraph; how far a text is searched for later days.
_START, _SEARCHED = 400, 50_000


@dataclass(frozen=True, slots=True)
class Issued:
    """When a document was issued: a day and how it was found, or only a month (its first day); a publisher beside it."""

    day: dt.date | None = None
    how: str | None = None  # head, dateline, week, updated
    publisher: str | None = None
    month: dt.date | None = None


def find_issue_date(lines: list[str], dmy: bool | None) -> Issued:
    """The document's own date; all None where it prints none."""
    edge = range(max(0, len(lines) - 8), len(lines))
    lines = [
        in_english(line[:_START]) + line[_START:] if i < HEAD_LINES or i in edge else line
        for i, line in enumerate(lines)
    ]
    finders = (_labelled, _date_line, _dateline, _place_and_date, _foot, _week, _updated)
    for finder in finders:
        found = finder(lines, dmy)
        if found.day:
            return found
    return Issued(month=_month(lines))


def is_body(line: str) -> bool:
    """A paragraph of running text: many words, or a long sentence with its full stop."""
    words = len(line.split())
    return words > 30 or (words > 14 and line[-1] in '.!?”"')


def is_date_line(line: str) -> bool:
    """Whether a line of the head is there for its date."""
    line = in_english(line)
    return bool(
        forms.LABELLED.search(line)
        or forms.DATE_LINE.fullmatch(line)
        or ((m := forms.MONTH_LINE.fullmatch(line)) and m["m"].lower().rstrip(".") in MONTHS)
        or (line[:1] in "([" and line[-1:] in ")]" and forms.ISSUE_LINE.fullmatch(line))
    )


def _head(lines: list[str]) -> list[str]:
    """The lines above the body, the menu of a page among them."""
    top = lines[:HEAD_LINES]
    return top[: next((i for i, line in enumerate(top) if is_body(line)), len(top))]


def _labelled(lines: list[str], dmy: bool | None) -> Issued:
    """A line with a label of publication."""
    body_seen = False
    for i, line in enumerate(lines[:HEAD_LINES]):
        for m in forms.LABELLED.finditer(line) if len(line) <= 200 else ():
            if (
                (body_seen and m.start() > 0)
                or _is_update(m["label"])
                or forms.ABOUT_DATA.search(line[: m.end("label")])
            ):
                continue
            if day := printed_date(m["date"], dmy=dmy):
                return Issued(day, "head", _publisher(line[: m.start()]))
        if day := _short_labelled(lines, i) or (None if body_seen else _issue_line(line, dmy)):
            return Issued(day, "head")
        body_seen = body_seen or is_body(line)
    return Issued()


def _updated(lines: list[str], dmy: bool | None) -> Issued:
    """The day it was last changed: better than nothing, and named as such."""
    for line in lines[:HEAD_LINES]:
        for m in forms.LABELLED.finditer(line) if len(line) <= 200 else ():
            if _is_update(m["label"]) and (day := printed_date(m["date"], dmy=dmy)):
                return Issued(day, "updated")
    for line in lines[-5:]:
        if len(line) <= 160 and (foot := forms.FOOT.fullmatch(line)) and (day := printed_date(foot["date"], dmy=dmy)):
            return Issued(day, "updated")
    return Issued()


def _is_update(label: str) -> bool:
    return bool(re.search("updated|modified|edited|revised|reviewed", label, re.I))


def _short_labelled(lines: list[str], i: int) -> dt.date | None:
    """ "April 2021 (compiled on 3 May)": the year stands in the same line or the one above it."""
    m = forms.SHORT_LABELLED.search(lines[i]) if i < 6 and len(lines[i]) < 90 else None
    if not m or m["m"].lower() not in MONTHS:
        return None
    years = set(forms.YEAR.findall(" ".join(lines[max(0, i - 1) : i + 1])))
    return printed_date(f"{m['d']} {m['m']} {years.pop()}") if len(years) == 1 else None


def _issue_line(line: str, dmy: bool | None) -> dt.date | None:
    """A line that names a kind of document and ends with its date; not one whose date is a law's, an attack's, a figure's."""
    m = forms.ISSUE_LINE.fullmatch(line) if len(line) <= 140 and not is_body(line) and names_a_document(line) else None
    before = line[: m.start("date")] if m else ""
    if not m or forms.PERIOD.search(line) or forms.ABOUT_DATA.search(before) or forms.LEGAL.search(before):
        return None
    if re.search(r"\bof\s*$", before) and not _ends_in_a_kind(before):
        return None
    return printed_date(m["date"], dmy=dmy)


def _ends_in_a_kind(before: str) -> bool:
    """ "Press release of 3 May 2021", "Joint statement of …", not "Report on the events of …"."""
    words = re.sub(r"\s*\bof\s*$", "", before).lower()
    return any(words.endswith(kind) for kind in head_words("documents"))


def _date_line(lines: list[str], dmy: bool | None) -> Issued:
    """A line above the body that holds a date and at most a place or a publisher; two such lines are a chronicle."""
    matches = [(i, m) for i, s in enumerate(lines) if len(s) <= 140 and (m := forms.DATE_LINE.fullmatch(s))]
    if len(matches) != 1:
        return Issued()
    i, m = matches[0]
    before = m["before"]
    if i >= len(_head(lines)) or forms.PERIOD.search(lines[i]) or not (is_name(before) or _is_byline(m)):
        return Issued()
    publisher = None if (m["sep"] or ",").startswith(",") else _publisher(before)
    return Issued(printed_date(m["date"], dmy=dmy), "head", publisher)


def _is_byline(m: re.Match[str]) -> bool:
    """ "By our local staff | 14 November 2024": small letters are allowed where a bar, not a comma, ends it."""
    before = m["before"] or ""
    return bool(forms.BYLINE.match(before)) and not m["sep"].startswith(",") and len(before.split()) <= 10


def is_name(words: str | None) -> bool:
    """A place, a byline or a publisher: few words, the longer ones with capitals (not "Attack of 3 May 2021")."""
    if words is None:
        return True
    return (
        len(words.split()) <= 8
        and all(w[0].isupper() for w in re.findall(r"[^\W\d_]{4,}", words))
        and not re.search(r"\b(?:of|on|since|until|to|from|as at)$", words)
        and not forms.ABOUT_DATA.search(f"{words}:")
        and not forms.LEGAL.search(words)
    )


def _dateline(lines: list[str], dmy: bool | None) -> Issued:
    """ "KABUL, Oct. 18, 2023 —".  Several of an agency's datelines within days are one story: the newest counts."""
    found: list[tuple[dt.date, str | None, str]] = []
    for i, line in enumerate(lines):
        m = forms.DATELINE.match(line[:_START])
        if m and (day := printed_date(m["date"], dmy=dmy)) and (i < HEAD_LINES or found):
            found.append((day, m["agency"], m["place"]))
    if not found:
        return _yearless(lines)
    days = [day for day, _, _ in found]
    wire = all(agency or place.split(",")[0].isupper() for _, agency, place in found)
    if len(found) > 1 and (not wire or (max(days) - min(days)).days > _STORY_DAYS):
        return Issued()
    return Issued(max(days), "dateline", found[0][1])


def _yearless(lines: list[str]) -> Issued:
    """ "NIAMEY, June 17 (Agency) -" in a text whose copyright line names one year."""
    head = lines[: len(_head(lines)) + 1]
    m = next((m for line in head if (m := forms.YEARLESS.match(line[:_START]))), None)
    years = {y for s in lines[-8:] if re.match(r"(?:©|\(c\)|copyright\b)", s, re.I) for y in forms.YEAR.findall(s)}
    if m is None or len(years) != 1:
        return Issued()
    return Issued(printed_date(f"{m['m']} {m['d']}, {years.pop()}"), "dateline", m["agency"])


def _place_and_date(lines: list[str], dmy: bool | None) -> Issued:
    """ "Berlin, 7 March 2025. The court …" opens the body, once, in a text that names no later day."""
    found = [(i, m) for i, line in enumerate(lines) if (m := forms.PLACE_AND_DATE.match(line[:_START]))]
    if len(found) != 1 or found[0][0] > len(_head(lines)):
        return Issued()
    i, m = found[0]
    day = printed_date(m["date"] or m["day"], dmy=dmy)
    if day is None or _goes_on_after(day, [lines[i][m.end() - 1 :], *lines[i + 1 :]]):
        return Issued()
    return Issued(day, "dateline", m["agency"] or m["wire"])


def _goes_on_after(day: dt.date, lines: list[str]) -> bool:
    """Whether what follows tells of later days: then the date opened a scene, as in a long read."""
    text = "\n".join(lines)[:_SEARCHED]
    later = [
        d
        for m in re.finditer(FULL_DATE, text, re.I)
        if (d := printed_date(m.group()))
        and not re.search(r"\b(?:by|until|from|will .{0,60})\s*$", text[max(0, m.start() - 80) : m.start()])
    ]
    return sum(d > day for d in later) > 1


def _foot(lines: list[str], dmy: bool | None) -> Issued:
    for line in lines[-5:]:
        if len(line) <= 160 and (m := forms.FOOT.fullmatch(line)) and m["label"].lower() != "updated":
            return Issued(printed_date(m["date"], dmy=dmy), "head")
    return Issued()


def _week(lines: list[str], dmy: bool | None) -> Issued:
    """The last day of the week that a weekly covers: it appeared then or soon after."""
    for line in _head(lines):
        m = forms.PERIOD.search(line) if len(line) <= 140 else None
        if not m:
            continue
        last = m["last"]
        if re.match(r"\d{1,2},? \d{4}$", last) and m["first"]:  # "May 27 - 31, 2024"
            month = re.match(r"[A-Z][a-z]+\.?", m["first"])
            last = f"{month.group()} {last}" if month else ""
        if day := printed_date(last, dmy=dmy):
            return Issued(day, "week")
    return Issued()


def _month(lines: list[str]) -> dt.date | None:
    """The month of an issue that prints no day, as its first day; None where two lines say different ones."""
    found = {
        month_span(int(m["y"]), MONTHS[name])[0]
        for line in _head(lines)[:8]
        if (m := forms.MONTH_LINE.fullmatch(line)) and (name := m["m"].lower().rstrip(".")) in MONTHS
    }
    return found.pop() if len(found) == 1 else None


def _publisher(words: str) -> str | None:
    """The name before "| Published: …", where it is one: not a person's byline, a kind of text, a title or a number."""
    words = words.strip(" |—–·•-(,;:")
    if not 2 <= len(words.split()) <= 8 or forms.YEAR.search(words) or ":" in words or "." in words:
        return None
    return words if is_name(words) and not forms.BYLINE.match(words) and not names_a_document(words) else None


def names_a_document(words: str) -> bool:
    """Whether a kind of document is named: "report", "press release"."""
    return any(re.search(rf"\b{re.escape(kind)}\b", words, re.I) for kind in head_words("documents"))
