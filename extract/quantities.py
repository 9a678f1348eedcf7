"""What is counted: numbers with the noun they count, its kind (people, things) and the nationalities beside it.

Takes a sentence's text, its tokens and place mentions; gives `Quantity`s in reading order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.lexicon import Lexicon
from extract.numbers import ORDINALS, Number, find_numbers
from extract.schema import Count, Mention
from extract.text import Token

_STOP = frozenset(
    """in at on of from to by for with near after before during who which that were was are is be been had have has have's and or but while as
    than when where within outside inside through via over under against into onto across along around since until between among including aged
    will would could may might can should did do does not still now then also alone died killed arrested detained wounded injured held came went left
    crossed entered reached landed arrived returned travelled traveled lost dead drowned went charged sentenced convicted det arr rel rounded hurt
    swam climbed waded picked taken seized captured rescued saved missing deported expelled boarded set sailed put this a an the respectively""".split()
)
_PASS = frozenset(
    "more further other additional new young old suspected alleged armed mostly mainly undocumented irregular foreign unaccompanied".split()
)
_DEFINITE = frozenset("the these those both all".split())


@dataclass(frozen=True, slots=True)
class Quantity:
    """A counted noun phrase; `category` person, bare (no noun), other, or thing:KEY."""

    start: int
    end: int
    number: Number
    head: str
    category: str
    nationalities: tuple[str, ...] = ()
    indefinite: bool = False
    of_them: bool = False
    definite: bool = False

    def count(self) -> Count:
        """low/best/high of it."""
        return Count(self.number.low, self.number.best, self.number.high)


def nationality(mention: Mention) -> str | None:
    """The token of a demonym: ISO3, or XCA for Central Asian; None for other regions."""
    place = mention.place
    if place is None:
        return None
    if place.iso3:
        return place.iso3
    return "XCA" if "central-asia" in place.id or "central asia" in place.name.lower() else None


def find_quantities(
    text: str, toks: Sequence[Token], mentions: Sequence[Mention], lex: Lexicon, dates: Sequence[tuple[int, int]]
) -> list[Quantity]:
    """Quantities of one sentence; figures inside a date are left out."""
    if not toks:
        return []
    demonyms = [m for m in mentions if m.kind == "demonym" or (m.text.isupper() and _names_people(toks, m, lex))]
    out: list[Quantity] = []
    for number in find_numbers(text, toks[0].start, toks[-1].end):
        if any(a < number.end and number.start < b for a, b in dates):
            continue
        if _is_label(text, number):
            continue
        out.append(_phrase(text, toks, number, demonyms, mentions, lex))
    out = [
        q
        for i, q in enumerate(out)
        if not (
            i
            and _WHOLE.search(text, max(toks[0].start, q.start - 26), q.start)
            and q.start - out[i - 1].number.end < 26
        )
    ]
    taken = [(q.start, q.end) for q in out]
    out += _in_brackets(text, out, demonyms)
    taken = [(q.start, q.end) for q in out]
    out += [
        q
        for q in _indefinites(text, toks, demonyms, mentions, lex)
        if not any(a < q.end and q.start < b for a, b in taken)
    ]
    return sorted(out, key=lambda q: q.start)


#: "two thousand of the town’s 9,000 people": the second figure is what the first is a share of.
_WHOLE = re.compile(r"\bof (?:(?:the|its|their|some|about)\s+)?(?:[\w-]+[’']s\s+)?$", re.I)


def _in_brackets(text: str, found: list[Quantity], demonyms: Sequence[Mention]) -> list[Quantity]:
    """ "Guatemalans (410)": the figure behind a people's name counts them."""
    out: list[Quantity] = []
    for i, q in enumerate(found):
        d = next(
            (
                m
                for m in demonyms
                if m.end <= q.start <= m.end + 2
                and text[m.end : q.start].strip() == "("
                and text[q.number.end : q.number.end + 1] == ")"
            ),
            None,
        )
        if d is not None:
            found[i] = replace(
                q,
                start=d.start,
                end=q.number.end + 1,
                head=d.text.lower(),
                category="person",
                nationalities=tuple(n for n in (nationality(d),) if n),
            )
    return out


