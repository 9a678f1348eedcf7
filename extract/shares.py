"""Shares of a total: "118 were detained: 74 in Turkey, 31 in Kazakhstan"; "9,840 in March, down from 11,205 in February".

Takes a `View` and the claim that gave the total; gives one claim per share, with the place, the date or the nationality
that sets it apart and everything else from the total.  A share of place or nationality is marked as a part of the whole
(never to be added to it); another period's figure is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.dates import Context, DateMention, applied
from extract.quantities import Quantity
from extract.schema import Claim, ClaimPlace, Count, Role
from extract.view import View
from extract.where import LOCATION_PREPS, PlaceRef

#: From so many arrests on, a total is one of statistics rather than of one operation.
ONE_OPERATION = 100
_KEYS = ("arrested", "people", "returned", "killed")
_BETWEEN = re.compile(
    r"\s*(?:(?:of them|of these|of those|more|people|persons|arrivals|arrests|others)\s*)?(?:(?:were|was)\s+)?(?:(?:recorded|registered|logged|counted|reported|seen)\s+)?(?:\w+ly\s+)?(?:(?:in|at|from|on|near|through|to|via|along|around|into|during|since|for)\s+)?(?:the\s+)?(?:(?:city|province|region|town|district|state)\s+of\s+)?$",
    re.I,
)
#: What stands between a subject or date and a figure where the verb is left out.
_GAP = re.compile(
    r"\s*,?\s*(?:there (?:were|had been)\s+|(?:it|the figure|the number|the total) was\s+)?(?:only |just |about |some |another |a further |an additional |a |an )*",
    re.I,
)
_ANOTHER = re.compile(r"\b(?:and|more|others?|another|further|additional)\b", re.I)
_LISTED = re.compile(r"(?:,|\band)\s+in\s+(?:the\s+)?$", re.I)
#: "two men in Linz and (of) a third in Passau"
_ONE_MORE = re.compile(r"(?:\band|,)\s+(?:of\s+)?$", re.I)
_TOWARDS = ("to", "into", "for", "towards", "toward")
#: "Albania followed with five": another receiver of those who came the same way.
_FOLLOWED = re.compile(
    r"\s+(?:followed|came next|did (?:so|the same|likewise))(?:\s+suit)?,?\s+with\s+(?:another\s+|only\s+|just\s+)?$",
    re.I,
)
_RECEIVER = re.compile(_FOLLOWED.pattern.removesuffix("$"), re.I)
_LEAD = re.compile(r"^\s*(?:[:(–—-]|,?\s*(?:accounts?|accounted)\s+for|,?\s*for)\s*(?:about |some |around )?$", re.I)


def main_key(c: Claim) -> str | None:
    """The count a claim is about."""
    return next((k for k in _KEYS if k in c.counts), None)


def shares(
    view: View, base: Claim, taken: set[int], ctx: Context, *, same_sentence: bool, origin_list: bool = False
) -> list[Claim]:
    """Claims for the shares of `base` that this sentence lists; `taken` are the starts of figures already used."""
    key = main_key(base)
    if key is None or base.certainty == "hypothetical" or base.kind == "incident":
        return []
    total = base.counts[key].best
    after = base.count_spans[key][1] if same_sentence else view.sentence.start
    out: list[Claim] = []
    for q in view.quantities:
        if (
            q.start in taken
            or q.start < after
            or q.category.startswith("thing")
            or q.number.best is None
            or (q.indefinite and not (same_sentence and _ONE_MORE.search(view.text[max(0, q.start - 12) : q.start])))
        ):
            continue
        if q.category == "other" and not re.match(r"(?:arrivals?|arrests?|encounters|such)$", q.head):
            continue
        claim = _share(view, base, key, q, total, ctx, same_sentence, origin_list)
        if claim is not None:
            out.append(claim)
    return out


_LISTS = re.compile(
    r":|—|–|\(\d|\b(?:including|of whom|of them|of these|among them|namely|comprising|respectively|in all)\b", re.I
)


def settle(words: str, base: Claim, parts: list[Claim]) -> Claim:
    """The total beside its shares: two coordinated figures ("12 in A and 5 in B") are no parts; a list's total has all its places.

    Changes `parts` in place (their `part_of`) and gives the total with the places it keeps.
    """
    key = main_key(base)
    placed = [c for c in parts if c.part_of == -1 and c.kind == base.kind and c.places != base.places]
    if key is None or not placed or base.kind == "route":
        return base
    total, told = base.counts[key].best or 0, sum(c.counts[key].best or 0 for c in placed if key in c.counts)
    own = {p.place.id for c in placed for p in c.places}
    rest = tuple(p for p in base.places if p.place.id not in own)
    if told == total or _LISTS.search(words):
        if not rest and base.places:  # the total took its first share's place
            return replace(base, places=tuple({p.place.id: p for c in placed for p in c.places}.values()))
        return base
    for i, c in enumerate(parts):
        if c in placed:
            parts[i] = replace(c, part_of=None)
    return replace(base, places=rest) if rest else base


def peoples(words: str, base: Claim, parts: list[Claim]) -> tuple[Claim, list[Claim]]:
    """The total with the peoples that its own words tell apart, and the parts that are left.

    "Four suspects, two of them Syrians, were rounded up": one operation, whose total says who they were, with no part
    told for itself.  A list behind a colon and the statistics of a year (hundreds) keep their parts.
    """
    key = main_key(base)
    if base.kind != "arrest" or key is None or ":" in words or (base.counts[key].best or 0) >= ONE_OPERATION:
        return base, parts
    told = [
        c for c in parts if c.nationalities != base.nationalities and c.places == base.places and c.date == base.date
    ]
    if not told:
        return base, parts
    named = dict.fromkeys([*base.nationalities, *(n for c in told for n in c.nationalities)])
    return replace(base, nationalities=tuple(named)), [c for c in parts if c not in told]


def _share(
    view: View,
    base: Claim,
    key: str,
    q: Quantity,
    total: int | None,
    ctx: Context,
    same_sentence: bool,
    origin_list: bool,
) -> Claim | None:
    text = view.text
    smaller = total is None or (q.number.best or 0) < total
    place, gapped = _place_of(view, q, base)
    when = _date_of(view, q)
    if gapped and when is None and not same_sentence:
        return None
    sibling = (
        not smaller
        and same_sentence
        and not gapped
        and place is not None
        and base.kind == "arrest"
        and _ANOTHER.search(text, max(view.sentence.start, q.start - 30), place.start) is not None
    )  # "three in Almaty, and in June five more in Astana"
    if any(q.end <= f.start < (place.start if place else when.start if when else q.end) for f in view.frames):
        return None
    counts = {key: q.count()}
    spans = {key: (q.start, q.end)}
    if place is not None and (smaller or gapped or sibling):
        places = _acting(base, place) if gapped else _placed(base, place, view, origin_list)
        if places is None:
            return None
        return _made(
            base,
            q,
            counts,
            spans,
            min(q.start, place.start),
            max(q.end, place.end),
            places=places,
            part=None if gapped or sibling or _RECEIVER.match(text, place.end) else -1,
            when=when,
            ctx=ctx,
        )
    if q.indefinite:
        return None
    if when is not None and (same_sentence or smaller):
        part = -1 if smaller and _within(when, base) else None
        return _made(base, q, counts, spans, q.start, when.end, when=when, part=part, ctx=ctx)
    if q.nationalities and smaller and tuple(q.nationalities) != base.nationalities and len(q.nationalities) == 1:
        return _made(base, q, counts, spans, q.start, q.end, nationalities=q.nationalities, part=-1, ctx=ctx)
    return None


def _place_of(view: View, q: Quantity, base: Claim) -> tuple[PlaceRef | None, bool]:
    """The place a figure is set apart by, and whether the place acts in the words that the verb is left out of."""
    text = view.text
    behind = (
        r
        for r in view.places
        if q.end <= r.start <= q.end + 40 and not r.demonym and not r.belongs and _BETWEEN.match(text[q.end : r.start])
    )
    ahead = (
        r
        for r in reversed(view.places)
        if r.end <= q.start <= r.end + 16
        and not r.demonym
        and (
            _LEAD.match(text[r.end : q.start])
            or (
                r.prep == "in"
                and q.category == "bare"
                and text[r.end : q.start] == " "
                and _LISTED.search(text, max(view.sentence.start, r.start - 12), r.start)
            )
        )  # "…, in Ankara 16 and in Kayseri 8"
    )
    place = next(behind, None) or next(ahead, None)
    if place is None and base.kind == "route":
        place = next((r for r in view.places if r.end <= q.start and _FOLLOWED.match(text[r.end : q.start])), None)
    if place is not None or base.kind == "incident":
        return place, False
    acting = next(
        (
            r
            for r in reversed(view.places)
            if r.end <= q.start <= r.end + 22
            and not r.prep
            and r.place.precision == "country"
            and not r.demonym
            and _GAP.fullmatch(text[r.end : q.start])
            and re.search(r"(?:[,;]|\band|\bwhile)\s+(?:the\s+)?$", text[view.sentence.start : r.start], re.I)
        ),
        None,
    )  # "Iran expelled 1.2 million Afghans in 2024, Pakistan a further 300,000"
    return acting, acting is not None


def _acting(base: Claim, r: PlaceRef) -> tuple[ClaimPlace, ...] | None:
    """The places of a claim like the base in which another country acts."""
    role: Role = "location"
    if base.kind == "route":
        came = any(p.role == "destination" and p.place.precision == "country" for p in base.places)
        if base.subkind not in ("deportation", "repatriation") and not (base.subkind == "border_crossing" and came):
            return None
        role = "origin" if base.subkind == "deportation" else "destination"
    own = ClaimPlace(role, r.text, r.start, r.end, r.place, base.kind == "route")
    kept = tuple(p for p in base.places if p.role != role)
    return (own, *kept) if role == "origin" else (*kept, own)


def _date_of(view: View, q: Quantity) -> DateMention | None:
    """The date a figure is set apart by: "in March", "(September: 515)", "in June 2022 five more"."""
    text = view.text
    dated = [d for d in view.dates if d.span.start is not None]
    behind = next(
        (d for d in dated if q.end <= d.start <= q.end + 18 and _BETWEEN.match(text[q.end : d.start])),
        None,
    )
    if behind is not None:
        return behind
    return next(
        (
            d
            for d in reversed(dated)
            if (d.end <= q.start <= d.end + 4 and re.fullmatch(r"\s*[:(]\s*", text[d.end : q.start]))
            or (
                d.end <= q.start <= d.end + 14
                and _GAP.fullmatch(text[d.end : q.start])
                and re.search(r"(?:[,;]|\band|\bbut)\s+(?:in|on|during)\s+$", text[view.sentence.start : d.start], re.I)
            )
        ),
        None,
    )


def _within(d: DateMention, base: Claim) -> bool:
    return (
        base.date.start is not None
        and base.date.end is not None
        and d.span.start is not None
        and base.date.start <= d.span.start <= base.date.end
    )


def _placed(base: Claim, r: PlaceRef, view: View, origin_list: bool) -> tuple[ClaimPlace, ...] | None:
    own = [ClaimPlace("location", r.text, r.start, r.end, r.place)]
    if r.inside >= 0:
        own.append(
            ClaimPlace(
                "location",
                view.places[r.inside].text,
                view.places[r.inside].start,
                view.places[r.inside].end,
                view.places[r.inside].place,
            )
        )
    if base.kind != "route":
        return tuple(own)
    role: Role = "destination"
    ends = {p.place.iso3 for p in base.places if p.role == "destination"}
    starts = {p.place.iso3 for p in base.places if p.role == "origin"}
    if _RECEIVER.match(view.text, r.end):
        own, role = [replace(p, inferred=True) for p in own], "destination"
    elif (
        (base.subkind != "repatriation" and origin_list)
        or r.prep == "from"
        or (
            base.subkind != "repatriation"
            and (
                r.place.iso3 not in ends
                and (r.place.iso3 in starts or (r.prep not in LOCATION_PREPS and r.prep not in _TOWARDS))
            )
        )
    ):
        role = "origin"
    moved = [replace(p, role=role) for p in own]
    kept = [p for p in base.places if p.role != role]
    return tuple(moved + kept) if role == "origin" else tuple(kept + moved)


def _made(
    base: Claim,
    q: Quantity,
    counts: dict[str, Count],
    spans: dict[str, tuple[int, int]],
    start: int,
    end: int,
    *,
    ctx: Context,
    places: tuple[ClaimPlace, ...] | None = None,
    when: DateMention | None = None,
    nationalities: Sequence[str] | None = None,
    part: int | None = None,
) -> Claim:
    places = base.places if places is None else places
    if nationalities is not None and base.kind == "route":
        places = tuple(p for p in places if not (p.role == "origin" and p.inferred))
    return replace(
        base,
        start=start,
        end=end,
        counts=counts,
        count_spans=spans,
        places=places,
        part_of=part,
        date=applied(when, ctx) if when is not None else base.date,
        date_span=(when.start, when.end) if when is not None else base.date_span,
        nationalities=tuple(nationalities) if nationalities is not None else base.nationalities,
        confidence=max(0.3, base.confidence - 0.1),
        rule=base.rule.rsplit("+", 1)[0] + "+share",
    )


__all__ = ["main_key", "peoples", "settle", "shares"]
