"""How each place stands in its sentence: behind which preposition, in which list, inside which larger place.

Takes the place mentions of a sentence (already resolved elsewhere) and the words around them; gives `PlaceRef`s.  Also
finds places that are only pointed at ("there", "the city", "the capital"), resolved from the places named before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from extract.lexicon import Lexicon
from extract.schema import Mention, Place

#: What may stand between a preposition and the name: articles, directions, "the city of", "camps like".
_FILL = (
    r"(?:(?:the|a|an|its|their|his|her|what|is|now|northern|southern|eastern|western|central|north|south|east|west|north-east|north-west|south-east|south-west|"
    r"northeastern|northwestern|southeastern|southwestern|far|upper|lower|greater|nearby|neighbouring|neighboring|mainland|state|city|town|province|provinces|region|district|districts|village|port|island|"
    r"(?:inland|reception|transit|refugee|nearby|holding|detention|displacement|makeshift)\s+(?:camps?|centres?|centers?|sites?|shelters?|towns?)\s+(?:such as|like|including|in|around|near)|islands|republic|capital|centre|center|outskirts|edge|coast|camp|camps|camps like|prison|airport|desert|area|areas|border|frontier|gates?|suburb|suburbs|neighbourhood|quarter|mountain|"
    r"town centre|west side|east side|side|parts?|port city|coastal|small|of|and|in|both|as far as|such as|like|around|near|outside|towards?|central|downtown|inner|old|occupied|Russian-occupied|territories|territory|post|checkpoint|crossing|states|countries|country|prison|detention|reception|centre|camps|directly|autonomous)\s+){0,5}"
)
_PREP = re.compile(
    rf"(?P<p>\b(?:by way of|out of|on the way to|on its way to|bound for|as far as|south of|north of|east of|west of|close to|next to|in front of|"
    rf"from|to|into|in|at|near|nr\.|outside|inside|across|throughout|within|around|over|through|via|for|towards?|onto|on|off|of|between|along|beside|above|against|under|past|by|"
    rf"leaving|left|leave|fleeing|fled|flee|departing|departed|entering|entered|enter|reaching|reached|reach|crossing|crossed|cross|crosses|changing at))\s+{_FILL}$",
    re.I,
)
_LINK = re.compile(
    r"^\s*(?:,\s*(?:and|or)?|and|or|/|–|-|;\s*(?:and|or)?|&|as well as|,\s*as well as)\s*(?:in|at|near|the|from|to|through|via|into|on|,|then|for)?\s*(?:the |parts of |northern |southern |eastern |western |central )*$",
    re.I,
)
_CONTAIN = re.compile(
    r"^\s*(?:,\s+(?:in\s+)?(?:the\s+)?(?:[a-z-]+\s+){0,3}|\s+in\s+(?:the\s+)?(?:[a-z]+\s+)?|\(|’s\s+|'s\s+|\s+(?:district|province|region|governorate|state|city|county|airport|prison|camp)?\s*of\s+(?:the\s+)?|\s+(?:camp|camps|prison|airport|village|district|province)\s*(?:,|\(|in)\s*(?:the\s+)?)(?:north(?:ern|-east|-west)?|south(?:ern)?|east(?:ern)?|west(?:ern)?|central)?\s*$",
    re.I,
)
#: A verb behind a name that follows a comma: it opens a clause and ends no list ("to Uzbekistan, and Iraq sent back …").
_ACTS = re.compile(r"\s+(?:also\s+|then\s+|itself\s+)?(?:has|have|had|did|sent|took|saw|put|gave|held|let|\w{3,}ed)\b")
_POINTERS = re.compile(
    r"\b(?P<there>there|at the scene|on the spot)\b|\b(?:the|that|this|its|their|same|whole)\s+(?P<a>[A-Za-z]+\s)?(?P<noun>capital|country|city|town|port city|village|province|region|governorate|district|camp|island|archipelago|republic|state|port|border|frontier)\b(?!\s+of\b|’s|'s)",
    re.I,
)
_NOUN_PRECISION = {
    "country": ("country",),
    "state": ("country", "admin1"),
    "republic": ("admin1", "country"),
    "city": ("city",),
    "town": ("city",),
    "port": ("city",),
    "port city": ("city",),
    "village": ("city",),
    "province": ("admin1",),
    "region": ("admin1",),
    "governorate": ("admin1",),
    "district": ("city",),
    "camp": ("site",),
    "border": ("region",),
    "frontier": ("region",),
    "island": ("city", "admin1", "region"),
    "archipelago": ("admin1", "region"),
}

_WHOSE = re.compile(
    r"\b(?:(?:man|woman|\w*men|women|national|individual|suspect|militant|preacher|\w+ers?|\w+ists?|student)s? from|natives? of|born in|citizens? of|citizenship of|nationals? of|passports? of|based in|who (?:lives?|lived|come|comes) (?:in|from)|seated in|headquarter\w* in|diplomats? in|officials? in|spokes\w+ in|minist\w+ in|correspondents? in|tip from|leadership in|fight(?:ing)? in|fought (?:in|for)|(?:served|trained) in|serving sentences in)\s+(?:the\s+)?$",
    re.I,
)
LOCATION_PREPS = frozenset(
    "in at near nr. outside inside across throughout within around on off along beside above between over south_of north_of east_of west_of close_to next_to in_front_of against under past".split()
)


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """One place in a sentence: the mention, its preposition ("" where none), list and container, and its standing."""

    start: int
    end: int
    text: str
    place: Place
    prep: str
    demonym: bool = False
    literal: bool = True
    authority: bool = False  # "German police": says where, does not name a place
    pointed: bool = False  # "there", "the capital"
    chain: int = -1  # places of one list share a number
    inside: int = -1  # index of the larger place that follows ("Vanj, Gorno-Badakhshan")
    possessive: bool = False
    org: bool = False
    belongs: bool = False  # "citizens of Tajikistan", "based in Berlin": whose, not where


def preposition(text: str, at: int, floor: int) -> str:
    """The preposition (or verb of motion) that governs a name, "" where none does."""
    m = _PREP.search(text, max(floor, at - 70), at)
    while m is not None and m.end() != at:
        m = _PREP.search(text, m.start() + 1, at)
    return re.sub(r"\s+", "_", m["p"].lower()) if m else ""


def place_refs(
    text: str,
    start: int,
    end: int,
    mentions: Sequence[Mention],
    lex: Lexicon,
    point: Callable[[str, tuple[str, ...]], Place | None],
    border: Callable[[str | None, str | None, str | None], Place | None],
) -> list[PlaceRef]:
    """The places of one sentence in reading order; `point` answers "there" and "the city" from what went before."""
    refs: list[PlaceRef] = []
    for m in mentions:
        if m.place is None or m.place.kind == "border" or not (start <= m.start < end):
            continue  # borders are read here, where the sentence says whose they are
        nxt = re.match(r"(?:’s|'s)?(?:\s+\w+){0,1}\s+([A-Za-z-]+)", text[m.end : m.end + 50])
        follow = [
            w.lower()
            for w in re.findall(r"[A-Za-z-]+", re.sub(r"^[’']s|\([^)]*\)|[.;,].*", " ", text[m.end : m.end + 50]))[:4]
        ]
        k = 0
        while k < len(follow) and follow[k] in lex.cues["authority_modifiers"]:
            k += 1
        authority = k < len(follow) and follow[k] in lex.cues["authorities"]
        del nxt
        attributive = (
            m.text.replace(".", "").isupper()
            and any(w in lex.persons for w in follow[:2])
            and bool(follow)
            and text[m.end : m.end + 1] == " "
            and not authority
        )
        based = bool(
            re.match(
                r"-(?:based|backed|linked|born|controlled|trained|led|affiliated|inspired|origin|made)\b",
                text[m.end : m.end + 12],
            )
        )
        coast = (
            m.kind == "demonym"
            and bool(
                re.match(
                    r"\s+(?:coasts?|coastline|shores?|waters|territory|soil|side|mainland|islands?)\b",
                    text[m.end : m.end + 14],
                )
            )
            and m.place.precision == "country"
        )
        refs.append(
            PlaceRef(
                m.start,
                m.end,
                m.text,
                m.place,
                "" if m.kind == "demonym" and not coast else preposition(text, m.start, start),
                (m.kind == "demonym" or attributive) and not coast,
                m.literal or coast,
                authority,
                False,
                -1,
                -1,
                text[m.end : m.end + 2] in ("’s", "'s", "’ ", "' "),
                "organi" in m.why,
                based or bool(_WHOSE.search(text, max(start, m.start - 34), m.start)),
            )
        )
    refs = _with_borders(text, start, end, refs, border)
    for p in _POINTERS.finditer(text, start, end):
        if any(
            r.start < p.end() and p.start() < r.end
            for r in refs
            if not (r.demonym and p["noun"] and p["noun"].lower() == "capital")
        ):
            continue
        if p["noun"] and p["noun"].lower() in ("border", "frontier") and p["a"]:
            continue  # "the green border"
        if p["there"] and re.search(
            r"(?:officials|police|residents|people|authorities|guards|witnesses|doctors) $",
            text[max(start, p.start() - 14) : p.start()],
        ):
            continue
        noun = "there" if p["there"] else p["noun"].lower()
        if p["there"] and re.match(
            r"\s+(?:is|are|was|were|has|have|had|may|might|will|would|being|been|no)\b", text[p.end() : p.end() + 8]
        ):
            continue
        wanted = ("site", "city") if noun == "there" else _NOUN_PRECISION.get(noun, ("city",))
        near = [
            r.place
            for r in refs
            if r.end <= p.start()
            and (not r.demonym or (r.authority and noun == "country"))
            and r.place.precision in wanted
            and not r.belongs
            and noun not in ("capital", "border", "frontier")
        ]
        if noun == "capital" and p["a"]:
            near = [
                home
                for m in mentions
                if m.kind == "demonym" and m.start <= p.start("a") < m.end and m.place and m.place.iso3
                for home in [point("capital of " + m.place.iso3, wanted)]
                if home is not None
            ]
        if noun == "island":
            near = [
                r.place
                for r in refs
                if r.end <= p.start() and not r.demonym and (r.prep in ("bound_for", "on") or r.place.kind == "island")
            ]
        if noun == "there" and not near:  # "had travelled to Turkey and had been refused entry there"
            near = [
                r.place
                for r in refs
                if r.end <= p.start() and not r.demonym and not r.belongs and r.place.iso3 is not None
            ]
        place = near[-1] if near else point(noun, wanted)
        if place is not None:
            refs.append(
                PlaceRef(
                    p.start(),
                    p.end(),
                    p.group(),
                    place,
                    "at" if noun == "there" else preposition(text, p.start(), start),
                    pointed=True,
                )
            )
    refs.sort(key=lambda r: r.start)
    return _chains(text, refs)


_SIDE = r"(?:south(?:ern|west(?:ern)?|-west(?:ern)?|east(?:ern)?)?|north(?:ern|west(?:ern)?|east(?:ern)?)?|east(?:ern)?|west(?:ern)?)"
_BORDER = re.compile(
    rf"(?:(?P<side1>{_SIDE})\s+)?(?P<own>(?:its|their|the|whose)\s+(?:(?P<side2>{_SIDE})\s+))?\b(?:borders?|frontiers?)\b(?!\s+(?:guards?|police|patrol|guard|control|forces?|village|villages|town|towns|security|agency|officials?|crossing|post))",
    re.I,
)


def _with_borders(
    text: str,
    start: int,
    end: int,
    refs: list[PlaceRef],
    border: Callable[[str | None, str | None, str | None], Place | None],
) -> list[PlaceRef]:
    """ "the southern U.S. border", "the Iran-Afghanistan border", "its border with Chad": one place of its own, a line."""
    for m in _BORDER.finditer(text, start, end):
        at = m.start()
        side = m["side1"] or m["side2"]
        left = [r for r in refs if r.end <= at and at - r.end <= 4 and re.fullmatch(r"(?:[’']s)?\s*", text[r.end : at])]
        first = left[-1] if left else None
        if side is None and first is not None:
            before = re.search(rf"({_SIDE})\s+$", text[max(start, first.start - 14) : first.start], re.I)
            side = before[1] if before else None
        second = None
        if first is not None:
            joined = [
                r for r in refs if r.end <= first.start and re.fullmatch(r"\s*[-–/]\s*", text[r.end : first.start])
            ]
            if joined:
                second, first = first, joined[-1]
        after = [
            r
            for r in refs
            if m.end() <= r.start <= m.end() + 30
            and re.fullmatch(r"\s+(?:with|between|of)\s+(?:the\s+)?", text[m.end() : r.start])
        ]
        if after and second is None:
            if first is None:
                first = after[0]
                more = [
                    r
                    for r in refs
                    if r.start > first.end and re.fullmatch(r"\s+and\s+(?:the\s+)?", text[first.end : r.start])
                ]
                second = more[0] if more and "between" in text[m.end() : first.start] else None
            else:
                second = after[0]
        whose = first
        own = (m["own"] or "").strip().lower()
        known = border(None, None, side.lower()) if first is None and side and own.startswith("the") else None
        if first is None and side and known is None:  # "entered the US through its southern border"
            earlier = [r for r in refs if r.end <= at and r.place.precision == "country" and not r.demonym]
            whose = earlier[-1] if earlier else None
        if (
            first is not None
            and whose is first
            and after
            and not left
            and second is None
            and "with" in text[m.end() : first.start]
        ):  # "arrests along the border with Mexico": of the country spoken of
            second, first = first, None
            earlier = [
                r for r in refs if r.end <= at and r.place.iso3 and r.place.iso3 != second.place.iso3 and not r.belongs
            ]
            whose = earlier[-1] if earlier else None
        place = known or border(
            whose.place.iso3 if whose else None, second.place.iso3 if second else None, side.lower() if side else None
        )
        if place is None or (first is None and second is None and side is None):
            continue
        lo = min([at] + [r.start for r in (first, second) if r is not None and r.start < at and at - r.start < 40])
        hi = max([m.end()] + [r.end for r in (first, second) if r is not None and r.start > at])
        if first is not None and first.end < lo:
            lo = at
        prep = preposition(text, lo, start)
        refs = [r for r in refs if not (lo <= r.start < hi)]
        refs.append(PlaceRef(lo, hi, text[lo:hi], place, prep))
    return sorted(refs, key=lambda r: r.start)


def _chains(text: str, refs: list[PlaceRef]) -> list[PlaceRef]:
    out: list[PlaceRef] = []
    number = 0
    for i, r in enumerate(refs):
        chain, prep = -1, r.prep
        if out:
            prev = out[-1]
            between = text[prev.end : r.start]
            if not r.demonym and not prev.demonym and _CONTAIN.match(between) and _larger(r.place, prev.place):
                out[-1] = _with(prev, inside=i)
                chain, prep = prev.chain, prep if prep and not between.strip().startswith(",") else prev.prep
                out.append(_with(r, chain=chain, prep=prep))
                continue
            base = prev
            if (
                prev.prep == "between"
                and not r.demonym
                and not r.prep.startswith(("from", "to"))
                and re.match(r"\s+and\s", between)
                and len(between) < 45
            ):
                r = replace(r, prep="between")
                chain = number
                number += 1
                out[-1] = _with(prev, chain=chain)
                out.append(_with(r, chain=chain))
                continue
            if (
                prev.possessive
                and not r.demonym
                and not prev.demonym
                and re.fullmatch(r"[’']s?\s+(?:[a-z-]+\s+){0,3}", between)
                and _larger(prev.place, r.place)
            ):
                out.append(_with(r, prep=prev.prep, inside=len(out) - 1, chain=prev.chain))
                continue
            if (
                _LINK.match(between)
                and r.demonym == prev.demonym
                and not (not r.prep and _ACTS.match(text, r.end) and "," in between)
            ):
                chain = base.chain if base.chain >= 0 else number
                if base.chain < 0:
                    number += 1
                    out[-1] = _with(prev, chain=chain)
                    for k in range(len(out) - 2, -1, -1):  # the place inside it belongs to the same list
                        if out[k].inside == len(out) - 1:
                            out[k] = _with(out[k], chain=chain)
                prep = prep or base.prep
                if not r.prep:
                    prep = base.prep
                r = replace(r, belongs=r.belongs or (base.belongs and not r.prep))
        out.append(_with(r, chain=chain, prep=prep))
    return out


def _with(r: PlaceRef, *, chain: int | None = None, inside: int | None = None, prep: str | None = None) -> PlaceRef:
    return replace(
        r,
        prep=r.prep if prep is None else prep,
        chain=r.chain if chain is None else chain,
        inside=r.inside if inside is None else inside,
    )


_RANK = {"site": 0, "city": 1, "admin1": 2, "country": 3, "region": 4, "water": 4}


def _larger(big: Place, small: Place) -> bool:
    """Whether one place can hold the other: coarser, and of the same country or a region with it."""
    if _RANK[big.precision] <= _RANK[small.precision] and not (
        big.precision == small.precision == "city" and "admin2" in (big.kind, small.kind)
    ):
        return big.precision == "city" and small.precision == "city" and big.iso3 == small.iso3 and _near(big, small)
    if big.iso3 and small.iso3:
        return big.iso3 == small.iso3
    return not big.countries or small.iso3 in big.countries


def _near(a: Place, b: Place) -> bool:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return False
    return abs(a.lat - b.lat) < 0.6 and abs(a.lon - b.lon) < 0.8


__all__ = ["LOCATION_PREPS", "PlaceRef", "place_refs", "preposition"]
