"""Vocabulary files of a language: loaded once, checked, and compiled into patterns.

`load("en")` reads `extract/lexicons/en/*.toml`.  A second language is a second folder: nothing here knows English
but `inflect`, which makes the regular forms of a verb (irregular ones are in `irregular.toml`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from extract.errors import LexiconError
from extract.schema import KINDS, Kind

FOLDER = Path(__file__).with_name("lexicons")
FORMS = ("verb", "noun", "phrase")
FRAMES = ("patient", "agent", "event", "weak", "plot", "threat", "consequence", "toll", "motion", "moved")


@dataclass(frozen=True, slots=True)
class TriggerRule:
    """One entry of triggers.toml, compiled."""

    id: str
    kind: Kind
    subkind: str
    form: str
    frame: str
    count: str | None
    needs_person: bool
    pattern: re.Pattern[str]
    anchors: frozenset[str]  # a sentence without any of these words cannot match; empty: always try


@dataclass(frozen=True)
class Lexicon:
    """Everything the rules know of a language."""

    triggers: tuple[TriggerRule, ...]
    groups: re.Pattern[str]
    group_names: dict[str, str]
    persons: frozenset[str]
    headings: frozenset[str]  # words that head a section and name no place
    things: dict[str, str]
    cues: dict[str, frozenset[str]]
    patterns: dict[str, re.Pattern[str]]  # cues of several words, as one pattern each
    refuted_before: re.Pattern[str]  # "denied that", "acquitted of": what follows did not happen
    refuted_after: re.Pattern[str]  # "could not be confirmed": what stood before, if it was a report
    report_words: re.Pattern[str]
    figurative: re.Pattern[str]  # "heart attack", "arrest warrant": a trigger's word without an event
    agencies: re.Pattern[str]
    agency_country: dict[str, str]
    verbs: frozenset[str]  # every form of the trigger verbs
    present: frozenset[str]  # base and third-person forms of the trigger verbs

    @cached_property
    def _by_word(self) -> dict[str, tuple[int, ...]]:
        """Positions of the trigger rules that may begin with a word; under "" those that may begin with any."""
        out: dict[str, list[int]] = {}
        for i, rule in enumerate(self.triggers):
            for word in rule.anchors or ("",):
                out.setdefault(word, []).append(i)
        return {word: tuple(found) for word, found in out.items()}

    def rules_for(self, words: Iterable[str]) -> list[TriggerRule]:
        """The trigger rules worth trying on a sentence with these words (lower case), in the order of the file."""
        found = set(self._by_word.get("", ()))
        for word in words:
            found.update(self._by_word.get(word, ()))
        return [self.triggers[i] for i in sorted(found)]


#: What words.toml holds.
WORD_TABLES = ("persons", "headings", "things", "cues", "refuted", "figurative")


def inflect(verb: str, irregular: dict[str, list[str]]) -> list[str]:
    """All forms of a verb: regular spelling rules, or the irregular forms given."""
    head, _, rest = verb.partition(" ")
    rest = " " + rest if rest else ""
    if head in irregular:
        forms = [head, *irregular[head]]
    else:
        forms = [head, head + ("es" if re.search(r"(?:s|x|z|ch|sh)$", head) else "s")]
        if head.endswith("e"):
            forms += [head + "d", head[:-1] + "ing"]
        elif re.search(r"[^aeiou]y$", head):
            forms = [head, head[:-1] + "ies", head[:-1] + "ied", head + "ing"]
        elif re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", head):
            forms += [head + head[-1] + "ed", head + head[-1] + "ing"]
        else:
            forms += [head + "ed", head + "ing"]
    return [f + rest for f in forms]


def _verb_pattern(word: str, irregular: dict[str, list[str]]) -> str:
    return "(?:" + "|".join(re.escape(f) for f in sorted(inflect(word, irregular), key=len, reverse=True)) + ")"


#: "…" in a phrase: up to twelve words, not beyond the end of a clause ("handed over 50, and Iran sent back …")
_GAP = r"(?:(?!\s*[;:!?—–]|\.\s|,\s+(?:and|but|while|who|which|where)\b)\W+[\w’'-]+){0,12}?"


def _phrase_pattern(phrase: str, irregular: dict[str, list[str]]) -> str:
    def forms(m: re.Match[str]) -> str:
        return _verb_pattern(m[1], irregular) if m[1] in irregular or m[1].isalpha() else m[1]

    body = re.sub(
        r"~([a-z-]+)", forms, phrase.replace(" (?=", "(?= ")
    )  # so that the word may end before what must follow
    return body.replace("…", _GAP).replace(" ", r"\s+")


def _compile(entry: dict[str, Any], number: int, irregular: dict[str, list[str]]) -> TriggerRule:
    where = f"triggers.toml, entry {number}"
    for key in ("kind", "subkind", "form", "frame", "words"):
        if key not in entry:
            raise LexiconError(f"{where}: '{key}' is missing")
    if entry["form"] not in FORMS or entry["frame"] not in FRAMES:
        raise LexiconError(f"{where}: form is one of {', '.join(FORMS)}; frame is one of {', '.join(FRAMES)}")
    if entry["kind"] not in KINDS:
        raise LexiconError(f"{where}: kind '{entry['kind']}' is not one of {', '.join(KINDS)}")
    words = entry["words"]
    if not isinstance(words, list) or not words or not all(isinstance(w, str) and w for w in words):
        raise LexiconError(f'{where}: \'words\' is a list of words, such as ["detain", "arrest"]')
    if entry["form"] == "verb":
        body = "|".join(_verb_pattern(w, irregular) for w in words)
    elif entry["form"] == "noun":
        ordered = sorted(words, key=len, reverse=True)
        body = "|".join(
            re.escape(w).replace(r"\ ", r"\s+") + (r"(?:e?s)?" if not w.endswith("y") else "") for w in ordered
        )
    else:
        body = "|".join(_phrase_pattern(w, irregular) for w in words)
    try:
        pattern = re.compile(rf"(?<![\w-])(?:{body})(?![\w-])", re.IGNORECASE)
    except re.error as error:
        raise LexiconError(f"{where}: {error}") from error
    anchors = _anchors(entry["form"], words, irregular)
    return TriggerRule(
        f"{entry['kind']}.{entry['subkind']}.{entry['form']}.{entry['frame']}",
        entry["kind"],
        entry["subkind"],
        entry["form"],
        entry["frame"],
        entry.get("count"),
        bool(entry.get("needs_person")),
        pattern,
        anchors,
    )


def _anchors(form: str, words: list[str], irregular: dict[str, list[str]]) -> frozenset[str]:
    """First words of every way to write an entry's words; empty where one of them starts with a wildcard."""
    out: set[str] = set()
    for w in words:
        if form == "verb":
            out |= {f.split()[0] for f in inflect(w, irregular)}
        elif form == "noun":
            first = re.split(r"[ -]", w)[0]
            out |= {first, first + "s", first + "es", w, w + "s", w + "es"}
        elif m := re.match(r"~([a-z-]+)", w):
            out |= {f.split()[0] for f in inflect(m[1], irregular)}
        elif first_words := _first_words(w):
            out |= first_words
        else:
            return frozenset()
    return frozenset(out)


