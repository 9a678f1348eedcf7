"""A question in an analyst's words → filters: "arrests of Tajik nationals in Europe since January 2024".

Takes one line; gives an `Asked`: the filters, what each part of the line was read as, and what was not understood (it
is searched for as text).  Nothing is guessed silently: every part that was read stands in `parts` with its words.  Uses
the tables that the extractor uses: peoples, countries, regions, groups, date expressions.  Does not search.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from extract.dates import Context, DateMention, find_dates
from extract.lexicon import load
from geodata.errors import FilterError
from geodata.filters import Filters
from geodata.names import country_code, fold, nationality_code
from geodata.regions import region_members
from geodata.shapes import DATA

__all__ = ["Asked", "Part", "ask"]

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*", re.UNICODE)
_LONGEST = 6  # words of a name
_FROM = re.compile(r"\b(from|since|after|starting)\s+(?:the\s+)?$", re.I)
_TO = re.compile(r"(?:\b(to|until|till|before|by|through|up to)\s+(?:the\s+)?|[-–]\s*)$", re.I)
_BETWEEN = re.compile(r"\bbetween\s+$", re.I)
_SOURCES = re.compile(r"\b(?:at least |minimum )?(\d+|two|three|four|five)\+?\s+(?:independent\s+)?sources\b", re.I)
_YEAR = re.compile(r"(?<![\w-])(?:19|20)\d\d(?![\w-])")
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5}
_PEOPLE_OF = re.compile(r"\b(?:nationals?|citizens?)\s+(?:of|from)\s+(?:the\s+)?$", re.I)
#: A people's word before one of these says where, not who: "Turkish police", "the Polish border".
_OFFICE = re.compile(
    r"\s+(?:police|authorities|officials|security|forces|border|soil|territory|cities|city|prisons?)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Part:
    """Words of the question (start, end: half-open offsets) and the filter they became; field 'text' = searched."""

    start: int
    end: int
    words: str
    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question was read as."""

    question: str
    filters: Filters
    parts: tuple[Part, ...]

    @property
    def searched(self) -> str:
        """The words that no table knows, searched for as they are; '' where all was understood."""
        return " ".join(v for p in self.parts if p.field == "text" for v in p.values)


@cache
def _phrases() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Folded phrase → field and values."""
    raw = tomllib.loads((DATA / "ask_words.toml").read_text(encoding="utf-8"))
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for name, alias in _groups():
        found.setdefault(fold(alias), ("group", (name,)))
    found.update({name: ("country", codes) for name, codes in region_members().items()})
    for field in ("kind", "subkind", "certainty"):
        for value, words in raw[field].items():
            found.update({fold(w): (field, (value,)) for w in words})
    found.update({fold(w): ("", ()) for w in raw["silent"]["words"]})
    return found


def _groups() -> Iterator[tuple[str, str]]:
    for alias, name in load().group_names.items():
        if len(alias) > 2:  # "IS" is a word as well
            yield name, alias


def _place_or_people(words: str, question: str, end: int, start: int) -> tuple[str, tuple[str, ...]] | None:
    """A country or a people by any of its names; None for another word."""
    key = fold(words)
    if len(key) < 4 and not words.isupper():
        return None  # "us", "can", "per": words before they are codes
    try:
        code = country_code(key)
        who = _PEOPLE_OF.search(question[:start])
        return ("nationality", (code,)) if who else ("country", (code,))
    except FilterError:
        pass
    for form in (key, key.removesuffix("s")):
        try:
            code = nationality_code(form)
        except FilterError:
            continue
        here = _OFFICE.match(question[end:]) and code != "XCA"
        return ("country" if here else "nationality", (code,))
    return None


def _dates(question: str, today: dt.date | None) -> tuple[dict[str, dt.date], list[Part]]:
    """The range that the question's date expressions give, and where they stand."""
    found = find_dates(question, 0, len(question), Context(published=today))
    given: dict[str, dt.date] = {}
    parts: list[Part] = []
    for i, mention in enumerate(found):
        span, before = mention.span, question[: mention.start]
        if span.start is None and span.end is None:
            continue
        first, last = span.start or span.end, span.end or span.start
        assert first is not None and last is not None
        second = i > 0 and bool(re.fullmatch(r"\s*(?:and|to|until|till|through|[-–])\s*", _gap(question, found, i)))
        word = (m := _FROM.search(before)) and m[1].lower()
        if second and parts:
            given["date_to"] = last
        elif word or _BETWEEN.search(before):
            given["date_from"] = last + dt.timedelta(1) if word == "after" else first
        elif ends := _TO.search(before):
            given["date_to"] = first - dt.timedelta(1) if (ends[1] or "").lower() == "before" else last
        else:
            given |= {"date_from": first, "date_to": last}
        parts.append(Part(mention.start, mention.end, question[mention.start : mention.end], "date", ()))
    if not parts and (year := _YEAR.search(question)):  # a year alone, as nobody writes it in a sentence
        given = {"date_from": dt.date(int(year[0]), 1, 1), "date_to": dt.date(int(year[0]), 12, 31)}
        parts.append(Part(*year.span(), year[0], "date", ()))
    return given, parts


