"""Routes of one sentence: verbs of motion with their origin, transit and destination, in order of travel.

Takes a `View`; gives `RouteDraft`s.  A nationality is never a stop here; `route_claims` may add it as an inferred origin,
marked as such.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from extract.attach import nearest_date
from extract.binding import bind
from extract.dates import DateMention
from extract.frames import Frame, separation
from extract.numbers import Number
from extract.quantities import Quantity
from extract.route_frames import about_people, hoped, same_journey, split_point
from extract.route_stops import DEST, TRANSIT, plain_role, stops, unplaced_ends
from extract.schema import Certainty, Count, Role
from extract.view import View
from extract.where import PlaceRef

_MODE = (
    (
        "sea",
        re.compile(r"\b(?:boat|sea|sail\w*|pirogue|dinghy|vessel|ferry|ashore|ship|swam|swim|raft|embark\w*)\b", re.I),
    ),
    ("air", re.compile(r"\b(?:fl[yi]\w*|flew|flown|flight|plane|airport|charter)\b", re.I)),
    (
        "land",
        re.compile(r"\b(?:bus|train|overland|truck|lorry|on foot|walk\w*|car|coach|minibus|drove|driven|road)\b", re.I),
    ),
)


@dataclass
class RouteDraft:
    """One journey or flow in the making; `stops` in order of travel."""

    subkind: str
    frames: list[Frame]
    start: int
    end: int
    stops: list[tuple[Role, PlaceRef]] = field(default_factory=list)
    date: DateMention | None = None
    after: DateMention | None = None  # the day of the leg before, where it has none of its own
    people: Quantity | None = None
    key: str = "people"
    nationalities: list[str] = field(default_factory=list)
    agents: list[PlaceRef] = field(default_factory=list)
    certainty: Certainty = "reported"
    mode: str | None = None
    part: bool = False
    unplaced: frozenset[Role] = frozenset()  # ends that are named, by names without a place
    rule: str = ""

    def count(self) -> dict[str, tuple[Count, int, int]]:
        """Its counts by key, with offsets."""
        return {self.key: (self.people.count(), self.people.start, self.people.end)} if self.people else {}


def routes_of(view: View) -> list[RouteDraft]:
    """Journeys and flows that one sentence states, in reading order."""
    frames = [f for f in view.frames if f.kind == "route" and not f.negated and about_people(view, f)]
    wished = [f for f in frames if hoped(view, f)]
    real = [f for f in frames if f not in wished]
    wished = wished if real else []
    frames = real or frames  # "crossed to Yemen hoping to reach Saudi Arabia": the hope adds no stop
    groups: list[list[Frame]] = []
    for f in frames:
        if groups and same_journey(view, groups[-1], f):
            groups[-1].append(f)
        else:
            groups.append([f])
    out: list[RouteDraft] = []
    for i, group in enumerate(groups):
        lo = view.sentence.start if i == 0 else split_point(view, groups[i - 1][-1], group[0])
        lo = max([lo] + [at for at, w in view.bounds if w >= 3.0 and lo < at < group[0].start and view.text[at] == ";"])
        hi = view.sentence.end if i == len(groups) - 1 else split_point(view, group[-1], groups[i + 1][0])
        hi = min([hi] + [f.start for f in wished if f.start > group[-1].end])
        draft = _route(view, group, lo, hi)
        if draft is not None and draft.date is not None and _of_leg_before(draft.date, groups[:i], lo):
            draft = replace(draft, date=None, after=draft.date)
        if draft is not None:
            out += [way for one in _by_origin(view, draft, lo, group[0]) for way in _two_ways(view, one)]
    return out


def _of_leg_before(d: DateMention, earlier: list[list[Frame]], lo: int) -> bool:
    """Whether a date stands with an earlier leg of the sentence: "flew to Istanbul on 18 October and then crossed into Iran"."""
    return bool(earlier) and earlier[0][0].start < d.start < lo


def _by_origin(view: View, d: RouteDraft, lo: int, f: Frame) -> list[RouteDraft]:
    """ "17,000 people from Uzbekistan, 7,000 from Kyrgyzstan and 3,000 from Tajikistan crossed …": one flow each."""
    pairs = []
    for q in view.quantities:
        if lo <= q.start and q.end <= f.start and q.category in ("person", "bare") and not q.indefinite:
            r = next(
                (r for r in view.places if q.end <= r.start <= q.end + 12 and r.prep == "from" and not r.demonym), None
            )
            if r is not None:
                pairs.append((q, r))
    if len(pairs) < 2:
        return [d]
    others = [(role, r) for role, r in d.stops if r not in {p for _, p in pairs}]
    return [
        replace(d, people=q, stops=[("origin", r), *others], start=min(q.start, r.start), end=d.end, nationalities=[])
        for q, r in pairs
    ]


def _route(view: View, group: list[Frame], lo: int, hi: int) -> RouteDraft | None:
    f = group[0]
    main = next((x for x in group if x.rule.frame == "moved"), f)
    subkind, key = main.rule.subkind, main.rule.count
    if subkind == "travel" and main.rule.frame == "moved" and re.search(r"\b(?:home|back(?! to))\b", main.text, re.I):
        subkind, key = "repatriation", "returned"  # "have been brought back from the camps"
    d = RouteDraft(subkind, group, min(x.start for x in group), max(x.end for x in group), rule=main.rule.id)
    d.stops = stops(view, group, lo, hi)
    d.unplaced = unplaced_ends(view, lo, hi)
    d.agents = [
        r
        for r in view.places
        if r.end <= main.start
        and r.start >= lo
        and not r.prep
        and (r.authority or not r.demonym)
        and (main.rule.frame == "moved")
        and not r.pointed
    ]
    d.agents += [r for r in view.places if r.prep == "by" and r.start > main.end and main.rule.frame == "moved"]
    d.stops = [(role, r) for role, r in d.stops if r not in d.agents]
    roles = {role for role, _ in d.stops}
    if main.rule.frame == "moved" and "destination" not in roles:
        for r in view.places:  # "handed over to the Moroccan authorities"
            if (
                r.demonym
                and r.authority
                and r.start > main.start
                and re.search(r"\bto\s+(?:the\s+)?$", view.text[max(view.sentence.start, r.start - 8) : r.start])
            ):
                d.stops.append(("destination", r))
    tally = bool(TALLIES.fullmatch(f.text))
    if tally and "destination" not in roles:
        d.stops += [("destination", r) for r in view.places if _counts_them(view, r, f)]
        roles = {role for role, _ in d.stops}
    if not roles and not d.stops and subkind not in ("deportation", "repatriation") and not tally:
        return None
    d.date = nearest_date(view, f)
    side = "auto" if main.rule.frame == "moved" else "left"
    d.people = bind(view, main, set(), side=side, reach=4.5)
    counted = next((q for q in view.quantities if tally and q.number.end <= f.start <= q.number.end + 14), None)
    if counted is not None:
        d.people = counted  # "2,870 attempts to cross the border"
    elif tally and (d.people is None or d.people.end < f.start - 3):
        right = [
            q
            for q in view.quantities
            if f.end <= q.start <= f.end + (110 if _CHANGED.search(view.text, f.end, q.start) else 45)
            and q.category in ("bare", "person")
            and not any(f.end <= x.start < q.start for x in view.frames if x not in group)
        ]
        d.people = right[0] if right else (d.people if d.people and d.people.end >= f.start - 3 else None)
        if d.people is None:
            return None
    adjacent = next(
        (q for q in view.quantities if main.end <= q.start <= main.end + 3 and q.category == "person"), None
    )
    if adjacent is not None and re.match(r"fl[ye]|drove|drive|bus|took|brought|led|walk", main.text, re.I):
        d.people = adjacent
    if d.people is None and main.rule.frame != "moved":
        d.people = bind(view, main, set(), side="right", reach=1.3)
    if d.people is None and main.rule.frame == "moved" and main.noun:
        after = [
            q
            for q in view.quantities
            if main.end <= q.start <= main.end + 90
            and q.category in ("bare", "person")
            and view.text[: q.start].rstrip().endswith(":")
            and not any(main.end <= x.start < q.start for x in view.frames)
        ]
        d.people = after[0] if after else None
    if d.people is None and re.search(
        r"\bwho\s+(?:\w+\s+){0,3}$", view.text[max(lo, main.start - 40) : main.start], re.I
    ):
        left = [q for q in view.quantities if q.end <= main.start and q.category == "person"]
        d.people = left[-1] if left else None
    if d.people is None:
        d.people = _number_at(view, main) or _pronoun(view, main)
    if (
        re.match(r"(?:liv|work)", f.text.lower())
        and len(group) == 1
        and ((d.people.number.best or 0) if d.people else 0) < 100
    ):
        return None  # where somebody lives or works is no journey, unless it is counted as a flow
    if key:
        d.key = key
    if (
        re.search(
            r"\b(?:attempting|trying|tried to make|making)\s+the\s+$", view.text[max(lo, f.start - 22) : f.start], re.I
        )
        and len({r for r, _ in d.stops}) < 2
    ):
        return None
    d.nationalities = list(d.people.nationalities) if d.people else []
    for r in view.places:
        if r.demonym and lo - 1 <= r.start < hi and not r.authority and view.text[r.end : r.end + 1] != "-":
            token = r.place.iso3 or (
                "XCA" if "central" in r.place.name.lower() and "asia" in r.place.name.lower() else None
            )
            other = any(
                q.start <= r.start < q.end and not q.indefinite and (d.people is None or q.start != d.people.start)
                for q in view.quantities
            )
            if token and not other and token not in d.nationalities and (not d.nationalities or r.end <= main.start):
                d.nationalities.append(token)
    if any(x.hypothetical or x.conditional or x.infinitive for x in group) and not any(
        not (x.hypothetical or x.conditional or x.infinitive) for x in group
    ):
        d.certainty = "hypothetical"
    elif any(x.alleged for x in group):
        d.certainty = "alleged"
    words = view.text[lo:hi]
    d.mode = next((name for name, pattern in _MODE if pattern.search(words)), None)
    if d.subkind == "travel":
        d.subkind = _refine(words, d)
    if d.people is not None:
        d.start = min(d.start, d.people.start)
        d.end = max(d.end, d.people.end)
    for _, r in d.stops:
        d.start, d.end = min(d.start, r.start), max(d.end, r.end)
    return d


_REPORTS = re.compile(
    r"(?:\s+\w+){0,4}?\s+(?:has |had |have )?(?:reported|recorded|registered|counted|logged|noted|saw|seen)\b", re.I
)


def _counts_them(view: View, r: PlaceRef, f: Frame) -> bool:
    """ "Latvia reported 803 crossings", "1,114 detections in Saxony": where people are counted is where they came."""
    if r.demonym or r.belongs:
        return False
    if r.end <= f.start and not r.prep and r.place.precision == "country":
        return _REPORTS.match(view.text, r.end, f.start) is not None
    return (
        r.start >= f.end and r.prep == "in" and separation(view.bounds, f.end, r.start) < 1.0 and r.start - f.end < 40
    )


#: Nouns of a border's or a coast's statistics: the figure beside them counts people who came.
TALLIES = re.compile(
    r"encounters|arrivals|(?:irregular |illegal |border |attempted |prevented )?crossings|(?:irregular|illegal) entries"
    r"|attempts to (?:cross|enter)|crossing attempts|detections",
    re.I,
)
#: "Encounters with nationals of … at the border fell from 3,600 …"
_CHANGED = re.compile(
    r"\b(?:fell|rose|dropped|climbed|declined|increased|decreased|grew|jumped|went|came|amounted|totalled|totaled|numbered|reached|were|doubled)\b"
    r"(?:\s+(?:up|down|from|to|by|at|about|some|sharply|slightly))*\s+$",
    re.I,
)
_NUMBER_OF = re.compile(r"\b(?:number|total|figure|tally) of\b[^.;]{0,60}$", re.I)
_PUT_AT = re.compile(r"\b(?:at|to|was|were|is|stood at|reached|exceeded|totalled)\s+$", re.I)


def _number_at(view: View, f: Frame) -> Quantity | None:
    """ "put the number of citizens who had left for Syria at 1,899": the figure behind."""
    if not _NUMBER_OF.search(view.text, view.sentence.start, f.start):
        return None
    return next(
        (
            q
            for q in view.quantities
            if q.start > f.end
            and q.category in ("bare", "person")
            and _PUT_AT.search(
                re.sub(r"(?:about|some|around|more than|nearly|over)\s+$", "", view.text[f.end : q.start])
            )
        ),
        None,
    )


def _pronoun(view: View, f: Frame) -> Quantity | None:
    """ "He had driven there from Nazran": one person."""
    left = [t for t in view.toks if t.end <= f.start][-5:]
    t = next((t for t in reversed(left) if t.lower in ("he", "she")), None)
    if (
        t is None
        and f.passive is False
        and left
        and re.search(
            r"\b(?:one of|the (?:man|woman|elder|younger|former|latter)|another)\b",
            view.text[max(view.sentence.start, f.start - 60) : f.start],
            re.I,
        )
        and not re.search(r"\b(?:they|were|have|are)\b", view.text[max(view.sentence.start, f.start - 40) : f.start])
    ):
        t = left[-1]
    return Quantity(t.start, t.end, Number(t.start, t.end, 1, 1, 1), "", "person", (), True) if t is not None else None


def _refine(words: str, d: RouteDraft) -> str:
    if re.search(r"\bborder|\bcross(?:ed|ing|es)?\b|\bfrontier|\billegally|\birregular", words, re.I):
        return "border_crossing"
    if d.mode == "sea":
        return "sea_crossing"
    if re.search(r"\bsmuggl|\btraffick", words, re.I):
        return "smuggling"
    if re.search(r"\breturned\b|\bwent home\b", words, re.I):
        return "return"
    return "travel"


def _two_ways(view: View, d: RouteDraft) -> list[RouteDraft]:
    """ "to Spain via Morocco and to Italy via Libya": two ways, not one."""
    line = sorted((r for _, r in d.stops), key=lambda r: r.start)
    for i in range(1, len(line)):
        a, b = line[i - 1], line[i]
        if (
            a.prep in TRANSIT
            and b.prep in DEST
            and re.fullmatch(r"\s*,?\s*and\s+(?:in)?to\s+(?:the\s+)?", view.text[a.end : b.start])
        ) and any(r.prep in DEST for r in line[:i]):
            ways = [line[:i], line[i:]]
            made = [[(plain_role(r), r) for r in way] for way in ways]
            return [
                replace(
                    d,
                    stops=sorted(m, key=lambda s: ("origin", "transit", "destination", "location").index(s[0])),
                    start=m[0][1].start,
                    end=max(r.end for _, r in m),
                )
                for m in made
            ]
    return [d]


__all__ = ["RouteDraft", "routes_of"]
