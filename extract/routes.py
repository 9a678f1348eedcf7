"""Routes of one sentence: verbs of motion with their origin, transit and destination, in order of travel.

Takes a `View`; gives `RouteDraft`s.  A stop's role comes from its preposition ("from", "via", "to") or from the verb that
governs it ("left Sfax", "crossed Niger", "reached Italy").  A nationality is never a stop here; `claims` may add it as an
inferred origin, marked as such.
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
from extract.schema import Certainty, Count, Role
from extract.view import View
from extract.where import PlaceRef

_ORIGIN = frozenset("from leaving left leave fleeing fled flee departing departed out_of".split())
_TRANSIT = frozenset("via through by_way_of across over crossing crossed cross crosses changing_at along past".split())
_DEST = frozenset(
    "to into onto toward towards for reaching reached reach entering entered enter bound_for on_the_way_to on_its_way_to as_far_as".split()
)
_AT = frozenset("in at on near outside inside around off within close_to between".split())
#: Verbs whose "in", "at" or "on" names where the journey ends.
_CUES = re.compile(
    r"\b(?:(?P<o>held|put to sea|set out|set off|embark\w*|boarded|began|begins|camps?|prisons?|detention|left|leaving|fled|fleeing|departed|out of)|(?P<t>stop|stopover|changing|changed|refuell?ed|fuel|spell|stint|stays?|passengers|entered|entry|crossed|cross|slipped|border|frontier|walked|waded|at the)|(?P<d>arriv\w*|land(?:ed|s|ing)?|came ashore|come ashore|ashore|landfall|settl\w+|living|lives?|works?|working|residing|resettl\w*|disembark\w*|jobs|asylum|encounters|arrivals|fight|join\w*|shelters|relatives|friends|family|safety|reached|homes?))\b",
    re.I,
)
_BORDER_WORD = re.compile(r"\b(?:borders?|frontier|crossing|checkpoint|port of entry)\b", re.I)
_PERSON_PRONOUNS = frozenset(
    "group family families party caravan convoy crowd youths he she they who them whom others most many some all several both two three four five six seven eight nine ten another one hundreds thousands dozens".split()
)
#: Verbs that move anything (a rumour, a price): they make a route only with people as their subject.
_LOOSE = frozenset(
    """go goes went gone going come comes came coming move moves moved moving begin begins began begun beginning leave leaves left leaving drive drives drove driven driving pass passes passed
    passing head heads headed heading land lands landed landing reach reaches reached reaching enter enters entered entering return returns returned returning shift shifts shifted shifting walk walks walked ride rode
    arrive arrives arrived depart departs departed escape escapes escaped slip slipped cross crosses crossed crossing fly flies flew flown transit travel travels travelled traveled embark swim set embarked""".split()
)
_VESSEL = re.compile(
    r"\b(?:boat|boats|dinghy|vessel|pirogue|ship|convoy|flight|charter|plane|minibus|bus|truck|lorry|train|car|caravan)s?\b",
    re.I,
)
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
    people: Quantity | None = None
    key: str = "people"
    nationalities: list[str] = field(default_factory=list)
    agents: list[PlaceRef] = field(default_factory=list)
    certainty: Certainty = "reported"
    mode: str | None = None
    part: bool = False
    rule: str = ""

    def count(self) -> dict[str, tuple[Count, int, int]]:
        """Its counts by key, with offsets."""
        return {self.key: (self.people.count(), self.people.start, self.people.end)} if self.people else {}


def routes_of(view: View) -> list[RouteDraft]:
    """Journeys and flows that one sentence states, in reading order."""
    frames = [f for f in view.frames if f.kind == "route" and not f.negated and _about_people(view, f)]
    hoped = [f for f in frames if _hoped(view, f)]
    real = [f for f in frames if f not in hoped]
    hoped = hoped if real else []
    frames = real or frames  # "crossed to Yemen hoping to reach Saudi Arabia": the hope adds no stop
    groups: list[list[Frame]] = []
    for f in frames:
        if groups and _same_journey(view, groups[-1], f):
            groups[-1].append(f)
        else:
            groups.append([f])
    out: list[RouteDraft] = []
    for i, group in enumerate(groups):
        lo = view.sentence.start if i == 0 else _split_point(view, groups[i - 1][-1], group[0])
        lo = max([lo] + [at for at, w in view.bounds if w >= 3.0 and lo < at < group[0].start and view.text[at] == ";"])
        hi = view.sentence.end if i == len(groups) - 1 else _split_point(view, group[-1], groups[i + 1][0])
        hi = min([hi] + [f.start for f in hoped if f.start > group[-1].end])
        draft = _route(view, group, lo, hi)
        if draft is not None:
            out += [way for one in _by_origin(view, draft, lo, group[0]) for way in _two_ways(view, one)]
    return out


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


def _about_people(view: View, f: Frame) -> bool:
    """Whether the verb moves people: the subject (or the object of "deport") is a person, a nationality or a vessel."""
    first = re.split(r"\s", f.text.lower())[0]
    if re.search(
        r"\b(?:few|hardly any|almost none|ought to have|was to have|were to have|supposed to)(?:\s+\w+){0,5}\s+$",
        view.text[max(view.sentence.start, f.start - 50) : f.start],
        re.I,
    ):
        return False
    if first == "reached" and re.match(
        r"\s+by\s+(?:tele)?phone|\s+(?:an?|the)\s+(?:agreement|deal|peak|record|level)",
        view.text[f.end : f.end + 22],
        re.I,
    ):
        return False
    if first in ("walked", "walk", "entered", "burst") and re.match(
        r"\s+(?:in)?to\s+(?:an?|the)\s+(?!(?:country|united|european|territory|city|town)\b)[a-z]",
        view.text[f.end : f.end + 30],
    ):
        return False  # "walked into a concert hall": the way into the scene
    if first == "left" and re.match(
        r"\s+(?:by|dead|behind|wounded|injured|to die|homeless|stranded|with)\b", view.text[f.end : f.end + 12]
    ):
        return False
    if first in ("come", "comes", "live", "lives") and re.match(r"\s+(?:from|in)\b", view.text[f.end : f.end + 6]):
        return False  # "who come from Guinea" says who they are
    if (
        f.rule.needs_person
        and bind(view, f, set(), reach=3.0) is None
        and not re.search(
            r"\b(?:hundreds|thousands|dozens|scores|he|she|they|him|her|them|man|woman|-year-old)\b",
            view.text[max(view.sentence.start, f.start - 90) : f.end],
            re.I,
        )
    ):
        return False
    if (
        f.infinitive
        and f.rule.frame != "moved"
        and first not in ("travel", "cross", "enter", "reach", "fly", "return", "migrate", "work", "gain")
    ):
        return False
    if first not in _LOOSE:
        return True
    if any(f.end <= q.start <= f.end + 3 and q.category == "person" for q in view.quantities) and first not in (
        "left",
        "entered",
        "reached",
        "crossed",
    ):
        return True  # "flew 136 Venezuelans from Monterrey to Caracas"
    left = [t for t in view.toks if t.end <= f.start][-14:]
    if any(t.lower in view.lex.persons or t.lower in _PERSON_PRONOUNS for t in left):
        return True
    if any(r.demonym and r.end <= f.start and not r.authority for r in view.places) or any(
        q.end <= f.start and q.category in ("person", "bare") for q in view.quantities
    ):
        return True
    return bool(_VESSEL.search(view.text[max(view.sentence.start, f.start - 80) : f.start]))


def _hoped(view: View, f: Frame) -> bool:
    """Whether a frame stands under hoping, wanting or planning."""
    return bool(
        re.search(
            r"\b(?:hop(?:e|es|ed|ing)|want(?:s|ed|ing)?|sav(?:e|ed|ing)(?: up)?(?: money)?|wait(?:s|ed|ing)?|plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|aim(?:s|ed|ing)?|wish(?:es|ed|ing)?|dream(?:s|ed|ing)?)\s+(?:of\s+|to\s+)(?:\w+\s+){0,2}$",
            view.text[max(view.sentence.start, f.start - 34) : f.start],
            re.I,
        )
    )


def _same_journey(view: View, group: list[Frame], f: Frame) -> bool:
    last = group[-1]
    words = view.text[last.end : f.start]
    if (
        last.rule.frame == "moved"
        and f.rule.frame == "moved"
        and last.rule.subkind != f.rule.subkind
        and separation(view.bounds, last.end, f.start) >= 1.5
    ):
        return False
    if any(w >= 3.0 for at, w in view.bounds if last.end <= at < f.start):
        return False
    people = [q for q in view.quantities if last.end <= q.start < f.start and q.category in ("person", "bare")]
    if (
        people
        and separation(view.bounds, last.end, f.start) >= 0.9
        and any(w >= 1.4 for at, w in view.bounds if last.end <= at < f.start)
    ):
        return False
    if (
        f.rule.frame == "moved"
        and re.search(r"\b(?:were|was|been)\s+(?:\w+\s+)?$", view.text[max(last.end, f.start - 16) : f.start])
        and re.match(r"[^.;]{0,40}?\bfrom\b", view.text[f.end : f.end + 50])
        and re.search(
            r"\b(?:from|through|via|enter\w*)\b", view.text[max(view.sentence.start, last.start) : f.start], re.I
        )
    ):
        return False  # "entered Uganda through Bunagana and were transported from Kisoro to Nakivale"
    return not re.search(r"\b(?:while|whereas|another|others)\b", words, re.I)


def _split_point(view: View, a: Frame, b: Frame) -> int:
    inside = [(w, at) for at, w in view.bounds if a.end <= at <= b.start]
    if inside:
        return max(inside)[1]
    people = [q.start for q in view.quantities if a.end <= q.start <= b.start]
    return people[-1] if people else b.start


def _role(view: View, r: PlaceRef, group: list[Frame], hi: int) -> Role | None:
    before = view.text[max(view.sentence.start, r.start - 75) : r.start]
    border = bool(_BORDER_WORD.search(r.place.name) or _BORDER_WORD.search(r.text) or r.place.kind == "border")
    if border and r.prep not in _ORIGIN:
        return "transit"
    prep = r.prep
    if (
        prep == "of"
        and r.end <= group[0].start
        and re.search(r"\b(?:residents|inhabitants|people|families|villagers|camps?)\s+of\s+(?:the\s+)?$", before, re.I)
    ):
        return "origin"
    if prep == "out_of" and re.search(r"\b(?:carved|made|created|grown)\s+out\s+of", before, re.I):
        return "destination"
    if prep in _ORIGIN:
        return "origin"
    if prep in _TRANSIT:
        return "transit"
    if prep in _DEST:
        if prep == "for" and not re.search(
            r"\b(?:left|leave|leaving|bound|head\w*|set (?:off|out)|depart\w*|embark\w*|made)\b", before, re.I
        ):
            return None
        if prep == "to" and re.search(
            r"\b(?:ties|linked|links|loyal|allegiance|according|due|related|close|subject|tickets?|threat|support|access)\s+to\s+$",
            before,
            re.I,
        ):
            return None
        return "destination"
    if prep in _AT or (prep == "" and r.pointed):
        if re.match(
            r",?\s+(?:which|where)\s+(?:\w+\s+){0,2}(?:reach|enter|arriv|land)", view.text[r.end : r.end + 40], re.I
        ):
            return "destination"
        lead = view.text[max(view.sentence.start, r.start - 70) : r.start]
        cue = None
        for match in _CUES.finditer(lead):
            cue = match  # the last cue before the name decides
        if cue is not None and cue.lastgroup == "d":
            return "destination"
        if cue is not None and cue.lastgroup == "t" and prep in ("at", "in", "near", "around", "on"):
            return "transit"
        if cue is not None and cue.lastgroup == "o":
            return "origin"
        opens = (
            re.match(r"\W*(?:in|at|across)\s", view.text[view.sentence.start : r.start], re.I) is not None
            and r.start - view.sentence.start < 45
            and view.text[r.end : r.end + 1] in (",", ";")
        )
        if (
            r.end <= group[0].start
            and prep in ("in", "at")
            and not opens
            and not any(
                r.end <= x.start
                and x.end <= group[0].start
                and x.prep in ("in", "at")
                and not x.demonym
                and not x.belongs
                and x.place.iso3 != r.place.iso3
                for x in view.places
            )
            and separation(view.bounds, r.end, group[0].start) < 1.5
        ):
            return (
                "origin"
                if not re.search(
                    r"\b(?:arrest|detain|police|officers|court|raid|sector)\w*\b",
                    view.text[view.sentence.start : r.start],
                    re.I,
                )
                else None
            )
        return None
    if (
        prep == ""
        and r.end <= group[0].start
        and re.match(r"received|hosted|registered|recorded|took in|admitted", group[0].text, re.I)
        and separation(view.bounds, r.end, group[0].start) < 1.0
    ):
        return "destination"  # "Burundi received 9,340 arrivals from South Kivu"
    if prep == "" and re.search(r"\bdestinations?(?:\s+(?:such as|like|including))?:?\s+(?:the\s+)?$", before, re.I):
        return "destination"
    if prep == "" and not r.demonym:
        # "Düsseldorf to Dushanbe": bare before "to" is where it starts
        if re.match(r"\s*(?:[–—-]|to|→)\s+(?=[A-Z])", view.text[r.end : r.end + 5]):
            return "origin"
        if re.match(
            r",?\s+(?:which|where)\s+(?:\w+\s+){0,2}(?:reach|enter|arriv|land)", view.text[r.end : r.end + 40], re.I
        ):
            return "destination"
        if re.match(r"\s*$", view.text[r.start - 1 : r.start]) and any(
            f.end <= r.start <= f.end + 14
            for f in group
            if re.search(r"cross|enter|reach|leav|left|fle[ed]|via", f.text, re.I)
        ):
            f = max((f for f in group if f.end <= r.start), key=lambda f: f.end)
            if re.search(r"leav|left|fle", f.text, re.I):
                return "origin"
            return "transit" if re.search(r"cross", f.text, re.I) else "destination"
    return None


def _route(view: View, group: list[Frame], lo: int, hi: int) -> RouteDraft | None:
    f = group[0]
    main = next((x for x in group if x.rule.frame == "moved"), f)
    d = RouteDraft(main.rule.subkind, group, min(x.start for x in group), max(x.end for x in group), rule=main.rule.id)
    d.stops = _stops(view, group, lo, hi)
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
    tally = bool(re.fullmatch(r"encounters|arrivals|crossings|irregular entries|illegal entries", f.text.lower()))
    if not roles and not d.stops and main.rule.subkind not in ("deportation", "repatriation") and not tally:
        return None
    d.date = nearest_date(view, f)
    side = "auto" if main.rule.frame == "moved" else "left"
    d.people = bind(view, main, set(), side=side, reach=4.5)
    if tally and (d.people is None or d.people.end < f.start - 3):
        right = [
            q
            for q in view.quantities
            if f.end <= q.start <= f.end + 45
            and q.category in ("bare", "person")
            and not any(f.end <= x.start < q.start for x in view.frames)
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
        d.people = _pronoun(view, main)
    if (
        re.match(r"(?:liv|work)", f.text.lower())
        and len(group) == 1
        and ((d.people.number.best or 0) if d.people else 0) < 100
    ):
        return None  # where somebody lives or works is no journey, unless it is counted as a flow
    if main.rule.count:
        d.key = main.rule.count
    if (
        re.search(
            r"\b(?:attempting|trying|tried to make|making)\s+the\s+$", view.text[max(lo, f.start - 22) : f.start], re.I
        )
        and len({r for r, _ in d.stops}) < 2
    ):
        return None
    d.nationalities = list(d.people.nationalities) if d.people else []
    for r in view.places:
        if r.demonym and lo - 1 <= r.start < hi and not r.authority:
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


def _stops(view: View, group: list[Frame], lo: int, hi: int) -> list[tuple[Role, PlaceRef]]:
    stops: list[tuple[Role, PlaceRef]] = []
    last: tuple[Role, PlaceRef] | None = None
    inner = {r.inside for r in view.places if r.inside >= 0}
    for i, r in enumerate(view.places):
        if r.start < lo - 1 or r.start >= hi or r.demonym or (not r.literal and not r.prep) or r.org:
            continue
        role: Role | None = None
        if last is not None and any(
            last[1].end <= q.start < r.start
            and q.category in ("person", "bare")
            and not q.indefinite
            and q.start > group[-1].end
            for q in view.quantities
        ):
            break  # "9,200 left for Turkey and 3,400 for South Korea": another figure's place
        if i in inner and last is not None:
            role = last[0]  # the larger place goes with the smaller one
        elif last is not None and r.chain >= 0 and r.chain == last[1].chain and (not _own_prep(view, r)):
            role = last[0]
        else:
            role = _role(view, r, group, hi)
        if role is None:
            continue
        stops.append((role, r))
        last = (role, r)
    order = {"origin": 0, "transit": 1, "destination": 2, "location": 1}
    # what the words pass on the way out of order ("to Afghanistan via Turkey") is put in order of travel
    stops = sorted(stops, key=lambda s: order[s[0]])
    return _two_ends(stops)


def _own_prep(view: View, r: PlaceRef) -> bool:
    return bool(
        re.search(
            r"\b(?:from|to|into|via|through)\s+(?:the\s+)?$",
            view.text[max(view.sentence.start, r.start - 12) : r.start],
            re.I,
        )
    )


def _two_ends(stops: list[tuple[Role, PlaceRef]]) -> list[tuple[Role, PlaceRef]]:
    """Of several "to" places in a row of travel ("crossed to Chad, moved on to Sfax") all but the last list are on the way."""
    dests = [r for role, r in stops if role == "destination"]
    if len(dests) < 2:
        return stops
    final = dests[-1]

    def ends(r: PlaceRef) -> bool:
        return (
            r is final
            or (r.chain >= 0 and r.chain == final.chain)
            or (r.place.iso3 is not None and r.place.iso3 == final.place.iso3)
        )

    return sorted(
        ((role if role != "destination" or ends(r) else "transit", r) for role, r in stops),
        key=lambda s: ({"origin": 0, "transit": 1, "destination": 2, "location": 1}[s[0]], s[1].start),
    )


def _two_ways(view: View, d: RouteDraft) -> list[RouteDraft]:
    """ "to Spain via Morocco and to Italy via Libya": two ways, not one."""
    line = sorted((r for _, r in d.stops), key=lambda r: r.start)
    for i in range(1, len(line)):
        a, b = line[i - 1], line[i]
        if (
            a.prep in _TRANSIT
            and b.prep in _DEST
            and re.fullmatch(r"\s*,?\s*and\s+(?:in)?to\s+(?:the\s+)?", view.text[a.end : b.start])
        ) and any(r.prep in _DEST for r in line[:i]):
            ways = [line[:i], line[i:]]
            made = [[(_plain_role(r), r) for r in way] for way in ways]
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


def _plain_role(r: PlaceRef) -> Role:
    return "origin" if r.prep in _ORIGIN else "transit" if r.prep in _TRANSIT else "destination"


__all__ = ["RouteDraft", "routes_of"]
