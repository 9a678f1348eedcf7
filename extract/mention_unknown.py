"""Names that a text treats as places although no gazetteer look-up knows them.

Takes the surroundings of a document; gives character spans ("in Kainama", "the village of Mayi-Moya").  Only names
after a
preposition of place or beside a word such as "village": a capital letter alone is no evidence.
"""

from __future__ import annotations

from extract.mentions import Around

__all__ = ["unknown_names"]


def unknown_names(around: Around) -> list[tuple[int, int]]:
    """Half-open character spans, in order, none overlapping a known name."""
    tokens, upper, _words = around.tokens, around.shape.upper, around.words
    if around.shape.lowercase:
        return []
    known = {k for s in around.spans for k in range(s.i, s.j)}
    out, k = [], 0
    while k < len(tokens):
        if not upper[k]:
            k += 1
            continue
        j = k
        while (
            j < len(tokens)
            and j < k + 3
            and j not in known
            and upper[j]
            and _strange(around, j, j > k and tokens[j].joint == 2)
            and (j == k or tokens[j].joint in (1, 2))
        ):
            j += 1
        if j > k and _placed(around, k, j) and not _goes_on(around, j) and not around.shape.caps[k]:
            out.append((tokens[k].start, tokens[j - 1].end))
        k = max(j, k + 1)
    return out


def _strange(around: Around, k: int, after_hyphen: bool) -> bool:
    """No common word, no given name, no family name (but in the second half of a name with a hyphen), no acronym."""
    t, w = around.tokens[k], around.words
    n = t.norm
    if n in w.calendar or n in w.not_places:
        return False
    acronym = around.text[t.start : t.end].isupper()
    return (
        len(n) >= 4
        and n.isalpha()
        and not acronym
        and n not in w.common
        and (after_hyphen or (n not in w.given_names and n not in w.surnames))
    )


def _placed(around: Around, i: int, j: int) -> bool:
    tokens = around.tokens
    if not tokens[i].joint or i == 0:
        return False
    before = tokens[i - 1].norm
    if before in around.words.unknown_after:
        return True
    if before == "of" and i > 1 and tokens[i - 2].norm in around.words.settlement_words:
        return True
    return (
        j < len(tokens)
        and tokens[j].joint == 1
        and tokens[j].norm in around.words.settlement_words
        and before in ("the", "from", "to", "in", "of")
    )


def _goes_on(around: Around, j: int) -> bool:
    """A capitalised word follows: part of a longer name of something else; or a possessive: a person or a firm."""
    tokens = around.tokens
    return tokens[j - 1].possessive or (j < len(tokens) and tokens[j].joint in (1, 2) and around.shape.upper[j])
