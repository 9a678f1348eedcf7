"""Articles by the thousand, written by a machine from our own sentences: what ingest is measured on.

A world of happenings (town, day, figures) is told by one to four articles each, in other words and with other figures
now and then, between sentences that tell nothing.  `articles(n)` gives the first n of an endless row: the same n for
the same seed.  Places are towns of the gazetteer's tables, unevenly used as in real news; days lie in ten years.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from extract.schema import Claim, ClaimPlace, Count, DateSpan, Document, Place
from geodata.chain import Analysis
from geodata.names import country_code
from geodata.rows import Prepared, prepare

__all__ = ["articles", "prepared"]

TOWNS = {
    "Afghanistan": "Kabul Herat Kandahar Jalalabad Kunduz Ghazni Khost Faizabad Farah Bamyan",
    "Pakistan": "Peshawar Quetta Karachi Lahore Multan Bannu Mardan Gwadar Turbat Zhob",
    "Tajikistan": "Dushanbe Khujand Kulob Bokhtar Khorog Panjakent Isfara Vahdat",
    "Uzbekistan": "Tashkent Samarkand Bukhara Namangan Andijan Termez Nukus Fergana",
    "Kyrgyzstan": "Bishkek Osh Batken Naryn Talas Karakol",
    "Turkey": "Istanbul Ankara Izmir Adana Gaziantep Bursa Konya Mersin Van Diyarbakir",
    "Iraq": "Baghdad Mosul Basra Erbil Kirkuk Ramadi Fallujah Samarra",
    "Syria": "Damascus Aleppo Homs Raqqa Idlib Palmyra Daraa",
    "Nigeria": "Maiduguri Kano Jos Kaduna Damaturu Yola Gombe",
    "Somalia": "Mogadishu Kismayo Baidoa Beledweyne Bosaso",
    "Russia": "Moscow Makhachkala Grozny Kazan Derbent Magas",
    "Germany": "Berlin Hamburg Cologne Munich Essen Leipzig",
    "France": "Paris Lyon Marseille Nice Strasbourg Lille",
    "Kenya": "Nairobi Mombasa Garissa Lamu Mandera",
    "Mali": "Bamako Gao Timbuktu Mopti Kidal",
    "Philippines": "Manila Marawi Jolo Zamboanga Cotabato",
}
ATTACK = (
    "A suicide bomber killed {n} people in {town}, {country}, on {day}.",
    "At least {n} people were killed in an attack in {town} on {day}, officials in {country} said.",
    "Gunmen opened fire in {town}, {country}, on {day}, killing {n} people and injuring {m} others.",
    "An explosion in {town} on {day} left {n} dead and {m} wounded, the health ministry of {country} said.",
)
ARREST = (
    "Police in {town}, {country}, arrested {n} people on {day} on suspicion of links to the group.",
    "{n} suspects were detained in {town} on {day} during raids, the interior ministry of {country} said.",
    "Security services of {country} said they had arrested {n} men in {town} on {day}.",
)
ROUTE = (
    "In {month}, {n} migrants from {country} were found in a lorry on the way from {town} to {other}.",
    "Smugglers brought {n} people from {town} to {other} in {month}, according to investigators.",
)
FILLER = (
    "Residents spoke of long queues at the market and of the price of bread.",
    "The committee will meet again next week to discuss the budget for roads.",
    "A spokesman declined to comment on the details of the case.",
    "Analysts have argued for years over what drives such cases and how they might be prevented.",
    "Schools were open as usual, although many parents kept their children at home.",
    "The weather had been dry, and dust lay over the roofs and the gardens.",
    "Several organisations called for calm and for a thorough inquiry.",
    "The report runs to forty pages and rests on interviews with officials and residents.",
    "Traders said that business had been slow since the start of the year.",
    "Nothing was said about the costs, which others put at several million.",
)
PUBLISHERS = tuple(
    f"{a} {b}"
    for a in ("North", "Central", "Southern", "Lake", "Valley")
    for b in ("Gazette", "Monitor", "Post", "Review", "Dispatch", "Observer")
)
FIRST = dt.date(2015, 1, 1)
DAYS = 3650
PER_ARTICLE = 4
#: Further towns of a country, for as many happenings as no hundred towns see in ten years.
MORE_TOWNS = 500


def _town(rng: random.Random, more: int = 0) -> tuple[str, str]:
    """A country and a town in it, some far oftener than others; of `more` further towns as well, by number."""
    countries = list(TOWNS)
    country = countries[min(int(rng.expovariate(0.25)), len(countries) - 1)]
    towns = [*TOWNS[country].split(), *(f"{country} town {i}" for i in range(more))]
    return country, towns[min(int(rng.expovariate(0.5 if not more else 5 / more)), len(towns) - 1)]


def _happening(number: int, seed: int, more: int = 0) -> tuple[tuple[str, ...], dict[str, object], dt.date]:
    """The sentences that may tell it, its facts, its day; of its number alone."""
    rng = random.Random(f"{seed}:{number}")
    country, town = _town(rng, more)
    day = FIRST + dt.timedelta(rng.randrange(DAYS))
    kind = rng.choices((ATTACK, ARREST, ROUTE), (5, 4, 2))[0]
    facts: dict[str, object] = {
        "country": country,
        "town": town,
        "other": _town(rng, more)[1],
        "n": min(2 + int(rng.expovariate(0.12)), 300),
        "m": min(3 + int(rng.expovariate(0.06)), 900),
        "day": f"{day:%B} {day.day}, {day.year}",
        "month": f"{day:%B %Y}",
    }
    return kind, facts, day


def articles(n: int, *, seed: int = 1, chars: int = 3000) -> Iterator[Document]:
    """Documents named a0, a1 …, each of about `chars` characters with four happenings in it."""
    for i in range(n):
        rng = random.Random(f"{seed}-{i}")
        told, days = [], []
        for k in range(PER_ARTICLE):
            # a happening is told by up to four of the articles around
            kind, facts, day = _happening((i * PER_ARTICLE + k) // 2 + rng.randrange(3), seed)
            if rng.random() < 0.2:
                facts = facts | {"n": int(str(facts["n"])) + rng.randrange(1, 4)}
            told.append(rng.choice(kind).format(**facts))
            days.append(day)
        text = ""
        while len(text) < chars:
            part = [rng.choice(FILLER) for _ in range(rng.randrange(2, 5))]
            if told and rng.random() < 0.5:
                part.insert(rng.randrange(len(part)), told.pop())
            text += " ".join(part) + "\n\n"
        published = max(days) + dt.timedelta(rng.randrange(1, 20))
        text += " ".join(told)
        yield Document(text, name=f"a{i}", title=f"Report {i}", publisher=rng.choice(PUBLISHERS), published=published)


_SUBKIND = {"incident": "attack", "arrest": "arrest", "route": "smuggling"}


def _point(town: str) -> tuple[float, float]:
    """A point of its own for each town; where it lies does not matter here, that towns lie apart does."""
    rng = random.Random(town)
    return round(rng.uniform(-40, 60), 3), round(rng.uniform(-20, 110), 3)


def _place(country: str, town: str) -> Place:
    lat, lon = _point(town)
    return Place(f"t:{town}", town, lat, lon, country_code(country), None, "city", "settlement")


def prepared(n: int, *, first: int = 0, seed: int = 1) -> Iterator[Prepared]:
    """As `articles` from number `first` on, read already by their facts: what writing is measured on."""
    for i in range(first, first + n):
        rng = random.Random(f"{seed}-{i}")
        claims = []
        for k in range(PER_ARTICLE):
            kind, facts, day = _happening((i * PER_ARTICLE + k) // 2 + rng.randrange(3), seed, MORE_TOWNS)
            claims.append(_claim(f"a{i}", k, kind, facts, day, rng))
        text = "\n".join(
            f"{c.kind} told here, number {k:08d}-{i:08d}, in few words that tell it." for k, c in enumerate(claims)
        )
        head = {"publisher": rng.choice(PUBLISHERS), "published": max(c.date.end or FIRST for c in claims)}
        yield prepare(Analysis(Document(text, name=f"a{i}", title=f"Report {i}", **head), [], claims))  # type: ignore[arg-type]


def _claim(doc: str, k: int, kind: object, facts: dict[str, object], day: dt.date, rng: random.Random) -> Claim:
    name = "incident" if kind is ATTACK else "arrest" if kind is ARREST else "route"
    home = _place(str(facts["country"]), str(facts["town"]))
    n = int(str(facts["n"])) + (rng.randrange(1, 4) if rng.random() < 0.2 else 0)
    key = {"incident": "killed", "arrest": "arrested", "route": "people"}[name]
    date, places = DateSpan(day, day, "day"), (ClaimPlace("location", home.name, None, None, home),)
    if name == "route":
        month = day.replace(day=1)
        date = DateSpan(month, (month + dt.timedelta(31)).replace(day=1) - dt.timedelta(1), "month")
        away = Place(
            f"t:{facts['other']}", str(facts["other"]), *_point(str(facts["other"])), None, None, "city", "settlement"
        )
        places = (
            ClaimPlace("origin", home.name, None, None, home),
            ClaimPlace("destination", away.name, None, None, away),
        )
    return Claim(
        doc=doc, kind=name, subkind=_SUBKIND[name], start=k * 60, end=k * 60 + 40, date=date, places=places,
        counts={key: Count(n, n, n)},
    )  # fmt: skip