def _names_people(toks: Sequence[Token], m: Mention, lex: Lexicon) -> bool:
    """ "13 US service members", "two U.K. nationals": a country's letters that stand for a nationality."""
    after = [t.lower for t in toks if t.start >= m.end][:2]
    return any(w in lex.persons for w in after) and bool(after) and after[0] not in _STOP


_MONTH_BEFORE = r"\b(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.? ?$"
#: One person, then a comma: a figure that stands here alone is an age.
_AGE = re.compile(
    r"\b(?:(?i:an?|the|his|her|another)\s+(?:[\w’'-]+\s+){0,3}?(?:man|woman|suspect|teenager|student|driver|national|citizen|brother|sister"
    r"|wife|husband|son|father|cousin|accomplice|gunman|attacker|bomber|leader)),\s+$"
)


def _is_label(text: str, n: Number) -> bool:
    """A figure that names rather than counts: "Mehr-3", "No. 41", "Title 42", "[12]", "aged 24", "EUR 14,000", "A-320"."""
    left, right = text[max(0, n.start - 14) : n.start], text[n.end : n.end + 14]
    if re.match(r"[.)]\s", right) and re.search(r"(?:^|\n)\s*$", left):
        return True  # the number of a list item
    if re.search(r"\b(?:aged|ages)\s+\d{1,2}\s*(?:,|and|to|–|-)\s*$", text[max(0, n.start - 16) : n.start], re.I):
        return True  # "ages 29 and 34"
    if 10 <= (n.best or 0) <= 99 and _AGE.search(text, max(0, n.start - 60), n.start) and re.match(r"[,;.)]", right):
        return True  # "a second man, 25, was arrested"
    return bool(
        re.search(
            r"(?:No\.|Nos\.|Title|Article|Vol\.|pp?\.|note|Note|\[|aged|ages?|EUR|USD|US|\$|€|£|phase|chapter|paragraph|resolution|Resolution|#|F-|(?<=\w)-)\s?$",
            left,
        )
        or re.match(
            r"\]|\s?(?:%|per\s?cent|km|kg|kilos?|kilomet|miles?|metres?|meters?|nautical|years?|yrs?|months?|weeks?|days?|hours?|hrs?|minutes?|o’clock|a\.m|p\.m|euros?|dollars?|somoni|roubles?|rubles?|tonnes?|CET|GMT)\b",
            right,
        )
        or re.match(r"-(?:year|day|strong|hour)", right)
        or re.match(r" and (?:a|one) (?:half|quarter|third)\b", right)  # "nine and a half years"
        or (
            re.search(_MONTH_BEFORE, left) and re.match(r"\s*(?:$|[.,;:)]|and\b)", right)
        )  # "Feb 30" is no date, no count
    )


