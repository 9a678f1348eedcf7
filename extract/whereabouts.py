"""Where people stay: "born in Vahdat", "worked on building sites in Moscow", "spent nine days in the transit zone at Vnukovo".

`stays_of` gives the stays of one sentence.  A stay is no journey, but the next journey sets out from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from extract.frames import separation
from extract.view import View
from extract.where import PlaceRef

Way = Literal["origin", "work", "home"]

_STAY = re.compile(
    r"\b(?:(?P<origin>born(?: and raised)?|grew up|grown up|raised|brought up)"
    r"|(?P<work>work(?:s|ed|ing)?|found (?:work|jobs?|a job)|employed|earn(?:s|ed|ing)?\b|spend(?:s)? (?:the )?(?:season|summer|year)s?)"
    r"|(?P<home>liv(?:es|ed|ing|e)|stay(?:ed|ing|s)|settled|resid(?:es|ed|ing)|lodged|hid(?:ing|den)?|spent|rent(?:ed|ing)"
    r"|stud(?:ied|ying|ies)|stationed|waited|holed up|was registered|held))\b",
    re.I,
)
_AT = frozenset("in at near on outside around".split())


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay: the words that tell it and its places, the finest first."""

    start: int
    end: int
    way: Way
    places: tuple[PlaceRef, ...]


def stays_of(view: View) -> list[Stay]:
    """The stays of a sentence in reading order."""
    if not any(r.prep in _AT and not r.demonym for r in view.places):
        return []
    out: list[Stay] = []
    for m in _STAY.finditer(view.text, view.sentence.start, view.sentence.end):
        near = [
            r
            for r in view.places
            if m.end() <= r.start <= m.end() + 75 and r.prep in _AT and not r.demonym and not r.org and not r.belongs
        ]
        if not near or separation(view.bounds, m.end(), near[0].start) >= 1.2:
            continue
        if any(m.end() <= f.start < near[0].start for f in view.frames if f.kind != "route"):
            continue
        first = near[0]
        places = [
            r
            for r in view.places
            if r is first or (first.chain >= 0 and r.chain == first.chain and r.start > first.start)
        ]
        way: Way = "origin" if m["origin"] else "work" if m["work"] else "home"
        out.append(Stay(m.start(), max(r.end for r in places), way, tuple(places)))
    return out


__all__ = ["Stay", "stays_of"]
