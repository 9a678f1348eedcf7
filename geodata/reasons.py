"""Why a name was placed where it was, in a few words for a person.

Takes an analysed document and a group of mentions; gives one line ("largest of 4; same province as Khatlon").  The
line tells the
strongest evidence of the chosen place, it does not replay the network.
"""

from __future__ import annotations

from geodata.analysis import Analysis
from geodata.gazetteer import Gazetteer
from geodata.gazetteer_sources import COUNTRY, SETTLEMENT, SITE
from geodata.ranker import CANDIDATE_FEATURES

__all__ = ["reason"]

_AT = {name: k for k, name in enumerate(CANDIDATE_FEATURES)}


def reason(a: Analysis, group: int, g: Gazetteer) -> str:
    """One plain line on the best candidate of a group."""
    c, x = a.cand, a.best[group]
    first = int(c.first[group])
    row = a.ranked[first]
    last = int(c.first[group + 1]) if group + 1 < len(c.first) else len(c.row)
    kind = int(g.kind[row])
    parts: list[str] = []
    if x[_AT["by_sound"]]:
        parts.append("spelt otherwise in the gazetteer")
    if x[_AT["contained"]]:
        parts.append("inside the area written after it")
    elif x[_AT["contains"]]:
        parts.append("holds the place written before it")
    elif x[_AT["area_word_agrees"]]:
        parts.append("the kind of area the text says")
    if last - first == 1:
        parts.append("only place of this name")
    elif kind == COUNTRY:
        parts.append("a country before towns of its name")
    elif kind >= SITE:
        parts.append("from the table of sites, regions and waters")
    else:
        largest = x[_AT["below_largest"]] == 0
        parts.append(f"largest of {last - first}" if largest else f"one of {last - first}")
    if kind == SETTLEMENT and x[_AT["admin1_named"]] > 0.1 and g.admin1[row] >= 0:
        parts.append(f"{g.name(int(g.admin1[row]))} is named too")
    elif x[_AT["country_named"]] > 0.1 and kind != COUNTRY:
        parts.append("its country is named too")
    elif x[_AT["near_161"]] > 0.3:
        parts.append("near other places of the text")
    return "; ".join(parts)
