"""Names of peoples that the place-name reader passed over: "Afghans (1,390) and Iranians (1,020)".

Corpora of place names leave plural peoples out, and the mention classifier has learnt to; claims need them, because
they say whose journey or arrest it was.  Takes a text and the mentions found; gives the missing ones, never literal.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from extract.schema import Mention
from geodata.gazetteer import Gazetteer

__all__ = ["peoples"]

#: Also ordinary words when written small: only capitals count.
_SHORT = 4


@cache
def _words() -> tuple[dict[str, str], dict[str, str], re.Pattern[str]]:
    """Demonym → ISO3, demonym → region slug, and one pattern for all of them."""
    countries: dict[str, str] = {}
    regions: dict[str, str] = {}
    for name, column, table in (("countries_en.csv", "iso3", countries), ("regions.csv", "slug", regions)):
        lines = (files("geodata") / "data" / name).read_text(encoding="utf-8").splitlines()
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            for word in (row.get("demonyms") or "").split("|"):
                if len(word) >= _SHORT:
                    table.setdefault(word, row[column])
    both = sorted({*countries, *regions}, key=len, reverse=True)
    return countries, regions, re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, both)) + r")(?![\w])(?!-)")


def peoples(text: str, found: Sequence[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Demonyms of `text` that overlap none of `found`, in reading order."""
    countries, regions, pattern = _words()
    out = []
    for m in pattern.finditer(text):
        if any(f.start < m.end() and m.start() < f.end for f in found):
            continue
        word = m.group()
        place = gazetteer.country_place(countries[word]) if word in countries else gazetteer.region_place(regions[word])
        if place is not None:
            out.append(Mention(m.start(), m.end(), word, "demonym", False, 0.5, place, "demonym"))
    return out
