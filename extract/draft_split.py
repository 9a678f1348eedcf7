"""One draft that tells of several events ("attacks in A and B", "12, five and two respectively") becomes several; things are counted apart."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.draft import Draft
from extract.schema import Count
from extract.view import View
from extract.where import PlaceRef

_THINGS = {"arrest": ("searches", "operations"), "plot": ("plots", "attempts")}


def count_things(view: View, drafts: list[Draft]) -> None:
    """Searches and operations beside arrests, plots and attempts: counted under their own keys, never as people."""
    for q in view.quantities:
        key = q.category.removeprefix("thing:")
        tail = view.text[q.number.end : q.number.end + 42].lower()
        if key == "cases" and re.match(r"\s+cases? of (?:terrorist |terror |planned )?(?:plots?|attacks?)", tail):
            key = "plots"
        elif re.match(r"\s+(?:cases? )?of attempted|\s+attempted (?:attack|terror)|\s+attempts?\b", tail):
            key = "attempts"
        elif re.match(r"\s+(?:[\w-]+ ){0,2}(?:house )?(?:searches|search warrants)", tail):
            key = "searches"
        for d in drafts:
            if key in _THINGS.get("plot" if d.subkind == "plot" else d.kind, ()) and key not in d.counts:
                d.counts[key] = (q.count(), q.start, q.end)
                break


def _copy(d: Draft, places: list[PlaceRef], counts: dict[str, tuple[Count, int, int]]) -> Draft:
    return replace(
        d, places=places, counts=counts, nationalities=list(d.nationalities), groups=list(d.groups), used=set(d.used)
    )


def split_places(view: View, d: Draft) -> list[Draft]:
    """ "attacks in A, B and C" are three events; their joint toll belongs to none of them."""
    f = d.frames[0]
    heads = [p for p in d.places if p.chain >= 0 and not p.demonym]
    inner = {view.places[p.inside].start for p in heads if p.inside >= 0}
    heads = [p for p in heads if p.start not in inner]
    several = (
        any(x.plural or re.search(r"\b(?:plots|attacks|bombings|events)\b", x.text.lower()) for x in d.frames)
        or d.subkind == "threat"
    )
    if d.subkind == "threat" and len(d.places) > 1:
        return [_copy(d, [p], {}) for p in d.places]
    if d.kind != "incident" or not several or len(heads) < 2 or len({p.chain for p in heads}) != 1:
        return [d]
    if d.counts and d.subkind == "attack" and any(k in d.counts for k in ("plots", "attempts")):
        return [d]
    if (
        d.subkind == "plot"
        and f.text.lower() not in ("attacks", "plots")
        and not any(x.text.lower().endswith("attacks") for x in d.frames)
    ):
        return [d]
    out = []
    for p in heads:
        own = [p] + ([view.places[p.inside]] if p.inside >= 0 else [])
        out.append(_copy(d, own, {}))
    return out


def split_respectively(view: View, drafts: list[Draft]) -> list[Draft]:
    if "respectively" not in view.words.lower():
        return drafts
    out: list[Draft] = []
    for d in drafts:
        heads = [p for p in d.places if not p.demonym and p.inside < 0]
        listed = [p for p in heads if p.chain >= 0]  # "Police in Turkey … in Izmir, Bursa and Konya": the list only
        heads = listed if len(listed) >= 2 else heads
        numbers = [q for q in view.quantities if q.category in ("person", "bare")]
        if (
            len(numbers) == len(heads) + 1
            and numbers
            and sum(q.number.best or 0 for q in numbers[1:]) == numbers[0].number.best
        ):
            numbers = numbers[1:]  # "19 were held in A, B and C: 12, five and two respectively"
        if d.kind == "arrest" and len(heads) >= 2 and len(heads) == len(numbers):
            for p, q in zip(heads, numbers, strict=True):
                out.append(_copy(d, [p], {"arrested": (q.count(), q.start, q.end)}))
        else:
            out.append(d)
    return out


__all__ = ["count_things", "split_places", "split_respectively"]
