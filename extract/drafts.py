"""The incidents and arrests of one sentence.

`drafts_of` takes a `View` and merges triggers that tell of one event ("a raid … led to the arrest of five", "opened
fire, killing three"); routes are made in `routes`."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.draft import Draft, usable_frame
from extract.draft_guards import as_attack, by_gunmen, by_police, has_person, has_plot_object, nobody, told_before
from extract.draft_made import draft_of
from extract.draft_merge import absorb, same_event
from extract.draft_split import count_things, split_places, split_respectively
from extract.frames import Frame
from extract.schema import Count
from extract.view import View


def drafts_of(view: View) -> list[Draft]:
    """Incidents and arrests of one sentence, routes left out."""
    drafts: list[Draft] = []
    raids: list[Frame] = []
    for kind in ("arrest", "incident"):
        frames = sorted(
            [f for f in view.frames if f.kind == kind] + (raids if kind == "incident" else []), key=lambda f: f.start
        )
        if kind == "incident" and re.search(
            r"\brumou?rs?\b|\bproved (?:to be )?false\b|\bcontrary to\b|\bhoax\b|\bdid not (?:take place|happen|occur)\b",
            view.words,
            re.I,
        ):
            continue
        nought = [f for f in frames if f.negated and f.rule.count in ("killed", "injured") and nobody(view, f)]
        for f in frames:
            if f.rule.needs_person and not has_person(view, f):
                continue
            if f.rule.frame == "weak" and f.kind == "incident" and by_police(view, f):
                continue
            if f.kind == "arrest" and re.match(r"raid", f.text, re.I) and by_gunmen(view, f):
                f = replace(f, rule=as_attack(view, f))
                raids.append(f)
                continue
            if f.kind == "arrest" and not f.noun and told_before(view, f):
                continue
            if (
                f.kind == "arrest"
                and re.match(r"held|captur|seiz|tak|took|pull", f.text, re.I)
                and re.search(
                    r"\b(?:hostages?|kidnapp\w+|abduct\w+|captors?|ransom"
                    + (
                        ""
                        if re.match(r"held|captur|seiz", f.text, re.I)
                        else r"|found dead|gunmen|bandits|insurgents|rebels"
                    )
                    + r")\b",
                    view.words,
                    re.I,
                )
            ):
                continue
            if f.rule.frame == "agent" and f.rule.count == "killed" and _LATER.match(view.text, f.end):
                continue
            if f.rule.frame == "plot" and not has_plot_object(view, f):
                continue
            if not usable_frame(f) or f.rule.frame in ("consequence", "toll"):
                continue
            d = draft_of(view, f)
            if d is None:
                continue
            previous = next((x for x in reversed(drafts) if x.kind == kind), None)
            if previous is not None and same_event(view, previous, d):
                absorb(previous, d)
            else:
                drafts.append(d)
        for f in nought:
            target = next((x for x in drafts if x.kind == "incident"), None)
            if target is not None and f.rule.count is not None:
                target.counts.setdefault(f.rule.count, (Count(0, 0, 0), f.start, f.end))
    drafts.sort(key=lambda d: d.start)
    _toll(view, drafts)
    _claim_of_responsibility(view, drafts)
    count_things(view, drafts)
    out: list[Draft] = []
    for d in drafts:
        out += split_places(view, d)
    return split_respectively(view, out)


#: "died in hospital", "died of his wounds": of what was told before.
_LATER = re.compile(
    r"\s+(?:\w+\s+){0,3}(?:in (?:a |the )?(?:\w+ )?hospital|(?:of|from) (?:his|her|their|the) (?:wounds|injuries))\b",
    re.I,
)
_TOLL = re.compile(
    r"\btoll\b[^.;]{0,60}?\b(?:rose|risen|climbed|stands?|stood|put|reached|rising)\s+(?:to\s+|at\s+)?", re.I
)


def _toll(view: View, drafts: list[Draft]) -> None:
    """ "The death toll from the blast in Quetta rose to 19": the dead of the attack it names."""
    m = _TOLL.search(view.words)
    if m is None:
        return
    at = view.sentence.start + m.end()
    q = next((q for q in view.quantities if at - 12 <= q.start <= at + 2 and not q.category.startswith("thing")), None)
    d = next((d for d in drafts if d.kind == "incident" and d.subkind not in ("plot", "threat")), None)
    if q is not None and d is not None:
        d.counts["killed"] = (q.count(), q.start, q.end)
        d.anaphoric = d.anaphoric and not d.own


def _claim_of_responsibility(view: View, drafts: list[Draft]) -> None:
    for start, _end, name in view.groups:
        del start
        for d in drafts:
            if name not in d.groups:
                d.groups.append(name)


__all__ = ["drafts_of"]
