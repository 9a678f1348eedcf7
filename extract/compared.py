"""Figures of another period beside a counted claim: "against 1,705 a year before", "In 2023 there were 78".

`compared` takes a sentence without a verb of its own kind and the claim counted before; gives claims like it with the
other period's figure.  Figures compared within the claim's own sentence are `shares`' work.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extract.dates import Context, applied
from extract.schema import Claim, ClaimPlace
from extract.shares import main_key
from extract.view import View

#: Words that say a figure is one of the same sort.
_SAME_SORT = re.compile(
    r"\b(?:figure|number|total|tally|compar(?:es?|ed|ison)|against|there (?:were|had been|was)|such|it (?:was|had been|stood)|"
    r"up from|down from|by (?:the )?end of|so far)\b",
    re.I,
)
#: "bringing to about 1,150 the number expelled since January"
_SUM = re.compile(
    r"\b(?:bringing|brings|brought|taking|takes|raising|raises)\b[^.;]{0,70}\b(?:total|number|tally|figure)\b", re.I
)


def compared(view: View, base: Claim, ctx: Context) -> list[Claim]:
    """Claims like `base` for the periods whose figures this sentence gives."""
    key = main_key(base)
    if key is None or base.kind == "incident" or base.certainty == "hypothetical" or view.sentence.heading:
        return []
    if not _SAME_SORT.search(view.words) or any(not r.demonym and r.literal for r in view.places):
        return []
    out = []
    for q in view.quantities:
        if q.category not in ("bare", "person") and not (
            q.category == "other" and q.head.startswith(("arrest", "such"))
        ):
            continue
        near = [d for d in view.dates if d.span.start is not None and abs(d.start - q.end) < 60]
        when = min(near, key=lambda d: abs(d.start - q.end), default=None)
        if when is None or q.indefinite or applied(when, ctx) == base.date:
            continue
        out.append(
            replace(
                base,
                start=min(q.start, when.start),
                end=max(q.end, when.end),
                counts={key: q.count()},
                count_spans={key: (q.start, q.end)},
                date=applied(when, ctx),
                date_span=(when.start, when.end),
                part_of=None,
                confidence=max(0.3, base.confidence - 0.15),
                rule=base.rule.rsplit("+", 1)[0] + "+share",
            )
        )
    return out


def toll_elsewhere(view: View, base: Claim, ctx: Context) -> Claim | None:
    """ "In Kerman, on 3 January, more than 90.": another attack of those a paragraph lists, its verb left out."""
    if base.kind != "incident" or "killed" not in base.counts or view.frames or view.sentence.heading:
        return None
    places = [r for r in view.places if r.prep and not r.demonym and r.end <= view.opening]
    when = next((d for d in view.dates if d.end <= view.opening and d.span.start is not None), None)
    q = next((q for q in view.quantities if q.start >= view.opening and not q.category.startswith("thing")), None)
    if not places or when is None or q is None or q.category == "other":
        return None
    between, behind = view.text[view.opening : q.start], view.text[q.end : view.sentence.end]
    if re.search(r"\w", between) or len(re.findall(r"\w+", behind)) > 2:
        return None
    return replace(
        base,
        start=min(places[0].start, when.start),
        end=q.end,
        counts={"killed": q.count()},
        count_spans={"killed": (q.start, q.end)},
        places=tuple(ClaimPlace("location", r.text, r.start, r.end, r.place) for r in places),
        date=applied(when, ctx),
        date_span=(when.start, when.end),
        nationalities=(),
        part_of=None,
        confidence=max(0.3, base.confidence - 0.15),
        rule=base.rule.rsplit("+", 1)[0] + "+share",
    )


def summed(view: View, base: Claim, taken: set[int], ctx: Context) -> Claim | None:
    """The running total that a claim's sentence ends with: "…, bringing to 1,150 the number expelled since January"."""
    key, m = main_key(base), _SUM.search(view.words)
    if key is None or m is None or base.kind == "incident":
        return None
    at = view.sentence.start + m.start()
    q = next(
        (q for q in view.quantities if q.start > at and q.start not in taken and not q.category.startswith("thing")),
        None,
    )
    when = next((d for d in reversed(view.dates) if d.start > at and d.span.start is not None), None)
    if q is None or when is None or (q.number.best or 0) <= (base.counts[key].best or 0):
        return None
    return replace(
        base,
        start=min(q.start, at),
        end=max(q.end, when.end),
        counts={key: q.count()},
        count_spans={key: (q.start, q.end)},
        date=applied(when, ctx),
        date_span=(when.start, when.end),
        part_of=None,
        confidence=max(0.3, base.confidence - 0.15),
        rule=base.rule.rsplit("+", 1)[0] + "+share",
    )


__all__ = ["compared", "summed", "toll_elsewhere"]