def _first_words(phrase: str) -> set[str]:
    """Every word a phrase may begin with; empty where that cannot be read off it."""
    if m := re.match(r"\(\?:([a-z |?]+)\)(\?)? ?", phrase):
        out: set[str] = set()
        for way in m[1].split("|"):
            out |= _spelt(way.split()[0]) if way.split() else set()
        if m[2]:
            rest = _first_words(phrase[m.end() :])
            return out | rest if rest else set()
        return out
    m = re.match(r"([a-z?]+)(?=[ (\\…]|$)", phrase)
    return _spelt(m[1]) if m else set()


def _spelt(word: str) -> set[str]:
    """The spellings of a word with optional letters ("labou?r", "homes?"), and its plural."""
    m = re.search(r"([a-z])\?", word)
    if m:
        return _spelt(word[: m.start()] + m[1] + word[m.end() :]) | _spelt(word[: m.start()] + word[m.end() :])
    return {word, word + "s"}


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise LexiconError(f"{path.name} is missing from the language folder {path.parent.name}") from error
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{path.name}: {error}") from error


#: Verbs whose past is spelt like their base form: the form says nothing of the time.
_TIMELESS = frozenset({"hit", "put", "set", "cut", "shut", "burst", "beat", "hurt", "let", "run"})


def _table(folder: Path, file: str, table: str) -> Any:
    """One table of a file; an error that names both where it is missing or empty."""
    content = _read(folder / file)
    if not content.get(table):
        raise LexiconError(f"{file}: the table '{table}' is missing or empty")
    return content[table]


