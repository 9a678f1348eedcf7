"""Countries and nationalities by any of their names: "Turkey", "Türkiye", "TUR"; "Tajik", "TJK", "XCA".

Takes the words of a person (a filter, an address, a command line); gives ISO 3166-1 alpha-3, or XCA for Central Asians
whose state is not given.  Needs no compiled gazetteer.  Does not read running text (see `resolve`).
"""

from __future__ import annotations

import csv
import unicodedata
from difflib import get_close_matches
from functools import cache

from geodata import shapes
from geodata.errors import FilterError

__all__ = ["CENTRAL_ASIAN", "country_code", "fold", "is_country_word", "nationality_code", "nationality_name"]

CENTRAL_ASIAN = "XCA"


def fold(text: str) -> str:
    """Lower case without accents and with single spaces, for comparing."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ı", "i").replace("’", "'"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


@cache
def _tables() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Folded country name -> ISO3, folded demonym -> ISO3, ISO3 -> demonym as printed."""
    names = {fold(n): c for c, n in shapes.country_names().items()}
    demonyms: dict[str, str] = {}
    printed: dict[str, str] = {}
    with (shapes.DATA / "countries_en.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            for alias in filter(None, row["aliases"].split("|")):
                names.setdefault(fold(alias), row["iso3"])
            words = [w for w in row["demonyms"].split("|") if w]
            for word in words:
                demonyms.setdefault(fold(word), row["iso3"])
            if words:
                printed[row["iso3"]] = words[0]
    for code in shapes.country_names():
        names[code.casefold()] = code
    return names, demonyms, printed


def _refuse(what: str, given: str, known: dict[str, str]) -> FilterError:
    near = get_close_matches(fold(given), known, n=1, cutoff=0.75)
    meant = shapes.country_names().get(known[near[0]], near[0].title()) if near else ""
    hint = f"; did you mean {meant}?" if near else "; give an English name or a three-letter ISO code"
    return FilterError(f"no {what} {given!r}{hint}")


def country_code(text: str) -> str:
    """ISO3 of a country by name, other name or code, in any case.

    Raises
    ------
    FilterError : no country is called that; the message suggests the nearest name.

    >>> country_code("türkiye")
    'TUR'
    """
    names = _tables()[0]
    code = names.get(fold(text)) or names.get(fold(text).removeprefix("the "))
    if code is None:
        raise _refuse("country", text, names)
    return code


def nationality_code(text: str) -> str:
    """ISO3 of a nationality by country, adjective or code; XCA for Central Asians whose state is not given.

    Raises
    ------
    FilterError : no country or people is called that.

    >>> nationality_code("Tajik"), nationality_code("Tajikistan"), nationality_code("xca")
    ('TJK', 'TJK', 'XCA')
    """
    names, demonyms, _ = _tables()
    key = fold(text)
    if key in ("xca", "central asian", "central asians", "central asia"):
        return CENTRAL_ASIAN
    code = names.get(key) or demonyms.get(key)
    if code is None:
        raise _refuse("nationality", text, names | demonyms)
    return code


def is_country_word(word: str) -> bool:
    """Whether a folded word is by itself a country's name or people ("turkey", "turkish")."""
    names, demonyms, _ = _tables()
    return word in names or word in demonyms


def nationality_name(code: str) -> str:
    """The adjective of a nationality code as printed: 'Tajik', 'Central Asian'; the code itself where none is known."""
    if code == CENTRAL_ASIAN:
        return "Central Asian"
    return _tables()[2].get(code) or shapes.country_names().get(code, code)