def _gap(question: str, found: list[DateMention], i: int) -> str:
    return question[found[i - 1].end : found[i].start]


def ask(question: str, today: dt.date | None = None) -> Asked:
    """Read a question.

    Parameters
    ----------
    today : what "last year" and "this month" are counted from; None leaves them unread (searched as text)

    >>> asked = ask("arrests of Tajik nationals in Turkey since January 2024")
    >>> asked.filters.describe()
    'Arrests · Turkey · Tajik nationals · from 1 Jan 2024'
    >>> ask("Crocus").filters.text
    'Crocus'
    """
    dates, parts = _dates(question, today)
    values: dict[str, list[str]] = {}
    if m := _SOURCES.search(question):
        values["min_sources"] = [str(_NUMBERS.get(m[1].lower(), m[1]))]
        parts.append(Part(*m.span(), m.group(), "min_sources", tuple(values["min_sources"])))
    tokens = [t for t in _WORD.finditer(question) if not any(p.start <= t.start() < p.end for p in parts)]
    i = 0
    while i < len(tokens):
        n, field, found = _longest(question, tokens[i : i + _LONGEST])
        span = tokens[i].start(), tokens[i + n - 1].end()
        if field:
            values.setdefault(field, []).extend(v for v in found if v not in values.get(field, ()))
            parts.append(Part(*span, question[slice(*span)], field, found))
        i += n
    return Asked(question, _filters(values, dates), tuple(sorted(parts, key=lambda p: p.start)))


def _longest(question: str, tokens: list[re.Match[str]]) -> tuple[int, str, tuple[str, ...]]:
    """How many tokens the longest known phrase takes, its field and values; an unknown word is text."""
    start = tokens[0].start()
    for n in range(len(tokens), 0, -1):
        end = tokens[n - 1].end()
        words = question[start:end]
        key = fold(words).removesuffix("'s")
        if (known := _phrases().get(key)) is not None:
            return n, *known
        if place := _place_or_people(words.removesuffix("'s").removesuffix("’s"), question, end, start):
            return n, *place
    return 1, "text", (tokens[0].group(),)


def _filters(values: dict[str, list[str]], dates: dict[str, dt.date]) -> Filters:
    """One Filters value.  A sort ("attacks") says the kind by itself; with another kind beside it, that one is kept."""
    given: dict[str, Any] = {k: tuple(v) for k, v in values.items() if k not in ("text", "min_sources")}
    given |= dates
    if "min_sources" in values:
        given["min_sources"] = int(values["min_sources"][0])
    return Filters(**given, text=" ".join(values.get("text", ())))
