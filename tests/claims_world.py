"""A small world for the tests of claims: some forty places, their demonyms, and a finder of names, no gazetteer needed.

claims("Police detained 12 Uzbeks in Ankara on 3 May 2023.")      → list[Claim]
"""

from __future__ import annotations

import datetime as dt
import re

from extract.claims import ClaimReader
from extract.pipeline import build, read
from extract.schema import Claim, Document, Mention, Place

_COUNTRIES = {
    # name: (iso3, lat, lon, capital, demonyms)
    "Turkey": ("TUR", 39.0, 35.2, "Ankara", "Turkish Turks Turk"),
    "Greece": ("GRC", 39.1, 22.9, "Athens", "Greek Greeks"),
    "Bulgaria": ("BGR", 42.7, 25.5, "Sofia", "Bulgarian Bulgarians"),
    "Uzbekistan": ("UZB", 41.4, 64.6, "Tashkent", "Uzbek Uzbeks"),
    "Tajikistan": ("TJK", 38.9, 71.3, "Dushanbe", "Tajik Tajiks"),
    "Kazakhstan": ("KAZ", 48.0, 66.9, "Astana", "Kazakh Kazakhs"),
    "Russia": ("RUS", 61.5, 95.0, "Moscow", "Russian Russians"),
    "Syria": ("SYR", 35.0, 38.5, "Damascus", "Syrian Syrians"),
    "Iraq": ("IRQ", 33.2, 43.7, "Baghdad", "Iraqi Iraqis"),
    "Germany": ("DEU", 51.2, 10.4, "Berlin", "German Germans"),
    "Mali": ("MLI", 17.6, -4.0, "Bamako", "Malian Malians"),
    "Niger": ("NER", 17.6, 8.1, "Niamey", "Nigerien Nigeriens"),
    "Libya": ("LBY", 26.3, 17.2, "Tripoli", "Libyan Libyans"),
    "Italy": ("ITA", 41.9, 12.6, "Rome", "Italian Italians"),
    "Mexico": ("MEX", 23.6, -102.6, "Mexico City", "Mexican Mexicans"),
    "Ecuador": ("ECU", -1.8, -78.2, "Quito", "Ecuadorian Ecuadorians"),
    "United States": ("USA", 37.1, -95.7, "Washington", "American Americans"),
    "Kenya": ("KEN", -0.02, 37.9, "Nairobi", "Kenyan Kenyans"),
    "Somalia": ("SOM", 5.2, 46.2, "Mogadishu", "Somali Somalis"),
    "Philippines": ("PHL", 12.9, 121.8, "Manila", "Filipino Filipinos"),
}
_CITIES = {
    # name: (iso3, admin1, lat, lon, precision, kind)
    "Istanbul": ("TUR", "Istanbul", 41.0, 29.0, "city", "settlement"),
    "Izmir": ("TUR", "Izmir", 38.4, 27.1, "city", "settlement"),
    "Edirne": ("TUR", "Edirne", 41.7, 26.6, "city", "settlement"),
    "Samarkand": ("UZB", "Samarqand", 39.7, 67.0, "city", "settlement"),
    "Khujand": ("TJK", "Sughd", 40.3, 69.6, "city", "settlement"),
    "Khatlon": ("TJK", "Khatlon", 37.9, 69.1, "admin1", "admin1"),
    "Almaty": ("KAZ", "Almaty", 43.3, 76.9, "city", "settlement"),
    "Kazan": ("RUS", "Tatarstan", 55.8, 49.1, "city", "settlement"),
    "Mosul": ("IRQ", "Ninawa", 36.3, 43.1, "city", "settlement"),
    "Hamburg": ("DEU", "Hamburg", 53.6, 10.0, "city", "settlement"),
    "Munich": ("DEU", "Bavaria", 48.1, 11.6, "city", "settlement"),
    "Agadez": ("NER", "Agadez", 17.0, 8.0, "city", "settlement"),
    "Gao": ("MLI", "Gao", 16.3, -0.04, "city", "settlement"),
    "Sabha": ("LBY", "Sabha", 27.0, 14.4, "city", "settlement"),
    "Zuwara": ("LBY", "Zuwara", 32.9, 12.1, "city", "settlement"),
    "Lampedusa": ("ITA", "Sicily", 35.5, 12.6, "city", "island"),
    "Palermo": ("ITA", "Sicily", 38.1, 13.4, "city", "settlement"),
    "Tapachula": ("MEX", "Chiapas", 14.9, -92.3, "city", "settlement"),
    "El Paso": ("USA", "Texas", 31.8, -106.4, "city", "settlement"),
    "Garissa": ("KEN", "Garissa", -0.5, 39.6, "city", "settlement"),
    "Mombasa": ("KEN", "Mombasa", -4.0, 39.7, "city", "settlement"),
    "Kismayo": ("SOM", "Lower Juba", -0.4, 42.5, "city", "settlement"),
    "Cotabato": ("PHL", "Bangsamoro", 7.2, 124.2, "city", "settlement"),
}
_REGIONS = {
    "Central Asia": ("region:central-asia", ("KAZ", "KGZ", "TJK", "TKM", "UZB")),
    "Sahel": ("region:sahel", ("MLI", "NER", "BFA", "TCD", "MRT")),
    "Mediterranean": ("water:mediterranean", ()),
}


