"""Where the people told of last came from and where they are: what lets a later sentence complete a journey.

`Journey` is part of the document's state; `refers_back` says whether a sentence goes on telling of the same people.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.frames import Frame
from extract.schema import Claim, ClaimPlace
from extract.view import View

#: Subjects that take up people told of before.
_AGAIN = re.compile(
    r"\b(?:they|them|he|she|him|her|both|those|these|most|many|some|others?|all|each|none|half|several|the\s+(?:rest|remainder|former|latter)"
    r"|(?:of|among)\s+(?:these|those|them|whom)"
    r"|(?:the|these|those|both|all)\s+(?:[\w’'-]+\s+){0,2}?(?:men|man|women|woman|suspects?|people|migrants|detainees|attackers?|gunm[ae]n|bombers?"
    r"|perpetrators?|assailants?|group|family|families|brothers|couple|pair|trio|two|three|four|five|six|seven|eight|nine|ten|twelve|survivors|"
    r"others|passengers|fighters|militants|accused|defendants?|\d+-year-old|recruits|returnees|cell|children))\b",
    re.I,
)
#: A people introduced for the first time: "a Tajik man", "three Uzbeks".
_NEW = re.compile(r"\b(?:an?|another)\s+(?:[\w’'-]+\s+){0,3}?$", re.I)


@dataclass
class Journey:
    """The last people told of: where they came from, where they are, in which paragraph that stood."""

    origin: tuple[ClaimPlace, ...] = ()
    here: tuple[ClaimPlace, ...] = ()
    paragraph: int = -9
    claim: Claim | None = field(default=None, repr=False)
    stays: bool = False  # whether `here` is where they lived or worked, not where a claim left them
    flows: list[Claim] = field(default_factory=list, repr=False)  # journeys between countries, in order

    def told(self, c: Claim, paragraph: int) -> None:
        """Take in a claim: an arrest or an attack says where its people are, a route where from and where to."""
        if c.certainty == "hypothetical" or c.part_of is not None:
            return
        if c.kind == "route":
            ends = tuple(p for p in c.places if p.role == "destination") or tuple(
                p for p in c.places if p.role == "transit"
            )
            self.origin = tuple(p for p in c.places if p.role == "origin")
            self.flows.append(c)
        elif c.subkind in ("plot", "threat", "shipwreck"):
            return
        else:
            ends = c.places
            self.origin = ()
        if ends:
            self.here, self.paragraph, self.claim, self.stays = ends, paragraph, c, False

    def stayed(self, view: View) -> None:
        """Take in where the people told of stay; the place of a claim in the same words goes before."""
        if (
            view.stays
            and (stay := view.stays[-1]).way != "origin"
            and not any(f.start > stay.start for f in view.frames)
        ):
            self.here = tuple(ClaimPlace("location", r.text, r.start, r.end, r.place) for r in stay.places)
            self.paragraph, self.stays = view.sentence.paragraph, True

    def returned_from(self, iso3: str | None) -> ClaimPlace | None:
        """Where those who go back to a country had gone, as the text has told: the last journey out of it."""
        for c in reversed(self.flows):
            out = next((p for p in c.places if p.role == "destination"), None)
            if (
                out is not None
                and out.place.iso3 != iso3
                and any(p.role == "origin" and p.place.iso3 == iso3 for p in c.places)
            ):
                return out
        return None

    def flow_to(self, iso3: str | None) -> ClaimPlace | None:
        """Where those come from who the text has told to arrive in a country."""
        for c in reversed(self.flows):
            if any(p.role == "destination" and p.place.iso3 == iso3 for p in c.places):
                return next((p for p in c.places if p.role == "origin" and p.place.iso3 != iso3), None)
        return None

    def near(self, paragraph: int) -> bool:
        """Whether the people may still be meant: told of in this paragraph or the one before."""
        return 0 <= paragraph - self.paragraph <= 1 and bool(self.here)


def subject(view: View, f: Frame) -> str:
    """The words before a verb from the last strong boundary on: who is said to act or to be acted on."""
    lo = max((at for at, w in view.bounds if at < f.start and w >= 2.0), default=view.sentence.start)
    return view.text[lo : f.start]


def refers_back(view: View, f: Frame) -> bool:
    """Whether the subject of a verb takes up people told of before rather than bringing in new ones."""
    before = subject(view, f)
    found = None
    for m in _AGAIN.finditer(before):
        found = m
    lo = f.start - len(before)
    if found is None:
        return _known_people(view, lo, f)
    # a people counted or named between the pronoun and the verb is another one: "they said three Uzbeks flew …"
    return not any(
        lo + found.start() <= q.start < f.start and q.category == "person" and q.head and not (q.of_them or q.definite)
        for q in view.quantities
    )


def _known_people(view: View, lo: int, f: Frame) -> bool:
    """ "The travelers flew …": people with the article, without a figure, a nationality or a place of their own."""
    left = [t for t in view.toks if lo <= t.start and t.end <= f.start]
    for i, t in enumerate(left):
        if t.lower in ("the", "these", "those") and any(
            w.lower in view.lex.persons and w.lower not in view.lex.cues["authorities"] for w in left[i + 1 : i + 4]
        ):
            return not any(lo <= r.start < f.start for r in view.places) and not any(
                lo <= q.start < f.start for q in view.quantities
            )
    return False


def looks_back(view: View, f: Frame) -> bool:
    """Whether a verb tells of what was before: "had travelled", "having come from"."""
    return bool(
        re.search(
            r"(?<!\bto )\b(?:had|having|have|has)\s+(?:\w+ly\s+|all\s+|both\s+|once\s+|first\s+|been\s+|only\s+)*$",
            view.text[max(view.sentence.start, f.start - 34) : f.start],
            re.I,
        )
        and not re.search(
            r"\b(?:has|have)\s+since\s+", view.text[max(view.sentence.start, f.start - 30) : f.start], re.I
        )
    )


__all__ = ["Journey", "looks_back", "refers_back", "subject"]
