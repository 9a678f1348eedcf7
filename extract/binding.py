"""Which figure a trigger counts: object of an active verb, subject of a passive one, "arrest of N", "N arrests"."""

from __future__ import annotations

import re

from extract.frames import Frame, separation
from extract.numbers import Number
from extract.quantities import Quantity, add
from extract.view import View

_JOIN = re.compile(r"\s*(?:,\s*)?(?:and|along with|as well as|together with|plus)\s+", re.I)


def _person_quantities(view: View) -> list[Quantity]:
    out: list[Quantity] = []
    for i, q in enumerate(view.quantities):
        if _in_series(view, out, i):
            out[-1] = add(out[-1], q)  # "21 Malians, seven Nigeriens and two Libyans"
            continue
        if q.category in ("person", "bare") or q.category == "thing:households":
            if (
                out
                and q.category == "person"
                and out[-1].category == "person"
                and _JOIN.fullmatch(view.text[out[-1].end : q.start])
            ):
                out[-1] = add(out[-1], q)
                continue
            out.append(q)
        elif (
            out
            and q.of_them
            and q.category == "other"
            and out[-1].category == "person"
            and _JOIN.fullmatch(view.text[out[-1].end : q.start])
        ):
            out[-1] = add(out[-1], q)  # "a teacher and four of her pupils"
    return out


def _in_series(view: View, out: list[Quantity], i: int) -> bool:
    """Whether quantity i stands between commas in a series of people that ends in "and"; a total and its shares do not."""
    following = view.quantities[i : i + 2]
    if not out or len(following) < 2 or any(q.category != "person" for q in (out[-1], *following)):
        return False
    q, last = following
    return (
        re.fullmatch(r"\s*,\s*", view.text[out[-1].end : q.start]) is not None
        and _JOIN.fullmatch(view.text[q.end : last.start]) is not None
        and (out[-1].number.best or 0) != (q.number.best or 0) + (last.number.best or 0)
        and not re.search(r"\b(?:of|among)\s+(?:the\s+)?$", view.text[max(0, out[-1].start - 12) : out[-1].start], re.I)
    )


#: Counted things behind "kill", "hit" or "seize" that are no people.
_NOT_PEOPLE = frozenset(
    """villages houses homes vehicles cars trucks schools weapons rifles animals camels cows cattle goats sheep buildings shops churches mosques bases posts checkpoints boats provinces districts cities
    towns countries times days weeks months years hours attacks raids operations cases kilograms rounds grenades bombs devices phones computers documents passports properties suspects-vehicles motorcycles motorbikes tents
    incidents clashes stores hectares places locations sites districts regions flats apartments addresses drones missiles rockets shells tonnes""".split()
)
_NOT_COUNTED = re.compile(
    r"\s*(?:%|per cent|percent|km|kilomet|miles|years?|months?|weeks?|days?|hours?|minutes?|times|provinces|cities|countries|districts|boats?|phases|dollars|euros)\b"
)


