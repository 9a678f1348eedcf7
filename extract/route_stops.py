"""The stops of a journey: a role from the preposition ("from", "via", "to") or from the verb that governs the place
("left Sfax", "crossed Niger", "reached Italy").
"""

from __future__ import annotations

import re

from extract.frames import Frame, separation
from extract.schema import Role
from extract.view import View
from extract.where import PlaceRef, preposition

_ORIGIN = frozenset("from leaving left leave fleeing fled flee departing departed out_of".split())


TRANSIT = frozenset("via through by_way_of across over crossing crossed cross crosses changing_at along past".split())


DEST = frozenset(
    "to into onto toward towards for reaching reached reach entering entered enter bound_for on_the_way_to on_its_way_to as_far_as".split()
)


_AT = frozenset("in at on near outside inside around off within close_to between".split())


#: Verbs whose "in", "at" or "on" names where the journey ends.
_CUES = re.compile(
    r"\b(?:(?P<o>held|put to sea|set out|set off|embark\w*|boarded|began|begins|camps?|prisons?|detention|left|leaving|fled|fleeing|departed|out of)|(?P<t>stop|stopover|changing|changed|refuell?ed|fuel|spell|stint|stays?|passengers|entered|entry|crossed|cross|slipped|border|frontier|walked|waded|at the)|(?P<d>arriv\w*|land(?:ed|s|ing)?|came ashore|come ashore|ashore|landfall|settl\w+|living|lives?|works?|work|season|summer|winter|working|residing|resettl\w*|disembark\w*|jobs|asylum|encounters|arrivals|fight|join\w*|shelters|relatives|friends|family|safety|reached|homes?))\b",
    re.I,
)
_BORDER_WORD = re.compile(r"\b(?:borders?|frontier|crossing|checkpoint|port of entry)\b", re.I)


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
    if prep in TRANSIT:
        return "transit"
    if prep in DEST:
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
    if prep in _AT and _of_other_event(view, r, group):
        return None
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
            if re.match(r"liv|work|resid", cue.group(), re.I) and any(x.start > r.end for x in group):
                return "origin"  # "had been living in Moscow and were on their way to …"
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
                    r"\b(?:arrest|detain|police|officers|court|raid|sector|guard|unit|patrol|agents)\w*\b",
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


def _of_other_event(view: View, r: PlaceRef, group: list[Frame]) -> bool:
    """Whether an arrest or attack told behind the journey has the place: "… and was arrested in Hamburg"; or a full stop of sense."""
    last = max((f for f in group if f.end <= r.start), key=lambda f: f.end, default=None)
    if last is None:
        return False
    if any(w >= 3.0 and view.text[at] == ";" for at, w in view.bounds if last.end <= at < r.start):
        return True
    return any(
        g.kind != "route"
        and not g.noun
        and (g.passive or not re.search(r"(?:ed|ld|en|ght)$", g.text.lower()))  # "50 men held in Hasakah" were there
        and last.end <= g.start
        and g.end <= r.start
        for g in view.frames
    )


def stops(view: View, group: list[Frame], lo: int, hi: int) -> list[tuple[Role, PlaceRef]]:
    stops: list[tuple[Role, PlaceRef]] = []
    last: tuple[Role, PlaceRef] | None = None
    inner = {r.inside for r in view.places if r.inside >= 0}
    for i, r in enumerate(view.places):
        if r.start < lo - 1 or r.start >= hi or r.demonym or (not r.literal and not r.prep) or r.org:
            continue
        role: Role | None = None
        if _says_whose(view, r) and (group[0].rule.frame == "moved" or not _other_stop(view, r, lo, hi)):
            continue
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


def _says_whose(view: View, r: PlaceRef) -> bool:
    """ "extradited a facilitator from Georgia", "a doctor from Saudi Arabia": says who somebody is."""
    m = _ONE_FROM.search(view.text, max(view.sentence.start, r.start - 60), r.start) if r.prep == "from" else None
    return m is not None and (m[1].lower() in view.lex.persons or m[1].endswith("-year-old"))


_ONE_FROM = re.compile(r"\b(?:an?|another)\s+(?:[\w-]+\s+){0,2}?([\w-]+)\s+from\s+(?:the\s+)?$", re.I)


def _other_stop(view: View, r: PlaceRef, lo: int, hi: int) -> bool:
    """Whether another place behind a preposition of travel stands in the same part of the sentence."""
    return any(x is not r and lo <= x.start < hi and not x.demonym and x.prep in (*DEST, *TRANSIT) for x in view.places)


def unplaced_ends(view: View, lo: int, hi: int) -> frozenset[Role]:
    """Ends that are named by names no gazetteer has: "from Chorku to Isfara" tells a journey wherever Chorku lies."""
    out: set[Role] = set()
    for m in view.mentions:
        if m.place is None and lo <= m.start < hi:
            prep = preposition(view.text, m.start, view.sentence.start)
            if prep in _ORIGIN:
                out.add("origin")
            elif prep in ("to", "into", "reached", "reaching", "towards", "toward"):
                out.add("destination")
    return frozenset(out)


def plain_role(r: PlaceRef) -> Role:
    return "origin" if r.prep in _ORIGIN else "transit" if r.prep in TRANSIT else "destination"


__all__ = ["DEST", "TRANSIT", "plain_role", "stops", "unplaced_ends"]
