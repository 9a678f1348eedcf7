"""The whole reading of one document: place names found and placed, then claims.

    chain = Chain()                      # opens the gazetteer index
    analysis = chain.analyse(document)   # .document .mentions .claims

Order matters and is the reason for this module: names are resolved before claims are read, because a claim needs to
know which country a word means, and `extract` may not look into the gazetteer itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.claims import ClaimReader
from extract.pipeline import build, read
from extract.schema import Claim, Document, Mention, Place
from geodata.context_places import border_place, side_place
from geodata.gazetteer import Gazetteer
from geodata.peoples import peoples
from geodata.reader_version import reader_version
from geodata.resolve import Resolver


@dataclass(frozen=True, slots=True)
class Analysis:
    """A document with what was found in it, in reading order."""

    document: Document
    mentions: list[Mention]
    claims: list[Claim]


#: names of countries that take an article
_ARTICLE = re.compile(r"United |.*\b(?:Republic|Islands|Emirates|Netherlands|Philippines|Maldives|Bahamas|Gambia)\b")


class ClaimPlaces:
    """What claims ask of the gazetteer: countries, capitals, regions, borders."""

    def __init__(self, resolver: Resolver) -> None:
        self.gazetteer = resolver.gazetteer
        self.country_place = resolver.country_place
        self.capital_of = resolver.capital_of
        self.region_place = resolver.region_place

    def border_place(self, iso3: str, other: str | None, side: str | None) -> Place | None:
        """A border as one place of precision `region` and kind `border`; None for an unknown country.

        Between two countries its point lies on their common border, on one side of a country where its table of
        borders has it.  Countries that have no common border give the first country's own: its point is the country's.
        """
        home, away = self.country_place(iso3), self.country_place(other) if other else None
        if home is None:
            return None
        if away is not None and away.iso3 != iso3:
            a, b = sorted((iso3, str(away.iso3)))
            if (common := border_place(a, b, self.gazetteer)) is not None:
                name = f"{home.name}–{away.name} border"
                return Place(f"border:{a}-{b}", name, common.lat, common.lon, iso3, None, "region", "border", (a, b))
        owner = f"the {home.name}" if _ARTICLE.match(home.name) else home.name
        label = f"{side.capitalize()} border of {owner}" if side else f"Border of {owner}"
        at = (side_place(iso3, side, self.gazetteer) if side else None) or home
        return Place(f"border:{iso3}:{(side or 'any')[:5]}", label, at.lat, at.lon, iso3, None, "region", "border")


class Chain:
    """Reads documents; holds the gazetteer and the vocabulary, no state between documents.

    Raises
    ------
    GazetteerMissing : the index has not been built (the message names the command).
    """

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        self.resolver = Resolver(gazetteer or Gazetteer.open())
        places = ClaimPlaces(self.resolver)
        self.pipeline = build(places=places)
        self.reader = ClaimReader(places)  # the same reading sentence by sentence, for `explain`

    @property
    def version(self) -> str:
        """Names the rules, words, weights and gazetteer that it reads by."""
        return reader_version()

    def analyse(self, document: Document) -> Analysis:
        """Mentions and claims of one document."""
        mentions = self.mentions(document)
        return Analysis(document, mentions, read(self.pipeline, document, mentions))

    def mentions(self, document: Document) -> list[Mention]:
        """Place names and peoples of one document, placed, in reading order."""
        mentions = self.resolver.read(document.text)
        mentions = sorted(
            [*mentions, *peoples(document.text, mentions, self.resolver.gazetteer)], key=lambda m: m.start
        )
        return [as_written(m) for m in mentions]


def as_written(m: Mention) -> Mention:
    """The mention with its place called as the text calls it: "Cologne", not "Köln"; "Jalal-Abad", not its newest name.

    Only towns and areas whose name is written out with capitals; countries, sites and abbreviations keep their own.
    """
    p = m.place
    written = m.text.strip(" .,’'")
    if p is None or m.kind != "name" or p.kind not in ("settlement", "admin1", "admin2") or len(written) < 4:
        return m
    if written in (p.name, p.name.upper()) or not written[0].isupper() or written.isupper() or "." in written:
        return m
    return replace(m, place=replace(p, name=written))


__all__ = ["Analysis", "Chain", "as_written"]