def _verbs_of(rows: list[dict[str, Any]]) -> set[str]:
    verbs = {w.split()[0] for row in rows if row["form"] == "verb" for w in row["words"]}
    return verbs | {
        v for row in rows if row["form"] == "phrase" for w in row["words"] for v in re.findall(r"~([a-z-]+)", w)
    }


def _present_forms(rows: list[dict[str, Any]], irregular: dict[str, list[str]]) -> frozenset[str]:
    verbs = _verbs_of(rows)
    past = {f for v, forms in irregular.items() for f in forms if not f.endswith("s")}
    return frozenset(
        f
        for v in verbs
        if v not in _TIMELESS
        for f in inflect(v, irregular)[:2]
        if f not in past and not f.endswith(("ed", "ing"))
    )


def _group_pattern(aliases: dict[str, str]) -> re.Pattern[str]:
    ordered = sorted(aliases, key=len, reverse=True)
    body = "|".join(re.escape(a).replace("'", "['’]").replace(r"\ ", r"\s+") for a in ordered)
    return re.compile(rf"(?<![\w-])(?:{body})(?![\w])")


def alias(words: str) -> str:
    """A name as the alias tables spell it: one space, straight apostrophes."""
    return re.sub(r"\s+", " ", words.replace("’", "'"))


@cache
def load(language: str = "en") -> Lexicon:
    """The vocabulary of a language.

    Raises
    ------
    LexiconError : a file is missing, is not TOML, or an entry lacks a key (named).
    """
    folder = FOLDER / language
    irregular: dict[str, list[str]] = _table(folder, "irregular.toml", "verbs")
    rows = _table(folder, "triggers.toml", "trigger")
    words = {t: _table(folder, "words.toml", t) for t in WORD_TABLES}
    agencies = {a: iso3 for iso3, all_ in _table(folder, "agencies.toml", "agencies").items() for a in all_}
    aliases = {a: name for name, all_ in _table(folder, "groups.toml", "groups").items() for a in all_}
    return Lexicon(
        triggers=tuple(_compile(row, i, irregular) for i, row in enumerate(rows, 1)),
        groups=_group_pattern(aliases),
        group_names=aliases,
        persons=frozenset(words["persons"].split()),
        headings=frozenset(words["headings"].split()),
        things={w: key for key, all_ in words["things"].items() for w in all_},
        cues={k: frozenset(v) for k, v in words["cues"].items()},
        patterns={
            k: re.compile("|".join(rf"\b{re.escape(c)}\b" for c in words["cues"][k]), re.I)
            for k in ("alleged", "habitual")
        },
        **{
            k: re.compile(words["refuted"][k.removeprefix("refuted_")], re.I)
            for k in ("refuted_before", "refuted_after", "report_words")
        },
        figurative=re.compile(words["figurative"]["pattern"], re.I),
        agencies=_group_pattern(agencies),
        agency_country=agencies,
        present=_present_forms(rows, irregular),
        verbs=frozenset(f for v in _verbs_of(rows) for f in inflect(v, irregular)),
    )


__all__ = ["Lexicon", "TriggerRule", "alias", "inflect", "load"]
