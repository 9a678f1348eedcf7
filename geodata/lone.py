"""Small towns that stand alone: nothing else in the text says their country, so a namesake is as likely meant.

A gazetteer lacks most villages.  Where it has one of that name in another country, the name would be placed there
although nothing in the text speaks for it.  Such a name is kept as found and left without a place.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from extract.schema import Mention

__all__ = ["KNOWN", "abstained"]

#: inhabitants from which a town is known by its name alone
KNOWN = 100_000
#: as many different names in one other country say where the text is
AT_HOME = 3
WHY = "a small town in a country that the text names nowhere else"


def abstained(found: Sequence[Mention], small: Collection[int]) -> list[Mention]:
    """The mentions, without a place where a small town is the only word for its country in a text about another one.

    small : starts of the mentions placed at a town of fewer than `KNOWN` inhabitants that is no capital
    """
    if not small:
        return list(found)
    names: dict[str, set[str]] = {}  # per country the different words for it and for places in it
    for m in found:
        if m.place is not None:
            for iso3 in (m.place.iso3,) if m.place.iso3 else m.place.countries:
                names.setdefault(iso3, set()).add(m.text.casefold())
    most = sorted((len(v), k) for k, v in names.items())[-2:]

    def alone(m: Mention) -> bool:
        land = m.place.iso3 if m.place else None
        return (
            land is not None
            and m.start in small
            and len(names[land]) == 1
            and max((n for n, k in most if k != land), default=0) >= AT_HOME
        )

    return [
        replace(m, place=None, confidence=min(m.confidence, 0.4), why=WHY, others=()) if alone(m) else m for m in found
    ]
