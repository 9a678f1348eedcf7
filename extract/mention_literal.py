"""Does a place name stand for the place, or for somebody or something named after it?

Takes the evidence around a span and what kind of place it is; gives (literal, why).  Metonyms ("Moscow said"),
organisations
("Bank of Georgia"), attributes ("US troops") and event names ("the Crocus City Hall attack") are not literal.
"""

from __future__ import annotations

from extract.mention_spans import Span
from extract.mentions import Around

__all__ = ["literal_use"]


def literal_use(around: Around, n: int, kind: str, actor: bool) -> tuple[bool, str]:
    """Literal or not, with a word for why not (organisation, metonym, attributive, event_name, topic).

    kind : gazetteer kind of the place.   actor : it is a country, a union of countries, or a national capital.
    """
    s = around.spans[n]
    for rule in (_organisation, _event, _topic):
        if why := rule(around, s):
            return False, why
    if _attribute(around, s, kind, actor):
        return False, "attributive"
    if actor and (_object(around, s, n) or _subject(around, s, n)):
        return False, "metonym"
    return True, ""


def _word(around: Around, k: int) -> str:
    return around.tokens[k].norm if 0 <= k < len(around.tokens) else ""


def _joined(around: Around, k: int) -> bool:
    return 0 < k < len(around.tokens) and around.tokens[k].joint > 0


def _organisation(around: Around, s: Span) -> str:
    w, tokens, upper = around.words, around.tokens, around.shape.upper
    prev, prev2 = _word(around, s.i - 1), _word(around, s.i - 2)
    if (
        tokens[s.i].joint
        and prev in w.militant_names
        and (prev != "is" or around.text[tokens[s.i - 1].start : tokens[s.i - 1].end] == "IS")
        and (prev != "state" or prev2 == "islamic")
    ):
        return "organisation"
    head = s.i - 1
    if (
        tokens[s.i].joint and prev == "and" and _joined(around, s.i - 1) and s.i - 1 in around.stops
    ):  # Islamic State of Iraq and Syria
        head = around.spans[around.stops[s.i - 1]].i - 1
    elif tokens[s.i].joint and prev == "the":
        head = s.i - 2
    if (
        _word(around, head) == "of"
        and _joined(around, head)
        and _word(around, head - 1) in w.org_of
        and upper[head - 1]
    ):
        return "organisation"
    k, room = s.j, 4
    while (
        room
        and k < len(tokens)
        and tokens[k].joint == 1
        and (upper[k] or _word(around, k) in ("of", "for", "and"))
        and not tokens[k - 1].possessive
    ):
        if k in around.starts and k > s.j:
            break
        if _word(around, k) in around.words.calendar:
            break
        if (
            upper[k]
            and _word(around, k) in w.org_heads
            and not around.shape.caps[s.i]
            and (k > s.j or _word(around, k) not in ("city", "state", "district", "province", "park"))
        ):
            return "organisation"
        k, room = k + 1, room - 1
    if (
        s.j < len(tokens)
        and tokens[s.j].joint == 1
        and upper[s.j]
        and _word(around, s.j) == "province"
        and prev in w.militant_names
    ):
        return "organisation"
    return ""


def _event(around: Around, s: Span) -> str:
    w = around.words
    if not _joined(around, s.j) or around.tokens[s.j - 1].possessive:
        return ""
    nxt = _word(around, s.j)
    if nxt in w.event_heads:
        return "event_name"
    if (
        _joined(around, s.j + 1)
        and _word(around, s.j + 1) in w.event_heads
        and nxt
        in (
            "terror",
            "terrorist",
            "suicide",
            "bomb",
            "airport",
            "mass",
            "nightclub",
            "church",
            "concert",
            "city",
            "school",
            "mosque",
            "synagogue",
            "hall",
            "market",
        )
    ):
        return "event_name"
    return ""


def _topic(around: Around, s: Span) -> str:
    if (
        _joined(around, s.j)
        and not around.tokens[s.j - 1].possessive
        and _word(around, s.j) in around.words.topic_nouns
    ):
        return "topic"
    return (
        "topic" if _word(around, s.i - 1) == "on" and _word(around, s.i - 2) in ("focusing", "book", "expert") else ""
    )