def bind(view: View, frame: Frame, used: set[int], *, side: str = "auto", reach: float = 5.5) -> Quantity | None:
    """The people a frame counts: object of an active verb, subject of a passive one, after "arrest of", before "arrests"."""
    people = [
        q
        for q in _person_quantities(view)
        if q.start not in used and not _NOT_COUNTED.match(view.text[q.end : q.end + 14])
    ]
    if frame.rule.count in ("killed", "injured", "abducted", "arrested"):
        people = sorted(
            [
                *people,
                *(
                    q
                    for q in view.quantities
                    if q.category == "other"
                    and q.start not in used
                    and re.search(r"[a-z]{3,}s$", q.head)
                    and q.head not in _NOT_PEOPLE
                    and (0 <= q.start - frame.end <= 4 or (frame.passive and 0 <= frame.start - q.end <= 12))
                ),
            ],
            key=lambda q: q.start,
        )
    around = [
        q
        for q in view.quantities
        if q.start not in used
        and q.start < frame.start
        and frame.end <= q.end
        and (
            q.category == "person"
            or frame.rule.count == "arrested"
            or frame.rule.frame == "motion"
            or q.head == frame.text.lower()
        )
    ]
    if around:
        return around[-1]
    people = [
        q
        for i, q in enumerate(people)
        if not (
            i
            and re.search(
                r"\b(?:among them|including|of whom|of them|among whom)\s+(?:\w+\s+)?$",
                view.text[max(view.sentence.start, q.start - 24) : q.start],
                re.I,
            )
            and q.start > people[0].start
        )
    ]
    if not frame.noun and re.match(r"(?:killing|wounding|injuring|leaving|shooting)\b", frame.text, re.I):
        after = [q for q in people if frame.end <= q.start <= frame.end + 12]
        if after:
            return after[0]
    inside = [
        q
        for q in [*people, *(q for q in view.quantities if q.head in ("life", "lives"))]
        if frame.start <= q.start < frame.end
    ]
    if inside:
        return max(inside, key=lambda q: q.number.best or 0)
    left = [q for q in people if q.end <= frame.start]
    right = [q for q in people if q.start >= frame.end]

    def cost(q: Quantity) -> float:
        lo, hi = (q.end, frame.start) if q.end <= frame.start else (frame.end, q.start)
        rivals = sum(1 for f in view.frames if f is not frame and lo <= f.start < hi)
        words = sum(lo <= t.start < hi for t in view.toks)
        c = separation(view.bounds, lo, hi) + 0.1 * words + 0.9 * rivals
        if ";" in view.text[lo:hi]:
            c += 3.0
        if q.category == "bare":
            c += 0.6
        if q.indefinite:
            c += 0.3
        if (
            q.of_them
            and words > 1
            and len(
                [
                    x
                    for x in people
                    if x.start not in (q.start,)
                    and x.category == "person"
                    and (x.end <= frame.start) == (q.end <= frame.start)
                ]
            )
            > 0
        ):
            c += 1.5
        return c

    def pick(options: list[Quantity]) -> tuple[float, Quantity | None]:
        scored = sorted(
            ((cost(q), -q.start if q.end <= frame.start else q.start, q) for q in options), key=lambda x: x[:2]
        )
        return (scored[0][0], scored[0][2]) if scored and scored[0][0] <= reach else (99.0, None)

    if side == "left" or frame.text.endswith("."):
        return pick(left)[1]
    if side == "right":
        return pick(right)[1]
    if (
        frame.noun
        and re.match(r"\s+of\s+(?:a|an|one)\s+[a-z]", view.text[frame.end : frame.end + 12])
        and not [q for q in right if q.start < frame.end + 60]
    ):
        at = frame.end + 4
        return Quantity(at, at + 1, Number(at, at + 1, 1, 1, 1), "", "person", (), True)
    if frame.noun:
        before = [
            q
            for q in left
            if view.text[q.end : frame.start].strip() in ("", "such")
            or (q.head and view.text[q.start : frame.end].endswith(frame.text) and frame.start - q.end < 2)
        ]
        if frame.plural and before:
            return before[-1]
        if re.match(r"\s+of\b|\s+(?:made|carried out|were made)", view.text[frame.end : frame.end + 14]):
            return pick(right)[1]
        return pick([q for q in right if cost(q) < 2.6])[1]
    if frame.passive:
        _c, q = pick(left)
        return q if q is not None else pick([x for x in right if cost(x) < 1.2])[1]
    if frame.rule.frame in ("agent", "motion"):
        return pick(left)[1] or pick([x for x in right if cost(x) < 1.0])[1]
    c1, q1 = pick(right)
    c2, q2 = pick(left)
    bare_participle = (
        bool(re.search(r"(?:ed|en|un|ld|ght)$|\.$|^(?:under|in) ", frame.text.lower()))
        and (not q1 or c2 + 0.2 < c1)
        and c2 < 2.0
    )
    if (
        q2 is not None
        and frame.rule.frame == "patient"
        and any(
            g is not frame and g.rule.frame == "patient" and not g.noun and not g.passive and 0 <= q2.start - g.end <= 4
            for g in view.frames
        )
    ):
        q2, c2, bare_participle = (
            None,
            99.0,
            False,
        )  # "killed 145 people and wounded hundreds": the figure is the other verb's
    if bare_participle:
        return (
            None
            if frame.rule.frame == "patient"
            and q2 is not None
            and any(q2.end <= f.start < frame.start for f in view.frames)
            and frame.start - q2.end > 14
            else q2
        )
    if (
        q1 is None
        and frame.rule.frame == "patient"
        and q2 is not None
        and frame.start - q2.end > 8
        and not bare_participle
    ):
        return None  # "killed 145 people and wounded hundreds": the figure before is another verb's
    return q1 or (q2 if c2 < (4.0 if frame.rule.frame == "moved" else 2.0) else None)


__all__ = ["bind"]