def _places() -> dict[str, Place]:
    out: dict[str, Place] = {}
    for name, (iso3, lat, lon, capital, _) in _COUNTRIES.items():
        out[name] = Place(f"country:{iso3}", name, lat, lon, iso3, None, "country", "country")
        out[capital] = Place(f"city:{capital}", capital, lat + 0.5, lon + 0.5, iso3, capital, "city", "settlement")
    for name, (iso3, admin1, lat, lon, precision, kind) in _CITIES.items():
        out[name] = Place(f"city:{name}", name, lat, lon, iso3, admin1, precision, kind)  # type: ignore[arg-type]
    for name, (slug, members) in _REGIONS.items():
        water = slug.startswith("water")
        precision, kind = ("water", "water") if water else ("region", "region")
        out[name] = Place(slug, name, 40.0, 20.0, None, None, precision, kind, members)  # type: ignore[arg-type]
    return out


PLACES = _places()
BY_ISO3 = {p.iso3: p for p in PLACES.values() if p.precision == "country"}
DEMONYMS = {d: BY_ISO3[iso3] for iso3, _, _, _, words in _COUNTRIES.values() for d in words.split()}
DEMONYMS |= {"Central Asian": PLACES["Central Asia"], "Central Asians": PLACES["Central Asia"]}
_NAMES = sorted([*PLACES, *DEMONYMS], key=len, reverse=True)
_FORMS = "|".join(re.escape(form) for name in _NAMES for form in (name, name.upper()))
_FIND = re.compile(rf"(?<![\w-])(?:{_FORMS})(?!\w)")
_FIND_ANY_CASE = re.compile(_FIND.pattern, re.IGNORECASE)
_SPELT = {n.lower(): n for n in _NAMES}


class World:
    """Answers for countries, capitals, regions and borders (a `PlaceSource`)."""

    def country_place(self, iso3: str) -> Place | None:
        return BY_ISO3.get(iso3)

    def capital_of(self, iso3: str) -> Place | None:
        return next((PLACES[capital] for code, _, _, capital, _ in _COUNTRIES.values() if code == iso3), None)

    def region_place(self, slug: str) -> Place | None:
        return next((p for p in PLACES.values() if p.id == f"region:{slug}"), None)

    def border_place(self, iso3: str, other: str | None, side: str | None) -> Place | None:
        home = BY_ISO3.get(iso3)
        if home is None:
            return None
        name = f"{side or ''} border of {home.name}".strip() if other is None else f"border {iso3}-{other}"
        both = (iso3, other) if other is not None else ()
        return Place(f"border:{iso3}:{other or side}", name, home.lat, home.lon, iso3, None, "region", "border", both)


def mentions(text: str, *, any_case: bool = False) -> list[Mention]:
    """Every name and demonym of this world in a text, resolved."""
    out = []
    for m in (_FIND_ANY_CASE if any_case else _FIND).finditer(text):
        name = _SPELT[m.group().lower()]
        demonym = name in DEMONYMS
        place = DEMONYMS.get(name) or PLACES[name]
        out.append(
            Mention(
                m.start(), m.end(), m.group(), "demonym" if demonym else "name", not demonym, 0.95, place, "only one"
            )
        )
    return out


WORLD = World()
_PIPELINE = build(places=WORLD)


def document(text: str, published: str | None = None, title: str | None = None) -> Document:
    """A document of this text; `published` as in ISO 8601."""
    return Document(text, name="d", title=title, published=dt.date.fromisoformat(published) if published else None)


def claims(
    text: str,
    published: str | None = None,
    *,
    any_case: bool = False,
    title: str | None = None,
    unknown: tuple[str, ...] = (),
) -> list[Claim]:
    """Claims of a text through the whole pipeline; `unknown` are names found but not placed."""
    lost = [Mention(text.index(n), text.index(n) + len(n), n, "name", True, 0.4) for n in unknown]
    found = sorted([*mentions(text, any_case=any_case), *lost], key=lambda m: m.start)
    return read(_PIPELINE, document(text, published, title), found)


def reader() -> ClaimReader:
    """A reader over this world."""
    return ClaimReader(WORLD)


def dates_of(claim: Claim) -> tuple[str | None, str | None, str]:
    """Start, end and precision as text."""
    d = claim.date.as_json()
    return d["start"], d["end"], str(d["precision"])


def names(claim: Claim, role: str = "location") -> list[str]:
    """Names of a claim's places in one role, in order."""
    return [p.place.name for p in claim.places if p.role == role]


def best(claim: Claim, key: str) -> int | None:
    """The best value of a count, None where it is not there."""
    return claim.counts[key].best if key in claim.counts else None


__all__ = [
    "BY_ISO3",
    "PLACES",
    "WORLD",
    "World",
    "best",
    "claims",
    "dates_of",
    "document",
    "mentions",
    "names",
    "reader",
]