def _attribute(around: Around, s: Span, kind: str, actor: bool) -> bool:
    """ "US troops", "Tajikistan's government", "the Tajikistan government", "Linz regional court"."""
    w = around.words
    if not _joined(around, s.j) or around.tokens[s.j].joint == 2:
        return False
    nxt, upper = _word(around, s.j), around.shape.upper[s.j]
    office = nxt if nxt not in around.words.office_ranks else _word(around, s.j + 1)
    if kind != "country" and office in around.words.offices and not around.tokens[s.j - 1].possessive:
        return True
    if actor and (office in w.agent_nouns or (nxt in around.words.office_ranks and office in ("minister", "ministry"))):
        return True
    if around.tokens[s.j - 1].possessive and actor and not upper and _word(around, s.j + 1) in w.agent_nouns:
        return True
    surface = around.text[s.start : s.end]
    return (
        kind == "country"
        and surface.replace(".", "").isupper()
        and len(surface) <= 5
        and not upper
        and around.tokens[s.j].joint == 1
        and nxt.isalpha()
        and nxt not in around.words.no_attribute_heads
        and nxt not in w.locative
        and not _finite(around, s.j)
        and not around.shape.caps[s.i]
        and "\n" not in around.text[s.end : around.tokens[s.j].start]
    )


def _object(around: Around, s: Span, n: int) -> bool:
    """ "against China", "by Tajikistan", "relations with X", "cooperation between X and Y", "blames the United
    States".
    """
    w = around.words
    k = s.i - 1
    if not around.tokens[s.i].joint:
        return False
    if _word(around, k) == "the" and _joined(around, k):
        k -= 1
    prev = _word(around, k)
    if prev in w.object_verbs:
        doer = _word(around, k - 1)
        return prev != "by" or (
            _joined(around, k)
            and doer not in ("passed", "followed", "travelled", "traveled", "crossed")
            and (doer.endswith("ed") or doer in around.words.done_by)
        )
    if prev in ("with", "between", "from", "to") and any(_word(around, k - d) in w.relation_nouns for d in (1, 2)):
        return prev in ("with", "between") or _word(around, k - 1) in ("support", "sanctions")
    if prev == "and" and k in around.stops and n:
        return _object(around, around.spans[around.stops[k]], around.stops[k])
    if around.tokens[s.j - 1].end < len(around.text) and _joined(around, s.j) and around.tokens[s.j].joint == 2:
        m = around.starts.get(s.j, -1)
        return m >= 0 and _word(around, around.spans[m].j) in w.relation_nouns
    return False


def _finite(around: Around, k: int) -> bool:
    """Token k looks like a finite verb that an actor is the subject of."""
    w = around.words
    word = _word(around, k)
    if word in w.not_agent_verbs:
        return False
    if (word in w.metonym_verbs and word not in ("has", "had")) or word in w.irregular_verbs:
        return True
    return len(word) > 4 and word.endswith("ed") and not around.shape.upper[k]


def _subject(around: Around, s: Span, n: int) -> bool:
    """ "Kazakhstan removed", "Moscow has no interest", "Tajikistan has inaugurated", "Instead, Russia increasingly
    pressures".
    """
    if _word(around, s.j) == "and" and s.j + 1 in around.starts and _clause_start(around, s):
        other = around.starts[s.j + 1]
        return _subject(around, around.spans[other], other)
    if (
        s.j >= len(around.tokens)
        or around.tokens[s.j].joint != 1
        or around.tokens[s.j - 1].possessive
        or around.shape.upper[s.j]
    ):
        return False
    before = _word(around, s.i - 1) if around.tokens[s.i].joint else ""
    if before == "the":
        before = _word(around, s.i - 2) if around.tokens[s.i - 1].joint else ""
    if before and before not in around.words.clause_starts:
        return False
    if before == "and" and s.i - 1 in around.stops and not _clause_start(around, around.spans[around.stops[s.i - 1]]):
        return False
    k = s.j
    word = _word(around, k)
    if word in around.words.copulas:
        return _word(around, k + 1) in around.words.minded or (
            _word(around, k + 1) in around.words.soft_adverbs and _word(around, k + 2) in around.words.minded
        )
    if word in ("has", "had", "have"):
        k += 1
        while _word(around, k) in around.words.soft_adverbs or _word(around, k).endswith("ly"):
            k += 1
        nxt = _word(around, k)
        return nxt not in around.words.state_words or (nxt == "no" and _word(around, k + 1) == "interest")
    while (
        _word(around, k) in around.words.soft_adverbs or (_word(around, k).endswith("ly") and len(_word(around, k)) > 4)
    ) and k < s.j + 2:
        k += 1
    return _finite(around, k)


def _clause_start(around: Around, s: Span) -> bool:
    before = _word(around, s.i - 1) if around.tokens[s.i].joint else ""
    return not before or before in around.words.clause_starts
