"""The whole reading of one document: place names found and placed, then claims.

    chain = Chain()                      # opens the gazetteer index
    analysis = chain.analyse(document)   # .document .mentions .claims

Order matters and is the reason for this module: names are resolved before claims are read, because a claim needs to know
which country a word means, and `extract` may not look into the gazetteer itself.
"""
from __future__ import annotations

from dataclasses import dataclass

from extract.claims import ClaimReader
from extract.schema import Claim, Document, Mention
from geodata.gazetteer import Gazetteer
from geodata.resolve import Resolver


@dataclass(frozen=True, slots=True)
class Analysis:
    """A document with what was found in it, in reading order."""

    document: Document
    mentions: list[Mention]
    claims: list[Claim]


class Chain:
    """Reads documents; holds the gazetteer and the vocabulary, no state between documents.

    Raises
    ------
    GazetteerMissing : the index has not been built (the message names the command).
    """

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        self.resolver = Resolver(gazetteer or Gazetteer.open())
        self.reader = ClaimReader(self.resolver)

    def analyse(self, document: Document) -> Analysis:
        """Mentions and claims of one document."""
        mentions = self.resolver.read(document.text)
        return Analysis(document, mentions, self.reader.read(document, mentions))


__all__ = ["Analysis", "Chain"]