def _phrase(
    text: str, toks: Sequence[Token], n: Number, demonyms: Sequence[Mention], mentions: Sequence[Mention], lex: Lexicon
) -> Quantity:
    after = [t for t in toks if t.start >= n.end][:8]
    of_them, head, head_end, category = False, "", n.end, "bare"
    i = 0
    if len(after) >= 2 and after[0].lower == "of":
        of_them = True
        i = 1
        while i < len(after) and after[i].lower in (
            "the",
            "them",
            "those",
            "these",
            "its",
            "his",
            "their",
            "us",
            "whom",
            "that",
        ):
            i += 1
        if (
            i > 1
            and after[i - 1].lower in ("them", "us", "whom", "these", "those")
            and (i >= len(after) or after[i].lower in _STOP or not after[i].text[0].isalpha())
        ):
            return Quantity(n.start, after[i - 1].end, n, "", "bare", (), False, True)
    words: list[Token] = []
    if re.search(
        r"\b(?:group|party|convoy|total|crowd|batch)\s+of\s+(?:\w+\s+)?$", text[max(0, n.start - 22) : n.start], re.I
    ) and (not after or not after[0].text[0].isalpha() or after[0].lower in _STOP):
        return Quantity(n.start, n.end, n, "", "person", (), False)
    for k, t in enumerate(after[i:], i):
        if (
            not words
            and k + 1 < len(after)
            and after[k + 1].lower in lex.persons
            and re.search(r"(?:ed|en|ld)$", t.lower)
            and t.lower not in ("been",)
        ):
            words.append(t)  # "four captured attackers"
            continue
        if t.lower in ("more", "others", "other") and not (
            k + 1 < len(after)
            and (
                after[k + 1].lower in lex.persons
                or (
                    after[k + 1].text[0].isalpha()
                    and after[k + 1].lower not in _STOP
                    and k + 2 < len(after)
                    and after[k + 2].lower in lex.persons
                )
            )
        ):
            head_end = t.end
            words = []
            break
        if t.text[0].isdigit() and of_them:
            words = []  # "two thousand of the town’s 9,000 people"
            break
        if (
            t.lower in _STOP
            or not (t.text[0].isalnum() or t.text in "-'’\"“")
            or (words and (t.lower in lex.verbs or t.text[0].isdigit()))
        ):
            break
        if t.text in '"“':
            continue
        words.append(t)
        if t.lower in lex.persons or t.lower in lex.things:
            head, head_end = t.lower, t.end
            category = "person" if t.lower in lex.persons else f"thing:{lex.things[t.lower]}"
            nxt = after[after.index(t) + 1] if after.index(t) + 1 < len(after) else None
            if (
                nxt is not None
                and (nxt.lower in lex.persons or nxt.lower in ("of", "and"))
                and nxt.lower in lex.persons
            ):
                continue
            break
        m = next((d for d in demonyms if d.start <= t.start < d.end), None)
        then = after[k + 1].lower if k + 1 < len(after) else ""
        bare_people = (n.best or 0) > 1 and (
            then in _STOP or not then[:1].isalpha() or then in lex.verbs
        )  # "8,000 Kyrgyz who travelled"
        if (
            m is not None
            and (t.lower.endswith("s") or t.lower.endswith("ese") or bare_people)
            and not _person_follows(after, t, lex)
        ):
            head, head_end, category = t.lower, t.end, "person"
            break
    if category == "bare" and words:
        head, head_end = words[-1].lower, words[-1].end
        category = "bare" if head in _PASS or all(w.lower in _PASS for w in words) else "other"
        if _is_verbish(words[0]):
            head, head_end, category = "", n.end, "bare"
    before = next((t for t in reversed(toks) if t.end <= n.start), None)
    return Quantity(
        n.start,
        head_end,
        n,
        head,
        category,
        _nationalities(text, n.start, head_end, demonyms, mentions),
        False,
        of_them,
        before is not None and before.lower in _DEFINITE,
    )


def _is_verbish(t: Token) -> bool:
    return bool(re.search(r"(?:ed|ing)$", t.lower)) and not re.search(r"(?:red|hundred)$", t.lower)


def _person_follows(after: Sequence[Token], t: Token, lex: Lexicon) -> bool:
    later = [x for x in after if x.start > t.start][:2]
    return bool(later) and later[0].lower in lex.persons


