"""Regions as sets of countries: "Europe", "Central Asia", "the Sahel", from geodata/data/regions.csv.

Takes names or sets of ISO3 codes; gives the other.  Only countries that have a shape count as members.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache

from geodata.names import fold
from geodata.shapes import DATA, country_names

__all__ = ["region_members", "region_name"]


@cache
def _regions() -> tuple[dict[str, tuple[str, ...]], dict[frozenset[str], str]]:
    """Folded name → members, and members → name as printed; only regions of several countries."""
    members: dict[str, tuple[str, ...]] = {}
    names: dict[frozenset[str], str] = {}
    with (DATA / "regions.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            codes = tuple(c for c in (row["countries"] or "").split("|") if c in country_names())
            if row["kind"] != "region" or len(codes) < 2:
                continue
            names.setdefault(frozenset(codes), row["name"])
            for name in (row["name"], *(row["aliases"] or "").split("|")):
                if name:
                    members.setdefault(fold(name).removeprefix("the "), codes)
    return members, names


def region_members() -> dict[str, tuple[str, ...]]:
    """Folded name or other name of a region (without "the") → ISO3 codes of its countries.

    >>> region_members()["central asia"]
    ('KAZ', 'KGZ', 'TJK', 'TKM', 'UZB')
    """
    return _regions()[0]


def region_name(codes: Iterable[str]) -> str | None:
    """The region that has exactly these countries, None where there is none.

    >>> region_name(["UZB", "TKM", "TJK", "KGZ", "KAZ"])
    'Central Asia'
    """
    return _regions()[1].get(frozenset(codes))
