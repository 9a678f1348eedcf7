"""Repeats within one document: headline, summary and body tell one event; it stays one claim.

`repeats` decides, `joined` keeps the earlier claim with what only the repeat says, `link_shares` ties shares to their total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.schema import Claim, Count, DateSpan

#: Claims looked back over for a repeat, and for a total (which stands at most 1,200 characters before): no article has
#: as many between the two, and a text of a hundred thousand claims must not be compared pair by pair.
LOOK_BACK = 300
_TOTAL_BACK = 200


def _overlap(a: DateSpan, b: DateSpan) -> bool | None:
    """Whether two intervals meet; None where one of them is unknown."""
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return None
    return a.start <= b.end and b.start <= a.end


def repeats(old: Claim, new: Claim) -> bool:
    """Whether a later claim of the document tells the same event again."""
    if old.kind != new.kind or (old.certainty == "hypothetical") != (new.certainty == "hypothetical"):
        return False
    when = _overlap(old.date, new.date)
    if when is False:
        return False
    for k in old.counts.keys() & new.counts.keys():
        if old.counts[k].best != new.counts[k].best:
            return False
    same_count = any(
        old.counts[k].best == new.counts[k].best and (old.counts[k].best or 0) > 1
        for k in old.counts.keys() & new.counts.keys()
    )
    if old.kind == "route":

        def ends(c: Claim, role: str) -> set[str]:
            return {p.place.iso3 or p.place.id for p in c.places if p.role == role}

        same = ends(old, "origin") == ends(new, "origin") and ends(old, "destination") == ends(new, "destination")
        if not same:
            return False
        if same_count:
            return True
        return (
            not old.counts
            and not new.counts
            and (when is None or old.date == new.date)
            and {p.place.id for p in old.places} >= {p.place.id for p in new.places}
        )
    a, b = ({p.place.id: p.place for p in c.places if p.start is not None} for c in (old, new))
    fine = [i for i in a.keys() & b.keys() if a[i].precision in ("site", "city")]
    if old.kind == "incident":
        if not new.counts and new.date.start is None and fine:
            return True
        if any(a[i].precision == "site" for i in fine) and (old.subkind == "plot") == (new.subkind == "plot"):
            return True
        return (
            bool(fine)
            and when is True
            and (old.date.precision == "day" or new.date.precision == "day" or same_count)
            and (old.subkind == "plot") == (new.subkind == "plot")
        )
    return bool(fine or {p.iso3 for p in a.values()} & {p.iso3 for p in b.values()}) and same_count


def _contains(whole: Claim, part: Claim) -> bool:
    """Whether a figure told shortly before holds a later one: same kind and count, a country and a place in it, a period within."""
    if (
        whole.kind != part.kind
        or whole.kind == "incident"
        or whole.part_of is not None
        or part.start - whole.end > 1200
        or "hypothetical" in (whole.certainty, part.certainty)
    ):
        return False
    keys = [
        k
        for k in whole.counts.keys() & part.counts.keys()
        if (whole.counts[k].best or 0) > (part.counts[k].best or 0) > 0
    ]
    if (
        not keys
        or whole.date.start is None
        or whole.date.end is None
        or part.date.start is None
        or part.date.end is None
    ):
        return False
    if not (
        whole.date.start <= part.date.start and part.date.end <= whole.date.end and whole.date.end > whole.date.start
    ):
        return False
    if whole.kind == "route":
        return False
    lands = {p.place.iso3 for p in whole.places if p.place.precision == "country"}
    return (
        bool(lands)
        and bool(part.places)
        and all(p.place.iso3 in lands for p in part.places)
        and any(p.place.precision in ("admin1", "city", "site") for p in part.places)
    )


_SHARP = {"day": 0, "month": 1, "season": 2, "half": 2, "year": 3, "unknown": 4}


def joined(old: Claim, new: Claim) -> Claim:
    """The earlier claim with what only the repeat says."""
    date, span = old.date, old.date_span
    if _SHARP[new.date.precision] < _SHARP[old.date.precision] and new.date_span is not None:
        date, span = new.date, new.date_span
    counts: dict[str, Count] = {**new.counts, **old.counts}
    spans = {**new.count_spans, **old.count_spans}
    known = {p.place.id for p in old.places}
    places = old.places
    if old.kind != "route":
        places = old.places + tuple(p for p in new.places if p.place.id not in known and not p.inferred)
    return replace(
        old,
        date=date,
        date_span=span,
        counts=counts,
        count_spans=spans,
        places=places,
        nationalities=tuple(dict.fromkeys(old.nationalities + new.nationalities)),
        groups=tuple(dict.fromkeys(old.groups + new.groups)),
        confidence=min(0.97, old.confidence + 0.05),
    )


def link_shares(claims: Sequence[Claim]) -> list[Claim]:
    """Links shares to the total told before them."""
    out: list[Claim] = []
    for i, c in enumerate(claims):
        whole = c.part_of
        if whole is None:
            whole = next((k for k in range(i - 1, max(-1, i - 1 - _TOTAL_BACK), -1) if _contains(claims[k], c)), None)
        if whole == -1:
            whole = next(
                (
                    k
                    for k in range(i - 1, -1, -1)
                    if claims[k].kind == c.kind and claims[k].part_of is None and claims[k].counts
                ),
                None,
            )
        out.append(replace(c, part_of=whole))
    return out


__all__ = ["LOOK_BACK", "joined", "link_shares", "repeats"]