def _nationalities(
    text: str, start: int, end: int, demonyms: Sequence[Mention], mentions: Sequence[Mention]
) -> tuple[str, ...]:
    found = [nationality(d) for d in demonyms if start <= d.start < end]
    # "citizens of Tajikistan and Uzbekistan", "an individual from Central Asia"
    m = re.match(r",?\s+(?:of|from|holding)\s+", text[end : end + 12])
    if (
        m
        and "from" in m.group()
        and re.search(r"(?:citizens|nationals|children|people|migrants|residents)$", text[start:end], re.I)
    ):
        m = None  # "the return of 47 citizens from Syria": where they were, not whose they are
    if m and re.search(
        r"(?:citizen|national|native|individual|person|people|men|man|woman|migrant|resident|militant|foreigner)s?$",
        text[start:end],
        re.I,
    ):
        at = end + m.end()
        for place in mentions:
            if place.kind == "name" and at <= place.start <= at + 8 and place.place is not None:
                if "of" in m.group() and place.place.precision not in ("country",) and place.place.kind != "region":
                    break
                token = nationality(place)
                if token:
                    found.append(token)
                nxt = re.match(r",?\s+(?:and|or)\s+|,\s+", text[place.end : place.end + 7])
                if not nxt:
                    break
                at = place.end + nxt.end()
    return tuple(dict.fromkeys(n for n in found if n))


_AGED = re.compile(r"\s+(?:\d{1,2}|[a-z]+(?:-[a-z]+)?)-year-old\b", re.I)


def _indefinites(
    text: str, toks: Sequence[Token], demonyms: Sequence[Mention], mentions: Sequence[Mention], lex: Lexicon
) -> list[Quantity]:
    """ "an Uzbek national", "another foreigner", "a third", "a couple": one person (or two) without a figure."""
    out: list[Quantity] = []
    for i, t in enumerate(toks):
        if t.lower not in ("a", "an", "another"):
            continue
        aged = _AGED.match(text, t.end)
        for k in range(i + 1, min(i + 7 + (5 if aged else 0), len(toks))):
            w = toks[k]
            if aged and w.end <= aged.end():
                continue  # "a 31-year-old man"
            if k == i + 1 and w.lower in ORDINALS:
                nxt = toks[k + 1] if k + 1 < len(toks) else None
                if (
                    nxt is None
                    or nxt.lower in _STOP
                    or nxt.lower in lex.persons
                    or not nxt.text[0].isalpha()
                    or nxt.lower in ("into", "in", "susp")
                ):
                    one = Number(t.start, w.end, 1, 1, 1)
                    out.append(Quantity(t.start, w.end, one, "", "person", (), True))
                    break
                continue
            if w.lower in _STOP or not w.text[0].isalpha():
                break
            d = next((m for m in demonyms if m.start <= w.start < m.end), None)
            following = toks[k + 1] if k + 1 < len(toks) else None
            person = (
                w.lower in lex.persons
                and not w.lower.endswith("s")
                and w.lower not in ("family", "household")
                and w.lower not in ("police", "security", "people")
            )
            person = person or w.lower == "couple"
            if (
                d is not None
                and not person
                and (following is None or not following.text[0].isalpha() or following.lower in _STOP)
            ):
                person = True  # "a Tajik and a Russian"
            if person and following is not None and following.lower in lex.persons and following.lower != w.lower:
                continue  # "a police officer"
            if (
                person
                and following is not None
                and re.fullmatch(r"[a-z]+", following.lower)
                and following.lower in ("cell", "group", "network", "post", "patrol", "market")
            ):
                break
            if person:
                n = 2 if w.lower == "couple" else 1
                num = Number(t.start, w.end, n, n, n)
                out.append(
                    Quantity(
                        t.start,
                        w.end,
                        num,
                        w.lower,
                        "person",
                        _nationalities(text, t.start, w.end, demonyms, mentions),
                        True,
                    )
                )
                break
    return out


def add(a: Quantity, b: Quantity) -> Quantity:
    """Two coordinated quantities as one: "four citizens and one foreigner" are five."""

    def plus(x: int | None, y: int | None) -> int | None:
        return None if x is None or y is None else x + y

    number = replace(
        a.number,
        end=b.end,
        low=plus(a.number.low, b.number.low),
        best=plus(a.number.best, b.number.best),
        high=plus(a.number.high, b.number.high),
    )
    return replace(a, end=b.end, number=number, nationalities=tuple(dict.fromkeys(a.nationalities + b.nationalities)))


__all__ = ["Quantity", "add", "find_quantities", "nationality"]
